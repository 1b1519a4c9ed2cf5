//! Both sides beside each other.

use serde::Serialize;

use super::number::{Estimated, Set, estimates, sets};
use crate::dossier;
use crate::downstream::{self, Target};

#[derive(Serialize)]
pub(super) struct Contrast {
    proved: bool,
    minima: Vec<Row>,
    #[serde(skip_serializing_if = "Option::is_none")]
    probes: Option<Probes>,
    map: Vec<Panel>,
}

#[derive(Serialize)]
struct Row {
    objective: &'static str,
    version: &'static str,
    coefficients: Vec<Vec<Set>>,
    cosines: Vec<Set>,
    projections: Vec<Set>,
}

#[derive(Serialize)]
struct Probes {
    penalty: Estimated,
    train: u32,
    test: u32,
    seeds: u64,
    results: Vec<Probe>,
}

#[derive(Serialize)]
struct Probe {
    features: String,
    target: &'static str,
    estimated: ProbeEstimates,
}

#[derive(Serialize)]
struct ProbeEstimates {
    chance: Estimated,
    weights: Vec<Estimated>,
    bias: Estimated,
    gradient_norm: Estimated,
    loss: Estimated,
    accuracy: Estimated,
    margins: Vec<Estimated>,
    sample_accuracies: Vec<Estimated>,
    sample_interval: Vec<Estimated>,
}

#[derive(Serialize)]
struct Panel {
    axes: [&'static str; 2],
    points: Vec<Point>,
}

#[derive(Serialize)]
struct Point {
    at: Vec<Estimated>,
    ssl: &'static str,
    sl: &'static str,
    sl_units_agree: &'static str,
}

impl From<&dossier::Contrast> for Contrast {
    fn from(contrast: &dossier::Contrast) -> Self {
        Self {
            proved: contrast.proved,
            minima: (contrast.rows.iter())
                .map(|row| Row {
                    objective: row.objective,
                    version: row.version,
                    coefficients: row.coefficients.into_iter().map(sets).collect(),
                    cosines: sets(row.cosines),
                    projections: sets(row.projections),
                })
                .collect(),
            probes: contrast.downstream.as_ref().map(Probes::from),
            map: (contrast.map.panels.iter())
                .map(|panel| Panel {
                    axes: panel.axes,
                    points: (panel.points.iter())
                        .map(|p| Point {
                            at: estimates(p.at),
                            ssl: p.answers.ssl.name(),
                            sl: p.answers.opposed.name(),
                            sl_units_agree: p.answers.agreeing.name(),
                        })
                        .collect(),
                })
                .collect(),
        }
    }
}

impl From<&downstream::Downstream> for Probes {
    fn from(d: &downstream::Downstream) -> Self {
        let results = (d.representations.iter())
            .flat_map(|report| {
                Target::ALL.map(|target| {
                    let found = report.target(target);
                    let population = &found.population;
                    Probe {
                        features: report.representation.name.clone(),
                        target: target.name(),
                        estimated: ProbeEstimates {
                            chance: Estimated(found.chance),
                            weights: estimates(population.probe.weights),
                            bias: Estimated(population.probe.bias),
                            gradient_norm: Estimated(population.gradient_norm),
                            loss: Estimated(population.loss),
                            accuracy: Estimated(population.accuracy),
                            margins: estimates(population.margins.map(|m| m.logit)),
                            sample_accuracies: (found.samples.iter())
                                .map(|sample| Estimated(sample.accuracy))
                                .collect(),
                            sample_interval: estimates(found.fresh.interval),
                        },
                    }
                })
            })
            .collect();
        Self {
            penalty: Estimated(d.settings.penalty),
            train: d.settings.train,
            test: d.settings.test,
            seeds: d.settings.seeds,
            results,
        }
    }
}
