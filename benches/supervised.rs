//! What gradient and Jacobian of the supervised objective cost, as floats, and a step of descent.
//!
//! - `jacobian/supervised/d=…`: `structured` is the core of ten coordinates and the 2×2 matrix beside it; `product`
//!   also applies it to a vector. Beside them: the gradient, forward differences of it, the dense matrix.
//!   At random rows of the size of the published initialisation; `near the minimum` says so.
//! - `supervised/descent/d=10`: time per step, from the published initialisation and near the minimum.

mod setup;

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use minlift::confirm::supervised::{
    DescentKind, Region, SupervisedPlan, confirm_supervised, descend_supervised, supervised_start,
};
use minlift::interval::{Interval, LiteralError};
use minlift::model::supervised::{PopulationObjective, SupervisedParameters};
use nalgebra::DMatrix;

/// The paper's objective at this dimension.
fn objective(d: u64) -> Result<PopulationObjective, LiteralError> {
    let penalty = Interval::literal("1/800")?;
    Ok(PopulationObjective::new(&SupervisedParameters {
        dimension: d,
        tau: Interval::point(7.0),
        beta: penalty,
        gamma: penalty,
        variance: Interval::point((d as f64).powi(-3)),
        weights: [Interval::point(0.25); 4],
    }))
}

/// Near the minimum, with parts off the plane as they are on the way there.
fn near(d: usize, off: f64) -> Vec<f64> {
    let mut x = supervised_start(d, 1).as_slice().to_vec();
    x.iter_mut().for_each(|x| *x *= off);
    for (k, value) in [(0, 2.63), (d, -2.63), (2 * d, -4.25), (2 * d + 1, 4.25)] {
        x[k] = value;
    }
    x
}

/// A step of the size that balances truncation and rounding.
const STEP: f64 = 1e-6;

/// The Jacobian column by column: `2d + 3` gradients.
fn forward_differences(objective: &PopulationObjective, x: &[f64]) -> DMatrix<f64> {
    let n = x.len();
    let mut at = x.to_vec();
    let (mut here, mut there) = (vec![0.0; n], vec![0.0; n]);
    objective.gradient(x, &mut here);
    let mut matrix = DMatrix::zeros(n, n);
    for (j, mut column) in matrix.column_iter_mut().enumerate() {
        at[j] = x[j] + STEP;
        objective.gradient(&at, &mut there);
        at[j] = x[j];
        for ((slot, &b), &a) in column.iter_mut().zip(&there).zip(&here) {
            *slot = (b - a) / STEP;
        }
    }
    matrix
}

fn dense(objective: &PopulationObjective, x: &[f64]) -> DMatrix<f64> {
    let (jacobian, frame) = objective.jacobian(x);
    jacobian.dense(&frame)
}

fn jacobian(c: &mut Criterion) {
    for d in [10, 1_000, 100_000] {
        let objective = objective(d as u64).expect("a literal");
        let (x, v) = (supervised_start(d, 1), supervised_start(d, 2));
        let (x, v) = (x.as_slice(), v.as_slice());
        let mut out = vec![0.0; x.len()];
        let mut group = c.benchmark_group(format!("jacobian/supervised/d={d}"));
        group.bench_function("gradient", |b| {
            b.iter(|| objective.gradient(black_box(x), black_box(&mut out)));
        });
        group.bench_function("structured", |b| {
            b.iter(|| objective.jacobian(black_box(x)));
        });
        group.bench_function("structured, product with a vector", |b| {
            let (jacobian, frame) = objective.jacobian(x);
            b.iter(|| jacobian.apply(&frame, black_box(v), black_box(&mut out)));
        });
        if d == 10 {
            for (name, off) in [
                ("near the minimum, rows 1e-3 from parallel", 1e-3),
                ("at the minimum", 0.0),
            ] {
                let x = near(d, off);
                group.bench_function(format!("gradient, {name}"), |b| {
                    b.iter(|| objective.gradient(black_box(&x), black_box(&mut out)));
                });
                group.bench_function(format!("structured, {name}"), |b| {
                    b.iter(|| objective.jacobian(black_box(&x)));
                });
            }
        }
        if d <= 1_000 {
            // The differences are those of the matrix that is timed beside them.
            let gap = (forward_differences(&objective, x) - dense(&objective, x)).amax();
            assert!(gap < 1e-3, "forward differences are {gap} off");
            group.bench_function("dense, by forward differences", |b| {
                b.iter_batched(
                    || (),
                    |()| forward_differences(&objective, black_box(x)),
                    BatchSize::PerIteration,
                );
            });
            group.bench_function("dense, assembled", |b| {
                b.iter_batched(
                    || (),
                    |()| dense(&objective, black_box(x)),
                    BatchSize::PerIteration,
                );
            });
        }
        group.finish();
    }
}

fn descent(c: &mut Criterion) {
    const STEPS: u64 = 1_000;
    let objective = objective(10).expect("a literal");
    let mut group = c.benchmark_group("supervised/descent/d=10");
    group.throughput(Throughput::Elements(STEPS));
    for (name, from) in [
        (
            "from the start",
            supervised_start(10, 1).as_slice().to_vec(),
        ),
        ("near the minimum", near(10, 1e-3)),
    ] {
        for (kind, step) in [
            (DescentKind::Simultaneous, "simultaneous"),
            (DescentKind::Alternating, "alternating"),
        ] {
            group.bench_function(format!("1000 steps, {step}, {name}"), |b| {
                b.iter(|| descend_supervised(&objective, black_box(&from), kind, &[], STEPS));
            });
        }
    }
    group.finish();
    c.bench_function("supervised/confirm, 20 seeds", |b| {
        let plan = SupervisedPlan::default();
        let minima = [1.0, -1.0].map(minimum);
        b.iter(|| confirm_supervised(&objective, &minima, &plan, |_| {}));
    });
}

/// A ball about a minimum at `d = 10`.
fn minimum(sign: f64) -> Region {
    let mut transform = [[0.0; 6]; 6];
    for (k, row) in transform.iter_mut().enumerate() {
        row[k] = 1.0;
    }
    Region {
        centre: [2.63, 0.0, -2.63, 0.0, -4.2547, 4.2547].map(|x| sign * x),
        transform,
        beside: [1.0; 2],
        radius: 0.02,
        index: 0,
        name: "minimum".to_owned(),
    }
}

criterion_group! {
    name = benches;
    config = setup::criterion();
    targets = jacobian, descent
}
criterion_main!(benches);
