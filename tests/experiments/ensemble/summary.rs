//! What is counted, and how it is said.

use std::sync::atomic::AtomicBool;

use minlift::batch::{Shard, Table};
use minlift::ensemble::{
    Condition, DrawRecord, Job, Parameters, Quantity, Statement, Summary, clopper_pearson, csv,
    markdown, quantiles, run, text,
};

use super::place::Place;
use super::stub;

pub fn filled(
    name: &str,
    parameters: &Parameters,
    prove: &(dyn Fn(&Job) -> DrawRecord + Sync),
) -> (Summary, Table<DrawRecord>) {
    let place = Place::new(name);
    let stop = AtomicBool::new(false);
    let path = place.at("draws.jsonl");
    let table = run(parameters, Shard::WHOLE, &path, prove, &|_, _| {}, &stop).unwrap();
    (Summary::new(parameters, &table), table)
}

#[test]
fn counts_are_those_of_the_records() {
    let parameters = stub::parameters(&[(3, 9), (10, 100), (40, 1600)], 100);
    let (summary, _) = filled("counts", &parameters, &stub::prove);
    assert_eq!(summary.missing, 0);
    for (k, cell) in summary.cells.iter().enumerate() {
        assert_eq!(cell.cell, parameters.cells[k]);
        // Counted again, straight from the stub.
        let records: Vec<DrawRecord> = (0..100)
            .map(|draw| stub::prove(&parameters.job(100 * k as u64 + draw)))
            .collect();
        let count = |test: &dyn Fn(&DrawRecord) -> bool| {
            records.iter().filter(|it| test(it)).count() as u64
        };
        let holds = |id: Condition| {
            move |it: &DrawRecord| it.conditions.iter().any(|c| c.id == id && c.holds)
        };
        let expected = [
            count(&holds(Condition::QuantitativeIft)),
            count(&holds(Condition::NewtonKantorovich)),
            count(&holds(Condition::Krawczyk)),
            count(&|it| it.proved),
            count(&|it| it.nearby),
        ];
        for (statement, expected) in Statement::ALL.into_iter().zip(expected) {
            let frequency = cell.frequency(statement).unwrap();
            assert_eq!((frequency.count, frequency.draws), (expected, 100));
            assert_eq!(frequency.fraction, expected as f64 / 100.0);
            assert_eq!(frequency.interval, clopper_pearson(expected, 100));
        }
        let mut distances: Vec<f64> = records
            .iter()
            .filter_map(|it| Some(it.distance?[1]))
            .collect();
        distances.sort_by(f64::total_cmp);
        let spread = cell.quantiles(Quantity::Distance).unwrap();
        assert_eq!(spread.minimum, distances[0]);
        assert_eq!(spread.median, distances[distances.len().div_ceil(2) - 1]);
        assert_eq!(spread.maximum, *distances.last().unwrap());
        // The stub's margin -inf, and its NaN, are the worst there can be.
        for quantity in [
            Quantity::LogMarginQuantitativeIft,
            Quantity::LogMarginNewtonKantorovich,
        ] {
            assert_eq!(cell.quantiles(quantity).unwrap().minimum, f64::NEG_INFINITY);
        }
    }
    assert!(summary.cells[0].count(Statement::Nearby) < 50);
    assert_eq!(
        summary.cells[0].bottleneck_in_words(),
        "IFT and Newton–Kantorovich hold least often (0 of 100 each)"
    );
}

#[test]
fn quantiles_are_values_of_the_sample() {
    let one = quantiles([7.0]).unwrap();
    assert_eq!(one.all(), [7.0; 5]);
    let hundred = quantiles((1..=100).rev().map(f64::from)).unwrap();
    assert_eq!(hundred.all(), [1.0, 5.0, 50.0, 95.0, 100.0]);
    let odd = quantiles([f64::INFINITY, 0.0, f64::NEG_INFINITY]).unwrap();
    assert_eq!(
        odd.all(),
        [
            f64::NEG_INFINITY,
            f64::NEG_INFINITY,
            0.0,
            f64::INFINITY,
            f64::INFINITY
        ]
    );
    assert_eq!(quantiles([]), None);
}

#[test]
fn where_every_draw_is_proved_nearby_is_said() {
    let parameters = stub::parameters(&[(10, 100), (20, 400)], 20);
    let all = |job: &Job| DrawRecord {
        nearby: job.cell.d > 10 || job.draw != 3,
        proved: true,
        ..stub::prove(job)
    };
    let (summary, _) = filled("always", &parameters, &all);
    assert!(text(&summary).contains("Every draw is proved nearby for (d, n) = (20, 400)."));
    let (summary, _) = filled("everywhere", &parameters, &|job| DrawRecord {
        nearby: true,
        ..all(job)
    });
    assert!(text(&summary).contains("Every draw of every cell is proved nearby."));
    assert!(text(&summary).contains("[0.8315, 1]"), "{}", text(&summary));
}

#[test]
fn nothing_proved_anywhere_is_still_a_summary() {
    let parameters = stub::parameters(&[(10, 100), (20, 400)], 30);
    let (summary, _) = filled("nothing", &parameters, &stub::nothing);
    let text = text(&summary);
    assert!(text.contains("no condition holds in any draw"), "{text}");
    assert!(
        text.contains("most frequent obstacle (30 times): nothing was tried"),
        "{text}"
    );
    assert!(
        text.contains("In no cell is every draw proved nearby."),
        "{text}"
    );
    let markdown = markdown(&summary, &[]);
    assert!(
        markdown.contains("No draw has any of the numbers."),
        "{markdown}"
    );
    assert!(!markdown.contains("NaN") && !text.contains("NaN"));
    let csv = csv(&summary);
    let columns = csv.lines().next().unwrap().split(',').count();
    assert!(
        csv.lines().all(|line| line.split(',').count() == columns),
        "{csv}"
    );
    assert_eq!(csv.lines().count(), 1 + 2 * 15);
    let json: serde_json::Value = serde_json::from_str(&summary.json().unwrap()).unwrap();
    assert_eq!(json["cells"][1]["frequencies"][4]["interval"][0], 0.0);
    assert_eq!(json["cells"][1]["d"], 20);
}

#[test]
fn an_unfinished_table_says_so() {
    let parameters = stub::parameters(&[(10, 100), (20, 400)], 10);
    let (_, mut table) = filled("unfinished", &parameters, &stub::prove);
    table.records.retain(|&index, _| index < 7);
    let summary = Summary::new(&parameters, &table);
    assert_eq!(summary.missing, 13);
    assert_eq!(summary.cells[1].draws, 0);
    assert_eq!(summary.cells[1].bottleneck_in_words(), "no draws");
    assert_eq!(summary.cells[1].frequencies[0].interval, [0.0, 1.0]);
    assert!(summary.cells[1].frequencies[0].fraction.is_nan());
    assert!(text(&summary).contains("13 draws are not done yet"));
    assert!(markdown(&summary, &[]).contains("**13 draws are missing.**"));
    assert!(summary.json().unwrap().contains("\"fraction\": \"nan\""));
}
