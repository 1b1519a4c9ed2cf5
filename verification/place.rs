//! Folders of tables: which files in them are tables, and whether a table may be put there.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use minlift::batch::{BatchError, Header, Shard};
use minlift::claim::one_line;
use minlift::report::files::FilesError;

use crate::failure::Failure;

/// The files of one kind of table: `<stem>.jsonl` and `<stem>-k-of-n.jsonl`.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The stem, which also is the name of what a table holds.
    pub stem: &'static str,
}

impl Place {
    /// The file of the whole table.
    pub fn whole(self) -> String {
        format!("{}.jsonl", self.stem)
    }

    /// The file of a part.
    pub fn file(self, shard: Shard) -> String {
        if shard.is_whole() {
            return self.whole();
        }
        format!("{}-{}-of-{}.jsonl", self.stem, shard.k(), shard.n())
    }

    /// May this table be in the folder: is there nothing, or are all tables there parts of this one?
    pub fn check(self, folder: &Path, header: &Header) -> Result<(), Failure> {
        let entries = match names_in(folder) {
            Ok(entries) => entries,
            // `prepare` says what is wrong with a place that is no folder.
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                return Ok(());
            }
            Err(source) => return Err(unwritable(folder, source)),
        };
        let tables = self
            .tables_in(folder)
            .map_err(|source| unwritable(folder, source))?;
        if let (true, Some(found)) = (tables.is_empty(), entries.first()) {
            return Err(Failure::NotATable {
                folder: shown(folder),
                found: one_line(found),
                wanted: self.stem,
            });
        }
        for path in tables {
            if let Some(found) = Header::of_file(&path)? {
                found.check_table(header, &path)?;
            }
        }
        Ok(())
    }

    /// The tables in these files and folders, and the one that is at `place` already, which is not lost.
    pub fn sources(self, merge: &[PathBuf], place: &Path) -> Result<Vec<PathBuf>, Failure> {
        let mut sources = vec![];
        for path in merge {
            if path.is_dir() {
                let tables = self
                    .tables_in(path)
                    .map_err(|source| unreadable(path, source))?;
                if tables.is_empty() {
                    return Err(Failure::NothingToMerge {
                        folder: shown(path),
                        wanted: self.stem,
                    });
                }
                sources.extend(tables);
            } else {
                sources.push(path.clone());
            }
        }
        if place.exists() && !sources.iter().any(|it| it == place) {
            sources.push(place.to_owned());
        }
        Ok(sources)
    }

    /// The files of tables in a folder, in order.
    fn tables_in(self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let is_table = |name: &String| name.starts_with(self.stem) && name.ends_with(".jsonl");
        let names = names_in(folder)?.into_iter().filter(is_table);
        Ok(names.map(|name| folder.join(name)).collect())
    }
}

fn names_in(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = vec![];
    for entry in fs::read_dir(folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

fn unreadable(path: &Path, source: io::Error) -> Failure {
    let file = shown(path);
    BatchError::Unreadable { file, source }.into()
}

/// A file or folder that cannot be written.
pub fn unwritable(path: &Path, source: io::Error) -> Failure {
    let path = shown(path);
    FilesError::Write { path, source }.into()
}

/// A path as it stands in a message.
pub fn shown(path: &Path) -> String {
    one_line(&path.to_string_lossy())
}
