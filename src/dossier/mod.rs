//! One claim from its parameters to everything its report says.
//!
//! The proof ([`crate::claim::decide`]) decides; the optimisers ([`crate::confirm`]) and the survey of
//! neighbouring parameters stand beside it.

mod objective;
mod paths;
mod survey;

pub use paths::{Path, descent_paths};
pub use survey::{Sample, Survey};

use crate::claim::{Claim, ClaimVerdict, CriticalPoint, Evidence, ExactEvidence, Space, decide};
use crate::confirm::{LeftOut, Plan, RunRecord, Target, Targets, confirm};
use crate::interval::Interval;
use crate::theorem::Verdict;

/// Everything a report is made from.
#[derive(Clone, Debug)]
pub struct Dossier {
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
    /// Figures that lie beside the report.
    pub figures: Vec<FigureRef>,
}

/// A figure beside the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureRef {
    /// Path relative to the report.
    pub file: String,
    /// What it shows, in a few words.
    pub title: String,
    /// How it is read, and which of it is proved.
    pub caption: String,
}

/// How far [`verify`] has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: &'static str,
    /// Parts of this stage that are done.
    pub done: usize,
    /// Parts of this stage.
    pub total: usize,
}

/// From this dimension on the solvers run from fewer seeds: each iterate is long.
const LONG_ROWS: u64 = 100_000;

/// Decides `claim`, lets the optimisers run, and surveys its neighbourhood.
///
/// `report` hears of progress, possibly from several threads; nothing that
/// is computed depends on it. A run that is stationary where no critical point is proved makes a
/// verified claim inconclusive.
#[must_use]
pub fn verify(claim: &Claim, report: &(dyn Fn(Progress) + Sync)) -> Dossier {
    let tell = |stage, done, total| report(Progress { stage, done, total });
    tell("proof", 0, 1);
    let mut dossier = Dossier {
        evidence: decide(claim),
        runs: Vec::new(),
        left_out: Vec::new(),
        survey: Survey::default(),
        paths: Vec::new(),
        figures: Vec::new(),
    };
    if let Some(targets) = targets(&dossier.evidence) {
        let plan = plan(claim);
        let runs = 4 * (2 * plan.seeds + plan.same_side_seeds) as usize;
        let outcome = confirm(
            &claim.exact::<f64>(),
            claim.tau.mid(),
            &targets,
            &plan,
            |done| {
                tell("optimisers", done, runs);
            },
        );
        (dossier.runs, dossier.left_out) = (outcome.runs, outcome.left_out);
        contradict(&mut dossier);
        dossier.paths = descent_paths(claim);
    }
    dossier.survey = Survey::of(claim, &|done, total| tell("survey", done, total));
    dossier
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
fn contradict(dossier: &mut Dossier) {
    let stray = dossier.runs.iter().filter(|run| run.contradicts()).count();
    let evidence = &mut dossier.evidence;
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
        let mut dossier = Dossier {
            evidence,
            runs,
            left_out: Vec::new(),
            survey: Survey::default(),
            paths: Vec::new(),
            figures: Vec::new(),
        };
        // A run that has spent its budget is no contradiction.
        assert!((dossier.runs.iter()).any(|run| run.outcome == Outcome::NotFinished));
        contradict(&mut dossier);
        assert_eq!(dossier.evidence.verdict, ClaimVerdict::Verified);

        dossier.runs[0].outcome = Outcome::StationaryElsewhere;
        contradict(&mut dossier);
        assert_eq!(dossier.evidence.verdict, ClaimVerdict::Inconclusive);
        assert!(dossier.evidence.reason.starts_with("1 optimiser runs"));
        assert!(dossier.evidence.advice.is_some());
        Ok(())
    }
}
