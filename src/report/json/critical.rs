//! Critical points, the Jacobian, the distance and the content: proved sets.

use serde::Serialize;

use super::number::{Lower, Set, Upper, sets};
use crate::claim::{self, ClaimCondition, ConditionId, CriticalPoint, Spectrum};
use crate::report::phrases;
use crate::theorem::Verdict;

#[derive(Serialize)]
pub(super) struct Simplified {
    minimum: Point,
    minimum_row_2: Point,
    #[serde(skip_serializing_if = "Option::is_none")]
    saddle: Option<Point>,
}

impl From<&claim::SimplifiedEvidence> for Simplified {
    fn from(simplified: &claim::SimplifiedEvidence) -> Self {
        let [first, second] = &simplified.minima;
        Self {
            minimum: first.into(),
            minimum_row_2: second.into(),
            saddle: simplified.saddle.as_ref().map(Point::from),
        }
    }
}

#[derive(Serialize)]
struct Point {
    point: Vec<Set>,
    value: Set,
    hessian_eigenvalues: Vec<Set>,
    kappa: Set,
    verdict: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    obstacle: Option<Obstacle>,
    /// These two only if the point is proved to be alone there.
    #[serde(skip_serializing_if = "Option::is_none")]
    uniqueness_box: Option<Vec<Set>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uniqueness_radius: Option<Lower>,
}

#[derive(Serialize)]
pub(super) struct Obstacle {
    hypothesis: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<Upper>,
    #[serde(skip_serializing_if = "Option::is_none")]
    right: Option<Lower>,
    advice: String,
}

/// The number of negative eigenvalues, if it is proved.
pub(super) const fn index(verdict: &Verdict) -> Option<usize> {
    match verdict {
        Verdict::ProvedMinimum => Some(0),
        Verdict::ProvedStationary { index } => Some(*index),
        _ => None,
    }
}

/// The hypothesis that could not be verified, if that is the verdict.
pub(super) fn obstacle(verdict: &Verdict) -> Option<Obstacle> {
    match verdict {
        Verdict::Inconclusive(why) => Some(Obstacle {
            hypothesis: why.hypothesis.clone(),
            left: (!why.left.is_nan()).then_some(Upper(why.left)),
            right: (!why.right.is_nan()).then_some(Lower(why.right)),
            advice: why.advice.clone(),
        }),
        _ => None,
    }
}

impl From<&CriticalPoint> for Point {
    fn from(p: &CriticalPoint) -> Self {
        Self {
            point: sets(p.point),
            value: p.value.into(),
            hessian_eigenvalues: sets(p.plane_eigenvalues),
            kappa: p.kappa.into(),
            verdict: name(&p.verdict),
            index: index(&p.verdict),
            obstacle: obstacle(&p.verdict),
            uniqueness_box: p.verdict.is_proved().then(|| sets(p.uniqueness)),
            uniqueness_radius: p.verdict.is_proved().then_some(Lower(p.uniqueness_radius)),
        }
    }
}

/// The verdict without its details, which have fields of their own.
pub(super) fn name(verdict: &Verdict) -> String {
    match verdict {
        Verdict::ProvedStationary { .. } => "proved stationary point".to_owned(),
        Verdict::Inconclusive(_) => "inconclusive".to_owned(),
        Verdict::Refuted => "refuted".to_owned(),
        other => other.to_string(),
    }
}

/// The four fields of one space at the top are those of W, which the verdict is about.
#[derive(Serialize)]
pub(super) struct Jacobian {
    #[serde(flatten)]
    all: SpectrumView,
    row: SpectrumView,
    kappa: Vec<Set>,
    plane_eigenvalues: Vec<Vec<Set>>,
}

#[derive(Serialize)]
struct SpectrumView {
    space: &'static str,
    determinant_sign: &'static str,
    sigma_min: Set,
    sigma_max: Set,
    condition: Set,
}

impl SpectrumView {
    fn new(space: claim::Space, s: &Spectrum) -> Self {
        Self {
            space: space.name(),
            determinant_sign: phrases::sign(s.determinant_sign),
            sigma_min: s.sigma_min.into(),
            sigma_max: s.sigma_max.into(),
            condition: s.condition.into(),
        }
    }
}

impl From<&claim::JacobianEvidence> for Jacobian {
    fn from(jacobian: &claim::JacobianEvidence) -> Self {
        Self {
            all: SpectrumView::new(claim::Space::All, &jacobian.all),
            row: SpectrumView::new(claim::Space::Row, &jacobian.row),
            kappa: sets(jacobian.kappa),
            plane_eigenvalues: jacobian.plane_eigenvalues.map(sets).into(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Exact {
    minimum: Point,
    minimum_row_2: Point,
    distance: Set,
    row_distance: Vec<Set>,
    /// Names of conditions, each once.
    contained_by: Vec<&'static str>,
    /// Positions in `conditions`.
    contained_by_conditions: Vec<usize>,
}

impl Exact {
    pub(super) fn new(exact: &claim::ExactEvidence, conditions: &[ClaimCondition]) -> Self {
        let [first, second] = &exact.minima;
        let contained_by = ConditionId::ALL
            .into_iter()
            .filter(|&id| {
                exact
                    .contained_by
                    .iter()
                    .any(|&i| conditions.get(i).is_some_and(|c| c.id == id))
            })
            .map(ConditionId::name)
            .collect();
        Self {
            minimum: first.into(),
            minimum_row_2: second.into(),
            distance: exact.distance.into(),
            row_distance: sets(exact.row_distance),
            contained_by,
            contained_by_conditions: exact.contained_by.clone(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Content<'a> {
    coefficients: Vec<Vec<Set>>,
    cosines: Vec<Vec<Set>>,
    projections: Vec<Set>,
    explanation: &'a str,
    same_side_projections: Vec<Set>,
}

impl<'a> From<&'a claim::Content> for Content<'a> {
    fn from(content: &'a claim::Content) -> Self {
        Self {
            coefficients: content.coefficients.map(sets).into(),
            cosines: content.cosines.map(sets).into(),
            projections: sets(content.projections),
            explanation: &content.explanation,
            same_side_projections: sets(content.same_side_projections),
        }
    }
}
