//! The gradient in the invariant plane span(e1, e2), as a system of two equations.

use super::row::RowObjective;
use crate::interval::Interval;

/// `(w^(1), w^(2)) ↦ ∇ℓ` restricted to the plane: what the engine solves.
///
/// By theory section 3 the plane is invariant and every critical point of `ℓ` in `R^d` lies
/// in it, so a zero that is unique in a planar set `P` with `w^(2) > 0` is the only critical
/// point in `P × R^(d-2)`.
#[derive(Clone, Debug)]
pub struct PlaneGradient {
    enclosed: RowObjective<Interval>,
    floats: RowObjective<f64>,
}

impl PlaneGradient {
    /// The system of an objective; `floats` is the same objective in floats.
    #[must_use]
    pub const fn new(enclosed: RowObjective<Interval>, floats: RowObjective<f64>) -> Self {
        Self { enclosed, floats }
    }

    /// The objective in intervals.
    #[must_use]
    pub const fn enclosed(&self) -> &RowObjective<Interval> {
        &self.enclosed
    }

    /// The objective in floats.
    #[must_use]
    pub const fn floats(&self) -> &RowObjective<f64> {
        &self.floats
    }
}
