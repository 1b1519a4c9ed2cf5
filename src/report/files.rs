//! The files of one report, whole or not at all.
//!
//! A folder is written beside its place under a hidden temporary name and then
//! renamed, so that at every moment its place holds the whole old report, nothing
//! (between two renames, while an old report is replaced), or the whole new one.
//! If anything fails the old report is put back and the temporaries are removed.
//! Two runs may write the same folder at once: one of the two stays.
//! Only a report is ever replaced: a folder with other files in it is an error.
//! A process killed between the two renames leaves the old report under its
//! hidden name; nothing is promised against a loss of power.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Component, Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};

use thiserror::Error;

use crate::claim::one_line;

/// The file by which a folder is known to be a report.
pub const MARKER: &str = "report.json";

/// The theorem of a report, if it was asked for: the only file of its kind that a report holds.
pub const THEOREM: &str = "theorem.tex";

/// How often a folder that seems to be no report is looked at again.
const LOOKS: usize = 64;

/// How often a folder that another run puts in place meanwhile is replaced.
const ATTEMPTS: usize = 64;

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportFile {
    /// Its name in the folder, or its path below it (`figures/landscape.svg`).
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl ReportFile {
    /// A file of this name and content.
    #[must_use]
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        let (name, bytes) = (name.into(), bytes.into());
        Self { name, bytes }
    }
}

/// Why a report was not written. Every message is one line.
#[derive(Debug, Error)]
pub enum FilesError {
    /// The output directory cannot be made, or not be written in.
    #[error("--out: {dir} cannot be written ({source}); allowed: a directory to write in")]
    Directory {
        /// The directory.
        dir: String,
        /// What the system said.
        source: io::Error,
    },
    /// A folder of this name exists and is not a report.
    #[error("--out: {folder} holds {found}; allowed: no folder of this name, or a report")]
    NotAReport {
        /// The folder.
        folder: String,
        /// What no report holds, or what is missing.
        found: String,
    },
    /// A file or folder of the report could not be written.
    #[error("--out: {path} cannot be written ({source})")]
    Write {
        /// The file or folder.
        path: String,
        /// What the system said.
        source: io::Error,
    },
}

/// Makes the directory `dir` if it is not there, and tries to write in it.
///
/// # Errors
///
/// [`FilesError::Directory`].
pub fn prepare(dir: &Path) -> Result<(), FilesError> {
    fs::create_dir_all(dir)
        .and_then(|()| Temporary::new(dir, "probe"))
        .map(drop)
        .map_err(|source| FilesError::Directory {
            dir: shown(dir),
            source,
        })
}

/// May [`write_folder`] put a report at `dir/name`: is there nothing, or a report?
///
/// # Errors
///
/// [`FilesError::NotAReport`], or the folder cannot be read.
pub fn check_replaceable(dir: &Path, name: &str) -> Result<(), FilesError> {
    let folder = dir.join(name);
    let mut found = String::new();
    // Another run may exchange the folder between two looks into it: only what is foreign
    // every time is foreign.
    for _ in 0..LOOKS {
        found = match foreign(&folder) {
            Ok(None) => return Ok(()),
            Ok(Some(found)) => found,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(source) => {
                let path = shown(&folder);
                return Err(FilesError::Write { path, source });
            }
        };
    }
    let folder = shown(&folder);
    Err(FilesError::NotAReport { folder, found })
}

/// Writes `files` into the folder `dir/name`, whole or not at all, and returns its path.
///
/// `dir` is made if it is not there. A report that stands at `dir/name` is replaced.
///
/// # Errors
///
/// Whatever stands in the way; `dir/name` is then as it was.
pub fn write_folder(dir: &Path, name: &str, files: &[ReportFile]) -> Result<PathBuf, FilesError> {
    prepare(dir)?;
    check_replaceable(dir, name)?;
    let folder = dir.join(name);
    let failed = |path: &Path| {
        let path = shown(path);
        move |source| FilesError::Write { path, source }
    };
    let temporary = Temporary::new(dir, name).map_err(failed(&folder))?;
    for file in files {
        let path = temporary.0.join(&file.name);
        write_below(&temporary.0, file).map_err(failed(&path))?;
    }
    replace(&temporary, &folder, name, |from, to| fs::rename(from, to)).map_err(failed(&folder))?;
    Ok(folder)
}

/// Renames `temporary` to `folder`; what stood there is put back if that fails.
/// `rename` is [`fs::rename`], or what a test puts in its place.
fn replace(
    temporary: &Temporary,
    folder: &Path,
    name: &str,
    rename: impl Fn(&Path, &Path) -> io::Result<()>,
) -> io::Result<()> {
    let dir = folder.parent().unwrap_or(Path::new("."));
    let mut last = io::Error::from(ErrorKind::AlreadyExists);
    for _ in 0..ATTEMPTS {
        let aside = Temporary::new(dir, name)?;
        let old = aside.0.join("old");
        let moved = match rename(folder, &old) {
            Ok(()) => true,
            Err(error) if error.kind() == ErrorKind::NotFound => false,
            Err(error) => return Err(error),
        };
        match rename(&temporary.0, folder) {
            Ok(()) => return Ok(()),
            // Another run has put its report there meanwhile: ours goes over it.
            Err(error) if folder.exists() => last = error,
            Err(error) => {
                // If it cannot be put back it is kept where it is.
                if moved && rename(&old, folder).is_err() {
                    aside.keep();
                }
                return Err(error);
            }
        }
    }
    Err(last)
}

fn write_below(folder: &Path, file: &ReportFile) -> io::Result<()> {
    let name = Path::new(&file.name);
    let plain = |part| matches!(part, Component::Normal(_));
    if file.name.is_empty() || !name.components().all(plain) {
        return Err(io::Error::from(ErrorKind::InvalidInput));
    }
    let path = folder.join(name);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut opened = fs::File::create_new(&path)?;
    opened.write_all(&file.bytes)?;
    opened.flush()
}

/// What in `folder` shows that it is not a report.
fn foreign(folder: &Path) -> io::Result<Option<String>> {
    if !fs::symlink_metadata(folder)?.is_dir() {
        return Ok(Some("something that is not a folder".to_owned()));
    }
    let (mut marked, mut empty) = (false, true);
    let mut left = vec![folder.to_owned()];
    while let Some(inside) = left.pop() {
        for entry in fs::read_dir(&inside)? {
            let entry = entry?;
            empty = false;
            let path = entry.path();
            let kind = entry.file_type()?;
            if kind.is_dir() {
                left.push(path);
                continue;
            }
            let known = ["md", "json", "svg", "csv"];
            let extension = path.extension().and_then(|extension| extension.to_str());
            let ours =
                extension.is_some_and(|it| known.contains(&it)) || path == folder.join(THEOREM);
            if !kind.is_file() || !ours {
                let path = path.strip_prefix(folder).unwrap_or(&path);
                return Ok(Some(format!("{}, which no report does", shown(path))));
            }
            marked |= path == folder.join(MARKER);
        }
    }
    Ok((!marked && !empty).then(|| format!("files but no {MARKER}")))
}

fn shown(path: &Path) -> String {
    one_line(&path.to_string_lossy())
}

/// A hidden folder that is removed when it goes out of scope, if it is still there.
struct Temporary(PathBuf);

impl Temporary {
    /// Makes `dir/.name.<process>.<n>.tmp`, a folder that was not there.
    fn new(dir: &Path, name: &str) -> io::Result<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        loop {
            let n = NEXT.fetch_add(1, Ordering::Relaxed);
            let path = dir.join(format!(".{name}.{}.{n}.tmp", process::id()));
            match fs::create_dir(&path) {
                Ok(()) => return Ok(Self(path)),
                // Left behind by a killed process of the same number.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Leaves the folder where it is.
    fn keep(self) {
        std::mem::forget(self);
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A fresh directory of this name for a test's files.
    fn scratch(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("minlift-{name}-{}", process::id()));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).unwrap();
        dir
    }

    #[test]
    fn if_the_new_report_cannot_be_put_in_place_the_old_one_is_put_back() {
        let dir = scratch("put-back");
        let old = [ReportFile::new(MARKER, "old")];
        let folder = write_folder(&dir, "claim", &old).unwrap();

        let temporary = Temporary::new(&dir, "claim").unwrap();
        fs::write(temporary.0.join(MARKER), "new").unwrap();
        // The system refuses the second of the two renames.
        let refuse_new = |from: &Path, to: &Path| {
            if from == temporary.0 {
                assert!(!folder.exists(), "the old report is out of the way");
                return Err(io::Error::from(ErrorKind::StorageFull));
            }
            fs::rename(from, to)
        };
        let error = replace(&temporary, &folder, "claim", refuse_new).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::StorageFull);
        assert_eq!(fs::read_to_string(folder.join(MARKER)).unwrap(), "old");

        // If not even the way back is open, the old report is kept aside.
        let refuse_all = |from: &Path, to: &Path| match from == folder {
            true => fs::rename(from, to),
            false => Err(io::Error::from(ErrorKind::StorageFull)),
        };
        assert!(replace(&temporary, &folder, "claim", refuse_all).is_err());
        drop(temporary);
        let left: Vec<_> = fs::read_dir(&dir).unwrap().collect();
        assert_eq!(left.len(), 1);
        let kept = left[0].as_ref().unwrap().path().join("old").join(MARKER);
        assert_eq!(fs::read_to_string(kept).unwrap(), "old");
        fs::remove_dir_all(dir).unwrap();
    }
}
