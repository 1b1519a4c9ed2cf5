//! A smooth objective on all its coordinates, as a problem for argmin.

use std::cell::Cell;
use std::sync::Arc;

use argmin::core::{CostFunction, Error, Gradient, Hessian};
use argmin_math::ArgminDot;
use nalgebra::DVector;
use thiserror::Error;

use super::objective::{RowHessian, RowObjective};
use super::smooth::{BothRows, LinearOperator, SmoothObjective};

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

/// An objective `P` on `R^n`, with a budget of evaluations shared by its clones.
#[derive(Clone)]
pub struct FullObjective<'a, P = BothRows<'a>> {
    objective: P,
    evaluations_left: &'a Cell<u64>,
}

impl<P> std::fmt::Debug for FullObjective<'_, P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FullObjective")
            .field("evaluations_left", &self.evaluations_left)
            .finish_non_exhaustive()
    }
}

impl<'a> FullObjective<'a> {
    /// The problem of minimising `L(W) = l(w_1) + l(w_2)` over all `2d` coordinates.
    #[must_use]
    pub fn new(objective: &'a dyn RowObjective, evaluations_left: &'a Cell<u64>) -> Self {
        Self::of(BothRows(objective), evaluations_left)
    }
}

impl<'a, P: SmoothObjective> FullObjective<'a, P> {
    /// The problem of minimising `objective`; values, gradients and Hessians each cost one evaluation.
    #[must_use]
    pub fn of(objective: P, evaluations_left: &'a Cell<u64>) -> Self {
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
}

impl<P: SmoothObjective> CostFunction for FullObjective<'_, P> {
    type Param = DVector<f64>;
    type Output = f64;

    fn cost(&self, w: &DVector<f64>) -> Result<f64, Error> {
        self.pay()?;
        let value = self.objective.value(w.as_slice());
        if value.is_finite() {
            Ok(value)
        } else {
            Err(EvaluationError::NotFinite { what: "value" }.into())
        }
    }
}

impl<P: SmoothObjective> Gradient for FullObjective<'_, P> {
    type Param = DVector<f64>;
    type Gradient = DVector<f64>;

    fn gradient(&self, w: &DVector<f64>) -> Result<DVector<f64>, Error> {
        self.pay()?;
        let mut gradient = DVector::zeros(w.len());
        self.objective
            .gradient(w.as_slice(), gradient.as_mut_slice());
        if gradient.norm_squared().is_finite() {
            Ok(gradient)
        } else {
            Err(EvaluationError::NotFinite { what: "gradient" }.into())
        }
    }
}

impl<P: SmoothObjective> Hessian for FullObjective<'_, P> {
    type Param = DVector<f64>;
    type Hessian = HessianOperator<P::Hessian>;

    fn hessian(&self, w: &DVector<f64>) -> Result<Self::Hessian, Error> {
        self.pay()?;
        let operator = self.objective.hessian(w.as_slice());
        if operator.is_finite() {
            Ok(HessianOperator(Arc::new(operator)))
        } else {
            Err(EvaluationError::NotFinite { what: "Hessian" }.into())
        }
    }
}

/// A Hessian that can be applied to a vector and nothing else; for the rows of `W` it is block
/// diagonal, with one [`RowHessian`] a row. A clone costs a reference count.
#[derive(Debug, PartialEq)]
pub struct HessianOperator<H = [RowHessian; 2]>(Arc<H>);

impl<H> Clone for HessianOperator<H> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl HessianOperator {
    /// The operator with these diagonal blocks.
    #[must_use]
    pub fn new(rows: [RowHessian; 2]) -> Self {
        Self(Arc::new(rows))
    }
}

/// What Steihaug's conjugate gradients ask of a Hessian: the product with a vector.
impl<H: LinearOperator> ArgminDot<DVector<f64>, DVector<f64>> for HessianOperator<H> {
    fn dot(&self, v: &DVector<f64>) -> DVector<f64> {
        let mut out = DVector::zeros(v.len());
        self.0.apply(v.as_slice(), out.as_mut_slice());
        out
    }
}
