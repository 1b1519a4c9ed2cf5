//! A confidence interval for a proportion.

/// The 97.5 % quantile of the standard normal distribution.
const QUANTILE: f64 = 1.959_963_984_540_054;

/// Wilson's 95 % interval for a probability of which `n` trials showed `successes`: the `p` with
/// `|p̂ - p| <= z √(p(1 - p)/n)`, `z = 1.96` (E. B. Wilson, J. Amer. Statist. Assoc. 22, 1927). It stays in
/// `[0, 1]` and has a positive length for `p̂ = 0` and `p̂ = 1` too. Without a trial it is `[0, 1]`.
///
/// # Example
///
/// ```
/// let [low, high] = minlift::downstream::wilson(200, 200);
/// assert!((low - 0.98115).abs() < 1e-5 && high == 1.0);
/// ```
#[must_use]
pub fn wilson(successes: u64, n: u64) -> [f64; 2] {
    if n == 0 {
        return [0.0, 1.0];
    }
    let (k, trials) = (successes as f64, n as f64);
    let z2 = QUANTILE * QUANTILE;
    let centre = (k + 0.5 * z2) / (trials + z2);
    let half = QUANTILE / (trials + z2) * (k * (trials - k) / trials + 0.25 * z2).sqrt();
    // At the ends the exact values are 0 and 1, whatever the rounding.
    [
        if successes == 0 { 0.0 } else { centre - half },
        if successes >= n { 1.0 } else { centre + half },
    ]
}
