//! The logistic sigmoid and its derivatives, without cancellation.
//!
//! With `s = σ(z)`, `t = σ(-z)`, `y = s t` and `e = t - s` one has `y' = y e`,
//! `e' = -2y` and `e² = 1 - 4y`. Hence, with integer polynomials,
//!
//! ```text
//! σ^(n) = y A_n(y)      n odd,      A_1 = 1,    A_(n+1) = -2y B_n + (1 - 4y)(B_n + y B_n')
//! σ^(n) = e y B_n(y)    n even,                 B_(n+1) = A_n + y A_n'
//! ```
//!
//! `y` lies in `[0, 1/4]` and is computed as a product, so that tails keep
//! their relative accuracy (`notes/gaussian.md`).

use std::sync::OnceLock;

use crate::interval::Interval;
use crate::scalar::{Lanes, Scalar};

/// The highest derivative whose polynomial is tabulated exactly.
pub const MAX_DERIVATIVE: usize = 32;

/// Coefficients a polynomial can have: degree in `y` is at most `(n - 1)/2`.
const TERMS: usize = MAX_DERIVATIVE / 2;

/// `σ(z)`, `y = σ(z) σ(-z)` and `e = σ(-z) - σ(z)`.
#[derive(Clone, Copy, Debug)]
pub struct Logistic<T> {
    /// `σ(z)`.
    pub s: T,
    /// `σ'(z) = σ(z) σ(-z)`.
    pub y: T,
    /// `σ(-z) - σ(z) = -tanh(z/2)`.
    pub e: T,
}

/// Number types the logistic function and its derivatives are written for.
pub trait LogisticScalar: Scalar {
    /// The three parts of the sigmoid at `z`.
    fn logistic(self) -> Logistic<Self>;
    /// Coefficient of `y^k` in `A_n` or `B_n`.
    fn coefficient(n: usize, k: usize) -> Self;
}

/// `σ^(n)(z)` for `n = 0, 1, ...` into `out`, at most `MAX_DERIVATIVE + 1` of them.
///
/// Over [`Interval`] each entry encloses the derivative at every point of `z`.
#[inline]
pub fn derivatives_into<T: LogisticScalar>(z: T, out: &mut [T]) {
    assert!(
        out.len() <= MAX_DERIVATIVE + 1,
        "derivative beyond the table"
    );
    let Logistic { s, y, e } = z.logistic();
    let ey = e * y;
    for (n, slot) in out.iter_mut().enumerate() {
        *slot = match n {
            0 => s,
            _ if n % 2 == 1 => y * polynomial(n, y),
            _ => ey * polynomial(n, y),
        };
    }
}

#[inline]
fn polynomial<T: LogisticScalar>(n: usize, y: T) -> T {
    let degree = (n - 1) / 2;
    let mut value = T::coefficient(n, degree);
    for k in (0..degree).rev() {
        value = value * y + T::coefficient(n, k);
    }
    value
}

impl LogisticScalar for f64 {
    /// Relative errors, `u = 2^-53`: `s` at most `4u`, `y` at most `9u`; `e` to
    /// within `6u` absolutely (`notes/gaussian.md`).
    #[inline(always)]
    fn logistic(self) -> Logistic<Self> {
        let small = core_math::exp(-self.abs());
        let near = 1.0 / (1.0 + small);
        let far = small * near;
        let (s, t) = if self >= 0.0 {
            (near, far)
        } else {
            (far, near)
        };
        Logistic {
            s,
            y: s * t,
            e: t - s,
        }
    }
    #[inline(always)]
    fn coefficient(n: usize, k: usize) -> Self {
        FLOATS[n][k]
    }
}

impl LogisticScalar for Lanes {
    #[inline(always)]
    fn logistic(self) -> Logistic<Self> {
        let parts = self.0.map(f64::logistic);
        Logistic {
            s: Self(parts.map(|l| l.s)),
            y: Self(parts.map(|l| l.y)),
            e: Self(parts.map(|l| l.e)),
        }
    }
    #[inline(always)]
    fn coefficient(n: usize, k: usize) -> Self {
        Self::from_f64(FLOATS[n][k])
    }
}

impl LogisticScalar for Interval {
    /// `e` is a difference of monotone functions of opposite direction, hence
    /// sharp; `y` is the better of `s t` and `(1 - e²)/4`.
    #[inline]
    fn logistic(self) -> Logistic<Self> {
        let (s, t) = (self.sigmoid(), (-self).sigmoid());
        let e = t - s;
        let product = s * t;
        let y = if self.is_point() {
            product
        } else {
            product.intersection((Self::ONE - e.sqr()) * Self::point(0.25))
        };
        Logistic { s, y, e }
    }
    #[inline]
    fn coefficient(n: usize, k: usize) -> Self {
        static TABLE: OnceLock<Vec<[Interval; TERMS]>> = OnceLock::new();
        TABLE.get_or_init(|| EXACT.iter().map(|row| row.map(enclose_integer)).collect())[n][k]
    }
}

fn enclose_integer(c: i128) -> Interval {
    let nearest = c as f64;
    if nearest as i128 == c {
        Interval::point(nearest)
    } else {
        Interval::point(nearest)
            .hull(Interval::point(nearest.next_down()))
            .hull(Interval::point(nearest.next_up()))
    }
}

/// `A_n` (odd `n`) and `B_n` (even `n`), lowest power first; row 0 is unused.
const EXACT: [[i128; TERMS]; MAX_DERIVATIVE + 1] = exact_table();
static FLOATS: [[f64; TERMS]; MAX_DERIVATIVE + 1] = float_table();

const fn exact_table() -> [[i128; TERMS]; MAX_DERIVATIVE + 1] {
    let mut table = [[0i128; TERMS]; MAX_DERIVATIVE + 1];
    table[1][0] = 1;
    let mut n = 1;
    while n < MAX_DERIVATIVE {
        let mut k = 0;
        while k < TERMS {
            // (P + y P')_k = (k + 1) P_k
            let own = (k as i128 + 1) * table[n][k];
            if n % 2 == 1 {
                table[n + 1][k] += own;
            } else {
                table[n + 1][k] += own;
                if k + 1 < TERMS {
                    table[n + 1][k + 1] += -4 * own - 2 * table[n][k];
                }
            }
            k += 1;
        }
        n += 1;
    }
    table
}

const fn float_table() -> [[f64; TERMS]; MAX_DERIVATIVE + 1] {
    let mut table = [[0.0; TERMS]; MAX_DERIVATIVE + 1];
    let mut n = 0;
    while n <= MAX_DERIVATIVE {
        let mut k = 0;
        while k < TERMS {
            table[n][k] = EXACT[n][k] as f64;
            k += 1;
        }
        n += 1;
    }
    table
}

/// `Σ_k |c_k| 4^-k` and `Σ_k k |c_k| 4^-k` over the coefficients of the `n`-th
/// polynomial, to within a relative `1e-13`: they bound the polynomial, its
/// relative input error and its rounding error on `0 <= y <= 1/4`.
pub(crate) fn absolute_sums(n: usize) -> (f64, f64) {
    let (mut sum, mut weighted, mut power) = (0.0, 0.0, 1.0);
    for (k, c) in FLOATS[n].iter().enumerate() {
        sum += c.abs() * power;
        weighted += k as f64 * c.abs() * power;
        power *= 0.25;
    }
    (sum, weighted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polynomials_of_the_first_six_derivatives() {
        // σ''' = y(1 - 6y), σ⁗ = e y(1 - 12y), σ⁽⁵⁾ = y(1 - 30y + 120y²), σ⁽⁶⁾ = e y(1 - 60y + 360y²)
        assert_eq!(EXACT[2][..2], [1, 0]);
        assert_eq!(EXACT[3][..3], [1, -6, 0]);
        assert_eq!(EXACT[4][..3], [1, -12, 0]);
        assert_eq!(EXACT[5][..4], [1, -30, 120, 0]);
        assert_eq!(EXACT[6][..4], [1, -60, 360, 0]);
    }
}
