//! Krawczyk's operator and the search built on it: proofs, refutations, refusals.

use crate::systems::{Bowl, Constant, Mixed, Parabolas, RootOfTwo, Rosenbrock, interval};
use minlift::interval::Interval;
use minlift::scalar::Scalar;
use minlift::theorem::{Autodiff, Existence, Map, System, Theorem, Verdict, krawczyk, prove_zero};
use nalgebra::{DMatrix, DVector};

#[test]
fn zeros_are_proved_tightly_and_uniquely() {
    let proof = prove_zero(&Autodiff(RootOfTwo), &[1.0]);
    assert_eq!(proof.verdict, Verdict::ProvedZero);
    assert!(proof.enclosure[0].sqr().contains(2.0));
    assert!(proof.enclosure[0].width() <= 1e-15);
    // F' = 2x is regular for x > 0 only; the box reaches most of the way there.
    let unique = proof.uniqueness[0];
    assert!(unique.inf() > 0.0 && unique.inf() < 0.3, "{unique}");
    assert_eq!(proof.condition.theorem, Theorem::Krawczyk);
    assert!(proof.condition.holds() && proof.condition.margin > 1.0);

    for (guess, exact) in [([0.8, 1.3], [1.0, 1.0]), ([-2.2, -1.9], [-2.0, -2.0])] {
        let proof = prove_zero(&Autodiff(Parabolas), &guess);
        assert_eq!(proof.verdict, Verdict::ProvedZero);
        for (i, exact) in exact.into_iter().enumerate() {
            assert!(proof.enclosure[i].contains(exact));
            assert!(proof.enclosure[i].width() < 1e-14);
            assert!(proof.enclosure[i].subset_of(proof.uniqueness[i]));
            assert!(proof.uniqueness[i].width() > 0.1);
        }
    }
    let proof = prove_zero(&Autodiff(Mixed), &[0.8, 1.1, 1.2]);
    assert!(proof.verdict.is_proved());
    assert!(
        proof
            .enclosure
            .iter()
            .all(|x| x.contains(1.0) && x.width() < 1e-13)
    );
}

/// The uniqueness box never holds a second zero.
#[test]
fn uniqueness_boxes_keep_apart() {
    let phi = (1.0 + 5f64.sqrt()) / 2.0;
    let zeros = [[1.0, 1.0], [-2.0, -2.0], [phi, 1.0 - phi], [1.0 - phi, phi]];
    for zero in zeros {
        let proof = prove_zero(&Autodiff(Parabolas), &zero);
        assert!(proof.verdict.is_proved());
        let held = zeros
            .iter()
            .filter(|z| z.iter().zip(&proof.uniqueness).all(|(&x, u)| u.contains(x)))
            .count();
        assert_eq!(held, 1);
    }
}

#[test]
fn the_operator_refutes_boxes_without_zeros() {
    let on = |lo, hi| krawczyk(&Autodiff(RootOfTwo), &[interval(lo, hi)]).existence;
    assert_eq!(on(1.5, 2.0), Existence::None);
    assert_eq!(on(-1.3, -1.2), Existence::None);
    assert_eq!(on(1.3, 1.5), Existence::Unique);
    assert_eq!(on(-3.0, 3.0), Existence::Open);
    let away = [interval(1.1, 1.2), interval(1.1, 1.2)];
    assert_eq!(
        krawczyk(&Autodiff(Parabolas), &away).existence,
        Existence::None
    );
}

/// A zero exactly on the edge of the box: the image touches the boundary, so nothing is decided.
#[test]
fn a_zero_on_the_edge_is_refused() {
    for x in [
        [interval(1.0, 1.1), interval(0.9, 1.1)],
        [interval(0.9, 1.0), interval(0.95, 1.05)],
        [interval(1.0, 1.05), interval(1.0, 1.05)],
    ] {
        let result = krawczyk(&Autodiff(Parabolas), &x);
        assert_eq!(result.existence, Existence::Open);
        assert!(!result.condition.holds() && result.condition.left >= 1.0);
    }
    // The linear map x has K(X) = {0} exactly, on the edge of [0, 1].
    struct Identity;
    impl Map for Identity {
        fn dimension(&self) -> usize {
            1
        }
        fn eval<S: Scalar>(&self, x: &[S]) -> Vec<S> {
            x.to_vec()
        }
    }
    let edge = krawczyk(&Autodiff(Identity), &[interval(0.0, 1.0)]);
    assert_eq!(edge.image, [Interval::ZERO]);
    assert_eq!(edge.existence, Existence::Open);
    // A box without interior has no strict interior to map into.
    assert_eq!(
        krawczyk(&Autodiff(Identity), &[Interval::ZERO]).existence,
        Existence::Open
    );
}

#[test]
fn double_zeros_and_near_misses_are_refused() {
    // Double zeros; residuals of 1e-15 and 1e-12 without any zero; -1e-15 has two zeros 6e-8 apart.
    for (root, offset) in [
        (0.0, 0.0),
        (1.0, 0.0),
        (0.3, 0.0),
        (1.0, 1e-15),
        (0.0, 1e-15),
        (2.0, 1e-12),
    ] {
        for guess in [root, root + 1e-8, root - 1e-3, root + 0.5] {
            let proof = prove_zero(&Autodiff(Bowl { root, offset }), &[guess]);
            match &proof.verdict {
                Verdict::Inconclusive(why) => assert!(!why.advice.is_empty()),
                other => panic!("({root}, {offset}) from {guess}: {other}"),
            }
            assert!(proof.enclosure.is_empty() && proof.uniqueness.is_empty());
            assert!(!proof.condition.holds());
        }
    }
}

/// Nearly singular in two variables: residual 1e-15, Jacobian determinant near 1e-14, no zero.
#[test]
fn nearly_singular_system_is_refused() {
    struct Tangent;
    impl Map for Tangent {
        fn dimension(&self) -> usize {
            2
        }
        fn eval<S: Scalar>(&self, x: &[S]) -> Vec<S> {
            // The circle of radius 1 and a line just beyond it.
            vec![
                x[0].sqr() + x[1].sqr() - S::one(),
                x[1] - S::from_f64(1.0 + 1e-15),
            ]
        }
    }
    for guess in [[0.0, 1.0], [1e-8, 1.0], [1e-3, 1.0]] {
        let proof = prove_zero(&Autodiff(Tangent), &guess);
        assert!(
            matches!(proof.verdict, Verdict::Inconclusive(_)),
            "{}",
            proof.verdict
        );
    }
}

#[test]
fn nothing_follows_from_empty_unbounded_or_undefined_values() {
    for bad in [Interval::EMPTY, Interval::ENTIRE, Interval::point(f64::NAN)] {
        let proof = prove_zero(&Autodiff(Constant(bad)), &[0.5, 0.5]);
        assert!(matches!(proof.verdict, Verdict::Inconclusive(_)));
        let unit = [interval(0.0, 1.0); 2];
        assert_eq!(
            krawczyk(&Autodiff(Constant(bad)), &unit).existence,
            Existence::Open
        );
        let mut x = [interval(0.9, 1.1); 2];
        x[1] = bad;
        assert_eq!(
            krawczyk(&Autodiff(Parabolas), &x).existence,
            Existence::Open
        );
    }
    for guess in [[f64::NAN, 1.0], [f64::INFINITY, 1.0], [1e308, -1e308]] {
        let proof = prove_zero(&Autodiff(Rosenbrock), &guess);
        // Newton may come back from far away; it may not prove anything about a NaN.
        assert!(guess[0] == 1e308 || !proof.verdict.is_proved());
    }
    // ln is undefined on part of the box; sqrt has no derivative at its edge.
    struct Partial;
    impl Map for Partial {
        fn dimension(&self) -> usize {
            1
        }
        fn eval<S: Scalar>(&self, x: &[S]) -> Vec<S> {
            vec![x[0].sqrt() + x[0]]
        }
    }
    for (lo, hi) in [(-1.0, 1.0), (0.0, 1.0), (-2.0, -1.0)] {
        let existence = krawczyk(&Autodiff(Partial), &[interval(lo, hi)]).existence;
        assert_eq!(existence, Existence::Open, "[{lo}, {hi}]");
    }
}

/// A system that claims a Jacobian of the wrong sign or size proves nothing false: its mistakes are
/// its own, but a shape that does not fit is refused.
#[test]
fn wrong_shapes_are_refused() {
    struct Wrong;
    impl System for Wrong {
        fn dimension(&self) -> usize {
            2
        }
        fn value(&self, _: &[Interval]) -> DVector<Interval> {
            DVector::from_element(1, Interval::ZERO)
        }
        fn jacobian(&self, _: &[Interval]) -> DMatrix<Interval> {
            DMatrix::identity(1, 1)
        }
    }
    let unit = [interval(-1.0, 1.0); 2];
    assert_eq!(krawczyk(&Wrong, &unit).existence, Existence::Open);
}

/// Derivatives by dual numbers against those by hand, as enclosures and in floats.
#[test]
fn jacobians_by_hand() {
    let e = 1f64.exp();
    let by_hand = [1., 1., 2., e, -e, 1., 1., 1., 1.];
    let system = Autodiff(Mixed);
    let enclosed = system.jacobian(&[Interval::ONE; 3]);
    let floats = system.jacobian_approx(&[1.0; 3]);
    let wide = system.jacobian(&[interval(0.9, 1.1); 3]);
    for (k, exact) in by_hand.into_iter().enumerate() {
        let (i, j) = (k / 3, k % 3);
        assert!(enclosed[(i, j)].inf() <= exact + 1e-15 && exact - 1e-15 <= enclosed[(i, j)].sup());
        assert!(enclosed[(i, j)].width() < 1e-14);
        assert!((floats[(i, j)] - exact).abs() < 1e-15);
        assert!(enclosed[(i, j)].subset_of(wide[(i, j)]));
    }
}
