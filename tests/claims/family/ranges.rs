//! The trapezoid rule summed over ranges: boxes of means and variances hold their points, sharply.

use minlift::gaussian::trapezoid::{TrapezoidRule, enclose, enclose_on};
use minlift::gaussian::{Activation, MomentRule};
use minlift::interval::Interval;
use proptest::prelude::*;

const ORDER: usize = 6;

fn pairs() -> impl Iterator<Item = (usize, usize)> {
    (0..=ORDER).flat_map(|i| (i..=ORDER - i).map(move |j| (i, j)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn boxes_of_means_and_variances_hold_their_points(
        m in -8.0..8.0f64,
        radius in 0.0..2.0f64,
        largest in -3.0..1.5f64,
        least in 0.0..1.0f64,
        private in 0.25..4.0f64,
        at in [-1.0..1.0f64, 0.0..1.0f64],
    ) {
        let p = 10f64.powf(largest);
        let q = private * p;
        let rule = TrapezoidRule::new(&Activation::SIGMOID, p, q, ORDER, 1e-8).unwrap();
        let shrink = Interval::new(least, 1.0).unwrap();
        let Some(on_box) = enclose_on(&rule, Interval::ball(m, radius), shrink) else {
            return Ok(());
        };
        // A point of the box, by a rule of its own.
        let s = least + at[1] * (1.0 - least);
        let fine = TrapezoidRule::new(&Activation::SIGMOID, s * s * p, s * s * q, ORDER, 1e-13);
        let Some(fine) = fine else { return Ok(()) };
        let exact = enclose(&fine, m + 0.999 * at[0] * radius);
        for (i, j) in pairs() {
            let (wide, point) = (on_box.get(i, j), exact.get(i, j));
            prop_assert!(!wide.intersection(point).is_empty(), "M_{i}{j}: {wide} {point}");
        }
    }

    /// `p = c_p n`, `q = c_q n` with one `n`: the rule holds for each, whatever route it takes.
    #[test]
    fn rules_along_a_common_factor_hold_at_each(
        m in -6.0..6.0f64,
        radius in 0.0..1.0f64,
        n in [0.0..8.0f64, 0.0..8.0f64],
        factors in [0.0..0.2f64, 0.0..0.2f64],
        at in [-1.0..1.0f64, 0.0..1.0f64],
    ) {
        let n = Interval::point(n[0]).hull(Interval::point(n[1]));
        let c = factors.map(Interval::point);
        let along = MomentRule::along(&Activation::SIGMOID, c, n, ORDER, 1e-7);
        let on_box = along.table(Interval::ball(m, radius));
        let here = Interval::point(n.inf() + at[1] * (n.sup() - n.inf()));
        let fine = MomentRule::new(&Activation::SIGMOID, c[0] * here, c[1] * here, ORDER, 1e-12);
        let exact = fine.table(Interval::point(m + 0.999 * at[0] * radius));
        for (i, j) in pairs() {
            let (wide, point) = (on_box.get(i, j), exact.get(i, j));
            prop_assert!(!wide.intersection(point).is_empty(), "M_{i}{j}: {wide} {point}");
        }
    }
}

/// On a wide box the ranges know what an expansion about the centre does not.
#[test]
fn ranges_are_sharp_on_wide_boxes() {
    let rule = TrapezoidRule::new(&Activation::SIGMOID, 0.1, 0.1, ORDER, 1e-8).unwrap();
    let wide = enclose_on(&rule, Interval::ball(6.0, 1.0), Interval::ONE).unwrap();
    let narrow = enclose(&rule, 6.0);
    // σσ' falls from about 0.0066 to 0.0009 over the box.
    assert!(wide.get(0, 1).width() < 0.012, "{}", wide.get(0, 1));
    assert!(narrow.get(0, 1).subset_of(wide.get(0, 1)));
    // What is no shrinking of the nodes is refused.
    for bad in [[-0.5, 1.0], [0.5, 1.5]] {
        let shrink = Interval::new(bad[0], bad[1]).unwrap();
        assert!(enclose_on(&rule, Interval::ONE, shrink).is_none());
    }
}
