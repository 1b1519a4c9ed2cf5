//! Statement: linear probes on the self-supervised features solve both tasks; on the supervised ones, the label only.

use minlift::downstream::{Downstream, Population, Probe, Settings, Target, TargetReport};

use super::given::{RHO, equal, linear, logit, normal_cdf, self_supervised, supervised};

fn compare(population: &Population, settings: &Settings) -> Downstream {
    Downstream::compare(&[self_supervised(), supervised()], population, settings)
        .expect("both targets occur")
}

fn report(found: &Downstream, i: usize, target: Target) -> &TargetReport {
    found.representations[i].target(target)
}

#[test]
fn at_the_defaults_self_supervised_features_solve_both_and_supervised_ones_the_label() {
    let found = compare(&equal(7.0, RHO), &Settings::default());
    for (i, target) in [
        (0, Target::Label),
        (0, Target::HiddenBit),
        (1, Target::Label),
    ] {
        let report = report(&found, i, target);
        assert!(report.population.accuracy > 1.0 - 1e-12);
        assert!(report.population.margins.iter().all(|m| m.logit > 1.0));
        assert!(report.fresh.min > 0.9999 && report.fresh.interval[0] > 0.9999);
    }
    let bit = report(&found, 1, Target::HiddenBit);
    assert!((bit.population.accuracy - 0.5).abs() < 1e-12);
    assert!((bit.population.loss - 2_f64.ln()).abs() < 1e-10);
    assert!(bit.fresh.interval[0] < 0.5 && bit.fresh.interval[1] > 0.5);
    for sample in &bit.samples {
        assert!((sample.population_accuracy - 0.5).abs() < 1e-12);
        assert!(sample.accuracy > 0.48 && sample.accuracy < 0.52);
        assert!(sample.margins.iter().any(|m| m.logit <= 0.0));
    }
    for representation in &found.representations {
        for report in &representation.targets {
            assert!(report.population.gradient_norm < 1e-12);
            assert!(report.population.loss_error_estimate < 1e-10);
            assert!(report.population.accuracy_error_estimate < 1e-10);
            assert!(report.samples.iter().all(|s| s.gradient_norm < 1e-12));
        }
    }
}

/// `R` for the population without noise, written out.
fn objective(probe: &Probe, target: Target, penalty: f64) -> f64 {
    let mean: f64 = equal(7.0, 0.0)
        .centres()
        .into_iter()
        .enumerate()
        .map(|(k, mu)| {
            (-target.sign(k) * logit(probe, &self_supervised(), mu))
                .exp()
                .ln_1p()
                / 4.0
        })
        .sum();
    mean + penalty * probe.norm().powi(2)
}

#[test]
fn without_noise_the_probe_minimises_the_sum_over_the_centres() {
    let penalty = 1e-3;
    let settings = Settings {
        penalty,
        ..Settings::default()
    };
    let found = compare(&equal(7.0, 0.0), &settings);
    for target in Target::ALL {
        let best = report(&found, 0, target).population;
        let value = objective(&best.probe, target, penalty);
        assert!((best.loss + penalty * best.probe.norm().powi(2) - value).abs() < 1e-13);
        assert!(best.loss_error_estimate == 0.0);
        for direction in [
            [1.0, 0.0, 0.0],
            [0.0, 1.0, 0.0],
            [0.0, 0.0, 1.0],
            [0.6, -0.7, 0.1],
        ] {
            let [v1, v2] = best.probe.weights;
            let moved = |t: f64| {
                let [d1, d2, d3] = direction;
                linear([v1 + t * d1, v2 + t * d2], best.probe.bias + t * d3)
            };
            let [up, down] = [1e-3, -1e-3].map(|t| objective(&moved(t), target, penalty) - value);
            assert!(
                up > 0.0 && down > 0.0,
                "{target:?} {direction:?}: {up} {down}"
            );
            // The difference of the two is 2e-3 times the slope, up to t³.
            assert!((up - down).abs() < 1e-9);
        }
    }
}

#[test]
fn at_the_larger_noise_no_probe_beats_bayes_and_the_symmetric_one_attains_it() {
    let rho = 0.35;
    let found = compare(&equal(7.0, rho), &Settings::default());
    let bayes = normal_cdf(1.0 / rho); // equal weights: the sign of x^(1)
    for i in [0, 1] {
        let label = report(&found, i, Target::Label);
        assert!((label.population.accuracy - bayes).abs() < 1e-10);
        for sample in &label.samples {
            assert!(sample.population_accuracy <= bayes + 1e-12);
            assert!(sample.population_accuracy > 0.9);
        }
    }
    // The self-supervised features make it harder from samples, at this noise.
    let mean = |i: usize| report(&found, i, Target::Label).fresh.mean;
    assert!(mean(0) < mean(1) && mean(0) > 0.95);
    assert!(report(&found, 0, Target::HiddenBit).population.accuracy > 0.9999);
    assert!((report(&found, 1, Target::HiddenBit).population.accuracy - 0.5).abs() < 1e-12);
    // The loss has all but a kink here: the grid was refined, and what is left is said.
    let sharp = report(&found, 0, Target::Label).population;
    assert!(sharp.step < 0.11 && sharp.loss_error_estimate > 1e-6);
}

#[test]
fn a_weaker_hidden_feature_is_still_told() {
    let found = compare(&equal(0.5, RHO), &Settings::default());
    let bit = report(&found, 0, Target::HiddenBit);
    // No better than by x^(2) itself: Φ(τ/2ρ) = 1 - 1.3e-15.
    assert!(bit.population.accuracy > 0.999_999 && bit.population.accuracy < 1.0 - 1e-10);
    assert!(bit.fresh.min > 0.999);
    assert!(bit.population.margins.iter().all(|m| m.logit > 1.0));
    assert!(report(&found, 0, Target::Label).fresh.min > 0.9999);
}

#[test]
fn fresh_samples_agree_with_the_quadrature() {
    let found = compare(&equal(1.0, 0.6), &Settings::default());
    let samples: Vec<_> = found
        .representations
        .iter()
        .flat_map(|r| r.targets.iter().flat_map(|t| &t.samples))
        .collect();
    let covered = samples
        .iter()
        .filter(|s| {
            s.interval[0] <= s.population_accuracy && s.population_accuracy <= s.interval[1]
        })
        .count();
    assert_eq!(samples.len(), 20);
    assert!(covered >= 16, "{covered} of 20 at 95 %");
    for sample in samples {
        assert!((sample.accuracy - sample.population_accuracy).abs() < 0.012);
    }
}

#[test]
fn the_summary_is_the_samples() {
    let settings = Settings {
        seeds: 3,
        test: 1000,
        ..Settings::default()
    };
    let found = compare(&equal(1.0, 0.6), &settings);
    let bit = report(&found, 0, Target::HiddenBit);
    let accuracies: Vec<f64> = bit.samples.iter().map(|s| s.accuracy).collect();
    assert_eq!(
        bit.samples.iter().map(|s| s.seed).collect::<Vec<_>>(),
        [0, 1, 2]
    );
    assert!((bit.fresh.mean - accuracies.iter().sum::<f64>() / 3.0).abs() < 1e-15);
    assert!(accuracies.contains(&bit.fresh.min) && accuracies.contains(&bit.fresh.max));
    assert!(bit.fresh.min < bit.fresh.max);
    assert!(bit.fresh.interval[0] < bit.fresh.mean && bit.fresh.mean < bit.fresh.interval[1]);
    // Bit for bit the same again.
    assert_eq!(found, compare(&equal(1.0, 0.6), &settings));
}

#[test]
fn every_probe_is_stationary_whatever_the_parameters() {
    let settings = |penalty| Settings {
        penalty,
        train: 300,
        test: 1,
        seeds: 2,
    };
    for rho in [0.0, 0.005, 0.1, 0.35, 1.0] {
        for tau in [0.5, 3.0, 20.0] {
            for penalty in [1e-12, 1e-8, 1e-3, 1e3] {
                let weights = [0.4, 0.3, 0.25, 0.05];
                let population = Population::new(tau, rho, weights).expect("valid");
                for representation in compare(&population, &settings(penalty)).representations {
                    for report in representation.targets {
                        let samples = report.samples.iter().map(|s| s.gradient_norm);
                        for norm in samples.chain([report.population.gradient_norm]) {
                            assert!(norm < 1e-12, "{rho} {tau} {penalty}: {report:?}");
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn fresh_draws_are_fresh() {
    // Sixteen draws are fitted too well: their own accuracy exceeds the probe's by 0.15.
    let settings = Settings {
        train: 16,
        test: 16,
        seeds: 300,
        ..Settings::default()
    };
    let found = compare(&equal(1.0, 0.8), &settings);
    let bit = report(&found, 0, Target::HiddenBit);
    let expected = bit
        .samples
        .iter()
        .map(|s| s.population_accuracy)
        .sum::<f64>()
        / 300.0;
    // Three standard errors of 4800 draws.
    let allowed = 3.0 * (expected * (1.0 - expected) / 4800.0).sqrt();
    assert!(
        (bit.fresh.mean - expected).abs() < allowed,
        "{expected} {:?}",
        bit.fresh
    );
}
