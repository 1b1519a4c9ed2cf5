//! A point `(W, F)` of `R^(2d+2)` up to the symmetry of the objective.

use crate::confirm::rows::Rows;
use crate::model::supervised::{PopulationObjective, Reduced};

/// Both rows up to rotations that fix `e1` and `e2`, and the output weights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SupervisedState {
    /// `w_1` and `w_2`.
    pub rows: Rows,
    /// `F`.
    pub output: [f64; 2],
}

impl SupervisedState {
    /// The state of `(w_1, w_2, F)`, a vector of length `2d + 2`, `d >= 2`.
    #[must_use]
    pub fn of(x: &[f64]) -> Self {
        let (rows, output) = x.split_at(x.len() - 2);
        Self {
            rows: Rows::of(rows),
            output: [output[0], output[1]],
        }
    }

    /// `w_1^(1), w_1^(2), w_2^(1), w_2^(2), F_1, F_2`.
    #[must_use]
    pub fn plane(&self) -> [f64; 6] {
        let [[a, b], [c, d]] = self.rows.row.map(|row| row.plane);
        let [f1, f2] = self.output;
        [a, b, c, d, f1, f2]
    }

    /// `|s|²` and `|m|²` for the sum and the difference of the rows off the plane,
    /// `s = (w_1,perp + w_2,perp)/√2`, `m = (w_1,perp - w_2,perp)/√2`.
    #[must_use]
    pub fn perpendicular_squares(&self) -> [f64; 2] {
        let [p, q] = self.rows.row.map(|row| row.perpendicular);
        let (mean, mixed) = ((p * p + q * q) / 2.0, self.rows.perpendicular_dot);
        // What rounding makes negative is 0; unlike f64::max, this keeps a NaN.
        [mean + mixed, mean - mixed].map(|x| if x < 0.0 { 0.0 } else { x })
    }

    /// `L_SL` there.
    #[must_use]
    pub fn value(&self, objective: &PopulationObjective) -> f64 {
        let [first, second] = self.rows.row;
        let [[a, b], [c, d]] = [first.plane, second.plane];
        objective.value_at(&Reduced {
            plane: [first.plane, second.plane],
            gram: [
                first.norm().powi(2),
                a * c + b * d + self.rows.perpendicular_dot,
                second.norm().powi(2),
            ],
            output: self.output,
        })
    }
}
