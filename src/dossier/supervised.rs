//! The supervised side: proof, optimisers' runs, every dimension.

use rayon::prelude::*;

use super::survey::{dimensions, paper_noise};
use super::{Progress, Sample};
use crate::claim::supervised::{
    DimensionPiece, ProvedRegion, SupervisedEvidence, decide, every_dimension, radius_conditions_at,
};
use crate::claim::{Claim, ClaimVerdict};
use crate::confirm::LeftOut;
use crate::confirm::supervised::{Region, SupervisedPlan, SupervisedRun, confirm_supervised};
use crate::interval::Interval;
use crate::model::supervised::{PopulationObjective, SupervisedParameters};

/// Everything that is said about the supervised objective.
#[derive(Clone, Debug)]
pub struct Supervised {
    /// What is proved.
    pub evidence: SupervisedEvidence,
    /// The statement for every `d >= 2` with `ρ = d^(-3/2)`, piece by piece.
    pub dimensions: Vec<DimensionPiece>,
    /// The radius conditions for `d` from 2 to 1000, `ρ = d^(-3/2)`; empty without a simplified minimum.
    pub over_dimension: Vec<Sample>,
    /// The proved regions the runs are judged by.
    pub regions: Vec<Region>,
    /// The optimisers' runs: estimates. Empty if none were made.
    pub runs: Vec<SupervisedRun>,
    /// The optimisers that were not run, and why.
    pub left_out: Vec<LeftOut>,
}

/// From this dimension on the solvers run from fewer seeds: each iterate is long.
const LONG_ROWS: u64 = 100_000;

impl Supervised {
    /// Decides the claim and lets the optimisers run. A run that is stationary outside every proved region is
    /// reported; it speaks against nothing that is proved, since the statement is local.
    #[must_use]
    pub fn of(claim: &Claim, report: &(dyn Fn(Progress) + Sync)) -> Self {
        let tell = |stage, done, total| report(Progress { stage, done, total });
        tell("supervised proof", 0, 1);
        let mut side = Self::proof_only(claim);
        side.regions = regions(&side.evidence);
        if side.evidence.verdict == ClaimVerdict::Verified {
            let mut plan = SupervisedPlan::default();
            if claim.d >= LONG_ROWS {
                plan.seeds = 2;
            }
            let objective = PopulationObjective::new(&claim.supervised());
            let runs = 5 * plan.seeds as usize;
            let outcome = confirm_supervised(&objective, &side.regions, &plan, |done| {
                tell("supervised optimisers", done, runs);
            });
            (side.runs, side.left_out) = (outcome.runs, outcome.left_out);
        }
        tell("every dimension", 0, 1);
        side.dimensions = every_dimension(claim);
        if let Some(minimum) = side.evidence.simplified.as_ref() {
            side.over_dimension = survey(claim, minimum.point);
        }
        side
    }

    /// The proof alone: no runs, no other dimensions.
    #[must_use]
    pub fn proof_only(claim: &Claim) -> Self {
        Self {
            evidence: decide(claim),
            dimensions: Vec::new(),
            over_dimension: Vec::new(),
            regions: Vec::new(),
            runs: Vec::new(),
            left_out: Vec::new(),
        }
    }
}

/// The conditions at other dimensions: the simplified minimum is the same for all of them.
fn survey(claim: &Claim, point: [Interval; 2]) -> Vec<Sample> {
    let all: Vec<u64> = dimensions().collect();
    all.into_par_iter()
        .with_max_len(1)
        .map(|d| {
            let parameters = SupervisedParameters {
                dimension: d,
                variance: paper_noise(d).sqr(),
                ..claim.supervised()
            };
            Sample {
                parameter: d as f64,
                conditions: radius_conditions_at(point, &parameters),
                distance: None,
            }
        })
        .collect()
}

/// The proved regions of the exact objective with their mirror images.
fn regions(evidence: &SupervisedEvidence) -> Vec<Region> {
    let mut regions = Vec::new();
    if let Some(region) = evidence.exact.as_ref().and_then(|m| m.region.as_ref()) {
        // The exchange of the units.
        regions.push(named(region, "e1 only", 0));
        regions.push(named(
            &region.image([2, 3, 0, 1, 5, 4], [1.0; 6]),
            "e1 only, units exchanged",
            0,
        ));
    }
    if let Some(minimum) = &evidence.agreeing {
        let region = &minimum.region;
        regions.push(named(region, "units agree", 0));
        // x^(1) -> -x^(1) with F -> -F.
        let signs = [-1.0, 1.0, -1.0, 1.0, -1.0, -1.0];
        regions.push(named(
            &region.image([0, 1, 2, 3, 4, 5], signs),
            "units agree, mirrored",
            0,
        ));
    }
    regions
}

fn named(region: &ProvedRegion, name: &str, index: usize) -> Region {
    Region {
        centre: region.centre,
        transform: region.transform,
        beside: region.beside,
        radius: region.radius,
        index,
        name: name.to_owned(),
    }
}
