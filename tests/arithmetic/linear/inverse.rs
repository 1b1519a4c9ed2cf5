//! Approximate inverses, singular values, linear systems.

use minlift::interval::{Interval, linalg};
use minlift::linear::{
    EnclosedSymmetric, LinearError, Preconditioner, enclosed_solve, inverse_norm_upper,
    smallest_singular_value_lower,
};
use nalgebra::{DMatrix, DVector};
use rand::Rng;

use super::support::{laplacian, points, rng, with_spectrum};

fn point(a: DMatrix<f64>) -> EnclosedSymmetric {
    EnclosedSymmetric::point(a).expect("symmetric")
}

/// Both signs, `0.5` in absolute value the smallest.
fn indefinite(d: usize) -> Vec<f64> {
    (0..d)
        .map(|k| {
            if k % 2 == 0 {
                -0.5 - k as f64
            } else {
                k as f64
            }
        })
        .collect()
}

#[test]
fn singular_values_of_indefinite_and_definite_matrices() {
    for d in [1, 2, 5, 50] {
        let a = point(with_spectrum(&indefinite(d), 1));
        let bound = smallest_singular_value_lower(&a).expect("regular");
        assert!(bound < 0.5 + 1e-12 && bound > 0.5 - 1e-9, "{bound}");
        let norm = inverse_norm_upper(&a).expect("regular");
        assert!(norm > 2.0 - 1e-11 && norm < 2.0 + 1e-8, "{norm}");
        let positive: Vec<f64> = indefinite(d).iter().map(|x| x.abs()).collect();
        for set in [
            point(with_spectrum(&positive, 2)),
            point(with_spectrum(&positive, 2)).negated(),
        ] {
            let bound = smallest_singular_value_lower(&set).expect("regular");
            assert!(bound < 0.5 + 1e-12 && bound > 0.5 - 1e-9, "{bound}");
        }
    }
}

#[test]
fn the_radius_counts() {
    let mid = DMatrix::from_diagonal(&DVector::from_column_slice(&[2.0, -1.0]));
    let set = EnclosedSymmetric::new(mid.clone(), vec![vec![0.5, 0.5]], 0.0).expect("symmetric");
    // Members: entries moved by up to 1/4. The bound must not exceed the worst of them.
    let bound = smallest_singular_value_lower(&set).expect("regular");
    assert!(bound <= 0.75 && bound > 0.4, "{bound}");
    let wide = EnclosedSymmetric::new(mid, vec![vec![1.0, 1.0]], 0.0).expect("symmetric");
    assert!(matches!(
        smallest_singular_value_lower(&wide),
        Err(LinearError::NotProvedRegular { .. })
    ));
}

#[test]
fn the_defect_is_what_it_says() {
    for d in [1, 3, 12] {
        let set = point(with_spectrum(&indefinite(d), 4));
        let c = Preconditioner::new(&set).expect("regular");
        let product = linalg::product(
            &c.matrix().map(Interval::point),
            &set.mid().map(Interval::point),
        );
        let defect = DMatrix::from_fn(d, d, |j, k| {
            Interval::point(f64::from(u8::from(j == k))) - product[(j, k)]
        });
        // The true norm is at least its largest entry's smallest absolute value.
        let least = defect.iter().map(|x| x.mig()).fold(0.0, f64::max);
        assert!(least <= c.defect_upper() && c.defect_upper() < 1e-10);
        assert!(c.norm_upper() >= 2.0 - 1e-12 && c.inverse_norm_upper() >= c.norm_upper());
    }
}

#[test]
fn solutions_known_in_integers() {
    for d in [1, 2, 7, 80] {
        let mut rng = rng(d as u64);
        let x: Vec<f64> = (0..d)
            .map(|_| f64::from(rng.random_range(-99..100)))
            .collect();
        let a = laplacian(d);
        let b = &a * DVector::from_column_slice(&x); // exact
        let set = point(a);
        let found = enclosed_solve(&set, &points(b.as_slice())).expect("regular");
        for (found, x) in found.iter().zip(&x) {
            assert!(found.contains(*x) && found.width() < 1e-6, "{d}: {found}");
        }
        let c = Preconditioner::new(&set).expect("regular");
        let length = c
            .solution_norm_upper(&points(b.as_slice()))
            .expect("it fits");
        let exact = DVector::from_column_slice(&x).norm();
        assert!(length >= exact * (1.0 - 1e-14) && length < 1.01 * exact + 1e-6);
    }
}

#[test]
fn solutions_hold_every_member_and_right_side() {
    let mid = with_spectrum(&indefinite(4), 5);
    let u = vec![0.02, 0.01, 0.03, 0.02];
    let set = EnclosedSymmetric::new(mid.clone(), vec![u.clone()], 1e-3).expect("symmetric");
    let b: Vec<Interval> = (0..4).map(|k| Interval::ball(f64::from(k), 1e-2)).collect();
    let found = enclosed_solve(&set, &b).expect("regular");
    let mut rng = rng(6);
    for _ in 0..200 {
        let mut a = mid.clone();
        for j in 0..4 {
            for k in 0..=j {
                let on = if j == k { 1e-3 } else { 0.0 };
                let off = rng.random_range(-1.0..1.0) * (u[j] * u[k] + on);
                a[(j, k)] += off;
                a[(k, j)] = a[(j, k)];
            }
        }
        let right = DVector::from_fn(4, |k, _| b[k].mid() + 0.99e-2 * rng.random_range(-1.0..1.0));
        let x = a.lu().solve(&right).expect("regular");
        assert!(x.iter().zip(&found).all(|(x, f)| f.contains(*x)));
    }
}

#[test]
fn singular_is_not_proved_regular() {
    let ones = point(DMatrix::from_element(5, 5, 1.0));
    for result in [
        smallest_singular_value_lower(&ones),
        inverse_norm_upper(&ones),
        Preconditioner::new(&ones).map(|c| c.defect_upper()),
    ] {
        assert!(
            matches!(result, Err(LinearError::NotProvedRegular { .. })),
            "{result:?}"
        );
    }
}
