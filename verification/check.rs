//! `minlift check`: certificates in, accepted or rejected.

use std::io::{self, ErrorKind, Write};
use std::path::Path;

use minlift::check::{Outcome, check_file};
use minlift::claim::one_line;
use minlift::kernel::format::Proves;
use serde_json::Value;

use crate::cli::CheckArguments;
use crate::failure::Failure;

/// So many statements are listed unless all are asked for.
const LISTED: usize = 12;

/// Checks file by file; is every one accepted? One that cannot be read ends the run.
pub fn run(arguments: &CheckArguments) -> Result<bool, Failure> {
    if arguments.files.is_empty() {
        return Err(Failure::usage(
            "error: no certificate is named; allowed: one file or more",
        ));
    }
    let mut all = true;
    for file in &arguments.files {
        let outcome = check_file(file, arguments.max_size.0, arguments.shard)?;
        all &= outcome.is_accepted();
        let text = describe(file, &outcome, arguments);
        match io::stdout().write_all(text.as_bytes()) {
            // The reader has seen enough; the exit code is still owed.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
            Err(error) => return Err(Failure::Output(error)),
            Ok(()) => {}
        }
    }
    Ok(all)
}

fn describe(file: &Path, outcome: &Outcome, arguments: &CheckArguments) -> String {
    let file = one_line(&file.to_string_lossy());
    let word = |field: &str| {
        outcome
            .claim
            .get(field)
            .and_then(Value::as_str)
            .map_or_else(|| "?".to_owned(), one_line)
    };
    let claim = format!(
        "claim {} of kind {}, sha256 {}",
        word("name"),
        word("kind"),
        outcome.claim_sha256
    );
    if let Some(rejection) = &outcome.rejected {
        let statement = rejection
            .statement
            .as_ref()
            .map_or(String::new(), |statement| {
                format!("  not proved: {statement}\n")
            });
        return format!(
            "rejected: {file}\n  {claim}\n{statement}  because: {}\n",
            rejection.reason
        );
    }
    // Radius conditions are other routes to the same minimum; a claim may ask for them, and a certificate does not hold them.
    let required = outcome.claim.get("require").and_then(Value::as_array);
    let required: Vec<&str> = (required.into_iter().flatten().filter_map(Value::as_str))
        .filter(|id| *id != "krawczyk")
        .collect();
    let result = match outcome.proves {
        Proves::Verified if required.is_empty() => "the claim is proved".to_owned(),
        Proves::Verified => format!(
            "the claim is proved, but for the conditions that it requires ({})",
            one_line(&required.join(", "))
        ),
        Proves::Refused => "the claim is proved to be false".to_owned(),
    };
    let (count, of) = (outcome.proved.len(), outcome.of);
    let part = if count < of {
        format!(
            "{count} of {of} statements (shard {}): {result} if the other shards are accepted as well",
            arguments
                .shard
                .map_or_else(String::new, |shard| shard.to_string())
        )
    } else {
        format!("{result}, by {of} statements")
    };
    let mut text = format!("accepted: {file}\n  {claim}\n  {part}\n");
    let listed = if arguments.statements {
        count
    } else {
        count.min(LISTED)
    };
    for statement in &outcome.proved[..listed] {
        text.push_str(&format!("  - {statement}\n"));
    }
    if listed < count {
        text.push_str(&format!(
            "  - and {} more (--statements lists them)\n",
            count - listed
        ));
    }
    text
}
