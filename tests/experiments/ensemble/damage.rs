//! A damaged or foreign file is an error that names file and line, and stays as it is.

use std::fs;

use minlift::batch::{Shard, Table, merge};
use minlift::ensemble::DrawRecord;

use super::batch::{fill, whole};
use super::place::Place;

/// Resuming and reading both refuse the text, with this in the message; the file stays as it is.
#[track_caller]
fn refused(place: &Place, text: &str, expected: &str) {
    let path = place.write("bad.jsonl", text);
    let error = fill(&path, Shard::WHOLE).unwrap_err().to_string();
    assert!(error.contains(expected), "{error}");
    assert!(
        error.contains("bad.jsonl") && error.contains("; allowed: "),
        "{error}"
    );
    assert_eq!(error.lines().count(), 1, "{error}");
    assert_eq!(place.read("bad.jsonl"), text);
    assert!(!place.names().iter().any(|name| name.ends_with(".tmp")));
}

#[test]
fn a_line_damaged_in_the_middle() {
    let place = Place::new("damaged");
    let text = whole(&place);
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let replaced = |k: usize, line: &str| {
        let mut lines = lines.clone();
        lines[k] = line;
        lines.concat()
    };
    let cut = format!("{}\n", &lines[4][..40]);
    for (line, reason) in [
        (cut.as_str(), "damaged (EOF while parsing"),
        ("\n", "damaged ("),
        ("\0\0\0\0\n", "damaged ("),
        ("thesis\n", "damaged ("),
        ("{\"index\":3}\n", "damaged (missing field `record`"),
        ("{\"index\":-3,\"record\":{}}\n", "damaged ("),
    ] {
        refused(&place, &replaced(4, line), reason);
        refused(&place, &replaced(4, line), "bad.jsonl, line 5: ");
    }
    for (from, to) in [
        ("{\"index\"", "{ \"index\""),
        ("\"proved\":", "\"Proved\":"),
        ("\"conditions\":[", "\"conditions\":[1,"),
        ("quantitative_ift", "quantitative_ivt"),
        ("\"margin\":0.", "\"margin\":0.0000000000000000000000"),
        ("\"counts\":[", "\"counts\":[1,"),
        ("\"record\":{", "\"record\":{\"extra\":1,"),
    ] {
        assert!(lines[4].contains(from), "{}", lines[4]);
        refused(
            &place,
            &replaced(4, &lines[4].replacen(from, to, 1)),
            "line 5: damaged (",
        );
    }
    let bytes: Vec<u8> = replaced(4, "caf?\n")
        .bytes()
        .map(|b| if b == b'?' { 0xe9 } else { b })
        .collect();
    let path = place.write("bad.jsonl", &bytes);
    assert!(
        fill(&path, Shard::WHOLE)
            .unwrap_err()
            .to_string()
            .contains("line 5: damaged (")
    );
    assert_eq!(fs::read(path).unwrap(), bytes);
}

#[test]
fn an_index_that_does_not_belong_here() {
    let place = Place::new("index");
    let text = whole(&place);
    for index in ["24", "18446744073709551615"] {
        let bad = text.replacen("{\"index\":7,", &format!("{{\"index\":{index},"), 1);
        let expected =
            format!("line 9: index {index} does not belong here; allowed: 0 <= index < 24");
        refused(&place, &bad, &expected);
    }
    // A record of another shard.
    let path = place.at("2-of-3.jsonl");
    let shard = Shard::new(2, 3).unwrap();
    fill(&path, shard).unwrap();
    let bad = place
        .read("2-of-3.jsonl")
        .replacen("{\"index\":4,", "{\"index\":5,", 1);
    place.write("2-of-3.jsonl", &bad);
    let error = fill(&path, shard).unwrap_err().to_string();
    assert!(
        error.contains(
            "line 3: index 5 does not belong here; allowed: 0 <= index < 24 of shard 2/3"
        ),
        "{error}"
    );
    assert_eq!(place.read("2-of-3.jsonl"), bad);
}

#[test]
fn two_records_for_one_index() {
    let place = Place::new("duplicate");
    let text = whole(&place);
    let fourth = text.lines().nth(4).unwrap();
    // The same twice is no harm.
    let path = place.write("twice.jsonl", format!("{text}{fourth}\n"));
    fill(&path, Shard::WHOLE).unwrap();
    assert_eq!(place.read("twice.jsonl"), text);
    let other = fourth.replacen("\"counts\":[6", "\"counts\":[7", 1);
    assert_ne!(other, fourth);
    let expected =
        "line 26: index 3 has another record in line 5; allowed: one record for each index";
    refused(&place, &format!("{text}{other}\n"), expected);
}

#[test]
fn another_table() {
    let place = Place::new("another");
    let text = whole(&place);
    for (from, to, expected) in [
        (
            "{\"format\":1",
            "{\"format\":2",
            "line 1: no header of a table (format 2, this program reads 1)",
        ),
        (
            "{\"format\":1",
            "{\"form\":1",
            "line 1: no header of a table (it has no format number)",
        ),
        (
            "\"seed\":1",
            "\"seed\":2",
            "line 1: no header of a table (sha256 is not that of the parameters)",
        ),
        (
            "\"jobs\":24",
            "\"jobs\":25",
            "line 1: belongs to another table: jobs = 25, not 24",
        ),
        (
            "\"jobs\":24",
            "\"jobs\":-1",
            "line 1: no header of a table (invalid value",
        ),
        (
            "\"shard\":\"1/1\"",
            "\"shard\":\"1/2\"",
            "line 1: belongs to another table: shard = 1/2, not 1/1",
        ),
        (
            "\"shard\":\"1/1\"",
            "\"shard\":\"2/1\"",
            "line 1: no header of a table (",
        ),
        (
            "\"jobs\":24",
            "\"jobs\": 24",
            "line 1: no header of a table (it is not as it was written)",
        ),
        (
            "\"table\":\"ensemble",
            "\"table\":\"map",
            "line 1: belongs to another table: table = ",
        ),
    ] {
        assert!(text.contains(from));
        refused(&place, &text.replacen(from, to, 1), expected);
    }
    for foreign in [
        "my thesis",
        "my thesis\n",
        "\n",
        "[1, 2]\n",
        "{}\n",
        "d,n\n1,2\n",
    ] {
        refused(&place, foreign, "line 1: no header of a table (");
    }
}

#[test]
fn merging_different_things() {
    let place = Place::new("merging");
    let text = whole(&place);
    let error = |files: &[&str]| {
        let files: Vec<_> = files.iter().map(|name| place.at(name)).collect();
        merge::<DrawRecord, _>(&files).unwrap_err().to_string()
    };
    place.write(
        "other.jsonl",
        text.replacen("\"jobs\":24", "\"jobs\":25", 1),
    );
    let message = error(&["whole.jsonl", "other.jsonl"]);
    assert!(
        message.contains("other.jsonl, line 1: belongs to another table: jobs = 25, not 24"),
        "{message}"
    );
    place.write(
        "changed.jsonl",
        text.replacen("\"counts\":[6", "\"counts\":[7", 1),
    );
    let message = error(&["whole.jsonl", "changed.jsonl"]);
    assert!(
        message.contains("changed.jsonl, line 2: index 0 has another record in ")
            && message.contains("whole.jsonl, line 2; allowed: "),
        "{message}"
    );
    assert!(error(&[]).contains("no file to merge"));
    assert!(error(&["absent.jsonl"]).contains("absent.jsonl: cannot be read"));
    // A file that is still written is read as far as it goes.
    place.write("half.jsonl", &text[..text.len() - 9]);
    let table: Table<DrawRecord> = merge(&[place.at("half.jsonl")]).unwrap();
    assert_eq!(table.records.len(), 23);
    assert_eq!(place.read("half.jsonl").len(), text.len() - 9);
}
