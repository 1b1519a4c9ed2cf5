//! Do optimisers find the minimum that was proved? Floats only: nothing here decides a claim.
//!
//! Four methods start from the published initialisation regions and minimise
//! `L(W) = l(w_1) + l(w_2)` over all `2d` coordinates. Where they end is compared
//! with the balls in which exactly one critical point was *proved*. No solver's own
//! opinion that it has converged is used: [`classify`] judges the end point.
//!
//! | module | what it holds |
//! |---|---|
//! | [`objective`] | what a smooth objective of one row must offer |
//! | `rows` | a point of `R^(2d)` up to the symmetry of the objective |
//! | [`smooth`] | what a smooth objective on `R^n` must offer; `L` on both rows as one |
//! | `full` | a smooth objective as an argmin problem; the Hessian as an operator |
//! | `stationary` | runs a solver of argmin until the *gradient* is small |
//! | `lbfgs`, `trust_region`, `bfgs` | the solvers of argmin 0.11 |
//! | `inverse_hessian` | the matrix of BFGS as an expression, never multiplied out |
//! | [`descent`] | gradient descent with the published step |
//! | [`initialisation`] | the published starting regions |
//! | [`classify`] | arrived, stationary elsewhere, not finished |
//! | `content` | which features an end point contains (estimated) |
//! | `record` | one run, and all of them: [`confirm`] |
//! | [`supervised`] | the same for supervised learning: [`confirm_supervised`] |
//!
//! `notes/optimisers.md` says what each solver is given, and why.

mod bfgs;
pub mod classify;
mod content;
mod contraction;
pub mod descent;
mod empirical;
mod full;
pub mod initialisation;
mod inverse_hessian;
mod lbfgs;
pub mod objective;
mod record;
mod rows;
pub mod smooth;
mod stationary;
pub mod supervised;
mod trust_region;

pub use bfgs::{bfgs, bfgs_smooth};
pub use classify::{Landing, Outcome, Target, Targets};
pub use content::ProjectionEstimate;
pub use contraction::{ContractionRun, contraction};
pub use empirical::{
    EmpiricalOutcome, EmpiricalRun, EmpiricalTarget, confirm_empirical, empirical_runs,
};
pub use full::{EvaluationError, FullObjective, HessianOperator};
pub use initialisation::{Initialisation, start};
pub use inverse_hessian::InverseHessian;
pub use lbfgs::{lbfgs, lbfgs_smooth};
pub use objective::{RowHessian, RowObjective};
pub use record::{
    BFGS_LARGEST, Confirmation, LeftOut, Method, Plan, PublishedState, RunRecord, confirm,
};
pub use rows::{RowState, Rows};
pub use smooth::{BothRows, LinearOperator, SmoothObjective};
pub use stationary::{EndPoint, SolverBudget};
pub use supervised::confirm_supervised;
pub use trust_region::{trust_region, trust_region_smooth};
