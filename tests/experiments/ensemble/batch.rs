//! The same bytes for every number of threads, every split, every interruption.

use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use minlift::batch::{BatchError, Header, Journal, Shard, Table, float, merge};
use minlift::ensemble::{DrawRecord, Parameters, header, run};

use super::place::Place;
use super::stub;

static GO: AtomicBool = AtomicBool::new(false);

pub fn table() -> Parameters {
    stub::parameters(&[(5, 25), (10, 100)], 12)
}

pub fn fill(path: &Path, shard: Shard) -> Result<Table<DrawRecord>, BatchError> {
    run(&table(), shard, path, &stub::prove, &|_, _| {}, &GO)
}

fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap();
    pool.install(work)
}

/// The finished file of the whole table.
pub fn whole(place: &Place) -> String {
    fill(&place.at("whole.jsonl"), Shard::WHOLE).unwrap();
    place.read("whole.jsonl")
}

#[test]
fn threads_leave_no_trace() {
    let place = Place::new("threads");
    for threads in [1, 3] {
        let path = place.at(&format!("{threads}.jsonl"));
        with_threads(threads, || fill(&path, Shard::WHOLE)).unwrap();
    }
    assert_eq!(place.read("1.jsonl"), place.read("3.jsonl"));
    assert_eq!(place.read("1.jsonl").lines().count(), 1 + 24);
    assert_eq!(
        place.names(),
        ["1.jsonl", "3.jsonl"],
        "no lock, no temporary file"
    );
}

#[test]
fn shards_leave_no_trace() {
    let place = Place::new("shards");
    let expected = whole(&place);
    for n in [1, 2, 3, 5, 24, 40] {
        let mut files = vec![];
        for k in 1..=n {
            let path = place.at(&format!("{k}-of-{n}.jsonl"));
            let table = fill(&path, Shard::new(k, n).unwrap()).unwrap();
            assert!(table.is_complete());
            files.push(path);
        }
        files.reverse();
        let merged: Table<DrawRecord> = merge(&files).unwrap();
        assert!(merged.is_complete());
        assert_eq!(merged.text().unwrap(), expected, "{n} shards");
    }
}

#[test]
fn an_interruption_at_any_byte_leaves_no_trace() {
    let place = Place::new("interrupted");
    let expected = whole(&place);
    let header = expected.find('\n').unwrap() + 1;
    let last_two = expected.trim_end().rmatch_indices('\n').nth(1).unwrap().0;
    let inside: Vec<usize> = (0..=header + 5).chain(last_two..expected.len()).collect();
    for cut in inside {
        let path = place.write("cut.jsonl", &expected[..cut]);
        let done = AtomicU64::new(0);
        let prove = |job: &_| {
            done.fetch_add(1, Ordering::Relaxed);
            stub::prove(job)
        };
        run(&table(), Shard::WHOLE, &path, &prove, &|_, _| {}, &GO).unwrap();
        assert_eq!(place.read("cut.jsonl"), expected, "cut at byte {cut}");
        let kept = expected[..cut].matches('\n').count().saturating_sub(1);
        assert_eq!(
            done.into_inner(),
            24 - kept as u64,
            "cut at byte {cut}: what is done is kept"
        );
    }
}

#[test]
fn a_stopped_run_goes_on_in_any_order() {
    let place = Place::new("stopped");
    let expected = whole(&place);
    let path = place.at("stopped.jsonl");
    let mut sizes = vec![];
    for _ in 0..24 {
        let stop = AtomicBool::new(false);
        let finished = AtomicU64::new(0);
        let progress = |_, _| {
            // The first call tells what was there already.
            let more = finished.fetch_add(1, Ordering::Relaxed) >= 3;
            stop.fetch_or(more, Ordering::Relaxed);
        };
        let part = with_threads(2, || {
            run(
                &table(),
                Shard::WHOLE,
                &path,
                &stub::prove,
                &progress,
                &stop,
            )
        });
        sizes.push(part.unwrap().records.len());
        if sizes.last() == Some(&24) {
            break;
        }
    }
    assert!(sizes.len() > 3 && sizes.is_sorted(), "{sizes:?}");
    assert_eq!(sizes.last(), Some(&24));
    assert_eq!(place.read("stopped.jsonl"), expected);
}

#[test]
fn progress_counts_every_job_once() {
    let place = Place::new("progress");
    let shard = Shard::new(2, 5).unwrap();
    let seen = Mutex::new(vec![]);
    let note = |done, total| seen.lock().unwrap().push((done, total));
    let path = place.at("draws.jsonl");
    run(&table(), shard, &path, &stub::prove, &note, &GO).unwrap();
    let mut seen = seen.into_inner().unwrap();
    seen.sort_unstable();
    assert_eq!(seen, (0..=5).map(|done| (done, 5)).collect::<Vec<_>>());
}

#[test]
fn records_come_back_bit_for_bit() {
    let place = Place::new("floats");
    #[derive(serde::Serialize, serde::Deserialize)]
    struct Numbers {
        #[serde(with = "float")]
        numbers: [[f64; 2]; 2],
    }
    let values = [
        [f64::INFINITY, f64::NEG_INFINITY],
        [f64::NAN, -0.0],
        [5e-324, f64::MAX],
        [0.1 + 0.2, f64::MIN_POSITIVE],
        [1.0, 1e300],
    ];
    let header = Header::new("numbers", &(), 25, Shard::WHOLE).unwrap();
    let job = |i: u64| Numbers {
        numbers: [values[i as usize / 5], values[i as usize % 5]],
    };
    let path = place.at("numbers.jsonl");
    minlift::batch::run(&path, &header, job, &|_, _| {}, &GO).unwrap();
    let read: Table<Numbers> = merge(&[&path]).unwrap();
    for (i, record) in read.records {
        let bits = |it: Numbers| it.numbers.map(|pair| pair.map(f64::to_bits));
        assert_eq!(bits(record), bits(job(i)));
    }
    assert!(
        place
            .read("numbers.jsonl")
            .contains(r#"[["nan",-0.0],["inf","-inf"]]"#)
    );
}

#[test]
fn what_is_missing_is_named() {
    let place = Place::new("missing");
    let text = whole(&place);
    let keep = |gone: &[usize]| -> String {
        let lines = text.split_inclusive('\n').enumerate();
        lines
            .filter(|(i, _)| !gone.contains(&(i.wrapping_sub(1))))
            .map(|it| it.1)
            .collect()
    };
    let words = |gone: &[usize]| {
        let path = place.write("part.jsonl", keep(gone));
        merge::<DrawRecord, _>(&[path]).unwrap().missing_in_words()
    };
    assert_eq!(words(&[]), None);
    assert_eq!(words(&[23]).unwrap(), "1 of 24 are missing: 23");
    assert_eq!(
        words(&[0, 5, 6, 7, 9]).unwrap(),
        "5 of 24 are missing: 0, 5-7, 9"
    );
    let odd: Vec<usize> = (0..24).filter(|i| i % 2 == 1).collect();
    assert_eq!(
        words(&odd).unwrap(),
        "12 of 24 are missing: 1, 3, 5, 7, 9, 11, 13, 15, ..."
    );
}

#[test]
fn two_writers_of_one_file_lose_nothing() {
    let place = Place::new("two-writers");
    let path = place.at("draws.jsonl");
    let header = header(&table(), Shard::WHOLE).unwrap();
    let record = |index| stub::prove(&table().job(index));
    let mut first: Journal<DrawRecord> = Journal::open(&path, &header).unwrap();
    first.append(3, record(3)).unwrap();
    let mut second: Journal<DrawRecord> = Journal::open(&path, &header).unwrap();
    first.append(4, record(4)).unwrap();
    let before = place.read("draws.jsonl");
    let error = second.append(4, record(4)).unwrap_err();
    assert!(matches!(error, BatchError::Concurrent { .. }), "{error}");
    assert!(
        error
            .to_string()
            .contains("draws.jsonl: changed by another process")
    );
    assert_eq!(place.read("draws.jsonl"), before);
    first.append(5, record(5)).unwrap();
    // What both may append in the gap between look and write is no obstacle.
    let mut text = place.read("draws.jsonl");
    text.push_str(text.clone().lines().last().unwrap());
    text.push('\n');
    place.write("draws.jsonl", text);
    assert_eq!(fill(&path, Shard::WHOLE).unwrap().records.len(), 24);
    assert_eq!(place.read("draws.jsonl"), whole(&place));
}

#[test]
fn a_shard_has_its_indices() {
    for jobs in 0..30 {
        for n in 1..9 {
            let mut all = vec![];
            for k in 1..=n {
                let shard = Shard::new(k, n).unwrap();
                let indices: Vec<u64> = shard.indices(jobs).collect();
                assert_eq!(indices.len() as u64, shard.count(jobs));
                assert!(indices.iter().all(|&i| shard.has(i) && i < jobs));
                all.extend(indices);
            }
            all.sort_unstable();
            assert_eq!(all, (0..jobs).collect::<Vec<_>>());
        }
    }
    for bad in [
        "",
        "/",
        "1",
        "1/",
        "/1",
        "0/1",
        "2/1",
        "-1/2",
        "+1/2",
        "1/2/3",
        "1.0/2",
        " 1/2",
        "1/99999999999999999999",
    ] {
        assert!(bad.parse::<Shard>().is_err(), "{bad:?}");
    }
}

#[test]
fn an_unwritable_place_is_named() {
    let place = Place::new("unwritable");
    let error = fill(&place.at("absent/draws.jsonl"), Shard::WHOLE).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("absent/draws.jsonl: cannot be written"),
        "{error}"
    );
    fs::create_dir(place.at("folder.jsonl")).unwrap();
    let error = fill(&place.at("folder.jsonl"), Shard::WHOLE).unwrap_err();
    assert!(
        error.to_string().contains("folder.jsonl: cannot be read"),
        "{error}"
    );
}
