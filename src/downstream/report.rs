//! What was measured.

use super::population::{Population, Target};
use super::probe::{Margin, Probe, Representation};
use super::settings::Settings;

/// Probes for both targets on several representations of the same data.
#[derive(Clone, Debug, PartialEq)]
pub struct Downstream {
    /// The data.
    pub population: Population,
    /// The penalty `λ`, sizes of the samples, seeds.
    pub settings: Settings,
    /// One report for each representation, in the order given.
    pub representations: Vec<ProbeReport>,
}

/// Probes for both targets on one representation.
#[derive(Clone, Debug, PartialEq)]
pub struct ProbeReport {
    /// The frozen features.
    pub representation: Representation,
    /// One report for each target, in the order of [`Target::ALL`].
    pub targets: [TargetReport; 2],
}

impl ProbeReport {
    /// The report for this target.
    #[must_use]
    pub fn target(&self, target: Target) -> &TargetReport {
        match target {
            Target::Label => &self.targets[0],
            Target::HiddenBit => &self.targets[1],
        }
    }
}

/// The probes for one target. All numbers are floats: estimates, not enclosures.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetReport {
    /// What is told.
    pub target: Target,
    /// The accuracy of the better constant prediction.
    pub chance: f64,
    /// The probe trained on the population.
    pub population: PopulationProbe,
    /// The probes trained on samples, one for each seed.
    pub samples: Vec<SampleProbe>,
    /// Their accuracies on fresh samples together.
    pub fresh: FreshAccuracy,
}

/// A probe that minimises the expected loss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PopulationProbe {
    /// `v` and `c`.
    pub probe: Probe,
    /// `|∇R|` at it: how far from stationary it is.
    pub gradient_norm: f64,
    /// The step of the grid it was trained on, in standard deviations of the noise.
    pub step: f64,
    /// The expected logistic loss, without the penalty, in nats.
    pub loss: f64,
    /// By how much halving the step changed it.
    pub loss_error_estimate: f64,
    /// `P(prediction = target)`.
    pub accuracy: f64,
    /// An estimate of its error.
    pub accuracy_error_estimate: f64,
    /// At the four noise-free centres.
    pub margins: [Margin; 4],
}

/// A probe that minimises the loss on a sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SampleProbe {
    /// Seed of the sample, and of the fresh one.
    pub seed: u64,
    /// `v` and `c`.
    pub probe: Probe,
    /// `|∇R|` at it.
    pub gradient_norm: f64,
    /// How many of the fresh draws are told rightly.
    pub correct: u64,
    /// Accuracy on the fresh sample.
    pub accuracy: f64,
    /// Wilson's 95 % interval for the probe's true accuracy.
    pub interval: [f64; 2],
    /// That true accuracy, by quadrature.
    pub population_accuracy: f64,
    /// At the four noise-free centres.
    pub margins: [Margin; 4],
}

/// The accuracies of several probes on fresh samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FreshAccuracy {
    /// Mean over the seeds.
    pub mean: f64,
    /// The worst seed.
    pub min: f64,
    /// The best seed.
    pub max: f64,
    /// Wilson's 95 % interval for the mean of the probes' true accuracies, from all fresh draws together. (They
    /// have not all the same probability of success; their number of successes varies less than if they had.)
    pub interval: [f64; 2],
}
