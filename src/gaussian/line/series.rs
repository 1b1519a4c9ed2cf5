//! The heat flow's Taylor series, for variances that are wide intervals.
//!
//! # Statement
//!
//! ```text
//! E ψ(m + √v g) = Σ_(k<J) v^k (2k-1)!! c_(2k) + R,       c_n = ψ^(n)(m)/n!,
//! |R| <= (v/r²)^J (2J-1)!! sup E |ψ|,
//! ```
//!
//! the supremum over points at most `r` away in the complex strip. Why: `R` is an average of
//! `v^J ψ^(2J)(m + √v' g)/(2^J J!)` over `0 <= v' <= v`, and `|ψ^(2J)| <= (2J)! r^-2J max |ψ|` on the circle of
//! radius `r` (Cauchy).

use super::{Family, moduli, reach};
use crate::interval::Interval;
use crate::scalar::Taylor;

/// The most terms, `J`.
const TERMS: usize = 8;
/// Coefficients `c_0, .., c_(2J-2)`.
const COEFFICIENTS: usize = 2 * TERMS - 1;

/// Encloses the averages for every member of `mean` and `variance`.
pub(super) fn averages<F: Family>(family: &F, mean: Interval, variance: Interval) -> Vec<Interval> {
    let radius = family.strip_half_width();
    let ratio = variance / Interval::point(radius).sqr();
    let terms = best_number(ratio.sup());
    let mut series = vec![Taylor::<Interval, COEFFICIENTS>::fixed(Interval::ZERO); family.count()];
    family.eval(Taylor::variable(mean), &mut series);
    let relative = (0..terms).fold(Interval::ONE, |product, k| {
        product * ratio * Interval::point((2 * k + 1) as f64)
    });
    let bounds = moduli(family, reach(mean, variance.sqrt(), radius));
    series
        .iter()
        .zip(bounds)
        .map(|(series, bound)| {
            // Horner: c_0 + v (c_2 + 3 v (c_4 + 5 v (..))).
            let even = |k: usize| series.coefficients[2 * k];
            let sum = (0..terms).rev().fold(Interval::ZERO, |sum, k| {
                even(k) + Interval::point((2 * k + 1) as f64) * variance * sum
            });
            let remainder = relative * Interval::point(bound);
            // Where there is no bound nothing is known.
            if remainder.is_bounded() {
                sum + Interval::symmetric(remainder.mag())
            } else {
                Interval::ENTIRE
            }
        })
        .collect()
}

/// The `J` with the smallest `(v/r²)^J (2J-1)!!`: more terms help while `(2J+1) v/r² < 1`.
fn best_number(ratio: f64) -> usize {
    (1..TERMS)
        .find(|&j| (2 * j + 1) as f64 * ratio >= 1.0)
        .unwrap_or(TERMS)
}
