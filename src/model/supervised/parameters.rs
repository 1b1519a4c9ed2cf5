//! The parameters of the supervised objective.

use crate::interval::Interval;

/// What `L_SL` depends on: the data `x = μ_k + ρξ` (no augmentation) with label `y = 0` for the centres
/// `e1`, `e1 + τe2` and `y = 1` for `-e1`, `-e1 + τe2`, and the penalties `β‖W‖_F² + γ‖F‖²`.
#[derive(Clone, Debug, PartialEq)]
pub struct SupervisedParameters {
    /// Dimension of the data, `>= 2`.
    pub dimension: u64,
    /// Strength of the hidden feature, `τ`.
    pub tau: Interval,
    /// Weight of `‖W‖_F²`.
    pub beta: Interval,
    /// Weight of `‖F‖²`.
    pub gamma: Interval,
    /// Variance `ρ²` of the data noise in each coordinate; 0 for the simplified objective.
    pub variance: Interval,
    /// Probabilities of the four centres, in the order above.
    pub weights: [Interval; 4],
}

impl SupervisedParameters {
    /// The simplified objective's: the same without noise.
    #[must_use]
    pub fn simplified(&self) -> Self {
        Self {
            variance: Interval::ZERO,
            ..self.clone()
        }
    }
}
