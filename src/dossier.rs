//! One claim from its parameters to everything its report says.

use crate::claim::{Claim, ClaimVerdict, Evidence, Expectation, decide};

/// Everything that was computed for one claim: the proof, and the optimisers' runs beside it.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// The proof, or what stopped it.
    pub evidence: Evidence,
    // STUB: the runs of `confirm` go here.
}

/// How far [`verify`] has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: &'static str,
    /// Parts of this stage that are done.
    pub done: usize,
    /// Parts of this stage.
    pub total: usize,
}

/// Decides `claim` and lets the optimisers run.
///
/// `report` hears of progress, possibly from several threads; nothing that
/// is computed depends on it.
#[must_use]
pub fn verify(claim: &Claim, report: &(dyn Fn(Progress) + Sync)) -> Dossier {
    let stage = "proof";
    let (done, total) = (0, 1);
    report(Progress { stage, done, total });
    let evidence = decide(claim);
    // STUB: the runs of `confirm` start here.
    Dossier { evidence }
}

impl Dossier {
    /// Did the claim come out as its author expects? What could not be decided never does.
    #[must_use]
    pub fn as_expected(&self) -> bool {
        matches!(
            (self.evidence.claim.expect, self.evidence.verdict),
            (Expectation::Verified, ClaimVerdict::Verified)
                | (Expectation::Refused, ClaimVerdict::Refused)
        )
    }
}
