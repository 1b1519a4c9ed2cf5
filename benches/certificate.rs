//! What a proof costs.
//!
//! - `certificate/steps 1 to 5/d=…`: a claim decided, beside the optimiser that finds the same minimum
//!   in floats and proves nothing;
//! - `certificate/simplified`: the three critical points of L̃ found and proved, from a rough start each, beside a
//!   search of a whole box that needs none;
//! - `certificate/exact minimum/d=…`: the minimum of `ℓ` proved in the invariant plane, as the claims do it,
//!   beside the same engine on all `d` coordinates with dense matrices;
//! - `certificate/supervised/d=…`: the supervised statement decided, its parts, and L-BFGS, which proves nothing;
//! - `certificate/refusal`: no critical point with `w^(1) > 0` beyond the pitchfork.

mod setup;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use minlift::claim::{Claim, ClaimVerdict, decide, supervised};
use minlift::confirm::supervised::supervised_start;
use minlift::confirm::{Initialisation, SolverBudget, lbfgs, lbfgs_smooth, start};
use minlift::interval::Interval;
use minlift::model::RowObjective;
use minlift::model::supervised::PopulationObjective;
use minlift::theorem::{Gradient, SearchLimits, System, Verdict, all_zeros, prove_critical_point};
use nalgebra::{DMatrix, DVector};

use setup::{PLANE, claim};

fn steps_1_to_5(c: &mut Criterion) {
    for d in [2, 10, 20, 1_000_000] {
        let claim = claim(d);
        let mut group = c.benchmark_group(format!("certificate/steps 1 to 5/d={d}"));
        assert_eq!(decide(&claim).verdict, ClaimVerdict::Verified);
        group.bench_function("proof", |b| b.iter(|| decide(black_box(&claim))));
        if d <= 1_000 {
            let objective = claim.exact::<f64>();
            let from = start(Initialisation::Zero, d as usize, 7.0, 0);
            let budget = SolverBudget::default();
            group.bench_function("L-BFGS, no proof", |b| {
                b.iter(|| lbfgs(&objective, black_box(from.clone()), &budget));
            });
        }
        group.finish();
    }
}

fn simplified(c: &mut Criterion) {
    let system = claim(10).simplified_plane();
    let guesses = [[3.5, 1.25], [-3.5, 1.25], [0.0, 1.0]];
    let prove_three = || guesses.map(|guess| prove_critical_point(&system, black_box(&guess)));
    let verdicts = prove_three().map(|proof| proof.verdict);
    let saddle = Verdict::ProvedStationary { index: 1 };
    assert_eq!(
        verdicts,
        [Verdict::ProvedMinimum, Verdict::ProvedMinimum, saddle]
    );

    let domain = [-6.0, -2.0].map(|lo| Interval::new(lo, lo + 12.0).expect("ordered"));
    let limits = SearchLimits::default();
    let found = all_zeros(&system, &domain, limits);
    assert!(found.is_complete() && found.zeros.len() == 3, "{found:?}");

    let mut group = c.benchmark_group("certificate/simplified");
    group.bench_function("three critical points", |b| b.iter(prove_three));
    group.bench_function("one minimum", |b| {
        b.iter(|| prove_critical_point(&system, black_box(&PLANE)));
    });
    group.bench_function("a box of side 12 searched for all", |b| {
        b.iter(|| all_zeros(&system, black_box(&domain), limits));
    });
    group.finish();
}

/// `∇ℓ` on all `d` coordinates, with dense Jacobians: no use of the invariant plane.
struct AllCoordinates {
    intervals: RowObjective<Interval>,
    floats: RowObjective<f64>,
    dimension: usize,
}

impl AllCoordinates {
    fn new(claim: &Claim, dimension: usize) -> Self {
        Self {
            intervals: claim.exact(),
            floats: claim.exact(),
            dimension,
        }
    }
}

impl System for AllCoordinates {
    fn dimension(&self) -> usize {
        self.dimension
    }

    fn value(&self, x: &[Interval]) -> DVector<Interval> {
        let perp_sqr = x[2..].iter().map(|x| x.sqr()).sum();
        let ([g1, g2], kappa) = self.intervals.gradient([x[0], x[1]], perp_sqr);
        DVector::from_fn(x.len(), |i, _| match i {
            0 => g1,
            1 => g2,
            _ => kappa * x[i],
        })
    }

    fn jacobian(&self, x: &[Interval]) -> DMatrix<Interval> {
        let perp_sqr = x[2..].iter().map(|x| x.sqr()).sum();
        self.intervals.jacobian([x[0], x[1]], perp_sqr).dense(x)
    }

    fn value_approx(&self, x: &[f64]) -> DVector<f64> {
        let mut out = DVector::zeros(x.len());
        minlift::confirm::RowObjective::gradient(&self.floats, x, out.as_mut_slice());
        out
    }

    fn jacobian_approx(&self, x: &[f64]) -> DMatrix<f64> {
        let perp_sqr = setup::norm_sqr(&x[2..]);
        self.floats.jacobian([x[0], x[1]], perp_sqr).dense(x)
    }
}

impl Gradient for AllCoordinates {}

fn exact_minimum(c: &mut Criterion) {
    for d in [10, 30] {
        let claim = claim(d as u64);
        let plane = claim.exact_plane();
        let dense = AllCoordinates::new(&claim, d);
        let mut guess = vec![0.0; d];
        guess[..2].copy_from_slice(&PLANE);
        for verdict in [
            prove_critical_point(&plane, &PLANE).verdict,
            prove_critical_point(&dense, &guess).verdict,
        ] {
            assert_eq!(verdict, Verdict::ProvedMinimum);
        }
        let mut group = c.benchmark_group(format!("certificate/exact minimum/d={d}"));
        group.bench_function("in the plane", |b| {
            b.iter(|| prove_critical_point(&plane, black_box(&PLANE)));
        });
        group.bench_function("all coordinates, dense", |b| {
            b.iter(|| prove_critical_point(&dense, black_box(&guess)));
        });
        group.finish();
    }
}

fn supervised(c: &mut Criterion) {
    for d in [2, 10, 1_000_000] {
        let text = format!("name = \"sl\"\nkind = \"sl\"\nd = {d}\ntau = 7\n");
        let claim = Claim::from_toml(&text, "sl.toml").expect("a valid claim");
        let evidence = supervised::decide(&claim);
        assert_eq!(evidence.verdict, ClaimVerdict::Verified);
        let mut group = c.benchmark_group(format!("certificate/supervised/d={d}"));
        group.bench_function("proof", |b| {
            b.iter(|| supervised::decide(black_box(&claim)))
        });
        let point = evidence.simplified.expect("proved").point;
        let parameters = claim.supervised();
        group.bench_function("radius conditions", |b| {
            b.iter(|| supervised::radius_conditions_at(black_box(point), &parameters));
        });
        if d <= 1_000 {
            let objective = PopulationObjective::new(&parameters);
            let from = supervised_start(d, 0);
            let budget = SolverBudget::default();
            group.bench_function("L-BFGS, no proof", |b| {
                b.iter(|| lbfgs_smooth(&objective, 10, black_box(from.clone()), &budget));
            });
        }
        if d == 10 {
            group.bench_function("every dimension", |b| {
                b.iter(|| supervised::every_dimension(black_box(&claim)));
            });
        }
        group.finish();
    }
}

fn refusal(c: &mut Criterion) {
    let text = "name = \"refused\"\nd = 10\ntau = 7\nalpha = 0.05\nexpect = \"refused\"\n";
    let claim = Claim::from_toml(text, "refused.toml").expect("a valid claim");
    assert_eq!(decide(&claim).verdict, ClaimVerdict::Refused);
    let mut group = c.benchmark_group("certificate/refusal");
    group.bench_function("tau = 7, alpha = 0.05", |b| {
        b.iter(|| decide(black_box(&claim)));
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = setup::criterion();
    targets = steps_1_to_5, simplified, exact_minimum, supervised, refusal
}
criterion_main!(benches);
