//! Four floats at a time, in plain safe code that compilers vectorise.

use std::array::from_fn;
use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

use super::Scalar;
use crate::interval::Interval;

/// How many floats a [`Lanes`] holds.
pub const WIDTH: usize = 4;

/// Four independent floats; every operation works on each of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lanes(pub [f64; WIDTH]);

impl Lanes {
    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        Self(from_fn(|i| f(self.0[i])))
    }
}

macro_rules! lanewise {
    ($($trait:ident :: $method:ident, $assign:ident :: $assign_method:ident = $op:tt);+ $(;)?) => {$(
        impl $trait for Lanes {
            type Output = Self;
            #[inline(always)]
            fn $method(self, b: Self) -> Self {
                Self(from_fn(|i| self.0[i] $op b.0[i]))
            }
        }
        impl $assign for Lanes {
            #[inline(always)]
            fn $assign_method(&mut self, b: Self) {
                *self = *self $op b;
            }
        }
    )+};
}
lanewise!(
    Add::add, AddAssign::add_assign = +;
    Sub::sub, SubAssign::sub_assign = -;
    Mul::mul, MulAssign::mul_assign = *;
);

impl Div for Lanes {
    type Output = Self;
    #[inline(always)]
    fn div(self, b: Self) -> Self {
        Self(from_fn(|i| self.0[i] / b.0[i]))
    }
}

impl Neg for Lanes {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        self.map(|x| -x)
    }
}

impl Scalar for Lanes {
    fn constant(c: Interval) -> Self {
        Self([c.mid(); WIDTH])
    }
    #[inline(always)]
    fn from_f64(x: f64) -> Self {
        Self([x; WIDTH])
    }
    #[inline(always)]
    fn sqr(self) -> Self {
        self * self
    }
    fn powi(self, n: i32) -> Self {
        self.map(|x| Scalar::powi(x, n))
    }
    fn sqrt(self) -> Self {
        self.map(Scalar::sqrt)
    }
    fn exp(self) -> Self {
        self.map(Scalar::exp)
    }
    fn ln(self) -> Self {
        self.map(Scalar::ln)
    }
    fn tanh(self) -> Self {
        self.map(Scalar::tanh)
    }
    #[inline]
    fn sigmoid(self) -> Self {
        self.map(Scalar::sigmoid)
    }
}
