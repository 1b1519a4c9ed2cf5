//! From an index of the table to a draw and its seed.

use super::parameters::{Cell, Parameters};

/// One draw of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Job {
    /// Dimension and number of points.
    pub cell: Cell,
    /// Which draw of its cell, from 0.
    pub draw: u64,
    /// The seed of its data set, by [`seed`].
    pub seed: u64,
}

impl Parameters {
    /// The number of jobs of the table.
    #[must_use]
    pub const fn jobs(&self) -> u64 {
        self.draws.saturating_mul(self.cells.len() as u64)
    }

    /// The job of an index: cell by cell, draw by draw. The index must be below [`Self::jobs`].
    #[must_use]
    pub fn job(&self, index: u64) -> Job {
        let cell = self.cells[(index / self.draws) as usize];
        let draw = index % self.draws;
        let seed = seed(self.seed, cell, draw);
        Job { cell, draw, seed }
    }
}

/// The seed of a draw: a chain of SplitMix64 steps over the master seed, `d`, `n` and the draw's
/// number,
///
/// ```text
/// s = mix(master),  s = mix(s ^ d),  s = mix(s ^ n),  s = mix(s ^ draw),
/// ```
///
/// where `mix(x)` is the first output of SplitMix64 (Steele, Lea & Flood 2014) with state `x`. It depends on
/// nothing else in the table. Since `mix` is a bijection, two draws of one cell never share a seed.
///
/// # Example
///
/// ```
/// use minlift::ensemble::{Cell, seed};
///
/// assert_eq!(seed(1, Cell { d: 10, n: 100 }, 0), 0xa640_3215_79e4_5e83);
/// ```
#[must_use]
pub const fn seed(master: u64, cell: Cell, draw: u64) -> u64 {
    let s = mix(master);
    let s = mix(s ^ cell.d);
    let s = mix(s ^ cell.n);
    mix(s ^ draw)
}

const fn mix(state: u64) -> u64 {
    let z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
