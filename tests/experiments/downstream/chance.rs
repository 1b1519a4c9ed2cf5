//! Statement: from features of `x^(1)` alone no probe tells the hidden bit better than a constant does, if the bit is
//! independent of the label.

use minlift::downstream::{
    Downstream, Population, Representation, Settings, Target, prediction_rates_approx,
};
use proptest::prelude::*;

use super::given::{RHO, equal, linear, normal_cdf, self_supervised, supervised};

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: proptest::test_runner::RngSeed::Fixed(11), ..ProptestConfig::with_cases(300) })]

    /// Equal weights: the accuracy of every probe on every pair of rows along `e1` is 1/2.
    #[test]
    fn every_probe_has_accuracy_one_half(
        a1 in -9.0..9.0_f64, a2 in -9.0..9.0_f64,
        v1 in -99.0..99.0_f64, v2 in -99.0..99.0_f64, c in -99.0..99.0_f64,
        tau in 0.1..20.0_f64, rho in 0.0..1.0_f64,
    ) {
        let features = Representation::new("e1 only", [[a1, 0.0], [a2, 0.0]]);
        let population = equal(tau, rho);
        let rates = prediction_rates_approx(&linear([v1, v2], c), &features, &population);
        prop_assert!((rates.accuracy(&population, Target::HiddenBit) - 0.5).abs() < 1e-12);
    }

    /// Independent bit and label of any probabilities: at most the constant's accuracy.
    #[test]
    fn no_probe_beats_the_constant(
        a1 in -9.0..9.0_f64, a2 in -9.0..9.0_f64,
        v1 in -99.0..99.0_f64, v2 in -99.0..99.0_f64, c in -99.0..99.0_f64,
        ones in 0.05..0.95_f64, bits in 0.05..0.95_f64, rho in 0.0..1.0_f64,
    ) {
        let weights = [(1.0 - ones) * (1.0 - bits), (1.0 - ones) * bits, ones * (1.0 - bits), ones * bits];
        let population = Population::new(7.0, rho, weights).expect("valid");
        let features = Representation::new("e1 only", [[a1, 0.0], [a2, 0.0]]);
        let rates = prediction_rates_approx(&linear([v1, v2], c), &features, &population);
        let accuracy = rates.accuracy(&population, Target::HiddenBit);
        prop_assert!(accuracy <= bits.max(1.0 - bits) + 1e-12);
        prop_assert!(accuracy >= bits.min(1.0 - bits) - 1e-12);
    }
}

#[test]
fn a_row_that_sees_the_hidden_feature_is_enough_to_beat_chance() {
    let features = Representation::new("a little of e2", [[2.63, 0.3], [-2.63, 0.3]]);
    let found = Downstream::compare(&[features], &equal(7.0, RHO), &Settings::default())
        .expect("both targets occur");
    let bit = found.representations[0].target(Target::HiddenBit);
    assert!(bit.population.accuracy > 0.999, "{:?}", bit.population);
}

#[test]
fn a_bit_that_depends_on_the_label_is_told_from_the_label() {
    // The hypothesis is needed: P(bit = y) = 0.8, so the sign of x^(1) tells the bit with accuracy
    // 0.8 Φ(1/ρ) + 0.2 (1 - Φ(1/ρ)).
    let rho = 0.35;
    let population = Population::new(7.0, rho, [0.4, 0.1, 0.1, 0.4]).expect("valid");
    let found = Downstream::compare(&[supervised()], &population, &Settings::default())
        .expect("both targets occur");
    let bit = found.representations[0].target(Target::HiddenBit);
    assert!((bit.chance - 0.5).abs() < 1e-15);
    let side = normal_cdf(1.0 / rho);
    let best = 0.8 * side + 0.2 * (1.0 - side);
    assert!(
        (bit.population.accuracy - best).abs() < 1e-10,
        "{best} {:?}",
        bit.population
    );
}

#[test]
fn with_unequal_weights_the_constant_is_what_the_supervised_features_give() {
    // Label 0.7 : 0.3 and bit 0.6 : 0.4, independent.
    let population = Population::new(7.0, RHO, [0.42, 0.28, 0.18, 0.12]).expect("valid");
    let found = Downstream::compare(
        &[self_supervised(), supervised()],
        &population,
        &Settings::default(),
    )
    .expect("both targets occur");
    let [ours, theirs] = &found.representations[..] else {
        panic!("two representations");
    };
    for (target, chance) in [(Target::Label, 0.7), (Target::HiddenBit, 0.6)] {
        let report = ours.target(target);
        assert!((report.chance - chance).abs() < 1e-15);
        assert!(report.population.accuracy > 1.0 - 1e-10);
        assert!(report.fresh.min > 0.999);
    }
    let bit = theirs.target(Target::HiddenBit);
    assert!((bit.population.accuracy - 0.6).abs() < 1e-12);
    // The best constant logit is ln(0.4/0.6), and v = 0.
    assert!(bit.population.probe.norm() < 1e-6);
    assert!((bit.population.probe.bias - (0.4_f64 / 0.6).ln()).abs() < 1e-6);
    assert!(bit.fresh.interval[0] < 0.6 && bit.fresh.interval[1] > 0.6);
    assert!(theirs.target(Target::Label).fresh.min > 0.999);
}

#[test]
fn without_a_hidden_feature_the_self_supervised_features_are_at_chance_too() {
    // τ = 0: the centres coincide. A little τ helps as much as Φ(τ/2ρ) allows, and no more.
    for (tau, best) in [(0.0, 0.5), (0.01, normal_cdf(0.005 / RHO))] {
        let found =
            Downstream::compare(&[self_supervised()], &equal(tau, RHO), &Settings::default())
                .expect("both targets occur");
        let bit = found.representations[0].target(Target::HiddenBit);
        for accuracy in bit
            .samples
            .iter()
            .map(|s| s.population_accuracy)
            .chain([bit.population.accuracy])
        {
            assert!(accuracy < best + 1e-12, "{tau}: {accuracy}");
        }
    }
}
