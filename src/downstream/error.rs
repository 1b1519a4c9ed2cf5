//! Why a probe was not trained.

use thiserror::Error;

use super::population::Target;

/// Input that no probe can be trained on.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum DownstreamError {
    /// A parameter out of its range (NaN included).
    #[error("{what} = {value} is not allowed: {allowed}")]
    OutOfRange {
        /// The parameter.
        what: &'static str,
        /// What it was.
        value: f64,
        /// What it may be.
        allowed: &'static str,
    },
    /// All training data have one value of the target: the unpenalised bias would go to infinity.
    #[error("the {} takes one value only on the data of {source_name}", target.name())]
    OneClass {
        /// The target.
        target: Target,
        /// The population, or a sample with its seed.
        source_name: String,
    },
}

impl DownstreamError {
    /// `value` if the rule holds for it, otherwise the error that says so.
    pub(super) fn unless(
        holds: bool,
        what: &'static str,
        value: f64,
        allowed: &'static str,
    ) -> Result<f64, Self> {
        if holds {
            Ok(value)
        } else {
            Err(Self::OutOfRange {
                what,
                value,
                allowed,
            })
        }
    }
}
