//! The interval against 30-digit references and against its definition.

use minlift::ensemble::clopper_pearson;
use minlift::interval::Interval;

#[test]
fn the_ends_enclose_the_exact_ones_tightly() {
    let mut rows = 0;
    for row in include_str!("../../data/clopper_pearson.csv")
        .lines()
        .skip(1)
    {
        let fields: Vec<&str> = row.split(',').collect();
        let (n, k) = (fields[0].parse().unwrap(), fields[1].parse().unwrap());
        let [low, high] = clopper_pearson(k, n);
        let exact = |text: &str| Interval::literal(text).unwrap();
        let (lower, upper) = (exact(fields[2]), exact(fields[3]));
        assert!(
            low <= lower.inf() && high >= upper.sup(),
            "{row}: [{low}, {high}]"
        );
        assert!(low >= lower.inf() * (1.0 - 1e-9), "{row}: {low}");
        assert!(
            1.0 - high >= (1.0 - upper.sup()) * (1.0 - 1e-9) - 1e-15,
            "{row}: {high}"
        );
        rows += 1;
    }
    assert_eq!(rows, 46);
}

#[test]
fn the_ends_are_exact_where_they_are_known() {
    for n in [1, 2, 10, 1000] {
        assert_eq!(clopper_pearson(0, n)[0], 0.0);
        assert_eq!(clopper_pearson(n, n)[1], 1.0);
    }
    assert_eq!(clopper_pearson(0, 0), [0.0, 1.0]);
    assert_eq!(clopper_pearson(7, 5), clopper_pearson(5, 5));
}

#[test]
fn the_interval_contains_the_fraction_and_grows_with_the_count() {
    for n in [1, 5, 37, 200] {
        let all: Vec<[f64; 2]> = (0..=n).map(|k| clopper_pearson(k, n)).collect();
        for (k, [low, high]) in (0_u64..).zip(&all) {
            let fraction = k as f64 / n as f64;
            assert!(0.0 <= *low && *low <= fraction && fraction <= *high && *high <= 1.0);
            // By symmetry, to rounding.
            let [other_low, other_high] = clopper_pearson(n - k, n);
            assert!(
                (low + other_high - 1.0).abs() < 1e-12 && (high + other_low - 1.0).abs() < 1e-12
            );
        }
        assert!(
            all.windows(2)
                .all(|w| w[0][0] < w[1][0] && w[0][1] < w[1][1])
        );
    }
}

/// The probability that the interval of `Bin(n, p)` trials covers `p`, summed over the counts. Terms
/// by logarithms: good to about 1e-12, far below the distance from 95 %.
fn coverage(n: u64, p: f64, intervals: &[[f64; 2]]) -> f64 {
    let ln_factorial: Vec<f64> = (0..=n)
        .scan(0.0, |sum, i| {
            *sum += if i > 0 { (i as f64).ln() } else { 0.0 };
            Some(*sum)
        })
        .collect();
    (0..=n)
        .filter(|&k| intervals[k as usize][0] <= p && p <= intervals[k as usize][1])
        .map(|k| {
            let [all, some, rest] = [n, k, n - k].map(|i| ln_factorial[i as usize]);
            (all - some - rest + k as f64 * p.ln() + (n - k) as f64 * (-p).ln_1p()).exp()
        })
        .sum()
}

#[test]
fn the_interval_covers_with_at_least_95_percent() {
    let mut smallest = 1.0_f64;
    for n in [1, 2, 5, 10, 40, 300] {
        let intervals: Vec<[f64; 2]> = (0..=n).map(|k| clopper_pearson(k, n)).collect();
        let grid = (1..400).map(|i| f64::from(i) / 400.0);
        // Coverage is smallest just beside an end.
        let ends = intervals
            .iter()
            .flatten()
            .flat_map(|&p| [p.next_down(), p, p.next_up()]);
        for p in grid
            .chain([1e-6, 1.0 - 1e-6])
            .chain(ends)
            .filter(|p| 0.0 < *p && *p < 1.0)
        {
            let covered = coverage(n, p, &intervals);
            assert!(covered >= 0.95 - 1e-11, "n = {n}, p = {p}: {covered}");
            smallest = smallest.min(covered);
        }
    }
    assert!(
        smallest < 0.9505,
        "conservative, but not idly so: {smallest}"
    );
}
