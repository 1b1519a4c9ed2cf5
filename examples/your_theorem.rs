//! A theorem of your own: a tanh neuron whose inputs are scaled at random.
//!
//! `notes/your_theorem.md` walks through this file and quotes its output.

use std::fmt::Write;

use minlift::interval::{Interval, LiteralError};
use minlift::scalar::Scalar;
use minlift::theorem::{Autodiff, Gradient, Map, lift};

/// Gradient of `-E tanh(s w.mu)^2 + alpha |w|^2`: `mu` is `(1, 0)` or `(1, 2)`, and the scale `s` is
/// `1 - rho`, `1` or `1 + rho`, all equally likely.
struct TanhNeuron {
    alpha: Interval,
    rho: Interval,
}

impl Map for TanhNeuron {
    fn dimension(&self) -> usize {
        2
    }

    fn eval<S: Scalar>(&self, w: &[S]) -> Vec<S> {
        let c = S::from_f64;
        let two_alpha = c(2.0) * S::constant(self.alpha);
        let mut g = vec![two_alpha * w[0], two_alpha * w[1]];
        for mu in [[1.0, 0.0], [1.0, 2.0]] {
            for sign in [-1.0, 0.0, 1.0] {
                let scale = c(1.0) + c(sign) * S::constant(self.rho);
                let t = (scale * (w[0] * c(mu[0]) + w[1] * c(mu[1]))).tanh();
                // (tanh^2)' = 2 tanh (1 - tanh^2), and each of the six cases has probability 1/6.
                let slope = scale * t * (c(1.0) - t.sqr()) / c(3.0);
                g[0] -= slope * c(mu[0]);
                g[1] -= slope * c(mu[1]);
            }
        }
        g
    }
}

// The Jacobian is a Hessian, hence symmetric.
impl Gradient for TanhNeuron {}

/// The text for one pair of parameters, as decimals or fractions.
fn report(alpha: &str, rho: &str) -> Result<String, LiteralError> {
    let alpha_enclosed = Interval::literal(alpha)?;
    let neuron = |rho| {
        Autodiff(TanhNeuron {
            alpha: alpha_enclosed,
            rho,
        })
    };
    let simplified = neuron(Interval::ZERO);
    let exact = neuron(Interval::literal(rho)?);
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(text, "alpha = {alpha}, rho = {rho}");
    let _ = writeln!(text, "{}", lift(&simplified, &exact, &[1.2, 0.3]));
    Ok(text)
}

/// A small noise; a larger one; and, nearly, the penalty at which the minimum merges with `w = 0`.
pub fn all_reports() -> Result<String, LiteralError> {
    Ok(report("1/20", "0.1")? + &report("1/20", "0.5")? + &report("2.618033988749895", "0.1")?)
}

fn main() -> Result<(), LiteralError> {
    print!("{}", all_reports()?);
    Ok(())
}
