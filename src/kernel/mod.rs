//! A checker of certificates that shares nothing with what wrote them.
//!
//! Nothing here uses another module of this crate: not its intervals, its Gaussian averages, its linear algebra or its parser. Numbers are
//! fixed-point intervals over 256-bit integers ([`fixed`]). What has to be believed is listed in `notes/trust.md`.

mod averages;
mod budget;
pub mod claim;
mod data;
mod descent;
mod dual;
pub mod fields;
pub mod fixed;
pub mod format;
mod global;
mod krawczyk;
mod many;
mod minimum;
mod moments;
pub mod number;
mod piece;
mod row;
mod search;
mod supervised;
mod system;

pub use obligation::{Obligation, obligations};

mod obligation;
