//! The gradient of `L_SL` on its invariant sets, as systems for the engine.

use nalgebra::{DMatrix, DVector};

use crate::interval::Interval;
use crate::model::supervised::{
    COORDINATES, Collinear, CollinearScalar, LocalDerivatives, Order, SimplifiedPlane,
    SupervisedParameters,
};
use crate::theorem::{Gradient, System};

/// A family of collinear points, closed under the gradient flow, with coordinates of its own.
pub trait InvariantSet: Sync {
    /// How many coordinates it has.
    const DIMENSION: usize;

    /// The point with these coordinates.
    fn point<T: CollinearScalar>(x: &[T]) -> Collinear<T>;

    /// Its tangent vectors, as columns, in the coordinates of [`LocalDerivatives`]: `6 × DIMENSION`.
    fn tangent<T: CollinearScalar>(x: &[T]) -> DMatrix<T>;
}

/// `w_1 = (a, 0)`, `w_2 = (-a, 0)`, `F = (-f, f)`, in the coordinates `(a, f)`: no trace of `e2`.
///
/// Invariant for isotropic noise if `p_1 = p_3` and `p_2 = p_4` (`notes/supervised.md`).
#[derive(Clone, Copy, Debug)]
pub struct Opposed;

/// `w_1 = w_2 = w` in the plane, `F_1 = F_2 = F`, in the coordinates `(w^(1), w^(2), F)`: fixed under the exchange of
/// the units and under rotations that fix `e1` and `e2`.
#[derive(Clone, Copy, Debug)]
pub struct Agreeing;

impl InvariantSet for Opposed {
    const DIMENSION: usize = 2;

    fn point<T: CollinearScalar>(x: &[T]) -> Collinear<T> {
        Collinear {
            direction: [T::one(), T::zero()],
            lengths: [x[0], -x[0]],
            weights: [-x[1], x[1]],
        }
    }

    fn tangent<T: CollinearScalar>(_: &[T]) -> DMatrix<T> {
        let mut tangent = DMatrix::from_element(COORDINATES, 2, T::zero());
        tangent[(0, 0)] = T::one();
        tangent[(2, 0)] = -T::one();
        tangent[(4, 1)] = -T::one();
        tangent[(5, 1)] = T::one();
        tangent
    }
}

impl InvariantSet for Agreeing {
    const DIMENSION: usize = 3;

    fn point<T: CollinearScalar>(x: &[T]) -> Collinear<T> {
        let length = (x[0].sqr() + x[1].sqr()).sqrt();
        Collinear {
            direction: [x[0] / length, x[1] / length],
            lengths: [length; 2],
            weights: [x[2]; 2],
        }
    }

    /// `∂w^(1) = c u - s v`, `∂w^(2) = s u + c v` for `u = (c, s)`, `v = (-s, c)`.
    fn tangent<T: CollinearScalar>(x: &[T]) -> DMatrix<T> {
        let [c, s] = Self::point(x).direction;
        let zero = T::zero();
        let columns = [
            [c, -s, c, -s, zero, zero],
            [s, c, s, c, zero, zero],
            [zero, zero, zero, zero, T::one(), T::one()],
        ];
        DMatrix::from_fn(COORDINATES, 3, |i, j| columns[j][i])
    }
}

/// The gradient of `L_SL` on an invariant set.
#[derive(Clone, Debug)]
pub struct Restricted<S> {
    parameters: SupervisedParameters,
    set: std::marker::PhantomData<S>,
}

impl<S: InvariantSet> Restricted<S> {
    /// Of the objective with these parameters.
    #[must_use]
    pub const fn new(parameters: SupervisedParameters) -> Self {
        Self {
            parameters,
            set: std::marker::PhantomData,
        }
    }

    /// The parameters.
    #[must_use]
    pub const fn parameters(&self) -> &SupervisedParameters {
        &self.parameters
    }

    fn derivatives<T: CollinearScalar>(&self, x: &[T], order: Order) -> LocalDerivatives<T> {
        S::point(x).derivatives(&self.parameters, order)
    }

    fn gradient<T: CollinearScalar + nalgebra::Scalar>(&self, x: &[T]) -> DVector<T> {
        let local = self.derivatives(x, Order::Gradient);
        let tangent = S::tangent(x);
        DVector::from_fn(S::DIMENSION, |k, _| {
            (0..COORDINATES).fold(T::zero(), |sum, i| {
                sum + tangent[(i, k)] * local.gradient[i]
            })
        })
    }

    /// `SᵀHS`: the tangent vectors of these sets are constant in the rows' own coordinates.
    fn hessian<T: CollinearScalar + nalgebra::Scalar>(&self, x: &[T]) -> DMatrix<T> {
        let local = self.derivatives(x, Order::Jacobian);
        let tangent = S::tangent(x);
        DMatrix::from_fn(S::DIMENSION, S::DIMENSION, |k, l| {
            let mut sum = T::zero();
            for i in 0..COORDINATES {
                for j in 0..COORDINATES {
                    sum += tangent[(i, k)] * local.jacobian[i][j] * tangent[(j, l)];
                }
            }
            sum
        })
    }
}

impl<S: InvariantSet> System for Restricted<S> {
    fn dimension(&self) -> usize {
        S::DIMENSION
    }

    fn value(&self, x: &[Interval]) -> DVector<Interval> {
        self.gradient(x)
    }

    fn jacobian(&self, x: &[Interval]) -> DMatrix<Interval> {
        self.hessian(x)
    }

    fn value_approx(&self, x: &[f64]) -> DVector<f64> {
        self.gradient(x)
    }

    fn jacobian_approx(&self, x: &[f64]) -> DMatrix<f64> {
        self.hessian(x)
    }
}

/// The restriction of a gradient to an invariant set is the gradient of the restriction.
impl<S: InvariantSet> Gradient for Restricted<S> {}

/// The gradient of `L̃_SL` in all six coordinates of the plane.
#[derive(Clone, Debug)]
pub struct SimplifiedGradient {
    enclosed: SimplifiedPlane<Interval>,
    floats: SimplifiedPlane<f64>,
}

impl SimplifiedGradient {
    /// Of the simplified objective with these parameters.
    #[must_use]
    pub fn new(of: &SupervisedParameters) -> Self {
        Self {
            enclosed: SimplifiedPlane::new(of),
            floats: SimplifiedPlane::new(of),
        }
    }

    /// The objective in intervals.
    #[must_use]
    pub const fn enclosed(&self) -> &SimplifiedPlane<Interval> {
        &self.enclosed
    }
}

fn six<T: Copy>(x: &[T]) -> [T; COORDINATES] {
    assert_eq!(x.len(), COORDINATES, "six coordinates");
    std::array::from_fn(|i| x[i])
}

impl System for SimplifiedGradient {
    fn dimension(&self) -> usize {
        COORDINATES
    }

    fn value(&self, x: &[Interval]) -> DVector<Interval> {
        DVector::from_column_slice(&self.enclosed.gradient(&six(x)))
    }

    fn jacobian(&self, x: &[Interval]) -> DMatrix<Interval> {
        let jacobian = self.enclosed.jacobian(&six(x));
        DMatrix::from_fn(COORDINATES, COORDINATES, |i, j| jacobian[i][j])
    }

    fn value_approx(&self, x: &[f64]) -> DVector<f64> {
        DVector::from_column_slice(&self.floats.gradient(&six(x)))
    }

    fn jacobian_approx(&self, x: &[f64]) -> DMatrix<f64> {
        let jacobian = self.floats.jacobian(&six(x));
        DMatrix::from_fn(COORDINATES, COORDINATES, |i, j| jacobian[i][j])
    }
}

impl Gradient for SimplifiedGradient {}
