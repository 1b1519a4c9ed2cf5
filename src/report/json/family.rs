//! A statement about many objectives.

use serde::Serialize;

use super::number::{Estimated, Lower, Set, Upper, sets};
use crate::claim::family::{
    BranchRow, DescentRow, DimensionRow, FamilyEvidence, GlobalPoint, Hypothesis, RegionEvidence,
};
use crate::confirm::ContractionRun;
use crate::interval::Interval;
use crate::theorem::Piece;

/// The evidence by the claim's kind.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Family<'a> {
    EveryDimension {
        simplified: Option<Vec<Set>>,
        all_larger_from: Option<u64>,
        constant: Upper,
        constant_all_larger: Upper,
        coefficients: Vec<Lower>,
        cosines: Vec<Lower>,
        rows: Vec<Dimension>,
        pieces: Vec<Parameters>,
    },
    Branch {
        simplified: Option<Vec<Set>>,
        constant: Upper,
        tried: usize,
        pieces: Vec<BranchPiece>,
        beyond: Vec<BranchPiece>,
        reach: Lower,
        stopped_by: &'a str,
    },
    Box {
        proved: Vec<Parameters>,
        refused: Vec<Vec<Set>>,
        open: Vec<Vec<Set>>,
        examined: usize,
        touching: usize,
        linked: usize,
        constant: Upper,
        point: Vec<Set>,
        estimated_shares: Vec<Estimated>,
    },
    Global {
        disc_radius: Upper,
        count: usize,
        boxes: usize,
        open: usize,
        points: Vec<Point>,
        smoothness: Upper,
        hypotheses: Vec<HypothesisView<'a>>,
    },
    Descent {
        start: Vec<Set>,
        step: Set,
        rows: Vec<Descent<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        estimated_run: Option<Run>,
    },
}

#[derive(Serialize)]
pub(super) struct Dimension {
    from: u64,
    and_all_larger: bool,
    variance: Set,
    point: Vec<Set>,
    unique_in: Vec<Set>,
    cosines: Vec<Set>,
    feature_eigenvalues: Vec<Set>,
    distance: Upper,
    on_the_branch: bool,
}

/// A box of `τ`, `α`, `ρ²`, with the minimum in the coordinates `w^(1)`, `τ w^(2)`.
#[derive(Serialize)]
pub(super) struct Parameters {
    parameters: Vec<Set>,
    features: Vec<Set>,
    features_unique_in: Vec<Set>,
    krawczyk: Upper,
}

#[derive(Serialize)]
pub(super) struct BranchPiece {
    variance: Set,
    point: Vec<Set>,
    unique_in: Vec<Set>,
    smallest_feature_eigenvalue: Lower,
    speed: Upper,
}

#[derive(Serialize)]
pub(super) struct Point {
    point: Vec<Set>,
    on_axis: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    index_in_plane: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<u64>,
    plane_eigenvalues: Vec<Set>,
    across: Set,
}

#[derive(Serialize)]
pub(super) struct HypothesisView<'a> {
    statement: &'a str,
    found: &'a str,
    holds: bool,
}

#[derive(Serialize)]
pub(super) struct Descent<'a> {
    from: u64,
    and_all_larger: bool,
    minimum: Vec<Set>,
    rectangle: Vec<Set>,
    #[serde(skip_serializing_if = "Option::is_none")]
    radius: Option<Upper>,
    lowest: Lower,
    highest: Upper,
    diagonal: Vec<Upper>,
    kappa: Upper,
    outward: Vec<Lower>,
    boxes: usize,
    rate: Upper,
    largest_step: Lower,
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    steps_for_a_millionth: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    obstacle: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Run {
    starts: u64,
    steps: usize,
    largest: Estimated,
    violations: u64,
}

impl<'a> From<&'a crate::dossier::Family> for Family<'a> {
    fn from(side: &'a crate::dossier::Family) -> Self {
        match &side.evidence {
            FamilyEvidence::Dimensions(e) => Self::EveryDimension {
                simplified: e.simplified.map(sets),
                all_larger_from: e.all_larger_from(),
                constant: Upper(e.constant),
                constant_all_larger: Upper(e.constant_large),
                coefficients: e.coefficients.map(Lower).into(),
                cosines: e.cosines.map(Lower).into(),
                rows: e.rows.iter().map(Dimension::from).collect(),
                pieces: e.pieces.iter().map(Parameters::from).collect(),
            },
            FamilyEvidence::Branch(e) => Self::Branch {
                simplified: e.simplified.map(sets),
                constant: Upper(e.constant),
                tried: e.tried,
                pieces: e.rows.iter().map(BranchPiece::from).collect(),
                beyond: e.beyond.iter().map(BranchPiece::from).collect(),
                reach: Lower(e.reach),
                stopped_by: &e.stopped_by,
            },
            FamilyEvidence::Region(e) => region(e),
            FamilyEvidence::Global(e) => Self::Global {
                disc_radius: Upper(e.disc_radius),
                count: e.count(),
                boxes: e.boxes,
                open: e.open,
                points: e.points.iter().map(Point::from).collect(),
                smoothness: Upper(e.smoothness),
                hypotheses: e.hypotheses.iter().map(HypothesisView::from).collect(),
            },
            FamilyEvidence::Descent(e) => Self::Descent {
                start: sets(e.start),
                step: Set::from(e.step),
                rows: e.rows.iter().map(Descent::from).collect(),
                estimated_run: side.run.as_ref().map(Run::from),
            },
        }
    }
}

fn region<'a>(e: &RegionEvidence) -> Family<'a> {
    let boxes = |list: &[Vec<Interval>]| list.iter().map(|part| all(part)).collect();
    let [touching, linked] = e.cover.links;
    Family::Box {
        proved: e.cover.proved.iter().map(Parameters::from).collect(),
        refused: boxes(&e.cover.refused),
        open: boxes(&e.cover.open),
        examined: e.cover.examined,
        touching,
        linked,
        constant: Upper(e.constant),
        point: sets(e.point),
        estimated_shares: e.shares.map(Estimated).into(),
    }
}

fn all(xs: &[Interval]) -> Vec<Set> {
    xs.iter().copied().map(Set::from).collect()
}

impl From<&DimensionRow> for Dimension {
    fn from(row: &DimensionRow) -> Self {
        Self {
            from: row.from,
            and_all_larger: row.and_all_larger,
            variance: Set::from(row.variance),
            point: sets(row.point),
            unique_in: sets(row.uniqueness),
            cosines: sets(row.cosines),
            feature_eigenvalues: sets(row.eigenvalues),
            distance: Upper(row.distance),
            on_the_branch: row.linked,
        }
    }
}

impl From<&Piece> for Parameters {
    fn from(piece: &Piece) -> Self {
        Self {
            parameters: all(&piece.parameters),
            features: all(&piece.enclosure),
            features_unique_in: all(&piece.uniqueness),
            krawczyk: Upper(piece.condition.left),
        }
    }
}

impl From<&BranchRow> for BranchPiece {
    fn from(row: &BranchRow) -> Self {
        Self {
            variance: Set::from(row.variance),
            point: sets(row.point),
            unique_in: sets(row.uniqueness),
            smallest_feature_eigenvalue: Lower(row.smallest_eigenvalue),
            speed: Upper(row.speed),
        }
    }
}

impl From<&GlobalPoint> for Point {
    fn from(p: &GlobalPoint) -> Self {
        Self {
            point: sets(p.point),
            on_axis: p.on_axis,
            index_in_plane: p.index_in_plane,
            index: p.index,
            plane_eigenvalues: sets(p.eigenvalues),
            across: Set::from(p.across),
        }
    }
}

impl<'a> From<&'a Hypothesis> for HypothesisView<'a> {
    fn from(h: &'a Hypothesis) -> Self {
        Self {
            statement: &h.statement,
            found: &h.found,
            holds: h.holds,
        }
    }
}

impl<'a> From<&'a DescentRow> for Descent<'a> {
    fn from(row: &'a DescentRow) -> Self {
        Self {
            from: row.from,
            and_all_larger: row.and_all_larger,
            minimum: sets(row.minimum),
            rectangle: sets(row.rectangle),
            radius: row.radius.map(Upper),
            lowest: Lower(row.spectrum.lowest),
            highest: Upper(row.spectrum.highest),
            diagonal: row.spectrum.diagonal.map(Upper).into(),
            kappa: Upper(row.spectrum.kappa),
            outward: row.edges.map(Lower).into(),
            boxes: row.spectrum.boxes,
            rate: Upper(row.rate),
            largest_step: Lower(row.largest_step),
            steps: row.steps,
            steps_for_a_millionth: Some(row.steps_for_a_millionth).filter(|&n| n < u64::MAX),
            obstacle: row.obstacle.as_deref(),
        }
    }
}

impl From<&ContractionRun> for Run {
    fn from(run: &ContractionRun) -> Self {
        Self {
            starts: run.starts,
            steps: run.steps,
            largest: Estimated(run.largest),
            violations: run.violations,
        }
    }
}
