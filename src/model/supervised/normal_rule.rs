//! Rules for averages over a standard normal variable, in floats.
//!
//! The integrands here are functions of `z + t g`, `g ~ N(0, 1)`, analytic in a strip about the real line whose
//! width is set by the output weights. Few nodes suffice for a small `t`: Gauss-Hermite rules. Their nodes
//! spread out too far for larger ones, where the trapezoid rule converges faster (L. N. Trefethen,
//! J. A. C. Weideman, SIAM Review 56, 2014, 385-458).

use std::sync::LazyLock;

use nalgebra::DMatrix;

/// A symmetric rule with weights of sum 1.
#[derive(Clone, Debug)]
pub(super) struct NormalRule {
    /// `(g, weight)` for the nodes `g >= 0`; each `g > 0` stands for `-g` as well.
    half: Vec<[f64; 2]>,
}

impl NormalRule {
    /// Nodes and weights, the negative nodes included.
    pub(super) fn nodes(&self) -> impl Iterator<Item = [f64; 2]> {
        let mirrored = |&[g, weight]: &[f64; 2]| (g > 0.0).then_some([-g, weight]);
        (self.half.iter().copied()).chain(self.half.iter().filter_map(mirrored))
    }

    /// Nodes `g >= 0` with their weights.
    pub(super) fn half(&self) -> &[[f64; 2]] {
        &self.half
    }

    /// Gauss-Hermite with `n` nodes: the eigenvalues of the Jacobi matrix, polished by a Newton step, and
    /// Christoffel's weights `1/Σ_(k<n) h_k(g)²` with the orthonormal polynomials `h_k`.
    fn gauss_hermite(n: usize) -> Self {
        let matrix = DMatrix::from_fn(n, n, |i, j| {
            if i.abs_diff(j) == 1 {
                (i.max(j) as f64).sqrt()
            } else {
                0.0
            }
        });
        let mut nodes: Vec<f64> = matrix.symmetric_eigenvalues().iter().copied().collect();
        nodes.sort_by(f64::total_cmp);
        let half = nodes.split_off(n / 2).into_iter().enumerate();
        let half = half.map(|(k, guess)| {
            if k == 0 && n % 2 == 1 {
                return [0.0, 1.0 / hermite(n, 0.0).2];
            }
            let (value, slope, _) = hermite(n, guess);
            let g = guess - value / slope;
            [g, 1.0 / hermite(n, g).2]
        });
        Self {
            half: half.collect(),
        }
    }

    /// `n` equally spaced nodes on `[-6.6, 6.6]`, `n` even: what lies beyond has probability `4e-11`.
    fn trapezoid(n: usize) -> Self {
        let step = 13.2 / (n as f64 - 1.0);
        let mut half: Vec<[f64; 2]> = (0..n / 2)
            .map(|k| {
                let g = (k as f64 + 0.5) * step;
                [g, (-g * g / 2.0).exp()]
            })
            .collect();
        let total: f64 = 2.0 * half.iter().map(|[_, weight]| weight).sum::<f64>();
        half.iter_mut().for_each(|[_, weight]| *weight /= total);
        Self { half }
    }
}

/// `h_n(x)`, `h_n'(x)` and `Σ_(k<n) h_k(x)²` for the orthonormal Hermite polynomials:
/// `√(k+1) h_(k+1) = x h_k - √k h_(k-1)`, `h_n' = √n h_(n-1)`.
fn hermite(n: usize, x: f64) -> (f64, f64, f64) {
    let (mut before, mut value, mut squares) = (0.0, 1.0, 0.0);
    for k in 0..n {
        squares += value * value;
        let k = k as f64;
        (before, value) = (value, (x * value - k.sqrt() * before) / (k + 1.0).sqrt());
    }
    (value, (n as f64).sqrt() * before, squares)
}

/// Rules by increasing cost. The number before each is the largest `t` for which it averages the first
/// derivatives of the loss to `1e-10`: measured over `z` in `[-5, 5]²` and all directions at output weights `±4.3`,
/// and tested. From the last line on the error grows: `1e-8` near `t = 3`, `1e-6` near `t = 4`.
static LADDER: LazyLock<Vec<(f64, NormalRule)>> = LazyLock::new(|| {
    let gauss = [
        (1.9e-5, 1),
        (5.8e-3, 2),
        (0.0345, 3),
        (0.0785, 4),
        (0.126, 5),
        (0.172, 6),
        (0.215, 7),
        (0.255, 8),
        (0.325, 10),
        (0.385, 12),
        (0.44, 14),
        (0.49, 16),
    ];
    let trapezoid = [
        (0.56, 20),
        (0.74, 24),
        (1.08, 32),
        (1.41, 40),
        (1.73, 48),
        (2.38, 64),
    ];
    let gauss = gauss.map(|(limit, n)| (limit, NormalRule::gauss_hermite(n)));
    let trapezoid = trapezoid.map(|(limit, n)| (limit, NormalRule::trapezoid(n)));
    gauss.into_iter().chain(trapezoid).collect()
});

/// What a rule must be good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Averages of derivatives of the loss.
    Derivatives,
    /// Averages of derivatives times `1`, `g`, `g²`: one rule further, and never a single node.
    WithNodes,
}

/// The rule for the standard deviation `t >= 0` of `z` in one direction, at output weights `F`.
///
/// The strip narrows as `|F|` grows; over `|F| <= 10` the measured limits on `t` are proportional to
/// `1/(0.57 + 0.1 |F|)` to a few percent.
pub(super) fn rule(t: f64, output: [f64; 2], purpose: Purpose) -> &'static NormalRule {
    let largest = output[0].abs().max(output[1].abs());
    let scaled = t * (0.57 + 0.1 * largest);
    let ladder = &*LADDER;
    let first = ladder.iter().position(|&(limit, _)| scaled <= limit);
    let further = usize::from(purpose == Purpose::WithNodes && t > 0.0);
    // Where no limit holds, and for a NaN: the last one.
    let chosen = first.map_or(ladder.len() - 1, |k| (k + further).min(ladder.len() - 1));
    &ladder[chosen].1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `E g^k = (k-1)!!` for even `k`: exact up to degree `2n - 1` for Gauss, to `1e-9` for the trapezoid rules.
    #[test]
    fn moments_of_the_normal_distribution() {
        for (index, (_, rule)) in LADDER.iter().enumerate() {
            let n = rule.nodes().count();
            let (degree, tolerance) = if index < 12 {
                ((2 * n - 1).min(20), 1e-13)
            } else {
                (6, 3e-7)
            };
            for k in 0..=degree {
                let moment: f64 = rule.nodes().map(|[g, w]| w * g.powi(k as i32)).sum();
                let exact: f64 = if k % 2 == 1 {
                    0.0
                } else {
                    (1..k).step_by(2).map(|j| j as f64).product()
                };
                let scale: f64 = (1..=k).step_by(2).map(|j| j as f64).product();
                assert!(
                    (moment - exact).abs() <= tolerance * scale,
                    "{n} nodes, degree {k}: {moment}"
                );
            }
        }
    }
}
