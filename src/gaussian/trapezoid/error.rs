//! The a-priori error of the sums; each line is derived in `notes/gaussian.md`.

use super::super::activation::{Activation, INFLATE, STRIPS, pi};
use super::super::table::{MomentTable, pairs};
use super::nodes::{Level, Nodes, U, spacing_over_sd};
use crate::interval::Interval;

/// A level with what it leaves out of the integral.
#[derive(Clone)]
struct Truncated<'a> {
    level: &'a Level,
    /// Upper bound of `Σ_(k outside) w_k`.
    tail: f64,
    /// Per strip: upper bound of `2 e^(c²/2)/(e^(2πc/h) - 1)`.
    quadrature: [f64; STRIPS.len()],
}

impl<'a> Truncated<'a> {
    fn new(activation: &Activation, level: &'a Level) -> Self {
        let h = spacing_over_sd(level.variance, level.spacing);
        // Decreasing terms: their sum beyond the reach is below the Gaussian integral
        // beyond it, and ∫_x^∞ e^(-t²/2)dt <= e^(-x²/2)/x.
        let x = h * Interval::point(level.reach() as f64);
        let tail = Interval::point(2.0) * (-x.sqr() * Interval::point(0.5)).exp()
            / (x * (Interval::point(2.0) * pi()).sqrt());
        Self {
            level,
            tail: tail.sup(),
            quadrature: std::array::from_fn(|strip| {
                quadrature_factor(activation, strip, level.variance, h)
            }),
        }
    }

    fn summands(&self) -> f64 {
        (2 * self.level.weights.len() + 4) as f64
    }
}

/// `2 e^(c²/2)/(e^(2πc/h) - 1)` with `c = min(half-width/√v, 2π/h)`, rounded up.
fn quadrature_factor(activation: &Activation, strip: usize, v: f64, h: Interval) -> f64 {
    let two_pi_over_h = Interval::point(2.0) * pi() / h;
    let widest = activation.strip_half_width(strip) / Interval::point(v).sqrt();
    // Any c up to the half-width is admissible: take a float below both.
    let c = Interval::point(widest.inf().min(two_pi_over_h.inf()));
    let decay = (two_pi_over_h * c).exp() - Interval::ONE;
    (Interval::point(2.0) * (c.sqr() * Interval::point(0.5)).exp() / decay).sup()
}

/// `γ_n = n u/(1 - n u)`, rounded up, for the few thousand operations used here.
fn gamma(n: f64) -> f64 {
    n * U * 1.000_001
}

/// The a-priori error of every `M_ij`, and of every `S_n` at a node; the derivation is in `notes/gaussian.md`.
pub(super) fn error_bounds(nodes: &Nodes) -> (MomentTable<f64>, Vec<f64>) {
    let (activation, order, apart) = (&nodes.activation, nodes.order, nodes.grid.is_none());
    let truncated = |level| Truncated::new(activation, level);
    let outer = nodes.outer.as_ref().map(truncated);
    let inner = match (&nodes.outer, &nodes.inner) {
        (Some(o), Some(i)) if o.variance == i.variance && o.spacing == i.spacing => outer.clone(),
        (_, inner) => inner.as_ref().map(truncated),
    };
    let best = |level: &Truncated<'_>, bound: &dyn Fn(usize) -> f64| {
        (0..STRIPS.len())
            .map(|strip| level.quadrature[strip] * bound(strip))
            .fold(f64::INFINITY, f64::min)
    };
    let bound = |n: usize| activation.bound(n);
    // S_n at a node: quadrature, tail, weights, derivatives and nodes, summation.
    let inner_error: Vec<f64> = (0..=order)
        .map(|n| {
            // Nodes of their own are rounded once more, relative to the outer node.
            let extent = nodes
                .inner
                .as_ref()
                .map_or(0.0, |l| l.reach() as f64 * l.spacing);
            let second_rounding = if apart {
                2.0 * U * extent * bound(n + 1)
            } else {
                0.0
            };
            let value = if apart { 2.0 } else { 1.0 } * activation.float_error(n) + second_rounding;
            inner.as_ref().map_or(value, |l| {
                let computed = bound(n) + value;
                (best(l, &|strip| activation.strip_bound(strip, n))
                    + l.tail * bound(n)
                    + l.level.weight_error * computed
                    + l.level.total * (value + gamma(l.summands()) * computed))
                    * INFLATE
            })
        })
        .collect();
    let mut error = MomentTable::filled(order, 0.0);
    for (i, j) in pairs(order) {
        let (ei, ej) = (inner_error[i], inner_error[j]);
        let (bi, bj) = (bound(i), bound(j));
        let inherited = ei * bj + ej * bi + ei * ej;
        let computed = (bi + ei) * (bj + ej);
        let total = match &outer {
            None => inherited + gamma(4.0) * computed,
            Some(l) => {
                let exact =
                    |strip| activation.strip_bound(strip, i) * activation.strip_bound(strip, j);
                best(l, &exact)
                    + l.tail * bi * bj
                    + l.level.weight_error * computed
                    + l.level.total * (inherited + gamma(l.summands()) * computed)
            }
        };
        error.set(i, j, total * INFLATE + 1e-290);
    }
    (error, inner_error)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A step far below the ideal one leaves nothing but the cut-off tails.
    #[test]
    fn tails_are_in_the_error() {
        for digits in [1.0, 4.0, 10.0, 20.0] {
            let level = || Level::new(0.25, 0.03125, digits);
            for (outer, inner) in [(level(), None), (None, level()), (level(), level())] {
                let nodes = Nodes {
                    activation: Activation::SIGMOID,
                    order: 2,
                    grid: Some(0.03125),
                    outer,
                    inner,
                };
                // Every node at σ = 1: the sum is that of the weights.
                let missing = 1.0 - nodes.sums(60.0).get(0, 0);
                let bound = error_bounds(&nodes).0.get(0, 0);
                assert!(
                    missing > 0.2 * bound && missing <= bound,
                    "{missing:e}, {bound:e}"
                );
            }
        }
    }
}
