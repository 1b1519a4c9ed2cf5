//! The proofs of the supervised side against adversaries: references by other means, searches, wrong claims.

mod averages;
mod balls;
mod given;
mod minimum;
mod numbers;
mod wrong;
