//! The gradient in the invariant plane span(e1, e2), as a system of two equations.

use nalgebra::{DMatrix, DVector};

use crate::interval::Interval;
use crate::model::RowObjective;
use crate::theorem::{Gradient, System};

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

/// The two coordinates of a point or box in the plane.
fn pair<T: Copy>(x: &[T]) -> [T; 2] {
    assert_eq!(x.len(), 2, "a point of the plane has two coordinates");
    [x[0], x[1]]
}

impl System for PlaneGradient {
    fn dimension(&self) -> usize {
        2
    }

    fn value(&self, x: &[Interval]) -> DVector<Interval> {
        let (gradient, _) = self.enclosed.gradient(pair(x), Interval::ZERO);
        DVector::from_column_slice(&gradient)
    }

    fn jacobian(&self, x: &[Interval]) -> DMatrix<Interval> {
        let [a, b, c] = self
            .enclosed
            .jacobian(pair(x), Interval::ZERO)
            .plane_block();
        DMatrix::from_row_slice(2, 2, &[a, b, b, c])
    }

    fn value_approx(&self, x: &[f64]) -> DVector<f64> {
        let (gradient, _) = self.floats.gradient(pair(x), 0.0);
        DVector::from_column_slice(&gradient)
    }

    fn jacobian_approx(&self, x: &[f64]) -> DMatrix<f64> {
        let [a, b, c] = self.floats.jacobian(pair(x), 0.0).plane_block();
        DMatrix::from_row_slice(2, 2, &[a, b, b, c])
    }
}

/// The restriction of a gradient to an invariant plane is the gradient of the restriction.
impl Gradient for PlaneGradient {}
