//! Float search for critical points in the plane. Nothing here is proved.

use crate::model::RowObjective;

/// Iterations after which a search has failed.
const BUDGET: usize = 200;

/// A local minimum reached from `start` by Newton steps with the Hessian's eigenvalues
/// made positive, halved until the objective falls; `None` if it does not settle.
pub(super) fn minimum_approx(objective: &RowObjective<f64>, start: [f64; 2]) -> Option<[f64; 2]> {
    let mut w = start;
    let mut value = objective.value(w, 0.0);
    for _ in 0..BUDGET {
        let ([g1, g2], _) = objective.gradient(w, 0.0);
        let [a, b, c] = objective.jacobian(w, 0.0).plane_block();
        let step = newton_step([a, b, c], [g1, g2], f64::abs);
        let size = step[0].hypot(step[1]);
        if !size.is_finite() {
            return None;
        }
        if size <= 1e-12 * (1.0 + w[0].hypot(w[1])) {
            return Some(w);
        }
        // No step longer than the basin is likely to be.
        let mut scale = (1.0 / size).min(1.0);
        loop {
            let next = [w[0] - scale * step[0], w[1] - scale * step[1]];
            let next_value = objective.value(next, 0.0);
            if next_value < value {
                (w, value) = (next, next_value);
                break;
            }
            scale *= 0.5;
            if scale < 1e-6 {
                // Rounding hides any further decrease.
                return Some(w);
            }
        }
    }
    None
}

/// A critical point near `start` by plain Newton steps, of whatever index.
pub(super) fn critical_point_approx(
    objective: &RowObjective<f64>,
    start: [f64; 2],
) -> Option<[f64; 2]> {
    let mut w = start;
    for _ in 0..BUDGET {
        let (gradient, _) = objective.gradient(w, 0.0);
        let block = objective.jacobian(w, 0.0).plane_block();
        let step = newton_step(block, gradient, |x| x);
        let size = step[0].hypot(step[1]);
        if !size.is_finite() {
            return None;
        }
        let scale = (0.5 / size).min(1.0);
        w = [w[0] - scale * step[0], w[1] - scale * step[1]];
        if size <= 1e-13 * (1.0 + w[0].hypot(w[1])) {
            return Some(w);
        }
    }
    None
}

/// `H^-1 g` with each eigenvalue of `H = [[a, b], [b, c]]` replaced through `modify`.
fn newton_step([a, b, c]: [f64; 3], g: [f64; 2], modify: fn(f64) -> f64) -> [f64; 2] {
    let centre = 0.5 * (a + c);
    let spread = (0.5 * (a - c)).hypot(b);
    // Unit eigenvector of centre + spread.
    let (x, y) = if a >= c {
        (0.5 * (a - c) + spread, b)
    } else {
        (b, 0.5 * (c - a) + spread)
    };
    let length = x.hypot(y);
    let (x, y) = if length > 0.0 {
        (x / length, y / length)
    } else {
        (1.0, 0.0)
    };
    let along = (g[0] * x + g[1] * y) / modify(centre + spread);
    let across = (g[1] * x - g[0] * y) / modify(centre - spread);
    [along * x - across * y, along * y + across * x]
}
