//! Linear systems in floats.

use nalgebra::DMatrix;

use super::kernels;

/// `A⁻¹b` in floats by Cholesky's method; none if `A` is not positive definite to working precision, or the lengths
/// differ. Nothing is proved about the result.
///
/// # Example
///
/// ```
/// use minlift::linear::solve_approx;
/// use nalgebra::dmatrix;
///
/// let x = solve_approx(&dmatrix![2.0, 1.0; 1.0, 2.0], &[3.0, 3.0]);
/// assert!(x.is_some_and(|x| (x[0] - 1.0).abs() < 1e-15 && (x[1] - 1.0).abs() < 1e-15));
/// assert!(solve_approx(&dmatrix![1.0, 2.0; 2.0, 1.0], &[1.0, 1.0]).is_none());
/// ```
#[must_use]
pub fn solve_approx(a: &DMatrix<f64>, b: &[f64]) -> Option<Vec<f64>> {
    let d = b.len();
    if a.shape() != (d, d) {
        return None;
    }
    let l = kernels::cholesky(a, 1.0, 0.0)?;
    let mut x = b.to_vec();
    kernels::substitute(&l, &mut x);
    x.iter().all(|x| x.is_finite()).then_some(x)
}
