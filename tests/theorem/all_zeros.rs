//! All zeros in a box: Himmelblau's nine critical points, and what stays undecided.

use crate::systems::{Bowl, Constant, Himmelblau, Parabolas, RootOfTwo, Rosenbrock, interval};
use minlift::interval::Interval;
use minlift::theorem::{Autodiff, SearchLimits, Verdict, all_zeros, classify_zero};

#[test]
fn himmelblau_four_minima_four_saddles_one_maximum() {
    let system = Autodiff(Himmelblau);
    let found = all_zeros(&system, &[interval(-6.0, 6.0); 2], SearchLimits::default());
    assert!(found.is_complete(), "{:?}", found.undecided);
    assert_eq!(found.zeros.len(), 9);
    assert!(found.examined < 2_000, "{}", found.examined);
    let mut by_index = [0; 3];
    for zero in found.zeros {
        assert!(zero.enclosure.iter().all(|x| x.width() < 1e-12));
        match classify_zero(&system, zero).verdict {
            Verdict::ProvedMinimum => by_index[0] += 1,
            Verdict::ProvedStationary { index } => by_index[index] += 1,
            other => panic!("{other}"),
        }
    }
    assert_eq!(by_index, [4, 4, 1]);
}

#[test]
fn the_minimum_three_two_is_among_them() {
    let found = all_zeros(
        &Autodiff(Himmelblau),
        &[interval(2.0, 4.0), interval(1.0, 3.0)],
        SearchLimits::default(),
    );
    assert!(found.is_complete() && found.zeros.len() == 1);
    assert!(found.zeros[0].enclosure[0].contains(3.0) && found.zeros[0].enclosure[1].contains(2.0));
}

/// Zeros on the cuts of the search: (0, 0) is the middle of the region, (1, 1) of a quarter.
#[test]
fn zeros_on_the_cuts_are_found_once() {
    let region = [interval(-3.0, 5.0), interval(-3.0, 5.0)]; // the first cuts go through 1
    let found = all_zeros(&Autodiff(Parabolas), &region, SearchLimits::default());
    assert!(found.is_complete() && found.zeros.len() == 4, "{found:?}");
    let found = all_zeros(
        &Autodiff(Rosenbrock),
        &[interval(-2.0, 4.0); 2],
        SearchLimits::default(),
    );
    assert!(found.is_complete() && found.zeros.len() == 1);
}

#[test]
fn double_zeros_and_the_edge_of_the_region_stay_undecided() {
    let limits = SearchLimits {
        boxes: 2_000,
        smallest: 1e-6,
    };
    let bowl = |root, offset| {
        all_zeros(
            &Autodiff(Bowl { root, offset }),
            &[interval(-1.0, 2.0)],
            limits,
        )
    };
    let double = bowl(0.3, 0.0);
    assert!(double.zeros.is_empty() && !double.is_complete());
    assert!(double.undecided.iter().any(|x| x[0].contains(0.3)));
    assert!(bowl(0.3, 1e-3).is_complete()); // no zero, proved
    assert!(bowl(0.3, 1e-3).zeros.is_empty());
    // The square is enclosed exactly, so even a gap of 1e-15 is seen; written as
    // x^2 - 2 x + 1 + 1e-15 it would not be.
    assert!(bowl(0.3, 1e-15).is_complete() && bowl(0.3, 1e-15).zeros.is_empty());
    // -2 is a zero of the parabolas: on the edge of this region.
    let edge = all_zeros(
        &Autodiff(Parabolas),
        &[interval(-2.0, 0.0), interval(-3.0, -1.0)],
        limits,
    );
    assert!(edge.zeros.is_empty() && !edge.is_complete());
    let root = all_zeros(&Autodiff(RootOfTwo), &[interval(0.0, 1.0)], limits);
    assert!(root.is_complete() && root.zeros.is_empty());
}

#[test]
fn budgets_and_bad_regions_are_reported_as_undecided() {
    let tight = SearchLimits {
        boxes: 3,
        smallest: 1e-8,
    };
    let cut = all_zeros(&Autodiff(Himmelblau), &[interval(-6.0, 6.0); 2], tight);
    assert!(!cut.is_complete() && cut.examined == 3);
    for bad in [Interval::EMPTY, Interval::ENTIRE] {
        let region = [bad, interval(0.0, 1.0)];
        let found = all_zeros(&Autodiff(Parabolas), &region, SearchLimits::default());
        assert!(!found.is_complete() && found.zeros.is_empty());
        let limits = SearchLimits {
            boxes: 50,
            smallest: 1e-3,
        };
        let constant = all_zeros(&Autodiff(Constant(bad)), &[interval(0.0, 1.0); 2], limits);
        assert!(!constant.is_complete() && constant.zeros.is_empty());
    }
}
