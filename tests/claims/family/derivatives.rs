//! The family's derivatives: against the objective of one row, against difference quotients, and on boxes.

use minlift::claim::Claim;
use minlift::interval::Interval;
use minlift::model::{FamilyDepth, FamilyDirection, FamilyParameters, Noise, RowFamily};
use proptest::prelude::*;

const QUARTERS: [Interval; 4] = [Interval::point(0.25); 4];

fn family() -> RowFamily {
    let unit = Noise {
        data: Interval::ONE,
        view: Interval::ONE,
    };
    RowFamily::new(QUARTERS, &unit)
}

fn parameters(tau: f64, alpha: f64, v: f64) -> FamilyParameters {
    let [tau, alpha, variance] = [tau, alpha, v].map(Interval::point);
    FamilyParameters {
        tau,
        alpha,
        variance,
    }
}

/// The row's objective is written in other coordinates and by other formulas.
#[test]
fn gradient_and_hessian_are_those_of_the_row() {
    for (d, w) in [
        (2, [3.6, 1.7]),
        (5, [1.0, 0.3]),
        (10, [3.8, 1.5]),
        (1000, [-2.0, -0.5]),
    ] {
        let text = format!("name = 'a'\nd = {d}\ntau = 7\nalpha = '1/800'");
        let claim = Claim::from_toml(&text, "a.toml").unwrap();
        let row = claim.exact::<Interval>();
        let w = w.map(Interval::point);
        let p = FamilyParameters {
            tau: claim.tau,
            alpha: claim.alpha,
            variance: claim.rho_data.sqr(),
        };
        let tau = claim.tau;
        let at = family().at([w[0], tau * w[1]], p, FamilyDepth::Hessian);
        let ([g1, g2], kappa) = row.gradient(w, Interval::ZERO);
        let [f1, f2] = at.gradient();
        for (ours, theirs) in [(f1, g1), (tau * f2, g2)] {
            assert!(
                !ours.intersection(theirs).is_empty(),
                "d = {d}: {ours} {theirs}"
            );
            assert!(ours.width() < 1e-10);
        }
        let [a, b, c] = row.jacobian(w, Interval::ZERO).plane_block();
        let [x, y, z] = at.hessian();
        for (ours, theirs) in [(x, a), (tau * y, b), (tau.sqr() * z, c)] {
            assert!(
                !ours.intersection(theirs).is_empty(),
                "d = {d}: {ours} {theirs}"
            );
        }
        assert!(!at.off_the_plane().1.intersection(kappa).is_empty());
    }
}

/// Beside the plane: the structured Jacobian of a row at a point with `w_⊥ ≠ 0`.
#[test]
fn entries_beside_the_plane_are_those_of_the_row() {
    let claim = Claim::from_toml("name = 'a'\nd = 4\ntau = 3\nalpha = 0.01", "a.toml").unwrap();
    let row = claim.exact::<Interval>();
    let (w, s) = ([1.5, 0.7].map(Interval::point), Interval::point(2.0));
    let v = claim.rho_data.sqr();
    let p = FamilyParameters {
        tau: claim.tau,
        alpha: claim.alpha,
        variance: v,
    };
    let z = [w[0], claim.tau * w[1]];
    let at = family().beside(z, p, v * s.sqr(), FamilyDepth::Hessian);
    let ([d, e, f], kappa) = at.off_the_plane();
    let theirs = row.jacobian(w, s.sqr());
    // ∂_i ∂_u = coupling_i s + radial w_i s, ∂_u² = κ + radial s².
    let entry = |i: usize| (theirs.coupling[i] + theirs.radial * w[i]) * s;
    for (ours, theirs) in [
        (d, entry(0)),
        (claim.tau * e, entry(1)),
        (f, theirs.kappa + theirs.radial * s.sqr()),
        (kappa, theirs.kappa),
    ] {
        assert!(!ours.intersection(theirs).is_empty(), "{ours} {theirs}");
        assert!(ours.width() < 1e-8, "{ours}");
    }
}

/// Every derivative against central differences, in every direction.
#[test]
fn changes_are_the_limits_of_difference_quotients() {
    let h = 1e-4;
    for (z, p, beside) in [
        ([3.8, 10.6], [7.0, 0.00125, 0.01], 0.0),
        ([1.0, -2.0], [2.0, 0.02, 0.1], 0.05),
        ([0.3, 4.0], [1.0, 0.5, 0.5], 1.0),
    ] {
        let at = |step: [f64; 6]| {
            let z = [z[0] + step[0], z[1] + step[1]].map(Interval::point);
            let p = parameters(p[0] + step[2], p[1] + step[3], p[2] + step[4]);
            family().beside(z, p, Interval::point(beside + step[5]), FamilyDepth::Third)
        };
        let here = at([0.0; 6]);
        for axis in 0..6 {
            let (mut forward, mut back) = ([0.0; 6], [0.0; 6]);
            (forward[axis], back[axis]) = (h, -h);
            let (f, b) = (at(forward), at(back));
            let unit = |k: usize| Interval::point(f64::from(u8::from(k == axis)));
            let change = here.along(&FamilyDirection {
                z: [unit(0), unit(1)],
                p: [unit(2), unit(3), unit(4)],
                beside: unit(5),
            });
            let quotient = |f: Interval, b: Interval| (f.mid() - b.mid()) / (2.0 * h);
            let close = |exact: Interval, quotient: f64, what: &str| {
                let error = (exact.mid() - quotient).abs();
                let size = 1.0 + exact.mag();
                assert!(
                    error < 2e-6 * size,
                    "{what}, axis {axis}: {exact} {quotient}"
                );
            };
            for e in 0..3 {
                close(
                    change.hessian[e],
                    quotient(f.hessian()[e], b.hessian()[e]),
                    "hessian",
                );
                for i in 0..2 {
                    let [x, y] = [&f, &b].map(|at| at.sensitivity()[e][i]);
                    close(change.sensitivity[e][i], quotient(x, y), "sensitivity");
                }
            }
            for i in 0..2 {
                let quotient = quotient(f.gradient()[i], b.gradient()[i]);
                let entries = here.hessian();
                let exact = match axis {
                    0 | 1 => entries[i + axis],
                    5 => here.by_beside()[i],
                    k => here.sensitivity()[k - 2][i],
                };
                close(exact, quotient, "gradient");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// What is enclosed on a box holds at the points of the box, `v` down to 0.
    #[test]
    fn boxes_hold_their_points(
        z in [-5.0..5.0f64, -12.0..12.0f64],
        p in [0.5..20.0f64, 1e-3..0.1f64, 0.0..0.3f64],
        size in -6.0..0.0f64,
        at in [-1.0..1.0f64, -1.0..1.0, -1.0..1.0, -1.0..1.0, -1.0..1.0],
    ) {
        let r = 10f64.powf(size);
        let radii = [r, 2.0 * r, 0.1 * r, 1e-3 * r, 0.1 * r];
        let middle = [z[0], z[1], p[0], p[1], p[2]];
        let side = |k: usize| {
            let ball = Interval::ball(middle[k], radii[k]);
            if k == 4 { ball.max(Interval::ZERO) } else { ball }
        };
        let inside = |k: usize| {
            let x = middle[k] + 0.999 * at[k] * radii[k];
            Interval::point(if k == 4 { x.max(0.0) } else { x })
        };
        let derivatives = |x: &dyn Fn(usize) -> Interval| {
            let p = FamilyParameters { tau: x(2), alpha: x(3), variance: x(4) };
            family().at([x(0), x(1)], p, FamilyDepth::Third)
        };
        let (on_box, point) = (derivatives(&side), derivatives(&inside));
        let meets = |a: Interval, b: Interval| !a.intersection(b).is_empty();
        for i in 0..2 {
            prop_assert!(meets(on_box.gradient()[i], point.gradient()[i]));
        }
        for e in 0..3 {
            prop_assert!(meets(on_box.hessian()[e], point.hessian()[e]));
            for i in 0..2 {
                prop_assert!(meets(on_box.sensitivity()[e][i], point.sensitivity()[e][i]));
            }
        }
    }
}
