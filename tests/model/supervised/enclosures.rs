//! Enclosures at collinear points against 25-digit references (`tests/data/supervised_derivatives.py`).

use std::collections::BTreeMap;

use minlift::interval::Interval;
use minlift::model::supervised::{Collinear, LocalDerivatives, Order, SupervisedParameters};

struct Case {
    parameters: SupervisedParameters,
    at: Collinear<Interval>,
    entries: Vec<(String, Interval)>,
}

/// The references, by point; each value is good to its last digit.
fn cases() -> Vec<Case> {
    let text = include_str!("../../data/supervised_derivatives.csv");
    let mut cases: BTreeMap<&str, Case> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let (head, value) = line.rsplit_once(',').unwrap();
        let (head, entry) = head.rsplit_once(',').unwrap();
        let reference = Interval::literal(value).unwrap();
        let slack = 1e-24 * reference.mag();
        let reference = reference + Interval::symmetric(slack);
        let case = cases.entry(head).or_insert_with(|| {
            let x: Vec<f64> = head.split(',').map(|x| x.parse().unwrap()).collect();
            let point = |i: usize| Interval::point(x[i]);
            Case {
                parameters: SupervisedParameters {
                    dimension: 10,
                    tau: point(0),
                    beta: Interval::ZERO,
                    gamma: Interval::ZERO,
                    variance: point(1),
                    weights: [point(2), point(3), point(4), point(5)],
                },
                at: Collinear {
                    direction: [point(6), point(7)],
                    lengths: [point(8), point(9)],
                    weights: [point(10), point(11)],
                },
                entries: Vec::new(),
            }
        });
        case.entries.push((entry.to_owned(), reference));
    }
    cases.into_values().collect()
}

fn entry(of: &LocalDerivatives<Interval>, name: &str) -> Interval {
    let digits: Vec<usize> = (name.chars().filter_map(|c| c.to_digit(10)))
        .map(|x| x as usize)
        .collect();
    let pair = |digits: &[usize]| digits[0] + digits[1];
    match (name.as_bytes()[0], digits.as_slice()) {
        (b'v', _) => of.value,
        (b'b', digits) => of.beside[pair(digits)],
        (b't', digits) => of.third_beside[0][pair(digits)],
        (_, [i]) => of.gradient[*i],
        (_, [i, j]) => of.jacobian[*i][*j],
        (_, [i, j, k]) => of.third[*i][*j][*k],
        _ => panic!("{name}"),
    }
}

#[test]
fn every_derivative_contains_its_reference_and_is_sharp() {
    let cases = cases();
    assert_eq!(cases.len(), 24);
    let mut checked = 0;
    for case in &cases {
        let local = case.at.derivatives(&case.parameters, Order::Third);
        for (name, reference) in &case.entries {
            let enclosed = entry(&local, name);
            assert!(
                !enclosed.intersection(*reference).is_empty(),
                "{name}: {enclosed} misses {reference} at {:?}",
                case.at
            );
            assert!(
                enclosed.width() < 1e-10 * (1.0 + reference.mag()),
                "{name}: {enclosed}"
            );
            checked += 1;
        }
    }
    assert!(checked > 1300, "{checked}");
}

/// A variance that is known as a wide interval, down to 0 or not, takes the series: it must hold for each variance in it.
#[test]
fn wide_variances_contain_the_reference_too() {
    let mut informative = 0;
    for case in cases() {
        for (low, high) in [(0.0, 1.0), (0.5, 1.5), (0.0, 1.0001), (0.99, 1.0)] {
            let v = case.parameters.variance.mid();
            let variance = Interval::new(low * v, high * v).unwrap();
            let parameters = SupervisedParameters {
                variance,
                ..case.parameters.clone()
            };
            let local = case.at.derivatives(&parameters, Order::Third);
            for (name, reference) in &case.entries {
                let enclosed = entry(&local, name);
                assert!(
                    !enclosed.intersection(*reference).is_empty(),
                    "{name}, variance {variance}: {enclosed} misses {reference}"
                );
                informative += usize::from(variance.width() > 0.0 && enclosed.width() < 0.1);
            }
        }
    }
    // Not by saying nothing.
    assert!(informative > 500, "{informative}");
}

/// Boxes of points and of every parameter contain the values at their members.
#[test]
fn boxes_contain_their_points() {
    for case in cases() {
        let wide = |x: Interval, r: f64| x + Interval::symmetric(r);
        let r = 1e-5;
        let at = Collinear {
            direction: case.at.direction.map(|x| wide(x, r)),
            lengths: case.at.lengths.map(|x| wide(x, r)),
            weights: case.at.weights.map(|x| wide(x, r)),
        };
        let parameters = SupervisedParameters {
            tau: wide(case.parameters.tau, r),
            weights: case.parameters.weights.map(|x| wide(x, r)),
            ..case.parameters.clone()
        };
        let local = at.derivatives(&parameters, Order::Third);
        for (name, reference) in &case.entries {
            let enclosed = entry(&local, name);
            assert!(
                !enclosed.intersection(*reference).is_empty(),
                "{name}: {enclosed} misses {reference}"
            );
        }
    }
}

/// What is no point gives no claim: empty and unbounded parameters never enclose less than everything known.
#[test]
fn nothing_is_concluded_from_nonsense() {
    let case = cases().swap_remove(1);
    for variance in [Interval::ENTIRE, Interval::EMPTY] {
        let parameters = SupervisedParameters {
            variance,
            ..case.parameters.clone()
        };
        let local = case.at.derivatives(&parameters, Order::Jacobian);
        for x in local.gradient.iter().chain(local.jacobian.as_flattened()) {
            assert!(x.is_empty() || !x.is_bounded(), "{x}");
        }
    }
    let mut at = case.at;
    at.lengths[0] = Interval::ENTIRE;
    let local = at.derivatives(&case.parameters, Order::Gradient);
    assert!(local.gradient.iter().any(|x| !x.is_bounded()));
}
