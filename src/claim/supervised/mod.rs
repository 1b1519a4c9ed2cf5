//! The supervised side of a claim: `L_SL` has a local minimum that sees `e1` only.

mod candidates;
mod conditions;
mod decide;
mod dimensions;
mod evidence;
pub(crate) mod found;
mod met;
mod minimum;
mod refusal;
mod region;
mod system;

pub use conditions::radius_conditions_at;
pub use decide::{content, decide};
pub use dimensions::{DimensionPiece, every_dimension};
pub use evidence::{
    AgreeingMinimum, Blocks, MetPoint, OpposedMinimum, OpposedRefusal, ProvedRegion,
    SupervisedContent, SupervisedDistance, SupervisedEvidence,
};
pub use system::{Agreeing, InvariantSet, Opposed, Restricted, SimplifiedGradient};
