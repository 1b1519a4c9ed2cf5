//! The Lipschitz bounds of the Jacobian on a ball, against Hessians in floats.
//!
//! From below: for points of the ball, the Hessians' difference, and the supremum of the third
//! derivative found by search (finite differences of float Hessians). The bound must exceed
//! both, and by less than a factor of 5 where conditions are evaluated.

use minlift::gaussian::Activation;
use minlift::interval::Interval;
use minlift::model::{BallBounds, Mixture, Noise, RowObjective, SecondDerivativeNorm};
use nalgebra::{DMatrix, DVector};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// One objective in both number types.
struct Model {
    enclosed: RowObjective<Interval>,
    floats: RowObjective<f64>,
}

impl Model {
    fn new(d: u64, tau: f64, noise: [f64; 2], weights: [f64; 4]) -> Self {
        let mixture = Mixture::paper(Interval::point(tau), weights.map(Interval::point));
        let alpha = Interval::literal("1/800").unwrap();
        let noise = Noise {
            data: Interval::point(noise[0] * noise[0]),
            view: Interval::point(noise[1] * noise[1]),
        };
        let sigmoid = Activation::SIGMOID;
        Self {
            enclosed: RowObjective::new(sigmoid, &mixture, alpha, &noise, d),
            floats: RowObjective::new(sigmoid, &mixture, alpha, &noise, d),
        }
    }

    fn hessian(&self, w: &[f64]) -> DMatrix<f64> {
        let perp = w[2..].iter().map(|x| x * x).sum();
        self.floats.jacobian([w[0], w[1]], perp).dense(w)
    }

    /// `D³ℓ(w)`: slice `i` is the derivative of the Hessian along `e_i`, by a fourth-order difference.
    fn third(&self, w: &[f64]) -> Vec<DMatrix<f64>> {
        let h = 2e-3;
        (0..w.len())
            .map(|i| {
                let at = |step: f64| {
                    let mut moved = w.to_vec();
                    moved[i] += step;
                    self.hessian(&moved)
                };
                let near = (at(h) - at(-h)) * (8.0 / (12.0 * h));
                near - (at(2.0 * h) - at(-2.0 * h)) / (12.0 * h)
            })
            .collect()
    }
}

/// Which norm, with the same matrices in floats.
#[derive(Clone, Copy, Debug)]
enum Which {
    Spectral,
    Preconditioned([f64; 3], f64),
    Frobenius,
    Plane,
    PreconditionedPlane([f64; 3]),
}

impl Which {
    fn norm(self) -> SecondDerivativeNorm {
        match self {
            Self::Spectral => SecondDerivativeNorm::Spectral,
            Self::Preconditioned(plane, perp) => SecondDerivativeNorm::Preconditioned {
                plane: plane.map(Interval::point),
                perp: Interval::point(perp),
            },
            Self::Frobenius => SecondDerivativeNorm::Frobenius,
            Self::Plane => SecondDerivativeNorm::Plane,
            Self::PreconditionedPlane(plane) => {
                SecondDerivativeNorm::PreconditionedPlane(plane.map(Interval::point))
            }
        }
    }

    fn in_plane(self) -> bool {
        matches!(self, Self::Plane | Self::PreconditionedPlane(_))
    }

    /// What multiplies the Jacobian from the left, `n × n`.
    fn left(self, n: usize) -> DMatrix<f64> {
        let mut left = DMatrix::identity(n, n);
        let (Self::Preconditioned([a, b, c], _) | Self::PreconditionedPlane([a, b, c])) = self
        else {
            return left;
        };
        if let Self::Preconditioned(_, perp) = self {
            left *= perp;
        }
        (left[(0, 0)], left[(0, 1)], left[(1, 0)], left[(1, 1)]) = (a, b, b, c);
        left
    }

    /// The norm of a difference of Hessians.
    fn of_difference(self, difference: &DMatrix<f64>) -> f64 {
        let n = if self.in_plane() {
            2
        } else {
            difference.nrows()
        };
        let part = difference.view((0, 0), (n, n)).clone_owned();
        match self {
            Self::Frobenius => part.norm(),
            _ => (self.left(n) * part).singular_values().max(),
        }
    }

    /// The norm of a third derivative: a lower estimate by the power method, exact for Frobenius.
    fn of_third(self, third: &[DMatrix<f64>]) -> f64 {
        let n = if self.in_plane() { 2 } else { third.len() };
        let slices: Vec<_> = third[..n]
            .iter()
            .map(|m| m.view((0, 0), (n, n)).clone_owned())
            .collect();
        if let Self::Frobenius = self {
            let gram = DMatrix::from_fn(n, n, |i, j| slices[i].dot(&slices[j]));
            return gram.symmetric_eigenvalues().max().sqrt();
        }
        let left = self.left(n);
        // B[u, v] = left · Σ_i u_i T_i v; alternate between u and v.
        let along = |u: &DVector<f64>| {
            let zero = DMatrix::zeros(n, n);
            let sum = slices
                .iter()
                .zip(u.iter())
                .fold(zero, |sum, (m, x)| sum + m * *x);
            &left * sum
        };
        let mut best = 0.0f64;
        for start in 0..n {
            let mut u = DVector::from_fn(n, |i, _| if i == start { 1.0 } else { 0.2 });
            for _ in 0..12 {
                u.normalize_mut();
                let svd = along(&u).svd(false, true);
                best = best.max(svd.singular_values[0]);
                let rows = svd.v_t.unwrap();
                u = rows.row(0).transpose();
            }
        }
        best
    }
}

/// Points `centre + radius · direction`, `direction` in `R^min(d, 3)`: the rest follows by rotation.
fn around(centre: [f64; 2], d: usize, radius: f64, direction: [f64; 3]) -> Vec<f64> {
    let mut direction = direction;
    if d == 2 {
        direction[2] = 0.0;
    }
    let length = direction.iter().map(|x| x * x).sum::<f64>().sqrt();
    // Strictly inside, whatever the rounding.
    let scale = if length > 1.0 { 1.0 / length } else { 1.0 } * radius * (1.0 - 1e-9);
    let mut w = vec![0.0; d];
    w[..2].copy_from_slice(&centre);
    for (slot, x) in w.iter_mut().zip(direction) {
        *slot += scale * x;
    }
    w
}

/// The suprema of the norms over the ball, as far as a search finds them.
///
/// In four dimensions: `w` in `span(e1, e2, e3)` by rotation, and `e4` stands for the `d - 3` directions
/// across `w_⊥` (in the Frobenius norm with that multiplicity).
fn sampled(model: &Model, norms: [Which; 5], centre: [f64; 2], radius: f64, d: usize) -> [f64; 5] {
    let few = d.min(4);
    let third = |direction: [f64; 3]| model.third(&around(centre, few, radius, direction));
    let norm = |which: Which, third: &[DMatrix<f64>]| {
        let mut third = third.to_vec();
        if matches!(which, Which::Frobenius) && d > 4 {
            for slice in &mut third {
                slice[(3, 3)] *= ((d - 3) as f64).sqrt();
            }
        }
        which.of_third(&third)
    };
    let flat = |which: Which, direction: [f64; 3]| !which.in_plane() || direction[2] == 0.0;
    let mut best = [(0.0, [0.0; 3]); 5];
    let sides = [-1.0, 0.0, 1.0];
    for x in sides {
        for y in sides {
            for z in if d == 2 { vec![0.0] } else { vec![0.0, 1.0] } {
                let third = third([x, y, z]);
                for (best, which) in best.iter_mut().zip(norms) {
                    let value = norm(which, &third);
                    if flat(which, [x, y, z]) && value > best.0 {
                        *best = (value, [x, y, z]);
                    }
                }
            }
        }
    }
    for (best, which) in best.iter_mut().zip(norms) {
        for step in [0.4, 0.15] {
            for i in 0..if which.in_plane() { 2 } else { d.min(3) } {
                for sign in [1.0, -1.0] {
                    let mut next = best.1;
                    next[i] += sign * step;
                    let value = norm(which, &third(next));
                    if value > best.0 {
                        *best = (value, next);
                    }
                }
            }
        }
    }
    best.map(|(value, _)| value)
}

fn five_norms(plane: [f64; 3], perp: f64) -> [Which; 5] {
    [
        Which::Spectral,
        Which::Preconditioned(plane, perp),
        Which::Frobenius,
        Which::Plane,
        Which::PreconditionedPlane(plane),
    ]
}

/// Float moments are off by 1e-13 or a little more, times squares of `μ` and `w`.
const FLOATS: f64 = 1e-9;

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 60,
        rng_seed: RngSeed::Fixed(5),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn hessians_differ_by_no_more_than_the_bound(
        d in prop::sample::select(vec![2u64, 3, 4, 10]),
        tau in 0.3..9.0f64,
        noise in prop::array::uniform2(prop_oneof![Just(0.0), 0.001..0.1f64, 0.1..1.0f64]),
        weights in prop::array::uniform4(0.01..0.5f64),
        centre in prop::array::uniform2(-5.0..5.0f64),
        log_radius in -3.0..0.3f64,
        plane in prop::array::uniform3(-50.0..50.0f64),
        perp in -400.0..400.0f64,
        points in prop::collection::vec(prop::array::uniform10(-1.0..1.0f64), 12),
    ) {
        let model = Model::new(d, tau, noise, weights);
        let radius = 10f64.powf(log_radius);
        let bounds = BallBounds::new(&model.enclosed, centre.map(Interval::point), radius);
        let place = |direction: &[f64; 10]| {
            let d = d as usize;
            let length = direction[..d].iter().map(|x| x * x).sum::<f64>().sqrt();
            let mut w = vec![0.0; d];
            w[..2].copy_from_slice(&centre);
            for (slot, x) in w.iter_mut().zip(direction) {
                *slot += radius * x / length.max(1.0) * (1.0 - 1e-9);
            }
            w
        };
        for pair in points.chunks_exact(2) {
            let (x, y) = (place(&pair[0]), place(&pair[1]));
            for which in five_norms(plane, perp) {
                let (mut x, mut y) = (x.clone(), y.clone());
                if which.in_plane() {
                    x[2..].fill(0.0);
                    y[2..].fill(0.0);
                }
                let distance = x.iter().zip(&y).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                let difference = which.of_difference(&(model.hessian(&x) - model.hessian(&y)));
                let bound = bounds.norm(which.norm());
                let slack = FLOATS * (1.0 + which.left(d as usize).norm());
                prop_assert!(
                    difference <= bound * distance + slack,
                    "{which:?}: {difference} against {bound} x {distance}"
                );
            }
        }
    }

    #[test]
    fn the_bound_exceeds_the_supremum_that_a_search_finds(
        d in prop::sample::select(vec![2u64, 3, 4, 10]),
        tau in 0.3..9.0f64,
        noise in prop::array::uniform2(prop_oneof![Just(0.0), 0.001..0.1f64, 0.1..0.3f64]),
        weights in prop::array::uniform4(0.01..0.5f64),
        centre in prop::array::uniform2(-5.0..5.0f64),
        log_radius in -4.0..0.3f64,
        plane in prop::array::uniform3(-50.0..50.0f64),
        perp in -400.0..400.0f64,
    ) {
        let model = Model::new(d, tau, noise, weights);
        let radius = 10f64.powf(log_radius);
        let bounds = BallBounds::new(&model.enclosed, centre.map(Interval::point), radius);
        let norms = five_norms(plane, perp);
        let found = sampled(&model, norms, centre, radius, d as usize);
        for (which, below) in norms.into_iter().zip(found) {
            let bound = bounds.norm(which.norm());
            let slack = 1e-7 * (1.0 + which.left(d as usize).norm());
            prop_assert!(bound >= below * (1.0 - 1e-6) - slack, "{which:?}: {bound} below {below}");
        }
    }
}

/// Where the terms off the plane matter: weak features, strong noise, and preconditioners that leave
/// nothing of the plane, or little of its cubic form.
#[test]
fn the_bound_exceeds_the_supremum_off_the_plane() {
    let mut closest = [f64::INFINITY; 4];
    for case in 0..60u32 {
        // A low-discrepancy sequence in the parameters.
        let at = |k: u32, low: f64, high: f64| {
            let share = (f64::from(case + 1) * f64::from(2 * k + 3).sqrt()).fract();
            low + share * (high - low)
        };
        let d = [3, 4, 10][case as usize % 3];
        let noise = [at(0, 0.3, 1.0), at(1, 0.0, 1.0)];
        let weights = if case % 4 == 0 {
            [0.25; 4]
        } else {
            [2, 3, 4, 5].map(|k| at(k, 0.0, 0.5).powi(2))
        };
        let tau = if case % 4 == 0 { 0.05 } else { at(6, 0.1, 2.0) };
        let model = Model::new(d, tau, noise, weights);
        // Small balls, where the bound is sharp, and balls about 0, where ‖w_⊥‖ outweighs the plane.
        let (reach, radius) = match case % 4 {
            0 => (0.0, at(9, 0.05, 0.3)),
            1 => (1.5, 1e-3),
            2 => (1.5, at(9, 0.02, 0.1)),
            _ => (1.5, at(9, 0.1, 1.2)),
        };
        let centre = [at(7, -reach, reach), at(8, -reach, reach)];
        let (sine, cosine) = at(10, 0.0, std::f64::consts::PI).sin_cos();
        let norms = [
            Which::Preconditioned([0.0; 3], 1.0),
            Which::Preconditioned([cosine * cosine, cosine * sine, sine * sine], 0.0),
            Which::Preconditioned([0.3, 0.1, 0.3], -1.0),
            Which::Frobenius,
            Which::Spectral,
        ];
        let bounds = BallBounds::new(&model.enclosed, centre.map(Interval::point), radius);
        let found = sampled(&model, norms, centre, radius, d as usize);
        for (k, (which, below)) in norms.into_iter().zip(found).enumerate() {
            let bound = bounds.norm(which.norm());
            assert!(
                bound >= below * (1.0 - 1e-6) - 1e-8,
                "case {case}, {which:?}: {bound} below {below}"
            );
            if let Some(slot) = closest.get_mut(k) {
                *slot = slot.min(bound / below);
            }
        }
    }
    println!("closest ratios: {closest:?}");
}

/// Near the minimum of `ℓ̃` (τ = 7, α = 1/800), with the inverse of the Jacobian as preconditioner: by
/// how much is the bound too large?
///
/// At d = 2 (variances near 2) it is not sharp, above all with the preconditioner, which undoes
/// cancellations between the enclosed coefficients: shown, not asserted. No radius condition holds there.
#[test]
fn the_bound_is_within_a_factor_of_five_of_the_sampled_supremum() {
    let centre = [3.816, 1.52];
    let mut worst = [0.0f64; 5];
    for d in [2u64, 3, 4, 10] {
        let rho = (d as f64).powf(-1.5);
        let model = Model::new(d, 7.0, [rho; 2], [0.25; 4]);
        let a = model.floats.jacobian(centre, 0.0);
        let [p, q, r] = a.plane_block();
        let determinant = p * r - q * q;
        let inverse = [r / determinant, -q / determinant, p / determinant];
        let norms = five_norms(inverse, 1.0 / a.kappa);
        for radius in [0.01, 0.1, 0.3] {
            let bounds = BallBounds::new(&model.enclosed, centre.map(Interval::point), radius);
            let found = sampled(&model, norms, centre, radius, d as usize);
            for ((worst, which), below) in worst.iter_mut().zip(norms).zip(found) {
                let ratio = bounds.norm(which.norm()) / below;
                println!("d = {d}, radius {radius}, {which:?}: bound/sampled = {ratio:.3}");
                assert!(
                    ratio >= 1.0 - 1e-6,
                    "d = {d}, radius {radius}, {which:?}: {ratio}"
                );
                if d > 2 {
                    *worst = worst.max(ratio);
                }
            }
        }
    }
    println!("worst ratios for d > 2: {worst:?}");
    assert!(worst.iter().all(|&ratio| ratio <= 5.0), "{worst:?}");
}

#[test]
fn what_is_no_ball_has_no_bound() {
    let model = Model::new(10, 7.0, [0.03; 2], [0.25; 4]);
    let centre = [3.8, 1.5].map(Interval::point);
    for radius in [f64::NAN, f64::INFINITY, -1.0] {
        let bounds = BallBounds::new(&model.enclosed, centre, radius);
        for which in five_norms([1.0, 0.0, 1.0], 1.0) {
            let bound = bounds.norm(which.norm());
            assert!(
                bound == f64::INFINITY || bound > 1e3,
                "{radius}, {which:?}: {bound}"
            );
        }
    }
    // A κ that may be 0, or is: there is no inverse.
    let bounds = BallBounds::new(&model.enclosed, centre, 0.1);
    for kappa in [
        Interval::ZERO,
        Interval::new(-1e-3, 1e-3).unwrap(),
        Interval::EMPTY,
    ] {
        let plane = [Interval::ONE, Interval::ZERO, Interval::ONE];
        let perp = kappa.recip();
        let norm = bounds.norm(SecondDerivativeNorm::Preconditioned { plane, perp });
        assert_eq!(norm, f64::INFINITY, "κ in {kappa}");
    }
}
