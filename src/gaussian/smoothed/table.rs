//! `S_0, .., S_4` in floats.

use super::node::Rule;
use super::{COEFFICIENTS, Grid, ORDERS, last_point, nearest, point, taylor};

/// `S_0(m, q), .., S_4(m, q)` for one variance `q` and the means it was made for, in floats.
///
/// Errors are a few units in the last place of each function's largest value (`1e-14` for `S_4`); in the tails
/// they are relative ones.
///
/// # Example
///
/// ```
/// use minlift::gaussian::smoothed::SmoothedTable;
///
/// let means = [3.8, -0.5];
/// let table = SmoothedTable::covering(0.0, &means);
/// let [s0, s1, ..] = table.at(3.8); // no noise: the sigmoid and its slope
/// let sigmoid = 1.0 / (1.0 + f64::exp(-3.8));
/// assert!((s0 - sigmoid).abs() < 1e-15);
/// assert!((s1 - sigmoid * (1.0 - sigmoid)).abs() < 1e-15);
/// ```
#[derive(Clone, Debug)]
pub struct SmoothedTable {
    q: f64,
    last: u64,
    grid: Grid<[f64; COEFFICIENTS]>,
}

impl SmoothedTable {
    /// The table for the variance `q >= 0` that serves these means.
    #[must_use]
    pub fn covering(q: f64, means: &[f64]) -> Self {
        let rule = Rule::floats(q);
        let last = last_point(q);
        Self {
            q,
            last,
            grid: Grid::new(means, last, |k| rule.node(k)),
        }
    }

    /// `S_0, .., S_4` at the mean `m`; NaN if the table was not made for it.
    #[inline(always)]
    #[must_use]
    pub fn at(&self, m: f64) -> [f64; ORDERS] {
        let k = nearest(m);
        match self.grid.get(k) {
            Some(coefficients) => taylor(coefficients, m - point(k)),
            None => self.beyond(m, k),
        }
    }

    /// Far out `σ(z) = e^z` or `1 - e^-z`, and the average of `e^(√q z)` is `e^(q/2)`.
    #[cold]
    fn beyond(&self, m: f64, k: i64) -> [f64; ORDERS] {
        if k.unsigned_abs() <= self.last || m.is_nan() {
            return [f64::NAN; ORDERS];
        }
        let tail = (0.5 * self.q - m.abs()).exp();
        if m < 0.0 {
            [tail; ORDERS]
        } else {
            [1.0 - tail, tail, -tail, tail, -tail]
        }
    }
}
