//! What is no certificate.

use thiserror::Error;

/// Why a file was not checked. Every message is one line.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum CheckError {
    /// It cannot be read.
    #[error("{file}: cannot be read ({reason}); allowed: a certificate (JSON, UTF-8)")]
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        reason: String,
    },
    /// It is larger than the limit.
    #[error(
        "{file}: larger than {largest} bytes; allowed: at most as many, or a larger --max-size"
    )]
    TooLarge {
        /// The file.
        file: String,
        /// The limit.
        largest: u64,
    },
    /// It is no certificate.
    #[error("{file}: {reason}; allowed: a certificate as in notes/certificate.md")]
    NoCertificate {
        /// The file.
        file: String,
        /// What is wrong with it, and where.
        reason: String,
    },
}
