//! One claim file as a table of fields: numbers, texts and the errors about them.

use std::ops::RangeInclusive;

use toml_edit::{Item, Table, TomlError, Value};

use super::error::{ClaimError, excerpt, one_line};
use crate::interval::{Interval, LiteralError, MAX_LITERAL_LENGTH};

/// A number of the claim.
#[derive(Clone)]
pub(super) struct Number {
    pub(super) value: Interval,
    /// What [`Interval::literal`] read.
    pub(super) literal: String,
    /// The same for people: TOML's own spelling, without quotes and spaces.
    pub(super) written: String,
}

impl Number {
    /// Where there is no number: 0, and not written.
    pub(super) const fn none() -> Self {
        Self {
            value: Interval::ZERO,
            literal: String::new(),
            written: String::new(),
        }
    }
}

/// The numbers a field may have, end points included.
pub(super) struct Range {
    pub(super) field: &'static str,
    /// `a number`, say.
    what: &'static str,
    least: &'static str,
    most: &'static str,
}

impl Range {
    pub(super) const fn new(
        field: &'static str,
        what: &'static str,
        [least, most]: [&'static str; 2],
    ) -> Self {
        Self {
            field,
            what,
            least,
            most,
        }
    }

    pub(super) fn allowed(&self) -> String {
        let Self {
            what, least, most, ..
        } = self;
        format!(
            "{what} from {least} to {most}, a decimal or a quoted fraction \
             such as \"1/800\" (at most {MAX_LITERAL_LENGTH} characters)"
        )
    }

    fn contains(&self, value: Interval) -> bool {
        let least = Interval::literal(self.least).is_ok_and(|least| value.inf() >= least.inf());
        let most = Interval::literal(self.most).is_ok_and(|most| value.sup() <= most.sup());
        least && most
    }
}

/// One claim file and its table of fields.
pub(super) struct Reader<'a> {
    text: &'a str,
    pub(super) file: String,
    pub(super) table: &'a Table,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(text: &'a str, file: String, table: &'a Table) -> Self {
        Self { text, file, table }
    }

    /// Are all fields among `fields`?
    pub(super) fn no_unknown_field(&self, fields: &[&str]) -> Result<(), ClaimError> {
        match self.table.iter().find(|(key, _)| !fields.contains(key)) {
            None => Ok(()),
            Some((key, item)) => Err(ClaimError::UnknownField {
                file: self.file.clone(),
                field: excerpt(key),
                value: self.shown(item),
                allowed: fields.join(", "),
            }),
        }
    }

    pub(super) fn required_number(&self, range: &Range) -> Result<Number, ClaimError> {
        let item = self.required(range.field, || range.allowed())?;
        self.literal(range, range.field, item)
    }

    pub(super) fn number(&self, range: &Range) -> Result<Option<Number>, ClaimError> {
        let item = self.table.get(range.field);
        item.map(|item| self.literal(range, range.field, item))
            .transpose()
    }

    /// The number that `item` writes, if it lies in `range`.
    pub(super) fn literal(
        &self,
        range: &Range,
        field: &str,
        item: &Item,
    ) -> Result<Number, ClaimError> {
        let written = match item.as_value() {
            // An i64 prints exactly, whatever base it is written in.
            Some(Value::Integer(integer)) => integer.value().to_string(),
            // TOML has checked where the underscores stand.
            Some(Value::Float(_)) => self.source(item).replace('_', ""),
            Some(Value::String(text)) => text.value().clone(),
            _ => return Err(self.wrong_type(field, item, range.allowed())),
        };
        let (file, field, value) = (self.file.clone(), field.to_owned(), self.shown(item));
        let allowed = range.allowed();
        match Interval::literal(&written) {
            Ok(enclosure) if range.contains(enclosure) => Ok(Number {
                value: enclosure,
                written: written.split_whitespace().collect(),
                literal: written,
            }),
            Err(LiteralError::Syntax(_) | LiteralError::TooLong(_)) => {
                Err(ClaimError::NotANumber {
                    file,
                    field,
                    value,
                    allowed,
                })
            }
            Ok(_) | Err(LiteralError::Range(_)) => Err(ClaimError::OutOfRange {
                file,
                field,
                value,
                allowed,
            }),
        }
    }

    /// The integer that `item` writes, if it lies in `range`.
    pub(super) fn integer(
        &self,
        field: &str,
        item: &Item,
        range: RangeInclusive<u64>,
        allowed: &str,
    ) -> Result<u64, ClaimError> {
        let Some(written) = item.as_integer() else {
            return Err(self.wrong_type(field, item, allowed.to_owned()));
        };
        match u64::try_from(written) {
            Ok(integer) if range.contains(&integer) => Ok(integer),
            _ => Err(self.out_of_range(field, self.shown(item), allowed.to_owned())),
        }
    }

    pub(super) fn out_of_range(&self, field: &str, value: String, allowed: String) -> ClaimError {
        ClaimError::OutOfRange {
            file: self.file.clone(),
            field: field.to_owned(),
            value,
            allowed,
        }
    }

    pub(super) fn required(
        &self,
        field: &str,
        allowed: impl Fn() -> String,
    ) -> Result<&Item, ClaimError> {
        self.table.get(field).ok_or_else(|| ClaimError::Missing {
            file: self.file.clone(),
            field: field.to_owned(),
            allowed: allowed(),
        })
    }

    pub(super) fn string<'i>(
        &self,
        field: &str,
        item: &'i Item,
        allowed: impl Fn() -> String,
    ) -> Result<&'i str, ClaimError> {
        (item.as_str()).ok_or_else(|| self.wrong_type(field, item, allowed()))
    }

    pub(super) fn wrong_type(&self, field: &str, item: &Item, allowed: String) -> ClaimError {
        ClaimError::WrongType {
            file: self.file.clone(),
            field: field.to_owned(),
            value: self.shown(item),
            found: match item.as_value() {
                Some(Value::String(_)) => "a string",
                Some(Value::Integer(_)) => "an integer",
                Some(Value::Float(_)) => "a float",
                Some(Value::Boolean(_)) => "a boolean",
                Some(Value::Datetime(_)) => "a date or time",
                Some(Value::Array(_)) => "a list",
                Some(Value::InlineTable(_)) | None => "a table",
            },
            allowed,
        }
    }

    pub(super) fn unknown_name(&self, field: &str, item: &Item, allowed: String) -> ClaimError {
        ClaimError::UnknownName {
            file: self.file.clone(),
            field: field.to_owned(),
            value: self.shown(item),
            allowed,
        }
    }

    /// The value as it stands in the file; a table has no one place there.
    fn source(&self, item: &Item) -> &str {
        (item.as_value().and_then(|value| value.span()))
            .and_then(|span| self.text.get(span))
            .unwrap_or("{ … }")
    }

    pub(super) fn shown(&self, item: &Item) -> String {
        excerpt(self.source(item))
    }
}

/// The parser's error, with the line it speaks of.
pub(super) fn syntax(error: &TomlError, text: &str, file: &str) -> ClaimError {
    let at = error.span().map_or(0, |span| span.start);
    let before = text.get(..at).unwrap_or("");
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    ClaimError::Syntax {
        file: file.to_owned(),
        line: before.matches('\n').count() + 1,
        value: excerpt(text[start..].lines().next().unwrap_or("")),
        message: one_line(error.message()),
        allowed: "TOML in which each field stands once".to_owned(),
    }
}
