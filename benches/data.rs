//! What `Xᵀ diag(w) X` over `n = 10 000` points costs, beside what it is made of.
//!
//! - `jacobian/data/gram/d=…/1 thread`, `…/all threads`: the float product `n d²`;
//! - `…/enclosed`: the same with its radius, one thread;
//! - `…/full product`: `Xᵀ X` by faer in full, `2 n d²`: the machine's rate in the same run;
//! - `…/nalgebra, scaled copy`: the plain two steps, where it is not too slow.
//!
//! The rates each median amounts to are printed by dividing: throughput is set to `n d²` multiply-adds
//! for the products of symmetric result, `2 n d²` for the full one.

mod setup;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use faer::linalg::matmul::matmul;
use faer::{Accum, Mat, MatRef, Par};
use minlift::linear::{enclosed_gram, weighted_gram};
use nalgebra::DMatrix;
use rand::{Rng, SeedableRng};
use rand_distr::StandardNormal;
use rand_xoshiro::Xoshiro256PlusPlus;

const POINTS: usize = 10_000;
/// Above it nalgebra's product takes seconds.
const PEER: usize = 100;

fn gram(c: &mut Criterion) {
    let one = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a pool of one thread");
    for d in [10, 100, 1000] {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(1);
        let x = DMatrix::from_fn(POINTS, d, |_, _| rng.sample::<f64, _>(StandardNormal));
        let w: Vec<f64> = (0..POINTS).map(|_| rng.random_range(-1.0..1.0)).collect();
        let radii = vec![1e-15; POINTS];
        let work = (POINTS * d * d) as u64;

        let mut group = c.benchmark_group(format!("jacobian/data/gram/d={d}"));
        group.throughput(Throughput::Elements(work));
        group.bench_function("1 thread", |b| {
            one.install(|| b.iter(|| weighted_gram(black_box(&x), &w)));
        });
        group.bench_function("all threads", |b| {
            b.iter(|| weighted_gram(black_box(&x), &w));
        });
        group.bench_function("enclosed", |b| {
            one.install(|| b.iter(|| enclosed_gram(black_box(&x), &w, &radii)));
        });
        if d <= PEER {
            group.bench_function("nalgebra, scaled copy", |b| {
                b.iter(|| {
                    let mut scaled = black_box(&x).clone();
                    for (mut row, w) in scaled.row_iter_mut().zip(&w) {
                        row *= *w;
                    }
                    let mut sum = DMatrix::zeros(d, d);
                    sum.gemm_tr(1.0, &x, &scaled, 0.0);
                    sum
                });
            });
        }
        group.throughput(Throughput::Elements(2 * work));
        group.bench_function("full product", |b| {
            let x = MatRef::from_column_major_slice(x.as_slice(), POINTS, d);
            let mut product = Mat::<f64>::zeros(d, d);
            b.iter(|| {
                let into = product.as_mut();
                matmul(
                    into,
                    Accum::Replace,
                    black_box(x).transpose(),
                    x,
                    1.0,
                    Par::Seq,
                );
            });
        });
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = setup::criterion();
    targets = gram
}
criterion_main!(benches);
