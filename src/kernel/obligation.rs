//! What a certificate says, statement by statement, each with its check.

use super::claim::Claim;
use super::format::{Certificate, Proof, Proves};
use super::{budget, data, descent, global, many, minimum, supervised, system};

/// A statement and how it is proved.
pub struct Obligation<'a> {
    /// What is proved, in words.
    pub statement: String,
    check: Box<dyn Fn() -> Result<(), String> + Send + Sync + 'a>,
}

impl std::fmt::Debug for Obligation<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Obligation")
            .field("statement", &self.statement)
            .finish_non_exhaustive()
    }
}

impl<'a> Obligation<'a> {
    /// A statement with its check.
    pub fn new(
        statement: impl Into<String>,
        check: impl Fn() -> Result<(), String> + Send + Sync + 'a,
    ) -> Self {
        Self {
            statement: statement.into(),
            check: Box::new(check),
        }
    }

    /// Proves it; why not, otherwise.
    ///
    /// # Errors
    ///
    /// What could not be proved, in words.
    pub fn check(&self) -> Result<(), String> {
        budget::start();
        (self.check)()
    }
}

/// `if !holds { return Err(why) }`.
pub fn ensure(holds: bool, why: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(why.into()) }
}

/// All statements of a certificate: if each of them is proved, so is what it claims to prove.
///
/// # Errors
///
/// The certificate cannot prove what it says, whatever its numbers are.
pub fn obligations(certificate: &Certificate) -> Result<Vec<Obligation<'_>>, String> {
    ensure(
        certificate.format == "minlift certificate 1",
        "the format is not \"minlift certificate 1\"",
    )?;
    if let Proof::System(proof) = &certificate.proof {
        ensure(
            certificate.proves == Proves::Verified,
            "a system can only be verified",
        )?;
        return system::obligations(&certificate.claim.0, proof);
    }
    let claim = Claim::read(&certificate.claim.0)?;
    let verified = certificate.proves == Proves::Verified;
    match (claim.kind.as_str(), verified, &certificate.proof) {
        ("ssl", true, Proof::Minimum(proof)) => Ok(minimum::obligations(claim, proof)),
        ("sl", true, Proof::Supervised(proof)) => supervised::obligations(claim, proof),
        ("contrast", true, Proof::Contrast { ssl, sl }) => {
            let mut all = minimum::obligations(claim.clone(), ssl);
            all.extend(supervised::obligations(claim, sl)?);
            Ok(all)
        }
        // What is refused is the existence of the minimum, of either side for a contrast.
        ("ssl" | "contrast" | "data" | "box", false, Proof::Absence(proof)) => {
            many::absence(claim, proof)
        }
        ("sl" | "contrast", false, Proof::SupervisedAbsence(proof)) => {
            supervised::absence(claim, proof)
        }
        ("data", true, Proof::Data(proof)) => data::obligations(claim, proof),
        ("every-d" | "branch", true, Proof::Branch(proof)) => many::branch(claim, proof),
        ("box", true, Proof::Region(proof)) => many::region(claim, proof),
        ("global", _, Proof::Global(proof)) => global::obligations(claim, proof, verified),
        ("descent", true, Proof::Descent { sets }) => descent::obligations(claim, sets),
        ("descent", false, Proof::Stays(plane)) => descent::stays(claim, plane),
        ("descent", false, Proof::Repels(plane)) => descent::repels(claim, plane),
        (kind, ..) => Err(format!(
            "a claim of kind {kind:?} cannot be {} by a proof of this kind",
            if verified { "verified" } else { "refused" }
        )),
    }
}
