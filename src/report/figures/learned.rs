//! The three kinds of minima that are compared, and how they look in every figure.

use super::style::{BLUE, Colour, GREEN, Mark, Shape, VERMILLION};

/// A kind of minimum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Learned {
    /// Of the self-supervised objective; its rows span `e1` and `e2`.
    SelfSupervised,
    /// Of the supervised objective; its rows are opposed and have no part along `e2`.
    Supervised,
    /// Of the supervised objective; its rows are equal, with some part along `e2`.
    Agreeing,
}

impl Learned {
    /// All of them, in the order of the figures.
    pub const ALL: [Self; 3] = [Self::SelfSupervised, Self::Supervised, Self::Agreeing];

    /// The short name used in the figures and their data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SelfSupervised => "SSL",
            Self::Supervised => "SL",
            Self::Agreeing => "SL, units agree",
        }
    }

    pub(super) const fn colour(self) -> Colour {
        match self {
            Self::SelfSupervised => BLUE,
            Self::Supervised => VERMILLION,
            Self::Agreeing => GREEN,
        }
    }

    pub(super) const fn mark(self, radius: f64, filled: bool) -> Mark {
        Mark {
            shape: match self {
                Self::SelfSupervised => Shape::Circle,
                Self::Supervised => Shape::Square,
                Self::Agreeing => Shape::Diamond,
            },
            colour: self.colour(),
            radius,
            filled,
        }
    }
}
