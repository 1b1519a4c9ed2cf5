//! What an enclosure of the Gaussian averages `M_ij(m; v, v)` costs, by both routes and as floats.
//!
//! - `enclosure/moments/G/v=…`: `G = M_00` alone, aimed at a width under 1e-12;
//! - `enclosure/moments/order 4/v=…`: all `M_ij` with `i + j <= 4`, which a Jacobian needs.
//!
//! A route's set-up (weights, remainders) is included, except in `trapezoid, prepared`: one set-up
//! serves every `m` at the same variances. The achieved width stands in the benchmark's
//! name; where the series cannot reach the aim, its best number of terms is taken and the
//! name says how wide that leaves the enclosure.

mod setup;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use minlift::gaussian::series::SeriesRule;
use minlift::gaussian::trapezoid::{TrapezoidRule, enclose};
use minlift::gaussian::{Activation, MomentRule, MomentTable, MomentsApprox};
use minlift::interval::Interval;

const PHI: Activation = Activation::SIGMOID;
/// What `G` is to be enclosed to.
const AIM: f64 = 1e-12;
/// The quadrature error or remainder aimed at: leaves room for rounding.
const TARGET: f64 = 2e-14;
/// What the model's floats aim at.
const FLOAT_TARGET: f64 = 1e-13;
/// Where: one of the paper's `w·μ`.
const M: f64 = 3.8;
/// A width from here on says nothing of a number in `[0, 1]`.
const USELESS: f64 = 0.1;

/// The widest `M_ij` with `i + j <= order`.
fn width(table: &MomentTable<Interval>) -> f64 {
    let order = table.order();
    (0..=order)
        .flat_map(|i| (i..=order.saturating_sub(i)).map(move |j| (i, j)))
        .map(|(i, j)| table.get(i, j).width())
        .fold(0.0, f64::max)
}

/// The fewest terms that reach [`TARGET`], or the number that comes nearest.
fn best_terms(v: f64, order: usize) -> (usize, f64) {
    let v = Interval::point(v);
    let mut best = (1, f64::INFINITY);
    for terms in 1..=14 {
        let rule = SeriesRule::new(&PHI, v, v, order, terms);
        let reached = width(&rule.table(&PHI, Interval::point(M)));
        if reached < 0.5 * best.1 {
            best = (terms, reached);
        }
        if reached <= 2.0 * TARGET {
            break;
        }
    }
    best
}

fn moments(c: &mut Criterion) {
    let m = Interval::point(M);
    for (what, order) in [("G", 0), ("order 4", 4)] {
        for v in [1e-6, 0.0169, 0.1, 1.0, 17.0] {
            let variance = Interval::point(v);
            let mut group = c.benchmark_group(format!("enclosure/moments/{what}/v={v}"));
            group.bench_function("float", |b| {
                let floats = MomentsApprox::new(&PHI, 1.0, 1.0, order, FLOAT_TARGET);
                b.iter(|| floats.tables(black_box([M; 4]), black_box(v)));
            });

            let (terms, reached) = best_terms(v, order);
            if reached < USELESS {
                let id = BenchmarkId::new("series", format!("{terms} terms, width {reached:.1e}"));
                group.bench_function(id, |b| {
                    b.iter(|| {
                        let v = black_box(variance);
                        SeriesRule::new(&PHI, v, v, order, terms).table(&PHI, black_box(m))
                    });
                });
            } else {
                eprintln!(
                    "enclosure/moments/{what}/v={v}: the series leaves a width of {reached:.1e}"
                );
            }

            let trapezoid = |v| TrapezoidRule::new(&PHI, v, v, order, TARGET).expect("a variance");
            let prepared = trapezoid(v);
            let reached = width(&enclose(&prepared, M));
            assert!(
                order > 0 || reached < AIM,
                "v = {v}: a width of {reached:e}"
            );
            let nodes = format!("{} nodes, width {reached:.1e}", prepared.nodes());
            group.bench_function(BenchmarkId::new("trapezoid", &nodes), |b| {
                b.iter(|| enclose(&trapezoid(black_box(v)), black_box(M)));
            });
            group.bench_function(BenchmarkId::new("trapezoid, prepared", &nodes), |b| {
                b.iter(|| enclose(black_box(&prepared), black_box(M)));
            });

            let rule = |v| MomentRule::new(&PHI, v, v, order, TARGET);
            let route = rule(variance).route();
            eprintln!("enclosure/moments/{what}/v={v}: the rule chooses {route:?}");
            group.bench_function("the rule's choice", |b| {
                b.iter(|| rule(black_box(variance)).table(black_box(m)));
            });
            group.finish();
        }
    }
}

criterion_group! {
    name = benches;
    config = setup::criterion();
    targets = moments
}
criterion_main!(benches);
