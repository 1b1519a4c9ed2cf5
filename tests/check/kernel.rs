//! The kernel's numbers against others: floats where they are exact, references of many digits, the program's own enclosures.

use minlift::kernel::fixed::Fixed;
use minlift::kernel::number::{Rational, hex};
use proptest::prelude::*;

/// `2^-40` of a number's size: more than a float's rounding, much less than any mistake.
fn near(x: Fixed, y: f64) -> bool {
    (x.approx() - y).abs() <= 1e-12 * (1.0 + y.abs())
}

fn fixed(x: f64) -> Fixed {
    hex(&minlift::report::hex(x)).unwrap()
}

/// A float with few digits, which is on the grid.
fn number() -> impl Strategy<Value = f64> {
    (-4_000_000_i64..4_000_000, 0u32..24).prop_map(|(n, k)| n as f64 / f64::from(1u32 << k))
}

fn interval() -> impl Strategy<Value = (f64, f64, Fixed)> {
    (number(), number()).prop_map(|(a, b)| {
        let (lo, hi) = (a.min(b), a.max(b));
        (lo, hi, Fixed::between(fixed(lo), fixed(hi)).unwrap())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Results of points of the operands lie in the results of the operands: products of such floats are exact in 106 bits.
    #[test]
    fn products_and_sums_contain((a, b, x) in interval(), (c, d, y) in interval(), s in 0.0f64..1.0, t in 0.0f64..1.0) {
        let at = |lo: f64, hi: f64, t: f64| fixed(((lo + t * (hi - lo)) * 1024.0).round() / 1024.0).max(fixed(lo)).min(fixed(hi));
        let (p, q) = (at(a, b, s), at(c, d, t));
        prop_assert!((p + q).inside(x + y) || x + y == Fixed::ENTIRE);
        prop_assert!((p - q).inside(x - y) || x - y == Fixed::ENTIRE);
        let all = x * y;
        prop_assert!((p * q).inside(all) || all == Fixed::ENTIRE);
        prop_assert!(p.sqr().inside(x.sqr()) || x.sqr() == Fixed::ENTIRE);
        prop_assert!(p.half().inside(x.half()));
        prop_assert!(all == Fixed::ENTIRE || near(p * q, p.approx() * q.approx()));
        let quotient = x.over(y);
        if quotient != Fixed::ENTIRE {
            prop_assert!(p.over(q).inside(quotient));
            prop_assert!(p.inside(q * p.over(q)));
        }
        if !x.negative() {
            let root = x.sqrt();
            prop_assert!(root == Fixed::ENTIRE || a < 0.0 || x.inside(root.sqr()));
        }
    }

    #[test]
    fn parts_cover((_, _, x) in interval(), n in 1i64..9) {
        let parts: Vec<Fixed> = (0..n).map(|k| x.part(k, n)).collect();
        prop_assert_eq!(parts[0].lower(), x.lower());
        prop_assert_eq!(parts[n as usize - 1].upper(), x.upper());
        for pair in parts.windows(2) {
            prop_assert!(pair[1].lower().at_most(pair[0].upper()));
        }
    }

    /// `e^(x+y) = e^x e^y`, and the float's value.
    #[test]
    fn exponentials(x in -60.0f64..0.0, y in -3.0f64..0.0) {
        let (x, y) = (fixed((x * 1e6).round() / (1u64 << 20) as f64), fixed((y * 1e6).round() / (1u64 << 20) as f64));
        let (sum, product) = ((x + y).exp(), x.exp() * y.exp());
        prop_assert!(sum.meet(product).is_some());
        prop_assert!(near(x.exp(), x.approx().exp()));
        prop_assert!(x.exp().radius().approx() < 1e-26);
    }
}

#[test]
fn e_to_many_digits() {
    // 1/e = 0.367879441171442321595523770161460867...
    let below = Rational::parse("0.36787944117144232159552377")
        .unwrap()
        .fixed();
    let above = Rational::parse("0.36787944117144232159552378")
        .unwrap()
        .fixed();
    let e = Fixed::int(-1).exp();
    assert!(below.at_most(e.lower()) && e.at_most(above));
}

#[test]
fn nothing_is_proved_of_everything() {
    let all = Fixed::ENTIRE;
    let large = fixed(4e6);
    for x in [
        all,
        large * large,
        all + large,
        all - all,
        all * Fixed::ZERO,
        Fixed::ONE.over(Fixed::ZERO),
        fixed(-1.0).sqrt(),
        fixed(1.0).exp(),
        all.sqr(),
        -all,
        all.half(),
        all.abs(),
    ] {
        assert!(
            !x.positive()
                && !x.negative()
                && !x.misses_zero()
                && !x.inside(large.symmetric())
                && !x.at_most(large)
                && !large.at_most(x),
            "{x:?}"
        );
    }
}

#[test]
fn numbers_are_read_exactly() {
    assert_eq!(hex("0x1.8p+1"), Some(Fixed::int(3)));
    assert_eq!(hex("-0x1p-2"), Some(-Fixed::ratio(1, 4)));
    for bad in [
        "0x1p-105",
        "0x1p+22",
        "1.5",
        "0x1.8",
        "0x1p+",
        "0xgp+1",
        "--0x1p+0",
        "0x1p+99999999999",
        "",
        "0x.p+0",
        "0x-1p+0",
    ] {
        assert_eq!(hex(bad), None, "{bad}");
    }
    let same = |a: &str, b: &str| {
        Rational::parse(a)
            .unwrap()
            .same(Rational::parse(b).unwrap())
    };
    assert!(
        same("1/800", "0.00125")
            && same("2/6", "0.1/0.3")
            && same("1_000", "1e3")
            && same("-1/2", "1/-2")
    );
    assert!(!same("1/3", "0.33333333333333333333"));
    for bad in [
        "", "1/0", "nan", "1e99", "1/2/3", "0x1p+0", "1e-60", "9e37", "+-1", "é",
    ] {
        assert!(Rational::parse(bad).is_none(), "{bad}");
    }
}
