//! The objective of a given data set: its Jacobian in floats, enclosed, and the whole certificate.
//!
//! - `jacobian/data/L_X/d=…`: value, gradient, Hessian as an operator and as a matrix, on one thread and on all;
//!   one drawn pair of views per point (two sigmoids a point, no `S_j`), the objective of `benches/compare/jacobian_data`,
//!   as the peer that the scripts of other languages time;
//! - `enclosure/data/d=…`: gradient and Hessian enclosed, a Lipschitz constant, the extreme eigenvalues;
//! - `certificate/data/d=…, n=…`: the decision on one data set, proofs for both rows.

mod setup;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use minlift::claim::{Claim, empirical};
use minlift::linear::{extreme_eigenvalues, weighted_gram};
use minlift::model::empirical::{EmpiricalBall, EmpiricalEnclosure, EmpiricalObjective};
use nalgebra::DMatrix;
use rayon::ThreadPool;

const POINTS: usize = 10_000;

fn claim(d: usize, n: usize) -> Claim {
    let text = format!(
        "name = 'bench'\nkind = 'data'\nd = {d}\nn = {n}\nseed = 1\ntau = 7\nalpha = '1/800'\n"
    );
    Claim::from_toml(&text, "bench.toml").expect("a claim")
}

fn one_thread() -> ThreadPool {
    rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a pool of one thread")
}

/// Near the minimum, with a small part off the plane.
fn near(d: usize) -> Vec<f64> {
    (0..d)
        .map(|j| match j {
            0 => 3.8,
            1 => 1.5,
            _ => 1e-3 / (j as f64),
        })
        .collect()
}

fn jacobian(c: &mut Criterion) {
    let one = one_thread();
    for d in [10, 100, 1000] {
        let claim = claim(d, POINTS);
        let data = claim.data.as_ref().expect("data");
        let objective =
            EmpiricalObjective::new(&data.points, claim.alpha.mid(), claim.rho_view.sqr().mid());
        let w = near(d);
        let mut out = vec![0.0; d];
        let mut group = c.benchmark_group(format!("jacobian/data/L_X/d={d}"));
        group.bench_function("value", |b| {
            one.install(|| b.iter(|| objective.value(black_box(&w))));
        });
        group.bench_function("gradient", |b| {
            one.install(|| b.iter(|| objective.gradient(black_box(&w), &mut out)));
        });
        let hessian = objective.hessian(&w);
        group.bench_function("product with a vector", |b| {
            one.install(|| b.iter(|| hessian.apply(black_box(&w), &mut out)));
        });
        group.throughput(Throughput::Elements((POINTS * d * d) as u64));
        group.bench_function("matrix, one thread", |b| {
            one.install(|| b.iter(|| objective.hessian(black_box(&w)).matrix()));
        });
        group.bench_function("matrix, all threads", |b| {
            b.iter(|| objective.hessian(black_box(&w)).matrix());
        });
        group.bench_function("one drawn pair of views, one thread", |b| {
            let views = [&data.points, &(&data.points * 1.01)];
            one.install(|| b.iter(|| drawn_pair(views, black_box(&w))));
        });
        group.finish();
    }
}

/// `-(1/n) Σ σ(w·x'_i)σ(w·x''_i)`: its Hessian for views that are given, by three weighted products.
fn drawn_pair(views: [&DMatrix<f64>; 2], w: &[f64]) -> DMatrix<f64> {
    let w = nalgebra::DVector::from_column_slice(w);
    let sigmoids = views.map(|x| (x * &w).map(|z| 1.0 / (1.0 + (-z).exp())));
    let scale = -1.0 / views[0].nrows() as f64;
    let weights = |own: usize, other: usize| -> Vec<f64> {
        (sigmoids[own].iter().zip(&sigmoids[other]))
            .map(|(s, t)| scale * s * (1.0 - s) * (1.0 - 2.0 * s) * t)
            .collect()
    };
    let mixed: Vec<f64> = (sigmoids[0].iter().zip(&sigmoids[1]))
        .map(|(s, t)| scale * s * (1.0 - s) * t * (1.0 - t))
        .collect();
    let sum = views[0] + views[1];
    let square = |x: &DMatrix<f64>, weights: &[f64]| weighted_gram(x, weights);
    // xᵀDy + yᵀDx = (x + y)ᵀD(x + y) - xᵀDx - yᵀDy.
    let own: [Vec<f64>; 2] = [(0, 1), (1, 0)].map(|(i, j)| {
        (weights(i, j).iter().zip(&mixed))
            .map(|(a, b)| a - b)
            .collect()
    });
    square(&sum, &mixed) + square(views[0], &own[0]) + square(views[1], &own[1])
}

fn enclosure(c: &mut Criterion) {
    let one = one_thread();
    for d in [10, 100, 1000] {
        let claim = claim(d, POINTS);
        let data = claim.data.as_ref().expect("data");
        let of = EmpiricalEnclosure::new(&data.points, claim.alpha, claim.rho_view.sqr());
        let w = near(d);
        let mut group = c.benchmark_group(format!("enclosure/data/d={d}"));
        group.bench_function("gradient and Hessian, one thread", |b| {
            one.install(|| b.iter(|| of.at(black_box(&w))));
        });
        group.bench_function("gradient and Hessian, all threads", |b| {
            b.iter(|| of.at(black_box(&w)));
        });
        group.bench_function("Lipschitz constant", |b| {
            b.iter(|| EmpiricalBall::about(&of, black_box(&w), 0.01).lipschitz(0.01));
        });
        let at = of.at(&w).expect("an expansion");
        group.bench_function("extreme eigenvalues", |b| {
            b.iter(|| extreme_eigenvalues(black_box(&at.hessian)));
        });
        group.finish();
    }
}

fn certificate(c: &mut Criterion) {
    let one = one_thread();
    for (d, n) in [(10, 100), (50, 2500), (100, 10_000), (1000, 10_000)] {
        let claim = claim(d, n);
        let mut group = c.benchmark_group(format!("certificate/data/d={d}, n={n}"));
        group.sample_size(10);
        group.bench_function("one thread", |b| {
            one.install(|| b.iter(|| empirical::decide(black_box(&claim))));
        });
        group.bench_function("all threads", |b| {
            b.iter(|| empirical::decide(black_box(&claim)));
        });
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = setup::criterion();
    targets = jacobian, enclosure, certificate
}
criterion_main!(benches);
