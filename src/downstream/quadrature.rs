//! Adaptive quadrature of a Gaussian average, and the normal distribution function.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// Nodes of Kronrod's rule with 15 points on `[-1, 1]`, the odd ones those of Gauss with 7
/// (R. Piessens et al., QUADPACK, 1983, `qk15`). A test checks their degrees of exactness, 22 and 13.
const NODES: [f64; 8] = [
    0.991_455_371_120_812_6,
    0.949_107_912_342_758_5,
    0.864_864_423_359_769_1,
    0.741_531_185_599_394_4,
    0.586_087_235_467_691_1,
    0.405_845_151_377_397_2,
    0.207_784_955_007_898_47,
    0.0,
];
const KRONROD: [f64; 8] = [
    0.022_935_322_010_529_224,
    0.063_092_092_629_978_55,
    0.104_790_010_322_250_19,
    0.140_653_259_715_525_92,
    0.169_004_726_639_267_9,
    0.190_350_578_064_785_4,
    0.204_432_940_075_298_9,
    0.209_482_141_084_727_82,
];
const GAUSS: [f64; 4] = [
    0.129_484_966_168_869_7,
    0.279_705_391_489_276_64,
    0.381_830_050_505_118_9,
    0.417_959_183_673_469_4,
];

/// Panels that one integral may use; far more than any integrand here has needed.
const MOST_PANELS: usize = 20_000;

/// A panel whose rules differ by less is not halved: an integrand whose own rounding shows would never settle.
/// It is part of the error that is reported.
const NEGLIGIBLE: f64 = 1e-15;

/// A value and the size of its error as the rules' difference shows it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Estimate {
    pub value: f64,
    pub error: f64,
}

/// `Φ(t)`, the standard normal distribution function, accurate in both tails.
pub(super) fn normal_cdf(t: f64) -> f64 {
    0.5 * core_math::erfc(-t * FRAC_1_SQRT_2)
}

/// `∫ f(u) φ(u) du` over the panels between successive `points`, each halved until Kronrod's and Gauss's rule
/// agree to `tolerance` times its share of the range.
pub(super) fn gaussian_average(f: impl Fn(f64) -> f64, points: &[f64], tolerance: f64) -> Estimate {
    let density = |u: f64| (-0.5 * u * u).exp() / (2.0 * PI).sqrt();
    let integrand = |u: f64| f(u) * density(u);
    let range = points.last().copied().unwrap_or(0.0) - points.first().copied().unwrap_or(0.0);
    let mut waiting: Vec<(f64, f64)> = points.windows(2).map(|p| (p[0], p[1])).collect();
    let mut total = Estimate::default();
    let mut panels = waiting.len();
    while let Some((left, right)) = waiting.pop() {
        let here = kronrod(integrand, left, right);
        let share = (tolerance * (right - left) / range).max(NEGLIGIBLE);
        let middle = 0.5 * (left + right);
        if here.error <= share || panels >= MOST_PANELS || middle <= left || middle >= right {
            total.value += here.value;
            total.error += here.error;
        } else {
            waiting.extend([(left, middle), (middle, right)]);
            panels += 1;
        }
    }
    total
}

/// Kronrod's rule on one panel; the error is its difference from Gauss's.
fn kronrod(f: impl Fn(f64) -> f64, left: f64, right: f64) -> Estimate {
    let (middle, half) = (0.5 * (left + right), 0.5 * (right - left));
    let (mut fine, mut coarse) = (0.0, 0.0);
    for (i, (&node, &weight)) in NODES.iter().zip(&KRONROD).enumerate() {
        let sum = if node > 0.0 {
            f(middle - half * node) + f(middle + half * node)
        } else {
            f(middle)
        };
        fine += weight * sum;
        if i % 2 == 1 {
            coarse += GAUSS[i / 2] * sum;
        }
    }
    Estimate {
        value: half * fine,
        error: half * (fine - coarse).abs(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_rules_have_their_degrees_of_exactness() {
        let monomial = |n: i32| kronrod(|x| x.powi(n), -1.0, 1.0);
        for n in (0..=22).step_by(2) {
            let rule = monomial(n);
            let exact = 2.0 / f64::from(n + 1);
            assert!((rule.value - exact).abs() < 4e-16, "degree {n}: {rule:?}");
            if n <= 12 {
                assert!(rule.error < 4e-16, "degree {n}: {rule:?}");
            }
        }
        assert!(monomial(14).error > 1e-5); // Gauss with 7 points ends at 13,
        assert!((monomial(24).value - 2.0 / 25.0).abs() > 1e-12); // Kronrod with 15 at 23.
    }

    #[test]
    fn a_gaussian_average_with_a_closed_form() {
        // E Φ(a + bu) = Φ(a/√(1 + b²)).
        let points: Vec<f64> = (-9..=9).map(f64::from).collect();
        for (a, b) in [(0.3, 1.0), (-2.0, 0.1), (1.0, 40.0), (0.0, -3.0)] {
            let average = gaussian_average(|u| normal_cdf(a + b * u), &points, 1e-13);
            let exact = normal_cdf(a / f64::hypot(1.0, b));
            assert!((average.value - exact).abs() < 2e-15 * 100.0, "{a} {b}");
            assert!(average.error < 1e-12);
        }
    }
}
