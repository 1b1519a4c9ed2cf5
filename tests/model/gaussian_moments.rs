//! `M_ij`: both routes contain 30-digit references, and overlap.

use minlift::gaussian::series::SeriesRule;
use minlift::gaussian::trapezoid::{TrapezoidRule, enclose};
use minlift::gaussian::{Activation, MomentRule, MomentTable};
use minlift::interval::Interval;

/// A row of the reference table: exact `m`, `p`, `q` and `M_ij` to 30 digits.
struct Reference {
    m: f64,
    p: f64,
    q: f64,
    values: Vec<((usize, usize), Interval)>,
}

fn hex_float(text: &str) -> f64 {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text),
    };
    let (mantissa, exponent) = rest.trim_start_matches("0x").split_once('p').unwrap();
    let digits = mantissa.replace('.', "");
    let fraction = mantissa.split_once('.').map_or(0, |(_, f)| f.len());
    let integer = u64::from_str_radix(&digits, 16).unwrap() as f64;
    let exponent: i32 = exponent.parse().unwrap();
    sign * integer * 2f64.powi(exponent - 4 * fraction as i32)
}

fn references() -> Vec<Reference> {
    let text = include_str!("../data/moments.csv");
    let mut lines = text.lines();
    let header: Vec<_> = lines.next().unwrap().split(',').collect();
    lines
        .map(|line| {
            let cells: Vec<_> = line.split(',').collect();
            let values = header
                .iter()
                .zip(&cells)
                .filter_map(|(name, cell)| {
                    let digits = name.strip_prefix("M_")?.as_bytes();
                    let pair = (usize::from(digits[0] - b'0'), usize::from(digits[1] - b'0'));
                    Some((pair, Interval::literal(cell).unwrap()))
                })
                .collect();
            Reference {
                m: hex_float(cells[0]),
                p: hex_float(cells[1]),
                q: hex_float(cells[2]),
                values,
            }
        })
        .collect()
}

fn assert_contains(table: &MomentTable<Interval>, reference: &Reference, what: &str) -> f64 {
    let mut widest = 0.0f64;
    for &((i, j), exact) in reference
        .values
        .iter()
        .filter(|((i, j), _)| i + j <= table.order())
    {
        let got = table.get(i, j);
        // The reference is itself within an ulp of the printed digits.
        assert!(
            !got.intersection(exact).is_empty(),
            "{what}: M_{i}{j} at m = {}, p = {}, q = {}: {got} misses {exact}",
            reference.m,
            reference.p,
            reference.q
        );
        if i + j <= 2 {
            widest = widest.max(got.width());
        }
    }
    widest
}

#[test]
fn trapezoid_contains_the_reference() {
    let mut widest = 0.0f64;
    for reference in references() {
        let rule = TrapezoidRule::new(&Activation::SIGMOID, reference.p, reference.q, 8, 1e-16);
        if let Some(rule) = rule {
            let table = enclose(&rule, reference.m);
            widest = widest.max(assert_contains(&table, &reference, "trapezoid"));
        } else {
            assert_eq!(reference.p.max(reference.q), 0.0);
        }
    }
    assert!(widest < 1e-12, "widest low-order enclosure: {widest:e}");
}

#[test]
fn series_contains_the_reference() {
    for reference in references().iter().filter(|r| r.p.max(r.q) <= 0.1) {
        let (p, q) = (Interval::point(reference.p), Interval::point(reference.q));
        for terms in [1, 2, 4, 8] {
            let rule = SeriesRule::new(&Activation::SIGMOID, p, q, 8, terms);
            let table = rule.table(&Activation::SIGMOID, Interval::point(reference.m));
            assert_contains(&table, reference, &format!("series of {terms}"));
        }
    }
}

#[test]
fn chosen_rule_contains_the_reference_from_inside_a_box() {
    for reference in references() {
        for radius in [0.0, 1e-12, 1e-6, 1e-2, 0.3] {
            let around = |x: f64, r: f64| Interval::ball(x, r);
            let (p, q) = (
                around(reference.p, 0.1 * radius * reference.p),
                around(reference.q, 0.1 * radius * reference.q),
            );
            let rule = MomentRule::new(&Activation::SIGMOID, p, q, 8, (radius / 128.0).max(2e-16));
            // The reference point sits off the centre of the box.
            let m = around(reference.m + 0.7 * radius, radius);
            let width = assert_contains(&rule.table(m), &reference, &format!("{:?}", rule.route()));
            let moves = radius * (1.0 + 0.2 * (reference.p + reference.q));
            assert!(
                width <= 1.3 * moves + 1e-12,
                "width {width:e} at radius {radius:e}"
            );
        }
    }
}
