//! Everything that is computed about the supervised side of a claim.

use crate::claim::{ClaimCondition, ClaimVerdict};
use crate::interval::Interval;
use crate::model::supervised::COORDINATES;
use crate::theorem::Verdict;

/// What was computed about `L_SL`; what was not computed is absent.
#[derive(Clone, Debug)]
pub struct SupervisedEvidence {
    /// The decision on the supervised statement.
    pub verdict: ClaimVerdict,
    /// Why, in one sentence.
    pub reason: String,
    /// What to try next, if the verdict is inconclusive.
    pub advice: Option<String>,
    /// The minimum of the simplified objective that sees `e1` only.
    pub simplified: Option<OpposedMinimum>,
    /// Critical points of the simplified objective that a search met, the minimum among them.
    pub met: Vec<MetPoint>,
    /// The proof that there is no such minimum.
    pub refusal: Option<OpposedRefusal>,
    /// The radius conditions.
    pub conditions: Vec<ClaimCondition>,
    /// The minimum of the exact objective that sees `e1` only.
    pub exact: Option<OpposedMinimum>,
    /// From the simplified to the exact minimum.
    pub distance: Option<SupervisedDistance>,
    /// The minimum of the exact objective at which both units agree, if it is proved.
    pub agreeing: Option<AgreeingMinimum>,
    /// What the rows of the exact minimum contain.
    pub content: Option<SupervisedContent>,
}

/// The critical point `w_1 = (a, 0)`, `w_2 = (-a, 0)`, `F = (-f, f)`; its other coordinates are exactly 0.
#[derive(Clone, Debug)]
pub struct OpposedMinimum {
    /// `a` and `f`, enclosed.
    pub point: [Interval; 2],
    /// The only critical point with coordinates `(a, f)` here, within the invariant set.
    pub uniqueness: [Interval; 2],
    /// Enclosure of the objective there.
    pub value: Interval,
    /// Eigenvalues of the Hessian, block by block.
    pub blocks: Blocks,
    /// The only critical point of `R^(2d+2)` in this set.
    pub region: Option<ProvedRegion>,
    /// An enclosure of `(w_1^(1), w_1^(2), w_2^(1), w_2^(2), F_1, F_2)` in which no symmetry is used.
    pub without_symmetry: Option<[Interval; COORDINATES]>,
    /// The only critical point of `R^(2d+2)` whose six coordinates lie in this box (simplified objective only).
    pub uniqueness_in_six: Option<[Interval; COORDINATES]>,
    /// What is proved about it, in `R^(2d+2)`.
    pub verdict: Verdict,
}

/// Eigenvalues of the Hessian at an opposed point, on all `2d + 2` coordinates.
#[derive(Clone, Debug)]
pub struct Blocks {
    /// On `w_1^(1) - w_2^(1)`, `F_1 - F_2`: the invariant set.
    pub label: [Interval; 2],
    /// On `w_1^(2) + w_2^(2)`.
    pub hidden: Interval,
    /// On `w_1^(1) + w_2^(1)`, `w_1^(2) - w_2^(2)`, `F_1 + F_2`.
    pub mixed: [Interval; 3],
    /// On the sum and on the difference of each pair off the plane, `d - 2` times.
    pub beside: [Interval; 2],
}

impl Blocks {
    /// The smallest eigenvalue in `R^(2d+2)`, enclosed; `d = 2` has nothing beside the plane.
    #[must_use]
    pub fn smallest(&self, dimension: u64) -> Interval {
        let beside: &[Interval] = if dimension > 2 { &self.beside } else { &[] };
        let all = self.label.iter().chain(&self.mixed).chain(beside);
        all.fold(self.hidden, |least, &x| least.min(x))
    }
}

/// A set of `R^(2d+2)` with exactly one critical point, and a positive definite Hessian throughout.
///
/// With `δ` the six coordinates of the plane minus `centre`, `s` and `m` the sum and the difference of the rows' parts off
/// the plane over `√2`: all points with
/// `|transform δ|² + (beside_0 |s|)² + (beside_1 |m|)² < radius²`.
#[derive(Clone, Debug)]
pub struct ProvedRegion {
    /// Middle of the enclosure: `(w_1^(1), w_1^(2), w_2^(1), w_2^(2), F_1, F_2)`.
    pub centre: [f64; COORDINATES],
    /// Rows of the transformation; exact floats.
    pub transform: [[f64; COORDINATES]; COORDINATES],
    /// Factors of the lengths off the plane.
    pub beside: [f64; 2],
    /// A lower bound of the admissible radius.
    pub radius: f64,
    /// How far the set reaches in each of the six coordinates: lower bounds.
    pub half_widths: [f64; COORDINATES],
}

impl ProvedRegion {
    /// The image under the symmetry `x_i -> sign_i x_(permutation_i)` of the six coordinates; the rows off the plane are at most
    /// exchanged, which changes neither `|s|` nor `|m|`.
    #[must_use]
    pub fn image(&self, permutation: [usize; COORDINATES], signs: [f64; COORDINATES]) -> Self {
        // y_i = sign_i x_(p_i): a function of x becomes one of y by x_(p_i) = sign_i y_i.
        let mut image = self.clone();
        for i in 0..COORDINATES {
            image.centre[i] = signs[i] * self.centre[permutation[i]];
            image.half_widths[i] = self.half_widths[permutation[i]];
            for (row, from) in image.transform.iter_mut().zip(&self.transform) {
                row[i] = signs[i] * from[permutation[i]];
            }
        }
        image
    }
}

/// A critical point of the simplified objective, met by a search in floats and proved in the plane's six coordinates.
#[derive(Clone, Debug)]
pub struct MetPoint {
    /// `(w_1^(1), w_1^(2), w_2^(1), w_2^(2), F_1, F_2)`, enclosed; off the plane the rows are 0.
    pub point: [Interval; COORDINATES],
    /// The only critical point in this box (times anything off the plane).
    pub uniqueness: [Interval; COORDINATES],
    /// Enclosure of the objective.
    pub value: Interval,
    /// Eigenvalues of the Hessian in the plane, ascending; `2β` beside it.
    pub eigenvalues: Vec<Interval>,
    /// How many different images it has under the symmetries, itself included.
    pub images: usize,
    /// Is it the opposed minimum?
    pub is_opposed: bool,
    /// What is proved about it, in `R^(2d+2)`.
    pub verdict: Verdict,
}

/// A proof that the simplified objective has no critical point `(a, f)` in the invariant set besides the origin.
#[derive(Clone, Debug)]
pub struct OpposedRefusal {
    /// Every critical point of the set lies in this box: `|a|`, `|f|` are at most these (upper bounds).
    pub bounds: [f64; 2],
    /// Boxes examined.
    pub boxes: usize,
    /// Boxes left undecided, or zeros besides the origin; a proof only if this is 0.
    pub open: usize,
}

/// Distances between the simplified and the exact minimum.
#[derive(Clone, Debug)]
pub struct SupervisedDistance {
    /// Euclidean, in `R^(2d+2)`.
    pub euclidean: Interval,
    /// In the energy norm of the conditions.
    pub energy: Interval,
    /// Positions of the conditions whose ball is proved to hold the exact minimum.
    pub contained_by: Vec<usize>,
}

/// The minimum of the exact objective with `w_1 = w_2 = w`, `F_1 = F_2 = F`, and its mirror image.
#[derive(Clone, Debug)]
pub struct AgreeingMinimum {
    /// `(w^(1), w^(2), F)`, enclosed.
    pub point: [Interval; 3],
    /// Enclosure of the objective there.
    pub value: Interval,
    /// Cosines `|w^(j)|/‖w‖`, which are `‖P e_j‖` too: the rows span a line.
    pub cosines: [Interval; 2],
    /// The smallest eigenvalue of the Hessian in `R^(2d+2)`.
    pub smallest_eigenvalue: Interval,
    /// The only critical point of `R^(2d+2)` in this set.
    pub region: ProvedRegion,
}

/// Which features the rows of the opposed minimum contain: theorems of symmetry, not roundings.
#[derive(Clone, Debug)]
pub struct SupervisedContent {
    /// `w_i^(j)`: exactly 0 for `j = 2`.
    pub coefficients: [[Interval; 2]; 2],
    /// `|w_i^(j)|/‖w_i‖`: exactly 1 and 0.
    pub cosines: [[Interval; 2]; 2],
    /// `‖P e_1‖ = 1`, `‖P e_2‖ = 0`.
    pub projections: [Interval; 2],
    /// Why.
    pub explanation: String,
}
