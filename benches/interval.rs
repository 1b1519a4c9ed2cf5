//! What an enclosure costs: each interval operation beside the plain float one.
//!
//! A pass maps 1024 pairs; divide by 1024 for the time per operation. The end
//! points differ, so no function gets away with a single evaluation.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use minlift::interval::Interval;
use minlift::scalar::Scalar;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

const PAIRS: usize = 1024;

/// Numbers of both signs in `[-4, 4]`, at least 1/4 in size, and narrow intervals around them.
fn numbers(seed: u64) -> (Vec<f64>, Vec<Interval>) {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    (0..PAIRS)
        .map(|_| {
            let size = rng.random_range(0.25..4.0);
            let x = if rng.random() { size } else { -size };
            (x, Interval::ball(x, 1e-9))
        })
        .unzip()
}

/// Both versions of one operation over the same numbers.
fn compare(
    c: &mut Criterion,
    name: &str,
    float: impl Fn(f64, f64) -> f64,
    interval: impl Fn(Interval, Interval) -> Interval,
) {
    let ((x, xs), (y, ys)) = (numbers(1), numbers(2));
    let mut group = c.benchmark_group(format!("enclosure/interval/{name}"));
    group.throughput(Throughput::Elements(PAIRS as u64));
    let mut out = vec![0.0; PAIRS];
    group.bench_function("float", |b| {
        b.iter(|| {
            for ((o, &x), &y) in out.iter_mut().zip(black_box(&x)).zip(black_box(&y)) {
                *o = float(x, y);
            }
            black_box(&mut out);
        });
    });
    let mut out = vec![Interval::ZERO; PAIRS];
    group.bench_function("enclosure", |b| {
        b.iter(|| {
            for ((o, &x), &y) in out.iter_mut().zip(black_box(&xs)).zip(black_box(&ys)) {
                *o = interval(x, y);
            }
            black_box(&mut out);
        });
    });
    group.finish();
}

fn arithmetic(c: &mut Criterion) {
    compare(c, "add", |x, y| x + y, |x, y| x + y);
    compare(c, "mul", |x, y| x * y, |x, y| x * y);
    compare(c, "div", |x, y| x / y, |x, y| x / y);
    compare(c, "powi7", |x, _| x.powi(7), |x, _| x.powi(7));
}

fn elementary(c: &mut Criterion) {
    compare(c, "exp", |x, _| Scalar::exp(x), |x, _| x.exp());
    compare(c, "sigmoid", |x, _| Scalar::sigmoid(x), |x, _| x.sigmoid());
}

criterion_group!(benches, arithmetic, elementary);
criterion_main!(benches);
