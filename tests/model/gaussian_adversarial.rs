//! Attempts to break the enclosures of `M_ij`: extreme parameters, coarse rules (where the
//! a-priori terms carry the whole error), `tanh`, boxes, and the routes against each other.

use minlift::gaussian::series::SeriesRule;
use minlift::gaussian::trapezoid::{TrapezoidRule, enclose};
use minlift::gaussian::{Activation, MomentRule, MomentTable, Route};
use minlift::interval::Interval;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// A row of `data/moments_adversarial.csv`.
struct Reference {
    activation: Activation,
    m: f64,
    p: f64,
    q: f64,
    values: Vec<((usize, usize), Interval)>,
}

/// Reads Python's `float.hex()`, subnormal numbers included.
fn hex_float(text: &str) -> f64 {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text),
    };
    let (mantissa, exponent) = rest.trim_start_matches("0x").split_once('p').unwrap();
    let fraction = mantissa.split_once('.').map_or(0, |(_, f)| f.len());
    let integer = u64::from_str_radix(&mantissa.replace('.', ""), 16).unwrap() as f64;
    let exponent = exponent.parse::<i32>().unwrap() - 4 * fraction as i32;
    // In two exact steps: 2^-1074 is 1/2^1074 to powi, hence 0.
    sign * integer * 2f64.powi(exponent / 2) * 2f64.powi(exponent - exponent / 2)
}

fn references() -> Vec<Reference> {
    let text = include_str!("../data/moments_adversarial.csv");
    let mut lines = text.lines();
    let header: Vec<_> = lines.next().unwrap().split(',').collect();
    let read = |line: &str| {
        let cells: Vec<_> = line.split(',').collect();
        let pair = |name: &str| {
            let (i, j) = name.strip_prefix("M_")?.split_once('_')?;
            Some((i.parse().ok()?, j.parse().ok()?))
        };
        let mut values: Vec<_> = header
            .iter()
            .zip(&cells)
            .filter_map(|(name, cell)| Some((pair(name)?, Interval::literal(cell).unwrap())))
            .collect();
        // The script promises 1e-32 of the largest entry.
        let size = values.iter().fold(1.0f64, |s, (_, x)| s.max(x.mag()));
        for (_, value) in &mut values {
            *value += Interval::symmetric(2e-32 * size);
        }
        Reference {
            activation: match cells[0] {
                "tanh" => Activation::TANH,
                _ => Activation::SIGMOID,
            },
            m: hex_float(cells[1]),
            p: hex_float(cells[2]),
            q: hex_float(cells[3]),
            values,
        }
    };
    lines.map(read).collect()
}

impl Reference {
    fn describe(&self) -> String {
        let name = self.activation.name();
        format!("{name}, m = {}, p = {:e}, q = {:e}", self.m, self.p, self.q)
    }
}

fn runner(cases: u32) -> TestRunner {
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let seed = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    TestRunner::new_with_rng(config, seed)
}

fn pairs(order: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..=order).flat_map(|sum| (0..=sum / 2).map(move |i| (i, sum - i)))
}

/// Two enclosures of the same numbers.
fn overlap(
    a: &MomentTable<Interval>,
    b: &MomentTable<Interval>,
    what: &str,
) -> Result<(), TestCaseError> {
    for (i, j) in pairs(a.order().min(b.order())) {
        let (x, y) = (a.get(i, j), b.get(i, j));
        prop_assert!(
            !x.intersection(y).is_empty(),
            "{what}: M_{i}{j}: {x} and {y}"
        );
    }
    Ok(())
}

/// `inner` lies in `outer`, up to `slack` on each side.
fn inside(
    inner: &MomentTable<Interval>,
    outer: &MomentTable<Interval>,
    slack: impl Fn(Interval) -> f64,
    what: &str,
) -> Result<(), TestCaseError> {
    for (i, j) in pairs(inner.order().min(outer.order())) {
        let (x, y) = (inner.get(i, j), outer.get(i, j));
        let room = y + Interval::symmetric(slack(x));
        prop_assert!(
            !x.is_empty() && x.subset_of(room),
            "{what}: M_{i}{j}: {x} not in {y}"
        );
    }
    Ok(())
}

/// A variance: 0, tiny, or log-uniform from `1e-6` to `10^high`.
fn variance(high: f64) -> impl Strategy<Value = f64> {
    prop_oneof![
        1 => Just(0.0),
        1 => (-323.0..-20.0f64).prop_map(|e| 10f64.powf(e)),
        8 => (-6.0..high).prop_map(|e| 10f64.powf(e)),
    ]
}

fn activation() -> impl Strategy<Value = Activation> {
    prop_oneof![Just(Activation::SIGMOID), Just(Activation::TANH)]
}

/// At coarse targets the actual error is the quadrature's and the tails': it must stay below
/// the bound, and not so far below that the bound says nothing.
#[test]
fn error_bounds_hold_for_rules_of_every_accuracy() {
    for target in [0.1, 1e-2, 1e-3, 1e-4, 1e-6, 1e-8, 1e-11, 1e-14, 1e-17] {
        let mut used = Vec::new();
        for reference in references() {
            let (p, q) = (reference.p, reference.q);
            let rule = TrapezoidRule::new(&reference.activation, p, q, 10, target).unwrap();
            let sums = rule.sums(reference.m);
            let mut largest = 0.0f64;
            for &((i, j), exact) in &reference.values {
                let (error, bound) = (
                    (Interval::point(sums.get(i, j)) - exact).mag(),
                    rule.error().get(i, j),
                );
                assert!(
                    error <= bound,
                    "{}, target {target:e}: M_{i}{j} is off by {error:e}, bound {bound:e}",
                    reference.describe()
                );
                if i + j <= 2 {
                    largest = largest.max(error / bound);
                }
            }
            used.push(largest);
        }
        used.sort_by(f64::total_cmp);
        // Measured: see notes/gaussian.md, section 9.
        println!(
            "target {target:e}: share of the bound used: median {:.3e}, largest {:.3e}",
            used[used.len() / 2],
            used[used.len() - 1]
        );
        assert!(
            used[used.len() / 2] > 1e-4,
            "target {target:e}: the bound is more than 1e4 times the error"
        );
    }
}

#[test]
fn chosen_rule_contains_the_references() {
    for reference in references() {
        let (p, q) = (Interval::point(reference.p), Interval::point(reference.q));
        for target in [1e-2, 1e-8, 2e-16] {
            let rule = MomentRule::new(&reference.activation, p, q, 10, target);
            for radius in [0.0, 1e-9, 0.1] {
                let m = Interval::ball(reference.m - 0.6 * radius, radius);
                let table = rule.table(m);
                for &((i, j), exact) in &reference.values {
                    let got = table.get(i, j);
                    assert!(
                        !got.intersection(exact).is_empty(),
                        "{}, {:?}, radius {radius}: M_{i}{j}: {got} misses {exact}",
                        reference.describe(),
                        rule.route()
                    );
                }
            }
        }
    }
}

/// Far out every derivative is below `1e-300` and `σ` within that of 0 or 1.
#[test]
fn huge_arguments_give_the_limits() {
    for activation in [Activation::SIGMOID, Activation::TANH] {
        for (p, q) in [(1.0, 1.0), (0.0, 4.0), (1e-3, 2.0), (1e-320, 0.3)] {
            let rule = TrapezoidRule::new(&activation, p, q, 8, 1e-16).unwrap();
            for m in [1e8, -1e8, 1e300, -1e300, f64::MAX, f64::MIN] {
                let table = enclose(&rule, m);
                let value = match (activation.name(), m > 0.0) {
                    ("sigmoid", false) => 0.0,
                    _ => 1.0,
                };
                for (i, j) in pairs(8) {
                    let limit = if i + j == 0 { value } else { 0.0 };
                    let got = table.get(i, j);
                    assert!(
                        got.contains(limit) && got.width() < 1e-4,
                        "M_{i}{j} at {m:e}: {got}"
                    );
                }
            }
        }
    }
}

#[test]
fn no_input_makes_a_bound_that_is_no_number() {
    for target in [f64::NAN, 0.0, -1.0, f64::INFINITY] {
        for (p, q) in [(1.0, 2.0), (5e-324, 0.0), (0.0, 1e-310), (1e4, 1e-4)] {
            if let Some(rule) = TrapezoidRule::new(&Activation::SIGMOID, p, q, 4, target) {
                for (i, j) in pairs(4) {
                    assert!(
                        rule.error().get(i, j) > 0.0,
                        "p = {p:e}, q = {q:e}: {target}"
                    );
                }
                assert!(
                    enclose(&rule, f64::NAN)
                        .get(0, 0)
                        .interior_of(Interval::ENTIRE)
                );
                assert_eq!(enclose(&rule, f64::NAN).get(0, 1), Interval::ENTIRE);
            }
        }
    }
    for v in [f64::NAN, f64::INFINITY, -1.0, 1e300] {
        assert!(TrapezoidRule::new(&Activation::SIGMOID, v, 1.0, 4, 1e-15).is_none());
        assert!(TrapezoidRule::new(&Activation::SIGMOID, 1.0, v, 4, 1e-15).is_none());
    }
    let v = Interval::point(0.5);
    assert!(SeriesRule::reaching(&Activation::SIGMOID, v, v, 0, 1e-30, 99).is_none());
    // A variance of which nothing is known leaves the global bounds.
    let rule = MomentRule::new(&Activation::TANH, Interval::ENTIRE, v, 4, 1e-15);
    assert_eq!(rule.route(), None);
    let at_zero = rule.table(Interval::ZERO);
    assert!(
        pairs(4).all(|(i, j)| at_zero.get(i, j).is_bounded() && at_zero.get(i, j).contains(0.0))
    );
}

#[test]
fn series_and_trapezoid_overlap() {
    let inputs = (
        activation(),
        -30.0..30.0f64,
        variance(-1.0),
        variance(-1.0),
        1usize..8,
        0.0..17.0f64,
    );
    runner(300)
        .run(&inputs, |(activation, m, p, q, terms, digits)| {
            let target = 10f64.powf(-digits);
            let Some(trapezoid) = TrapezoidRule::new(&activation, p, q, 6, target) else {
                prop_assert!(p.max(q) == 0.0);
                return Ok(());
            };
            let point = Interval::point;
            let series = SeriesRule::new(&activation, point(p), point(q), 6, terms);
            let (a, b) = (enclose(&trapezoid, m), series.table(&activation, point(m)));
            overlap(&a, &b, &format!("{} {m} {p:e} {q:e}", activation.name()))
        })
        .unwrap();
}

/// `tanh z = 2σ(2z) - 1`: `M_ij` of tanh at `(m, p, q)` is `2^(i+j+2)` that of σ at `(2m, 4p, 4q)`
/// for `i, j >= 1`; every factor is exact. Another step, other strips.
#[test]
fn tanh_is_a_scaled_sigmoid() {
    let inputs = (-8.0..8.0f64, variance(1.0), variance(1.0), 0.0..17.0f64);
    runner(80)
        .run(&inputs, |(m, p, q, digits)| {
            let target = 10f64.powf(-digits);
            let tanh = TrapezoidRule::new(&Activation::TANH, p, q, 8, target);
            let sigmoid = TrapezoidRule::new(&Activation::SIGMOID, 4.0 * p, 4.0 * q, 8, 1e-16);
            let (Some(tanh), Some(sigmoid)) = (tanh, sigmoid) else {
                return Ok(());
            };
            let (a, b) = (enclose(&tanh, m), enclose(&sigmoid, 2.0 * m));
            for (i, j) in pairs(8).filter(|&(i, _)| i >= 1) {
                let factor = Interval::point(2f64.powi((i + j + 2) as i32));
                let (x, y) = (a.get(i, j), factor * b.get(i, j));
                prop_assert!(
                    !x.intersection(y).is_empty(),
                    "M_{i}{j} at {m}, {p:e}, {q:e}: {x} and {y}"
                );
            }
            Ok(())
        })
        .unwrap();
}

/// A table over a box holds the tables at its points.
#[test]
fn boxes_contain_their_points() {
    let share = 0.0..1.0f64;
    let inputs = (
        activation(),
        -8.0..8.0f64,
        (-5.0..0.5f64, -5.0..0.5f64),
        (-9.0..-0.3f64, -6.0..0.0f64),
        (share.clone(), share.clone(), share),
    );
    runner(150)
        .run(&inputs, |(activation, m, (ep, eq), (er, ev), (a, b, c))| {
            let (p, q, r, s) = (
                10f64.powf(ep),
                10f64.powf(eq),
                10f64.powf(er),
                10f64.powf(ev),
            );
            let m_box = Interval::ball(m, r);
            let p_box = Interval::new(p, p + s * p).unwrap();
            let q_box = Interval::new(q, q + s * q).unwrap();
            let at = |v: Interval, share: f64| {
                (v.inf() + share * (v.sup() - v.inf())).clamp(v.inf(), v.sup())
            };
            let (m0, p0, q0) = (at(m_box, a), at(p_box, b), at(q_box, c));
            let rule = MomentRule::new(&activation, p_box, q_box, 6, r / 128.0);
            let point = TrapezoidRule::new(&activation, p0, q0, 6, 1e-16).unwrap();
            let what = format!("{:?} at {m0}, {p0}, {q0}", rule.route());
            // Both hold the exact value; the point's width is all by which it can stick out.
            inside(
                &enclose(&point, m0),
                &rule.table(m_box),
                Interval::width,
                &what,
            )
        })
        .unwrap();
}

/// Variances down to 0, as for "every dimension at once".
#[test]
fn variances_that_reach_zero() {
    let share = 0.0..1.0f64;
    let inputs = (
        activation(),
        -5.0..5.0f64,
        -6.0..-1.0f64,
        (0.0..0.02f64, 0.0..0.02f64),
        (share.clone(), share.clone(), share),
    );
    runner(120)
        .run(&inputs, |(activation, m, er, (top_p, top_q), (a, b, c))| {
            let r = 10f64.powf(er);
            let m_box = Interval::ball(m, r);
            let (p_box, q_box) = (
                Interval::new(0.0, top_p).unwrap(),
                Interval::new(0.0, top_q).unwrap(),
            );
            let rule = MomentRule::new(&activation, p_box, q_box, 6, 1e-9);
            let table = rule.table(m_box);
            let m0 = (m + (2.0 * a - 1.0) * r).clamp(m_box.inf(), m_box.sup());
            for (p0, q0) in [(b * top_p, c * top_q), (top_p, top_q), (0.0, top_q)] {
                let Some(point) = TrapezoidRule::new(&activation, p0, q0, 6, 1e-16) else {
                    continue;
                };
                let what = format!("{:?} at {m0}, {p0:e}, {q0:e}", rule.route());
                inside(&enclose(&point, m0), &table, Interval::width, &what)?;
            }
            // The end without noise.
            let product = MomentRule::new(&activation, Interval::ZERO, Interval::ZERO, 6, 1e-9);
            prop_assert_eq!(product.route(), Some(Route::Product));
            let at_zero = product.table(Interval::point(m0));
            inside(&at_zero, &table, Interval::width, "no noise")
        })
        .unwrap();
}

/// The mean value form over a box's midpoint is inclusion isotone (Caprani & Madsen 1980); what may
/// stick out are the constant errors of the two centres. On boxes wide enough for sums over ranges, each derivative's
/// range is an intersection of forms with centres of their own: nearly isotone.
#[test]
fn smaller_boxes_have_smaller_tables() {
    let inputs = (
        activation(),
        -8.0..8.0f64,
        (variance(0.5), variance(0.5)),
        -8.0..-0.3f64,
        (0.0..1.0f64, 0.0..1.0f64),
    );
    runner(150)
        .run(&inputs, |(activation, m, (p, q), er, (a, b))| {
            let r = 10f64.powf(er);
            let whole = Interval::ball(m, r);
            let at = |share: f64| (m + (2.0 * share - 1.0) * r).clamp(whole.inf(), whole.sup());
            let part = Interval::new(at(a.min(b)), at(a.max(b))).unwrap();
            // A part below that width has no such sums, and is not known better for being small.
            let sums = |x: Interval| x.rad() > 1e-3;
            if sums(whole) != sums(part) {
                return Ok(());
            }
            let (p, q) = (Interval::point(p), Interval::point(q));
            let rule = MomentRule::new(&activation, p, q, 8, 1e-16);
            let (small, large) = (rule.table(part), rule.table(whole));
            let centre = rule.table(Interval::point(whole.mid()));
            let widest = pairs(8).fold(0.0f64, |w, (i, j)| w.max(centre.get(i, j).width()));
            let what = format!("{:?}: {part} in {whole}", rule.route());
            let forms = if sums(whole) { 0.25 } else { 0.0 };
            let slack = |x: Interval| 2.0 * widest + forms * x.width();
            inside(&small, &large, slack, &what)
        })
        .unwrap();
}
