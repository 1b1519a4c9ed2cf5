//! Runs a solver of argmin until the gradient is small, whatever the solver thinks.
//!
//! argmin 0.11's `TrustRegion` never stops before its iteration limit, and its BFGS and
//! L-BFGS stop on the change of the cost, with a gradient of `1e-7` still to go. The
//! wrapper [`UntilStationary`] replaces the stopping rule of all three by the norm of the
//! gradient. It also keeps the last iterate, which argmin's executor drops when a line
//! search fails; such a failure starts the solver afresh from there.

use std::cell::Cell;

use argmin::core::{
    Error, Executor, IterState, KV, Problem, Solver, State, TerminationReason, TerminationStatus,
};
use nalgebra::DVector;

use super::full::FullObjective;
use super::smooth::SmoothObjective;

/// Limits of one run of a solver.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SolverBudget {
    /// The run ends when `|grad L|` is at most this. Far below what
    /// [`classify`](super::classify) asks for, so that the end point is a digit better than it must be.
    pub gradient_goal: f64,
    /// Iterations of one attempt.
    pub steps: u64,
    /// Attempts: a solver that fails, or has used up its iterations, starts afresh where it stands.
    pub attempts: u32,
    /// Evaluations of values, gradients and Hessians, over all attempts.
    pub evaluations: u64,
}

impl Default for SolverBudget {
    fn default() -> Self {
        Self {
            gradient_goal: 1e-8,
            steps: 300,
            attempts: 4,
            evaluations: 20_000,
        }
    }
}

/// Where a solver ended.
#[derive(Clone, Debug, PartialEq)]
pub struct EndPoint {
    /// The last iterate.
    pub w: DVector<f64>,
    /// Iterations, over all attempts.
    pub steps: u64,
    /// Why the run ended short of its gradient goal, if it did.
    pub note: Option<String>,
}

/// The state of a solver with matrix `H` (nothing, a Hessian, an inverse Hessian).
pub(super) type SolverState<H> = IterState<DVector<f64>, DVector<f64>, (), H, (), f64>;

/// Runs `new_solver()` from `start` until the gradient is small, or the budget is spent.
///
/// `prepare` sets what the solver wants in its state besides the starting point.
pub(super) fn minimise<P, S, H>(
    objective: P,
    start: DVector<f64>,
    budget: &SolverBudget,
    new_solver: impl Fn() -> Result<S, Error>,
    prepare: impl Fn(SolverState<H>) -> SolverState<H>,
) -> EndPoint
where
    P: SmoothObjective + Copy,
    S: for<'b> Solver<FullObjective<'b, P>, SolverState<H>>,
    H: Clone,
{
    let evaluations_left = Cell::new(budget.evaluations);
    let mut end = EndPoint {
        w: start,
        steps: 0,
        note: None,
    };
    for _ in 0..budget.attempts {
        match attempt(
            FullObjective::of(objective, &evaluations_left),
            &end.w,
            budget,
            new_solver(),
            &prepare,
        ) {
            Ok(Attempt { last: None, note }) => {
                end.note = note;
                break; // Not a single step: another attempt would be the same again.
            }
            Ok(Attempt {
                last: Some(last),
                note,
            }) => {
                end.w = last.w;
                end.steps += last.steps;
                end.note = note;
            }
            Err(error) => {
                end.note = Some(error.to_string());
                break;
            }
        }
        if end.note.is_none() || evaluations_left.get() == 0 {
            break;
        }
    }
    end
}

struct Attempt {
    last: Option<Last>,
    note: Option<String>,
}

fn attempt<'a, P, S, H>(
    problem: FullObjective<'a, P>,
    start: &DVector<f64>,
    budget: &SolverBudget,
    solver: Result<S, Error>,
    prepare: &impl Fn(SolverState<H>) -> SolverState<H>,
) -> Result<Attempt, Error>
where
    S: Solver<FullObjective<'a, P>, SolverState<H>>,
    H: Clone,
{
    let solver = UntilStationary {
        inner: solver?,
        gradient_goal: budget.gradient_goal,
        last: None,
    };
    let mut result = Executor::new(problem, solver)
        .configure(|state| prepare(state.param(start.clone()).max_iters(budget.steps)))
        .ctrlc(false)
        .timer(false)
        .run()?;
    let note = match result.state.get_termination_reason() {
        Some(TerminationReason::SolverConverged) => None,
        Some(reason) => Some(reason.text().to_owned()),
        None => Some("stopped without a reason".to_owned()),
    };
    Ok(Attempt {
        last: result.solver.last.take(),
        note,
    })
}

/// A solver whose only stopping rules are the norm of the gradient and the budget.
#[derive(Clone)]
struct UntilStationary<S> {
    inner: S,
    gradient_goal: f64,
    last: Option<Last>,
}

/// The iterate after the last step that did not fail.
#[derive(Clone)]
struct Last {
    w: DVector<f64>,
    steps: u64,
}

impl<O, S, H> Solver<O, SolverState<H>> for UntilStationary<S>
where
    S: Solver<O, SolverState<H>>,
    H: Clone,
{
    fn name(&self) -> &str {
        self.inner.name()
    }

    fn init(
        &mut self,
        problem: &mut Problem<O>,
        state: SolverState<H>,
    ) -> Result<(SolverState<H>, Option<KV>), Error> {
        self.inner.init(problem, state)
    }

    fn next_iter(
        &mut self,
        problem: &mut Problem<O>,
        state: SolverState<H>,
    ) -> Result<(SolverState<H>, Option<KV>), Error> {
        let steps = state.get_iter() + 1;
        match self.inner.next_iter(problem, state) {
            Ok((state, kv)) => {
                // A failed line search of L-BFGS comes back as a state without a point.
                if let Some(w) = state.get_param() {
                    self.last = Some(Last {
                        w: w.clone(),
                        steps,
                    });
                }
                Ok((state, kv))
            }
            // The error would make the executor drop the iterate; it is a reason to stop.
            Err(error) => Ok((
                SolverState::new().terminate_with(TerminationReason::SolverExit(error.to_string())),
                None,
            )),
        }
    }

    fn terminate(&mut self, state: &SolverState<H>) -> TerminationStatus {
        match state.get_gradient() {
            Some(gradient) if gradient.norm() <= self.gradient_goal => {
                TerminationStatus::Terminated(TerminationReason::SolverConverged)
            }
            _ => TerminationStatus::NotTerminated,
        }
    }
}
