//! The files that stand beside a finished table.

use super::record::CellAnswer;
use super::spreadsheet::{cells_csv, pitchfork_csv};
use super::summary::Summary;
use super::text::markdown;
use crate::report::figures::{AtlasData, AtlasTile, FigureError, atlas};
use crate::report::files::ReportFile;

/// `cells.csv`, `pitchfork.csv`, `summary.md` and `atlas.svg`: functions of the table alone.
///
/// # Errors
///
/// If the figure's backend fails.
pub fn summary_files(summary: &Summary) -> Result<Vec<ReportFile>, FigureError> {
    let figure = atlas(&data(summary))?;
    Ok(vec![
        ReportFile::new("cells.csv", cells_csv(summary)),
        ReportFile::new("pitchfork.csv", pitchfork_csv(summary)),
        ReportFile::new("summary.md", markdown(summary)),
        ReportFile::new("atlas.svg", figure.svg),
    ])
}

fn data(summary: &Summary) -> AtlasData {
    let parameters = &summary.parameters;
    let [columns, rows] = parameters.cells;
    let tile = |(&index, it): (&u64, &super::CellRecord)| AtlasTile {
        at: {
            let cell = parameters.cell(index);
            [cell.column as f64, cell.row as f64]
        },
        tone: CellAnswer::ALL
            .iter()
            .position(|a| *a == it.answer)
            .unwrap_or(2),
    };
    AtlasData {
        parameters: parameters.in_words(),
        second: parameters.plane.symbol(),
        ranges: [
            [
                parameters.tau_edge(0).mid(),
                parameters.tau_edge(columns).mid(),
            ],
            [
                parameters.second_edge(0).mid(),
                parameters.second_edge(rows).mid(),
            ],
        ],
        cells: [columns as f64, rows as f64],
        tiles: summary.records.iter().map(tile).collect(),
        curve: (summary.pitchfork.iter())
            .map(|it| it.map(|it| [it.tau.mid(), it.at_middle.mid()]))
            .collect(),
        percent: CellAnswer::ALL.map(|answer| summary.percent(answer)),
    }
}
