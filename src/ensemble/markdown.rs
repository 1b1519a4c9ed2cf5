//! `summary.md`: the summary a person reads.

use super::record::Statement;
use super::summary::{CellSummary, Summary};
use super::text::{always, interval};
use crate::report::estimate;

/// A figure beside the summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureLink {
    /// Its file.
    pub file: String,
    /// Its title.
    pub title: String,
    /// How to read it.
    pub caption: String,
}

/// At most so many obstacles are listed for a cell; `summary.json` has all.
const OBSTACLES: usize = 3;

/// The summary with its figures as Markdown.
#[must_use]
pub fn markdown(summary: &Summary, figures: &[FigureLink]) -> String {
    let mut out = format!(
        "# Frequency of proof\n\n{}; {} draws in each cell.\n\n",
        summary.parameters.in_words(),
        summary.parameters.draws
    );
    out.push_str(
        "Each draw is a data set X of n points; counted is in how many draws a statement about the minimum \
         W\\*(X) of L_X is certified. The intervals are exact (Clopper–Pearson, 95 %, rounded outward) and \
         are about one number: the probability that such a data set is certified by this program. A draw that \
         is not certified is not refuted.\n\n",
    );
    if summary.missing > 0 {
        out.push_str(&format!("**{} draws are missing.**\n\n", summary.missing));
    }
    out.push_str("## How often each statement is certified\n\n");
    out.push_str(&frequencies(summary));
    out.push_str(
        "IFT (the quantitative inverse function theorem) and Newton–Kantorovich start at W̃\\*, Krawczyk at an \
         approximation of W\\*(X); each counts if it holds for both rows. *Proved*: both rows of W\\*(X) are local \
         minima, unique in their regions. *Proved nearby*: moreover joined to W̃\\* by IFT or Newton–Kantorovich.\n\n",
    );
    out.push_str("## What stands in the way\n\n");
    for cell in &summary.cells {
        out.push_str(&obstacles(cell));
    }
    out.push_str(&format!("\n{}\n\n", always(summary)));
    out.push_str("## Distributions\n\n");
    out.push_str(
        "Quantiles are values of draws (the ⌈qN⌉-th smallest), over the draws that have the number. Distances are \
         upper ends and projections lower ends of enclosures, margins are certified lower bounds; \
         coefficients are midpoints. Decimals here are rounded to nearest; `summary.json` has all digits.\n\n",
    );
    for cell in &summary.cells {
        out.push_str(&spreads(cell));
    }
    if !figures.is_empty() {
        out.push_str("## Figures\n\n");
    }
    for figure in figures {
        out.push_str(&format!(
            "![{}]({})\n\n{}\n\n",
            figure.title,
            figure.file,
            escape(&figure.caption)
        ));
    }
    out
}

fn frequencies(summary: &Summary) -> String {
    let mut out = String::from("| d | n | draws |");
    for statement in Statement::ALL {
        out.push_str(&format!(" {} |", statement.label()));
    }
    out.push_str("\n|---|---|---|---|---|---|---|---|\n");
    for cell in &summary.cells {
        out.push_str(&format!(
            "| {} | {} | {} |",
            cell.cell.d, cell.cell.n, cell.draws
        ));
        for it in &cell.frequencies {
            out.push_str(&format!(" {} {} |", it.count, interval(it.interval)));
        }
        out.push('\n');
    }
    out.push('\n');
    out
}

fn obstacles(of: &CellSummary) -> String {
    let mut out = format!(
        "- d = {}, n = {}: {}.",
        of.cell.d,
        of.cell.n,
        of.bottleneck_in_words()
    );
    let listed: Vec<String> = (of.obstacles.iter().take(OBSTACLES))
        .map(|(text, count)| format!("{} ({count} times)", escape(text)))
        .collect();
    if !listed.is_empty() {
        out.push_str(&format!(" First obstacles: {}", listed.join("; ")));
        if of.obstacles.len() > OBSTACLES {
            out.push_str(&format!("; {} others", of.obstacles.len() - OBSTACLES));
        }
        out.push('.');
    }
    out.push('\n');
    out
}

fn spreads(of: &CellSummary) -> String {
    let mut out = format!("### d = {}, n = {}\n\n", of.cell.d, of.cell.n);
    let known = || of.spreads.iter().filter_map(|it| Some((it, it.quantiles?)));
    if known().next().is_none() {
        out.push_str("No draw has any of the numbers.\n\n");
        return out;
    }
    out.push_str("| | draws | min | 5 % | median | 95 % | max |\n|---|---|---|---|---|---|---|\n");
    for (it, quantiles) in known() {
        out.push_str(&format!(
            "| {} | {} |",
            escape(it.quantity.label()),
            it.count
        ));
        for value in quantiles.all() {
            out.push_str(&format!(" {} |", estimate(value, 5)));
        }
        out.push('\n');
    }
    out.push('\n');
    out
}

/// Text that Markdown leaves alone.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '*' | '_' | '|' | '<' | '[' | ']' | '`' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
