//! Enclosures of `S_0, .., S_4`.

use super::node::{Rule, everywhere};
use super::{COEFFICIENTS, Grid, HALF, ORDERS, SPACING, TERMS, last_point, nearest, point, taylor};
use crate::gaussian::Activation;
use crate::gaussian::logistic::absolute_sums;
use crate::interval::Interval;
use crate::interval::rounding::{add_up, mul_up};

/// Enclosures of `S_0(m, q), .., S_4(m, q)` for every variance in an interval, at the means it was made for.
///
/// Each is a float polynomial with a bound of what it leaves out: the coefficients' radii, the Taylor
/// remainder, the rounding errors (lemma 1 of `notes/given_data.md`), and the change over the mean's own radius.
///
/// # Example
///
/// ```
/// use minlift::gaussian::smoothed::SmoothedEnclosure;
/// use minlift::interval::Interval;
///
/// let q = Interval::literal("0.0169")?;
/// let enclosure = SmoothedEnclosure::covering(q, &[3.8]);
/// let [s0, ..] = enclosure.at(3.8, 0.0);
/// assert!(s0.width() < 1e-14);
/// let [wider, ..] = enclosure.at(3.8, 1e-3); // means within 0.001
/// assert!(s0.subset_of(wider));
/// # Ok::<(), minlift::interval::LiteralError>(())
/// ```
#[derive(Clone, Debug)]
pub struct SmoothedEnclosure {
    q: Interval,
    last: u64,
    grid: Grid<Node>,
}

#[derive(Clone, Debug)]
struct Node {
    /// Middles of the coefficients `S_0, .., S_11`.
    middle: [f64; COEFFICIENTS],
    /// `|S_j - taylor(middle, δ)_j|` for `|δ| <= 1/32`.
    error: [f64; ORDERS],
    /// `sup |S_(j+1)|` for `|δ| <= 1/16`.
    slope: [f64; ORDERS],
}

/// Roundings of [`taylor`]: at most three for each step of the power, one for the product, one for each addition.
/// `γ` for as many, with room.
const GAMMA: f64 = ((3 * TERMS + TERMS + 1) as f64) * (f64::EPSILON / 2.0) * (1.0 + 1e-9);

impl Node {
    fn new(rule: &Rule<Interval>, k: i64, [near, far]: &[[f64; COEFFICIENTS]; 2]) -> Self {
        let coefficients = rule.node(k);
        let middle = coefficients.map(Interval::mid);
        // Also where the float is no midpoint.
        let radius: [f64; COEFFICIENTS] =
            std::array::from_fn(|j| (coefficients[j] - Interval::point(middle[j])).mag());
        // Sums of non-negative terms: fewer than a hundred roundings each, which INFLATE covers, and underflows of
        // at most 1e-320, which the last term does.
        let error = std::array::from_fn(|j| {
            let mut sum = near[TERMS] * Activation::SIGMOID.bound(j + TERMS);
            for i in 0..TERMS {
                sum += near[i] * (radius[i + j] + GAMMA * middle[i + j].abs());
            }
            bound(sum)
        });
        let slope = std::array::from_fn(|j| {
            let terms = COEFFICIENTS - (j + 1);
            let mut sum = far[terms] * Activation::SIGMOID.bound(COEFFICIENTS);
            for i in 0..terms {
                sum += far[i] * coefficients[i + j + 1].mag();
            }
            bound(sum)
        });
        Self {
            middle,
            error,
            slope,
        }
    }
}

/// Covers the rounding of the sums that bound a node's errors, and of the factors in them.
const INFLATE: f64 = 1.0 + 1e-12;

fn bound(sum: f64) -> f64 {
    let sum = sum * INFLATE + 1e-300;
    if sum >= 0.0 { sum } else { f64::INFINITY }
}

/// `h^i/i!` for `i <= 11`, in floats: each off by fewer than thirty roundings.
fn powers(h: f64) -> [f64; COEFFICIENTS] {
    let mut power = 1.0;
    std::array::from_fn(|i| {
        if i > 0 {
            power = power * h / i as f64;
        }
        power
    })
}

impl SmoothedEnclosure {
    /// The enclosures for every non-negative variance in `q` that serve these means.
    #[must_use]
    pub fn covering(q: Interval, means: &[f64]) -> Self {
        let rule = Rule::enclosing(q);
        let last = last_point(q.sup());
        let powers = [HALF, SPACING].map(powers);
        Self {
            q,
            last,
            grid: Grid::new(means, last, |k| Node::new(&rule, k, &powers)),
        }
    }

    /// Enclosures of `S_0, .., S_4` at every mean within `radius` of `mean`.
    ///
    /// For a mean that the enclosures were not made for, and for a radius above 1/32, they are the widest ones.
    #[inline]
    #[must_use]
    pub fn at(&self, mean: f64, radius: f64) -> [Interval; ORDERS] {
        let k = nearest(mean);
        match self.grid.get(k) {
            Some(node) if (0.0..=HALF).contains(&radius) && mean.is_finite() => {
                let values = taylor(&node.middle, mean - point(k));
                std::array::from_fn(|j| {
                    let error = add_up(node.error[j], mul_up(radius, node.slope[j]));
                    Interval::ball(values[j], error).intersection(everywhere(j))
                })
            }
            _ => self.beyond(mean, radius, k),
        }
    }

    #[cold]
    fn beyond(&self, mean: f64, radius: f64, k: i64) -> [Interval; ORDERS] {
        let outside = k.unsigned_abs() > self.last
            && (0.0..f64::INFINITY).contains(&radius)
            && mean.abs() < 1e300;
        if outside {
            tails(self.q, mean, radius)
        } else {
            std::array::from_fn(everywhere)
        }
    }
}

/// `S_0, S_1, ..` at means within `radius` of `mean`, far from zero.
///
/// `|S_j| <= E|σ^(j)| <= Q_j e^(q/2 - |m|)`, because `|σ^(j)| <= y Q_j` and `y = σ(z)σ(-z) <= e^-z, e^z`; likewise
/// `S_0 <= e^(m + q/2)` and `1 - S_0 <= e^(-m + q/2)`.
pub(super) fn tails<const N: usize>(q: Interval, mean: f64, radius: f64) -> [Interval; N] {
    let nearest_to_zero = Interval::point(mean.abs()) - Interval::point(radius);
    let tail = (q * Interval::point(0.5) - nearest_to_zero).exp().sup();
    std::array::from_fn(|j| {
        let bound = match j {
            0 if mean < 0.0 => Interval::UNIT * Interval::point(tail),
            0 => Interval::ONE - Interval::UNIT * Interval::point(tail),
            _ => {
                // The sum is known to within a relative 1e-13.
                let sum = absolute_sums(j).0 * (1.0 + 1e-12);
                Interval::symmetric(mul_up(sum, tail))
            }
        };
        bound.intersection(everywhere(j))
    })
}
