//! From sums in plain floats to upper bounds: what every radius is made of.
//!
//! `u = 2^-53`, `gamma_m = m u/(1 - m u)`, `eta = 2^-1074`. Proofs: `notes/linear.md`, section 1.

use crate::interval::rounding::{add_up, div_up, mul_up, sub_down};

/// The smallest positive float, `eta = 2^-1074`; a product loses at most half of it to underflow.
pub(super) const ETA: f64 = f64::from_bits(1);

/// `gamma_m`, rounded up; infinite where `m u >= 1`.
pub(super) fn gamma_upper(m: usize) -> f64 {
    let mu = m as f64 * (f64::EPSILON / 2.0); // exact below 2^53
    if mu < 1.0 {
        div_up(mu, sub_down(1.0, mu))
    } else {
        f64::INFINITY
    }
}

/// Upper bound of an exact sum of non-negative terms whose float value is `sum`.
///
/// Each term passes at most `roundings` roundings on its way into `sum`, and all underflows
/// together lost at most `lost` (lemma 1). Anything but a number counts as infinite.
pub(super) fn upward(sum: f64, roundings: usize, lost: f64) -> f64 {
    let factor = add_up(1.0, gamma_upper(roundings));
    or_infinite(mul_up(add_up(sum, lost), factor))
}

/// The bound itself if it is one, infinity if it is NaN.
pub(super) fn or_infinite(bound: f64) -> f64 {
    if bound >= 0.0 { bound } else { f64::INFINITY }
}

/// Upper bound of `Σ x_i²`.
pub(super) fn norm_sqr_upper(v: &[f64]) -> f64 {
    upward(sum(v, |x| x * x), v.len(), lost(v.len()))
}

/// What underflow in `m` products takes from a sum, at most.
pub(super) fn lost(m: usize) -> f64 {
    m as f64 * ETA // exact
}

/// `Σ f(x_i)` in floats, in eight interleaved partial sums: a term passes at most
/// `v.len() - 1` additions that round.
#[inline(always)]
pub(super) fn sum(v: &[f64], f: impl Fn(f64) -> f64) -> f64 {
    let (blocks, rest) = v.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for block in blocks {
        for (sum, x) in sums.iter_mut().zip(block) {
            *sum += f(*x);
        }
    }
    sums.iter().sum::<f64>() + rest.iter().map(|x| f(*x)).sum::<f64>()
}

/// Upper bound of a sum of upper bounds, each step rounded up.
pub(super) fn sum_up(terms: impl IntoIterator<Item = f64>) -> f64 {
    or_infinite(terms.into_iter().fold(0.0, add_up))
}

/// The largest value, infinite if one is NaN.
pub(super) fn largest(values: impl IntoIterator<Item = f64>) -> f64 {
    values
        .into_iter()
        .fold(0.0, |m: f64, v| m.max(or_infinite(v)))
}
