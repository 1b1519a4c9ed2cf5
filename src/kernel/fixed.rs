//! Intervals whose ends are multiples of `2^-104`, over 256-bit integers.
//!
//! Every operation rounds outward: the result holds `x ∘ y` for all `x`, `y` in the operands. What reaches `2^22` in absolute value becomes
//! [`Fixed::ENTIRE`], of which nothing can be proved.

use std::ops::{Add, Mul, Neg, Sub};
use std::sync::LazyLock;

use ethnum::I256;

/// Digits after the binary point.
pub const FRACTION: u32 = 104;
const LIMIT: i128 = 1 << 126;
const UNIT: i128 = 1 << FRACTION;

/// A closed interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fixed {
    lo: i128,
    hi: i128,
}

impl Fixed {
    /// 0.
    pub const ZERO: Self = Self { lo: 0, hi: 0 };
    /// 1.
    pub const ONE: Self = Self { lo: UNIT, hi: UNIT };
    /// All real numbers.
    pub const ENTIRE: Self = Self {
        lo: -LIMIT,
        hi: LIMIT,
    };

    fn new(lo: i128, hi: i128) -> Self {
        if lo <= -LIMIT || hi >= LIMIT || lo > hi {
            Self::ENTIRE
        } else {
            Self { lo, hi }
        }
    }

    fn wide(lo: I256, hi: I256) -> Self {
        let limit = I256::new(LIMIT);
        if lo <= -limit || hi >= limit {
            Self::ENTIRE
        } else {
            Self::new(lo.as_i128(), hi.as_i128())
        }
    }

    /// An integer.
    pub fn int(n: i64) -> Self {
        Self::ratio(i128::from(n), 1)
    }

    /// `n/d`, for `d > 0`.
    pub fn ratio(n: i128, d: i128) -> Self {
        if d <= 0 || n.checked_abs().is_none_or(|n| n >= LIMIT) {
            return Self::ENTIRE;
        }
        let (over, under) = (I256::new(n) << FRACTION, I256::new(d));
        Self::wide(over.div_euclid(under), -(-over).div_euclid(under))
    }

    /// `mantissa 2^exponent`, if it is a multiple of `2^-104` below `2^22`.
    pub fn dyadic(mantissa: i64, exponent: i32) -> Option<Self> {
        let m = i128::from(mantissa);
        let shift = exponent.checked_add(FRACTION as i32)?;
        let value = match u32::try_from(shift) {
            Ok(_) if m == 0 => 0,
            Ok(left) if left < 126 && m.unsigned_abs() < 1 << (126 - left) => m << left,
            Ok(_) => return None,
            Err(_) if m == 0 => 0,
            Err(_) => {
                let right = shift.unsigned_abs();
                let exact = right < 64 && m % (1 << right) == 0;
                if !exact {
                    return None;
                }
                m >> right
            }
        };
        Some(Self {
            lo: value,
            hi: value,
        })
    }

    /// `[lo, hi]` from the lower end of one and the upper end of the other; none if they are the wrong way round.
    pub fn between(lo: Self, hi: Self) -> Option<Self> {
        (lo.lo <= hi.hi).then(|| Self::new(lo.lo, hi.hi))
    }

    /// `[-r, r]`, `r` the largest absolute value.
    pub fn symmetric(self) -> Self {
        let r = self.lo.abs().max(self.hi.abs());
        Self::new(-r, r)
    }

    fn point(x: i128) -> Self {
        Self::new(x, x)
    }

    /// The lower end.
    pub fn lower(self) -> Self {
        Self::point(self.lo)
    }

    /// The upper end.
    pub fn upper(self) -> Self {
        Self::point(self.hi)
    }

    /// What remains when each end is moved inward by one unit of the last place, if anything.
    pub fn inner(self) -> Option<Self> {
        (self.lo + 1 < self.hi).then(|| Self::new(self.lo + 1, self.hi - 1))
    }

    /// A point in the middle.
    pub fn mid(self) -> Self {
        Self::point((self.lo >> 1) + (self.hi >> 1) + (self.lo & self.hi & 1))
    }

    /// The larger distance from [`Self::mid`] to an end.
    pub fn radius(self) -> Self {
        (self - self.mid()).symmetric().upper()
    }

    /// Is it one number?
    pub fn is_point(self) -> bool {
        self.lo == self.hi
    }

    /// Are all its numbers positive?
    pub fn positive(self) -> bool {
        self.lo > 0 && self != Self::ENTIRE
    }

    /// Are all its numbers negative?
    pub fn negative(self) -> bool {
        (-self).positive()
    }

    /// Is 0 not in it?
    pub fn misses_zero(self) -> bool {
        self.positive() || self.negative()
    }

    /// Are all its numbers at most all of `other`?
    pub fn at_most(self, other: Self) -> bool {
        self.hi <= other.lo && self != Self::ENTIRE && other != Self::ENTIRE
    }

    /// Is it in `other`?
    pub fn inside(self, other: Self) -> bool {
        other.lo <= self.lo && self.hi <= other.hi && self != Self::ENTIRE
    }

    /// Is it in the interior of `other`?
    pub fn interior(self, other: Self) -> bool {
        other.lo < self.lo && self.hi < other.hi && self != Self::ENTIRE
    }

    /// The smallest interval that holds both.
    pub fn hull(self, other: Self) -> Self {
        Self::new(self.lo.min(other.lo), self.hi.max(other.hi))
    }

    /// What both have in common, if anything.
    pub fn meet(self, other: Self) -> Option<Self> {
        let (lo, hi) = (self.lo.max(other.lo), self.hi.min(other.hi));
        (lo <= hi).then_some(Self { lo, hi })
    }

    /// The larger number.
    pub fn max(self, other: Self) -> Self {
        Self::new(self.lo.max(other.lo), self.hi.max(other.hi))
    }

    /// The smaller number.
    pub fn min(self, other: Self) -> Self {
        Self::new(self.lo.min(other.lo), self.hi.min(other.hi))
    }

    /// The absolute value.
    pub fn abs(self) -> Self {
        self.max(-self).max(Self::ZERO)
    }

    /// Part `k` of `n` equal ones; together they cover it.
    pub fn part(self, k: i64, n: i64) -> Self {
        let at = |k: i64| {
            self.lower() + (self.upper() - self.lower()) * Self::ratio(i128::from(k), i128::from(n))
        };
        let all = Self::new(at(k).lo, at(k + 1).hi);
        all.meet(self).unwrap_or(self)
    }

    /// The square.
    pub fn sqr(self) -> Self {
        let size = self.abs();
        size * size
    }

    /// Half of it.
    pub fn half(self) -> Self {
        if self == Self::ENTIRE {
            self
        } else {
            Self::new(self.lo >> 1, -((-self.hi) >> 1))
        }
    }

    /// The share of each of `n`, `1 <= n <= 32`.
    pub fn shared_by(self, n: usize) -> Self {
        static SHARES: LazyLock<[Fixed; 33]> =
            LazyLock::new(|| std::array::from_fn(|n| Fixed::ratio(1, n as i128)));
        SHARES.get(n).map_or(Self::ENTIRE, |share| self * *share)
    }

    /// A quotient; everything if the divisor may be 0.
    pub fn over(self, divisor: Self) -> Self {
        if divisor.negative() {
            return (-self).over(-divisor);
        }
        if !divisor.positive() || self == Self::ENTIRE {
            return Self::ENTIRE;
        }
        let ends = [self.lo, self.hi].map(|x| I256::new(x) << FRACTION);
        let by = [divisor.lo, divisor.hi].map(I256::new);
        let below = |k: usize| ends[0].div_euclid(by[k]);
        let above = |k: usize| -(-ends[1]).div_euclid(by[k]);
        Self::wide(below(0).min(below(1)), above(0).max(above(1)))
    }

    /// The square root of what is not negative.
    pub fn sqrt(self) -> Self {
        if self == Self::ENTIRE || self.hi < 0 {
            return Self::ENTIRE;
        }
        Self::wide(floor_root(self.lo.max(0)), floor_root(self.hi) + I256::ONE)
    }

    /// `e^x` for `x <= 0`: `e^x = (e^r)^(2^k)` with `r = x 2^-k` in `[-2^-5, 0]`, `e^r` by fourteen terms. The terms alternate and
    /// fall, so the rest is at most `2^-70/14! < 2^-106` (less than one unit of the last place).
    pub fn exp(self) -> Self {
        let end = |x: i128| -> Self {
            if x < -70 * UNIT {
                // e^-70 < 2^-100.
                return Self { lo: 0, hi: 16 };
            }
            let mut k = 0;
            while (x >> k) < -(UNIT >> 5) {
                k += 1;
            }
            let r = Self {
                lo: x >> k,
                hi: -((-x) >> k),
            };
            let mut sum = Self::ONE;
            for n in (1..14).rev() {
                sum = Self::ONE + (r * sum).shared_by(n);
            }
            let mut power = Self {
                lo: sum.lo - 1,
                hi: (sum.hi + 1).min(UNIT),
            };
            for _ in 0..k {
                power = power * power;
            }
            power
        };
        if self == Self::ENTIRE || self.hi > 0 {
            return Self::ENTIRE;
        }
        Self {
            lo: end(self.lo).lo.max(0),
            hi: end(self.hi).hi,
        }
    }

    /// A number near the middle, for messages and for choices that prove nothing.
    pub fn approx(self) -> f64 {
        let mid = (self.lo >> 1) + (self.hi >> 1);
        mid as f64 / UNIT as f64
    }
}

/// The largest integer whose square is at most `x 2^104`, by Newton's method from above.
fn floor_root(x: i128) -> I256 {
    let n = I256::new(x) << FRACTION;
    if n <= I256::ZERO {
        return I256::ZERO;
    }
    let mut root = I256::ONE << ((256 - n.leading_zeros()).div_ceil(2));
    loop {
        let next: I256 = (root + n / root) >> 1_u32;
        if next >= root {
            return root;
        }
        root = next;
    }
}

impl Add for Fixed {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        if self == Self::ENTIRE || other == Self::ENTIRE {
            return Self::ENTIRE;
        }
        Self::new(self.lo + other.lo, self.hi + other.hi)
    }
}

impl Neg for Fixed {
    type Output = Self;
    fn neg(self) -> Self {
        Self {
            lo: -self.hi,
            hi: -self.lo,
        }
    }
}

impl Sub for Fixed {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Fixed {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        if self == Self::ENTIRE || other == Self::ENTIRE {
            return Self::ENTIRE;
        }
        // Below 2^252: nothing is lost.
        let of = |x: i128, y: i128| I256::new(x).wrapping_mul(I256::new(y));
        let (a, b, c, d) = (self.lo, self.hi, other.lo, other.hi);
        // Which ends make the smallest and the largest product.
        let (least, most) = match (a >= 0, b <= 0, c >= 0, d <= 0) {
            (true, _, true, _) => (of(a, c), of(b, d)),
            (true, _, _, true) => (of(b, c), of(a, d)),
            (true, ..) => (of(b, c), of(b, d)),
            (_, true, true, _) => (of(a, d), of(b, c)),
            (_, true, _, true) => (of(b, d), of(a, c)),
            (_, true, ..) => (of(a, d), of(a, c)),
            (_, _, true, _) => (of(a, d), of(b, d)),
            (_, _, _, true) => (of(b, c), of(a, c)),
            _ => (of(a, d).min(of(b, c)), of(a, c).max(of(b, d))),
        };
        let down = |x: I256| -> I256 { x >> FRACTION };
        Self::wide(down(least), -down(-most))
    }
}

impl std::iter::Sum for Fixed {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}
