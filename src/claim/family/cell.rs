//! One box of parameters `(τ, α, ρ²)`: is the minimum proved, refused or open for all of them?

use super::absence::is_absent;
use super::plane::{ALPHA, PlaneFamily, TAU, VARIANCE};
use super::problem::minimum_in_floats;
use crate::interval::Interval;
use crate::interval::linalg::{inverse_approx, midpoint};
use crate::model::{Noise, RowFamily};
use crate::theorem::{Answer, Family, prove_piece_tightly};

/// Decides boxes of parameters for fixed weights.
#[derive(Clone, Debug)]
pub struct CellProver {
    family: PlaneFamily,
    weights: [Interval; 4],
    /// Boxes of `w` examined before a refusal is given up.
    pub refusal_boxes: usize,
}

impl CellProver {
    /// For mirror-symmetric weights and equal noise of data and views.
    #[must_use]
    pub fn new(family: PlaneFamily, weights: [Interval; 4], refusal_boxes: usize) -> Self {
        Self {
            family,
            weights,
            refusal_boxes,
        }
    }

    /// For the paper's centres, a quarter of the points at each.
    #[must_use]
    pub fn paper(refusal_boxes: usize) -> Self {
        let weights = [Interval::point(0.25); 4];
        let unit = Noise {
            data: Interval::ONE,
            view: Interval::ONE,
        };
        let family = PlaneFamily(RowFamily::new(weights, &unit));
        Self::new(family, weights, refusal_boxes)
    }

    /// The minimum with `w^(1) > 0` at the middle of a box, in feature coordinates, in floats: a guess that proves nothing.
    #[must_use]
    pub fn guess(&self, p: &[Interval]) -> Option<[f64; 2]> {
        minimum_in_floats(self.weights, p)
    }

    /// The family.
    #[must_use]
    pub const fn family(&self) -> &PlaneFamily {
        &self.family
    }

    /// *Proved*: for every parameter in the box `ℓ` has exactly one critical point in a stated box of `{w^(1) > 0, w^(2) > 0}`, a local minimum.
    /// *Refused*: for no parameter in the box has `ℓ` a critical point with `w^(1) > 0`. Otherwise open, with the
    /// axis across which the box is best halved.
    #[must_use]
    pub fn decide(&self, p: &[Interval]) -> Answer {
        match minimum_in_floats(self.weights, p) {
            Some(guess) => {
                if let Ok(piece) = prove_piece_tightly(&self.family, p, &guess)
                    && self.family.is_minimum(&piece).is_ok()
                {
                    return Answer::Proved(Box::new(piece));
                }
                Answer::Open(self.most_moving(p, guess))
            }
            None if is_absent(&self.family, p, self.refusal_boxes) => Answer::Refused,
            None => Answer::Open(widest(p)),
        }
    }

    /// The axis along whose width the minimum moves most, in floats.
    fn most_moving(&self, p: &[Interval], guess: [f64; 2]) -> usize {
        let middle = |v: &[Interval]| -> Vec<Interval> {
            v.iter().map(|x| Interval::point(x.mid())).collect()
        };
        let (z, c) = (guess.map(Interval::point), middle(p));
        let jacobian = midpoint(&self.family.jacobian(&z, &c));
        let Some(inverse) = inverse_approx(&jacobian) else {
            return widest(p);
        };
        let moves = inverse * midpoint(&self.family.sensitivity(&z, &c));
        let effect = |k: usize| moves.column(k).amax() * p[k].rad();
        let largest = (0..p.len()).max_by(|&a, &b| effect(a).total_cmp(&effect(b)));
        largest
            .filter(|&k| effect(k) > 0.0)
            .unwrap_or_else(|| widest(p))
    }
}

/// The axis of the largest relative width.
fn widest(p: &[Interval]) -> usize {
    let relative = |k: usize| p[k].width() / p[k].mag().max(f64::MIN_POSITIVE);
    let axes = [TAU, ALPHA, VARIANCE];
    (axes.into_iter().filter(|&k| k < p.len()))
        .max_by(|&a, &b| relative(a).total_cmp(&relative(b)))
        .unwrap_or(TAU)
}
