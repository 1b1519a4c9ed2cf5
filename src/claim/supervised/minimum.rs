//! From a zero in an invariant set to a minimum in `R^(2d+2)`.

use nalgebra::{DMatrix, DVector};

use super::candidates::minimum_approx;
use super::evidence::{AgreeingMinimum, Blocks, OpposedMinimum};
use super::region::{coordinates, lowest_eigenvalue, region};
use super::system::{Agreeing, InvariantSet, Opposed, Restricted};
use crate::claim::critical::best_krawczyk;
use crate::interval::Interval;
use crate::interval::linalg::{apply, inverse, norm, point_matrix, symmetric_eigenvalues};
use crate::interval::rounding::mul_up;
use crate::model::cosines;
use crate::model::supervised::{
    COORDINATES, Collinear, Frame, LineBounds, LocalDerivatives, Order, SupervisedParameters,
    ThirdDerivative,
};
use crate::theorem::{
    Condition, Obstacle, Verdict, newton_kantorovich, newton_kantorovich_largest_radius,
    prove_critical_point,
};

/// Proves the minimum `w_1 = (a, 0)`, `w_2 = (-a, 0)`, `F = (-f, f)` with `a, f > 0` near a guess; also returns
/// Krawczyk's condition in the invariant set. The guess is found by descent if there is none.
///
/// 1. Krawczyk's operator in `(a, f)`: one critical point of the restriction in a box. The set is invariant,
///    so it is a critical point of `L_SL` in `R^(2d+2)`, and its `e2` content is 0 exactly.
/// 2. The Hessian on all `2d + 2` coordinates at the enclosure, block by block: positive definite or not.
/// 3. A region about it on which the Hessian stays positive definite: the critical point is the only one there.
///
/// None if descent finds no candidate.
pub(super) fn prove_opposed(
    of: &SupervisedParameters,
    guess: Option<[f64; 2]>,
) -> Option<(OpposedMinimum, Condition)> {
    let guess = guess.or_else(|| minimum_approx(of))?;
    let system = Restricted::<Opposed>::new(of.clone());
    let proof = prove_critical_point(&system, &guess);
    let pair = |v: &[Interval], unproved| match v {
        [x, y] => [*x, *y],
        _ => [unproved; 2],
    };
    let point = pair(&proof.enclosure, Interval::ENTIRE);
    let mut minimum = OpposedMinimum {
        point,
        uniqueness: pair(&proof.uniqueness, Interval::EMPTY),
        value: Interval::ENTIRE,
        blocks: Blocks::UNKNOWN,
        region: None,
        without_symmetry: None,
        uniqueness_in_six: None,
        verdict: proof.verdict.clone(),
    };
    let right_side = point.iter().all(|x| x.certainly_positive());
    if !proof.verdict.is_proved() || !right_side {
        if proof.verdict.is_proved() {
            minimum.verdict = other_point(point);
        }
        return Some((minimum, proof.condition));
    }
    let at = Opposed::point(&point);
    let local = at.derivatives(of, Order::Third);
    minimum.value = local.value;
    minimum.blocks = Blocks::of(&local);
    minimum.region = region(&at, of, &local);
    minimum.verdict = if minimum.region.is_some() {
        Verdict::ProvedMinimum
    } else {
        in_full_space(&minimum.blocks, of.dimension)
    };
    minimum.without_symmetry = without_symmetry(point, of);
    let condition = best_krawczyk(&system, &point).unwrap_or(proof.condition);
    Some((minimum, condition))
}

/// Proves the minimum with `w_1 = w_2`, `w^(1) > 0` and `F_1 = F_2 < 0` near `guess = (w^(1), w^(2), F)`; `None` unless all of it is proved.
pub(super) fn prove_agreeing(
    of: &SupervisedParameters,
    guess: [f64; 3],
) -> Option<AgreeingMinimum> {
    let system = Restricted::<Agreeing>::new(of.clone());
    let proof = prove_critical_point(&system, &guess);
    let [x, y, f] = match (proof.verdict.is_proved(), proof.enclosure.as_slice()) {
        (true, [x, y, f]) if x.certainly_positive() && f.certainly_negative() => [*x, *y, *f],
        _ => return None,
    };
    let at = Agreeing::point(&[x, y, f]);
    let local = at.derivatives(of, Order::Third);
    let region = region(&at, of, &local)?;
    let frame = Frame::euclidean(of.dimension);
    Some(AgreeingMinimum {
        point: [x, y, f],
        value: local.value,
        cosines: cosines([x, y]),
        smallest_eigenvalue: smallest_eigenvalue(&local, &frame)?,
        region,
    })
}

impl Blocks {
    const UNKNOWN: Self = Self {
        label: [Interval::ENTIRE; 2],
        hidden: Interval::ENTIRE,
        mixed: [Interval::ENTIRE; 3],
        beside: [Interval::ENTIRE; 2],
    };

    /// From the derivatives at an opposed point: entries between blocks vanish by symmetry (`notes/supervised.md`) and are left out.
    pub(super) fn of(local: &LocalDerivatives<Interval>) -> Self {
        let h = &local.jacobian;
        let half = Interval::point(0.5);
        // (e_i + s e_j)/√2 against (e_k + t e_l)/√2.
        let pair = |(i, j, s): (usize, usize, f64), (k, l, t): (usize, usize, f64)| {
            let (s, t) = (Interval::point(s), Interval::point(t));
            half * (h[i][k] + t * h[i][l] + s * h[j][k] + s * t * h[j][l])
        };
        let block = |directions: &[(usize, usize, f64)]| {
            let n = directions.len();
            let matrix = DMatrix::from_fn(n, n, |i, j| pair(directions[i], directions[j]));
            symmetric_eigenvalues(&matrix).unwrap_or(vec![Interval::ENTIRE; n])
        };
        let label = block(&[(0, 2, -1.0), (4, 5, -1.0)]);
        let mixed = block(&[(0, 2, 1.0), (1, 3, -1.0), (4, 5, 1.0)]);
        let [a, b, c] = local.beside;
        let mean = half * (a + c);
        Self {
            label: [label[0], label[1]],
            hidden: pair((1, 3, 1.0), (1, 3, 1.0)),
            mixed: [mixed[0], mixed[1], mixed[2]],
            beside: [mean + b, mean - b],
        }
    }

    fn all(&self, dimension: u64) -> Vec<(Interval, u64)> {
        let others = dimension.saturating_sub(2);
        let [s, m] = self.beside.map(|x| (x, others));
        let plane = (self.label.iter().chain(&self.mixed)).map(|&x| (x, 1));
        let mut all: Vec<_> = plane.chain([(self.hidden, 1)]).collect();
        if others > 0 {
            all.extend([s, m]);
        }
        all
    }
}

/// The index of the Hessian, if every eigenvalue's sign is known.
fn in_full_space(blocks: &Blocks, dimension: u64) -> Verdict {
    let all = blocks.all(dimension);
    // What is no enclosure (NaN) is open too.
    let known = |x: Interval| x.mig() > 0.0;
    if let Some((open, _)) = all.iter().find(|(x, _)| !known(*x)) {
        return Verdict::Inconclusive(Obstacle {
            hypothesis: "0 < λ for every eigenvalue of the Hessian in R^(2d+2)".to_owned(),
            left: 0.0,
            right: open.inf(),
            advice: "the minimum is degenerate or nearly so: move the parameters".to_owned(),
        });
    }
    let negative = all.iter().filter(|(x, _)| x.certainly_negative());
    let index: u64 = negative.map(|(_, times)| times).sum();
    if index == 0 {
        Verdict::ProvedMinimum
    } else {
        Verdict::ProvedStationary {
            index: usize::try_from(index).unwrap_or(usize::MAX),
        }
    }
}

fn other_point(point: [Interval; 2]) -> Verdict {
    Verdict::Inconclusive(Obstacle {
        hypothesis: "a > 0 and f > 0 at the critical point that was found".to_owned(),
        left: 0.0,
        right: point[0].inf().min(point[1].inf()),
        advice: "the penalties may be too strong for a minimum besides the origin".to_owned(),
    })
}

/// Is the Hessian proved to be positive definite in `R^(2d+2)`?
pub(super) fn is_positive_definite(local: &LocalDerivatives<Interval>, dimension: u64) -> bool {
    smallest_eigenvalue(local, &Frame::euclidean(dimension)).is_some_and(|x| x.certainly_positive())
}

/// Encloses the smallest eigenvalue of the Hessian in this frame.
fn smallest_eigenvalue(local: &LocalDerivatives<Interval>, frame: &Frame) -> Option<Interval> {
    let first = |m: &DMatrix<Interval>| symmetric_eigenvalues(m).ok()?.first().copied();
    let plane = first(&frame.jacobian(local))?;
    match frame.block_beside(local) {
        Some(block) => Some(plane.min(first(&block)?)),
        None => Some(plane),
    }
}

/// Newton-Kantorovich in `R^(2d+2)` at the float middle, in energy coordinates: a critical point lies within `t*`.
/// It is the one in `point` if that lies where it is the only one.
fn without_symmetry(
    point: [Interval; 2],
    of: &SupervisedParameters,
) -> Option<[Interval; COORDINATES]> {
    let middle = point.map(|x| Interval::point(x.mid()));
    let at: Collinear<Interval> = Opposed::point(&middle);
    let local = at.derivatives(of, Order::Third);
    let frame = Frame::energy(&local, of.dimension)?;
    let bound = lowest_eigenvalue(&local, &frame);
    let positive = bound > 0.0;
    if !positive {
        return None;
    }
    let inverse_norm = (Interval::ONE / Interval::point(bound)).sup();
    let residual: Interval = frame.gradient(&local).iter().map(|g| g.sqr()).sum();
    let line = LineBounds::new(&at, of);
    let third = ThirdDerivative::new(&local, &frame, &line);
    // |A⁻¹| bounds both A⁻¹F and A⁻¹DF.
    let eta = mul_up(inverse_norm, residual.sqrt().sup());
    let lipschitz = |r: f64| mul_up(inverse_norm, third.lipschitz(r));
    let radius = newton_kantorovich(eta, lipschitz).radius?;
    // The smallest ball is not much larger than the rounding errors that `point` holds: the largest one tells.
    let unique = newton_kantorovich_largest_radius(eta, lipschitz)?.uniqueness_radius?;
    let apart = {
        let offset = coordinates(&Opposed::point(&point));
        let offset = DVector::from_fn(COORDINATES, |i, _| offset[i] - coordinates(&at)[i]);
        let to_frame = inverse(&point_matrix(&frame.basis)).ok()?;
        norm(&apply(&to_frame, &offset)).sup()
    };
    let same = apart < unique;
    if !same {
        return None;
    }
    let centre = coordinates(&at);
    Some(std::array::from_fn(|i| {
        centre[i] + Interval::symmetric(mul_up(radius, frame.row_length(i)))
    }))
}
