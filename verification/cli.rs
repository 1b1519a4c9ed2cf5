//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand, ValueEnum};
use minlift::batch::Shard;

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
                      minlift verify --data POINTS.csv [--tau T] [--alpha A] [--rho R]\n       \
                      minlift ensemble [--d 5,10] [--n d^2] [--draws 1000] [--out DIR] [--shard k/n] [--merge DIR ...]\n       \
                      minlift atlas [--plane tau-alpha|tau-rho] [--cells NxM] [--out DIR] [--shard k/n] [--merge DIR ...]\n       \
                      minlift check CERTIFICATE.json ... [--max-size SIZE] [--shard k/n] [--statements]"
)]
struct Command {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Verify claims, print their reports and write them to DIR/<name>/.
    Verify(Arguments),
    /// Count for how many drawn data sets the minimum is proved, and write table, summary and figures to DIR.
    ///
    /// A table that is in DIR already is resumed. Exit code: 0 finished, 2 bad input.
    #[command(override_usage = "minlift ensemble [OPTIONS]")]
    Ensemble(EnsembleArguments),
    /// Decide, cell by cell, for which parameters the exact minimum is there; write table, summary and map to DIR.
    ///
    /// A table that is in DIR already is resumed. Exit code: 0 finished, 2 bad input.
    #[command(override_usage = "minlift atlas [OPTIONS]")]
    Atlas(AtlasArguments),
    /// Prove again what certificates say, trusting nothing in them, with a small checker of its own.
    ///
    /// Exit code: 0 all accepted, 1 one rejected, 2 one that cannot be read.
    #[command(override_usage = "minlift check CERTIFICATE.json ... [OPTIONS]")]
    Check(CheckArguments),
}

/// Which certificates to check.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// The certificate.json of verified or refused claims.
    #[arg(value_name = "CERTIFICATE.json")]
    pub files: Vec<PathBuf>,
    /// The largest file that is read: bytes, or a number with kB, MB or GB.
    #[arg(long, value_name = "SIZE", default_value = "64MB")]
    pub max_size: Size,
    /// Only the statements i with i mod n = k - 1.
    #[arg(long, value_name = "k/n")]
    pub shard: Option<Shard>,
    /// List every statement that was proved.
    #[arg(long)]
    pub statements: bool,
}

/// A number of bytes.
#[derive(Clone, Copy, Debug)]
pub struct Size(pub u64);

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no size; allowed: a number of bytes, kB, MB or GB");
        let units = [("kB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000)];
        let (digits, unit) = units
            .iter()
            .find_map(|(name, unit)| Some((text.strip_suffix(name)?, *unit)))
            .unwrap_or((text, 1));
        let number: u64 = digits.trim().parse().map_err(|_| wrong())?;
        number.checked_mul(unit).map(Self).ok_or_else(wrong)
    }
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
    /// Also write the theorem as LaTeX (theorem.tex) and print it: for claims of kinds every-d, branch, box, global and descent.
    #[arg(long)]
    pub latex: bool,
    /// What is printed: text; or JSON, one report as in report.json, several as a list.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Which table to fill, or which to merge.
#[derive(Debug, Args)]
pub struct EnsembleArguments {
    /// Dimensions, separated by commas.
    #[arg(long, value_name = "D", value_delimiter = ',', default_value = "10")]
    pub d: Vec<u64>,
    /// Numbers of points, separated by commas: integers, d, d^2, d^3, K*d^2. Cells are all combinations with D.
    #[arg(long, value_name = "N", value_delimiter = ',', default_value = "d^2")]
    pub n: Vec<String>,
    /// Draws of each cell.
    #[arg(long, value_name = "DRAWS", default_value_t = 1000)]
    pub draws: u64,
    /// Master seed; the seed of a draw is made from it, d, n and the draw's number.
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    pub seed: u64,
    /// A decimal or a fraction.
    #[arg(
        long,
        value_name = "TAU",
        default_value = "7",
        allow_negative_numbers = true
    )]
    pub tau: String,
    /// A decimal or a fraction.
    #[arg(
        long,
        value_name = "ALPHA",
        default_value = "1/800",
        allow_negative_numbers = true
    )]
    pub alpha: String,
    /// Noise of data and views, a decimal or a fraction [default: d^(-3/2)].
    #[arg(long, value_name = "RHO", allow_negative_numbers = true)]
    pub rho: Option<String>,
    /// Law of the data's noise.
    #[arg(long, value_enum, default_value_t)]
    pub noise: NoiseName,
    /// The folder of the table, its summary and figures.
    #[arg(long, value_name = "DIR", default_value = "target/ensemble")]
    pub out: PathBuf,
    /// Only the draws i with i mod n = k - 1; they are written to DIR/draws-k-of-n.jsonl.
    #[arg(long, value_name = "k/n")]
    pub shard: Option<Shard>,
    /// Put the tables in these files and folders together; nothing is drawn.
    #[arg(long, value_name = "DIR_OR_FILE", num_args = 1..,
          conflicts_with_all = ["d", "n", "draws", "seed", "tau", "alpha", "rho", "noise", "shard"])]
    pub merge: Vec<PathBuf>,
}

/// Which map to fill, or which to merge.
#[derive(Debug, Args)]
pub struct AtlasArguments {
    /// What stands on the axes.
    #[arg(long, value_enum, default_value_t)]
    pub plane: PlaneName,
    /// Range of tau [default: 1:20].
    #[arg(long, value_name = "LO:HI", allow_hyphen_values = true)]
    pub tau: Option<String>,
    /// Range of alpha [default: 1e-4:0.04]; in the plane tau-rho one number [default: 1/800].
    #[arg(long, value_name = "LO:HI or A", allow_hyphen_values = true)]
    pub alpha: Option<String>,
    /// Noise of data and views, one number [default: 10^(-3/2)]; in the plane tau-rho its range [default: 0:0.4].
    #[arg(long, value_name = "R or LO:HI", allow_hyphen_values = true)]
    pub rho: Option<String>,
    /// Cells along both axes [default: 100x100].
    #[arg(long, value_name = "NxM", allow_hyphen_values = true)]
    pub cells: Option<String>,
    /// Boxes of parameters examined before a cell is left open [default: 400].
    #[arg(long, value_name = "BOXES")]
    pub budget: Option<u64>,
    /// The folder of the table, its summary and map.
    #[arg(long, value_name = "DIR", default_value = "target/atlas")]
    pub out: PathBuf,
    /// Only the cells i with i mod n = k - 1; they are written to DIR/cells-k-of-n.jsonl.
    #[arg(long, value_name = "k/n")]
    pub shard: Option<Shard>,
    /// Put the tables in these files and folders together; nothing is decided.
    #[arg(long, value_name = "DIR_OR_FILE", num_args = 1..,
          conflicts_with_all = ["plane", "tau", "alpha", "rho", "cells", "budget", "shard"])]
    pub merge: Vec<PathBuf>,
}

/// What stands on the axes of a map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum PlaneName {
    /// tau and alpha, for one rho.
    #[default]
    TauAlpha,
    /// tau and rho, for one alpha.
    TauRho,
}

/// The law of the data's noise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum NoiseName {
    /// Independent in all coordinates.
    #[default]
    Isotropic,
    /// One normal for all coordinates, as in the published code.
    Broadcast,
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
    /// To fill a table of draws, or to merge tables.
    Ensemble(Box<EnsembleArguments>),
    /// To fill a map, or to merge tables.
    Atlas(Box<AtlasArguments>),
    /// To check certificates.
    Check(CheckArguments),
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
        Ok(Command {
            action: Action::Ensemble(arguments),
        }) => Ok(Request::Ensemble(Box::new(arguments))),
        Ok(Command {
            action: Action::Atlas(arguments),
        }) => Ok(Request::Atlas(Box::new(arguments))),
        Ok(Command {
            action: Action::Check(arguments),
        }) => Ok(Request::Check(arguments)),
        Err(error) if error.use_stderr() => Err(Failure::usage(&error.to_string())),
        Err(answer) => {
            // A closed pipe is a reader who has seen enough.
            let _ = answer.print();
            Ok(Request::Answered)
        }
    }
}
