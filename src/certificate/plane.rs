//! A critical point in the plane: boxes and preconditioner.

use nalgebra::Matrix2;
use serde_json::{Value, json};

use super::number::{near, within};
use crate::claim::Claim;
use crate::gaussian::Activation;
use crate::interval::Interval;
use crate::model::{Mixture, Noise, RowObjective};

/// No box is narrower than twice this: Krawczyk's operator contracts there by itself.
const SMALLEST_RADIUS: f64 = 1.0 / (1u64 << 20) as f64;
/// Room about an enclosure, for an operator that is a little less sharp.
const ROOM: f64 = 1.3;

/// A box about an enclosure, inside of the box in which the zero is known to be alone.
pub(super) fn box_near(x: Interval, alone: Interval) -> Interval {
    let radius = (ROOM * x.rad()).max(SMALLEST_RADIUS);
    let (lo, hi) = (near(x.mid() - radius), near(x.mid() + radius));
    Interval::new(lo, hi).map_or(alone, |x| x.intersection(alone))
}

/// `near`, `alone` and the preconditioner for the enclosure `point`; all of them candidates.
pub(super) fn statement(point: [Interval; 2], alone: [Interval; 2], slope: [[f64; 2]; 2]) -> Value {
    let near_box = [0, 1].map(|i| box_near(point[i], alone[i]));
    json!({
        "near": near_box.map(within),
        "alone": alone.map(within),
        "preconditioner": inverse(slope),
    })
}

/// The inverse in floats; zeros if there is none, which proves nothing.
fn inverse([[a, b], [c, d]]: [[f64; 2]; 2]) -> Value {
    let inverse = Matrix2::new(a, b, c, d).try_inverse().unwrap_or_default();
    let entry = |i: usize, j: usize| crate::report::hex(near(inverse[(i, j)]));
    json!([[entry(0, 0), entry(0, 1)], [entry(1, 0), entry(1, 1)]])
}

/// A critical point of a row's objective, given in the coordinates `(w^(1), τ w^(2))`, at the middle of these parameters.
pub(super) fn row_statement(
    weights: [Interval; 4],
    [tau, alpha]: [Interval; 2],
    noise: [Interval; 2],
    point: [Interval; 2],
    alone: [Interval; 2],
) -> Value {
    let middle = |x: Interval| Interval::point(x.mid());
    let [data, view] = noise.map(middle);
    let mixture = Mixture::paper(middle(tau), weights);
    let objective: RowObjective<f64> = RowObjective::new(
        Activation::SIGMOID,
        &mixture,
        middle(alpha),
        &Noise { data, view },
        2,
    );
    let tau = tau.mid();
    let [a, b, c] = objective
        .jacobian([point[0].mid(), point[1].mid() / tau], 0.0)
        .plane_block();
    statement(point, alone, [[a, b / tau], [b / tau, c / (tau * tau)]])
}

/// `(w^(1), τ w^(2))`, enclosed.
pub(super) fn features(w: [Interval; 2], tau: Interval) -> [Interval; 2] {
    [w[0], tau * w[1]]
}

/// The features inside of a box of `w`, for every `τ`: ends are moved inward.
pub(super) fn features_within(w: [Interval; 2], tau: Interval) -> [Interval; 2] {
    let ends = [w[1].inf(), w[1].sup()].map(|end| tau * Interval::point(end));
    [
        w[0],
        Interval::new(ends[0].sup(), ends[1].inf()).unwrap_or(Interval::EMPTY),
    ]
}

impl Claim {
    /// Noise of data and views without and with what the claim says.
    pub(super) fn noises(&self) -> [[Interval; 2]; 2] {
        [
            [Interval::ZERO; 2],
            [self.rho_data.sqr(), self.rho_view.sqr()],
        ]
    }
}
