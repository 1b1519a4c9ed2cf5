//! Krawczyk's operator on a box.
//!
//! # Statement
//!
//! For a box `X` with a point `m` inside, any matrix `Y` and `F` continuously differentiable on `X`, let
//!
//! ```text
//! K(X) = m - Y F(m) + (I - Y J(X)) (X - m),   J(X) an enclosure of DF on X.
//! ```
//!
//! Every zero in `X` lies in `K(X)`. If `K(X)` lies in the *interior* of `X`, there is exactly one
//! zero in `X`, it lies in `K(X)`, and every matrix in `J(X)` is regular. (Krawczyk 1969; Neumaier,
//! *Interval Methods for Systems of Equations*, section 5.1.)
//!
//! Touching the boundary is not enough: a zero on the edge of the box, or a double zero, stays open.

use nalgebra::{DMatrix, DVector};

use super::condition::{Condition, Status, Theorem};
use super::system::System;
use crate::interval::Interval;
use crate::interval::linalg::{inverse_approx, midpoint};
use crate::interval::rounding::{add_up, div_down, div_up, mul_up, sqrt_up, sub_down, sub_up};

/// What the operator has decided about a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Existence {
    /// Exactly one zero in the box, and the Jacobian is regular on it.
    Unique,
    /// No zero in the box.
    None,
    /// Nothing is decided.
    Open,
}

/// The image of a box under Krawczyk's operator, and what follows from it.
#[derive(Clone, Debug)]
pub struct Krawczyk {
    /// `K(X)`: holds every zero of the box. Empty vector if nothing could be computed.
    pub image: Vec<Interval>,
    /// What is decided.
    pub existence: Existence,
    /// The strict-interior measure: `left` is the largest ratio, over the coordinates, of the
    /// reach of `K(X)` from `m` to that of `X`; below 1 it lies in the interior. `lipschitz` bounds
    /// `|I - Y J(X)|` in the maximum norm, `residual` bounds `|Y F(m)|`.
    pub condition: Condition,
}

/// Applies Krawczyk's operator to the box, with `Y` an approximate inverse of the
/// middle of `J(X)`.
///
/// Nothing is decided if a component of the box, of `F(m)` or of `J(X)` is empty or unbounded.
///
/// # Panics
///
/// If the length of `x` is not the dimension of the system.
///
/// # Example
///
/// ```
/// use minlift::interval::Interval;
/// use minlift::scalar::Scalar;
/// use minlift::theorem::{Autodiff, Existence, Map, krawczyk};
///
/// struct RootOfTwo;
/// impl Map for RootOfTwo {
///     fn dimension(&self) -> usize { 1 }
///     fn eval<S: Scalar>(&self, x: &[S]) -> Vec<S> { vec![x[0].sqr() - S::from_f64(2.0)] }
/// }
/// let on = |lo, hi| Interval::new(lo, hi).map(|x| krawczyk(&Autodiff(RootOfTwo), &[x]).existence);
/// assert_eq!(on(1.2, 1.6), Ok(Existence::Unique));
/// assert_eq!(on(1.6, 2.0), Ok(Existence::None));
/// assert_eq!(on(-2.0, 2.0), Ok(Existence::Open)); // two zeros
/// ```
pub fn krawczyk<S: System + ?Sized>(system: &S, x: &[Interval]) -> Krawczyk {
    assert_eq!(x.len(), system.dimension(), "dimension of the box");
    decide(system, x).unwrap_or_else(nothing)
}

fn decide<S: System + ?Sized>(system: &S, x: &[Interval]) -> Option<Krawczyk> {
    if !x.iter().all(|c| c.is_bounded()) {
        return None;
    }
    let middle: Vec<Interval> = x.iter().map(|c| Interval::point(c.mid())).collect();
    let value = system.value(&middle);
    operator(x, &system.jacobian(x), |y| apply_points(y, &value))
}

/// `Y v`, `Y` a matrix of floats.
pub(super) fn apply_points(y: &DMatrix<f64>, v: &DVector<Interval>) -> Vec<Interval> {
    (0..y.nrows())
        .map(|i| {
            (0..v.len()).fold(Interval::ZERO, |sum, j| {
                sum + Interval::point(y[(i, j)]) * v[j]
            })
        })
        .collect()
}

/// The operator on a bounded box: `step(Y)` encloses `Y F(m)`, for every member if there is a family of maps.
pub(super) fn operator(
    x: &[Interval],
    jacobian: &DMatrix<Interval>,
    step: impl FnOnce(&DMatrix<f64>) -> Vec<Interval>,
) -> Option<Krawczyk> {
    let n = x.len();
    if jacobian.shape() != (n, n) || !jacobian.iter().all(|c| c.is_bounded()) {
        return None;
    }
    let middle: Vec<Interval> = x.iter().map(|c| Interval::point(c.mid())).collect();
    let y = inverse_approx(&midpoint(jacobian))?;
    let step = step(&y);
    if step.len() != n || !step.iter().all(|c| c.is_bounded()) {
        return None;
    }
    let mut image = Vec::with_capacity(n);
    let (mut contraction, mut step_square) = (0.0f64, 0.0f64);
    for i in 0..n {
        let mut spread = Interval::ZERO;
        let mut row = 0.0;
        for j in 0..n {
            let mut product = Interval::ZERO;
            for k in 0..n {
                product += Interval::point(y[(i, k)]) * jacobian[(k, j)];
            }
            let unit = if i == j {
                Interval::ONE
            } else {
                Interval::ZERO
            };
            let entry = unit - product;
            row = add_up(row, entry.mag());
            spread += entry * (x[j] - middle[j]);
        }
        contraction = contraction.max(row);
        step_square = add_up(step_square, mul_up(step[i].mag(), step[i].mag()));
        image.push(middle[i] - step[i] + spread);
    }
    let mut condition = interior_condition(&image, x, contraction, sqrt_up(step_square));
    let disjoint = image
        .iter()
        .zip(x)
        .any(|(k, x)| k.is_bounded() && k.intersection(*x).is_empty());
    let existence = if condition.holds() {
        Existence::Unique
    } else if disjoint {
        Existence::None
    } else {
        Existence::Open
    };
    if existence == Existence::None {
        condition.left = f64::INFINITY;
        condition.margin = 0.0;
    }
    Some(Krawczyk {
        image,
        existence,
        condition,
    })
}

/// `reach < room` in every coordinate puts `K(X)` strictly between the faces of `X`.
fn interior_condition(
    image: &[Interval],
    x: &[Interval],
    contraction: f64,
    step: f64,
) -> Condition {
    let (mut left, mut ball, mut reach_square) = (0.0f64, f64::INFINITY, 0.0);
    for (k, x) in image.iter().zip(x) {
        let m = x.mid();
        let reach = sub_up(k.sup(), m).max(sub_up(m, k.inf()));
        let room = sub_down(x.sup(), m).min(sub_down(m, x.inf()));
        // A box without interior has no room.
        let ratio = if room > 0.0 && k.is_bounded() {
            div_up(reach, room)
        } else {
            f64::INFINITY
        };
        left = left.max(ratio);
        ball = ball.min(room);
        reach_square = add_up(reach_square, mul_up(reach, reach));
    }
    let margin = div_down(1.0, left);
    let holds = margin > 1.0;
    Condition {
        left,
        margin,
        status: if holds { Status::Holds } else { Status::Fails },
        ball,
        lipschitz: contraction,
        residual: step,
        radius: holds.then(|| sqrt_up(reach_square)),
        uniqueness_radius: holds.then_some(ball),
        ..FAILED
    }
}

/// Nothing could be computed.
pub(super) const FAILED: Condition = Condition {
    theorem: Theorem::Krawczyk,
    inequality: "K(X) ⊂ int X: maxᵢ reach(Kᵢ)/reach(Xᵢ) < 1",
    left: f64::INFINITY,
    right: 1.0,
    margin: 0.0,
    status: Status::Fails,
    free_radius: None,
    ball: 0.0,
    lipschitz: f64::INFINITY,
    residual: f64::INFINITY,
    radius: None,
    uniqueness_radius: None,
};

pub(super) fn nothing() -> Krawczyk {
    Krawczyk {
        image: Vec::new(),
        existence: Existence::Open,
        condition: FAILED,
    }
}

/// Encloses `F` on a box by the mean value form `F(m) + J(X)(X - m)`, intersected with the plain one.
#[must_use]
pub(crate) fn value_enclosure<S: System + ?Sized>(system: &S, x: &[Interval]) -> DVector<Interval> {
    let plain = system.value(x);
    if x.iter().all(|c| c.is_point()) {
        return plain;
    }
    let middle: Vec<Interval> = x.iter().map(|c| Interval::point(c.mid())).collect();
    let (at_middle, jacobian) = (system.value(&middle), system.jacobian(x));
    DVector::from_fn(x.len(), |i, _| {
        let centred = (0..x.len()).fold(at_middle[i], |sum, j| {
            sum + jacobian[(i, j)] * (x[j] - middle[j])
        });
        let both = plain[i].intersection(centred);
        // Two enclosures of the same set meet; if they do not, believe neither.
        if both.is_empty() {
            Interval::ENTIRE
        } else {
            both
        }
    })
}
