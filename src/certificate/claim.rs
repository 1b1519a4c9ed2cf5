//! A claim in canonical form: every field, as written.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::batch::canonical;
use crate::claim::Claim;
use crate::data::Source;

/// The claim's parameters as JSON. Its canonical text (keys in ascending order, no white space) is what [`claim_sha256`] is about.
#[must_use]
pub fn canonical_claim(claim: &Claim) -> Value {
    let written = &claim.written;
    let bound = if claim.and_larger { ">=" } else { "" };
    let data = claim.data.as_ref().map(|data| match &data.source {
        Source::Drawn { seed, noise } => {
            json!({"n": data.n().to_string(), "noise": noise.name(), "seed": seed.to_string()})
        }
        Source::File { sha256, .. } => json!({"n": data.n().to_string(), "sha256": sha256}),
    });
    json!({
        "alpha": written.alpha,
        "beta": written.beta,
        "d": format!("{bound}{}", claim.d),
        "data": data,
        "gamma": written.gamma,
        "kind": claim.kind.name(),
        "name": claim.name,
        "require": claim.require.iter().map(|id| id.name()).collect::<Vec<_>>(),
        "rho_data": written.rho_data,
        "rho_view": written.rho_view,
        "start": written.start,
        "step": written.step,
        "tau": written.tau,
        "weights": written.weights,
    })
}

/// SHA-256 of the canonical text of a claim, 64 lower-case hexadecimal digits. It tells which claim it is, nothing else.
#[must_use]
pub fn claim_sha256(claim: &Value) -> String {
    let digest = Sha256::digest(canonical(claim).as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
