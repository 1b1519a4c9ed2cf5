//! Statement: the label probe on self-supervised features needs a penalty well below the square of its margin.

use minlift::downstream::{Downstream, Settings, Target, TargetReport};

use super::given::{RHO, equal, self_supervised, supervised};

fn labels(penalty: f64) -> [TargetReport; 2] {
    let found = Downstream::compare(
        &[self_supervised(), supervised()],
        &equal(7.0, RHO),
        &Settings {
            penalty,
            ..Settings::default()
        },
    )
    .expect("both targets occur");
    [0, 1].map(|i| found.representations[i].target(Target::Label).clone())
}

#[test]
fn the_margin_at_the_centres_with_e2_is_tiny() {
    let [ours, theirs] = labels(1e-8);
    let distance = |report: &TargetReport, k: usize| {
        report.population.margins[k].distance.expect("v is not 0")
    };
    // (σ(3.8 + 10.7) - σ(-3.8 + 10.7))/√2 = 0.00108/√2, and without e2 (σ(3.8) - σ(-3.8))/√2.
    for k in [1, 3] {
        assert!((distance(&ours, k) - 0.000_762_7).abs() < 1e-6);
        assert!((distance(&theirs, k) - 0.612).abs() < 1e-3);
    }
    for k in [0, 2] {
        assert!((distance(&ours, k) - 0.676_8).abs() < 1e-3);
    }
}

#[test]
fn five_decades_of_penalties_keep_every_sample_probe_right() {
    for penalty in [1e-7, 1e-8, 1e-10, 1e-12] {
        let [ours, _] = labels(penalty);
        for sample in &ours.samples {
            assert!(sample.margins.iter().all(|m| m.logit > 0.0), "{sample:?}");
            assert!(sample.accuracy > 0.9999 && sample.population_accuracy > 0.9999);
        }
    }
}

#[test]
fn a_penalty_that_is_too_large_loses_a_centre_with_e2_in_every_sample() {
    // The sample is never quite balanced; the bias follows it, and v is too short to outweigh the bias.
    let [ours, theirs] = labels(1e-4);
    for sample in &ours.samples {
        let [one, other] = [1, 3].map(|k| sample.margins[k].logit > 0.0);
        assert!(one != other, "{sample:?}");
        assert!(sample.margins[0].logit > 1.0 && sample.margins[2].logit > 1.0);
        assert!((sample.population_accuracy - 0.75).abs() < 1e-3);
    }
    assert!(ours.fresh.max < 0.76 && ours.fresh.min > 0.74);
    // Nothing of that shows on the population, which is balanced, nor with supervised features.
    assert!(ours.population.accuracy > 1.0 - 1e-10);
    assert!(theirs.fresh.min > 0.9999);
}

#[test]
fn the_penalty_keeps_separable_data_finite() {
    for penalty in [1.0, 1e-4, 1e-8, 1e-12] {
        for report in labels(penalty) {
            let sizes = report
                .samples
                .iter()
                .map(|s| (s.probe.norm(), s.gradient_norm));
            for (norm, gradient) in sizes.chain([(
                report.population.probe.norm(),
                report.population.gradient_norm,
            )]) {
                assert!(penalty * norm * norm <= 2_f64.ln()); // λ|v|² <= R(0, 0)
                assert!(norm > 0.01 && gradient < 1e-12);
            }
        }
    }
}
