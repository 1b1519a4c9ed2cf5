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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scalar::Scalar;

    /// `σ(ℓt)`, `t² σ(ℓt)`: nothing but one sigmoid.
    struct Steep(f64);

    impl Family for Steep {
        fn count(&self) -> usize {
            2
        }
        fn eval<S: Scalar>(&self, t: S, out: &mut [S]) {
            let s = (S::from_f64(self.0) * t).sigmoid();
            (out[0], out[1]) = (s, t.sqr() * s);
        }
        fn strip_half_width(&self) -> f64 {
            1.57 / self.0
        }
    }

    /// With a step far above the ideal one the quadrature error is seen, and with a short reach the tail: both lie
    /// below their bounds, and not far below. (At the usual steps both are below the rounding of the sums.)
    #[test]
    fn coarse_rules_keep_within_their_bounds() {
        let (mean, deviation) = (Interval::point(0.3), Interval::point(0.5));
        let mut seen = 0.0f64;
        for slope in [1.0, 4.0, 10.0] {
            let family = Steep(slope);
            let exact = averages(&family, mean, deviation.sqr());
            let sum = |weights: &Weights| {
                let mut sums = [0.0; 2];
                let mut values = [0.0; 2];
                let last = weights.enclosed.len() as i32 - 1;
                for k in -last..=last {
                    let g = f64::from(k) * weights.step;
                    family.eval(0.3 + 0.5 * g, &mut values);
                    let weight = weights.enclosed[k.unsigned_abs() as usize].mid();
                    sums[0] += weight * values[0];
                    sums[1] += weight * values[1];
                }
                sums
            };
            for step in [0.25, 0.5, 1.0, 1.5, 2.0] {
                let weights = Weights::new(step);
                let strip = family.strip_half_width() / 0.5;
                let bounds = errors(&family, mean, deviation, strip, &weights);
                for ((sum, exact), bound) in sum(&weights).into_iter().zip(&exact).zip(bounds) {
                    let error = (sum - exact.mid()).abs();
                    assert!(
                        error <= bound + 1e-15,
                        "{slope}, {step}: {error:e} > {bound:e}"
                    );
                    if error > 1e-12 {
                        seen = seen.max(error / bound);
                    }
                }
            }
            let mut short = Weights::new(0.125);
            short.enclosed.truncate(25); // three deviations
            let bounds = errors(
                &family,
                mean,
                deviation,
                family.strip_half_width() / 0.5,
                &short,
            );
            for ((sum, exact), bound) in sum(&short).into_iter().zip(&exact).zip(bounds) {
                let missing = (sum - exact.mid()).abs();
                assert!(missing <= bound && missing > 1e-4, "{missing:e}, {bound:e}");
            }
        }
        assert!(seen > 0.01, "{seen}: no error comes near its bound");
    }
}
