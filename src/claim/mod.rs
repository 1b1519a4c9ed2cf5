//! What is asserted, and the chain of evidence that decides it.

mod evidence;

pub use evidence::{
    Claim, ClaimCondition, ClaimVerdict, ConditionId, Content, CriticalPoint, Evidence,
    ExactEvidence, Expectation, JacobianEvidence, Refusal, SimplifiedEvidence, Space, Spectrum,
    WrittenClaim,
};

pub use crate::interval::linalg::Sign;
