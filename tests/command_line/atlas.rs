//! The atlas: cells that cover their range, answers that are right, files that do not depend on how they were made.
#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use minlift::atlas::{
    Cell, CellAnswer, Fixed, Obstacle, Parameters, Plane, pitchfork, prover, record,
};
use minlift::interval::Interval;

/// `τ` in `[6.9, 7.2]`, `α` across the pitchfork: proved below, open in the middle, refused above.
fn small() -> Parameters {
    Parameters {
        tau: ["6.9", "7.2"].map(str::to_owned),
        second: ["0.0264", "0.0297"].map(str::to_owned),
        cells: [3, 3],
        ..Parameters::standard(Plane::TauAlpha)
    }
}

#[test]
fn cells_below_the_pitchfork_are_proved_and_above_it_refused() {
    let (parameters, prover) = (small(), prover());
    let at = |row| record(&parameters, Cell { column: 1, row }, &prover);
    let [below, across, above] = [0, 1, 2].map(at);
    assert_eq!(below.answer, CellAnswer::Proved, "{below:?}");
    assert!(below.w.is_some_and(|[w1, w2]| w1[0] > 0.0 && w2[0] > 0.0));
    assert_eq!(below.links[0], below.links[1]);
    assert_eq!(across.answer, CellAnswer::Open, "{across:?}");
    assert_eq!(across.obstacle, Some(Obstacle::Both));
    assert_eq!(above.answer, CellAnswer::Refused, "{above:?}");
    assert!(above.w.is_none());
    let curve = pitchfork(&parameters, &prover)[1].unwrap();
    let [_, middle] = parameters.ranges(Cell { column: 1, row: 1 });
    assert!(curve.second.subset_of(middle), "{:?}", curve.second);
}

#[test]
fn neighbours_leave_no_gap() {
    let parameters = Parameters {
        cells: [7, 7],
        ..Parameters::standard(Plane::TauRho)
    };
    for k in 0..6 {
        let [[tau, rho], [next_tau, next_rho]] =
            [k, k + 1].map(|i| parameters.ranges(Cell { column: i, row: i }));
        assert!(!tau.intersection(next_tau).is_empty());
        assert!(!rho.intersection(next_rho).is_empty());
    }
    assert_eq!(parameters.tau_edge(0), Interval::ONE);
    assert_eq!(parameters.tau_edge(7), Interval::point(20.0));
    assert_eq!(parameters.second_edge(0), Interval::ZERO);
    assert!(
        Interval::literal("0.4")
            .unwrap()
            .subset_of(parameters.second_edge(7))
    );
}

/// Floats of an independent computation: `α` at the pitchfork without noise.
#[test]
fn the_pitchfork_is_where_floats_find_it() {
    let prover = prover();
    for (tau, alpha) in [("2", 0.01766), ("7", 0.02835), ("20", 0.03073)] {
        let end = (tau.parse::<f64>().unwrap() + 1e-6).to_string();
        let parameters = Parameters {
            tau: [tau.to_owned(), end],
            fixed: Fixed::RhoSquared("0".to_owned()),
            cells: [1, 1],
            ..Parameters::standard(Plane::TauAlpha)
        };
        let curve = pitchfork(&parameters, &prover)[0].unwrap();
        assert!((curve.at_middle.mid() - alpha).abs() < 1e-5, "{curve:?}");
        assert!(curve.at_middle.width() < 1e-10 && curve.second.width() < 1e-6);
    }
}

struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("atlas-{name}"));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).unwrap();
        Self(dir)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_minlift"));
        command
            .current_dir(&self.0)
            .arg("atlas")
            .args(arguments)
            .output()
            .unwrap()
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).unwrap()
    }

    #[track_caller]
    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        let line = String::from_utf8(output.stderr).unwrap();
        assert_eq!(line.lines().count(), 1, "{line:?}");
        line.trim_end().to_owned()
    }
}

const SMALL: [&str; 6] = [
    "--tau",
    "6.9:7.1",
    "--alpha",
    "0.0264:0.0297",
    "--cells",
    "2x3",
];

#[test]
fn the_bytes_depend_on_the_parameters_alone() {
    let place = Place::new("bytes");
    let run = |more: &[&str]| {
        let all: Vec<&str> = SMALL.iter().chain(more).copied().collect();
        assert!(place.run(&all).status.success());
    };
    run(&["--out", "whole"]);
    let table = place.read("whole/cells.jsonl");

    fs::create_dir(place.0.join("cut")).unwrap();
    fs::write(place.0.join("cut/cells.jsonl"), &table[..table.len() - 300]).unwrap();
    run(&["--out", "cut"]);
    run(&["--out", "parts", "--shard", "1/2"]);
    run(&["--out", "parts", "--shard", "2/2"]);
    assert!(
        place
            .run(&["--merge", "parts", "--out", "merged"])
            .status
            .success()
    );
    for folder in ["cut", "merged"] {
        for file in [
            "cells.jsonl",
            "cells.csv",
            "pitchfork.csv",
            "summary.md",
            "atlas.svg",
        ] {
            let [one, other] = ["whole", folder].map(|it| place.read(&format!("{it}/{file}")));
            assert!(one == other, "{folder}/{file}");
        }
    }

    // A record that says something else is not merged with the true one.
    let (true_answer, other) = ("\"answer\":\"refused\"", "\"answer\":\"proved\"");
    let part = place.read("parts/cells-1-of-2.jsonl");
    let tampered = part.replacen(true_answer, other, 1);
    assert_ne!(part, tampered);
    fs::create_dir(place.0.join("tampered")).unwrap();
    fs::write(place.0.join("tampered/cells-1-of-2.jsonl"), tampered).unwrap();
    let line = place.refused(&["--merge", "whole", "tampered", "--out", "never"]);
    assert!(line.contains("has another record in"), "{line}");
    assert!(!place.0.join("never").exists());
}

#[test]
fn bad_input_is_one_line() {
    let place = Place::new("bad");
    for (arguments, begins) in [
        (&["--tau", "7"][..], "minlift: --tau = 7: no range"),
        (&["--tau", "7:7"], "minlift: --tau = 7:7: does not ascend"),
        (&["--tau", "0:7"], "minlift: --tau = 0: out of range"),
        (&["--alpha", "0.1:x"], "minlift: --alpha = x: no number"),
        (
            &["--plane", "tau-rho", "--rho", "0:2"],
            "minlift: --rho = 2: out of range",
        ),
        (
            &["--cells", "3"],
            "minlift: --cells = 3: no numbers of cells",
        ),
        (&["--cells", "0x3"], "minlift: --cells = 0x3: out of range"),
        (&["--budget", "0"], "minlift: --budget = 0: out of range"),
        (&["--shard", "3/2"], "minlift: invalid value"),
    ] {
        let line = place.refused(arguments);
        assert!(line.starts_with(begins), "{line}");
    }
    assert!(!place.0.join("target").exists());
}
