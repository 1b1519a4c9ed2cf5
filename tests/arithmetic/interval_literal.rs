//! A literal means the number that is written, enclosed as tightly as floats allow.

use crate::reference::{interval, repeatable, rows};
use minlift::interval::{Interval, LiteralError, MAX_LITERAL_LENGTH};
use proptest::prelude::*;

#[test]
fn literals_are_tightest() {
    for row in rows(include_str!("../data/interval_literal.csv")) {
        let enclosure = Interval::literal(row[0]);
        assert_eq!(enclosure, Ok(interval(row[1], row[2])), "{}", row[0]);
    }
}

/// 0.1 is one tenth: the nearest float is not, and both neighbours are needed.
#[test]
fn a_tenth_is_a_tenth() {
    let tenth = Interval::literal("0.1").expect("a decimal");
    assert_eq!((tenth.inf(), tenth.sup()), (0.1f64.next_down(), 0.1));
    assert!((tenth * Interval::point(10.0)).contains(1.0));
    assert_eq!(Interval::literal("1/10"), Ok(tenth));
    assert_ne!(tenth, Interval::point(0.1));
}

#[test]
fn what_is_no_number_is_refused() {
    for text in [
        "", " ", "/", "1/", "/2", "1//2", "1/2/3", "inf", "-inf", "nan", "NaN", "infinity", "0x10",
        "1,5", "1..2", "1.2.3", ".", "-", "+", "+-1", "--1", "e5", "1e", "1e+", "1e1.5", "1e5e5",
        "1 2", "_1", "1_", "1__0", "1_.5", "1._5", "1_e5", "1e_5", "-_1", "½", "١", "1\u{a0}0",
    ] {
        assert!(
            matches!(Interval::literal(text), Err(LiteralError::Syntax(_))),
            "{text:?} gave {:?}",
            Interval::literal(text)
        );
    }
}

#[test]
fn what_no_float_reaches_is_refused() {
    for text in [
        "1/0",
        "0/0",
        "1/0e5",
        "1e400",
        "-1e400",
        "1e99999999999999999999999",
        "1.7976931348623158e308",
        "1e308/1e-308",
        "1/1e-400",
    ] {
        assert!(
            matches!(Interval::literal(text), Err(LiteralError::Range(_))),
            "{text:?} gave {:?}",
            Interval::literal(text)
        );
    }
    let long = "0".repeat(MAX_LITERAL_LENGTH + 1);
    assert_eq!(
        Interval::literal(&long),
        Err(LiteralError::TooLong(long.len()))
    );
    assert_eq!(Interval::literal(&long[1..]), Ok(Interval::ZERO));
}

proptest! {
    #![proptest_config(repeatable(1000))]

    // The standard library reads a decimal to the nearest float: never more than a float away.
    #[test]
    fn nearest_float_is_an_end_point(text in "-?[0-9]{1,25}(\\.[0-9]{0,25})?(e-?[0-9]{1,2})?") {
        let nearest: f64 = text.parse().expect("a decimal");
        let enclosure = Interval::literal(&text).expect("a decimal");
        prop_assert!(enclosure.contains(nearest));
        prop_assert!(enclosure.is_point() || enclosure.inf().next_up() == enclosure.sup());
    }

    // Printed with all its digits, a float is exactly itself.
    #[test]
    fn a_float_written_out_is_a_point(x in -1e20..1e20f64) {
        prop_assert_eq!(Interval::literal(&format!("{x:.120}")).map(Interval::is_point), Ok(true));
    }

    #[test]
    fn no_text_panics(text in "[-+0-9eE._/ ]{0,30}") {
        let _ = Interval::literal(&text);
    }
}
