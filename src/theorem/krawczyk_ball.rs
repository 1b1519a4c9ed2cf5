//! Krawczyk's operator on a ball, as a function of bounds.
//!
//! # Statement
//!
//! For a regular matrix `Y` let `N(x) = x - Y F(x)`, and on the closed ball of radius `r` about `x0`
//!
//! ```text
//! eta >= |Y F(x0)|,    delta >= |I - Y DF(x0)|,    K' a Lipschitz constant of Y DF,
//! eta/r + delta + K' r < 1.
//! ```
//!
//! Then `N` maps the ball into its interior and contracts: there is exactly one zero in the ball, within
//! `eta/(1 - delta - K' r)` of `x0`, and `DF` is regular on the ball. If `DF` is symmetric, `Y` positive definite
//! and `Y DF(x0)` the identity, `DF` is positive definite there. (The operator is Krawczyk's, 1969, with its
//! box replaced by a ball, so that no matrix of intervals is needed in high dimensions; then Banach's theorem.)

use super::condition::{Condition, Status, Theorem};
use crate::interval::rounding::{add_up, div_down, div_up, mul_up, sub_down};

const INEQUALITY: &str = "‖Y F(x₀)‖/r + ‖I − Y DF(x₀)‖ + K′r < 1";
/// Limit on evaluations of the Lipschitz bound.
const EVALUATIONS: usize = 6;

/// Checks the theorem on the ball, of radius at most `widest`, with the best margin found.
///
/// `lipschitz(r)` bounds the Lipschitz constant of `Y DF` on the closed ball of radius `r` from above; it is called
/// at most six times.
///
/// # Returns
///
/// `left` is an upper bound of the left side, `right = 1`; if the condition holds, `radius` bounds the distance of the
/// zero from `x0` and `uniqueness_radius` is `r`. A negative, infinite or NaN bound never holds.
///
/// # Example
///
/// ```
/// use minlift::theorem::krawczyk_on_ball;
///
/// // x^2 - 2 at 1.4142, Y = 1/(2 · 1.4142): |Y F| < 1.4e-5, Y DF is Lipschitz with 2Y < 0.7072.
/// let condition = krawczyk_on_ball(1.4e-5, 0.0, 1.0, |_| 0.7072);
/// assert!(condition.holds() && condition.margin > 100.0);
/// assert!(condition.radius.is_some_and(|r| (1.4142 - 2f64.sqrt()).abs() <= r && r < 1.42e-5));
/// ```
pub fn krawczyk_on_ball(
    residual_upper: f64,
    defect_upper: f64,
    widest: f64,
    mut lipschitz: impl FnMut(f64) -> f64,
) -> Condition {
    let usable = (0.0..f64::INFINITY).contains(&residual_upper)
        && (0.0..f64::INFINITY).contains(&defect_upper)
        && widest > 0.0;
    if !usable {
        return on_ball(f64::INFINITY, f64::INFINITY, f64::INFINITY, f64::INFINITY);
    }
    // A residual of exactly 0 is bounded by the smallest normal float as well.
    let residual = residual_upper.max(f64::MIN_POSITIVE);
    // With a constant K' the best radius is √(η/K').
    let mut radius = (4.0 * residual).min(widest);
    let mut best: Option<Condition> = None;
    for _ in 0..EVALUATIONS {
        let k = lipschitz(radius);
        let trial = on_ball(residual, defect_upper, k, radius);
        let better = best.as_ref().is_none_or(|b| trial.left < b.left);
        if better {
            best = Some(trial);
        }
        let next = (residual / k).sqrt().min(widest);
        let settled = !(next > 0.0 && next.is_finite()) || (next / radius - 1.0).abs() < 0.05;
        if settled {
            break;
        }
        radius = next;
    }
    best.unwrap_or_else(|| on_ball(f64::INFINITY, f64::INFINITY, f64::INFINITY, f64::INFINITY))
}

/// The condition for one ball, every bound rounded to the safe side.
fn on_ball(residual: f64, defect: f64, lipschitz: f64, radius: f64) -> Condition {
    let k = if lipschitz >= 0.0 {
        lipschitz
    } else {
        f64::INFINITY
    };
    let change = add_up(defect, mul_up(k, radius));
    let left = add_up(div_up(residual, radius), change);
    let left = if left >= 0.0 { left } else { f64::INFINITY };
    let holds = left < 1.0 && radius.is_finite();
    Condition {
        theorem: Theorem::Krawczyk,
        inequality: INEQUALITY,
        left,
        right: 1.0,
        margin: div_down(1.0, left),
        status: if holds { Status::Holds } else { Status::Fails },
        free_radius: None,
        ball: radius,
        lipschitz: k,
        residual,
        radius: holds.then(|| div_up(residual, sub_down(1.0, change)).min(radius)),
        uniqueness_radius: holds.then_some(radius),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_bound_never_holds() {
        for bad in [f64::NAN, f64::INFINITY, -1.0] {
            assert!(!krawczyk_on_ball(bad, 0.0, 1.0, |_| 1.0).holds());
            assert!(!krawczyk_on_ball(1e-9, bad, 1.0, |_| 1.0).holds());
            assert!(!krawczyk_on_ball(1e-9, 0.0, 1.0, |_| bad).holds());
            let widest = krawczyk_on_ball(1e-9, 0.0, bad, |_| 1.0);
            assert!(!widest.holds() || widest.ball < f64::INFINITY);
        }
        // A double zero: x² at x0 = ε with Y = 1/(2ε) has η = ε/2, K' = 1/ε.
        for epsilon in [1e-3, 1e-9] {
            assert!(!krawczyk_on_ball(epsilon / 2.0, 0.0, 1.0, |_| 1.0 / epsilon).holds());
        }
    }

    #[test]
    fn an_exact_zero_and_an_affine_map() {
        let exact = krawczyk_on_ball(0.0, 0.0, 1.0, |_| 1.0);
        assert!(exact.holds() && exact.radius.is_some_and(|r| r < 1e-300));
        let affine = krawczyk_on_ball(0.5, 0.0, 2.0, |_| 0.0);
        assert!(affine.holds() && affine.radius == Some(0.5));
    }
}
