//! The objective by another route: nested quadrature of its definition, in
//! all coordinates, differentiated automatically (num-dual). Floats; shares no formula with `src/`.

use minlift::claim::Claim;
use nalgebra::{DMatrix, DVector, SymmetricEigen};
use num_dual::{Dual3_64, DualNum, third_derivative};

/// `l(w) = -sum_k p_k E_u[ (E_z s(w.mu_k + rho_x |w| u + rho_a |w| z))^2 ] + alpha |w|^2`.
pub struct Independent {
    centres: Vec<([f64; 2], f64)>,
    alpha: f64,
    rho_data: f64,
    rho_view: f64,
    nodes: Vec<(f64, f64)>,
}

impl Independent {
    /// With this many nodes per Gaussian average: by Gauss and Hermite, who need fewer for small noise; more than
    /// 40 by the trapezoid rule, whose error is about `exp(-2 pi c/h)`, `c = pi/sd`, for strong noise.
    pub fn of(claim: &Claim, nodes: usize) -> Self {
        let tau = claim.tau.mid();
        let mu = [[1.0, 0.0], [1.0, tau], [-1.0, 0.0], [-1.0, tau]];
        Self {
            centres: mu.into_iter().zip(claim.weights.map(|p| p.mid())).collect(),
            alpha: claim.alpha.mid(),
            rho_data: claim.rho_data.mid(),
            rho_view: claim.rho_view.mid(),
            nodes: if nodes <= 40 {
                hermite(nodes)
            } else {
                trapezoid(nodes)
            },
        }
    }

    /// `l(w)`, any number of coordinates from 2 on.
    pub fn value<D: DualNum<f64> + Clone>(&self, w: &[D]) -> D {
        let square = w.iter().fold(D::zero(), |sum, x| sum + x.clone() * x);
        let length = square.clone().sqrt();
        let mut value = square * self.alpha;
        for (mu, p) in &self.centres {
            let m = w[0].clone() * mu[0] + w[1].clone() * mu[1];
            for (u, share) in &self.nodes {
                let mean = m.clone() + length.clone() * (self.rho_data * u);
                let mut average = D::zero();
                for (z, weight) in &self.nodes {
                    let x = mean.clone() + length.clone() * (self.rho_view * z);
                    average += ((-x).exp() + 1.0).recip() * *weight;
                }
                value -= average.clone() * average * (p * share);
            }
        }
        value
    }

    /// Value and derivatives 1 to 3 of `t -> l(y + t u)` at 0.
    fn along_line(&self, y: &[f64], u: &[f64]) -> [f64; 4] {
        let along = |t: Dual3_64| {
            let w: Vec<_> = y.iter().zip(u).map(|(y, u)| t * *u + *y).collect();
            self.value(&w)
        };
        third_derivative(along, 0.0).into()
    }

    /// `grad l(y)`.
    pub fn gradient(&self, y: &[f64]) -> Vec<f64> {
        (0..y.len())
            .map(|j| self.along_line(y, &unit(y.len(), j, j))[1])
            .collect()
    }

    /// The Hessian at `y`, by polarisation.
    pub fn hessian(&self, y: &[f64]) -> DMatrix<f64> {
        let n = y.len();
        let form = |j, k| self.along_line(y, &unit(n, j, k))[2];
        DMatrix::from_fn(n, n, |j, k| {
            if j == k {
                form(j, j)
            } else {
                (form(j, k) - form(j, j) - form(k, k)) / 2.0
            }
        })
    }

    /// `D^3 l(y)[u, u, u]`.
    pub fn third(&self, y: &[f64], u: &[f64]) -> f64 {
        self.along_line(y, u)[3]
    }

    /// The vector `D^3 l(y)[u, u, e_j]`, by polarisation of the cubic form.
    pub fn second_along(&self, y: &[f64], u: &[f64]) -> Vec<f64> {
        (0..y.len())
            .map(|j| {
                let unit = unit(y.len(), j, j);
                let shifted =
                    |s: f64| -> Vec<f64> { u.iter().zip(&unit).map(|(u, e)| u + s * e).collect() };
                let difference = self.third(y, &shifted(1.0)) - self.third(y, &shifted(-1.0));
                (difference - 2.0 * self.third(y, &unit)) / 6.0
            })
            .collect()
    }

    /// The matrix `D^3 l(y)[u, ., .]`.
    pub fn along(&self, y: &[f64], u: &[f64]) -> DMatrix<f64> {
        let n = y.len();
        // B(u)[v, v] = D^3[u, v, v] is the u-component of `second_along(v)`.
        let form = |v: &[f64]| -> f64 {
            let d = self.second_along(y, v);
            d.iter().zip(u).map(|(d, u)| d * u).sum()
        };
        let diagonal: Vec<f64> = (0..n).map(|j| form(&unit(n, j, j))).collect();
        DMatrix::from_fn(n, n, |j, k| {
            if j == k {
                diagonal[j]
            } else {
                (form(&unit(n, j, k)) - diagonal[j] - diagonal[k]) / 2.0
            }
        })
    }
}

/// `e_j + e_k`, or `e_j` if they are the same.
fn unit(n: usize, j: usize, k: usize) -> Vec<f64> {
    (0..n)
        .map(|i| f64::from(u8::from(i == j || i == k)))
        .collect()
}

/// Nodes and weights of Gauss-Hermite quadrature for the standard normal (Golub & Welsch 1969).
fn hermite(n: usize) -> Vec<(f64, f64)> {
    let jacobi = DMatrix::from_fn(n, n, |i, j| {
        if i.abs_diff(j) == 1 {
            (i.max(j) as f64).sqrt()
        } else {
            0.0
        }
    });
    let eigen = SymmetricEigen::new(jacobi);
    let first = |k: usize| eigen.eigenvectors[(0, k)];
    (0..n)
        .map(|k| (eigen.eigenvalues[k], first(k) * first(k)))
        .collect()
}

/// Equal steps over `[-8.5, 8.5]`, beyond which the normal density is below 1e-16.
fn trapezoid(n: usize) -> Vec<(f64, f64)> {
    let step = 17.0 / (n as f64 - 1.0);
    let scale = step / (2.0 * std::f64::consts::PI).sqrt();
    (0..n)
        .map(|k| -8.5 + k as f64 * step)
        .map(|t| (t, scale * (-0.5 * t * t).exp()))
        .collect()
}

/// Points and directions to try: low-discrepancy numbers, always the same (Roberts' sequence).
pub struct Sequence {
    step: Vec<f64>,
    state: Vec<f64>,
}

impl Sequence {
    pub fn new(dimension: usize) -> Self {
        // The root of x^(n+1) = x + 1.
        let mut root = 2.0f64;
        for _ in 0..60 {
            root = (1.0 + root).powf(1.0 / (dimension as f64 + 1.0));
        }
        let step = (1..=dimension).map(|k| root.powi(-(k as i32))).collect();
        Self {
            step,
            state: vec![0.5; dimension],
        }
    }

    /// The next point of `[-1, 1]^n`.
    pub fn next(&mut self) -> DVector<f64> {
        for (state, step) in self.state.iter_mut().zip(&self.step) {
            *state = (*state + step).fract();
        }
        DVector::from_iterator(self.state.len(), self.state.iter().map(|x| 2.0 * x - 1.0))
    }
}
