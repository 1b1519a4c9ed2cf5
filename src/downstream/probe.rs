//! The frozen features and a linear probe on them.

use crate::scalar::Scalar;

use super::population::{Population, Target};

/// A learned representation `h(x) = (σ(w_1·x), σ(w_2·x))`, frozen.
#[derive(Clone, Debug, PartialEq)]
pub struct Representation {
    /// The name used in reports.
    pub name: String,
    /// `rows[i] = (w_i^(1), w_i^(2))`; at the minima nothing lies off the plane.
    pub rows: [[f64; 2]; 2],
}

impl Representation {
    /// With this name and these rows.
    #[must_use]
    pub fn new(name: impl Into<String>, rows: [[f64; 2]; 2]) -> Self {
        Self {
            name: name.into(),
            rows,
        }
    }

    /// `Wx`.
    #[must_use]
    pub fn pre_activations(&self, x: [f64; 2]) -> [f64; 2] {
        self.rows.map(|w| w[0] * x[0] + w[1] * x[1])
    }

    /// `h(x) = σ(Wx)`.
    #[must_use]
    pub fn features(&self, x: [f64; 2]) -> [f64; 2] {
        self.pre_activations(x).map(Scalar::sigmoid)
    }
}

/// A linear probe: it predicts 1 where its logit `v·h + c` is positive, 0 elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Probe {
    /// `v`.
    pub weights: [f64; 2],
    /// `c`.
    pub bias: f64,
}

impl Probe {
    /// The logit where the pre-activations are `z = Wx`.
    ///
    /// A feature near 1 is taken as `1 - σ(-z_i)` and the ones are summed first: where both features
    /// saturate, what tells the classes apart is of the size of `σ(-z_i)`, below the rounding of `σ(z_i)`.
    #[must_use]
    #[inline]
    pub fn logit(&self, z: [f64; 2]) -> f64 {
        let [v1, v2] = self.weights;
        let saturated = |z: f64, v: f64| if z > 0.0 { v } else { 0.0 };
        let rest = |z: f64, v: f64| if z > 0.0 { -v } else { v } * (-z.abs()).sigmoid();
        ((saturated(z[0], v1) + saturated(z[1], v2)) + self.bias)
            + (rest(z[0], v1) + rest(z[1], v2))
    }

    /// `|v|`.
    #[must_use]
    pub fn norm(&self) -> f64 {
        self.weights[0].hypot(self.weights[1])
    }

    /// How far the noise-free centres lie on the right side of the decision.
    #[must_use]
    pub fn margins(
        &self,
        representation: &Representation,
        population: &Population,
        target: Target,
    ) -> [Margin; 4] {
        let centres = population.centres();
        [0, 1, 2, 3].map(|k| {
            let logit = target.sign(k) * self.logit(representation.pre_activations(centres[k]));
            let norm = self.norm();
            Margin {
                logit,
                distance: (norm > 0.0).then(|| logit / norm),
            }
        })
    }
}

/// The margin of a probe at a point, positive if and only if the target is told rightly there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Margin {
    /// `±(v·h + c)`, the sign that of the target.
    pub logit: f64,
    /// The same over `|v|`: the signed distance of `h` from the boundary line in feature space. None if
    /// `v = 0`: there is no line.
    pub distance: Option<f64>,
}
