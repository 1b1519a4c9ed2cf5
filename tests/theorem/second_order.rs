//! Minimum, saddle or neither: the index of a proved critical point.

use crate::systems::{Bowl, Constant, Himmelblau, Parabolas, RootOfTwo, Rosenbrock, Rotation};
use minlift::interval::Interval;
use minlift::theorem::{
    Autodiff, Verdict, classify, classify_zero, prove_critical_point, prove_zero,
};
use nalgebra::DMatrix;

#[test]
fn rosenbrock_has_its_minimum_at_one_one() {
    let proof = prove_critical_point(&Autodiff(Rosenbrock), &[0.9, 0.8]);
    assert_eq!(proof.verdict, Verdict::ProvedMinimum);
    assert!(
        proof
            .enclosure
            .iter()
            .all(|x| x.contains(1.0) && x.width() < 1e-12)
    );
    // Hessian [802 -400; -400 200]: trace 1002, determinant 400.
    let values = proof.eigenvalues.unwrap();
    assert!((values[0] + values[1]).contains(1002.0));
    assert!((values[0] * values[1]).contains(400.0));
    assert!(values[0].certainly_positive() && values[0].width() < 1e-6);
}

#[test]
fn a_saddle_is_not_passed_off_as_a_minimum() {
    // (1, 1) has the Hessian [2 1; 1 2]; ((1 + sqrt 5)/2, (1 - sqrt 5)/2) a negative determinant.
    let at = |x, y| prove_critical_point(&Autodiff(Parabolas), &[x, y]).verdict;
    assert_eq!(at(1.1, 0.9), Verdict::ProvedMinimum);
    assert_eq!(at(1.6, -0.6), Verdict::ProvedStationary { index: 1 });
    assert_eq!(at(-2.1, -1.9), Verdict::ProvedStationary { index: 2 });
    let root = |x| prove_critical_point(&Autodiff(RootOfTwo), &[x]).verdict;
    assert_eq!(root(1.4), Verdict::ProvedMinimum);
    assert_eq!(root(-1.4), Verdict::ProvedStationary { index: 1 });
    // The saddle of Himmelblau's function near (3.385, 0.074).
    let saddle = prove_critical_point(&Autodiff(Himmelblau), &[3.385, 0.074]);
    assert_eq!(saddle.verdict, Verdict::ProvedStationary { index: 1 });
}

#[test]
fn degenerate_or_unclear_hessians_are_inconclusive() {
    let inconclusive = |a: &DMatrix<Interval>| matches!(classify(a), Verdict::Inconclusive(_));
    let matrix = |e: [f64; 4]| DMatrix::from_row_slice(2, 2, &e).map(Interval::point);
    assert!(inconclusive(&matrix([1., 0., 0., 0.])));
    assert!(inconclusive(&matrix([1., 1., 1., 1.])));
    assert!(inconclusive(&matrix([1., 2., 3., 4.]))); // not symmetric
    let wide = matrix([1., 0., 0., 0.1]).map(|x| x + Interval::symmetric(0.2));
    assert!(inconclusive(&wide));
    for bad in [Interval::EMPTY, Interval::ENTIRE] {
        assert!(inconclusive(&DMatrix::from_element(2, 2, bad)));
    }
    match classify(&matrix([1., 0., 0., 0.])) {
        Verdict::Inconclusive(why) => assert!(why.left == 0.0 && why.right == 0.0),
        other => panic!("{other}"),
    }
}

/// A map that is no gradient is found out, although it promised to be one.
#[test]
fn a_broken_promise_of_symmetry_is_noticed() {
    let zero = prove_zero(&Autodiff(Rotation), &[0.1, 0.9]);
    assert_eq!(zero.verdict, Verdict::ProvedZero);
    let classified = classify_zero(&Autodiff(Rotation), zero);
    match classified.verdict {
        Verdict::Inconclusive(why) => assert!(why.hypothesis.contains("Hessian")),
        other => panic!("{other}"),
    }
}

#[test]
fn what_is_not_proved_is_not_classified() {
    let bowl = Autodiff(Bowl {
        root: 1.0,
        offset: 0.0,
    });
    assert!(!prove_critical_point(&bowl, &[1.0]).verdict.is_proved());
    let entire = Autodiff(Constant(Interval::ENTIRE));
    assert!(
        prove_critical_point(&entire, &[0.0, 0.0])
            .eigenvalues
            .is_none()
    );
}
