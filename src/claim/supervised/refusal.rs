//! A proof that the simplified objective has no opposed critical point besides the origin.
//!
//! # Statement
//!
//! At a critical point `(a, f)` of the restriction, with `u = ax` and the logit `s = f e(u)`, `|e| <= 1`,
//!
//! ```text
//! 0 = f ∂_f L = E[s σ(s)] + 4γf²       so   4γ f² <= -min sσ(s) < 0.278465,
//! 0 = a ∂_a L = -2f E[σ(s) u σ'(u)] + 4βa²   so   2β a² <= |f| sup uσ'(u) < 0.22388 |f|.
//! ```
//!
//! On that box branch and bound finds every zero of the gradient; the origin is one. If it is the only one, there is no minimum
//! to lift.

use super::evidence::OpposedRefusal;
use super::system::{Opposed, Restricted};
use crate::gaussian::Activation;
use crate::interval::Interval;
use crate::model::supervised::SupervisedParameters;
use crate::theorem::{SearchLimits, all_zeros};

/// `-min sσ(s) = W(1/e) = 0.27846454..`, rounded up.
const LARGEST_PULL: f64 = 0.278_465;
/// A little more than the proved bounds, so that no zero lies on the edge.
const ROOM: f64 = 1.01;
const BOXES: usize = 20_000;
/// Boxes no wider than this are left open.
const SMALLEST: f64 = 1e-7;

/// Searches for opposed critical points of the simplified objective.
pub(super) fn refuse(simplified: &SupervisedParameters) -> OpposedRefusal {
    refuse_within(simplified, BOXES)
}

/// Searches for opposed critical points of an objective, simplified or not: the bounds hold for any noise.
pub(super) fn refuse_within(of: &SupervisedParameters, boxes: usize) -> OpposedRefusal {
    let four = Interval::point(4.0);
    let f = (Interval::point(LARGEST_PULL) / (four * of.gamma)).sqrt();
    let pull = Interval::point(Activation::SIGMOID.radial_bound());
    let a = (f * pull / (Interval::point(2.0) * of.beta)).sqrt();
    let bounds = [a.sup(), f.sup()];
    let region = bounds.map(|x| Interval::symmetric(ROOM * x));
    let limits = SearchLimits {
        boxes,
        smallest: SMALLEST,
    };
    let found = all_zeros(&Restricted::<Opposed>::new(of.clone()), &region, limits);
    let besides = (found.zeros.iter())
        .filter(|z| !z.enclosure.iter().all(|x| x.contains(0.0)))
        .count();
    let origin = found.zeros.len() - besides;
    OpposedRefusal {
        bounds,
        boxes: found.examined,
        open: besides + found.undecided.len() + usize::from(origin != 1),
    }
}
