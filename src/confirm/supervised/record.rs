//! One run of one method, and all of them.

use std::sync::atomic::{AtomicUsize, Ordering};

use nalgebra::DVector;
use rayon::prelude::*;

use super::descent::{DescentKind, PUBLISHED_STEPS, SupervisedDescent, descend_supervised};
use super::region::{Region, SupervisedOutcome};
use super::start::supervised_start;
use super::state::SupervisedState;
use crate::confirm::bfgs::bfgs_smooth;
use crate::confirm::content::ProjectionEstimate;
use crate::confirm::lbfgs::lbfgs_smooth;
use crate::confirm::record::{BFGS_LARGEST, LeftOut, Method};
use crate::confirm::stationary::{EndPoint, SolverBudget};
use crate::confirm::trust_region::trust_region_smooth;
use crate::model::supervised::PopulationObjective;

/// Pairs that L-BFGS keeps: by symmetry the iterates stay in a space of ten dimensions.
const MEMORY: usize = 10;

/// A way to minimise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SupervisedMethod {
    /// argmin's L-BFGS.
    Lbfgs,
    /// argmin's trust region method with Steihaug's conjugate gradients.
    TrustRegion,
    /// argmin's BFGS.
    Bfgs,
    /// Gradient descent on `(W, F)` at once.
    SimultaneousDescent,
    /// Gradient descent on `W`, then on `F` with the new `W`: the published one.
    AlternatingDescent,
}

impl SupervisedMethod {
    /// All of them, in the order of the report.
    pub const ALL: [Self; 5] = [
        Self::Lbfgs,
        Self::TrustRegion,
        Self::Bfgs,
        Self::SimultaneousDescent,
        Self::AlternatingDescent,
    ];

    /// The name used in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lbfgs => Method::Lbfgs.name(),
            Self::TrustRegion => Method::TrustRegion.name(),
            Self::Bfgs => Method::Bfgs.name(),
            Self::SimultaneousDescent => "simultaneous descent",
            Self::AlternatingDescent => "alternating descent",
        }
    }
}

/// How many runs, and how long.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SupervisedPlan {
    /// Seeds `0, 1, ...` for each method.
    pub seeds: u64,
    /// Limits of the solvers of argmin.
    pub solver: SolverBudget,
    /// Limit of gradient descent.
    pub descent_steps: u64,
}

impl Default for SupervisedPlan {
    fn default() -> Self {
        Self {
            seeds: 20,
            solver: SolverBudget::default(),
            descent_steps: 300_000,
        }
    }
}

/// The iterate of gradient descent after the published number of steps.
#[derive(Clone, Debug, PartialEq)]
pub struct SupervisedPublishedState {
    /// The published number of steps.
    pub steps: u64,
    /// `L_SL` there.
    pub value: f64,
    /// `|grad L_SL|` there.
    pub gradient_norm: f64,
    /// The rows and the output weights there.
    pub state: SupervisedState,
    /// Which features the rows contain.
    pub content: ProjectionEstimate,
}

/// One run. All its numbers are floats: estimates.
#[derive(Clone, Debug, PartialEq)]
pub struct SupervisedRun {
    /// The method.
    pub method: SupervisedMethod,
    /// The seed of its starting point.
    pub seed: u64,
    /// Iterations of the method.
    pub steps: u64,
    /// `L_SL` at the end.
    pub value: f64,
    /// `|grad L_SL|` at the end, over all `2d + 2` coordinates.
    pub gradient_norm: f64,
    /// How it ended.
    pub outcome: SupervisedOutcome,
    /// The rows and the output weights at the end.
    pub end: SupervisedState,
    /// Which features the rows contain.
    pub content: ProjectionEstimate,
    /// Gradient descent only: the iterate after the published number of steps.
    pub at_published_steps: Option<SupervisedPublishedState>,
    /// Why the method stopped short of its own goal, if it did.
    pub note: Option<String>,
}

impl SupervisedRun {
    /// Does the run contradict the claim: a stationary point in none of the proved sets?
    #[must_use]
    pub fn contradicts(&self) -> bool {
        self.outcome == SupervisedOutcome::StationaryElsewhere
    }
}

/// All runs.
#[derive(Clone, Debug, PartialEq)]
pub struct SupervisedConfirmation {
    /// The runs, by method, then seed.
    pub runs: Vec<SupervisedRun>,
    /// The methods that were not run.
    pub left_out: Vec<LeftOut>,
}

/// Runs every method from every starting point of the plan, in parallel, and judges where they end.
///
/// `progress` is told how many runs are finished, from any thread. The result depends on the arguments alone, not
/// on the threads.
pub fn confirm_supervised(
    objective: &PopulationObjective,
    regions: &[Region],
    plan: &SupervisedPlan,
    progress: impl Fn(usize) + Sync,
) -> SupervisedConfirmation {
    let coordinates = 2 * objective.dimension() + 2;
    let with_bfgs = coordinates <= BFGS_LARGEST;
    let methods = (SupervisedMethod::ALL.into_iter())
        .filter(|&method| with_bfgs || method != SupervisedMethod::Bfgs);
    let jobs: Vec<(SupervisedMethod, u64)> = methods
        .flat_map(|method| (0..plan.seeds).map(move |seed| (method, seed)))
        .collect();
    let finished = AtomicUsize::new(0);
    let runs = jobs
        .into_par_iter()
        .with_max_len(1) // The runs of descent are long: let the threads share them.
        .map(|(method, seed)| {
            let record = run(objective, regions, plan, method, seed);
            progress(finished.fetch_add(1, Ordering::Relaxed) + 1);
            record
        })
        .collect();
    let left_out = (!with_bfgs).then(|| LeftOut {
        method: Method::Bfgs,
        reason: format!(
            "2d + 2 = {coordinates} > {BFGS_LARGEST}: it keeps four vectors of that length for every step"
        ),
    });
    SupervisedConfirmation {
        runs,
        left_out: left_out.into_iter().collect(),
    }
}

fn run(
    objective: &PopulationObjective,
    regions: &[Region],
    plan: &SupervisedPlan,
    method: SupervisedMethod,
    seed: u64,
) -> SupervisedRun {
    let start = supervised_start(objective.dimension(), seed);
    let descend = |kind| {
        let steps = plan.descent_steps;
        descend_supervised(objective, start.as_slice(), kind, regions, steps)
    };
    let judge = Judge {
        objective,
        regions,
        method,
        seed,
    };
    let budget = &plan.solver;
    match method {
        SupervisedMethod::Lbfgs => judge.solver(lbfgs_smooth(objective, MEMORY, start, budget)),
        SupervisedMethod::TrustRegion => {
            judge.solver(trust_region_smooth(objective, start, budget))
        }
        SupervisedMethod::Bfgs => judge.solver(bfgs_smooth(objective, start, budget)),
        SupervisedMethod::SimultaneousDescent => judge.descent(&descend(DescentKind::Simultaneous)),
        SupervisedMethod::AlternatingDescent => judge.descent(&descend(DescentKind::Alternating)),
    }
}

/// What is known of a run before it ends.
struct Judge<'a> {
    objective: &'a PopulationObjective,
    regions: &'a [Region],
    method: SupervisedMethod,
    seed: u64,
}

impl Judge<'_> {
    /// The record of an end point; what only descent has is still to be filled in.
    fn record(&self, end: SupervisedState, steps: u64, gradient_norm: f64) -> SupervisedRun {
        SupervisedRun {
            method: self.method,
            seed: self.seed,
            steps,
            value: end.value(self.objective),
            gradient_norm,
            outcome: SupervisedOutcome::of(self.regions, &end, gradient_norm),
            end,
            content: ProjectionEstimate::of(&end.rows),
            at_published_steps: None,
            note: None,
        }
    }

    fn solver(&self, end: EndPoint) -> SupervisedRun {
        let mut gradient = DVector::zeros(end.w.len());
        (self.objective).gradient(end.w.as_slice(), gradient.as_mut_slice());
        let state = SupervisedState::of(end.w.as_slice());
        SupervisedRun {
            note: end.note,
            ..self.record(state, end.steps, gradient.norm())
        }
    }

    fn descent(&self, descent: &SupervisedDescent) -> SupervisedRun {
        let mut record = self.record(descent.end, descent.steps, descent.gradient_norm);
        record.at_published_steps =
            descent
                .at_published_steps
                .map(|(state, gradient_norm)| SupervisedPublishedState {
                    steps: PUBLISHED_STEPS,
                    value: state.value(self.objective),
                    gradient_norm,
                    state,
                    content: ProjectionEstimate::of(&state.rows),
                });
        if record.outcome == SupervisedOutcome::NotFinished {
            record.note = Some(if descent.gradient_norm.is_finite() {
                "step budget spent".to_owned()
            } else {
                "the gradient is not finite".to_owned()
            });
        }
        record
    }
}
