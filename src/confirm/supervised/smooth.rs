//! The population objective as the solvers of argmin want it.

use crate::confirm::smooth::{LinearOperator, SmoothObjective};
use crate::model::supervised::{PopulationObjective, RowBasis, SupervisedJacobian};

/// The Hessian of `L_SL` at one point, applied in `O(d)`.
#[derive(Clone, Debug, PartialEq)]
pub struct SupervisedHessian {
    /// Its coefficients.
    pub jacobian: SupervisedJacobian<f64>,
    /// The directions they refer to.
    pub frame: RowBasis<f64>,
}

impl LinearOperator for SupervisedHessian {
    fn apply(&self, v: &[f64], out: &mut [f64]) {
        self.jacobian.apply(&self.frame, v, out);
    }

    fn is_finite(&self) -> bool {
        let core = self.jacobian.core.as_flattened().iter();
        core.chain(&self.jacobian.beside).all(|x| x.is_finite())
    }
}

impl SmoothObjective for &PopulationObjective {
    type Hessian = SupervisedHessian;

    fn value(&self, x: &[f64]) -> f64 {
        PopulationObjective::value(self, x)
    }

    fn gradient(&self, x: &[f64], out: &mut [f64]) {
        PopulationObjective::gradient(self, x, out);
    }

    fn hessian(&self, x: &[f64]) -> SupervisedHessian {
        let (jacobian, frame) = self.jacobian(x);
        SupervisedHessian { jacobian, frame }
    }
}
