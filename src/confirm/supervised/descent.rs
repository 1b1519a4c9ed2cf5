//! Gradient descent with the published step, in the reduced coordinates.
//!
//! The gradient in each row is a combination of `e1`, `e2` and the rows, so descent stays in the space that the
//! start spans with `e1` and `e2`: four coordinates a row in an orthonormal basis of it, whatever `d` is. That is
//! descent on all coordinates, exactly.

use crate::confirm::descent::STEP;
use crate::confirm::objective::dot;
use crate::confirm::rows::{RowState, Rows};
use crate::model::supervised::{PopulationObjective, Reduced, RowBasis};

use super::region::{GRADIENT_TOLERANCE, Region, region_of};
use super::state::SupervisedState;

/// The published number of steps, `T`.
pub const PUBLISHED_STEPS: u64 = 8000;
/// Outside every region, descent goes on until the gradient is this small.
pub const GRADIENT_GOAL: f64 = 1e-9;

/// What one step updates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DescentKind {
    /// `(W, F)` at once, from the gradient at the old point.
    Simultaneous,
    /// `W`, then `F` with the gradient at the new `W`: the published step.
    Alternating,
}

/// Where gradient descent ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SupervisedDescent {
    /// The end point.
    pub end: SupervisedState,
    /// Steps taken.
    pub steps: u64,
    /// `|grad L_SL|` at the end point.
    pub gradient_norm: f64,
    /// The iterate after [`PUBLISHED_STEPS`] steps with its `|grad L_SL|`, if the gradient was finite until then.
    pub at_published_steps: Option<(SupervisedState, f64)>,
}

/// Descends from `(w_1, w_2, F)`, of length `2d + 2`.
///
/// It takes the published steps in any case, and then as many as it needs, but at most `max_steps` in all, to arrive
/// in a region (as [`SupervisedOutcome`](super::SupervisedOutcome) means it) or at a gradient of [`GRADIENT_GOAL`].
#[must_use]
pub fn descend_supervised(
    objective: &PopulationObjective,
    start: &[f64],
    kind: DescentKind,
    regions: &[Region],
    max_steps: u64,
) -> SupervisedDescent {
    let mut point = Point::of(start);
    let mut at_published_steps = None;
    let mut steps = 0;
    loop {
        let gradient = objective.gradient_at(&point.reduced());
        let on_rows = gradient.on_rows(&point.rows);
        let norm_sqr = dot(on_rows.as_flattened(), on_rows.as_flattened())
            + dot(&gradient.output, &gradient.output);
        let gradient_norm = norm_sqr.sqrt();
        if steps == PUBLISHED_STEPS {
            at_published_steps = Some((point.state(), gradient_norm));
        }
        let arrived = gradient_norm <= GRADIENT_GOAL
            || gradient_norm <= GRADIENT_TOLERANCE && region_of(regions, &point.state()).is_some();
        let done = arrived && steps >= PUBLISHED_STEPS;
        if done || steps >= max_steps || !norm_sqr.is_finite() {
            return SupervisedDescent {
                end: point.state(),
                steps,
                gradient_norm,
                at_published_steps,
            };
        }
        for (row, slope) in point.rows.iter_mut().zip(&on_rows) {
            step(row, slope);
        }
        let slope = match kind {
            DescentKind::Simultaneous => gradient.output,
            DescentKind::Alternating => objective.output_gradient_at(&point.reduced()),
        };
        step(&mut point.output, &slope);
        steps += 1;
    }
}

#[inline]
fn step(x: &mut [f64], slope: &[f64]) {
    for (x, g) in x.iter_mut().zip(slope) {
        *x -= STEP * g;
    }
}

/// `(W, F)` in the reduced coordinates.
struct Point {
    /// `w·e1, w·e2` and two more coordinates.
    rows: [[f64; 4]; 2],
    output: [f64; 2],
}

impl Point {
    fn of(x: &[f64]) -> Self {
        let (rows, output) = x.split_at(x.len() - 2);
        let (first, second) = rows.split_at(rows.len() / 2);
        let frame = RowBasis::of([first, second]);
        Self {
            rows: [first, second].map(|row| frame.coordinates(row)),
            output: [output[0], output[1]],
        }
    }

    #[inline]
    fn reduced(&self) -> Reduced {
        Reduced::of_rows([&self.rows[0], &self.rows[1]], self.output)
    }

    fn state(&self) -> SupervisedState {
        let [first, second] = &self.rows;
        SupervisedState {
            rows: Rows {
                row: [RowState::of(first), RowState::of(second)],
                perpendicular_dot: dot(&first[2..], &second[2..]),
            },
            output: self.output,
        }
    }
}
