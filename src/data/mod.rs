//! Data sets: `n` points of `R^d`, drawn or read from a file, each with the centre it belongs to.
//!
//! A claim about a given data set `X` speaks of
//!
//! ```text
//! L_X(w) = -(1/n) Σ_i S(w·x_i, ρ_a²‖w‖²)² + α‖w‖²,
//! ```
//!
//! and `X` is exactly the floats stored here: [`DataSet::draw`] rounds as it computes, a decimal in a
//! file stands for the float nearest to it, and an integer that is no float is refused. Nothing about `X` is
//! enclosed; there is nothing to enclose.
//!
//! The centres `μ_1 = e1`, `μ_2 = e1 + τe2`, `μ_3 = -e1`, `μ_4 = -e1 + τe2` have the numbers 0 to 3
//! here. They decide what the *simplified* objective of a data set is (each point moved to its centre) and
//! nothing else: a theorem about `L_X` holds whatever the assignment, though its hypotheses may then fail.

mod assign;
mod csv;
mod draw;
mod error;
mod file;
mod npy;

use std::fmt;

use nalgebra::DMatrix;
use serde::{Deserialize, Serialize};

pub use error::{DataError, Place, Problem};

/// The most numbers `n d` a data set may have: 2^28, two gigabytes.
pub const MOST_NUMBERS: u64 = 1 << 28;

/// Points, their centres, and where they come from.
#[derive(Clone, PartialEq)]
pub struct DataSet {
    /// The points, `n x d`: a row is a point. Every entry is finite.
    pub points: DMatrix<f64>,
    /// For each point the number (0 to 3) of its centre in the order `e1`, `e1 + τe2`, `-e1`, `-e1 + τe2`.
    pub centres: Vec<u8>,
    /// Where the points come from.
    pub source: Source,
}

/// Where a data set comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// [`DataSet::draw`] made it.
    Drawn {
        /// Seed of the generator.
        seed: u64,
        /// How the noise was drawn.
        noise: DataNoise,
    },
    /// [`DataSet::read`] found it.
    File {
        /// The file, as it was named.
        path: String,
        /// SHA-256 of its bytes, 64 lower-case hexadecimal digits.
        sha256: String,
    },
}

/// How data noise is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataNoise {
    /// `x = μ_k + ρξ`, `ξ ~ N(0, I_d)`: the paper's text.
    #[default]
    Isotropic,
    /// `x = μ_k + ρ g (1, …, 1)`, `g ~ N(0, 1)`: the published code.
    Broadcast,
}

impl DataNoise {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Isotropic, Self::Broadcast];

    /// The name used in claims and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Isotropic => "isotropic",
            Self::Broadcast => "broadcast",
        }
    }
}

impl DataSet {
    /// The number of points.
    #[must_use]
    pub fn n(&self) -> usize {
        self.points.nrows()
    }

    /// The dimension.
    #[must_use]
    pub fn d(&self) -> usize {
        self.points.ncols()
    }

    /// How many points belong to each centre; the sum is [`DataSet::n`].
    #[must_use]
    pub fn counts(&self) -> [u64; 4] {
        let mut counts = [0; 4];
        for &centre in &self.centres {
            counts[usize::from(centre)] += 1;
        }
        counts
    }
}

/// Without the points, which may be millions.
impl fmt::Debug for DataSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DataSet")
            .field("n", &self.n())
            .field("d", &self.d())
            .field("counts", &self.counts())
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}
