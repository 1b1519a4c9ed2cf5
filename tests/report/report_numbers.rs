//! Printed numbers keep their promise: sets contain, bounds bound, hexadecimal is exact.

use minlift::interval::Interval;
use minlift::report::{enclosure, estimate, from_hex, hex, inside, lower, margin, sides, upper};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// The same cases on every machine and every day.
fn runner() -> TestRunner {
    let config = Config {
        cases: 1500,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

/// Every bit pattern that is a number, infinities and subnormals included.
fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<u64>()
            .prop_map(f64::from_bits)
            .prop_filter("a number", |x| !x.is_nan()),
        (0..1u64 << 52, any::<bool>()).prop_map(|(bits, negative)| {
            let x = f64::from_bits(bits);
            if negative { -x } else { x }
        }),
        prop::sample::select(vec![
            0.0,
            -0.0,
            f64::MAX,
            f64::MIN,
            f64::MIN_POSITIVE,
            5e-324,
            -5e-324,
            f64::INFINITY,
            f64::NEG_INFINITY,
            1.0,
            0.1,
            9.999_999_999_999_999,
        ]),
    ]
}

/// Pairs of all sizes, and narrow ones: what enclosures look like.
fn any_interval() -> impl Strategy<Value = Interval> {
    let wide = (any_number(), any_number()).prop_map(|(a, b)| (a.min(b), a.max(b)));
    let narrow = (-1e3..1e3_f64, -18..1_i32).prop_map(|(x, e)| (x, x + 10_f64.powi(e)));
    let neighbours = any_number().prop_map(|x| (x, x.next_up().next_up()));
    prop_oneof![wide, narrow, neighbours]
        .prop_filter_map("an interval", |(lo, hi)| Interval::new(lo, hi).ok())
}

/// Is the decimal at most (at least) the float? Exact: the tightest interval about a
/// decimal lies on one side of a float exactly if the decimal does.
fn at_most(text: &str, x: f64) -> bool {
    match text {
        "-∞" => true,
        "∞" => x == f64::INFINITY,
        _ => match Interval::literal(text) {
            Ok(decimal) => decimal.sup() <= x,
            // Beyond every float: the decimal is below `x` if it is negative.
            Err(_) => text.starts_with('-') && x.is_finite(),
        },
    }
}

fn at_least(text: &str, x: f64) -> bool {
    match text {
        "∞" => true,
        "-∞" => x == f64::NEG_INFINITY,
        _ => match Interval::literal(text) {
            Ok(decimal) => decimal.inf() >= x,
            Err(_) => !text.starts_with('-') && x.is_finite(),
        },
    }
}

/// Both ends of what `enclosure` prints.
fn ends(text: &str) -> (String, String) {
    let Some((prefix, rest)) = text.split_once('[') else {
        return (text.to_owned(), text.to_owned());
    };
    let (both, suffix) = rest.split_once(']').expect("a closing bracket");
    let (lo, hi) = both.split_once(", ").expect("two ends");
    (
        format!("{prefix}{lo}{suffix}"),
        format!("{prefix}{hi}{suffix}"),
    )
}

#[test]
fn printed_enclosures_contain_the_interval() {
    runner()
        .run(&(any_interval(), 1..18_usize), |(x, digits)| {
            let text = enclosure(x, digits);
            let (lo, hi) = ends(&text);
            prop_assert!(at_most(&lo, x.inf()), "{text} for {x}");
            prop_assert!(at_least(&hi, x.sup()), "{text} for {x}");
            Ok(())
        })
        .unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn printed_enclosures_are_sharp() {
    // With 12 digits and a width of two digits or more, rounding adds at most one unit on
    // either side: the printed width stays below 1.4 times the true one.
    let strategy = (0.5..900.0_f64, 1..9_i32);
    runner()
        .run(&strategy, |(x, e)| {
            let set = Interval::new(x, x + 10_f64.powi(-e)).expect("in order");
            let (lo, hi) = ends(&enclosure(set, 12));
            let (lo, hi): (f64, f64) = (lo.parse().expect("float"), hi.parse().expect("float"));
            prop_assert!(hi - lo <= 1.4 * set.width(), "{set}");
            Ok(())
        })
        .unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn printed_regions_are_contained_in_the_interval() {
    runner()
        .run(&(any_interval(), 1..18_usize), |(x, digits)| {
            let text = inside(x, digits);
            let (lo, hi) = ends(&text);
            prop_assert!(at_least(&lo, x.inf()), "{text} for {x}");
            prop_assert!(at_most(&hi, x.sup()), "{text} for {x}");
            Ok(())
        })
        .unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn printed_bounds_are_on_their_side() {
    runner()
        .run(&(any_number(), 1..18_usize), |(x, digits)| {
            let (below, above) = (lower(x, digits), upper(x, digits));
            prop_assert!(at_most(&below, x), "{below} for {x:e}");
            prop_assert!(at_least(&above, x), "{above} for {x:e}");
            Ok(())
        })
        .unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn printed_sides_show_whether_the_inequality_holds() {
    let strategy = (0.1..10.0_f64, 0..3_u32, 1..60_u64);
    runner()
        .run(&strategy, |(left, kind, ulps)| {
            let right = match kind {
                0 => f64::from_bits(left.to_bits() + ulps),
                1 => f64::from_bits(left.to_bits() - ulps),
                _ => left * 1.5,
            };
            let (l, r) = sides(left, right, 5);
            let (l, r): (f64, f64) = (l.parse().expect("float"), r.parse().expect("float"));
            prop_assert_eq!(left <= right, l <= r, "{} {}", left, right);
            prop_assert_eq!(left < right, l < r, "{} {}", left, right);
            Ok(())
        })
        .unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn hexadecimal_floats_come_back_bit_by_bit() {
    runner()
        .run(&any_number(), |x| {
            let text = hex(x);
            let read = from_hex(&text).map(f64::to_bits);
            prop_assert_eq!(read, Some(x.to_bits()), "{}", text);
            Ok(())
        })
        .unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn hexadecimal_floats_are_written_as_c_writes_them() {
    // printf("%a") of glibc.
    for (x, text) in [
        (3.0, "0x1.8p+1"),
        (1.0, "0x1p+0"),
        (-0.1, "-0x1.999999999999ap-4"),
        (0.0, "0x0p+0"),
        (-0.0, "-0x0p+0"),
        (5e-324, "0x0.0000000000001p-1022"),
        (f64::MIN_POSITIVE, "0x1p-1022"),
        (f64::MAX, "0x1.fffffffffffffp+1023"),
        (f64::NEG_INFINITY, "-inf"),
    ] {
        assert_eq!(hex(x), text);
    }
}

#[test]
fn malformed_and_inexact_hexadecimals_are_refused() {
    for text in [
        "",
        "0x",
        "1.8p+1",
        "0x1.8",
        "0x1.8p",
        "0xg.0p+0",
        "0x1.00000000000008p+0", // 2^-53 beside 1: between two floats
        "0x1p+1024",
        "0x1p-1075",
        "nan",
        "0x1.8p+1 ",
    ] {
        assert_eq!(from_hex(text), None, "{text:?}");
    }
    assert_eq!(
        from_hex("0x18p-3"),
        Some(3.0),
        "another form of the same number"
    );
}

#[test]
fn common_digits_are_written_once() {
    let new = |lo: f64, hi: f64| Interval::new(lo, hi).expect("in order");
    for (x, text) in [
        (new(3.820_712_34, 3.820_746_54), "3.8207[12, 47]"),
        (new(-3.820_746_54, -3.820_712_34), "-3.8207[47, 12]"),
        (new(1.234_56e-7, 1.236_54e-7), "1.23[45, 66]e-7"),
        (new(0.5, 0.5), "0.5"),
        (new(1.0, 1.0), "1"),
        (new(-0.0, 0.0), "0"),
        (
            new(-1e-17, 1e-17),
            "[-1.00000000001e-17, 1.00000000001e-17]",
        ),
        (new(0.25, 4.0), "[0.25, 4]"),
        (new(9.9, 10.125), "[9.9, 10.125]"),
        (Interval::EMPTY, "empty"),
        (Interval::ENTIRE, "[-∞, ∞]"),
        (new(2.0, f64::INFINITY), "[2, ∞]"),
    ] {
        assert_eq!(enclosure(x, 12), text);
    }
}

#[test]
fn bounds_round_to_the_safe_side() {
    assert_eq!(
        (lower(0.123_456, 3), upper(0.123_456, 3)),
        ("0.123".into(), "0.124".into())
    );
    assert_eq!(
        (lower(-0.123_456, 3), upper(-0.123_456, 3)),
        ("-0.124".into(), "-0.123".into())
    );
    assert_eq!(upper(9.999, 3), "10");
    assert_eq!(
        (lower(1e300, 5), upper(-2.5e-300, 5)),
        ("1e300".into(), "-2.4999e-300".into())
    );
    // (The float nearest to -2.5e-300 lies above it.) A NaN bounds nothing.
    assert_eq!(
        (lower(f64::NAN, 5), upper(f64::NAN, 5)),
        ("-∞".into(), "∞".into())
    );
    assert_eq!(margin(1.000_000_25, 4), "1.0000002");
    assert_eq!(margin(0.999_999_75, 4), "0.9999");
    // 0.25 < 0.25 + 2^-20 = 0.25000095367431640625, which five digits do not show.
    let right = 0.25 + f64::EPSILON * 4_294_967_296.0;
    assert_eq!(sides(0.25, right, 5), ("0.25".into(), "0.2500009".into()));
    assert_eq!(sides(right, 0.25, 5), ("0.25001".into(), "0.25".into()));
}

#[test]
fn estimates_round_to_nearest() {
    assert_eq!(estimate(0.123_456, 3), "0.123");
    assert_eq!(estimate(123_456.0, 3), "123000");
    assert_eq!(estimate(4.26e-7, 2), "4.3e-7");
    assert_eq!(estimate(-0.0, 2), "-0");
    assert_eq!(estimate(f64::NAN, 3), "undefined");
    assert_eq!(estimate(f64::NEG_INFINITY, 3), "-∞");
}
