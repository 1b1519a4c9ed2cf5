//! `+ - * /`, squares, roots and powers contain every exact result, and no float less would do.

use crate::reference::{excess, float, interval, repeatable, rows};
use minlift::interval::Interval;
use nalgebra::{DMatrix, DVector};
use proptest::prelude::*;

const INF: f64 = f64::INFINITY;
const TINY: f64 = f64::from_bits(1);

fn iv(lo: f64, hi: f64) -> Interval {
    Interval::new(lo, hi).expect("test intervals are intervals")
}

fn point(x: f64) -> Interval {
    Interval::point(x)
}

#[test]
fn arithmetic_of_points_is_tightest() {
    let mut seen = 0;
    for row in rows(include_str!("../data/interval_arithmetic.csv")) {
        let (a, b) = (point(float(row[1])), point(float(row[2])));
        let tightest = interval(row[3], row[4]);
        match row[0] {
            "add" => {
                assert_eq!(a + b, tightest, "{a:?} + {b:?}");
                assert_eq!(b + a, tightest, "{b:?} + {a:?}");
                assert_eq!(a - -b, tightest, "{a:?} - {:?}", -b);
            }
            "mul" => {
                assert_eq!(a * b, tightest, "{a:?} * {b:?}");
                assert_eq!(-b * a, -tightest, "{:?} * {a:?}", -b);
            }
            "div" => assert_eq!(a / b, tightest, "{a:?} / {b:?}"),
            "sqrt" => assert_eq!(a.sqrt(), tightest, "sqrt {a:?}"),
            other => panic!("unknown operation {other}"),
        }
        seen += 1;
    }
    assert!(seen > 800, "the table was cut to {seen} rows");
}

#[test]
fn powers_of_points_are_tightest() {
    for row in rows(include_str!("../data/interval_power.csv")) {
        let x = point(float(row[0]));
        let n: i32 = row[1].parse().expect("an exponent");
        let tightest = interval(row[2], row[3]);
        assert_eq!(x.powi(n), tightest, "{x:?}^{n}");
        if n == 2 {
            assert_eq!(x.sqr(), tightest, "{x:?}^2");
        }
    }
}

/// A float of any size, with zeros and the ends of the range among them.
fn any_finite() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => any::<u64>().prop_map(f64::from_bits).prop_filter("finite", |x| x.is_finite()),
        4 => -8.0..8.0,
        1 => proptest::sample::select(vec![
            0.0, -0.0, 1.0, -1.0, TINY, -TINY, f64::MIN_POSITIVE, f64::MAX, f64::MIN,
        ]),
    ]
}

/// An interval, a point of it, and an interval around it.
fn nested() -> impl Strategy<Value = (f64, Interval, Interval)> {
    proptest::array::uniform5(any_finite()).prop_map(|mut x| {
        x.sort_by(f64::total_cmp);
        (x[2], iv(x[1], x[3]), iv(x[0], x[4]))
    })
}

/// Every operation of two arguments, by name.
type Binary = fn(Interval, Interval) -> Interval;
const BINARY: [(&str, Binary); 8] = [
    ("add", |a, b| a + b),
    ("sub", |a, b| a - b),
    ("mul", |a, b| a * b),
    ("div", |a, b| a / b),
    ("min", Interval::min),
    ("max", Interval::max),
    ("hull", Interval::hull),
    ("intersection", Interval::intersection),
];

type Unary = fn(Interval) -> Interval;
const UNARY: [(&str, Unary); 10] = [
    ("neg", |a| -a),
    ("abs", Interval::abs),
    ("sqr", Interval::sqr),
    ("sqrt", Interval::sqrt),
    ("recip", Interval::recip),
    ("cube", |a| a.powi(3)),
    ("fourth power", |a| a.powi(4)),
    ("inverse square", |a| a.powi(-2)),
    ("inverse cube", |a| a.powi(-3)),
    ("power -1", |a| a.powi(-1)),
];

proptest! {
    #![proptest_config(repeatable(3000))]

    // The point results are tightest by the tables, so a set result that contains them for
    // points of the arguments contains the exact real results.
    #[test]
    fn containment_and_inclusion_monotonicity((x, a, aa) in nested(), (y, b, bb) in nested()) {
        for (name, f) in BINARY {
            prop_assert!(f(a, b).subset_of(f(aa, bb)), "{name}: {a:?} {b:?} in {aa:?} {bb:?}");
            if name != "intersection" {
                prop_assert!(f(point(x), point(y)).subset_of(f(a, b)), "{name}: {x} {y} in {a:?} {b:?}");
            }
        }
        for (name, f) in UNARY {
            prop_assert!(f(point(x)).subset_of(f(a)), "{name}: {x} in {a:?}");
            prop_assert!(f(a).subset_of(f(aa)), "{name}: {a:?} in {aa:?}");
        }
    }

    // The hull of the results at corners is the range of a monotone or bilinear operation.
    #[test]
    fn sets_are_no_wider_than_their_corners((_, a, _) in nested(), (_, b, _) in nested()) {
        let corners = |f: Binary| {
            let mut hull = Interval::EMPTY;
            for x in [a.inf(), a.sup()] {
                for y in [b.inf(), b.sup()] {
                    hull = hull.hull(f(point(x), point(y)));
                }
            }
            hull
        };
        for (name, f) in &BINARY[..3] {
            prop_assert_eq!(f(a, b), corners(*f), "{}", name);
        }
        if !b.contains(0.0) {
            prop_assert_eq!(a / b, corners(|x, y| x / y));
        }
        if a.inf() >= 0.0 {
            prop_assert_eq!(a.sqrt(), point(a.inf()).sqrt().hull(point(a.sup()).sqrt()));
        }
    }

    #[test]
    fn mid_and_rad_cover_the_set((_, _, a) in nested()) {
        let m = a.mid();
        prop_assert!(a.contains(m));
        prop_assert!(a.subset_of(point(m) + Interval::symmetric(a.rad())));
        // One float less does not reach both ends (a bound that is a float is reached by the
        // exact sum if it is reached by the sum rounded inward).
        let reached_by = |r: f64| {
            let (low, high) = (point(m) - point(r), point(m) + point(r));
            low.sup() <= a.inf() && a.sup() <= high.inf()
        };
        prop_assert!(a.is_point() || a.rad().is_infinite() || !reached_by(a.rad().next_down()));
        prop_assert!(a.width() >= a.sup() - a.inf());
    }

    // x^(m + n) = x^m x^n, two routes to one number.
    #[test]
    fn powers_multiply(x in -3.0..3.0f64, m in -40i32..40, n in -40i32..40) {
        prop_assume!(x != 0.0);
        let (product, sum) = (point(x).powi(m) * point(x).powi(n), point(x).powi(m + n));
        prop_assert!(!product.intersection(sum).is_empty());
        prop_assert!(sum.subset_of(product));
    }
}

#[test]
fn constructor_takes_intervals_only() {
    for (lo, hi) in [
        (f64::NAN, 1.0),
        (1.0, f64::NAN),
        (f64::NAN, f64::NAN),
        (2.0, 1.0),
        (INF, INF),
        (-INF, -INF),
        (INF, -INF),
    ] {
        assert!(Interval::new(lo, hi).is_err(), "[{lo}, {hi}]");
    }
    assert_eq!(iv(-INF, INF), Interval::ENTIRE);
    assert_eq!(iv(-0.0, 0.0), Interval::ZERO);
    // A NaN or infinity bounds nothing.
    for x in [f64::NAN, INF, -INF] {
        assert_eq!(point(x), Interval::ENTIRE);
        assert!(!Interval::ENTIRE.contains(x));
    }
    assert_eq!(Interval::ball(1.0, f64::NAN), Interval::ENTIRE);
    assert_eq!(Interval::symmetric(-1.0), Interval::ENTIRE);
}

#[test]
fn empty_stays_empty() {
    let (e, a) = (Interval::EMPTY, iv(-1.0, 2.0));
    assert!(e.is_empty() && e.inf() == INF && e.sup() == -INF);
    for (name, f) in BINARY {
        if name != "hull" {
            assert!(
                f(e, a).is_empty() && f(a, e).is_empty() && f(e, Interval::ENTIRE).is_empty(),
                "{name}"
            );
        }
    }
    for (name, f) in UNARY {
        assert!(f(e).is_empty(), "{name}");
    }
    assert!(e.powi(0).is_empty());
    assert_eq!(e.hull(a), a);
    assert!(e.subset_of(a) && e.interior_of(a) && !a.subset_of(e) && !a.interior_of(e));
    assert!(e.mid().is_nan() && e.rad().is_nan() && e.mag().is_nan() && e.mig().is_nan());
}

#[test]
fn unbounded_sums_and_products() {
    let (all, up, down) = (Interval::ENTIRE, iv(1.0, INF), iv(-INF, 2.0));
    assert_eq!(up + down, all);
    assert_eq!(up - down, iv(-1.0, INF));
    assert_eq!(point(f64::MAX) + point(f64::MAX), iv(f64::MAX, INF));
    assert_eq!(iv(-INF, f64::MIN) + point(-1.0), iv(-INF, f64::MIN));
    assert_eq!(Interval::ZERO * all, Interval::ZERO);
    assert_eq!(Interval::ZERO * up, Interval::ZERO);
    assert_eq!(iv(0.0, 1.0) * up, iv(0.0, INF));
    assert_eq!(iv(-1.0, 0.0) * up, iv(-INF, 0.0));
    assert_eq!(up * down, all);
    assert_eq!(down * down, all);
    assert_eq!(iv(-INF, -1.0) * down, iv(-INF, INF));
    assert_eq!(iv(-INF, -1.0) * iv(-INF, -2.0), iv(2.0, INF));
    assert_eq!(down.sqr(), iv(0.0, INF));
}

#[test]
fn division_over_the_nonzero_part() {
    let (all, zero) = (Interval::ENTIRE, Interval::ZERO);
    let cases = [
        (iv(1.0, 2.0), zero, Interval::EMPTY),
        (zero, zero, Interval::EMPTY),
        (zero, iv(-1.0, 1.0), zero),
        (zero, all, zero),
        (iv(1.0, 2.0), iv(-1.0, 1.0), all),
        (iv(1.0, 2.0), iv(0.0, 4.0), iv(0.25, INF)),
        (iv(1.0, 2.0), iv(-0.0, 4.0), iv(0.25, INF)),
        (iv(1.0, 2.0), iv(-4.0, 0.0), iv(-INF, -0.25)),
        (iv(-2.0, -1.0), iv(0.0, 4.0), iv(-INF, -0.25)),
        (iv(-2.0, -1.0), iv(-4.0, -0.0), iv(0.25, INF)),
        (iv(-2.0, 1.0), iv(0.0, 4.0), all),
        (iv(0.0, 1.0), iv(0.0, 4.0), iv(0.0, INF)),
        (iv(-1.0, 0.0), iv(0.0, 4.0), iv(-INF, 0.0)),
        (iv(0.0, 1.0), iv(-4.0, 0.0), iv(-INF, 0.0)),
        (iv(1.0, 2.0), iv(4.0, INF), iv(0.0, 0.5)),
        (iv(1.0, INF), iv(4.0, INF), iv(0.0, INF)),
        (iv(-INF, -1.0), iv(4.0, INF), iv(-INF, 0.0)),
        (iv(-INF, -1.0), iv(-INF, -4.0), iv(0.0, INF)),
        (iv(1.0, INF), iv(-INF, 0.0), iv(-INF, 0.0)),
        (iv(1.0, INF), iv(0.0, 2.0), iv(0.5, INF)),
        (all, iv(4.0, INF), all),
        (all, zero, Interval::EMPTY),
        (all, iv(0.0, INF), all),
        (point(1.0), point(TINY), iv(f64::MAX, INF)),
        (point(TINY), point(f64::MAX), iv(0.0, TINY)),
        (point(-TINY), point(2.0), iv(-TINY, 0.0)),
    ];
    for (a, b, quotient) in cases {
        assert_eq!(a / b, quotient, "{a:?} / {b:?}");
    }
    assert_eq!(all.recip(), all);
    assert_eq!(iv(0.0, INF).recip(), iv(0.0, INF));
    assert_eq!(zero.recip(), Interval::EMPTY);
}

#[test]
fn roots_and_powers_over_their_domains() {
    assert_eq!(iv(-4.0, 9.0).sqrt(), iv(0.0, 3.0));
    assert_eq!(iv(-4.0, -1.0).sqrt(), Interval::EMPTY);
    assert_eq!(iv(-4.0, 0.0).sqrt(), Interval::ZERO);
    assert_eq!(iv(-INF, INF).sqrt(), iv(0.0, INF));
    let (all, zero, a) = (Interval::ENTIRE, Interval::ZERO, iv(-2.0, 4.0));
    let cases = [
        (all, 0, Interval::ONE),
        (zero, 0, Interval::ONE),
        (a, 1, a),
        (a, 2, iv(0.0, 16.0)),
        (a, 3, iv(-8.0, 64.0)),
        (a, -1, all),
        (a, -2, iv(0.0625, INF)),
        (iv(0.0, 2.0), -3, iv(0.125, INF)),
        (iv(-2.0, 0.0), -3, iv(-INF, -0.125)),
        (iv(-2.0, 0.0), -2, iv(0.25, INF)),
        (zero, -3, Interval::EMPTY),
        (zero, -4, Interval::EMPTY),
        (zero, 5, zero),
        (all, 3, all),
        (all, 4, iv(0.0, INF)),
        (all, -3, all),
        (all, -4, iv(0.0, INF)),
        (iv(2.0, INF), -2, iv(0.0, 0.25)),
        (iv(-INF, -2.0), -3, iv(-0.125, 0.0)),
        (iv(-INF, -2.0), 3, iv(-INF, -8.0)),
        (iv(-1.0, 2.0), i32::MAX, iv(-1.0, INF)),
        (iv(-0.5, 1.0), i32::MIN, iv(1.0, INF)),
        (point(-1.0), i32::MIN, Interval::ONE),
        (point(2.0), i32::MIN, iv(0.0, TINY)),
        (point(-3.0), i32::MAX, iv(-INF, f64::MIN)),
        (point(-3.0), -i32::MAX, iv(-TINY, 0.0)),
    ];
    for (x, n, power) in cases {
        assert_eq!(x.powi(n), power, "{x:?}^{n}");
    }
}

#[test]
fn midpoints_of_extreme_intervals() {
    assert_eq!(Interval::ENTIRE.mid(), 0.0);
    assert_eq!(iv(1.0, INF).mid(), f64::MAX);
    assert_eq!(iv(-INF, 1.0).mid(), f64::MIN);
    assert_eq!(iv(1.0, INF).rad(), INF);
    assert_eq!(iv(f64::MIN, f64::MAX).mid(), 0.0);
    assert_eq!(iv(0.5 * f64::MAX, f64::MAX).mid(), 0.75 * f64::MAX);
    assert_eq!(iv(TINY, 3.0 * TINY).mid(), 2.0 * TINY);
    assert_eq!(iv(f64::MIN, f64::MAX).rad(), f64::MAX);
    assert_eq!(iv(f64::MIN, f64::MAX).width(), INF);
}

#[test]
fn matrices_of_intervals() {
    let third = Interval::ONE / point(3.0);
    let a = DMatrix::from_row_slice(2, 2, &[third, point(2.0), point(-1.0), iv(0.0, 1.0)]);
    let b = DMatrix::from_row_slice(2, 2, &[point(3.0), third, point(0.5), point(1.0)]);
    let product = &a * &b;
    assert!(product[(0, 0)].contains(2.0));
    assert_eq!(product[(1, 0)], iv(-3.0, -2.5));
    assert_eq!(product[(0, 1)], third * third + point(2.0));
    let sum = &a + &b;
    assert_eq!(sum[(1, 1)], iv(1.0, 2.0));
    assert_eq!((&sum - &b)[(1, 1)], iv(0.0, 1.0));
    assert_eq!(a.transpose()[(0, 1)], point(-1.0));
    let v = DVector::from_vec(vec![third, point(3.0)]);
    assert!(v.dot(&v).contains(9.0 + 1.0 / 9.0));
    assert_eq!(excess(v.dot(&v), third * third + point(9.0)), (0, 0));
    let mut x = DMatrix::<Interval>::identity(2, 2);
    x += &b;
    x *= point(2.0);
    assert_eq!(x[(0, 0)], point(8.0));
    assert_eq!(v.iter().copied().sum::<Interval>(), third + point(3.0));
}
