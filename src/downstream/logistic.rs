//! The objective of a probe.
//!
//! ```text
//! R(v, c) = Σ_i a_i ln(1 + e^(-ε_i s_i)) + λ|v|²,     s_i = v·h_i + c,   ε_i = ±1 the sign of the target,
//! ```
//!
//! with weights `a_i` of sum 1. The bias is not penalised. With `r = σ(-εs)` and `q = σ(s)σ(-s)`,
//!
//! ```text
//! ∇R = -Σ a ε r (h, 1) + 2λ(v, 0),     ∇²R = Σ a q (h, 1)(h, 1)^T + 2λ diag(1, 1, 0).
//! ```
//!
//! If both classes occur, `R` is strictly convex (`∇²R` vanishes on `(dv, dc)` only if `dv = 0`, and then only if
//! `dc = 0`) and has exactly one minimum, with `λ|v|² <= R(0, 0) = ln 2`.

use nalgebra::{Matrix3, Vector3};

use super::population::Target;
use super::training_set::Example;

/// `R` for one target on one training set.
#[derive(Debug)]
pub(super) struct Logistic<'a> {
    pub examples: &'a [Example],
    pub target: Target,
    pub penalty: f64,
}

/// `R` and its derivatives at one `(v, c)`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Expansion {
    pub value: f64,
    pub gradient: Vector3<f64>,
    pub hessian: Matrix3<f64>,
}

impl Logistic<'_> {
    /// Value, gradient and Hessian in one pass: they share the exponential.
    pub fn expand(&self, at: &Vector3<f64>) -> Expansion {
        let signs = [0, 1, 2, 3].map(|k| self.target.sign(k));
        let (mut value, mut gradient) = (0.0, [0.0; 3]);
        let mut hessian = [0.0; 6];
        for example in self.examples {
            let [h1, h2] = example.features;
            let sign = signs[example.centre];
            let loss = Softplus::new(-sign * (at[0] * h1 + at[1] * h2 + at[2]));
            let a = example.weight;
            value += a * loss.value;
            let (first, second) = (-a * sign * loss.first, a * loss.second);
            gradient[0] += first * h1;
            gradient[1] += first * h2;
            gradient[2] += first;
            hessian[0] += second * h1 * h1;
            hessian[1] += second * h1 * h2;
            hessian[2] += second * h2 * h2;
            hessian[3] += second * h1;
            hessian[4] += second * h2;
            hessian[5] += second;
        }
        let [h11, h12, h22, h13, h23, h33] = hessian;
        let l = self.penalty;
        Expansion {
            value: value + l * (at[0] * at[0] + at[1] * at[1]),
            gradient: Vector3::from(gradient) + 2.0 * l * Vector3::new(at[0], at[1], 0.0),
            hessian: Matrix3::new(h11, h12, h13, h12, h22, h23, h13, h23, h33)
                + Matrix3::from_diagonal(&Vector3::new(2.0 * l, 2.0 * l, 0.0)),
        }
    }

    /// The loss without the penalty.
    pub fn loss(&self, at: &Vector3<f64>) -> f64 {
        self.examples
            .iter()
            .map(|example| {
                let [h1, h2] = example.features;
                let s = at[0] * h1 + at[1] * h2 + at[2];
                example.weight * Softplus::new(-self.target.sign(example.centre) * s).value
            })
            .sum()
    }
}

/// `ln(1 + e^m)` and its first two derivatives, without overflow.
struct Softplus {
    value: f64,
    first: f64,
    second: f64,
}

impl Softplus {
    #[inline]
    fn new(m: f64) -> Self {
        let e = core_math::exp(-m.abs());
        let inverse = 1.0 / (1.0 + e);
        Self {
            value: m.max(0.0) + core_math::log1p(e),
            first: if m >= 0.0 { inverse } else { e * inverse },
            second: e * inverse * inverse,
        }
    }
}
