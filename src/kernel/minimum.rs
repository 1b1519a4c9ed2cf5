//! The minima of the simplified and of the exact objective, one for each row, and what they contain.

use std::sync::Arc;

use super::claim::Claim;
use super::fixed::Fixed;
use super::format::{Minimum, Plane, Range};
use super::obligation::{Obligation, ensure};
use super::piece::{Piece, Setting};
use super::row::Row;

/// A claim with its objective.
struct Problem {
    claim: Claim,
    row: Row,
}

impl Problem {
    fn prove(&self, plane: &Plane, noise: Fixed, row: usize) -> Result<Piece<'_>, String> {
        let setting = Setting {
            tau: self.claim.tau,
            alpha: self.claim.alpha,
            noise,
        };
        let piece = Piece::prove(&self.row, plane, setting)?;
        piece.is_minimum(if row == 0 { 1 } else { -1 })?;
        Ok(piece)
    }

    fn exact(&self, proof: &Minimum, row: usize) -> Result<Piece<'_>, String> {
        let piece = self.prove(&proof.exact[row], Fixed::ONE, row);
        piece.map_err(|why| format!("exact objective: {why}"))
    }
}

/// The statements of a self-supervised claim: one for each row, and what both together contain.
pub fn obligations<'a>(claim: Claim, proof: &'a Minimum) -> Vec<Obligation<'a>> {
    let row = claim.exact();
    let problem = Arc::new(Problem { claim, row });
    let mut all = Vec::new();
    for row in 0..2 {
        let problem = Arc::clone(&problem);
        let statement = format!(
            "row {}: the simplified and the exact objective have each exactly one critical point in its box, a local minimum of R^d; \
             ‖w* - w~*‖, the coefficients and the cosines of w* are within the bounds stated",
            row + 1
        );
        all.push(Obligation::new(statement, move || {
            let simplified = (problem.prove(&proof.simplified[row], Fixed::ZERO, row))
                .map_err(|why| format!("simplified objective: {why}"))?;
            let exact = problem.exact(proof, row)?;
            let (from, to) = (simplified.coefficients(), exact.coefficients());
            let distance = ((to[0] - from[0]).sqr() + (to[1] - from[1]).sqr()).sqrt();
            ensure(
                distance.at_most(proof.distance[row].0),
                "the distance is not proved to be at most the one stated",
            )?;
            let stated = |all: [[Range; 2]; 2], x: [Fixed; 2]| {
                x.iter()
                    .zip(all[row])
                    .all(|(x, range)| x.inside(range.fixed()))
            };
            ensure(
                stated(proof.coefficients, to),
                "a coefficient is not proved to lie in its interval",
            )?;
            ensure(
                stated(proof.cosines, exact.cosines()),
                "a cosine is not proved to lie in its interval",
            )
        }));
    }
    all.push(Obligation::new(
        "the rows of W* span e1 and e2: ‖P e1‖ = ‖P e2‖ = 1",
        move || {
            let [first, second] =
                [problem.exact(proof, 0)?, problem.exact(proof, 1)?].map(|row| row.coefficients());
            let determinant = first[0] * second[1] - first[1] * second[0];
            ensure(determinant.misses_zero(), "they may be parallel")
        },
    ));
    all
}
