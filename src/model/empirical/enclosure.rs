//! Enclosures of gradient and Hessian at a float `w`.

use nalgebra::DMatrix;
use rayon::prelude::*;

use super::Contribution;
use super::sizes::Sizes;
use super::sums::{gamma, product, roundings_bound, transposed_products};
use crate::gaussian::smoothed::SmoothedEnclosure;
use crate::interval::Interval;
use crate::interval::rounding::{add_up, mul_up, sqrt_up};
use crate::linear::{EnclosedSymmetric, LinearError, enclosed_gram};

/// Points per task.
const TASK: usize = 2048;

/// `ℓ_X` for every penalty weight and every view variance in an interval; the points are exact.
#[derive(Clone, Debug)]
pub struct EmpiricalEnclosure<'a> {
    pub(super) points: &'a DMatrix<f64>,
    pub(super) alpha: Interval,
    pub(super) variance: Interval,
    pub(super) sizes: Sizes,
}

/// Value, gradient and Hessian of `ℓ_X` at one `w`, enclosed.
#[derive(Clone, Debug)]
pub struct EmpiricalExpansion {
    /// `ℓ_X(w)`.
    pub value: Interval,
    /// `∇ℓ_X(w)`.
    pub gradient: Vec<Interval>,
    /// `D²ℓ_X(w)`.
    pub hessian: EnclosedSymmetric,
    /// `κ(w)`.
    pub kappa: Interval,
}

impl EmpiricalExpansion {
    /// An upper bound of `‖∇ℓ_X(w)‖`.
    #[must_use]
    pub fn gradient_norm_upper(&self) -> f64 {
        norm(&self.gradient).sup()
    }
}

/// `‖v‖`.
fn norm(v: &[Interval]) -> Interval {
    v.iter().map(|x| x.sqr()).sum::<Interval>().sqrt()
}

/// Float vectors with the sum of their squared radii: `v_i` is within `radius_i` of the float, `Σ radius_i²` counts.
struct Midpoints {
    middle: Vec<f64>,
    radius: Vec<f64>,
}

impl Midpoints {
    fn of(values: impl Iterator<Item = Interval>) -> Self {
        let (middle, radius) = values
            .map(|x| {
                let middle = x.mid();
                (middle, (x - Interval::point(middle)).mag())
            })
            .unzip();
        Self { middle, radius }
    }
}

/// An upper bound of the Euclidean norm of floats.
fn norm_upper(v: &[f64]) -> f64 {
    let sum = super::sums::dot(v, v);
    let sum = mul_up(sum, add_up(1.0, mul_up(2.0, gamma(v.len()).sup())));
    sqrt_up(add_up(sum, mul_up(v.len() as f64 + 1.0, f64::from_bits(1))))
}

impl<'a> EmpiricalEnclosure<'a> {
    /// `ℓ_X` for the rows of `points` (`n × d`), `alpha` and the views' variance `ρ_a²`.
    ///
    /// A point with a coordinate that is no number makes every enclosure unbounded.
    #[must_use]
    pub fn new(points: &'a DMatrix<f64>, alpha: Interval, view_variance: Interval) -> Self {
        Self {
            sizes: Sizes::of(points),
            points,
            alpha,
            variance: view_variance.intersection(Interval::NON_NEGATIVE),
        }
    }

    /// `d`.
    #[must_use]
    pub fn dimension(&self) -> usize {
        self.points.ncols()
    }

    /// Value, gradient and Hessian at `w`.
    ///
    /// Cost: that of the float Hessian and `O(nd)`. Every sum over the points is one of floats with a proved bound of
    /// its error by the Cauchy-Schwarz inequality (lemmas 2 and 3 of `notes/given_data.md`).
    ///
    /// # Errors
    ///
    /// A `w` of another length than `d`.
    pub fn at(&self, w: &[f64]) -> Result<EmpiricalExpansion, LinearError> {
        let (expected, found) = (self.dimension(), w.len());
        if found != expected {
            return Err(LinearError::Dimension { expected, found });
        }
        let n = self.points.nrows();
        let length_squared: Interval = w.iter().map(|&x| Interval::point(x).sqr()).sum();
        let contributions = self.contributions(w, length_squared);
        let count = Interval::point(n as f64);
        let scale = -Interval::point(2.0) / count;
        let sum = |of: fn(&Contribution<Interval>) -> Interval| -> Interval {
            contributions.iter().map(|(_, c)| of(c)).sum()
        };
        let kappa = Interval::point(2.0) * self.alpha + scale * self.variance * sum(|c| c.growth);
        let radial = scale * self.variance.sqr() * sum(|c| c.spread);
        let values: Interval = contributions.iter().map(|(s0, _)| s0.sqr()).sum();
        let value = self.alpha * length_squared - values / count;

        let slopes = Midpoints::of(contributions.iter().map(|(_, c)| c.slope));
        let twists = Midpoints::of(contributions.iter().map(|(_, c)| c.twist));
        let weights = Midpoints::of(contributions.iter().map(|(_, c)| scale * c.bend));
        drop(contributions);
        let [slope_sums, twist_sums] = self.sums([&slopes, &twists]);
        let gradient = (slope_sums.iter().zip(w))
            .map(|(&sum, &w)| scale * sum + kappa * Interval::point(w))
            .collect();
        let coupling: Vec<Interval> = (twist_sums.iter())
            .map(|&sum| scale * self.variance * sum)
            .collect();
        let w: Vec<Interval> = w.iter().map(|&x| Interval::point(x)).collect();
        let mut hessian = enclosed_gram(self.points, &weights.middle, &weights.radius)?;
        hessian.add_identity(kappa);
        hessian.add_rank_two(&coupling, &w, radial)?;
        Ok(EmpiricalExpansion {
            value,
            gradient,
            hessian,
            kappa,
        })
    }

    /// `w·x_i` in floats, and an upper bound of each one's error divided by `‖x_i‖`, up to underflow.
    pub(super) fn means(&self, w: &[f64], length: f64) -> (Vec<f64>, f64) {
        let mut means = vec![0.0; self.points.nrows()];
        product(self.points, w, &mut means);
        (means, mul_up(roundings_bound(w.len() + 1).sup(), length))
    }

    /// What underflow can take from a mean.
    pub(super) fn underflow(&self) -> f64 {
        mul_up(self.dimension() as f64 + 1.0, f64::from_bits(1))
    }

    /// `S_0` and the combinations of each point.
    fn contributions(
        &self,
        w: &[f64],
        length_squared: Interval,
    ) -> Vec<(Interval, Contribution<Interval>)> {
        let (means, error) = self.means(w, length_squared.sqrt().sup());
        let q = self.variance * length_squared;
        let table = SmoothedEnclosure::covering(q, &means);
        let underflow = self.underflow();
        let one = |(&mean, &size): (&f64, &f64)| {
            let radius = add_up(mul_up(error, size), underflow);
            let s = table.at(mean, radius);
            (s[0], Contribution::of(s))
        };
        if means.len() <= TASK {
            means.iter().zip(&self.sizes.points).map(one).collect()
        } else {
            (means.par_iter().with_min_len(TASK))
                .zip(&self.sizes.points)
                .map(one)
                .collect()
        }
    }

    /// `Σ_i v_i x_ij` for each `j`: within `γ‖v‖‖x_j‖ + ‖radius‖‖x_j‖` of the float sum.
    fn sums<const N: usize>(&self, vectors: [&Midpoints; N]) -> [Vec<Interval>; N] {
        let n = self.points.nrows();
        let sums = transposed_products(self.points, vectors.map(|v| v.middle.as_slice()));
        let gamma = gamma(n).sup();
        let underflow = mul_up(n as f64 + 1.0, f64::from_bits(1));
        let errors =
            vectors.map(|v| add_up(mul_up(gamma, norm_upper(&v.middle)), norm_upper(&v.radius)));
        std::array::from_fn(|k| {
            (sums[k].iter().zip(&self.sizes.columns))
                .map(|(&sum, &size)| {
                    Interval::ball(sum, add_up(mul_up(errors[k], size), underflow))
                })
                .collect()
        })
    }
}
