//! Reading `tests/data/*.csv`, counting floats between floats, repeatable random cases.

use minlift::interval::Interval;
use proptest::test_runner::{Config, RngSeed};

/// This many random cases, the same ones in every run.
pub fn repeatable(cases: u32) -> Config {
    Config {
        cases,
        rng_seed: RngSeed::Fixed(20_240_517),
        failure_persistence: None,
        ..Config::default()
    }
}

/// The fields of each line of a table, without its header.
pub fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().skip(1).map(|line| line.split(',').collect())
}

/// The float with these bits, written as 16 hexadecimal digits.
pub fn float(bits: &str) -> f64 {
    f64::from_bits(u64::from_str_radix(bits, 16).expect("16 hexadecimal digits"))
}

/// The interval between two floats given by their bits.
pub fn interval(down: &str, up: &str) -> Interval {
    Interval::new(float(down), float(up)).expect("a table holds intervals")
}

/// How many floats lie above `a` up to `b` (negative if `b < a`); both zeros are one float.
pub fn steps(a: f64, b: f64) -> i64 {
    let rank = |x: f64| {
        let bits = x.to_bits() as i64;
        if bits < 0 { i64::MIN - bits } else { bits }
    };
    rank(b) - rank(a)
}

/// How many floats an enclosure is wider than the tightest one, below and above; panics
/// unless it contains that one.
pub fn excess(enclosure: Interval, tightest: Interval) -> (i64, i64) {
    assert!(
        tightest.subset_of(enclosure),
        "{enclosure:?} does not enclose {tightest:?}"
    );
    (
        steps(enclosure.inf(), tightest.inf()),
        steps(tightest.sup(), enclosure.sup()),
    )
}
