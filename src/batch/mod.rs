//! Tables of independent jobs: interrupted, resumed, split and merged without a trace.
//!
//! A table has jobs `0..jobs`; job `i` gives one record, a function of `i` and of the table's
//! parameters alone. What is done is kept in a file of JSON lines, the [`Journal`]:
//!
//! ```text
//! {"format":1,"table":"...","parameters":{...},"sha256":"...","jobs":6,"shard":"1/1"}
//! {"index":4,"record":...}
//! {"index":0,"record":...}
//! ```
//!
//! The guarantees:
//!
//! * a record is appended, and handed to the system, as soon as its job is done, in any order;
//! * a file is resumed only by the very table it belongs to; whatever else is in it is a typed
//!   error that names file and line, and the file stays as it is;
//! * only a last line without its line feed, which an interruption leaves behind, is cut off;
//! * a finished table is the same bytes for every number of threads, every interruption and,
//!   after [`merge`], every split into [`Shard`]s: header first, records by ascending index.
//!
//! Two processes should not write one file. No lock is left behind that a crash would turn into an
//! obstacle: before each record the length of the file is looked at, and a file that has grown
//! meanwhile ends the run with [`BatchError::Concurrent`]. Between look and write there is a gap;
//! in it both records are appended whole (never one over the other), and equal records for one index
//! are no error. Nothing is promised against a loss of power, nor against a digit changed by
//! hand: lines carry no checksum.

mod canonical;
mod error;
pub mod float;
mod header;
mod journal;
mod merge;
mod run;
mod shard;
mod table;

pub use canonical::canonical;
pub use error::BatchError;
pub use header::{FORMAT, Header};
pub use journal::Journal;
pub use merge::merge;
pub use run::run;
pub use shard::{Shard, ShardError};
pub use table::{Table, replace_file};
