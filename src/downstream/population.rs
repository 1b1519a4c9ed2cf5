//! The data as a probe sees them: four centres in the plane, isotropic noise, two binary targets.

use rand::Rng;
use rand_distr::StandardNormal;

use super::error::DownstreamError;

/// A binary target: what a probe has to tell from the features.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// The label `y`: 1 on the side `x^(1) < 0`.
    Label,
    /// The hidden bit: 1 where the centre contains `τe2`.
    HiddenBit,
}

impl Target {
    /// Both, in the order of a report.
    pub const ALL: [Self; 2] = [Self::Label, Self::HiddenBit];

    /// The name used in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::HiddenBit => "hidden bit",
        }
    }

    /// Whether the target is 1 at centre `k` (0 to 3, in the order of [`Population`]).
    #[must_use]
    pub const fn is_one(self, k: usize) -> bool {
        match self {
            Self::Label => k >= 2,
            Self::HiddenBit => k % 2 == 1,
        }
    }

    /// `+1` where the target is 1, `-1` where it is 0.
    #[must_use]
    pub const fn sign(self, k: usize) -> f64 {
        if self.is_one(k) { 1.0 } else { -1.0 }
    }
}

/// `x = μ_k + ρξ` with probability `p_k`, `ξ` standard normal, in the plane of `e1` and `e2`.
///
/// The centres are `e1`, `e1 + τe2`, `-e1`, `-e1 + τe2`. Rows without a component off the plane do not
/// see the other coordinates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Population {
    tau: f64,
    rho: f64,
    weights: [f64; 4],
}

impl Population {
    /// From `τ`, `ρ >= 0` and the probabilities of the centres.
    ///
    /// # Errors
    ///
    /// A number that is not finite, a negative `ρ` or probability, probabilities whose sum is not 1 to
    /// `1e-9`. They are divided by their sum, so that a rounding in it does not count.
    pub fn new(tau: f64, rho: f64, weights: [f64; 4]) -> Result<Self, DownstreamError> {
        DownstreamError::unless(tau.is_finite(), "tau", tau, "finite numbers")?;
        DownstreamError::unless(rho >= 0.0 && rho.is_finite(), "rho", rho, "finite, >= 0")?;
        for p in weights {
            DownstreamError::unless(p >= 0.0, "a probability", p, ">= 0")?;
        }
        let sum: f64 = weights.iter().sum();
        let near = (sum - 1.0).abs() <= 1e-9;
        DownstreamError::unless(near, "the sum of the probabilities", sum, "1")?;
        Ok(Self {
            tau,
            rho,
            weights: weights.map(|p| p / sum),
        })
    }

    /// `τ`.
    #[must_use]
    pub fn tau(&self) -> f64 {
        self.tau
    }

    /// `ρ`.
    #[must_use]
    pub fn rho(&self) -> f64 {
        self.rho
    }

    /// The probabilities of the centres.
    #[must_use]
    pub fn weights(&self) -> [f64; 4] {
        self.weights
    }

    /// The centres `μ_k` as `(μ_k^(1), μ_k^(2))`.
    #[must_use]
    pub fn centres(&self) -> [[f64; 2]; 4] {
        [[1.0, 0.0], [1.0, self.tau], [-1.0, 0.0], [-1.0, self.tau]]
    }

    /// The accuracy of the better of the two constant predictions, `max(P(1), P(0))`.
    #[must_use]
    pub fn chance(&self, target: Target) -> f64 {
        let ones = self.mass_of_ones(target);
        ones.max(1.0 - ones)
    }

    /// The probability that the target is 1.
    #[must_use]
    pub fn mass_of_ones(&self, target: Target) -> f64 {
        (0..4)
            .filter(|&k| target.is_one(k))
            .map(|k| self.weights[k])
            .sum()
    }

    /// One draw: the number of its centre and its point.
    pub(super) fn draw(&self, rng: &mut impl Rng) -> (usize, [f64; 2]) {
        let mut left: f64 = rng.random();
        let mut k = 0;
        while k < 3 && left >= self.weights[k] {
            left -= self.weights[k];
            k += 1;
        }
        let centre = self.centres()[k];
        let x = centre.map(|m| m + self.rho * rng.sample::<f64, _>(StandardNormal));
        (k, x)
    }
}
