//! Reading a file of points: bytes in, a [`DataSet`] or a one-line error out.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use nalgebra::DMatrix;
use sha2::{Digest, Sha256};

use super::assign::nearest;
use super::error::{DataError, Place, Problem};
use super::{DataSet, MOST_NUMBERS, Source, csv, npy};
use crate::claim::one_line;

const LARGEST_FILE: u64 = 1 << 31;
const READABLE: &str = "a file of points, .csv or .npy, of at most 2 GiB";
/// What a file of points must have.
pub(super) const POINTS: &str = "at least one point of at least two coordinates";

/// What a reader of one format finds.
pub(super) struct Found {
    /// The points one after the other.
    pub(super) values: Vec<f64>,
    /// Coordinates of a point, at least 2; divides the number of values.
    pub(super) d: usize,
    /// The class of each point, if the file has labels.
    pub(super) classes: Option<Vec<u8>>,
}

impl DataSet {
    /// Reads the points in `path`, a `.csv` or `.npy` file, and assigns each to the nearest of the four centres
    /// for this `tau` (a tie goes to the one that comes first).
    ///
    /// # Formats
    ///
    /// - **`.csv`**: a line is a point, its coordinates apart by commas; a decimal stands for the float nearest to it. Blank
    ///   lines, and lines that begin with `#`, are passed over. The first line is a header if none of its fields
    ///   is a number. (Headers of numbers cannot be told from points: leave them out.) The column whose header is
    ///   `label`, `y` or `class`, in whatever case, is no coordinate but the class, 0 or 1, of the
    ///   point: its centre is then the nearest one of that class. Fields may be quoted, but not hold commas.
    /// - **`.npy`**: an array of shape `(n, d)` of 32 or 64 bit floats or of integers that are
    ///   floats, in C or Fortran order, little or big endian.
    ///
    /// The file is read once: [`Source::File`] has the hash of the bytes that were parsed.
    ///
    /// # Errors
    ///
    /// Anything else, numbers that are not finite, files of over 2^31 bytes and data sets of over
    /// [`MOST_NUMBERS`] numbers; one line with its place.
    ///
    /// # Example
    ///
    /// ```
    /// use minlift::data::DataSet;
    ///
    /// let path = std::env::temp_dir().join("minlift-doctest-points.csv");
    /// std::fs::write(&path, "x1,x2,label\n0.98,6.9,0\n-1.02,0.1,1\n")?;
    /// let data = DataSet::read(&path, 7.0)?;
    /// assert_eq!((data.n(), data.d()), (2, 2));
    /// assert_eq!(data.centres, [1, 2]); // e1 + 7 e2 and -e1
    ///
    /// std::fs::write(&path, "x1,x2\n0.98,high\n")?;
    /// let error = DataSet::read(&path, 7.0).unwrap_err().to_string();
    /// assert!(error.contains("line 2, column 2 (x2) = high is not a number; allowed: a finite decimal"));
    /// # std::fs::remove_file(&path)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read(path: &Path, tau: f64) -> Result<Self, DataError> {
        let file = one_line(&path.to_string_lossy());
        let extension = path.extension().and_then(OsStr::to_str).unwrap_or("");
        let parse = match extension.to_ascii_lowercase().as_str() {
            "csv" => csv::parse,
            "npy" => npy::parse,
            _ => return Err(unreadable(&file, "its name ends in neither .csv nor .npy")),
        };
        let bytes = bytes_of(path, &file)?;
        let Found { values, d, classes } = parse(&bytes, &file)?;
        let points = DMatrix::from_row_slice(values.len() / d, d, &values);
        let centres = (0..points.nrows())
            .map(|i| {
                let class = classes.as_ref().map(|classes| classes[i]);
                nearest([points[(i, 0)], points[(i, 1)]], tau, class)
            })
            .collect();
        Ok(Self {
            points,
            centres,
            source: Source::File {
                path: file,
                sha256: sha256(&bytes),
            },
        })
    }
}

/// The file's bytes, read once.
fn bytes_of(path: &Path, file: &str) -> Result<Vec<u8>, DataError> {
    let failed = |error: std::io::Error| unreadable(file, &error.to_string());
    // A pipe or a device might never end.
    let kind = fs::metadata(path).map_err(failed)?;
    if kind.is_dir() {
        return Err(unreadable(file, "it is a directory"));
    }
    if !kind.is_file() {
        return Err(unreadable(file, "it is no regular file"));
    }
    let too_large = || unreadable(file, "it is larger than 2 GiB");
    if kind.len() > LARGEST_FILE {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|opened| opened.take(LARGEST_FILE + 1).read_to_end(&mut bytes))
        .map_err(failed)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(too_large());
    }
    Ok(bytes)
}

fn unreadable(file: &str, reason: &str) -> DataError {
    DataError::Unreadable {
        file: file.to_owned(),
        reason: one_line(reason),
        allowed: READABLE.to_owned(),
    }
}

fn sha256(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// More numbers than [`MOST_NUMBERS`].
pub(super) fn too_large(file: &str, found: String) -> DataError {
    DataError::TooLarge {
        file: file.to_owned(),
        found,
        allowed: format!("at most {MOST_NUMBERS} (2^28)"),
    }
}

/// The float, if it is finite.
pub(super) fn finite(
    x: f64,
    file: &str,
    place: impl Fn() -> Place,
    value: impl Fn() -> String,
) -> Result<f64, DataError> {
    if x.is_finite() {
        return Ok(x);
    }
    Err(DataError::Value {
        file: file.to_owned(),
        place: place(),
        value: value(),
        problem: Problem::NotFinite,
        allowed: FINITE.to_owned(),
    })
}

/// What a coordinate may be.
pub(super) const FINITE: &str = "a finite decimal, at most 1.797e308 in size";
