//! Why a claim file is not a claim, in one line.

use thiserror::Error;

use crate::data::DataError;
use crate::interval::Interval;

/// Why a claim file is not a claim.
///
/// Every message is one line that names the file, the field, the value and what is
/// allowed; values are shown as they are written, cut after 80 characters.
#[derive(Clone, Debug, PartialEq, Error)]
#[allow(missing_docs, reason = "file, field, value, allowed: the same in each")]
pub enum ClaimError {
    /// The file could not be read as text.
    #[error("{file}: cannot be read ({reason}); allowed: {allowed}")]
    Unreadable {
        file: String,
        reason: String,
        allowed: String,
    },
    /// Not TOML, or a key that stands twice.
    #[error("{file}: line {line}, {value}: {message}; allowed: {allowed}")]
    Syntax {
        file: String,
        line: usize,
        value: String,
        message: String,
        allowed: String,
    },
    /// A field that claims do not have.
    #[error("{file}: {field} = {value} is an unknown field; allowed: {allowed}")]
    UnknownField {
        file: String,
        field: String,
        value: String,
        allowed: String,
    },
    /// A field that claims of this kind do not have.
    #[error("{file}: {field} = {value} has no meaning for kind = \"{kind}\"; allowed: {allowed}")]
    WrongKind {
        file: String,
        field: String,
        value: String,
        kind: &'static str,
        allowed: String,
    },
    /// A field that every claim needs.
    #[error("{file}: {field} is missing; allowed: {allowed}")]
    Missing {
        file: String,
        field: String,
        allowed: String,
    },
    /// A value of another type than the field's.
    #[error("{file}: {field} = {value} is {found}; allowed: {allowed}")]
    WrongType {
        file: String,
        field: String,
        value: String,
        found: &'static str,
        allowed: String,
    },
    /// A literal that writes no finite decimal or fraction.
    #[error("{file}: {field} = {value} is not a finite decimal or fraction; allowed: {allowed}")]
    NotANumber {
        file: String,
        field: String,
        value: String,
        allowed: String,
    },
    /// A number outside the field's range.
    #[error("{file}: {field} = {value} is out of range; allowed: {allowed}")]
    OutOfRange {
        file: String,
        field: String,
        value: String,
        allowed: String,
    },
    /// A text that is none of those the field can have.
    #[error("{file}: {field} = {value} is not allowed; allowed: {allowed}")]
    UnknownName {
        file: String,
        field: String,
        value: String,
        allowed: String,
    },
    /// A condition that stands twice in `require`.
    #[error("{file}: {field} = {value} repeats an entry; allowed: {allowed}")]
    Repeated {
        file: String,
        field: String,
        value: String,
        allowed: String,
    },
    /// Not four weights.
    #[error("{file}: {field} = {value} has {found} entries; allowed: {allowed}")]
    Count {
        file: String,
        field: String,
        value: String,
        found: usize,
        allowed: String,
    },
    /// The weights are not probabilities.
    #[error("{file}: {field} = {value} has the sum {sum}; allowed: {allowed}")]
    Sum {
        file: String,
        field: String,
        value: String,
        sum: Interval,
        allowed: String,
    },
    /// A field that has no meaning with, or without, another one.
    #[error("{file}: {field} = {value} has no meaning {beside}; allowed: {allowed}")]
    Beside {
        file: String,
        field: String,
        value: String,
        /// `with file`, say.
        beside: &'static str,
        allowed: String,
    },
    /// A field that says something else than the data file.
    #[error("{file}: {field} = {value} does not match {found}; allowed: {allowed}")]
    Mismatch {
        file: String,
        field: String,
        value: String,
        /// What the data file has.
        found: String,
        allowed: String,
    },
    /// The data file that a claim names is no data set.
    #[error("{file}: {field} = {value} is no data set: {source}")]
    NoDataSet {
        file: String,
        field: String,
        value: String,
        source: Box<DataError>,
    },
    /// A data file is no data set.
    #[error(transparent)]
    Data(Box<DataError>),
    /// Two claims of one run have the same name.
    #[error("{file}: name = {value} is also the name in {other}; allowed: names unique in one run")]
    NameTaken {
        file: String,
        value: String,
        other: String,
    },
}

impl From<DataError> for ClaimError {
    fn from(error: DataError) -> Self {
        Self::Data(Box::new(error))
    }
}

/// `text` without line breaks and other control characters (they are escaped),
/// trimmed: what a one-line message may quote.
#[must_use]
pub fn one_line(text: &str) -> String {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let mut line = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if breaks(c) {
            line.extend(c.escape_default());
        } else {
            line.push(c);
        }
    }
    line
}

/// [`one_line`], cut after 80 characters.
pub(crate) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 80;
    let line = one_line(text);
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
