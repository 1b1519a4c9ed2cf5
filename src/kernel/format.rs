//! What a certificate holds. Every field has to be there and no other may be; numbers of proofs are exact hexadecimal floats.

use serde::Deserialize;

use super::fields::Fields;
use super::fixed::Fixed;
use super::number::hex;

/// A number of a proof.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct Number(pub Fixed);

impl TryFrom<String> for Number {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let shown: String = text.chars().take(40).collect();
        hex(&text).map(Self).ok_or(format!(
            "{shown:?} is no exact hexadecimal float that is a multiple of 2^-104 below 2^22"
        ))
    }
}

/// An interval, from its ends.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "[Number; 2]")]
pub struct Range(Fixed);

impl TryFrom<[Number; 2]> for Range {
    type Error = String;
    fn try_from([lo, hi]: [Number; 2]) -> Result<Self, String> {
        Fixed::between(lo.0, hi.0)
            .map(Self)
            .ok_or("an interval's ends are the wrong way round".into())
    }
}

impl Range {
    /// The interval.
    pub fn fixed(self) -> Fixed {
        self.0
    }
}

/// A range of noise `v`: not negative, at most 64.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "Range")]
pub struct Noise(Fixed);

impl TryFrom<Range> for Noise {
    type Error = String;
    fn try_from(Range(noise): Range) -> Result<Self, String> {
        let within = noise.inside(Fixed::ZERO.hull(Fixed::int(64)));
        if within {
            Ok(Self(noise))
        } else {
            Err("noise has to lie in [0, 64]".into())
        }
    }
}

impl Noise {
    /// The interval.
    pub fn fixed(self) -> Fixed {
        self.0
    }
}

/// A certificate.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// `minlift certificate 1`.
    pub format: String,
    /// What is claimed, as written.
    pub claim: Fields,
    /// Which claim it is. Nothing is concluded from it.
    pub claim_sha256: String,
    /// What is proved: the claim, or that it is false.
    pub proves: Proves,
    /// The data of the proof.
    pub proof: Proof,
}

/// The outcome.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Proves {
    /// The claim holds.
    Verified,
    /// It does not.
    Refused,
}

/// A proof, by what it is about.
#[derive(Debug, Deserialize)]
#[expect(clippy::large_enum_variant, reason = "there is one of them")]
#[serde(
    rename_all = "kebab-case",
    rename_all_fields = "snake_case",
    deny_unknown_fields
)]
pub enum Proof {
    /// The two minima of a row's objective, simplified and exact.
    Minimum(Minimum),
    /// There is no critical point with `w^(1) > 0`.
    Absence(Absence),
    /// The minimum of the supervised objective.
    Supervised(Supervised),
    /// There is no supervised critical point besides the origin.
    SupervisedAbsence(SupervisedAbsence),
    /// Both objectives.
    Contrast {
        /// Self-supervised.
        ssl: Minimum,
        /// Supervised.
        sl: Supervised,
    },
    /// The minima of the objective of a data set.
    Data(Data),
    /// A branch of minima from the simplified one on.
    Branch(Branch),
    /// One minimum for every parameter of a box.
    Region(Region),
    /// All critical points.
    Global(Global),
    /// Gradient descent contracts.
    Descent {
        /// One for each dimension, the last perhaps for all larger ones.
        sets: Vec<Descent>,
    },
    /// Gradient descent stays at another critical point of the region of starts.
    Stays(Plane),
    /// Gradient descent is repelled by the minimum.
    Repels(Plane),
    /// A zero of a system of polynomials.
    System(System),
}

/// One critical point, in two coordinates: `(w^(1), τ w^(2))`, or `(a, f)` of the supervised objective.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plane {
    /// It lies in this box.
    pub near: [Range; 2],
    /// It is the only one in this box, which holds `near`.
    pub alone: [Range; 2],
}

/// Both rows, simplified and exact, and what they contain.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minimum {
    /// Without noise.
    pub simplified: [Plane; 2],
    /// With noise.
    pub exact: [Plane; 2],
    /// Bounds of `‖w_i* - w̃_i*‖`.
    pub distance: [Number; 2],
    /// Enclosures of `w_i^(j)`.
    pub coefficients: [[Range; 2]; 2],
    /// Enclosures of `|w_i^(j)|/‖w_i‖`.
    pub cosines: [[Range; 2]; 2],
}

/// No critical point with `w^(1) > 0`, for every parameter of a box.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Absence {
    /// `τ`.
    pub tau: Range,
    /// `α`.
    pub alpha: Range,
    /// `v`.
    pub noise: Noise,
    /// The half disc lies in `[0, reach_0] × [-reach_1, reach_1]`, in `(w^(1), τ w^(2))`.
    pub reach: [Number; 2],
    /// How the rectangle is cut: see `search`.
    pub cuts: String,
}

/// A chain of pieces over `v`, the first beginning at 0.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// The simplified minimum.
    pub simplified: Plane,
    /// The pieces in order.
    pub pieces: Vec<BranchPiece>,
    /// A bound of `|dw*/dv|` up to the claim's noise.
    pub constant: Number,
    /// Lower bounds of `w*^(1)`, `w*^(2)` up to the claim's noise.
    pub coefficients: [Number; 2],
    /// Lower bounds of `|w^(j)|/‖w‖` up to the claim's noise.
    pub cosines: [Number; 2],
}

/// A piece.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BranchPiece {
    /// `v`.
    pub noise: Noise,
    /// The critical point.
    pub plane: Plane,
}

/// A box of `τ`, `α` and the noise, cut into pieces.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// `τ`.
    pub tau: Range,
    /// `α`.
    pub alpha: Range,
    /// `v`.
    pub noise: Noise,
    /// How the box is cut.
    pub cuts: String,
    /// A bound of `|dw*/dv|`.
    pub constant: Number,
    /// The uncut parts in order.
    pub pieces: Vec<Plane>,
}

/// All critical points with `w^(1) >= 0`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Global {
    /// They are in `[0, reach_0] × [-reach_1, reach_1]`, in `(w^(1), τ w^(2))`.
    pub reach: [Number; 2],
    /// Each of them; on the axis with `alone` symmetric about it.
    pub points: Vec<Plane>,
    /// How many negative eigenvalues each has in the plane.
    pub indices: Vec<usize>,
    /// How the rectangle is cut.
    pub cuts: String,
}

/// A set `P × {‖w_⊥‖ <= s}` on which gradient descent contracts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Descent {
    /// The dimension, or the smallest.
    pub d: u64,
    /// Is it for all larger ones as well?
    pub and_all_larger: bool,
    /// `v`.
    pub noise: Noise,
    /// The minimum.
    pub minimum: Plane,
    /// `P`.
    pub rectangle: [Range; 2],
    /// The largest `v‖w_⊥‖²`.
    pub beside: Number,
    /// `μ` and `Λ`.
    pub spectrum: [Number; 2],
    /// An upper bound of `∂²ℓ/∂(w^(1))²`, `∂²ℓ/∂(w^(2))²` and of `κ`.
    pub largest: [Number; 3],
    /// The factor per step.
    pub rate: Number,
}

/// The opposed critical point `w_1 = (a, 0)`, `w_2 = (-a, 0)`, `F = (-f, f)`, simplified and exact.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Supervised {
    /// Without noise, in `(a, f)`.
    pub simplified: Plane,
    /// With noise.
    pub exact: Plane,
    /// A bound of the Euclidean distance in `R^(2d+2)`.
    pub distance: Number,
    /// A lower bound of the Hessian's smallest eigenvalue in `R^(2d+2)` at the exact minimum.
    pub smallest_eigenvalue: Number,
}

/// No opposed critical point besides the origin, without noise.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupervisedAbsence {
    /// They are in `|a| <= reach_0`, `|f| <= reach_1`.
    pub reach: [Number; 2],
    /// The origin.
    pub origin: Plane,
    /// How the rectangle is cut.
    pub cuts: String,
}

/// The minima of the objective of a data set.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Data {
    /// The points, in rows.
    pub points: Vec<Vec<Number>>,
    /// Without noise and at the centres with the frequencies of the claim.
    pub simplified: [Plane; 2],
    /// The minima.
    pub exact: [DataMinimum; 2],
    /// Bounds of `‖w_i*(X) - w̃_i*(X)‖`.
    pub distance: [Number; 2],
}

/// One minimum.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataMinimum {
    /// The middle of the box.
    pub centre: Vec<Number>,
    /// Half of its sides: the minimum is the only critical point in it.
    pub half_width: Number,
    /// `Y`, in rows.
    pub preconditioner: Vec<Vec<Number>>,
}

/// A zero of a system of polynomials with rational coefficients.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct System {
    /// The box with exactly one zero.
    pub near: Vec<Range>,
    /// `Y`, in rows.
    pub preconditioner: Vec<Vec<Number>>,
}
