//! Matrix products: midpoints and radii in plain floats, one a-priori error bound.
//!
//! With `A` in `a ± r` and `B` in `b ± s` entrywise, `S = fl(a b)`,
//! `T = fl(|a| |b|)`, `U = fl(|a| s + r (|b| + s))` and inner dimension `n`,
//!
//! ```text
//! |A B - S| <= (1 + 2g) (g T + U) + (4n + 4) 2^-1074,   g = gamma_(n+4)
//! ```
//!
//! in any order of summation, fused or not. Proof: `notes/linear_algebra.md`,
//! lemma 1. (Midpoint-radius products: Rump, BIT 39 (1999), 534-554.)

use nalgebra::{DMatrix, DVector};

use crate::interval::Interval;
use crate::interval::rounding::{add_up, div_up, mul_up, sub_down};

/// Up to this inner dimension a chain of tightest operations is as fast, and sharper.
const CHAIN: usize = 4;

/// The matrix whose only member is `a`. An entry that is no real number becomes the whole line.
#[must_use]
pub fn point_matrix(a: &DMatrix<f64>) -> DMatrix<Interval> {
    a.map(Interval::point)
}

/// Encloses `{ A B }`.
///
/// # Panics
///
/// If the inner dimensions differ.
#[must_use]
pub fn product(a: &DMatrix<Interval>, b: &DMatrix<Interval>) -> DMatrix<Interval> {
    assert_eq!(a.ncols(), b.nrows(), "inner dimensions differ");
    let bounded = |m: &DMatrix<Interval>| m.iter().all(|x| x.is_bounded());
    if a.ncols() <= CHAIN || !bounded(a) || !bounded(b) {
        chain(a, b)
    } else {
        kernel(a, b)
    }
}

/// Encloses `{ A x }`.
///
/// # Panics
///
/// If the dimensions differ.
#[must_use]
pub fn apply(a: &DMatrix<Interval>, x: &DVector<Interval>) -> DVector<Interval> {
    assert_eq!(a.ncols(), x.len(), "dimensions differ");
    DVector::from_fn(a.nrows(), |i, _| {
        (0..a.ncols()).fold(Interval::ZERO, |sum, j| sum + a[(i, j)] * x[j])
    })
}

fn chain(a: &DMatrix<Interval>, b: &DMatrix<Interval>) -> DMatrix<Interval> {
    DMatrix::from_fn(a.nrows(), b.ncols(), |i, j| {
        (0..a.ncols()).fold(Interval::ZERO, |sum, k| sum + a[(i, k)] * b[(k, j)])
    })
}

fn kernel(a: &DMatrix<Interval>, b: &DMatrix<Interval>) -> DMatrix<Interval> {
    let (rows, inner, columns) = (a.nrows(), a.ncols(), b.ncols());
    let (a_mid, a_rad) = (a.map(Interval::mid), a.map(Interval::rad));
    let (b_mid, b_rad) = (b.map(Interval::mid), b.map(Interval::rad));
    let (a_abs, g) = (a_mid.abs(), gamma_upper(inner + 4));
    // (4n + 4) 2^-1074 is exact: a small integer times the smallest float.
    let underflow = (4 * inner + 4) as f64 * f64::from_bits(1);
    let mut result = DMatrix::from_element(rows, columns, Interval::ZERO);
    let (mut s, mut t, mut u) = (vec![0.0; rows], vec![0.0; rows], vec![0.0; rows]);
    for j in 0..columns {
        s.fill(0.0);
        t.fill(0.0);
        u.fill(0.0);
        for k in 0..inner {
            let (mid, rad) = (b_mid[(k, j)], b_rad[(k, j)]);
            let (abs, reach) = (mid.abs(), mid.abs() + rad);
            let (am, aa, ar) = (a_mid.column(k), a_abs.column(k), a_rad.column(k));
            for i in 0..rows {
                s[i] += am[i] * mid;
                t[i] += aa[i] * abs;
                u[i] += aa[i] * rad + ar[i] * reach;
            }
        }
        for i in 0..rows {
            let sum = add_up(mul_up(g, t[i]), u[i]);
            let error = add_up(mul_up(add_up(1.0, 2.0 * g), sum), underflow);
            result[(i, j)] = Interval::from_bounds(sub_down(s[i], error), add_up(s[i], error));
        }
    }
    result
}

/// `gamma_n = n u / (1 - n u)`, `u = 2^-53`, rounded up.
fn gamma_upper(n: usize) -> f64 {
    let nu = n as f64 * (f64::EPSILON / 2.0); // exact
    div_up(nu, sub_down(1.0, nu))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Entries `k 2^e` with small integers, so that `i128` gives the exact product.
    #[test]
    fn kernel_contains_the_exact_product_with_a_small_width() {
        let n = 9;
        let mut state = 7u64;
        let mut next = |bits: u32| {
            state = state
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            ((state >> 11) as i64) >> (53 - bits)
        };
        let a: Vec<i64> = (0..n * n).map(|_| next(52) - (1 << 51)).collect();
        let b: Vec<i64> = (0..n * n).map(|_| next(52) - (1 << 51)).collect();
        let matrix =
            |v: &[i64]| DMatrix::from_fn(n, n, |i, j| Interval::point(v[i * n + j] as f64));
        let enclosed = kernel(&matrix(&a), &matrix(&b));
        for i in 0..n {
            for j in 0..n {
                let exact: i128 = (0..n)
                    .map(|k| i128::from(a[i * n + k]) * i128::from(b[k * n + j]))
                    .sum();
                let magnitude: i128 = (0..n)
                    .map(|k| (i128::from(a[i * n + k]) * i128::from(b[k * n + j])).abs())
                    .sum();
                let entry = enclosed[(i, j)];
                // The end points are integers here: compare them exactly.
                assert!(entry.inf() as i128 <= exact && exact <= entry.sup() as i128);
                assert!(entry.width() <= 4.0 * 13.0 * f64::EPSILON * magnitude as f64);
            }
        }
    }

    #[test]
    fn kernel_contains_every_vertex_product_and_is_near_the_chain() {
        let a = DMatrix::from_fn(6, 6, |i, j| {
            let c = (i * 7 + j * 3) as f64 / 5.0 - 4.0;
            Interval::ball(c, 0.01 * (1 + i + j) as f64)
        });
        let (fast, sharp) = (kernel(&a, &a), chain(&a, &a));
        for (f, s) in fast.iter().zip(&sharp) {
            // The chain is the tightest up to rounding; the kernel costs at most half as much again.
            assert!(Interval::ball(s.mid(), s.rad() * (1.0 - 1e-12)).subset_of(*f));
            assert!(f.width() <= 1.5 * s.width());
        }
    }

    #[test]
    fn products_of_subnormals_stay_enclosed() {
        let tiny = DMatrix::from_element(5, 5, Interval::point(1e-170));
        let entry = kernel(&tiny, &tiny)[(0, 0)];
        assert!(entry.sup() > 0.0 && entry.inf() < 5e-323);
        let huge = DMatrix::from_element(5, 5, Interval::point(1e200));
        assert_eq!(kernel(&huge, &huge)[(0, 0)], Interval::ENTIRE);
    }
}
