//! Trains a probe with argmin: a trust region method, then Newton's.
//!
//! The variables are `θ = (v, c)/V`, `V = max(1, √(ln 2/λ))`, an a-priori bound on `|v|`. That is where argmin 0.11's
//! trust region can work: it doubles its radius only if the step has that length to ten machine epsilons, absolutely,
//! so that with a radius of 1000 it could only shrink. It has no stopping rule and stalls where `R` no longer
//! changes in floats; so it is stopped at [`HAND_OVER`], and Newton's method, which looks at gradients only,
//! goes on. No solver's opinion counts: the best iterate by `|∇R|` is kept, and `|∇R|` is reported.

use std::cell::RefCell;

use argmin::core::{CostFunction, Error, Executor, Gradient, Hessian};
use argmin::solver::newton::Newton;
use argmin::solver::trustregion::{Steihaug, TrustRegion};
use nalgebra::{Matrix3, Vector3};
use thiserror::Error;

use super::logistic::{Expansion, Logistic};
use super::probe::Probe;

/// `|∇R|` in the variables `θ` at which Newton's method takes over: by strong convexity in `v`, with
/// `2λV² >= 2 ln 2`, `v` is then off by about `1e-6` of the scale.
const HAND_OVER: f64 = 1e-6;

/// Iterations of the trust region method; the tests need at most 27.
const TRUST_REGION_STEPS: u64 = 400;

/// Steps of Newton's method; the tests need at most 7.
const NEWTON_STEPS: usize = 30;

/// Three variables: Steihaug's iteration ends after three steps but for rounding.
const INNER_STEPS: u64 = 12;

/// A minimiser as far as it was found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trained {
    pub probe: Probe,
    pub at: Vector3<f64>,
    /// `|∇R(v, c)|`, computed here.
    pub gradient_norm: f64,
}

/// Minimises `R`, starting from `start = (v, c)`.
pub(super) fn train(objective: &Logistic<'_>, start: Vector3<f64>) -> Trained {
    let scale = (2f64.ln() / objective.penalty).sqrt().max(1.0);
    let start = start / scale;
    let scaled = Scaled::new(objective, scale, start);
    if scaled.visit(&start).is_ok() {
        // An error ends the attempt, not the training: the best iterate is in `scaled`.
        let _ended = trust_region(&scaled, start);
    }
    for _ in 0..NEWTON_STEPS {
        let before = scaled.best();
        let _ended = newton_step(&scaled, before.theta);
        // Positive form: stops at NaN, and where rounding lets the gradient shrink no further.
        let improved = scaled.best().gradient_norm < 0.5 * before.gradient_norm;
        if !improved {
            break;
        }
    }
    let best = scaled.best();
    let at = scale * best.theta;
    Trained {
        probe: Probe {
            weights: [at[0], at[1]],
            bias: at[2],
        },
        at,
        gradient_norm: best.gradient_norm / scale,
    }
}

fn trust_region(problem: &Scaled<'_>, start: Vector3<f64>) -> Result<(), Error> {
    let steihaug = Steihaug::<Vector3<f64>, f64>::new().with_max_iters(INNER_STEPS);
    let solver = TrustRegion::new(steihaug).with_radius(1.0)?;
    Executor::new(problem, solver)
        .configure(|state| state.param(start).max_iters(TRUST_REGION_STEPS))
        .ctrlc(false)
        .timer(false)
        .run()?;
    Ok(())
}

fn newton_step(problem: &Scaled<'_>, start: Vector3<f64>) -> Result<(), Error> {
    let result = Executor::new(problem, Newton::<f64>::new())
        .configure(|state| state.param(start).max_iters(1))
        .ctrlc(false)
        .timer(false)
        .run()?;
    if let Some(theta) = result.state.param {
        problem.visit(&theta)?;
    }
    Ok(())
}

/// Why an evaluation ends a solver's run.
#[derive(Clone, Copy, Debug, Error)]
enum Stop {
    /// argmin's iterations may loop or panic on a NaN, so they never get to see one; nor a curvature that
    /// underflows, which happens only where every example is told with a logit of hundreds.
    #[error("not finite, or flat")]
    NotFinite,
    #[error("the gradient is small")]
    Small,
}

#[derive(Clone, Copy, Debug)]
struct Best {
    theta: Vector3<f64>,
    gradient_norm: f64,
}

/// `R` as a function of `θ`. It remembers the last expansion, of which argmin asks the parts one by one, and the
/// iterate with the smallest gradient, which argmin's executor drops when a run ends in an error.
struct Scaled<'a> {
    objective: &'a Logistic<'a>,
    scale: f64,
    last: RefCell<Option<(Vector3<f64>, Expansion)>>,
    best: RefCell<Best>,
}

impl<'a> Scaled<'a> {
    fn new(objective: &'a Logistic<'a>, scale: f64, start: Vector3<f64>) -> Self {
        Self {
            objective,
            scale,
            last: RefCell::new(None),
            best: RefCell::new(Best {
                theta: start,
                gradient_norm: f64::INFINITY,
            }),
        }
    }

    fn best(&self) -> Best {
        *self.best.borrow()
    }

    /// The expansion at `θ`, in `θ`.
    fn expand(&self, theta: &Vector3<f64>) -> Result<Expansion, Stop> {
        if let Some((at, expansion)) = *self.last.borrow()
            && at == *theta
        {
            return Ok(expansion);
        }
        let raw = self.objective.expand(&(self.scale * theta));
        let expansion = Expansion {
            value: raw.value,
            gradient: self.scale * raw.gradient,
            hessian: self.scale * self.scale * raw.hessian,
        };
        let norm = expansion.gradient.norm();
        let usable =
            expansion.value.is_finite() && norm.is_finite() && expansion.hessian.norm().is_finite();
        if !usable {
            return Err(Stop::NotFinite);
        }
        let mut best = self.best.borrow_mut();
        if norm < best.gradient_norm {
            *best = Best {
                theta: *theta,
                gradient_norm: norm,
            };
        }
        *self.last.borrow_mut() = Some((*theta, expansion));
        Ok(expansion)
    }

    /// Evaluates at `θ`, for the record; an error if there is nothing left to do for the trust region.
    fn visit(&self, theta: &Vector3<f64>) -> Result<(), Stop> {
        if self.expand(theta)?.gradient.norm() <= HAND_OVER {
            Err(Stop::Small)
        } else {
            Ok(())
        }
    }
}

impl CostFunction for &Scaled<'_> {
    type Param = Vector3<f64>;
    type Output = f64;

    fn cost(&self, theta: &Vector3<f64>) -> Result<f64, Error> {
        self.visit(theta)?;
        Ok(self.expand(theta)?.value)
    }
}

impl Gradient for &Scaled<'_> {
    type Param = Vector3<f64>;
    type Gradient = Vector3<f64>;

    fn gradient(&self, theta: &Vector3<f64>) -> Result<Vector3<f64>, Error> {
        Ok(self.expand(theta)?.gradient)
    }
}

impl Hessian for &Scaled<'_> {
    type Param = Vector3<f64>;
    type Hessian = Matrix3<f64>;

    fn hessian(&self, theta: &Vector3<f64>) -> Result<Matrix3<f64>, Error> {
        let hessian = self.expand(theta)?.hessian;
        if hessian[(2, 2)] > 1e-200 {
            Ok(hessian)
        } else {
            Err(Stop::NotFinite.into())
        }
    }
}
