//! A map written once, differentiated by dual numbers.

use nalgebra::{DMatrix, DVector};

use super::bilinear::{BilinearNorm, SecondDerivative};
use super::boxes::halves;
use super::system::{Gradient, LipschitzJacobian, System};
use crate::interval::Interval;
use crate::interval::rounding::{add_down, mul_down, sqrt_down};
use crate::scalar::{Dual, Scalar};

/// A map `R^n -> R^n` as one formula, generic over the number type.
///
/// What is proved about it is proved where every operation in it is defined and
/// smooth. Dual numbers notice the edge of the domain of `sqrt`, `ln` and `/`
/// (a derivative becomes unbounded) except in a term multiplied by an exact 0:
/// leave such terms out.
///
/// # Example
///
/// ```
/// use minlift::scalar::Scalar;
/// use minlift::theorem::{Autodiff, Map, prove_zero};
///
/// struct Parabolas;
/// impl Map for Parabolas {
///     fn dimension(&self) -> usize { 2 }
///     fn eval<S: Scalar>(&self, x: &[S]) -> Vec<S> {
///         let two = S::from_f64(2.0);
///         vec![x[0].sqr() + x[1] - two, x[0] + x[1].sqr() - two]
///     }
/// }
/// let proof = prove_zero(&Autodiff(Parabolas), &[0.9, 1.2]);
/// assert!(proof.verdict.is_proved() && proof.enclosure[0].contains(1.0));
/// ```
pub trait Map {
    /// The dimension `n`.
    fn dimension(&self) -> usize;
    /// The formula: `n` numbers in, `n` numbers out.
    fn eval<S: Scalar>(&self, x: &[S]) -> Vec<S>;
}

/// A [`Map`] with its first and second derivatives by forward differentiation.
#[derive(Clone, Copy, Debug)]
pub struct Autodiff<M>(pub M);

impl<M: Gradient> Gradient for Autodiff<M> {}

impl<M: Map> Autodiff<M> {
    /// Column `j` of the Jacobian is the derivative in direction `e_j`.
    fn columns<S: Scalar>(&self, x: &[S], mut write: impl FnMut(usize, usize, S)) {
        let mut duals: Vec<Dual<S>> = x.iter().map(|&x| Dual::fixed(x)).collect();
        for j in 0..x.len() {
            duals[j].slope = S::one();
            for (i, y) in self.0.eval(&duals).iter().enumerate() {
                write(i, j, y.slope);
            }
            duals[j].slope = S::zero();
        }
    }

    /// `D^2 F` over a box, or at a point in floats.
    fn second_derivative<S: Scalar>(&self, x: &[S]) -> SecondDerivative<S> {
        let n = x.len();
        let mut result = SecondDerivative::new(n, S::zero());
        let mut duals: Vec<Dual<Dual<S>>> =
            x.iter().map(|&x| Dual::fixed(Dual::fixed(x))).collect();
        for j in 0..n {
            duals[j].slope.value = S::one();
            for k in 0..=j {
                duals[k].value.slope = S::one();
                for (i, y) in self.0.eval(&duals).iter().enumerate() {
                    result.set(i, j, k, y.slope.slope);
                }
                duals[k].value.slope = S::zero();
            }
            duals[j].slope.value = S::zero();
        }
        result
    }
}

impl<M: Map> System for Autodiff<M> {
    fn dimension(&self) -> usize {
        self.0.dimension()
    }

    fn value(&self, x: &[Interval]) -> DVector<Interval> {
        DVector::from_vec(self.0.eval(x))
    }

    fn jacobian(&self, x: &[Interval]) -> DMatrix<Interval> {
        let mut a = DMatrix::from_element(x.len(), x.len(), Interval::ZERO);
        self.columns(x, |i, j, slope| a[(i, j)] = slope);
        a
    }

    fn value_approx(&self, x: &[f64]) -> DVector<f64> {
        DVector::from_vec(self.0.eval(x))
    }

    fn jacobian_approx(&self, x: &[f64]) -> DMatrix<f64> {
        let mut a = DMatrix::zeros(x.len(), x.len());
        self.columns(x, |i, j, slope| a[(i, j)] = slope);
        a
    }
}

/// Stop refining once the bound is this close to the sampled supremum.
const CLOSE: f64 = 1.2;
/// Limit on second derivatives enclosed per bound.
const BOXES: usize = 128;

/// The supremum of `|D^2 F|`, as a bilinear map, over the bounding box of the
/// ball; by the mean value theorem that is a Lipschitz constant of `DF` on the
/// (convex) ball. Branch and bound: the box with the largest bound is halved
/// until the bound is within 20 % of a sample or the budget is spent.
impl<M: Map> LipschitzJacobian for Autodiff<M> {
    fn lipschitz(&self, left: Option<&DMatrix<Interval>>, centre: &[Interval], radius: f64) -> f64 {
        let usable = radius >= 0.0 && radius.is_finite();
        if !(usable && centre.iter().all(|c| c.is_bounded())) {
            return f64::INFINITY;
        }
        let norm = BilinearNorm::new(centre.len());
        let left_approx = left.map(|m| m.map(Interval::mid));
        let middle: Vec<f64> = centre.iter().map(|c| c.mid()).collect();
        // A bound that is close to the sample already need not be sharpened.
        let bound = |part: &[Interval], sampled: f64| {
            let derivative = self.second_derivative(part);
            let value = match left {
                Some(c) => norm.upper(&derivative.multiplied_by(|i, j| c[(i, j)]), CLOSE * sampled),
                None => norm.upper(&derivative, CLOSE * sampled),
            };
            if value.is_nan() { f64::INFINITY } else { value }
        };
        let sample = |part: &[Interval]| {
            let derivative = self.second_derivative(&nearest_in_ball(part, &middle, radius));
            match &left_approx {
                Some(c) => norm.approx(&derivative.multiplied_by(|i, j| c[(i, j)])),
                None => norm.approx(&derivative),
            }
        };
        let whole: Vec<Interval> = centre
            .iter()
            .map(|&c| c + Interval::symmetric(radius))
            .collect();
        let mut sampled = sample(&whole);
        let mut parts = vec![(bound(&whole, sampled), whole)];
        for _ in 0..BOXES / 2 {
            let worst = (0..parts.len()).max_by(|&a, &b| parts[a].0.total_cmp(&parts[b].0));
            let Some(worst) = worst else { break };
            if parts[worst].0 <= CLOSE * sampled || parts[worst].0 == 0.0 {
                break;
            }
            let (_, part) = parts.swap_remove(worst);
            for half in halves(&part) {
                if !misses_ball(&half, centre, radius) {
                    sampled = sampled.max(sample(&half));
                    parts.push((bound(&half, sampled), half));
                }
            }
        }
        parts.iter().map(|p| p.0).fold(0.0, f64::max)
    }
}

/// Is every point of the box farther than `radius` from every point of `centre`?
fn misses_ball(part: &[Interval], centre: &[Interval], radius: f64) -> bool {
    let square = part.iter().zip(centre).fold(0.0, |sum, (&x, &c)| {
        let gap = (x - c).mig();
        add_down(sum, mul_down(gap, gap))
    });
    sqrt_down(square) > radius
}

/// The middle of the box, drawn onto the ball in floats: a place to sample.
fn nearest_in_ball(part: &[Interval], middle: &[f64], radius: f64) -> Vec<f64> {
    let offset: Vec<f64> = part.iter().zip(middle).map(|(x, c)| x.mid() - c).collect();
    let length = offset.iter().map(|x| x * x).sum::<f64>().sqrt();
    let scale = if length > radius {
        radius / length
    } else {
        1.0
    };
    offset
        .iter()
        .zip(middle)
        .map(|(o, c)| c + scale * o)
        .collect()
}
