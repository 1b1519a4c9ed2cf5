//! argmin's trust region method with Steihaug's conjugate gradients on nalgebra vectors.

use argmin::solver::trustregion::{Steihaug, TrustRegion};
use nalgebra::DVector;

use super::full::HessianOperator;
use super::objective::RowObjective;
use super::smooth::{BothRows, SmoothObjective};
use super::stationary::{EndPoint, SolverBudget, SolverState, minimise};

/// Conjugate gradients need as many iterations as the Krylov space has dimensions: at most
/// three a row by symmetry, ten for supervised learning. The limit only guards against rounding.
const INNER_ITERATIONS: u64 = 50;

/// Minimises `L` over all `2d` coordinates by a trust region method that sees the Hessian as
/// a [`HessianOperator`] only (J. Nocedal, S. Wright, Numerical Optimization, 2006,
/// algorithms 4.1 and 7.2).
#[must_use]
pub fn trust_region(
    objective: &dyn RowObjective,
    start: DVector<f64>,
    budget: &SolverBudget,
) -> EndPoint {
    trust_region_smooth(BothRows(objective), start, budget)
}

/// [`trust_region`] for any objective on `R^n`.
#[must_use]
pub fn trust_region_smooth<P: SmoothObjective + Copy>(
    objective: P,
    start: DVector<f64>,
    budget: &SolverBudget,
) -> EndPoint {
    // argmin doubles the radius only if |p| equals it to 10 machine epsilons, absolutely, which
    // rounding rules out for long steps: so the radius must start at the scale of W.
    let radius = (0.1 * start.norm()).max(1.0);
    minimise(
        objective,
        start,
        budget,
        || {
            let steihaug = Steihaug::<DVector<f64>, f64>::new().with_max_iters(INNER_ITERATIONS);
            TrustRegion::new(steihaug)
                .with_radius(radius)?
                .with_max_radius(100.0 * radius)
        },
        |state: SolverState<HessianOperator<P::Hessian>>| state,
    )
}
