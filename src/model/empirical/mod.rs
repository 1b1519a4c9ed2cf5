//! The self-supervised objective of one row on a *given* data set, exactly in the views.
//!
//! With points `x_1, .., x_n` in `R^d`, views `x_i + ρ_a ζ`, and `S_j` as in [`crate::gaussian::smoothed`],
//!
//! ```text
//! ℓ_X(w) = -(1/n) Σ_i S_0(m_i, q)² + α‖w‖²,     m_i = w·x_i,  q = ρ_a²‖w‖²
//! ∇ℓ_X   = -(2/n) Σ_i S_0 S_1 x_i + κ w,        κ = 2α - (2ρ_a²/n) Σ_i S_0 S_2
//! D²ℓ_X  = XᵀDX + κI + c wᵀ + w cᵀ + g w wᵀ
//!          D_i = -(2/n)(S_1² + S_0 S_2),  c = -(2ρ_a²/n) Σ_i (S_1 S_2 + S_0 S_3) x_i,
//!          g = -(2ρ_a⁴/n) Σ_i (S_2² + S_0 S_4).
//! ```
//!
//! (Theory section 2; by `∂_q S_j = ½ S_(j+2)`.) The two views are independent given the point, so the average of
//! their product is a square, and nothing is sampled. For `W` with two rows, `L_X(W) = ℓ_X(w_1) + ℓ_X(w_2)`.
//!
//! | type | what it gives |
//! |---|---|
//! | [`EmpiricalObjective`] | floats: value, gradient, the Hessian as a matrix or as an operator of cost `O(nd)` |
//! | [`EmpiricalEnclosure`] | enclosures of gradient and Hessian at a float `w` |
//! | [`EmpiricalBall`] | Lipschitz constants of the Hessian on balls |

mod ball;
mod enclosure;
mod objective;
mod sizes;
mod sums;

pub use ball::{EmpiricalBall, InverseBounds};
pub use enclosure::{EmpiricalEnclosure, EmpiricalExpansion};
pub use objective::{EmpiricalHessian, EmpiricalObjective};

use crate::scalar::Scalar;

/// The combinations of `S_0, .., S_4` that one point contributes.
#[derive(Clone, Copy, Debug)]
struct Contribution<T> {
    /// `S_0 S_1`, half of `∂_m S_0²`.
    slope: T,
    /// `S_0 S_2`, which is `∂_q S_0²`.
    growth: T,
    /// `S_1² + S_0 S_2`, half of `∂_m² S_0²`.
    bend: T,
    /// `S_1 S_2 + S_0 S_3`, which is `∂_m ∂_q S_0²`.
    twist: T,
    /// `S_2² + S_0 S_4`, twice `∂_q² S_0²`.
    spread: T,
}

impl<T: Scalar> Contribution<T> {
    #[inline(always)]
    fn of([s0, s1, s2, s3, s4]: [T; 5]) -> Self {
        Self {
            slope: s0 * s1,
            growth: s0 * s2,
            bend: s1.sqr() + s0 * s2,
            twist: s1 * s2 + s0 * s3,
            spread: s2.sqr() + s0 * s4,
        }
    }
}
