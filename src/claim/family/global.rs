//! All critical points of `ℓ`, and the basin of `w*`.
//!
//! Every critical point lies in span(e1, e2) (theory section 3) and in the disc `‖w‖² <= sup zσ'(z)/α`. Branch and bound over a rectangle about
//! the half disc excludes boxes or proves exactly one point in each; the mirror image of what is on the right is on the left.
//!
//! What follows for gradient flow and gradient descent is Lemma "basin" of `notes/basin.md`; its hypotheses are checked one by one.

use nalgebra::{DMatrix, DVector};

use super::decision::{Decision, within_the_theory};
use crate::claim::{Claim, PlaneGradient};
use crate::interval::Interval;
use crate::interval::rounding::mul_up;
use crate::model::eigenvalues_symmetric_2x2;
use crate::theorem::{Lower, SearchLimits, System, Upper, ZeroProof, all_zeros};

/// A critical point with `w^(1) >= 0`.
#[derive(Clone, Debug)]
pub struct GlobalPoint {
    /// Encloses `(w^(1), w^(2))`; on the axis `w^(1)` is exactly 0.
    pub point: [Interval; 2],
    /// The only critical point with `(w^(1), τ w^(2))` here.
    pub alone: [Interval; 2],
    /// Is it proved to lie on the axis `w^(1) = 0`? Otherwise it has a mirror image.
    pub on_axis: bool,
    /// Number of negative eigenvalues of the Hessian in the plane.
    pub index_in_plane: Option<usize>,
    /// Number of negative eigenvalues in `R^d`: `κ` has the sign of `w^(2)`, and multiplicity `d - 2`.
    pub index: Option<u64>,
    /// Encloses the eigenvalues of the Hessian in the plane, in the coordinates `(w^(1), w^(2))`.
    pub eigenvalues: [Interval; 2],
    /// Encloses `∂²ℓ/∂(w^(1))²`.
    pub across: Interval,
}

/// One hypothesis of the lemma about the basin.
#[derive(Clone, Debug)]
pub struct Hypothesis {
    /// What has to hold.
    pub statement: String,
    /// What was found.
    pub found: String,
    /// Is it proved?
    pub holds: bool,
}

/// What is proved about all critical points.
#[derive(Clone, Debug)]
pub struct GlobalEvidence {
    /// The decision.
    pub decision: Decision,
    /// Upper bound of the radius of the disc that holds all critical points.
    pub disc_radius: f64,
    /// Those with `w^(1) >= 0`, the axis first.
    pub points: Vec<GlobalPoint>,
    /// Boxes examined.
    pub boxes: usize,
    /// Boxes about which nothing is proved: 0 if the list is complete.
    pub open: usize,
    /// Upper bound of `Λ`, which bounds the norm of the Hessian on all of `R^d`.
    pub smoothness: f64,
    /// The hypotheses of the lemma about the basin.
    pub hypotheses: Vec<Hypothesis>,
}

/// Boxes examined before the search is given up.
const LIMITS: SearchLimits = SearchLimits {
    boxes: 20_000,
    smallest: 1e-8,
};
/// The search begins this far to the left of the axis, so that points on it lie inside.
const BESIDE_THE_AXIS: f64 = 0.25;

impl GlobalEvidence {
    /// Searches the whole disc of the claim's exact objective.
    #[must_use]
    pub fn of(claim: &Claim) -> Self {
        let radius_sqr =
            Interval::point(crate::gaussian::Activation::SIGMOID.radial_bound()) / claim.alpha;
        let mut evidence = Self {
            decision: Decision::open("", ""),
            disc_radius: radius_sqr.sqrt().sup(),
            points: Vec::new(),
            boxes: 0,
            open: 1,
            smoothness: smoothness_upper(claim),
            hypotheses: Vec::new(),
        };
        if let Err(decision) = within_the_theory(claim) {
            evidence.decision = decision;
            return evidence;
        }
        // A little wider than the disc, so that no point lies on the edge.
        let found = critical_points_in(claim, 1.001 * evidence.disc_radius);
        (evidence.points, evidence.boxes, evidence.open) = (found.points, found.boxes, found.open);
        evidence.points.sort_by_key(|point| !point.on_axis);
        evidence.hypotheses = evidence.hypotheses_of(claim);
        evidence.decision = evidence.conclude();
        evidence
    }

    /// The number of critical points, mirror images included; it is exact if no box is open.
    #[must_use]
    pub fn count(&self) -> usize {
        self.points
            .iter()
            .map(|p| if p.on_axis { 1 } else { 2 })
            .sum()
    }

    fn right(&self) -> impl Iterator<Item = &GlobalPoint> {
        self.points.iter().filter(|point| !point.on_axis)
    }

    fn hypotheses_of(&self, claim: &Claim) -> Vec<Hypothesis> {
        let minima = self.right().filter(|point| point.index == Some(0)).count();
        let axis: Vec<&GlobalPoint> = self.points.iter().filter(|p| p.on_axis).collect();
        let across = axis
            .iter()
            .map(|p| p.across.sup())
            .fold(f64::NEG_INFINITY, f64::max);
        let step = mul_up(claim.step.sup(), self.smoothness);
        let hypothesis = |statement: &str, found: String, holds: bool| Hypothesis {
            statement: statement.to_owned(),
            found,
            holds,
        };
        vec![
            hypothesis(
                "p1 = p3 and p2 = p4",
                "as written".to_owned(),
                claim.mirror_symmetric,
            ),
            hypothesis(
                "finitely many critical points, all known",
                format!(
                    "{} of them; {} of {} boxes open",
                    self.count(),
                    self.open,
                    self.boxes
                ),
                self.open == 0,
            ),
            hypothesis(
                "exactly one critical point with w^(1) > 0, a local minimum",
                format!("{} of them, {minima} a minimum", self.right().count()),
                self.right().count() == 1 && minima == 1,
            ),
            hypothesis(
                "∂²ℓ/∂(w^(1))² < 0 at each critical point on the axis",
                format!(
                    "{} points on the axis, at most {}",
                    axis.len(),
                    Upper(across)
                ),
                !axis.is_empty() && across < 0.0,
            ),
            hypothesis(
                "gradient descent: the step is below 1/Λ",
                format!("step times Λ is at most {}", Upper(step)),
                claim.step.certainly_positive() && step < 1.0,
            ),
        ]
    }

    fn conclude(&self) -> Decision {
        if self.open > 0 {
            return Decision::open(
                format!(
                    "{} boxes of the disc are undecided after {} examined",
                    self.open, self.boxes
                ),
                "the parameters may lie at the pitchfork: move alpha away from it",
            );
        }
        let right = self.right().count();
        if right != 1 {
            return Decision::refused(format!(
                "proved: there are exactly {} critical points, {right} of them with w^(1) > 0, so w* and its basin are not what the claim says",
                self.count()
            ));
        }
        if let Some(short) = self.hypotheses.iter().find(|h| !h.holds) {
            let advice =
                "the critical points are all known; the hypothesis named is about the basin";
            return Decision::open(
                format!(
                    "a hypothesis of the basin is not proved: {} ({})",
                    short.statement, short.found
                ),
                advice,
            );
        }
        Decision::verified(format!(
            "the exact (population) objective of a row has exactly {} critical points in R^d ({} boxes examined), one of them with w^(1) > 0: \
             the minimum w*. The half-space w^(1) > 0 is its basin for the gradient flow and for gradient descent with every step below {}, \
             the claim's among them",
            self.count(),
            self.boxes,
            Lower((Interval::ONE / Interval::point(self.smoothness)).inf())
        ))
    }
}

/// `Λ <= 2α + (1/(3√3) + 1/8)(max(1, τ²(p_2 + p_4)) + ρ_x² + ρ_a²)`: bounds the norm of the Hessian everywhere.
///
/// `|σ''| <= 1/(6√3)`, `σ' <= 1/4`, `σ <= 1`, and `E xxᵀ` is diagonal in the plane if the weights are mirror-symmetric.
fn smoothness_upper(claim: &Claim) -> f64 {
    let [two, three, eight] = [2.0, 3.0, 8.0].map(Interval::point);
    let factor = Interval::ONE / (three * three.sqrt()) + Interval::ONE / eight;
    let [_, p2, _, p4] = claim.weights;
    let second = Interval::ONE.max(claim.tau.sqr() * (p2 + p4));
    let noise = claim.rho_data.sqr() + claim.rho_view.sqr();
    (two * claim.alpha + factor * (second + noise)).sup()
}

/// What a search of a rectangle has found.
#[derive(Clone, Debug)]
pub struct CriticalPoints {
    /// The critical points with `w^(1) >= 0` in it.
    pub points: Vec<GlobalPoint>,
    /// Boxes examined.
    pub boxes: usize,
    /// Boxes about which nothing is proved.
    pub open: usize,
}

/// All critical points of the claim's exact objective in span(e1, e2) with `0 <= w^(1) <= reach` and `|w^(2)| <= reach`, for mirror-symmetric
/// weights. The list is complete if no box is open.
#[must_use]
pub fn critical_points_in(claim: &Claim, reach: f64) -> CriticalPoints {
    let system = claim.exact_plane();
    let features = Features::new(&system, claim.tau);
    let second = (claim.tau * Interval::point(reach)).sup();
    let region = [
        Interval::new(-BESIDE_THE_AXIS, reach),
        Interval::new(-second, second),
    ];
    let [Ok(first), Ok(second)] = region else {
        return CriticalPoints {
            points: Vec::new(),
            boxes: 0,
            open: 1,
        };
    };
    let found = all_zeros(&features, &[first, second], LIMITS);
    let mut points = Vec::new();
    let mut open = found.undecided.len();
    for zero in &found.zeros {
        match point(&system, claim, zero) {
            Side::Kept(point) => points.push(point),
            Side::MirrorImage => {}
            Side::Open => open += 1,
        }
    }
    CriticalPoints {
        points,
        boxes: found.examined,
        open,
    }
}

enum Side {
    Kept(GlobalPoint),
    MirrorImage,
    Open,
}

fn point(system: &PlaneGradient, claim: &Claim, zero: &ZeroProof) -> Side {
    let ([x, z2], [across, up]) = match (&zero.enclosure[..], &zero.uniqueness[..]) {
        (&[x, y], &[u, v]) => ([x, y], [u, v]),
        _ => return Side::Open,
    };
    if x.certainly_negative() {
        return Side::MirrorImage;
    }
    let y = z2 / claim.tau;
    let on_axis = x.contains(0.0);
    // Its mirror image is a zero as well; where there is only one, the two are the same.
    if on_axis && !((-x).subset_of(across) && z2.subset_of(up)) {
        return Side::Open;
    }
    let w = [if on_axis { Interval::ZERO } else { x }, y];
    let block = system.enclosed().jacobian(w, Interval::ZERO).plane_block();
    let eigenvalues = eigenvalues_symmetric_2x2(block);
    let known = eigenvalues.iter().all(|x| x.mig() > 0.0);
    let negative = eigenvalues
        .iter()
        .filter(|x| x.certainly_negative())
        .count();
    let index_in_plane = known.then_some(negative);
    let others = claim.d.saturating_sub(2);
    let index = index_in_plane.and_then(|in_plane| {
        let in_plane = in_plane as u64;
        if others == 0 || y.certainly_positive() {
            Some(in_plane)
        } else if y.certainly_negative() {
            Some(in_plane + others)
        } else {
            None
        }
    });
    Side::Kept(GlobalPoint {
        point: w,
        alone: [across, up],
        on_axis,
        index_in_plane,
        index,
        eigenvalues,
        across: block[0],
    })
}

/// The gradient as a function of `(w^(1), τ w^(2))`: halving the wider side then halves what the means depend on.
#[derive(Debug)]
pub(crate) struct Features<'a> {
    system: &'a PlaneGradient,
    tau: Interval,
}

impl<'a> Features<'a> {
    /// The same system in these coordinates.
    pub(crate) const fn new(system: &'a PlaneGradient, tau: Interval) -> Self {
        Self { system, tau }
    }
}

impl Features<'_> {
    fn enclosed(&self, z: &[Interval]) -> [Interval; 2] {
        [z[0], z[1] / self.tau]
    }

    fn floats(&self, z: &[f64]) -> [f64; 2] {
        [z[0], z[1] / self.tau.mid()]
    }
}

impl System for Features<'_> {
    fn dimension(&self) -> usize {
        2
    }

    fn value(&self, z: &[Interval]) -> DVector<Interval> {
        self.system.value(&self.enclosed(z))
    }

    fn jacobian(&self, z: &[Interval]) -> DMatrix<Interval> {
        let mut jacobian = self.system.jacobian(&self.enclosed(z));
        for entry in jacobian.column_mut(1).iter_mut() {
            *entry /= self.tau;
        }
        jacobian
    }

    fn value_approx(&self, z: &[f64]) -> DVector<f64> {
        self.system.value_approx(&self.floats(z))
    }

    fn jacobian_approx(&self, z: &[f64]) -> DMatrix<f64> {
        let mut jacobian = self.system.jacobian_approx(&self.floats(z));
        for entry in jacobian.column_mut(1).iter_mut() {
            *entry /= self.tau.mid();
        }
        jacobian
    }
}
