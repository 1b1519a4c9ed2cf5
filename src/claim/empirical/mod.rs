//! Claims about one data set: `kind = "data"`.
//!
//! The simplified objective has the observed frequencies of the centres as weights; the exact objective is
//! [`ℓ_X`](crate::model::empirical), whose Hessian is a full `d × d` matrix. Nothing is symmetric: both rows are
//! proved separately, each in all of `R^d` (`notes/given_data.md`).

mod content;
mod decide;
mod evidence;
mod row;
mod search;

pub use decide::decide;
pub use evidence::{EmpiricalEvidence, EmpiricalExact, EmpiricalMinimum, EmpiricalRow};
