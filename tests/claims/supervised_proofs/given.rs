//! `L_SL` by its definition, along a line, as a power series; frames as maps of all `2d + 2` coordinates.

use minlift::interval::Interval;
use minlift::model::supervised::{Collinear, Frame, LocalDerivatives, SupervisedParameters};
use minlift::scalar::{Scalar, Taylor};
use rand::Rng;
use rand_distr::StandardNormal;

/// `L(x + hU)` to the fourth power of `h`.
pub type Series = Taylor<f64, 5>;

pub fn parameters(d: u64, rho: f64) -> SupervisedParameters {
    SupervisedParameters {
        dimension: d,
        tau: Interval::point(7.0),
        beta: Interval::point(1.0 / 800.0),
        gamma: Interval::point(1.0 / 800.0),
        variance: Interval::point(rho * rho),
        weights: [Interval::point(0.25); 4],
    }
}

/// Nothing about these is symmetric.
pub fn lopsided(d: u64, rho: f64) -> SupervisedParameters {
    SupervisedParameters {
        tau: Interval::point(2.5),
        beta: Interval::point(0.004),
        gamma: Interval::point(0.007),
        weights: [0.1, 0.2, 0.3, 0.4].map(Interval::point),
        ..parameters(d, rho)
    }
}

/// The definition, by a product rule over all `d` coordinates of the noise: nothing is known of collinear points.
pub fn along(of: &SupervisedParameters, x: &[f64], u: &[f64], step: f64) -> Series {
    let d = x.len() / 2 - 1;
    let rho = of.variance.mid().sqrt();
    let last = if rho > 0.0 { (5.2 / step) as i32 } else { 0 };
    let rule: Vec<(f64, f64)> = (-last..=last)
        .map(|k| f64::from(k) * step)
        .map(|g| (rho * g, (-g * g / 2.0).exp()))
        .collect();
    let total: f64 = rule.iter().map(|(_, w)| w).sum();
    let line = |value: f64, slope: f64| Series {
        coefficients: [value, slope, 0.0, 0.0, 0.0],
    };
    let output = [2 * d, 2 * d + 1].map(|i| line(x[i], u[i]));
    let mut sum = Series::zero();
    for index in 0..rule.len().pow(d as u32) {
        let mut noise = vec![0.0; d];
        let mut weight = 1.0;
        for (axis, slot) in noise.iter_mut().enumerate() {
            let (g, w) = rule[index / rule.len().pow(axis as u32) % rule.len()];
            *slot = g;
            weight *= w / total;
        }
        if weight < 1e-10 {
            continue;
        }
        for k in 0..4 {
            let mut sample = noise.clone();
            sample[0] += if k < 2 { 1.0 } else { -1.0 };
            sample[1] += if k % 2 == 1 { of.tau.mid() } else { 0.0 };
            let dot = |v: &[f64]| v.iter().zip(&sample).map(|(v, x)| v * x).sum::<f64>();
            let units = [0, d].map(|i| line(dot(&x[i..i + d]), dot(&u[i..i + d])).sigmoid());
            let s = output[0] * units[0] + output[1] * units[1];
            let loss = if k < 2 { s.softplus() } else { (-s).softplus() };
            sum += Series::from_f64(weight * of.weights[k].mid()) * loss;
        }
    }
    for (i, (&x, &u)) in x.iter().zip(u).enumerate() {
        let penalty = if i < 2 * d { of.beta } else { of.gamma };
        sum += Series::from_f64(penalty.mid()) * line(x, u).sqr();
    }
    sum
}

/// The map `ϑ -> Bϑ` into `(w_1, w_2, F)`; `ϑ` holds the six coordinates, then a pair for each direction off the plane.
pub fn push(frame: &Frame, [c, s]: [f64; 2], d: usize, t: &[f64]) -> Vec<f64> {
    let six: Vec<f64> = (0..6)
        .map(|i| (0..6).map(|j| frame.basis[(i, j)] * t[j]).sum())
        .collect();
    let mut x = vec![0.0; 2 * d + 2];
    for (row, at) in [(0, 0), (d, 2)] {
        x[row] = c * six[at] - s * six[at + 1];
        x[row + 1] = s * six[at] + c * six[at + 1];
    }
    (x[2 * d], x[2 * d + 1]) = (six[4], six[5]);
    if let Some([plus, minus]) = frame.beside {
        let root = std::f64::consts::FRAC_1_SQRT_2;
        for k in 0..d - 2 {
            let (p, q) = (plus * t[6 + 2 * k], minus * t[7 + 2 * k]);
            (x[2 + k], x[d + 2 + k]) = (root * (p + q), root * (p - q));
        }
    }
    x
}

/// A collinear point in `(w_1, w_2, F)`.
pub fn place(at: &Collinear<Interval>, d: usize) -> Vec<f64> {
    let [c, s] = at.direction.map(Interval::mid);
    let mut x = vec![0.0; 2 * d + 2];
    for (row, length) in [(0, at.lengths[0].mid()), (d, at.lengths[1].mid())] {
        (x[row], x[row + 1]) = (length * c, length * s);
    }
    (x[2 * d], x[2 * d + 1]) = (at.weights[0].mid(), at.weights[1].mid());
    x
}

/// The direction as the floats of a cosine and a sine, good to the rounding of the comparisons made here.
pub fn collinear(angle: f64, lengths: [f64; 2], weights: [f64; 2]) -> Collinear<Interval> {
    Collinear {
        direction: [angle.cos(), angle.sin()].map(Interval::point),
        lengths: lengths.map(Interval::point),
        weights: weights.map(Interval::point),
    }
}

/// The first three derivatives along `U`, from those in the local coordinates: a term for each pair off the plane.
pub fn contract(of: &LocalDerivatives<Interval>, six: &[f64], beside: &[[f64; 2]]) -> [f64; 3] {
    let mid = Interval::mid;
    let mut sums = [0.0; 3];
    let block = |[a, b, c]: [Interval; 3]| -> f64 {
        (beside.iter())
            .map(|[x, y]| a.mid() * x * x + 2.0 * b.mid() * x * y + c.mid() * y * y)
            .sum()
    };
    sums[1] += block(of.beside);
    for i in 0..6 {
        sums[0] += mid(of.gradient[i]) * six[i];
        sums[2] += 3.0 * six[i] * block(of.third_beside[i]);
        for j in 0..6 {
            sums[1] += mid(of.jacobian[i][j]) * six[i] * six[j];
            for k in 0..6 {
                sums[2] += mid(of.third[i][j][k]) * six[i] * six[j] * six[k];
            }
        }
    }
    sums
}

/// A random vector of this length.
pub fn normal(rng: &mut impl Rng, count: usize, length: f64) -> Vec<f64> {
    let v: Vec<f64> = (0..count).map(|_| rng.sample(StandardNormal)).collect();
    let size = v.iter().map(|x| x * x).sum::<f64>().sqrt();
    v.iter().map(|x| x * length / size).collect()
}
