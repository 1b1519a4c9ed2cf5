//! Integer powers of floats, rounded in a given direction.
//!
//! A power is formed in 128-bit integers: `x^n` lies in
//! `[m, m (1 + 2^-127)^c] 2^e`, where `c` counts truncations. Only the last step
//! rounds to a float, so there is no underflow or overflow on the way, and the
//! result is the tightest bound unless `x^n` is within a relative `n 2^-122` of
//! a float without being one; then it is at most one float wider. Proof:
//! `notes/rounding.md`.

use super::Interval;
use super::rounding::integer_and_exponent;

impl Interval {
    /// `{ x^n }`; negative powers over the part of the set without 0, and `x^0 = 1` for every `x`.
    ///
    /// Tightest for `n` from -1 to 2, and for other `n` unless an end point's power lies
    /// within a relative `n 2^-122` of a float; that bound is then one float wider.
    ///
    /// # Example
    ///
    /// ```
    /// use minlift::interval::Interval;
    ///
    /// let x = Interval::new(-2.0, 4.0)?;
    /// assert_eq!(x.powi(4), Interval::new(0.0, 256.0)?);
    /// assert_eq!(x.powi(-2), Interval::new(0.0625, f64::INFINITY)?);
    /// assert_eq!(x.powi(-3), Interval::ENTIRE);
    /// # Ok::<(), minlift::interval::IntervalError>(())
    /// ```
    #[must_use]
    pub fn powi(self, n: i32) -> Self {
        match n {
            _ if self.is_empty() => Self::EMPTY,
            0 => Self::ONE,
            1 => self,
            2 => self.sqr(),
            -1 => self.recip(),
            _ if n % 2 == 0 => on_positive(self.abs(), n),
            _ if self.lo >= 0.0 => on_positive(self, n),
            _ if self.hi <= 0.0 => -on_positive(-self, n),
            _ if n < 0 => Self::ENTIRE,
            _ => Self {
                lo: -bounds(-self.lo, n).1,
                hi: bounds(self.hi, n).1,
            },
        }
    }
}

/// `{ x^n : x in base }` for a nonempty `base >= 0`, `|n| >= 2`.
fn on_positive(base: Interval, n: i32) -> Interval {
    if n > 0 {
        Interval {
            lo: bounds(base.lo, n).0,
            hi: bounds(base.hi, n).1,
        }
    } else if base.hi == 0.0 {
        Interval::EMPTY
    } else {
        Interval {
            lo: bounds(base.hi, n).0,
            hi: bounds(base.lo, n).1,
        }
    }
}

/// Lower and upper bound of `x^n` for `x >= 0`, `n != 0`; limits at 0 and infinity.
fn bounds(x: f64, n: i32) -> (f64, f64) {
    let Some((m, e)) = integer_and_exponent(x) else {
        return if n > 0 { (x, x) } else { (0.0, 0.0) };
    };
    if m == 0 {
        let limit = if n > 0 { 0.0 } else { f64::INFINITY };
        return (limit, limit);
    }
    let bracket = Truncated::new(m, e).power(n.unsigned_abs()).bracket();
    let bracket = if n > 0 { bracket } else { bracket.recip() };
    (
        float_below(bracket.lo, bracket.e),
        float_above(bracket.hi, bracket.e),
    )
}

/// A number in `[m, m (1 + 2^-127)^cuts] 2^e`, with `m >= 2^127`.
#[derive(Clone, Copy)]
struct Truncated {
    m: u128,
    e: i64,
    cuts: u32,
}

impl Truncated {
    fn new(m: u64, e: i32) -> Self {
        let shift = u128::from(m).leading_zeros();
        Self {
            m: u128::from(m) << shift,
            e: i64::from(e) - i64::from(shift),
            cuts: 0,
        }
    }

    fn times(self, other: Self) -> Self {
        let (high, low) = wide_product(self.m, other.m);
        let e = self.e + other.e + 128;
        // The product of two numbers in [2^127, 2^128) has 255 or 256 bits.
        let (m, rest, e) = if high >> 127 == 1 {
            (high, low, e)
        } else {
            ((high << 1) | (low >> 127), low << 1, e - 1)
        };
        let cuts = self.cuts + other.cuts + u32::from(rest != 0);
        Self { m, e, cuts }
    }

    /// Binary powering from the leading bit; `n >= 1`. At most `n - 1` cuts.
    fn power(self, n: u32) -> Self {
        let mut result = self;
        for bit in (0..n.ilog2()).rev() {
            result = result.times(result);
            if (n >> bit) & 1 == 1 {
                result = result.times(self);
            }
        }
        result
    }

    /// `(1 + 2^-127)^c <= 1 + 2c 2^-127` and `m < 2^128`: the top is below `m + 4c`. Two bits
    /// are given up, so that a long division has room.
    fn bracket(self) -> Bracket {
        let inexact = self.cuts > 0 || self.m & 3 != 0;
        let lo = self.m >> 2;
        Bracket {
            lo,
            hi: lo + u128::from(self.cuts) + u128::from(inexact),
            e: self.e + 2,
        }
    }
}

/// A number in `[lo, hi] 2^e`, strictly inside unless `lo = hi`; `2^125 <= lo <= hi < 2^127`.
struct Bracket {
    lo: u128,
    hi: u128,
    e: i64,
}

impl Bracket {
    /// `2^251 / lo - 2^251 / hi <= 2 (hi - lo)`, so one division serves both ends.
    fn recip(self) -> Self {
        // Long division of 2^251 = 2^125 2^126 by hi, bit by bit.
        let (mut lo, mut remainder) = (0, 1u128 << 125);
        for shift in (0..127).rev() {
            let bit = u128::from(remainder >= self.hi);
            remainder -= self.hi & bit.wrapping_neg(); // no branch: the bits are random
            lo |= bit << shift;
            remainder <<= 1; // below 2 hi < 2^128
        }
        let hi = lo + 2 * (self.hi - self.lo) + u128::from(remainder != 0);
        Self {
            lo,
            hi,
            e: -251 - self.e,
        }
    }
}

/// High and low half of the 256-bit product.
fn wide_product(a: u128, b: u128) -> (u128, u128) {
    const LOW: u128 = u64::MAX as u128;
    let (a1, a0, b1, b0) = (a >> 64, a & LOW, b >> 64, b & LOW);
    let (top, mid, cross, bottom) = (a1 * b1, a1 * b0, a0 * b1, a0 * b0);
    let carry = (bottom >> 64) + (mid & LOW) + (cross & LOW);
    (
        top + (mid >> 64) + (cross >> 64) + (carry >> 64),
        (carry << 64) | (bottom & LOW),
    )
}

/// Bits of the largest float `<= m 2^e`, and whether it is equal; none on overflow. `m >= 2^53`.
fn truncate(m: u128, e: i64) -> Option<(u64, bool)> {
    let length = 128 - i64::from(m.leading_zeros());
    let quantum = (e + length - 53).max(-1074);
    if quantum > 971 {
        return None;
    }
    let significand = u32::try_from(quantum - e)
        .ok()
        .and_then(|shift| m.checked_shr(shift))
        .unwrap_or(0);
    let exact = significand != 0 && significand << (quantum - e) == m;
    // The hidden bit, where there is one, adds 1 to the exponent field.
    let bits = significand as u64 + (((quantum + 1074) as u64) << 52);
    Some((bits, exact))
}

fn float_below(m: u128, e: i64) -> f64 {
    truncate(m, e).map_or(f64::MAX, |(bits, _)| f64::from_bits(bits))
}

fn float_above(m: u128, e: i64) -> f64 {
    truncate(m, e).map_or(f64::INFINITY, |(bits, exact)| {
        f64::from_bits(bits + u64::from(!exact))
    })
}

// No float and exponent are known whose power comes closer to a float than the bracket is wide,
// so the ends of the bracket are compared with the exact power here.
#[cfg(test)]
mod tests {
    use super::*;
    use crate::interval::natural::Natural;

    fn times(n: &Natural, factor: u128) -> Natural {
        n.times_float((factor >> 64) as u64, 64)
            .plus(&n.times_float(factor as u64, 0))
    }

    #[test]
    fn brackets_contain_the_exact_power() {
        let mut one = Natural::zero();
        one.multiply_add(1, 1);
        let mut m: u64 = 0x001a_2b3c_4d5e_6f71;
        for n in 2..40u32 {
            for _ in 0..8 {
                m = (m.wrapping_mul(0x5851_f42d_4c95_7f2d) >> 11) | 1 << 52;
                let exact = (0..n).fold(one.clone(), |power, _| power.times_float(m, 0));
                let bracket = Truncated::new(m, 0).power(n).bracket();
                // m^n has more than 128 bits, so the bracket's unit is not below 1.
                let shift = |e: i64| u32::try_from(e).expect("a small exponent");
                let (lo, hi) = (times(&one, bracket.lo), times(&one, bracket.hi));
                let e = shift(bracket.e.max(0));
                let down = shift((-bracket.e).max(0));
                assert!(lo.shifted(e) <= exact.shifted(down), "{m}^{n}");
                assert!(exact.shifted(down) <= hi.shifted(e), "{m}^{n}");
                assert!(bracket.hi - bracket.lo <= u128::from(n), "{m}^{n}");
                let inverse = bracket.recip();
                let unit = one.shifted(shift(-inverse.e));
                assert!(times(&exact, inverse.lo) <= unit, "1/{m}^{n}");
                assert!(times(&exact, inverse.hi) >= unit, "1/{m}^{n}");
                assert!(
                    inverse.hi - inverse.lo <= 2 * u128::from(n) + 1,
                    "1/{m}^{n}"
                );
            }
        }
    }
}
