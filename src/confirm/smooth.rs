//! What the solvers of argmin need to know about an objective on `R^n`.

use super::objective::{RowHessian, RowObjective};

/// A smooth objective on `R^n`, in floats.
pub trait SmoothObjective {
    /// Its Hessian at one point.
    type Hessian: LinearOperator;

    /// The value at `x`.
    fn value(&self, x: &[f64]) -> f64;

    /// The gradient at `x`, of the same length.
    fn gradient(&self, x: &[f64], out: &mut [f64]);

    /// The Hessian at `x`, as an operator.
    fn hessian(&self, x: &[f64]) -> Self::Hessian;
}

/// A symmetric matrix that is applied to vectors, never formed.
pub trait LinearOperator {
    /// `out = A v`.
    fn apply(&self, v: &[f64], out: &mut [f64]);

    /// Is every coefficient finite?
    fn is_finite(&self) -> bool;
}

/// `L(W) = l(w_1) + l(w_2)` on the `2d` coordinates of `W = (w_1, w_2)`.
#[derive(Clone, Copy)]
pub struct BothRows<'a>(pub &'a dyn RowObjective);

impl std::fmt::Debug for BothRows<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BothRows")
            .field("dimension", &self.0.dimension())
            .finish_non_exhaustive()
    }
}

impl BothRows<'_> {
    fn rows<'w>(&self, w: &'w [f64]) -> (&'w [f64], &'w [f64]) {
        w.split_at(self.0.dimension())
    }
}

impl SmoothObjective for BothRows<'_> {
    type Hessian = [RowHessian; 2];

    fn value(&self, w: &[f64]) -> f64 {
        let (first, second) = self.rows(w);
        self.0.value(first) + self.0.value(second)
    }

    fn gradient(&self, w: &[f64], out: &mut [f64]) {
        let (first, second) = self.rows(w);
        let (out_first, out_second) = out.split_at_mut(first.len());
        self.0.gradient(first, out_first);
        self.0.gradient(second, out_second);
    }

    fn hessian(&self, w: &[f64]) -> [RowHessian; 2] {
        let (first, second) = self.rows(w);
        [self.0.hessian(first), self.0.hessian(second)]
    }
}

impl LinearOperator for [RowHessian; 2] {
    fn apply(&self, v: &[f64], out: &mut [f64]) {
        let d = self[0].w.len();
        let (v_first, v_second) = v.split_at(d);
        let (out_first, out_second) = out.split_at_mut(d);
        self[0].apply(v_first, out_first);
        self[1].apply(v_second, out_second);
    }

    fn is_finite(&self) -> bool {
        self.iter().all(RowHessian::is_finite)
    }
}
