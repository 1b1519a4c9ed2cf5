//! Claims: what their files mean, how they are decided, and attempts to fool that.

mod built_in_claims;
mod claim_file;
mod claims_adversarial;
mod family;
mod given_certificate;
mod given_data;
mod supervised_proofs;
