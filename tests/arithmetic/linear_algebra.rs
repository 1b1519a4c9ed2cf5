//! Verified linear algebra against exact small cases, Hilbert matrices and singular ones.

use minlift::interval::Interval;
use minlift::interval::linalg::{
    Inertia, LinalgError, Sign, determinant_sign, frobenius_norm, inertia, inverse,
    inverse_norm_upper, norm, one_norm_upper, point_matrix, product, regularity_upper,
    singular_values, spectral_norm_upper, symmetric_eigenvalues, symmetric_inverse_norm_upper,
    symmetric_spectral_norm_upper,
};
use nalgebra::{DMatrix, DVector};

fn matrix(n: usize, entries: &[f64]) -> DMatrix<Interval> {
    DMatrix::from_row_slice(n, n, entries).map(Interval::point)
}

/// The test a proof would make; false for NaN.
fn below(x: f64, limit: f64) -> bool {
    x < limit
}

/// `1/(i + j + 1)` enclosed, not rounded.
fn hilbert(n: usize) -> DMatrix<Interval> {
    DMatrix::from_fn(n, n, |i, j| Interval::point((i + j + 1) as f64).recip())
}

#[test]
fn norms_enclose_pythagorean_triples() {
    let v = DVector::from_vec(vec![Interval::point(3.0), Interval::point(-4.0)]);
    assert_eq!(norm(&v), Interval::point(5.0));
    // Rows (2, 3), (6, 0): 4 + 9 + 36 = 49.
    let a = matrix(2, &[2.0, 3.0, 6.0, 0.0]);
    assert_eq!(frobenius_norm(&a), Interval::point(7.0));
    assert!(one_norm_upper(&a) >= 8.0 && one_norm_upper(&a) < 8.0 + 1e-14);
}

#[test]
fn spectral_norm_bounds_are_sharp() {
    // [3 4; 0 5] has A^T A = [9 12; 12 41], eigenvalues 45 and 5.
    let a = matrix(2, &[3.0, 4.0, 0.0, 5.0]);
    let exact = 45f64.sqrt();
    let bound = spectral_norm_upper(&a);
    assert!(bound >= exact && bound < exact * (1.0 + 1e-14), "{bound}");
    // An orthogonal 4 x 4 matrix (Hadamard / 2): the cheap bounds give 2.
    let h = matrix(
        4,
        &[
            1., 1., 1., 1., 1., -1., 1., -1., 1., 1., -1., -1., 1., -1., -1., 1.,
        ],
    )
    .map(|x| x * Interval::point(0.5));
    assert!((1.0..1.0 + 1e-13).contains(&spectral_norm_upper(&h)));
    assert!((1.0..1.0 + 1e-13).contains(&symmetric_spectral_norm_upper(&h)));
    // Radii count: every member of a +- 0.1 matrix is bounded.
    let wide = h.map(|x| x + Interval::symmetric(0.1));
    let bound = spectral_norm_upper(&wide);
    assert!((1.4..1.4 + 1e-12).contains(&bound), "{bound}"); // 1 + |0.1 ones|, attained by h + 0.1 s
}

/// The inverse of the Hilbert matrix has integer entries.
#[test]
fn inverse_of_hilbert_matrices_contains_the_integers() {
    for n in [2usize, 4, 6, 8] {
        let h = hilbert(n);
        let x = inverse(&h).unwrap();
        for i in 0..n {
            for j in 0..n {
                let exact = hilbert_inverse(n, i, j);
                let entry = x[(i, j)];
                assert!(
                    entry.contains(exact),
                    "n = {n}, ({i}, {j}): {entry} misses {exact}"
                );
                // Condition times rounding: 1.5e10 * 1e-16 at n = 8.
                assert!(entry.width() <= 1e-4 * exact.abs(), "n = {n}: {entry}");
            }
        }
    }
    // Condition 1e17 and more: refused, with both sides.
    for n in [14usize, 16] {
        match inverse(&hilbert(n)) {
            Err(LinalgError::NotProvedRegular { left, right }) => assert!(!below(left, right)),
            other => panic!("n = {n}: {other:?}"),
        }
    }
}

/// `(-1)^(i+j) (i+j+1) C(n+i, n-j-1) C(n+j, n-i-1) C(i+j, i)^2` with indices from 0.
fn hilbert_inverse(n: usize, i: usize, j: usize) -> f64 {
    let c = |n: usize, k: usize| {
        (0..k)
            .fold(1.0, |p, t| p * (n - t) as f64 / (t + 1) as f64)
            .round()
    };
    let sign = if (i + j).is_multiple_of(2) { 1.0 } else { -1.0 };
    let middle = c(i + j, i);
    sign * (i + j + 1) as f64 * c(n + i, n - j - 1) * c(n + j, n - i - 1) * middle * middle
}

#[test]
fn inverse_holds_for_every_member() {
    let a =
        matrix(3, &[4., 1., 0., -1., 3., 1., 0.5, 0., 2.]).map(|x| x + Interval::symmetric(0.05));
    let enclosed = inverse(&a).unwrap();
    for corner in 0..512u32 {
        let member = DMatrix::from_fn(3, 3, |i, j| {
            let x = a[(i, j)];
            if corner >> (3 * i + j) & 1 == 0 {
                x.inf()
            } else {
                x.sup()
            }
        });
        let exact = member.try_inverse().unwrap();
        for (e, x) in enclosed.iter().zip(&exact) {
            // The float inverse errs by 1e-15; the enclosure is wider by far.
            assert!(e.inf() < *x && *x < e.sup());
        }
    }
    // Wide data, yet not absurdly wider than the range over the corners.
    assert!(enclosed.iter().all(|e| e.width() < 0.1));
}

#[test]
fn singular_matrices_are_refused_by_everything() {
    // 1 2; 2 4, and the rank-two 1..9.
    let singular = [
        matrix(2, &[1., 2., 2., 4.]),
        matrix(3, &[1., 2., 3., 4., 5., 6., 7., 8., 9.]),
        matrix(1, &[0.0]),
        // Members of both signs of the determinant.
        matrix(2, &[1., 1., 1., 1.]).map(|x| x + Interval::symmetric(1e-9)),
    ];
    for a in &singular {
        assert!(inverse(a).is_err(), "{a}");
        assert!(!inverse_norm_upper(a).is_ok_and(f64::is_finite));
        assert!(!symmetric_inverse_norm_upper(a).is_ok_and(f64::is_finite));
        assert_eq!(determinant_sign(a), Sign::Open);
        assert!(!below(regularity_upper(a), 1.0));
        assert!(inertia(&product(a, &a.transpose())).is_err());
        assert!(singular_values(a).unwrap().last().unwrap().inf() <= 0.0);
    }
}

#[test]
fn nothing_follows_from_empty_or_unbounded_entries() {
    for bad in [Interval::EMPTY, Interval::ENTIRE, Interval::point(f64::NAN)] {
        let mut a = matrix(2, &[2., 0., 0., 2.]);
        a[(0, 0)] = bad;
        assert!(inverse(&a).is_err());
        assert!(inertia(&a).is_err());
        assert!(symmetric_eigenvalues(&a).is_err());
        assert!(singular_values(&a).is_err());
        assert_eq!(determinant_sign(&a), Sign::Open);
        assert!(!below(spectral_norm_upper(&a), f64::INFINITY));
        assert!(!below(symmetric_spectral_norm_upper(&a), f64::INFINITY));
        assert!(!below(regularity_upper(&a), 1.0));
    }
    let wide = DMatrix::from_element(2, 3, Interval::ONE);
    assert_eq!(
        inverse(&wide),
        Err(LinalgError::NotSquare {
            rows: 2,
            columns: 3
        })
    );
}

#[test]
fn determinant_signs() {
    assert_eq!(
        determinant_sign(&matrix(2, &[0., 1., 1., 0.])),
        Sign::Negative
    );
    assert_eq!(
        determinant_sign(&matrix(3, &[0., 1., 0., 0., 0., 1., 1., 0., 0.])),
        Sign::Positive
    );
    // Positive definite, determinant 5e-43 at n = 9: also where elimination alone gives up.
    for n in 1..=11 {
        assert_eq!(determinant_sign(&hilbert(n)), Sign::Positive, "n = {n}");
    }
}

#[test]
fn inertia_of_definite_and_indefinite_matrices() {
    let both = |positive, negative| Ok(Inertia { positive, negative });
    assert_eq!(inertia(&hilbert(8)), both(8, 0));
    assert_eq!(inertia(&matrix(2, &[0., 1., 1., 0.])), both(1, 1)); // zero pivot
    assert_eq!(
        inertia(&matrix(3, &[-2., 1., 0., 1., -2., 1., 0., 1., -2.])),
        both(0, 3)
    );
    assert_eq!(
        inertia(&matrix(3, &[0., 1., 1., 1., 0., 1., 1., 1., 0.])),
        both(1, 2)
    ); // 2, -1, -1
    let edge = matrix(2, &[1., 1., 1., 1.]);
    assert!(matches!(
        inertia(&edge),
        Err(LinalgError::OpenInertia { index: 0, .. })
    ));
    let lopsided = matrix(2, &[1., 1., 2., 1.]);
    assert!(matches!(
        inertia(&lopsided),
        Err(LinalgError::NotSymmetric { row: 1, column: 0 })
    ));
}

/// The second difference matrix has the eigenvalues `2 - 2 cos(k pi/(n+1))`.
#[test]
fn eigenvalues_of_the_second_difference() {
    for n in [1usize, 2, 3, 12] {
        let a = DMatrix::from_fn(n, n, |i, j| {
            Interval::point(match i.abs_diff(j) {
                0 => 2.0,
                1 => -1.0,
                _ => 0.0,
            })
        });
        for (k, value) in symmetric_eigenvalues(&a).unwrap().iter().enumerate() {
            let turn = (k + 1) as f64 / (n + 1) as f64;
            let half = core_math::sinpi(0.5 * turn); // 2 - 2 cos t = 4 sin^2(t/2)
            let exact = Interval::ball(4.0 * half * half, 1e-15);
            assert!(
                !exact.intersection(*value).is_empty(),
                "n = {n}: {value} misses {exact}"
            );
            assert!(value.width() < 1e-14 * (n * n) as f64, "n = {n}: {value}");
        }
    }
}

#[test]
fn nearly_multiple_eigenvalues_overlap_and_stay_enclosed() {
    // I + 1e-14 times the matrix of ones: 1, 1, 1 + 3e-14.
    let a = DMatrix::from_fn(3, 3, |i, j| {
        Interval::point(if i == j { 1.0 } else { 0.0 }) + Interval::literal("1e-14").unwrap()
    });
    let values = symmetric_eigenvalues(&a).unwrap();
    assert!(values[0].contains(1.0) && values[1].contains(1.0));
    assert!(values[2].contains(1.0 + 3e-14) || values[2].contains((1.0 + 3e-14f64).next_up()));
    assert!(values.iter().all(|v| v.width() < 1e-13));
}

/// Every symmetric member of a wide matrix has its sorted eigenvalues in the enclosures, one by one.
#[test]
fn eigenvalue_enclosures_hold_for_every_corner() {
    for n in [2usize, 3] {
        let a = DMatrix::from_fn(n, n, |i, j| {
            let c = if i == j { [2.0, -1.0, 0.5][i] } else { 0.4 };
            Interval::ball(c, 0.1)
        });
        let enclosed = symmetric_eigenvalues(&a).unwrap();
        let entries = n * (n + 1) / 2;
        for corner in 0..1u32 << entries {
            let mut bit = 0;
            let mut member = DMatrix::zeros(n, n);
            for i in 0..n {
                for j in 0..=i {
                    let x = a[(i, j)];
                    let end = if corner >> bit & 1 == 0 {
                        x.inf()
                    } else {
                        x.sup()
                    };
                    member[(i, j)] = end;
                    member[(j, i)] = end;
                    bit += 1;
                }
            }
            let mut exact: Vec<f64> = member.symmetric_eigenvalues().iter().copied().collect();
            exact.sort_by(f64::total_cmp);
            for (e, x) in enclosed.iter().zip(&exact) {
                assert!(
                    e.inf() <= x + 1e-14 && x - 1e-14 <= e.sup(),
                    "{x} not in {e}"
                );
            }
        }
        assert!(enclosed.iter().all(|e| e.width() < 0.7));
    }
}

#[test]
fn singular_values_of_a_graded_and_of_a_rectangular_matrix() {
    // Columns orthogonal: sigma = 2, 1e-9; forming A^T A would lose the second.
    let a = matrix(2, &[1.2, -0.8e-9, 1.6, 0.6e-9]);
    let values = singular_values(&a).unwrap();
    assert!(values[0].contains(2.0) && values[0].width() < 4e-14);
    assert!(values[1].inf() > 0.99e-9 && values[1].sup() < 1.01e-9);
    // Rows (1, 0, 1), (0, 1, 0): sqrt 2 and 1.
    let b = DMatrix::from_row_slice(2, 3, &[1., 0., 1., 0., 1., 0.]).map(Interval::point);
    let values = singular_values(&b).unwrap();
    assert_eq!(values.len(), 2);
    assert!(values[0].contains(2f64.sqrt()) && values[1].contains(1.0));
    assert!(values.iter().all(|v| v.width() < 1e-13));
}

#[test]
fn inverse_norms() {
    // diag(4, 1/8) rotated by (3/5, 4/5): |A^-1| = 8.
    let q = DMatrix::from_row_slice(2, 2, &[3., -4., 4., 3.]);
    let d = DMatrix::from_row_slice(2, 2, &[4., 0., 0., 0.125]);
    let a = point_matrix(&(&q * d * q.transpose())).map(|x| x / Interval::point(25.0));
    for bound in [
        inverse_norm_upper(&a).unwrap(),
        symmetric_inverse_norm_upper(&a).unwrap(),
    ] {
        assert!((8.0..8.0 + 1e-12).contains(&bound), "{bound}");
    }
    // Not symmetric as members, though mirrored intervals agree: [1 2; -2 1] is one of them, sigma = sqrt 5.
    let skew = DMatrix::from_row_slice(2, 2, &[0., 2., 2., 0.])
        .map(|x| Interval::ball(1.0, 0.0) + Interval::symmetric(x));
    assert!(inverse_norm_upper(&skew).is_err());
}
