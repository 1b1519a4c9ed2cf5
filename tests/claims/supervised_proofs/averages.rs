//! Averages over a line against 22 digits (`tests/data/line_averages.py`), and derivatives at collinear points against
//! the definition in `R^d`.

use minlift::gaussian::line::{Family, LineScalar};
use minlift::interval::Interval;
use minlift::model::supervised::{Label, Loss, Order};
use minlift::scalar::Scalar;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use super::given::{along, collinear, contract, lopsided, normal, parameters, place};

/// The functions of the references, in their order.
#[derive(Clone)]
pub struct Functions {
    pub lengths: [f64; 2],
    pub weights: [f64; 2],
    pub label: Label,
}

impl Family for Functions {
    fn count(&self) -> usize {
        10
    }

    fn eval<S: Scalar>(&self, t: S, out: &mut [S]) {
        let z = self.lengths.map(|l| S::from_f64(l) * t);
        let loss = Loss::new(z, self.weights.map(S::from_f64), self.label);
        let cube = t.sqr() * t;
        let values = [
            loss.value(),
            loss.first(0) * t,
            loss.first(2),
            loss.second(0, 1) * t.sqr(),
            loss.second(0, 0),
            loss.second(1, 3) * t,
            loss.third(0, 0, 1) * cube,
            loss.third(1, 1, 1) * cube,
            loss.third(2, 3, 3),
            loss.third(0, 2, 2) * t,
        ];
        out[..10].copy_from_slice(&values);
    }

    /// `|ℓ| r <= π/2` and `Σ|F| tan(|ℓ| r/2) <= π`, with the longer `ℓ` for both.
    fn strip_half_width(&self) -> f64 {
        let longest = self.lengths[0].abs().max(self.lengths[1].abs());
        let total = self.weights[0].abs() + self.weights[1].abs();
        2.0 / longest * (0.999 * std::f64::consts::PI / total).atan().min(0.785)
    }
}

struct Case {
    functions: Functions,
    mean: f64,
    variance: f64,
    values: Vec<Interval>,
}

fn cases() -> Vec<Case> {
    let text = include_str!("../../data/line_averages.csv");
    let mut cases: Vec<(String, Case)> = Vec::new();
    for line in text.lines().skip(1) {
        let (head, value) = line.rsplit_once(',').unwrap();
        let (head, _) = head.rsplit_once(',').unwrap();
        if cases.last().is_none_or(|(last, _)| last != head) {
            let x: Vec<f64> = head.split(',').map(|x| x.parse().unwrap()).collect();
            let label = if x[4] > 0.0 { Label::Zero } else { Label::One };
            let functions = Functions {
                lengths: [x[0], x[1]],
                weights: [x[2], x[3]],
                label,
            };
            let (mean, variance) = (x[5], x[6]);
            let case = Case {
                functions,
                mean,
                variance,
                values: Vec::new(),
            };
            cases.push((head.to_owned(), case));
        }
        let reference = Interval::literal(value).unwrap();
        let slack = 1e-21 * reference.mag();
        let case = &mut cases.last_mut().unwrap().1;
        case.values.push(reference + Interval::symmetric(slack));
    }
    cases.into_iter().map(|(_, case)| case).collect()
}

#[test]
fn averages_contain_their_references_and_are_sharp() {
    let mut worst = 0.0f64;
    let cases = cases();
    assert_eq!(cases.len(), 40);
    for case in &cases {
        let [mean, variance] = [case.mean, case.variance].map(Interval::point);
        let enclosed = Interval::line_averages(&case.functions, mean, variance);
        let floats = f64::line_averages(&case.functions, case.mean, case.variance);
        assert_eq!(case.values.len(), enclosed.len());
        // Terms of either sign of this size are added.
        let f = 1.0 + case.functions.weights[0].abs() + case.functions.weights[1].abs();
        let t = 1.0 + case.mean.abs() + 3.0 * case.variance.sqrt();
        let size = (f * t).powi(3);
        for ((x, reference), y) in enclosed.iter().zip(&case.values).zip(floats) {
            assert!(!x.intersection(*reference).is_empty(), "{x}, {reference}");
            assert!(
                (y - reference.mid()).abs() < 1e-13 * size,
                "{y}, {reference}"
            );
            worst = worst.max(x.width() / size);
        }
    }
    println!("widest: {worst:e}");
    assert!(worst > 0.0 && worst < 1e-13, "{worst:e}");
}

/// The series: for each variance of the interval, the references and the values without noise among them.
#[test]
fn wide_variances_contain_their_members() {
    let (mut informative, mut checked) = (0, 0);
    for case in cases() {
        let mean = Interval::point(case.mean);
        let mut quiet = vec![Interval::ZERO; 10];
        case.functions.eval(mean, &mut quiet);
        for (low, high) in [(0.0, 1.0), (0.0, 3.0), (0.5, 1.0), (1.0 - 1e-4, 1.0 + 1e-4)] {
            let v = case.variance;
            let variance = Interval::new(low * v, high * v).unwrap();
            let enclosed = Interval::line_averages(&case.functions, mean, variance);
            for (k, x) in enclosed.iter().enumerate() {
                let member = case.values[k];
                assert!(!x.intersection(member).is_empty(), "{x}, {member}");
                if low == 0.0 {
                    assert!(!x.intersection(quiet[k]).is_empty(), "{x}, {}", quiet[k]);
                }
                checked += 1;
                informative += usize::from(x.width() < 0.1 * (1.0 + member.mag()));
            }
        }
        // A box of means holds each of its members.
        let wide = mean + Interval::symmetric(1e-3);
        let enclosed =
            Interval::line_averages(&case.functions, wide, Interval::point(case.variance));
        for (x, member) in enclosed.iter().zip(&case.values) {
            assert!(!x.intersection(*member).is_empty(), "{x}, {member}");
        }
    }
    println!("{informative} of {checked}");
    assert!(4 * informative > checked, "{informative} of {checked}");
}

/// Gradient, Jacobian and third derivative with their parts off the plane, along random directions.
#[test]
fn derivatives_at_collinear_points_are_those_of_the_definition() {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(3);
    for (d, step, points) in [(2usize, 0.4, 6), (3, 0.65, 3), (4, 0.8, 1)] {
        for k in 0..points {
            let mut uniform = |r: f64| rng.random_range(-r..r);
            let angle = uniform(3.0);
            let at = collinear(
                angle,
                [uniform(3.0), uniform(3.0)],
                [uniform(4.0), uniform(4.0)],
            );
            let of = if k % 2 == 0 {
                lopsided(d as u64, 0.3)
            } else {
                parameters(d as u64, 0.2)
            };
            let local = at.derivatives(&of, Order::Third);
            let six = normal(&mut rng, 6, 1.0);
            let beside: Vec<[f64; 2]> = (2..d)
                .map(|_| normal(&mut rng, 2, 1.0))
                .map(|v| [v[0], v[1]])
                .collect();
            let (c, s) = (angle.cos(), angle.sin());
            let mut u = vec![0.0; 2 * d + 2];
            for (row, i) in [(0, 0), (d, 2)] {
                (u[row], u[row + 1]) = (c * six[i] - s * six[i + 1], s * six[i] + c * six[i + 1]);
            }
            (u[2 * d], u[2 * d + 1]) = (six[4], six[5]);
            for (j, pair) in beside.iter().enumerate() {
                (u[2 + j], u[d + 2 + j]) = (pair[0], pair[1]);
            }
            let series = along(&of, &place(&at, d), &u, step).coefficients;
            let tolerance = if d == 4 { 1e-3 } else { 2e-5 };
            let near = |x: f64, y: f64| (x - y).abs() < tolerance * (1.0 + y.abs());
            assert!(
                near(local.value.mid(), series[0]),
                "{}, {series:?}",
                local.value
            );
            let factorials = [1.0, 2.0, 6.0];
            let found = contract(&local, &six, &beside);
            for n in 0..3 {
                let exact = factorials[n] * series[n + 1];
                assert!(near(found[n], exact), "d = {d}, {n}: {found:?}, {exact}");
            }
        }
    }
}
