//! What ends a run with exit code 2, in one line.

use std::io;

use minlift::claim::{ClaimError, one_line};
use minlift::report::RenderError;
use minlift::report::files::FilesError;
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
    /// A report could not be written.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// A report could not be rendered.
    #[error(transparent)]
    Render(#[from] RenderError),
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
