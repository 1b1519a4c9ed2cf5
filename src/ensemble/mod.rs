//! Frequency of proof: for how many drawn data sets is the minimum near `W~*` proved?
//!
//! A table has cells `(d, n)` and, in each, the same number of draws. A draw is a data set `X` of `n` points
//! with a seed that depends on the master seed, `d`, `n` and its number alone, so it is the same draw whatever
//! else the table holds. [`draw::record`] proves what it can about `L_X`; [`run()`] fills the table
//! ([`crate::batch`]: resumable, split, merged); [`Summary`] counts.
//!
//! What a number of the summary means: the draws are independent and every verdict is a proof, so the number
//! of proved draws is binomial with an unknown probability `p`, the probability that a data set of this size
//! is proved *by this program*. [`clopper_pearson`] covers `p` with probability at least 95 %,
//! whatever `p` is. A draw that is not proved is not refuted. Details: `notes/ensemble.md`.

mod binomial;
mod cells;
pub mod draw;
#[cfg(feature = "cli")]
mod folder;
#[cfg(feature = "cli")]
mod gallery;
mod job;
mod markdown;
mod parameters;
mod quantiles;
mod record;
#[cfg(feature = "cli")]
mod slices;
mod spreadsheet;
mod summary;
mod text;

use std::path::Path;
use std::sync::atomic::AtomicBool;

pub use binomial::clopper_pearson;
pub use cells::{Points, cells, default_points};
#[cfg(feature = "cli")]
pub use folder::{SummaryError, summary_files};
#[cfg(feature = "cli")]
pub use gallery::gallery;
pub use job::{Job, seed};
pub use markdown::{FigureLink, markdown};
pub(crate) use parameters::number;
pub use parameters::{
    Cell, LARGEST_SAMPLE, LARGEST_TABLE, Parameters, ParametersError, header, parameters,
    table_name,
};
pub use quantiles::{Quantiles, quantiles};
pub use record::{Condition, ConditionRecord, DrawRecord, Quantity, Statement};
pub use spreadsheet::csv;
pub use summary::{CellSummary, Frequency, SCHEMA, Spread, Summary};
pub use text::text;

use crate::batch::{BatchError, Shard, Table};

/// Fills this part of the table in the file at `path`: every draw goes through `prove`, which is
/// [`draw::record`] in the program.
///
/// # Errors
///
/// As [`crate::batch::run`].
pub fn run(
    parameters: &Parameters,
    shard: Shard,
    path: &Path,
    prove: &(dyn Fn(&Job) -> DrawRecord + Sync),
    progress: &(dyn Fn(u64, u64) + Sync),
    stop: &AtomicBool,
) -> Result<Table<DrawRecord>, BatchError> {
    let header = header(parameters, shard)?;
    let job = |index| prove(&parameters.job(index));
    crate::batch::run(path, &header, job, progress, stop)
}
