//! First derivatives by forward differentiation, enclosed.

use std::ops::{Add, Mul, Neg, Sub};

use super::fixed::Fixed;

/// The variables of a row's objective: `w^(1)`, `w^(2)`, `τ`, `α`, `v` (the noise) and `y = v‖w_⊥‖²`.
pub const VARIABLES: usize = 6;

/// A value and its partial derivatives.
#[derive(Clone, Copy, Debug)]
pub struct Dual {
    /// The value.
    pub value: Fixed,
    /// By each variable.
    pub by: [Fixed; VARIABLES],
}

impl Dual {
    /// A constant.
    pub fn constant(value: Fixed) -> Self {
        Self {
            value,
            by: [Fixed::ZERO; VARIABLES],
        }
    }

    /// The variable `k`.
    pub fn variable(value: Fixed, k: usize) -> Self {
        let mut x = Self::constant(value);
        x.by[k] = Fixed::ONE;
        x
    }

    /// The chain rule: `value` with these derivatives by `inner`.
    pub fn chain<const N: usize>(value: Fixed, inner: [(Fixed, &Self); N]) -> Self {
        let by = std::array::from_fn(|k| inner.iter().map(|(slope, x)| *slope * x.by[k]).sum());
        Self { value, by }
    }
}

impl Add for Dual {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::chain(
            self.value + other.value,
            [(Fixed::ONE, &self), (Fixed::ONE, &other)],
        )
    }
}

impl Neg for Dual {
    type Output = Self;
    fn neg(self) -> Self {
        Self {
            value: -self.value,
            by: self.by.map(Neg::neg),
        }
    }
}

impl Sub for Dual {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Dual {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self::chain(
            self.value * other.value,
            [(other.value, &self), (self.value, &other)],
        )
    }
}
