//! How the evidence is shown. Nothing here computes a bound or decides anything.

#[cfg(feature = "cli")]
pub mod figures;
