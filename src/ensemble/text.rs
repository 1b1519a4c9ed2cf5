//! The summary on a terminal.

use super::record::{Quantity, Statement};
use super::summary::{CellSummary, Summary};
use crate::report::{lower, upper};

/// A compact table: how often each statement is certified, cell by cell, and what stands in the way.
#[must_use]
pub fn text(summary: &Summary) -> String {
    let mut out = format!("Frequency of proof: {}\n", summary.parameters.in_words());
    if summary.shard != "1/1" {
        out.push_str(&format!("shard {} of the table only\n", summary.shard));
    }
    if summary.missing > 0 {
        out.push_str(&format!("{} draws are not done yet\n", summary.missing));
    }
    out.push('\n');
    out.push_str(&columns(&rows(summary)));
    out.push('\n');
    for cell in &summary.cells {
        out.push_str(&format!(
            "d = {}, n = {}: {}\n",
            cell.cell.d,
            cell.cell.n,
            cell.bottleneck_in_words()
        ));
        if let Some((obstacle, count)) = cell.obstacles.first() {
            out.push_str(&format!(
                "  most frequent obstacle ({count} times): {obstacle}\n"
            ));
        }
    }
    out.push_str(&always(summary));
    out.push('\n');
    out
}

/// In which cells every draw is proved nearby, as a sentence.
pub(super) fn always(summary: &Summary) -> String {
    let names: Vec<String> = (summary.always_nearby())
        .map(|it| format!("(d, n) = ({}, {})", it.cell.d, it.cell.n))
        .collect();
    match names.len() {
        0 => "In no cell is every draw proved nearby.".to_owned(),
        all if all == summary.cells.len() => {
            "Every draw of every cell is proved nearby.".to_owned()
        }
        _ => format!("Every draw is proved nearby for {}.", names.join(", ")),
    }
}

/// `[0.963, 1]`, rounded outward.
pub(super) fn interval([low, high]: [f64; 2]) -> String {
    const DIGITS: usize = 4;
    format!("[{}, {}]", lower(low, DIGITS), upper(high, DIGITS))
}

fn rows(summary: &Summary) -> Vec<Vec<String>> {
    let mut rows = vec![
        [
            "d",
            "n",
            "draws",
            "IFT",
            "N–K",
            "Krawczyk",
            "proved",
            "nearby",
            "nearby, 95 %",
            "distance, median",
        ]
        .map(str::to_owned)
        .to_vec(),
    ];
    rows.extend(summary.cells.iter().map(row));
    rows
}

fn row(of: &CellSummary) -> Vec<String> {
    let mut row = vec![of.cell.d, of.cell.n, of.draws]
        .into_iter()
        .map(|it| it.to_string())
        .collect::<Vec<_>>();
    row.extend(Statement::ALL.map(|it| of.count(it).to_string()));
    let nearby = of.frequency(Statement::Nearby);
    row.push(nearby.map_or(String::new(), |it| interval(it.interval)));
    let distance = of.quantiles(Quantity::Distance);
    row.push(distance.map_or("-".to_owned(), |it| format!("≤ {}", upper(it.median, 3))));
    row
}

/// Columns, numbers to the right.
fn columns(rows: &[Vec<String>]) -> String {
    let width = |i: usize| {
        rows.iter()
            .map(|row| row[i].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..rows[0].len()).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, &width)| {
            let gap = " ".repeat(width - cell.chars().count());
            format!("{gap}{cell}")
        });
        out.push_str(&cells.collect::<Vec<_>>().join("  "));
        out.push('\n');
    }
    out
}
