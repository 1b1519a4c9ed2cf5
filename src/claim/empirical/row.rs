//! One row: what the conditions need at `w̃*`, and the proof of the minimum near it.

use super::evidence::{EmpiricalMinimum, EmpiricalRow};
use super::search::minimum_approx;
use crate::interval::Interval;
use crate::interval::rounding::{add_up, div_up, mul_up};
use crate::linear::{
    EnclosedSymmetric, LinearError, Preconditioner, extreme_eigenvalues, inverse_norm_upper,
};
use crate::model::empirical::{
    EmpiricalBall, EmpiricalEnclosure, EmpiricalExpansion, EmpiricalObjective, InverseBounds,
};
use crate::theorem::{Condition, krawczyk_on_ball};

/// The Hessian at a point, and what follows from it.
pub(super) struct Linearisation {
    pub expansion: EmpiricalExpansion,
    pub eigenvalues: [Interval; 2],
    /// An upper bound of `‖A⁻¹‖`.
    pub inverse_norm: f64,
    /// An upper bound of `‖A⁻¹∇ℓ_X‖`.
    pub newton_step: f64,
    /// What a bound of `A⁻¹D²ℓ_X` needs.
    pub inverse: InverseBounds,
}

impl Linearisation {
    pub fn at(objective: &EmpiricalEnclosure<'_>, w: &[f64]) -> Result<Self, LinearError> {
        let expansion = objective.at(w)?;
        let hessian = &expansion.hessian;
        let eigenvalues = extreme_eigenvalues(hessian).unwrap_or([Interval::ENTIRE; 2]);
        let preconditioner = Preconditioner::new(hessian)?;
        let inverse_norm =
            inverse_norm(hessian, eigenvalues).min(preconditioner.inverse_norm_upper());
        let newton_step = preconditioner.solution_norm_upper(&expansion.gradient)?;
        let plane = plane_of_inverse(&preconditioner)?;
        Ok(Self {
            inverse: InverseBounds {
                plane,
                norm: inverse_norm,
            },
            expansion,
            eigenvalues,
            inverse_norm,
            newton_step,
        })
    }

    pub fn evidence(&self) -> EmpiricalRow {
        EmpiricalRow {
            eigenvalues: self.eigenvalues,
            kappa: self.expansion.kappa,
            gradient_norm: self.expansion.gradient_norm_upper(),
            newton_step: self.newton_step,
        }
    }

    fn is_positive_definite(&self) -> bool {
        self.eigenvalues[0].certainly_positive()
    }
}

/// `1/λ_min` where that is positive; otherwise by an approximate inverse.
fn inverse_norm(hessian: &EnclosedSymmetric, [smallest, _]: [Interval; 2]) -> f64 {
    if smallest.inf() > 0.0 {
        div_up(1.0, smallest.inf())
    } else {
        inverse_norm_upper(hessian).unwrap_or(f64::INFINITY)
    }
}

/// `YᵀY` for `Y = A⁻¹[e1 e2]`, the upper triangle.
fn plane_of_inverse(preconditioner: &Preconditioner<'_>) -> Result<[Interval; 3], LinearError> {
    let d = preconditioner.matrix().nrows();
    let column = |j: usize| {
        let unit: Vec<Interval> = (0..d)
            .map(|i| {
                if i == j {
                    Interval::ONE
                } else {
                    Interval::ZERO
                }
            })
            .collect();
        preconditioner.solve(&unit)
    };
    let (first, second) = (column(0)?, column(1)?);
    let dot = |a: &[Interval], b: &[Interval]| -> Interval {
        a.iter().zip(b).map(|(a, b)| *a * *b).sum()
    };
    let square = |a: &[Interval]| -> Interval { a.iter().map(|a| a.sqr()).sum() };
    Ok([square(&first), dot(&first, &second), square(&second)])
}

/// The largest ball about `w̃*` that conditions 1 and 2 may ask for.
///
/// Condition 1 is best on the ball of radius `√(2ε/K)`, below 1/4 wherever it holds in practice, and needs `2ε‖A⁻¹‖` at least;
/// condition 2 asks for `2η <= 2ε‖A⁻¹‖`. A condition that asks for more than this fails.
pub(super) fn widest(residual: f64, inverse_norm: f64) -> f64 {
    mul_up(6.0, mul_up(residual, inverse_norm)).clamp(0.25, 8.0)
}

/// Condition 4 and what it proves.
pub(super) struct Proof {
    pub condition: Condition,
    pub minimum: Option<EmpiricalMinimum>,
}

/// Krawczyk's operator on a ball about the point that Newton's method finds from `start`.
pub(super) fn prove_minimum(
    floats: &EmpiricalObjective<'_>,
    objective: &EmpiricalEnclosure<'_>,
    start: &[f64],
) -> Option<Proof> {
    let centre = minimum_approx(floats, start)?;
    let at = Linearisation::at(objective, &centre).ok()?;
    // The exact inverse preconditions: its defect is 0, and it need not be computed.
    let ball = EmpiricalBall::about(objective, &centre, widest_ball(at.newton_step));
    let condition = krawczyk_on_ball(at.newton_step, 0.0, widest_ball(at.newton_step), |r| {
        ball.preconditioned(r, &at.inverse)
    });
    let minimum = condition.radius.map(|radius| {
        let unique = largest_radius(&at, &ball, &condition);
        EmpiricalMinimum {
            radius,
            uniqueness_radius: unique,
            eigenvalues: at.eigenvalues,
            // A⁻¹D²ℓ_X stays within distance 1 of the identity on the ball, so no eigenvalue passes through 0.
            is_minimum: at.is_positive_definite(),
            value: at.expansion.value,
            centre,
        }
    });
    Some(Proof { condition, minimum })
}

/// The ball of condition 4: wide enough for its best radius `√(η/K')`, and for a useful region of uniqueness.
fn widest_ball(newton_step: f64) -> f64 {
    (100.0 * newton_step.sqrt()).clamp(0.25, 1.0)
}

/// The largest radius found at which `η/r + K'r < 1` still holds: the critical point is alone there.
fn largest_radius(at: &Linearisation, ball: &EmpiricalBall<'_>, condition: &Condition) -> f64 {
    let holds = |r: f64| {
        let change = mul_up(ball.preconditioned(r, &at.inverse), r);
        add_up(div_up(at.newton_step, r), change) < 1.0
    };
    let mut low = condition.uniqueness_radius.unwrap_or(0.0);
    let mut high = widest_ball(at.newton_step);
    if holds(high) {
        return high;
    }
    for _ in 0..6 {
        let trial = if low > 0.01 * high {
            0.5 * (low + high)
        } else {
            (low * high).sqrt()
        };
        if holds(trial) {
            low = trial;
        } else {
            high = trial;
        }
    }
    low
}
