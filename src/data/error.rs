//! Why a file is not a data set, in one line.

use std::fmt;

use thiserror::Error;

/// Where in a data file something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A line of a `.csv` file, both counted from 1.
    Line {
        /// The line of the file, blank lines and comments included.
        line: usize,
        /// The field of the line.
        column: usize,
        /// The column's name, if the file has a header.
        name: Option<String>,
    },
    /// An entry of a `.npy` array, both counted from 0 as in NumPy.
    Entry {
        /// The point.
        row: usize,
        /// The coordinate.
        column: usize,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line { line, column, name } => {
                write!(f, "line {line}, column {column}")?;
                match name {
                    Some(name) => write!(f, " ({name})"),
                    None => Ok(()),
                }
            }
            Self::Entry { row, column } => write!(f, "entry [{row}, {column}]"),
        }
    }
}

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Problem {
    /// A field of the header without a name.
    #[error("of the header names nothing")]
    NoName,
    /// A second column that holds the class.
    #[error("of the header is a second label")]
    SecondLabel,
    /// A field between two commas with nothing in it.
    #[error("is empty")]
    Empty,
    /// No decimal.
    #[error("is not a number")]
    NotANumber,
    /// More characters than a number is read from.
    #[error("is too long for a number")]
    TooLong,
    /// `nan`, `inf`, or a decimal beyond the largest float.
    #[error("is not finite")]
    NotFinite,
    /// An integer that would be rounded.
    #[error("is not a float")]
    NotAFloat,
    /// A class other than 0 and 1.
    #[error("is no label")]
    NotALabel,
}

/// Why a file is not a data set.
///
/// Every message is one line that names the file, the place in it, the value and what is allowed; values are
/// cut after 80 characters.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[allow(missing_docs, reason = "file, place, value, allowed: the same in each")]
pub enum DataError {
    /// The file could not be read, or is of no kind that can be.
    #[error("{file}: cannot be read ({reason}); allowed: {allowed}")]
    Unreadable {
        file: String,
        reason: String,
        allowed: String,
    },
    /// No point stands in the file.
    #[error("{file}: there is no point in it; allowed: {allowed}")]
    NoPoints { file: String, allowed: String },
    /// More numbers than a data set may have.
    #[error("{file}: {found}; allowed: {allowed}")]
    TooLarge {
        file: String,
        found: String,
        allowed: String,
    },
    /// Fewer than two coordinates.
    #[error("{file}: {place} has {found}; allowed: {allowed}")]
    Dimension {
        file: String,
        /// The line and how it begins, or the array's shape.
        place: String,
        /// `1 coordinate`, say.
        found: String,
        allowed: String,
    },
    /// A line with more or fewer fields than the first.
    #[error("{file}: line {line} = {value} has {found} fields; allowed: {allowed}")]
    Ragged {
        file: String,
        line: usize,
        value: String,
        found: usize,
        allowed: String,
    },
    /// One field of a line, or one entry of an array.
    #[error("{file}: {place} = {value} {problem}; allowed: {allowed}")]
    Value {
        file: String,
        place: Place,
        value: String,
        problem: Problem,
        allowed: String,
    },
    /// A `.npy` file that is not what it should be.
    #[error("{file}: {what} = {value} {problem}; allowed: {allowed}")]
    Array {
        file: String,
        /// `header`, `shape`, `dtype`, …
        what: &'static str,
        value: String,
        problem: &'static str,
        allowed: String,
    },
}
