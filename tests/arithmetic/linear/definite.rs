//! Smallest eigenvalues, definiteness, extreme eigenvalues.

use std::f64::consts::PI;

use minlift::interval::{Interval, linalg};
use minlift::linear::{
    EnclosedSymmetric, enclosed_gram, extreme_eigenvalues, is_positive_definite, rayleigh_quotient,
    smallest_eigenvalue_lower,
};
use nalgebra::DMatrix;
use rand::Rng;

use super::support::{laplacian, normal, rng, with_spectrum};

fn point(a: DMatrix<f64>) -> EnclosedSymmetric {
    EnclosedSymmetric::point(a).expect("symmetric")
}

/// Eigenvalues spread over `[0.1, 1]`, the smallest one as given.
fn spread(d: usize, smallest: f64) -> Vec<f64> {
    let step = 0.9 / d as f64;
    let mut values: Vec<f64> = (1..=d).map(|k| 0.1 + step * k as f64).collect();
    (values[0], values[d - 1]) = (smallest, 1.0);
    values
}

#[test]
fn a_hair_below_zero_is_refused_and_a_little_above_is_proved() {
    for d in [2, 5, 50, 200] {
        for seed in 0..5 {
            let below = point(with_spectrum(&spread(d, -1e-14), seed));
            assert!(!is_positive_definite(&below), "d = {d}");
            let above = point(with_spectrum(&spread(d, 1e-10), seed));
            assert!(is_positive_definite(&above), "d = {d}");
            assert!(smallest_eigenvalue_lower(&above).expect("bounded") > 0.5e-10);
        }
    }
}

/// Singular in exact arithmetic: integers with a null vector.
#[test]
fn a_singular_matrix_is_never_definite() {
    for d in [2, 3, 10, 60] {
        let mut rng = rng(d as u64);
        let x = DMatrix::from_fn(d - 1, d, |_, _| f64::from(rng.random_range(-9..10)));
        let a = point(x.transpose() * &x);
        assert!(!is_positive_definite(&a));
        let bound = smallest_eigenvalue_lower(&a).expect("bounded");
        assert!(bound <= 0.0 && bound > -1e-8, "{bound:e}");
    }
}

#[test]
fn the_radius_is_subtracted() {
    let u = vec![0.5; 4]; // |u|^2 = 1
    let identity = DMatrix::from_diagonal_element(4, 4, 2.0);
    let set = EnclosedSymmetric::new(identity.clone(), vec![u.clone()], 0.25).expect("symmetric");
    let bound = smallest_eigenvalue_lower(&set).expect("bounded");
    assert!(bound <= 0.75 && bound > 0.75 - 1e-13);
    assert!(!is_positive_definite(
        &EnclosedSymmetric::new(identity, vec![u.clone(), u], 0.0).expect("symmetric")
    ));
}

#[test]
fn the_second_difference_has_its_known_spectrum() {
    for d in [1, 2, 3, 10, 33, 150, 300] {
        let a = point(laplacian(d));
        let angle = PI / (d + 1) as f64;
        // 2 - 2 cos x = 4 sin²(x/2), in floats to a few units in the last place.
        let smallest = 4.0 * (0.5 * angle).sin().powi(2);
        let largest = 4.0 * (0.5 * angle * d as f64).sin().powi(2);
        let found = extreme_eigenvalues(&a).expect("bounded");
        for (found, known) in found.into_iter().zip([smallest, largest]) {
            let known = Interval::ball(known, 4.0 * f64::EPSILON * known);
            assert!(
                !found.intersection(known).is_empty(),
                "{d}: {found} {known}"
            );
            assert!(found.width() < 1e-15 * (40 * d * d) as f64, "{d}: {found}");
        }
        assert!(is_positive_definite(&a));
        assert!(!is_positive_definite(&a.negated()));
    }
}

#[test]
fn both_ends_agree_with_the_enclosures_entry_by_entry() {
    for d in [1, 2, 3, 7, 20] {
        let x = normal(3 * d, d, d as u64);
        let mut rng = rng(1);
        let w: Vec<f64> = (0..3 * d).map(|_| rng.random_range(-1.0..1.0)).collect();
        let set = enclosed_gram(&x, &w, &vec![1e-12; 3 * d]).expect("a shape that fits");
        let entries = DMatrix::from_fn(d, d, |j, k| set.entry(j, k));
        let all = linalg::symmetric_eigenvalues(&entries).expect("bounded");
        let [smallest, largest] = extreme_eigenvalues(&set).expect("bounded");
        assert!(!smallest.intersection(all[0]).is_empty());
        assert!(!largest.intersection(all[d - 1]).is_empty());
        assert!(smallest.width() < 1e-8 && largest.width() < 1e-8);
        let lower = smallest_eigenvalue_lower(&set).expect("bounded");
        assert!(lower <= smallest.sup() && smallest.sup() - lower < 1e-8);
    }
}

/// The Hilbert matrix times a common denominator is one of integers, exact up to order 10 or so;
/// its smallest eigenvalue falls from 0.07 to 1e-13 times it.
#[test]
fn hilbert_matrices() {
    let smallest = [
        1.0, 6.574e-2, 2.687e-3, 9.670e-5, 3.288e-6, 1.083e-7, 3.494e-9, 1.111e-10,
    ];
    let denominator = 360_360.0; // of 1 .. 15
    for (d, known) in (1..).zip(smallest) {
        let a = point(DMatrix::from_fn(d, d, |j, k| {
            denominator / (j + k + 1) as f64
        }));
        let [found, largest] = extreme_eigenvalues(&a).expect("bounded");
        let known = Interval::ball(denominator * known, 1e-3 * denominator * known);
        assert!(
            !found.intersection(known).is_empty(),
            "{d}: {found} {known}"
        );
        assert!(
            found.inf() > 0.99 * known.inf() && is_positive_definite(&a),
            "{d}: {found}"
        );
        assert!(largest.inf() >= denominator * (1.0 - 1e-14));
    }
    // At order 15 the smallest eigenvalue is below the rounding of the entries.
    let a = point(DMatrix::from_fn(15, 15, |j, k| 1.0 / (j + k + 1) as f64));
    assert!(!is_positive_definite(&a));
}

#[test]
fn multiple_eigenvalues_and_scalar_matrices() {
    for d in [1, 2, 30] {
        for value in [0.0, 1.0, -3.0, 1e-200, 1e150] {
            let a = point(value * DMatrix::<f64>::identity(d, d));
            let slack = 1e-12 * value.abs() + 1e-150;
            for found in extreme_eigenvalues(&a).expect("bounded") {
                assert!(found.contains(value) && found.width() <= slack, "{found}");
            }
            assert_eq!(is_positive_definite(&a), value > 1e-150, "{value}");
        }
    }
}

#[test]
fn rayleigh_quotients_lie_between() {
    let a = point(laplacian(9));
    let [smallest, largest] = extreme_eigenvalues(&a).expect("bounded");
    for seed in 0..20 {
        let v = normal(9, 1, seed);
        let q = rayleigh_quotient(&a, v.as_slice()).expect("it fits");
        assert!(q.sup() >= smallest.inf() && q.inf() <= largest.sup() && q.width() < 1e-13);
    }
    assert_eq!(rayleigh_quotient(&a, &[0.0; 9]), Ok(Interval::ENTIRE));
}
