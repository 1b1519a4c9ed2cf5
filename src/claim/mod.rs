//! What is asserted, and the chain of evidence that decides it.

mod candidates;
mod evidence;
mod refusal;

pub use evidence::{
    Claim, ClaimCondition, ClaimVerdict, ConditionId, Content, CriticalPoint, Evidence,
    ExactEvidence, Expectation, JacobianEvidence, Refusal, Sign, SimplifiedEvidence, Space,
    Spectrum, WrittenClaim,
};
