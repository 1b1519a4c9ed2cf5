//! The supervised side of a claim: `L_SL` has a local minimum that sees `e1` only.

mod system;

pub use system::{Agreeing, InvariantSet, Opposed, Restricted, SimplifiedGradient};
