//! Optimisers on the objective of a given data set, judged by the proved balls.

use nalgebra::DVector;
use rayon::prelude::*;

use super::descent::STEP;
use super::initialisation::{Initialisation, start};
use super::lbfgs::lbfgs_smooth;
use super::record::Method;
use super::smooth::{LinearOperator, SmoothObjective};
use super::stationary::SolverBudget;
use super::trust_region::trust_region_smooth;
use crate::model::empirical::{EmpiricalHessian, EmpiricalObjective};

/// A proved ball of one row: exactly one critical point, a minimum.
#[derive(Clone, Debug)]
pub struct EmpiricalTarget {
    /// Its centre.
    pub centre: Vec<f64>,
    /// Its radius.
    pub radius: f64,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmpiricalOutcome {
    /// Each row inside the proved ball of a minimum, one on each side.
    Minimum,
    /// Both rows inside the proved ball of the same minimum.
    SameMinimum,
    /// A gradient of at most 1e-6, outside the proved balls.
    StationaryElsewhere,
    /// Neither.
    NotFinished,
}

impl EmpiricalOutcome {
    /// In the words of the reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Minimum => "the proved minimum",
            Self::SameMinimum => "both rows at one side's minimum",
            Self::StationaryElsewhere => "stationary elsewhere",
            Self::NotFinished => "not finished",
        }
    }
}

/// One run; all its numbers are floats: estimates.
#[derive(Clone, Debug, PartialEq)]
pub struct EmpiricalRun {
    /// The method.
    pub method: Method,
    /// The region it started in.
    pub initialisation: Initialisation,
    /// The seed of its starting point.
    pub seed: u64,
    /// Iterations.
    pub steps: u64,
    /// `L_X` at the end.
    pub value: f64,
    /// `‖∇L_X‖` at the end.
    pub gradient_norm: f64,
    /// Distance of the rows to the centres of the proved balls, to the nearer one for each.
    pub distance: f64,
    /// How it ended.
    pub outcome: EmpiricalOutcome,
}

/// Gradients up to here count as stationary.
const TOLERANCE: f64 = 1e-6;
/// Pairs that L-BFGS keeps.
const MEMORY: usize = 10;
/// About as many multiplications and additions are spent on all runs of a method.
const WORK: f64 = 1e9;
/// Gradient descent takes at most this many steps: off the plane it gains a factor e in 4000.
const MOST_STEPS: u64 = 40_000;
/// Most seeds for each region.
const MOST_SEEDS: u64 = 20;

/// Runs L-BFGS, the trust region method and gradient descent from the published regions.
///
/// The number of seeds follows from the size of the data; gradient descent runs until both rows are well inside proved
/// balls, where the objective is convex, or its steps are spent.
#[must_use]
pub fn confirm_empirical(
    objective: &EmpiricalObjective<'_>,
    tau: f64,
    targets: &[EmpiricalTarget; 2],
    progress: &(dyn Fn() + Sync),
) -> Vec<EmpiricalRun> {
    let d = objective.dimension();
    let jobs: Vec<(Method, Initialisation, u64)> =
        [Method::Lbfgs, Method::TrustRegion, Method::GradientDescent]
            .into_iter()
            .flat_map(|method| {
                let seeds = seeds(method, objective);
                [Initialisation::Zero, Initialisation::One]
                    .into_iter()
                    .flat_map(move |region| (0..seeds).map(move |seed| (method, region, seed)))
            })
            .collect();
    jobs.into_par_iter()
        .map(|(method, region, seed)| {
            let from = start(region, d, tau, seed);
            let (end, steps) = match method {
                Method::GradientDescent => descend(objective, from, targets),
                Method::TrustRegion => {
                    let end = trust_region_smooth(Both(objective), from, &SolverBudget::default());
                    (end.w, end.steps)
                }
                Method::Lbfgs | Method::Bfgs => {
                    let end = lbfgs_smooth(Both(objective), MEMORY, from, &SolverBudget::default());
                    (end.w, end.steps)
                }
            };
            progress();
            judge(objective, targets, &end, (method, region, seed, steps))
        })
        .collect()
}

/// How many runs [`confirm_empirical`] makes.
#[must_use]
pub fn empirical_runs(objective: &EmpiricalObjective<'_>) -> u64 {
    [Method::Lbfgs, Method::TrustRegion, Method::GradientDescent]
        .into_iter()
        .map(|method| 2 * seeds(method, objective))
        .sum()
}

fn seeds(method: Method, objective: &EmpiricalObjective<'_>) -> u64 {
    let evaluations = if method == Method::GradientDescent {
        20_000.0
    } else {
        300.0
    };
    let most = if method == Method::GradientDescent {
        3
    } else {
        MOST_SEEDS
    };
    ((WORK / (2.0 * size(objective) * evaluations)) as u64).clamp(1, most)
}

/// About as many operations as a gradient takes: the products, and a hundred for each point; thousands where the views'
/// noise is strong and averages are sums.
fn size(objective: &EmpiricalObjective<'_>) -> f64 {
    let averages = if objective.view_variance() > 3e-3 {
        5000.0
    } else {
        100.0
    };
    objective.points_count() as f64 * (4.0 * objective.dimension() as f64 + averages)
}

fn judge(
    objective: &EmpiricalObjective<'_>,
    targets: &[EmpiricalTarget; 2],
    end: &DVector<f64>,
    (method, initialisation, seed, steps): (Method, Initialisation, u64, u64),
) -> EmpiricalRun {
    let both = Both(objective);
    let mut gradient = vec![0.0; end.len()];
    both.gradient(end.as_slice(), &mut gradient);
    let gradient_norm = length(gradient.iter().copied());
    let rows = end.as_slice().split_at(end.len() / 2);
    let [first, second] = [rows.0, rows.1].map(|row| nearest(targets, row));
    let inside = |(side, distance): (usize, f64)| distance < targets[side].radius;
    let outcome = if inside(first) && inside(second) {
        if first.0 == second.0 {
            EmpiricalOutcome::SameMinimum
        } else {
            EmpiricalOutcome::Minimum
        }
    } else if gradient_norm <= TOLERANCE {
        EmpiricalOutcome::StationaryElsewhere
    } else {
        EmpiricalOutcome::NotFinished
    };
    EmpiricalRun {
        method,
        initialisation,
        seed,
        steps,
        value: both.value(end.as_slice()),
        gradient_norm,
        distance: first.1.hypot(second.1),
        outcome,
    }
}

/// The nearer target of a row, and the distance to its centre.
fn nearest(targets: &[EmpiricalTarget; 2], row: &[f64]) -> (usize, f64) {
    let [first, second] = targets
        .each_ref()
        .map(|t| length(row.iter().zip(&t.centre).map(|(w, c)| w - c)));
    if first <= second {
        (0, first)
    } else {
        (1, second)
    }
}

fn length(v: impl Iterator<Item = f64>) -> f64 {
    v.map(|x| x * x).sum::<f64>().sqrt()
}

/// Gradient descent with the published step.
fn descend(
    objective: &EmpiricalObjective<'_>,
    from: DVector<f64>,
    targets: &[EmpiricalTarget; 2],
) -> (DVector<f64>, u64) {
    let both = Both(objective);
    let mut w = from;
    let mut gradient = vec![0.0; w.len()];
    let mut steps = 0;
    let affordable = (WORK / (2.0 * size(objective))) as u64;
    let limit = affordable.clamp(100, MOST_STEPS);
    while steps < limit {
        both.gradient(w.as_slice(), &mut gradient);
        for (w, g) in w.iter_mut().zip(&gradient) {
            *w -= STEP * g;
        }
        steps += 1;
        if steps.is_multiple_of(64) {
            let rows = w.as_slice().split_at(w.len() / 2);
            let arrived = [rows.0, rows.1].iter().all(|row| {
                let (side, distance) = nearest(targets, row);
                distance < 0.5 * targets[side].radius
            });
            if arrived {
                break;
            }
        }
    }
    (w, steps)
}

/// `L_X(W) = ℓ_X(w_1) + ℓ_X(w_2)`.
#[derive(Clone, Copy)]
struct Both<'a>(&'a EmpiricalObjective<'a>);

impl<'a> SmoothObjective for Both<'a> {
    type Hessian = [EmpiricalHessian<'a>; 2];

    fn value(&self, w: &[f64]) -> f64 {
        let (first, second) = w.split_at(w.len() / 2);
        self.0.value(first) + self.0.value(second)
    }

    fn gradient(&self, w: &[f64], out: &mut [f64]) {
        let (first, second) = w.split_at(w.len() / 2);
        let (out_first, out_second) = out.split_at_mut(first.len());
        self.0.gradient(first, out_first);
        self.0.gradient(second, out_second);
    }

    fn hessian(&self, w: &[f64]) -> Self::Hessian {
        let (first, second) = w.split_at(w.len() / 2);
        [self.0.hessian(first), self.0.hessian(second)]
    }
}

impl LinearOperator for [EmpiricalHessian<'_>; 2] {
    fn apply(&self, v: &[f64], out: &mut [f64]) {
        let (v_first, v_second) = v.split_at(v.len() / 2);
        let (out_first, out_second) = out.split_at_mut(v_first.len());
        self[0].apply(v_first, out_first);
        self[1].apply(v_second, out_second);
    }

    fn is_finite(&self) -> bool {
        self.iter().all(EmpiricalHessian::is_finite)
    }
}
