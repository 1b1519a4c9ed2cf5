//! The side of a statement about many objectives: proof, and descents beside it.

use super::Progress;
use crate::claim::family::FamilyEvidence;
use crate::claim::{Claim, ClaimVerdict};
use crate::confirm::{ContractionRun, contraction};
use crate::interval::Interval;

/// Everything that is said about such a statement.
#[derive(Clone, Debug)]
pub struct Family {
    /// What is proved.
    pub evidence: FamilyEvidence,
    /// Gradient descent from 1000 published starts beside a proved rate: an estimate.
    pub run: Option<ContractionRun>,
}

const STARTS: u64 = 1_000;
const STEPS: usize = 1_000;
/// Beyond this dimension no starts are drawn.
const LARGEST_DIMENSION: u64 = 1_000;

impl Family {
    /// Decides the claim; none if it is of another kind.
    pub(super) fn of(claim: &Claim, report: &(dyn Fn(Progress) + Sync)) -> Option<Self> {
        let stage = "proof";
        let tell = |done, total| report(Progress { stage, done, total });
        tell(0, 1);
        let mut side = Self {
            evidence: FamilyEvidence::of(claim, &tell)?,
            run: None,
        };
        side.run = side.descents(claim);
        if let (Some(run), FamilyEvidence::Descent(evidence)) = (&side.run, &mut side.evidence)
            && run.violations > 0
            && evidence.decision.verdict == ClaimVerdict::Verified
        {
            evidence.decision.verdict = ClaimVerdict::Inconclusive;
            evidence.decision.reason = format!(
                "{} measured steps contract less than the proved rate says; {}",
                run.violations, evidence.decision.reason
            );
        }
        Some(side)
    }

    /// Descents in the claim's dimension, if the rate is proved for the published starts.
    fn descents(&self, claim: &Claim) -> Option<ContractionRun> {
        let FamilyEvidence::Descent(evidence) = &self.evidence else {
            return None;
        };
        let row =
            (evidence.rows.first()).filter(|row| row.obstacle.is_none() && row.from == claim.d)?;
        // The published starts lie in the region that is proved.
        let published = claim.written.start.contains("tau");
        if !published || claim.d > LARGEST_DIMENSION || row.and_all_larger {
            return None;
        }
        let objective = claim.exact::<f64>();
        Some(contraction(
            &objective,
            claim.tau.mid(),
            row.minimum.map(Interval::mid),
            claim.step.mid(),
            row.rate,
            STARTS,
            STEPS,
        ))
    }
}
