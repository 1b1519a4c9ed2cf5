//! `minlift ensemble`: resumes, splits, merges; bad input is one line and exit code 2, and touches nothing.
//! Nothing here depends on what is proved about a draw.

use std::fs;
use std::process::{Command, Output};

use super::place::Place;

fn run(place: &Place, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minlift"));
    command
        .current_dir(&place.0)
        .arg("ensemble")
        .args(arguments);
    command.output().unwrap()
}

#[track_caller]
fn finished(place: &Place, arguments: &[&str]) -> String {
    let output = run(place, arguments);
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{error}");
    assert_eq!(error, "", "no progress in a pipe");
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn refused(place: &Place, arguments: &[&str]) -> String {
    let output = run(place, arguments);
    let line = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{line}");
    assert!(output.stdout.is_empty());
    assert_eq!(line.lines().count(), 1, "{line:?}");
    line.trim_end()
        .strip_prefix("minlift: ")
        .unwrap()
        .to_owned()
}

const SMALL: [&str; 6] = ["--d", "2,3", "--n", "d^2,8", "--draws", "3"];

fn small<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let all: Vec<&str> = SMALL.iter().chain(more).copied().collect();
    all
}

#[test]
fn a_table_is_written_resumed_split_and_merged() {
    let place = Place::new("line");
    let printed = finished(&place, &small(&["--out", "whole"]));
    assert!(printed.starts_with(
        "Frequency of proof: τ = 7, α = 1/800, ρ = d^(−3/2), isotropic noise, seed 1\n"
    ));
    assert!(printed.ends_with("folder: whole\n"), "{printed}");
    let files: Vec<String> = Place(place.at("whole")).names();
    for file in [
        "draws.jsonl",
        "summary.csv",
        "summary.json",
        "summary.md",
        "frequency-d-n-d2.svg",
        "frequency-n-d-2.csv",
    ] {
        assert!(files.iter().any(|name| name == file), "{file}: {files:?}");
    }
    let bytes = |folder: &str| -> Vec<(String, Vec<u8>)> {
        let names = Place(place.at(folder)).names().into_iter();
        names
            .map(|name| (name.clone(), fs::read(place.at(folder).join(name)).unwrap()))
            .collect()
    };
    let whole = bytes("whole");

    // Interrupted, resumed.
    let table = place.read("whole/draws.jsonl");
    fs::create_dir(place.at("cut")).unwrap();
    place.write("cut/draws.jsonl", &table[..table.len() - 700]);
    assert_eq!(
        finished(&place, &small(&["--out", "cut"])),
        printed.replace("whole", "cut")
    );
    assert_eq!(bytes("cut"), whole);
    // Once more: nothing changes.
    finished(&place, &small(&["--out", "whole"]));
    assert_eq!(bytes("whole"), whole);

    // In parts, in two folders.
    for (shard, folder) in [("1/3", "a"), ("2/3", "b"), ("3/3", "a")] {
        let printed = finished(&place, &small(&["--shard", shard, "--out", folder]));
        assert!(
            printed.contains(&format!("shard {shard} of the table only")),
            "{printed}"
        );
    }
    assert_eq!(
        Place(place.at("a")).names(),
        ["draws-1-of-3.jsonl", "draws-3-of-3.jsonl"]
    );
    let line = refused(&place, &["--merge", "a", "--out", "merged"]);
    assert!(
        line.starts_with("--merge: 4 of 12 are missing: 1, 4, 7, 10; allowed: "),
        "{line}"
    );
    assert!(!place.at("merged").exists());
    finished(
        &place,
        &["--merge", "a", "b/draws-2-of-3.jsonl", "--out", "merged"],
    );
    assert_eq!(bytes("merged"), whole);
    // What is in --out already takes part.
    finished(&place, &["--merge", "b", "--out", "merged"]);
    assert_eq!(bytes("merged"), whole);
}

#[test]
fn another_table_stays_as_it_is() {
    let place = Place::new("line-another");
    finished(&place, &small(&["--out", "o"]));
    finished(
        &place,
        &small(&["--out", "s", "--shard", "1/2", "--seed", "5"]),
    );
    let before = place.read("o/draws.jsonl");
    for (arguments, expected) in [
        (small(&["--out", "o", "--seed", "2"]), "seed = 1, not 2"),
        (
            small(&["--out", "o", "--alpha", "0.00125"]),
            "alpha = \"1/800\", not \"0.00125\"",
        ),
        (
            small(&["--out", "o", "--rho", "0.1"]),
            "rho_data = null, not \"0.1\"",
        ),
        (
            small(&["--out", "o", "--noise", "broadcast"]),
            "noise = \"isotropic\", not \"broadcast\"",
        ),
        (
            small(&["--out", "o", "--shard", "1/2", "--seed", "3"]),
            "seed = 1, not 3",
        ),
        (
            vec!["--merge", "s", "--out", "o"],
            "belongs to another table: seed = ",
        ),
        (
            vec!["--merge", "o", "s", "--out", "n"],
            "s/draws-1-of-2.jsonl, line 1: belongs to another table: seed = 5, not 1",
        ),
    ] {
        let line = refused(&place, &arguments);
        assert!(line.contains(expected) && line.contains("draws"), "{line}");
        assert!(line.contains(", line 1: "), "{line}");
    }
    assert_eq!(place.read("o/draws.jsonl"), before);
    assert_eq!(place.names(), ["o", "s"]);
}

#[test]
fn damage_is_named_and_kept() {
    let place = Place::new("line-damage");
    finished(&place, &small(&["--out", "o"]));
    let damaged = place
        .read("o/draws.jsonl")
        .replacen("{\"index\":2,", "{\"index\":2;", 1);
    place.write("o/draws.jsonl", &damaged);
    for arguments in [small(&["--out", "o"]), vec!["--merge", "o", "--out", "m"]] {
        let line = refused(&place, &arguments);
        assert!(
            line.starts_with("o/draws.jsonl, line 4: damaged ("),
            "{line}"
        );
    }
    assert_eq!(place.read("o/draws.jsonl"), damaged);
    assert_eq!(place.names(), ["o"]);
}

#[test]
fn somebody_elses_folder_is_left_alone() {
    let place = Place::new("line-foreign");
    fs::create_dir(place.at("mine")).unwrap();
    place.write("mine/summary.md", "ten years");
    place.write("file", "mine");
    let line = refused(&place, &small(&["--out", "mine"]));
    assert!(
        line.starts_with("--out: mine holds summary.md and no draws; allowed: "),
        "{line}"
    );
    let line = refused(&place, &small(&["--out", "file"]));
    assert!(
        line.starts_with("--out: file cannot be written ("),
        "{line}"
    );
    let line = refused(&place, &["--merge", "mine"]);
    assert!(
        line.starts_with("--merge: mine holds no table; allowed: "),
        "{line}"
    );
    let line = refused(&place, &["--merge", "file"]);
    assert!(
        line.starts_with("file, line 1: no header of a table ("),
        "{line}"
    );
    let line = refused(&place, &["--merge", "absent"]);
    assert!(line.starts_with("absent: cannot be read ("), "{line}");
    assert_eq!(place.names(), ["file", "mine"]);
    assert_eq!(Place(place.at("mine")).names(), ["summary.md"]);
}

#[test]
fn absurd_parameters_are_one_line_each() {
    let place = Place::new("line-absurd");
    for (arguments, expected) in [
        (
            &["--draws", "0"][..],
            "--draws = 0: out of range; allowed: a whole number from 1 to 100000000",
        ),
        (
            &["--d", "1"],
            "--d = 1: out of range; allowed: a whole number from 2 to 268435456",
        ),
        (&["--n", "0"], "--n = 0: out of range; allowed: "),
        (
            &["--n", "d^7"],
            "--n = d^7: no number of points; allowed: whole numbers from 1, d, d^2, d^3, K*d^2",
        ),
        (
            &["--d", "2", "--n", "134217729"],
            "--n = 134217729: too large for d = 2; allowed: n d <= 268435456 (2^28)",
        ),
        (
            &["--d", "18446744073709551615"],
            "--n = d^2: too large for d = 18446744073709551615; allowed: ",
        ),
        (
            &["--d", "5,6", "--draws", "50000001"],
            "--draws = 50000001: too many for 2 cells; allowed: ",
        ),
        (
            &["--tau", "NaN"],
            "--tau = NaN: no number; allowed: a decimal or a fraction from 1e-6 to 1e6",
        ),
        (&["--alpha", "-1"], "--alpha = -1: out of range; allowed: "),
        (&["--rho", "inf"], "--rho = inf: no number; allowed: "),
        (
            &["--shard", "3/2"],
            "invalid value '3/2' for '--shard <k/n>': \"3/2\" is no part of a table; allowed: ",
        ),
        (
            &["--shard", "0/2"],
            "invalid value '0/2' for '--shard <k/n>': ",
        ),
        (
            &["--d", "ten"],
            "invalid value 'ten' for '--d <D>': invalid digit",
        ),
        (&["--seed", "-1"], "unexpected argument '-1' found"),
        (
            &["--noise", "none"],
            "invalid value 'none' for '--noise <NOISE>' [possible values: isotropic, broadcast]",
        ),
        (
            &["--merge", "o", "--draws", "5"],
            "the argument '--merge <DIR_OR_FILE>...' cannot be used with '--draws",
        ),
        (&["--merge"], "a value is required for '--merge"),
        (&["more"], "unexpected argument 'more' found"),
    ] {
        let line = refused(&place, arguments);
        assert!(line.starts_with(expected), "{line}");
    }
    assert!(place.names().is_empty());
}
