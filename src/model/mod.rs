//! The paper: its distribution, its objectives, their derivatives, and what a minimum contains.
//!
//! The objective separates over rows, `L(W) = ℓ(w_1) + ℓ(w_2)`, and each row's objective
//! depends on `w` only through `w·μ_k` and `n = ‖w‖²`:
//!
//! ```text
//! ℓ(w) = -Σ_k p_k g(w·μ_k, n) + α n,    g(m, n) = G(m; ρ_x² n, ρ_a² n).
//! ```
//!
//! The simplified objective is the same one at `ρ_x = ρ_a = 0`: one set of formulas serves both,
//! in floats and in intervals.

mod content;
pub mod empirical;
mod family;
mod jacobian;
mod lipschitz;
mod mixture;
mod noise;
mod row;
pub mod supervised;

pub use content::{cosines, projections};
pub use family::{
    FamilyChange, FamilyDepth, FamilyDerivatives, FamilyDirection, FamilyParameters,
    FamilyPitchfork, RowFamily,
};
pub use jacobian::{RowJacobian, eigenvalues_symmetric_2x2};
pub use lipschitz::{BallBounds, SecondDerivativeNorm};
pub use mixture::{Centre, Mixture};
pub use noise::{Noise, Partial};
pub use row::{Averages, Depth, ModelScalar, RowObjective};
