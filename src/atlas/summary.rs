//! What an atlas says as a whole.

use std::collections::BTreeMap;

use super::grid::Cell;
use super::parameters::Parameters;
use super::pitchfork::{PitchforkColumn, pitchfork};
use super::record::{CellAnswer, CellRecord, Obstacle, prover};
use crate::batch::Table;

/// Where a cell lies relative to the enclosed pitchfork.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nearness {
    /// The enclosed curve meets it.
    Crossed,
    /// It touches a crossed cell.
    Beside,
    /// Neither.
    Elsewhere,
}

/// The counts of an atlas, and its pitchfork.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The parameters.
    pub parameters: Parameters,
    /// Which part of the table was counted, `1/1` for all.
    pub shard: String,
    /// Cells without record.
    pub missing: u64,
    /// The records by index.
    pub records: BTreeMap<u64, CellRecord>,
    /// The pitchfork, column by column.
    pub pitchfork: Vec<Option<PitchforkColumn>>,
    /// For each column the rows that the enclosed curve meets, from and to.
    crossed: Vec<Option<[u64; 2]>>,
}

impl Summary {
    /// Counts a table, and encloses the pitchfork.
    #[must_use]
    pub fn new(parameters: &Parameters, table: &Table<CellRecord>) -> Self {
        let mut summary = Self {
            parameters: parameters.clone(),
            shard: table.header.shard().to_string(),
            missing: table.missing().count() as u64,
            records: table.records.clone(),
            pitchfork: pitchfork(parameters, &prover()),
            crossed: Vec::new(),
        };
        summary.crossed = summary.crossed();
        summary
    }

    /// The cells with this answer; they have equal areas, so that counts are shares.
    #[must_use]
    pub fn count(&self, answer: CellAnswer) -> usize {
        self.records
            .values()
            .filter(|it| it.answer == answer)
            .count()
    }

    /// The same as a share of the cells of the whole atlas, in percent: a float.
    #[must_use]
    pub fn percent(&self, answer: CellAnswer) -> f64 {
        100.0 * self.count(answer) as f64 / self.parameters.jobs().max(1) as f64
    }

    /// Boxes of parameters examined in all cells.
    #[must_use]
    pub fn examined(&self) -> u64 {
        self.records.values().map(|it| it.examined).sum()
    }

    /// The open cells, by obstacle and nearness to the pitchfork.
    #[must_use]
    pub fn open(&self, obstacle: Obstacle, nearness: Nearness) -> Vec<Cell> {
        let these = self
            .records
            .iter()
            .filter(|(_, it)| it.obstacle == Some(obstacle));
        these
            .map(|(&index, _)| self.parameters.cell(index))
            .filter(|&cell| self.nearness(cell) == nearness)
            .collect()
    }

    /// Columns in which the pitchfork is not enclosed.
    #[must_use]
    pub fn gaps(&self) -> usize {
        self.pitchfork.iter().filter(|it| it.is_none()).count()
    }

    /// For each column the rows that the enclosed curve meets, from and to.
    fn crossed(&self) -> Vec<Option<[u64; 2]>> {
        let rows = self.parameters.cells[1];
        (self.pitchfork.iter().enumerate())
            .map(|(column, curve)| {
                let second = (*curve)?.second;
                let meets = |&row: &u64| {
                    let cell = Cell {
                        column: column as u64,
                        row,
                    };
                    let [_, range] = self.parameters.ranges(cell);
                    !range.intersection(second).is_empty()
                };
                let mut met = (0..rows).filter(meets);
                let first = met.next()?;
                Some([first, met.next_back().unwrap_or(first)])
            })
            .collect()
    }

    fn nearness(&self, cell: Cell) -> Nearness {
        let at = |column: u64| {
            self.crossed
                .get(usize::try_from(column).ok()?)
                .copied()
                .flatten()
        };
        if at(cell.column).is_some_and(|[a, b]| (a..=b).contains(&cell.row)) {
            return Nearness::Crossed;
        }
        let columns = cell.column.saturating_sub(1)..=cell.column + 1;
        let beside = columns
            .filter_map(at)
            .any(|[a, b]| (a.saturating_sub(1)..=b + 1).contains(&cell.row));
        if beside {
            Nearness::Beside
        } else {
            Nearness::Elsewhere
        }
    }
}
