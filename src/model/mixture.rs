//! The distribution of the data: a mixture of Gaussians whose centres lie in span(e1, e2).

use crate::interval::Interval;

/// One centre `μ = μ_1 e1 + μ_2 e2` and its probability.
#[derive(Clone, Copy, Debug)]
pub struct Centre {
    /// `(μ_1, μ_2)`.
    pub mu: [Interval; 2],
    /// The probability.
    pub weight: Interval,
}

/// The centres of the data.
#[derive(Clone, Debug)]
pub struct Mixture {
    centres: Vec<Centre>,
}

impl Mixture {
    /// Any centres; the weights are taken as they are.
    #[must_use]
    pub fn new(centres: Vec<Centre>) -> Self {
        Self { centres }
    }

    /// The paper's four: `e1`, `e1 + τe2`, `-e1`, `-e1 + τe2`, with these weights.
    #[must_use]
    pub fn paper(tau: Interval, weights: [Interval; 4]) -> Self {
        let (one, zero) = (Interval::ONE, Interval::ZERO);
        let mu = [[one, zero], [one, tau], [-one, zero], [-one, tau]];
        Self::new(
            mu.into_iter()
                .zip(weights)
                .map(|(mu, weight)| Centre { mu, weight })
                .collect(),
        )
    }

    /// The centres, in order.
    #[must_use]
    pub fn centres(&self) -> &[Centre] {
        &self.centres
    }
}
