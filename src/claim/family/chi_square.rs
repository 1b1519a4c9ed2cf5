//! The tail of `χ²`, bounded.
//!
//! # Statement
//!
//! Chernoff: for `x >= k`, `P(χ²_k >= x) <= (x/k)^(k/2) e^((k - x)/2)`: take `E e^(tχ²) = (1 - 2t)^(-k/2)` at `t = (1 - k/x)/2`.
//! The tail itself: `Q_(k+2) = Q_k + (x/2)^(k/2) e^(-x/2)/Γ(k/2 + 1)` (integration by parts), from `Q_0 = 0` or
//! `Q_1 = P(|Z| >= √x) <= √(2/(πx)) e^(-x/2)` (Mills).

use crate::gaussian::activation::pi;
use crate::interval::Interval;

/// Beyond this many degrees of freedom the sum is not taken.
const LONGEST_SUM: u64 = 2_000;

/// An upper bound of `P(χ²_k >= x)` for the floats `x` of the formula.
#[must_use]
pub fn tail_upper(k: u64, x: f64) -> f64 {
    if k == 0 || x.is_nan() || x < 0.0 {
        return if k == 0 && x > 0.0 { 0.0 } else { 1.0 };
    }
    let [half_x, half_k] = [x, k as f64].map(|y| Interval::point(y) * Interval::point(0.5));
    let mut bound = 1.0f64;
    if x > k as f64 {
        // Logarithms: the factors over- and underflow by themselves.
        let ratio = Interval::point(x) / Interval::point(k as f64);
        bound = bound.min((half_k * ratio.ln() + half_k - half_x).exp().sup());
    }
    if k <= LONGEST_SUM && x > 0.0 {
        let exponential = (-half_x).exp();
        let x = Interval::point(x);
        let (mut sum, mut term, first) = if k.is_multiple_of(2) {
            (Interval::ZERO, exponential, 0)
        } else {
            let two = Interval::point(2.0);
            let mills = (two / (pi() * x)).sqrt() * exponential;
            // (x/2)^(1/2)/Γ(3/2), Γ(3/2) = √π/2.
            (mills, exponential * (two * x / pi()).sqrt(), 1)
        };
        for j in (first..k).step_by(2) {
            sum += term;
            term = term * x / Interval::point((j + 2) as f64);
        }
        bound = bound.min(sum.sup());
    }
    bound
}

/// A radius `s` with `P(‖N(0, I_k)‖ >= s) <= probability`, by bisection of the bound: no smaller than the quantile, and not much larger.
#[must_use]
pub fn covering_radius(k: u64, probability: f64) -> f64 {
    if k == 0 {
        return 0.0;
    }
    let holds = |x: f64| tail_upper(k, x) <= probability;
    let (mut low, mut high) = (0.0, k as f64 + 10.0);
    while !holds(high) && high < f64::MAX / 4.0 {
        high *= 2.0;
    }
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if holds(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    // s² >= x.
    Interval::point(high).sqrt().sup()
}

/// Upper bound of `s² d^(-3)` over all `d >= d0 >= 3`, `s` the radius beyond which `N(0, I_(d-2))` lies with probability at most `e^(-t)`
/// by Laurent & Massart (2000, lemma 1): `s² = k + 2√(kt) + 2t`, `k = d - 2`.
///
/// Each of `(d - 2)/d³`, `√(d - 2)/d³` and `1/d³` falls for `d >= 3`.
#[must_use]
pub fn spread_for_all_larger(d0: u64, t: f64) -> Option<f64> {
    if d0 < 3 {
        return None;
    }
    let [k, t, d] = [(d0 - 2) as f64, t, d0 as f64].map(Interval::point);
    let two = Interval::point(2.0);
    let square = k + two * (k * t).sqrt() + two * t;
    Some((square / d.powi(3)).sup())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `P(χ²_8 >= x)`, `P(χ²_1 >= x)`: tables, to the digits shown.
    #[test]
    fn tails_bound_the_tables_and_are_near_them() {
        for (k, x, exact) in [(8, 15.507, 0.05), (8, 26.124, 0.001), (2, 13.8155, 0.001)] {
            let bound = tail_upper(k, x);
            assert!(
                bound >= 0.999 * exact && bound < 1.001 * exact,
                "{k}, {x}: {bound}"
            );
        }
        let bound = tail_upper(1, 10.828);
        assert!((0.001..0.0011).contains(&bound), "{bound}");
        let bound = tail_upper(3, 16.266);
        assert!((0.000_999..0.001_03).contains(&bound), "{bound}");
        assert_eq!(tail_upper(0, 1.0), 0.0);
        assert_eq!(tail_upper(5, f64::NAN), 1.0);
        assert_eq!(tail_upper(5, 0.0), 1.0);
        assert!(tail_upper(1_000_000, 1_100_000.0) < 1e-9);
    }

    #[test]
    fn radii_cover() {
        // The 1 - 1e-9 quantile of χ²_8 is 7.64².
        let s = covering_radius(8, 1e-9);
        assert!((7.63..7.66).contains(&s), "{s}");
        assert_eq!(covering_radius(0, 1e-9), 0.0);
        let one = covering_radius(1, 1e-9);
        assert!((6.109..6.12).contains(&one), "{one}");
        for d0 in [3, 10, 100] {
            let spread = spread_for_all_larger(d0, 20.724).unwrap();
            for d in [d0, d0 + 1, 2 * d0, 100 * d0] {
                let exact = covering_radius(d - 2, 1e-9).powi(2) / (d as f64).powi(3);
                assert!(
                    exact <= spread * (1.0 + 1e-9),
                    "{d0}, {d}: {exact} > {spread}"
                );
            }
        }
        assert_eq!(spread_for_all_larger(2, 20.0), None);
    }
}
