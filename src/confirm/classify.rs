//! Where did a run end: in a proved ball, or somewhere else?

use super::rows::{RowState, Rows};

/// A run has arrived only where `|grad L|`, over all `2d` coordinates, is at most this.
pub const GRADIENT_TOLERANCE: f64 = 1e-6;

/// A proved critical point in the plane: the only one in the open ball of `R^d`
/// about `centre` with this radius.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// Midpoint `(w^(1), w^(2))` of its enclosure; the other coordinates are 0.
    pub centre: [f64; 2],
    /// Radius of a ball inside the proved uniqueness region: a lower bound.
    pub uniqueness_radius: f64,
}

impl Target {
    /// Does the row lie in the ball?
    #[must_use]
    pub fn contains(&self, row: &RowState) -> bool {
        row.distance(self.centre) < self.uniqueness_radius
    }
}

/// The proved critical points of the objective of one row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Targets {
    /// The minima with `w^(1) > 0` and `w^(1) < 0`.
    pub minima: [Target; 2],
    /// The saddle between them, if it is proved.
    pub saddle: Option<Target>,
}

/// In which proved ball a row lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Landing {
    /// That of the minimum with `w^(1) > 0`.
    Positive,
    /// That of the minimum with `w^(1) < 0`.
    Negative,
    /// That of the saddle.
    Saddle,
    /// None.
    Outside,
}

impl Landing {
    /// The name used in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Negative => "negative",
            Self::Saddle => "saddle",
            Self::Outside => "outside",
        }
    }

    /// Is it the ball of a minimum?
    #[must_use]
    pub const fn is_minimum(self) -> bool {
        matches!(self, Self::Positive | Self::Negative)
    }
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Outcome {
    /// Each row lies in the proved uniqueness ball of a minimum, and `|grad L|` is at most
    /// [`GRADIENT_TOLERANCE`].
    Arrived,
    /// The gradient is that small, but a row lies outside every proved ball: this contradicts
    /// the claim.
    StationaryElsewhere,
    /// The gradient is that small; each row lies in a proved ball, one of them in the saddle's.
    StationaryAtSaddle,
    /// The gradient is not that small: the budget was spent, or the solver gave up.
    NotFinished,
}

impl Outcome {
    /// The name used in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Arrived => "arrived",
            Self::StationaryElsewhere => "stationary elsewhere",
            Self::StationaryAtSaddle => "stationary at the saddle",
            Self::NotFinished => "not finished",
        }
    }
}

impl Targets {
    /// The ball the row lies in.
    #[must_use]
    pub fn landing(&self, row: &RowState) -> Landing {
        if self.minima[0].contains(row) {
            Landing::Positive
        } else if self.minima[1].contains(row) {
            Landing::Negative
        } else if self.saddle.is_some_and(|saddle| saddle.contains(row)) {
            Landing::Saddle
        } else {
            Landing::Outside
        }
    }

    /// Does each row lie in the ball of a minimum?
    #[must_use]
    pub fn contain(&self, rows: &Rows) -> bool {
        rows.row.iter().all(|row| self.landing(row).is_minimum())
    }

    /// Judges the end point of a run, with the ball each row lies in. A gradient that is not
    /// a number is not small.
    pub fn classify(&self, rows: &Rows, gradient_norm: f64) -> (Outcome, [Landing; 2]) {
        let landings = rows.row.map(|row| self.landing(&row));
        let outcome = if gradient_norm <= GRADIENT_TOLERANCE {
            if landings.iter().all(|landing| landing.is_minimum()) {
                Outcome::Arrived
            } else if landings.contains(&Landing::Outside) {
                Outcome::StationaryElsewhere
            } else {
                Outcome::StationaryAtSaddle
            }
        } else {
            Outcome::NotFinished
        };
        (outcome, landings)
    }

    /// The distance in `R^(2d)` to the proved minima's midpoints: row by row to the nearer one.
    #[must_use]
    pub fn distance(&self, rows: &Rows) -> f64 {
        let [first, second] = rows.row.map(|row| {
            let [positive, negative] = self.minima.map(|minimum| row.distance(minimum.centre));
            // Unlike f64::min, this keeps a NaN.
            if negative < positive {
                negative
            } else {
                positive
            }
        });
        first.hypot(second)
    }
}
