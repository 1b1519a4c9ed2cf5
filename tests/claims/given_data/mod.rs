//! A data set is what was drawn or what stands in the file, and whatever is wrong with a file is one line.

mod claims;
mod drawing;
mod garbage;
mod npy;
mod reading;

use std::fs;
use std::path::{Path, PathBuf};

use minlift::data::{DataError, DataSet, Source};

/// An empty directory of this name.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("data-{name}"));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).unwrap();
        Self(dir)
    }

    fn write(&self, file: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(file);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// The data set with these bytes, for `τ = 7`.
    fn read(&self, file: &str, bytes: impl AsRef<[u8]>) -> Result<DataSet, DataError> {
        DataSet::read(&self.write(file, bytes), 7.0)
    }

    #[track_caller]
    fn data(&self, file: &str, bytes: impl AsRef<[u8]>) -> DataSet {
        (self.read(file, bytes)).unwrap_or_else(|error| panic!("{error}"))
    }

    /// The one line with which these bytes are refused, without the folder.
    #[track_caller]
    fn refused(&self, file: &str, bytes: impl AsRef<[u8]>) -> String {
        let line = self.read(file, bytes).unwrap_err().to_string();
        assert_eq!(line.lines().count(), 1, "{line:?}");
        assert!(!line.chars().any(char::is_control), "{line:?}");
        let line = line.replace(&format!("{}/", self.0.display()), "");
        assert!(line.starts_with(file), "{line}");
        assert!(line.contains("; allowed: ") && line.len() < 500, "{line}");
        line
    }
}

/// The points row by row, as bits.
fn bits(data: &DataSet) -> Vec<u64> {
    let points = data.points.transpose();
    points.iter().map(|x| x.to_bits()).collect()
}

fn hash(data: &DataSet) -> &str {
    match &data.source {
        Source::File { sha256, .. } => sha256,
        Source::Drawn { .. } => panic!("it was drawn"),
    }
}
