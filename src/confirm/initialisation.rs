//! The published starting regions of `W`.
//!
//! Both are facts of the published simulation code of Yang, Li, Jiang & Li (AAAI 2023, arXiv
//! 2401.03214): all entries standard normal, then some are replaced.

use std::ops::Range;

use nalgebra::DVector;
use rand::{Rng, SeedableRng};
use rand_distr::StandardNormal;
use rand_xoshiro::Xoshiro256PlusPlus;

/// Region "0": `|w_i^(1)|` is uniform on this range.
pub const LABEL_RANGE: Range<f64> = 3.1..3.9;
/// Region "0": `tau w_i^(2)` is uniform on this range.
pub const HIDDEN_RANGE: Range<f64> = 8.5..9.0;

/// Where a run starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Initialisation {
    /// Published initialisation "0": `w_1^(1)` and `-w_2^(1)` uniform on [`LABEL_RANGE`],
    /// `tau w_i^(2)` uniform on [`HIDDEN_RANGE`], the rest standard normal.
    Zero,
    /// Published initialisation "1": standard normal with the signs `w_1^(1) > 0`,
    /// `w_2^(1) < 0`, `w_i^(2) > 0`.
    One,
    /// As "0", but with both rows on the side `w^(1) > 0`: not published, it shows what
    /// becomes of the content when the rows do not separate.
    SameSide,
}

impl Initialisation {
    /// All of them, in the order of the report.
    pub const ALL: [Self; 3] = [Self::Zero, Self::One, Self::SameSide];

    /// The name used in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Zero => "0",
            Self::One => "1",
            Self::SameSide => "same side",
        }
    }
}

/// The starting point `W = (w_1, w_2)`, a vector of length `2d`, `d >= 2`.
///
/// It depends on the region, `d`, `tau` and the seed alone, so all methods start from the same
/// points. The generator is xoshiro256++; the regions draw from streams 2^128 numbers apart, so
/// that one seed gives each of them a point of its own.
#[must_use]
pub fn start(initialisation: Initialisation, d: usize, tau: f64, seed: u64) -> DVector<f64> {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let stream = match initialisation {
        Initialisation::Zero => 0,
        Initialisation::One => 1,
        Initialisation::SameSide => 2,
    };
    for _ in 0..stream {
        rng.jump();
    }
    let mut w =
        DVector::<f64>::from_iterator(2 * d, (0..2 * d).map(|_| rng.sample(StandardNormal)));
    let second_sign = match initialisation {
        Initialisation::Zero | Initialisation::One => -1.0,
        Initialisation::SameSide => 1.0,
    };
    for (offset, sign) in [(0, 1.0), (d, second_sign)] {
        let (label, hidden): (f64, f64) = match initialisation {
            Initialisation::Zero | Initialisation::SameSide => (
                rng.random_range(LABEL_RANGE),
                rng.random_range(HIDDEN_RANGE) / tau,
            ),
            Initialisation::One => (w[offset].abs(), w[offset + 1].abs()),
        };
        w[offset] = sign * label;
        w[offset + 1] = hidden;
    }
    w
}
