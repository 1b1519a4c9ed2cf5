//! Floats for certificates: exact hexadecimal literals, on the checker's grid.

use serde_json::{Value, json};

use crate::interval::Interval;
use crate::report::hex;

/// Multiples of this (a power of two) can be read by the checker wherever they lie.
const GRID: f64 = 1.0 / (1u128 << 100) as f64;

/// The float itself if it is on the grid; else the next number of the grid above.
pub(super) fn above(x: f64) -> Value {
    json!(hex((x / GRID).ceil() * GRID + 0.0))
}

/// The next number of the grid that is not above.
pub(super) fn below(x: f64) -> Value {
    json!(hex((x / GRID).floor() * GRID + 0.0))
}

/// A number that is only a candidate: near `x`, on a coarse grid.
pub(super) fn near(x: f64) -> f64 {
    const COARSE: f64 = (1u64 << 60) as f64;
    (x * COARSE).round() / COARSE + 0.0
}

/// An interval that holds `x`.
pub(super) fn around(x: Interval) -> Value {
    json!([below(x.inf()), above(x.sup())])
}

/// An interval inside of `x`.
pub(super) fn within(x: Interval) -> Value {
    json!([above(x.inf()), below(x.sup())])
}
