//! Supervised learning on the same data: `L_SL(W, F)`, its derivatives, its minima on a line.
//!
//! ```text
//! L_SL(W, F) = E[φ_y(w_1·x, w_2·x, F)] + β‖W‖_F² + γ‖F‖²,     ŷ = σ(F·σ(Wx)).
//! ```
//!
//! The simplified objective is the same one without noise. All derivatives come from the one formula of
//! [`Loss`].

mod collinear;
mod frame;
mod line_bounds;
mod loss;
mod parameters;
mod sample;
mod simplified;
mod third;

pub use collinear::{COORDINATES, Collinear, CollinearScalar, LocalDerivatives, Order};
pub use frame::Frame;
pub use line_bounds::LineBounds;
pub use loss::{Label, Loss, VARIABLES};
pub use parameters::SupervisedParameters;
pub use simplified::SimplifiedPlane;
pub use third::{Preconditioned, ThirdDerivative};
