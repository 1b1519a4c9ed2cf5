//! Representations, populations and reference computations shared by the tests.

use minlift::downstream::{Population, Probe, Representation};

/// The noise of the paper's simulation at `d = 10`.
pub const RHO: f64 = 0.031_622_776_601_683_79;

/// The features of the exact self-supervised minimum at the defaults.
pub fn self_supervised() -> Representation {
    let (a, b) = (3.820_715_593_9, 1.521_598_874_1);
    Representation::new("self-supervised", [[a, b], [-a, b]])
}

/// The features of the exact supervised minimum at the defaults.
pub fn supervised() -> Representation {
    Representation::new("supervised", [[2.63, 0.0], [-2.63, 0.0]])
}

pub fn equal(tau: f64, rho: f64) -> Population {
    Population::new(tau, rho, [0.25; 4]).expect("valid")
}

pub fn linear(weights: [f64; 2], bias: f64) -> Probe {
    Probe { weights, bias }
}

/// The logit as it is written, with nothing rearranged.
pub fn logit(probe: &Probe, representation: &Representation, x: [f64; 2]) -> f64 {
    let sigmoid = |z: f64| 1.0 / (1.0 + (-z).exp());
    let [h1, h2] = representation
        .rows
        .map(|w| sigmoid(w[0] * x[0] + w[1] * x[1]));
    probe.weights[0] * h1 + probe.weights[1] * h2 + probe.bias
}

/// `Φ(t)` by Simpson's rule: no error function.
pub fn normal_cdf(t: f64) -> f64 {
    let end = t.clamp(-10.0, 10.0);
    let n = 4000;
    let h = end / f64::from(n);
    let density = |x: f64| (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let sum: f64 = (0..=n)
        .map(|i| {
            let weight = match i {
                _ if i == 0 || i == n => 1.0,
                _ if i % 2 == 1 => 4.0,
                _ => 2.0,
            };
            weight * density(h * f64::from(i))
        })
        .sum();
    0.5 + sum * h / 3.0
}
