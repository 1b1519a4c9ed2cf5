//! One formula over floats, lanes, enclosures and dual numbers: the same values, and the derivatives of
//! an independent implementation.

use crate::reference::repeatable;
use approx::assert_relative_eq;
use minlift::interval::Interval;
use minlift::scalar::{Dual, Lanes, Scalar};
use num_dual::{Dual64, DualNum};
use proptest::prelude::*;

/// Uses every operation; defined for `x > 0`.
fn formula<S: Scalar>(x: S) -> S {
    let mut y = x.sqr() * x.sigmoid() - x.tanh() / (x.exp() + S::one());
    y += x.ln() * x.sqrt();
    y -= x.recip() + x.powi(3) + x.powi(-2);
    y *= S::from_f64(0.5);
    -y
}

/// The same by num-dual, the sigmoid from its definition.
fn oracle(x: Dual64) -> Dual64 {
    let sigmoid = ((-x).exp() + 1.0).recip();
    let y = x * x * sigmoid - x.tanh() / (x.exp() + 1.0) + x.ln() * x.sqrt()
        - x.recip()
        - x.powi(3)
        - x.powi(-2);
    -(y * 0.5)
}

proptest! {
    #![proptest_config(repeatable(500))]

    #[test]
    fn floats_lanes_and_enclosures_agree(x in 0.1..4.0f64, radius in 0.0..1e-3f64) {
        let value = formula(x);
        let lanes = formula(Lanes([x, 1.0, x, 2.0]));
        prop_assert_eq!(lanes.0, [value, formula(1.0), value, formula(2.0)]);
        let tight = formula(Interval::point(x));
        prop_assert!((tight.mid() - value).abs() <= 1e-12 * (1.0 + value.abs()));
        prop_assert!(tight.width() <= 1e-12 * (1.0 + tight.mag()));
        prop_assert!(tight.subset_of(formula(Interval::ball(x, radius))));
    }

    #[test]
    fn derivatives_agree_with_num_dual(x in 0.1..4.0f64) {
        let ours = formula(Dual::variable(x));
        let theirs = oracle(Dual64::from(x).derivative());
        assert_relative_eq!(ours.value, theirs.re, max_relative = 1e-12, epsilon = 1e-12);
        assert_relative_eq!(ours.slope, theirs.eps, max_relative = 1e-12, epsilon = 1e-12);
        let enclosed = formula(Dual::variable(Interval::point(x)));
        prop_assert!(enclosed.slope.width() < 1e-10 * (1.0 + enclosed.slope.mag()));
        prop_assert!((enclosed.slope.mid() - theirs.eps).abs() <= 1e-10 * (1.0 + theirs.eps.abs()));
        // Nested: the second derivative, against a difference of first ones.
        let second = formula(Dual { value: Dual::variable(x), slope: Dual::one() }).slope.slope;
        let h = 1e-5 * x;
        let slope = |x| oracle(Dual64::from(x).derivative()).eps;
        let difference = (slope(x + h) - slope(x - h)) / (2.0 * h);
        assert_relative_eq!(second, difference, max_relative = 1e-6, epsilon = 1e-6);
    }

    // Mean value theorem: a slope over a box encloses every difference quotient in it.
    #[test]
    fn slopes_over_a_box_enclose_difference_quotients(x in 0.2..4.0f64, r in 1e-3..0.1f64, s in -1.0..1.0f64) {
        let slope = formula(Dual::variable(Interval::ball(x, r))).slope;
        let (a, b) = (Interval::point(x - r), Interval::point(x + 0.5 * r * s));
        let quotient = (formula(b) - formula(a)) / (b - a);
        prop_assert!(!quotient.intersection(slope).is_empty());
    }
}

#[test]
fn powers_of_dual_numbers_at_the_ends_of_the_exponents() {
    let x = Interval::literal("1.0000001").expect("a decimal");
    for n in [i32::MIN, i32::MIN + 1, -1, 0, 1, 2, i32::MAX] {
        let power = Dual::variable(x).powi(n);
        assert_eq!(power.value, x.powi(n));
        let expected = Interval::point(f64::from(n)) * x.powi(n) / x;
        assert!(!power.slope.intersection(expected).is_empty(), "n = {n}");
        assert!(
            power.slope.width() <= 1e-6 * power.slope.mag(),
            "n = {n}: {:?}",
            power.slope
        );
    }
    assert_eq!(Dual::variable(0.0).powi(0), Dual::fixed(1.0));
    assert_eq!(Dual::variable(0.0).powi(1), Dual::variable(0.0));
}

/// A formula undefined somewhere on its box says so by an unbounded value and slope.
#[test]
fn outside_the_domain_nothing_is_claimed() {
    let x = Interval::new(-1.0, 4.0).expect("an interval");
    let undefined: [fn(Dual<Interval>) -> Dual<Interval>; 5] = [
        Scalar::sqrt,
        Scalar::ln,
        Scalar::recip,
        |x| x.powi(-3),
        |x| Dual::one() / x,
    ];
    for (i, f) in undefined.iter().enumerate() {
        let y = f(Dual::variable(x));
        assert_eq!((i, y.value), (i, Interval::ENTIRE));
        assert!(!y.slope.is_bounded(), "{i}: {:?}", y.slope);
    }
    // The type's own methods follow the standard instead.
    assert_eq!(x.sqrt().sup(), 2.0);
}

#[test]
fn a_float_sigmoid_never_overflows() {
    for (x, value) in [
        (1e4, 1.0),
        (-1e4, 0.0),
        (0.0, 0.5),
        (f64::INFINITY, 1.0),
        (f64::NEG_INFINITY, 0.0),
    ] {
        assert_eq!(Scalar::sigmoid(x), value);
    }
    assert!(Scalar::sigmoid(f64::NAN).is_nan());
}
