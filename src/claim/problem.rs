//! The objectives a claim speaks about.

use super::evidence::Claim;
use super::plane::PlaneGradient;
use crate::gaussian::Activation;
use crate::interval::Interval;
use crate::model::supervised::SupervisedParameters;
use crate::model::{Mixture, ModelScalar, Noise, RowObjective};

impl Claim {
    /// The exact objective of one row, `ℓ`.
    #[must_use]
    pub fn exact<T: ModelScalar>(&self) -> RowObjective<T> {
        let noise = Noise {
            data: self.rho_data.sqr(),
            view: self.rho_view.sqr(),
        };
        self.objective(&noise)
    }

    /// The simplified objective of one row, `ℓ̃`: `ℓ` without noise.
    #[must_use]
    pub fn simplified<T: ModelScalar>(&self) -> RowObjective<T> {
        self.objective(&Noise::NONE)
    }

    /// The gradient of `ℓ` in the plane, as a system for the engine.
    #[must_use]
    pub fn exact_plane(&self) -> PlaneGradient {
        PlaneGradient::new(self.exact(), self.exact())
    }

    /// The gradient of `ℓ̃` in the plane.
    #[must_use]
    pub fn simplified_plane(&self) -> PlaneGradient {
        PlaneGradient::new(self.simplified(), self.simplified())
    }

    /// The parameters of the exact supervised objective, `L_SL`: data noise only, nothing is augmented.
    #[must_use]
    pub fn supervised(&self) -> SupervisedParameters {
        SupervisedParameters {
            dimension: self.d,
            tau: self.tau,
            beta: self.beta,
            gamma: self.gamma,
            variance: self.rho_data.sqr(),
            weights: self.weights,
        }
    }

    fn objective<T: ModelScalar>(&self, noise: &Noise<Interval>) -> RowObjective<T> {
        let mixture = Mixture::paper(self.tau, self.weights);
        RowObjective::new(Activation::SIGMOID, &mixture, self.alpha, noise, self.d)
    }

    /// The middle of the published initialisation region "0" of row 1: `w^(1)` in
    /// `[3.1, 3.9]`, `w^(2)` in `[8.5, 9]/τ`.
    #[must_use]
    pub fn initialisation_approx(&self) -> [f64; 2] {
        [3.5, 8.75 / self.tau.mid()]
    }
}
