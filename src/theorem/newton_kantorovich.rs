//! The Newton-Kantorovich theorem, affine-invariant, as a function of bounds.
//!
//! # Statement
//!
//! `A = DF(x0)` regular, `eta >= |A^-1 F(x0)|`, `A^-1 DF` Lipschitz with constant `K'` on the closed
//! ball of radius `r` about `x0`, `h = K' eta <= 1/2`, and
//!
//! ```text
//! t*  = (1 - sqrt(1 - 2h))/K' = 2 eta/(1 + sqrt(1 - 2h)) <= r,     t** = (1 + sqrt(1 - 2h))/K'.
//! ```
//!
//! Then there is a zero in the closed ball of radius `t*`, and (for `h < 1/2`) no other within the
//! closed ball of radius `r` and the open ball of radius `t**`. Within `1/K'` the
//! Jacobian stays regular. (Kantorovich 1948; affine-invariant form: Deuflhard,
//! *Newton Methods for Nonlinear Problems*, Theorem 2.1.)
//!
//! The theorem allows `h = 1/2`, where the zero may be double. Here `h < 1/2` is
//! required: rounding cannot decide an equality, and a double zero must not pass.

use super::condition::{Condition, Status, Theorem};
use crate::interval::Interval;
use crate::interval::rounding::{div_down, mul_up};

const INEQUALITY: &str = "h = K′‖A⁻¹F(x₀)‖ < ½";
/// Limit on evaluations of the Lipschitz bound per search.
const EVALUATIONS: usize = 8;
/// Each trial ball is this much larger than the `t*` it must hold.
const ROOM: f64 = 1.01;

/// Checks the theorem on the smallest ball found to hold `t*`, which has the best `h`.
///
/// `eta_upper >= |A^-1 F(x0)|`, and `lipschitz(r)` bounds the Lipschitz constant of `A^-1 DF` on the
/// closed ball of radius `r` about `x0` from above; it is called at most 8 times. Since `t* <=
/// 2 eta` whenever `h <= 1/2`, balls from `eta` to `2 eta` are all there is to try.
///
/// # Returns
///
/// `left` is an upper bound of `h`, `right = 1/2`, `margin` a lower bound of their
/// quotient; the status is [`Status::Holds`] if and only if `margin > 1` and `t* <= r` is verified. `radius`
/// is an upper bound of `t*`, `uniqueness_radius` a lower bound of `min(t**, r)`. If it fails, the
/// condition is the one for the largest ball that was worth trying. A negative, infinite or NaN bound never holds.
///
/// # Example
///
/// ```
/// use minlift::theorem::newton_kantorovich;
///
/// // x^2 - 2 at 1.5: eta = 1/12, K' = 2/3, h = 1/18, t* = 1.5 - sqrt 2.
/// let condition = newton_kantorovich(1.0 / 12.0, |_| 2.0 / 3.0);
/// assert!(condition.holds() && condition.margin > 8.99);
/// let error = condition.radius.unwrap_or(f64::NAN) - (1.5 - 2f64.sqrt());
/// assert!(error.abs() < 1e-15);
/// ```
pub fn newton_kantorovich(eta_upper: f64, mut lipschitz: impl FnMut(f64) -> f64) -> Condition {
    if !(0.0..f64::INFINITY).contains(&eta_upper) {
        return on_ball(f64::INFINITY, f64::INFINITY, f64::INFINITY);
    }
    // A residual of exactly 0 is bounded by the smallest normal float as well.
    let eta = eta_upper.max(f64::MIN_POSITIVE);
    let mut ball = ROOM * eta;
    for _ in 0..EVALUATIONS - 1 {
        let trial = on_ball(eta, ball, lipschitz(ball));
        // Larger balls have larger constants: with h > 1/2 here there is nothing left to try.
        if trial.holds() || trial.left > 0.5 {
            return trial;
        }
        let next = ROOM * existence_upper(eta, trial.left);
        if !(next > ball && next < 2.0 * eta) {
            break;
        }
        ball = next;
    }
    let widest = mul_up(2.0, eta);
    on_ball(eta, widest, lipschitz(widest))
}

/// The same theorem on the *largest* ball found to hold: its `uniqueness_radius` is the
/// best one. `None` if no ball was found to hold.
#[must_use]
pub fn newton_kantorovich_largest_radius(
    eta_upper: f64,
    mut lipschitz: impl FnMut(f64) -> f64,
) -> Option<Condition> {
    let mut best = newton_kantorovich(eta_upper, &mut lipschitz);
    if !best.holds() {
        return None;
    }
    let unique = |c: &Condition| c.uniqueness_radius.unwrap_or(0.0);
    let (mut low, mut high) = (best.ball, f64::INFINITY);
    // With constant K' the ball of radius t** would be the largest useful one.
    let mut ball = 2.0 / best.lipschitz;
    for _ in 0..12 {
        if !(ball > low && ball < f64::INFINITY) || high / low < 1.02 {
            break;
        }
        let trial = on_ball(best.residual, ball, lipschitz(ball));
        // Beyond t** a larger ball only makes t** smaller.
        let useful = trial.holds() && unique(&trial) > unique(&best);
        let whole = useful && unique(&trial) >= ball;
        if useful {
            best = trial;
        }
        if whole {
            low = ball;
            ball = if high == f64::INFINITY {
                4.0 * ball
            } else {
                (low * high).sqrt()
            };
        } else {
            high = ball;
            ball = (low * high).sqrt();
        }
    }
    Some(best)
}

/// Upper bound of `t* = 2 eta/(1 + sqrt(1 - 2h))`; infinite for `h > 1/2`.
fn existence_upper(eta: f64, h: f64) -> f64 {
    let Some(root) = root_of_discriminant(h) else {
        return f64::INFINITY;
    };
    (Interval::point(2.0) * Interval::point(eta) / (Interval::ONE + root)).sup()
}

/// Encloses `sqrt(1 - 2h)` for the float `h`, `None` unless `0 <= h <= 1/2`.
fn root_of_discriminant(h: f64) -> Option<Interval> {
    (0.0..=0.5)
        .contains(&h)
        .then(|| (Interval::ONE - Interval::point(2.0) * Interval::point(h)).sqrt())
}

/// The condition on one ball, every bound rounded to the safe side.
fn on_ball(eta: f64, ball: f64, lipschitz: f64) -> Condition {
    let k = if lipschitz >= 0.0 {
        lipschitz
    } else {
        f64::INFINITY
    };
    let h = mul_up(k, eta);
    let margin = div_down(0.5, h);
    let existence = existence_upper(eta, h);
    let holds = margin > 1.0 && existence <= ball && ball.is_finite();
    // t** >= (1 + sqrt(1 - 2h))/K' with the upper bounds of h and K'.
    let unique = root_of_discriminant(h)
        .map_or(0.0, |root| {
            ((Interval::ONE + root) / Interval::point(k)).inf()
        })
        .min(ball);
    let everywhere = k == 0.0; // an affine map: t** is infinite
    Condition {
        theorem: Theorem::NewtonKantorovich,
        inequality: INEQUALITY,
        left: h,
        right: 0.5,
        margin,
        status: if holds { Status::Holds } else { Status::Fails },
        free_radius: None,
        ball,
        lipschitz: k,
        residual: eta,
        radius: holds.then_some(existence),
        uniqueness_radius: holds.then_some(if everywhere { ball } else { unique }),
    }
}

/// `A^-1 DF` stays within distance 1 of the identity, hence regular, in the open
/// ball of this radius (a lower bound of `1/K'`); if `A` is positive definite and
/// `DF` symmetric, `DF` is positive definite there.
#[must_use]
pub fn regular_radius_lower(lipschitz_upper: f64) -> f64 {
    if lipschitz_upper >= 0.0 {
        div_down(1.0, lipschitz_upper)
    } else {
        0.0
    }
}
