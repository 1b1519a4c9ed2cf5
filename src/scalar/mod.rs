//! One formula, many number types.
//!
//! A formula written once over [`Scalar`] runs in floats (to *find*
//! candidates), in intervals (to *decide*), in [`Dual`] numbers of either (to
//! differentiate), in [`Taylor`] series, in [`Lanes`] (four floats at a time) and in [`Modulus`],
//! which bounds it on a complex strip.

mod dual;
mod lanes;
mod modulus;
mod taylor;

pub use dual::Dual;
pub use lanes::Lanes;
pub use modulus::Modulus;
pub use taylor::Taylor;

use std::fmt::Debug;
use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

use crate::interval::Interval;

/// A number type that formulas can be written over.
///
/// There is no order: a formula must not branch on values.
///
/// # Example
///
/// ```
/// use minlift::{interval::Interval, scalar::Scalar};
///
/// fn logistic_map<S: Scalar>(r: Interval, x: S) -> S {
///     S::constant(r) * x * (S::from_f64(1.0) - x)
/// }
/// let r = Interval::literal("3.7")?;
/// assert!(logistic_map(r, Interval::point(0.5)).contains(0.925));
/// assert!((logistic_map(r, 0.5) - 0.925).abs() < 1e-15);
/// # Ok::<(), minlift::interval::LiteralError>(())
/// ```
pub trait Scalar:
    Copy
    + Debug
    + Send
    + Sync
    + 'static
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
    + MulAssign
{
    /// A real constant known to lie in `c`; a float type takes its midpoint.
    fn constant(c: Interval) -> Self;
    /// The real number that `x` is, exactly.
    fn from_f64(x: f64) -> Self;
    /// The square.
    #[must_use]
    fn sqr(self) -> Self;
    /// The reciprocal.
    #[must_use]
    fn recip(self) -> Self {
        Self::from_f64(1.0) / self
    }
    /// An integer power.
    #[must_use]
    fn powi(self, n: i32) -> Self;
    /// The square root.
    #[must_use]
    fn sqrt(self) -> Self;
    /// The exponential function.
    #[must_use]
    fn exp(self) -> Self;
    /// The natural logarithm.
    #[must_use]
    fn ln(self) -> Self;
    /// The hyperbolic tangent.
    #[must_use]
    fn tanh(self) -> Self;
    /// The logistic sigmoid `1/(1 + e^-x)`.
    #[must_use]
    fn sigmoid(self) -> Self;
    /// `ln(1 + e^x)`, whose derivative is the sigmoid.
    #[must_use]
    fn softplus(self) -> Self {
        -(-self).sigmoid().ln()
    }
    /// The number 0.
    #[must_use]
    fn zero() -> Self {
        Self::from_f64(0.0)
    }
    /// The number 1.
    #[must_use]
    fn one() -> Self {
        Self::from_f64(1.0)
    }
}

impl Scalar for f64 {
    fn constant(c: Interval) -> Self {
        c.mid()
    }
    fn from_f64(x: f64) -> Self {
        x
    }
    fn sqr(self) -> Self {
        self * self
    }
    fn powi(self, n: i32) -> Self {
        Self::powi(self, n)
    }
    fn sqrt(self) -> Self {
        Self::sqrt(self)
    }
    fn exp(self) -> Self {
        core_math::exp(self)
    }
    fn ln(self) -> Self {
        core_math::log(self)
    }
    fn tanh(self) -> Self {
        core_math::tanh(self)
    }
    fn sigmoid(self) -> Self {
        let e = core_math::exp(-self.abs());
        (if self >= 0.0 { 1.0 } else { e }) / (1.0 + e)
    }
    fn softplus(self) -> Self {
        // A NaN stays one.
        (if self <= 0.0 { 0.0 } else { self }) + core_math::log1p(core_math::exp(-self.abs()))
    }
}

/// Enclosures of a formula's values. Unlike [`Interval`]'s own methods, which follow
/// the standard and drop the part of an argument outside the domain, `recip`, `sqrt`,
/// `ln` and negative powers give [`Interval::ENTIRE`] unless they are defined on the whole
/// argument: a theorem about a box needs a function on all of it. The operator `/` is
/// [`Interval`]'s own: over a denominator that contains 0 it is unbounded or empty.
impl Scalar for Interval {
    fn constant(c: Interval) -> Self {
        c
    }
    fn from_f64(x: f64) -> Self {
        Self::point(x)
    }
    fn sqr(self) -> Self {
        Self::sqr(self)
    }
    fn recip(self) -> Self {
        defined_if(!self.contains(0.0), Self::recip(self))
    }
    fn powi(self, n: i32) -> Self {
        defined_if(n >= 0 || !self.contains(0.0), Self::powi(self, n))
    }
    fn sqrt(self) -> Self {
        defined_if(self.inf() >= 0.0, Self::sqrt(self))
    }
    fn exp(self) -> Self {
        Self::exp(self)
    }
    fn ln(self) -> Self {
        defined_if(self.inf() > 0.0, Self::ln(self))
    }
    fn tanh(self) -> Self {
        Self::tanh(self)
    }
    fn sigmoid(self) -> Self {
        Self::sigmoid(self)
    }
    /// Increasing: from the end points, by the form that does not overflow there.
    fn softplus(self) -> Self {
        let at = |x: f64| {
            let x = Self::point(x);
            x.max(Self::ZERO) + (Self::ONE + (-x.abs()).exp()).ln()
        };
        if self.is_bounded() {
            at(self.inf()).hull(at(self.sup()))
        } else {
            Self::NON_NEGATIVE
        }
    }
}

fn defined_if(defined: bool, value: Interval) -> Interval {
    if defined { value } else { Interval::ENTIRE }
}
