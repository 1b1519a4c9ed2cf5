//! The files of a claim's folder: both reports, the figures and their data.

use super::figures::FigureError;
use super::files::{MARKER, ReportFile};
use super::gallery::gallery;
use crate::dossier::{Dossier, FigureRef};

/// Why a report could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A figure.
    #[error("a figure of {claim} could not be drawn ({source})")]
    Figure {
        /// The claim's name.
        claim: String,
        /// What the backend said.
        source: FigureError,
    },
    /// The JSON report.
    #[error("the JSON report of {claim} could not be written ({source})")]
    Json {
        /// The claim's name.
        claim: String,
        /// What the serialiser said.
        source: serde_json::Error,
    },
}

impl Dossier {
    /// Draws the figures, lists them in the dossier, and renders every file of the claim's folder.
    ///
    /// # Errors
    ///
    /// If a figure's backend or the JSON serialiser fails.
    pub fn folder(&mut self) -> Result<Vec<ReportFile>, RenderError> {
        let claim = self.claim.name.clone();
        let drawn = gallery(self).map_err(|source| RenderError::Figure {
            claim: claim.clone(),
            source,
        })?;
        self.figures = drawn
            .iter()
            .map(|figure| FigureRef {
                file: format!("{}.svg", figure.stem),
                title: figure.title.clone(),
                caption: figure.caption.clone(),
            })
            .collect();
        let json = self
            .json()
            .map_err(|source| RenderError::Json { claim, source })?;
        let mut files = vec![
            ReportFile::new("report.md", self.markdown()),
            ReportFile::new(MARKER, json),
        ];
        for figure in drawn {
            files.push(ReportFile::new(format!("{}.svg", figure.stem), figure.svg));
            files.push(ReportFile::new(format!("{}.csv", figure.stem), figure.csv));
        }
        Ok(files)
    }
}
