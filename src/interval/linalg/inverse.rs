//! Regularity and the inverse of an interval matrix.
//!
//! With any float matrix `R` and `E = I - R A`: if `|E| < 1` in some operator
//! norm then `R A`, hence `A`, is regular and `A^-1 - R = E A^-1`, from which
//! both the first enclosure and its sharpening follow
//! (`notes/linear_algebra.md`, lemma 2).

use nalgebra::{DMatrix, DVector};

use super::norms::spectral_norm_upper;
use super::product::{point_matrix, product};
use super::{LinalgError, eigen, midpoint, square_and_bounded};
use crate::interval::Interval;
use crate::interval::rounding::{add_up, div_up, mul_up, sub_down};

/// A float guess of the inverse; `None` if the elimination breaks down.
#[must_use]
pub fn inverse_approx(a: &DMatrix<f64>) -> Option<DMatrix<f64>> {
    if a.nrows() != a.ncols() {
        return None;
    }
    if a.nrows() == 2 {
        // Cramer: the case the engine meets in its inner loops.
        let determinant = a[(0, 0)] * a[(1, 1)] - a[(0, 1)] * a[(1, 0)];
        let s = determinant.recip();
        let r = DMatrix::from_column_slice(
            2,
            2,
            &[s * a[(1, 1)], -s * a[(1, 0)], -s * a[(0, 1)], s * a[(0, 0)]],
        );
        return r.iter().all(|x| x.is_finite()).then_some(r);
    }
    a.clone()
        .try_inverse()
        .filter(|r| r.iter().all(|x| x.is_finite()))
}

/// An upper bound of `|I - R A|` for all members, `R` an approximate inverse of
/// the midpoint, in a weighted maximum norm: **below 1 every member is regular**.
///
/// `max_i (|E| v)_i / v_i` with a positive `v` near the Perron vector of `|E|`;
/// any `v > 0` gives a norm, so `v` is a float guess. Infinite or NaN if
/// nothing can be said.
#[must_use]
pub fn regularity_upper(a: &DMatrix<Interval>) -> f64 {
    match residual(a) {
        Ok((_, e)) => weighted(&e),
        Err(_) => f64::INFINITY,
    }
}

/// Encloses `A^-1` for every member of `a`.
///
/// # Errors
///
/// [`LinalgError::NotProvedRegular`] with both sides, if `|I - R A| < 1` cannot be
/// verified: the matrix is singular, or too near to that for floats.
///
/// # Example
///
/// ```
/// use minlift::interval::{Interval, linalg};
/// use nalgebra::DMatrix;
///
/// let a = DMatrix::from_row_slice(2, 2, &[2.0, 1.0, 1.0, 1.0]).map(Interval::point);
/// let inverse = linalg::inverse(&a)?; // [1 -1; -1 2]
/// assert!(inverse[(1, 1)].contains(2.0) && inverse[(1, 1)].width() < 1e-14);
/// # Ok::<(), linalg::LinalgError>(())
/// ```
pub fn inverse(a: &DMatrix<Interval>) -> Result<DMatrix<Interval>, LinalgError> {
    let n = square_and_bounded(a)?;
    let (r, e) = residual(a)?;
    let magnitude = e.map(Interval::mag);
    let v = perron_approx(&magnitude);
    let contraction = weighted_with(&e, &v);
    let open = LinalgError::NotProvedRegular {
        left: contraction,
        right: 1.0,
    };
    let regular = contraction < 1.0;
    if !regular {
        return Err(open);
    }
    // |A^-1 column|_v <= |R column|_v / (1 - |E|_v), and A^-1 - R = E A^-1.
    let gap = sub_down(1.0, contraction);
    let mut x = DMatrix::from_fn(n, n, |i, j| {
        let size = (0..n).fold(0.0, |m: f64, k| m.max(div_up(r[(k, j)].abs(), v[k])));
        let column = div_up(size, gap);
        let reach = (0..n).fold(0.0, |sum, k| {
            add_up(sum, mul_up(mul_up(magnitude[(i, k)], v[k]), column))
        });
        Interval::ball(r[(i, j)], reach)
    });
    let start = point_matrix(&r);
    for _ in 0..2 {
        let sharper = &start + product(&e, &x);
        x.zip_apply(&sharper, |old, new| *old = old.intersection(new));
    }
    // In exact arithmetic the intersections hold A^-1; emptiness would be a bug, not a proof.
    if x.iter().all(|entry| entry.is_bounded()) {
        Ok(x)
    } else {
        Err(open)
    }
}

/// Upper bound of the spectral norm of `A^-1` for every member of `a`:
/// `1 / sigma_min` where the enclosed singular values are positive, else the
/// norm of the enclosed inverse.
///
/// # Errors
///
/// As [`inverse`].
pub fn inverse_norm_upper(a: &DMatrix<Interval>) -> Result<f64, LinalgError> {
    square_and_bounded(a)?;
    reciprocal_of_smallest(a, &eigen::singular_values(a)?)
}

/// Upper bound of the spectral norm of `A^-1` for every *symmetric* member of
/// `a`, from the eigenvalues: sharper and cheaper than [`inverse_norm_upper`].
///
/// # Errors
///
/// As [`inverse`]; no symmetric member.
pub fn symmetric_inverse_norm_upper(a: &DMatrix<Interval>) -> Result<f64, LinalgError> {
    reciprocal_of_smallest(a, &eigen::symmetric_eigenvalues(a)?)
}

fn reciprocal_of_smallest(a: &DMatrix<Interval>, values: &[Interval]) -> Result<f64, LinalgError> {
    let smallest = values.iter().map(|x| x.mig()).fold(f64::INFINITY, f64::min);
    if smallest > 0.0 && smallest < f64::INFINITY {
        Ok(div_up(1.0, smallest))
    } else {
        Ok(spectral_norm_upper(&inverse(a)?))
    }
}

/// `(R, I - R A)`.
fn residual(a: &DMatrix<Interval>) -> Result<(DMatrix<f64>, DMatrix<Interval>), LinalgError> {
    square_and_bounded(a)?;
    let r = inverse_approx(&midpoint(a)).ok_or(LinalgError::NotProvedRegular {
        left: f64::INFINITY,
        right: 1.0,
    })?;
    let e = minus_from_identity(product(&point_matrix(&r), a));
    Ok((r, e))
}

/// `I - B`.
fn minus_from_identity(mut b: DMatrix<Interval>) -> DMatrix<Interval> {
    for j in 0..b.ncols() {
        for i in 0..b.nrows() {
            let unit = if i == j {
                Interval::ONE
            } else {
                Interval::ZERO
            };
            b[(i, j)] = unit - b[(i, j)];
        }
    }
    b
}

/// Upper bound of `|I - B|` in a weighted maximum norm: below 1 every member lies
/// on a segment of regular matrices that ends at `I`, so its determinant is positive.
pub(super) fn identity_distance_upper(b: DMatrix<Interval>) -> f64 {
    weighted(&minus_from_identity(b))
}

/// The weighted maximum norm of [`weighted_with`] in a good weight; NaN if an entry is empty.
pub(super) fn weighted(e: &DMatrix<Interval>) -> f64 {
    weighted_with(e, &perron_approx(&e.map(Interval::mag)))
}

/// `max_i (|E| v)_i / v_i` for `v > 0`, rounded up; NaN if an entry is empty.
fn weighted_with(e: &DMatrix<Interval>, v: &DVector<f64>) -> f64 {
    let mut largest = 0.0f64;
    for i in 0..e.nrows() {
        // Directed products count 0 * infinity as 0 and would swallow a NaN.
        if e.row(i).iter().any(|x| x.is_empty()) {
            return f64::NAN;
        }
        let sum = (0..e.ncols()).fold(0.0, |sum, k| add_up(sum, mul_up(e[(i, k)].mag(), v[k])));
        let ratio = div_up(sum, v[i]);
        if ratio.is_nan() {
            return f64::NAN;
        }
        largest = largest.max(ratio);
    }
    largest
}

/// A positive float vector near the Perron vector of a nonnegative matrix.
fn perron_approx(m: &DMatrix<f64>) -> DVector<f64> {
    let mut v = DVector::from_element(m.nrows(), 1.0);
    for _ in 0..3 {
        let image = m * &v;
        let size = image.amax();
        if !(size > 0.0 && size < f64::INFINITY) {
            return DVector::from_element(m.nrows(), 1.0);
        }
        // The shift keeps every component positive.
        v = image.map(|x| x / size + 1e-3);
    }
    v
}
