//! Verdict, reason and advice of a statement about many objectives.

use crate::claim::{Claim, ClaimVerdict};

/// What is decided, and why.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The verdict.
    pub verdict: ClaimVerdict,
    /// Why, in one sentence.
    pub reason: String,
    /// What to try next, if it is inconclusive.
    pub advice: Option<String>,
}

impl Decision {
    pub(super) fn verified(reason: String) -> Self {
        Self {
            verdict: ClaimVerdict::Verified,
            reason,
            advice: None,
        }
    }

    pub(super) fn refused(reason: String) -> Self {
        Self {
            verdict: ClaimVerdict::Refused,
            reason,
            advice: None,
        }
    }

    pub(super) fn open(reason: impl Into<String>, advice: &str) -> Self {
        Self {
            verdict: ClaimVerdict::Inconclusive,
            reason: reason.into(),
            advice: Some(advice.to_owned()),
        }
    }
}

/// The hypotheses of the argument that puts every critical point in the plane: `τ > 0`, `α > 0`, positive mirror-symmetric weights
/// with the sum 1.
///
/// # Errors
///
/// The decision to be given in their absence.
pub(super) fn within_the_theory(claim: &Claim) -> Result<(), Decision> {
    let [p1, p2, p3, p4] = claim.weights;
    let holds = claim.d >= 2
        && claim.alpha.certainly_positive()
        && claim.tau.certainly_positive()
        && claim.weights.iter().all(|p| p.certainly_positive())
        && (p1 + p2 + p3 + p4).contains(1.0)
        && claim.mirror_symmetric
        && p1 == p3
        && p2 == p4;
    if holds {
        return Ok(());
    }
    Err(Decision::open(
        "the theory needs d >= 2, alpha > 0, tau > 0 and positive mirror-symmetric weights with the sum 1",
        "use such parameters",
    ))
}
