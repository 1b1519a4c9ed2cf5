//! `M_ij` for any variance: the trapezoid rule on one shared grid.
//!
//! # Statement
//!
//! For `f` analytic on `|Im z| < c`, tending to 0 uniformly there,
//! `|∫f - h Σ f(nh)| <= 2M/(e^(2πc/h) - 1)`, `M >= ∫|f(x + iy)| dx` for `|y| < c`
//! (Trefethen & Weideman 2014, Theorem 5.1).
//!
//! # What is computed
//!
//! Steps are floats of at most 20 significant bits in the variable of `φ` itself, and
//! one of them is a multiple of the other: all nodes `m + kδ` lie on one grid, `kδ` is
//! exact, and the inner averages `S_i` at all outer nodes are a discrete convolution.
//! The sums run in plain floats; an a-priori bound covers quadrature, both tails, the
//! weights, the nodes, the derivatives and the summation (`notes/gaussian.md`).

use super::activation::{Activation, INFLATE, STRIPS};
use super::table::{MomentTable, index, pairs};
use crate::interval::Interval;

const U: f64 = f64::EPSILON / 2.0;
/// A level with more nodes than this on one side is refused.
const MOST_NODES: f64 = 1e4;
const TWO_600: f64 = f64::from_bits((1023 + 600) << 52);
/// Beyond this ratio of spacings nodes are no longer shared.
const LARGEST_STRIDE: f64 = 16.0;

/// A Gaussian average in one variable, `E f(x + √v z) ≈ Σ_k w_k f(x + k·stride·δ)`.
#[derive(Clone, Debug)]
struct Level {
    /// `w_0, w_1, ..., w_n`; `w_-k = w_k`.
    weights: Vec<f64>,
    /// Spacing of the nodes.
    spacing: f64,
    /// Upper bound of `Σ w_k`.
    total: f64,
    /// Upper bound of `Σ |error of w_k|`.
    weight_error: f64,
    /// Upper bound of `Σ_(k outside) w_k`.
    tail: f64,
    /// Per strip: upper bound of `2 e^(c²/2)/(e^(2πc/h) - 1)`.
    quadrature: [f64; STRIPS.len()],
}

/// Nodes and weights for given variances, with the error bound of every `M_ij`.
#[derive(Clone, Debug)]
pub struct TrapezoidRule {
    activation: Activation,
    order: usize,
    /// Step of the shared grid; none if the spacings are too different to share one.
    grid: Option<f64>,
    outer: Option<Level>,
    inner: Option<Level>,
    error: MomentTable<f64>,
}

impl TrapezoidRule {
    /// A rule for shared variance `p`, private variance `q` (exact floats) that aims
    /// at quadrature errors near `target`. `None` if both are 0, if one is not a
    /// non-negative finite number, or if a level would need more than 20 000 nodes.
    #[must_use]
    pub fn new(activation: &Activation, p: f64, q: f64, order: usize, target: f64) -> Option<Self> {
        let valid = |v: f64| (0.0..f64::INFINITY).contains(&v);
        if !(valid(p) && valid(q) && p.max(q) > 0.0) {
            return None;
        }
        // A target that is no number counts as the finest.
        let finest = if target > 1e-17 { target } else { 1e-17 };
        let digits = (4.0 / finest.min(0.1)).ln();
        let ideal = |v: f64| (v > 0.0).then(|| ideal_step(activation, v, digits));
        let (hp, hq) = (ideal(p), ideal(q));
        let (outer_step, inner_step, grid) = match (hp, hq) {
            (Some(hp), Some(hq)) => commensurable(hp, hq),
            _ => {
                let h = round_to_20_bits(hp.or(hq)?);
                (h, h, Some(h))
            }
        };
        let level = |v: f64, spacing: f64| {
            if v > 0.0 {
                Level::new(activation, v, spacing, digits).map(Some)
            } else {
                Some(None)
            }
        };
        let outer = level(p, outer_step)?;
        let inner = level(q, inner_step)?;
        let error = error_bounds(
            activation,
            order,
            outer.as_ref(),
            inner.as_ref(),
            grid.is_none(),
        );
        Some(Self {
            activation: *activation,
            order,
            grid,
            outer,
            inner,
            error,
        })
    }

    /// Number of points at which the activation is evaluated.
    #[must_use]
    pub fn nodes(&self) -> usize {
        match self.grid {
            Some(step) => 2 * self.grid_reach(step) + 1,
            None => self.outer_count() * (2 * self.inner.as_ref().map_or(0, Level::reach) + 1),
        }
    }

    /// Upper bounds of the errors of [`sums`](Self::sums), the same for every `m`.
    #[must_use]
    pub const fn error(&self) -> &MomentTable<f64> {
        &self.error
    }

    /// Floats within [`error`](Self::error) of `M_ij(m; p, q)`, for a finite `m`.
    #[must_use]
    pub fn sums(&self, m: f64) -> MomentTable<f64> {
        let averaged = match self.grid {
            Some(step) => self.inner_averages_on_grid(m, step),
            None => self.inner_averages_apart(m),
        };
        self.outer_averages(&averaged)
    }

    fn outer_count(&self) -> usize {
        2 * self.outer.as_ref().map_or(0, Level::reach) + 1
    }

    /// Half the number of grid points, without the centre.
    fn grid_reach(&self, step: f64) -> usize {
        let reach = |l: &Option<Level>| l.as_ref().map_or(0, |l| l.reach() * l.stride(step));
        reach(&self.outer) + reach(&self.inner)
    }

    /// `S_n` at the outer nodes, row by row, all nodes on one grid.
    fn inner_averages_on_grid(&self, m: f64, step: f64) -> Vec<f64> {
        let (reach, orders, count) = (self.grid_reach(step), self.order + 1, self.outer_count());
        let nodes = 2 * reach + 1;
        let mut grid = vec![0.0; orders * nodes];
        let mut column = [0.0; super::MAX_ORDER + 1];
        for k in 0..nodes {
            let x = m + (k as f64 - reach as f64) * step;
            self.activation.derivatives_into(x, &mut column[..orders]);
            for (n, &value) in column[..orders].iter().enumerate() {
                grid[n * nodes + k] = value;
            }
        }
        let stride = self.outer.as_ref().map_or(1, |l| l.stride(step));
        let first = reach - (count / 2) * stride;
        let mut averaged = vec![0.0; orders * count];
        for (row, out) in grid
            .chunks_exact(nodes)
            .zip(averaged.chunks_exact_mut(count))
        {
            match &self.inner {
                Some(inner) => inner.convolve(row, out, first, stride, inner.stride(step)),
                None => {
                    for (k, slot) in out.iter_mut().enumerate() {
                        *slot = row[first + k * stride];
                    }
                }
            }
        }
        averaged
    }

    /// The same with nodes of their own for each outer node.
    fn inner_averages_apart(&self, m: f64) -> Vec<f64> {
        let (orders, count) = (self.order + 1, self.outer_count());
        let mut averaged = vec![0.0; orders * count];
        let mut column = [0.0; super::MAX_ORDER + 1];
        let (Some(outer), Some(inner)) = (&self.outer, &self.inner) else {
            return averaged; // levels without noise always share a grid
        };
        for node in 0..count {
            let centre = m + (node as f64 - (count / 2) as f64) * outer.spacing;
            for (k, &w) in inner.weights.iter().enumerate().rev() {
                let t = k as f64 * inner.spacing;
                for x in [centre - t, centre + t]
                    .into_iter()
                    .take(if k == 0 { 1 } else { 2 })
                {
                    self.activation.derivatives_into(x, &mut column[..orders]);
                    for (n, &value) in column[..orders].iter().enumerate() {
                        averaged[n * count + node] += w * value;
                    }
                }
            }
        }
        averaged
    }

    fn outer_averages(&self, averaged: &[f64]) -> MomentTable<f64> {
        let count = self.outer_count();
        let mut table = MomentTable::filled(self.order, 0.0);
        let mut weighted = vec![0.0; count];
        for i in 0..=self.order / 2 {
            let row = &averaged[i * count..(i + 1) * count];
            match &self.outer {
                Some(outer) => {
                    for (k, slot) in weighted.iter_mut().enumerate() {
                        *slot = row[k] * outer.weights[k.abs_diff(count / 2)];
                    }
                }
                None => weighted.copy_from_slice(row),
            }
            for j in i..=self.order - i {
                let other = &averaged[j * count..(j + 1) * count];
                table.set(i, j, dot(&weighted, other));
            }
        }
        table
    }
}

#[inline]
fn accumulate(out: &mut [f64], w: f64, left: &[f64], right: &[f64], centre: bool) {
    if centre {
        for (slot, &r) in out.iter_mut().zip(right) {
            *slot += w * r;
        }
    } else {
        for ((slot, &l), &r) in out.iter_mut().zip(left).zip(right) {
            *slot += w * (l + r);
        }
    }
}

/// A dot product in four interleaved partial sums; any order has the same bound.
#[inline]
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut partial = [0.0; 4];
    let (a4, b4) = (a.chunks_exact(4), b.chunks_exact(4));
    let rest: f64 = a4
        .remainder()
        .iter()
        .zip(b4.remainder())
        .map(|(x, y)| x * y)
        .sum();
    for (x, y) in a4.zip(b4) {
        for lane in 0..4 {
            partial[lane] += x[lane] * y[lane];
        }
    }
    (partial[0] + partial[1]) + (partial[2] + partial[3]) + rest
}

impl Level {
    fn new(activation: &Activation, v: f64, spacing: f64, digits: f64) -> Option<Self> {
        // Beyond t = spacing * reach the Gaussian tail is below e^-digits.
        let reach = ((2.0 * digits * v).sqrt() / spacing).ceil().max(1.0);
        // False for a NaN too.
        let affordable = reach <= MOST_NODES;
        if !affordable {
            return None;
        }
        let variance = Interval::point(v);
        let spacing_over_sd = Interval::point(spacing) / variance.sqrt();
        let exact_norm = spacing_over_sd / (Interval::point(2.0) * super::activation::pi()).sqrt();
        let norm = exact_norm.mid();
        // Relative error of w_k beside that of its exponent: norm, exp (one ulp), product.
        let factors = exact_norm.rad() / exact_norm.inf() + 3.0 * U;
        // A power of two, hence exact: t² must not underflow where v is tiny.
        let scale = if v < 1e-200 { TWO_600 } else { 1.0 };
        let scaled_v = v * scale * scale;
        let reach = reach as usize;
        let (mut weights, mut total, mut weight_error) = (Vec::with_capacity(reach + 1), 0.0, 0.0);
        for k in 0..=reach {
            let t = k as f64 * spacing * scale;
            let exponent = t * t / (2.0 * scaled_v);
            let w = norm * core_math::exp(-exponent);
            let copies = if k == 0 { 1.0 } else { 2.0 };
            total += copies * w;
            weight_error += copies * w * (factors + 2.2 * exponent * U);
            weights.push(w);
        }
        // Decreasing terms: their sum beyond the reach is below the Gaussian integral
        // beyond it, and ∫_x^∞ e^(-t²/2)dt <= e^(-x²/2)/x.
        let x = spacing_over_sd * Interval::point(reach as f64);
        let tail = Interval::point(2.0) * (-x.sqr() * Interval::point(0.5)).exp()
            / (x * (Interval::point(2.0) * super::activation::pi()).sqrt());
        Some(Self {
            weights,
            spacing,
            total: total * (1.0 + 1e-11) + 1e-290,
            weight_error: weight_error * (1.0 + 1e-11) + 1e-290,
            tail: tail.sup(),
            quadrature: std::array::from_fn(|strip| {
                quadrature_factor(activation, strip, v, spacing_over_sd)
            }),
        })
    }

    /// Nodes on one side of the centre.
    fn reach(&self) -> usize {
        self.weights.len() - 1
    }

    /// The spacing in units of the grid's step, an exact integer.
    fn stride(&self, step: f64) -> usize {
        (self.spacing / step) as usize
    }

    /// Averages of `row` about the points `first + k stride` into `out`, smallest weights first.
    fn convolve(&self, row: &[f64], out: &mut [f64], first: usize, stride: usize, own: usize) {
        for (k, &w) in self.weights.iter().enumerate().rev() {
            let shift = k * own;
            if stride == 1 {
                let right = &row[first + shift..first + shift + out.len()];
                let left = &row[first - shift..first - shift + out.len()];
                accumulate(out, w, left, right, k == 0);
            } else {
                for (j, slot) in out.iter_mut().enumerate() {
                    let at = first + j * stride;
                    let pair = if k == 0 {
                        row[at]
                    } else {
                        row[at - shift] + row[at + shift]
                    };
                    *slot += w * pair;
                }
            }
        }
    }

    fn summands(&self) -> f64 {
        (2 * self.weights.len() + 4) as f64
    }
}

/// `2 e^(c²/2)/(e^(2πc/h) - 1)` with `c = min(half-width/√v, 2π/h)`, rounded up.
fn quadrature_factor(activation: &Activation, strip: usize, v: f64, h: Interval) -> f64 {
    let two_pi_over_h = Interval::point(2.0) * super::activation::pi() / h;
    let widest = activation.strip_half_width(strip) / Interval::point(v).sqrt();
    // Any c up to the half-width is admissible: take a float below both.
    let c = Interval::point(widest.inf().min(two_pi_over_h.inf()));
    let decay = (two_pi_over_h * c).exp() - Interval::ONE;
    (Interval::point(2.0) * (c.sqr() * Interval::point(0.5)).exp() / decay).sup()
}

/// The step for which `c²/2 - 2πc/h = -digits` in the best strip, times `√v` (floats: a guess).
fn ideal_step(activation: &Activation, v: f64, digits: f64) -> f64 {
    let sd = v.sqrt();
    (0..STRIPS.len())
        .map(|strip| {
            let c = (activation.strip_half_width(strip).mid() / sd).min((2.0 * digits).sqrt());
            2.0 * std::f64::consts::PI * c / (digits + 0.5 * c * c)
        })
        .fold(0.0, f64::max)
        * sd
}

/// Spacings no larger than the ideal ones, the smaller dividing the larger, and the
/// smaller as the grid's step unless their ratio makes a shared grid wasteful.
fn commensurable(outer: f64, inner: f64) -> (f64, f64, Option<f64>) {
    let small = round_to_20_bits(outer.min(inner));
    let ratio = (outer.max(inner) / small).floor();
    if ratio > LARGEST_STRIDE {
        return (round_to_20_bits(outer), round_to_20_bits(inner), None);
    }
    // Exact: 20 bits times a small integer.
    let large = small * ratio;
    if outer >= inner {
        (large, small, Some(small))
    } else {
        (small, large, Some(small))
    }
}

/// The float with the leading 20 bits of `x`: multiples of it up to 2^32 are exact.
fn round_to_20_bits(x: f64) -> f64 {
    f64::from_bits(x.to_bits() & !((1u64 << 33) - 1))
}

/// `γ_n = n u/(1 - n u)`, rounded up, for the few thousand operations used here.
fn gamma(n: f64) -> f64 {
    n * U * 1.000_001
}

/// The a-priori error of every `M_ij`; the derivation is in `notes/gaussian.md`.
fn error_bounds(
    activation: &Activation,
    order: usize,
    outer: Option<&Level>,
    inner: Option<&Level>,
    apart: bool,
) -> MomentTable<f64> {
    let best = |level: &Level, bound: &dyn Fn(usize) -> f64| {
        (0..STRIPS.len())
            .map(|strip| level.quadrature[strip] * bound(strip))
            .fold(f64::INFINITY, f64::min)
    };
    let bound = |n: usize| activation.bound(n);
    // S_n at a node: quadrature, tail, weights, derivatives and nodes, summation.
    let inner_error: Vec<f64> = (0..=order)
        .map(|n| {
            // Nodes of their own are rounded once more, relative to the outer node.
            let extent = inner.map_or(0.0, |l| l.reach() as f64 * l.spacing);
            let second_rounding = if apart {
                2.0 * U * extent * bound(n + 1)
            } else {
                0.0
            };
            let value = if apart { 2.0 } else { 1.0 } * activation.float_error(n) + second_rounding;
            inner.map_or(value, |l| {
                let computed = bound(n) + value;
                (best(l, &|strip| activation.strip_bound(strip, n))
                    + l.tail * bound(n)
                    + l.weight_error * computed
                    + l.total * (value + gamma(l.summands()) * computed))
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
        let total = match outer {
            None => inherited + gamma(4.0) * computed,
            Some(l) => {
                let exact =
                    |strip| activation.strip_bound(strip, i) * activation.strip_bound(strip, j);
                best(l, &exact)
                    + l.tail * bi * bj
                    + l.weight_error * computed
                    + l.total * (inherited + gamma(l.summands()) * computed)
            }
        };
        error.set(i, j, total * INFLATE + 1e-290);
    }
    error
}

/// Enclosures at an exact `m`: [`TrapezoidRule::sums`] with their errors.
#[must_use]
pub fn enclose(rule: &TrapezoidRule, m: f64) -> MomentTable<Interval> {
    let sums = rule.sums(m);
    let mut table = MomentTable::filled(rule.order, Interval::ZERO);
    for (i, j) in pairs(rule.order) {
        let at = index(i, j);
        table.set(i, j, Interval::ball(sums.at(at), rule.error.at(at)));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A step far below the ideal one leaves nothing but the cut-off tails.
    #[test]
    fn tails_are_in_the_error() {
        let activation = Activation::SIGMOID;
        for digits in [1.0, 4.0, 10.0, 20.0] {
            let level = || Level::new(&activation, 0.25, 0.03125, digits);
            for (outer, inner) in [(level(), None), (None, level()), (level(), level())] {
                let error = error_bounds(&activation, 2, outer.as_ref(), inner.as_ref(), false);
                let rule = TrapezoidRule {
                    activation,
                    order: 2,
                    grid: Some(0.03125),
                    outer,
                    inner,
                    error,
                };
                // Every node at σ = 1: the sum is that of the weights.
                let missing = 1.0 - rule.sums(60.0).get(0, 0);
                let bound = rule.error.get(0, 0);
                assert!(
                    missing > 0.2 * bound && missing <= bound,
                    "{missing:e}, {bound:e}"
                );
            }
        }
    }
}
