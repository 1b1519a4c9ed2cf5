//! The two extreme eigenvalues, each from both sides.
//!
//! `lambda_min` is bounded from below by a shifted Cholesky factor (`definite`), and from above by the
//! Rayleigh quotient `vᵀ A v / vᵀ v` of an approximate eigenvector, which any `v ≠ 0` satisfies.
//! The factor itself yields `v`: inverse iteration next to the eigenvalue. `lambda_max` is the same of `-A`.

use super::LinearError;
use super::definite::{End, Lower, bounded_eigenproblem, lower, norm_upper};
use super::kernels;
use super::symmetric::EnclosedSymmetric;
use crate::interval::Interval;

/// Steps of inverse iteration: the shift is so near that the first one nearly does it.
const STEPS: usize = 3;

/// Encloses the smallest and the largest eigenvalue: those of every member lie in the two intervals.
///
/// # Errors
///
/// No rows, or an entry or the radius is not finite.
///
/// # Example
///
/// ```
/// use minlift::linear::{EnclosedSymmetric, extreme_eigenvalues};
/// use nalgebra::dmatrix;
///
/// let a = EnclosedSymmetric::point(dmatrix![2.0, 1.0; 1.0, 2.0])?;
/// let [smallest, largest] = extreme_eigenvalues(&a)?;
/// assert!(smallest.contains(1.0) && largest.contains(3.0));
/// assert!(smallest.width() < 1e-13 && largest.width() < 1e-13);
/// # Ok::<(), minlift::linear::LinearError>(())
/// ```
pub fn extreme_eigenvalues(a: &EnclosedSymmetric) -> Result<[Interval; 2], LinearError> {
    bounded_eigenproblem(a)?;
    let values = kernels::eigenvalues_approx(a.mid());
    let [smallest, largest] =
        [End::Smallest, End::Largest].map(|end| one_end(a, end, end.guess(values.as_deref())));
    Ok([smallest, -largest])
}

/// Encloses `vᵀ A v / vᵀ v` over all members: at most their largest and at least their smallest eigenvalue.
///
/// The whole line where `v = 0`.
///
/// # Errors
///
/// A vector of another length.
pub fn rayleigh_quotient(a: &EnclosedSymmetric, v: &[f64]) -> Result<Interval, LinearError> {
    let points: Vec<Interval> = v.iter().map(|x| Interval::point(*x)).collect();
    let image = a.apply(&points)?;
    let above: Interval = points.iter().zip(image).map(|(v, y)| *v * y).sum();
    let below: Interval = points.iter().map(|v| v.sqr()).sum();
    Ok(if below.certainly_positive() {
        above / below
    } else {
        Interval::ENTIRE
    })
}

/// Encloses the smallest eigenvalue of `± A`. The set is bounded.
fn one_end(a: &EnclosedSymmetric, end: End, guess: Option<f64>) -> Interval {
    let Lower { bound, factor } = lower(a, end, guess);
    let upper = factor
        .map(|factor| kernels::inverse_iteration(&factor, STEPS))
        .and_then(|v| rayleigh_quotient(a, &v).ok())
        .map_or(f64::INFINITY, |q| match end {
            End::Smallest => q.sup(),
            End::Largest => -q.inf(),
        });
    // A quotient that overflowed, or that was not found, still has the row sums.
    let upper = upper.min(norm_upper(a));
    Interval::new(bound, upper).unwrap_or(Interval::ENTIRE)
}
