//! What is asserted, and the chain of evidence that decides it.

mod candidates;
mod conditions;
mod critical;
mod decide;
mod evidence;
mod plane;
mod problem;
mod refusal;

pub use decide::decide;
pub use evidence::{
    Claim, ClaimCondition, ClaimVerdict, ConditionId, Content, CriticalPoint, Evidence,
    ExactEvidence, Expectation, JacobianEvidence, Refusal, SimplifiedEvidence, Space, Spectrum,
    WrittenClaim,
};
pub use plane::PlaneGradient;

pub use crate::interval::linalg::Sign;
