//! What the statements speak of: claims by their parameters, and the reference tables.

pub mod independent;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use minlift::claim::{Claim, ClaimCondition, ConditionId, Evidence, Space, decide};
use minlift::dossier::{Dossier, verify};
use minlift::interval::Interval;

/// The claim with these fields; the name is immaterial.
pub fn claim(fields: &str) -> Claim {
    Claim::from_toml(&format!("name = \"given\"\n{fields}"), "given.toml")
        .unwrap_or_else(|error| panic!("{error}"))
}

/// The evidence for the claim with these fields: decided once, however many tests ask.
fn decided(fields: &str) -> Evidence {
    static DECIDED: Mutex<Option<HashMap<String, Arc<OnceLock<Evidence>>>>> = Mutex::new(None);
    // The lock is not held while a claim is decided: other tests go on.
    let cell = {
        let mut all = DECIDED.lock().unwrap();
        let all = all.get_or_insert_default();
        Arc::clone(all.entry(fields.to_owned()).or_default())
    };
    cell.get_or_init(|| decide(&claim(fields))).clone()
}

fn paper_fields(d: u64, more: &str) -> String {
    format!("d = {d}\ntau = 7\nalpha = \"1/800\"\n{more}")
}

/// The paper's parameters in dimension `d`, with more fields after them.
pub fn paper_with(d: u64, more: &str) -> Claim {
    claim(&paper_fields(d, more))
}

/// The paper's claim in dimension `d`.
pub fn paper(d: u64) -> Evidence {
    paper_decided(d, "")
}

/// The evidence for [`paper_with`].
pub fn paper_decided(d: u64, more: &str) -> Evidence {
    decided(&paper_fields(d, more))
}

/// Everything the report of the paper's own claim says, with all runs: verified once.
pub fn paper_dossier() -> &'static Dossier {
    static DOSSIER: OnceLock<Dossier> = OnceLock::new();
    DOSSIER.get_or_init(|| verify(&Claim::paper().unwrap(), &|_| {}))
}

/// A reference number: the printed decimal, which is correct to its last place, and its neighbours.
pub fn number(text: &str) -> Interval {
    let tightest = Interval::literal(text).unwrap();
    Interval::new(tightest.inf().next_down(), tightest.sup().next_up()).unwrap()
}

/// Does the enclosure hold the reference value, and is it at most this wide?
#[track_caller]
pub fn assert_encloses(what: &str, enclosure: Interval, reference: Interval, width: f64) {
    // The reference is far tighter than what is tested: enclosures meet it where they hold it.
    assert!(
        !enclosure.intersection(reference).is_empty(),
        "{what}: {enclosure} misses {reference}"
    );
    assert!(enclosure.width() <= width, "{what}: {enclosure} is wide");
}

/// A critical point to 35 digits, found and checked by other means (`generate_reference.py`).
pub struct Reference {
    pub exact: bool,
    pub kind: &'static str,
    /// Empty for the simplified objective.
    pub d: &'static str,
    pub tau: &'static str,
    pub alpha: &'static str,
    /// Four numbers apart by spaces; empty where they are equal.
    pub weights: &'static str,
    pub point: [Interval; 2],
    pub value: Interval,
    pub eigenvalues: [Interval; 2],
    pub kappa: Interval,
    /// `|w* - w̃*|`, exact minima only.
    pub distance: Option<Interval>,
}

impl Reference {
    fn read(line: &'static str, has_weights: bool) -> Self {
        let cells: Vec<&str> = line.split(',').collect();
        let (head, numbers) = cells.split_at(if has_weights { 7 } else { 6 });
        Self {
            exact: head[0] == "exact",
            kind: head[1],
            d: head[2],
            tau: head[3],
            alpha: head[4],
            weights: if has_weights { head[6] } else { "" },
            point: [number(numbers[0]), number(numbers[1])],
            value: number(numbers[2]),
            eigenvalues: [number(numbers[3]), number(numbers[4])],
            kappa: number(numbers[5]),
            distance: numbers
                .get(6)
                .filter(|text| !text.is_empty())
                .map(|text| number(text)),
        }
    }

    /// The evidence for the claim whose critical point it is; the simplified objective has no dimension, take 10.
    pub fn evidence(&self) -> Evidence {
        let weights = if self.weights.is_empty() {
            String::new()
        } else {
            format!("weights = [{}]\n", self.weights.replace(' ', ", "))
        };
        let d = if self.d.is_empty() { "10" } else { self.d };
        let (tau, alpha) = (self.tau, self.alpha);
        decided(&format!(
            "d = {d}\ntau = \"{tau}\"\nalpha = \"{alpha}\"\n{weights}"
        ))
    }
}

/// The critical points for equal weights.
pub fn references() -> Vec<Reference> {
    rows(include_str!("../../data/critical_points.csv"), false)
}

/// The critical points for weights without mirror symmetry.
pub fn unequal_references() -> Vec<Reference> {
    rows(include_str!("../../data/unequal_weights.csv"), true)
}

fn rows(table: &'static str, has_weights: bool) -> Vec<Reference> {
    let rows: Vec<_> = table
        .lines()
        .skip(1)
        .map(|line| Reference::read(line, has_weights))
        .collect();
    assert!(rows.len() > 3, "a table without rows proves nothing");
    rows
}

/// The spectral condition of this kind: `theorem` 0 is the quantitative inverse function
/// theorem, 1 is Newton-Kantorovich (the plane has both).
pub fn condition(evidence: &Evidence, id: ConditionId, space: Space) -> Vec<&ClaimCondition> {
    evidence
        .conditions
        .iter()
        .filter(|c| c.id == id && c.space == space && c.norm != "Frobenius")
        .collect()
}
