//! `minlift atlas`: fills, resumes and merges maps of parameters.

use std::sync::atomic::AtomicBool;

use minlift::atlas::{
    CellRecord, Fixed, Parameters, Plane, Summary, header, parameters, summary_files, text,
};
use minlift::batch::{Header, Shard, Table, merge, replace_file};
use minlift::ensemble::ParametersError;
use minlift::report::files;

use crate::cli::{AtlasArguments, PlaneName};
use crate::failure::Failure;
use crate::place::{Place, shown, unwritable};
use crate::screen::Screen;

const PLACE: Place = Place { stem: "cells" };

/// Fills this part of the map, or merges tables; prints the summary, and writes it beside a whole table.
pub fn run(arguments: &AtlasArguments) -> Result<(), Failure> {
    let (parameters, table, mut screen) = if arguments.merge.is_empty() {
        fill(arguments)?
    } else {
        put_together(arguments)?
    };
    let summary = Summary::new(&parameters, &table);
    let mut printed = text(&summary);
    if table.header.shard().is_whole() {
        for file in summary_files(&summary)? {
            let path = arguments.out.join(&file.name);
            replace_file(&path, &file.bytes).map_err(|source| unwritable(&path, source))?;
        }
    } else {
        printed.push_str("When all parts are there: minlift atlas --merge DIR ... [--out DIR]\n");
    }
    printed.push_str(&format!("folder: {}\n", shown(&arguments.out)));
    screen.print(&printed)?;
    screen.finish()
}

type Filled = (Parameters, Table<CellRecord>, Screen);

fn fill(arguments: &AtlasArguments) -> Result<Filled, Failure> {
    let parameters = written(arguments)?;
    let shard = arguments.shard.unwrap_or(Shard::WHOLE);
    PLACE.check(&arguments.out, &header(&parameters, shard)?)?;
    files::prepare(&arguments.out)?;
    let screen = Screen::new(1);
    let table = minlift::atlas::run(
        &parameters,
        shard,
        &arguments.out.join(PLACE.file(shard)),
        &|done, total| screen.count("cells", done, total),
        &AtomicBool::new(false),
    )?;
    Ok((parameters, table, screen))
}

/// The parameters on the command line.
fn written(arguments: &AtlasArguments) -> Result<Parameters, Failure> {
    let plane = match arguments.plane {
        PlaneName::TauAlpha => Plane::TauAlpha,
        PlaneName::TauRho => Plane::TauRho,
    };
    let mut parameters = Parameters::standard(plane);
    if let Some(text) = &arguments.tau {
        parameters.tau = range("tau", text)?;
    }
    match plane {
        Plane::TauAlpha => {
            if let Some(text) = &arguments.alpha {
                parameters.second = range("alpha", text)?;
            }
            if let Some(text) = &arguments.rho {
                parameters.fixed = Fixed::Rho(text.clone());
            }
        }
        Plane::TauRho => {
            if let Some(text) = &arguments.rho {
                parameters.second = range("rho", text)?;
            }
            if let Some(text) = &arguments.alpha {
                parameters.fixed = Fixed::Alpha(text.clone());
            }
        }
    }
    if let Some(text) = &arguments.cells {
        parameters.cells = cells(text)?;
    }
    if let Some(budget) = arguments.budget {
        parameters.budget = budget;
    }
    parameters.check()?;
    Ok(parameters)
}

/// `LO:HI`.
fn range(name: &'static str, text: &str) -> Result<[String; 2], ParametersError> {
    let ends = text
        .split_once(':')
        .map(|(lo, hi)| [lo, hi].map(str::to_owned));
    let allowed = "LO:HI with LO < HI, a decimal or a fraction each";
    ends.ok_or_else(|| ParametersError::new(name, text, "no range", allowed))
}

/// `NxM`.
fn cells(text: &str) -> Result<[u64; 2], ParametersError> {
    let number = |part: &str| {
        let digits = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| part.parse::<u64>().ok()).flatten()
    };
    let both = text.split_once('x');
    let both = both.and_then(|(n, m)| Some([number(n)?, number(m)?]));
    let allowed = "NxM with whole numbers, such as 100x100";
    both.ok_or_else(|| ParametersError::new("cells", text, "no numbers of cells", allowed))
}

fn put_together(arguments: &AtlasArguments) -> Result<Filled, Failure> {
    let place = arguments.out.join(PLACE.whole());
    let sources = PLACE.sources(&arguments.merge, &place)?;
    for source in &sources {
        if let Some(header) = Header::of_file(source)? {
            parameters(&header, &shown(source))?;
        }
    }
    let table: Table<CellRecord> = merge(&sources)?;
    let parameters = parameters(&table.header, &shown(&place))?;
    if let Some(missing) = table.missing_in_words() {
        return Err(Failure::Incomplete {
            missing,
            wanted: "cell",
        });
    }
    PLACE.check(&arguments.out, &table.header)?;
    files::prepare(&arguments.out)?;
    table.write(&place)?;
    Ok((parameters, table, Screen::new(1)))
}
