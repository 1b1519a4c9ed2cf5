//! Parameters and points that the tests share.

use minlift::interval::Interval;
use minlift::model::supervised::{PopulationObjective, SupervisedParameters};
use rand::{Rng, SeedableRng};
use rand_distr::StandardNormal;
use rand_xoshiro::Xoshiro256PlusPlus;

/// The paper's, with noise `rho` in every coordinate.
pub fn parameters(d: u64, rho: f64) -> SupervisedParameters {
    let penalty = Interval::point(1.0 / 800.0);
    SupervisedParameters {
        dimension: d,
        tau: Interval::point(7.0),
        beta: penalty,
        gamma: penalty,
        variance: Interval::point(rho * rho),
        weights: [Interval::point(0.25); 4],
    }
}

/// Nothing about these is symmetric.
pub fn lopsided(d: u64, rho: f64) -> SupervisedParameters {
    SupervisedParameters {
        tau: Interval::point(2.5),
        beta: Interval::point(0.004),
        gamma: Interval::point(0.007),
        weights: [0.1, 0.2, 0.3, 0.4].map(Interval::point),
        ..parameters(d, rho)
    }
}

/// The paper's objective at its own noise, `d^(-3/2)`.
pub fn paper(d: u64) -> PopulationObjective {
    PopulationObjective::new(&parameters(d, (d as f64).powf(-1.5)))
}

/// A point `(W, F)` of `2d + 2` normal coordinates of this size.
pub fn point(d: usize, size: f64, seed: u64) -> Vec<f64> {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    (0..2 * d + 2)
        .map(|_| size * rng.sample::<f64, _>(StandardNormal))
        .collect()
}

/// The largest difference.
pub fn gap(a: &[f64], b: &[f64]) -> f64 {
    assert_eq!(a.len(), b.len());
    let gaps = a.iter().zip(b).map(|(a, b)| (a - b).abs());
    gaps.fold(0.0, |most, gap| if gap <= most { most } else { gap })
}
