//! Float search for critical points. Nothing here is proved.

use nalgebra::{Matrix2, Matrix3, SMatrix, SVector, Vector2, Vector3};

use super::system::{Agreeing, InvariantSet, Opposed, Restricted};
use crate::model::supervised::{Order, SupervisedParameters};
use crate::theorem::System;

/// Steps after which a search has failed.
const BUDGET: usize = 200;

/// `(a, f)` of a local minimum of the restriction to opposed points, from the middle of the usual range; `None` if descent ends at
/// the origin or nowhere.
pub(super) fn minimum_approx(of: &SupervisedParameters) -> Option<[f64; 2]> {
    let system = Restricted::<Opposed>::new(of.clone());
    let value = |x: &Vector2<f64>| value::<Opposed>(of, x.as_slice());
    let derivatives = |x: &Vector2<f64>| {
        let (g, h) = derivatives(&system, x.as_slice());
        (
            Vector2::from_column_slice(&g),
            Matrix2::from_column_slice(&h),
        )
    };
    let end = descend(Vector2::new(2.5, 4.0), value, derivatives)?;
    let found = end[0] > 1e-3 && end[1] > 1e-3;
    found.then_some([end[0], end[1]])
}

/// `(w^(1), w^(2), F)` of a local minimum of the restriction to agreeing points, with `w^(1) > 0 > F`.
pub(super) fn agreeing_approx(of: &SupervisedParameters) -> Option<[f64; 3]> {
    let system = Restricted::<Agreeing>::new(of.clone());
    let value = |x: &Vector3<f64>| value::<Agreeing>(of, x.as_slice());
    let derivatives = |x: &Vector3<f64>| {
        let (g, h) = derivatives(&system, x.as_slice());
        (
            Vector3::from_column_slice(&g),
            Matrix3::from_column_slice(&h),
        )
    };
    let hidden = -1.6 / of.tau.mid().max(1.0);
    let end = descend(Vector3::new(3.7, hidden, -2.1), value, derivatives)?;
    let found = end[0] > 1e-3 && end[2] < -1e-3;
    found.then_some([end[0], end[1], end[2]])
}

fn value<S: InvariantSet>(of: &SupervisedParameters, x: &[f64]) -> f64 {
    S::point(x).derivatives(of, Order::Gradient).value
}

fn derivatives<S: System>(system: &S, x: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let gradient = system.value_approx(x);
    let hessian = system.jacobian_approx(x);
    (gradient.as_slice().to_vec(), hessian.as_slice().to_vec())
}

/// Newton steps with the Hessian's eigenvalues made positive, halved until the objective falls.
fn descend<const N: usize>(
    start: SVector<f64, N>,
    value: impl Fn(&SVector<f64, N>) -> f64,
    derivatives: impl Fn(&SVector<f64, N>) -> (SVector<f64, N>, SMatrix<f64, N, N>),
) -> Option<SVector<f64, N>> {
    let mut x = start;
    let mut here = value(&x);
    for _ in 0..BUDGET {
        let (gradient, hessian) = derivatives(&x);
        let step = newton_step(&gradient, &hessian)?;
        let size = step.norm();
        if !size.is_finite() {
            return None;
        }
        if size <= 1e-12 * (1.0 + x.norm()) {
            return Some(x);
        }
        // No step longer than the basin is likely to be.
        let mut scale = (1.0 / size).min(1.0);
        loop {
            let next = x - step * scale;
            let there = value(&next);
            if there < here {
                (x, here) = (next, there);
                break;
            }
            scale *= 0.5;
            if scale < 1e-6 {
                // Rounding hides any further decrease.
                return Some(x);
            }
        }
    }
    None
}

/// `|H|⁻¹ g`.
fn newton_step<const N: usize>(
    gradient: &SVector<f64, N>,
    hessian: &SMatrix<f64, N, N>,
) -> Option<SVector<f64, N>> {
    let dense = nalgebra::DMatrix::from_fn(N, N, |i, j| hessian[(i, j)]);
    if dense.iter().any(|x| !x.is_finite()) {
        return None;
    }
    let eigen = nalgebra::SymmetricEigen::try_new(dense, f64::EPSILON, 200)?;
    let mut step = SVector::<f64, N>::zeros();
    for (vector, &value) in eigen
        .eigenvectors
        .column_iter()
        .zip(eigen.eigenvalues.iter())
    {
        let along: f64 = vector.iter().zip(gradient).map(|(v, g)| v * g).sum();
        for (slot, v) in step.iter_mut().zip(vector.iter()) {
            *slot += along / value.abs() * v;
        }
    }
    Some(step)
}
