//! The opposed minimum against 22 digits (`tests/data/supervised_minimum.py`), and its region under wide parameters.

use minlift::claim::Claim;
use minlift::claim::supervised::{OpposedMinimum, decide, every_dimension};
use minlift::interval::Interval;
use minlift::theorem::Verdict;

pub fn claim(rest: &str) -> Claim {
    let text = format!("name = \"a\"\nkind = \"sl\"\n{rest}\n");
    Claim::from_toml(&text, "a.toml").unwrap()
}

/// `d`, then `a`, `f` and the value; `d = 0` for no noise.
fn references() -> Vec<(u64, [Interval; 3])> {
    let text = include_str!("../../data/supervised_minimum.csv");
    let rows = text.lines().skip(1).map(|line| {
        let (d, rest) = line.split_once(',').unwrap();
        let values: Vec<Interval> = (rest.split(','))
            .map(|x| Interval::literal(x).unwrap())
            .map(|x| x + Interval::symmetric(1e-20))
            .collect();
        (d.parse().unwrap(), values.try_into().unwrap())
    });
    rows.collect()
}

fn check(minimum: &OpposedMinimum, reference: [Interval; 3], width: f64) {
    let [a, f] = minimum.point;
    for (x, reference) in [a, f, minimum.value].into_iter().zip(reference) {
        assert!(!x.intersection(reference).is_empty(), "{x}, {reference}");
        assert!(x.width() < width, "{x}");
    }
    assert_eq!(minimum.verdict, Verdict::ProvedMinimum);
    // Narrow enclosures can all be had without the symmetry.
    assert!(minimum.without_symmetry.is_some() || width > 1e-3);
    if let Some(six) = minimum.without_symmetry {
        let zero = Interval::ZERO;
        let [a, f, _] = reference;
        for (x, exact) in six.into_iter().zip([a, zero, -a, zero, -f, f]) {
            assert!(!x.intersection(exact).is_empty(), "{x}, {exact}");
        }
    }
}

#[test]
fn minima_are_those_of_the_reference() {
    let references = references();
    assert_eq!(references.len(), 7);
    for &(d, reference) in &references {
        let rho = if d == 0 { "rho = 0\n" } else { "" };
        let evidence = decide(&claim(&format!("d = {}\ntau = 7\n{rho}", d.max(2))));
        check(&evidence.exact.unwrap(), reference, 1e-11);
        check(&evidence.simplified.unwrap(), references[0].1, 1e-11);
    }
    // What holds for all dimensions from one on holds for those of the references.
    for piece in every_dimension(&claim("d = 10\ntau = 7")) {
        let minimum = piece.minimum.unwrap();
        for &(d, reference) in &references {
            let covered = d == piece.from || (piece.and_all_larger && (d == 0 || d > piece.from));
            if covered {
                check(&minimum, reference, 0.2);
            }
        }
    }
}

/// Penalties as wide intervals move the minimum: its region, about the middle, must hold each of them.
#[test]
fn a_region_holds_its_critical_point() {
    let mut found = [0; 2];
    for k in 0..30 {
        let mut claim = claim("d = 10\ntau = 7");
        let part = 4e-3 * 1.03f64.powi(k);
        let spread = Interval::ONE + Interval::symmetric(part);
        claim.beta *= spread;
        claim.gamma *= spread;
        let evidence = decide(&claim);
        let Some(minimum) = evidence.exact else {
            continue;
        };
        found[usize::from(minimum.region.is_some())] += 1;
        let Some(region) = minimum.region else {
            continue;
        };
        let [a, f] = minimum.point;
        for (a, f) in [
            (a.inf(), f.inf()),
            (a.inf(), f.sup()),
            (a.sup(), f.inf()),
            (a.sup(), f.sup()),
        ] {
            let delta: Vec<f64> = ([a, 0.0, -a, 0.0, -f, f].iter().zip(region.centre))
                .map(|(x, c)| x - c)
                .collect();
            let square: f64 = (region.transform.iter())
                .map(|row| {
                    row.iter()
                        .zip(&delta)
                        .map(|(t, x)| t * x)
                        .sum::<f64>()
                        .powi(2)
                })
                .sum();
            assert!(
                square.sqrt() < region.radius,
                "penalties within {part:e}: {} from the middle, radius {}",
                square.sqrt(),
                region.radius
            );
        }
    }
    assert!(
        found[0] > 3 && found[1] > 10,
        "both sides of the edge: {found:?}"
    );
}
