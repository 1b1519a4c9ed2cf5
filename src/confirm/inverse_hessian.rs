//! The inverse Hessian of BFGS as an expression that is applied, never multiplied out.
//!
//! argmin 0.11 forms `(I - rho s y^T) H (I - rho y s^T) + rho s s^T` from generic products,
//! outer products and sums. Two things are missing for nalgebra: the outer product of two vectors
//! (argmin issue 337), and, with dense matrices, the time: two `n x n` products a step. Here
//! each of those operations makes one node of an expression with shared parts, and only
//! "matrix times vector" computes. That is BFGS exactly, at `O(k n)` for the product after
//! `k` updates.

use std::sync::Arc;

use argmin_math::{ArgminAdd, ArgminDot, ArgminEye, ArgminMul, ArgminSub, ArgminTranspose};
use nalgebra::DVector;

/// A square matrix, as the expression it was built by.
///
/// # Example
///
/// ```
/// use argmin_math::{ArgminDot, ArgminEye, ArgminSub};
/// use minlift::confirm::InverseHessian;
/// use nalgebra::DVector;
///
/// let (x, y) = (DVector::from_vec(vec![1.0, 2.0]), DVector::from_vec(vec![3.0, 4.0]));
/// let outer: InverseHessian = ArgminDot::dot(&x, &y); // nalgebra's own `dot` is the scalar product
/// let matrix = InverseHessian::eye(2).sub(&outer); // I - x y^T = [[-2, -4], [-6, -7]]
/// let product: DVector<f64> = matrix.dot(&x);
/// assert_eq!(product, DVector::from_vec(vec![-10.0, -20.0]));
/// ```
#[derive(Clone, Debug)]
pub struct InverseHessian(Arc<Node>);

#[derive(Debug)]
enum Node {
    Identity,
    /// `left right^T`.
    Outer(Arc<DVector<f64>>, Arc<DVector<f64>>),
    Scaled(f64, InverseHessian),
    Sum(InverseHessian, InverseHessian),
    Difference(InverseHessian, InverseHessian),
    Product(InverseHessian, InverseHessian),
}

impl From<Node> for InverseHessian {
    fn from(node: Node) -> Self {
        Self(Arc::new(node))
    }
}

/// The product with a vector: the only operation that computes. The recursion is as deep
/// as the expression, three levels a BFGS update.
impl ArgminDot<DVector<f64>, DVector<f64>> for InverseHessian {
    fn dot(&self, v: &DVector<f64>) -> DVector<f64> {
        match &*self.0 {
            Node::Identity => v.clone(),
            Node::Outer(left, right) => &**left * right.dot(v),
            Node::Scaled(factor, a) => a.dot(v) * *factor,
            Node::Sum(a, b) => a.dot(v) + b.dot(v),
            Node::Difference(a, b) => a.dot(v) - b.dot(v),
            Node::Product(a, b) => a.dot(&b.dot(v)),
        }
    }
}

/// The outer product `x y^T` that nalgebra's implementation lacks.
impl ArgminDot<DVector<f64>, InverseHessian> for DVector<f64> {
    fn dot(&self, other: &DVector<f64>) -> InverseHessian {
        Node::Outer(Arc::new(self.clone()), Arc::new(other.clone())).into()
    }
}

impl ArgminDot<Self, Self> for InverseHessian {
    fn dot(&self, other: &Self) -> Self {
        Node::Product(self.clone(), other.clone()).into()
    }
}

impl ArgminAdd<Self, Self> for InverseHessian {
    fn add(&self, other: &Self) -> Self {
        Node::Sum(self.clone(), other.clone()).into()
    }
}

impl ArgminSub<Self, Self> for InverseHessian {
    fn sub(&self, other: &Self) -> Self {
        Node::Difference(self.clone(), other.clone()).into()
    }
}

impl ArgminMul<f64, Self> for InverseHessian {
    fn mul(&self, factor: &f64) -> Self {
        Node::Scaled(*factor, self.clone()).into()
    }
}

impl ArgminTranspose<Self> for InverseHessian {
    fn t(self) -> Self {
        match &*self.0 {
            Node::Identity => self,
            Node::Outer(left, right) => Node::Outer(right.clone(), left.clone()).into(),
            Node::Scaled(factor, a) => Node::Scaled(*factor, a.clone().t()).into(),
            Node::Sum(a, b) => Node::Sum(a.clone().t(), b.clone().t()).into(),
            Node::Difference(a, b) => Node::Difference(a.clone().t(), b.clone().t()).into(),
            Node::Product(a, b) => Node::Product(b.clone().t(), a.clone().t()).into(),
        }
    }
}

/// The identity acts on vectors of every length, so it needs no size.
impl ArgminEye for InverseHessian {
    fn eye(_n: usize) -> Self {
        Node::Identity.into()
    }

    fn eye_like(&self) -> Self {
        Node::Identity.into()
    }
}
