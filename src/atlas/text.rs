//! The summary on a terminal and as Markdown.

use super::record::{CellAnswer, Obstacle};
use super::summary::{Nearness, Summary};
use crate::report::estimate;

/// A few lines: shares of the area, where open cells are, the pitchfork.
#[must_use]
pub fn text(summary: &Summary) -> String {
    let mut out = format!("Atlas: {}\n", summary.parameters.in_words());
    if summary.shard != "1/1" {
        out.push_str(&format!("shard {} of the atlas only\n", summary.shard));
    }
    if summary.missing > 0 {
        out.push_str(&format!("{} cells are not done yet\n", summary.missing));
    }
    for answer in CellAnswer::ALL {
        out.push_str(&format!(
            "{:<8} {:>6} cells, {} % of the area\n",
            answer.name(),
            summary.count(answer),
            estimate(summary.percent(answer), 4)
        ));
    }
    for (obstacle, [crossed, beside, elsewhere]) in open(summary) {
        out.push_str(&format!(
            "open, {}: {crossed} crossed by the pitchfork, {beside} beside such a cell, {elsewhere} elsewhere\n",
            obstacle.name()
        ));
    }
    out.push_str(&format!(
        "pitchfork: enclosed in {} of {} columns\n",
        summary.pitchfork.len() - summary.gaps(),
        summary.pitchfork.len()
    ));
    out
}

/// `summary.md`.
#[must_use]
pub fn markdown(summary: &Summary) -> String {
    let parameters = &summary.parameters;
    let symbol = parameters.plane.symbol();
    let mut out = format!(
        "# Atlas\n\n{}.\n\n![map](atlas.svg)\n\n",
        parameters.in_words()
    );
    out.push_str(&format!(
        "Every cell is a box of (τ, {symbol}), not its middle. *Proved*: for every parameter of the cell the exact objective of a row \
         has a local minimum with w⁽¹⁾ > 0 and w⁽²⁾ > 0, and these minima form one smooth sheet over the cell. *Refused*: for no \
         parameter of the cell has it a critical point with w⁽¹⁾ > 0. *Open*: neither is proved for all of the cell.\n\n"
    ));
    if summary.missing > 0 {
        out.push_str(&format!("**{} cells are missing.**\n\n", summary.missing));
    }
    out.push_str("| answer | cells | share of the area, % |\n|---|---|---|\n");
    for answer in CellAnswer::ALL {
        out.push_str(&format!(
            "| {} | {} | {} |\n",
            answer.name(),
            summary.count(answer),
            estimate(summary.percent(answer), 4)
        ));
    }
    out.push_str(&format!(
        "\n{} boxes of parameters were examined.\n\n",
        summary.examined()
    ));
    out.push_str(
        "## Open cells\n\n| reason | crossed by the enclosed pitchfork | beside such a cell | elsewhere |\n|---|---|---|---|\n",
    );
    for (obstacle, [crossed, beside, elsewhere]) in open(summary) {
        out.push_str(&format!(
            "| {} | {crossed} | {beside} | {elsewhere} |\n",
            obstacle.in_words()
        ));
    }
    out.push_str(&format!("\n{}\n", elsewhere(summary)));
    out.push_str(&format!("## The pitchfork\n\n{}\n", pitchfork(summary)));
    out
}

/// For each reason that occurs: crossed, beside, elsewhere.
fn open(summary: &Summary) -> Vec<(Obstacle, [usize; 3])> {
    let places = [Nearness::Crossed, Nearness::Beside, Nearness::Elsewhere];
    (Obstacle::ALL.into_iter())
        .map(|obstacle| (obstacle, places.map(|it| summary.open(obstacle, it).len())))
        .filter(|(_, counts)| counts.iter().any(|&n| n > 0))
        .collect()
}

/// The open cells away from the pitchfork, one by one.
fn elsewhere(summary: &Summary) -> String {
    const MOST: usize = 40;
    let all: Vec<_> = (Obstacle::ALL.into_iter())
        .flat_map(|it| summary.open(it, Nearness::Elsewhere))
        .collect();
    let mut out = String::new();
    for &cell in all.iter().take(MOST) {
        let [tau, second] = summary.parameters.ranges(cell);
        let range = |x: crate::interval::Interval| {
            format!("[{}, {}]", estimate(x.inf(), 4), estimate(x.sup(), 4))
        };
        out.push_str(&format!(
            "- open away from the pitchfork: τ in {}, {} in {}\n",
            range(tau),
            summary.parameters.plane.symbol(),
            range(second)
        ));
    }
    if all.len() > MOST {
        out.push_str(&format!("- and {} more: `cells.csv`\n", all.len() - MOST));
    }
    out
}

fn pitchfork(summary: &Summary) -> String {
    let columns = summary.pitchfork.len();
    let enclosed = columns - summary.gaps();
    let widest = (summary.pitchfork.iter().flatten())
        .map(|it| it.at_middle.width())
        .fold(0.0, f64::max);
    let symbol = summary.parameters.plane.symbol();
    let mut out = format!(
        "The curve on which the minima merge with the saddle on the axis w⁽¹⁾ = 0 is enclosed in {enclosed} of {columns} columns"
    );
    if enclosed > 0 {
        out.push_str(&format!(
            ": for every τ of the column there is exactly one solution of its two equations in a stated box (`pitchfork.csv`), and at \
             the middle τ it is known to within {} in {symbol}",
            estimate(widest, 2)
        ));
    }
    out.push_str(".\n");
    if enclosed < columns {
        out.push_str(
            "In the other columns no proof was found, and the map has a gap; whether there is such a curve is not decided there.\n",
        );
    }
    out
}
