//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::failure::Failure;

/// Verifies, with interval arithmetic, claims of the form "the simplified objective has
/// this local minimum, so the exact objective has one near it".
///
/// Without a subcommand the paper's own claim is verified, as by `minlift verify`.
/// Exit code: 0 if every claim came out as expected, 1 if some did not, 2 for bad input.
#[derive(Debug, Parser)]
#[command(
    name = "minlift",
    version,
    arg_required_else_help = false,
    override_usage = "minlift [verify [CLAIM.toml ...] [--all] [--out DIR] [--format text|json]]\n       \
                      minlift verify --data POINTS.csv [--tau T] [--alpha A] [--rho R]"
)]
struct Command {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Verify claims, print their reports and write them to DIR/<name>/.
    Verify(Arguments),
}

/// What to verify, and where the reports go.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Claim files; without any, the built-in claim of the paper.
    #[arg(value_name = "CLAIM.toml")]
    pub files: Vec<PathBuf>,
    /// Verify all built-in claims, and the claim files after them.
    #[arg(long)]
    pub all: bool,
    /// Verify the claim about the points in this file (.csv or .npy), after any other claims.
    #[arg(long, value_name = "POINTS")]
    pub data: Option<PathBuf>,
    /// Strength of the hidden feature, for the points of --data [default: 7].
    #[arg(
        long,
        value_name = "T",
        requires = "data",
        allow_negative_numbers = true
    )]
    pub tau: Option<String>,
    /// Weight of the penalty, for the points of --data [default: 1/800].
    #[arg(
        long,
        value_name = "A",
        requires = "data",
        allow_negative_numbers = true
    )]
    pub alpha: Option<String>,
    /// Noise of the views, for the points of --data [default: d^(-3/2)].
    #[arg(
        long,
        value_name = "R",
        requires = "data",
        allow_negative_numbers = true
    )]
    pub rho: Option<String>,
    /// Where each claim's folder is written.
    #[arg(long, value_name = "DIR", default_value = "target/verification")]
    pub out: PathBuf,
    /// What is printed: text; or JSON, one report as in report.json, several as a list.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// What is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// What the command line asks for.
#[derive(Debug)]
pub enum Request {
    /// To verify claims.
    Verify(Arguments),
    /// Help or the version, which is printed by now.
    Answered,
}

/// Reads the command line.
pub fn parse() -> Result<Request, Failure> {
    let mut words: Vec<OsString> = std::env::args_os().collect();
    if words.len() <= 1 {
        words = ["minlift", "verify"].map(OsString::from).to_vec();
    }
    match Command::try_parse_from(words) {
        Ok(Command {
            action: Action::Verify(arguments),
        }) => Ok(Request::Verify(arguments)),
        Err(error) if error.use_stderr() => Err(Failure::usage(&error.to_string())),
        Err(answer) => {
            // A closed pipe is a reader who has seen enough.
            let _ = answer.print();
            Ok(Request::Answered)
        }
    }
}
