//! The definition of `L_SL` by plain trapezoid rules, over any number type: differentiated by dual numbers, it
//! shares nothing with the formulas under test.

use minlift::model::supervised::SupervisedParameters;
use minlift::scalar::{Dual, Scalar};

/// Nodes and weights of the normal distribution at this distance, up to 7.
fn nodes(step: f64) -> Vec<(f64, f64)> {
    let most = (7.0 / step).round() as i32;
    let nodes = (-most..=most).map(|k| {
        let g = f64::from(k) * step;
        (g, (-g * g / 2.0).exp())
    });
    let total: f64 = nodes.clone().map(|(_, weight)| weight).sum();
    nodes.map(|(g, weight)| (g, weight / total)).collect()
}

/// `-y ln ŷ - (1 - y) ln(1 - ŷ)` for a centre.
fn loss<T: Scalar>(z: [T; 2], output: [T; 2], centre: usize) -> T {
    let s = output[0] * z[0].sigmoid() + output[1] * z[1].sigmoid();
    let likelihood = if centre < 2 {
        (-s).sigmoid()
    } else {
        s.sigmoid()
    };
    -likelihood.ln()
}

/// The first two coordinates of the centres.
fn centre<T: Scalar>(parameters: &SupervisedParameters, k: usize) -> [T; 2] {
    let tau = T::from_f64(parameters.tau.mid());
    let one = T::one();
    [
        if k < 2 { one } else { -one },
        if k % 2 == 1 { tau } else { T::zero() },
    ]
}

fn penalised<T: Scalar>(parameters: &SupervisedParameters, x: &[T], mean: T) -> T {
    let (rows, output) = x.split_at(x.len() - 2);
    let square = |v: &[T]| v.iter().fold(T::zero(), |sum, &x| sum + x.sqr());
    mean + T::from_f64(parameters.beta.mid()) * square(rows)
        + T::from_f64(parameters.gamma.mid()) * square(output)
}

fn weight<T: Scalar>(parameters: &SupervisedParameters, k: usize, node: f64) -> T {
    T::from_f64(parameters.weights[k].mid() * node)
}

/// By a rule over all `d` coordinates of the noise: for `d <= 3`, any rows.
pub fn over_all_noise<T: Scalar>(parameters: &SupervisedParameters, x: &[T]) -> T {
    let d = x.len() / 2 - 1;
    let rho = parameters.variance.mid().sqrt();
    let nodes = if rho > 0.0 {
        nodes(0.4)
    } else {
        vec![(0.0, 1.0)]
    };
    let output = [x[2 * d], x[2 * d + 1]];
    let mut sum = T::zero();
    for index in 0..nodes.len().pow(d as u32) {
        let noise: Vec<(f64, f64)> = (0..d as u32)
            .map(|axis| nodes[index / nodes.len().pow(axis) % nodes.len()])
            .collect();
        let probability: f64 = noise.iter().map(|(_, weight)| weight).product();
        if probability < 1e-14 {
            continue;
        }
        for k in 0..4 {
            let mut sample: Vec<T> = noise.iter().map(|(g, _)| T::from_f64(rho * g)).collect();
            for (slot, mu) in sample.iter_mut().zip(centre::<T>(parameters, k)) {
                *slot += mu;
            }
            let z = [0, 1].map(|i| {
                let row = x[i * d..(i + 1) * d].iter().zip(&sample);
                row.fold(T::zero(), |sum, (&w, &x)| sum + w * x)
            });
            sum += weight::<T>(parameters, k, probability) * loss(z, output, k);
        }
    }
    penalised(parameters, x, sum)
}

/// By a rule over `Wξ` with Cholesky's factor of the Gram matrix: for any `d` and independent rows.
pub fn over_projections<T: Scalar>(parameters: &SupervisedParameters, x: &[T]) -> T {
    let d = x.len() / 2 - 1;
    let rho = parameters.variance.mid().sqrt();
    let nodes = if rho > 0.0 {
        nodes(0.4)
    } else {
        vec![(0.0, 1.0)]
    };
    let (rows, output) = x.split_at(2 * d);
    let dot = |i: usize, j: usize| {
        let (a, b) = (&rows[i * d..(i + 1) * d], &rows[j * d..(j + 1) * d]);
        a.iter().zip(b).fold(T::zero(), |sum, (&a, &b)| sum + a * b)
    };
    let l11 = dot(0, 0).sqrt();
    let l21 = dot(0, 1) / l11;
    let l22 = (dot(1, 1) - l21.sqr()).sqrt();
    let mut sum = T::zero();
    for &(g, p) in &nodes {
        for &(h, q) in &nodes {
            let (g, h) = (T::from_f64(rho * g), T::from_f64(rho * h));
            let offset = [l11 * g, l21 * g + l22 * h];
            for k in 0..4 {
                let mu = centre::<T>(parameters, k);
                let z = [0, 1].map(|i| rows[i * d] * mu[0] + rows[i * d + 1] * mu[1] + offset[i]);
                sum += weight::<T>(parameters, k, p * q) * loss(z, [output[0], output[1]], k);
            }
        }
    }
    penalised(parameters, x, sum)
}

/// A way to compute the definition in each number type that is needed.
pub trait Definition {
    fn value<T: Scalar>(&self, x: &[T]) -> T;

    fn gradient(&self, x: &[f64]) -> Vec<f64> {
        (0..x.len())
            .map(|k| {
                self.value(&seeded(x, |j| f64::from(u8::from(j == k))))
                    .slope
            })
            .collect()
    }

    /// The Hessian times `v`.
    fn product(&self, x: &[f64], v: &[f64]) -> Vec<f64> {
        let along = seeded(x, |j| v[j]);
        (0..x.len())
            .map(|k| {
                let both: Vec<Dual<Dual<f64>>> = (along.iter().enumerate())
                    .map(|(j, &value)| Dual {
                        value,
                        slope: Dual::fixed(f64::from(u8::from(j == k))),
                    })
                    .collect();
                self.value(&both).slope.slope
            })
            .collect()
    }
}

fn seeded(x: &[f64], slope: impl Fn(usize) -> f64) -> Vec<Dual<f64>> {
    (x.iter().enumerate())
        .map(|(j, &value)| Dual {
            value,
            slope: slope(j),
        })
        .collect()
}

pub struct OverAllNoise(pub SupervisedParameters);

impl Definition for OverAllNoise {
    fn value<T: Scalar>(&self, x: &[T]) -> T {
        over_all_noise(&self.0, x)
    }
}

pub struct OverProjections(pub SupervisedParameters);

impl Definition for OverProjections {
    fn value<T: Scalar>(&self, x: &[T]) -> T {
        over_projections(&self.0, x)
    }
}
