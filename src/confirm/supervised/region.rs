//! Where did a run end: in a proved set, or somewhere else?

use super::state::SupervisedState;

/// A run has arrived only where `|grad L_SL|`, over all `2d + 2` coordinates, is at most this.
pub const GRADIENT_TOLERANCE: f64 = 1e-7;

/// A set of `R^(2d+2)` in which exactly one critical point was proved.
///
/// With `delta` the plane coordinates `(w_1^(1), w_1^(2), w_2^(1), w_2^(2), F_1, F_2)` minus `centre`,
/// `s = (w_1,perp + w_2,perp)/√2` and `m = (w_1,perp - w_2,perp)/√2`, it is
///
/// ```text
/// |transform delta|² + (beside[0] |s|)² + (beside[1] |m|)² < radius².
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// The critical point, up to its enclosure's width; it lies in the plane.
    pub centre: [f64; 6],
    /// The rows of a matrix.
    pub transform: [[f64; 6]; 6],
    /// Factors of `|s|` and `|m|`.
    pub beside: [f64; 2],
    /// A lower bound of the proved radius.
    pub radius: f64,
    /// The index of the critical point: negative eigenvalues of its Hessian, 0 for a minimum.
    pub index: usize,
    /// The name used in reports.
    pub name: String,
}

impl Region {
    /// Does the state lie in the set? One that is not a number does not.
    #[must_use]
    pub fn contains(&self, state: &SupervisedState) -> bool {
        self.distance_sqr(state) < self.radius * self.radius
    }

    /// The left side of the inequality.
    fn distance_sqr(&self, state: &SupervisedState) -> f64 {
        let plane = state.plane();
        let mut sum = 0.0;
        for row in &self.transform {
            let u: f64 = (row.iter().zip(plane).zip(self.centre))
                .map(|((t, x), c)| t * (x - c))
                .sum();
            sum += u * u;
        }
        let beside = state.perpendicular_squares().into_iter().zip(self.beside);
        sum + beside
            .map(|(square, factor)| factor * factor * square)
            .sum::<f64>()
    }
}

/// The region that contains the state, as its position in the list: the first one, should there be several.
#[must_use]
pub fn region_of(regions: &[Region], state: &SupervisedState) -> Option<usize> {
    regions.iter().position(|region| region.contains(state))
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum SupervisedOutcome {
    /// In a proved set, and `|grad L_SL|` is at most [`GRADIENT_TOLERANCE`].
    Arrived {
        /// The position of the [`Region`] in the list.
        region: usize,
    },
    /// The gradient is that small outside every proved set: this contradicts a claim that these are all that
    /// optimisers find.
    StationaryElsewhere,
    /// The gradient is not that small: the budget was spent, or the solver gave up.
    NotFinished,
}

impl SupervisedOutcome {
    /// Judges the end point of a run. A gradient that is not a number is not small.
    pub fn of(regions: &[Region], state: &SupervisedState, gradient_norm: f64) -> Self {
        if gradient_norm <= GRADIENT_TOLERANCE {
            match region_of(regions, state) {
                Some(region) => Self::Arrived { region },
                None => Self::StationaryElsewhere,
            }
        } else {
            Self::NotFinished
        }
    }

    /// The name used in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Arrived { .. } => "arrived",
            Self::StationaryElsewhere => "stationary elsewhere",
            Self::NotFinished => "not finished",
        }
    }
}
