//! The optimisers' runs: every float of a run stands under `estimated`.

use serde::Serialize;

use super::number::{Estimated, estimates};
use crate::confirm::{self, ProjectionEstimate, PublishedState, Rows, RunRecord};

#[derive(Serialize)]
pub(super) struct Run<'a> {
    method: &'static str,
    initialisation: &'static str,
    seed: u64,
    steps: u64,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    landings: [&'static str; 2],
    estimated: State,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_published_steps: Option<Published>,
}

#[derive(Serialize)]
struct Published {
    steps: u64,
    estimated: State,
}

#[derive(Serialize)]
struct State {
    value: Estimated,
    gradient_norm: Estimated,
    distance: Estimated,
    end: Vec<Row>,
    projections: Vec<Estimated>,
    cosines: Vec<Vec<Estimated>>,
    span_dimension: usize,
}

#[derive(Serialize)]
struct Row {
    w1: Estimated,
    w2: Estimated,
    w_perp: Estimated,
}

impl State {
    fn new(numbers: [f64; 3], rows: &Rows, content: &ProjectionEstimate) -> Self {
        let [value, gradient_norm, distance] = numbers.map(Estimated);
        Self {
            value,
            gradient_norm,
            distance,
            end: rows
                .row
                .iter()
                .map(|row| Row {
                    w1: Estimated(row.plane[0]),
                    w2: Estimated(row.plane[1]),
                    w_perp: Estimated(row.perpendicular),
                })
                .collect(),
            projections: estimates(content.projections),
            cosines: content.cosines.map(estimates).into(),
            span_dimension: content.span_dimension,
        }
    }
}

impl From<&PublishedState> for Published {
    fn from(s: &PublishedState) -> Self {
        let numbers = [s.value, s.gradient_norm, s.distance];
        Self {
            steps: s.steps,
            estimated: State::new(numbers, &s.rows, &s.content),
        }
    }
}

impl<'a> From<&'a RunRecord> for Run<'a> {
    fn from(run: &'a RunRecord) -> Self {
        let numbers = [run.value, run.gradient_norm, run.distance];
        Self {
            method: run.method.name(),
            initialisation: run.initialisation.name(),
            seed: run.seed,
            steps: run.steps,
            outcome: run.outcome.name(),
            note: run.note.as_deref(),
            landings: run.landings.map(confirm::Landing::name),
            estimated: State::new(numbers, &run.end, &run.content),
            at_published_steps: run.at_published_steps.as_ref().map(Published::from),
        }
    }
}

#[derive(Serialize)]
pub(super) struct LeftOut<'a> {
    method: &'static str,
    reason: &'a str,
}

impl<'a> From<&'a confirm::LeftOut> for LeftOut<'a> {
    fn from(omitted: &'a confirm::LeftOut) -> Self {
        Self {
            method: omitted.method.name(),
            reason: &omitted.reason,
        }
    }
}
