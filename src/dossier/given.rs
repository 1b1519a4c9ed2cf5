//! The side of a given data set: proof and optimisers' runs.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::Progress;
use crate::claim::empirical::{EmpiricalEvidence, decide};
use crate::claim::{Claim, ClaimVerdict};
use crate::confirm::{
    EmpiricalOutcome, EmpiricalRun, EmpiricalTarget, confirm_empirical, empirical_runs,
};
use crate::model::empirical::EmpiricalObjective;

/// Everything that is said about the objective of a given data set.
#[derive(Clone, Debug)]
pub struct Given {
    /// The claim and what is proved about it.
    pub evidence: EmpiricalEvidence,
    /// The optimisers' runs: estimates. Empty if none were made.
    pub runs: Vec<EmpiricalRun>,
}

impl Given {
    /// Decides the claim and lets the optimisers run. A run that is stationary where no critical point is proved makes
    /// a verified statement inconclusive.
    #[must_use]
    pub fn of(claim: &Claim, report: &(dyn Fn(Progress) + Sync)) -> Self {
        let tell = |stage, done, total| report(Progress { stage, done, total });
        tell("proof", 0, 1);
        let mut side = Self::proof_only(claim);
        if let (Some(exact), Some(data)) = (&side.evidence.exact, &claim.data) {
            let objective = EmpiricalObjective::new(
                &data.points,
                claim.alpha.mid(),
                claim.rho_view.sqr().mid(),
            );
            let targets = exact.minima.each_ref().map(|m| EmpiricalTarget {
                centre: m.centre.clone(),
                radius: m.uniqueness_radius,
            });
            let total = empirical_runs(&objective) as usize;
            let done = AtomicUsize::new(0);
            side.runs = confirm_empirical(&objective, claim.tau.mid(), &targets, &|| {
                let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                tell("optimisers", done, total);
            });
            side.contradict();
        }
        side
    }

    /// The proof alone: no runs.
    #[must_use]
    pub fn proof_only(claim: &Claim) -> Self {
        Self {
            evidence: decide(claim),
            runs: Vec::new(),
        }
    }

    /// A stationary point outside the proved balls speaks against the claim.
    fn contradict(&mut self) {
        let stray = (self.runs.iter())
            .filter(|run| run.outcome == EmpiricalOutcome::StationaryElsewhere)
            .count();
        let evidence = &mut self.evidence;
        if stray > 0 && evidence.verdict == ClaimVerdict::Verified {
            evidence.verdict = ClaimVerdict::Inconclusive;
            evidence.reason = format!(
                "{stray} optimiser runs became stationary outside every proved ball; {}",
                evidence.reason
            );
            evidence.advice =
                Some("look at those runs: there may be other critical points nearby".to_owned());
        }
    }
}
