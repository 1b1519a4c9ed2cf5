//! What kind of critical point: the inertia of the Hessian.
//!
//! # Statement
//!
//! At a critical point of a twice continuously differentiable function whose Hessian has no eigenvalue 0,
//! it is a strict local minimum if all are positive, and otherwise a stationary
//! point whose index is the number of negative ones.
//!
//! The hypothesis that the Jacobian is a Hessian, hence symmetric, is a promise
//! of the caller ([`Gradient`]); entries that contradict it make the result inconclusive.

use nalgebra::DMatrix;

use super::system::{Gradient, System};
use super::verdict::{Obstacle, Verdict};
use super::zero::{ZeroProof, prove_zero, prove_zero_tightly};
use crate::interval::Interval;
use crate::interval::linalg::{LinalgError, inertia, symmetric_eigenvalues};

/// Classifies a critical point by an enclosure of the Hessian there.
///
/// The inertia is the same for every symmetric member of `hessian`. That exactly one critical
/// point is meant is for the caller to have proved.
///
/// # Returns
///
/// [`Verdict::ProvedMinimum`], [`Verdict::ProvedStationary`], or
/// [`Verdict::Inconclusive`] if an eigenvalue is not separated from 0 or no member is symmetric.
pub fn classify(hessian: &DMatrix<Interval>) -> Verdict {
    match inertia(hessian) {
        Ok(i) if i.negative == 0 => Verdict::ProvedMinimum,
        Ok(i) => Verdict::ProvedStationary { index: i.negative },
        Err(error) => Verdict::Inconclusive(obstacle(&error)),
    }
}

fn obstacle(error: &LinalgError) -> Obstacle {
    let (hypothesis, left, right, advice) = match error {
        LinalgError::OpenInertia { eigenvalue, .. } => (
            "0 < |lambda|: an eigenvalue of the Hessian separated from 0".to_owned(),
            0.0,
            eigenvalue.mig(),
            "the critical point is degenerate or nearly so, or the box is too wide",
        ),
        LinalgError::NotSymmetric { .. } => (
            format!("the Jacobian is a Hessian ({error})"),
            f64::NAN,
            f64::NAN,
            "the map is not a gradient: its zeros are no critical points",
        ),
        _ => (
            format!("an enclosed Hessian ({error})"),
            f64::NAN,
            f64::NAN,
            "use a smaller box, or check the domain of the map",
        ),
    };
    Obstacle {
        hypothesis,
        left,
        right,
        advice: advice.to_owned(),
    }
}

/// Adds eigenvalues and index to a proved zero of a gradient; anything else is returned as it is.
#[must_use]
pub fn classify_zero<S: System + Gradient + ?Sized>(system: &S, mut proof: ZeroProof) -> ZeroProof {
    if proof.verdict == Verdict::ProvedZero {
        let hessian = system.jacobian(&proof.enclosure);
        proof.verdict = classify(&hessian);
        proof.eigenvalues = symmetric_eigenvalues(&hessian).ok();
    }
    proof
}

/// Searches for a critical point near `guess`, proves and classifies it.
///
/// As [`prove_zero`], but the verdict is [`Verdict::ProvedMinimum`] or
/// [`Verdict::ProvedStationary`]. On the whole uniqueness box the Hessian has the same inertia: it is
/// regular there, and a connected set of regular symmetric matrices shares it.
///
/// # Example
///
/// ```
/// use minlift::scalar::Scalar;
/// use minlift::theorem::{Autodiff, Gradient, Map, Verdict, prove_critical_point};
///
/// /// Gradient of `(x^2 - 1)^2 + y^2`: minima at `(+-1, 0)`, a saddle at the origin.
/// struct Wells;
/// impl Map for Wells {
///     fn dimension(&self) -> usize { 2 }
///     fn eval<S: Scalar>(&self, x: &[S]) -> Vec<S> {
///         vec![S::from_f64(4.0) * x[0] * (x[0].sqr() - S::one()), S::from_f64(2.0) * x[1]]
///     }
/// }
/// impl Gradient for Wells {}
/// let at = |x| prove_critical_point(&Autodiff(Wells), &[x, 0.1]).verdict;
/// assert_eq!(at(0.9), Verdict::ProvedMinimum);
/// assert_eq!(at(0.1), Verdict::ProvedStationary { index: 1 });
/// ```
pub fn prove_critical_point<S: System + Gradient + ?Sized>(system: &S, guess: &[f64]) -> ZeroProof {
    classify_zero(system, prove_zero(system, guess))
}

/// As [`prove_critical_point`], without the search for a large uniqueness box: it is the enclosure itself. For
/// surveys of many parameters.
pub fn prove_critical_point_tightly<S: System + Gradient + ?Sized>(
    system: &S,
    guess: &[f64],
) -> ZeroProof {
    classify_zero(system, prove_zero_tightly(system, guess))
}
