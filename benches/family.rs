//! What a statement about many objectives costs.
//!
//! - `family/every dimension`: the theorem for every `d >= 2` with its constants, beside as many single claims as the certificate for
//!   all larger dimensions replaces up to `d = 20`;
//! - `family/critical points/…`: branch and bound with index, over the square `[-8, 8]²` and over the a-priori disc, beside the same search without
//!   mirror symmetry and feature coordinates (whole square, no index);
//! - `family/box`: 11 boxes of parameters with links, beside the single claim at its middle, which says nothing of the rest;
//! - `family/branch`, `family/descent/…`: the branch to `d = 2`; a proved rate, beside the thousand descents that prove nothing.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use minlift::claim::family::{
    BranchEvidence, DescentEvidence, EveryDimension, GlobalEvidence, RegionEvidence,
    critical_points_in,
};
use minlift::claim::{Claim, ClaimVerdict, decide};
use minlift::interval::Interval;
use minlift::theorem::{SearchLimits, all_zeros};

fn claim(fields: &str) -> Claim {
    let text = format!("name = 'bench'\nalpha = '1/800'\n{fields}");
    Claim::from_toml(&text, "bench.toml").expect("a claim")
}

fn at(d: u64) -> Claim {
    claim(&format!("tau = 7\nd = {d}"))
}

fn every_dimension(c: &mut Criterion) {
    let all = claim("tau = 7\nd = '>=2'");
    assert_eq!(
        EveryDimension::of(&all).decision.verdict,
        ClaimVerdict::Verified
    );
    let singles: Vec<Claim> = (2..=20).map(at).collect();
    let mut group = c.benchmark_group("family/every dimension");
    group.sample_size(10);
    group.bench_function("d >= 2", |b| b.iter(|| EveryDimension::of(black_box(&all))));
    group.bench_function("single claims, d = 2 to 20", |b| {
        b.iter(|| singles.iter().map(decide).count());
    });
    group.finish();
}

fn critical_points(c: &mut Criterion) {
    let simplified = claim("tau = 7\nd = 10\nrho = 0");
    let (d10, d2) = (at(10), at(2));
    let search = |claim: &Claim, reach: f64| {
        let found = critical_points_in(claim, reach);
        assert_eq!(found.open, 0);
        found
    };
    for (name, claim, reach) in [
        ("simplified, [-8, 8]^2", &simplified, 8.0),
        ("simplified, disc", &simplified, 13.4),
        ("d = 10, disc", &d10, 13.4),
        ("d = 2, disc", &d2, 13.4),
    ] {
        let boxes = search(claim, reach).boxes;
        println!("family/critical points/{name}: {boxes} boxes");
        let mut group = c.benchmark_group(format!("family/critical points/{name}"));
        group.sample_size(10);
        group.bench_function("with index", |b| b.iter(|| search(black_box(claim), reach)));
        if claim.d > 2 {
            let system = claim.exact_plane();
            let square = [Interval::new(-reach, reach).expect("ordered"); 2];
            group.bench_function("whole square, no index", |b| {
                b.iter(|| all_zeros(&system, black_box(&square), SearchLimits::default()));
            });
        }
        group.finish();
    }
    let global = claim("tau = 7\nd = 10\nkind = 'global'");
    c.bench_function("family/basin/d = 10", |b| {
        b.iter(|| GlobalEvidence::of(black_box(&global)))
    });
}

fn region(c: &mut Criterion) {
    let text = "name = 'bench'\nd = 10\ntau = [6.5, 7.5]\nalpha = [0.001, 0.0015]";
    let region = Claim::from_toml(text, "bench.toml").expect("a claim");
    let middle = at(10);
    let mut group = c.benchmark_group("family/box");
    group.sample_size(10);
    group.bench_function("all parameters", |b| {
        b.iter(|| RegionEvidence::of(black_box(&region), &|_, _| {}));
    });
    group.bench_function("one point", |b| b.iter(|| decide(black_box(&middle))));
    group.finish();
}

fn branch_and_descent(c: &mut Criterion) {
    let branch = claim("tau = 7\nd = 2\nkind = 'branch'");
    let mut group = c.benchmark_group("family/branch");
    group.sample_size(10);
    group.bench_function("d = 2", |b| {
        b.iter(|| BranchEvidence::within(black_box(&branch), 0))
    });
    group.finish();

    let descent = claim("tau = 7\nd = 10\nkind = 'descent'");
    let evidence = DescentEvidence::of(&descent);
    let row = evidence.rows.first().expect("a row");
    let objective = descent.exact::<f64>();
    let mut group = c.benchmark_group("family/descent/d = 10");
    group.sample_size(10);
    group.bench_function("proof", |b| {
        b.iter(|| DescentEvidence::of(black_box(&descent)))
    });
    group.bench_function("1000 starts, 300 steps, no proof", |b| {
        let minimum = row.minimum.map(Interval::mid);
        b.iter(|| {
            minlift::confirm::contraction(&objective, 7.0, minimum, 0.1, row.rate, 1_000, 300)
        });
    });
    group.finish();
}

criterion_group!(
    benches,
    every_dimension,
    critical_points,
    region,
    branch_and_descent
);
criterion_main!(benches);
