//! `minlift ensemble`: fills, resumes and merges tables of draws.

use std::sync::atomic::AtomicBool;

use minlift::batch::{Header, Shard, Table, merge, replace_file};
use minlift::data::DataNoise;
use minlift::ensemble::{
    DrawRecord, Parameters, Points, Summary, cells, draw, header, parameters, summary_files, text,
};
use minlift::report::files;

use crate::cli::{EnsembleArguments, NoiseName};
use crate::failure::Failure;
use crate::place::{Place, shown, unwritable};
use crate::screen::Screen;

const PLACE: Place = Place { stem: "draws" };

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
    PLACE.check(&arguments.out, &header)?;
    files::prepare(&arguments.out)?;
    let screen = Screen::new(1);
    let table = minlift::ensemble::run(
        &parameters,
        shard,
        &arguments.out.join(PLACE.file(shard)),
        &|job| draw::record(job, &parameters),
        &|done, total| screen.count("draws", done, total),
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
    let place = arguments.out.join(PLACE.whole());
    let sources = PLACE.sources(&arguments.merge, &place)?;
    for source in &sources {
        if let Some(header) = Header::of_file(source)? {
            parameters(&header, &shown(source))?;
        }
    }
    let table: Table<DrawRecord> = merge(&sources)?;
    let parameters = parameters(&table.header, &shown(&place))?;
    if let Some(missing) = table.missing_in_words() {
        return Err(Failure::Incomplete {
            missing,
            wanted: "draw",
        });
    }
    PLACE.check(&arguments.out, &table.header)?;
    files::prepare(&arguments.out)?;
    table.write(&place)?;
    Ok((parameters, table, Screen::new(1)))
}
