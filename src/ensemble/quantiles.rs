//! Quantiles that are values of the sample.

use serde::Serialize;

use crate::batch::float;

/// Five order statistics.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Quantiles {
    /// The smallest value.
    #[serde(with = "float")]
    pub minimum: f64,
    /// At least 5 % of the values are at most this.
    #[serde(with = "float")]
    pub q05: f64,
    /// At least half of the values are at most this.
    #[serde(with = "float")]
    pub median: f64,
    /// At least 95 % of the values are at most this.
    #[serde(with = "float")]
    pub q95: f64,
    /// The largest value.
    #[serde(with = "float")]
    pub maximum: f64,
}

impl Quantiles {
    /// The five, ascending.
    #[must_use]
    pub const fn all(&self) -> [f64; 5] {
        [self.minimum, self.q05, self.median, self.q95, self.maximum]
    }
}

/// The quantiles of the values; `None` if there are none. The `q`-quantile of `N` values is the
/// `⌈qN⌉`-th smallest: a value of the sample, nothing interpolated.
///
/// # Example
///
/// ```
/// use minlift::ensemble::quantiles;
///
/// let of_twenty = quantiles((1..=20).map(f64::from)).unwrap();
/// assert_eq!(of_twenty.all(), [1.0, 1.0, 10.0, 19.0, 20.0]);
/// assert!(quantiles([]).is_none());
/// ```
pub fn quantiles(values: impl IntoIterator<Item = f64>) -> Option<Quantiles> {
    let mut sorted: Vec<f64> = values.into_iter().collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let n = sorted.len();
    // Whole percents, so that the rank is exact.
    let at = |percent: usize| sorted.get((percent * n).div_ceil(100).max(1) - 1).copied();
    Some(Quantiles {
        minimum: at(0)?,
        q05: at(5)?,
        median: at(50)?,
        q95: at(95)?,
        maximum: at(100)?,
    })
}
