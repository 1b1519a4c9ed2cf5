//! What a computation has established about a zero of a map, or not.

use std::fmt;

use super::printing::{Lower, Upper};

/// The outcome of looking for a critical point: what is *proved*, or why nothing is.
///
/// [`Verdict::Inconclusive`] is not "false": a hypothesis could not be verified,
/// and the zero may exist all the same.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub enum Verdict {
    /// Exactly one zero in the stated box, and the Jacobian (a Hessian) is positive
    /// definite on it: a strict local minimum.
    ProvedMinimum,
    /// Exactly one zero in the stated box; the (symmetric) Jacobian has this many
    /// negative eigenvalues and is invertible.
    ProvedStationary {
        /// Number of negative eigenvalues.
        index: usize,
    },
    /// Exactly one zero in the stated box, with an invertible Jacobian. The map is not
    /// known to be a gradient, so nothing is said of a minimum.
    ProvedZero,
    /// A zero exists in the stated box; whether it is the only one is open.
    UniquenessOpen,
    /// There is no zero in the stated box.
    Refuted,
    /// Nothing is proved.
    Inconclusive(Obstacle),
}

/// The hypothesis that could not be verified, with both sides of its inequality.
#[derive(Clone, Debug, PartialEq)]
pub struct Obstacle {
    /// The inequality in the symbols of the theorem, `left < right` being what was needed.
    pub hypothesis: String,
    /// Its left side: an upper bound, or NaN if there is none.
    pub left: f64,
    /// Its right side: a lower bound, or NaN if there is none.
    pub right: f64,
    /// What to try next.
    pub advice: String,
}

impl Verdict {
    /// Is exactly one zero proved, of whatever index?
    #[must_use]
    pub fn is_proved(&self) -> bool {
        matches!(
            self,
            Self::ProvedMinimum | Self::ProvedStationary { .. } | Self::ProvedZero
        )
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ProvedMinimum => write!(f, "proved minimum"),
            Self::ProvedStationary { index } => {
                write!(f, "proved stationary point of index {index}")
            }
            Self::ProvedZero => write!(f, "proved zero"),
            Self::UniquenessOpen => write!(f, "exists, uniqueness open"),
            Self::Refuted => write!(f, "refuted: no critical point in the box"),
            Self::Inconclusive(why) => write!(f, "inconclusive: {why}"),
        }
    }
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} not verified", self.hypothesis)?;
        // There may be no sides to speak of.
        if !(self.left.is_nan() && self.right.is_nan()) {
            write!(f, " ({} against {})", Upper(self.left), Lower(self.right))?;
        }
        write!(f, "; {}", self.advice)
    }
}
