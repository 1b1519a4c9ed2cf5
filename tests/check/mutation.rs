//! Corrupted certificates: every one that the checker accepts has to be a true statement all the same.
//!
//! Who says that it is true is neither prover nor checker: `tests/data/certificates/referee.py`, whose verdicts are committed. After a change
//! of the certificates or of the mutations:
//!
//! ```text
//! cargo test --test check -- --ignored write_what_is_accepted --nocapture
//! python tests/data/certificates/referee.py target/accepted.jsonl tests/data/certificates/verdicts.jsonl
//! ```

use std::collections::BTreeMap;
use std::fmt::Write;

use minlift::certificate::claim_sha256;
use minlift::check::check;
use minlift::report::hex;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::base::certificates;

/// Mutations of each kind; the referee has judged what is accepted of them.
const MUTATIONS: u64 = 500;
/// The test tries every so many-th: all of them take minutes.
const SAMPLE: u64 = 25;

/// Changes one field; says how.
fn mutate(certificate: &mut Value, rng: &mut Xoshiro256PlusPlus) -> String {
    let mut places = Vec::new();
    collect(certificate, String::new(), &mut places);
    let at = places[rng.random_range(0..places.len())].clone();
    let other = places[rng.random_range(0..places.len())].clone();
    let donor = certificate.pointer(&other).unwrap().clone();
    let how = change(certificate.pointer_mut(&at).unwrap(), donor, rng);
    format!("{at}: {how}")
}

/// All places below the top.
fn collect(value: &Value, at: String, places: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for (k, item) in items.iter().enumerate() {
                collect(item, format!("{at}/{k}"), places);
            }
        }
        Value::Object(fields) => {
            for (key, item) in fields {
                collect(item, format!("{at}/{key}"), places);
            }
        }
        _ => {}
    }
    // Lists and objects are changed too, but less often than what is in them.
    let is_pair = value.as_array().is_some_and(|items| items.len() <= 2);
    if !at.is_empty() && !is_pair {
        places.push(at);
    }
}

fn change(value: &mut Value, donor: Value, rng: &mut Xoshiro256PlusPlus) -> String {
    let number = value
        .as_str()
        .and_then(minlift::report::from_hex)
        .filter(|x| x.is_finite());
    match value {
        Value::String(text) if number.is_some() => {
            let x = number.unwrap_or_default();
            let (changed, how) = match rng.random_range(0..8) {
                0 => (x.next_up(), "one unit up"),
                1 => (x.next_down(), "one unit down"),
                2 => (x + 1e-9, "a billionth more"),
                3 => (x * (1.0 + 1e-3), "a thousandth larger"),
                4 => (x * (1.0 - 1e-2), "a hundredth smaller"),
                5 => (-x, "negated"),
                6 => (2.0 * x, "doubled"),
                _ => return replace(value, donor),
            };
            *text = hex(changed);
            how.to_owned()
        }
        Value::String(text) if !text.is_empty() => {
            let mut letters: Vec<char> = text.chars().collect();
            let k = rng.random_range(0..letters.len());
            let other = ['0', '1', '.', 'a', '7'][rng.random_range(0..5)];
            match rng.random_range(0..3) {
                0 => letters[k] = other,
                1 => letters.insert(k, other),
                _ => drop(letters.remove(k)),
            }
            *text = letters.into_iter().collect();
            format!("now {text:.60}")
        }
        Value::Number(n) => {
            let n = n.as_i64().unwrap_or(0) + [-1, 1, 7][rng.random_range(0..3)];
            *value = n.into();
            format!("now {n}")
        }
        Value::Bool(b) => {
            *b = !*b;
            "the contrary".to_owned()
        }
        Value::Array(items) if !items.is_empty() => {
            let k = rng.random_range(0..items.len());
            let last = items.len() - 1;
            match rng.random_range(0..3) {
                0 => drop(items.remove(k)),
                1 => items.insert(k, items[k].clone()),
                _ => items.swap(k, last - k),
            }
            "an entry lost, repeated or moved".to_owned()
        }
        Value::Object(fields) => {
            let keys: Vec<String> = fields.keys().cloned().collect();
            if rng.random_range(0..2) == 0 {
                fields.remove(&keys[rng.random_range(0..keys.len())]);
                return "a field lost".to_owned();
            }
            replace(value, donor)
        }
        _ => replace(value, donor),
    }
}

fn replace(value: &mut Value, donor: Value) -> String {
    *value = donor;
    "the value of another field".to_owned()
}

/// A mutated certificate and what became of it.
struct Trial {
    kind: &'static str,
    how: String,
    id: String,
    certificate: Value,
    accepted: bool,
}

fn trials(kind: &'static str, text: &str, every: u64) -> Vec<Trial> {
    let original: Value = serde_json::from_str(text).unwrap();
    let trial = |seed: u64| {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
        let mut certificate = original.clone();
        let how = mutate(&mut certificate, &mut rng);
        // The hash tells which claim it is: an attacker makes it fit.
        certificate["claim_sha256"] = claim_sha256(&certificate["claim"]).into();
        let accepted =
            check(&certificate.to_string(), None).is_ok_and(|outcome| outcome.is_accepted());
        let digest = Sha256::digest(minlift::batch::canonical(&certificate).as_bytes());
        let id = digest.iter().take(12).fold(String::new(), |mut id, byte| {
            let _ = write!(id, "{byte:02x}");
            id
        });
        Trial {
            kind,
            how,
            id,
            certificate,
            accepted,
        }
    };
    (0..MUTATIONS / every)
        .into_par_iter()
        .map(|k| trial(k * every))
        .collect()
}

fn all_trials(every: u64) -> Vec<Trial> {
    certificates()
        .iter()
        .flat_map(|(kind, text)| trials(kind, text, every))
        .collect()
}

/// The committed verdicts.
fn verdicts() -> BTreeMap<String, bool> {
    let lines = include_str!("../data/certificates/verdicts.jsonl").lines();
    lines
        .map(|line| {
            let verdict: Value = serde_json::from_str(line).unwrap();
            (
                verdict["id"].as_str().unwrap().to_owned(),
                verdict["true"].as_bool().unwrap(),
            )
        })
        .collect()
}

/// How many are rejected and accepted of each kind; no kind may be accepted whatever is done to it.
fn count(trials: &[Trial]) -> BTreeMap<&str, [usize; 2]> {
    let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for trial in trials {
        counts.entry(trial.kind).or_default()[usize::from(trial.accepted)] += 1;
    }
    for (kind, [rejected, accepted]) in &counts {
        println!("{kind}: {rejected} rejected, {accepted} accepted");
        assert!(
            4 * rejected > rejected + accepted,
            "{kind}: {rejected} rejected"
        );
    }
    counts
}

#[test]
fn what_is_accepted_is_true() {
    let (verdicts, trials) = (verdicts(), all_trials(SAMPLE));
    assert_eq!(count(&trials).len(), certificates().len());
    for trial in trials.iter().filter(|trial| trial.accepted) {
        let verdict = verdicts.get(&trial.id);
        assert_eq!(
            verdict,
            Some(&true),
            "{} {}: {}",
            trial.kind,
            trial.id,
            trial.how
        );
    }
}

/// Makes the file that the referee reads.
#[test]
#[ignore = "writes target/accepted.jsonl for the referee"]
fn write_what_is_accepted() {
    let mut out = String::new();
    let mut seen = std::collections::BTreeSet::new();
    let trials = all_trials(1);
    count(&trials);
    for trial in trials.into_iter().filter(|trial| trial.accepted) {
        if seen.insert(trial.id.clone()) {
            writeln!(out, "{}", json!({"id": trial.id, "kind": trial.kind, "how": trial.how, "certificate": trial.certificate})).unwrap();
        }
    }
    std::fs::write(
        concat!(env!("CARGO_MANIFEST_DIR"), "/target/accepted.jsonl"),
        out,
    )
    .unwrap();
}
