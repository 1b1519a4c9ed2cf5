//! `L(W) = l(w_1) + l(w_2)` on all `2d` coordinates, as a problem for argmin.

use std::cell::Cell;
use std::sync::Arc;

use argmin::core::{CostFunction, Error, Gradient, Hessian};
use argmin_math::ArgminDot;
use nalgebra::DVector;
use thiserror::Error;

use super::objective::{RowHessian, RowObjective};

/// Why an evaluation was refused: it ends the solver's run, not the program.
///
/// The line searches and the Steihaug iteration of argmin 0.11 may loop or panic on a
/// NaN, so they never get to see one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum EvaluationError {
    /// The objective is not finite there.
    #[error("the {what} is not finite")]
    NotFinite {
        /// Value, gradient or Hessian.
        what: &'static str,
    },
    /// The run has used up its evaluations.
    #[error("no evaluations left")]
    OutOfEvaluations,
}

/// `L` on `W = (w_1, w_2)` in `R^(2d)`, with a budget of evaluations shared by its clones.
#[derive(Clone)]
pub struct FullObjective<'a> {
    objective: &'a dyn RowObjective,
    evaluations_left: &'a Cell<u64>,
}

impl std::fmt::Debug for FullObjective<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FullObjective")
            .field("dimension", &self.objective.dimension())
            .field("evaluations_left", &self.evaluations_left)
            .finish_non_exhaustive()
    }
}

impl<'a> FullObjective<'a> {
    /// The problem of minimising `L`; values, gradients and Hessians each cost one evaluation.
    #[must_use]
    pub fn new(objective: &'a dyn RowObjective, evaluations_left: &'a Cell<u64>) -> Self {
        Self {
            objective,
            evaluations_left,
        }
    }

    fn pay(&self) -> Result<(), EvaluationError> {
        let left = self
            .evaluations_left
            .get()
            .checked_sub(1)
            .ok_or(EvaluationError::OutOfEvaluations)?;
        self.evaluations_left.set(left);
        Ok(())
    }

    fn rows<'w>(&self, w: &'w DVector<f64>) -> (&'w [f64], &'w [f64]) {
        w.as_slice().split_at(self.objective.dimension())
    }
}

impl CostFunction for FullObjective<'_> {
    type Param = DVector<f64>;
    type Output = f64;

    fn cost(&self, w: &DVector<f64>) -> Result<f64, Error> {
        self.pay()?;
        let (first, second) = self.rows(w);
        let value = self.objective.value(first) + self.objective.value(second);
        if value.is_finite() {
            Ok(value)
        } else {
            Err(EvaluationError::NotFinite { what: "value" }.into())
        }
    }
}

impl Gradient for FullObjective<'_> {
    type Param = DVector<f64>;
    type Gradient = DVector<f64>;

    fn gradient(&self, w: &DVector<f64>) -> Result<DVector<f64>, Error> {
        self.pay()?;
        let (first, second) = self.rows(w);
        let mut gradient = DVector::zeros(w.len());
        let (out_first, out_second) = gradient.as_mut_slice().split_at_mut(first.len());
        self.objective.gradient(first, out_first);
        self.objective.gradient(second, out_second);
        if gradient.norm_squared().is_finite() {
            Ok(gradient)
        } else {
            Err(EvaluationError::NotFinite { what: "gradient" }.into())
        }
    }
}

impl Hessian for FullObjective<'_> {
    type Param = DVector<f64>;
    type Hessian = HessianOperator;

    fn hessian(&self, w: &DVector<f64>) -> Result<HessianOperator, Error> {
        self.pay()?;
        let (first, second) = self.rows(w);
        let operator = HessianOperator::new([
            self.objective.hessian(first),
            self.objective.hessian(second),
        ]);
        if operator.rows.iter().all(RowHessian::is_finite) {
            Ok(operator)
        } else {
            Err(EvaluationError::NotFinite { what: "Hessian" }.into())
        }
    }
}

/// The Hessian of `L`, block diagonal with one [`RowHessian`] a row: an operator that can
/// be applied to a vector in `O(d)` and nothing else. A clone costs a reference count.
#[derive(Clone, Debug, PartialEq)]
pub struct HessianOperator {
    rows: Arc<[RowHessian; 2]>,
}

impl HessianOperator {
    /// The operator with these diagonal blocks.
    #[must_use]
    pub fn new(rows: [RowHessian; 2]) -> Self {
        Self {
            rows: Arc::new(rows),
        }
    }
}

/// What Steihaug's conjugate gradients ask of a Hessian: the product with a vector.
impl ArgminDot<DVector<f64>, DVector<f64>> for HessianOperator {
    fn dot(&self, v: &DVector<f64>) -> DVector<f64> {
        let d = self.rows[0].w.len();
        let mut out = DVector::zeros(v.len());
        let (v_first, v_second) = v.as_slice().split_at(d);
        let (out_first, out_second) = out.as_mut_slice().split_at_mut(d);
        self.rows[0].apply(v_first, out_first);
        self.rows[1].apply(v_second, out_second);
        out
    }
}
