//! Proofs about one objective: self-supervised, supervised, of a data set.

use nalgebra::DMatrix;
use serde_json::{Value, json};

use super::cuts::{cuts, misses_zero, rounded_up};
use super::number::{above, around, below, near};
use super::plane::{features, features_within, statement};
use crate::claim::empirical::EmpiricalEvidence;
use crate::claim::family::PlaneFamily;
use crate::claim::supervised::{Opposed, OpposedMinimum, Restricted, SupervisedEvidence};
use crate::claim::{Claim, CriticalPoint, Evidence};
use crate::gaussian::Activation;
use crate::interval::Interval;
use crate::model::empirical::EmpiricalObjective;
use crate::report::hex;
use crate::theorem::{Member, System};

/// Both minima of one objective.
fn minima(claim: &Claim, minima: &[CriticalPoint; 2]) -> Value {
    json!(minima.each_ref().map(|minimum| statement(
        features(minimum.point, claim.tau),
        features_within(minimum.uniqueness, claim.tau),
    )))
}

/// The proof of a verified self-supervised statement.
pub(super) fn minimum(evidence: &Evidence) -> Option<Value> {
    let claim = &evidence.claim;
    let (simplified, exact, content) = (
        evidence.simplified.as_ref()?,
        evidence.exact.as_ref()?,
        evidence.content.as_ref()?,
    );
    Some(json!({
        "simplified": minima(claim, &simplified.minima),
        "exact": minima(claim, &exact.minima),
        "distance": exact.row_distance.map(|x| above(x.sup())),
        "coefficients": content.coefficients.map(|row| row.map(around)),
        "cosines": content.cosines.map(|row| row.map(around)),
    }))
}

/// The proof that the objective has no critical point with `w^(1) > 0`, for all parameters `(τ, α, ρ²)` of a box.
pub(super) fn absence(
    family: &PlaneFamily,
    [tau, alpha, variance]: [Interval; 3],
) -> Option<Value> {
    let radius = (Interval::point(Activation::SIGMOID.radial_bound()) / alpha).sqrt();
    let reach = [radius.sup(), (tau * radius).sup()].map(rounded_up);
    let member = Member::new(family, &[tau, alpha, variance]);
    let settle = |z: [Interval; 2]| {
        let size = z[0].sqr() + (z[1] / tau).sqr();
        let outside = size.inf() > radius.sqr().sup();
        let stretched = [z[0].hull(Interval::ZERO), z[1]];
        let settled = outside
            || misses_zero(&member, z)
            || member.jacobian(&stretched)[(0, 0)].certainly_positive();
        settled.then_some('.')
    };
    let whole = [
        Interval::new(0.0, reach[0]).ok()?,
        Interval::symmetric(reach[1]),
    ];
    Some(json!({
        "tau": around(tau),
        "alpha": around(alpha),
        "noise": around(variance),
        "reach": reach.map(hex),
        "cuts": cuts(whole, &settle)?,
    }))
}

/// The critical point `(a, f)`.
fn opposed(minimum: &OpposedMinimum) -> Value {
    statement(minimum.point, minimum.uniqueness)
}

/// The proof of a verified supervised statement.
pub(super) fn supervised(claim: &Claim, evidence: &SupervisedEvidence) -> Option<Value> {
    let (simplified, exact) = (evidence.simplified.as_ref()?, evidence.exact.as_ref()?);
    let distance = evidence.distance.as_ref()?;
    // Averages of the checker are a little wider than those of the program: so are its bounds.
    let length = distance.euclidean.sup() * (1.0 + 1e-5) + 1e-9;
    let eigenvalue = 0.999 * exact.blocks.smallest(claim.d).inf();
    Some(json!({
        "simplified": opposed(simplified),
        "exact": opposed(exact),
        "distance": above(length),
        "smallest_eigenvalue": below(eigenvalue),
    }))
}

/// The proof that the simplified supervised objective has no opposed critical point besides the origin.
pub(super) fn supervised_absence(claim: &Claim, bounds: [f64; 2]) -> Option<Value> {
    let mut parameters = claim.supervised();
    parameters.variance = Interval::ZERO;
    let system = Restricted::<Opposed>::new(parameters);
    let reach = bounds.map(rounded_up);
    let regular = |r: f64| {
        crate::interval::linalg::inverse(&system.jacobian(&[Interval::symmetric(r); 2])).is_ok()
    };
    let radius = (1..12).map(|k| 0.5f64.powi(k)).find(|r| regular(*r))?;
    let origin = [Interval::symmetric(radius); 2];
    let settle = |x: [Interval; 2]| {
        if x.iter().zip(origin).all(|(x, u)| x.subset_of(u)) {
            Some('a')
        } else {
            misses_zero(&system, x).then_some('.')
        }
    };
    let whole = [
        Interval::symmetric(reach[0]),
        Interval::new(0.0, reach[1]).ok()?,
    ];
    Some(json!({
        "reach": reach.map(hex),
        "origin": statement([Interval::ZERO; 2], origin),
        "cuts": cuts(whole, &settle)?,
    }))
}

/// Half of the sides of the box about a minimum of a data set's objective, at least.
const SMALLEST_HALF_WIDTH: f64 = 1.0 / (1u64 << 30) as f64;

/// The proof of a verified statement about a data set.
pub(super) fn data(evidence: &EmpiricalEvidence) -> Option<Value> {
    let claim = &evidence.claim;
    let (simplified, exact, data) = (
        evidence.simplified.as_ref()?,
        evidence.exact.as_ref()?,
        claim.data.as_ref()?,
    );
    let objective =
        EmpiricalObjective::new(&data.points, claim.alpha.mid(), claim.rho_view.sqr().mid());
    let one = |minimum: &crate::claim::empirical::EmpiricalMinimum| -> Option<Value> {
        let inverse = objective.hessian(&minimum.centre).matrix().try_inverse()?;
        Some(json!({
            "centre": minimum.centre.iter().map(|x| hex(near(*x))).collect::<Vec<_>>(),
            "half_width": hex(near((4.0 * minimum.radius).max(SMALLEST_HALF_WIDTH))),
            "preconditioner": rows(&inverse, &|x| hex(single(x))),
        }))
    };
    let [first, second] = &exact.minima;
    Some(json!({
        "points": rows(&data.points, &hex),
        "simplified": minima(claim, &simplified.minima),
        "exact": [one(first)?, one(second)?],
        "distance": exact.row_distance.map(|x| above(x.sup() * (1.0 + 1e-9))),
    }))
}

/// A preconditioner need not be sharp: few digits keep the certificate short.
fn single(x: f64) -> f64 {
    let x = f64::from(x as f32);
    (x * (1u64 << 40) as f64).round() / (1u64 << 40) as f64 + 0.0
}

fn rows(matrix: &DMatrix<f64>, number: &dyn Fn(f64) -> String) -> Vec<Vec<String>> {
    matrix
        .row_iter()
        .map(|row| row.iter().map(|x| number(*x)).collect())
        .collect()
}
