//! A proof that the simplified objective has no critical point with `w^(1) > 0`.
//!
//! # Statement
//!
//! Every critical point satisfies `‖w‖² <= sup zφ'(z) sup|φ| / α`: take `w·∇ℓ = 0`, which reads
//! `α‖w‖² = E[z'φ'(z')φ(z'')]`. The half disc `w^(1) >= 0` of that radius is bisected. A box is
//! discarded if
//!
//! 1. it lies outside the disc, or
//! 2. a component of the gradient cannot vanish on it, or
//! 3. (mirror symmetry) `H_11 > 0` on the box stretched to the axis: the gradient's
//!    first component is `w^(1)` times an average of `H_11` over the segment to the axis, where it vanishes.
//!
//! If nothing is left there is no critical point with `w^(1) > 0` in the plane, hence (theory section 3)
//! none in `R^d`.

use super::evidence::Refusal;
use crate::interval::Interval;
use crate::model::RowObjective;

/// Boxes examined before the search gives up.
const BUDGET: usize = 100_000;
/// The same without mirror symmetry: beside the axis nothing can be discarded by step 3, so
/// only a disc without any critical point at all can be done with, and that is quick.
const BUDGET_WITHOUT_SYMMETRY: usize = 10_000;
/// Boxes narrower than this are left open.
const NARROWEST: f64 = 1e-7;

/// Searches the half disc; the result is a proof only if `boxes_open` is 0.
pub(super) fn refuse(simplified: &RowObjective<Interval>, mirror_symmetric: bool) -> Refusal {
    let budget = if mirror_symmetric {
        BUDGET
    } else {
        BUDGET_WITHOUT_SYMMETRY
    };
    refuse_within(simplified, mirror_symmetric, budget)
}

/// The same for any objective of a row (the disc and the mirror symmetry do not depend on the noise), with a budget of boxes.
pub(super) fn refuse_within(
    simplified: &RowObjective<Interval>,
    mirror_symmetric: bool,
    budget: usize,
) -> Refusal {
    let radius_sqr = Interval::point(simplified.activation().radial_bound()) / simplified.alpha();
    let radius = radius_sqr.sqrt().sup();
    let mut refusal = Refusal {
        disc_radius: radius,
        boxes_by_gradient: 0,
        boxes_by_axis: 0,
        boxes_by_disc: 0,
        boxes_open: 0,
    };
    let (Ok(right), Ok(full)) = (Interval::new(0.0, radius), Interval::new(-radius, radius)) else {
        refusal.boxes_open = 1;
        return refusal;
    };
    let mut stack = vec![[right, full]];
    let mut examined = 0;
    while let Some(w) = stack.pop() {
        examined += 1;
        if (w[0].sqr() + w[1].sqr()).inf() > radius_sqr.sup() {
            refusal.boxes_by_disc += 1;
        } else if gradient_excludes_zero(simplified, w) {
            refusal.boxes_by_gradient += 1;
        } else if mirror_symmetric && axis_excludes(simplified, w) {
            refusal.boxes_by_axis += 1;
        } else if examined >= budget || w[0].width().max(w[1].width()) < NARROWEST {
            refusal.boxes_open += 1 + if examined >= budget { stack.len() } else { 0 };
            if examined >= budget {
                return refusal;
            }
        } else {
            stack.extend(bisect(w));
        }
    }
    refusal
}

fn gradient_excludes_zero(objective: &RowObjective<Interval>, w: [Interval; 2]) -> bool {
    let misses_zero = |g: [Interval; 2]| g.iter().any(|g| g.mig() > 0.0);
    let (plain, _) = objective.gradient(w, Interval::ZERO);
    if misses_zero(plain) {
        return true;
    }
    let middle = w.map(|x| Interval::point(x.mid()));
    let (at_middle, _) = objective.gradient(middle, Interval::ZERO);
    let [a, b, c] = objective.jacobian(w, Interval::ZERO).plane_block();
    let offset = [w[0] - middle[0], w[1] - middle[1]];
    misses_zero([
        at_middle[0] + a * offset[0] + b * offset[1],
        at_middle[1] + b * offset[0] + c * offset[1],
    ])
}

fn axis_excludes(objective: &RowObjective<Interval>, w: [Interval; 2]) -> bool {
    let stretched = [w[0].hull(Interval::ZERO), w[1]];
    objective.jacobian(stretched, Interval::ZERO).plane_block()[0].certainly_positive()
}

/// Halves of the box across its longer side.
fn bisect(w: [Interval; 2]) -> Vec<[Interval; 2]> {
    let long = usize::from(w[1].width() > w[0].width());
    let middle = w[long].mid();
    let part = |lo: f64, hi: f64| {
        let mut half = w;
        half[long] = Interval::new(lo, hi).unwrap_or(w[long]);
        half
    };
    vec![part(w[long].inf(), middle), part(middle, w[long].sup())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{Claim, ClaimError};

    /// The Hessian is positive definite at a minimum, so `H_11 > 0` on a box about it says nothing: it
    /// takes the whole way to the axis, where the saddle has `H_11 < 0`.
    #[test]
    fn a_minimum_is_not_discarded() -> Result<(), ClaimError> {
        for (alpha, minimum) in [("\"1/800\"", [3.8162, 1.5199]), ("0.02", [1.0696, 0.8307])] {
            let text = format!("name = \"a\"\nd = 10\ntau = 7\nalpha = {alpha}\n");
            let simplified = Claim::from_toml(&text, "a.toml")?.simplified::<Interval>();
            let about = minimum.map(|x| Interval::ball(x, 1e-3));
            let block = simplified.jacobian(about, Interval::ZERO).plane_block();
            assert!(
                block[0].certainly_positive(),
                "alpha = {alpha}: {}",
                block[0]
            );
            assert!(
                !gradient_excludes_zero(&simplified, about),
                "alpha = {alpha}"
            );
            assert!(!axis_excludes(&simplified, about), "alpha = {alpha}");
            assert!(refuse(&simplified, true).boxes_open > 0);
        }
        Ok(())
    }
}
