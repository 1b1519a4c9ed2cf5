//! What a representation is good for: linear probes on the frozen features `h(x) = σ(Wx)`.
//!
//! Two binary targets are told from `h` by `v·h + c > 0`: the label `y` and the hidden bit, whether the centre
//! contains `τe2`. A probe minimises
//!
//! ```text
//! E ln(1 + e^(-ε(v·h + c))) + λ|v|²
//! ```
//!
//! over the population (by quadrature) or over a sample. Its accuracy is known to about `1e-12` by an integral that
//! is exact in one of the two variables, and is measured on fresh samples besides. Floats only: estimates, no
//! enclosures. One statement needs no float:
//!
//! **Theorem.** Let `h` depend on `x^(1)` alone, as it does at the minima of supervised learning (`w_i = ±a e1`), and
//! let `p_1 p_4 = p_2 p_3` (equal weights for instance). Then no prediction of the hidden bit from `h`, linear or not,
//! has an accuracy above `max(P(bit = 1), P(bit = 0))`, and this is attained by a constant: with equal weights, every
//! prediction has accuracy exactly 1/2.
//!
//! *Proof.* `p_1 p_4 = p_2 p_3` says that the bit is independent of `y`. Given both, `x^(1) = ±1 + ρξ_1` depends on `y`
//! and on noise that is independent of the bit. So the bit is independent of `(x^(1), y)`, and of `h`. Hence
//! `P(f(h) = bit) = P(f = 1)P(bit = 1) + P(f = 0)P(bit = 0)`, an average of the two probabilities. ∎
//!
//! With `p_1 p_4 ≠ p_2 p_3` the bit is correlated with the label, and features that see `x^(1)` alone tell something
//! about it: the hypothesis is needed, and a test shows it.
//!
//! # Example
//!
//! ```
//! use minlift::downstream::{Downstream, Population, Representation, Settings, Target};
//!
//! let population = Population::new(7.0, 10f64.powf(-1.5), [0.25; 4])?;
//! let (a, b) = (3.8207155939, 1.5215988741);
//! let found = Downstream::compare(
//!     &[
//!         Representation::new("self-supervised", [[a, b], [-a, b]]),
//!         Representation::new("supervised", [[2.63, 0.0], [-2.63, 0.0]]),
//!     ],
//!     &population,
//!     &Settings { seeds: 1, ..Settings::default() },
//! )?;
//! let accuracy = |i: usize, target| found.representations[i].target(target).population.accuracy;
//! assert!(accuracy(0, Target::Label) > 1.0 - 1e-12);
//! assert!(accuracy(0, Target::HiddenBit) > 1.0 - 1e-12);
//! assert!(accuracy(1, Target::Label) > 1.0 - 1e-12);
//! assert!((accuracy(1, Target::HiddenBit) - 0.5).abs() < 1e-12); // chance
//! # Ok::<(), minlift::downstream::DownstreamError>(())
//! ```
//!
//! | module | what it holds |
//! |---|---|
//! | `population` | centres, noise, the two targets |
//! | `probe` | the features, a probe, its margins |
//! | `training_set`, `logistic`, `training` | what a probe minimises, on what, and how |
//! | `accuracy`, `crossings`, `quadrature` | the accuracy of a probe on the population |
//! | `measure`, `report`, `wilson` | all of it together |
//!
//! Derivations: `notes/downstream.md`.

mod accuracy;
mod crossings;
mod error;
mod logistic;
mod measure;
mod population;
mod probe;
mod quadrature;
mod report;
mod settings;
mod training;
mod training_set;
mod wilson;

pub use accuracy::{PredictionRates, prediction_rates_approx};
pub use error::DownstreamError;
pub use measure::probe;
pub use population::{Population, Target};
pub use probe::{Margin, Probe, Representation};
pub use report::{
    Downstream, FreshAccuracy, PopulationProbe, ProbeReport, SampleProbe, TargetReport,
};
pub use settings::Settings;
pub use wilson::wilson;
