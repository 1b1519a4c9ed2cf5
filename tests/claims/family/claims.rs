//! The built-in claims about many objectives, and what their evidence holds.

use std::sync::OnceLock;

use minlift::claim::family::{FamilyEvidence, OUTSIDE};
use minlift::claim::{Claim, ClaimVerdict, Expectation, builtin};
use minlift::interval::Interval;

type Known = (Claim, FamilyEvidence);

/// The evidence for one source, if it is about many objectives: each is computed once, when it is first needed.
fn evidence(source: &builtin::Source) -> Option<&'static Known> {
    static ALL: [OnceLock<Option<Known>>; builtin::SOURCES.len()] =
        [const { OnceLock::new() }; builtin::SOURCES.len()];
    let position = builtin::SOURCES
        .iter()
        .position(|it| it.file == source.file);
    let known = ALL[position.unwrap()].get_or_init(|| {
        let claim = source.claim().unwrap();
        let evidence = FamilyEvidence::of(&claim, &|_, _| {})?;
        Some((claim, evidence))
    });
    known.as_ref()
}

fn of(name: &str) -> &'static Known {
    let source = (builtin::SOURCES.iter()).find(|source| source.claim().unwrap().name == name);
    evidence(source.unwrap()).unwrap()
}

#[test]
fn every_one_comes_out_as_expected() {
    let all: Vec<_> = builtin::SOURCES.iter().filter_map(evidence).collect();
    assert_eq!(all.len(), 9);
    for (claim, evidence) in all {
        let decision = evidence.decision();
        let expected = match claim.expect {
            Expectation::Verified => ClaimVerdict::Verified,
            Expectation::Refused => ClaimVerdict::Refused,
        };
        assert_eq!(
            decision.verdict, expected,
            "{}: {}",
            claim.name, decision.reason
        );
        assert!(decision.advice.is_none());
    }
}

/// The minima that single claims prove lie where the statement for every dimension says.
#[test]
fn every_dimension_holds_for_each() {
    let (_, FamilyEvidence::Dimensions(all)) = of("every-d") else {
        panic!("another kind");
    };
    let d0 = all.all_larger_from().unwrap();
    assert!(d0 <= 8 && all.rows.len() as u64 == d0 - 1, "{d0}");
    assert!(all.constant.is_finite() && all.constant_large <= all.constant);
    for d in [2u64, 3, 4, 5, 6, 7, 10, 100, 1_000_000] {
        let text = format!("name = 'a'\nd = {d}\ntau = 7\nalpha = '1/800'");
        let claim = Claim::from_toml(&text, "a.toml").unwrap();
        let single = minlift::claim::decide(&claim);
        let exact = single.exact.unwrap();
        let point = exact.minima[0].point;
        let row = all.rows.iter().rfind(|row| row.from <= d).unwrap();
        for (j, w) in point.iter().enumerate() {
            assert!(!w.intersection(row.point[j]).is_empty(), "d = {d}");
            assert!(row.point[j].subset_of(row.uniqueness[j]));
            assert!(w.inf() >= all.coefficients[j] - 1e-12);
            assert!(row.cosines[j].inf() >= all.cosines[j]);
        }
        // The printed theorem: ‖w* - w̃*‖ <= C ρ².
        let bound = all.constant * claim.rho_data.sqr().sup();
        assert!(exact.row_distance[0].inf() <= bound, "d = {d}");
        assert!(exact.row_distance[0].inf() <= row.distance, "d = {d}");
    }
}

#[test]
fn the_branch_is_linked_and_reaches_beyond_its_claim() {
    let (claim, FamilyEvidence::Branch(branch)) = of("branch-d2") else {
        panic!("another kind");
    };
    assert_eq!(branch.rows.first().unwrap().variance.inf(), 0.0);
    assert!(branch.rows.last().unwrap().variance.sup() >= claim.rho_data.sqr().sup());
    for pair in branch.rows.windows(2) {
        assert_eq!(pair[0].variance.sup(), pair[1].variance.inf());
    }
    assert!(branch.reach > claim.rho_data.sup() && !branch.stopped_by.is_empty());
}

/// Three critical points at d = 10, five at d = 2; each is a zero of the gradient.
#[test]
fn all_critical_points_are_known() {
    for (name, count, on_axis) in [("global-d10", 3, 1), ("global-d2", 5, 3)] {
        let (claim, FamilyEvidence::Global(global)) = of(name) else {
            panic!("another kind");
        };
        assert_eq!((global.count(), global.open), (count, 0), "{name}");
        assert_eq!(global.points.iter().filter(|p| p.on_axis).count(), on_axis);
        let row = claim.exact::<Interval>();
        for p in &global.points {
            let (gradient, kappa) = row.gradient(p.point, Interval::ZERO);
            assert!(
                gradient.iter().all(|g| g.contains(0.0)),
                "{name}: {gradient:?}"
            );
            // κ has the sign of w^(2).
            assert_eq!(kappa.certainly_positive(), p.point[1].certainly_positive());
            assert!(p.on_axis == p.point[0].is_point());
        }
        assert!(global.hypotheses.iter().all(|h| h.holds) && global.hypotheses.len() == 5);
        // Theory: Λ <= 7.9 at τ = 7, and 0.1 is below 1/Λ.
        assert!(
            (7.5..7.9).contains(&global.smoothness),
            "{}",
            global.smoothness
        );
    }
    let (_, FamilyEvidence::Global(plane)) = of("global-d2") else {
        panic!("another kind");
    };
    let mut indices: Vec<_> = plane.points.iter().map(|p| p.index.unwrap()).collect();
    indices.sort_unstable();
    assert_eq!(indices, [0, 1, 1, 2]);
}

#[test]
fn descent_has_a_rate_in_every_dimension() {
    let (_, FamilyEvidence::Descent(all)) = of("descent-every-d") else {
        panic!("another kind");
    };
    let last = all.rows.last().unwrap();
    assert!(last.and_all_larger && last.from <= 10);
    for (d, row) in (2..).zip(&all.rows) {
        assert_eq!(row.from, d);
        assert!(row.rate < 1.0 && row.obstacle.is_none(), "d = {d}");
        assert!(row.edges.iter().all(|&x| x > 0.0) && row.spectrum.lowest > 0.0);
        for i in 0..2 {
            assert!(all.start[i].subset_of(row.rectangle[i]));
            assert!(row.minimum[i].interior_of(row.rectangle[i]));
        }
        // (1 - ημ) bounds the rate from below: no proof could promise more than κ allows.
        assert!(row.rate >= 1.0 - 0.1 * row.spectrum.lowest - 1e-12);
        if let Some(radius) = row.radius.filter(|_| d > 2) {
            let outside = minlift::claim::family::chi_square::tail_upper(d - 2, radius * radius);
            assert!(outside <= OUTSIDE * 1.0001, "d = {d}: {outside}");
        }
    }
}

/// A thousand descents: no step contracts less than the proof says; a rate that promises more is caught.
#[test]
fn measured_contraction_agrees_and_a_better_rate_goes_red() {
    let (claim, FamilyEvidence::Descent(evidence)) = of("descent-d10") else {
        panic!("another kind");
    };
    let row = &evidence.rows[0];
    let objective = claim.exact::<f64>();
    let run = |rate: f64| {
        let minimum = row.minimum.map(Interval::mid);
        minlift::confirm::contraction(&objective, 7.0, minimum, 0.1, rate, 1_000, 300)
    };
    let proved = run(row.rate);
    assert_eq!(proved.violations, 0, "{proved:?}");
    assert!(proved.largest <= row.rate + 1e-9 && proved.largest > 0.99);
    // A tenth more contraction per step than is proved.
    let better = run(1.0 - 1.15 * (1.0 - row.rate));
    assert!(better.violations > 1_000, "{better:?}");
}

#[test]
fn a_box_says_what_its_points_say() {
    let (claim, FamilyEvidence::Region(region)) = of("box") else {
        panic!("another kind");
    };
    assert!(region.cover.is_proved() && region.constant.is_finite());
    for (tau, alpha) in [(6.5, 0.001), (7.5, 0.0015), (7.0, 0.00125), (6.6, 0.0014)] {
        let text = format!("name = 'a'\nd = 10\ntau = {tau}\nalpha = {alpha}");
        let single = minlift::claim::decide(&Claim::from_toml(&text, "a.toml").unwrap());
        let exact = single.exact.unwrap();
        let w = exact.minima[0].point;
        assert!(
            (0..2).all(|i| w[i].subset_of(region.point[i])),
            "{tau}, {alpha}"
        );
        let bound = region.constant * claim.rho_data.sqr().sup();
        assert!(exact.row_distance[0].inf() <= bound);
    }
}

/// Whatever the first dimension: beyond those that are tried one by one, the first one itself.
#[test]
fn every_dimension_may_begin_late() {
    for d in [5u64, 2_000, 1 << 53] {
        for kind in ["every-d", "descent"] {
            let text =
                format!("name = 'a'\nkind = '{kind}'\nd = '>={d}'\ntau = 7\nalpha = '1/800'");
            let claim = Claim::from_toml(&text, "a.toml").unwrap();
            let evidence = FamilyEvidence::of(&claim, &|_, _| {}).unwrap();
            let decision = evidence.decision();
            assert_eq!(
                decision.verdict,
                ClaimVerdict::Verified,
                "{text}: {}",
                decision.reason
            );
        }
    }
}
