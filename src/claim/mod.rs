//! What is asserted, and the chain of evidence that decides it.

pub mod builtin;
mod decide;
mod error;
mod evidence;
mod parse;
mod reader;

pub use decide::decide;
pub use error::{ClaimError, one_line};
pub use evidence::{
    Claim, ClaimCondition, ClaimVerdict, ConditionId, Content, CriticalPoint, Evidence,
    ExactEvidence, Expectation, JacobianEvidence, Refusal, Sign, SimplifiedEvidence, Space,
    Spectrum, WrittenClaim,
};
