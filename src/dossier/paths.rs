//! Descents of single rows, for the landscape figure.

use crate::claim::Claim;
use crate::confirm::descent::STEP;
use crate::confirm::{Initialisation, start};

/// The first two coordinates of a row along gradient descent on the exact objective: estimates.
#[derive(Clone, Debug)]
pub struct Path {
    /// The region it started in.
    pub initialisation: Initialisation,
    /// Points, the start first.
    pub points: Vec<[f64; 2]>,
    /// Did the gradient in the plane become negligible?
    pub arrived: bool,
}

/// Steps taken, and how often one is kept.
const STEPS: usize = 20_000;
const KEEP: usize = 25;
/// Seeds of each region, two rows each.
const SEEDS: u64 = 3;

/// A few descents from the published regions with the published step.
#[must_use]
pub fn descent_paths(claim: &Claim) -> Vec<Path> {
    let objective = claim.exact::<f64>();
    // The starts are drawn in at most this many dimensions: only ‖w_⊥‖ enters.
    let d = claim.d.min(1000) as usize;
    let mut paths = Vec::new();
    for initialisation in [Initialisation::Zero, Initialisation::One] {
        for seed in 0..SEEDS {
            let w = start(initialisation, d, claim.tau.mid(), seed);
            for row in w.as_slice().chunks_exact(d) {
                let mut plane = [row[0], row[1]];
                let mut perp = row[2..].iter().map(|x| x * x).sum::<f64>();
                let mut points = vec![plane];
                let mut arrived = false;
                for step in 1..=STEPS {
                    let (g, kappa) = objective.gradient(plane, perp);
                    plane = [plane[0] - STEP * g[0], plane[1] - STEP * g[1]];
                    perp *= (1.0 - STEP * kappa) * (1.0 - STEP * kappa);
                    if step % KEEP == 0 || step < KEEP {
                        points.push(plane);
                    }
                    if g[0].hypot(g[1]) < 1e-7 {
                        arrived = true;
                        break;
                    }
                }
                paths.push(Path {
                    initialisation,
                    points,
                    arrived,
                });
            }
        }
    }
    paths
}
