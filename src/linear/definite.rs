//! Lower bounds of the smallest eigenvalue, proved by a Cholesky factor that is not trusted.
//!
//! For *any* float matrix `L`, any `s` and every member `A`,
//!
//! ```text
//! lambda_min(A) >= s - ‖A - s I - L Lᵀ‖ >= s - ‖mid - s I - P‖_F - gamma_d ‖L‖_F² - d² eta - radius,
//! ```
//!
//! `P = fl(L Lᵀ)`: `L Lᵀ` is positive semidefinite. So the float factorisation of `mid - s I` is a
//! guess; a bad one costs sharpness only. `notes/linear.md`, lemma 5.

use nalgebra::{DMatrix, DVector};

use super::bounds::{ETA, gamma_upper, largest, lost, norm_sqr_upper, sum, sum_up, upward};
use super::symmetric::EnclosedSymmetric;
use super::{LinearError, kernels};
use crate::interval::rounding::{add_up, mul_up, sqrt_up, sub_down, sub_up};

/// How often the shift is moved away from the spectrum before the row sums must do.
const ATTEMPTS: usize = 16;
/// Guesses that are tried, each better than the one before.
const REFINEMENTS: usize = 8;
/// Inverse iterations for the next guess.
const VECTOR_STEPS: usize = 16;

/// Which end of the spectrum: that of `A`, or of `-A`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum End {
    Smallest,
    Largest,
}

impl End {
    pub(super) const fn sign(self) -> f64 {
        match self {
            Self::Smallest => 1.0,
            Self::Largest => -1.0,
        }
    }

    /// The smallest eigenvalue of `± A` from those of `A` in ascending order.
    pub(super) fn guess(self, values: Option<&[f64]>) -> Option<f64> {
        match self {
            Self::Smallest => values?.first().copied(),
            Self::Largest => values?.last().map(|x| -x),
        }
    }
}

/// A proved lower bound of the smallest eigenvalue of `± A`, and the factor behind it.
#[derive(Debug)]
pub(super) struct Lower {
    pub(super) bound: f64,
    pub(super) factor: Option<DMatrix<f64>>,
}

/// A number that no member's eigenvalues are below, close to the smallest one.
///
/// The distance is about `2 gamma_d` times the sum of the eigenvalues' distances from it, plus the norm of the radius.
///
/// # Errors
///
/// No rows, or an entry or the radius is not finite.
///
/// # Example
///
/// ```
/// use minlift::linear::{EnclosedSymmetric, smallest_eigenvalue_lower};
/// use nalgebra::dmatrix;
///
/// let a = EnclosedSymmetric::point(dmatrix![2.0, 1.0; 1.0, 2.0])?;
/// let bound = smallest_eigenvalue_lower(&a)?;
/// assert!(bound <= 1.0 && bound > 1.0 - 1e-14);
/// # Ok::<(), minlift::linear::LinearError>(())
/// ```
pub fn smallest_eigenvalue_lower(a: &EnclosedSymmetric) -> Result<f64, LinearError> {
    bounded_eigenproblem(a)?;
    let values = kernels::eigenvalues_approx(a.mid());
    Ok(lower(a, End::Smallest, End::Smallest.guess(values.as_deref())).bound)
}

/// Is every member certainly positive definite? One factorisation and one product.
///
/// `false` means that this was not proved: the smallest eigenvalue may be negative, or positive
/// but below about `2 gamma_(d+8) trace` plus the norm of the radius. A matrix without rows is positive definite.
///
/// # Example
///
/// ```
/// use minlift::linear::{EnclosedSymmetric, is_positive_definite};
/// use nalgebra::dmatrix;
///
/// let definite = EnclosedSymmetric::point(dmatrix![2.0, 1.0; 1.0, 2.0])?;
/// let singular = EnclosedSymmetric::point(dmatrix![1.0, 1.0; 1.0, 1.0])?;
/// assert!(is_positive_definite(&definite) && !is_positive_definite(&singular));
/// # Ok::<(), minlift::linear::LinearError>(())
/// ```
#[must_use]
pub fn is_positive_definite(a: &EnclosedSymmetric) -> bool {
    a.dimension() == 0 || (a.is_bounded() && proved_definite(a, End::Smallest))
}

/// Is `± A` proved to be positive definite? The set is bounded and has rows.
pub(super) fn proved_definite(a: &EnclosedSymmetric, end: End) -> bool {
    let shift = add_up(2.0 * noise(a.mid(), 0.0), a.norm_radius());
    kernels::cholesky(a.mid(), end.sign(), shift)
        .is_some_and(|factor| proved(a, end, shift, &factor) > 0.0)
}

/// What every statement about eigenvalues needs.
pub(super) fn bounded_eigenproblem(a: &EnclosedSymmetric) -> Result<(), LinearError> {
    if a.dimension() == 0 {
        Err(LinearError::NoEigenvalue)
    } else if a.is_bounded() {
        Ok(())
    } else {
        Err(LinearError::NotBounded)
    }
}

/// The bound from a shift just below a guess, or from the row sums. The set is bounded.
pub(super) fn lower(a: &EnclosedSymmetric, end: End, guess: Option<f64>) -> Lower {
    let row_sums = -norm_upper(a);
    let mut best: Option<Shifted> = None;
    let mut guess = guess;
    for _ in 0..REFINEMENTS {
        let Some(found) = guess.and_then(|guess| shifted(a, end, guess)) else {
            break;
        };
        if best.as_ref().is_some_and(|best| found.shift <= best.shift) {
            break;
        }
        // The quotient of an approximate eigenvector lies above the smallest eigenvalue, hardly so if it is a good one.
        let quotient = quotient(a.mid(), end, &found.factor);
        let near = quotient - found.shift <= 4.0 * noise(a.mid(), quotient.abs());
        guess = Some(quotient).filter(|q| q.is_finite() && !near);
        best = Some(found);
    }
    match best {
        Some(Shifted { shift, factor }) => Lower {
            bound: row_sums.max(proved(a, end, shift, &factor)),
            factor: Some(factor),
        },
        None => Lower {
            bound: row_sums,
            factor: None,
        },
    }
}

/// A shift below the smallest eigenvalue, and the factor that shows it in floats.
struct Shifted {
    shift: f64,
    factor: DMatrix<f64>,
}

/// The first shift below the guess, at distances that grow, for which there is a factor.
fn shifted(a: &EnclosedSymmetric, end: End, guess: f64) -> Option<Shifted> {
    let mut distance = noise(a.mid(), guess.abs());
    for _ in 0..ATTEMPTS {
        let shift = guess - distance;
        if let Some(factor) = kernels::cholesky(a.mid(), end.sign(), shift) {
            return Some(Shifted { shift, factor });
        }
        distance *= 8.0;
    }
    None
}

/// `± vᵀAv/vᵀv` in floats for the vector that a few inverse iterations give.
fn quotient(mid: &DMatrix<f64>, end: End, factor: &DMatrix<f64>) -> f64 {
    let v = DVector::from_vec(kernels::inverse_iteration(factor, VECTOR_STEPS));
    end.sign() * v.dot(&(mid * &v)) / v.dot(&v)
}

/// The size of the rounding errors to expect in the factorisation of `± mid - s I`: a guess.
///
/// A factor's own last operations count most where `d` is small.
fn noise(mid: &DMatrix<f64>, shift: f64) -> f64 {
    let trace: f64 = mid.diagonal().iter().map(|x| x.abs() + shift).sum();
    gamma_upper(mid.nrows() + 8) * trace + ETA
}

/// `s - ‖± A - s I - L Lᵀ‖` from below, for every member; `-inf` or NaN if that overflows.
fn proved(a: &EnclosedSymmetric, end: End, s: f64, l: &DMatrix<f64>) -> f64 {
    let d = a.dimension();
    let product = kernels::times_own_transpose(l);
    let (mut below, mut diagonal, mut factor) = (0.0, 0.0, 0.0);
    for k in 0..d {
        let mid = &a.mid().as_slice()[k * d..][..d];
        let p = &product.as_slice()[k * d..][..d];
        let on = residual(end.sign() * mid[k], s, p[k]);
        diagonal = add_up(diagonal, mul_up(on, on));
        below = add_up(below, off_diagonal(&mid[k + 1..], &p[k + 1..], end.sign()));
        factor = add_up(factor, norm_sqr_upper(&l.as_slice()[k * d..][k..d]));
    }
    let frobenius = sqrt_up(add_up(diagonal, mul_up(2.0, below)));
    let rounding = add_up(mul_up(gamma_upper(d), factor), mul_up(d as f64, lost(d)));
    sub_down(s, sum_up([frobenius, rounding, a.norm_radius()]))
}

/// `|m - s - p|` from above.
fn residual(m: f64, s: f64, p: f64) -> f64 {
    let above = sub_up(sub_up(m, s), p);
    let below = sub_down(sub_down(m, s), p);
    above.abs().max(below.abs())
}

/// `Σ (± m - p)²` from above: a term passes the difference twice, the square and the additions.
fn off_diagonal(mid: &[f64], p: &[f64], sign: f64) -> f64 {
    let differences: Vec<f64> = mid.iter().zip(p).map(|(m, p)| sign * m - p).collect();
    upward(sum(&differences, |x| x * x), p.len() + 2, lost(p.len()))
}

/// The largest absolute row sum bounds every eigenvalue; from above, radius included.
pub(super) fn norm_upper(a: &EnclosedSymmetric) -> f64 {
    add_up(row_sum_upper(a.mid()), a.norm_radius())
}

/// The largest absolute row sum of a symmetric float matrix, from above.
pub(super) fn row_sum_upper(a: &DMatrix<f64>) -> f64 {
    let d = a.nrows();
    largest((0..d).map(|k| upward(sum(&a.as_slice()[k * d..][..d], f64::abs), d, 0.0)))
}

#[cfg(test)]
mod tests {
    use nalgebra::dmatrix;

    use super::*;
    use crate::interval::Interval;

    fn point(mid: DMatrix<f64>) -> EnclosedSymmetric {
        EnclosedSymmetric {
            mid,
            vectors: Vec::new(),
            diagonal: 0.0,
        }
    }

    /// Factors that have nothing to do with the matrix, and shifts beyond its eigenvalues 1 and 3.
    #[test]
    fn any_factor_gives_a_true_bound() {
        let a = point(dmatrix![2.0, 1.0; 1.0, 2.0]);
        let factors = [
            dmatrix![0.0, 0.0; 0.0, 0.0],
            dmatrix![1.0, 7.0; 1.0, 0.0],
            dmatrix![-1.0, 0.0; 3.0, 2.0],
            dmatrix![1e200, 0.0; 0.0, 1e200],
        ];
        for l in &factors {
            for s in [-10.0, 0.0, 0.5, 1.0, 1.5, 2.9, 10.0] {
                assert!(proved(&a, End::Smallest, s, l) <= 1.0);
                assert!(proved(&a, End::Largest, s, l) <= -3.0);
            }
        }
        // L Lᵀ = A - I: all of the bound is sharp.
        let l = dmatrix![1.0, 0.0; 1.0, 0.0];
        assert!(proved(&a, End::Smallest, 1.0, &l) > 1.0 - 1e-14);
        assert!(proved(&a, End::Smallest, f64::NAN, &l).is_nan());
    }

    /// `A = fl(L Lᵀ)` of a singular `L`: the float residual is 0, but rounding may have made `A` indefinite.
    #[test]
    fn the_products_own_rounding_is_subtracted() {
        let mut indefinite = 0;
        for k in 1..200 {
            let (x, y) = (1.0 / f64::from(k), 1.0 / f64::from(3 * k + 1));
            let l = dmatrix![x, 0.0; y, 0.0];
            let mut p = kernels::times_own_transpose(&l);
            kernels::mirror_lower(&mut p);
            // Each product is the exact sum of two floats.
            let parts = |a: f64, b: f64| [a * b, a.mul_add(b, -(a * b))].map(Interval::point);
            let [high, low] = parts(p[(0, 0)], p[(1, 1)]);
            let [high_off, low_off] = parts(p[(1, 0)], p[(1, 0)]);
            let determinant = (high - high_off) + (low - low_off);
            if determinant.certainly_negative() {
                indefinite += 1;
                let trace = p.trace();
                let bound = proved(&point(p), End::Smallest, 0.0, &l);
                // The smallest eigenvalue is det/lambda_max, and lambda_max at most twice the trace.
                let above = determinant.sup() / (2.1 * trace);
                assert!(bound < above, "{k}: {bound:e} {above:e}");
            }
        }
        assert!(indefinite > 10);
    }
}
