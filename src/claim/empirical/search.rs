//! Float search for the minimum of `ℓ_X`. Nothing here is proved.

use crate::linear::solve_approx;
use crate::model::empirical::EmpiricalObjective;

/// Newton steps after which the search has failed.
const BUDGET: usize = 60;

/// A point near the minimum that Newton's method reaches from `start`: steps no longer than 1, halved until the objective
/// falls; none if it does not settle.
pub(super) fn minimum_approx(
    objective: &EmpiricalObjective<'_>,
    start: &[f64],
) -> Option<Vec<f64>> {
    let mut w = start.to_vec();
    let mut gradient = vec![0.0; w.len()];
    let mut last = f64::INFINITY;
    for _ in 0..BUDGET {
        objective.gradient(&w, &mut gradient);
        let step = solve_approx(&objective.hessian(&w).matrix(), &gradient)?;
        let size = length(&step);
        let near = size <= 1e-6 * (1.0 + length(&w));
        if near {
            // Quadratic convergence: the value no longer tells steps apart, their lengths do.
            advance(&mut w, &step, 1.0);
            if size <= 1e-13 * (1.0 + length(&w)) || size >= 0.5 * last {
                return Some(w);
            }
            last = size;
            continue;
        }
        let value = objective.value(&w);
        let mut scale = (1.0 / size).min(1.0);
        loop {
            let mut trial = w.clone();
            advance(&mut trial, &step, scale);
            if objective.value(&trial) < value {
                w = trial;
                break;
            }
            scale *= 0.5;
            if scale < 1e-6 || scale.is_nan() {
                return None;
            }
        }
    }
    None
}

fn advance(w: &mut [f64], step: &[f64], scale: f64) {
    for (w, s) in w.iter_mut().zip(step) {
        *w -= scale * s;
    }
}

fn length(v: &[f64]) -> f64 {
    v.iter().map(|x| x * x).sum::<f64>().sqrt()
}
