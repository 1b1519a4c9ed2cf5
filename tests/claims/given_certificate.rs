//! `claim::empirical::decide`: the certificate of one data set, from outside and against wrong claims.

use std::sync::Arc;

use minlift::claim::empirical::{EmpiricalEvidence, decide};
use minlift::claim::{Claim, ClaimVerdict, ConditionId, Space};
use minlift::data::{DataNoise, DataSet, Source};
use minlift::interval::Interval;
use minlift::model::empirical::EmpiricalObjective;
use nalgebra::{DMatrix, DVector};

fn claim(text: &str) -> Claim {
    let text = format!("name = 'a'\nkind = 'data'\ntau = 7\n{text}\n");
    Claim::from_toml(&text, "a.toml").unwrap()
}

fn drawn(d: u64, n: u64, seed: u64) -> Claim {
    claim(&format!("alpha = '1/800'\nd = {d}\nn = {n}\nseed = {seed}"))
}

/// The claim with other points.
fn with_points(of: &Claim, points: DMatrix<f64>, centres: Vec<u8>) -> Claim {
    of.clone().about(Arc::new(DataSet {
        points,
        centres,
        source: Source::Drawn {
            seed: 0,
            noise: DataNoise::Isotropic,
        },
    }))
}

/// What an independent descent finds from the proved point: gradient steps in floats on the plain definition, with
/// `S` by a rule of its own.
fn gradient_by_definition(
    points: &DMatrix<f64>,
    alpha: f64,
    rho: f64,
    w: &DVector<f64>,
) -> DVector<f64> {
    let step = 0.05;
    let length = w.norm();
    let mut gradient = 2.0 * alpha * w;
    for x in points.row_iter() {
        let x = x.transpose();
        let m = x.dot(w);
        let (mut s, mut slope, mut slope_z) = (0.0, 0.0, 0.0);
        for k in -200..=200 {
            let z = f64::from(k) * step;
            let weight = step * (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt();
            let sigma = 1.0 / (1.0 + (-(m + rho * length * z)).exp());
            s += weight * sigma;
            slope += weight * sigma * (1.0 - sigma);
            slope_z += weight * sigma * (1.0 - sigma) * z;
        }
        gradient -= 2.0 * s / points.nrows() as f64 * (slope * &x + rho * slope_z / length * w);
    }
    gradient
}

#[test]
fn the_proved_point_is_stationary_for_the_definition() {
    for (d, n) in [(2, 30), (5, 25), (10, 100), (30, 200)] {
        let claim = drawn(d, n, 3);
        let evidence = decide(&claim);
        assert_eq!(
            evidence.verdict,
            ClaimVerdict::Verified,
            "d = {d}: {}",
            evidence.reason
        );
        let points = &claim.data.as_ref().unwrap().points;
        let exact = evidence.exact.unwrap();
        for m in &exact.minima {
            let w = DVector::from_vec(m.centre.clone());
            let gradient = gradient_by_definition(points, 0.00125, claim.rho_view.mid(), &w);
            assert!(gradient.norm() < 1e-12, "d = {d}: {:e}", gradient.norm());
            assert!(m.radius < 1e-10 && m.is_minimum);
        }
        assert!(exact.minima[0].centre[0] > 0.0 && exact.minima[1].centre[0] < 0.0);
        // The distance is that of the float points, and so is the content.
        let simplified = evidence.simplified.unwrap();
        for (i, m) in exact.minima.iter().enumerate() {
            let square: f64 = (m.centre.iter().enumerate())
                .map(|(j, x)| {
                    (x - simplified.minima[i].point.get(j).map_or(0.0, |p| p.mid())).powi(2)
                })
                .sum();
            assert!((exact.row_distance[i].mid() - square.sqrt()).abs() < 1e-9);
        }
        let w = DMatrix::from_fn(d as usize, 2, |j, i| exact.minima[i].centre[j]);
        let projector = &w * (w.transpose() * &w).try_inverse().unwrap() * w.transpose();
        for (j, p) in evidence.content.unwrap().projections.iter().enumerate() {
            let float = projector[(j, j)].sqrt();
            assert!(
                (p.mid() - float).abs() < 1e-9 && p.width() < 1e-8,
                "{p} against {float}"
            );
        }
    }
}

/// Where the conditions about `w̃*` hold they contain the minimum; they hold in high dimension and fail at d = 10.
#[test]
fn transfer_conditions_hold_and_fail_where_they_should() {
    let margin = |e: &EmpiricalEvidence, id, space| {
        let c = (e.conditions.iter())
            .find(|c| c.id == id && c.space == space)
            .unwrap();
        assert_eq!(c.condition.holds(), c.condition.margin > 1.0);
        c.condition.margin
    };
    let small = decide(&drawn(10, 100, 1));
    let large = decide(&drawn(50, 2500, 1));
    for id in [ConditionId::QuantitativeIft, ConditionId::NewtonKantorovich] {
        for space in [Space::Row, Space::All] {
            assert!(margin(&small, id, space) < 1.0);
            assert!(margin(&large, id, space) > 1.0);
        }
        // W asks for more than a row.
        assert!(margin(&large, id, Space::All) <= margin(&large, id, Space::Row));
    }
    let contained = large.exact.unwrap().contained_by;
    assert_eq!(contained, [0, 1, 2, 3]);
    assert!(small.exact.unwrap().contained_by.is_empty());
}

#[test]
fn uniqueness_balls_hold_no_other_critical_point() {
    let claim = drawn(5, 40, 2);
    let evidence = decide(&claim);
    let data = claim.data.as_ref().unwrap();
    let objective = EmpiricalObjective::new(&data.points, 0.00125, claim.rho_view.sqr().mid());
    for m in &evidence.exact.unwrap().minima {
        assert!(m.uniqueness_radius > 0.01, "{}", m.uniqueness_radius);
        let mut state = 5u64;
        let mut next = || {
            state = state
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            ((state >> 11) as f64) / (1u64 << 53) as f64 - 0.5
        };
        for _ in 0..200 {
            // On the ball the objective is convex: its gradient points away from the minimum.
            let direction: Vec<f64> = (0..5).map(|_| next()).collect();
            let length = direction.iter().map(|x| x * x).sum::<f64>().sqrt();
            let w: Vec<f64> = (m.centre.iter().zip(&direction))
                .map(|(c, x)| c + 0.999 * m.uniqueness_radius * x / length)
                .collect();
            let mut gradient = vec![0.0; 5];
            objective.gradient(&w, &mut gradient);
            let outward: f64 = gradient.iter().zip(&direction).map(|(g, x)| g * x).sum();
            assert!(outward > 0.0);
        }
    }
}

/// A symmetric data set has symmetric rows, whatever the code makes of each.
#[test]
fn mirrored_points_have_mirrored_minima() {
    let base = drawn(4, 12, 9);
    let data = base.data.clone().unwrap();
    let n = data.n();
    let points = DMatrix::from_fn(2 * n, 4, |i, j| {
        let x = data.points[(i % n, j)];
        if i >= n && j == 0 { -x } else { x }
    });
    let centres = (0..2 * n)
        .map(|i| {
            if i < n {
                data.centres[i]
            } else {
                (data.centres[i - n] + 2) % 4
            }
        })
        .collect();
    let claim = with_points(&base, points, centres);
    assert!(claim.mirror_symmetric);
    let exact = decide(&claim).exact.unwrap();
    let [first, second] = &exact.minima;
    for j in 0..4 {
        let (a, b) = (first.coordinate(j), second.coordinate(j));
        let mirrored = if j == 0 { -b } else { b };
        assert!(!a.intersection(mirrored).is_empty(), "{a} {b}");
    }
}

#[test]
fn wrong_claims_and_degenerate_data_are_not_verified() {
    let base = drawn(3, 8, 1);
    // A penalty beyond the pitchfork.
    let strong = claim("alpha = 0.5\nd = 10\nn = 100\nseed = 1");
    assert_ne!(decide(&strong).verdict, ClaimVerdict::Verified);
    // No point at one centre; all points the same; one point.
    let missing = with_points(
        &base,
        DMatrix::from_row_slice(3, 2, &[1.0, 0.0, -1.0, 0.0, 1.0, 7.0]),
        vec![0, 2, 1],
    );
    let same = with_points(&base, DMatrix::from_element(4, 3, 1.0), vec![0, 1, 2, 3]);
    let one = with_points(
        &base,
        DMatrix::from_row_slice(1, 3, &[1.0, 0.0, 0.0]),
        vec![0],
    );
    // Points that are none, and points beyond all bounds.
    let mut holes = base.data.as_ref().unwrap().points.clone();
    holes[(2, 1)] = f64::NAN;
    let nan = with_points(&base, holes, vec![0, 1, 2, 3, 0, 1, 2, 3]);
    let mut far = base.data.as_ref().unwrap().points.clone();
    far[(0, 0)] = 1e200;
    let huge = with_points(&base, far, vec![0, 1, 2, 3, 0, 1, 2, 3]);
    // Labels that have nothing to do with the points: w̃* is then elsewhere, and no condition about it may hold.
    let shuffled = with_points(
        &base,
        DMatrix::from_fn(8, 3, |i, j| {
            if j == 0 {
                0.3 * i as f64
            } else {
                -2.0 * (i as f64).sin()
            }
        }),
        vec![0, 1, 2, 3, 0, 1, 2, 3],
    );
    for (what, claim) in [
        ("missing", missing),
        ("same", same),
        ("one", one),
        ("nan", nan),
        ("huge", huge),
    ] {
        let evidence = decide(&claim);
        assert_ne!(
            evidence.verdict,
            ClaimVerdict::Verified,
            "{what}: {}",
            evidence.reason
        );
        assert!(!evidence.reason.is_empty(), "{what}");
    }
    let evidence = decide(&shuffled);
    assert!(evidence.exact.is_none_or(|e| e.contained_by.is_empty()));
}

#[test]
fn a_required_condition_that_fails_is_reported_with_both_sides() {
    let claim = claim("alpha = '1/800'\nd = 10\nn = 100\nseed = 1\nrequire = ['quantitative_ift']");
    let evidence = decide(&claim);
    assert_eq!(evidence.verdict, ClaimVerdict::Inconclusive);
    assert!(
        evidence.reason.contains("quantitative_ift fails in W")
            && evidence.reason.contains("margin"),
        "{}",
        evidence.reason
    );
    assert!(evidence.advice.is_some());
}

#[test]
fn one_thread_or_many_decide_alike() {
    let claim = drawn(12, 6000, 4);
    let numbers = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let evidence = pool.install(|| decide(&claim));
        let exact = evidence.exact.unwrap();
        let margins: Vec<f64> = evidence
            .conditions
            .iter()
            .map(|c| c.condition.margin)
            .collect();
        (
            margins,
            exact.minima.map(|m| (m.centre, m.radius)),
            exact.distance,
        )
    };
    let one = numbers(1);
    assert_eq!(one, numbers(2));
    assert_eq!(one, numbers(3));
    assert_ne!(one.2, Interval::ENTIRE);
}

/// Minima that Newton's method finds elsewhere than the claim says: on the axis, and both on one side.
#[test]
fn minima_on_the_wrong_side_are_not_what_is_claimed() {
    let base = drawn(2, 4, 1);
    for x in [[0.01, 0.01, -0.01, -0.01], [0.011, 0.011, -0.009, -0.009]] {
        let points = DMatrix::from_fn(
            4,
            2,
            |i, j| if j == 0 { x[i] } else { 7.0 * (i % 2) as f64 },
        );
        let mut claim = with_points(&base, points, vec![0, 1, 2, 3]);
        claim.rho_view = Interval::literal("0.1").unwrap();
        let evidence = decide(&claim);
        let exact = evidence.exact.unwrap();
        // They are proved, and they are minima.
        assert!(exact.minima.iter().all(|m| m.is_minimum) && !exact.is_proved());
        assert_eq!(
            evidence.verdict,
            ClaimVerdict::Inconclusive,
            "{}",
            evidence.reason
        );
        assert!(evidence.reason.contains("each side"), "{}", evidence.reason);
    }
}

/// Rows of unlike residuals, and a point far away: the conditions' balls must not run out.
#[test]
fn unlike_rows_and_far_points_leave_the_constants_finite() {
    let base = drawn(2, 4, 1);
    let near = [[1.0, 0.0], [1.0, 7.0], [-1.0, 0.0], [-1.0, 7.0]];
    let claim_of = |extra: &[[f64; 2]]| {
        let all: Vec<[f64; 2]> = near.iter().chain(extra).copied().collect();
        let points = DMatrix::from_fn(all.len(), 2, |i, j| all[i][j]);
        let centres = (0..all.len()).map(|i| (i % 4) as u8).collect();
        let mut claim = with_points(&base, points, centres);
        claim.rho_view = Interval::literal("0.01").unwrap();
        claim
    };
    // Almost at the centres: both conditions hold with room, whatever the rows' residuals are.
    let evidence = decide(&claim_of(&[
        [1.0 + 1e-6, 1e-7],
        [1.0, 7.0],
        [-1.0, 1e-6],
        [-1.0, 7.0],
    ]));
    for c in &evidence.conditions {
        assert!(
            c.condition.margin > 4.0,
            "{:?} {:?}: {}",
            c.id,
            c.space,
            c.condition.margin
        );
    }
    // The far point saturates the sigmoid: it is in the tails, where every derivative is tiny.
    for far in [[100.0, 2000.0], [1000.0, 5000.0]] {
        let evidence = decide(&claim_of(&[far]));
        for c in &evidence.conditions {
            assert!(
                c.condition.lipschitz.is_finite(),
                "{:?} {:?}",
                c.id,
                c.space
            );
        }
        assert!(evidence.exact.is_some(), "{}", evidence.reason);
    }
}
