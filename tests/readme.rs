//! The README's excerpt of the output is what the program says.

use minlift::claim::{Claim, decide};
use minlift::dossier::{Dossier, Survey};

#[test]
fn the_readme_quotes_the_output() {
    let readme = include_str!("../README.md");
    let excerpt = readme
        .split_once("```text\n")
        .and_then(|(_, rest)| rest.split_once("```"))
        .map(|(excerpt, _)| excerpt)
        .unwrap();
    let dossier = Dossier {
        evidence: decide(&Claim::paper().unwrap()),
        runs: vec![],
        left_out: vec![],
        survey: Survey::default(),
        paths: vec![],
        figures: vec![],
    };
    let text = dossier.text();
    assert!(excerpt.lines().count() > 15);
    for line in excerpt.lines() {
        assert!(text.contains(line), "the program does not say: {line}");
    }
}
