//! `minlift ensemble`: fills, resumes and merges tables of draws.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use minlift::batch::{BatchError, Header, Shard, Table, merge, replace_file};
use minlift::claim::one_line;
use minlift::data::DataNoise;
use minlift::ensemble::{
    DrawRecord, Parameters, Points, Summary, cells, draw, header, parameters, summary_files, text,
};
use minlift::report::files::{self, FilesError};

use crate::cli::{EnsembleArguments, NoiseName};
use crate::failure::Failure;
use crate::screen::Screen;

/// The file of the whole table in its folder.
const WHOLE: &str = "draws.jsonl";

/// Fills this part of the table, or merges tables; prints the summary, and writes it beside a whole table.
pub fn run(arguments: &EnsembleArguments) -> Result<(), Failure> {
    let (parameters, table, screen) = if arguments.merge.is_empty() {
        fill(arguments)?
    } else {
        put_together(arguments)?
    };
    let summary = Summary::new(&parameters, &table);
    let mut printed = text(&summary);
    if table.header.shard().is_whole() {
        for file in summary_files(&summary, &table)? {
            let path = arguments.out.join(&file.name);
            replace_file(&path, &file.bytes).map_err(|source| unwritable(&path, source))?;
        }
    } else {
        printed
            .push_str("When all parts are there: minlift ensemble --merge DIR ... [--out DIR]\n");
    }
    printed.push_str(&format!("folder: {}\n", shown(&arguments.out)));
    let mut screen = screen;
    screen.print(&printed)?;
    screen.finish()
}

type Filled = (Parameters, Table<DrawRecord>, Screen);

fn fill(arguments: &EnsembleArguments) -> Result<Filled, Failure> {
    let parameters = written(arguments)?;
    let shard = arguments.shard.unwrap_or(Shard::WHOLE);
    let header = header(&parameters, shard)?;
    check_place(&arguments.out, &header)?;
    files::prepare(&arguments.out)?;
    let name = match shard.is_whole() {
        true => WHOLE.to_owned(),
        false => format!("draws-{}-of-{}.jsonl", shard.k(), shard.n()),
    };
    let screen = Screen::new(1);
    let table = minlift::ensemble::run(
        &parameters,
        shard,
        &arguments.out.join(name),
        &|job| draw::record(job, &parameters),
        &|done, total| screen.count(done, total),
        &AtomicBool::new(false),
    )?;
    Ok((parameters, table, screen))
}

/// The parameters on the command line.
fn written(arguments: &EnsembleArguments) -> Result<Parameters, Failure> {
    let points: Result<Vec<Points>, _> = arguments.n.iter().map(|rule| rule.parse()).collect();
    let parameters = Parameters {
        tau: arguments.tau.clone(),
        alpha: arguments.alpha.clone(),
        rho_data: arguments.rho.clone(),
        rho_view: arguments.rho.clone(),
        noise: match arguments.noise {
            NoiseName::Isotropic => DataNoise::Isotropic,
            NoiseName::Broadcast => DataNoise::Broadcast,
        },
        seed: arguments.seed,
        draws: arguments.draws,
        cells: cells(&arguments.d, &points?)?,
    };
    parameters.check()?;
    Ok(parameters)
}

fn put_together(arguments: &EnsembleArguments) -> Result<Filled, Failure> {
    let mut sources = vec![];
    for path in &arguments.merge {
        if path.is_dir() {
            let tables = tables_in(path).map_err(|source| unreadable(path, source))?;
            if tables.is_empty() {
                let folder = shown(path);
                return Err(Failure::NothingToMerge { folder });
            }
            sources.extend(tables);
        } else {
            sources.push(path.clone());
        }
    }
    // What is at the place of the merged table already is not lost.
    let place = arguments.out.join(WHOLE);
    if place.exists() && !sources.contains(&place) {
        sources.push(place.clone());
    }
    for source in &sources {
        if let Some(header) = Header::of_file(source)? {
            parameters(&header, &shown(source))?;
        }
    }
    let table: Table<DrawRecord> = merge(&sources)?;
    let parameters = parameters(&table.header, &shown(&place))?;
    if let Some(missing) = table.missing_in_words() {
        return Err(Failure::Incomplete(missing));
    }
    check_place(&arguments.out, &table.header)?;
    files::prepare(&arguments.out)?;
    table.write(&place)?;
    Ok((parameters, table, Screen::new(1)))
}

/// May this table be in the folder: is there nothing, or are all tables there parts of this one?
fn check_place(folder: &Path, header: &Header) -> Result<(), Failure> {
    let entries = match names_in(folder) {
        Ok(entries) => entries,
        // `prepare` says what is wrong with a place that is no folder.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(());
        }
        Err(source) => return Err(unwritable(folder, source)),
    };
    let tables = tables_in(folder).map_err(|source| unwritable(folder, source))?;
    if let (true, Some(found)) = (tables.is_empty(), entries.first()) {
        return Err(Failure::NotATable {
            folder: shown(folder),
            found: one_line(found),
        });
    }
    for path in tables {
        if let Some(found) = Header::of_file(&path)? {
            found.check_table(header, &path)?;
        }
    }
    Ok(())
}

/// The files of tables in a folder, in order.
fn tables_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let is_table = |name: &String| name.starts_with("draws") && name.ends_with(".jsonl");
    let names = names_in(folder)?.into_iter().filter(is_table);
    Ok(names.map(|name| folder.join(name)).collect())
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

fn unwritable(path: &Path, source: io::Error) -> Failure {
    let path = shown(path);
    FilesError::Write { path, source }.into()
}

fn shown(path: &Path) -> String {
    one_line(&path.to_string_lossy())
}
