//! Shifts, rank-two terms, entries, matrix times vector.

use minlift::interval::Interval;
use minlift::linear::EnclosedSymmetric;
use nalgebra::DMatrix;
use rand::Rng;

use super::support::{normal, rng, with_spectrum};

fn symmetric(d: usize, seed: u64) -> DMatrix<f64> {
    let a = normal(d, d, seed);
    &a + a.transpose()
}

fn intervals(d: usize, radius: f64, seed: u64) -> Vec<Interval> {
    let ball = |x: &f64| Interval::ball(*x, radius);
    normal(d, 1, seed).iter().map(ball).collect()
}

/// A corner of each interval, at random.
fn corners(v: &[Interval], rng: &mut impl Rng) -> Vec<Interval> {
    v.iter()
        .map(|x| Interval::point(if rng.random() { x.inf() } else { x.sup() }))
        .collect()
}

fn updated(a: &DMatrix<f64>, c: &[Interval], w: &[Interval], g: Interval) -> DMatrix<Interval> {
    DMatrix::from_fn(a.nrows(), a.nrows(), |j, k| {
        Interval::point(a[(j, k)]) + c[j] * w[k] + w[j] * c[k] + g * w[j] * w[k]
    })
}

#[test]
fn rank_two_terms_hold_every_corner() {
    for (d, radius) in [(1, 0.1), (2, 0.0), (5, 1e-3), (40, 1e-14), (40, 1.0)] {
        let a = symmetric(d, 1);
        let (c, w) = (intervals(d, radius, 2), intervals(d, radius, 3));
        let g = Interval::ball(-0.7, radius);
        let mut set = EnclosedSymmetric::point(a.clone()).expect("symmetric");
        set.add_rank_two(&c, &w, g).expect("it fits");
        let mut rng = rng(4);
        for _ in 0..50 {
            let (c, w) = (corners(&c, &mut rng), corners(&w, &mut rng));
            let g = corners(&[g], &mut rng)[0];
            assert!(set.contains(&updated(&a, &c, &w, g)), "{d}, {radius:e}");
        }
        if radius == 0.0 || radius == 1e-14 {
            assert!(set.norm_radius() < 1e-10);
        }
    }
}

#[test]
fn a_member_just_outside_is_outside() {
    let a = symmetric(4, 1);
    let (c, w) = (intervals(4, 1e-3, 2), intervals(4, 1e-3, 3));
    let mut set = EnclosedSymmetric::point(a.clone()).expect("symmetric");
    set.add_rank_two(&c, &w, Interval::ZERO).expect("it fits");
    // Twice the radius is conceded, ten times is not.
    let far: Vec<Interval> = c.iter().map(|x| *x + Interval::point(0.02)).collect();
    assert!(!set.contains(&updated(&a, &far, &w, Interval::ZERO)));
}

#[test]
fn rank_two_at_the_ends_of_the_floats() {
    for scale in [1e-160, 1e-320, 1e160] {
        let a = DMatrix::zeros(3, 3);
        let scaled = |seed| -> Vec<Interval> {
            normal(3, 1, seed)
                .iter()
                .map(|x| Interval::point(x * scale))
                .collect()
        };
        let (c, w) = (scaled(1), scaled(2));
        let mut set = EnclosedSymmetric::point(a.clone()).expect("symmetric");
        set.add_rank_two(&c, &w, Interval::ONE).expect("it fits");
        if scale < 1.0 {
            assert!(
                set.contains(&updated(&a, &c, &w, Interval::ONE)),
                "{scale:e}"
            );
        } else {
            assert_eq!(set.entry(0, 0), Interval::ENTIRE);
        }
    }
    let mut set = EnclosedSymmetric::point(symmetric(3, 1)).expect("symmetric");
    let unknown = vec![Interval::ENTIRE; 3];
    set.add_rank_two(&unknown, &intervals(3, 0.0, 2), Interval::ZERO)
        .expect("it fits");
    assert_eq!(set.norm_radius(), f64::INFINITY);
}

#[test]
fn shifts_round_outwards() {
    let mut set = EnclosedSymmetric::point(symmetric(5, 1)).expect("symmetric");
    let mut exact = symmetric(5, 1).map(Interval::point);
    for shift in [1.0 / 3.0, 1e10, -1e10, 1e-20] {
        let c = Interval::ball(shift, 1e-3);
        set.add_identity(c);
        for j in 0..5 {
            exact[(j, j)] += c;
        }
        assert!(set.contains(&exact));
        for j in 0..5 {
            assert!(exact[(j, j)].subset_of(set.entry(j, j)));
            assert_eq!(set.entry(j, (j + 1) % 5).width(), 0.0);
        }
    }
    set.add_identity(Interval::ENTIRE);
    assert_eq!(set.entry(0, 0), Interval::ENTIRE);
}

#[test]
fn intervals_become_a_vector() {
    let mut rng = rng(1);
    let mid = symmetric(8, 2);
    let mut a = mid.map(Interval::point);
    for j in 0..8 {
        for k in 0..=j {
            let x = Interval::ball(mid[(j, k)], rng.random_range(0.0..0.1));
            (a[(j, k)], a[(k, j)]) = (x, x);
        }
    }
    let set = EnclosedSymmetric::from_intervals(&a).expect("symmetric");
    assert!(set.contains(&a) && set.norm_radius() <= 8.0 * 0.1 + 1e-12);
    assert!(
        a.iter()
            .enumerate()
            .all(|(i, x)| x.subset_of(set.entry(i % 8, i / 8)))
    );
}

#[test]
fn matrix_times_vector_holds_every_member_and_corner() {
    for d in [1, 2, 17, 60] {
        let mid = with_spectrum(&vec![1.0; d], 3) + symmetric(d, 4);
        let u: Vec<f64> = normal(d, 1, 5).iter().map(|x| 1e-2 * x.abs()).collect();
        let set = EnclosedSymmetric::new(0.5 * (&mid + mid.transpose()), vec![u.clone()], 1e-3)
            .expect("symmetric");
        let x = intervals(d, 1e-3, 6);
        let y = set.apply(&x).expect("it fits");
        let mut rng = rng(7);
        for _ in 0..100 {
            let x = corners(&x, &mut rng);
            for (j, y) in y.iter().enumerate() {
                // A member whose row j is at the border, shrunk by a hair to be certainly inside.
                let image: Interval = (0..d)
                    .map(|k| {
                        let side = if rng.random() { 1.0 } else { -1.0 };
                        let on = if j == k { 1e-3 } else { 0.0 };
                        let off = side * (u[j] * u[k] + on) * (1.0 - 1e-12);
                        (Interval::point(set.mid()[(j, k)]) + Interval::point(off)) * x[k]
                    })
                    .sum();
                assert!(image.subset_of(*y) || image.width() > 0.0 && y.contains(image.mid()));
            }
        }
    }
}

/// 50-bit integers against `i128`.
#[test]
fn matrix_times_vector_covers_its_rounding() {
    let (d, big) = (50, 1_i64 << 50);
    let mut rng = rng(8);
    let mut a = DMatrix::from_fn(d, d, |_, _| rng.random_range(-big..big));
    a.fill_lower_triangle_with_upper_triangle();
    let x: Vec<i64> = (0..d).map(|_| rng.random_range(-big..big)).collect();
    let set = EnclosedSymmetric::point(a.map(|v| v as f64)).expect("symmetric");
    let points: Vec<Interval> = x.iter().map(|v| Interval::point(*v as f64)).collect();
    for (j, y) in set.apply(&points).expect("it fits").iter().enumerate() {
        let exact: i128 = (0..d)
            .map(|k| i128::from(a[(j, k)]) * i128::from(x[k]))
            .sum();
        assert!(y.inf() as i128 <= exact && exact <= y.sup() as i128);
    }
}
