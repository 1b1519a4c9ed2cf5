//! Supervised learning: do optimisers find the critical points of `L_SL(W, F)` that were proved? Floats only.
//!
//! Three solvers of argmin and two kinds of gradient descent start from the published initialisation and
//! minimise over all `2d + 2` coordinates of `(W, F)`. Where they end is compared with sets in which exactly
//! one critical point was *proved*.
//!
//! | module | what it holds |
//! |---|---|
//! | `start` | the published initialisation |
//! | `state` | `(W, F)` up to the symmetry of the objective |
//! | [`region`] | the proved sets, and how a run ended |
//! | `smooth` | the population objective as the solvers of argmin want it |
//! | [`descent`] | gradient descent with the published step, simultaneous and alternating |
//! | `record` | one run, and all of them: [`confirm_supervised`] |

pub mod descent;
mod record;
pub mod region;
mod smooth;
mod start;
mod state;

pub use descent::{DescentKind, SupervisedDescent, descend_supervised};
pub use record::{
    SupervisedConfirmation, SupervisedMethod, SupervisedPlan, SupervisedPublishedState,
    SupervisedRun, confirm_supervised,
};
pub use region::{Region, SupervisedOutcome};
pub use smooth::SupervisedHessian;
pub use start::supervised_start;
pub use state::SupervisedState;
