//! Is there a supervised minimum at these parameters? Cheap answers for maps.

use super::candidates::{agreeing_approx, minimum_approx};
use super::decide::within_the_theory;
use super::minimum::is_positive_definite;
use super::refusal::refuse_within;
use super::system::{Agreeing, InvariantSet, Opposed, Restricted};
use crate::claim::{Claim, Found};
use crate::model::supervised::{Order, SupervisedParameters};
use crate::theorem::prove_critical_point_tightly;

/// Boxes examined to prove that there is none.
const BOXES: usize = 400;

/// The minimum `(a, 0)`, `(-a, 0)`, `(-f, f)` of the exact objective of this claim.
///
/// Without mirror-symmetric weights the set is not invariant: a critical point of the restriction is none of the objective,
/// so nothing is found there.
pub(crate) fn opposed(claim: &Claim, of: &SupervisedParameters) -> Found {
    if within_the_theory(claim).is_err() {
        return Found::NotFound;
    }
    match minimum_approx(of) {
        Some(guess) => prove::<Opposed>(of, &guess, |x| x.iter().all(|x| x.certainly_positive())),
        None if refuse_within(of, BOXES).open == 0 => Found::ProvedNone,
        None => Found::NotFound,
    }
}

/// The minimum of the exact objective with `w_1 = w_2`, `F_1 = F_2`, and an estimate of its `‖P e_2‖`.
pub(crate) fn agreeing(of: &SupervisedParameters) -> (Found, f64) {
    let Some(guess) = agreeing_approx(of) else {
        return (Found::NotFound, f64::NAN);
    };
    let hidden = guess[1].abs() / guess[0].hypot(guess[1]);
    match prove::<Agreeing>(of, &guess, |x| x[0].certainly_positive()) {
        Found::Proved => (Found::Proved, hidden),
        // Descent within the invariant set says nothing about the directions across it.
        _ if is_minimum_approx(of, &guess) => (Found::Floats, hidden),
        _ => (Found::NotFound, f64::NAN),
    }
}

fn prove<S: InvariantSet>(
    of: &SupervisedParameters,
    guess: &[f64],
    right_side: impl Fn(&[crate::interval::Interval]) -> bool,
) -> Found {
    let system = Restricted::<S>::new(of.clone());
    let proof = prove_critical_point_tightly(&system, guess);
    if proof.verdict.is_proved() && right_side(&proof.enclosure) {
        let local = S::point(&proof.enclosure).derivatives(of, Order::Jacobian);
        if is_positive_definite(&local, of.dimension) {
            return Found::Proved;
        }
    }
    Found::Floats
}

fn is_minimum_approx(of: &SupervisedParameters, guess: &[f64; 3]) -> bool {
    let local = Agreeing::point(guess).derivatives(of, Order::Jacobian);
    let hessian = nalgebra::DMatrix::from_fn(6, 6, |i, j| local.jacobian[i][j]);
    let [a, b, c] = local.beside;
    let beside = of.dimension == 2 || (a + c > 0.0 && a * c > b * b);
    beside && hessian.cholesky().is_some()
}
