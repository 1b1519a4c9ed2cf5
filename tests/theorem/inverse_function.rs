//! The quantitative inverse function theorem: hand-computed cases, failing hypotheses, bad bounds.

use crate::systems::{Himmelblau, Mixed, Parabolas, RootOfTwo, Rosenbrock};
use minlift::interval::Interval;
use minlift::theorem::{
    Autodiff, LipschitzJacobian, quantitative_ift, quantitative_ift_largest_radius,
};

/// With constant K the best R is `sqrt(epsilon/(2K))/|A^-1|` and the margin `1/sqrt(2 K epsilon |A^-1|^2)`.
#[test]
fn constant_lipschitz_bound_has_the_closed_form_margin() {
    for (inverse, epsilon, k) in [
        (1.0 / 3.0, 0.25, 2.0),
        (400.0, 1e-7, 0.3),
        (0.5, 1e-12, 5.0),
    ] {
        let condition = quantitative_ift(inverse, epsilon, |_| k);
        let best = 1.0 / (2.0 * k * epsilon * inverse * inverse).sqrt();
        assert!(condition.holds());
        assert!(condition.margin <= best * (1.0 + 1e-14) && condition.margin >= best / 1.02);
        let radius = condition.radius.unwrap();
        assert!(
            radius >= 2.0 * epsilon * inverse && radius <= 2.0 * epsilon * inverse * (1.0 + 1e-14)
        );
        let r = condition.free_radius.unwrap();
        assert!(condition.uniqueness_radius.unwrap() <= 2.0 * r * inverse);
        assert!(condition.left < 1.0 && condition.margin <= 1.0 / condition.left);
    }
}

/// `2 K epsilon |A^-1|^2 = 1` is the edge: a hair below it holds, at it and above it does not.
#[test]
fn the_edge_is_refused() {
    let at = |epsilon: f64| quantitative_ift(1.0, epsilon, |_| 0.5).holds();
    assert!(!at(1.0) && !at(1.001));
    assert!(at(0.999));
}

/// K grows with the ball: K(r) = e^r. The best R solves `2 R^2 e^(2R) = epsilon` for |A^-1| = 1.
#[test]
fn growing_lipschitz_bound_is_optimised_in_few_evaluations() {
    let (r_best, mut evaluations) = (0.2f64, 0);
    let epsilon = 2.0 * r_best.powi(2) * (2.0 * r_best).exp();
    let condition = quantitative_ift(1.0, epsilon, |r| {
        evaluations += 1;
        r.exp() * (1.0 + 1e-15)
    });
    assert!(evaluations <= 12, "{evaluations}");
    assert!(condition.margin >= r_best / epsilon / 1.02);
    assert!(condition.margin <= r_best / epsilon * (1.0 + 1e-12));
    assert!(condition.holds());
}

#[test]
fn the_largest_radius_reaches_the_limit() {
    // 2 R K |A^-1|^2 = 1 at R = 9/4, the ball has radius 3/2.
    let largest = quantitative_ift_largest_radius(1.0 / 3.0, 0.25, |_| 2.0).unwrap();
    assert!(largest.holds());
    let unique = largest.uniqueness_radius.unwrap();
    assert!(unique > 1.49 && unique <= 1.5, "{unique}");
    // K(r) = e^r: 2 R e^(2R) = 1 at R = 0.28357; a bound that grows needs the search.
    let largest = quantitative_ift_largest_radius(1.0, 0.01, |r| r.exp()).unwrap();
    let unique = largest.uniqueness_radius.unwrap();
    assert!(unique > 0.55 && unique < 0.5672, "{unique}");
    assert!(quantitative_ift_largest_radius(1.0, 1.0, |_| 0.5).is_none());
}

/// x^2 - 2 at 1.5 with K from the formula itself: the predicted ball holds the root.
#[test]
fn predicted_ball_holds_the_root_of_two() {
    let system = Autodiff(RootOfTwo);
    let condition = quantitative_ift(1.0 / 3.0, 0.25, |r| {
        system.lipschitz(None, &[Interval::point(1.5)], r)
    });
    assert!(condition.holds() && condition.lipschitz >= 2.0);
    assert!((1.5 - 2f64.sqrt()) <= condition.radius.unwrap());
}

#[test]
fn a_residual_of_zero_holds_with_a_huge_margin() {
    let condition = quantitative_ift(10.0, 0.0, |_| 3.0);
    assert!(condition.holds() && condition.margin > 1e100);
    assert!(condition.radius.unwrap() < 1e-300);
    let affine = quantitative_ift(10.0, 1.0, |_| 0.0);
    assert!(affine.holds() && affine.margin > 1e6);
}

/// One failing case per hypothesis, and every bad bound: both sides are still reported.
#[test]
fn failing_and_meaningless_bounds_never_hold() {
    let bad = [f64::NAN, f64::INFINITY, -1.0, f64::NEG_INFINITY];
    for x in bad {
        for condition in [
            quantitative_ift(x, 0.1, |_| 1.0),
            quantitative_ift(1.0, x, |_| 1.0),
            quantitative_ift(1.0, 0.1, |_| x),
        ] {
            assert!(!condition.holds() && !condition.left.is_nan() && condition.right == 1.0);
            assert!(condition.margin <= 1.0 && condition.radius.is_none());
            assert!(condition.uniqueness_radius.is_none());
        }
    }
    assert!(!quantitative_ift(0.0, 0.1, |_| 1.0).holds()); // no inverse has norm 0
    assert!(!quantitative_ift(1.0, f64::MAX, |_| 0.0).holds()); // the ball is beyond the floats
    // Residual too large for the curvature.
    let fails = quantitative_ift(1.0 / 3.0, 3.0, |_| 2.0);
    assert!(!fails.holds() && fails.left > 1.0 && fails.margin < 1.0);
}

/// The Lipschitz bound exceeds every difference quotient sampled, by at most a factor 2.
#[test]
fn lipschitz_bounds_exceed_samples_and_are_near_them() {
    fn check(name: &str, system: &dyn LipschitzJacobian, centre: &[f64], radius: f64) {
        let n = centre.len();
        let points: Vec<Interval> = centre.iter().map(|&x| Interval::point(x)).collect();
        let bound = system.lipschitz(None, &points, radius);
        let mut sampled = 0.0f64;
        // Quasi-random pairs of near points in the ball: |DF(u) - DF(v)|_2 / |u - v|.
        for s in 0..4000u32 {
            let coordinate = |i: usize| {
                let phi = [
                    0.618_033_988_7,
                    0.754_877_666_2,
                    0.569_840_290_9,
                    0.438_579_021_1,
                ];
                2.0 * (f64::from(s) * phi[i] + 0.3 * i as f64).fract() - 1.0
            };
            let mut u: Vec<f64> = (0..n).map(coordinate).collect();
            let length = u.iter().map(|x| x * x).sum::<f64>().sqrt();
            let scale = 0.999 * radius / length.max(1.0);
            u.iter_mut()
                .zip(centre)
                .for_each(|(x, c)| *x = c + *x * scale);
            let angle = f64::from(s) * 2.399_963;
            let step: Vec<f64> = match n {
                1 => vec![1.0],
                2 => vec![angle.cos(), angle.sin()],
                _ => vec![
                    angle.cos() * 0.8,
                    angle.sin() * 0.8,
                    (angle * 0.37).cos() * 0.6,
                ],
            };
            let size = 1e-5 * radius / step.iter().map(|x| x * x).sum::<f64>().sqrt();
            let v: Vec<f64> = u.iter().zip(&step).map(|(x, d)| x - size * d).collect();
            let distance = u
                .iter()
                .zip(&v)
                .map(|(a, b)| (a - b).powi(2))
                .sum::<f64>()
                .sqrt();
            let difference = system.jacobian_approx(&u) - system.jacobian_approx(&v);
            sampled = sampled.max(difference.singular_values().max() / distance);
        }
        let ratio = bound / sampled;
        println!("{name}, radius {radius}: bound {bound}, sampled {sampled}, ratio {ratio}");
        // Difference quotients err by 1e-16/1e-5 relative to the Jacobian.
        assert!(
            ratio >= 1.0 - 1e-7,
            "{name}, radius {radius}: {bound} below {sampled}"
        );
        assert!(
            ratio <= 2.0,
            "{name}, radius {radius}: {bound} against {sampled}"
        );
    }
    for radius in [1e-3, 0.1, 1.0] {
        check("root of two", &Autodiff(RootOfTwo), &[1.5], radius);
        check("parabolas", &Autodiff(Parabolas), &[1.1, 0.9], radius);
        check("Rosenbrock", &Autodiff(Rosenbrock), &[1.0, 1.0], radius);
        check("Himmelblau", &Autodiff(Himmelblau), &[3.0, 2.0], radius);
        check("mixed", &Autodiff(Mixed), &[1.0, 1.0, 1.0], radius);
    }
}

#[test]
fn lipschitz_bounds_of_bad_balls_are_infinite() {
    let system = Autodiff(Parabolas);
    let at = |c: Interval, r: f64| system.lipschitz(None, &[c, Interval::ONE], r);
    for r in [f64::NAN, -1.0, f64::INFINITY] {
        assert_eq!(at(Interval::ONE, r), f64::INFINITY);
    }
    assert_eq!(at(Interval::EMPTY, 0.1), f64::INFINITY);
    assert_eq!(at(Interval::ENTIRE, 0.1), f64::INFINITY);
}
