//! What was computed, for people and for programs.

pub mod files;

use files::ReportFile;

use crate::dossier::Dossier;

/// STUB: the report for the terminal, ending in a line break.
#[must_use]
pub fn text(dossier: &Dossier) -> String {
    let evidence = &dossier.evidence;
    let (name, verdict) = (&evidence.claim.name, evidence.verdict.name());
    format!("{verdict}: {name} ({})\n", evidence.reason)
}

/// STUB: the report as one JSON object, ending in a line break.
#[must_use]
pub fn json(dossier: &Dossier) -> String {
    let evidence = &dossier.evidence;
    let report = serde_json::json!({
        "schema": "stub",
        "name": evidence.claim.name,
        "verdict": evidence.verdict.name(),
        "reason": evidence.reason,
    });
    format!("{report:#}\n")
}

/// STUB: the files of the claim's folder; one of them is [`files::MARKER`].
#[must_use]
pub fn folder(dossier: &Dossier) -> Vec<ReportFile> {
    vec![
        ReportFile::new("report.md", text(dossier)),
        ReportFile::new(files::MARKER, json(dossier)),
    ]
}
