//! What the benchmarks share: the paper's claim at any dimension, seeded rows, modest times.

#![allow(dead_code, reason = "each benchmark uses a part of it")]

use std::time::Duration;

use criterion::Criterion;
use minlift::claim::Claim;
use rand::{Rng, SeedableRng};
use rand_distr::StandardNormal;
use rand_xoshiro::Xoshiro256PlusPlus;

/// The middle of the published initialisation region, near the minimum: `(w^(1), w^(2))`.
pub const PLANE: [f64; 2] = [3.5, 1.25];

/// The paper's claim at this dimension: `τ = 7`, `α = 1/800`, `ρ = d^(-3/2)`.
pub fn claim(d: u64) -> Claim {
    let text = format!("name = \"bench\"\nd = {d}\ntau = 7\nalpha = \"1/800\"\n");
    Claim::from_toml(&text, "bench.toml").expect("a valid claim")
}

/// A row as the optimisers start from it: [`PLANE`], then `d - 2` standard normal coordinates.
pub fn row(d: usize, seed: u64) -> Vec<f64> {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut w: Vec<f64> = (0..d).map(|_| rng.sample(StandardNormal)).collect();
    w[..2].copy_from_slice(&PLANE);
    w
}

/// `‖v‖²` in eight partial sums, so that long vectors are not held up by latency.
pub fn norm_sqr(v: &[f64]) -> f64 {
    let (blocks, rest) = v.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for block in blocks {
        for (sum, x) in sums.iter_mut().zip(block) {
            *sum += x * x;
        }
    }
    sums.iter().sum::<f64>() + rest.iter().map(|x| x * x).sum::<f64>()
}

/// About a second for each benchmark: medians, not the last percent.
pub fn criterion() -> Criterion {
    Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(700))
        .configure_from_args()
}
