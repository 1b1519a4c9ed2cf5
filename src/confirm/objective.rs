//! What the optimisers need to know about the objective of one row.

use crate::model::RowJacobian;

/// A smooth objective `l` of one row `w` in `R^d`, in floats; `L(W) = l(w_1) + l(w_2)`.
///
/// It is invariant under rotations that fix `e1` and `e2`, so off the plane
/// span(e1, e2) its gradient is `kappa(w) w_perp`, and its Hessian is
/// `kappa I + U M U^T` with `U = [e1 e2 w]`.
pub trait RowObjective: Sync {
    /// The dimension `d >= 2`.
    fn dimension(&self) -> usize;

    /// `l(w)`, `w` of length `d`.
    fn value(&self, w: &[f64]) -> f64;

    /// The gradient of `l` at `w`, both of length `d`.
    fn gradient(&self, w: &[f64], out: &mut [f64]);

    /// The Hessian of `l` at `w`, as an operator.
    fn hessian(&self, w: &[f64]) -> RowHessian;

    /// `[g1, g2, kappa]`: the gradient is `(g1, g2, kappa w_perp)` at every `w` whose
    /// first two coordinates are `w1`, `w2` and whose rest has this squared norm.
    fn reduced_gradient(&self, w1: f64, w2: f64, perp_norm_sqr: f64) -> [f64; 3];
}

/// The Hessian of `l` at one point: the model's structured Jacobian together with `w`,
/// built once a point, applied in `O(d)`.
///
/// # Example
///
/// ```
/// use minlift::{confirm::RowHessian, model::RowJacobian};
///
/// // The Hessian of |w|^4 / 4 is |w|^2 I + 2 w w^T.
/// let jacobian = RowJacobian {
///     kappa: 9.0, features: [0.0; 3], coupling: [0.0; 2], radial: 2.0, plane: [1.0, 2.0], perp_sqr: 4.0,
/// };
/// let h = RowHessian { jacobian, w: vec![1.0, 2.0, 2.0] };
/// let mut out = [0.0; 3];
/// h.apply(&[1.0, 0.0, 0.0], &mut out);
/// assert_eq!(out, [11.0, 4.0, 4.0]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RowHessian {
    /// Its coefficients.
    pub jacobian: RowJacobian<f64>,
    /// `w`, of length `d`.
    pub w: Vec<f64>,
}

impl RowHessian {
    /// `out = H v`, in two passes over `v`; all of length `d`.
    pub fn apply(&self, v: &[f64], out: &mut [f64]) {
        self.jacobian.apply(&self.w, v, out);
    }

    /// Is every coefficient finite, and so is `w`?
    #[must_use]
    pub fn is_finite(&self) -> bool {
        let RowJacobian {
            kappa,
            features,
            coupling,
            radial,
            ..
        } = &self.jacobian;
        [kappa, radial]
            .into_iter()
            .chain(features)
            .chain(coupling)
            .chain(&self.w)
            .all(|x| x.is_finite())
    }
}

/// The scalar product, in four independent sums so that long rows are not held up by latency.
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let (a4, a_rest) = a.as_chunks::<4>();
    let (b4, b_rest) = b.as_chunks::<4>();
    let mut sums = [0.0; 4];
    for (x, y) in a4.iter().zip(b4) {
        for ((s, x), y) in sums.iter_mut().zip(x).zip(y) {
            *s += x * y;
        }
    }
    let rest: f64 = a_rest.iter().zip(b_rest).map(|(x, y)| x * y).sum();
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}
