//! argmin's BFGS on nalgebra vectors, its matrix kept as an expression.

use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::BFGS;
use argmin_math::ArgminEye;
use nalgebra::DVector;

use super::inverse_hessian::InverseHessian;
use super::objective::RowObjective;
use super::smooth::{BothRows, SmoothObjective};
use super::stationary::{EndPoint, SolverBudget, minimise};

/// Minimises `L` over all `2d` coordinates by BFGS from the identity, with the line search of
/// Moré and Thuente (J. Nocedal, S. Wright, Numerical Optimization, 2006, algorithm 6.1).
///
/// Every update is kept ([`InverseHessian`]), so the `k`-th step costs `O(k d)`; an attempt
/// has at most `budget.steps` of them.
#[must_use]
pub fn bfgs(objective: &dyn RowObjective, start: DVector<f64>, budget: &SolverBudget) -> EndPoint {
    bfgs_smooth(BothRows(objective), start, budget)
}

/// [`bfgs`] for any objective on `R^n`.
#[must_use]
pub fn bfgs_smooth(
    objective: impl SmoothObjective + Copy,
    start: DVector<f64>,
    budget: &SolverBudget,
) -> EndPoint {
    let n = start.len();
    minimise(
        objective,
        start,
        budget,
        || {
            let line_search = MoreThuenteLineSearch::<DVector<f64>, DVector<f64>, f64>::new();
            Ok(BFGS::<_, f64>::new(line_search))
        },
        |state| state.inv_hessian(InverseHessian::eye(n)),
    )
}
