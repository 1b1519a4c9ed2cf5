//! STUB, to be replaced by the chain of evidence: computes nothing and says so.

use super::evidence::{Claim, ClaimVerdict, Evidence};

/// STUB: decides nothing.
#[must_use]
pub fn decide(claim: &Claim) -> Evidence {
    Evidence {
        claim: claim.clone(),
        verdict: ClaimVerdict::Inconclusive,
        reason: "not computed".to_owned(),
        advice: None,
        simplified: None,
        refusal: None,
        jacobian: None,
        conditions: Vec::new(),
        exact: None,
        content: None,
    }
}
