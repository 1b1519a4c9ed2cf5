//! Counting: from the records of a table to frequencies, intervals, quantiles, bottlenecks.

use std::collections::BTreeMap;

use serde::Serialize;

use super::binomial::clopper_pearson;
use super::parameters::{Cell, Parameters};
use super::quantiles::{Quantiles, quantiles};
use super::record::{DrawRecord, Quantity, Statement};
use crate::batch::{Table, float};

/// The schema of `summary.json`.
pub const SCHEMA: &str = "minlift-ensemble/1";

/// What a table shows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// [`SCHEMA`].
    pub schema: String,
    /// What the table is about.
    pub parameters: Parameters,
    /// Which part of the table, as `k/n`.
    pub shard: String,
    /// How many records of that part are missing.
    pub missing: u64,
    /// Cell by cell, ascending.
    pub cells: Vec<CellSummary>,
}

/// What the draws of one cell show.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CellSummary {
    /// Dimension and number of points.
    #[serde(flatten)]
    pub cell: Cell,
    /// How many draws there are.
    pub draws: u64,
    /// How often each statement is certified, in the order of [`Statement::ALL`].
    pub frequencies: Vec<Frequency>,
    /// The conditions that hold least often: one, or all that share the smallest count; none if all
    /// hold in every draw.
    pub bottleneck: Vec<Statement>,
    /// What failed first, and how often, from the most frequent on.
    pub obstacles: Vec<(String, u64)>,
    /// Distributions, in the order of [`Quantity::ALL`].
    pub spreads: Vec<Spread>,
}

/// How often a statement is certified.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Frequency {
    /// What is certified.
    pub statement: Statement,
    /// In how many draws.
    pub count: u64,
    /// Of how many.
    pub draws: u64,
    /// `count/draws`, rounded; NaN without draws.
    #[serde(with = "float")]
    pub fraction: f64,
    /// [`clopper_pearson`] 95 % interval.
    #[serde(with = "float")]
    pub interval: [f64; 2],
}

/// The distribution of a number over the draws that have it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// Which number.
    pub quantity: Quantity,
    /// How many draws have it.
    pub count: u64,
    /// Its quantiles, if there is such a draw.
    pub quantiles: Option<Quantiles>,
}

impl Summary {
    /// Counts the records of a table with these parameters.
    #[must_use]
    pub fn new(parameters: &Parameters, table: &Table<DrawRecord>) -> Self {
        let mut records = vec![vec![]; parameters.cells.len()];
        for (&index, record) in &table.records {
            if let Some(cell) = records.get_mut((index / parameters.draws.max(1)) as usize) {
                cell.push(record);
            }
        }
        let cells = parameters.cells.iter().zip(records);
        Self {
            schema: SCHEMA.to_owned(),
            parameters: parameters.clone(),
            shard: table.header.shard().to_string(),
            missing: table.missing().count() as u64,
            cells: cells
                .map(|(&cell, draws)| CellSummary::new(cell, &draws))
                .collect(),
        }
    }

    /// The cells in which every draw is proved nearby.
    pub fn always_nearby(&self) -> impl Iterator<Item = &CellSummary> {
        (self.cells.iter()).filter(|it| it.draws > 0 && it.count(Statement::Nearby) == it.draws)
    }

    /// `summary.json`.
    ///
    /// # Errors
    ///
    /// The serialiser's.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }
}

impl CellSummary {
    fn new(cell: Cell, records: &[&DrawRecord]) -> Self {
        let draws = records.len() as u64;
        let frequency = |statement: Statement| {
            let count = records.iter().filter(|it| statement.holds(it)).count() as u64;
            Frequency {
                statement,
                count,
                draws,
                fraction: count as f64 / draws as f64,
                interval: clopper_pearson(count, draws),
            }
        };
        let spread = |quantity: Quantity| {
            let values: Vec<f64> = (records.iter())
                .filter_map(|it| quantity.value(it))
                .collect();
            Spread {
                quantity,
                count: values.len() as u64,
                quantiles: quantiles(values),
            }
        };
        let frequencies: Vec<Frequency> = Statement::ALL.map(frequency).to_vec();
        Self {
            cell,
            draws,
            bottleneck: bottleneck(&frequencies),
            frequencies,
            obstacles: obstacles(records),
            spreads: Quantity::ALL.map(spread).to_vec(),
        }
    }

    /// How often `statement` is certified.
    #[must_use]
    pub fn count(&self, statement: Statement) -> u64 {
        self.frequency(statement).map_or(0, |it| it.count)
    }

    /// The frequency of `statement`.
    #[must_use]
    pub fn frequency(&self, statement: Statement) -> Option<&Frequency> {
        self.frequencies.iter().find(|it| it.statement == statement)
    }

    /// The quantiles of `quantity`, if any draw has it.
    #[must_use]
    pub fn quantiles(&self, quantity: Quantity) -> Option<Quantiles> {
        let spread = self.spreads.iter().find(|it| it.quantity == quantity);
        spread.and_then(|it| it.quantiles)
    }

    /// The bottleneck in words.
    #[must_use]
    pub fn bottleneck_in_words(&self) -> String {
        let Some(first) = self.bottleneck.first() else {
            return if self.draws == 0 {
                "no draws".to_owned()
            } else {
                "every condition holds in every draw".to_owned()
            };
        };
        let (count, draws) = (self.count(*first), self.draws);
        let names: Vec<&str> = self.bottleneck.iter().map(|it| it.label()).collect();
        match names.as_slice() {
            [one] => format!("{one} holds least often ({count} of {draws})"),
            all if count == 0 && all.len() == 3 => "no condition holds in any draw".to_owned(),
            all => format!(
                "{} hold least often ({count} of {draws} each)",
                all.join(" and ")
            ),
        }
    }
}

/// The conditions that hold least often, unless all hold always.
fn bottleneck(frequencies: &[Frequency]) -> Vec<Statement> {
    let conditions = || (frequencies.iter()).filter(|it| it.statement.condition().is_some());
    let least = conditions().map(|it| it.count).min();
    conditions()
        .filter(|it| Some(it.count) == least && it.count < it.draws)
        .map(|it| it.statement)
        .collect()
}

fn obstacles(records: &[&DrawRecord]) -> Vec<(String, u64)> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for obstacle in records.iter().filter_map(|it| it.obstacle.as_deref()) {
        *counts.entry(obstacle).or_default() += 1;
    }
    let mut sorted: Vec<(String, u64)> = (counts.into_iter())
        .map(|(text, count)| (text.to_owned(), count))
        .collect();
    // A stable sort: equally frequent ones stay in the order of their texts.
    sorted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    sorted
}
