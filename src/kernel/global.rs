//! All critical points of the exact objective of a row, and the basin of its minimum (`notes/basin.md`).

use std::sync::Arc;

use super::claim::Claim;
use super::fixed::Fixed;
use super::format::{Global, Plane, Range};
use super::many::in_groups;
use super::obligation::{Obligation, ensure};
use super::piece::{Piece, Setting};
use super::search::{leaves, no_critical_point, radial_bound};

/// The statements of a claim about all critical points; one that is refused has not exactly one with `w^(1) > 0`.
pub fn obligations<'a>(
    claim: Claim,
    proof: &'a Global,
    verified: bool,
) -> Result<Vec<Obligation<'a>>, String> {
    claim.within_the_theory()?;
    ensure(
        proof.points.len() == proof.indices.len(),
        "there are not as many indices as points",
    )?;
    let setting = Setting {
        tau: claim.tau,
        alpha: claim.alpha,
        noise: Fixed::ONE,
    };
    let reach = proof.reach.map(|reach| reach.0);
    let radius = radial_bound().over(claim.alpha).sqrt().upper();
    let holds = radius.at_most(reach[0]) && (radius * claim.tau).upper().at_most(reach[1]);
    ensure(
        holds,
        "the rectangle does not hold the disc of all critical points",
    )?;
    let right: Vec<usize> = (0..proof.points.len())
        .filter(|k| !on_axis(&proof.points[*k]))
        .collect();
    if verified {
        let one = right.len() == 1 && proof.indices[right[0]] == 0;
        ensure(
            one && right.len() < proof.points.len(),
            "not exactly one point has w^(1) > 0, a minimum, with others on the axis",
        )?;
        ensure(
            (Fixed::ONE - claim.step * smoothness(&claim)).positive(),
            "the step is not below 1/Λ",
        )?;
    } else {
        ensure(
            right.len() != 1,
            "exactly one point has w^(1) > 0: nothing is refuted",
        )?;
    }
    let parts = leaves(
        &proof.cuts,
        &[Fixed::ZERO.hull(reach[0]), (-reach[1]).hull(reach[1])],
    )?;
    let row = Arc::new(claim.exact());
    let mut all = Vec::new();
    for (k, plane) in proof.points.iter().enumerate() {
        let of_row = Arc::clone(&row);
        let place = if on_axis(plane) {
            "on the axis w^(1) = 0"
        } else {
            "with w^(1) > 0"
        };
        let index = proof.indices[k];
        let statement = format!(
            "point {}: the only critical point in its box, {place}, {index} negative eigenvalues in the plane",
            k + 1
        );
        all.push(Obligation::new(statement, move || {
            let piece = Piece::prove(&of_row, plane, setting)?;
            ensure(
                piece.has_index(index),
                "the number of negative eigenvalues is not proved to be the one stated",
            )?;
            if on_axis(plane) {
                return ensure(
                    !verified || piece.falls_across(),
                    "∂²ℓ/∂(w^(1))² is not proved to be negative",
                );
            }
            ensure(
                piece.point[0].positive(),
                "w^(1) is not proved to be positive",
            )?;
            if index == 0 && verified {
                piece.is_minimum(1)
            } else {
                Ok(())
            }
        }));
        let of_row = Arc::clone(&row);
        all.push(Obligation::new(
            format!("point {} is none of those before it", k + 1),
            move || {
                let piece = Piece::prove(&of_row, plane, setting)?;
                for (j, other) in proof.points[..k].iter().enumerate() {
                    let other = Piece::prove(&of_row, other, setting)?;
                    let apart = piece
                        .point
                        .iter()
                        .zip(other.point)
                        .any(|(x, y)| x.meet(y).is_none());
                    ensure(apart, &format!("it may be point {}", j + 1))?;
                }
                Ok(())
            },
        ));
    }
    all.extend(in_groups(
        parts,
        "no critical point besides those listed",
        move |part, sign| match sign {
            '.' => no_critical_point(&row, setting, [part[0], part[1]], false),
            letter => {
                let point = u32::from(letter)
                    .checked_sub(u32::from('a'))
                    .and_then(|k| proof.points.get(k as usize));
                point.is_some_and(|point| {
                    part.iter()
                        .zip(point.alone)
                        .all(|(x, u)| x.inside(u.fixed()))
                })
            }
        },
    ));
    Ok(all)
}

/// A box symmetric about the axis with one critical point: it is its own mirror image.
fn on_axis(plane: &Plane) -> bool {
    let across = Range::fixed(plane.alone[0]);
    across.lower() == -across.upper()
}

/// `Λ <= 2α + (1/(3√3) + 1/8)(max(1, τ²(p_2 + p_4)) + ρ_x² + ρ_a²)`.
fn smoothness(claim: &Claim) -> Fixed {
    let root = Fixed::int(3).sqrt() * Fixed::int(3);
    let factor = Fixed::ONE.over(root) + Fixed::ratio(1, 8);
    let second = Fixed::ONE.max(claim.tau.sqr() * (claim.weights[1] + claim.weights[3]));
    claim.alpha + claim.alpha + factor * (second + claim.variances[0] + claim.variances[1])
}
