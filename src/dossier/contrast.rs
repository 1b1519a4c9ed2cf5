//! Self-supervised and supervised minima beside each other.

use super::{ContrastMap, Progress, SelfSupervised, Supervised};
use crate::claim::{Claim, ClaimVerdict, CriticalPoint};
use crate::downstream::{Downstream, DownstreamError, Population, Representation, Settings};
use crate::interval::Interval;
use crate::model::{cosines, projections};

/// What the learned representations have in common, and what not.
#[derive(Clone, Debug)]
pub struct Contrast {
    /// The four minima that are proved: self-supervised and supervised, simplified and exact.
    pub rows: Vec<ContrastRow>,
    /// `‖P e_2‖ = 1` for self-supervised and `= 0` for supervised learning, both proved for the exact objectives.
    pub proved: bool,
    /// Linear probes on the representations of the exact minima: estimates. None without both minima.
    pub downstream: Option<Downstream>,
    /// Other parameters.
    pub map: ContrastMap,
}

/// What a proved minimum contains: enclosures.
#[derive(Clone, Debug)]
pub struct ContrastRow {
    /// `"SSL"` or `"SL"`.
    pub objective: &'static str,
    /// `"simplified"` or `"exact"`.
    pub version: &'static str,
    /// `w_i^(j)`.
    pub coefficients: [[Interval; 2]; 2],
    /// `|w_1^(j)|/‖w_1‖`; those of row 2 are the same, or [`Self::coefficients`] tells.
    pub cosines: [Interval; 2],
    /// `‖P e_j‖`.
    pub projections: [Interval; 2],
}

impl Contrast {
    pub(super) fn of(
        claim: &Claim,
        ssl: &SelfSupervised,
        sl: &Supervised,
        report: &(dyn Fn(Progress) + Sync),
    ) -> Self {
        let tell = |stage, done, total| report(Progress { stage, done, total });
        let rows = rows(ssl, sl);
        let exact = |objective: &str| {
            rows.iter()
                .find(|row| row.objective == objective && row.version == "exact")
        };
        let both = exact("SSL").zip(exact("SL"));
        let proved = both.is_some_and(|(ssl, sl)| {
            ssl.projections[1] == Interval::ONE && sl.projections[1] == Interval::ZERO
        }) && ssl.evidence.verdict == ClaimVerdict::Verified
            && sl.evidence.verdict == ClaimVerdict::Verified;
        tell("probes", 0, 1);
        let downstream = both.and_then(|(ssl, sl)| probes(claim, ssl, sl).ok());
        let map = ContrastMap::of(claim, &|done, total| tell("map", done, total));
        Self {
            proved,
            downstream,
            map,
            rows,
        }
    }
}

fn rows(ssl: &SelfSupervised, sl: &Supervised) -> Vec<ContrastRow> {
    let mut rows = Vec::new();
    let pair = |minima: &[CriticalPoint; 2], version| {
        let proved = minima.iter().all(|m| m.verdict.is_proved());
        let coefficients = minima.each_ref().map(|m| m.point);
        proved.then(|| ContrastRow {
            objective: "SSL",
            version,
            coefficients,
            cosines: cosines(coefficients[0]),
            projections: projections(coefficients),
        })
    };
    let evidence = &ssl.evidence;
    rows.extend((evidence.simplified.as_ref()).and_then(|s| pair(&s.minima, "simplified")));
    rows.extend(
        evidence
            .exact
            .as_ref()
            .and_then(|e| pair(&e.minima, "exact")),
    );
    let evidence = &sl.evidence;
    for (minimum, version) in [
        (&evidence.simplified, "simplified"),
        (&evidence.exact, "exact"),
    ] {
        let content = minimum.as_ref().and_then(crate::claim::supervised::content);
        rows.extend(content.map(|content| ContrastRow {
            objective: "SL",
            version,
            coefficients: content.coefficients,
            cosines: content.cosines[0],
            projections: content.projections,
        }));
    }
    rows
}

fn probes(
    claim: &Claim,
    ssl: &ContrastRow,
    sl: &ContrastRow,
) -> Result<Downstream, DownstreamError> {
    let middle = |row: &ContrastRow| row.coefficients.map(|w| w.map(Interval::mid));
    let population = Population::new(
        claim.tau.mid(),
        claim.rho_data.mid(),
        claim.weights.map(Interval::mid),
    )?;
    Downstream::compare(
        &[
            Representation::new("SSL", middle(ssl)),
            Representation::new("SL", middle(sl)),
        ],
        &population,
        &Settings::default(),
    )
}
