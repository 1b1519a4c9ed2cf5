//! The first line of a table's file: which table this is, and which part of it.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::canonical::canonical;
use super::error::BatchError;
use super::journal::shown;
use super::shard::Shard;

/// The version of the file format; a change that an old reader misunderstands raises it.
pub const FORMAT: u32 = 1;

/// No header has so many bytes.
const LONGEST: u64 = 1 << 30;

/// Which table a file belongs to, and which part of it is there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    format: u32,
    table: String,
    parameters: Value,
    sha256: String,
    jobs: u64,
    shard: Shard,
}

impl Header {
    /// The header of part `shard` of the table `table` (what kind of table it is) with these
    /// parameters and jobs `0..jobs`.
    ///
    /// # Errors
    ///
    /// Parameters that JSON cannot hold.
    pub fn new<P: Serialize>(
        table: &str,
        parameters: &P,
        jobs: u64,
        shard: Shard,
    ) -> Result<Self, BatchError> {
        let parameters = serde_json::to_value(parameters).map_err(|source| BatchError::Json {
            what: "the parameters of the table",
            source,
        })?;
        Ok(Self {
            format: FORMAT,
            table: table.to_owned(),
            sha256: sha256(&parameters),
            parameters,
            jobs,
            shard,
        })
    }

    /// What kind of table it is.
    #[must_use]
    pub fn table(&self) -> &str {
        &self.table
    }

    /// The parameters, on which, with the index, a record depends.
    #[must_use]
    pub const fn parameters(&self) -> &Value {
        &self.parameters
    }

    /// SHA-256 of the [`canonical`] parameters, in hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The number of jobs of the whole table.
    #[must_use]
    pub const fn jobs(&self) -> u64 {
        self.jobs
    }

    /// Which part of the table the file is for.
    #[must_use]
    pub const fn shard(&self) -> Shard {
        self.shard
    }

    /// The same for another part of the table.
    #[must_use]
    pub fn with_shard(&self, shard: Shard) -> Self {
        Self {
            shard,
            ..self.clone()
        }
    }

    /// The line, with its line feed.
    #[must_use]
    pub fn line(&self) -> String {
        let text = |word: &str| Value::from(word).to_string();
        format!(
            "{{\"format\":{},\"table\":{},\"parameters\":{},\"sha256\":{},\"jobs\":{},\"shard\":\"{}\"}}\n",
            self.format,
            text(&self.table),
            canonical(&self.parameters),
            text(&self.sha256),
            self.jobs,
            self.shard,
        )
    }

    /// Reads the first line of the file at `path`; `None` if it has no end yet.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, or that begins with another line.
    pub fn of_file(path: &Path) -> Result<Option<Self>, BatchError> {
        let file = shown(path);
        let mut line = vec![];
        let opened = File::open(path).map(|opened| BufReader::new(opened.take(LONGEST)));
        opened
            .and_then(|mut reader| reader.read_until(b'\n', &mut line))
            .map_err(|source| BatchError::Unreadable {
                file: file.clone(),
                source,
            })?;
        match line.strip_suffix(b"\n") {
            Some(line) => Self::read(line, &file).map(Some),
            None if (line.len() as u64) < LONGEST => Ok(None),
            None => Err(BatchError::Header {
                file,
                reason: "the line is too long".to_owned(),
            }),
        }
    }

    /// Checks that `self`, read from the file at `path`, is the table that is wanted, or a part of it.
    ///
    /// # Errors
    ///
    /// [`BatchError::OtherTable`] with the first difference.
    pub fn check_table(&self, wanted: &Self, path: &Path) -> Result<(), BatchError> {
        match self.difference(wanted) {
            None => Ok(()),
            Some(difference) => Err(BatchError::OtherTable {
                file: shown(path),
                difference,
            }),
        }
    }

    /// Reads the line (without its line feed) of the file named `file`.
    pub(super) fn read(line: &[u8], file: &str) -> Result<Self, BatchError> {
        let bad = |reason: String| BatchError::Header {
            file: file.to_owned(),
            reason,
        };
        let value: Value =
            serde_json::from_slice(line).map_err(|_| bad("it is no JSON object".to_owned()))?;
        match value.get("format").and_then(Value::as_u64) {
            Some(format) if format == u64::from(FORMAT) => {}
            Some(format) => {
                return Err(bad(format!("format {format}, this program reads {FORMAT}")));
            }
            None => return Err(bad("it has no format number".to_owned())),
        }
        let header: Self = serde_json::from_value(value)
            .map_err(|error| bad(crate::claim::one_line(&error.to_string())))?;
        if header.sha256 != sha256(&header.parameters) {
            return Err(bad("sha256 is not that of the parameters".to_owned()));
        }
        if header.line().trim_end().as_bytes() != line {
            return Err(bad("it is not as it was written".to_owned()));
        }
        Ok(header)
    }

    /// How `self`, read from a file, differs from the table that is wanted, apart from the shard.
    pub(super) fn difference(&self, wanted: &Self) -> Option<String> {
        if self.table != wanted.table {
            return Some(format!("table = {:?}, not {:?}", self.table, wanted.table));
        }
        if self.parameters != wanted.parameters {
            return Some(first_difference(&self.parameters, &wanted.parameters));
        }
        (self.jobs != wanted.jobs).then(|| format!("jobs = {}, not {}", self.jobs, wanted.jobs))
    }
}

fn sha256(parameters: &Value) -> String {
    let digest = Sha256::digest(canonical(parameters).as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The first parameter, by name, that the two do not share.
fn first_difference(found: &Value, wanted: &Value) -> String {
    let show = |value: Option<&Value>| {
        let text = value.map_or("missing".to_owned(), canonical);
        match text.char_indices().nth(60) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text,
        }
    };
    if let (Value::Object(a), Value::Object(b)) = (found, wanted) {
        let mut names: Vec<&String> = a.keys().chain(b.keys()).collect();
        names.sort();
        if let Some(name) = names.into_iter().find(|name| a.get(*name) != b.get(*name)) {
            return format!("{name} = {}, not {}", show(a.get(name)), show(b.get(name)));
        }
    }
    format!(
        "parameters = {}, not {}",
        show(Some(found)),
        show(Some(wanted))
    )
}
