//! Sets of `R^(2d+2)` that hold exactly one critical point.
//!
//! # Statement
//!
//! `θ*` a critical point, `B` a frame, `BᵀD²L(θ*)B ⪰ μ` and `K(r)` a Lipschitz constant of `BᵀD²L B` on the ball
//! of radius `r` about `θ*`. If `r K(r) < μ`, the Hessian is positive definite on that ball: `L` is strictly convex there, and
//! `θ*` its only critical point.

use nalgebra::DMatrix;

use super::evidence::ProvedRegion;
use crate::interval::Interval;
use crate::interval::linalg::{
    inverse_approx, point_matrix, product, spectral_norm_upper, symmetric_eigenvalues,
};
use crate::interval::rounding::{add_up, div_down, mul_down, mul_up, sub_down};
use crate::model::supervised::{
    COORDINATES, Collinear, Frame, LineBounds, LocalDerivatives, SupervisedParameters,
    ThirdDerivative,
};

/// Steps of the search for the largest radius.
const STEPS: usize = 10;

/// A region about the critical point that is known to lie in `at`; `local` are its derivatives up to the third.
///
/// None if the Hessian is not proved to be positive definite there.
pub(super) fn region(
    at: &Collinear<Interval>,
    of: &SupervisedParameters,
    local: &LocalDerivatives<Interval>,
) -> Option<ProvedRegion> {
    let frame = Frame::energy(local, of.dimension)?;
    let bound = lowest_eigenvalue(local, &frame);
    let line = LineBounds::new(at, of);
    let third = ThirdDerivative::new(local, &frame, &line);
    let radius = largest_radius(bound, |r| third.lipschitz(r))?;

    // From the frame's ball to floats that anyone can evaluate: with T near B⁻¹, Q the rotation and T_f the floats of TQ,
    // T_f δ = (TB + (T_f - TQ)QᵀB) B⁻¹Qδ, so |B⁻¹Qδ| <= |T_f δ|/(1 - loss).
    let transform = inverse_approx(&frame.basis)?;
    let gap = {
        let mut identity = product(&point_matrix(&transform), &point_matrix(&frame.basis));
        for i in 0..COORDINATES {
            identity[(i, i)] -= Interval::ONE;
        }
        spectral_norm_upper(&identity)
    };
    let rotation = rotation(at);
    let coordinates = coordinates(at);
    let centre = coordinates.map(Interval::mid);
    // The middle is not quite the critical point.
    let whole = product(&point_matrix(&transform), &rotation);
    let shift = {
        let offset = DMatrix::from_fn(COORDINATES, 1, |i, _| {
            coordinates[i] - Interval::point(centre[i])
        });
        spectral_norm_upper(&product(&whole, &offset))
    };
    // Rounding the transformation to floats moves |Tδ| by at most this relative amount.
    let floats = whole.map(Interval::mid);
    let rounding = {
        let error = whole.map(|x| x - Interval::point(x.mid()));
        let back = product(
            &error,
            &product(&rotation.transpose(), &point_matrix(&frame.basis)),
        );
        spectral_norm_upper(&back)
    };
    let loss = add_up(gap, rounding);
    let usable = loss < 0.5;
    if !usable {
        return None;
    }
    // In two dimensions nothing lies off the plane.
    let [plus, minus] = frame.beside.unwrap_or([1.0; 2]);
    // One ulp down makes the factors upper bounds of the lengths in the frame.
    let beside = [plus, minus].map(|b| div_down(1.0, b).next_up().next_up());
    let radius = sub_down(mul_down(radius, sub_down(1.0, loss)), shift);
    // The set is about the middle: it holds the critical point for certain only if it reaches as far as that may be off.
    // `shift` measures that by every matrix in `whole`, so by the floats of the transformation too.
    let holds_it = radius > shift;
    holds_it.then(|| ProvedRegion {
        centre,
        transform: std::array::from_fn(|i| std::array::from_fn(|j| floats[(i, j)])),
        beside,
        radius,
        half_widths: half_widths(&frame, &rotation, mul_down(radius, sub_down(1.0, loss))),
    })
}

/// A lower bound of the eigenvalues of `BᵀD²L B`, in the plane and beside it.
pub(super) fn lowest_eigenvalue(local: &LocalDerivatives<Interval>, frame: &Frame) -> f64 {
    let lowest = |m: &DMatrix<Interval>| {
        symmetric_eigenvalues(m)
            .ok()
            .and_then(|values| values.first().map(|x| x.inf()))
            .unwrap_or(f64::NEG_INFINITY)
    };
    let plane = lowest(&frame.jacobian(local));
    match frame.block_beside(local) {
        Some(block) => plane.min(lowest(&block)),
        None => plane,
    }
}

/// The largest `r` found with `r K(r) < μ`.
fn largest_radius(bound: f64, lipschitz: impl Fn(f64) -> f64) -> Option<f64> {
    let positive = bound > 0.0;
    if !positive {
        return None;
    }
    let holds = |r: f64| mul_up(r, lipschitz(r)) < bound;
    // K grows with r: 1/K(0) is too large.
    let mut high = div_down(bound, lipschitz(0.0)).min(1e3);
    let mut low = 0.0;
    let mut trial = 0.25 * high;
    for _ in 0..STEPS {
        if holds(trial) {
            low = trial;
        } else {
            high = trial;
        }
        trial = if low == 0.0 {
            0.25 * high
        } else {
            (low * high).sqrt()
        };
        if high <= 1.05 * low {
            break;
        }
    }
    (low > 0.0).then_some(low)
}

/// The rotation from the plane's coordinates `(w_1^(1), w_1^(2), ..)` to `(w_1·u, w_1·v, ..)`.
pub(super) fn rotation(at: &Collinear<Interval>) -> DMatrix<Interval> {
    let [c, s] = at.direction;
    let mut rotation = DMatrix::from_element(COORDINATES, COORDINATES, Interval::ZERO);
    for i in [0, 2] {
        rotation[(i, i)] = c;
        rotation[(i, i + 1)] = s;
        rotation[(i + 1, i)] = -s;
        rotation[(i + 1, i + 1)] = c;
    }
    for i in [4, 5] {
        rotation[(i, i)] = Interval::ONE;
    }
    rotation
}

/// `(w_1^(1), w_1^(2), w_2^(1), w_2^(2), F_1, F_2)` of a collinear point.
pub(super) fn coordinates(at: &Collinear<Interval>) -> [Interval; COORDINATES] {
    let ([c, s], [l1, l2], [f1, f2]) = (at.direction, at.lengths, at.weights);
    [l1 * c, l1 * s, l2 * c, l2 * s, f1, f2]
}

/// The lengths of the rows of `QᵀB` times the radius, rounded down.
fn half_widths(frame: &Frame, rotation: &DMatrix<Interval>, radius: f64) -> [f64; COORDINATES] {
    let back = product(&rotation.transpose(), &point_matrix(&frame.basis));
    std::array::from_fn(|i| {
        let length = (back.row(i).iter())
            .map(|x| x.sqr())
            .sum::<Interval>()
            .sqrt();
        mul_down(length.inf().max(0.0), radius)
    })
}
