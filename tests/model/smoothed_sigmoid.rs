//! `gaussian::smoothed`: averages of the sigmoid and its derivatives on the grid, against 30-digit references.

use minlift::gaussian::smoothed::{SmoothedCells, SmoothedEnclosure, SmoothedTable};
use minlift::interval::Interval;

struct Reference {
    m: f64,
    q: f64,
    s: [Interval; 7],
}

/// The literal is rounded outward by one float at most: to meet it is to contain it, but for that.
fn holds(enclosed: Interval, exact: Interval) -> bool {
    !enclosed.intersection(exact).is_empty()
}

fn references() -> Vec<Reference> {
    let text = include_str!("../data/smoothed_sigmoid.csv");
    let rows: Vec<_> = text
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<_> = line.split(',').collect();
            Reference {
                m: cells[0].parse().unwrap(),
                q: cells[1].parse().unwrap(),
                s: std::array::from_fn(|j| Interval::literal(cells[j + 2]).unwrap()),
            }
        })
        .collect();
    assert!(rows.len() > 100);
    rows
}

#[test]
fn enclosures_contain_the_references_and_are_sharp() {
    let mut widest = [0.0f64; 5];
    for r in references() {
        let enclosure = SmoothedEnclosure::covering(Interval::point(r.q), &[r.m]);
        for (j, (enclosed, exact)) in enclosure.at(r.m, 0.0).into_iter().zip(r.s).enumerate() {
            assert!(
                holds(enclosed, exact),
                "S_{j}({}, {}): {exact} not in {enclosed}",
                r.m,
                r.q
            );
            widest[j] = widest[j].max(enclosed.width());
        }
    }
    for (j, bound) in [1e-13, 5e-13, 2e-12, 3e-11, 1e-9].into_iter().enumerate() {
        assert!(
            widest[j] < bound,
            "S_{j} is enclosed to within {:e}",
            widest[j]
        );
    }
}

#[test]
fn floats_are_near_the_references() {
    for r in references() {
        let table = SmoothedTable::covering(r.q, &[r.m]);
        for (j, (float, exact)) in table.at(r.m).into_iter().zip(r.s).enumerate().take(5) {
            let error = (Interval::point(float) - exact).mag();
            let allowed = [1e-14, 1e-13, 1e-12, 1e-11, 1e-10][j];
            assert!(
                error < allowed,
                "S_{j}({}, {}): {float} is off by {error:e}",
                r.m,
                r.q
            );
            // Slopes keep their relative accuracy in the tails.
            if r.q < 0.05 && j < 3 {
                assert!(
                    error < 1e-10 * exact.mag() + 1e-18,
                    "S_{j}({}, {}): {error:e}",
                    r.m,
                    r.q
                );
            }
        }
    }
}

#[test]
fn means_and_variances_within_a_range_are_covered() {
    let all = references();
    for r in &all {
        for (radius, spread) in [(1e-3, 0.0), (0.03, 1e-3), (1e-9, 0.2)] {
            // The reference's mean is at the edge of what is asked for, and so is its variance.
            let mean = r.m + 0.999 * radius;
            let q = Interval::point(r.q) * (Interval::ONE + Interval::new(0.0, spread).unwrap());
            let enclosure = SmoothedEnclosure::covering(q, &[mean]);
            for (enclosed, exact) in enclosure.at(mean, radius).into_iter().zip(r.s) {
                assert!(
                    holds(enclosed, exact),
                    "({}, {}): {exact} not in {enclosed}",
                    r.m,
                    r.q
                );
            }
            let cells = SmoothedCells::new(q);
            let k = cells.cell(r.m);
            assert!(cells.extent(k).contains(r.m));
            for (j, (enclosed, exact)) in cells.on(k).into_iter().zip(r.s).enumerate() {
                assert!(
                    holds(enclosed, exact),
                    "S_{j} on the cell of {}: {exact}, {enclosed}",
                    r.m
                );
                // A cell is 1/16 wide, and |S_(j+1)| is below 1 up to j = 6 or so.
                assert!(spread > 0.0 || enclosed.width() < 0.15, "S_{j}: {enclosed}");
            }
        }
    }
}

#[test]
fn nonsense_is_covered_by_the_widest_enclosures() {
    let q = Interval::literal("0.0169").unwrap();
    let enclosure = SmoothedEnclosure::covering(q, &[0.5, f64::NAN, f64::INFINITY, -1e300]);
    let wide = |s: [Interval; 5]| {
        assert_eq!(s[0], Interval::UNIT);
        assert!(s[1].contains(0.0) && s[1].contains(0.25));
        assert!(s[4].contains(0.12) && s[4].contains(-0.12));
    };
    wide(enclosure.at(f64::NAN, 0.0));
    wide(enclosure.at(0.5, f64::NAN));
    wide(enclosure.at(0.5, f64::INFINITY));
    wide(enclosure.at(0.5, 1.0));
    wide(enclosure.at(2.5, 0.0)); // not among the means it was made for
    wide(enclosure.at(f64::INFINITY, 0.0));
    for (mean, sign) in [(1e12, 1.0), (-1e12, -1.0), (1e299, 1.0)] {
        let [s0, s1, ..] = enclosure.at(mean, 1e3);
        let limit = 0.5 + 0.5 * sign;
        assert!(s0.contains(limit) && s0.width() < 2e-16 && s1.mag() < 1e-300);
    }
    // A variance that is no number, or infinite, says nothing; a negative one is empty of variances.
    for q in [Interval::ENTIRE, Interval::NON_NEGATIVE] {
        wide(SmoothedEnclosure::covering(q, &[0.5]).at(0.5, 0.0));
    }
    let table = SmoothedTable::covering(0.01, &[0.0]);
    assert!(table.at(f64::NAN)[0].is_nan() && table.at(3.0)[0].is_nan());
    assert!((table.at(1e5)[0] - 1.0).abs() < 1e-15 && table.at(-1e5)[1].abs() < 1e-300);
    assert!(SmoothedTable::covering(f64::NAN, &[0.0]).at(0.0)[0].is_nan());
}
