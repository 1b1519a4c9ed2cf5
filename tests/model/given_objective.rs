//! `model::empirical`: the objective of a given data set against 30-digit references written from the definition.

use minlift::interval::Interval;
use minlift::model::empirical::{
    EmpiricalBall, EmpiricalEnclosure, EmpiricalObjective, InverseBounds,
};
use nalgebra::DMatrix;

struct Reference {
    points: DMatrix<f64>,
    alpha: f64,
    rho: f64,
    w: Vec<f64>,
    value: Interval,
    gradient: Vec<Interval>,
    /// Lower triangle, row by row.
    hessian: Vec<Interval>,
}

fn references() -> Vec<Reference> {
    let floats = |text: &str| -> Vec<f64> { text.split(';').map(|x| x.parse().unwrap()).collect() };
    let exact = |text: &str| -> Vec<Interval> {
        (text.split(';').map(|x| Interval::literal(x).unwrap())).collect()
    };
    let all: Vec<_> = include_str!("../data/given_objective.csv")
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<_> = line.split(',').collect();
            let (d, n) = (cells[0].parse().unwrap(), cells[1].parse().unwrap());
            Reference {
                points: DMatrix::from_row_slice(n, d, &floats(cells[4])),
                alpha: cells[2].parse().unwrap(),
                rho: cells[3].parse().unwrap(),
                w: floats(cells[5]),
                value: exact(cells[6])[0],
                gradient: exact(cells[7]),
                hessian: exact(cells[8]),
            }
        })
        .collect();
    assert!(all.len() > 10);
    all
}

fn meets(enclosed: Interval, exact: Interval) -> bool {
    !enclosed.intersection(exact).is_empty()
}

fn enclosure(r: &Reference) -> EmpiricalEnclosure<'_> {
    EmpiricalEnclosure::new(
        &r.points,
        Interval::point(r.alpha),
        Interval::point(r.rho).sqr(),
    )
}

#[test]
fn enclosures_contain_the_references_and_are_sharp() {
    for r in references() {
        let at = enclosure(&r).at(&r.w).unwrap();
        let d = r.w.len();
        assert!(
            meets(at.value, r.value) && at.value.width() < 1e-12,
            "{}",
            at.value
        );
        for (enclosed, &exact) in at.gradient.iter().zip(&r.gradient) {
            assert!(
                meets(*enclosed, exact),
                "gradient: {exact} not in {enclosed}"
            );
            assert!(enclosed.width() < 1e-11, "{enclosed}");
        }
        let mut entries = r.hessian.iter();
        for i in 0..d {
            for j in 0..=i {
                let exact = *entries.next().unwrap();
                for enclosed in [at.hessian.entry(i, j), at.hessian.entry(j, i)] {
                    assert!(
                        meets(enclosed, exact),
                        "({i}, {j}): {exact} not in {enclosed}"
                    );
                    assert!(enclosed.width() < 1e-9, "({i}, {j}): {enclosed}");
                }
            }
        }
    }
}

#[test]
fn floats_are_near_the_references() {
    for r in references() {
        let objective = EmpiricalObjective::new(&r.points, r.alpha, r.rho * r.rho);
        let d = r.w.len();
        let off = |float: f64, exact: Interval| (Interval::point(float) - exact).mag();
        assert!(off(objective.value(&r.w), r.value) < 1e-13);
        let mut gradient = vec![0.0; d];
        objective.gradient(&r.w, &mut gradient);
        for (&float, &exact) in gradient.iter().zip(&r.gradient) {
            assert!(off(float, exact) < 1e-12, "{float} against {exact}");
        }
        let hessian = objective.hessian(&r.w);
        let matrix = hessian.matrix();
        let mut entries = r.hessian.iter();
        for i in 0..d {
            for j in 0..=i {
                let exact = *entries.next().unwrap();
                assert!(
                    off(matrix[(i, j)], exact) < 1e-11,
                    "({i}, {j}): {} against {exact}",
                    matrix[(i, j)]
                );
                assert_eq!(matrix[(i, j)], matrix[(j, i)]);
            }
        }
        // As an operator it is the same matrix.
        let v: Vec<f64> = (0..d).map(|i| 1.0 - 0.7 * i as f64).collect();
        let mut image = vec![0.0; d];
        hessian.apply(&v, &mut image);
        let product = matrix * nalgebra::DVector::from_vec(v);
        for (a, b) in image.iter().zip(product.iter()) {
            assert!((a - b).abs() < 1e-12 * (1.0 + b.abs()), "{a} against {b}");
        }
    }
}

/// Differences of Hessians at pairs of points of a ball stay below the bound, and come near it.
#[test]
fn lipschitz_constants_bound_differences_of_hessians() {
    let mut best = [0.0f64; 2];
    for (k, r) in references().iter().enumerate() {
        let of = enclosure(r);
        let objective = EmpiricalObjective::new(&r.points, r.alpha, r.rho * r.rho);
        let radius = 0.05;
        let ball = EmpiricalBall::about(&of, &r.w, 0.2);
        let bound = ball.lipschitz(radius);
        assert!(bound.is_finite());
        // Monotone in the radius, and unknown beyond the largest.
        assert!(ball.lipschitz(0.01) <= bound && bound <= ball.lipschitz(0.2));
        assert_eq!(ball.lipschitz(0.3), f64::INFINITY);
        assert_eq!(ball.lipschitz(f64::NAN), f64::INFINITY);
        let d = r.w.len();
        // Any regular matrix may stand for A.
        let a_inverse = DMatrix::from_fn(d, d, |i, j| {
            if i == j {
                3.0
            } else {
                0.4 / (1.0 + (i + j) as f64)
            }
        });
        let columns = [a_inverse.column(0), a_inverse.column(1)];
        let plane = [(0, 0), (0, 1), (1, 1)].map(|(i, j)| {
            let dot = columns[i].dot(&columns[j]);
            Interval::ball(dot, 1e-12 * dot.abs())
        });
        let norm = a_inverse.clone().svd(false, false).singular_values.max() * (1.0 + 1e-12);
        let preconditioned = ball.preconditioned(radius, &InverseBounds { plane, norm });
        let mut state = 77 + k as u64;
        let mut next = || {
            state = state
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            ((state >> 11) as f64) / (1u64 << 53) as f64 - 0.5
        };
        for _ in 0..200 {
            let direction: Vec<f64> = (0..d)
                .map(|i| next() * if i < 2 { 1.0 } else { 0.2 })
                .collect();
            let length = direction.iter().map(|x| x * x).sum::<f64>().sqrt();
            let at = |t: f64| -> Vec<f64> {
                r.w.iter()
                    .zip(&direction)
                    .map(|(w, x)| w + t * radius * x / length)
                    .collect()
            };
            let (from, to) = (next() * 1.9, next() * 1.9);
            let difference =
                objective.hessian(&at(to)).matrix() - objective.hessian(&at(from)).matrix();
            let step = (to - from).abs() * radius;
            if step < 1e-4 {
                continue;
            }
            for (which, (matrix, bound)) in [
                (difference.clone(), bound),
                (&a_inverse * &difference, preconditioned),
            ]
            .into_iter()
            .enumerate()
            {
                let quotient = matrix.svd(false, false).singular_values.max() / step;
                assert!(
                    quotient <= bound * (1.0 + 1e-9),
                    "{which}: {quotient} > {bound}"
                );
                best[which] = best[which].max(quotient / bound);
            }
        }
    }
    // Somewhere the bound is nearly attained: it is not just large.
    assert!(best[0] > 0.5 && best[1] > 0.2, "{best:?}");
}

#[test]
fn intervals_of_parameters_contain_their_members() {
    for r in references() {
        let wide = |x: f64| Interval::point(x) * (Interval::ONE + Interval::symmetric(1e-3));
        let of = EmpiricalEnclosure::new(&r.points, wide(r.alpha), wide(r.rho * r.rho));
        let at = of.at(&r.w).unwrap();
        assert!(meets(at.value, r.value));
        assert!(
            at.gradient
                .iter()
                .zip(&r.gradient)
                .all(|(a, &b)| meets(*a, b))
        );
    }
}

#[test]
fn nonsense_proves_nothing() {
    let x = DMatrix::from_row_slice(3, 2, &[1.0, 0.0, f64::NAN, 7.0, -1.0, f64::INFINITY]);
    let of = EmpiricalEnclosure::new(&x, Interval::point(0.00125), Interval::point(0.001));
    let at = of.at(&[3.8, 1.5]).unwrap();
    assert!(
        !at.gradient.iter().any(|g| g.is_bounded()),
        "{:?}",
        at.gradient
    );
    assert!(!at.hessian.entry(0, 1).is_bounded());
    assert!(of.at(&[1.0]).is_err());
    let ball = EmpiricalBall::about(&of, &[3.8, 1.5], 0.1);
    assert_eq!(ball.lipschitz(0.01), f64::INFINITY);
    // A vector that is none.
    let x = DMatrix::from_row_slice(1, 2, &[1.0, 0.0]);
    let of = EmpiricalEnclosure::new(&x, Interval::point(0.00125), Interval::point(0.001));
    for bad in [f64::NAN, f64::INFINITY] {
        let at = of.at(&[bad, 1.0]).unwrap();
        assert!(!at.gradient[0].is_bounded());
        assert_eq!(
            EmpiricalBall::about(&of, &[bad, 1.0], 0.1).lipschitz(0.01),
            f64::INFINITY
        );
        let ball = EmpiricalBall::about(&of, &[1.0, 1.0], bad);
        assert_eq!(ball.lipschitz(0.01), f64::INFINITY);
    }
}
