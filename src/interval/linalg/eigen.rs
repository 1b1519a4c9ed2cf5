//! Enclosures of all eigenvalues of a symmetric matrix, and of singular values.
//!
//! A float eigenbasis `Q` of the midpoint gives `B = Q^T A Q`, nearly diagonal,
//! and `|Q^T Q - I| <= delta < 1`. With `d` the diagonal of `B` and `r_i` its off-diagonal row
//! sums, the order statistics of `d_i - r_i` and `d_i + r_i` bound the
//! eigenvalues of `B` one by one, and Ostrowski's theorem turns them into those
//! of `A` up to factors in `[1 - delta, 1 + delta]`. Nothing is assumed of `Q`.
//! Proofs: `notes/linear_algebra.md`, lemmas 3 to 5.

use nalgebra::{DMatrix, SymmetricEigen};

use super::inverse::weighted;
use super::norms::{frobenius_norm, infinity_norm_upper};
use super::product::{point_matrix, product};
use super::{LinalgError, all_bounded, midpoint, symmetric_part};
use crate::interval::Interval;
use crate::interval::rounding::{add_up, sub_down, sub_up};

/// Limit of QR sweeps per eigenvalue for the float guess.
const SWEEPS: usize = 64;

/// Encloses the eigenvalues of every symmetric member of `a`, ascending:
/// the `k`-th smallest eigenvalue of each of them lies in the `k`-th interval.
///
/// Nearly multiple eigenvalues have overlapping enclosures. For 2 x 2 matrices
/// the closed form is used, which is the exact range up to rounding.
///
/// # Errors
///
/// Not square, entries empty or unbounded, or no symmetric member.
///
/// # Example
///
/// ```
/// use minlift::interval::{Interval, linalg};
/// use nalgebra::DMatrix;
///
/// let a = DMatrix::from_row_slice(2, 2, &[2.0, 1.0, 1.0, 2.0]).map(Interval::point);
/// let values = linalg::symmetric_eigenvalues(&a)?;
/// assert!(values[0].contains(1.0) && values[1].contains(3.0));
/// # Ok::<(), linalg::LinalgError>(())
/// ```
pub fn symmetric_eigenvalues(a: &DMatrix<Interval>) -> Result<Vec<Interval>, LinalgError> {
    let s = symmetric_part(a)?;
    Ok(match s.nrows() {
        0 => Vec::new(),
        1 => vec![s[(0, 0)]],
        2 => two_by_two(s[(0, 0)], s[(1, 0)], s[(1, 1)]).to_vec(),
        _ => several(&s),
    })
}

/// Encloses the singular values of every member of `a`, **descending**, `min(rows, columns)` of them.
///
/// They are the largest eigenvalues of `[0 A; A^T 0]`, whose spectrum is
/// `± sigma_k` and zeros; no square is formed, so small ones keep their digits.
///
/// # Errors
///
/// An entry is empty or unbounded.
pub fn singular_values(a: &DMatrix<Interval>) -> Result<Vec<Interval>, LinalgError> {
    all_bounded(a)?;
    let (m, n) = a.shape();
    let augmented = DMatrix::from_fn(m + n, m + n, |i, j| match (i < m, j < m) {
        (true, false) => a[(i, j - m)],
        (false, true) => a[(j, i - m)],
        _ => Interval::ZERO,
    });
    let values = symmetric_eigenvalues(&augmented)?;
    Ok(values
        .into_iter()
        .rev()
        .take(m.min(n))
        .map(|x| x.max(Interval::ZERO))
        .collect())
}

/// The exact ranges for `[a b; b c]`: both eigenvalues grow with `a` and `c`,
/// and with `|b|` the larger one grows and the smaller one falls.
pub(super) fn two_by_two(a: Interval, b: Interval, c: Interval) -> [Interval; 2] {
    let half = Interval::point(0.5);
    let pair = |a: f64, b: f64, c: f64| {
        let (a, b, c) = (Interval::point(a), Interval::point(b), Interval::point(c));
        let mean = half * (a + c);
        let root = ((half * (a - c)).sqr() + b.sqr()).sqrt();
        (mean - root, mean + root)
    };
    let (smaller_low, _) = pair(a.inf(), b.mag(), c.inf());
    let (smaller_high, _) = pair(a.sup(), b.mig(), c.sup());
    let (_, larger_low) = pair(a.inf(), b.mig(), c.inf());
    let (_, larger_high) = pair(a.sup(), b.mag(), c.sup());
    [
        Interval::from_bounds(smaller_low.inf(), smaller_high.sup()),
        Interval::from_bounds(larger_low.inf(), larger_high.sup()),
    ]
}

/// In the eigenbasis of the midpoint, and by Weyl's theorem from the midpoint's own
/// eigenvalues; the second is sharper for wide matrices.
fn several(s: &DMatrix<Interval>) -> Vec<Interval> {
    let direct = in_eigenbasis(s);
    if s.iter().all(|x| x.is_point()) {
        return direct;
    }
    // The spectral norm of a nonnegative symmetric matrix is at most its weighted row sum norm.
    let radii = s.map(|x| Interval::point(x.rad()));
    let shift = Interval::symmetric(weighted(&radii));
    let of_mid = in_eigenbasis(&s.map(|x| Interval::point(x.mid())));
    let both = |(a, b): (&Interval, Interval)| {
        let meet = a.intersection(b + shift);
        if meet.is_empty() { *a } else { meet }
    };
    direct.iter().zip(of_mid).map(both).collect()
}

fn in_eigenbasis(s: &DMatrix<Interval>) -> Vec<Interval> {
    SymmetricEigen::try_new(midpoint(s), f64::EPSILON, SWEEPS * s.nrows())
        .and_then(|guess| in_basis(s, &guess.eigenvectors))
        .unwrap_or_else(|| order_statistics(s))
}

/// The eigenvalues by way of `Q^T A Q`; `None` if `Q` is too far from orthogonal.
fn in_basis(s: &DMatrix<Interval>, q: &DMatrix<f64>) -> Option<Vec<Interval>> {
    let q = point_matrix(q);
    let mut gram = product(&q.transpose(), &q);
    for i in 0..gram.nrows() {
        gram[(i, i)] -= Interval::ONE;
    }
    // The matrix is symmetric: its spectral norm is at most this row sum norm.
    let delta = infinity_norm_upper(&gram);
    if delta >= 0.5 || delta.is_nan() {
        return None;
    }
    let b = product(&product(&q.transpose(), s), &q);
    let factor = Interval::from_bounds(sub_down(1.0, delta), add_up(1.0, delta));
    let scaled = order_statistics(&b).into_iter().map(|x| x / factor);
    Some(scaled.collect())
}

/// The eigenvalues of the symmetric members of `b`, by Gershgorin and Weyl.
fn order_statistics(b: &DMatrix<Interval>) -> Vec<Interval> {
    let n = b.nrows();
    // Only the members with b_ij = b_ji count.
    let off = DMatrix::from_fn(n, n, |i, j| {
        if i == j {
            Interval::ZERO
        } else {
            let both = b[(i, j)].intersection(b[(j, i)]);
            if both.is_empty() { b[(i, j)] } else { both }
        }
    });
    let radii: Vec<f64> = (0..n)
        .map(|i| (0..n).fold(0.0, |sum, j| add_up(sum, off[(i, j)].mag())))
        .collect();
    let weyl = radii
        .iter()
        .fold(0.0f64, |m, &r| m.max(r))
        .min(frobenius_norm(&off).sup());
    let sorted = |f: &dyn Fn(usize) -> f64| {
        let mut values: Vec<f64> = (0..n).map(f).collect();
        values.sort_by(f64::total_cmp);
        values
    };
    let gershgorin_low = sorted(&|i| sub_down(b[(i, i)].inf(), radii[i]));
    let gershgorin_high = sorted(&|i| add_up(b[(i, i)].sup(), radii[i]));
    let diagonal_low = sorted(&|i| b[(i, i)].inf());
    let diagonal_high = sorted(&|i| b[(i, i)].sup());
    (0..n)
        .map(|k| {
            let low = gershgorin_low[k].max(sub_down(diagonal_low[k], weyl));
            let high = gershgorin_high[k].min(sub_up(diagonal_high[k], -weyl));
            Interval::from_bounds(low, high)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A basis that is far from orthogonal costs sharpness, not truth.
    #[test]
    fn a_bad_basis_still_encloses() {
        let exact = [-2.0, 1.0, 4.0];
        let s = DMatrix::from_fn(3, 3, |i, j| {
            Interval::point(if i == j { exact[i] } else { 0.0 })
        });
        for stretch in [0.95, 1.0, 1.05] {
            let q = DMatrix::from_fn(3, 3, |i, j| if i == j { stretch } else { 0.02 });
            let values = in_basis(&s, &q).unwrap();
            for (v, x) in values.iter().zip(exact) {
                assert!(v.contains(x), "{stretch}: {v} misses {x}");
            }
        }
        let doubled = DMatrix::from_diagonal_element(3, 3, 2.0);
        assert!(in_basis(&s, &doubled).is_none());
        assert!(in_basis(&s, &doubled.map(|_| f64::NAN)).is_none());
    }
}
