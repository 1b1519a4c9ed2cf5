//! Which condition a curve or a disc belongs to, and how it looks in every figure.

use crate::claim::{ClaimCondition, ConditionId, Space};
use crate::theorem::Theorem;

use super::style::{BLUE, Colour, GREEN, Mark, ORANGE, PURPLE, Shape, Stroke, VERMILLION};

/// A condition, in the coordinates and the norm in which it was evaluated.
///
/// The colour of a figure tells the theorem, the mark the space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConditionKey {
    /// Which condition of the claim.
    pub condition: ConditionId,
    /// The theorem behind it (the condition `plane` has two).
    pub theorem: Theorem,
    /// In which coordinates.
    pub space: Space,
    /// In which norm: `"spectral"`, `"Frobenius"` or `"energy"`.
    pub norm: &'static str,
}

impl From<&ClaimCondition> for ConditionKey {
    fn from(of: &ClaimCondition) -> Self {
        Self {
            condition: of.id,
            theorem: of.condition.theorem,
            space: of.space,
            norm: of.norm,
        }
    }
}

impl ConditionKey {
    /// The short name used in the figures; IFT is the quantitative inverse function theorem.
    #[must_use]
    pub fn label(&self) -> String {
        let theorem = match self.theorem {
            Theorem::QuantitativeIft => "IFT",
            Theorem::NewtonKantorovich => "Newton–Kantorovich",
            Theorem::Krawczyk => "Krawczyk",
        };
        let norm = match self.norm {
            "Frobenius" => " (Frobenius)",
            "energy" => " (energy)",
            _ => "",
        };
        format!("{theorem}, {}{norm}", self.space.name())
    }

    fn colour(&self) -> Colour {
        match (self.theorem, self.space) {
            (Theorem::QuantitativeIft, Space::Plane) => GREEN,
            (Theorem::NewtonKantorovich, Space::Plane) => ORANGE,
            (Theorem::QuantitativeIft, _) => BLUE,
            (Theorem::NewtonKantorovich, _) => VERMILLION,
            (Theorem::Krawczyk, _) => PURPLE,
        }
    }

    /// The line where the condition holds. The whole of W, which decides, is the heavier one.
    pub(super) fn holding(&self) -> Stroke {
        let whole = matches!(self.space, Space::All | Space::Joint);
        let width = if whole { 2.5 } else { 1.5 };
        Stroke::solid(self.colour(), width)
    }

    /// The line where it fails.
    pub(super) fn failing(&self) -> Stroke {
        Stroke::dashed(self.colour(), 1.5)
    }

    pub(super) fn mark(&self, holds: bool) -> Mark {
        let shape = match (self.norm, self.theorem, self.space) {
            ("Frobenius", ..) => Shape::Diamond,
            ("energy", ..) => Shape::Circle,
            (_, Theorem::NewtonKantorovich, Space::Plane) => Shape::TriangleDown,
            (.., Space::Plane) => Shape::Triangle,
            (.., Space::All | Space::Joint) => Shape::Square,
            (.., Space::Row) => Shape::Circle,
        };
        Mark {
            shape,
            colour: self.colour(),
            radius: 4.0,
            filled: holds,
        }
    }
}
