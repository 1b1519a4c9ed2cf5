//! Norms: enclosures where they are sums of squares, upper bounds otherwise.
//!
//! An upper bound of a matrix with an empty entry is NaN, and of one with an
//! unbounded entry infinite: both fail every test written as `bound < limit`.

use nalgebra::{DMatrix, DVector};

use super::eigen::symmetric_eigenvalues;
use super::product::{point_matrix, product};
use crate::interval::Interval;
use crate::interval::rounding::{add_up, mul_up, sqrt_up};

/// Encloses the Euclidean norm of a vector; empty if a component is.
#[must_use]
pub fn norm(v: &DVector<Interval>) -> Interval {
    v.iter().map(|x| x.sqr()).sum::<Interval>().sqrt()
}

/// Encloses the Frobenius norm; empty if an entry is.
#[must_use]
pub fn frobenius_norm(a: &DMatrix<Interval>) -> Interval {
    a.iter().map(|x| x.sqr()).sum::<Interval>().sqrt()
}

/// Upper bound of `max_j sum_i |a_ij|`.
#[must_use]
pub fn one_norm_upper(a: &DMatrix<Interval>) -> f64 {
    largest((0..a.ncols()).map(|j| magnitudes((0..a.nrows()).map(|i| a[(i, j)]))))
}

/// Upper bound of `max_i sum_j |a_ij|`.
#[must_use]
pub fn infinity_norm_upper(a: &DMatrix<Interval>) -> f64 {
    largest((0..a.nrows()).map(|i| magnitudes((0..a.ncols()).map(|j| a[(i, j)]))))
}

/// Upper bound of the spectral norm, within a rounding error of it for a point
/// matrix and within the norm of the radii otherwise.
///
/// The smallest of `sqrt(|A|_1 |A|_inf)`, the Frobenius norm, and
/// `|mid| + |rad|` with `|mid|^2` the largest eigenvalue of `mid^T mid`, enclosed.
#[must_use]
pub fn spectral_norm_upper(a: &DMatrix<Interval>) -> f64 {
    let cheap = cheap_upper(a);
    if !cheap.is_finite() || a.nrows().min(a.ncols()) <= 1 {
        return cheap;
    }
    let mid = point_matrix(&a.map(Interval::mid));
    let gram = if a.nrows() >= a.ncols() {
        product(&mid.transpose(), &mid)
    } else {
        product(&mid, &mid.transpose())
    };
    let Ok(eigenvalues) = symmetric_eigenvalues(&gram) else {
        return cheap;
    };
    let Some(largest) = eigenvalues.last() else {
        return cheap;
    };
    let radii = a.map(|x| Interval::point(x.rad()));
    cheap.min(add_up(sqrt_up(largest.sup().max(0.0)), cheap_upper(&radii)))
}

/// Upper bound of the spectral norm of every *symmetric* member: the largest
/// absolute eigenvalue. Infinite if there is no enclosure of the eigenvalues.
#[must_use]
pub fn symmetric_spectral_norm_upper(a: &DMatrix<Interval>) -> f64 {
    match symmetric_eigenvalues(a) {
        Ok(values) => values.iter().map(|x| x.mag()).fold(0.0, f64::max),
        Err(_) => f64::INFINITY,
    }
}

/// `min(sqrt(|A|_1 |A|_inf), |A|_F)`.
fn cheap_upper(a: &DMatrix<Interval>) -> f64 {
    let (one, infinity) = (one_norm_upper(a), infinity_norm_upper(a));
    if one.is_nan() || infinity.is_nan() {
        return f64::NAN;
    }
    let product = mul_up(one, infinity);
    sqrt_up(product).min(frobenius_norm(a).sup())
}

/// The sum of the absolute values, rounded up; NaN if a term is empty.
fn magnitudes(entries: impl Iterator<Item = Interval>) -> f64 {
    entries.fold(0.0, |sum, x| add_up(sum, x.mag()))
}

/// The largest value; NaN if there is one.
fn largest(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(0.0, |m: f64, v| {
        if v.is_nan() || m.is_nan() {
            f64::NAN
        } else {
            m.max(v)
        }
    })
}
