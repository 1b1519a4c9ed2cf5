//! Statement: the exact objective has a local minimum near that of the simplified one: enclosed to
//! 1e-10 or better, with a positive definite Hessian, at an enclosed distance, inside the predicted balls.

use crate::given::{assert_encloses, paper, references, unequal_references};
use minlift::claim::{ClaimVerdict, ConditionId, CriticalPoint, Evidence};
use minlift::interval::Interval;
use minlift::theorem::Verdict;

fn proved(evidence: &Evidence, what: &str) -> [CriticalPoint; 2] {
    assert_eq!(evidence.verdict, ClaimVerdict::Verified, "{what}");
    evidence.exact.as_ref().expect(what).minima.clone()
}

#[test]
fn every_reference_minimum_is_enclosed() {
    let (mut minima, mut dimensions) = (0, Vec::new());
    for row in references()
        .iter()
        .chain(&unequal_references())
        .filter(|row| row.exact && row.kind == "minimum")
    {
        let what = format!(
            "d = {}, tau = {}, weights {:?}",
            row.d, row.tau, row.weights
        );
        let evidence = row.evidence();
        let side = usize::from(row.point[0].sup() < 0.0);
        let here = &proved(&evidence, &what)[side];
        assert_eq!(here.verdict, Verdict::ProvedMinimum, "{what}");
        for i in 0..2 {
            assert_encloses(&what, here.point[i], row.point[i], 1e-10);
            assert_encloses(&what, here.plane_eigenvalues[i], row.eigenvalues[i], 1e-9);
            assert!(here.plane_eigenvalues[i].certainly_positive(), "{what}");
            assert!(here.point[i].subset_of(here.uniqueness[i]), "{what}");
        }
        assert_encloses(&what, here.value, row.value, 1e-10);
        assert_encloses(&what, here.kappa, row.kappa, 1e-10);
        // In two dimensions there is nothing off the plane.
        assert!(here.kappa.certainly_positive() || row.d == "2", "{what}");
        let exact = evidence.exact.as_ref().expect(&what);
        let distance = row.distance.expect("exact minima have a distance");
        assert_encloses(&what, exact.row_distance[side], distance, 1e-10);
        minima += 1;
        dimensions.push(row.d);
    }
    assert!(minima >= 16, "{minima}");
    for d in ["2", "3", "10", "18", "1000000"] {
        assert!(dimensions.contains(&d), "d = {d}");
    }
}

/// The saddle between the minima, where it is reported, is the one of the table.
#[test]
fn saddles_are_those_of_the_table() {
    let mut found = 0;
    for row in references()
        .iter()
        .chain(&unequal_references())
        .filter(|row| row.exact && row.kind == "saddle" && row.point[1].inf() > 0.0)
    {
        let evidence = row.evidence();
        let what = format!("d = {}, tau = {}", row.d, row.tau);
        let Some(saddle) = evidence.exact.expect(&what).saddle else {
            continue;
        };
        assert_eq!(saddle.verdict, Verdict::ProvedStationary { index: 1 });
        for i in 0..2 {
            assert_encloses(&what, saddle.point[i], row.point[i], 1e-9);
            assert_encloses(&what, saddle.plane_eigenvalues[i], row.eigenvalues[i], 1e-8);
        }
        found += 1;
    }
    assert!(found >= 15, "{found}");
}

#[test]
fn the_distance_adds_up_over_the_rows() {
    for d in [2, 10, 100] {
        let exact = paper(d).exact.expect("proved");
        let [first, second] = exact.row_distance;
        assert_eq!(first, second, "mirror images");
        let doubled = Interval::point(2.0).sqrt() * first;
        assert!(!exact.distance.intersection(doubled).is_empty());
        assert!(exact.distance.width() < 1e-9);
    }
}

/// A holding condition predicts a ball about `w̃*`; the proved minimum must lie in it.
#[test]
fn the_minimum_lies_in_every_predicted_ball() {
    let mut balls = 0;
    for d in [2, 3, 5, 6, 7, 10, 16, 18, 20, 100, 1000] {
        let evidence = paper(d);
        let exact = evidence.exact.as_ref().expect("proved");
        for (position, c) in evidence.conditions.iter().enumerate() {
            let named = exact.contained_by.contains(&position);
            let about_simplified = c.id != ConditionId::Krawczyk;
            assert!(!named || (c.condition.holds() && about_simplified));
            let Some(radius) = c.condition.radius.filter(|_| about_simplified) else {
                continue;
            };
            let distance = match c.space {
                minlift::claim::Space::All => exact.distance,
                _ => exact.row_distance[0].max(exact.row_distance[1]),
            };
            let what = format!("{} in {} at d = {d}", c.id.name(), c.space.name());
            assert!(distance.inf() <= radius, "{what}: {distance} and {radius}");
            // Certain containment is reported.
            assert!(named || distance.sup() > radius, "{what}");
            // Nor is the ball too large: with h as above the distance is at least 2 eta/(1 + sqrt(1 + 2h))
            // (Gragg and Tapia 1974), and eps <= |A| dist + K dist^2/2 by Taylor's theorem.
            let far = distance.sup() * (1.0 + 1e-9);
            let most = match (c.norm_a_inverse, c.norm_a) {
                (Some(inverse), Some(norm)) => {
                    2.0 * inverse * far * (norm + 0.5 * c.condition.lipschitz * far)
                }
                _ => {
                    let h = c.condition.left;
                    far * (1.0 + (1.0 + 2.0 * h).sqrt()) / (1.0 + (1.0 - 2.0 * h).sqrt())
                }
            };
            assert!(radius <= most, "{what}: {radius} and {most}");
            balls += 1;
        }
    }
    assert!(balls > 30, "{balls}");
}

/// Not monotone in `d`: 3.672, 3.912, 3.876, 3.850 for d = 2, 3, 4, 5 (theory section 7).
#[test]
fn the_first_coefficient_is_not_monotone_in_d() {
    let a = |d| proved(&paper(d), "paper")[0].point[0];
    for (d, begins) in [(2, 3.671), (3, 3.912), (4, 3.876), (5, 3.849)] {
        let x = a(d);
        assert!(x.inf() > begins && x.sup() < begins + 0.001, "d = {d}: {x}");
    }
    assert!(a(2).certainly_lt(a(5)) && a(5).certainly_lt(a(4)) && a(4).certainly_lt(a(3)));
}
