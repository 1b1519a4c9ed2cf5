//! The map of where the exact objective has its minimum: every cell is a box of parameters, not its middle.
//!
//! The plane is `(τ, α)` with `ρ` fixed, or `(τ, ρ)` with `α` fixed. A cell is *proved* if for every one of its parameters `ℓ` has a local
//! minimum with `w^(1), w^(2) > 0`, on one smooth sheet over the cell; *refused* if for none of them `ℓ` has a critical point with
//! `w^(1) > 0`; else *open*. The cells cover the range: their edges are enclosed, and a cell is the hull of its edges. Between the two kinds
//! of cells runs the curve on which the minima merge with the saddle, enclosed by [`pitchfork()`].
//!
//! The table of the cells is a [`crate::batch`] table: resumable, split, merged. Details: `notes/atlas.md`.

#[cfg(feature = "cli")]
mod folder;
mod grid;
mod parameters;
mod pitchfork;
mod record;
mod spreadsheet;
mod summary;
mod text;

use std::path::Path;
use std::sync::atomic::AtomicBool;

use rayon::prelude::*;

#[cfg(feature = "cli")]
pub use folder::summary_files;
pub use grid::Cell;
pub use parameters::{
    Fixed, MOST_ALONG, MOST_BOXES, MOST_CELLS, Parameters, Plane, header, parameters, table_name,
};
pub use pitchfork::{PitchforkColumn, pitchfork};
pub use record::{CellAnswer, CellRecord, METHOD, Obstacle, prover, record};
pub use spreadsheet::{cells_csv, pitchfork_csv};
pub use summary::{Nearness, Summary};
pub use text::{markdown, text};

use crate::batch::{BatchError, Shard, Table};

/// Fills this part of the table in the file at `path`.
///
/// # Errors
///
/// As [`crate::batch::run`].
pub fn run(
    parameters: &Parameters,
    shard: Shard,
    path: &Path,
    progress: &(dyn Fn(u64, u64) + Sync),
    stop: &AtomicBool,
) -> Result<Table<CellRecord>, BatchError> {
    let header = header(parameters, shard)?;
    let prover = prover();
    let job = |index| record(parameters, parameters.cell(index), &prover);
    crate::batch::run(path, &header, job, progress, stop)
}

/// All records, in the order of their indices, in memory.
#[must_use]
pub fn records(parameters: &Parameters) -> Vec<CellRecord> {
    let prover = prover();
    (0..parameters.jobs())
        .into_par_iter()
        .map(|index| record(parameters, parameters.cell(index), &prover))
        .collect()
}
