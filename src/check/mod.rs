//! Certificates checked: read with bounds on size and nesting, proved statement by statement, in parallel.
//!
//! All proving is done by [`crate::kernel`]; this module reads files, spreads the work and counts.

mod error;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use rayon::prelude::*;
use serde_json::Value;

pub use error::CheckError;

use crate::batch::Shard;
use crate::certificate::claim_sha256;
use crate::claim::one_line;
use crate::kernel::format::{Certificate, Proves};
use crate::kernel::obligations;

/// The largest file that is read unless another limit is given, in bytes: 64 MB.
pub const LARGEST_FILE: u64 = 64_000_000;

/// What came of a certificate.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The claim in canonical form.
    pub claim: Value,
    /// Its SHA-256, computed anew.
    pub claim_sha256: String,
    /// Does the certificate prove the claim, or that it is false?
    pub proves: Proves,
    /// The statements that were proved, in order; of a shard its own.
    pub proved: Vec<String>,
    /// How many statements the whole certificate has.
    pub of: usize,
    /// The first that could not be proved, and why. **If there is none, all of `proved` hold.**
    pub rejected: Option<Rejection>,
}

/// Why a certificate is rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// The statement, if it is about one.
    pub statement: Option<String>,
    /// Why it is not proved.
    pub reason: String,
}

impl Outcome {
    /// Are all statements proved?
    #[must_use]
    pub const fn is_accepted(&self) -> bool {
        self.rejected.is_none()
    }
}

/// Checks the certificate in a file of at most `largest` bytes.
///
/// # Errors
///
/// The file cannot be read, is larger, or is no certificate: [`CheckError`].
pub fn check_file(path: &Path, largest: u64, shard: Option<Shard>) -> Result<Outcome, CheckError> {
    let file = one_line(&path.to_string_lossy());
    let unreadable = |reason: String| CheckError::Unreadable {
        file: file.clone(),
        reason: one_line(&reason),
    };
    if path.is_dir() {
        return Err(unreadable("it is a directory".to_owned()));
    }
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|opened| {
            opened
                .take(largest.saturating_add(1))
                .read_to_end(&mut bytes)
        })
        .map_err(|error| unreadable(error.to_string()))?;
    if bytes.len() as u64 > largest {
        return Err(CheckError::TooLarge { file, largest });
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        unreadable(format!(
            "byte {} is not UTF-8",
            error.utf8_error().valid_up_to()
        ))
    })?;
    check(&text, shard).map_err(|reason| CheckError::NoCertificate { file, reason })
}

/// Checks the text of a certificate, or a shard of its statements.
///
/// # Errors
///
/// What is wrong with the text, if it is no certificate.
pub fn check(text: &str, shard: Option<Shard>) -> Result<Outcome, String> {
    let certificate: Certificate =
        serde_json::from_str(text).map_err(|error| one_line(&error.to_string()))?;
    let claim = Value::Object(certificate.claim.0.clone().into_iter().collect());
    let mut outcome = Outcome {
        claim_sha256: claim_sha256(&claim),
        claim,
        proves: certificate.proves,
        proved: Vec::new(),
        of: 0,
        rejected: None,
    };
    if outcome.claim_sha256 != certificate.claim_sha256 {
        let reason = format!(
            "claim_sha256 is not that of the claim, {}",
            outcome.claim_sha256
        );
        outcome.rejected = Some(Rejection {
            statement: None,
            reason,
        });
        return Ok(outcome);
    }
    let all = match obligations(&certificate) {
        Ok(all) => all,
        Err(reason) => {
            outcome.rejected = Some(Rejection {
                statement: None,
                reason,
            });
            return Ok(outcome);
        }
    };
    outcome.of = all.len();
    let mine = |index: usize| shard.is_none_or(|shard| shard.has(index as u64));
    let mine: Vec<_> = all
        .iter()
        .enumerate()
        .filter(|(index, _)| mine(*index))
        .map(|(_, obligation)| obligation)
        .collect();
    // The first that fails, whatever the number of threads.
    let failure = (mine.par_iter()).find_map_first(|obligation| {
        let reason = obligation.check().err()?;
        Some(Rejection {
            statement: Some(obligation.statement.clone()),
            reason: one_line(&reason),
        })
    });
    outcome.proved = if failure.is_none() {
        mine.iter().map(|o| o.statement.clone()).collect()
    } else {
        Vec::new()
    };
    outcome.rejected = failure;
    Ok(outcome)
}
