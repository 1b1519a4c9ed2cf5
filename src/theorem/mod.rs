//! The theorems used, one per file, and their verdicts.

mod condition;
mod verdict;

pub use condition::{Condition, Status, Theorem};
pub use verdict::{Obstacle, Verdict};
