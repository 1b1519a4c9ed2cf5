//! `exp`, `ln`, `tanh` and the sigmoid contain the exact value and waste few floats.

use crate::reference::{excess, float, interval, repeatable, rows, steps};
use minlift::interval::Interval;
use proptest::prelude::*;

const INF: f64 = f64::INFINITY;

fn iv(lo: f64, hi: f64) -> Interval {
    Interval::new(lo, hi).expect("test intervals are intervals")
}

/// Name, function, and the number of floats by which each bound may miss the tightest.
type Function = (&'static str, fn(Interval) -> Interval, i64);
const FUNCTIONS: [Function; 4] = [
    ("exp", Interval::exp, 1),
    ("ln", Interval::ln, 1),
    ("tanh", Interval::tanh, 1),
    ("sigmoid", Interval::sigmoid, 4),
];

#[test]
fn values_are_enclosed_within_the_stated_ulps() {
    for (name, f, allowed) in FUNCTIONS {
        let mut seen = 0;
        for row in rows(include_str!("../data/interval_elementary.csv")) {
            if row[0] != name {
                continue;
            }
            let x = float(row[1]);
            let tightest = interval(row[2], row[3]);
            let (below, above) = excess(f(Interval::point(x)), tightest);
            assert!(
                (0..=allowed).contains(&below) && (0..=allowed).contains(&above),
                "{name}({x:e}): {below} floats too low, {above} too high"
            );
            seen += 1;
        }
        assert!(seen > 100, "{name}: only {seen} rows");
    }
}

#[test]
fn limits_and_domains() {
    let all = Interval::ENTIRE;
    assert_eq!(all.exp(), iv(0.0, INF));
    assert_eq!(all.ln(), all);
    assert_eq!(all.tanh(), iv(-1.0, 1.0));
    assert_eq!(all.sigmoid(), iv(0.0, 1.0));
    for (name, f, _) in FUNCTIONS {
        assert!(f(Interval::EMPTY).is_empty(), "{name}");
    }
    assert_eq!(Interval::ZERO.exp(), Interval::ONE);
    assert_eq!(Interval::ONE.ln(), Interval::ZERO);
    assert_eq!(Interval::ZERO.tanh(), Interval::ZERO);
    assert_eq!(iv(-3.0, 0.0).ln(), Interval::EMPTY);
    assert_eq!(iv(-3.0, 1.0).ln(), iv(-INF, 0.0));
    assert_eq!(iv(1.0, INF).ln(), iv(0.0, INF));
    assert_eq!(Interval::point(1e9).exp(), iv(f64::MAX, INF));
    assert_eq!(Interval::point(-1e9).exp(), iv(0.0, f64::from_bits(1)));
    assert_eq!(iv(-INF, -1e9).sigmoid(), iv(0.0, f64::from_bits(1)));
    assert_eq!(iv(1e9, INF).sigmoid(), iv(1.0f64.next_down(), 1.0));
    for zero in [0.0, -0.0] {
        let half = Interval::point(zero).sigmoid();
        assert!(half.contains(0.5) && steps(half.inf(), half.sup()) <= 8);
    }
}

proptest! {
    #![proptest_config(repeatable(3000))]

    #[test]
    fn inclusion_monotonicity(mut x in proptest::array::uniform5(prop_oneof![
        any::<u64>().prop_map(f64::from_bits).prop_filter("finite", |x| x.is_finite()),
        -750.0..750.0,
        -4.0..4.0,
    ])) {
        x.sort_by(f64::total_cmp);
        let (a, b) = (iv(x[1], x[3]), iv(x[0], x[4]));
        for (name, f, _) in FUNCTIONS {
            prop_assert!(f(Interval::point(x[2])).subset_of(f(a)), "{name}: {} in {a:?}", x[2]);
            prop_assert!(f(a).subset_of(f(b)), "{name}: {a:?} in {b:?}");
        }
    }

    // The hardest case of monotonicity; the sigmoid is allowed its one float.
    #[test]
    fn bounds_of_neighbours_stay_ordered(x in -4.0..4.0f64) {
        for (name, f, _) in FUNCTIONS {
            let (near, next) = (f(Interval::point(x)), f(Interval::point(x.next_up())));
            let allowed = i64::from(name == "sigmoid");
            if near.is_empty() || next.is_empty() {
                continue;
            }
            prop_assert!(steps(near.inf(), next.inf()) >= -allowed, "{name} at {x}");
            prop_assert!(steps(near.sup(), next.sup()) >= -allowed, "{name} at {x}");
        }
    }

    // sigma(x) + sigma(-x) = 1, sigma(x) = (1 + tanh(x/2))/2, ln exp x = x.
    #[test]
    fn identities_hold(x in -40.0..40.0f64) {
        let p = Interval::point(x);
        prop_assert!((p.sigmoid() + (-p).sigmoid()).contains(1.0));
        let half = Interval::point(0.5);
        let by_tanh = half + half * (half * p).tanh();
        prop_assert!(!by_tanh.intersection(p.sigmoid()).is_empty());
        prop_assert!(p.exp().ln().contains(x));
        prop_assert!((p.exp() * (-p).exp()).contains(1.0));
    }
}
