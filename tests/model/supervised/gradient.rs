//! Value and gradient against the definition.

use minlift::model::supervised::{Label, Loss, PopulationObjective, Reduced};

use super::definition::{Definition, OverAllNoise, OverProjections};
use super::given::{gap, lopsided, paper, parameters, point};

fn check(definition: &impl Definition, objective: &PopulationObjective, x: &[f64], tolerance: f64) {
    let value = objective.value(x);
    let mut gradient = vec![0.0; x.len()];
    objective.gradient(x, &mut gradient);
    let expected = definition.value(x);
    assert!(
        (value - expected).abs() < tolerance,
        "{value} is not {expected} at {x:?}"
    );
    let gap = gap(&gradient, &definition.gradient(x));
    assert!(gap < tolerance, "gradient {gap:e} off at {x:?}");
}

/// Rows in general position; the tolerance is the one the rules aim at, over two directions.
#[test]
fn against_the_definition_over_projections() {
    for (d, seeds) in [(2, 4), (5, 3), (10, 2)] {
        for rho in [0.0, 0.03, 0.35] {
            for seed in 0..seeds {
                let x = point(d, 1.2, seed);
                for parameters in [parameters(d as u64, rho), lopsided(d as u64, rho)] {
                    let objective = PopulationObjective::new(&parameters);
                    check(&OverProjections(parameters), &objective, &x, 4e-10);
                }
            }
        }
    }
}

/// Rows that are parallel, opposite, in the plane, or 0.
#[test]
fn against_the_definition_over_all_noise() {
    let rows: [[[f64; 3]; 2]; 5] = [
        [[1.5, -0.4, 0.7], [-1.5, 0.4, -0.7]],
        [[2.6, 0.0, 0.0], [-2.6, 0.0, 0.0]],
        [[3.7, -0.2, 0.0], [3.7, -0.2, 0.0]],
        [[1.0, 0.5, 0.3], [0.0, 0.0, 0.0]],
        [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]],
    ];
    for rho in [0.0, 0.03, 0.35] {
        let parameters = lopsided(3, rho);
        let objective = PopulationObjective::new(&parameters);
        let definition = OverAllNoise(parameters);
        for [first, second] in rows {
            let x = [first.as_slice(), &second, &[-4.2, 3.1]].concat();
            check(&definition, &objective, &x, 4e-10);
        }
    }
    // Two independent rows see two directions of noise, whatever the basis.
    let parameters = parameters(2, 0.35);
    let objective = PopulationObjective::new(&parameters);
    check(
        &OverAllNoise(parameters),
        &objective,
        &point(2, 1.5, 9),
        4e-10,
    );
}

/// Output weights far from the published ones, and noise as large as the survey's: the error that remains.
#[test]
fn wide_noise_and_large_output_weights() {
    for (rho, size, tolerance) in [(0.1, 10.0, 3e-9), (0.5, 4.3, 1e-9), (0.5, 7.0, 1e-7)] {
        let parameters = parameters(2, rho);
        let objective = PopulationObjective::new(&parameters);
        let x = [1.9, 0.3, -1.6, 0.8, -size, size];
        check(&OverProjections(parameters), &objective, &x, tolerance);
    }
}

/// Without noise the average has four terms: the gradient is made of the one formula of the loss.
#[test]
fn without_noise_it_is_the_loss_at_the_centres() {
    let parameters = lopsided(2, 0.0);
    let objective = PopulationObjective::new(&parameters);
    for seed in 0..20 {
        let x = point(2, 2.0, seed);
        let mut expected: Vec<f64> = (x.iter().enumerate())
            .map(|(k, x)| 2.0 * x * if k < 4 { 0.004 } else { 0.007 })
            .collect();
        let mut value =
            0.004 * x[..4].iter().map(|x| x * x).sum::<f64>() + 0.007 * (x[4] * x[4] + x[5] * x[5]);
        let tau = 2.5;
        let centres = [[1.0, 0.0], [1.0, tau], [-1.0, 0.0], [-1.0, tau]];
        for (k, mu) in centres.into_iter().enumerate() {
            let p = [0.1, 0.2, 0.3, 0.4][k];
            let label = if k < 2 { Label::Zero } else { Label::One };
            let z = [0, 1].map(|i| x[2 * i] * mu[0] + x[2 * i + 1] * mu[1]);
            let loss = Loss::new(z, [x[4], x[5]], label);
            value += p * loss.value();
            for i in 0..2 {
                expected[2 * i] += p * loss.first(i) * mu[0];
                expected[2 * i + 1] += p * loss.first(i) * mu[1];
                expected[4 + i] += p * loss.first(2 + i);
            }
        }
        let mut gradient = vec![0.0; 6];
        objective.gradient(&x, &mut gradient);
        assert!(gap(&gradient, &expected) < 1e-14);
        assert!((objective.value(&x) - value).abs() < 1e-14);
    }
}

#[test]
fn the_gradient_in_the_output_weights_alone_is_that_part() {
    let objective = paper(10);
    for seed in 0..10 {
        let x = point(10, 1.0, seed);
        let mut gradient = vec![0.0; 22];
        objective.gradient(&x, &mut gradient);
        let part = objective.output_gradient_at(&Reduced::of(&x));
        assert!(gap(&part, &gradient[20..]) < 1e-15);
    }
}

/// A rotation that fixes `e1` and `e2`: here in the planes of the coordinates 3, 4 and 5, 6, ...
#[test]
fn rotations_do_not_matter() {
    let objective = paper(10);
    let rotate = |v: &mut [f64]| {
        for (k, pair) in v[2..].chunks_exact_mut(2).enumerate() {
            let (sin, cos) = (0.7 + k as f64).sin_cos();
            (pair[0], pair[1]) = (cos * pair[0] - sin * pair[1], sin * pair[0] + cos * pair[1]);
        }
    };
    for seed in 0..10 {
        let x = point(10, 1.0, seed);
        let mut turned = x.clone();
        let (mut gradient, mut at_turned) = (vec![0.0; 22], vec![0.0; 22]);
        objective.gradient(&x, &mut gradient);
        for rows in [&mut turned, &mut gradient] {
            let (first, second) = rows[..20].split_at_mut(10);
            rotate(first);
            rotate(second);
        }
        objective.gradient(&turned, &mut at_turned);
        assert!((objective.value(&x) - objective.value(&turned)).abs() < 1e-14);
        assert!(gap(&gradient, &at_turned) < 1e-14);
    }
}

/// What cannot be right must not look right.
#[test]
fn extremes_are_finite_or_not_a_number() {
    let objective = paper(2);
    let mut gradient = [0.0; 6];
    let far = [1e4, -1e3, -1e5, 1e4, -900.0, 800.0];
    objective.gradient(&far, &mut gradient);
    assert!(objective.value(&far).is_finite());
    assert!(gradient.iter().all(|g| g.is_finite()));
    objective.gradient(&[f64::NAN, 0.0, 1.0, 0.0, 1.0, 1.0], &mut gradient);
    assert!(gradient[0].is_nan());
}
