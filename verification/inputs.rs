//! The claims of one run, all read before any work begins.

use minlift::claim::{Claim, ClaimError, builtin};

use crate::cli::Arguments;

/// The claims to verify, in the order in which they are verified.
pub fn claims(arguments: &Arguments) -> Result<Vec<Claim>, ClaimError> {
    let builtin: &[builtin::Source] = match (arguments.all, arguments.files.is_empty()) {
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
    Ok(named.into_iter().map(|(_, claim)| claim).collect())
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
