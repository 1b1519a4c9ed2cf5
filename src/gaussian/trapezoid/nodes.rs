//! Nodes and weights of the trapezoid rule on one shared grid, and its sums in plain floats.

use super::super::MAX_ORDER;
use super::super::activation::{Activation, STRIPS, pi};
use super::super::table::MomentTable;
use crate::interval::Interval;

pub(super) const U: f64 = f64::EPSILON / 2.0;
/// A level with more nodes than this on one side is refused.
const MOST_NODES: f64 = 1e4;
/// Beyond this ratio of spacings nodes are no longer shared.
const LARGEST_STRIDE: f64 = 16.0;
const TWO_600: f64 = f64::from_bits((1023 + 600) << 52);

/// A Gaussian average in one variable, `E f(x + √v z) ≈ Σ_k w_k f(x + k spacing)`.
#[derive(Clone, Debug)]
pub(super) struct Level {
    /// `v`, exactly.
    pub(super) variance: f64,
    /// Spacing of the nodes.
    pub(super) spacing: f64,
    /// `w_0, w_1, ..., w_n`; `w_-k = w_k`.
    pub(super) weights: Vec<f64>,
    /// Upper bound of `Σ w_k`.
    pub(super) total: f64,
    /// Upper bound of `Σ |error of w_k|`.
    pub(super) weight_error: f64,
}

/// Nodes and weights for given variances.
#[derive(Clone, Debug)]
pub(crate) struct Nodes {
    pub(super) activation: Activation,
    pub(super) order: usize,
    /// Step of the shared grid; none if the spacings are too different to share one.
    pub(super) grid: Option<f64>,
    pub(super) outer: Option<Level>,
    pub(super) inner: Option<Level>,
}

impl Nodes {
    /// For shared variance `p`, private variance `q` (exact floats), aiming at quadrature errors
    /// near `target`. `None` if both are 0, if one is not a non-negative finite number, or if
    /// a level would need more than 20 000 nodes.
    pub(crate) fn new(
        activation: &Activation,
        p: f64,
        q: f64,
        order: usize,
        target: f64,
    ) -> Option<Self> {
        let valid = |v: f64| (0.0..f64::INFINITY).contains(&v);
        if !(valid(p) && valid(q) && p.max(q) > 0.0) {
            return None;
        }
        // A target that is no number counts as the finest.
        let finest = if target > 1e-17 { target } else { 1e-17 };
        let digits = (4.0 / finest.min(0.1)).ln();
        let ideal = |v: f64| (v > 0.0).then(|| ideal_step(activation, v, digits));
        let (outer_step, inner_step, grid) = match (ideal(p), ideal(q)) {
            (Some(hp), Some(hq)) => commensurable(hp, hq),
            (hp, hq) => {
                let h = round_to_20_bits(hp.or(hq)?);
                (h, h, Some(h))
            }
        };
        let level = |v: f64, spacing: f64| {
            if v > 0.0 {
                Level::new(v, spacing, digits).map(Some)
            } else {
                Some(None)
            }
        };
        let outer = level(p, outer_step)?;
        let inner = if p == q {
            outer.clone()
        } else {
            level(q, inner_step)?
        };
        Some(Self {
            activation: *activation,
            order,
            grid,
            outer,
            inner,
        })
    }

    /// Number of points at which the activation is evaluated.
    pub(crate) fn count(&self) -> usize {
        match self.grid {
            Some(step) => 2 * self.grid_reach(step) + 1,
            None => self.outer_count() * (2 * self.inner.as_ref().map_or(0, Level::reach) + 1),
        }
    }

    /// The sums at a finite `m`: floats near `M_ij(m; p, q)`.
    pub(crate) fn sums(&self, m: f64) -> MomentTable<f64> {
        let averaged = match self.grid {
            Some(step) => self.inner_averages_on_grid(m, step),
            None => self.inner_averages_apart(m),
        };
        self.outer_averages(&averaged)
    }

    /// Both ends of the sums over a whole box of means, with nodes shrunk by every factor in `shrink`, before errors:
    /// `inner_error[n]` widens the inner averages, which are cut to the global bounds. None if the levels do not share a grid.
    pub(super) fn sums_on(
        &self,
        m: Interval,
        shrink: Interval,
        inner_error: &[f64],
    ) -> Option<[MomentTable<f64>; 2]> {
        let step = self.grid?;
        let (reach, orders, count) = (self.grid_reach(step), self.order + 1, self.outer_count());
        let nodes = 2 * reach + 1;
        let mut ends = [vec![0.0; orders * nodes], vec![0.0; orders * nodes]];
        let mut column = [Interval::ZERO; MAX_ORDER + 1];
        for k in 0..nodes {
            // Multiples of the step are exact.
            let x = m + Interval::point((k as f64 - reach as f64) * step) * shrink;
            self.activation.derivatives_on(x, &mut column[..orders]);
            for (n, value) in column[..orders].iter().enumerate() {
                ends[0][n * nodes + k] = value.inf();
                ends[1][n * nodes + k] = value.sup();
            }
        }
        let stride = self.outer.as_ref().map_or(1, |l| l.stride(step));
        let first = reach - (count / 2) * stride;
        let mut averaged = vec![Interval::ZERO; orders * count];
        let mut out = [vec![0.0; count], vec![0.0; count]];
        for n in 0..orders {
            for (out, end) in out.iter_mut().zip(&ends) {
                let row = &end[n * nodes..(n + 1) * nodes];
                out.fill(0.0);
                match &self.inner {
                    Some(inner) => inner.convolve(row, out, first, stride, inner.stride(step)),
                    None => {
                        for (k, slot) in out.iter_mut().enumerate() {
                            *slot = row[first + k * stride];
                        }
                    }
                }
            }
            let bound = Interval::symmetric(self.activation.bound(n));
            let error = Interval::symmetric(inner_error[n]);
            for (k, slot) in averaged[n * count..(n + 1) * count].iter_mut().enumerate() {
                *slot = (Interval::from_bounds(out[0][k], out[1][k]) + error).intersection(bound);
            }
        }
        Some(self.outer_averages_on(&averaged))
    }

    fn outer_averages_on(&self, averaged: &[Interval]) -> [MomentTable<f64>; 2] {
        let count = self.outer_count();
        let mut tables = [MomentTable::filled(self.order, 0.0); 2];
        for i in 0..=self.order / 2 {
            for j in i..=self.order - i {
                let (mut low, mut high) = (0.0, 0.0);
                for k in 0..count {
                    let (a, b) = (averaged[i * count + k], averaged[j * count + k]);
                    let product = if i == j { a.sqr() } else { a * b };
                    let w = match &self.outer {
                        Some(outer) => outer.weights[k.abs_diff(count / 2)],
                        None => 1.0,
                    };
                    low += w * product.inf();
                    high += w * product.sup();
                }
                tables[0].set(i, j, low);
                tables[1].set(i, j, high);
            }
        }
        tables
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
        let mut column = [0.0; MAX_ORDER + 1];
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
        let mut column = [0.0; MAX_ORDER + 1];
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
    /// Nodes until the Gaussian tail beyond them is below `e^-digits`.
    pub(super) fn new(v: f64, spacing: f64, digits: f64) -> Option<Self> {
        let reach = ((2.0 * digits * v).sqrt() / spacing).ceil().max(1.0);
        // False for a NaN too.
        let affordable = reach <= MOST_NODES;
        if !affordable {
            return None;
        }
        let exact_norm = spacing_over_sd(v, spacing) / (Interval::point(2.0) * pi()).sqrt();
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
        Some(Self {
            variance: v,
            spacing,
            weights,
            total: total * (1.0 + 1e-11) + 1e-290,
            weight_error: weight_error * (1.0 + 1e-11) + 1e-290,
        })
    }

    /// Nodes on one side of the centre.
    pub(super) fn reach(&self) -> usize {
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
}

/// The spacing in standard deviations, `h`.
pub(super) fn spacing_over_sd(v: f64, spacing: f64) -> Interval {
    Interval::point(spacing) / Interval::point(v).sqrt()
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
