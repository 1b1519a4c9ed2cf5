//! Statements about many objectives at once, or about all of one: every dimension, the branch from the simplified minimum, boxes of
//! parameters, all critical points and the basin, gradient descent with a rate.
//!
//! | file | statement | kind |
//! |---|---|---|
//! | `dimensions` | for every `d >= N`, with explicit constants | `every-d` |
//! | `branch` | `w*` is joined to `w̃*` by a smooth branch of minima | `branch` |
//! | `region` | for every `(τ, α)` of a box | `box` |
//! | `global` | all critical points, and the basin of `w*` | `global` |
//! | `descent` | gradient descent contracts to `w*` at a rate | `descent` |
//!
//! The theorems are in [`crate::theorem`] (families, branches, covers, all zeros), the derivatives in [`crate::model::RowFamily`].

mod absence;
mod branch;
mod cell;
pub mod chi_square;
mod decision;
mod descent;
mod dimensions;
mod global;
mod plane;
mod problem;
mod product_set;
mod region;

pub use branch::{BranchEvidence, BranchRow};
pub use cell::CellProver;
pub use decision::Decision;
pub use descent::{DescentEvidence, DescentRow, OUTSIDE, Refutation, TARGET};
pub use dimensions::{DimensionRow, EveryDimension};
pub(crate) use global::Features;
pub use global::{CriticalPoints, GlobalEvidence, GlobalPoint, Hypothesis, critical_points_in};
pub use plane::PlaneFamily;
pub use product_set::SpectrumBounds;
pub use region::RegionEvidence;

use super::{Claim, ClaimKind};

/// What was computed about a claim of one of these kinds.
#[derive(Clone, Debug)]
pub enum FamilyEvidence {
    /// Kind `every-d`.
    Dimensions(Box<EveryDimension>),
    /// Kind `branch`.
    Branch(Box<BranchEvidence>),
    /// Kind `box`.
    Region(Box<RegionEvidence>),
    /// Kind `global`.
    Global(Box<GlobalEvidence>),
    /// Kind `descent`.
    Descent(Box<DescentEvidence>),
}

impl FamilyEvidence {
    /// Decides the claim; none if it is of another kind. `progress(done, of)` may be called from several threads.
    #[must_use]
    pub fn of(claim: &Claim, progress: &(dyn Fn(usize, usize) + Sync)) -> Option<Self> {
        Some(match claim.kind {
            ClaimKind::EveryDimension => Self::Dimensions(Box::new(EveryDimension::of(claim))),
            ClaimKind::Branch => Self::Branch(Box::new(BranchEvidence::of(claim))),
            ClaimKind::Region => Self::Region(Box::new(RegionEvidence::of(claim, progress))),
            ClaimKind::Global => Self::Global(Box::new(GlobalEvidence::of(claim))),
            ClaimKind::Descent => Self::Descent(Box::new(DescentEvidence::of(claim))),
            ClaimKind::Ssl | ClaimKind::Sl | ClaimKind::Contrast | ClaimKind::Data => return None,
        })
    }

    /// The decision.
    #[must_use]
    pub const fn decision(&self) -> &Decision {
        match self {
            Self::Dimensions(evidence) => &evidence.decision,
            Self::Branch(evidence) => &evidence.decision,
            Self::Region(evidence) => &evidence.decision,
            Self::Global(evidence) => &evidence.decision,
            Self::Descent(evidence) => &evidence.decision,
        }
    }
}
