//! Values and derivatives in floats.

use faer::traits::pulp::Arch;
use nalgebra::DMatrix;
use rayon::prelude::*;

use super::Contribution;
use super::sums::{dot, product, transposed_products};
use crate::gaussian::smoothed::SmoothedTable;
use crate::linear::weighted_gram;

/// Points per task.
const TASK: usize = 4096;

/// `ℓ_X` in floats.
///
/// # Example
///
/// ```
/// use minlift::model::empirical::EmpiricalObjective;
/// use nalgebra::DMatrix;
///
/// // One point, no view noise: -σ(w·x)² + α‖w‖².
/// let x = DMatrix::from_row_slice(1, 2, &[1.0, 0.0]);
/// let objective = EmpiricalObjective::new(&x, 0.01, 0.0);
/// let sigmoid = 1.0 / (1.0 + f64::exp(-2.0));
/// let value = objective.value(&[2.0, 0.0]);
/// assert!((value - (0.04 - sigmoid * sigmoid)).abs() < 1e-15);
/// // The Jacobian of the gradient, as a matrix and as an operator.
/// let hessian = objective.hessian(&[2.0, 0.0]);
/// let mut first_column = [0.0; 2];
/// hessian.apply(&[1.0, 0.0], &mut first_column);
/// assert!((hessian.matrix()[(0, 0)] - first_column[0]).abs() < 1e-15);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct EmpiricalObjective<'a> {
    points: &'a DMatrix<f64>,
    alpha: f64,
    variance: f64,
}

/// `D²ℓ_X(w)`: its coefficients, from which the matrix is formed, or which are applied to a vector in `O(nd)`.
#[derive(Clone, Debug)]
pub struct EmpiricalHessian<'a> {
    points: &'a DMatrix<f64>,
    /// `D_i`.
    weights: Vec<f64>,
    /// `κ`.
    kappa: f64,
    /// `c`.
    coupling: Vec<f64>,
    /// `g`.
    radial: f64,
    w: Vec<f64>,
}

impl<'a> EmpiricalObjective<'a> {
    /// `ℓ_X` for the rows of `points` (`n × d`), the penalty's weight `alpha` and the views' variance `ρ_a²`.
    #[must_use]
    pub const fn new(points: &'a DMatrix<f64>, alpha: f64, view_variance: f64) -> Self {
        Self {
            points,
            alpha,
            variance: view_variance,
        }
    }

    /// `d`.
    #[must_use]
    pub fn dimension(&self) -> usize {
        self.points.ncols()
    }

    /// `n`.
    #[must_use]
    pub fn points_count(&self) -> usize {
        self.points.nrows()
    }

    /// `ρ_a²`.
    #[must_use]
    pub const fn view_variance(&self) -> f64 {
        self.variance
    }

    /// `ℓ_X(w)`.
    #[must_use]
    pub fn value(&self, w: &[f64]) -> f64 {
        let (means, table) = self.smoothed(w);
        let sum = Arch::new().dispatch(
            #[inline(always)]
            || -> f64 { means.iter().map(|&m| table.at(m)[0].powi(2)).sum() },
        );
        self.alpha * dot(w, w) - sum / self.count()
    }

    /// `∇ℓ_X(w)` into `out`.
    pub fn gradient(&self, w: &[f64], out: &mut [f64]) {
        let (mut means, table) = self.smoothed(w);
        let growth = Arch::new().dispatch(
            #[inline(always)]
            || {
                let mut growth = 0.0;
                for m in &mut means {
                    let [s0, s1, s2, ..] = table.at(*m);
                    *m = s0 * s1;
                    growth += s0 * s2;
                }
                growth
            },
        );
        let kappa = self.kappa(growth);
        let [slopes] = transposed_products(self.points, [&means]);
        let scale = -2.0 / self.count();
        for ((out, slope), w) in out.iter_mut().zip(slopes).zip(w) {
            *out = scale * slope + kappa * w;
        }
    }

    /// `D²ℓ_X(w)`.
    #[must_use]
    pub fn hessian(&self, w: &[f64]) -> EmpiricalHessian<'a> {
        let (mut means, table) = self.smoothed(w);
        let n = self.count();
        let mut twists = vec![0.0; means.len()];
        let scale = -2.0 / n;
        let fill = |(means, twists): (&mut [f64], &mut [f64])| {
            Arch::new().dispatch(
                #[inline(always)]
                || {
                    let (mut growth, mut spread) = (0.0, 0.0);
                    for (m, twist) in means.iter_mut().zip(twists) {
                        let c = Contribution::of(table.at(*m));
                        *m = scale * c.bend;
                        *twist = c.twist;
                        growth += c.growth;
                        spread += c.spread;
                    }
                    [growth, spread]
                },
            )
        };
        // The same tasks whatever the number of threads, and their sums in the same order.
        let sums: Vec<[f64; 2]> = if means.len() <= TASK {
            vec![fill((&mut means, &mut twists))]
        } else {
            (means.par_chunks_mut(TASK))
                .zip(twists.par_chunks_mut(TASK))
                .map(fill)
                .collect()
        };
        let (growth, spread) = (sums.iter()).fold((0.0, 0.0), |(a, b), [growth, spread]| {
            (a + growth, b + spread)
        });
        let rho = self.variance;
        let [mut coupling] = transposed_products(self.points, [&twists]);
        for c in &mut coupling {
            *c *= scale * rho;
        }
        EmpiricalHessian {
            points: self.points,
            weights: means,
            kappa: self.kappa(growth),
            coupling,
            radial: scale * rho * rho * spread,
            w: w.to_vec(),
        }
    }

    fn count(&self) -> f64 {
        self.points.nrows() as f64
    }

    fn kappa(&self, growth: f64) -> f64 {
        2.0 * self.alpha - 2.0 * self.variance * growth / self.count()
    }

    /// `w·x_i`, and the averages at them.
    fn smoothed(&self, w: &[f64]) -> (Vec<f64>, SmoothedTable) {
        let mut means = vec![0.0; self.points.nrows()];
        product(self.points, w, &mut means);
        let table = SmoothedTable::covering(self.variance * dot(w, w), &means);
        (means, table)
    }
}

impl EmpiricalHessian<'_> {
    /// The `d × d` matrix: one weighted, signed symmetric product of rank `n`, and a rank-two term.
    #[must_use]
    pub fn matrix(&self) -> DMatrix<f64> {
        let mut h = weighted_gram(self.points, &self.weights);
        let d = self.w.len();
        for j in 0..d {
            let (w_j, c_j) = (self.w[j], self.coupling[j]);
            for i in 0..d {
                // The same value on both sides of the diagonal: products commute, and so does the first sum.
                let (w_i, c_i) = (self.w[i], self.coupling[i]);
                h[(i, j)] += (c_i * w_j + c_j * w_i) + self.radial * (w_i * w_j);
            }
            h[(j, j)] += self.kappa;
        }
        h
    }

    /// `out = D²ℓ_X(w) v`, two passes over the points.
    pub fn apply(&self, v: &[f64], out: &mut [f64]) {
        let mut along = vec![0.0; self.points.nrows()];
        product(self.points, v, &mut along);
        for (a, weight) in along.iter_mut().zip(&self.weights) {
            *a *= weight;
        }
        let [sums] = transposed_products(self.points, [&along]);
        let (cv, wv) = (dot(&self.coupling, v), dot(&self.w, v));
        for (j, out) in out.iter_mut().enumerate() {
            *out = sums[j]
                + self.kappa * v[j]
                + self.coupling[j] * wv
                + self.w[j] * (cv + self.radial * wv);
        }
    }

    /// Is every coefficient finite?
    #[must_use]
    pub fn is_finite(&self) -> bool {
        self.kappa.is_finite()
            && self.radial.is_finite()
            && [&self.weights, &self.coupling, &self.w]
                .iter()
                .all(|v| v.iter().all(|x| x.is_finite()))
    }
}
