//! Statement: the population accuracy of a fixed probe is computed to 1e-10, whatever the probe.

use minlift::downstream::{
    Population, PredictionRates, Probe, Representation, Target, prediction_rates_approx, wilson,
};
use rand::{Rng, SeedableRng};
use rand_distr::StandardNormal;
use rand_xoshiro::Xoshiro256PlusPlus;

use super::given::{equal, linear, logit, normal_cdf, self_supervised, supervised};

fn rates(probe: &Probe, features: &Representation, population: &Population) -> PredictionRates {
    let rates = prediction_rates_approx(probe, features, population);
    assert!(rates.error_estimate < 1e-10, "{probe:?}: {rates:?}");
    rates
}

#[test]
fn a_boundary_on_the_axis_gives_the_normal_distribution_function() {
    // v_1 = -v_2, c = 0 and mirrored rows: the prediction is 1 where x^(1) < 0, whatever x^(2).
    // At τ = 20 both features are 1 to 1e-11 with e2: the difference must survive the rounding.
    for features in [self_supervised(), supervised()] {
        for (tau, rho) in [
            (7.0, 0.35),
            (0.5, 0.35),
            (7.0, 1.0),
            (2.0, 3.0),
            (20.0, 0.35),
        ] {
            let population = equal(tau, rho);
            let rates = rates(&linear([-40.0, 40.0], 0.0), &features, &population);
            let accuracy = rates.accuracy(&population, Target::Label);
            let exact = normal_cdf(1.0 / rho);
            assert!(
                (accuracy - exact).abs() < 1e-12,
                "{accuracy} {exact} {tau} {rho}"
            );
        }
    }
}

#[test]
fn one_feature_gives_a_half_plane() {
    // v_1 σ(z_1) + c > 0 is z_1 > logit(-c/v_1) for v_1 > 0.
    let features = Representation::new("oblique", [[1.3, -0.8], [2.0, 5.0]]);
    for rho in [0.05, 0.35, 2.0] {
        let population = equal(0.7, rho);
        let rates = rates(&linear([2.0, 0.0], -0.9), &features, &population);
        let threshold = (0.45_f64 / 0.55).ln();
        for (rate, mu) in rates.ones.iter().zip(population.centres()) {
            let mean = 1.3 * mu[0] - 0.8 * mu[1];
            let exact = normal_cdf((mean - threshold) / (rho * 1.3_f64.hypot(0.8)));
            assert!((rate - exact).abs() < 1e-12, "{rate} {exact}");
        }
    }
}

#[test]
fn a_probe_that_looks_at_nothing_is_constant() {
    for (bias, expected) in [(0.3, 1.0), (-0.3, 0.0), (0.0, 0.0)] {
        let rates = rates(
            &linear([0.0, 0.0], bias),
            &self_supervised(),
            &equal(7.0, 0.35),
        );
        assert_eq!(rates.ones, [expected; 4]);
    }
}

/// `P(g > 0)` at each centre by a route of its own: a trapezoid rule over the coordinate `1 - inner`, and along
/// `inner` the sign changes found by a scan and bisected.
fn by_scanning(
    probe: &Probe,
    features: &Representation,
    population: &Population,
    inner: usize,
    steps: i32,
) -> [f64; 4] {
    let rho = population.rho();
    population.centres().map(|mu| {
        let g = |t: f64, u: f64| {
            let mut x = mu;
            x[inner] += rho * t;
            x[1 - inner] += rho * u;
            logit(probe, features, x)
        };
        let (mut sum, mut mass) = (0.0, 0.0);
        for i in -steps..=steps {
            let u = 8.5 * f64::from(i) / f64::from(steps);
            let weight = (-0.5 * u * u).exp();
            let mut inside = 0.0;
            let mut entered = (g(-9.0, u) > 0.0).then_some(0.0);
            for j in 0..180 {
                let (left, right) = (f64::from(j) / 10.0 - 9.0, f64::from(j + 1) / 10.0 - 9.0);
                if (g(left, u) > 0.0) == (g(right, u) > 0.0) {
                    continue;
                }
                let (mut low, mut high) = (left, right);
                for _ in 0..50 {
                    let middle = 0.5 * (low + high);
                    if (g(middle, u) > 0.0) == (g(low, u) > 0.0) {
                        low = middle;
                    } else {
                        high = middle;
                    }
                }
                let here = normal_cdf(low);
                entered = match entered {
                    Some(from) => {
                        inside += here - from;
                        None
                    }
                    None => Some(here),
                };
            }
            inside += entered.map_or(0.0, |from| 1.0 - from);
            sum += weight * inside;
            mass += weight;
        }
        sum / mass
    })
}

#[test]
fn two_routes_agree() {
    let oblique = Representation::new("oblique", [[2.0, 1.0], [-1.0, 3.0]]);
    let parallel = Representation::new("parallel", [[4.0, 0.0], [1.0, 0.0]]);
    // Along `inner` the logit is monotone, so that the trapezoid rule sees a smooth function; or (the last two)
    // it depends on that coordinate alone, with two and three sign changes.
    let cases = [
        (self_supervised(), linear([-3.0, 2.0], 0.4), 0, 0.35),
        (self_supervised(), linear([3.0, 2.0], -3.7), 1, 0.35),
        (self_supervised(), linear([-30.0, 5.0], 11.0), 0, 0.9),
        (oblique.clone(), linear([3.0, -2.0], 0.1), 0, 0.5),
        (oblique, linear([1.0, 1.5], -1.2), 1, 0.5),
        (parallel.clone(), linear([1.0, -3.0], 0.8), 0, 1.5),
        (parallel, linear([1.0, -1.2], 0.1), 0, 1.5),
    ];
    for (features, probe, inner, rho) in cases {
        let population = equal(0.7, rho);
        let steps = if features.name == "parallel" { 1 } else { 60 };
        let ours = rates(&probe, &features, &population).ones;
        let other = by_scanning(&probe, &features, &population, inner, steps);
        for (a, b) in ours.iter().zip(other) {
            assert!((a - b).abs() < 1e-10, "{probe:?} {features:?}: {a} {b}");
        }
        assert!(
            ours.iter().any(|a| *a > 1e-3 && *a < 1.0 - 1e-3),
            "{ours:?}"
        );
    }
}

#[test]
fn sampling_agrees() {
    let n = 400_000;
    let thin = Representation::new("nearly opposite", [[2.0, 1.0], [-2.0, -1.001]]);
    let sharp = Representation::new("sharp", [[60.0, 25.0], [-80.0, 31.0]]);
    let wide = Representation::new("wide", [[4.0, 0.3], [1.0, 0.1]]);
    let cases = [
        (self_supervised(), linear([-3.0, 2.0], 0.4), 0.35),
        (self_supervised(), linear([3.0, 2.5], -3.3), 0.6),
        (supervised(), linear([3.0, 2.5], -2.8), 0.6),
        (thin.clone(), linear([3.0, 2.9], -2.9), 0.6),
        (thin, linear([3.0, -2.9], 0.3), 0.6),
        (sharp, linear([1.0, 1.1], -1.05), 1.0),
        (wide, linear([1.0, -1.2], 0.1), 1.5),
    ];
    for (number, (features, probe, rho)) in cases.into_iter().enumerate() {
        let population = equal(0.7, rho);
        let ours = rates(&probe, &features, &population).ones;
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(number as u64);
        for (rate, mu) in ours.iter().zip(population.centres()) {
            let ones = (0..n)
                .filter(|_| {
                    let x = mu.map(|m| m + rho * rng.sample::<f64, _>(StandardNormal));
                    logit(&probe, &features, x) > 0.0
                })
                .count();
            let seen = ones as f64 / f64::from(n);
            let standard_error = (rate * (1.0 - rate) / f64::from(n)).sqrt();
            assert!(
                (seen - rate).abs() <= 4.0 * standard_error + 1e-6,
                "{features:?} {probe:?} at {mu:?}: {seen}, {rate} ± {standard_error}"
            );
        }
    }
}

#[test]
fn nearly_parallel_rows_join_parallel_ones() {
    // The boundary layer is as thin as the tilt: a quadrature that misses it errs by more than the tilt.
    let population = equal(0.7, 0.6);
    for probe in [linear([3.0, 2.9], -2.9), linear([1.0, 2.0], -1.4)] {
        let tilted = |tilt: f64| {
            let features = Representation::new("tilted", [[2.0, 1.0], [-2.0, -1.0 - tilt]]);
            rates(&probe, &features, &population).ones
        };
        let parallel = tilted(0.0);
        for tilt in [
            1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13,
        ] {
            for (a, b) in tilted(tilt).iter().zip(parallel) {
                assert!((a - b).abs() <= 5.0 * tilt + 1e-10, "{tilt}: {a} {b}");
            }
        }
    }
}

#[test]
fn the_opposite_probe_predicts_the_opposite() {
    let population = equal(0.7, 0.5);
    let features = self_supervised();
    for (v1, v2, c) in [(3.0, 2.0, -3.7), (-3.0, 2.0, 0.4), (0.2, 5.0, -2.0)] {
        let ones = rates(&linear([v1, v2], c), &features, &population).ones;
        let zeros = rates(&linear([-v1, -v2], -c), &features, &population).ones;
        for (a, b) in ones.iter().zip(zeros) {
            assert!((a + b - 1.0).abs() < 1e-12, "{a} {b}");
        }
    }
}

#[test]
fn without_noise_each_centre_is_right_or_wrong() {
    let population = equal(7.0, 0.0);
    let rates = rates(&linear([-3.0, 2.0], 0.4), &self_supervised(), &population);
    // -3σ(3.8) + 2σ(-3.8) + 0.4 < 0, -3 + 2 + 0.4 < 0, 2σ(3.8) + ... > 0, -0.6 < 0.
    assert_eq!(rates.ones, [0.0, 0.0, 1.0, 0.0]);
    assert_eq!(rates.accuracy(&population, Target::Label), 0.75);
    assert_eq!(rates.accuracy(&population, Target::HiddenBit), 0.25);
}

#[test]
fn wilsons_interval_solves_its_equation() {
    let z = 1.959_963_984_540_054;
    for (k, n) in [(1, 10), (50, 100), (19_990, 20_000)] {
        let seen = k as f64 / n as f64;
        for p in wilson(k, n) {
            let allowed = z * (p * (1.0 - p) / n as f64).sqrt();
            assert!(
                ((seen - p).abs() - allowed).abs() < 1e-12,
                "{k} of {n}: {p}"
            );
        }
    }
    assert_eq!(wilson(0, 7)[0], 0.0);
    assert_eq!(wilson(7, 7)[1], 1.0);
    assert_eq!(wilson(0, 0), [0.0, 1.0]);
}

#[test]
fn a_thin_strip_of_ones_is_not_stepped_over() {
    // σ(4s) - 1.2σ(s) has a maximum; with the bias just below it the logit is positive on a strip of width 0.02 to
    // 0.04 in s. Tilted rows make it a smooth function of both variables that changes within the tilt.
    let along = |s: f64| 1.0 / (1.0 + (-4.0 * s).exp()) - 1.2 / (1.0 + (-s).exp());
    let top = (0..400_000)
        .map(|i| f64::from(i) * 1e-5)
        .max_by(|a, b| along(*a).total_cmp(&along(*b)))
        .expect("not empty");
    for width in [0.01, 0.013, 0.02] {
        // σ(s) = 1 - σ(-s): the second row is opposite to the first.
        let probe = linear([1.0, 1.2], -1.2 - along(top + width));
        for rho in [0.6, 1.0, 1.7] {
            let population = equal(0.7, rho);
            let at = |tilt: f64| {
                let rows = [[4.0, 2.0], [-1.0, -0.5 - tilt]];
                rates(&probe, &Representation::new("strip", rows), &population).ones
            };
            let parallel = at(0.0);
            assert!(parallel.iter().any(|rate| *rate > 1e-3), "{parallel:?}");
            for tilt in [1e-6, 1e-8, 1e-10] {
                for (a, b) in at(tilt).iter().zip(parallel) {
                    assert!((a - b).abs() < 20.0 * tilt + 1e-10, "{rho} {tilt}: {a} {b}");
                }
            }
        }
    }
}
