//! A critical point in two coordinates, by boxes.

use serde_json::{Value, json};

use super::number::{near, within};
use crate::interval::Interval;

/// No box is narrower than twice this: Krawczyk's operator contracts there by itself.
const SMALLEST_RADIUS: f64 = 1.0 / (1u64 << 20) as f64;
/// Room about an enclosure, for an operator that is a little less sharp.
const ROOM: f64 = 1.3;

/// A box about an enclosure.
pub(super) fn box_near(x: Interval) -> Interval {
    let radius = (ROOM * x.rad()).max(SMALLEST_RADIUS);
    let (lo, hi) = (near(x.mid() - radius), near(x.mid() + radius));
    Interval::new(lo, hi).unwrap_or(x)
}

/// `near` and `alone` for an enclosure and a box in which the critical point is the only one.
pub(super) fn statement(point: [Interval; 2], alone: [Interval; 2]) -> Value {
    let near_box = point.map(box_near);
    // The enclosure with some room, where no more is known.
    let more = near_box
        .iter()
        .zip(&alone)
        .all(|(near, alone)| near.subset_of(*alone));
    let alone = if more { alone } else { near_box };
    json!({"near": near_box.map(within), "alone": alone.map(within)})
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
