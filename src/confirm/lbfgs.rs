//! argmin's L-BFGS on nalgebra vectors.

use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;
use nalgebra::DVector;

use super::objective::RowObjective;
use super::smooth::{BothRows, SmoothObjective};
use super::stationary::{EndPoint, SolverBudget, minimise};

/// Pairs of steps and gradient changes that are kept. By symmetry the iterates stay in a space
/// of six dimensions (three a row), so more pairs would say little that is new.
const MEMORY: usize = 6;

/// Minimises `L` over all `2d` coordinates by L-BFGS with the line search of Moré and
/// Thuente (J. Nocedal, S. Wright, Numerical Optimization, 2006, algorithm 7.5).
#[must_use]
pub fn lbfgs(objective: &dyn RowObjective, start: DVector<f64>, budget: &SolverBudget) -> EndPoint {
    lbfgs_smooth(BothRows(objective), MEMORY, start, budget)
}

/// [`lbfgs`] for any objective on `R^n`, keeping this many pairs.
#[must_use]
pub fn lbfgs_smooth(
    objective: impl SmoothObjective + Copy,
    memory: usize,
    start: DVector<f64>,
    budget: &SolverBudget,
) -> EndPoint {
    minimise(
        objective,
        start,
        budget,
        || {
            let line_search = MoreThuenteLineSearch::<DVector<f64>, DVector<f64>, f64>::new();
            Ok(LBFGS::<_, DVector<f64>, DVector<f64>, f64>::new(
                line_search,
                memory,
            ))
        },
        |state| state,
    )
}
