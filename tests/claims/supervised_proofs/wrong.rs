//! What is not true must not be proved; what is absurd is decided all the same.

use minlift::claim::supervised::{
    Opposed, Restricted, SimplifiedGradient, decide, every_dimension,
};
use minlift::claim::{Answers, ClaimVerdict, Found};
use minlift::interval::Interval;
use minlift::model::supervised::{Frame, LineBounds, Order, ThirdDerivative};
use minlift::theorem::{Verdict, prove_critical_point};

use super::given::{collinear, parameters};
use super::minimum::claim;

/// With other weights the rows `(a, 0)`, `(-a, 0)` are no critical point, though the restriction has a strict minimum there.
#[test]
fn unequal_weights_prove_nothing() {
    for weights in [
        "[0.3, 0.2, 0.2, 0.3]",
        "[0.24, 0.26, 0.25, 0.25]",
        "[0.25, 0.25, 0.2501, 0.2499]",
    ] {
        let mut claim = claim(&format!("d = 10\ntau = 7\nweights = {weights}"));
        for told in [false, true] {
            // A caller may say what is not so.
            claim.mirror_symmetric = told;
            let evidence = decide(&claim);
            assert_eq!(evidence.verdict, ClaimVerdict::Inconclusive, "{weights}");
            assert!(evidence.exact.is_none() && evidence.content.is_none());
            assert!(every_dimension(&claim).is_empty(), "{weights}");
            let answers = Answers::at(&claim);
            assert_eq!(answers.opposed, Found::NotFound, "{weights}");
        }
    }
    let equal = Answers::at(&claim("d = 10\ntau = 7"));
    assert_eq!(equal.opposed, Found::Proved);
}

/// Saddles are found where they are guessed, and not called minima.
#[test]
fn a_guess_at_a_saddle_gives_a_saddle() {
    let of = claim("d = 10\ntau = 7").supervised();
    for variance in [Interval::ZERO, of.variance] {
        let of = minlift::model::supervised::SupervisedParameters {
            variance,
            ..of.clone()
        };
        let proof = prove_critical_point(&Restricted::<Opposed>::new(of), &[1e-3, 1e-3]);
        assert_eq!(proof.verdict, Verdict::ProvedStationary { index: 1 });
    }
    let simplified = of.simplified();
    let system = SimplifiedGradient::new(&simplified);
    let evidence = decide(&claim("d = 10\ntau = 7"));
    let saddle = evidence
        .met
        .iter()
        .find(|m| m.verdict == Verdict::ProvedStationary { index: 1 });
    let guess = saddle.unwrap().point.map(Interval::mid);
    let proof = prove_critical_point(&system, &guess);
    assert_eq!(proof.verdict, Verdict::ProvedStationary { index: 1 });
}

#[test]
fn strong_penalties_are_refused() {
    for penalties in [
        "beta = 0.07\ngamma = 0.07",
        "beta = 1\ngamma = 0.004",
        "beta = 1e6\ngamma = 1e6",
    ] {
        let evidence = decide(&claim(&format!("d = 10\ntau = 7\n{penalties}")));
        assert_eq!(
            evidence.verdict,
            ClaimVerdict::Refused,
            "{penalties}: {}",
            evidence.reason
        );
        assert!(evidence.exact.is_none() && evidence.content.is_none());
    }
}

#[test]
fn absurd_parameters_are_decided() {
    for tau in ["1e-6", "7", "1e6"] {
        for rest in [
            "",
            "rho = 1",
            "beta = 1e-12\ngamma = 1e-12",
            "beta = 1e-12\ngamma = 1e6\nrho = 1",
            "beta = 1e6\ngamma = 1e-12",
        ] {
            let dimensions: &[u64] = if tau == "7" { &[2, 10] } else { &[10] };
            for &d in dimensions {
                let text = format!("d = {d}\ntau = {tau}\n{rest}");
                let evidence = decide(&claim(&text));
                println!("{text:?}: {}", evidence.verdict.name());
                assert!(!evidence.reason.is_empty(), "{text}");
                let verified = evidence.verdict == ClaimVerdict::Verified;
                let minimum = evidence.exact.filter(|_| verified);
                if let Some(minimum) = minimum {
                    assert!(minimum.point.iter().all(|x| x.certainly_positive()));
                    assert!(minimum.blocks.smallest(d).certainly_positive(), "{text}");
                    assert!(minimum.region.is_some(), "{text}");
                }
            }
        }
    }
}

/// Whatever is unbounded, empty or no number gives no bound at all.
#[test]
fn nonsense_bounds_nothing() {
    let fine = collinear(0.3, [2.0, -1.0], [3.0, -2.0]);
    let of = parameters(3, 0.2);
    let frame = Frame::euclidean(3);
    let finite = |x: f64| (0.0..f64::INFINITY).contains(&x);
    for what in [Interval::ENTIRE, Interval::EMPTY] {
        let mut cases = vec![(fine, of.clone()); 6];
        cases[0].0.lengths[1] = what;
        cases[1].0.weights[0] = what;
        cases[2].0.direction[0] = what;
        cases[3].1.variance = what;
        cases[4].1.tau = what;
        cases[5].1.weights[2] = what;
        for (k, (at, of)) in cases.iter().enumerate() {
            let local = at.derivatives(of, Order::Third);
            let line = LineBounds::new(at, of);
            let bound = ThirdDerivative::new(&local, &frame, &line);
            assert!(
                !finite(bound.lipschitz(1e-3)),
                "{k}, {what}: {}",
                bound.lipschitz(1e-3)
            );
            if let Ok(bound) = bound.preconditioned(&local) {
                assert!(!finite(bound.at(1e-3, 1.0)), "{k}, {what}");
            }
        }
    }
    let local = fine.derivatives(&of, Order::Third);
    let line = LineBounds::new(&fine, &of);
    let bound = ThirdDerivative::new(&local, &frame, &line);
    assert!(finite(bound.lipschitz(1e-3)));
    for radius in [f64::NAN, f64::INFINITY, -1.0] {
        assert!(!finite(bound.lipschitz(radius)), "{radius}");
    }
}
