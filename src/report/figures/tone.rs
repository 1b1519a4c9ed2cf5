//! How a series of a figure about many draws looks.

use super::style::{BLUE, Colour, GREEN, INK, Mark, ORANGE, PURPLE, Shape, Stroke, VERMILLION};

/// Colour and mark of a series; each has its own of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The quantitative inverse function theorem, as in the other figures.
    Blue,
    /// Newton-Kantorovich.
    Vermillion,
    /// Krawczyk.
    Purple,
    /// Something about the minimum itself.
    Ink,
    /// Another.
    Green,
    /// Another.
    Orange,
}

impl Tone {
    pub(super) const fn colour(self) -> Colour {
        match self {
            Self::Blue => BLUE,
            Self::Vermillion => VERMILLION,
            Self::Purple => PURPLE,
            Self::Ink => INK,
            Self::Green => GREEN,
            Self::Orange => ORANGE,
        }
    }

    pub(super) const fn mark(self, filled: bool) -> Mark {
        let shape = match self {
            Self::Blue => Shape::Square,
            Self::Vermillion => Shape::TriangleDown,
            Self::Purple => Shape::Diamond,
            Self::Ink => Shape::Circle,
            Self::Green => Shape::Triangle,
            Self::Orange => Shape::Cross,
        };
        Mark {
            shape,
            colour: self.colour(),
            radius: 4.0,
            filled,
        }
    }

    pub(super) const fn stroke(self, solid: bool) -> Stroke {
        if solid {
            Stroke::solid(self.colour(), 1.75)
        } else {
            Stroke::dashed(self.colour(), 1.25)
        }
    }
}
