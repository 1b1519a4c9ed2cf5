//! The simplified objective at any point of the plane.

use super::collinear::COORDINATES;
use super::loss::{Label, Loss};
use super::parameters::SupervisedParameters;
use crate::scalar::Scalar;

/// `L̃_SL` as a function of `(w_1^(1), w_1^(2), w_2^(1), w_2^(2), F_1, F_2)`: the average over the four centres.
///
/// Off the plane `L̃_SL` depends on `W` through `β‖w_⊥‖²` alone, so with `β > 0` its critical points are those of
/// this function with `w_⊥ = 0`, and the Hessian is `2β` on the other `2d - 4` coordinates. No noise is averaged over, whatever the
/// parameters' variance.
#[derive(Clone, Debug)]
pub struct SimplifiedPlane<T> {
    centres: [([T; 2], Label, T); 4],
    beta: T,
    gamma: T,
}

impl<T: Scalar> SimplifiedPlane<T> {
    /// With these parameters.
    #[must_use]
    pub fn new(of: &SupervisedParameters) -> Self {
        let (one, zero, tau) = (T::one(), T::zero(), T::constant(of.tau));
        let p = of.weights.map(T::constant);
        Self {
            centres: [
                ([one, zero], Label::Zero, p[0]),
                ([one, tau], Label::Zero, p[1]),
                ([-one, zero], Label::One, p[2]),
                ([-one, tau], Label::One, p[3]),
            ],
            beta: T::constant(of.beta),
            gamma: T::constant(of.gamma),
        }
    }

    /// `L̃_SL`.
    pub fn value(&self, x: &[T; COORDINATES]) -> T {
        let penalty = |range: &[T]| range.iter().fold(T::zero(), |sum, &x| sum + x.sqr());
        let mut sum = self.beta * penalty(&x[..4]) + self.gamma * penalty(&x[4..]);
        for (mu, label, p) in &self.centres {
            sum += *p * loss(x, *mu, *label).value();
        }
        sum
    }

    /// Its gradient.
    pub fn gradient(&self, x: &[T; COORDINATES]) -> [T; COORDINATES] {
        let mut sum = std::array::from_fn(|i| self.twice_penalty(i) * x[i]);
        for (mu, label, p) in &self.centres {
            let loss = loss(x, *mu, *label);
            for (i, slot) in sum.iter_mut().enumerate() {
                let (variable, factor) = moved(i, mu);
                *slot += *p * loss.first(variable) * factor;
            }
        }
        sum
    }

    /// The Jacobian of the gradient.
    pub fn jacobian(&self, x: &[T; COORDINATES]) -> [[T; COORDINATES]; COORDINATES] {
        let mut sum = [[T::zero(); COORDINATES]; COORDINATES];
        for (mu, label, p) in &self.centres {
            let loss = loss(x, *mu, *label);
            for (i, row) in sum.iter_mut().enumerate() {
                let (a, factor_a) = moved(i, mu);
                for (j, entry) in row.iter_mut().enumerate() {
                    let (b, factor_b) = moved(j, mu);
                    *entry += *p * loss.second(a, b) * (factor_a * factor_b);
                }
            }
        }
        for (i, row) in sum.iter_mut().enumerate() {
            row[i] += self.twice_penalty(i);
        }
        sum
    }

    fn twice_penalty(&self, i: usize) -> T {
        let weight = if i < 4 { self.beta } else { self.gamma };
        weight + weight
    }
}

/// `φ` at a centre.
fn loss<T: Scalar>(x: &[T; COORDINATES], mu: [T; 2], label: Label) -> Loss<T> {
    let z = [0, 2].map(|i| x[i] * mu[0] + x[i + 1] * mu[1]);
    Loss::new(z, [x[4], x[5]], label)
}

/// The variable of `φ` that coordinate `i` moves, and by how much.
fn moved<T: Scalar>(i: usize, mu: &[T; 2]) -> (usize, T) {
    if i < 4 {
        (i / 2, mu[i % 2])
    } else {
        (i - 2, T::one())
    }
}
