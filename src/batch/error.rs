//! What can be wrong with the file of a table.

use std::io;

use thiserror::Error;

/// Why a table cannot be read, resumed, written or merged. Every message is one line.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum BatchError {
    /// The file cannot be read.
    #[error("{file}: cannot be read ({source}); allowed: a table of finished jobs (JSON lines)")]
    Unreadable {
        /// The file.
        file: String,
        /// What the system said.
        source: io::Error,
    },
    /// The file cannot be written.
    #[error("{file}: cannot be written ({source})")]
    Write {
        /// The file.
        file: String,
        /// What the system said.
        source: io::Error,
    },
    /// The first line is no header.
    #[error(
        "{file}, line 1: no header of a table ({reason}); allowed: a file that a run of this program wrote"
    )]
    Header {
        /// The file.
        file: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The header is that of another table.
    #[error(
        "{file}, line 1: belongs to another table: {difference}; allowed: the same table, or another place"
    )]
    OtherTable {
        /// The file.
        file: String,
        /// What differs.
        difference: String,
    },
    /// A line is not what was written.
    #[error(
        "{file}, line {line}: damaged ({reason}); allowed: {{\"index\":i,\"record\":...}} as it was written"
    )]
    Damaged {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// An index that is none of this file's.
    #[error("{file}, line {line}: index {index} does not belong here; allowed: {allowed}")]
    Index {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u64,
        /// The index.
        index: u64,
        /// Which indices do.
        allowed: String,
    },
    /// Two different records for one index.
    #[error(
        "{file}, line {line}: index {index} has another record in {other}; allowed: one record for each index"
    )]
    Duplicate {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u64,
        /// The index.
        index: u64,
        /// Where the other record is.
        other: String,
    },
    /// The file was changed while this process wrote it.
    #[error(
        "{file}: changed by another process meanwhile; allowed: one process for each file (start again: what is done is kept)"
    )]
    Concurrent {
        /// The file.
        file: String,
    },
    /// Records or parameters that JSON cannot hold.
    #[error("{what} cannot be written as JSON ({source})")]
    Json {
        /// What was to be written.
        what: &'static str,
        /// What the serialiser said.
        source: serde_json::Error,
    },
    /// Nothing to merge.
    #[error("no file to merge; allowed: one table in any number of files")]
    Nothing,
}
