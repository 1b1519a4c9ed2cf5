//! Trains and tests the probes of a representation.

use nalgebra::Vector3;

use super::accuracy::{PredictionRates, prediction_rates_approx};
use super::error::DownstreamError;
use super::logistic::Logistic;
use super::population::{Population, Target};
use super::probe::{Margin, Probe, Representation};
use super::report::{
    Downstream, FreshAccuracy, PopulationProbe, ProbeReport, SampleProbe, TargetReport,
};
use super::settings::Settings;
use super::training::train;
use super::training_set::{
    Example, FIRST_STEP, LAST_STEP, both_classes, fresh_stream, grid, sample,
};
use super::wilson::wilson;

/// A loss that halving the step changes by no more than this is not refined further.
const SETTLED: f64 = 1e-10;

impl Downstream {
    /// Probes on each of the representations, which see the same samples.
    ///
    /// # Errors
    ///
    /// See [`probe`].
    pub fn compare(
        representations: &[Representation],
        population: &Population,
        settings: &Settings,
    ) -> Result<Self, DownstreamError> {
        Ok(Self {
            population: *population,
            settings: *settings,
            representations: representations
                .iter()
                .map(|representation| probe(representation, population, settings))
                .collect::<Result<_, _>>()?,
        })
    }
}

/// Trains probes for both targets on the frozen features, on the population and on samples, and measures them.
///
/// # Errors
///
/// Settings out of range; a target with one value only on the population or on a sample.
pub fn probe(
    representation: &Representation,
    population: &Population,
    settings: &Settings,
) -> Result<ProbeReport, DownstreamError> {
    settings.check()?;
    for row in representation.rows {
        for w in row {
            DownstreamError::unless(w.is_finite(), "a coefficient", w, "finite numbers")?;
        }
    }
    let [label, bit] = Target::ALL;
    let data = Data {
        representation,
        population,
        settings,
    };
    let mut samples = [Vec::new(), Vec::new()];
    for seed in 0..settings.seeds {
        for (list, sample) in samples.iter_mut().zip(data.sample_probes(seed)?) {
            list.push(sample);
        }
    }
    let [label_samples, bit_samples] = samples;
    Ok(ProbeReport {
        representation: representation.clone(),
        targets: [
            data.report(label, label_samples)?,
            data.report(bit, bit_samples)?,
        ],
    })
}

struct Data<'a> {
    representation: &'a Representation,
    population: &'a Population,
    settings: &'a Settings,
}

impl Data<'_> {
    /// Trained with a step that is halved until the loss has settled.
    fn population_probe(&self, target: Target) -> Result<PopulationProbe, DownstreamError> {
        let mut step = FIRST_STEP;
        let mut examples = grid(self.representation, self.population, step);
        both_classes(&examples, target, || "the population".to_owned())?;
        let mut start = Vector3::zeros();
        loop {
            let training = self.objective(target, &examples);
            let trained = train(&training, start);
            let finer = grid(self.representation, self.population, 0.5 * step);
            let loss = self.objective(target, &finer).loss(&trained.at);
            let loss_error_estimate = (loss - training.loss(&trained.at)).abs();
            if loss_error_estimate > SETTLED && step > LAST_STEP {
                step *= 0.5;
                examples = finer;
                start = trained.at;
                continue;
            }
            let rates = self.rates(&trained.probe);
            return Ok(PopulationProbe {
                probe: trained.probe,
                gradient_norm: trained.gradient_norm,
                step,
                loss,
                loss_error_estimate,
                accuracy: rates.accuracy(self.population, target),
                accuracy_error_estimate: rates.error_estimate,
                margins: self.margins(&trained.probe, target),
            });
        }
    }

    fn objective<'e>(&self, target: Target, examples: &'e [Example]) -> Logistic<'e> {
        Logistic {
            examples,
            target,
            penalty: self.settings.penalty,
        }
    }

    fn sample_probes(&self, seed: u64) -> Result<[SampleProbe; 2], DownstreamError> {
        let examples = sample(
            self.representation,
            self.population,
            self.settings.train,
            seed,
        );
        for target in Target::ALL {
            both_classes(&examples, target, || {
                format!("the training sample of seed {seed}")
            })?;
        }
        let trained =
            Target::ALL.map(|target| train(&self.objective(target, &examples), Vector3::zeros()));
        let correct = self.correct(trained.map(|t| t.probe), seed);
        let trials = u64::from(self.settings.test);
        Ok([0, 1].map(|i| {
            let (target, probe) = (Target::ALL[i], trained[i].probe);
            SampleProbe {
                seed,
                probe,
                gradient_norm: trained[i].gradient_norm,
                correct: correct[i],
                accuracy: correct[i] as f64 / trials as f64,
                interval: wilson(correct[i], trials),
                population_accuracy: self.rates(&probe).accuracy(self.population, target),
                margins: self.margins(&probe, target),
            }
        }))
    }

    /// How many fresh draws each probe tells rightly.
    fn correct(&self, probes: [Probe; 2], seed: u64) -> [u64; 2] {
        let mut rng = fresh_stream(seed);
        let mut correct = [0; 2];
        for _ in 0..self.settings.test {
            let (k, x) = self.population.draw(&mut rng);
            let z = self.representation.pre_activations(x);
            for (count, (target, probe)) in correct.iter_mut().zip(Target::ALL.iter().zip(&probes))
            {
                *count += u64::from((probe.logit(z) > 0.0) == target.is_one(k));
            }
        }
        correct
    }

    fn rates(&self, probe: &Probe) -> PredictionRates {
        prediction_rates_approx(probe, self.representation, self.population)
    }

    fn margins(&self, probe: &Probe, target: Target) -> [Margin; 4] {
        probe.margins(self.representation, self.population, target)
    }

    fn report(
        &self,
        target: Target,
        samples: Vec<SampleProbe>,
    ) -> Result<TargetReport, DownstreamError> {
        Ok(TargetReport {
            target,
            chance: self.population.chance(target),
            population: self.population_probe(target)?,
            fresh: together(&samples, u64::from(self.settings.test)),
            samples,
        })
    }
}

fn together(samples: &[SampleProbe], trials: u64) -> FreshAccuracy {
    let (mut min, mut max) = (f64::INFINITY, f64::NEG_INFINITY);
    let (mut correct, mut all) = (0, 0);
    for sample in samples {
        min = min.min(sample.accuracy);
        max = max.max(sample.accuracy);
        correct += sample.correct;
        all += trials;
    }
    FreshAccuracy {
        mean: correct as f64 / all as f64,
        min,
        max,
        interval: wilson(correct, all),
    }
}
