//! The figures of a contrast.

use super::figures::{Figure, FigureError};
use crate::claim::Claim;
use crate::dossier::Contrast;

/// Both figures.
pub(super) fn figures(_: &Contrast, _: &Claim) -> Result<Vec<Figure>, FigureError> {
    Ok(Vec::new())
}
