//! The trapezoid rule on the line, in interval arithmetic.
//!
//! # Statement
//!
//! For `f(g) = ψ(m + ρg) e^(-g²/2)/√(2π)`, analytic for `|Im g| < c`, and `M >= ∫ |f(x + iy)| dx` there,
//!
//! ```text
//! |∫ f - h Σ_k f(kh)| <= 2M/(e^(2πc/h) - 1)
//! ```
//!
//! (Trefethen & Weideman 2014, Theorem 5.1). `|e^(-g²/2)| = e^((y² - x²)/2)`, so `M = e^(c²/2) sup E |ψ|` will do,
//! with `c = min(r/ρ, 2π/h)`, `r` half the width of the family's strip. The terms beyond `G = nh` are at most
//!
//! ```text
//! 2 μ(|m| + ρG) e^(-G²/2) / (√(2π) (G - 4/G)),
//! ```
//!
//! `μ` the polynomial of degree 4 or less that bounds `|ψ|`: it grows at most by the factor `(g/G)^4 <= e^(4(g - G)/G)`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::{Family, moduli, reach};
use crate::gaussian::activation::pi;
use crate::interval::Interval;
use crate::interval::rounding::{add_up, mul_up};

/// The sums reach this far into the Gaussian's tail: `e^(-G²/2)` is below `1e-19`.
const REACH: f64 = 9.5;
/// Quadrature errors aimed at: `e^-39`.
const DIGITS: f64 = 39.0;
/// More nodes than this on one side are not used; the average is then unknown.
const MOST_NODES: f64 = 20_000.0;
/// Steps are multiples of this, so that `kh` is exact.
const GRAIN: f64 = 1.0 / 4096.0;

/// `h e^(-(kh)²/2)/√(2π)` for `k = 0, 1, ..`.
#[derive(Debug)]
struct Weights {
    step: f64,
    enclosed: Vec<Interval>,
}

impl Weights {
    fn new(step: f64) -> Self {
        let last = (REACH / step).ceil() as usize;
        let norm = Interval::point(step) / (Interval::point(2.0) * pi()).sqrt();
        let enclosed = (0..=last)
            .map(|k| {
                let g = Interval::point(k as f64 * step); // exact: both have few bits
                norm * (-(g.sqr() * Interval::point(0.5))).exp()
            })
            .collect();
        Self { step, enclosed }
    }

    /// `G = nh`.
    fn end(&self) -> f64 {
        (self.enclosed.len() - 1) as f64 * self.step
    }
}

/// The weights whose step is about the largest with a quadrature error near `e^-39`.
fn for_strip(half_width: f64) -> Option<Arc<Weights>> {
    // c²/2 - 2πc/h = -digits at c = min(half-width, 2π/h); the latter is √(2 digits).
    let c = half_width.min((2.0 * DIGITS).sqrt());
    let step = 2.0 * std::f64::consts::PI * c / (DIGITS + 0.5 * c * c);
    let step = (step / GRAIN).floor() * GRAIN;
    // False for a NaN too.
    let affordable = step > REACH / MOST_NODES;
    if !affordable {
        return None;
    }
    // Made once for each step, shared by all averages.
    static MADE: OnceLock<Mutex<HashMap<u64, Arc<Weights>>>> = OnceLock::new();
    let all = MADE.get_or_init(Mutex::default);
    let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
    let made = all
        .entry(step.to_bits())
        .or_insert_with(|| Arc::new(Weights::new(step)));
    Some(Arc::clone(made))
}

/// Encloses the averages for every member of `mean` and of the narrow interval `variance > 0`.
pub(super) fn averages<F: Family>(family: &F, mean: Interval, variance: Interval) -> Vec<Interval> {
    let count = family.count();
    let deviation = variance.sqrt();
    let strip = Interval::point(family.strip_half_width()) / deviation;
    let Some(weights) = for_strip(strip.inf()) else {
        return vec![Interval::ENTIRE; count];
    };
    let mut sums = vec![Interval::ZERO; count];
    let mut values = vec![Interval::ZERO; count];
    for (k, &weight) in weights.enclosed.iter().enumerate() {
        let g = k as f64 * weights.step;
        let both = [g, -g];
        for &g in &both[..if k == 0 { 1 } else { 2 }] {
            family.eval(mean + deviation * Interval::point(g), &mut values);
            for (sum, &value) in sums.iter_mut().zip(&values) {
                *sum += weight * value;
            }
        }
    }
    let errors = errors(family, mean, deviation, strip.inf(), &weights);
    for (sum, error) in sums.iter_mut().zip(errors) {
        *sum = if error < f64::INFINITY {
            *sum + Interval::symmetric(error)
        } else {
            Interval::ENTIRE
        };
    }
    sums
}

/// The same sums in floats.
pub(super) fn averages_approx<F: Family>(family: &F, mean: f64, variance: f64) -> Vec<f64> {
    let count = family.count();
    let mut values = vec![0.0; count];
    let deviation = variance.max(0.0).sqrt();
    if deviation == 0.0 {
        family.eval(mean, &mut values);
        return values;
    }
    let Some(weights) = for_strip(family.strip_half_width() / deviation) else {
        return vec![f64::NAN; count];
    };
    let mut sums = vec![0.0; count];
    for (k, weight) in weights.enclosed.iter().enumerate() {
        let g = k as f64 * weights.step;
        let both = [g, -g];
        for &g in &both[..if k == 0 { 1 } else { 2 }] {
            family.eval(mean + deviation * g, &mut values);
            for (sum, value) in sums.iter_mut().zip(&values) {
                *sum += weight.mid() * value;
            }
        }
    }
    sums
}

/// Quadrature and tails, for each function: upper bounds, infinite where there is none.
fn errors<F: Family>(
    family: &F,
    mean: Interval,
    deviation: Interval,
    strip: f64,
    weights: &Weights,
) -> Vec<f64> {
    let half = Interval::point(0.5);
    let two_pi_over_h = Interval::point(2.0) * pi() / Interval::point(weights.step);
    // Any c up to both limits is admissible.
    let c = Interval::point(strip.min(two_pi_over_h.inf()));
    let decay = (two_pi_over_h * c).exp() - Interval::ONE;
    let quadrature = Interval::point(2.0) * (c.sqr() * half).exp() / decay;
    let on_strip = moduli(family, reach(mean, deviation, (deviation * c).sup()));

    let end = Interval::point(weights.end());
    let rate = end - Interval::point(4.0) / end;
    let gauss = (-(end.sqr() * half)).exp() / (Interval::point(2.0) * pi()).sqrt();
    let tail = Interval::point(2.0) * gauss / rate;
    let at_end = moduli(family, add_up(mean.mag(), (deviation * end).sup()));

    let bounded = quadrature.is_bounded() && tail.is_bounded();
    on_strip
        .into_iter()
        .zip(at_end)
        .map(|(strip, end)| {
            let error = add_up(mul_up(quadrature.sup(), strip), mul_up(tail.sup(), end));
            if bounded && error >= 0.0 {
                error
            } else {
                f64::INFINITY
            }
        })
        .collect()
}
