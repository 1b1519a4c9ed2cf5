//! Newton-Kantorovich: x^2 - 2 with its radii by hand, the edge h = 1/2, bad bounds.

use crate::systems::{Parabolas, RootOfTwo};
use minlift::interval::Interval;
use minlift::interval::linalg::{apply, inverse, norm};
use minlift::theorem::{
    Autodiff, LipschitzJacobian, System, newton_kantorovich, newton_kantorovich_largest_radius,
    regular_radius_lower,
};

/// `F = x^2 - 2` at `x0`: `A = 2 x0`, `K' = 1/x0`, and the radii are exact:
/// `t* = |x0 - sqrt 2|`, `t** = x0 + sqrt 2`, because F is its own majorant.
#[test]
fn root_of_two_from_several_points() {
    for x0 in [1.5f64, 1.25, 2.0, 1.414] {
        let eta = (x0 * x0 - 2.0).abs() / (2.0 * x0);
        let condition = newton_kantorovich(eta * (1.0 + 1e-15), |_| (1.0 / x0) * (1.0 + 1e-15));
        assert!(condition.holds(), "x0 = {x0}");
        let h = eta / x0;
        assert!(condition.left >= h && condition.left <= h * (1.0 + 1e-14));
        assert!(condition.margin <= 0.5 / h && condition.margin >= 0.5 / h * (1.0 - 1e-14));
        // From above sqrt 2 Newton's step falls short of it by the second-order term: F convex.
        let t_star = x0 * (1.0 - (1.0 - 2.0 * h).sqrt());
        let radius = condition.radius.unwrap();
        assert!(radius >= t_star * (1.0 - 1e-11) && radius <= t_star * (1.0 + 1e-11));
        assert!((x0 - 2f64.sqrt()).abs() <= radius);
        if x0 > 1.42 {
            assert!((t_star - (x0 - 2f64.sqrt())).abs() < 1e-13);
        }
        let widest = newton_kantorovich_largest_radius(eta, |_| 1.0 / x0).unwrap();
        let t_star_star = x0 * (1.0 + (1.0 - 2.0 * h).sqrt());
        let unique = widest.uniqueness_radius.unwrap();
        // No reach over the second root, and nearly up to it.
        assert!(unique <= t_star_star * (1.0 + 1e-14) && unique > 0.95 * t_star_star);
    }
}

/// The constants computed by the engine from the formula itself give the same radii.
#[test]
fn constants_from_enclosures() {
    let (system, x0) = (Autodiff(RootOfTwo), [Interval::point(1.5)]);
    let inverse = inverse(&system.jacobian(&x0)).unwrap();
    let eta = norm(&apply(&inverse, &system.value(&x0))).sup();
    let condition = newton_kantorovich(eta, |r| system.lipschitz(Some(&inverse), &x0, r));
    assert!(condition.holds());
    assert!((condition.lipschitz - 2.0 / 3.0).abs() < 1e-14);
    let error = condition.radius.unwrap() - (1.5 - 2f64.sqrt());
    assert!((0.0..1e-14).contains(&error), "{error}");
}

/// `x^2 + y = 2, x + y^2 = 2` at (1.1, 0.95): `A^-1 D^2F` is constant, `|x0 - (1, 1)| = 0.1118`.
#[test]
fn parabolas_near_one_one() {
    let (system, x0) = (
        Autodiff(Parabolas),
        [Interval::point(1.1), Interval::point(0.95)],
    );
    let inverse = inverse(&system.jacobian(&x0)).unwrap();
    let eta = norm(&apply(&inverse, &system.value(&x0))).sup();
    let condition = newton_kantorovich(eta, |r| system.lipschitz(Some(&inverse), &x0, r));
    assert!(condition.holds());
    let radius = condition.radius.unwrap();
    assert!((0.1118..0.13).contains(&radius), "{radius}");
}

/// A double zero sits exactly at h = 1/2: `F = x^2` at 1 has `eta = 1/2`, `K' = 1`, `t* = 1`.
#[test]
fn the_edge_is_refused() {
    assert!(!newton_kantorovich(0.5, |_| 1.0).holds());
    assert!(!newton_kantorovich(0.5, |_| 1.0001).holds());
    assert!(newton_kantorovich(0.4999, |_| 1.0).holds());
}

/// K' known only on a small ball: t* must lie inside it.
#[test]
fn the_ball_must_hold_the_existence_radius() {
    // Fine up to radius 0.2, unknown beyond; h = 0.3 there, t* = 0.1225 with eta = 0.1.
    let known = |limit: f64| move |r: f64| if r <= limit { 3.0 } else { f64::INFINITY };
    let holds = newton_kantorovich(0.1, known(0.2));
    assert!(holds.holds() && holds.ball <= 0.2 && holds.radius.unwrap() <= holds.ball);
    assert!(holds.uniqueness_radius.unwrap() <= holds.ball);
    assert!(!newton_kantorovich(0.1, known(0.12)).holds());
}

/// `K'(r) = e^r`: the smallest ball that holds t* is found, within 8 evaluations.
#[test]
fn growing_bound_is_taken_on_the_smallest_ball() {
    let mut evaluations = 0;
    let condition = newton_kantorovich(0.25, |r| {
        evaluations += 1;
        r.exp()
    });
    assert!(evaluations <= 8 && condition.holds());
    // r = t*(r) at 0.3215, where h = 0.25 e^r = 0.3448; the ball 2 eta would give 0.412.
    assert!(
        condition.left > 0.3447 && condition.left < 0.352,
        "{}",
        condition.left
    );
}

#[test]
fn failing_and_meaningless_bounds_never_hold() {
    for x in [f64::NAN, f64::INFINITY, -1.0, f64::NEG_INFINITY] {
        for condition in [
            newton_kantorovich(x, |_| 1.0),
            newton_kantorovich(0.1, |_| x),
        ] {
            assert!(!condition.holds() && !condition.left.is_nan());
            assert!(condition.margin <= 1.0 && condition.radius.is_none());
        }
    }
    let fails = newton_kantorovich(1.0, |_| 1.0);
    assert!(!fails.holds() && fails.left >= 1.0 && fails.margin <= 0.5);
    let exact = newton_kantorovich(0.0, |_| 1.0);
    assert!(exact.holds() && exact.radius.unwrap() < 1e-300);
    let affine = newton_kantorovich(1.0, |_| 0.0);
    assert!(affine.holds() && affine.radius.unwrap() >= 1.0);
    assert!(regular_radius_lower(4.0) == 0.25 && regular_radius_lower(f64::NAN) == 0.0);
}
