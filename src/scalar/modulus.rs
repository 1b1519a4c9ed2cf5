//! Upper bounds of moduli on a complex strip.

use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

use super::Scalar;
use crate::interval::Interval;
use crate::interval::rounding::{add_up, mul_up, sqrt_up};

/// An upper bound of `|x|` for a complex number `x`.
///
/// A formula that runs in `Modulus` bounds itself: constants by their magnitude, sums and products by
/// sums and products, and
///
/// ```text
/// |σ(z)| <= 1,    |ln(1 + e^z)| <= |z| + ln 2 + π/2 < |z| + 2.265     for |Im z| <= π/2,
/// ```
///
/// because there `Re e^z >= 0`, hence `1 <= |1 + e^z| <= 1 + e^|z|` and `|arg(1 + e^z)| <= π/2` (and
/// `σ(z) = 1/(1 + e^-z)`). That the arguments of `sigmoid` and `softplus` stay in that strip is for the caller
/// to know. Functions without such a bound (`/`, `ln`, `tanh`, negative powers) give infinity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Modulus(pub f64);

/// Above `ln 2 + π/2 = 2.26394..`.
const SOFTPLUS: f64 = 2.265;

const UNKNOWN: Modulus = Modulus(f64::INFINITY);

impl Neg for Modulus {
    type Output = Self;
    fn neg(self) -> Self {
        self
    }
}

impl Add for Modulus {
    type Output = Self;
    fn add(self, b: Self) -> Self {
        Self(add_up(self.0, b.0))
    }
}

impl Sub for Modulus {
    type Output = Self;
    /// A difference is bounded like a sum.
    fn sub(self, b: Self) -> Self {
        Self(add_up(self.0, b.0))
    }
}

impl Mul for Modulus {
    type Output = Self;
    fn mul(self, b: Self) -> Self {
        Self(mul_up(self.0, b.0))
    }
}

impl Div for Modulus {
    type Output = Self;
    fn div(self, _: Self) -> Self {
        UNKNOWN
    }
}

impl AddAssign for Modulus {
    fn add_assign(&mut self, b: Self) {
        *self = *self + b;
    }
}

impl SubAssign for Modulus {
    fn sub_assign(&mut self, b: Self) {
        *self = *self - b;
    }
}

impl MulAssign for Modulus {
    fn mul_assign(&mut self, b: Self) {
        *self = *self * b;
    }
}

impl Scalar for Modulus {
    fn constant(c: Interval) -> Self {
        // No magnitude of an empty set bounds anything.
        Self(if c.is_empty() { f64::INFINITY } else { c.mag() })
    }
    fn from_f64(x: f64) -> Self {
        Self(x.abs())
    }
    fn sqr(self) -> Self {
        self * self
    }
    fn powi(self, n: i32) -> Self {
        if n < 0 {
            return UNKNOWN;
        }
        (0..n).fold(Self(1.0), |power, _| power * self)
    }
    fn sqrt(self) -> Self {
        Self(sqrt_up(self.0))
    }
    fn exp(self) -> Self {
        Self(Interval::point(self.0).exp().sup())
    }
    fn ln(self) -> Self {
        UNKNOWN
    }
    fn tanh(self) -> Self {
        UNKNOWN
    }
    fn sigmoid(self) -> Self {
        Self(1.0)
    }
    fn softplus(self) -> Self {
        self + Self(SOFTPLUS)
    }
}
