//! The `minlift` command: claims in, verified reports out; `minlift ensemble`: frequencies of proof;
//! `minlift atlas`: a map of parameters; `minlift check`: certificates proved again.
//!
//! | exit code | meaning |
//! |---|---|
//! | 0 | every claim came out as expected; the table is finished |
//! | 1 | some did not |
//! | 2 | bad input, or a report that could not be written: one line on standard error |

#![forbid(unsafe_code)]

mod atlas;
mod check;
mod cli;
mod ensemble;
mod failure;
mod inputs;
mod place;
mod screen;

use std::io::Write;
use std::process::ExitCode;
use std::time::Instant;

use minlift::claim::ClaimVerdict;
use minlift::dossier;
use minlift::report::files::ReportFile;
use minlift::report::latex::has_statement;
use minlift::report::{RenderError, files};

use cli::{Arguments, Format, Request};
use failure::Failure;
use screen::Screen;

fn main() -> ExitCode {
    let outcome = cli::parse().and_then(|request| match request {
        Request::Verify(arguments) => run(&arguments),
        Request::Ensemble(arguments) => ensemble::run(&arguments).map(|()| true),
        Request::Atlas(arguments) => atlas::run(&arguments).map(|()| true),
        Request::Check(arguments) => check::run(&arguments),
        Request::Answered => Ok(true),
    });
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(failure) => {
            // Nobody is left to tell if standard error is closed.
            let _ = writeln!(std::io::stderr(), "minlift: {failure}");
            ExitCode::from(2)
        }
    }
}

/// Verifies and writes claim by claim; did each come out as expected?
///
/// Every input and the places of all reports are checked before any work begins.
fn run(arguments: &Arguments) -> Result<bool, Failure> {
    let claims = inputs::claims(arguments)?;
    files::prepare(&arguments.out)?;
    for claim in &claims {
        files::check_replaceable(&arguments.out, &claim.name)?;
    }
    // With --all the claims that have a theorem to state are picked out.
    if let Some(claim) = claims.iter().find(|claim| !has_statement(claim))
        && arguments.latex
        && !arguments.all
    {
        return Err(Failure::NoStatement {
            claim: claim.name.clone(),
            kind: claim.kind.name(),
        });
    }

    let mut screen = Screen::new(claims.len());
    let several = claims.len() > 1;
    let mut as_expected = 0;
    for (k, claim) in claims.iter().enumerate() {
        let begun = Instant::now();
        let mut dossier =
            dossier::verify(claim, &|progress| screen.progress(&claim.name, progress));
        let mut written = dossier.folder()?;
        // What was not verified has no theorem; the report says why.
        let theorem = match dossier.verdict() {
            ClaimVerdict::Verified if arguments.latex && has_statement(claim) => {
                Some(dossier.latex()?)
            }
            _ => None,
        };
        if let Some(theorem) = &theorem {
            written.push(ReportFile::new(files::THEOREM, theorem.as_str()));
        }
        if let Some(certificate) = dossier.certificate() {
            written.push(ReportFile::new(minlift::certificate::FILE, certificate));
        }
        let folder = files::write_folder(&arguments.out, &claim.name, &written)?;
        let took = begun.elapsed();
        match arguments.format {
            Format::Text => {
                let gap = if k > 0 { "\n" } else { "" };
                let text = dossier.text();
                let theorem = theorem.map_or(String::new(), |theorem| format!("\n{theorem}\n"));
                let report = folder.display();
                screen.print(&format!("{gap}{text}{theorem}report: {report}\n"))?;
            }
            Format::Json => {
                let json = dossier.json().map_err(|source| RenderError::Json {
                    claim: claim.name.clone(),
                    source,
                })?;
                screen.print(&screen::element(&json, k, claims.len()))?;
            }
        }
        screen.note(&format!("{}: {:.2} s", claim.name, took.as_secs_f64()));
        match dossier.shortfall() {
            None => as_expected += 1,
            Some(shortfall) => {
                let line = minlift::claim::one_line(&shortfall);
                screen.complain(&format!("{}: {line}", claim.name));
            }
        }
        screen.next();
    }
    if several && arguments.format == Format::Text {
        let all = claims.len();
        screen.print(&format!(
            "\n{as_expected} of {all} claims came out as expected\n"
        ))?;
    }
    screen.finish()?;
    Ok(as_expected == claims.len())
}
