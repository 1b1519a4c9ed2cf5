//! The radius conditions at the simplified minimum, on all `2d + 2` coordinates and on the invariant set.

use std::cell::RefCell;
use std::collections::HashMap;

use nalgebra::{DMatrix, DVector};

use super::region::lowest_eigenvalue;
use super::system::{InvariantSet, Opposed};
use crate::claim::conditions::next_on_grid;
use crate::claim::{ClaimCondition, ConditionId, Space};
use crate::interval::Interval;
use crate::interval::linalg::{apply, inverse, norm, symmetric_eigenvalues};
use crate::interval::rounding::{add_up, mul_up, sqrt_up};
use crate::model::supervised::{
    COORDINATES, Frame, LineBounds, LocalDerivatives, Order, SupervisedParameters, ThirdDerivative,
};
use crate::theorem::{
    newton_kantorovich, newton_kantorovich_largest_radius, quantitative_ift,
    quantitative_ift_largest_radius,
};

/// What the conditions say about `x_0 = θ̃*`, and the frame of the energy norm.
pub(super) struct RadiusConditions {
    /// In the order of the report.
    pub(super) conditions: Vec<ClaimCondition>,
    /// The energy frame at `θ̃*`, if the Jacobian is positive definite.
    pub(super) energy: Option<Frame>,
}

/// The radius conditions of the exact objective with these parameters, at a simplified minimum that is known
/// to lie in `point` (it does not depend on the noise, nor on the dimension).
#[must_use]
pub fn radius_conditions_at(
    point: [Interval; 2],
    exact: &SupervisedParameters,
) -> Vec<ClaimCondition> {
    radius_conditions(point, exact).conditions
}

/// Conditions 1 and 2 for the exact objective at every point of the enclosure of the simplified minimum.
pub(super) fn radius_conditions(
    point: [Interval; 2],
    exact: &SupervisedParameters,
) -> RadiusConditions {
    let at = Opposed::point(&point);
    let local = at.derivatives(exact, Order::Third);
    let line = LineBounds::new(&at, exact);
    let energy = Frame::energy(&local, exact.dimension);
    let mut conditions = Vec::new();
    let euclidean = Frame::euclidean(exact.dimension);
    let in_frame = |frame| FrameData::new(&local, &line, frame, exact.dimension);
    let spectral = in_frame(&euclidean);
    conditions.push(spectral.ift(ConditionId::QuantitativeIft, Space::Joint, "spectral"));
    conditions.push(spectral.frobenius());
    let by_energy = energy.as_ref().map(in_frame);
    if let Some(data) = &by_energy {
        conditions.push(data.ift(ConditionId::QuantitativeIft, Space::Joint, "energy"));
    }
    conditions.push(spectral.kantorovich(ConditionId::NewtonKantorovich, Space::Joint, "spectral"));
    if let Some(data) = &by_energy {
        conditions.push(data.kantorovich(ConditionId::NewtonKantorovich, Space::Joint, "energy"));
    }
    let plane = Frame::plane(invariant_directions());
    let data = in_frame(&plane);
    conditions.push(data.ift(ConditionId::Plane, Space::Plane, "spectral"));
    conditions.push(data.kantorovich(ConditionId::Plane, Space::Plane, "spectral"));
    RadiusConditions { conditions, energy }
}

/// `(w_1^(1) - w_2^(1))/√2` and `(F_2 - F_1)/√2`. The float `√½` makes the lengths in this frame Euclidean up to one rounding,
/// and every bound is computed in the frame as it is.
fn invariant_directions() -> DMatrix<f64> {
    let root = std::f64::consts::FRAC_1_SQRT_2;
    let mut directions = DMatrix::zeros(COORDINATES, 2);
    directions[(0, 0)] = root;
    directions[(2, 0)] = -root;
    directions[(4, 1)] = -root;
    directions[(5, 1)] = root;
    directions
}

/// `F = Bᵀ∇L(θ̃* + B·)`, `A = DF`, and a Lipschitz constant of `DF`.
struct FrameData<'a> {
    local: &'a LocalDerivatives<Interval>,
    frame: &'a Frame,
    third: ThirdDerivative<'a>,
    jacobian: DMatrix<Interval>,
    gradient: DVector<Interval>,
    dimension: u64,
    known: RefCell<HashMap<i32, f64>>,
}

impl<'a> FrameData<'a> {
    fn new(
        local: &'a LocalDerivatives<Interval>,
        line: &'a LineBounds,
        frame: &'a Frame,
        dimension: u64,
    ) -> Self {
        Self {
            local,
            frame,
            third: ThirdDerivative::new(local, frame, line),
            jacobian: frame.jacobian(local),
            gradient: DVector::from_vec(frame.gradient(local)),
            dimension,
            known: RefCell::default(),
        }
    }

    /// Eigenvalues of `A` in the plane, and those beside it, `d - 2` times each.
    fn eigenvalues(&self) -> (Vec<Interval>, Vec<Interval>) {
        let of = |m: &DMatrix<Interval>| {
            symmetric_eigenvalues(m).unwrap_or_else(|_| vec![Interval::ENTIRE; m.nrows()])
        };
        let beside = self.frame.block_beside(self.local);
        (
            of(&self.jacobian),
            beside.map_or(Vec::new(), |block| of(&block)),
        )
    }

    /// `k_4` on a grid of radii, each rounded up to the next.
    fn fourth(&self, radius: f64) -> f64 {
        let Some((key, edge)) = next_on_grid(radius) else {
            return f64::INFINITY;
        };
        *(self.known.borrow_mut())
            .entry(key)
            .or_insert_with(|| self.third.fourth(edge))
    }

    fn lipschitz(&self, radius: f64) -> f64 {
        self.third.lipschitz_with(radius, self.fourth(radius))
    }

    /// An upper bound of `|A⁻¹|`; infinite if `A` may be singular.
    fn inverse_norm(&self) -> f64 {
        let (plane, beside) = self.eigenvalues();
        let smallest = plane.iter().chain(&beside).map(|x| x.mig());
        let smallest = smallest.fold(f64::INFINITY, f64::min);
        (Interval::ONE / Interval::point(smallest)).sup()
    }

    fn norm(&self) -> f64 {
        let (plane, beside) = self.eigenvalues();
        plane
            .iter()
            .chain(&beside)
            .map(|x| x.mag())
            .fold(0.0, f64::max)
    }

    fn ift(&self, id: ConditionId, space: Space, named: &'static str) -> ClaimCondition {
        let (inverse, residual) = (self.inverse_norm(), norm(&self.gradient).sup());
        let lipschitz = |r: f64| self.lipschitz(r);
        let condition = quantitative_ift(inverse, residual, lipschitz);
        let widest = quantitative_ift_largest_radius(inverse, residual, lipschitz);
        ClaimCondition {
            id,
            space,
            norm: named,
            condition,
            norm_a: Some(self.norm()),
            norm_a_inverse: Some(inverse),
            largest_uniqueness_radius: widest.and_then(|c| c.uniqueness_radius),
        }
    }

    /// The statement with Frobenius norms: `|·|_F <= √(2d + 2)|·|` for the Lipschitz constant.
    fn frobenius(&self) -> ClaimCondition {
        let (plane, beside) = self.eigenvalues();
        let others = Interval::point(self.dimension.saturating_sub(2) as f64);
        let length = |of: &dyn Fn(Interval) -> Interval| {
            let plane: Interval = plane.iter().map(|&x| of(x).sqr()).sum();
            let beside: Interval = beside.iter().map(|&x| of(x).sqr()).sum();
            (plane + others * beside).sqrt().sup()
        };
        let inverse = length(&|x: Interval| x.abs().recip());
        let inverse = if inverse >= 0.0 {
            inverse
        } else {
            f64::INFINITY
        };
        let coordinates = add_up(2.0 * self.dimension as f64, 2.0);
        let lipschitz = |r: f64| mul_up(sqrt_up(coordinates), self.lipschitz(r));
        let residual = norm(&self.gradient).sup();
        let condition = quantitative_ift(inverse, residual, lipschitz);
        let widest = quantitative_ift_largest_radius(inverse, residual, lipschitz);
        ClaimCondition {
            id: ConditionId::QuantitativeIft,
            space: Space::Joint,
            norm: "Frobenius",
            condition,
            norm_a: Some(length(&|x| x)),
            norm_a_inverse: Some(inverse),
            largest_uniqueness_radius: widest.and_then(|c| c.uniqueness_radius),
        }
    }

    fn kantorovich(&self, id: ConditionId, space: Space, named: &'static str) -> ClaimCondition {
        let step = inverse(&self.jacobian).map(|y| norm(&apply(&y, &self.gradient)).sup());
        let preconditioned = self.third.preconditioned(self.local);
        let eta = step.unwrap_or(f64::INFINITY);
        let positive = lowest_eigenvalue(self.local, self.frame) > 0.0;
        let lipschitz = |r: f64| match &preconditioned {
            Ok(bound) if positive => bound.at(r, self.fourth(r)),
            _ => f64::INFINITY,
        };
        let condition = newton_kantorovich(eta, lipschitz);
        let widest = newton_kantorovich_largest_radius(eta, lipschitz);
        ClaimCondition {
            id,
            space,
            norm: named,
            condition,
            norm_a: None,
            norm_a_inverse: None,
            largest_uniqueness_radius: widest.and_then(|c| c.uniqueness_radius),
        }
    }
}
