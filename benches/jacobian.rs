//! What gradient and Jacobian of the exact row objective cost, as floats and as enclosures.
//!
//! - `jacobian/exact/d=…`: floats at full length `d`. `structured` is `κI + U M Uᵀ` from `w`; `product` also
//!   applies it to a vector. Beside them: forward differences of the gradient, the dense matrix,
//!   and plain passes over `w`, the least that anything depending on all of `w` can take.
//! - `enclosure/jacobian/…`: the same quantities in intervals, beside the floats. `in the plane` has no
//!   pass over `w`; `d=…` has.

mod setup;

use std::hint::black_box;

use criterion::measurement::WallTime;
use criterion::{BatchSize, BenchmarkGroup, Criterion, criterion_group, criterion_main};
use minlift::interval::Interval;
use minlift::model::{RowJacobian, RowObjective};
use nalgebra::DMatrix;

use setup::{PLANE, claim, norm_sqr, row};

/// `A(w)` from all coordinates: one pass over `w` for the norm.
fn structured(objective: &RowObjective<f64>, w: &[f64]) -> RowJacobian<f64> {
    objective.jacobian([w[0], w[1]], norm_sqr(&w[2..]))
}

/// A step of the size that balances truncation and rounding.
const STEP: f64 = 1e-7;

/// `A` column by column: `d + 1` gradients.
fn forward_differences(objective: &RowObjective<f64>, w: &[f64]) -> DMatrix<f64> {
    let d = w.len();
    let mut at = w.to_vec();
    let (mut here, mut there) = (vec![0.0; d], vec![0.0; d]);
    confirm_gradient(objective, w, &mut here);
    let mut matrix = DMatrix::zeros(d, d);
    for (j, mut column) in matrix.column_iter_mut().enumerate() {
        at[j] = w[j] + STEP;
        confirm_gradient(objective, &at, &mut there);
        at[j] = w[j];
        for ((slot, &b), &a) in column.iter_mut().zip(&there).zip(&here) {
            *slot = (b - a) / STEP;
        }
    }
    matrix
}

/// The gradient in all coordinates, as the optimisers call it.
fn confirm_gradient(objective: &RowObjective<f64>, w: &[f64], out: &mut [f64]) {
    minlift::confirm::RowObjective::gradient(objective, w, out);
}

/// The differences are those of the matrix that is timed beside them.
fn check(objective: &RowObjective<f64>, w: &[f64]) {
    let gap = (forward_differences(objective, w) - structured(objective, w).dense(w)).amax();
    assert!(gap < 1e-6, "forward differences are {gap} off");
}

fn exact(c: &mut Criterion) {
    for d in [10, 1_000, 1_000_000] {
        let objective = claim(d as u64).exact::<f64>();
        let (w, v, mut out) = (row(d, 1), row(d, 2), vec![0.0; d]);
        let mut group = c.benchmark_group(format!("jacobian/exact/d={d}"));
        group.bench_function("gradient", |b| {
            b.iter(|| confirm_gradient(&objective, black_box(&w), black_box(&mut out)));
        });
        group.bench_function("structured", |b| {
            b.iter(|| structured(&objective, black_box(&w)));
        });
        group.bench_function("structured, product with a vector", |b| {
            b.iter(|| structured(&objective, black_box(&w)).apply(&w, black_box(&v), &mut out));
        });
        group.bench_function("product with a vector by forward differences", |b| {
            let (mut here, mut at) = (vec![0.0; d], vec![0.0; d]);
            b.iter(|| {
                for ((x, &w), &v) in at.iter_mut().zip(black_box(&w)).zip(black_box(&v)) {
                    *x = w + STEP * v;
                }
                confirm_gradient(&objective, &w, &mut here);
                confirm_gradient(&objective, &at, &mut out);
                for (slot, &a) in out.iter_mut().zip(&here) {
                    *slot = (*slot - a) / STEP;
                }
            });
        });
        passes(&mut group, &w, &v, &mut out);
        if d <= 1_000 {
            check(&objective, &w);
            group.bench_function("dense, by forward differences", |b| {
                b.iter_batched(
                    || (),
                    |()| forward_differences(&objective, black_box(&w)),
                    BatchSize::PerIteration,
                );
            });
            group.bench_function("dense, assembled", |b| {
                b.iter_batched(
                    || (),
                    |()| structured(&objective, black_box(&w)).dense(&w),
                    BatchSize::PerIteration,
                );
            });
        }
        group.finish();
    }
}

/// Yardsticks: `‖w‖²` twice, and the passes that any product `a v + b (w·v) w` makes.
fn passes(group: &mut BenchmarkGroup<'_, WallTime>, w: &[f64], v: &[f64], out: &mut [f64]) {
    group.bench_function("two passes over w", |b| {
        b.iter(|| norm_sqr(black_box(w)) + norm_sqr(black_box(w)));
    });
    group.bench_function("the passes of a product", |b| {
        b.iter(|| {
            let factor = norm_sqr(black_box(w)).recip();
            let along = dot(black_box(w), black_box(v)) * factor;
            for ((slot, &w), &v) in out.iter_mut().zip(w).zip(v) {
                *slot = factor * v + along * w;
            }
            black_box(&mut *out);
        });
    });
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    let ((a8, a_rest), (b8, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut sums = [0.0; 8];
    for (a, b) in a8.iter().zip(b8) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    let rest: f64 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    sums.iter().sum::<f64>() + rest
}

/// Half the width of the narrow box.
const RADIUS: f64 = 1e-6;

fn enclosed(c: &mut Criterion) {
    let claim = claim(10);
    let (floats, intervals) = (claim.exact::<f64>(), claim.exact::<Interval>());
    let point = PLANE.map(Interval::point);
    let narrow = PLANE.map(|x| Interval::ball(x, RADIUS));
    let zero = Interval::ZERO;
    let width = |w: [Interval; 2]| {
        let entries = intervals.jacobian(w, zero).plane_block();
        entries.iter().map(|x| x.width()).fold(0.0, f64::max)
    };
    eprintln!(
        "jacobian/enclosed: widest entry {:.1e} at a point, {:.1e} on a box of radius {RADIUS:e}",
        width(point),
        width(narrow)
    );

    let mut group = c.benchmark_group("enclosure/jacobian/gradient in the plane");
    group.bench_function("float", |b| {
        b.iter(|| floats.gradient(black_box(PLANE), 0.0));
    });
    group.bench_function("at a point", |b| {
        b.iter(|| intervals.gradient(black_box(point), zero));
    });
    group.bench_function("on a narrow box", |b| {
        b.iter(|| intervals.gradient(black_box(narrow), zero));
    });
    group.finish();

    let mut group = c.benchmark_group("enclosure/jacobian/jacobian in the plane");
    group.bench_function("float", |b| {
        b.iter(|| floats.jacobian(black_box(PLANE), 0.0));
    });
    group.bench_function("at a point", |b| {
        b.iter(|| intervals.jacobian(black_box(point), zero));
    });
    group.bench_function("on a narrow box", |b| {
        b.iter(|| intervals.jacobian(black_box(narrow), zero));
    });
    group.finish();

    for d in [10, 1_000] {
        enclosed_at_full_length(c, d);
    }
}

/// The norm of `w`, the Jacobian, and its product with a vector, all in intervals.
fn enclosed_at_full_length(c: &mut Criterion, d: usize) {
    let objective = setup::claim(d as u64).exact::<Interval>();
    let boxes = |v: Vec<f64>| -> Vec<Interval> {
        v.into_iter().map(|x| Interval::ball(x, RADIUS)).collect()
    };
    let (w, v) = (boxes(row(d, 1)), boxes(row(d, 2)));
    let mut out = vec![Interval::ZERO; d];
    let structured = |w: &[Interval]| {
        let perp_sqr = w[2..].iter().map(|x| x.sqr()).sum();
        objective.jacobian([w[0], w[1]], perp_sqr)
    };
    let mut group = c.benchmark_group(format!("enclosure/jacobian/d={d}, narrow box"));
    group.bench_function("structured, product with a vector", |b| {
        b.iter(|| structured(black_box(&w)).apply(&w, black_box(&v), &mut out));
    });
    group.bench_function("dense, assembled", |b| {
        b.iter_batched(
            || (),
            |()| structured(black_box(&w)).dense(&w),
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

/// Values for `benches/compare`, at a row that needs no generator: `(3.5, 1.25, 1/2, -1/2, 1/2, …)`.
fn values(_: &mut Criterion) {
    let mut csv = "d,quantity,value\n".to_owned();
    for d in [10, 1_000, 10_000] {
        let mut w = vec![0.5; d];
        w.iter_mut().skip(1).step_by(2).for_each(|x| *x = -0.5);
        w[..2].copy_from_slice(&PLANE);
        let objective = claim(d as u64).exact::<f64>();
        let perp_sqr = norm_sqr(&w[2..]);
        let ([g1, g2], kappa) = objective.gradient(PLANE, perp_sqr);
        let a = objective.jacobian(PLANE, perp_sqr);
        let [f11, f12, f22] = a.features;
        let [c1, c2] = a.coupling;
        for (quantity, value) in [
            ("gradient_1", g1),
            ("gradient_2", g2),
            ("kappa", kappa),
            ("features_11", f11),
            ("features_12", f12),
            ("features_22", f22),
            ("coupling_1", c1),
            ("coupling_2", c2),
            ("radial", a.radial),
        ] {
            csv += &format!("{d},{quantity},{value:e}\n");
        }
    }
    let file = concat!(env!("CARGO_TARGET_TMPDIR"), "/jacobian_values.csv");
    std::fs::write(file, csv).expect("a writable target directory");
}

criterion_group! {
    name = benches;
    config = setup::criterion();
    targets = values, exact, enclosed
}
criterion_main!(benches);
