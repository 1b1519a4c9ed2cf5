//! What the theorems ask of a map: enclosures of its value and its Jacobian.

use nalgebra::{DMatrix, DVector};

use super::boxes::points;
use crate::interval::Interval;

/// A map `F: R^n -> R^n`, continuously differentiable wherever its enclosures are bounded.
///
/// The proofs rest on two promises, for every box `x` of `n` intervals:
///
/// 1. `value(x)` contains `F(y)` for every point `y` of the box;
/// 2. `jacobian(x)` contains `DF(y)` for every point `y` of the box, and if all its
///    entries are bounded, `F` is defined and continuously differentiable on the box.
///
/// A map with parameters known only as intervals encloses for all of them; a
/// statement proved then holds for each. Where the enclosure is
/// empty or unbounded nothing is concluded.
pub trait System {
    /// The dimension `n`.
    fn dimension(&self) -> usize;

    /// Encloses `F` on the box (length `n` in, length `n` out).
    fn value(&self, x: &[Interval]) -> DVector<Interval>;

    /// Encloses `DF` on the box, `n x n`; row `i` is the gradient of `F_i`.
    fn jacobian(&self, x: &[Interval]) -> DMatrix<Interval>;

    /// `F` in floats: a guess that no proof relies on.
    fn value_approx(&self, x: &[f64]) -> DVector<f64> {
        self.value(&points(x)).map(Interval::mid)
    }

    /// `DF` in floats: a guess that no proof relies on.
    fn jacobian_approx(&self, x: &[f64]) -> DMatrix<f64> {
        self.jacobian(&points(x)).map(Interval::mid)
    }
}

/// A promise: the map is the gradient of a twice continuously differentiable
/// function, so its Jacobian, a Hessian, is symmetric.
///
/// Only then do eigenvalue signs classify a zero. The promise is checked as far
/// as enclosures can: mirrored entries that do not overlap refute it.
pub trait Gradient {}

/// A system whose Jacobian has a known Lipschitz constant.
pub trait LipschitzJacobian: System {
    /// An upper bound of the Lipschitz constant, in the spectral norm, of `DF`
    /// (of `C DF` with any fixed member `C` of `left`) on every closed Euclidean ball of this
    /// radius about a point of `centre`.
    ///
    /// Infinite (or NaN) if no bound is known. It must be a bound over the whole
    /// ball, never a sample.
    fn lipschitz(&self, left: Option<&DMatrix<Interval>>, centre: &[Interval], radius: f64) -> f64;
}
