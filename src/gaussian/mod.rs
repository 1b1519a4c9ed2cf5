//! Gaussian averages of products of an activation's derivatives.
//!
//! ```text
//! S_i(u) = E_z φ^(i)(m + √p u + √q z),     M_ij(m; p, q) = E_u[ S_i(u) S_j(u) ],
//! ```
//!
//! `u`, `z` standard normal: two views of one point share the variance `p` and have
//! private variance `q` each. `M_00` is the average of the product of the views.
//! Two independent routes enclose them: a Taylor series of the heat flow for small
//! variances ([`series`]), the trapezoid rule for any ([`trapezoid`]). [`MomentRule`] chooses.
//!
//! Averages of any functions of *one* Gaussian variable: [`line`](mod@line); of the sigmoid at many
//! means: [`smoothed`].

pub mod activation;
mod approx;
pub mod extend;
pub mod line;
pub mod logistic;
mod rule;
pub mod series;
pub mod smoothed;
mod table;
pub mod trapezoid;

pub use activation::Activation;
pub use approx::MomentsApprox;
pub use rule::{MomentRule, Route};
pub(crate) use table::products_table;
pub use table::{MAX_ORDER, MomentTable};
