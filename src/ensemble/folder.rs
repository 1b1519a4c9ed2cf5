//! The files that stand beside a finished table.

use super::gallery::gallery;
use super::markdown::{FigureLink, markdown};
use super::record::DrawRecord;
use super::spreadsheet::csv;
use super::summary::Summary;
use crate::batch::Table;
use crate::report::figures::FigureError;
use crate::report::files::ReportFile;

/// Why a summary could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum SummaryError {
    /// A figure.
    #[error("a figure of the summary could not be drawn ({0})")]
    Figure(#[from] FigureError),
    /// `summary.json`.
    #[error("summary.json could not be written ({0})")]
    Json(#[from] serde_json::Error),
}

/// `summary.csv`, `summary.json`, `summary.md`, and each figure with the CSV of its data: functions of
/// the table alone.
///
/// # Errors
///
/// If a figure's backend or the JSON serialiser fails.
pub fn summary_files(
    summary: &Summary,
    table: &Table<DrawRecord>,
) -> Result<Vec<ReportFile>, SummaryError> {
    let figures = gallery(summary, table)?;
    let links: Vec<FigureLink> = (figures.iter())
        .map(|figure| FigureLink {
            file: format!("{}.svg", figure.stem),
            title: figure.title.clone(),
            caption: figure.caption.clone(),
        })
        .collect();
    let mut files = vec![
        ReportFile::new("summary.csv", csv(summary)),
        ReportFile::new("summary.json", summary.json()?),
        ReportFile::new("summary.md", markdown(summary, &links)),
    ];
    for figure in figures {
        files.push(ReportFile::new(format!("{}.svg", figure.stem), figure.svg));
        files.push(ReportFile::new(format!("{}.csv", figure.stem), figure.csv));
    }
    Ok(files)
}
