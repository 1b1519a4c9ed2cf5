//! The side of a given data set.

use serde::Serialize;

use super::conditions::Condition;
use super::critical::{Content, Simplified};
use super::number::{Estimated, ExactFloat, Lower, Set, Upper, sets};
use crate::claim::empirical::{EmpiricalExact, EmpiricalMinimum, EmpiricalRow};
use crate::confirm::EmpiricalRun;
use crate::data::{DataSet, Source};
use crate::dossier::Given as Side;

#[derive(Serialize)]
pub(super) struct Given<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Data<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    simplified: Option<Simplified>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<Vec<Row>>,
    conditions: Vec<Condition<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exact: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Content<'a>>,
    runs: Vec<Run>,
}

#[derive(Serialize)]
struct Data<'a> {
    n: usize,
    d: usize,
    counts: [u64; 4],
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    noise: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<&'a str>,
}

#[derive(Serialize)]
struct Row {
    hessian_extreme_eigenvalues: Vec<Set>,
    kappa: Set,
    gradient_norm: Upper,
    newton_step: Upper,
}

#[derive(Serialize)]
struct Exact {
    minima: Vec<Minimum>,
    distance: Set,
    row_distance: Vec<Set>,
    off_plane: Vec<Set>,
    contained_by: Vec<usize>,
}

#[derive(Serialize)]
struct Minimum {
    centre: Vec<ExactFloat>,
    radius: Upper,
    uniqueness_radius: Lower,
    hessian_extreme_eigenvalues: Vec<Set>,
    is_minimum: bool,
    value: Set,
}

#[derive(Serialize)]
struct Run {
    method: &'static str,
    initialisation: &'static str,
    seed: u64,
    steps: u64,
    outcome: &'static str,
    value: Estimated,
    gradient_norm: Estimated,
    distance: Estimated,
}

impl<'a> From<&'a Side> for Given<'a> {
    fn from(side: &'a Side) -> Self {
        let evidence = &side.evidence;
        Self {
            data: evidence.claim.data.as_deref().map(Data::from),
            simplified: evidence.simplified.as_ref().map(Simplified::from),
            rows: (evidence.rows.as_ref()).map(|rows| rows.iter().map(Row::from).collect()),
            conditions: evidence.conditions.iter().map(Condition::from).collect(),
            exact: evidence.exact.as_ref().map(Exact::from),
            content: evidence.content.as_ref().map(Content::from),
            runs: side.runs.iter().map(Run::from).collect(),
        }
    }
}

impl<'a> From<&'a DataSet> for Data<'a> {
    fn from(data: &'a DataSet) -> Self {
        let (seed, noise, file, sha256) = match &data.source {
            Source::Drawn { seed, noise } => (Some(*seed), Some(noise.name()), None, None),
            Source::File { path, sha256 } => {
                (None, None, Some(path.as_str()), Some(sha256.as_str()))
            }
        };
        Self {
            n: data.n(),
            d: data.d(),
            counts: data.counts(),
            seed,
            noise,
            file,
            sha256,
        }
    }
}

impl From<&EmpiricalRow> for Row {
    fn from(row: &EmpiricalRow) -> Self {
        Self {
            hessian_extreme_eigenvalues: sets(row.eigenvalues),
            kappa: row.kappa.into(),
            gradient_norm: Upper(row.gradient_norm),
            newton_step: Upper(row.newton_step),
        }
    }
}

impl From<&EmpiricalExact> for Exact {
    fn from(exact: &EmpiricalExact) -> Self {
        Self {
            minima: exact.minima.iter().map(Minimum::from).collect(),
            distance: exact.distance.into(),
            row_distance: sets(exact.row_distance),
            off_plane: sets(exact.off_plane),
            contained_by: exact.contained_by.clone(),
        }
    }
}

impl From<&EmpiricalMinimum> for Minimum {
    fn from(m: &EmpiricalMinimum) -> Self {
        Self {
            centre: m.centre.iter().map(|&x| ExactFloat(x)).collect(),
            radius: Upper(m.radius),
            uniqueness_radius: Lower(m.uniqueness_radius),
            hessian_extreme_eigenvalues: sets(m.eigenvalues),
            is_minimum: m.is_minimum,
            value: m.value.into(),
        }
    }
}

impl From<&EmpiricalRun> for Run {
    fn from(run: &EmpiricalRun) -> Self {
        Self {
            method: run.method.name(),
            initialisation: run.initialisation.name(),
            seed: run.seed,
            steps: run.steps,
            outcome: run.outcome.name(),
            value: Estimated(run.value),
            gradient_norm: Estimated(run.gradient_norm),
            distance: Estimated(run.distance),
        }
    }
}
