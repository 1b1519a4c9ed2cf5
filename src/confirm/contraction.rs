//! By how much each step of gradient descent comes nearer to a minimum: measured, in floats.

use rayon::prelude::*;

use super::initialisation::{Initialisation, start};
use super::objective::RowObjective;

/// Descents of single rows from the published region "0".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ContractionRun {
    /// How many starts.
    pub starts: u64,
    /// The most steps of one descent.
    pub steps: usize,
    /// The largest `‖w_(t+1) - w*‖ / ‖w_t - w*‖` of all steps: an estimate.
    pub largest: f64,
    /// How many steps came less near than the rate says: 0 unless the proof or the arithmetic is wrong.
    pub violations: u64,
}

/// Below this distance rounding errors of the descent would be measured.
const NEAREST: f64 = 1e-4;
/// What rounding may add to a measured factor at that distance.
const ROUNDING: f64 = 1e-9;

/// Runs gradient descent with step `eta` from `starts` points of region "0" (row 1, seeds `0..starts`) for at most
/// `steps` steps, and compares each step with `rate`. The minimum is `(minimum, 0, …, 0)`.
///
/// A row moves in its first two coordinates and along `w_⊥`, whose direction stays: three numbers are enough in any dimension.
pub fn contraction<O: RowObjective + Sync>(
    objective: &O,
    tau: f64,
    minimum: [f64; 2],
    eta: f64,
    rate: f64,
    starts: u64,
    steps: usize,
) -> ContractionRun {
    let one = |seed: u64| {
        let w = start(Initialisation::Zero, objective.dimension(), tau, seed);
        let row = &w.as_slice()[..objective.dimension()];
        let mut at = [row[0], row[1], row[2..].iter().map(|x| x * x).sum::<f64>()];
        let distance = |at: [f64; 3]| {
            ((at[0] - minimum[0]).powi(2) + (at[1] - minimum[1]).powi(2) + at[2]).sqrt()
        };
        let (mut largest, mut violations) = (0.0f64, 0);
        let mut before = distance(at);
        for _ in 0..steps {
            let far = before > NEAREST;
            if !far {
                break;
            }
            let [g1, g2, kappa] = objective.reduced_gradient(at[0], at[1], at[2]);
            at = [
                at[0] - eta * g1,
                at[1] - eta * g2,
                at[2] * (1.0 - eta * kappa).powi(2),
            ];
            let after = distance(at);
            let factor = after / before;
            largest = largest.max(factor);
            let as_proved = factor <= rate + ROUNDING;
            violations += u64::from(!as_proved);
            before = after;
        }
        (largest, violations)
    };
    let (largest, violations) = (0..starts)
        .into_par_iter()
        .map(one)
        .reduce(|| (0.0, 0), |a, b| (a.0.max(b.0), a.1 + b.1));
    ContractionRun {
        starts,
        steps,
        largest,
        violations,
    }
}
