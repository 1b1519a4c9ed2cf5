//! What is asserted, and the chain of evidence that decides it.

pub mod builtin;
mod candidates;
mod conditions;
mod critical;
mod decide;
pub mod empirical;
mod error;
mod evidence;
pub mod family;
mod found;
mod given;
mod parse;
mod plane;
mod problem;
mod ranges;
mod reader;
mod refusal;
pub mod supervised;

pub use decide::decide;
use decide::{both_sides, krawczyk_in_the_plane};
pub(crate) use error::excerpt;
pub use error::{ClaimError, one_line};
pub use evidence::{
    Claim, ClaimCondition, ClaimKind, ClaimVerdict, ConditionId, Content, CriticalPoint, Evidence,
    ExactEvidence, Expectation, JacobianEvidence, Refusal, SimplifiedEvidence, Space, Spectrum,
    WrittenClaim,
};
pub use found::{Answers, Found};
pub use plane::PlaneGradient;

pub use crate::interval::linalg::Sign;
