//! What ends a run with exit code 2, in one line.

use std::io;

use minlift::batch::BatchError;
use minlift::check::CheckError;
use minlift::claim::{ClaimError, one_line};
use minlift::ensemble::{ParametersError, SummaryError};
use minlift::report::RenderError;
use minlift::report::figures::FigureError;
use minlift::report::files::FilesError;
use minlift::report::latex::LatexError;
use thiserror::Error;

/// What ends a run with exit code 2.
#[derive(Debug, Error)]
pub enum Failure {
    /// The command line is none.
    #[error("{0}; see minlift --help")]
    Usage(String),
    /// A claim file is no claim.
    #[error(transparent)]
    Claim(#[from] ClaimError),
    /// A certificate is none, or cannot be read.
    #[error(transparent)]
    Check(#[from] CheckError),
    /// A report could not be written.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// A report could not be rendered.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// The theorem could not be stated.
    #[error("--latex: {0}")]
    Latex(#[from] LatexError),
    /// No claim of this run has a statement.
    #[error(
        "--latex: {claim} is of kind {kind}; allowed: claims of kinds every-d, branch, box, global and descent"
    )]
    NoStatement {
        /// The claim.
        claim: String,
        /// Its kind.
        kind: &'static str,
    },
    /// A parameter of a table is out of bounds.
    #[error("--{0}")]
    Parameters(#[from] ParametersError),
    /// A table cannot be read, resumed, written or merged.
    #[error(transparent)]
    Batch(#[from] BatchError),
    /// The summary of a table could not be rendered.
    #[error(transparent)]
    Summary(#[from] SummaryError),
    /// Somebody else's folder.
    #[error(
        "--out: {folder} holds {found} and no {wanted}; allowed: no folder of this name, an empty one, or the table's"
    )]
    NotATable {
        /// The folder.
        folder: String,
        /// A file in it.
        found: String,
        /// What a table holds.
        wanted: &'static str,
    },
    /// A folder without a table.
    #[error(
        "--merge: {folder} holds no table; allowed: files, and folders with {wanted}.jsonl or {wanted}-k-of-n.jsonl"
    )]
    NothingToMerge {
        /// The folder.
        folder: String,
        /// What a table holds.
        wanted: &'static str,
    },
    /// The files do not make up a whole table.
    #[error("--merge: {missing}; allowed: files that together hold every {wanted} of the table")]
    Incomplete {
        /// Which indices.
        missing: String,
        /// What a record is about.
        wanted: &'static str,
    },
    /// A figure could not be drawn.
    #[error("a figure could not be drawn ({0})")]
    Figure(#[from] FigureError),
    /// Standard output does not take what is printed.
    #[error("standard output cannot be written ({0})")]
    Output(io::Error),
}

impl Failure {
    /// The first paragraph of clap's `message`: what is wrong, and what is allowed.
    pub fn usage(message: &str) -> Self {
        let paragraph = message.lines().take_while(|line| !line.trim().is_empty());
        let line: Vec<&str> = paragraph.map(str::trim).collect();
        let line = one_line(&line.join(" "));
        Self::Usage(line.strip_prefix("error: ").unwrap_or(&line).to_owned())
    }
}
