//! The claims of one run, all read before any work begins.

use std::path::Path;

use minlift::claim::{Claim, ClaimError, builtin};

use crate::cli::Arguments;

/// The claims to verify, in the order in which they are verified.
pub fn claims(arguments: &Arguments) -> Result<Vec<Claim>, ClaimError> {
    let none = arguments.files.is_empty() && arguments.data.is_none();
    let builtin: &[builtin::Source] = match (arguments.all, none) {
        (true, _) => &builtin::SOURCES,
        (false, true) => &builtin::SOURCES[..1],
        (false, false) => &[],
    };
    let mut named: Vec<(String, Claim)> = Vec::new();
    for source in builtin {
        let file = format!("the built-in {}", source.file);
        add(&mut named, file, source.claim()?)?;
    }
    for path in &arguments.files {
        let file = minlift::claim::one_line(&path.to_string_lossy());
        add(&mut named, file, Claim::from_file(path)?)?;
    }
    if let Some(path) = &arguments.data {
        let file = minlift::claim::one_line(&path.to_string_lossy());
        add(&mut named, file, points(path, arguments)?)?;
    }
    Ok(named.into_iter().map(|(_, claim)| claim).collect())
}

/// The claim about the points in `path`; what is not given is the paper's.
fn points(path: &Path, arguments: &Arguments) -> Result<Claim, ClaimError> {
    let tau = arguments.tau.as_deref().unwrap_or("7");
    let alpha = arguments.alpha.as_deref().unwrap_or("1/800");
    Claim::of_data_file(path, None, tau, alpha, arguments.rho.as_deref())
}

/// Names are the reports' folders: each may stand once.
fn add(named: &mut Vec<(String, Claim)>, file: String, claim: Claim) -> Result<(), ClaimError> {
    if let Some((other, _)) = named.iter().find(|(_, it)| it.name == claim.name) {
        return Err(ClaimError::NameTaken {
            file,
            value: claim.name,
            other: other.clone(),
        });
    }
    named.push((file, claim));
    Ok(())
}
