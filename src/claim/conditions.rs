//! Step 3: the radius conditions of theory section 6, for a row, for `W` and in the plane.

use std::cell::RefCell;
use std::collections::HashMap;

use super::evidence::{ClaimCondition, ConditionId, Space};
use crate::interval::Interval;
use crate::model::{
    BallBounds, RowJacobian, RowObjective, SecondDerivativeNorm, eigenvalues_symmetric_2x2,
};
use crate::theorem::{
    Condition, newton_kantorovich, newton_kantorovich_largest_radius, quantitative_ift,
    quantitative_ift_largest_radius,
};

/// What conditions 1 and 2 need to know about one row at `w̃*`.
pub(super) struct RowData<'a> {
    /// The exact objective.
    pub objective: &'a RowObjective<Interval>,
    /// The enclosure of `w̃*`.
    pub centre: [Interval; 2],
    /// `A = D∇ℓ(w̃*)`.
    pub jacobian: RowJacobian<Interval>,
    /// `∇ℓ(w̃*)` in the plane; it vanishes off it.
    pub gradient: [Interval; 2],
    /// Eigenvalues of `A` in the plane.
    pub plane_eigenvalues: [Interval; 2],
    /// The inverse of `A`'s block in the plane: entries 11, 12, 22.
    plane_inverse: [Interval; 3],
    balls: RefCell<HashMap<i32, BallBounds>>,
    norms: RefCell<HashMap<(i32, Derivative), f64>>,
}

/// Which derivative of the Jacobian is bounded, in which norm.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Derivative {
    Spectral,
    Frobenius,
    Plane,
    Preconditioned,
    PreconditionedPlane,
}

/// A matrix norm a condition is stated in.
#[derive(Clone, Copy, PartialEq)]
enum Norm {
    Spectral,
    Frobenius,
}

impl<'a> RowData<'a> {
    /// Evaluates gradient and Jacobian at the enclosure of `w̃*`.
    pub fn new(objective: &'a RowObjective<Interval>, centre: [Interval; 2]) -> Self {
        let jacobian = objective.jacobian(centre, Interval::ZERO);
        let (gradient, _) = objective.gradient(centre, Interval::ZERO);
        let block = jacobian.plane_block();
        let plane_eigenvalues = eigenvalues_symmetric_2x2(block);
        Self {
            objective,
            centre,
            jacobian,
            gradient,
            plane_eigenvalues,
            plane_inverse: inverse_2x2(block, plane_eigenvalues),
            balls: RefCell::default(),
            norms: RefCell::default(),
        }
    }

    fn others(&self) -> f64 {
        (self.objective.dimension() - 2) as f64
    }

    /// Upper bound of the Lipschitz constant on the ball of this radius: that of the next
    /// radius on a grid of ratio `2^(1/8)`, each of which is enclosed once.
    fn lipschitz(&self, radius: f64, of: Derivative) -> f64 {
        let Some((key, edge)) = next_on_grid(radius) else {
            return f64::INFINITY;
        };
        *self.norms.borrow_mut().entry((key, of)).or_insert_with(|| {
            let mut balls = self.balls.borrow_mut();
            let ball = balls
                .entry(key)
                .or_insert_with(|| BallBounds::new(self.objective, self.centre, edge));
            ball.norm(match of {
                Derivative::Spectral => SecondDerivativeNorm::Spectral,
                Derivative::Frobenius => SecondDerivativeNorm::Frobenius,
                Derivative::Plane => SecondDerivativeNorm::Plane,
                Derivative::Preconditioned => SecondDerivativeNorm::Preconditioned {
                    plane: self.plane_inverse,
                    perp: self.jacobian.kappa.recip(),
                },
                Derivative::PreconditionedPlane => {
                    SecondDerivativeNorm::PreconditionedPlane(self.plane_inverse)
                }
            })
        })
    }

    /// Singular values of `A`: those in the plane, and `|κ|` if there is anything off it.
    pub fn singular_values(&self, space: Space) -> Vec<Interval> {
        let mut values: Vec<_> = self.plane_eigenvalues.iter().map(|x| x.abs()).collect();
        if space != Space::Plane && self.objective.dimension() > 2 {
            values.push(self.jacobian.kappa.abs());
        }
        values
    }

    /// `|A|` in this norm.
    fn norm(&self, space: Space, norm: Norm) -> Interval {
        self.norm_of(space, norm, Interval::abs)
    }

    /// `|A^-1|` in this norm; unbounded if `A` may be singular.
    fn inverse_norm(&self, space: Space, norm: Norm) -> Interval {
        self.norm_of(space, norm, |x| x.abs().recip())
    }

    /// The norm of the symmetric matrix whose singular values are these functions of `A`'s eigenvalues.
    fn norm_of(&self, space: Space, norm: Norm, of: fn(Interval) -> Interval) -> Interval {
        let plane = self.plane_eigenvalues.map(of);
        let perp = of(self.jacobian.kappa);
        let has_perp = space != Space::Plane && self.objective.dimension() > 2;
        match norm {
            Norm::Spectral if has_perp => plane[0].max(plane[1]).max(perp),
            Norm::Spectral => plane[0].max(plane[1]),
            Norm::Frobenius => {
                let in_plane = plane[0].sqr() + plane[1].sqr();
                let off = if has_perp {
                    Interval::point(self.others()) * perp.sqr()
                } else {
                    Interval::ZERO
                };
                (in_plane + off).sqrt()
            }
        }
    }

    fn residual(&self) -> Interval {
        length(self.gradient)
    }

    /// `|A^-1 ∇ℓ(w̃*)|`: the gradient has no part off the plane.
    fn newton_step(&self) -> Interval {
        let [a, b, c] = self.plane_inverse;
        let [g1, g2] = self.gradient;
        length([a * g1 + b * g2, b * g1 + c * g2])
    }
}

/// All conditions, in the order of the report.
pub(super) fn radius_conditions(rows: &[&RowData<'_>]) -> Vec<ClaimCondition> {
    let mut all = Vec::new();
    for space in [Space::Row, Space::All] {
        for norm in [Norm::Spectral, Norm::Frobenius] {
            all.push(ift(rows, ConditionId::QuantitativeIft, space, norm));
        }
    }
    for space in [Space::Row, Space::All] {
        all.push(kantorovich(rows, ConditionId::NewtonKantorovich, space));
    }
    all.push(ift(rows, ConditionId::Plane, Space::Plane, Norm::Spectral));
    all.push(kantorovich(rows, ConditionId::Plane, Space::Plane));
    all
}

/// One bound for both rows: `W` adds squares of residuals, a row takes the larger.
fn gather(rows: &[&RowData<'_>], space: Space, value: impl Fn(&RowData<'_>) -> Interval) -> f64 {
    let values = rows.iter().map(|row| value(row));
    if space == Space::All {
        values.map(Interval::sqr).sum::<Interval>().sqrt().sup()
    } else {
        largest(values.map(Interval::sup))
    }
}

/// The largest of upper bounds of norms; what is no such bound (NaN, or the `-∞` of an empty
/// enclosure) counts as infinite.
pub(super) fn largest(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(0.0, |a, b| {
        if b >= 0.0 {
            f64::max(a, b)
        } else {
            f64::INFINITY
        }
    })
}

fn ift(rows: &[&RowData<'_>], id: ConditionId, space: Space, norm: Norm) -> ClaimCondition {
    let which = match (space, norm) {
        (Space::Plane, _) => Derivative::Plane,
        (_, Norm::Spectral) => Derivative::Spectral,
        (_, Norm::Frobenius) => Derivative::Frobenius,
    };
    // The Jacobian of W is block diagonal: the spectral norm of its inverse is the larger
    // one of the rows, the Frobenius norm adds squares; its Lipschitz constant is the larger one.
    let combined = if norm == Norm::Frobenius {
        space
    } else {
        Space::Row
    };
    let inverse = gather(rows, combined, |row| row.inverse_norm(space, norm));
    let residual = gather(rows, space, |row| row.residual());
    let lipschitz = |radius: f64| largest(rows.iter().map(|row| row.lipschitz(radius, which)));
    let condition = quantitative_ift(inverse, residual, lipschitz);
    let widest = quantitative_ift_largest_radius(inverse, residual, lipschitz);
    let norm_a = gather(rows, combined, |row| row.norm(space, norm));
    ClaimCondition {
        id,
        space,
        norm: if norm == Norm::Frobenius {
            "Frobenius"
        } else {
            "spectral"
        },
        condition,
        norm_a: Some(norm_a),
        norm_a_inverse: Some(inverse),
        largest_uniqueness_radius: widest.and_then(|c: Condition| c.uniqueness_radius),
    }
}

fn kantorovich(rows: &[&RowData<'_>], id: ConditionId, space: Space) -> ClaimCondition {
    let eta = gather(rows, space, |row| row.newton_step());
    let which = if space == Space::Plane {
        Derivative::PreconditionedPlane
    } else {
        Derivative::Preconditioned
    };
    let lipschitz = |radius: f64| largest(rows.iter().map(|row| row.lipschitz(radius, which)));
    let condition = newton_kantorovich(eta, lipschitz);
    let widest = newton_kantorovich_largest_radius(eta, lipschitz);
    ClaimCondition {
        id,
        space,
        norm: "spectral",
        largest_uniqueness_radius: widest.and_then(|c: Condition| c.uniqueness_radius),
        condition,
        norm_a: None,
        norm_a_inverse: None,
    }
}

/// The inverse of `[[a, b], [b, c]]` with these eigenvalues: entries 11, 12, 22; unbounded if it
/// may be singular.
fn inverse_2x2([a, b, c]: [Interval; 3], [low, high]: [Interval; 2]) -> [Interval; 3] {
    let determinant = (low * high).intersection(a * c - b.sqr());
    if determinant.mig() > 0.0 {
        [c / determinant, -b / determinant, a / determinant]
    } else {
        [Interval::ENTIRE; 3]
    }
}

fn length(v: [Interval; 2]) -> Interval {
    (v[0].sqr() + v[1].sqr()).sqrt()
}

/// The smallest `2^(k/8)`, rounded up a little, that is at least `radius`, with its `k`;
/// none for radii that are no ball.
pub(super) fn next_on_grid(radius: f64) -> Option<(i32, f64)> {
    if !(0.0..1e6).contains(&radius) {
        return None;
    }
    let edge = |k: i32| (f64::from(k) / 8.0).exp2() * (1.0 + 1e-9);
    let mut k = (8.0 * radius.max(1e-12).log2()).floor() as i32;
    while edge(k) < radius {
        k += 1;
    }
    Some((k, edge(k)))
}
