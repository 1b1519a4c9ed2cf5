//! What is known about one draw.

use serde::{Deserialize, Serialize};

use crate::batch::float;
use crate::theorem::Theorem;

/// What is proved about one data set `X`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawRecord {
    /// How many points were drawn at each centre.
    pub counts: [u64; 4],
    /// The conditions on all of `W` (the worse of both rows), as far as they were evaluated.
    pub conditions: Vec<ConditionRecord>,
    /// Is `w*(X)` proved: both rows, local minima, each unique in its region?
    pub proved: bool,
    /// Is it proved, and joined to `W~*` by a transfer condition that holds (quantitative IFT or
    /// Newton-Kantorovich)?
    pub nearby: bool,
    /// An enclosure of `|W*(X) - W~*|_F`.
    #[serde(with = "float")]
    pub distance: Option<[f64; 2]>,
    /// Midpoints of `w_i^(j)`: floats that prove nothing.
    #[serde(with = "float")]
    pub coefficients: Option<[[f64; 2]; 2]>,
    /// Enclosures of `|P e_1|` and `|P e_2|`.
    #[serde(with = "float")]
    pub projections: Option<[[f64; 2]; 2]>,
    /// The first thing that failed.
    pub obstacle: Option<String>,
}

/// A condition of one draw.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionRecord {
    /// Which one.
    pub id: Condition,
    /// Is it certified to hold?
    pub holds: bool,
    /// Certified lower bound of its limit over its left side.
    #[serde(with = "float")]
    pub margin: f64,
}

/// The conditions evaluated for a draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// The quantitative inverse function theorem, about `W~*`.
    QuantitativeIft,
    /// The Newton-Kantorovich theorem, from `W~*`.
    NewtonKantorovich,
    /// Krawczyk's operator, about a float approximation of `W*(X)`.
    Krawczyk,
}

impl Condition {
    /// All of them, in the order of every table.
    pub const ALL: [Self; 3] = [
        Self::QuantitativeIft,
        Self::NewtonKantorovich,
        Self::Krawczyk,
    ];
}

impl From<Theorem> for Condition {
    fn from(theorem: Theorem) -> Self {
        match theorem {
            Theorem::QuantitativeIft => Self::QuantitativeIft,
            Theorem::NewtonKantorovich => Self::NewtonKantorovich,
            Theorem::Krawczyk => Self::Krawczyk,
        }
    }
}

/// Something that is or is not certified for a draw, and is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Statement {
    /// The quantitative inverse function theorem applies.
    QuantitativeIft,
    /// The Newton-Kantorovich theorem applies.
    NewtonKantorovich,
    /// Krawczyk's test succeeds.
    Krawczyk,
    /// [`DrawRecord::proved`].
    Proved,
    /// [`DrawRecord::nearby`].
    Nearby,
}

impl Statement {
    /// All of them, in the order of every table.
    pub const ALL: [Self; 5] = [
        Self::QuantitativeIft,
        Self::NewtonKantorovich,
        Self::Krawczyk,
        Self::Proved,
        Self::Nearby,
    ];

    /// The name in tables and figures; IFT is the quantitative inverse function theorem.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::QuantitativeIft => "IFT",
            Self::NewtonKantorovich => "Newton–Kantorovich",
            Self::Krawczyk => "Krawczyk",
            Self::Proved => "proved",
            Self::Nearby => "proved nearby",
        }
    }

    /// The name in files: `quantitative_ift`, ..., `nearby`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::QuantitativeIft => "quantitative_ift",
            Self::NewtonKantorovich => "newton_kantorovich",
            Self::Krawczyk => "krawczyk",
            Self::Proved => "proved",
            Self::Nearby => "nearby",
        }
    }

    /// The condition it is about, unless it is about the minimum itself.
    #[must_use]
    pub const fn condition(self) -> Option<Condition> {
        match self {
            Self::QuantitativeIft => Some(Condition::QuantitativeIft),
            Self::NewtonKantorovich => Some(Condition::NewtonKantorovich),
            Self::Krawczyk => Some(Condition::Krawczyk),
            Self::Proved | Self::Nearby => None,
        }
    }

    /// Is it certified for this draw? A condition that was not evaluated is not.
    #[must_use]
    pub fn holds(self, draw: &DrawRecord) -> bool {
        match self.condition() {
            Some(id) => draw.condition(id).is_some_and(|it| it.holds),
            None if self == Self::Proved => draw.proved,
            None => draw.nearby,
        }
    }
}

/// A number of a draw whose distribution is summarised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// Upper end of the enclosure of `|W*(X) - W~*|_F`.
    Distance,
    /// `log10` of the margin of the quantitative IFT.
    LogMarginQuantitativeIft,
    /// `log10` of the margin of Newton-Kantorovich.
    LogMarginNewtonKantorovich,
    /// `log10` of the margin of Krawczyk's test.
    LogMarginKrawczyk,
    /// Midpoint of `w_1^(1)`.
    W11,
    /// Midpoint of `w_1^(2)`.
    W12,
    /// Midpoint of `w_2^(1)`.
    W21,
    /// Midpoint of `w_2^(2)`.
    W22,
    /// Lower end of the enclosure of `|P e_1|`.
    Projection1,
    /// Lower end of the enclosure of `|P e_2|`.
    Projection2,
}

impl Quantity {
    /// All of them, in the order of every table.
    pub const ALL: [Self; 10] = [
        Self::Distance,
        Self::LogMarginQuantitativeIft,
        Self::LogMarginNewtonKantorovich,
        Self::LogMarginKrawczyk,
        Self::W11,
        Self::W12,
        Self::W21,
        Self::W22,
        Self::Projection1,
        Self::Projection2,
    ];

    /// The name in tables.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Distance => "‖W*(X) − W̃*‖, upper end",
            Self::LogMarginQuantitativeIft => "log₁₀ margin, IFT",
            Self::LogMarginNewtonKantorovich => "log₁₀ margin, Newton–Kantorovich",
            Self::LogMarginKrawczyk => "log₁₀ margin, Krawczyk",
            Self::W11 => "w₁⁽¹⁾, midpoint",
            Self::W12 => "w₁⁽²⁾, midpoint",
            Self::W21 => "w₂⁽¹⁾, midpoint",
            Self::W22 => "w₂⁽²⁾, midpoint",
            Self::Projection1 => "‖P e₁‖, lower end",
            Self::Projection2 => "‖P e₂‖, lower end",
        }
    }

    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Distance => "distance",
            Self::LogMarginQuantitativeIft => "log10_margin_quantitative_ift",
            Self::LogMarginNewtonKantorovich => "log10_margin_newton_kantorovich",
            Self::LogMarginKrawczyk => "log10_margin_krawczyk",
            Self::W11 => "w1_1",
            Self::W12 => "w1_2",
            Self::W21 => "w2_1",
            Self::W22 => "w2_2",
            Self::Projection1 => "projection_e1",
            Self::Projection2 => "projection_e2",
        }
    }

    /// Its value for a draw, if the draw has one. A NaN bounds nothing and counts as the infinity on
    /// the bad side; one among midpoints is left out.
    #[must_use]
    pub fn value(self, draw: &DrawRecord) -> Option<f64> {
        let log_margin = |id| {
            let margin = draw.condition(id)?.margin;
            Some(if margin > 0.0 {
                margin.log10()
            } else {
                f64::NEG_INFINITY
            })
        };
        let coefficient = |i: usize, j: usize| {
            let midpoint = draw.coefficients?[i][j];
            (!midpoint.is_nan()).then_some(midpoint)
        };
        let or = |x: f64, bad: f64| if x.is_nan() { bad } else { x };
        match self {
            Self::Distance => Some(or(draw.distance?[1], f64::INFINITY)),
            Self::LogMarginQuantitativeIft => log_margin(Condition::QuantitativeIft),
            Self::LogMarginNewtonKantorovich => log_margin(Condition::NewtonKantorovich),
            Self::LogMarginKrawczyk => log_margin(Condition::Krawczyk),
            Self::W11 => coefficient(0, 0),
            Self::W12 => coefficient(0, 1),
            Self::W21 => coefficient(1, 0),
            Self::W22 => coefficient(1, 1),
            Self::Projection1 => Some(or(draw.projections?[0][0], f64::NEG_INFINITY)),
            Self::Projection2 => Some(or(draw.projections?[1][0], f64::NEG_INFINITY)),
        }
    }
}

impl DrawRecord {
    /// The record of a draw about which nothing is proved.
    #[must_use]
    pub fn nothing_proved(counts: [u64; 4], obstacle: impl Into<String>) -> Self {
        Self {
            counts,
            conditions: vec![],
            proved: false,
            nearby: false,
            distance: None,
            coefficients: None,
            projections: None,
            obstacle: Some(obstacle.into()),
        }
    }

    /// The record of condition `id`, if it was evaluated.
    #[must_use]
    pub fn condition(&self, id: Condition) -> Option<&ConditionRecord> {
        self.conditions.iter().find(|it| it.id == id)
    }
}
