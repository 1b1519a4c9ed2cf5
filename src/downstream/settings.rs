//! The penalty and the sizes.

use super::error::DownstreamError;

/// How probes are trained and tested.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// `λ > 0` in `λ|v|²`. The bias is not penalised. `notes/downstream.md` says why `1e-8`.
    pub penalty: f64,
    /// Draws in a training sample.
    pub train: u32,
    /// Draws in a fresh sample.
    pub test: u32,
    /// Seeds `0..seeds`: each has a training sample and a fresh one.
    pub seeds: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            penalty: 1e-8,
            train: 2000,
            test: 20_000,
            seeds: 5,
        }
    }
}

impl Settings {
    pub(super) fn check(&self) -> Result<(), DownstreamError> {
        let finite = self.penalty > 0.0 && self.penalty.is_finite();
        DownstreamError::unless(finite, "the penalty", self.penalty, "finite, > 0")?;
        for (what, size) in [
            ("the training sample", f64::from(self.train)),
            ("the fresh sample", f64::from(self.test)),
            ("the number of seeds", self.seeds as f64),
        ] {
            DownstreamError::unless(size >= 1.0, what, size, ">= 1")?;
        }
        Ok(())
    }
}
