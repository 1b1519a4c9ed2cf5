//! `exp`, `ln`, `tanh` and the logistic sigmoid.
//!
//! The floats come from CORE-MATH, which rounds correctly. One neighbour
//! outward is then enough even if a value were only *faithfully* rounded (an
//! error below one unit in the last place), so the enclosure does not lean on
//! the last half unit.

use super::Interval;

impl Interval {
    /// `{ e^x }`, within 2 ulp of tightest.
    #[must_use]
    pub fn exp(self) -> Self {
        monotone(self, exp_down, exp_up)
    }

    /// `{ ln x : x > 0 }`, within 2 ulp of tightest.
    #[must_use]
    pub fn ln(self) -> Self {
        if self.is_empty() || self.hi <= 0.0 {
            return Self::EMPTY;
        }
        let ln = core_math::log;
        Self {
            lo: match self.lo {
                x if x <= 0.0 => f64::NEG_INFINITY,
                1.0 => 0.0,
                x => ln(x).next_down(),
            },
            hi: match self.hi {
                1.0 => 0.0,
                f64::INFINITY => f64::INFINITY,
                x => ln(x).next_up(),
            },
        }
    }

    /// `{ tanh x }`, within 2 ulp of tightest.
    #[must_use]
    pub fn tanh(self) -> Self {
        monotone(
            self,
            |x| {
                if x == 0.0 {
                    0.0
                } else {
                    core_math::tanh(x).next_down().max(-1.0)
                }
            },
            |x| {
                if x == 0.0 {
                    0.0
                } else {
                    core_math::tanh(x).next_up().min(1.0)
                }
            },
        )
    }

    /// `{ 1/(1 + e^-x) }`, within 4 ulp of tightest.
    #[must_use]
    #[inline]
    pub fn sigmoid(self) -> Self {
        monotone(self, |x| sigmoid_bounds(x).0, |x| sigmoid_bounds(x).1)
    }
}

#[inline]
fn monotone(x: Interval, down: impl Fn(f64) -> f64, up: impl Fn(f64) -> f64) -> Interval {
    if x.is_empty() {
        return Interval::EMPTY;
    }
    Interval {
        lo: down(x.lo),
        hi: up(x.hi),
    }
}

fn exp_down(x: f64) -> f64 {
    match x {
        0.0 => 1.0,
        f64::INFINITY => f64::INFINITY, // an upper end point is never rounded down
        _ => core_math::exp(x).next_down().max(0.0),
    }
}

fn exp_up(x: f64) -> f64 {
    match x {
        0.0 => 1.0,
        f64::NEG_INFINITY => 0.0,
        _ => core_math::exp(x).next_up(),
    }
}

/// Lower and upper bound of the sigmoid at `x`.
///
/// With `e = fl(exp(-|x|))`, `|e - exp(-|x|)| <= 2u e` (`u = 2^-53`), both
/// `1/(1 + e)` (for `x >= 0`) and `e/(1 + e)` change by at most a factor
/// `1 +- 2u e/(1+e)` resp. `1 +- 2u/(1+e)`. The quotient `q` of floats is corrected by
/// its own residual, so what is left is that factor, the rounding of the
/// correction (below `u/2`, since the correction is below `3u q`), and one final rounding.
#[inline]
fn sigmoid_bounds(x: f64) -> (f64, f64) {
    if x.is_infinite() {
        return if x > 0.0 { (1.0, 1.0) } else { (0.0, 0.0) };
    }
    const U: f64 = f64::EPSILON / 2.0;
    let e = core_math::exp(-x.abs());
    if e < 1e-290 {
        return sigmoid_tail(x, e);
    }
    let numerator = if x >= 0.0 { 1.0 } else { e };
    let s = 1.0 + e;
    let s_error = e - (s - 1.0); // exact: 1 >= e
    let q = numerator / s;
    // numerator - q (s + s_error), the first part exact.
    let residual = (-q).mul_add(s, numerator) - q * s_error;
    let correction = residual / s;
    let share = if x >= 0.0 { e / s } else { 1.0 / s };
    let slack = q * U * (2.001 * share + 1e-3);
    let lo = (q + (correction - slack)).next_down();
    let hi = (q + (correction + slack)).next_up();
    (lo, hi.min(1.0))
}

/// `e = exp(-|x|)` is negligible beside 1 (below 1e-290) and possibly subnormal.
#[cold]
fn sigmoid_tail(x: f64, e: f64) -> (f64, f64) {
    if x > 0.0 {
        (1.0f64.next_down(), 1.0)
    } else {
        // e - e^2 <= sigma <= e, and e^2 is far below a unit in the last place of e.
        (e.next_down().next_down().max(0.0), e.next_up())
    }
}
