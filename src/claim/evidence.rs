//! The data of a claim and of everything that was computed about it.

use std::sync::Arc;

use crate::data::DataSet;
use crate::interval::Interval;
use crate::interval::linalg::Sign;
use crate::theorem::{Condition, Theorem, Verdict};

/// What a claim asserts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClaimKind {
    /// `kind = "ssl"`: the exact self-supervised objective has, near the minimum of the simplified one, exactly one
    /// critical point, a local minimum; its rows span `e1` and `e2`.
    Ssl,
    /// `kind = "sl"`: the same for the supervised objective; its rows span `e1` only.
    Sl,
    /// `kind = "contrast"`: both.
    Contrast,
    /// `kind = "data"`: the self-supervised objective of a given data set, drawn or from a file, has a local minimum at a stated
    /// distance from that of the simplified one, alone in a stated ball, one row on each side of `w^(1) = 0`.
    Data,
    /// `kind = "every-d"`, or `d = ">=N"`: the self-supervised statement for every dimension from `N` on, with `rho = d^(-3/2)`.
    EveryDimension,
    /// `kind = "branch"`: a smooth branch of minima joins the exact minimum to the simplified one.
    Branch,
    /// `kind = "box"`, or `tau` or `alpha` an interval: the self-supervised statement for all parameters of a box.
    Region,
    /// `kind = "global"`: all critical points of the exact objective of a row, and the basin of the minimum.
    Global,
    /// `kind = "descent"`: gradient descent contracts to the minimum at a proved rate, from every start of a region.
    Descent,
}

impl ClaimKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Ssl,
        Self::Sl,
        Self::Contrast,
        Self::Data,
        Self::EveryDimension,
        Self::Branch,
        Self::Region,
        Self::Global,
        Self::Descent,
    ];

    /// The name used in claims and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ssl => "ssl",
            Self::Sl => "sl",
            Self::Contrast => "contrast",
            Self::Data => "data",
            Self::EveryDimension => "every-d",
            Self::Branch => "branch",
            Self::Region => "box",
            Self::Global => "global",
            Self::Descent => "descent",
        }
    }

    /// Does it speak of many objectives at once, or of all of one ([`super::family`])?
    #[must_use]
    pub const fn has_family(self) -> bool {
        matches!(
            self,
            Self::EveryDimension | Self::Branch | Self::Region | Self::Global | Self::Descent
        )
    }

    /// Does it speak of the self-supervised population objective?
    #[must_use]
    pub const fn has_ssl(self) -> bool {
        matches!(self, Self::Ssl | Self::Contrast)
    }

    /// Does it speak of the supervised objective?
    #[must_use]
    pub const fn has_sl(self) -> bool {
        matches!(self, Self::Sl | Self::Contrast)
    }

    /// Does it speak of the objective of a given data set?
    #[must_use]
    pub const fn has_data(self) -> bool {
        matches!(self, Self::Data)
    }
}

/// A claim: for these parameters the exact objective has, near the minimum of the
/// simplified one, exactly one critical point, a local minimum.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Names the output folder.
    pub name: String,
    /// Which objectives it speaks of.
    pub kind: ClaimKind,
    /// Dimension of the data, `>= 2`.
    pub d: u64,
    /// Does it speak of every dimension from `d` on (`d = ">=N"`)? The noise is then `d^(-3/2)` in each.
    pub and_larger: bool,
    /// Strength of the hidden feature; for `kind = "box"` all of an interval.
    pub tau: Interval,
    /// Weight of the penalty `alpha |W|_F^2` of the self-supervised objective; of no meaning for `kind = "sl"`.
    pub alpha: Interval,
    /// Weight of the penalty `beta |W|_F^2` of the supervised objective; of no meaning for `kind = "ssl"`.
    pub beta: Interval,
    /// Weight of the penalty `gamma |F|^2` of the supervised objective; of no meaning for `kind = "ssl"`.
    pub gamma: Interval,
    /// Standard deviation of the data noise; of no meaning (and 0) if the data come from a file.
    pub rho_data: Interval,
    /// Standard deviation of the view noise.
    pub rho_view: Interval,
    /// Probabilities of the centres `e1, e1 + tau e2, -e1, -e1 + tau e2`; they sum to 1. For `kind = "data"` the observed
    /// frequencies, some of which may be exactly 0.
    pub weights: [Interval; 4],
    /// Are `p_1 = p_3` and `p_2 = p_4`, exactly, as written?
    pub mirror_symmetric: bool,
    /// The step of gradient descent on the mean objective, for `kind = "global"` and `"descent"`: 1/10 if it is not written.
    pub step: Interval,
    /// The rectangle of `(w^(1), w^(2))` that gradient descent starts in, for `kind = "descent"`: the published region "0" if it is not written.
    pub start: [Interval; 2],
    /// The data set, for `kind = "data"` and no other.
    pub data: Option<Arc<DataSet>>,
    /// Conditions that must hold for the claim to count as verified.
    pub require: Vec<ConditionId>,
    /// What the claim's author expects.
    pub expect: Expectation,
    /// The numbers as they were written, for the report.
    pub written: WrittenClaim,
}

/// The literals of a claim, as written (or the default's description).
#[derive(Clone, Debug, Default)]
pub struct WrittenClaim {
    /// `tau` as written.
    pub tau: String,
    /// `alpha` as written.
    pub alpha: String,
    /// `beta` as written.
    pub beta: String,
    /// `gamma` as written.
    pub gamma: String,
    /// `rho_data` as written, or `d^(-3/2)`; empty if the data come from a file.
    pub rho_data: String,
    /// `rho_view` as written, or `d^(-3/2)`.
    pub rho_view: String,
    /// The step as written.
    pub step: String,
    /// The region of starts as written.
    pub start: String,
    /// The four weights as written; frequencies as `23/100`.
    pub weights: [String; 4],
}

/// The conditions of the transfer from the simplified to the exact objective.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ConditionId {
    /// The quantitative inverse function theorem, `"quantitative_ift"`.
    QuantitativeIft,
    /// Newton-Kantorovich, `"newton_kantorovich"`.
    NewtonKantorovich,
    /// The first two in the invariant plane, `"plane"`.
    Plane,
    /// Krawczyk's operator, `"krawczyk"`.
    Krawczyk,
}

impl ConditionId {
    /// All of them, in the order of the report.
    pub const ALL: [Self; 4] = [
        Self::QuantitativeIft,
        Self::NewtonKantorovich,
        Self::Plane,
        Self::Krawczyk,
    ];

    /// The name used in claims and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::QuantitativeIft => "quantitative_ift",
            Self::NewtonKantorovich => "newton_kantorovich",
            Self::Plane => "plane",
            Self::Krawczyk => "krawczyk",
        }
    }
}

/// What the claim's author expects of the verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// `expect = "verified"`.
    Verified,
    /// `expect = "refused"`.
    Refused,
}

impl Expectation {
    /// The name used in claims and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Refused => "refused",
        }
    }
}

/// The decision on a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum ClaimVerdict {
    /// The minimum of the exact objective is proved, and every required condition holds.
    Verified,
    /// Proved: the simplified objective has no critical point with `w^(1) > 0`, so there is nothing to lift.
    Refused,
    /// Neither could be proved.
    Inconclusive,
}

impl ClaimVerdict {
    /// The name used in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Refused => "refused",
            Self::Inconclusive => "inconclusive",
        }
    }
}

/// The coordinates a condition speaks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Space {
    /// One row, `R^d`.
    Row,
    /// All of `W`, `R^(2d)`.
    All,
    /// The invariant plane: span(e1, e2) of one row; for the supervised objective that of `(a, f)`.
    Plane,
    /// All coordinates of `W` and `F`, `R^(2d+2)`: the supervised objective.
    Joint,
}

impl Space {
    /// The name used in reports: `row`, `W`, `plane`, `W, F`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Row => "row",
            Self::All => "W",
            Self::Plane => "plane",
            Self::Joint => "W, F",
        }
    }
}

/// Everything that was computed about a claim; what was not computed is absent.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The claim.
    pub claim: Claim,
    /// The decision.
    pub verdict: ClaimVerdict,
    /// Why, in one sentence.
    pub reason: String,
    /// What to try next, if the verdict is inconclusive.
    pub advice: Option<String>,
    /// Step 1: the critical points of the simplified objective.
    pub simplified: Option<SimplifiedEvidence>,
    /// The proof that there is no critical point with `w^(1) > 0`.
    pub refusal: Option<Refusal>,
    /// Step 2: the Jacobian of the gradient map of the exact objective at the simplified minimum.
    pub jacobian: Option<JacobianEvidence>,
    /// Step 3: the radius conditions.
    pub conditions: Vec<ClaimCondition>,
    /// Step 4: the minimum of the exact objective.
    pub exact: Option<ExactEvidence>,
    /// Step 5: what the exact minimum contains.
    pub content: Option<Content>,
}

/// The critical points of the simplified objective.
#[derive(Clone, Debug)]
pub struct SimplifiedEvidence {
    /// The minima with `w^(1) > 0` (row 1) and `w^(1) < 0` (row 2).
    pub minima: [CriticalPoint; 2],
    /// The saddle between them, if it was found.
    pub saddle: Option<CriticalPoint>,
}

/// A critical point in span(e1, e2).
#[derive(Clone, Debug)]
pub struct CriticalPoint {
    /// Enclosure of `(w^(1), w^(2))`; the other coordinates are exactly 0.
    pub point: [Interval; 2],
    /// The point is the only critical point of `R^d` whose first two coordinates lie here.
    pub uniqueness: [Interval; 2],
    /// Radius of a disc about the middle of `point`, inside the proved uniqueness
    /// region: a lower bound.
    pub uniqueness_radius: f64,
    /// Enclosure of the objective (one row) there.
    pub value: Interval,
    /// Enclosures of the two eigenvalues of the Hessian in the plane, ascending.
    pub plane_eigenvalues: [Interval; 2],
    /// Enclosure of `kappa`, the Hessian's eigenvalue (multiplicity `d - 2`) off the plane.
    pub kappa: Interval,
    /// What is proved about it, in `R^d`.
    pub verdict: Verdict,
}

/// Enclosures of the extreme singular values of a Jacobian.
#[derive(Clone, Debug)]
pub struct Spectrum {
    /// Sign of the determinant.
    pub determinant_sign: Sign,
    /// Smallest singular value.
    pub sigma_min: Interval,
    /// Largest singular value.
    pub sigma_max: Interval,
    /// Spectral condition number.
    pub condition: Interval,
}

/// The Jacobian `kappa I + U M U^T` of the exact gradient map at the simplified minimum.
#[derive(Clone, Debug)]
pub struct JacobianEvidence {
    /// `kappa` at the minimum of row 1 and of row 2.
    pub kappa: [Interval; 2],
    /// Eigenvalues of the block in the plane, ascending, for each row.
    pub plane_eigenvalues: [[Interval; 2]; 2],
    /// For one row (the worse of the two where they differ): `R^d`.
    pub row: Spectrum,
    /// For all of `W`: `R^(2d)`.
    pub all: Spectrum,
}

/// A radius condition of the engine, with the space it was evaluated in.
#[derive(Clone, Debug)]
pub struct ClaimCondition {
    /// Which condition of the claim.
    pub id: ConditionId,
    /// In which coordinates.
    pub space: Space,
    /// In which norm: `"spectral"`, `"Frobenius"`, `"energy"` (that of `√(δᵀAδ)`), `"maximum"`.
    pub norm: &'static str,
    /// The condition itself.
    pub condition: Condition,
    /// `|A|`: upper bound, where the condition uses it.
    pub norm_a: Option<f64>,
    /// `|A^-1|`: upper bound, where the condition uses it.
    pub norm_a_inverse: Option<f64>,
    /// The same condition with the largest free radius that still holds gives
    /// this uniqueness radius (a lower bound).
    pub largest_uniqueness_radius: Option<f64>,
}

impl ClaimCondition {
    /// Its name in reports: that of the condition, with the theorem where it has two.
    #[must_use]
    pub fn name(&self) -> String {
        match (self.id, self.condition.theorem) {
            (ConditionId::Plane, Theorem::QuantitativeIft) => "plane, by IFT".to_owned(),
            (ConditionId::Plane, _) => "plane, by N-K".to_owned(),
            (id, _) => id.name().to_owned(),
        }
    }

    /// Does it speak about a ball around `w~*`? (Krawczyk's box is about `w*`.)
    #[must_use]
    pub fn is_about_simplified_minimum(&self) -> bool {
        self.condition.theorem != Theorem::Krawczyk
    }
}

/// The minimum of the exact objective.
#[derive(Clone, Debug)]
pub struct ExactEvidence {
    /// The minima with `w^(1) > 0` (row 1) and `w^(1) < 0` (row 2).
    pub minima: [CriticalPoint; 2],
    /// The saddle between them, if it is proved.
    pub saddle: Option<CriticalPoint>,
    /// `|w_i* - w~_i*|` for each row.
    pub row_distance: [Interval; 2],
    /// `|W* - W~*|_F`.
    pub distance: Interval,
    /// Positions in [`Evidence::conditions`] of the holding conditions whose predicted
    /// ball is proved to contain the minimum.
    pub contained_by: Vec<usize>,
}

/// Which features the rows of the minimum contain.
#[derive(Clone, Debug)]
pub struct Content {
    /// `w_i^(j)`: `coefficients[i][j]`.
    pub coefficients: [[Interval; 2]; 2],
    /// `|w_i^(j)| / |w_i|`.
    pub cosines: [[Interval; 2]; 2],
    /// `|P e_j|`, `P` the orthogonal projector on the span of the rows.
    pub projections: [Interval; 2],
    /// Why the projections are what they are.
    pub explanation: String,
    /// `|P e_j|` if both rows fall to the side `w^(1) > 0` (the span is then a line).
    pub same_side_projections: [Interval; 2],
}

/// A proof that the simplified objective has no critical point with `w^(1) > 0`.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// Every critical point lies in the disc of this radius (upper bound).
    pub disc_radius: f64,
    /// Boxes excluded because a gradient component cannot vanish there.
    pub boxes_by_gradient: usize,
    /// Boxes excluded beside the axis, by `H_11 > 0`.
    pub boxes_by_axis: usize,
    /// Boxes excluded because they lie outside the disc.
    pub boxes_by_disc: usize,
    /// Boxes left undecided; the refusal is a proof only if this is 0.
    pub boxes_open: usize,
}
