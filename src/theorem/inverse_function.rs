//! The quantitative inverse function theorem, as a function of bounds.
//!
//! # Statement
//!
//! `F: R^n -> R^n`, `A = DF(x0)` regular, `R > 0`, `DF` Lipschitz with constant
//! `K <= 1/(2R|A^-1|^2)` on the open ball of radius `2R|A^-1|` about `x0`. Then `F` has a
//! continuously differentiable inverse from the open ball of radius `R` about `F(x0)` to that
//! ball. If also `epsilon = |F(x0)| < R`, there is exactly one zero in the ball.
//! (Hubbard & Hubbard, *Vector Calculus, Linear Algebra, and Differential Forms*, Theorem
//! 2.10.7; there in the Frobenius norm, and the proof works in any operator norm. The
//! caller chooses the norm by what it hands in.)
//!
//! # Radii
//!
//! `K` grows with the ball, so with `R` every `R'` in `(epsilon, R]` satisfies the
//! hypotheses too. The zero lies in each of those balls, hence in the closed ball of radius `2 epsilon
//! |A^-1|`; it is the only one in the open ball of radius `2R|A^-1|`.

use super::condition::{Condition, Status, Theorem};
use crate::interval::rounding::{div_down, div_up, mul_down, mul_up};

const INEQUALITY: &str = "max(ε/R, 2RK‖A⁻¹‖²) < 1";
/// Limit on evaluations of the Lipschitz bound per search.
const EVALUATIONS: usize = 12;
/// Within this factor of the optimum the search stops.
const NEAR: f64 = 1.02;

/// Checks the theorem with the free radius `R` of the best margin.
///
/// `norm_inverse_upper >= |A^-1|`, `residual_upper >= |F(x0)|`, and `lipschitz(r)` bounds the Lipschitz
/// constant of `DF` on the closed ball of radius `r` about `x0` from above.
///
/// The margin of one `R` is `1 / max(epsilon/R, 2 R K |A^-1|^2)`: the first term falls with
/// `R`, the second grows, and the best `R` is where they meet; if the condition fails that `R` is
/// below `epsilon`, and the margin says how far the condition is from holding. It is searched
/// with at most 12 evaluations of `lipschitz`, each a rigorous one; what is returned is the best
/// evaluation, rounded outward. A residual of exactly 0 is replaced by the smallest
/// normal float, which bounds it as well.
///
/// # Returns
///
/// `left` is an upper bound of the maximum, `right = 1`, `margin` a lower bound of their
/// quotient; the status is [`Status::Holds`] if and only if `margin > 1`. A negative, infinite or NaN
/// bound never holds; its `left` is infinite.
///
/// # Example
///
/// ```
/// use minlift::theorem::quantitative_ift;
///
/// // x^2 - 2 at x0 = 1.5: F = 0.25, A = 3, F' has the Lipschitz constant 2 everywhere.
/// let condition = quantitative_ift(1.0 / 3.0, 0.25, |_| 2.0);
/// assert!(condition.holds()); // 2 K epsilon |A^-1|^2 = 1/9, so the best margin is 3
/// assert!(condition.margin > 2.99 && condition.margin < 3.0);
/// let radius = condition.radius.unwrap_or(f64::NAN);
/// assert!(radius >= 1.0 / 6.0 && 1.5 - radius < 2f64.sqrt());
/// ```
pub fn quantitative_ift(
    norm_inverse_upper: f64,
    residual_upper: f64,
    mut lipschitz: impl FnMut(f64) -> f64,
) -> Condition {
    let Some(bounds) = Bounds::new(norm_inverse_upper, residual_upper) else {
        return unusable(residual_upper);
    };
    // Where both terms meet if K were constant.
    let meeting = |k: f64| (bounds.residual / (2.0 * k)).sqrt() / bounds.norm_inverse;
    // A small ball first: K grows with R, so the guess from it bounds the best R from above, and
    // no ball is tried that is much larger than the best one.
    let mut free_radius = bounds.residual / 64.0;
    // Below `low` the first term is known to be the larger one, above `high` the second.
    let (mut low, mut high) = (0.0f64, f64::INFINITY);
    let mut best: Option<Condition> = None;
    for _ in 0..EVALUATIONS {
        let trial = bounds.at(free_radius, &mut lipschitz);
        let meet = meeting(trial.lipschitz);
        // (meet/R)^2 is the quotient of the two terms.
        if meet >= free_radius {
            low = free_radius;
        } else {
            high = free_radius;
        }
        let near = meet <= NEAR * free_radius && free_radius <= NEAR * meet;
        if best.as_ref().is_none_or(|b| trial.left < b.left) {
            best = Some(trial);
        }
        if near || high / low < NEAR {
            break;
        }
        // The constant-K guess, kept inside the bracket.
        free_radius = if meet > low && meet < high {
            meet
        } else if high == f64::INFINITY {
            8.0 * low
        } else {
            (low * high).sqrt()
        };
    }
    best.unwrap_or_else(|| unusable(residual_upper))
}

/// The same theorem with the *largest* free radius found to hold: its
/// `uniqueness_radius` is the best, its margin near 1. `None` if no radius was found to hold.
///
/// # Example
///
/// ```
/// use minlift::theorem::quantitative_ift_largest_radius;
///
/// // x^2 - 2 at 1.5: R = 9/4 gives the ball of radius 3/2, up to the critical point 0.
/// let largest = quantitative_ift_largest_radius(1.0 / 3.0, 0.25, |_| 2.0);
/// let unique = largest.and_then(|c| c.uniqueness_radius).unwrap_or(0.0);
/// assert!(unique < 1.5 && unique > 1.4);
/// ```
#[must_use]
pub fn quantitative_ift_largest_radius(
    norm_inverse_upper: f64,
    residual_upper: f64,
    mut lipschitz: impl FnMut(f64) -> f64,
) -> Option<Condition> {
    let first = quantitative_ift(norm_inverse_upper, residual_upper, &mut lipschitz);
    if !first.holds() {
        return None;
    }
    let bounds = Bounds::new(norm_inverse_upper, residual_upper)?;
    let mut low = first.free_radius?;
    let mut high = f64::INFINITY;
    let mut best = first;
    // 1/(2 K |A^-1|^2) is too large where K still grows, and a little less otherwise.
    let limit = |k: f64| 0.999 / (2.0 * k * bounds.norm_inverse * bounds.norm_inverse);
    let mut free_radius = limit(best.lipschitz);
    for _ in 0..EVALUATIONS {
        if !(free_radius > low && free_radius < f64::INFINITY) || high / low < NEAR {
            break;
        }
        let trial = bounds.at(free_radius, &mut lipschitz);
        if trial.holds() {
            low = free_radius;
            let next = limit(trial.lipschitz);
            best = trial;
            free_radius = if next > NEAR * low && next < high {
                next
            } else {
                (low * high).sqrt()
            };
        } else {
            high = free_radius;
            free_radius = (low * high).sqrt();
        }
    }
    Some(best)
}

struct Bounds {
    norm_inverse: f64,
    residual: f64,
}

impl Bounds {
    fn new(norm_inverse: f64, residual: f64) -> Option<Self> {
        let usable = norm_inverse > 0.0
            && norm_inverse < f64::INFINITY
            && (0.0..f64::INFINITY).contains(&residual);
        usable.then(|| Self {
            norm_inverse,
            residual: residual.max(f64::MIN_POSITIVE),
        })
    }

    /// The condition for one `R`, every bound rounded to the safe side.
    fn at(&self, free_radius: f64, lipschitz: &mut impl FnMut(f64) -> f64) -> Condition {
        let ball = mul_up(mul_up(2.0, free_radius), self.norm_inverse);
        let k = if ball.is_finite() {
            lipschitz(ball)
        } else {
            f64::INFINITY
        };
        let k = if k >= 0.0 { k } else { f64::INFINITY };
        let square = mul_up(self.norm_inverse, self.norm_inverse);
        let derivative = mul_up(mul_up(mul_up(2.0, free_radius), k), square);
        let left = div_up(self.residual, free_radius).max(derivative);
        let margin = div_down(1.0, left);
        let holds = margin > 1.0;
        Condition {
            theorem: Theorem::QuantitativeIft,
            inequality: INEQUALITY,
            left,
            right: 1.0,
            margin,
            status: if holds { Status::Holds } else { Status::Fails },
            free_radius: Some(free_radius),
            ball,
            lipschitz: k,
            residual: self.residual,
            radius: holds.then(|| mul_up(mul_up(2.0, self.residual), self.norm_inverse)),
            uniqueness_radius: holds
                .then(|| mul_down(mul_down(2.0, free_radius), self.norm_inverse)),
        }
    }
}

/// No bound to work with: fails, whatever `K` is.
fn unusable(residual: f64) -> Condition {
    Condition {
        theorem: Theorem::QuantitativeIft,
        inequality: INEQUALITY,
        left: f64::INFINITY,
        right: 1.0,
        margin: 0.0,
        status: Status::Fails,
        free_radius: None,
        ball: f64::INFINITY,
        lipschitz: f64::INFINITY,
        residual: if residual >= 0.0 {
            residual
        } else {
            f64::INFINITY
        },
        radius: None,
        uniqueness_radius: None,
    }
}
