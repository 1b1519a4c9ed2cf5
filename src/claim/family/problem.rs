//! A claim's objective as a family, and float guesses of its minimum.

use super::plane::{PlaneFamily, parameters};
use crate::claim::Claim;
use crate::claim::candidates::minimum_approx;
use crate::gaussian::Activation;
use crate::interval::Interval;
use crate::interval::rounding::{div_down, div_up};
use crate::model::{Mixture, Noise, RowFamily, RowObjective};
use crate::theorem::Piece;

impl Claim {
    /// `∇ℓ` in the plane for all `τ`, `α` and `ρ²`, with this claim's weights and equal noise of data and views.
    #[must_use]
    pub fn family(&self) -> PlaneFamily {
        let unit = Noise {
            data: Interval::ONE,
            view: Interval::ONE,
        };
        PlaneFamily(RowFamily::new(self.weights, &unit))
    }

    /// `d^(-3)`, the variance of the published noise.
    pub(crate) fn published_variance(d: u64) -> Interval {
        Interval::point(d as f64).powi(3).recip()
    }
}

/// A minimum with `w^(1) > 0` in feature coordinates `(w^(1), τ w^(2))`, in floats, at the middle of a box of parameters.
pub(super) fn minimum_in_floats(weights: [Interval; 4], p: &[Interval]) -> Option<[f64; 2]> {
    let p = parameters(p);
    let middle = |x: Interval| Interval::point(x.mid());
    let (tau, variance) = (p.tau.mid(), middle(p.variance));
    let noise = Noise {
        data: variance,
        view: variance,
    };
    let mixture = Mixture::paper(middle(p.tau), weights);
    let floats: RowObjective<f64> =
        RowObjective::new(Activation::SIGMOID, &mixture, middle(p.alpha), &noise, 2);
    let starts = [[3.5, 10.0], [1.0, 7.0], [0.3, 5.0]];
    // Where w·x varies more than this a float value takes thousands of nodes.
    const WIDEST_SPREAD: f64 = 400.0;
    let affordable = |[_, z2]: &[f64; 2]| variance.mid() * (z2 / tau).powi(2) <= WIDEST_SPREAD;
    starts.into_iter().filter(affordable).find_map(|[w1, z2]| {
        let w = minimum_approx(&floats, [w1, z2 / tau])?;
        (w[0] > 1e-3 && w[1] > 0.0).then(|| [w[0], tau * w[1]])
    })
}

/// `w` from feature coordinates: encloses `(z_1, z_2/τ)`.
pub(super) fn from_features(z: &[Interval], tau: Interval) -> [Interval; 2] {
    let get = |i: usize| z.get(i).copied().unwrap_or(Interval::ENTIRE);
    [get(0), get(1) / tau]
}

/// The piece's uniqueness box in `w`: a box *inside* of what is proved, for every `τ` of the piece.
pub(super) fn uniqueness_of(piece: &Piece) -> [Interval; 2] {
    let tau = parameters(&piece.parameters).tau;
    let [z1, z2] = match piece.uniqueness[..] {
        [z1, z2] => [z1, z2],
        _ => [Interval::EMPTY; 2],
    };
    // w^(2) is inside if τ w^(2) is, for every τ.
    let low = div_up(z2.inf(), if z2.inf() > 0.0 { tau.inf() } else { tau.sup() });
    let high = div_down(z2.sup(), if z2.sup() > 0.0 { tau.sup() } else { tau.inf() });
    let second = Interval::new(low, high).unwrap_or(Interval::EMPTY);
    [z1, second]
}

/// An upper bound of `|dw/d(ρ²)|` over a piece, `w` in the coordinates of `R^d`.
pub(super) fn speed_upper(family: &PlaneFamily, piece: &Piece) -> f64 {
    let tau = parameters(&piece.parameters).tau;
    piece.derivative(family).map_or(f64::INFINITY, |d| {
        let along = d.column(super::plane::VARIANCE);
        let (x, y) = (along[0], along[1] / tau);
        (x.sqr() + y.sqr()).sqrt().sup()
    })
}
