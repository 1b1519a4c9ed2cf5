//! Where the logit of a probe changes sign along a line in the plane of the data.
//!
//! Along `t ↦ z(t)`, `z_i = m_i + β_i t`, the logit is `g(t) = v_1σ(z_1) + v_2σ(z_2) + c`.
//!
//! - `g' = v_1β_1σ'(z_1) + v_2β_2σ'(z_2)` keeps its sign unless `v_1β_1` and `v_2β_2` have opposite ones. If they
//!   have, `g' = 0` where `D(t) = ln(|v_1β_1|σ'(z_1)) - ln(|v_2β_2|σ'(z_2)) = 0`.
//! - `D = C` says `cosh(z_2/2) = C' cosh(z_1/2)`, an exponential sum with frequencies `±β_1/2`, `±β_2/2`. In the
//!   order of the frequencies its signs are `-++-` or `+--+`, so by Descartes' rule it has at most two zeros for
//!   every `C`; if `|β_1| = |β_2|`, two terms are left and there is at most one. So `D` has at most one turning
//!   point, `D' = β_2 tanh(z_2/2) - β_1 tanh(z_1/2)` changes sign at most once, `D` at most twice, `g` at most
//!   three times.
//!
//! Each level is found by bisection between the points of the one below.

use crate::scalar::Scalar;

use super::probe::Probe;

/// Beyond this many standard deviations lies a mass of `2Φ(-9) = 2.3e-19`.
pub(super) const REACH: f64 = 9.0;

/// A line in the plane of the data, as the pre-activations see it: `z_i(t) = m_i + β_i t`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// `m`.
    pub at_zero: [f64; 2],
    /// `β`.
    pub slope: [f64; 2],
}

impl Line {
    /// `z(t)`.
    #[inline]
    pub fn at(&self, t: f64) -> [f64; 2] {
        [0, 1].map(|i| self.slope[i].mul_add(t, self.at_zero[i]))
    }
}

/// The sign changes of the logit on `[-REACH, REACH]`, increasing: at most three.
pub(super) fn crossings(probe: &Probe, line: &Line) -> Vec<f64> {
    let strength = [0, 1].map(|i| probe.weights[i] * line.slope[i]);
    let turning = if strength[0] * strength[1] < 0.0 {
        let log_ratio = (strength[0] / strength[1]).abs().ln();
        let steepness = |t: f64| {
            let [z1, z2] = line.at(t);
            log_ratio + ln_slope(z1) - ln_slope(z2)
        };
        let bend = |t: f64| {
            let [z1, z2] = line.at(t);
            line.slope[1] * (0.5 * z2).tanh() - line.slope[0] * (0.5 * z1).tanh()
        };
        sign_changes(steepness, &sign_changes(bend, &[]))
    } else {
        Vec::new()
    };
    sign_changes(|t| probe.logit(line.at(t)), &turning)
}

/// `ln σ'(z)`.
fn ln_slope(z: f64) -> f64 {
    -z.abs() - 2.0 * core_math::log1p(Scalar::exp(-z.abs()))
}

/// The sign changes of `f` on `[-REACH, REACH]`, if it is monotone between these points.
fn sign_changes(f: impl Fn(f64) -> f64, between: &[f64]) -> Vec<f64> {
    let mut found = Vec::new();
    let mut left = -REACH;
    for &right in between.iter().chain(&[REACH]) {
        if (f(left) > 0.0) != (f(right) > 0.0) {
            found.push(bisect(&f, left, right));
        }
        left = right;
    }
    found
}

fn bisect(f: impl Fn(f64) -> f64, mut left: f64, mut right: f64) -> f64 {
    let positive_left = f(left) > 0.0;
    loop {
        let middle = 0.5 * (left + right);
        // Two neighbouring floats, or a distance below 2^-60 of the range.
        if middle <= left || middle >= right || right - left < 1e-17 {
            return middle;
        }
        if (f(middle) > 0.0) == positive_left {
            left = middle;
        } else {
            right = middle;
        }
    }
}
