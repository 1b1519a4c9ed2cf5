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

mod error;
mod nodes;

use super::activation::Activation;
use super::table::{MomentTable, index, pairs};
use crate::interval::Interval;
use error::error_bounds;
pub(crate) use nodes::Nodes;

/// Nodes and weights for given variances, with the error bound of every `M_ij`.
#[derive(Clone, Debug)]
pub struct TrapezoidRule {
    nodes: Nodes,
    error: MomentTable<f64>,
    inner_error: Vec<f64>,
}

impl TrapezoidRule {
    /// A rule for shared variance `p`, private variance `q` (exact floats) that aims
    /// at quadrature errors near `target`. `None` if both are 0, if one is not a
    /// non-negative finite number, or if a level would need more than 20 000 nodes.
    #[must_use]
    pub fn new(activation: &Activation, p: f64, q: f64, order: usize, target: f64) -> Option<Self> {
        let nodes = Nodes::new(activation, p, q, order, target)?;
        let (error, inner_error) = error_bounds(&nodes);
        Some(Self {
            nodes,
            error,
            inner_error,
        })
    }

    /// Number of points at which the activation is evaluated.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.nodes.count()
    }

    /// Upper bounds of the errors of [`sums`](Self::sums), the same for every `m`.
    #[must_use]
    pub const fn error(&self) -> &MomentTable<f64> {
        &self.error
    }

    /// Floats within [`error`](Self::error) of `M_ij(m; p, q)`, for a finite `m`.
    #[must_use]
    pub fn sums(&self, m: f64) -> MomentTable<f64> {
        self.nodes.sums(m)
    }
}

/// Enclosures at an exact `m`: [`TrapezoidRule::sums`] with their errors.
#[must_use]
pub fn enclose(rule: &TrapezoidRule, m: f64) -> MomentTable<Interval> {
    let sums = rule.sums(m);
    let mut table = MomentTable::filled(sums.order(), Interval::ZERO);
    for (i, j) in pairs(sums.order()) {
        let at = index(i, j);
        table.set(i, j, Interval::ball(sums.at(at), rule.error.at(at)));
    }
    table
}

/// Enclosures of `M_ij(m; s²p, s²q)` for every `m` in a box and every `s` in `shrink`, a subset of `[0, 1]`: the same sums with the
/// range of each derivative at each node. None if the levels do not share a grid.
///
/// Smaller variances have the same weights, and nodes nearer by the factor `s`. Tails and roundings are bounded for all
/// `m` and `s` at once, and so is the quadrature: a strip that is free of poles at `s = 1` is so at smaller `s`. The ranges are taken
/// node by node: on a wide box that is far sharper than any expansion about its centre, on a narrow one it is not.
#[must_use]
pub fn enclose_on(
    rule: &TrapezoidRule,
    m: Interval,
    shrink: Interval,
) -> Option<MomentTable<Interval>> {
    let in_range = !shrink.is_empty() && shrink.inf() >= 0.0 && shrink.sup() <= 1.0;
    if !in_range {
        return None;
    }
    let [low, high] = rule.nodes.sums_on(m, shrink, &rule.inner_error)?;
    let mut table = MomentTable::filled(low.order(), Interval::ZERO);
    for (i, j) in pairs(low.order()) {
        let at = index(i, j);
        let ends = Interval::from_bounds(low.at(at), high.at(at));
        table.set(i, j, ends + Interval::symmetric(rule.error.at(at)));
    }
    Some(table)
}
