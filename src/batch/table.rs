//! The records of a table by index, and the file of a finished one.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::Serialize;

use super::error::BatchError;
use super::header::Header;
use super::journal::{line, shown};

/// Records by index, as far as they are there.
#[derive(Clone, Debug)]
pub struct Table<R> {
    /// Which table, and which part of it.
    pub header: Header,
    /// The records.
    pub records: BTreeMap<u64, R>,
}

impl<R> Table<R> {
    /// The indices of this part whose records are missing, ascending.
    pub fn missing(&self) -> impl Iterator<Item = u64> + '_ {
        let indices = self.header.shard().indices(self.header.jobs());
        indices.filter(|index| !self.records.contains_key(index))
    }

    /// Is there a record for every index of this part?
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.missing().next().is_none()
    }

    /// The missing indices in words, as `3 of 100 are missing: 5, 7-8`; `None` if none is.
    #[must_use]
    pub fn missing_in_words(&self) -> Option<String> {
        const MOST: usize = 8;
        let mut ranges: Vec<[u64; 2]> = vec![];
        let mut count = 0_u64;
        for index in self.missing() {
            count += 1;
            let shown = ranges.len();
            match ranges.last_mut() {
                Some([_, last]) if *last + 1 == index => *last = index,
                // One more than is shown tells that there are more.
                _ if shown <= MOST => ranges.push([index, index]),
                _ => {}
            }
        }
        if count == 0 {
            return None;
        }
        let mut words: Vec<String> = (ranges.iter().take(MOST))
            .map(|[first, last]| match last - first {
                0 => format!("{first}"),
                _ => format!("{first}-{last}"),
            })
            .collect();
        if ranges.len() > MOST {
            words.push("...".to_owned());
        }
        let of = self.header.shard().count(self.header.jobs());
        Some(format!("{count} of {of} are missing: {}", words.join(", ")))
    }
}

impl<R: Serialize> Table<R> {
    /// The file's text: the header, then the records by ascending index.
    ///
    /// # Errors
    ///
    /// Records that JSON cannot hold.
    pub fn text(&self) -> Result<String, BatchError> {
        let mut text = self.header.line();
        for (&index, record) in &self.records {
            text.push_str(&line(index, record)?);
        }
        Ok(text)
    }

    /// Writes [`Table::text`] to `path`, which at every moment holds the old file or the new one.
    ///
    /// # Errors
    ///
    /// The system's, and [`Table::text`]'s.
    pub fn write(&self, path: &Path) -> Result<(), BatchError> {
        replace_file(path, self.text()?.as_bytes()).map_err(|source| BatchError::Write {
            file: shown(path),
            source,
        })
    }
}

/// Writes `bytes` to a hidden file beside `path` and renames it to `path`: at every moment there is
/// the whole old file or the whole new one. A file that holds these bytes already is left alone.
///
/// # Errors
///
/// The system's; no temporary file stays behind then.
pub fn replace_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let same_length = fs::metadata(path).is_ok_and(|it| it.len() == bytes.len() as u64);
    if same_length && fs::read(path)? == bytes {
        return Ok(());
    }
    let name = path.file_name().ok_or(ErrorKind::InvalidInput)?;
    let (temporary, mut file) = loop {
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let hidden = format!(".{}.{}.{n}.tmp", name.to_string_lossy(), process::id());
        let temporary = path.with_file_name(hidden);
        match fs::File::create_new(&temporary) {
            Ok(file) => break (temporary, file),
            // Left behind by a killed process of the same number.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    };
    let written = file
        .write_all(bytes)
        .and_then(|()| file.flush())
        .and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written
}
