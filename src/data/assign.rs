//! Which centre a point belongs to.

/// The number of the centre nearest to a point whose first two coordinates are `x`: among those of `class`
/// (0: the first two, 1: the last two), or among all four. A tie goes to the lower number.
///
/// The centres `(±1, 0)`, `(±1, τ)` are the corners of a rectangle, so the nearest one is found coordinate by
/// coordinate; the others of the `d` coordinates add the same to each distance. Comparing `x^(1)` with 0 and
/// `x^(2)` with `τ/2` involves no rounding (unless `τ < 1e-307`): ties are exact.
pub(super) fn nearest(x: [f64; 2], tau: f64, class: Option<u8>) -> u8 {
    let class = class.unwrap_or(u8::from(x[0] < 0.0));
    2 * class + u8::from(x[1] > 0.5 * tau)
}
