//! What was computed about a data set.

use crate::claim::{Claim, ClaimCondition, ClaimVerdict, Content, Refusal, SimplifiedEvidence};
use crate::interval::Interval;

/// Everything that was computed about a claim on a data set; what was not computed is absent.
#[derive(Clone, Debug)]
pub struct EmpiricalEvidence {
    /// The claim, with its data.
    pub claim: Claim,
    /// The decision.
    pub verdict: ClaimVerdict,
    /// Why, in one sentence.
    pub reason: String,
    /// What to try next, if the verdict is inconclusive.
    pub advice: Option<String>,
    /// Step 1: the critical points of the simplified objective with the observed frequencies.
    pub simplified: Option<SimplifiedEvidence>,
    /// The proof that there is no critical point with `w^(1) > 0`.
    pub refusal: Option<Refusal>,
    /// Step 2: gradient and Jacobian of `ℓ_X` at the float vector next to `w̃*`, for each row.
    pub rows: Option<[EmpiricalRow; 2]>,
    /// Step 3 and 4: the conditions.
    pub conditions: Vec<ClaimCondition>,
    /// Step 4: the minimum of `L_X`.
    pub exact: Option<EmpiricalExact>,
    /// Step 5: what it contains.
    pub content: Option<Content>,
}

/// `∇ℓ_X` and `D²ℓ_X` at the centre of the conditions: the float vector next to `w̃*`.
#[derive(Clone, Debug)]
pub struct EmpiricalRow {
    /// Smallest and largest eigenvalue of the Hessian, enclosed; unbounded where nothing was proved.
    pub eigenvalues: [Interval; 2],
    /// `κ`, the Hessian's part that is a multiple of the identity.
    pub kappa: Interval,
    /// An upper bound of `‖∇ℓ_X‖`.
    pub gradient_norm: f64,
    /// An upper bound of `‖A⁻¹∇ℓ_X‖`.
    pub newton_step: f64,
}

/// A proved critical point of `ℓ_X`, and the region in which it is the only one.
#[derive(Clone, Debug)]
pub struct EmpiricalMinimum {
    /// The float vector that was proved to be near it.
    pub centre: Vec<f64>,
    /// It lies in the ball of this radius about the centre.
    pub radius: f64,
    /// It is the only critical point in the ball of this radius about the centre.
    pub uniqueness_radius: f64,
    /// Smallest and largest eigenvalue of the Hessian at the centre, enclosed.
    pub eigenvalues: [Interval; 2],
    /// Is the Hessian proved positive definite on the whole ball of uniqueness?
    pub is_minimum: bool,
    /// `ℓ_X` at the centre, enclosed.
    pub value: Interval,
}

impl EmpiricalMinimum {
    /// Enclosure of coordinate `j` of the critical point.
    ///
    /// # Panics
    ///
    /// If there is no such coordinate.
    #[must_use]
    pub fn coordinate(&self, j: usize) -> Interval {
        Interval::ball(self.centre[j], self.radius)
    }

    /// Enclosures of all coordinates.
    #[must_use]
    pub fn enclosure(&self) -> Vec<Interval> {
        (0..self.centre.len()).map(|j| self.coordinate(j)).collect()
    }
}

/// The critical points of `ℓ_X` that were proved, one for each row.
#[derive(Clone, Debug)]
pub struct EmpiricalExact {
    /// Those that Newton's method found from the rows' simplified minima.
    pub minima: [EmpiricalMinimum; 2],
    /// `‖w_i*(X) - w̃_i*(X)‖` for each row.
    pub row_distance: [Interval; 2],
    /// `‖W*(X) - W̃*(X)‖_F`.
    pub distance: Interval,
    /// `‖w_i,⊥*‖`, off the plane of the features, for each row.
    pub off_plane: [Interval; 2],
    /// Positions in [`EmpiricalEvidence::conditions`] of the holding conditions about `w̃*` whose ball is proved to contain it.
    pub contained_by: Vec<usize>,
}

impl EmpiricalExact {
    /// Is each a minimum, that of row 1 with `w^(1) > 0` and that of row 2 with `w^(1) < 0`?
    ///
    /// Newton's method may leave the side it started on: what it finds there is proved, but it is not what the claim is about.
    #[must_use]
    pub fn is_proved(&self) -> bool {
        let [first, second] = &self.minima;
        first.is_minimum
            && second.is_minimum
            && first.coordinate(0).certainly_positive()
            && second.coordinate(0).certainly_negative()
    }
}
