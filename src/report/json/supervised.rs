//! The supervised side.

use serde::Serialize;

use super::conditions::Condition;
use super::critical::{Obstacle, index, name, obstacle};
use super::number::{Estimated, ExactFloat, Lower, Set, Upper, estimates, sets};
use super::runs::LeftOut;
use crate::claim::supervised::{
    AgreeingMinimum, DimensionPiece, MetPoint, OpposedMinimum, OpposedRefusal, ProvedRegion,
    SupervisedContent,
};
use crate::claim::{ClaimCondition, ClaimKind};
use crate::confirm::supervised::{SupervisedOutcome, SupervisedRun};
use crate::dossier;

#[derive(Serialize)]
pub(super) struct Supervised<'a> {
    verdict: &'static str,
    reason: &'a str,
    not_computed: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<Refusal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    simplified: Option<Minimum>,
    met: Vec<Met>,
    conditions: Vec<Condition<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exact: Option<Minimum>,
    #[serde(skip_serializing_if = "Option::is_none")]
    distance: Option<Distance>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agreeing: Option<Agreeing>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Content<'a>>,
    dimensions: Vec<Piece>,
    runs: Vec<Run<'a>>,
    runs_left_out: Vec<LeftOut<'a>>,
}

#[derive(Serialize)]
struct Refusal {
    a: Upper,
    f: Upper,
    boxes: usize,
    open: usize,
}

#[derive(Serialize)]
struct Minimum {
    a: Set,
    f: Set,
    value: Set,
    hessian_label_block: Vec<Set>,
    hessian_hidden_block: Set,
    hessian_mixed_block: Vec<Set>,
    hessian_beside: Vec<Set>,
    verdict: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    obstacle: Option<Obstacle>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uniqueness_in_set: Option<Vec<Set>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
    #[serde(skip_serializing_if = "Option::is_none")]
    without_symmetry: Option<Vec<Set>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uniqueness_in_six: Option<Vec<Set>>,
}

#[derive(Serialize)]
struct Region {
    centre: Vec<ExactFloat>,
    transform: Vec<Vec<ExactFloat>>,
    beside: Vec<ExactFloat>,
    radius: Lower,
}

#[derive(Serialize)]
struct Met {
    point: Vec<Set>,
    value: Set,
    hessian_eigenvalues: Vec<Set>,
    images: usize,
    is_the_minimum: bool,
    verdict: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
}

#[derive(Serialize)]
struct Distance {
    euclidean: Set,
    energy: Set,
    contained_by: Vec<usize>,
}

#[derive(Serialize)]
struct Agreeing {
    point: Vec<Set>,
    value: Set,
    projections: Vec<Set>,
    smallest_eigenvalue: Set,
    region: Region,
}

#[derive(Serialize)]
struct Content<'a> {
    coefficients: Vec<Vec<Set>>,
    cosines: Vec<Vec<Set>>,
    projections: Vec<Set>,
    explanation: &'a str,
}

#[derive(Serialize)]
struct Piece {
    from: u64,
    and_all_larger: bool,
    proved: bool,
    variance: Set,
    #[serde(skip_serializing_if = "Option::is_none")]
    a: Option<Set>,
    #[serde(skip_serializing_if = "Option::is_none")]
    f: Option<Set>,
    #[serde(skip_serializing_if = "Option::is_none")]
    smallest_eigenvalue: Option<Set>,
}

#[derive(Serialize)]
struct Run<'a> {
    method: &'static str,
    seed: u64,
    steps: u64,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<&'a str>,
    estimated: RunEstimates,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

#[derive(Serialize)]
struct RunEstimates {
    value: Estimated,
    gradient_norm: Estimated,
    plane: Vec<Estimated>,
    perpendicular: Vec<Estimated>,
    projections: Vec<Estimated>,
}

impl<'a> Supervised<'a> {
    pub(super) fn new(side: &'a dossier::Supervised) -> Self {
        let evidence = &side.evidence;
        let absent = [
            ("refusal", evidence.refusal.is_none()),
            ("simplified", evidence.simplified.is_none()),
            ("conditions", evidence.conditions.is_empty()),
            ("exact", evidence.exact.is_none()),
            ("distance", evidence.distance.is_none()),
            ("agreeing", evidence.agreeing.is_none()),
            ("content", evidence.content.is_none()),
            ("dimensions", side.dimensions.is_empty()),
            ("runs", side.runs.is_empty()),
        ];
        Self {
            verdict: evidence.verdict.name(),
            reason: &evidence.reason,
            not_computed: (absent.into_iter())
                .filter_map(|(name, absent)| absent.then_some(name))
                .collect(),
            refusal: evidence.refusal.as_ref().map(Refusal::from),
            simplified: evidence.simplified.as_ref().map(Minimum::from),
            met: evidence.met.iter().map(Met::from).collect(),
            conditions: evidence
                .conditions
                .iter()
                .map(|c: &ClaimCondition| c.into())
                .collect(),
            exact: evidence.exact.as_ref().map(Minimum::from),
            distance: evidence.distance.as_ref().map(|d| Distance {
                euclidean: d.euclidean.into(),
                energy: d.energy.into(),
                contained_by: d.contained_by.clone(),
            }),
            agreeing: evidence.agreeing.as_ref().map(Agreeing::from),
            content: evidence.content.as_ref().map(Content::from),
            dimensions: side.dimensions.iter().map(Piece::from).collect(),
            runs: side.runs.iter().map(|run| Run::new(run, side)).collect(),
            runs_left_out: side.left_out.iter().map(LeftOut::from).collect(),
        }
    }
}

impl From<&OpposedRefusal> for Refusal {
    fn from(r: &OpposedRefusal) -> Self {
        Self {
            a: Upper(r.bounds[0]),
            f: Upper(r.bounds[1]),
            boxes: r.boxes,
            open: r.open,
        }
    }
}

impl From<&OpposedMinimum> for Minimum {
    fn from(m: &OpposedMinimum) -> Self {
        let proved = m.verdict.is_proved();
        Self {
            a: m.point[0].into(),
            f: m.point[1].into(),
            value: m.value.into(),
            hessian_label_block: sets(m.blocks.label),
            hessian_hidden_block: m.blocks.hidden.into(),
            hessian_mixed_block: sets(m.blocks.mixed),
            hessian_beside: sets(m.blocks.beside),
            verdict: name(&m.verdict),
            index: index(&m.verdict),
            obstacle: obstacle(&m.verdict),
            uniqueness_in_set: proved.then(|| sets(m.uniqueness)),
            region: m.region.as_ref().map(Region::from),
            without_symmetry: m.without_symmetry.map(sets),
            uniqueness_in_six: m.uniqueness_in_six.map(sets),
        }
    }
}

impl From<&ProvedRegion> for Region {
    fn from(r: &ProvedRegion) -> Self {
        let exact = |xs: &[f64]| xs.iter().map(|&x| ExactFloat(x)).collect();
        Self {
            centre: exact(&r.centre),
            transform: r.transform.iter().map(|row| exact(row)).collect(),
            beside: exact(&r.beside),
            radius: Lower(r.radius),
        }
    }
}

impl From<&MetPoint> for Met {
    fn from(m: &MetPoint) -> Self {
        Self {
            point: sets(m.point),
            value: m.value.into(),
            hessian_eigenvalues: m.eigenvalues.iter().map(|&x| x.into()).collect(),
            images: m.images,
            is_the_minimum: m.is_opposed,
            verdict: name(&m.verdict),
            index: index(&m.verdict),
        }
    }
}

impl From<&AgreeingMinimum> for Agreeing {
    fn from(m: &AgreeingMinimum) -> Self {
        Self {
            point: sets(m.point),
            value: m.value.into(),
            projections: sets(m.cosines),
            smallest_eigenvalue: m.smallest_eigenvalue.into(),
            region: (&m.region).into(),
        }
    }
}

impl<'a> From<&'a SupervisedContent> for Content<'a> {
    fn from(c: &'a SupervisedContent) -> Self {
        Self {
            coefficients: c.coefficients.into_iter().map(sets).collect(),
            cosines: c.cosines.into_iter().map(sets).collect(),
            projections: sets(c.projections),
            explanation: &c.explanation,
        }
    }
}

impl From<&DimensionPiece> for Piece {
    fn from(p: &DimensionPiece) -> Self {
        let minimum = p.minimum.as_ref().filter(|_| p.is_proved());
        Self {
            from: p.from,
            and_all_larger: p.and_all_larger,
            proved: p.is_proved(),
            variance: p.variance.into(),
            a: minimum.map(|m| m.point[0].into()),
            f: minimum.map(|m| m.point[1].into()),
            smallest_eigenvalue: minimum.map(|m| m.blocks.smallest(p.from).into()),
        }
    }
}

impl<'a> Run<'a> {
    fn new(run: &'a SupervisedRun, side: &'a dossier::Supervised) -> Self {
        let region = match run.outcome {
            SupervisedOutcome::Arrived { region } => side.regions.get(region),
            _ => None,
        };
        Self {
            method: run.method.name(),
            seed: run.seed,
            steps: run.steps,
            outcome: run.outcome.name(),
            region: region.map(|r| r.name.as_str()),
            estimated: RunEstimates {
                value: Estimated(run.value),
                gradient_norm: Estimated(run.gradient_norm),
                plane: estimates(run.end.plane()),
                perpendicular: estimates(run.end.rows.row.map(|row| row.perpendicular)),
                projections: estimates(run.content.projections),
            },
            note: run.note.as_deref(),
        }
    }
}

/// The objective's name.
pub(super) const fn objective(kind: ClaimKind) -> &'static str {
    match kind {
        ClaimKind::Ssl
        | ClaimKind::EveryDimension
        | ClaimKind::Branch
        | ClaimKind::Region
        | ClaimKind::Global
        | ClaimKind::Descent => "population",
        ClaimKind::Sl => "population, supervised",
        ClaimKind::Contrast => "population, self-supervised and supervised",
        ClaimKind::Data => "given data",
    }
}
