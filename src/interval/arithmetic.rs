//! `+ - * /`, squares, roots and integer powers.

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
        // Now 0 <= bl < bh. A quotient by bl = 0 is infinite, except that 0 / 0 is
        // never formed: an end point of a that is 0 is divided by bh.
        let lo = if a.lo >= 0.0 {
            quotient_down(a.lo, b.hi)
        } else {
            quotient_down(a.lo, b.lo)
        };
        let hi = if a.hi > 0.0 {
            quotient_up(a.hi, b.lo)
        } else {
            quotient_up(a.hi, b.hi)
        };
        Self { lo, hi }
    }
}

/// `a / b` downwards for `b >= 0`, with `a/0 = -inf` for `a < 0` and `inf/inf = 0` for the bound.
fn quotient_down(a: f64, b: f64) -> f64 {
    if b == 0.0 {
        f64::NEG_INFINITY
    } else if b == f64::INFINITY {
        // Only reached for a >= 0: the infimum is 0.
        0.0
    } else {
        div_down(a, b)
    }
}

fn quotient_up(a: f64, b: f64) -> f64 {
    if b == 0.0 {
        f64::INFINITY
    } else if b == f64::INFINITY {
        0.0
    } else {
        div_up(a, b)
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

    /// `{ x^n }`; negative powers over the part of the set without 0.
    #[must_use]
    pub fn powi(self, n: i32) -> Self {
        if self.is_empty() {
            return Self::EMPTY;
        }
        match n {
            0 => Self::ONE,
            1 => self,
            2 => self.sqr(),
            _ if n < 0 => match n.checked_neg() {
                Some(m) => self.powi(m).recip(),
                // x^-2^31 = (x^-2^30)^2
                None => self.powi(n / 2).sqr(),
            },
            _ if n % 2 == 0 => {
                let base = self.abs();
                Self {
                    lo: power_down(base.lo, n),
                    hi: power_up(base.hi, n),
                }
            }
            _ => Self {
                lo: odd_power(self.lo, n, power_down, power_up),
                hi: odd_power(self.hi, n, power_up, power_down),
            },
        }
    }
}

fn odd_power(x: f64, n: i32, positive: fn(f64, i32) -> f64, negative: fn(f64, i32) -> f64) -> f64 {
    if x >= 0.0 {
        positive(x, n)
    } else {
        -negative(-x, n)
    }
}

fn power_down(x: f64, n: i32) -> f64 {
    power(x, n, mul_down)
}

fn power_up(x: f64, n: i32) -> f64 {
    power(x, n, mul_up)
}

/// Binary powering of `x >= 0`, each product rounded the same way.
fn power(mut x: f64, mut n: i32, mul: fn(f64, f64) -> f64) -> f64 {
    let mut result = 1.0;
    loop {
        if n % 2 == 1 {
            result = mul(result, x);
        }
        n /= 2;
        if n == 0 {
            return result;
        }
        x = mul(x, x);
    }
}
