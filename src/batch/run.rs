//! Filling a table, in parallel.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::BatchError;
use super::header::Header;
use super::journal::Journal;
use super::table::Table;

/// Does the jobs that are missing in the file at `path` (which is made if it is not there), and
/// returns the table, complete unless `stop` was set.
///
/// Each record is in the file before `progress(done, total)` counts it. `stop` is looked at before
/// every job: jobs that have begun are finished and kept.
///
/// # Errors
///
/// As [`Journal::open`] and [`Journal::append`]; what is done by then is kept.
///
/// # Example
///
/// ```
/// use std::sync::atomic::AtomicBool;
/// use minlift::batch::{Header, Shard, run};
///
/// let path = std::env::temp_dir().join(format!("minlift-squares-{}.jsonl", std::process::id()));
/// let header = Header::new("squares", &"of the index", 4, Shard::WHOLE)?;
/// let table = run(&path, &header, |i| i * i, &|_, _| {}, &AtomicBool::new(false))?;
/// assert_eq!(table.records.into_values().collect::<Vec<u64>>(), [0, 1, 4, 9]);
/// assert!(std::fs::read_to_string(&path)?.ends_with("{\"index\":3,\"record\":9}\n"));
/// std::fs::remove_file(&path)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn run<R, J>(
    path: &Path,
    header: &Header,
    job: J,
    progress: &(dyn Fn(u64, u64) + Sync),
    stop: &AtomicBool,
) -> Result<Table<R>, BatchError>
where
    R: Serialize + DeserializeOwned + Send,
    J: Fn(u64) -> R + Sync,
{
    let journal = Journal::open(path, header)?;
    let missing: Vec<u64> = journal.table().missing().collect();
    let total = header.shard().count(header.jobs());
    let done = AtomicU64::new(total - missing.len() as u64);
    progress(done.load(Ordering::Relaxed), total);

    let failed = AtomicBool::new(false);
    let journal = Mutex::new(journal);
    let outcome = missing.into_par_iter().try_for_each(|index| {
        if stop.load(Ordering::Relaxed) || failed.load(Ordering::Relaxed) {
            return Ok(());
        }
        let record = job(index);
        let mut journal = journal.lock().unwrap_or_else(PoisonError::into_inner);
        // After a failed write the end of the file is unknown.
        if failed.load(Ordering::Relaxed) {
            return Ok(());
        }
        let appended = journal.append(index, record);
        failed.fetch_or(appended.is_err(), Ordering::Relaxed);
        drop(journal);
        if appended.is_ok() {
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
        }
        appended
    });
    outcome?;
    let journal = journal.into_inner().unwrap_or_else(PoisonError::into_inner);
    journal.finish()
}
