//! Gradient descent with the published step, in all coordinates or in the reduced ones.
//!
//! The step on a row is `w <- w - eta grad l(w)`, and `grad l = (g1, g2, kappa w_perp)`: the
//! part off the plane is multiplied by `1 - eta kappa`, which depends on it through its norm
//! alone. So descent on `(w^(1), w^(2), |w_perp|)` is descent on all coordinates, exactly;
//! a negative factor would turn `w_perp` round, and the signed length does so too.

use super::classify::{GRADIENT_TOLERANCE, Targets};
use super::objective::{RowObjective, dot};
use super::rows::{RowState, Rows};

/// The published step: 0.001 on the sum over 100 points is 0.1 on their mean, and so on `L`.
pub const STEP: f64 = 0.1;
/// The published number of steps, `T`.
pub const PUBLISHED_STEPS: u64 = 4000;
/// Largest `2d` for which descent keeps all coordinates.
pub const FULL_LARGEST: usize = 2000;

/// Where gradient descent ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Descent {
    /// The end point.
    pub end: Rows,
    /// Steps taken.
    pub steps: u64,
    /// `|grad L|` at the end point.
    pub gradient_norm: f64,
    /// The iterate after [`PUBLISHED_STEPS`] steps with its `|grad L|`, if it came so far.
    pub at_published_steps: Option<(Rows, f64)>,
}

/// Descends from `W = (w_1, w_2)`, of length `2d`, until it has arrived (as
/// [`Targets::classify`] means it) or `max_steps` are taken. For `2d` up to
/// [`FULL_LARGEST`] all coordinates are iterated, else the reduced ones.
#[must_use]
pub fn descend(
    objective: &dyn RowObjective,
    start: &[f64],
    targets: &Targets,
    max_steps: u64,
) -> Descent {
    if start.len() <= FULL_LARGEST {
        descend_full(objective, start, targets, max_steps)
    } else {
        descend_reduced(objective, start, targets, max_steps)
    }
}

/// [`descend`] in all `2d` coordinates, whatever their number.
#[must_use]
pub fn descend_full(
    objective: &dyn RowObjective,
    start: &[f64],
    targets: &Targets,
    max_steps: u64,
) -> Descent {
    let (first, second) = start.split_at(start.len() / 2);
    let rows = [first, second].map(|w| Row {
        plane: [w[0], w[1]],
        perpendicular: AllCoordinates::new(w[2..].to_vec()),
    });
    run(objective, rows, targets, max_steps, |rows| {
        dot(
            &rows[0].perpendicular.coordinates,
            &rows[1].perpendicular.coordinates,
        )
    })
}

/// [`descend`] in the reduced coordinates `(w^(1), w^(2), |w_perp|)` of each row.
#[must_use]
pub fn descend_reduced(
    objective: &dyn RowObjective,
    start: &[f64],
    targets: &Targets,
    max_steps: u64,
) -> Descent {
    let begin = Rows::of(start);
    let [first, second] = begin.row.map(|row| row.perpendicular);
    // The directions of w_1,perp and w_2,perp stay what they are, and so does their angle.
    let cosine = if first * second > 0.0 {
        begin.perpendicular_dot / (first * second)
    } else {
        0.0
    };
    let rows = begin.row.map(|row| Row {
        plane: row.plane,
        perpendicular: Length(row.perpendicular),
    });
    run(objective, rows, targets, max_steps, |rows| {
        cosine * rows[0].perpendicular.0 * rows[1].perpendicular.0
    })
}

/// The part of a row off the plane.
trait Perpendicular {
    fn norm_sqr(&self) -> f64;
    fn scale(&mut self, factor: f64);
}

/// All its coordinates, and the sum of their squares.
struct AllCoordinates {
    coordinates: Vec<f64>,
    norm_sqr: f64,
}

impl AllCoordinates {
    fn new(coordinates: Vec<f64>) -> Self {
        let norm_sqr = dot(&coordinates, &coordinates);
        Self {
            coordinates,
            norm_sqr,
        }
    }
}

impl Perpendicular for AllCoordinates {
    fn norm_sqr(&self) -> f64 {
        self.norm_sqr
    }

    fn scale(&mut self, factor: f64) {
        // One pass, with independent partial sums as in `dot`.
        let (blocks, rest) = self.coordinates.as_chunks_mut::<8>();
        let mut sums = [0.0; 8];
        for block in blocks {
            for (x, sum) in block.iter_mut().zip(&mut sums) {
                *x *= factor;
                *sum += *x * *x;
            }
        }
        let mut norm_sqr: f64 = sums.iter().sum();
        for x in rest {
            *x *= factor;
            norm_sqr += *x * *x;
        }
        self.norm_sqr = norm_sqr;
    }
}

/// Its signed length.
struct Length(f64);

impl Perpendicular for Length {
    fn norm_sqr(&self) -> f64 {
        self.0 * self.0
    }

    fn scale(&mut self, factor: f64) {
        self.0 *= factor;
    }
}

struct Row<P> {
    plane: [f64; 2],
    perpendicular: P,
}

impl<P: Perpendicular> Row<P> {
    fn reduced_gradient(&self, objective: &dyn RowObjective) -> [f64; 3] {
        objective.reduced_gradient(self.plane[0], self.plane[1], self.perpendicular.norm_sqr())
    }

    fn gradient_norm_sqr(&self, [g1, g2, kappa]: [f64; 3]) -> f64 {
        g1 * g1 + g2 * g2 + kappa * kappa * self.perpendicular.norm_sqr()
    }

    fn step(&mut self, [g1, g2, kappa]: [f64; 3]) {
        self.plane[0] -= STEP * g1;
        self.plane[1] -= STEP * g2;
        self.perpendicular.scale(1.0 - STEP * kappa);
    }

    fn state(&self) -> RowState {
        RowState {
            plane: self.plane,
            perpendicular: self.perpendicular.norm_sqr().sqrt(),
        }
    }
}

fn run<P: Perpendicular>(
    objective: &dyn RowObjective,
    mut rows: [Row<P>; 2],
    targets: &Targets,
    max_steps: u64,
    perpendicular_dot: impl Fn(&[Row<P>; 2]) -> f64,
) -> Descent {
    let snapshot = |rows: &[Row<P>; 2]| Rows {
        row: [rows[0].state(), rows[1].state()],
        perpendicular_dot: perpendicular_dot(rows),
    };
    let mut at_published_steps = None;
    let mut steps = 0;
    loop {
        let first = rows[0].reduced_gradient(objective);
        let second = rows[1].reduced_gradient(objective);
        let norm_sqr = rows[0].gradient_norm_sqr(first) + rows[1].gradient_norm_sqr(second);
        if steps == PUBLISHED_STEPS {
            at_published_steps = Some((snapshot(&rows), norm_sqr.sqrt()));
        }
        let gradient_norm = norm_sqr.sqrt();
        let arrived = gradient_norm <= GRADIENT_TOLERANCE && targets.contain(&snapshot(&rows));
        if arrived || steps >= max_steps || !norm_sqr.is_finite() {
            return Descent {
                end: snapshot(&rows),
                steps,
                gradient_norm,
                at_published_steps,
            };
        }
        rows[0].step(first);
        rows[1].step(second);
        steps += 1;
    }
}
