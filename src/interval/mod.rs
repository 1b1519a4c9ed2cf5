//! Closed real intervals with outward rounding.
//!
//! An [`Interval`] is a closed, connected set of real numbers with `f64`
//! end points, or the empty set. Every operation returns a set that contains
//! the exact result for all real numbers in its arguments: the *inclusion
//! property*. Rounding is done by error-free transformations and the
//! neighbouring float, so the processor's rounding mode is never touched.
//!
//! | module | what it holds |
//! |---|---|
//! | `arithmetic` | `+ - * /`, squares, roots: tightest |
//! | `power` | integer powers: tightest up to provably rare near-ties |
//! | `elementary` | `exp`, `ln`, `tanh`, the logistic sigmoid: within a stated number of ulps |
//! | `rounding` | the directed float operations underneath |
//! | [`linalg`] | interval vectors and matrices: norms, inverse, inertia, eigenvalues |
//! | `literal` | the decimal or fraction that is written, enclosed: tightest |
//! | `natural` | just enough big integers to decide the latter exactly |
//!
//! Where an operation is defined on a part of its arguments only (`/`, `recip`, `sqrt`,
//! `ln`, negative powers), it follows IEEE Std 1788: the result is the hull of the values on
//! the part inside the domain, and empty if nothing is inside.

mod arithmetic;
mod elementary;
pub mod linalg;
mod literal;
mod natural;
mod power;
pub mod rounding;

pub use literal::{LiteralError, MAX_LITERAL_LENGTH};

use std::fmt;

use thiserror::Error;

/// A closed interval `[inf, sup]` of real numbers, or the empty set.
///
/// Equality is equality of sets. There is deliberately no order and no
/// `From<f64>`: write [`Interval::point`] for a float that is meant exactly and
/// [`Interval::literal`] for a decimal.
///
/// # Example
///
/// ```
/// use minlift::interval::Interval;
///
/// let tenth = Interval::literal("0.1")?;
/// let sum = tenth + tenth + tenth;
/// assert!(sum.contains(0.3) && sum.width() > 0.0); // 0.3 is near 3/10, not equal to it
/// # Ok::<(), minlift::interval::LiteralError>(())
/// ```
#[derive(Clone, Copy, PartialEq)]
pub struct Interval {
    // Invariant: lo <= hi, lo < +inf, hi > -inf; or the empty set (+inf, -inf).
    lo: f64,
    hi: f64,
}

/// Why two floats do not bound an interval.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
pub enum IntervalError {
    /// An end point is not a number.
    #[error("[{lo}, {hi}]: an end point is not a number")]
    NotANumber {
        /// Lower end point as given.
        lo: f64,
        /// Upper end point as given.
        hi: f64,
    },
    /// The end points are in the wrong order, or both are the same infinity.
    #[error("[{lo}, {hi}]: need lo <= hi, lo < inf and hi > -inf")]
    NotAnInterval {
        /// Lower end point as given.
        lo: f64,
        /// Upper end point as given.
        hi: f64,
    },
}

impl Interval {
    /// The empty set.
    pub const EMPTY: Self = Self {
        lo: f64::INFINITY,
        hi: f64::NEG_INFINITY,
    };
    /// The whole real line.
    pub const ENTIRE: Self = Self {
        lo: f64::NEG_INFINITY,
        hi: f64::INFINITY,
    };
    /// The numbers `x >= 0`.
    pub const NON_NEGATIVE: Self = Self {
        lo: 0.0,
        hi: f64::INFINITY,
    };
    /// The numbers from 0 to 1.
    pub const UNIT: Self = Self { lo: 0.0, hi: 1.0 };
    /// The number 0.
    pub const ZERO: Self = Self { lo: 0.0, hi: 0.0 };
    /// The number 1.
    pub const ONE: Self = Self { lo: 1.0, hi: 1.0 };

    /// The interval `[lo, hi]`.
    ///
    /// # Errors
    ///
    /// A NaN, `lo > hi`, `lo = +inf` or `hi = -inf` bound no interval.
    pub fn new(lo: f64, hi: f64) -> Result<Self, IntervalError> {
        if lo <= hi && lo < f64::INFINITY && hi > f64::NEG_INFINITY {
            Ok(Self { lo, hi })
        } else if lo.is_nan() || hi.is_nan() {
            Err(IntervalError::NotANumber { lo, hi })
        } else {
            Err(IntervalError::NotAnInterval { lo, hi })
        }
    }

    /// The one real number `x`. A NaN or an infinity is no real number: the
    /// result is then [`Interval::ENTIRE`], which every true statement survives.
    #[must_use]
    pub const fn point(x: f64) -> Self {
        if x.is_finite() {
            Self { lo: x, hi: x }
        } else {
            Self::ENTIRE
        }
    }

    /// `[-r, r]`; a NaN or negative `r` gives [`Interval::ENTIRE`].
    #[must_use]
    pub fn symmetric(r: f64) -> Self {
        Self::from_bounds(-r, r)
    }

    /// `[c - r, c + r]`, rounded outward.
    #[must_use]
    pub fn ball(c: f64, r: f64) -> Self {
        Self::point(c) + Self::symmetric(r)
    }

    /// For bounds that come from directed operations: an invalid pair (a NaN,
    /// say) becomes [`Interval::ENTIRE`].
    pub(crate) fn from_bounds(lo: f64, hi: f64) -> Self {
        if lo <= hi && lo < f64::INFINITY && hi > f64::NEG_INFINITY {
            Self { lo, hi }
        } else {
            Self::ENTIRE
        }
    }

    /// Lower end point; `+inf` for the empty set.
    #[must_use]
    pub const fn inf(self) -> f64 {
        self.lo
    }

    /// Upper end point; `-inf` for the empty set.
    #[must_use]
    pub const fn sup(self) -> f64 {
        self.hi
    }

    /// Is this the empty set?
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.lo > self.hi
    }

    /// Is this a single number?
    #[must_use]
    pub const fn is_point(self) -> bool {
        self.lo == self.hi
    }

    /// Are both end points finite? (The empty set is not bounded by floats.)
    #[must_use]
    pub const fn is_bounded(self) -> bool {
        self.lo.is_finite() && self.hi.is_finite()
    }

    /// The midpoint, rounded to nearest (so never outside); NaN for the empty set, 0 for the
    /// real line, the largest finite float towards an infinite end otherwise.
    #[must_use]
    pub fn mid(self) -> f64 {
        if self.is_empty() {
            f64::NAN
        } else if self.lo == f64::NEG_INFINITY {
            if self.hi == f64::INFINITY {
                0.0
            } else {
                f64::MIN
            }
        } else if self.hi == f64::INFINITY {
            f64::MAX
        } else {
            // One rounding in either form: halving can only round when the sum was exact.
            let sum = self.lo + self.hi;
            if sum.is_finite() {
                0.5 * sum
            } else {
                0.5 * self.lo + 0.5 * self.hi
            }
        }
    }

    /// The smallest float `r` with `[mid - r, mid + r]` around the whole set, where
    /// `mid` is [`mid`](Self::mid); NaN for the empty set.
    ///
    /// ```
    /// use minlift::interval::Interval;
    ///
    /// let x = Interval::literal("1/3")?;
    /// assert!(x.subset_of(Interval::ball(x.mid(), x.rad())));
    /// # Ok::<(), minlift::interval::LiteralError>(())
    /// ```
    #[must_use]
    pub fn rad(self) -> f64 {
        if self.is_empty() {
            return f64::NAN;
        }
        let m = self.mid();
        rounding::sub_up(self.hi, m).max(rounding::sub_up(m, self.lo))
    }

    /// Upper bound of `sup - inf`; NaN for the empty set.
    #[must_use]
    pub fn width(self) -> f64 {
        if self.is_empty() {
            f64::NAN
        } else {
            rounding::sub_up(self.hi, self.lo)
        }
    }

    /// Largest absolute value; NaN for the empty set.
    #[must_use]
    pub fn mag(self) -> f64 {
        if self.is_empty() {
            f64::NAN
        } else {
            self.lo.abs().max(self.hi.abs())
        }
    }

    /// Smallest absolute value; NaN for the empty set.
    #[must_use]
    pub fn mig(self) -> f64 {
        if self.is_empty() {
            f64::NAN
        } else if self.contains(0.0) {
            0.0
        } else {
            self.lo.abs().min(self.hi.abs())
        }
    }

    /// Is the real number `x` in the set? (NaN and infinities never are.)
    #[must_use]
    pub fn contains(self, x: f64) -> bool {
        self.lo <= x && x <= self.hi && x.is_finite()
    }

    /// Is every point of `self` in `other`?
    #[must_use]
    pub fn subset_of(self, other: Self) -> bool {
        self.is_empty() || (other.lo <= self.lo && self.hi <= other.hi)
    }

    /// Is `self` contained in the topological interior of `other`?
    #[must_use]
    pub fn interior_of(self, other: Self) -> bool {
        self.is_empty()
            || ((other.lo < self.lo || other.lo == f64::NEG_INFINITY)
                && (self.hi < other.hi || other.hi == f64::INFINITY))
    }

    /// The smallest interval that holds both sets.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self {
            lo: self.lo.min(other.lo),
            hi: self.hi.max(other.hi),
        }
    }

    /// The points in both sets.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        let (lo, hi) = (self.lo.max(other.lo), self.hi.min(other.hi));
        if lo <= hi {
            Self { lo, hi }
        } else {
            Self::EMPTY
        }
    }

    /// `{ min(x, y) }`.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        if self.is_empty() || other.is_empty() {
            return Self::EMPTY;
        }
        Self {
            lo: self.lo.min(other.lo),
            hi: self.hi.min(other.hi),
        }
    }

    /// `{ max(x, y) }`.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        if self.is_empty() || other.is_empty() {
            return Self::EMPTY;
        }
        Self {
            lo: self.lo.max(other.lo),
            hi: self.hi.max(other.hi),
        }
    }

    /// `{ |x| }`.
    #[must_use]
    pub fn abs(self) -> Self {
        if self.is_empty() {
            return Self::EMPTY;
        }
        Self {
            lo: self.mig(),
            hi: self.mag(),
        }
    }

    /// Is every point positive? (False for the empty set.)
    #[must_use]
    pub fn certainly_positive(self) -> bool {
        self.lo > 0.0 && !self.is_empty()
    }

    /// Is every point negative? (False for the empty set.)
    #[must_use]
    pub fn certainly_negative(self) -> bool {
        self.hi < 0.0 && !self.is_empty()
    }

    /// Is every point of `self` below every point of `other`? (False if either is empty.)
    #[must_use]
    pub fn certainly_lt(self, other: Self) -> bool {
        !self.is_empty() && !other.is_empty() && self.hi < other.lo
    }
}

/// Shortest decimals that read back to the same end points.
impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            write!(f, "[empty]")
        } else {
            // Adding 0 turns -0 into 0.
            write!(f, "[{:?}, {:?}]", self.lo + 0.0, self.hi + 0.0)
        }
    }
}

impl fmt::Debug for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
