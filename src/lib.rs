//! Rigorous proofs that a local minimum of a simplified objective lifts to the exact one.
//!
//! Write the gradient once, over any [`Scalar`](scalar::Scalar); give a float guess. Intervals decide.
//!
//! ```
//! use minlift::{interval::Interval, scalar::Scalar};
//! use minlift::theorem::{Autodiff, Gradient, Map, Theorem, Verdict, lift};
//!
//! /// Gradient of `-E sigma(w.x)^2 + |w|^2/100`: x is `(1, 0)` or `(1, 2)`, plus `rho (+-1, +-1)`.
//! struct Neuron {
//!     rho: Interval,
//! }
//! impl Map for Neuron {
//!     fn dimension(&self) -> usize {
//!         2
//!     }
//!     fn eval<S: Scalar>(&self, w: &[S]) -> Vec<S> {
//!         let (c, rho) = (S::from_f64, S::constant(self.rho));
//!         let mut g = vec![w[0] / c(50.0), w[1] / c(50.0)];
//!         for (y, s, t) in (0..8).map(|k| (k & 4, k & 2, k & 1)) {
//!             let noise = |bit: i32| if bit == 0 { -rho } else { rho };
//!             let x = [c(1.0) + noise(s), c(f64::from(y) / 2.0) + noise(t)];
//!             let m = w[0] * x[0] + w[1] * x[1];
//!             let slope = m.sigmoid().sqr() * (-m).sigmoid() / c(4.0); // (sigma^2)'/8
//!             g[0] -= slope * x[0];
//!             g[1] -= slope * x[1];
//!         }
//!         g
//!     }
//! }
//! impl Gradient for Neuron {} // a promise: the Jacobian is symmetric
//!
//! let simplified = Autodiff(Neuron { rho: Interval::ZERO });
//! let exact = Autodiff(Neuron { rho: Interval::literal("0.05")? });
//! let proof = lift(&simplified, &exact, &[2.5, 1.5]);
//! println!("{proof}"); // verdict, both minima, distance, each condition with its margin
//! assert_eq!(proof.verdict, Verdict::ProvedMinimum);
//! assert!(proof.condition(Theorem::NewtonKantorovich).is_some_and(|c| c.margin > 10.0));
//! assert!(proof.distance.is_some_and(|d| d.inf() > 0.0 && d.sup() < 0.02));
//! # Ok::<(), minlift::interval::LiteralError>(())
//! ```
//!
//! A second example, with a case that fails: `notes/your_theorem.md`.

#![forbid(unsafe_code)]

pub mod atlas;
pub mod batch;
pub mod certificate;
pub mod check;
pub mod claim;
pub mod confirm;
pub mod data;
pub mod dossier;
pub mod downstream;
pub mod ensemble;
pub mod gaussian;
pub mod interval;
pub mod kernel;
pub mod linear;
pub mod model;
pub mod report;
pub mod scalar;
pub mod theorem;
