//! Several files of one table, put together.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::BatchError;
use super::header::Header;
use super::journal::{line, read_file, shown};
use super::shard::Shard;
use super::table::Table;

/// Records with the place where each was read first.
type Placed<R> = BTreeMap<u64, (String, R)>;

/// The union of files of one table, whole or in parts, finished or not; they are only read.
///
/// Overlaps are welcome as far as the records agree. What is missing, [`Table::missing`] tells.
///
/// # Errors
///
/// No file; files of different tables; different records for one index; whatever
/// [`super::Journal::open`] does not accept.
pub fn merge<R, P>(files: &[P]) -> Result<Table<R>, BatchError>
where
    R: Serialize + DeserializeOwned,
    P: AsRef<Path>,
{
    let mut merged: Option<(Header, Placed<R>)> = None;
    for path in files {
        let path = path.as_ref();
        let file = shown(path);
        let (header, records) = read_file::<R>(path)?;
        let (wanted, all) =
            merged.get_or_insert_with(|| (header.with_shard(Shard::WHOLE), Placed::new()));
        if let Some(difference) = header.difference(wanted) {
            return Err(BatchError::OtherTable { file, difference });
        }
        for (index, (number, record)) in records {
            match all.entry(index) {
                Entry::Vacant(place) => {
                    place.insert((format!("{file}, line {number}"), record));
                }
                Entry::Occupied(there) => {
                    let (other, known) = there.get();
                    if line(index, known)? != line(index, &record)? {
                        return Err(BatchError::Duplicate {
                            file,
                            line: number,
                            index,
                            other: other.clone(),
                        });
                    }
                }
            }
        }
    }
    let (header, records) = merged.ok_or(BatchError::Nothing)?;
    Ok(Table {
        header,
        records: records.into_iter().map(|(i, (_, r))| (i, r)).collect(),
    })
}
