//! A point `W` of `R^(2d)` up to the symmetry of the objective.
//!
//! Rotations that fix `e1` and `e2` act on both rows at once; what is left of `W` are the
//! coefficients in the plane, the norms `|w_i,perp|` and the scalar product of
//! `w_1,perp` and `w_2,perp`. Values, gradient norms, distances and the content
//! of the rows depend on nothing else.

use super::objective::{RowObjective, dot};

/// One row up to rotations: `(w^(1), w^(2), |w_perp|)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RowState {
    /// `w^(1), w^(2)`.
    pub plane: [f64; 2],
    /// `|w_perp|`.
    pub perpendicular: f64,
}

impl RowState {
    /// The state of the row `w`, of length `>= 2`.
    #[must_use]
    pub fn of(w: &[f64]) -> Self {
        Self {
            plane: [w[0], w[1]],
            perpendicular: dot(&w[2..], &w[2..]).sqrt(),
        }
    }

    /// `|w|`.
    #[must_use]
    pub fn norm(&self) -> f64 {
        self.distance([0.0; 2])
    }

    /// The Euclidean distance in `R^d` to a point of the plane.
    #[must_use]
    pub fn distance(&self, centre: [f64; 2]) -> f64 {
        let in_plane = (self.plane[0] - centre[0]).hypot(self.plane[1] - centre[1]);
        in_plane.hypot(self.perpendicular)
    }

    /// A row of length `d` with this state.
    #[must_use]
    pub fn representative(&self, d: usize) -> Vec<f64> {
        let mut w = vec![0.0; d];
        w[..2].copy_from_slice(&self.plane);
        if let Some(third) = w.get_mut(2) {
            *third = self.perpendicular;
        }
        w
    }
}

/// Both rows up to rotations.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rows {
    /// The two rows.
    pub row: [RowState; 2],
    /// The scalar product of `w_1,perp` and `w_2,perp`.
    pub perpendicular_dot: f64,
}

impl Rows {
    /// The state of `W = (w_1, w_2)`, given as one vector of length `2d`, `d >= 2`.
    #[must_use]
    pub fn of(w: &[f64]) -> Self {
        let (first, second) = w.split_at(w.len() / 2);
        Self {
            row: [RowState::of(first), RowState::of(second)],
            perpendicular_dot: dot(&first[2..], &second[2..]),
        }
    }

    /// `L(W)`.
    #[must_use]
    pub fn value(&self, objective: &dyn RowObjective) -> f64 {
        let d = objective.dimension();
        self.row
            .iter()
            .map(|row| objective.value(&row.representative(d)))
            .sum()
    }
}
