//! The self-supervised side: proof, optimisers' runs, survey.

use super::{Path, Progress, Survey, descent_paths};
use crate::claim::{Claim, ClaimVerdict, CriticalPoint, Evidence, ExactEvidence, Space, decide};
use crate::confirm::{LeftOut, Plan, RunRecord, Target, Targets, confirm};
use crate::interval::Interval;
use crate::theorem::Verdict;

/// Everything that is said about the self-supervised objective.
#[derive(Clone, Debug)]
pub struct SelfSupervised {
    /// The claim and what is proved about it.
    pub evidence: Evidence,
    /// The optimisers' runs: estimates. Empty if none were made.
    pub runs: Vec<RunRecord>,
    /// The optimisers that were not run, and why.
    pub left_out: Vec<LeftOut>,
    /// The same conditions at other dimensions and other noise.
    pub survey: Survey,
    /// Descents of single rows, for the landscape: estimates.
    pub paths: Vec<Path>,
}

/// From this dimension on the solvers run from fewer seeds: each iterate is long.
const LONG_ROWS: u64 = 100_000;

impl SelfSupervised {
    /// Decides the claim, lets the optimisers run, and surveys its neighbourhood. A run that is stationary where
    /// no critical point is proved makes a verified statement inconclusive.
    #[must_use]
    pub fn of(claim: &Claim, report: &(dyn Fn(Progress) + Sync)) -> Self {
        let tell = |stage, done, total| report(Progress { stage, done, total });
        tell("proof", 0, 1);
        let mut side = Self::proof_only(claim);
        if let Some(targets) = targets(&side.evidence) {
            let plan = plan(claim);
            let runs = 4 * (2 * plan.seeds + plan.same_side_seeds) as usize;
            let outcome = confirm(
                &claim.exact::<f64>(),
                claim.tau.mid(),
                &targets,
                &plan,
                |done| tell("optimisers", done, runs),
            );
            (side.runs, side.left_out) = (outcome.runs, outcome.left_out);
            contradict(&mut side);
            side.paths = descent_paths(claim);
        }
        side.survey = Survey::of(claim, &|done, total| tell("survey", done, total));
        side
    }

    /// The proof alone: no runs, no survey.
    #[must_use]
    pub fn proof_only(claim: &Claim) -> Self {
        Self {
            evidence: decide(claim),
            runs: Vec::new(),
            left_out: Vec::new(),
            survey: Survey::default(),
            paths: Vec::new(),
        }
    }
}

/// The proved balls runs are judged by, the largest there are; none unless both minima of the exact
/// objective are proved.
fn targets(evidence: &Evidence) -> Option<Targets> {
    let exact = evidence.exact.as_ref()?;
    let target = |c: &CriticalPoint| {
        c.verdict.is_proved().then(|| Target {
            centre: c.point.map(Interval::mid),
            uniqueness_radius: c.uniqueness_radius,
        })
    };
    let minimum = |row: usize| {
        let c = &exact.minima[row];
        let mut target = target(c).filter(|_| c.verdict == Verdict::ProvedMinimum)?;
        let from_conditions = uniqueness_around_minimum(evidence, exact, row);
        target.uniqueness_radius = target.uniqueness_radius.max(from_conditions);
        Some(target)
    };
    Some(Targets {
        minima: [minimum(0)?, minimum(1)?],
        saddle: exact.saddle.as_ref().and_then(target),
    })
}

/// A ball about the middle of `w*` inside a condition's uniqueness ball about `w̃*` that is proved to
/// contain `w*`: its radius, a lower bound; 0 if there is none.
fn uniqueness_around_minimum(evidence: &Evidence, exact: &ExactEvidence, row: usize) -> f64 {
    let [x, y] = exact.minima[row].point;
    // From w̃* to w*, and from w* to the middle of its enclosure.
    let distance =
        exact.row_distance[row] + Interval::point(x.width()) + Interval::point(y.width());
    exact
        .contained_by
        .iter()
        .filter_map(|&position| evidence.conditions.get(position))
        .filter(|c| c.space != Space::All)
        .filter_map(|c| {
            c.largest_uniqueness_radius
                .or(c.condition.uniqueness_radius)
        })
        .map(|radius| (Interval::point(radius) - distance).inf())
        .fold(0.0, f64::max)
}

fn plan(claim: &Claim) -> Plan {
    let plan = Plan::default();
    if claim.d < LONG_ROWS {
        return plan;
    }
    Plan {
        seeds: 2,
        same_side_seeds: 1,
        ..plan
    }
}

/// A stationary point that is none of the proved ones speaks against the claim.
fn contradict(side: &mut SelfSupervised) {
    let stray = side.runs.iter().filter(|run| run.contradicts()).count();
    let evidence = &mut side.evidence;
    if stray > 0 && evidence.verdict == ClaimVerdict::Verified {
        evidence.verdict = ClaimVerdict::Inconclusive;
        evidence.reason = format!(
            "{stray} optimiser runs became stationary outside every proved uniqueness ball; {}",
            evidence.reason
        );
        evidence.advice =
            Some("look at those runs: there may be other critical points nearby".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::confirm::Outcome;

    /// The runs stand beside the proof, but one that ends elsewhere is not passed over.
    #[test]
    fn a_stray_run_makes_a_verified_claim_inconclusive() -> Result<(), crate::claim::ClaimError> {
        let claim = Claim::from_toml("name = \"a\"\nd = 10\ntau = 7\nalpha = \"1/800\"", "a.toml")?;
        let evidence = decide(&claim);
        let plan = Plan {
            seeds: 1,
            same_side_seeds: 0,
            descent_steps: 10,
            ..Plan::default()
        };
        let balls = targets(&evidence);
        assert!(balls.is_some());
        let runs = balls.map_or(Vec::new(), |balls| {
            confirm(&claim.exact::<f64>(), 7.0, &balls, &plan, |_| {}).runs
        });
        let mut side = SelfSupervised {
            evidence,
            runs,
            ..SelfSupervised::proof_only(&claim)
        };
        // A run that has spent its budget is no contradiction.
        assert!((side.runs.iter()).any(|run| run.outcome == Outcome::NotFinished));
        contradict(&mut side);
        assert_eq!(side.evidence.verdict, ClaimVerdict::Verified);

        side.runs[0].outcome = Outcome::StationaryElsewhere;
        contradict(&mut side);
        assert_eq!(side.evidence.verdict, ClaimVerdict::Inconclusive);
        assert!(side.evidence.reason.starts_with("1 optimiser runs"));
        assert!(side.evidence.advice.is_some());
        Ok(())
    }
}
