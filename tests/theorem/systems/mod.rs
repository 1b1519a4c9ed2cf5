//! Maps with known zeros, shared by the tests of the theorems.

use minlift::interval::Interval;
use minlift::scalar::Scalar;
use minlift::theorem::{Gradient, Map};

/// `x^2 - 2`, the gradient of `x^3/3 - 2x`.
pub struct RootOfTwo;
impl Map for RootOfTwo {
    fn dimension(&self) -> usize {
        1
    }
    fn eval<S: Scalar>(&self, x: &[S]) -> Vec<S> {
        vec![x[0].sqr() - S::from_f64(2.0)]
    }
}
impl Gradient for RootOfTwo {}

/// `x^2 + y = 2, x + y^2 = 2`: zeros (1, 1), (-2, -2), ((1 -+ sqrt 5)/2, (1 +- sqrt 5)/2).
pub struct Parabolas;
impl Map for Parabolas {
    fn dimension(&self) -> usize {
        2
    }
    fn eval<S: Scalar>(&self, x: &[S]) -> Vec<S> {
        let two = S::from_f64(2.0);
        vec![x[0].sqr() + x[1] - two, x[0] + x[1].sqr() - two]
    }
}
impl Gradient for Parabolas {}

/// Gradient of Rosenbrock's `(1 - x)^2 + 100 (y - x^2)^2`: one critical point, the minimum (1, 1).
pub struct Rosenbrock;
impl Map for Rosenbrock {
    fn dimension(&self) -> usize {
        2
    }
    fn eval<S: Scalar>(&self, x: &[S]) -> Vec<S> {
        let c = S::from_f64;
        let valley = x[1] - x[0].sqr();
        vec![
            c(2.0) * (x[0] - c(1.0)) - c(400.0) * x[0] * valley,
            c(200.0) * valley,
        ]
    }
}
impl Gradient for Rosenbrock {}

/// Gradient of Himmelblau's `(x^2 + y - 11)^2 + (x + y^2 - 7)^2`: 4 minima, 4 saddles, 1 maximum.
pub struct Himmelblau;
impl Map for Himmelblau {
    fn dimension(&self) -> usize {
        2
    }
    fn eval<S: Scalar>(&self, x: &[S]) -> Vec<S> {
        let c = S::from_f64;
        let (p, q) = (x[0].sqr() + x[1] - c(11.0), x[0] + x[1].sqr() - c(7.0));
        vec![
            c(4.0) * x[0] * p + c(2.0) * q,
            c(2.0) * p + c(4.0) * x[1] * q,
        ]
    }
}
impl Gradient for Himmelblau {}

/// `(x - root)^2 + offset`: a double root for offset 0, none for a positive one.
pub struct Bowl {
    pub root: f64,
    pub offset: f64,
}
impl Map for Bowl {
    fn dimension(&self) -> usize {
        1
    }
    fn eval<S: Scalar>(&self, x: &[S]) -> Vec<S> {
        vec![(x[0] - S::from_f64(self.root)).sqr() + S::from_f64(self.offset)]
    }
}
impl Gradient for Bowl {}

/// `(x + y + z^2 - 3, e^x - e y + z - 1, tanh(z - 1) + x y - 1)` has the zero (1, 1, 1); no gradient.
pub struct Mixed;
impl Map for Mixed {
    fn dimension(&self) -> usize {
        3
    }
    fn eval<S: Scalar>(&self, x: &[S]) -> Vec<S> {
        let one = S::one();
        vec![
            x[0] + x[1] + x[2].sqr() - S::from_f64(3.0),
            x[0].exp() - one.exp() * x[1] + x[2] - one,
            (x[2] - one).tanh() + x[0] * x[1] - one,
        ]
    }
}

/// Every component is the same interval, whatever the argument.
pub struct Constant(pub Interval);
impl Map for Constant {
    fn dimension(&self) -> usize {
        2
    }
    fn eval<S: Scalar>(&self, _: &[S]) -> Vec<S> {
        vec![S::constant(self.0); 2]
    }
}
impl Gradient for Constant {}

/// `(y, -x)` plus a shift: its Jacobian is antisymmetric, so it is no gradient at all.
pub struct Rotation;
impl Map for Rotation {
    fn dimension(&self) -> usize {
        2
    }
    fn eval<S: Scalar>(&self, x: &[S]) -> Vec<S> {
        vec![x[1] - S::one(), -x[0]]
    }
}
impl Gradient for Rotation {}

pub fn interval(lo: f64, hi: f64) -> Interval {
    Interval::new(lo, hi).unwrap()
}
