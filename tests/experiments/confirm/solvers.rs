//! Each solver by itself: what it is given, and that it computes what its name says.

use std::cell::Cell;

use argmin::core::{CostFunction, Error, Executor, Gradient, Hessian, State};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::BFGS;
use argmin_math::{ArgminAdd, ArgminDot, ArgminEye, ArgminMul, ArgminSub, ArgminTranspose};
use minlift::confirm::descent::{descend_full, descend_reduced};
use minlift::confirm::{
    EndPoint, FullObjective, Initialisation, InverseHessian, RowObjective, Rows, SolverBudget,
    bfgs, lbfgs, start, trust_region,
};
use nalgebra::{DMatrix, DVector};

use super::double_well::DoubleWell;

fn wave(n: usize, frequency: f64) -> DVector<f64> {
    DVector::from_fn(n, |i, _| (frequency * (i as f64 + 1.0)).sin())
}

/// Central differences of step `h` are off by `h^2/6` times a third derivative (at most 1
/// here) and by rounding, `1e-15 / h`: `1e-5` gives less than `1e-9`.
#[test]
fn derivatives_on_all_coordinates_agree_with_differences() {
    let objective = DoubleWell::new(6);
    let evaluations = Cell::new(1000);
    let problem = FullObjective::new(&objective, &evaluations);
    let w = wave(12, 0.7) * 3.0;
    let h = 1e-5;
    let gradient = problem.gradient(&w).unwrap();
    let hessian = problem.hessian(&w).unwrap();
    for i in 0..12 {
        let mut direction = DVector::zeros(12);
        direction[i] = 1.0;
        let (ahead, behind) = (&w + &direction * h, &w - &direction * h);
        let slope = (problem.cost(&ahead).unwrap() - problem.cost(&behind).unwrap()) / (2.0 * h);
        assert!((slope - gradient[i]).abs() < 1e-9, "gradient, {i}");
        let difference =
            (problem.gradient(&ahead).unwrap() - problem.gradient(&behind).unwrap()) / (2.0 * h);
        let column: DVector<f64> = hessian.dot(&direction);
        assert!((difference - column).norm() < 1e-9, "Hessian, column {i}");
    }
}

/// A dense Hessian would take 320 GB here; the operator takes two rows.
#[test]
fn trust_region_needs_the_operator_only() {
    let objective = DoubleWell::new(100_000);
    let begin = start(Initialisation::Zero, 100_000, 7.0, 1);
    let end = trust_region(&objective, begin, &SolverBudget::default());
    assert_eq!(end.note, None);
    let rows = Rows::of(end.w.as_slice());
    assert!(objective.targets().contain(&rows), "{rows:?}");
}

type Solver = fn(&dyn RowObjective, DVector<f64>, &SolverBudget) -> EndPoint;

const SOLVERS: [(&str, Solver); 3] = [
    ("L-BFGS", lbfgs),
    ("trust region", trust_region),
    ("BFGS", bfgs),
];

fn gradient_norm(objective: &dyn RowObjective, w: &DVector<f64>) -> f64 {
    let evaluations = Cell::new(1);
    let problem = FullObjective::new(objective, &evaluations);
    problem.gradient(w).unwrap().norm()
}

#[test]
fn solvers_reach_their_gradient_goal() {
    let objective = DoubleWell::new(10);
    let budget = SolverBudget::default();
    for (name, solver) in SOLVERS {
        let begin = start(Initialisation::Zero, 10, 7.0, 4);
        let end = solver(&objective, begin, &budget);
        assert_eq!(end.note, None, "{name}");
        let reached = gradient_norm(&objective, &end.w);
        assert!(reached <= budget.gradient_goal, "{name}: {reached:e}");
        // argmin's trust region alone would have gone on to its limit.
        assert!(end.steps < budget.steps, "{name}: {} steps", end.steps);
    }
}

/// A gradient of exactly 0 is out of reach: line searches fail, trust region steps vanish. What
/// was reached by then is kept, and the reason is told.
#[test]
fn a_solver_that_fails_keeps_its_last_point() {
    let objective = DoubleWell::new(10);
    let budget = SolverBudget {
        gradient_goal: 0.0,
        ..SolverBudget::default()
    };
    for (name, solver) in SOLVERS {
        let begin = start(Initialisation::One, 10, 7.0, 4);
        let end = solver(&objective, begin, &budget);
        let reached = gradient_norm(&objective, &end.w);
        assert!(reached < 1e-7, "{name}: {reached:e}");
        assert!(end.note.is_some(), "{name}");
        assert!(end.steps <= budget.steps * u64::from(budget.attempts));
    }
}

/// One update of the inverse Hessian, as argmin writes it.
fn update<V, H>(matrix: &H, s: &V, y: &V, rho: f64) -> H
where
    V: ArgminDot<V, H>,
    H: ArgminDot<H, H>
        + ArgminSub<H, H>
        + ArgminAdd<H, H>
        + ArgminMul<f64, H>
        + ArgminTranspose<H>
        + ArgminEye,
{
    let s_y: H = s.dot(y);
    let s_y = s_y.mul(&rho);
    let left = matrix.eye_like().sub(&s_y);
    let right = matrix.eye_like().sub(&s_y.t());
    let s_s: H = s.dot(s);
    left.dot(&matrix.dot(&right)).add(&s_s.mul(&rho))
}

#[test]
fn expression_equals_the_dense_matrix_of_bfgs() {
    let n = 7;
    let mut expression = InverseHessian::eye(n);
    let mut dense = DMatrix::<f64>::identity(n, n);
    for k in 0..12 {
        let s = wave(n, 0.3 + 0.17 * f64::from(k));
        let y = &s * 0.5 + wave(n, 1.1 + 0.29 * f64::from(k)) * 0.1;
        let rho = 1.0 / s.dot(&y);
        expression = update(&expression, &s, &y, rho);
        let left = DMatrix::identity(n, n) - &s * y.transpose() * rho;
        dense = &left * dense * left.transpose() + &s * s.transpose() * rho;
        let v = wave(n, 2.3);
        let product: DVector<f64> = expression.dot(&v);
        let expected = &dense * &v;
        assert!(
            (product - &expected).norm() < 1e-11 * expected.norm(),
            "update {k}"
        );
        // The secant equation H y = s is what makes it a quasi-Newton matrix.
        let secant: DVector<f64> = expression.dot(&y);
        assert!((secant - &s).norm() < 1e-11 * s.norm(), "update {k}");
        let transposed: DVector<f64> = expression.clone().t().dot(&v);
        assert!((transposed - expected).norm() < 1e-10 * dense.norm());
    }
}

/// `DoubleWell` for argmin's own `Vec` types, with dense matrices.
struct Dense(DoubleWell);

impl CostFunction for Dense {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, w: &Vec<f64>) -> Result<f64, Error> {
        Ok(w.chunks_exact(self.0.d).map(|row| self.0.value(row)).sum())
    }
}

impl Gradient for Dense {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, w: &Vec<f64>) -> Result<Vec<f64>, Error> {
        let mut out = vec![0.0; w.len()];
        let d = self.0.d;
        for (row, out) in w.chunks_exact(d).zip(out.chunks_exact_mut(d)) {
            self.0.gradient(row, out);
        }
        Ok(out)
    }
}

/// The same algorithm with dense matrices visits the same points.
#[test]
fn bfgs_takes_the_steps_of_dense_bfgs() {
    let objective = DoubleWell::new(5);
    let begin = start(Initialisation::One, 5, 7.0, 2);
    for steps in [1, 2, 5, 8] {
        let line_search = MoreThuenteLineSearch::new();
        let dense = Executor::new(Dense(objective.clone()), BFGS::<_, f64>::new(line_search))
            .configure(|state| {
                let identity: Vec<Vec<f64>> = ArgminEye::eye(10);
                state
                    .param(begin.as_slice().to_vec())
                    .inv_hessian(identity)
                    .max_iters(steps)
            })
            .run()
            .unwrap();
        let budget = SolverBudget {
            steps,
            attempts: 1,
            ..SolverBudget::default()
        };
        let ours = bfgs(&objective, begin.clone(), &budget);
        assert_eq!(ours.steps, steps);
        let theirs = DVector::from_vec(dense.state.get_param().unwrap().clone());
        assert!((&ours.w - &begin).norm() > 0.1, "it moves");
        assert!((ours.w - theirs).norm() < 1e-9, "{steps} steps");
    }
}

#[test]
fn reduced_descent_is_full_descent() {
    let objective = DoubleWell::new(50);
    let targets = objective.targets();
    for initialisation in Initialisation::ALL {
        let begin = start(initialisation, 50, 7.0, 9);
        let full = descend_full(&objective, begin.as_slice(), &targets, 200_000);
        let reduced = descend_reduced(&objective, begin.as_slice(), &targets, 200_000);
        assert!(full.steps > 4000 && full.steps < 200_000);
        assert!(full.steps.abs_diff(reduced.steps) <= 1);
        let pairs = [
            (full.end, reduced.end),
            (
                full.at_published_steps.unwrap().0,
                reduced.at_published_steps.unwrap().0,
            ),
        ];
        for (a, b) in pairs {
            for (a, b) in a.row.iter().zip(&b.row) {
                assert!((a.plane[0] - b.plane[0]).abs() < 1e-10);
                assert!((a.plane[1] - b.plane[1]).abs() < 1e-10);
                assert!((a.perpendicular - b.perpendicular).abs() < 1e-6 * a.perpendicular);
            }
            let scale = a.row[0].perpendicular * a.row[1].perpendicular;
            assert!((a.perpendicular_dot - b.perpendicular_dot).abs() < 1e-6 * scale);
        }
    }
}

/// The kernel of descent, against plain steps with the gradient in all coordinates.
#[test]
fn descent_takes_the_published_steps() {
    let objective = DoubleWell::new(10);
    let begin = start(Initialisation::One, 10, 7.0, 3);
    let mut w = begin.as_slice().to_vec();
    let mut gradient = vec![0.0; 10];
    for _ in 0..4000 {
        for row in w.chunks_exact_mut(10) {
            objective.gradient(row, &mut gradient);
            for (x, g) in row.iter_mut().zip(&gradient) {
                *x -= 0.1 * g;
            }
        }
    }
    let targets = objective.targets();
    let descent = descend_full(&objective, begin.as_slice(), &targets, 200_000);
    let (published, _) = descent.at_published_steps.unwrap();
    let plain = Rows::of(&w);
    for (a, b) in published.row.iter().zip(&plain.row) {
        assert!((a.plane[0] - b.plane[0]).abs() < 1e-10);
        assert!((a.plane[1] - b.plane[1]).abs() < 1e-10);
        assert!((a.perpendicular - b.perpendicular).abs() < 1e-10);
    }
}
