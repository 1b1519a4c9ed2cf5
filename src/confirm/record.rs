//! One run of one method, and all of them.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::bfgs::bfgs;
use super::classify::{Landing, Outcome, Targets};
use super::content::ProjectionEstimate;
use super::descent::{Descent, PUBLISHED_STEPS, descend};
use super::initialisation::{Initialisation, start};
use super::lbfgs::lbfgs;
use super::objective::{RowObjective, dot};
use super::rows::Rows;
use super::stationary::SolverBudget;
use super::trust_region::trust_region;

/// Largest `2d` on which BFGS runs: it keeps every update, four vectors each.
pub const BFGS_LARGEST: usize = 2000;

/// A way to minimise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// argmin's L-BFGS.
    Lbfgs,
    /// argmin's trust region method with Steihaug's conjugate gradients.
    TrustRegion,
    /// argmin's BFGS.
    Bfgs,
    /// Raw gradient descent with the published step.
    GradientDescent,
}

impl Method {
    /// All of them, in the order of the report.
    pub const ALL: [Self; 4] = [
        Self::Lbfgs,
        Self::TrustRegion,
        Self::Bfgs,
        Self::GradientDescent,
    ];

    /// The name used in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lbfgs => "L-BFGS",
            Self::TrustRegion => "trust region",
            Self::Bfgs => "BFGS",
            Self::GradientDescent => "gradient descent",
        }
    }
}

/// How many runs, and how long.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Seeds `0, 1, ...` for each method from each published region.
    pub seeds: u64,
    /// Seeds for each method with both rows on the same side.
    pub same_side_seeds: u64,
    /// Limits of the solvers of argmin.
    pub solver: SolverBudget,
    /// Limit of gradient descent.
    pub descent_steps: u64,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            seeds: 20,
            same_side_seeds: 3,
            solver: SolverBudget::default(),
            descent_steps: 200_000,
        }
    }
}

/// The iterate of gradient descent after the published number of steps.
#[derive(Clone, Debug, PartialEq)]
pub struct PublishedState {
    /// The published number of steps.
    pub steps: u64,
    /// `L` there.
    pub value: f64,
    /// `|grad L|` there.
    pub gradient_norm: f64,
    /// Distance to the proved minima's midpoints.
    pub distance: f64,
    /// The rows there.
    pub rows: Rows,
    /// Which features they contain.
    pub content: ProjectionEstimate,
}

/// One run. All its numbers are floats: estimates.
#[derive(Clone, Debug, PartialEq)]
pub struct RunRecord {
    /// The method.
    pub method: Method,
    /// The region it started in.
    pub initialisation: Initialisation,
    /// The seed of its starting point.
    pub seed: u64,
    /// Iterations of the method.
    pub steps: u64,
    /// `L` at the end.
    pub value: f64,
    /// `|grad L|` at the end, over all `2d` coordinates.
    pub gradient_norm: f64,
    /// Distance of the end to the proved minima's midpoints, row by row to the nearer one.
    pub distance: f64,
    /// How it ended.
    pub outcome: Outcome,
    /// In which proved ball each row ended.
    pub landings: [Landing; 2],
    /// The rows at the end.
    pub end: Rows,
    /// Which features they contain.
    pub content: ProjectionEstimate,
    /// Gradient descent only: the iterate after the published number of steps.
    pub at_published_steps: Option<PublishedState>,
    /// Why the method stopped short of its own goal, if it did.
    pub note: Option<String>,
}

impl RunRecord {
    /// Does the run contradict the claim: a stationary point that is none of the proved ones?
    #[must_use]
    pub fn contradicts(&self) -> bool {
        self.outcome == Outcome::StationaryElsewhere
    }
}

/// A method that was not run, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOut {
    /// The method.
    pub method: Method,
    /// Why it was not run.
    pub reason: String,
}

/// All runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Confirmation {
    /// The runs, by initialisation, then method, then seed.
    pub runs: Vec<RunRecord>,
    /// The methods that were not run.
    pub left_out: Vec<LeftOut>,
}

/// Runs every method from every starting point of the plan, in parallel, and judges where they end.
///
/// `progress` is told how many runs are finished, from any thread. The result depends on the
/// arguments alone, not on the threads.
pub fn confirm(
    objective: &dyn RowObjective,
    tau: f64,
    targets: &Targets,
    plan: &Plan,
    progress: impl Fn(usize) + Sync,
) -> Confirmation {
    let coordinates = 2 * objective.dimension();
    let (methods, left_out): (Vec<_>, Vec<_>) = Method::ALL
        .into_iter()
        .partition(|&method| method != Method::Bfgs || coordinates <= BFGS_LARGEST);
    let mut jobs = Vec::new();
    for initialisation in Initialisation::ALL {
        let seeds = match initialisation {
            Initialisation::Zero | Initialisation::One => plan.seeds,
            Initialisation::SameSide => plan.same_side_seeds,
        };
        for &method in &methods {
            jobs.extend((0..seeds).map(|seed| Job {
                method,
                initialisation,
                seed,
            }));
        }
    }
    let finished = AtomicUsize::new(0);
    let runs = jobs
        .into_par_iter()
        .with_max_len(1) // The runs of descent are long: let the threads share them.
        .map(|job| {
            let record = run(objective, tau, targets, plan, job);
            progress(finished.fetch_add(1, Ordering::Relaxed) + 1);
            record
        })
        .collect();
    let left_out = left_out
        .into_iter()
        .map(|method| LeftOut {
            method,
            reason: format!(
                "2d = {coordinates} > {BFGS_LARGEST}: it keeps four vectors of that length for every step"
            ),
        })
        .collect();
    Confirmation { runs, left_out }
}

/// Where a run starts, and by which method.
#[derive(Clone, Copy)]
struct Job {
    method: Method,
    initialisation: Initialisation,
    seed: u64,
}

fn run(
    objective: &dyn RowObjective,
    tau: f64,
    targets: &Targets,
    plan: &Plan,
    job: Job,
) -> RunRecord {
    let w = start(job.initialisation, objective.dimension(), tau, job.seed);
    let minimise = match job.method {
        Method::Lbfgs => lbfgs,
        Method::TrustRegion => trust_region,
        Method::Bfgs => bfgs,
        Method::GradientDescent => {
            let descent = descend(objective, w.as_slice(), targets, plan.descent_steps);
            return judge_descent(objective, targets, job, &descent);
        }
    };
    let end = minimise(objective, w, &plan.solver);
    let gradient_norm = gradient_norm(objective, end.w.as_slice());
    let rows = Rows::of(end.w.as_slice());
    let mut record = judge(objective, targets, job, rows, gradient_norm);
    record.steps = end.steps;
    record.note = end.note;
    record
}

/// The record of an end point; steps and notes are still to be filled in.
fn judge(
    objective: &dyn RowObjective,
    targets: &Targets,
    job: Job,
    end: Rows,
    gradient_norm: f64,
) -> RunRecord {
    let (outcome, landings) = targets.classify(&end, gradient_norm);
    RunRecord {
        method: job.method,
        initialisation: job.initialisation,
        seed: job.seed,
        steps: 0,
        value: end.value(objective),
        gradient_norm,
        distance: targets.distance(&end),
        outcome,
        landings,
        end,
        content: ProjectionEstimate::of(&end),
        at_published_steps: None,
        note: None,
    }
}

fn judge_descent(
    objective: &dyn RowObjective,
    targets: &Targets,
    job: Job,
    descent: &Descent,
) -> RunRecord {
    let mut record = judge(objective, targets, job, descent.end, descent.gradient_norm);
    record.steps = descent.steps;
    record.at_published_steps =
        descent
            .at_published_steps
            .map(|(rows, gradient_norm)| PublishedState {
                steps: PUBLISHED_STEPS,
                value: rows.value(objective),
                gradient_norm,
                distance: targets.distance(&rows),
                rows,
                content: ProjectionEstimate::of(&rows),
            });
    if record.outcome != Outcome::Arrived {
        record.note = Some(if descent.gradient_norm.is_finite() {
            "step budget spent".to_owned()
        } else {
            "the gradient is not finite".to_owned()
        });
    }
    record
}

/// `|grad L(W)|` from the gradient in all `2d` coordinates.
fn gradient_norm(objective: &dyn RowObjective, w: &[f64]) -> f64 {
    let d = objective.dimension();
    let mut gradient = vec![0.0; 2 * d];
    for (row, out) in w.chunks_exact(d).zip(gradient.chunks_exact_mut(d)) {
        objective.gradient(row, out);
    }
    dot(&gradient, &gradient).sqrt()
}
