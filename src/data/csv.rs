//! Points from comma-separated decimals.

use csv::{ByteRecord, ReaderBuilder};

use super::MOST_NUMBERS;
use super::error::{DataError, Place, Problem};
use super::file::{FINITE, Found, POINTS, finite, too_large};
use crate::claim::excerpt;

/// Names of the column that holds the class, in lower case.
const LABELS: [&str; 3] = ["label", "y", "class"];
/// Longer fields are no numbers that anybody means.
const LONGEST_NUMBER: usize = 1000;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The points of a `.csv` file with these bytes.
pub(super) fn parse(bytes: &[u8], file: &str) -> Result<Found, DataError> {
    let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    // Also keeps a line of nothing but commas from filling the memory.
    let commas = text.iter().filter(|&&byte| byte == b',').count();
    if commas as u64 > MOST_NUMBERS {
        return Err(too_large(file, format!("{commas} commas stand in it")));
    }
    let mut rows = Rows::new(text, file);
    while rows.next()? {
        rows.take()?;
    }
    rows.finish()
}

/// The lines of one file, and what was found in them.
struct Rows<'a> {
    text: &'a [u8],
    file: &'a str,
    reader: csv::Reader<&'a [u8]>,
    record: ByteRecord,
    header: Option<Header>,
    /// The line that fixes the number of fields, and that number.
    first: Option<(usize, usize)>,
    values: Vec<f64>,
    classes: Vec<u8>,
}

struct Header {
    names: Vec<String>,
    label: Option<usize>,
}

impl<'a> Rows<'a> {
    fn new(text: &'a [u8], file: &'a str) -> Self {
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .quoting(false)
            .comment(Some(b'#'))
            .from_reader(text);
        Self {
            text,
            file,
            reader,
            record: ByteRecord::new(),
            header: None,
            first: None,
            values: Vec::new(),
            classes: Vec::new(),
        }
    }

    /// Goes to the next line that is not blank; false at the end.
    fn next(&mut self) -> Result<bool, DataError> {
        loop {
            let more = self.reader.read_byte_record(&mut self.record);
            // The bytes are in memory and of any length: nothing is left that could fail.
            if !more.map_err(|error| self.unreadable(&error))? {
                return Ok(false);
            }
            let first = self.record.get(0).unwrap_or(b"").trim_ascii();
            let blank = first.is_empty() && self.record.len() == 1;
            if !blank && !first.starts_with(b"#") {
                return Ok(true);
            }
        }
    }

    /// Takes the current line: a header if it is the first and holds no number, otherwise a point.
    fn take(&mut self) -> Result<(), DataError> {
        let found = self.record.len();
        match self.first {
            None => {
                self.first = Some((self.line(), found));
                let numbers = (0..found).filter(|&j| number(self.field(j)).is_some());
                if numbers.count() == 0 {
                    return self.take_header();
                }
            }
            Some((line, count)) if count != found => return Err(self.ragged(line, count)),
            Some(_) => {}
        }
        let label = self.header.as_ref().and_then(|header| header.label);
        let d = found - usize::from(label.is_some());
        if d < 2 {
            return Err(self.too_few(d));
        }
        if (self.values.len() + d) as u64 > MOST_NUMBERS {
            let found = format!("line {} goes beyond {MOST_NUMBERS} numbers", self.line());
            return Err(too_large(self.file, found));
        }
        for j in 0..found {
            let x = number(self.field(j)).ok_or_else(|| self.no_number(j))?;
            if label != Some(j) {
                let x = finite(x, self.file, || self.place(j), || self.shown(j))?;
                self.values.push(x);
            } else if x == 0.0 || x == 1.0 {
                self.classes.push(u8::from(x == 1.0));
            } else {
                return Err(self.value(j, Problem::NotALabel, "0 or 1"));
            }
        }
        Ok(())
    }

    fn take_header(&mut self) -> Result<(), DataError> {
        let mut label = None;
        let names = (0..self.record.len()).map(|j| self.shown(j)).collect();
        for j in 0..self.record.len() {
            let name = String::from_utf8_lossy(self.field(j)).to_lowercase();
            if name.is_empty() {
                return Err(self.wrong_header(j, Problem::NoName));
            }
            if LABELS.contains(&name.as_str()) && label.replace(j).is_some() {
                return Err(self.wrong_header(j, Problem::SecondLabel));
            }
        }
        self.header = Some(Header { names, label });
        Ok(())
    }

    fn finish(self) -> Result<Found, DataError> {
        let label = self.header.and_then(|header| header.label);
        let d = self.first.map_or(0, |(_, count)| count) - usize::from(label.is_some());
        if self.values.is_empty() {
            return Err(DataError::NoPoints {
                file: self.file.to_owned(),
                allowed: POINTS.to_owned(),
            });
        }
        Ok(Found {
            values: self.values,
            d,
            classes: label.map(|_| self.classes),
        })
    }

    /// Field `j` without spaces and quotes around it.
    fn field(&self, j: usize) -> &[u8] {
        let field = self.record.get(j).unwrap_or(b"").trim_ascii();
        let inner = (field.strip_prefix(b"\"")).and_then(|rest| rest.strip_suffix(b"\""));
        inner.map_or(field, <[u8]>::trim_ascii)
    }

    /// The line of the file that the current record stands in, from 1. Counted when it is asked for: the position of a
    /// record is where the one before ended, before any blank lines and comments.
    fn line(&self) -> usize {
        let start = self.record.position().map_or(0, csv::Position::byte);
        let mut at = usize::try_from(start).unwrap_or(usize::MAX);
        let starts_line = |at: usize| at == 0 || matches!(self.text[at - 1], b'\n' | b'\r');
        while let Some(&byte) = self.text.get(at) {
            match byte {
                b'\n' | b'\r' => at += 1,
                b'#' if starts_line(at) => {
                    let rest = self.text[at..].iter();
                    at += rest.take_while(|b| !matches!(b, b'\n' | b'\r')).count();
                }
                _ => break,
            }
        }
        let before = &self.text[..at.min(self.text.len())];
        // Windows ends a line with two bytes.
        let ends = (0..before.len()).filter(|&i| match before[i] {
            b'\n' => true,
            b'\r' => before.get(i + 1) != Some(&b'\n'),
            _ => false,
        });
        ends.count() + 1
    }

    fn place(&self, j: usize) -> Place {
        let names = self.header.as_ref().map(|header| &header.names);
        Place::Line {
            line: self.line(),
            column: j + 1,
            name: names.and_then(|names| names.get(j)).cloned(),
        }
    }

    fn shown(&self, j: usize) -> String {
        shown(self.field(j))
    }

    fn value(&self, j: usize, problem: Problem, allowed: &str) -> DataError {
        DataError::Value {
            file: self.file.to_owned(),
            place: self.place(j),
            value: self.shown(j),
            problem,
            allowed: allowed.to_owned(),
        }
    }

    fn no_number(&self, j: usize) -> DataError {
        let field = self.field(j);
        if field.is_empty() {
            let mut error = self.value(j, Problem::Empty, FINITE);
            if let DataError::Value { value, .. } = &mut error {
                "\"\"".clone_into(value);
            }
            return error;
        }
        if field.len() > LONGEST_NUMBER {
            let allowed = format!("{FINITE}, of at most {LONGEST_NUMBER} characters");
            return self.value(j, Problem::TooLong, &allowed);
        }
        self.value(j, Problem::NotANumber, FINITE)
    }

    fn wrong_header(&self, j: usize, problem: Problem) -> DataError {
        DataError::Value {
            file: self.file.to_owned(),
            place: self.place(j),
            value: format!("\"{}\"", self.shown(j)),
            problem,
            allowed: format!(
                "a name for each column, at most one of them {}",
                LABELS.join(", ")
            ),
        }
    }

    fn ragged(&self, first: usize, count: usize) -> DataError {
        DataError::Ragged {
            file: self.file.to_owned(),
            line: self.line(),
            value: self.beginning(),
            found: self.record.len(),
            allowed: format!("{count} fields, as in line {first}"),
        }
    }

    /// The line's first fields, for a message.
    fn beginning(&self) -> String {
        const MORE_THAN_SHOWN: usize = 80;
        let fields = self.record.iter().take(MORE_THAN_SHOWN);
        excerpt(&fields.map(shown).collect::<Vec<_>>().join(","))
    }

    fn too_few(&self, d: usize) -> DataError {
        let s = if d == 1 { "" } else { "s" };
        DataError::Dimension {
            file: self.file.to_owned(),
            place: format!("line {} = {}", self.line(), self.beginning()),
            found: format!("{d} coordinate{s}"),
            allowed: "at least two, apart by commas".to_owned(),
        }
    }

    fn unreadable(&self, error: &csv::Error) -> DataError {
        DataError::Unreadable {
            file: self.file.to_owned(),
            reason: excerpt(&error.to_string()),
            allowed: "a .csv file".to_owned(),
        }
    }
}

/// The float nearest to the decimal in `field`, which may be infinite or no number (`nan`); none if the field is no decimal.
fn number(field: &[u8]) -> Option<f64> {
    if field.len() > LONGEST_NUMBER {
        return None;
    }
    std::str::from_utf8(field).ok()?.parse().ok()
}

/// A field for a message: one line, not long, whatever it is.
fn shown(field: &[u8]) -> String {
    const MORE_THAN_SHOWN: usize = 1000;
    let start = &field[..field.len().min(MORE_THAN_SHOWN)];
    excerpt(&String::from_utf8_lossy(start))
}
