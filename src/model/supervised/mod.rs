//! Supervised learning on the same data: `L_SL(W, F)`, its derivatives, its minima on a line.
//!
//! ```text
//! L_SL(W, F) = E[φ_y(w_1·x, w_2·x, F)] + β‖W‖_F² + γ‖F‖²,     ŷ = σ(F·σ(Wx)).
//! ```
//!
//! The simplified objective is the same one without noise. All derivatives come from the one formula of
//! [`Loss`].

mod curvature;
mod fast_exp;
mod jacobian;
mod loss;
mod normal_rule;
mod parameters;
mod population;

pub use jacobian::{CORE, Frame, SupervisedJacobian};
pub use loss::{Label, Loss, VARIABLES};
pub use parameters::SupervisedParameters;
pub use population::{PopulationObjective, Reduced, ReducedGradient};
