//! Directed rounding without touching the processor's rounding mode.
//!
//! Each function returns the largest float below (`_down`) or the smallest
//! float above (`_up`) the exact real result, also where that result, or its
//! rounding error, underflows or overflows. How: compute the nearest float,
//! find the *sign* of its error exactly, and step to the neighbour if the error
//! points that way. For sums the sign comes from Dekker's Fast2Sum; for
//! products, quotients and roots from the integer significands, where no
//! underflow exists. Proofs: `notes/rounding.md`.

use std::cmp::Ordering;

/// The next float below `x` if `below`, else `x`; without a branch.
///
/// Floats of one sign are ordered like their bit patterns. Valid for every `x`
/// that is the nearest float to a real number: `+0` never has to go down nor
/// `-0` up, because a rounded zero keeps the sign of the exact result.
#[inline(always)]
fn step_down(x: f64, below: bool) -> f64 {
    let bits = x.to_bits() as i64;
    let towards_zero = (bits >> 63) | 1; // 1 for a positive x, -1 for a negative one
    f64::from_bits((bits - (towards_zero & -i64::from(below))) as u64)
}

/// The next float above `x` if `above`, else `x`.
#[inline(always)]
fn step_up(x: f64, above: bool) -> f64 {
    let bits = x.to_bits() as i64;
    let away_from_zero = (bits >> 63) | 1;
    f64::from_bits((bits + (away_from_zero & -i64::from(above))) as u64)
}

/// `a + b - s` for `s = fl(a + b)`: exact; `-s` where finite operands overflow;
/// NaN (which asks for no step) where an operand is infinite.
#[inline(always)]
fn sum_error(a: f64, b: f64, s: f64) -> f64 {
    let (large, small) = if a.abs() >= b.abs() { (a, b) } else { (b, a) };
    small - (s - large)
}

const FRACTION: u64 = (1 << 52) - 1;
const HIDDEN: u64 = 1 << 52;

/// Biased exponent; 0 for zeros and subnormals, 2047 for infinities and NaN.
#[inline(always)]
fn exponent(bits: u64) -> u64 {
    (bits >> 52) & 0x7ff
}

#[inline(always)]
fn is_normal(exponent: u64) -> bool {
    exponent.wrapping_sub(1) < 2046
}

/// Significand of a normal float, as an integer in `[2^52, 2^53)`.
#[inline(always)]
fn significand(bits: u64) -> u64 {
    (bits & FRACTION) | HIDDEN
}

/// `magnitude` with the sign of the float whose bits are given.
#[inline(always)]
fn with_sign_of(bits: u64, magnitude: i64) -> i64 {
    let mask = (bits as i64) >> 63;
    (magnitude ^ mask) - mask
}

/// `p` and an integer with the sign of `a b - p`, where `p = fl(a b)`.
///
/// `|a b| - |p|` is, in units of the last place of the exact product,
/// `A B - P 2^k` with integer significands; it is below `2^53`, so its low 64 bits say all.
#[inline(always)]
fn product(a: f64, b: f64) -> (f64, i64) {
    let p = a * b;
    let (x, y, z) = (a.to_bits(), b.to_bits(), p.to_bits());
    let (ex, ey, ez) = (exponent(x), exponent(y), exponent(z));
    // A finite p leaves no infinite operand.
    if (ex != 0) & (ey != 0) & is_normal(ez) {
        let k = (ez + 1075).wrapping_sub(ex + ey); // 52 or 53
        let ab = significand(x).wrapping_mul(significand(y));
        let residual = ab.wrapping_sub(significand(z) << (k & 63)) as i64;
        (p, with_sign_of(z, residual))
    } else {
        product_extreme(a, b, p)
    }
}

/// The same with a zero, a subnormal or an overflow somewhere; `0 * inf` is 0.
#[cold]
fn product_extreme(a: f64, b: f64, p: f64) -> (f64, i64) {
    if a == 0.0 || b == 0.0 {
        return (0.0, 0);
    }
    let (Some((m, e)), Some((n, f))) = (integer_and_exponent(a), integer_and_exponent(b)) else {
        return (p, 0); // an infinite bound stays
    };
    let side = match integer_and_exponent(p) {
        Some((r, g)) => compare(u128::from(m) * u128::from(n), e + f, r.into(), g),
        None => Ordering::Less, // overflow: every real number is below infinity
    };
    (p, with_sign_of(p.to_bits(), side as i64))
}

/// `q` and an integer with the sign of `a / b - q`, where `q = fl(a / b)`.
///
/// `|a| - |q b|` is `A 2^k - Q B` in units of the last place of `q b`, below `2^53` in size.
#[inline(always)]
fn quotient(a: f64, b: f64) -> (f64, i64) {
    let q = a / b;
    let (x, y, z) = (a.to_bits(), b.to_bits(), q.to_bits());
    let (ex, ey, ez) = (exponent(x), exponent(y), exponent(z));
    // A normal q leaves no infinite operand.
    if (ex != 0) & (ey != 0) & is_normal(ez) {
        let k = (ex + 1075).wrapping_sub(ey + ez); // 52 or 53
        let qb = significand(z).wrapping_mul(significand(y));
        let residual = (significand(x) << (k & 63)).wrapping_sub(qb) as i64;
        (q, with_sign_of(z, residual))
    } else {
        quotient_extreme(a, b, q)
    }
}

#[cold]
fn quotient_extreme(a: f64, b: f64, q: f64) -> (f64, i64) {
    let (Some((m, e)), Some((n, f))) = (integer_and_exponent(a), integer_and_exponent(b)) else {
        return (q, 0); // the limit itself: 0 for a / inf, infinite for inf / b
    };
    if m == 0 || n == 0 {
        return (q, 0); // 0, or the limit at b = 0
    }
    let side = match integer_and_exponent(q) {
        Some((r, g)) => compare(m.into(), e, u128::from(r) * u128::from(n), f + g),
        None => Ordering::Less,
    };
    (q, with_sign_of(q.to_bits(), side as i64))
}

/// `s` and an integer with the sign of `sqrt(x) - s`, where `s = fl(sqrt x)`, `x >= 0`.
#[inline(always)]
fn root(x: f64) -> (f64, i64) {
    let s = x.sqrt();
    let side = match (integer_and_exponent(x), integer_and_exponent(s)) {
        (Some((m, e)), Some((n, f))) => {
            compare(m.into(), e, u128::from(n) * u128::from(n), 2 * f) as i64
        }
        _ => 0,
    };
    (s, side)
}

/// `|x| = m 2^e` with `m < 2^53`; none for infinities and NaN.
#[inline]
pub(super) fn integer_and_exponent(x: f64) -> Option<(u64, i32)> {
    let bits = x.to_bits();
    match exponent(bits) {
        2047 => None,
        0 => Some((bits & FRACTION, -1074)),
        biased => Some((significand(bits), biased as i32 - 1075)),
    }
}

/// `x 2^e` against `y 2^f`, exactly.
#[inline]
fn compare(x: u128, e: i32, y: u128, f: i32) -> Ordering {
    // Whatever does not fit after its shift is larger than any u128.
    if e >= f {
        match shifted(x, (e - f) as u32) {
            Some(x) => x.cmp(&y),
            None => Ordering::Greater,
        }
    } else {
        match shifted(y, (f - e) as u32) {
            Some(y) => x.cmp(&y),
            None => Ordering::Less,
        }
    }
}

#[inline]
fn shifted(x: u128, by: u32) -> Option<u128> {
    if x == 0 {
        Some(0)
    } else if by <= x.leading_zeros() {
        Some(x << by)
    } else {
        None
    }
}

macro_rules! directed {
    ($(#[$meta:meta])* $down:ident, $up:ident, ($($x:ident),+), $nearest_and_error:expr, $zero:literal) => {
        $(#[$meta])*
        /// Rounded towards `-inf`.
        #[inline(always)]
        #[must_use]
        pub fn $down($($x: f64),+) -> f64 {
            let (value, error) = $nearest_and_error;
            step_down(value, error < $zero)
        }
        $(#[$meta])*
        /// Rounded towards `+inf`.
        #[inline(always)]
        #[must_use]
        pub fn $up($($x: f64),+) -> f64 {
            let (value, error) = $nearest_and_error;
            step_up(value, error > $zero)
        }
    };
}

directed!(/// `a + b`.
    add_down, add_up, (a, b), { let s = a + b; (s, sum_error(a, b, s)) }, 0.0);
directed!(/// `a - b`.
    sub_down, sub_up, (a, b), { let s = a - b; (s, sum_error(a, -b, s)) }, 0.0);
directed!(/// `a b`; zero times infinity counts as 0, as interval products need.
    mul_down, mul_up, (a, b), product(a, b), 0);
directed!(/// `a / b`; a quotient by zero or infinity is the limit.
    div_down, div_up, (a, b), quotient(a, b), 0);
directed!(/// The square root of `x >= 0`.
    sqrt_down, sqrt_up, (x), root(x), 0);
