//! The file of a table while it is being filled.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::error::BatchError;
use super::header::Header;
use super::table::Table;
use crate::claim::one_line;

/// A file to which the records of a table are appended.
#[derive(Debug)]
pub struct Journal<R> {
    path: PathBuf,
    file: File,
    /// Bytes of the file after the last look.
    length: u64,
    table: Table<R>,
}

impl<R: Serialize + DeserializeOwned> Journal<R> {
    /// Opens the file at `path` to go on with it, or makes it.
    ///
    /// A last line without its line feed is cut off; nothing else is changed.
    ///
    /// # Errors
    ///
    /// Anything but the beginning of this very table.
    pub fn open(path: &Path, header: &Header) -> Result<Self, BatchError> {
        let file = shown(path);
        let unwritable = |source| BatchError::Write {
            file: file.clone(),
            source,
        };
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => vec![],
            Err(source) => return Err(BatchError::Unreadable { file, source }),
        };
        let whole = whole_lines(&bytes);
        let records = if whole == 0 {
            // Not even the header is whole: it must be ours all the same.
            if !header.line().as_bytes().starts_with(&bytes) {
                let reason = "one line without an end".to_owned();
                return Err(BatchError::Header { file, reason });
            }
            BTreeMap::new()
        } else {
            let found = read_header(&bytes[..whole], &file)?;
            let difference = found.difference(header).or_else(|| {
                let (is, wanted) = (found.shard(), header.shard());
                (is != wanted).then(|| format!("shard = {is}, not {wanted}"))
            });
            if let Some(difference) = difference {
                return Err(BatchError::OtherTable { file, difference });
            }
            let records = read_records(&bytes[..whole], header, &file)?;
            records.into_iter().map(|(i, (_, r))| (i, r)).collect()
        };
        let opened = OpenOptions::new()
            .append(true)
            .create(true)
            .open(path)
            .map_err(unwritable)?;
        let mut journal = Self {
            path: path.to_owned(),
            file: opened,
            length: bytes.len() as u64,
            table: Table {
                header: header.clone(),
                records,
            },
        };
        if whole < bytes.len() {
            journal.check_unchanged()?;
            journal.file.set_len(whole as u64).map_err(unwritable)?;
            journal.length = whole as u64;
        }
        if whole == 0 {
            journal.write(&header.line())?;
        }
        Ok(journal)
    }

    /// Appends the record of job `index`, which is of this part and not there yet.
    ///
    /// # Errors
    ///
    /// An index that does not belong here; the file has been changed meanwhile; the system's.
    pub fn append(&mut self, index: u64, record: R) -> Result<(), BatchError> {
        let (jobs, shard) = (self.table.header.jobs(), self.table.header.shard());
        if index >= jobs || !shard.has(index) || self.table.records.contains_key(&index) {
            return Err(BatchError::Index {
                file: shown(&self.path),
                line: self.table.records.len() as u64 + 2,
                index,
                allowed: format!("missing indices {}", allowed(&self.table.header)),
            });
        }
        let line = line(index, &record)?;
        self.write(&line)?;
        self.table.records.insert(index, record);
        Ok(())
    }

    /// What is there by now.
    #[must_use]
    pub const fn table(&self) -> &Table<R> {
        &self.table
    }

    /// Ends the writing. A complete table is put in order: the file's bytes then depend on the
    /// table alone.
    ///
    /// # Errors
    ///
    /// The file has been changed meanwhile; the system's.
    pub fn finish(self) -> Result<Table<R>, BatchError> {
        if self.table.is_complete() {
            self.check_unchanged()?;
            drop(self.file);
            self.table.write(&self.path)?;
        }
        Ok(self.table)
    }

    fn write(&mut self, line: &str) -> Result<(), BatchError> {
        self.check_unchanged()?;
        let written = self.file.write_all(line.as_bytes());
        written
            .and_then(|()| self.file.flush())
            .map_err(|source| BatchError::Write {
                file: shown(&self.path),
                source,
            })?;
        self.length += line.len() as u64;
        Ok(())
    }

    /// Is the file at `path` still as long as this process left it?
    fn check_unchanged(&self) -> Result<(), BatchError> {
        let file = shown(&self.path);
        match fs::metadata(&self.path) {
            Ok(it) if it.len() == self.length => Ok(()),
            Ok(_) => Err(BatchError::Concurrent { file }),
            Err(source) => Err(BatchError::Write { file, source }),
        }
    }
}

/// Records with the number of the line each is in.
pub(super) type NumberedRecords<R> = BTreeMap<u64, (u64, R)>;

/// Reads a file without changing it; a last line without line feed is left out.
pub(super) fn read_file<R: Serialize + DeserializeOwned>(
    path: &Path,
) -> Result<(Header, NumberedRecords<R>), BatchError> {
    let file = shown(path);
    let bytes = fs::read(path).map_err(|source| BatchError::Unreadable {
        file: file.clone(),
        source,
    })?;
    let bytes = &bytes[..whole_lines(&bytes)];
    let header = read_header(bytes, &file)?;
    let records = read_records(bytes, &header, &file)?;
    Ok((header, records))
}

/// How many bytes the lines with a line feed have.
fn whole_lines(bytes: &[u8]) -> usize {
    bytes.iter().rposition(|&b| b == b'\n').map_or(0, |i| i + 1)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entered<R> {
    index: u64,
    record: R,
}

fn read_header(bytes: &[u8], file: &str) -> Result<Header, BatchError> {
    let line = bytes.split(|&b| b == b'\n').next();
    Header::read(line.unwrap_or_default(), file)
}

/// The records after the header, which is known.
fn read_records<R: Serialize + DeserializeOwned>(
    bytes: &[u8],
    header: &Header,
    file: &str,
) -> Result<NumberedRecords<R>, BatchError> {
    let lines = bytes.split_inclusive(|&b| b == b'\n').skip(1);
    let mut records = NumberedRecords::new();
    for (number, bytes) in (2_u64..).zip(lines) {
        let damaged = |reason: String| BatchError::Damaged {
            file: file.to_owned(),
            line: number,
            reason,
        };
        let entered: Entered<R> =
            serde_json::from_slice(bytes).map_err(|error| damaged(one_line(&error.to_string())))?;
        let index = entered.index;
        let text = line(index, &entered.record)?;
        // Catches, among others, keys that occur twice and digits beyond a float's.
        if text.as_bytes() != bytes {
            return Err(damaged("it is not as it was written".to_owned()));
        }
        if index >= header.jobs() || !header.shard().has(index) {
            return Err(BatchError::Index {
                file: file.to_owned(),
                line: number,
                index,
                allowed: allowed(header),
            });
        }
        match records.entry(index) {
            Entry::Vacant(place) => {
                place.insert((number, entered.record));
            }
            Entry::Occupied(there) => {
                let (first, record) = there.get();
                if line(index, record)? != text {
                    return Err(BatchError::Duplicate {
                        file: file.to_owned(),
                        line: number,
                        index,
                        other: format!("line {first}"),
                    });
                }
            }
        }
    }
    Ok(records)
}

/// Which indices a file may hold.
fn allowed(header: &Header) -> String {
    let (jobs, shard) = (header.jobs(), header.shard());
    match shard.is_whole() {
        true => format!("0 <= index < {jobs}"),
        false => format!("0 <= index < {jobs} of shard {shard}"),
    }
}

/// The line of a record, with its line feed.
pub(super) fn line<R: Serialize>(index: u64, record: &R) -> Result<String, BatchError> {
    let record = serde_json::to_string(record).map_err(|source| BatchError::Json {
        what: "a record",
        source,
    })?;
    Ok(format!("{{\"index\":{index},\"record\":{record}}}\n"))
}

pub(super) fn shown(path: &Path) -> String {
    one_line(&path.to_string_lossy())
}
