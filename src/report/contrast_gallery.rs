//! The figures of a contrast.

use super::figures::{
    ContrastData, Figure, FigureError, Learned, LearnedRows, MapData, MapGrid, MapMark,
    MapParameters, contrast, map,
};
use crate::claim::Claim;
use crate::dossier::{Contrast, Dossier, MapPanel};
use crate::interval::Interval;

/// The rows of the minima, and the map; what was not computed is left out.
pub(super) fn figures(of: &Contrast, dossier: &Dossier) -> Result<Vec<Figure>, FigureError> {
    let claim = &dossier.claim;
    let mut figures = Vec::new();
    let minima = minima(of, dossier);
    if !minima.is_empty() {
        figures.push(contrast(&ContrastData {
            parameters: parameters(claim),
            minima,
        })?);
    }
    if of.map.panels.iter().any(|panel| !panel.points.is_empty()) {
        figures.push(map(&MapData {
            parameters: parameters(claim),
            grids: (of.map.panels.iter())
                .map(|panel| grid(panel, claim))
                .collect(),
        })?);
    }
    Ok(figures)
}

fn parameters(claim: &Claim) -> String {
    let w = &claim.written;
    let rho = if w.rho_data == w.rho_view {
        format!("ρ = {}", w.rho_data)
    } else {
        format!("ρ = {} and {} (views)", w.rho_data, w.rho_view)
    };
    format!(
        "τ = {}, {rho}, d = {}, α = {}, β = {}, γ = {}",
        w.tau, claim.d, w.alpha, w.beta, w.gamma
    )
}

fn minima(of: &Contrast, dossier: &Dossier) -> Vec<LearnedRows> {
    let rows = of.rows.iter().map(|row| LearnedRows {
        minimum: if row.objective == "SSL" {
            Learned::SelfSupervised
        } else {
            Learned::Supervised
        },
        exact: row.version == "exact",
        rows: row.coefficients,
        cosines: row.cosines,
        projections: row.projections,
    });
    let agreeing = dossier
        .sl
        .as_ref()
        .and_then(|sl| sl.evidence.agreeing.as_ref());
    rows.chain(agreeing.map(|minimum| {
        let [x, y, _] = minimum.point;
        LearnedRows {
            minimum: Learned::Agreeing,
            exact: true,
            rows: [[x, y]; 2],
            cosines: minimum.cosines,
            // The rows span a line.
            projections: minimum.cosines,
        }
    }))
    .collect()
}

fn grid(panel: &MapPanel, claim: &Claim) -> MapGrid {
    let here = MapParameters {
        d: claim.d as f64,
        tau: claim.tau.mid(),
        rho_data: claim.rho_data.mid(),
        rho_view: claim.rho_view.mid(),
        alpha: claim.alpha.mid(),
        beta: claim.beta.mid(),
        gamma: claim.gamma.mid(),
    };
    let [first, second] = panel.axes;
    MapGrid {
        axes: [first.to_owned(), second.to_owned()],
        logarithmic: panel.logarithmic,
        claim: (|| Some([of_claim(first, claim)?, of_claim(second, claim)?]))(),
        points: (panel.points.iter())
            .map(|point| {
                let mut parameters = here;
                set(&mut parameters, first, point.at[0]);
                set(&mut parameters, second, point.at[1]);
                let answers = &point.answers;
                MapMark {
                    at: point.at,
                    parameters,
                    found: [answers.ssl, answers.opposed, answers.agreeing],
                    hidden: answers.agreeing_hidden,
                }
            })
            .collect(),
    }
}

/// Puts the value of an axis where it belongs.
fn set(parameters: &mut MapParameters, axis: &str, value: f64) {
    for symbol in axis.split(" = ") {
        match symbol {
            "τ" => parameters.tau = value,
            "ρ" => (parameters.rho_data, parameters.rho_view) = (value, value),
            "α" => parameters.alpha = value,
            "β" => parameters.beta = value,
            "γ" => parameters.gamma = value,
            _ => {}
        }
    }
}

/// The claim's value on an axis; none if it sets what the axis identifies to different values.
fn of_claim(axis: &str, claim: &Claim) -> Option<f64> {
    let mut values: Vec<Interval> = Vec::new();
    for symbol in axis.split(" = ") {
        match symbol {
            "τ" => values.push(claim.tau),
            "ρ" => values.extend([claim.rho_data, claim.rho_view]),
            "α" => values.push(claim.alpha),
            "β" => values.push(claim.beta),
            "γ" => values.push(claim.gamma),
            _ => return None,
        }
    }
    let first = *values.first()?;
    values.iter().all(|x| *x == first).then(|| first.mid())
}
