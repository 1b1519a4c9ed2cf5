//! `+ - * /`, squares and roots; each bound is the tightest float.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};

use num_traits::{One, Zero};

use super::Interval;
use super::rounding::{
    add_down, add_up, div_down, div_up, mul_down, mul_up, sqrt_down, sqrt_up, sub_down, sub_up,
};

impl Neg for Interval {
    type Output = Self;
    #[inline]
    fn neg(self) -> Self {
        Self {
            lo: -self.hi,
            hi: -self.lo,
        }
    }
}

impl Add for Interval {
    type Output = Self;
    #[inline]
    fn add(self, b: Self) -> Self {
        if self.is_empty() || b.is_empty() {
            return Self::EMPTY;
        }
        Self {
            lo: add_down(self.lo, b.lo),
            hi: add_up(self.hi, b.hi),
        }
    }
}

impl Sub for Interval {
    type Output = Self;
    #[inline]
    fn sub(self, b: Self) -> Self {
        if self.is_empty() || b.is_empty() {
            return Self::EMPTY;
        }
        Self {
            lo: sub_down(self.lo, b.hi),
            hi: sub_up(self.hi, b.lo),
        }
    }
}

/// ```text
///            b >= 0          b <= 0          0 in b
/// a >= 0   [al bl, ah bh]  [ah bl, al bh]  [ah bl, ah bh]
/// a <= 0   [al bh, ah bl]  [ah bh, al bl]  [al bh, al bl]
/// 0 in a   [al bh, ah bh]  [ah bl, al bl]  [min(al bh, ah bl), max(al bl, ah bh)]
/// ```
impl Mul for Interval {
    type Output = Self;
    #[inline]
    fn mul(self, b: Self) -> Self {
        let a = self;
        if a.is_empty() || b.is_empty() {
            return Self::EMPTY;
        }
        let ((p, q), (r, s)) = if a.lo >= 0.0 {
            if b.lo >= 0.0 {
                ((a.lo, b.lo), (a.hi, b.hi))
            } else if b.hi <= 0.0 {
                ((a.hi, b.lo), (a.lo, b.hi))
            } else {
                ((a.hi, b.lo), (a.hi, b.hi))
            }
        } else if a.hi <= 0.0 {
            if b.lo >= 0.0 {
                ((a.lo, b.hi), (a.hi, b.lo))
            } else if b.hi <= 0.0 {
                ((a.hi, b.hi), (a.lo, b.lo))
            } else {
                ((a.lo, b.hi), (a.lo, b.lo))
            }
        } else if b.lo >= 0.0 {
            ((a.lo, b.hi), (a.hi, b.hi))
        } else if b.hi <= 0.0 {
            ((a.hi, b.lo), (a.lo, b.lo))
        } else {
            return Self {
                lo: mul_down(a.lo, b.hi).min(mul_down(a.hi, b.lo)),
                hi: mul_up(a.lo, b.lo).max(mul_up(a.hi, b.hi)),
            };
        };
        Self {
            lo: mul_down(p, q),
            hi: mul_up(r, s),
        }
    }
}

/// The quotient over the part of `b` without 0: unbounded where that is
/// unbounded, empty for `b = [0, 0]`.
impl Div for Interval {
    type Output = Self;
    #[inline]
    fn div(self, b: Self) -> Self {
        let a = self;
        if a.is_empty() || b.is_empty() || (b.lo == 0.0 && b.hi == 0.0) {
            return Self::EMPTY;
        }
        if a.lo == 0.0 && a.hi == 0.0 {
            return Self::ZERO;
        }
        if b.lo < 0.0 && b.hi > 0.0 {
            return Self::ENTIRE;
        }
        if b.hi <= 0.0 {
            return (-a) / (-b);
        }
        // Now 0 <= bl < bh, and a quotient at bl = 0 or bh = inf is the limit. 0 / 0 is never
        // formed: an end point of a that is 0 is divided by bh. `abs` is for bl = -0.
        let nearest = b.lo.abs();
        Self {
            lo: div_down(a.lo, if a.lo >= 0.0 { b.hi } else { nearest }),
            hi: div_up(a.hi, if a.hi > 0.0 { nearest } else { b.hi }),
        }
    }
}

macro_rules! assigning {
    ($($trait:ident :: $method:ident = $op:tt),+) => {$(
        impl $trait for Interval {
            #[inline]
            fn $method(&mut self, b: Self) {
                *self = *self $op b;
            }
        }
    )+};
}
assigning!(AddAssign::add_assign = +, SubAssign::sub_assign = -, MulAssign::mul_assign = *, DivAssign::div_assign = /);

impl Zero for Interval {
    fn zero() -> Self {
        Self::ZERO
    }
    fn is_zero(&self) -> bool {
        *self == Self::ZERO
    }
}

impl One for Interval {
    fn one() -> Self {
        Self::ONE
    }
}

impl Sum for Interval {
    fn sum<I: Iterator<Item = Self>>(terms: I) -> Self {
        terms.fold(Self::ZERO, Add::add)
    }
}

impl Interval {
    /// `{ 1/x }`, over the part of the set without 0.
    #[must_use]
    pub fn recip(self) -> Self {
        Self::ONE / self
    }

    /// `{ x^2 }`.
    #[must_use]
    #[inline]
    pub fn sqr(self) -> Self {
        if self.is_empty() {
            return Self::EMPTY;
        }
        let (near, far) = (self.mig(), self.mag());
        Self {
            lo: mul_down(near, near),
            hi: mul_up(far, far),
        }
    }

    /// `{ sqrt(x) : x >= 0 }`.
    #[must_use]
    pub fn sqrt(self) -> Self {
        if self.is_empty() || self.hi < 0.0 {
            return Self::EMPTY;
        }
        Self {
            lo: sqrt_down(self.lo.max(0.0)),
            hi: sqrt_up(self.hi),
        }
    }
}
