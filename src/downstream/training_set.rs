//! What a probe is trained on: the population, as a weighted grid, or a sample of it.

use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;

use super::error::DownstreamError;
use super::population::{Population, Target};
use super::probe::Representation;

/// The first step of the trapezoid rule that a population probe is trained with, in standard deviations. For an
/// integrand analytic in a strip it errs by `e^(-2πa/h)`, `a` the half width of the strip, and the Gaussian allows
/// no more than `e^(-2π²/h²) = 3e-54`.
pub(super) const FIRST_STEP: f64 = 0.4;

/// The last one. Where the noise reaches across a decision whose logit rises by hundreds, the loss has all but
/// a kink, the strip is narrow, and the step is halved from the first to this one.
pub(super) const LAST_STEP: f64 = 0.1;

/// Nodes further out are left out: a mass of `e^(-7.5²/2) = 6e-13`.
const RADIUS: f64 = 7.5;

/// One point with its centre's number and its weight, as both targets see it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Example {
    pub features: [f64; 2],
    pub centre: usize,
    pub weight: f64,
}

/// The population on a grid: the trapezoid rule of this step in both directions, its weights scaled to the
/// probability of the centre.
pub(super) fn grid(
    representation: &Representation,
    population: &Population,
    step: f64,
) -> Vec<Example> {
    let rho = population.rho();
    let steps = if rho > 0.0 { (RADIUS / step) as i32 } else { 0 };
    let mut nodes = Vec::new();
    let mut sum = 0.0;
    for i in -steps..=steps {
        for j in -steps..=steps {
            let u = [f64::from(i) * step, f64::from(j) * step];
            let square = u[0] * u[0] + u[1] * u[1];
            if square <= RADIUS * RADIUS {
                let weight = (-0.5 * square).exp();
                sum += weight;
                nodes.push((u, weight));
            }
        }
    }
    let mut examples = Vec::with_capacity(4 * nodes.len());
    for (k, (centre, p)) in population
        .centres()
        .into_iter()
        .zip(population.weights())
        .enumerate()
    {
        examples.extend(nodes.iter().map(|(u, weight)| Example {
            features: representation.features([centre[0] + rho * u[0], centre[1] + rho * u[1]]),
            centre: k,
            weight: p * weight / sum,
        }));
    }
    examples
}

/// The generator of a seed's training sample.
pub(super) fn training_stream(seed: u64) -> Xoshiro256PlusPlus {
    Xoshiro256PlusPlus::seed_from_u64(seed)
}

/// The generator of a seed's fresh sample, `2^128` numbers on.
pub(super) fn fresh_stream(seed: u64) -> Xoshiro256PlusPlus {
    let mut rng = training_stream(seed);
    rng.jump();
    rng
}

/// `n` draws with equal weights; the same points for every representation.
pub(super) fn sample(
    representation: &Representation,
    population: &Population,
    n: u32,
    seed: u64,
) -> Vec<Example> {
    let mut rng = training_stream(seed);
    (0..n)
        .map(|_| {
            let (centre, x) = population.draw(&mut rng);
            Example {
                features: representation.features(x),
                centre,
                weight: 1.0 / f64::from(n),
            }
        })
        .collect()
}

/// An error unless both values of the target occur.
pub(super) fn both_classes(
    examples: &[Example],
    target: Target,
    source_name: impl Fn() -> String,
) -> Result<(), DownstreamError> {
    let occurs = |one: bool| {
        examples
            .iter()
            .any(|e| e.weight > 0.0 && target.is_one(e.centre) == one)
    };
    if occurs(true) && occurs(false) {
        Ok(())
    } else {
        Err(DownstreamError::OneClass {
            target,
            source_name: source_name(),
        })
    }
}

#[cfg(test)]
mod tests {
    use rand::Rng;

    use super::*;

    #[test]
    fn fresh_draws_are_not_the_training_draws() {
        let (mut training, mut fresh) = (training_stream(3), fresh_stream(3));
        assert!((0..100).all(|_| training.random::<u64>() != fresh.random::<u64>()));
    }

    #[test]
    fn the_grid_is_the_population() {
        let population = Population::new(7.0, 0.1, [0.4, 0.3, 0.2, 0.1]);
        // Rows along the axes, small enough for the sigmoid to be 1/2 + z/4 to 1e-12.
        let features = Representation::new("nearly linear", [[1e-5, 0.0], [0.0, 1e-5]]);
        let population = population.unwrap_or_else(|error| panic!("{error}"));
        let examples = grid(&features, &population, FIRST_STEP);
        let mean = |f: &dyn Fn([f64; 2]) -> f64| {
            let x = |e: &Example| e.features.map(|h| (h - 0.5) / 0.25e-5);
            examples.iter().map(|e| e.weight * f(x(e))).sum::<f64>()
        };
        assert!((mean(&|_| 1.0) - 1.0).abs() < 1e-13);
        assert!((mean(&|x| x[0]) - 0.4).abs() < 1e-8); // 0.7 - 0.3
        assert!((mean(&|x| x[1]) - 7.0 * 0.4).abs() < 1e-8);
        assert!((mean(&|x| x[0] * x[0]) - 1.01).abs() < 1e-8); // 1 + ρ²
    }
}
