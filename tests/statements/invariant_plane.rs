//! Statement: the plane of the features is invariant under the gradient, which off it is `kappa w_perp`; and every
//! critical point lies in it, because `0 < G_m <= 8/27`.

use crate::given::independent::{Independent, Sequence};
use crate::given::{claim, paper_with};
use minlift::gaussian::{Activation, MomentRule};
use minlift::interval::Interval;

/// The gradient in all coordinates, by quadrature of the definition and automatic differentiation.
#[test]
fn off_the_plane_the_gradient_is_kappa_w() {
    for (fields, nodes) in [
        ("d = 10\ntau = 7\nalpha = \"1/800\"", 12),
        (
            "d = 4\ntau = 3\nalpha = 0.01\nrho_data = 0.3\nrho_view = 0.1",
            32,
        ),
        (
            "d = 6\ntau = 7\nalpha = \"1/800\"\nrho_data = 0\nrho_view = 0.2",
            28,
        ),
        (
            "d = 5\ntau = 7\nalpha = \"1/800\"\nweights = [0.4, 0.1, 0.2, 0.3]",
            16,
        ),
    ] {
        let claim = claim(fields);
        let (full, exact) = (Independent::of(&claim, nodes), claim.exact::<Interval>());
        let mut sequence = Sequence::new(claim.d as usize);
        for _ in 0..6 {
            let w: Vec<f64> = sequence.next().iter().map(|x| 2.5 * x).collect();
            let gradient = full.gradient(&w);
            let perp_sqr = w[2..].iter().map(|&x| Interval::point(x).sqr()).sum();
            let (plane, kappa) = exact.gradient([w[0], w[1]].map(Interval::point), perp_sqr);
            let near = |x: Interval, g: f64| {
                let x = x + Interval::symmetric(1e-8);
                assert!(x.contains(g), "{fields} at {w:?}: {x} and {g}");
            };
            near(plane[0], gradient[0]);
            near(plane[1], gradient[1]);
            for (g, x) in gradient.iter().zip(&w).skip(2) {
                near(kappa * Interval::point(*x), *g);
            }
        }
    }
}

/// In the plane the gradient has no part off it, exactly.
#[test]
fn in_the_plane_the_gradient_stays_in_it() {
    let full = Independent::of(&paper_with(10, ""), 10);
    for (a, b) in [(3.8, 1.5), (-2.0, 0.3), (0.1, -4.0)] {
        let mut w = vec![0.0; 10];
        (w[0], w[1]) = (a, b);
        let gradient = full.gradient(&w);
        assert!(gradient[0].abs() > 1e-4);
        assert_eq!(gradient[2..], [0.0; 8]);
    }
}

/// `kappa w^(2) = tau (p_2 G_m(m_2) + p_4 G_m(m_4)) > 0` at a critical point: `kappa` has the sign of
/// `w^(2)`, so `w_perp = 0`. What it needs is `G_m > 0`.
#[test]
fn g_m_lies_between_0_and_8_27() {
    let limit = Interval::point(8.0) / Interval::point(27.0);
    let mut largest = 0.0f64;
    for (p, q) in [
        (0.0, 0.0),
        (0.017, 0.017),
        (0.5, 0.0),
        (0.0, 2.0),
        (4.0, 1.0),
        (17.0, 17.0),
    ] {
        let (p, q) = (Interval::point(p), Interval::point(q));
        let rule = MomentRule::new(&Activation::SIGMOID, p, q, 2, 1e-15);
        for k in -120..=120 {
            let m = Interval::point(f64::from(k) / 8.0);
            let g_m = Interval::point(2.0) * rule.table(m).get(0, 1);
            assert!(g_m.certainly_positive(), "m = {m}, p = {p}, q = {q}: {g_m}");
            assert!(g_m.sup() <= limit.sup(), "m = {m}, p = {p}, q = {q}: {g_m}");
            largest = largest.max(g_m.inf());
        }
    }
    // Attained without noise where sigma = 2/3, at m = ln 2.
    let rule = MomentRule::new(
        &Activation::SIGMOID,
        Interval::ZERO,
        Interval::ZERO,
        2,
        1e-15,
    );
    let top = Interval::point(2.0) * rule.table(Interval::point(2.0).ln()).get(0, 1);
    assert!(top.contains(8.0 / 27.0) && top.width() < 1e-14);
    assert!(largest > 0.29);
}

/// The identity itself, at the proved minima: it ties `kappa` to `G_m`.
#[test]
fn kappa_follows_from_g_m_at_a_minimum() {
    for fields in [
        "d = 10\ntau = 7\nalpha = \"1/800\"",
        "d = 3\ntau = 7\nalpha = \"1/800\"",
        "d = 10\ntau = 7\nalpha = \"1/800\"\nweights = [0.3, 0.2, 0.2, 0.3]",
    ] {
        let given = claim(fields);
        let evidence = minlift::claim::decide(&given);
        for minimum in evidence.exact.expect("proved").minima {
            let [w1, w2] = minimum.point;
            let n = w1.sqr() + w2.sqr();
            let (p, q) = (given.rho_data.sqr() * n, given.rho_view.sqr() * n);
            let rule = MomentRule::new(&Activation::SIGMOID, p, q, 4, 1e-15);
            let g_m = |m: Interval| Interval::point(2.0) * rule.table(m).get(0, 1);
            let [_, p2, _, p4] = given.weights;
            let hidden = given.tau * w2;
            let right = given.tau * (p2 * g_m(w1 + hidden) + p4 * g_m(-w1 + hidden));
            let left = minimum.kappa * w2;
            assert!(
                right.certainly_positive() && left.certainly_positive(),
                "{fields}"
            );
            assert!(
                !left.intersection(right).is_empty(),
                "{fields}: {left} and {right}"
            );
            assert!(left.width() + right.width() < 1e-9);
        }
    }
}
