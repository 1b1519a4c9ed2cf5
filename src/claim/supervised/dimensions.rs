//! The supervised statement for every dimension, with the published noise `ρ = d^(-3/2)`.
//!
//! `L_SL` depends on `d` through `ρ²` and through how often the block beside the plane occurs, so a proof with
//! `ρ² ∈ [0, d_0^(-3)]` is one for every `d >= d_0`; smaller dimensions are single proofs.

use rayon::prelude::*;

use super::decide::{is_proved, within_the_theory};
use super::evidence::OpposedMinimum;
use super::minimum::prove_opposed;
use crate::claim::Claim;
use crate::interval::Interval;
use crate::model::supervised::SupervisedParameters;

/// Dimensions tried for the one proof of all larger ones, until one succeeds.
const FIRST: [u64; 16] = [
    4, 5, 6, 7, 8, 9, 10, 12, 16, 20, 30, 50, 100, 200, 500, 1000,
];

/// A set of dimensions treated by one proof.
#[derive(Clone, Debug)]
pub struct DimensionPiece {
    /// The smallest dimension of the piece.
    pub from: u64,
    /// Is it every dimension from there on, or this one only?
    pub and_all_larger: bool,
    /// `ρ²`, enclosed.
    pub variance: Interval,
    /// The minimum of the exact objective for every dimension of the piece; its enclosures hold for all of them.
    pub minimum: Option<OpposedMinimum>,
}

impl DimensionPiece {
    /// Is the statement proved for the piece?
    #[must_use]
    pub fn is_proved(&self) -> bool {
        self.minimum.as_ref().is_some_and(is_proved)
    }
}

/// The pieces, by dimension: they cover every `d >= 2`. The claim's own `d` and `ρ` do not enter. Empty if its parameters
/// do not meet the hypotheses of the symmetry argument, mirror-symmetric weights among them.
#[must_use]
pub fn every_dimension(claim: &Claim) -> Vec<DimensionPiece> {
    if within_the_theory(claim).is_err() {
        return Vec::new();
    }
    let piece = |d: u64, and_all_larger: bool| {
        let largest = Interval::point(d as f64).powi(3).recip();
        let variance = if and_all_larger {
            largest.hull(Interval::ZERO)
        } else {
            largest
        };
        let parameters = SupervisedParameters {
            dimension: d,
            variance,
            ..claim.supervised()
        };
        DimensionPiece {
            from: d,
            and_all_larger,
            variance,
            minimum: prove_opposed(&parameters, None).map(|(minimum, _)| minimum),
        }
    };
    let mut last = FIRST.iter().map(|&d| piece(d, true));
    // If none succeeds the last one tried is shown as open.
    let mut all_larger = None;
    for trial in last.by_ref() {
        let proved = trial.is_proved();
        all_larger = Some(trial);
        if proved {
            break;
        }
    }
    let first = all_larger.as_ref().map_or(2, |piece| piece.from);
    let mut pieces: Vec<_> = (2..first)
        .into_par_iter()
        .map(|d| piece(d, false))
        .collect();
    pieces.extend(all_larger);
    pieces
}
