//! Statement: any noise from 0 to 1, the data's and the views' different or zero, is decided by the same
//! chain; without noise the exact objective is the simplified one.

use crate::given::independent::Independent;
use crate::given::paper_decided;
use minlift::claim::{ClaimVerdict, Evidence};
use minlift::interval::Interval;
use minlift::theorem::Verdict;

/// The proved minima are critical points with the stated Hessian of the objective's definition.
fn agrees_with_the_definition(evidence: &Evidence, nodes: usize) {
    let claim = &evidence.claim;
    let what = format!(
        "d = {}, noise {} and {}",
        claim.d, claim.rho_data, claim.rho_view
    );
    assert_eq!(
        evidence.verdict,
        ClaimVerdict::Verified,
        "{what}: {}",
        evidence.reason
    );
    let objective = Independent::of(claim, nodes);
    for minimum in &evidence.exact.as_ref().expect(&what).minima {
        assert_eq!(minimum.verdict, Verdict::ProvedMinimum, "{what}");
        let w = [minimum.point[0].mid(), minimum.point[1].mid(), 0.0];
        for g in objective.gradient(&w) {
            assert!(g.abs() < 1e-9, "{what}: gradient {g:e}");
        }
        let near = |x: Interval, y: f64| {
            let wide = x + Interval::symmetric(1e-8);
            assert!(wide.contains(y), "{what}: {x} and {y}");
        };
        let hessian = objective.hessian(&w);
        near(minimum.kappa, hessian[(2, 2)]);
        near(minimum.value, objective.value(&w));
        let plane = hessian.fixed_view::<2, 2>(0, 0).clone_owned();
        let mut eigenvalues = plane.symmetric_eigenvalues().as_slice().to_vec();
        eigenvalues.sort_by(f64::total_cmp);
        near(minimum.plane_eigenvalues[0], eigenvalues[0]);
        near(minimum.plane_eigenvalues[1], eigenvalues[1]);
    }
}

#[test]
fn data_and_view_noise_may_differ() {
    for (rho_data, rho_view) in [("0.1", "0.02"), ("0.02", "0.1"), ("0.001", "0.2")] {
        let noise = format!("rho_data = {rho_data}\nrho_view = {rho_view}");
        agrees_with_the_definition(&paper_decided(10, &noise), 24);
    }
    // They are not interchangeable.
    let point = |noise: &str| paper_decided(10, noise).exact.unwrap().minima[0].point;
    let (one, other) = (
        point("rho_data = 0.1\nrho_view = 0"),
        point("rho_data = 0\nrho_view = 0.1"),
    );
    assert!(
        one[0].intersection(other[0]).is_empty(),
        "{one:?} and {other:?}"
    );
}

#[test]
fn either_noise_may_be_zero() {
    for noise in [
        "rho_data = 0",
        "rho_view = 0",
        "rho_data = 0\nrho_view = 0.2",
    ] {
        agrees_with_the_definition(&paper_decided(10, noise), 28);
        agrees_with_the_definition(&paper_decided(3, noise), 40);
    }
}

#[test]
fn without_noise_the_exact_objective_is_the_simplified_one() {
    for d in [2, 10, 1_000_000] {
        let evidence = paper_decided(d, "rho = 0");
        assert_eq!(
            evidence.verdict,
            ClaimVerdict::Verified,
            "{}",
            evidence.reason
        );
        let exact = evidence.exact.as_ref().expect("proved");
        let simplified = evidence.simplified.as_ref().expect("proved");
        assert!(
            exact.distance.contains(0.0) && exact.distance.sup() < 1e-14,
            "{}",
            exact.distance
        );
        let (here, there) = (&exact.minima[0], &simplified.minima[0]);
        assert!(!here.point[0].intersection(there.point[0]).is_empty());
        // kappa = 2 alpha exactly, and every condition holds with room to spare.
        assert!(here.kappa.contains(0.0025) && here.kappa.width() < 1e-17);
        for c in &evidence.conditions {
            assert!(c.condition.holds(), "{:?} in {:?}", c.id, c.space);
        }
    }
}

/// The strongest noise there is: decided, whatever comes out, and what is proved is true.
#[test]
fn rho_1_is_decided() {
    for d in [2, 3, 10, 1000] {
        for noise in [
            "rho = 1",
            "rho_data = 1\nrho_view = 0",
            "rho_data = 0\nrho_view = 1",
        ] {
            let evidence = paper_decided(d, noise);
            assert_ne!(evidence.verdict, ClaimVerdict::Refused);
            if evidence.verdict == ClaimVerdict::Verified {
                agrees_with_the_definition(&evidence, 100);
            } else {
                assert!(evidence.advice.is_some());
            }
        }
    }
}

/// Without a dimension off the plane nothing may depend on kappa.
#[test]
fn two_dimensions_have_no_kappa() {
    let evidence = paper_decided(2, "rho = 0.1");
    agrees_with_the_definition(&evidence, 28);
    let jacobian = evidence.jacobian.expect("computed");
    let [low, high] = jacobian.plane_eigenvalues[0];
    for (sigma, eigenvalue) in [
        (jacobian.row.sigma_min, low),
        (jacobian.row.sigma_max, high),
    ] {
        assert!(!sigma.intersection(eigenvalue).is_empty() && sigma.width() < 1e-11);
    }
}
