//! Value, gradient and Jacobian of a row against quadrature written here, off the plane and with
//! different noise of data and views and unequal weights.

use minlift::gaussian::Activation;
use minlift::interval::Interval;
use minlift::model::{Mixture, Noise, RowObjective};
use nalgebra::DMatrix;

/// `ℓ` in `R^d` by its definition: `z' = w·x'`, `z'' = w·x''` have mean `w·μ_k`, variance
/// `(ρ_x² + ρ_a²)‖w‖²` and covariance `ρ_x²‖w‖²`, so their half sum and half difference are
/// independent with variances `(ρ_x² + ρ_a²/2)‖w‖²` and `ρ_a²‖w‖²/2`.
struct Reference {
    tau: f64,
    alpha: f64,
    rho: [f64; 2],
    weights: [f64; 4],
}

fn sigma(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

/// Nodes and weights of the trapezoid rule for a standard normal variable.
fn normal() -> impl Iterator<Item = (f64, f64)> + Clone {
    const STEP: f64 = 0.15;
    (-60i32..=60).map(|k| {
        let x = STEP * f64::from(k);
        (
            x,
            STEP * (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt(),
        )
    })
}

impl Reference {
    fn value(&self, w: &[f64]) -> f64 {
        let n: f64 = w.iter().map(|x| x * x).sum();
        let [data, view] = self.rho.map(|r| r * r * n);
        let (s, t) = ((data + 0.5 * view).sqrt(), (0.5 * view).sqrt());
        let mu = [[1.0, 0.0], [1.0, self.tau], [-1.0, 0.0], [-1.0, self.tau]];
        let mut value = self.alpha * n;
        for (mu, p) in mu.into_iter().zip(self.weights) {
            let m = w[0] * mu[0] + w[1] * mu[1];
            for (x, a) in normal() {
                let inner: f64 = normal()
                    .map(|(y, b)| b * sigma(m + s * x + t * y) * sigma(m + s * x - t * y))
                    .sum();
                value -= p * a * inner;
            }
        }
        value
    }

    fn objective<T: minlift::model::ModelScalar>(&self, d: u64) -> RowObjective<T> {
        let weights = self.weights.map(Interval::point);
        let mixture = Mixture::paper(Interval::point(self.tau), weights);
        let [data, view] = self.rho.map(|r| Interval::point(r).sqr());
        RowObjective::new(
            Activation::SIGMOID,
            &mixture,
            Interval::point(self.alpha),
            &Noise { data, view },
            d,
        )
    }
}

/// `f` at `w + k h e_i`, `k = ±1, ±2`, into the fourth-order central difference.
fn difference(w: &[f64], i: usize, h: f64, mut f: impl FnMut(&[f64]) -> Vec<f64>) -> Vec<f64> {
    let mut at = |k: f64| {
        let mut moved = w.to_vec();
        moved[i] += k * h;
        f(&moved)
    };
    let (a, b, c, d) = (at(-2.0), at(-1.0), at(1.0), at(2.0));
    (0..a.len())
        .map(|j| (a[j] - 8.0 * b[j] + 8.0 * c[j] - d[j]) / (12.0 * h))
        .collect()
}

fn cases() -> Vec<(Reference, Vec<f64>)> {
    let case = |tau, alpha, rho, weights, w: &[f64]| {
        let reference = Reference {
            tau,
            alpha,
            rho,
            weights,
        };
        (reference, w.to_vec())
    };
    let uneven = [0.1, 0.2, 0.3, 0.4];
    vec![
        case(
            7.0,
            0.00125,
            [0.3, 0.1],
            uneven,
            &[1.3, -0.4, 0.7, -0.9, 0.2],
        ),
        case(2.0, 0.01, [0.05, 0.4], uneven, &[-2.1, 0.8, 0.3, 1.1]),
        case(
            1.5,
            0.02,
            [0.0, 0.5],
            [0.4, 0.3, 0.2, 0.1],
            &[0.9, 0.6, -1.2],
        ),
        case(3.0, 0.005, [0.5, 0.0], uneven, &[-0.4, 0.3, 0.5]),
        case(5.0, 0.003, [0.0, 0.0], uneven, &[0.6, 0.2, 1.0]),
        case(0.5, 0.003, [1.0, 1.0], [0.7, 0.1, 0.1, 0.1], &[0.8, -0.9]),
    ]
}

fn perp_sqr(w: &[f64]) -> f64 {
    w[2..].iter().map(|x| x * x).sum()
}

#[test]
fn values_are_those_of_the_definition() {
    for (reference, w) in cases() {
        let d = w.len() as u64;
        let expected = reference.value(&w);
        let got = reference
            .objective::<f64>(d)
            .value([w[0], w[1]], perp_sqr(&w));
        assert!((got - expected).abs() < 1e-12, "{got} against {expected}");
        let perp = w[2..].iter().map(|&x| Interval::point(x).sqr()).sum();
        let plane = [w[0], w[1]].map(Interval::point);
        let enclosed = reference.objective::<Interval>(d).value(plane, perp);
        assert!(enclosed.width() < 1e-11, "{enclosed}");
        let slack = Interval::symmetric(1e-12);
        assert!(
            (enclosed + slack).contains(expected),
            "{enclosed} against {expected}"
        );
    }
}

#[test]
fn the_gradient_is_the_derivative_of_the_definition() {
    for (reference, w) in cases() {
        let d = w.len() as u64;
        let (plane, kappa) = reference
            .objective::<f64>(d)
            .gradient([w[0], w[1]], perp_sqr(&w));
        let perp = w[2..].iter().map(|&x| Interval::point(x).sqr()).sum();
        let (enclosed, enclosed_kappa) = reference
            .objective::<Interval>(d)
            .gradient([w[0], w[1]].map(Interval::point), perp);
        for i in 0..w.len() {
            let expected = difference(&w, i, 1e-3, |w| vec![reference.value(w)])[0];
            let (got, set) = if i < 2 {
                (plane[i], enclosed[i])
            } else {
                (kappa * w[i], enclosed_kappa * Interval::point(w[i]))
            };
            assert!(
                (got - expected).abs() < 1e-8,
                "coordinate {i}: {got} against {expected}"
            );
            assert!(
                (set + Interval::symmetric(1e-11)).contains(got),
                "{set} against {got}"
            );
            assert!(set.width() < 1e-10, "{set}");
        }
    }
}

#[test]
fn the_jacobian_is_the_derivative_of_the_gradient() {
    for (reference, w) in cases() {
        let d = w.len() as u64;
        let floats = reference.objective::<f64>(d);
        let gradient = |w: &[f64]| {
            let (plane, kappa) = floats.gradient([w[0], w[1]], perp_sqr(w));
            let rest = w[2..].iter().map(|x| kappa * x);
            plane.into_iter().chain(rest).collect::<Vec<_>>()
        };
        let jacobian = floats.jacobian([w[0], w[1]], perp_sqr(&w));
        let dense = jacobian.dense(&w);
        let differences = DMatrix::from_columns(
            &(0..w.len())
                .map(|i| difference(&w, i, 2e-3, gradient).into())
                .collect::<Vec<nalgebra::DVector<f64>>>(),
        );
        let error = (&dense - &differences).amax();
        assert!(
            error < 1e-8,
            "off by {error}: {dense} against {differences}"
        );
        // The same operator, applied without the matrix; and the enclosure of each entry.
        let v: Vec<f64> = (0..w.len()).map(|i| 1.0 - 0.3 * i as f64).collect();
        let mut out = vec![0.0; w.len()];
        jacobian.apply(&w, &v, &mut out);
        let product = &dense * nalgebra::DVector::from_column_slice(&v);
        assert!(product.iter().zip(&out).all(|(a, b)| (a - b).abs() < 1e-14));
        let points: Vec<_> = w.iter().map(|&x| Interval::point(x)).collect();
        let perp = points[2..].iter().map(|x| x.sqr()).sum();
        let enclosed = reference
            .objective::<Interval>(d)
            .jacobian([points[0], points[1]], perp)
            .dense(&points);
        for (set, &x) in enclosed.iter().zip(dense.iter()) {
            assert!(
                (*set + Interval::symmetric(1e-11)).contains(x),
                "{set} against {x}"
            );
            assert!(set.width() < 1e-9, "{set}");
        }
    }
}

/// Beyond `order`, the table's mean value forms: a box holds what its points give.
#[test]
fn boxes_hold_their_points() {
    for (reference, w) in cases() {
        let d = w.len() as u64;
        let (floats, enclosed) = (
            reference.objective::<f64>(d),
            reference.objective::<Interval>(d),
        );
        for radius in [1e-6, 1e-3, 0.05, 0.5] {
            let perp = perp_sqr(&w);
            let sides = [w[0], w[1]].map(|x| Interval::ball(x, radius));
            let perp_side = Interval::ball(perp, radius).intersection(Interval::NON_NEGATIVE);
            let (gradient, kappa) = enclosed.gradient(sides, perp_side);
            let jacobian = enclosed.jacobian(sides, perp_side);
            for k in 0..9 {
                let corner = |digit: i32| f64::from(digit % 3 - 1) * radius;
                let point = [w[0] + corner(k), w[1] + corner(k / 3)];
                let perp = (perp + corner(k)).max(0.0);
                let (g, kappa_at) = floats.gradient(point, perp);
                let j = floats.jacobian(point, perp);
                let slack = Interval::symmetric(1e-11);
                let pairs = [(gradient[0], g[0]), (gradient[1], g[1]), (kappa, kappa_at)];
                let blocks = jacobian.plane_block().into_iter().zip(j.plane_block());
                let more = [(jacobian.radial, j.radial), (jacobian.kappa, j.kappa)];
                for (set, x) in pairs.into_iter().chain(blocks).chain(more) {
                    assert!(
                        (set + slack).contains(x),
                        "radius {radius}: {set} against {x}"
                    );
                }
            }
        }
    }
}

#[test]
#[should_panic(expected = "at most 8 centres")]
fn a_ninth_centre_is_not_silently_left_out() {
    let mixture = Mixture::paper(Interval::ONE, [Interval::point(0.1); 4]);
    let centres = mixture.centres().iter().cycle().take(9).copied().collect();
    let _ = RowObjective::<Interval>::new(
        Activation::SIGMOID,
        &Mixture::new(centres),
        Interval::ONE,
        &Noise::NONE,
        3,
    );
}
