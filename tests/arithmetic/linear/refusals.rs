//! What is not a symmetric matrix of numbers gives an error or no proof, never a panic.

use minlift::interval::Interval;
use minlift::linear::{
    EnclosedSymmetric, LinearError, Preconditioner, enclosed_gram, enclosed_solve,
    extreme_eigenvalues, inverse_norm_upper, is_positive_definite, smallest_eigenvalue_lower,
    smallest_singular_value_lower,
};
use nalgebra::{DMatrix, dmatrix};

#[test]
fn shapes() {
    let (rows, columns) = (2, 3);
    assert_eq!(
        EnclosedSymmetric::point(DMatrix::zeros(2, 3)),
        Err(LinearError::NotSquare { rows, columns })
    );
    assert_eq!(
        EnclosedSymmetric::from_intervals(&DMatrix::from_element(2, 3, Interval::ONE)),
        Err(LinearError::NotSquare { rows, columns })
    );
    let (row, column) = (1, 0);
    assert_eq!(
        EnclosedSymmetric::point(dmatrix![1.0, 2.0; 3.0, 1.0]),
        Err(LinearError::NotSymmetric { row, column })
    );
    let mut a = EnclosedSymmetric::point(DMatrix::identity(2, 2)).expect("symmetric");
    let (expected, found) = (2, 1);
    let wrong = Err(LinearError::Dimension { expected, found });
    let one = [Interval::ONE];
    assert_eq!(a.apply(&one).map(|_| ()), wrong);
    assert_eq!(enclosed_solve(&a, &one).map(|_| ()), wrong);
    assert_eq!(
        a.add_rank_two(&[Interval::ONE; 2], &one, Interval::ONE),
        wrong
    );
    let vectors = vec![vec![1.0]];
    assert_eq!(
        EnclosedSymmetric::new(DMatrix::identity(2, 2), vectors, 0.0).map(|_| ()),
        wrong
    );
}

#[test]
fn no_rows() {
    let a = EnclosedSymmetric::point(DMatrix::zeros(0, 0)).expect("symmetric");
    assert!(is_positive_definite(&a));
    assert_eq!(extreme_eigenvalues(&a), Err(LinearError::NoEigenvalue));
    assert_eq!(
        smallest_eigenvalue_lower(&a),
        Err(LinearError::NoEigenvalue)
    );
    assert_eq!(inverse_norm_upper(&a), Err(LinearError::NoEigenvalue));
    assert_eq!(enclosed_solve(&a, &[]), Ok(Vec::new()));
    assert_eq!(a.apply(&[]), Ok(Vec::new()));
}

#[test]
fn entries_that_are_no_numbers() {
    for d in [1, 2, 7, 40] {
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            for (j, k) in [(0, 0), (d - 1, 0), (d - 1, d - 1)] {
                let mut mid = DMatrix::identity(d, d) * 2.0;
                mid[(j, k)] = bad;
                mid[(k, j)] = bad;
                nothing_is_known(&EnclosedSymmetric::point(mid).expect("symmetric"));
            }
        }
        for bad in [f64::NAN, f64::INFINITY, -1.0] {
            let mid = DMatrix::identity(d, d) * 2.0;
            let mut u = vec![0.0; d];
            u[d - 1] = bad;
            let set = EnclosedSymmetric::new(mid.clone(), vec![u], 0.0).expect("symmetric");
            nothing_is_known(&set);
            nothing_is_known(&EnclosedSymmetric::new(mid, vec![], bad).expect("symmetric"));
        }
        // An infinite point in the data.
        let mut x = DMatrix::from_element(3, d, 1.0);
        x[(1, d - 1)] = f64::INFINITY;
        nothing_is_known(&enclosed_gram(&x, &[1.0; 3], &[0.0; 3]).expect("it fits"));
    }
}

fn nothing_is_known(a: &EnclosedSymmetric) {
    assert!(!is_positive_definite(a) && !is_positive_definite(&a.negated()));
    assert_eq!(extreme_eigenvalues(a), Err(LinearError::NotBounded));
    assert_eq!(smallest_eigenvalue_lower(a), Err(LinearError::NotBounded));
    assert_eq!(
        smallest_singular_value_lower(a),
        Err(LinearError::NotBounded)
    );
    assert_eq!(inverse_norm_upper(a), Err(LinearError::NotBounded));
    let refused = Preconditioner::new(a).map(|_| ());
    assert_eq!(refused, Err(LinearError::NotBounded));
    // Whatever may be said of an image, it holds all numbers where the matrix may be anything.
    let image = a
        .apply(&vec![Interval::ONE; a.dimension()])
        .expect("it fits");
    assert!(image.contains(&Interval::ENTIRE));
}

/// Finite numbers whose squares are not.
#[test]
fn huge_and_tiny_matrices() {
    for scale in [1e300, 1e-300, 5e-324] {
        let a = EnclosedSymmetric::point(dmatrix![2.0, 1.0; 1.0, 2.0] * scale).expect("symmetric");
        if let Ok([smallest, largest]) = extreme_eigenvalues(&a) {
            assert!(
                smallest.inf() <= scale && largest.sup() >= 3.0 * scale,
                "{scale:e}"
            );
            assert!(
                smallest.sup() >= scale && largest.inf() <= 3.0 * scale,
                "{scale:e}"
            );
        }
        if let Ok(bound) = smallest_singular_value_lower(&a) {
            assert!(bound <= scale);
        }
        let _ = is_positive_definite(&a);
    }
}
