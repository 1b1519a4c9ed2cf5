//! Certificates: what a separate checker ([`crate::kernel`]) needs in order to prove a claim again.
//!
//! A certificate holds candidates only: boxes, preconditioners, subdivisions and bounds as exact hexadecimal floats. Nothing in it is believed. Its
//! format is described in `notes/certificate.md`.

mod claim;
mod cuts;
mod family;
mod number;
mod plane;
mod sides;

pub use claim::{canonical_claim, claim_sha256};

use serde_json::{Value, json};

use crate::claim::family::FamilyEvidence;
use crate::claim::{Claim, ClaimVerdict};
use crate::dossier::Dossier;
use crate::interval::Interval;

/// The file beside the report.
pub const FILE: &str = "certificate.json";

/// What the first line of a certificate says.
pub const FORMAT: &str = "minlift certificate 1";

impl Dossier {
    /// The certificate of what was decided, as JSON; none if nothing was, or if it cannot be written down in this format.
    #[must_use]
    pub fn certificate(&self) -> Option<String> {
        let verdict = self.verdict();
        let proof = match verdict {
            ClaimVerdict::Verified => self.proof_of_the_claim()?,
            ClaimVerdict::Refused => self.refutation()?,
            ClaimVerdict::Inconclusive => return None,
        };
        let claim = canonical_claim(&self.claim);
        let certificate = json!({
            "format": FORMAT,
            "claim_sha256": claim_sha256(&claim),
            "claim": claim,
            "proves": verdict.name(),
            "proof": proof,
        });
        Some(format!("{}\n", crate::batch::canonical(&certificate)))
    }

    fn proof_of_the_claim(&self) -> Option<Value> {
        let claim = &self.claim;
        let ssl = self.ssl.as_ref().map(|side| sides::minimum(&side.evidence));
        let sl = self
            .sl
            .as_ref()
            .map(|side| sides::supervised(claim, &side.evidence));
        let given = self.given.as_ref().map(|side| sides::data(&side.evidence));
        Some(match (ssl, sl, given, &self.family) {
            (Some(ssl), Some(sl), None, None) => json!({"contrast": {"ssl": ssl?, "sl": sl?}}),
            (Some(ssl), None, None, None) => json!({"minimum": ssl?}),
            (None, Some(sl), None, None) => json!({"supervised": sl?}),
            (None, None, Some(data), None) => json!({"data": data?}),
            (None, None, None, Some(family)) => match &family.evidence {
                FamilyEvidence::Dimensions(e) => {
                    json!({"branch": family::every_dimension(claim, e)?})
                }
                FamilyEvidence::Branch(e) => json!({"branch": family::branch(claim, e)?}),
                FamilyEvidence::Region(e) => json!({"region": family::region(e)?}),
                FamilyEvidence::Global(e) => json!({"global": family::global(claim, e)?}),
                FamilyEvidence::Descent(e) => json!({"descent": family::descent(claim, e)?}),
            },
            _ => return None,
        })
    }

    fn refutation(&self) -> Option<Value> {
        let claim = &self.claim;
        if let Some(family) = &self.family {
            return match &family.evidence {
                FamilyEvidence::Region(e) => {
                    let part = e.cover.refused.first()?;
                    let [tau, alpha, variance] = part[..] else {
                        return None;
                    };
                    Some(
                        json!({"absence": sides::absence(&claim.family(), [tau, alpha, variance])?}),
                    )
                }
                FamilyEvidence::Global(e) => Some(json!({"global": family::global(claim, e)?})),
                FamilyEvidence::Descent(e) => {
                    let refutation = e.refutation.as_ref()?;
                    let how = if refutation.stays { "stays" } else { "repels" };
                    Some(json!({how: family::counterexample(refutation)?}))
                }
                FamilyEvidence::Dimensions(_) | FamilyEvidence::Branch(_) => None,
            };
        }
        let refused = |side: Option<ClaimVerdict>| side == Some(ClaimVerdict::Refused);
        if refused(self.sl.as_ref().map(|side| side.evidence.verdict)) {
            let bounds = self.sl.as_ref()?.evidence.refusal.as_ref()?.bounds;
            return Some(json!({"supervised-absence": sides::supervised_absence(claim, bounds)?}));
        }
        within_the_theory(claim).then_some(())?;
        let simplified = [claim.tau, claim.alpha, Interval::ZERO];
        Some(json!({"absence": sides::absence(&claim.family(), simplified)?}))
    }
}

/// The checker refutes by mirror symmetry.
fn within_the_theory(claim: &Claim) -> bool {
    claim.mirror_symmetric
}
