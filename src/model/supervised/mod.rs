//! Supervised learning on the same data: `L_SL(W, F)`, its derivatives, its minima on a line.
//!
//! ```text
//! L_SL(W, F) = E[φ_y(w_1·x, w_2·x, F)] + β‖W‖_F² + γ‖F‖²,     ŷ = σ(F·σ(Wx)).
//! ```
//!
//! The simplified objective is the same one without noise. All derivatives come from the one formula of
//! [`Loss`].
//!
//! | module | what it holds |
//! |---|---|
//! | `loss`, `parameters` | one sample; what the objective depends on |
//! | `simplified` | no noise, any point of the plane: floats and enclosures |
//! | `collinear`, `sample` | any noise, rows that are multiples of one vector: floats and enclosures |
//! | `frame`, `third`, `line_bounds` | bounds of higher derivatives on balls about such a point |
//! | `population`, `curvature`, `jacobian`, `normal_rule` | any noise, any point: floats |

mod collinear;
mod curvature;
mod frame;
mod jacobian;
mod line_bounds;
mod loss;
mod normal_rule;
mod parameters;
mod population;
mod sample;
mod simplified;
mod third;

pub use collinear::{COORDINATES, Collinear, CollinearScalar, LocalDerivatives, Order};
pub use frame::Frame;
pub use jacobian::{CORE, RowBasis, SupervisedJacobian};
pub use line_bounds::LineBounds;
pub use loss::{Label, Loss, VARIABLES};
pub use parameters::SupervisedParameters;
pub use population::{PopulationObjective, Reduced, ReducedGradient};
pub use simplified::SimplifiedPlane;
pub use third::{Preconditioned, ThirdDerivative};
