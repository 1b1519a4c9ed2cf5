//! `exp`, `ln`, `tanh` and the logistic sigmoid.
//!
//! The floats come from CORE-MATH, which rounds correctly. One neighbour
//! outward is then enough even if a value were only *faithfully* rounded (an
//! error below one unit in the last place), so the enclosure does not lean on
//! the last half unit. Proofs: `notes/rounding.md`.

use super::Interval;
use super::rounding::{add_down, add_up};

impl Interval {
    /// `{ e^x }`, within 1 ulp of tightest.
    ///
    /// ```
    /// use minlift::interval::Interval;
    ///
    /// let e = Interval::ONE.exp();
    /// assert!(e.inf() < e.sup() && e.contains(std::f64::consts::E));
    /// assert_eq!(Interval::ZERO.exp(), Interval::ONE);
    /// ```
    #[must_use]
    #[inline]
    pub fn exp(self) -> Self {
        increasing(self, exp_bounds)
    }

    /// `{ ln x : x > 0 }`, within 1 ulp of tightest.
    #[must_use]
    pub fn ln(self) -> Self {
        if self.is_empty() || self.hi <= 0.0 {
            return Self::EMPTY;
        }
        Self {
            lo: if self.lo <= 0.0 {
                f64::NEG_INFINITY
            } else {
                ln_bounds(self.lo).0
            },
            hi: ln_bounds(self.hi).1,
        }
    }

    /// `{ tanh x }`, within 1 ulp of tightest.
    #[must_use]
    pub fn tanh(self) -> Self {
        increasing(self, tanh_bounds)
    }

    /// `{ 1/(1 + e^-x) }`, within 4 ulp of tightest.
    ///
    /// The bounds of neighbouring floats may be out of order by one float.
    ///
    /// ```
    /// use minlift::interval::Interval;
    ///
    /// let x = Interval::new(-1e3, 0.0)?;
    /// assert!(x.sigmoid().contains(0.5) && x.sigmoid().inf() >= 0.0);
    /// # Ok::<(), minlift::interval::IntervalError>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn sigmoid(self) -> Self {
        if self.is_empty() {
            return Self::EMPTY;
        }
        let e_lo = exp_minus_abs(self.lo);
        let e_hi = if self.hi == self.lo {
            e_lo
        } else {
            exp_minus_abs(self.hi)
        };
        if e_lo.min(e_hi) < NEGLIGIBLE {
            return Self {
                lo: sigmoid_tail(self.lo, e_lo).0,
                hi: sigmoid_tail(self.hi, e_hi).1,
            };
        }
        let (lower, upper) = (Logistic::new(self.lo, e_lo), Logistic::new(self.hi, e_hi));
        Self {
            lo: lower.down(),
            hi: upper.up(),
        }
    }
}

/// The image under an increasing function, from lower and upper bounds of its values.
#[inline(always)]
fn increasing(x: Interval, bounds: impl Fn(f64) -> (f64, f64)) -> Interval {
    if x.is_empty() {
        return Interval::EMPTY;
    }
    let (lo, mut hi) = bounds(x.lo);
    if x.hi != x.lo {
        hi = bounds(x.hi).1;
    }
    Interval { lo, hi }
}

/// `e^x`, which is a float at 0 only.
#[inline]
fn exp_bounds(x: f64) -> (f64, f64) {
    if x == 0.0 {
        return (1.0, 1.0);
    }
    if x == f64::NEG_INFINITY {
        return (0.0, 0.0);
    }
    let e = core_math::exp(x);
    (e.next_down().max(0.0), e.next_up())
}

/// `ln x` for `x > 0`; `x = inf` is the limit.
fn ln_bounds(x: f64) -> (f64, f64) {
    if x == 1.0 {
        return (0.0, 0.0);
    }
    let y = core_math::log(x);
    (y.next_down(), y.next_up())
}

fn tanh_bounds(x: f64) -> (f64, f64) {
    if x == 0.0 {
        return (0.0, 0.0);
    }
    let t = core_math::tanh(x);
    (t.next_down().max(-1.0), t.next_up().min(1.0))
}

#[inline(always)]
fn exp_minus_abs(x: f64) -> f64 {
    core_math::exp(-x.abs())
}

/// Below this, `e^-|x|` is nothing beside 1, and its products may underflow.
const NEGLIGIBLE: f64 = 1e-290;

/// A value of the sigmoid: `nearest + correction`, up to `slack`.
///
/// Write `u = 2^-53`, `E = e^-|x|`, `n = 1` for `x >= 0` and `n = E` otherwise: the sigmoid is
/// `n/(1 + E)`. With `e = fl(E)`, `|e - E| <= 2u E`, a first float `q = n r`, `r = fl(1/fl(1 + e))`,
/// is improved by its own residual `(n - q) - q e` times `r`, up to an error of at most
///
/// ```text
/// from e:              2u q e/(1 + e)  for x >= 0,   2u q/(1 + e)  otherwise
/// from rounding q e:    u q e/(1 + e)
/// all the rest:        far below 2^-10 u q
/// ```
///
/// which is added on both sides, and the last addition is rounded outward.
struct Logistic {
    nearest: f64,
    correction: f64,
    slack: f64,
}

impl Logistic {
    /// `e = fl(e^-|x|)`, at least [`NEGLIGIBLE`].
    #[inline(always)]
    fn new(x: f64, e: f64) -> Self {
        const U: f64 = f64::EPSILON / 2.0;
        const REST: f64 = 1.0 / 1024.0;
        let n = by_sign(x, 1.0, e);
        let factor = by_sign(x, 3.0 * e, 2.0 + e);
        let r = 1.0 / (1.0 + e);
        let q = n * r;
        Self {
            nearest: q,
            correction: ((n - q) - q * e) * r,
            slack: U * q * (factor * r + REST),
        }
    }

    #[inline(always)]
    fn down(self) -> f64 {
        add_down(self.nearest, self.correction - self.slack)
    }

    #[inline(always)]
    fn up(self) -> f64 {
        add_up(self.nearest, self.correction + self.slack).min(1.0)
    }
}

/// `positive` or `negative` by the sign bit of `x`, without a branch. (At `-0` both sides of the
/// sigmoid agree.)
#[inline(always)]
fn by_sign(x: f64, positive: f64, negative: f64) -> f64 {
    let mask = ((x.to_bits() as i64) >> 63) as u64;
    f64::from_bits((positive.to_bits() & !mask) | (negative.to_bits() & mask))
}

/// Bounds of the sigmoid where `e` may be negligible, subnormal or 0.
#[cold]
fn sigmoid_tail(x: f64, e: f64) -> (f64, f64) {
    if e >= NEGLIGIBLE {
        (Logistic::new(x, e).down(), Logistic::new(x, e).up())
    } else if x == f64::NEG_INFINITY {
        (0.0, 0.0)
    } else if x > 0.0 {
        (1.0f64.next_down(), 1.0)
    } else {
        // E - E^2 <= sigma <= E, and E^2 is far below a unit in the last place of e.
        (e.next_down().next_down().max(0.0), e.next_up())
    }
}
