//! The weighted Gram matrix and its enclosure.

use minlift::interval::Interval;
use minlift::linear::{LinearError, enclosed_gram, weighted_gram, weighted_gram_with};
use nalgebra::DMatrix;
use rand::Rng;

use super::support::{gram_reference, normal, points, rng, with_threads};

const SHAPES: [(usize, usize); 9] = [
    (1, 1),
    (3, 2),
    (7, 5),
    (255, 3),
    (257, 16),
    (300, 17),
    (600, 33),
    (50, 70),
    (1000, 4),
];

#[test]
fn small_integers_come_out_exactly() {
    for (n, d) in SHAPES {
        let mut rng = rng(1);
        let x = DMatrix::from_fn(n, d, |_, _| f64::from(rng.random_range(-1000..1000)));
        let w: Vec<f64> = (0..n)
            .map(|_| f64::from(rng.random_range(-50..50)))
            .collect();
        let exact = DMatrix::from_fn(d, d, |j, k| {
            let sum: i128 = (0..n)
                .map(|i| w[i] as i128 * x[(i, j)] as i128 * x[(i, k)] as i128)
                .sum();
            sum as f64
        });
        assert_eq!(weighted_gram(&x, &w), exact, "{n} x {d}");
        let set = enclosed_gram(&x, &w, &vec![0.0; n]).expect("a shape that fits");
        assert!(set.contains(&exact.map(Interval::point)), "{n} x {d}");
    }
}

/// 37-bit integers: the float sums are inexact, the reference is not.
#[test]
fn the_radius_covers_the_rounding_and_not_much_more() {
    for (n, d) in SHAPES {
        let mut rng = rng(2);
        let big = 1_i64 << 37;
        let x = DMatrix::from_fn(n, d, |_, _| rng.random_range(-big..big));
        let w: Vec<i64> = (0..n).map(|_| rng.random_range(-big..big)).collect();
        let floats = x.map(|v| v as f64);
        let weights: Vec<f64> = w.iter().map(|v| *v as f64).collect();
        let set = enclosed_gram(&floats, &weights, &vec![0.0; n]).expect("a shape that fits");
        for j in 0..d {
            for k in 0..d {
                let exact: i128 = (0..n)
                    .map(|i| i128::from(w[i]) * i128::from(x[(i, j)]) * i128::from(x[(i, k)]))
                    .sum();
                let entry = set.entry(j, k);
                // The end points are integers here, and 111 + 10 bits fit.
                assert!(entry.inf() as i128 <= exact && exact <= entry.sup() as i128);
            }
        }
        let scale: f64 = (0..n)
            .map(|i| weights[i].abs() * floats.row(i).norm_squared())
            .sum();
        assert!(set.norm_radius() < 1.2 * (n + 1) as f64 * f64::EPSILON / 2.0 * scale);
    }
}

#[test]
fn every_vertex_of_the_weights_is_inside() {
    let (n, d) = (40, 6);
    let x = normal(n, d, 3);
    let mut rng = rng(4);
    let mid: Vec<f64> = (0..n).map(|_| rng.random_range(-1.0..1.0)).collect();
    let rad: Vec<f64> = (0..n).map(|_| rng.random_range(0.0..0.1)).collect();
    let set = enclosed_gram(&x, &mid, &rad).expect("a shape that fits");
    for _ in 0..200 {
        let w: Vec<Interval> = (0..n)
            .map(|i| {
                let side = if rng.random() { 1.0 } else { -1.0 };
                Interval::point(mid[i]) + Interval::point(side) * Interval::point(rad[i])
            })
            .collect();
        assert!(set.contains(&gram_reference(&x, &w)));
    }
    // The worst vertex of a diagonal entry is on the boundary, up to rounding.
    let worst: Vec<Interval> = (0..n)
        .map(|i| Interval::point(mid[i]) + Interval::point(1.001 * rad[i]))
        .collect();
    assert!(!set.contains(&gram_reference(&x, &worst)));
}

#[test]
fn the_bits_do_not_depend_on_the_number_of_threads() {
    for (n, d) in [(20_000, 120), (3_000, 301), (5_000, 10)] {
        let x = normal(n, d, 5);
        let w: Vec<f64> = (0..n).map(|i| (i as f64).sin()).collect();
        let r = vec![1e-15; n];
        let one = with_threads(1, || enclosed_gram(&x, &w, &r));
        for threads in [2, 3] {
            assert_eq!(one, with_threads(threads, || enclosed_gram(&x, &w, &r)));
        }
        let with = weighted_gram_with(&x, |rows, out| {
            for (out, i) in out.iter_mut().zip(rows) {
                *out = (i as f64).sin();
            }
        });
        assert_eq!(with, weighted_gram(&x, &w));
        assert_eq!(&with, one.expect("a shape that fits").mid());
    }
}

#[test]
fn subnormals_and_zeros() {
    for scale in [1e-150, 1e-155, 1e-160, 1e-170, 1e-300, 5e-324] {
        let x = normal(30, 20, 6).map(|v| v * scale);
        let mut rng = rng(7);
        let w: Vec<f64> = (0..30).map(|_| rng.random_range(-1.0..1.0)).collect();
        let set = enclosed_gram(&x, &w, &[0.0; 30]).expect("a shape that fits");
        assert!(set.contains(&gram_reference(&x, &points(&w))), "{scale:e}");
        assert!(set.norm_radius() < 1e-280);
    }
    // Weights that underflow against large points.
    let x = normal(30, 20, 8).map(|v| v * 1e150);
    let w: Vec<f64> = (0..30).map(|i| f64::from(i - 15) * 5e-324).collect();
    let set = enclosed_gram(&x, &w, &[0.0; 30]).expect("a shape that fits");
    assert!(set.contains(&gram_reference(&x, &points(&w))));
    let none =
        enclosed_gram(&normal(30, 20, 8), &[0.0; 30], &[0.0; 30]).expect("a shape that fits");
    assert!(none.entry(3, 4).contains(0.0) && none.entry(3, 4).width() < 1e-160);
}

#[test]
fn overflow_says_nothing_rather_than_something_false() {
    let x = normal(30, 20, 9).map(|v| v * 1e300);
    let set = enclosed_gram(&x, &[1.0; 30], &[0.0; 30]).expect("a shape that fits");
    assert_eq!(set.entry(2, 2), Interval::ENTIRE);
    assert_eq!(set.norm_radius(), f64::INFINITY);
    for bad in [f64::NAN, f64::INFINITY, -1.0] {
        let set = enclosed_gram(&normal(3, 2, 1), &[1.0; 3], &[0.0, bad, 0.0]).expect("it fits");
        assert_eq!(set.norm_radius(), f64::INFINITY, "{bad}");
    }
}

#[test]
fn no_points_and_no_columns() {
    let set = enclosed_gram(&DMatrix::zeros(0, 3), &[], &[]).expect("a shape that fits");
    assert_eq!((set.mid(), set.norm_radius()), (&DMatrix::zeros(3, 3), 0.0));
    let set = enclosed_gram(&DMatrix::zeros(3, 0), &[1.0; 3], &[0.0; 3]).expect("it fits");
    assert_eq!((set.dimension(), set.norm_radius()), (0, 0.0));
    let refused = enclosed_gram(&DMatrix::zeros(3, 2), &[1.0; 2], &[0.0; 3]);
    let (expected, found) = (3, 2);
    assert_eq!(refused, Err(LinearError::Dimension { expected, found }));
}
