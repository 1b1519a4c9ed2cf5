//! Directed rounding from error-free transformations.
//!
//! Each function returns the largest float below (`_down`) or the smallest
//! float above (`_up`) the exact real result, also where that result or its
//! rounding error underflows or overflows. How: compute the nearest float and
//! the exact sign of its error, then step to the neighbour if the error points
//! that way. Proofs: `notes/rounding.md`.

/// Below this magnitude a product's or quotient's rounding error may not be representable.
const TINY: f64 = f64::from_bits((1023 - 960) << 52); // 2^-960
/// Above this magnitude intermediate steps of the two-sum may overflow.
const HUGE: f64 = f64::from_bits((1023 + 1020) << 52); // 2^1020

/// The next float below `x` if `below`, else `x`. No branch on data.
#[inline(always)]
fn step_down(x: f64, below: bool) -> f64 {
    let y = x.next_down();
    if below { y } else { x }
}

#[inline(always)]
fn step_up(x: f64, above: bool) -> f64 {
    let y = x.next_up();
    if above { y } else { x }
}

/// Rounding error of `s = fl(a + b)`; exact for finite `s` below [`HUGE`] (Knuth).
#[inline(always)]
fn sum_error(a: f64, b: f64, s: f64) -> f64 {
    if s.abs() < HUGE {
        let t = s - a;
        (a - (s - t)) + (b - t)
    } else {
        sum_error_huge(a, b, s)
    }
}

#[cold]
fn sum_error_huge(a: f64, b: f64, s: f64) -> f64 {
    if s.is_infinite() {
        // Finite operands: the exact sum lies on the near side of infinity.
        if a.is_finite() && b.is_finite() {
            -s
        } else {
            0.0
        }
    } else {
        // Dekker: exact with the larger operand first, and free of overflow.
        let (a, b) = if a.abs() >= b.abs() { (a, b) } else { (b, a) };
        b - (s - a)
    }
}

/// A float with the sign of `a b - p`, where `p = fl(a b)`.
#[inline(always)]
fn product_error(a: f64, b: f64, p: f64) -> f64 {
    if p.abs() >= TINY && p.abs() < f64::INFINITY {
        a.mul_add(b, -p)
    } else {
        product_error_extreme(a, b, p)
    }
}

#[cold]
fn product_error_extreme(a: f64, b: f64, p: f64) -> f64 {
    if p.is_infinite() {
        return if a.is_finite() && b.is_finite() {
            -p
        } else {
            0.0
        };
    }
    if a == 0.0 || b == 0.0 {
        return 0.0;
    }
    // |a b| < 2^-959 and |a|, |b| >= 2^-1074, so both scaled factors are below 2^715,
    // their product lies in [2^-948, 2^241] and its error is a multiple of 2^-948.
    let scale = f64::from_bits((1023 + 600) << 52);
    let (sa, sb) = (a * scale, b * scale);
    let sp = sa * sb;
    let error = sa.mul_add(sb, -sp);
    // p is the nearest float to the product, hence sp - p 2^1200 is exact (Sterbenz, or p = 0).
    (sp - p * scale * scale) + error
}

/// A float with the sign of `a / b - q`, where `q = fl(a / b)`, `b != 0`.
#[inline(always)]
fn quotient_error(a: f64, b: f64, q: f64) -> f64 {
    if q.abs() >= TINY && q.abs() < HUGE && a.abs() >= TINY {
        let r = (-q).mul_add(b, a);
        if b > 0.0 { r } else { -r }
    } else {
        quotient_error_extreme(a, b, q)
    }
}

#[cold]
fn quotient_error_extreme(a: f64, b: f64, q: f64) -> f64 {
    if a == 0.0 || !a.is_finite() {
        return 0.0;
    }
    if b.is_infinite() {
        // q = 0; the exact value for finite operands tends to 0 from the side of its sign.
        return 0.0;
    }
    if q.is_infinite() {
        return -q;
    }
    // Scale both to [1, 2); q' = q 2^(eb - ea) is exact and at most about 2.
    let (fa, ea) = split_exponent(a);
    let (fb, eb) = split_exponent(b);
    let scaled_q = scale_exact(q, eb - ea);
    let r = (-scaled_q).mul_add(fb, fa);
    if fb > 0.0 { r } else { -r }
}

/// `x = f 2^e` with `1 <= |f| < 2`, for finite nonzero `x`.
fn split_exponent(x: f64) -> (f64, i32) {
    let two54 = f64::from_bits((1023 + 54) << 52);
    let (y, shift) = if x.abs() < f64::MIN_POSITIVE {
        (x * two54, -54)
    } else {
        (x, 0)
    };
    let bits = y.to_bits();
    let e = ((bits >> 52) & 0x7ff) as i32 - 1023;
    let f = f64::from_bits((bits & !(0x7ff << 52)) | (1023 << 52));
    (f, e + shift)
}

/// `x 2^e`, exact whenever the result is a normal float.
fn scale_exact(mut x: f64, mut e: i32) -> f64 {
    while e > 1000 {
        x *= f64::from_bits((1023 + 1000) << 52);
        e -= 1000;
    }
    while e < -1000 {
        x *= f64::from_bits((1023 - 1000) << 52);
        e += 1000;
    }
    x * f64::from_bits(((1023 + e) as u64) << 52)
}

/// A float with the sign of `sqrt(x) - s`, where `s = fl(sqrt x)`, `x >= 0`.
#[inline(always)]
fn root_error(x: f64, s: f64) -> f64 {
    if x >= TINY && x < f64::INFINITY {
        (-s).mul_add(s, x)
    } else if x == 0.0 || x == f64::INFINITY {
        0.0
    } else {
        // s^2 - x is a multiple of 2^-1150 or so: scale it into range.
        let (up, up2) = (
            f64::from_bits((1023 + 300) << 52),
            f64::from_bits((1023 + 600) << 52),
        );
        let t = s * up;
        (-t).mul_add(t, x * up2)
    }
}

macro_rules! directed {
    ($(#[$meta:meta])* $down:ident, $up:ident, ($($x:ident),+), $value:expr, $error:expr) => {
        $(#[$meta])*
        /// Rounded towards `-inf`.
        #[inline(always)]
        #[must_use]
        pub fn $down($($x: f64),+) -> f64 {
            let v = $value;
            step_down(v, $error(v) < 0.0)
        }
        $(#[$meta])*
        /// Rounded towards `+inf`.
        #[inline(always)]
        #[must_use]
        pub fn $up($($x: f64),+) -> f64 {
            let v = $value;
            step_up(v, $error(v) > 0.0)
        }
    };
}

directed!(/// `a + b`.
    add_down, add_up, (a, b), a + b, |s| sum_error(a, b, s));
directed!(/// `a - b`.
    sub_down, sub_up, (a, b), a - b, |s| sum_error(a, -b, s));
directed!(/// `a b`; zero times infinity counts as 0, as interval products need.
    mul_down, mul_up, (a, b), zero_absorbs(a, b), |p| product_error(a, b, p));
directed!(/// `a / b`, `b != 0`.
    div_down, div_up, (a, b), a / b, |q| quotient_error(a, b, q));
directed!(/// The square root of `x >= 0`.
    sqrt_down, sqrt_up, (x), x.sqrt(), |s| root_error(x, s));

#[inline(always)]
fn zero_absorbs(a: f64, b: f64) -> f64 {
    let p = a * b;
    if p.is_nan() { 0.0 } else { p }
}
