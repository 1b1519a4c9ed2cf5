//! The claim's conditions at other dimensions and at other noise.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::claim::{Claim, ClaimCondition, decide};
use crate::interval::Interval;
use crate::theorem::Verdict;

/// What [`decide`] found at one parameter.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The parameter: `d`, or `ρ`.
    pub parameter: f64,
    /// The conditions there; empty if the simplified minimum is not proved.
    pub conditions: Vec<ClaimCondition>,
    /// `‖w* - w̃*‖` (of the farther row), if the minima of the exact objective are proved.
    pub distance: Option<Interval>,
}

/// Samples along two lines through the claim's parameters.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// `d` from 2 to 1000, `ρ = d^(-3/2)` for data and views.
    pub over_dimension: Vec<Sample>,
    /// `ρ` (data and views alike) at the claim's `d`.
    pub over_noise: Vec<Sample>,
}

impl Survey {
    /// Decides the claim's siblings, in parallel; `progress` hears how many are done, of how many.
    #[must_use]
    pub fn of(claim: &Claim, progress: &(dyn Fn(usize, usize) + Sync)) -> Self {
        let dimensions: Vec<_> = dimensions()
            .map(|d| sibling(claim, d, paper_noise(d)))
            .collect();
        let noises: Vec<_> = noises()
            .map(|rho| (rho, sibling(claim, claim.d, Interval::point(rho)).1))
            .collect();
        let total = dimensions.len() + noises.len();
        let done = AtomicUsize::new(0);
        let sample = |(parameter, claim): (f64, Claim)| {
            let evidence = decide(&claim);
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
            let proved = evidence.exact.filter(|exact| {
                exact
                    .minima
                    .iter()
                    .all(|m| m.verdict == Verdict::ProvedMinimum)
            });
            Sample {
                parameter,
                conditions: evidence.conditions,
                distance: proved.map(|exact| exact.row_distance[0].max(exact.row_distance[1])),
            }
        };
        Self {
            over_dimension: dimensions
                .into_par_iter()
                .with_max_len(1)
                .map(sample)
                .collect(),
            over_noise: noises.into_par_iter().with_max_len(1).map(sample).collect(),
        }
    }
}

/// Every `d` to 20, where conditions begin to hold, then about ten a decade.
pub(super) fn dimensions() -> impl Iterator<Item = u64> {
    const SPARSE: [u64; 18] = [
        22, 25, 28, 32, 36, 40, 50, 63, 80, 100, 126, 160, 200, 250, 320, 500, 700, 1000,
    ];
    (2..=20).chain(SPARSE)
}

/// `ρ` from 1e-4 to 0.4, about eight a decade.
fn noises() -> impl Iterator<Item = f64> {
    (-32..=-3).map(|k| 10f64.powf(f64::from(k) / 8.0))
}

/// `d^(-3/2)`.
pub(super) fn paper_noise(d: u64) -> Interval {
    let d = Interval::point(d as f64);
    (d * d.sqrt()).recip()
}

fn sibling(claim: &Claim, d: u64, rho: Interval) -> (f64, Claim) {
    let sibling = Claim {
        d,
        rho_data: rho,
        rho_view: rho,
        ..claim.clone()
    };
    (d as f64, sibling)
}
