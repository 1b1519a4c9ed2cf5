//! The minima of the simplified and of the exact objective, one for each row, and what they contain.

use std::sync::Arc;

use super::claim::Claim;
use super::fixed::Fixed;
use super::format::{Minimum, Plane};
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
}

/// The statements of a self-supervised claim.
pub fn obligations<'a>(claim: Claim, proof: &'a Minimum) -> Vec<Obligation<'a>> {
    let row = claim.exact();
    let problem = Arc::new(Problem { claim, row });
    let mut all = Vec::new();
    for row in 0..2 {
        for (name, planes, noise) in [
            ("simplified", &proof.simplified, Fixed::ZERO),
            ("exact", &proof.exact, Fixed::ONE),
        ] {
            let problem = Arc::clone(&problem);
            let statement = format!(
                "the {name} objective has exactly one critical point in row {}'s box, a local minimum of R^d",
                row + 1
            );
            all.push(Obligation::new(statement, move || {
                problem.prove(&planes[row], noise, row).map(drop)
            }));
        }
        let problem = Arc::clone(&problem);
        let statement = format!(
            "row {}: ‖w* - w~*‖, the coefficients and the cosines of w* are within the bounds stated",
            row + 1
        );
        all.push(Obligation::new(statement, move || {
            let simplified = problem.prove(&proof.simplified[row], Fixed::ZERO, row)?;
            let exact = problem.prove(&proof.exact[row], Fixed::ONE, row)?;
            let (from, to) = (simplified.coefficients(), exact.coefficients());
            let distance = ((to[0] - from[0]).sqr() + (to[1] - from[1]).sqr()).sqrt();
            ensure(
                distance.at_most(proof.distance[row].0),
                "the distance is not proved to be at most the one stated",
            )?;
            let stated = |all: [[super::format::Range; 2]; 2], x: [Fixed; 2]| {
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
    // w_1^(1) > 0 > w_2^(1) and both w^(2) > 0: the rows are independent vectors of span(e1, e2).
    all.push(Obligation::new(
        "the rows of W* span e1 and e2: ‖P e1‖ = ‖P e2‖ = 1",
        || Ok(()),
    ));
    all
}
