//! What a step of the optimisers costs.
//!
//! - `optimisers/gradient/d=…`: `(g1, g2, κ)` of one row, from which the whole gradient follows, beside
//!   the gradient in all coordinates and central differences of the value; at the proved minimum
//!   (`near`) and with the norm of a published starting point (`far`), where the averages need more work;
//! - `optimisers/descent/d=…`: time per step of gradient descent on both rows, in the reduced
//!   coordinates and in all of them.

mod setup;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use minlift::confirm::descent::{descend_full, descend_reduced};
use minlift::confirm::{Initialisation, RowObjective as _, Target, Targets, start};

use setup::{PLANE, claim, row};

fn gradient(c: &mut Criterion) {
    for d in [10, 1_000] {
        let objective = claim(d as u64).exact::<f64>();
        let far = (d - 2) as f64;
        let w = row(d, 1);
        let mut out = vec![0.0; d];
        let mut group = c.benchmark_group(format!("optimisers/gradient/d={d}"));
        for (name, perp_sqr) in [("reduced, near", 0.0), ("reduced, far", far)] {
            group.bench_function(name, |b| {
                let [x, y] = PLANE;
                b.iter(|| objective.reduced_gradient(black_box(x), y, black_box(perp_sqr)));
            });
        }
        group.bench_function("all coordinates, far", |b| {
            b.iter(|| {
                let all: &dyn minlift::confirm::RowObjective = &objective;
                all.gradient(black_box(&w), black_box(&mut out));
            });
        });
        group.bench_function("reduced, central differences of the value, near", |b| {
            let h = 1e-5;
            b.iter(|| {
                let [x, y] = black_box(PLANE);
                let slope = |a: [f64; 3], b: [f64; 3]| {
                    objective.value([b[0], b[1]], b[2]) - objective.value([a[0], a[1]], a[2])
                };
                // κ = 2 ∂ℓ/∂‖w_⊥‖².
                [
                    slope([x - h, y, 0.0], [x + h, y, 0.0]) / (2.0 * h),
                    slope([x, y - h, 0.0], [x, y + h, 0.0]) / (2.0 * h),
                    2.0 * slope([x, y, 0.0], [x, y, h]) / h,
                ]
            });
        });
        group.finish();
    }
}

/// Nowhere to arrive: descent takes all its steps.
const NOWHERE: Targets = {
    let never = Target {
        centre: [f64::NAN; 2],
        uniqueness_radius: 0.0,
    };
    Targets {
        minima: [never; 2],
        saddle: None,
    }
};

fn descent(c: &mut Criterion) {
    const STEPS: u64 = 1_000;
    for d in [10, 1_000] {
        let objective = claim(d as u64).exact::<f64>();
        let from = start(Initialisation::Zero, d, 7.0, 0);
        let mut group = c.benchmark_group(format!("optimisers/descent/d={d}"));
        group.throughput(Throughput::Elements(STEPS));
        // Half way: the coordinates off the plane have decayed to a twelfth.
        let near: Vec<f64> = {
            let mut w = from.as_slice().to_vec();
            for row in w.chunks_exact_mut(d) {
                row[2..].iter_mut().for_each(|x| *x /= 12.0);
            }
            w
        };
        for (name, from) in [("far", from.as_slice()), ("near", &near)] {
            group.bench_function(format!("1000 steps, reduced, {name}"), |b| {
                b.iter(|| descend_reduced(&objective, black_box(from), &NOWHERE, STEPS));
            });
            group.bench_function(format!("1000 steps, all coordinates, {name}"), |b| {
                b.iter(|| descend_full(&objective, black_box(from), &NOWHERE, STEPS));
            });
        }
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = setup::criterion();
    targets = gradient, descent
}
criterion_main!(benches);
