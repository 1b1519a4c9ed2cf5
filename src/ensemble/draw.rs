//! One draw: from a job to what is proved about its data set.

use super::job::Job;
use super::parameters::Parameters;
use super::record::DrawRecord;

/// Which proof the records come from. A change after which some job gives another record raises it:
/// tables of different methods are different tables, and are neither resumed nor merged.
pub const METHOD: u32 = 0;

/// Draws the data set of `job` and proves what can be proved about it; a function of its arguments
/// alone.
///
/// So far nothing is proved here: the certificate of one data set is not joined to the table yet,
/// and every record says so.
#[must_use]
pub fn record(job: &Job, parameters: &Parameters) -> DrawRecord {
    let _ = (job, parameters);
    DrawRecord::nothing_proved([0; 4], "the certificate of a data set is not available")
}
