//! From an index of the table to a box of parameters.

use super::parameters::{Fixed, Parameters, Plane};
use crate::interval::Interval;

/// A cell: column and row, from 0; the columns are ranges of `τ`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// Which range of `τ`.
    pub column: u64,
    /// Which range of the second parameter.
    pub row: u64,
}

impl Parameters {
    /// The cell of an index: column by column, from the bottom up.
    #[must_use]
    pub const fn cell(&self, index: u64) -> Cell {
        let rows = if self.cells[1] == 0 { 1 } else { self.cells[1] };
        Cell {
            column: index / rows,
            row: index % rows,
        }
    }

    /// The index of a cell.
    #[must_use]
    pub const fn index(&self, cell: Cell) -> u64 {
        cell.column * self.cells[1] + cell.row
    }

    /// Encloses the edge `k` of the columns, `lo + k (hi - lo)/n`.
    #[must_use]
    pub fn tau_edge(&self, k: u64) -> Interval {
        edge(&self.tau, k, self.cells[0])
    }

    /// Encloses the edge `k` of the rows.
    #[must_use]
    pub fn second_edge(&self, k: u64) -> Interval {
        edge(&self.second, k, self.cells[1])
    }

    /// The ranges of `τ` and the second parameter in a cell: hulls of the enclosed edges, so that neighbours overlap (by a unit in the
    /// last place) rather than leave a gap.
    #[must_use]
    pub fn ranges(&self, cell: Cell) -> [Interval; 2] {
        [
            self.tau_edge(cell.column)
                .hull(self.tau_edge(cell.column + 1)),
            self.second_edge(cell.row)
                .hull(self.second_edge(cell.row + 1)),
        ]
    }

    /// The box `(τ, α, ρ²)` of a cell.
    #[must_use]
    pub fn parameters_of(&self, cell: Cell) -> [Interval; 3] {
        let [tau, second] = self.ranges(cell);
        self.with(tau, second)
    }

    /// The box `(τ, α, ρ²)` with these ranges on the axes.
    #[must_use]
    pub fn with(&self, tau: Interval, second: Interval) -> [Interval; 3] {
        let fixed = self.fixed();
        match self.plane {
            Plane::TauAlpha => [tau, second, fixed],
            Plane::TauRho => [tau, fixed, second.sqr()],
        }
    }

    /// Encloses `ρ²` or `α`, whichever is the same everywhere.
    #[must_use]
    pub fn fixed(&self) -> Interval {
        match &self.fixed {
            Fixed::Rho(text) => literal(text).sqr(),
            Fixed::RhoSquared(text) | Fixed::Alpha(text) => literal(text),
        }
    }
}

/// `lo + k (hi - lo)/n`; both ends of the range are the literals themselves.
fn edge([lo, hi]: &[String; 2], k: u64, n: u64) -> Interval {
    let (lo, hi) = (literal(lo), literal(hi));
    if k == 0 {
        return lo;
    }
    if k >= n {
        return hi;
    }
    // Both are far below 2^53: exact floats.
    let share = Interval::point(k as f64) / Interval::point(n as f64);
    lo + share * (hi - lo)
}

/// Checked parameters are numbers; of others nothing is known.
fn literal(text: &str) -> Interval {
    Interval::literal(text).unwrap_or(Interval::ENTIRE)
}
