//! The README's excerpt of the output is what the program says.

use minlift::claim::Claim;
use minlift::dossier::{Dossier, SelfSupervised, Supervised};

#[test]
fn the_readme_quotes_the_output() {
    let readme = include_str!("../../README.md");
    let excerpt = readme
        .split_once("```text\n")
        .and_then(|(_, rest)| rest.split_once("```"))
        .map(|(excerpt, _)| excerpt)
        .unwrap();
    let claim = Claim::paper().unwrap();
    let dossier = Dossier {
        ssl: Some(SelfSupervised::proof_only(&claim)),
        sl: Some(Supervised::proof_only(&claim)),
        contrast: None,
        given: None,
        family: None,
        figures: vec![],
        claim,
    };
    let text = dossier.text();
    assert!(excerpt.lines().count() > 15);
    for line in excerpt.lines() {
        assert!(text.contains(line), "the program does not say: {line}");
    }
}
