//! Rigorous proofs that a local minimum of a simplified objective lifts to the exact one.

pub mod claim;
pub mod interval;
pub mod report;
pub mod scalar;
pub mod theorem;
