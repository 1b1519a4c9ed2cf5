//! Dual numbers `x + x' eps`, `eps^2 = 0`: forward derivatives in one direction.

use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

use super::Scalar;
use crate::interval::Interval;

/// A value and its derivative in one direction; nest for higher derivatives.
///
/// Over [`Interval`] both parts are enclosures, so a dual number of intervals
/// encloses the derivative over a whole box.
///
/// # Example
///
/// ```
/// use minlift::scalar::{Dual, Scalar};
///
/// let x = Dual::variable(3.0);
/// let y = x.sqr() * x; // x^3
/// assert_eq!((y.value, y.slope), (27.0, 27.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dual<T> {
    /// The value.
    pub value: T,
    /// The derivative.
    pub slope: T,
}

impl<T: Scalar> Dual<T> {
    /// The variable itself: slope 1.
    pub fn variable(value: T) -> Self {
        Self {
            value,
            slope: T::one(),
        }
    }

    /// Slope 0.
    pub fn fixed(value: T) -> Self {
        Self {
            value,
            slope: T::zero(),
        }
    }

    /// `f(x)` by the chain rule from `f` and `f'` at the value.
    fn chain(self, f: T, derivative: T) -> Self {
        Self {
            value: f,
            slope: derivative * self.slope,
        }
    }
}

impl<T: Scalar> Neg for Dual<T> {
    type Output = Self;
    fn neg(self) -> Self {
        Self {
            value: -self.value,
            slope: -self.slope,
        }
    }
}

impl<T: Scalar> Add for Dual<T> {
    type Output = Self;
    fn add(self, b: Self) -> Self {
        Self {
            value: self.value + b.value,
            slope: self.slope + b.slope,
        }
    }
}

impl<T: Scalar> Sub for Dual<T> {
    type Output = Self;
    fn sub(self, b: Self) -> Self {
        Self {
            value: self.value - b.value,
            slope: self.slope - b.slope,
        }
    }
}

impl<T: Scalar> Mul for Dual<T> {
    type Output = Self;
    fn mul(self, b: Self) -> Self {
        Self {
            value: self.value * b.value,
            slope: self.slope * b.value + self.value * b.slope,
        }
    }
}

impl<T: Scalar> Div for Dual<T> {
    type Output = Self;
    fn div(self, b: Self) -> Self {
        let value = self.value / b.value;
        Self {
            value,
            slope: (self.slope - value * b.slope) / b.value,
        }
    }
}

impl<T: Scalar> AddAssign for Dual<T> {
    fn add_assign(&mut self, b: Self) {
        *self = *self + b;
    }
}

impl<T: Scalar> SubAssign for Dual<T> {
    fn sub_assign(&mut self, b: Self) {
        *self = *self - b;
    }
}

impl<T: Scalar> MulAssign for Dual<T> {
    fn mul_assign(&mut self, b: Self) {
        *self = *self * b;
    }
}

impl<T: Scalar> Scalar for Dual<T> {
    fn constant(c: Interval) -> Self {
        Self::fixed(T::constant(c))
    }
    fn from_f64(x: f64) -> Self {
        Self::fixed(T::from_f64(x))
    }
    fn sqr(self) -> Self {
        self.chain(self.value.sqr(), T::from_f64(2.0) * self.value)
    }
    fn recip(self) -> Self {
        let r = self.value.recip();
        self.chain(r, -r.sqr())
    }
    fn powi(self, n: i32) -> Self {
        let power = self.value.powi(n);
        let derivative = match n.checked_sub(1) {
            _ if n == 0 => return Self::fixed(power),
            Some(less) => self.value.powi(less),
            // One less than the smallest i32 is no i32.
            None => power * self.value.recip(),
        };
        self.chain(power, T::from_f64(f64::from(n)) * derivative)
    }
    fn sqrt(self) -> Self {
        let root = self.value.sqrt();
        self.chain(root, (T::from_f64(2.0) * root).recip())
    }
    fn exp(self) -> Self {
        let e = self.value.exp();
        self.chain(e, e)
    }
    fn ln(self) -> Self {
        self.chain(self.value.ln(), self.value.recip())
    }
    fn tanh(self) -> Self {
        // tanh'(x) = 4 sigma(2x) sigma(-2x): no cancellation where tanh is near 1.
        let twice = T::from_f64(2.0) * self.value;
        self.chain(
            self.value.tanh(),
            T::from_f64(4.0) * twice.sigmoid() * (-twice).sigmoid(),
        )
    }
    fn sigmoid(self) -> Self {
        let s = self.value.sigmoid();
        self.chain(s, s * (-self.value).sigmoid())
    }
    fn softplus(self) -> Self {
        self.chain(self.value.softplus(), self.value.sigmoid())
    }
}
