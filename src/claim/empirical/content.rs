//! What the rows of a minimum in `R^d` contain.

use super::evidence::EmpiricalMinimum;
use crate::claim::Content;
use crate::interval::Interval;

/// Coefficients, cosines and projections of `e1` and `e2`, enclosed.
///
/// With the Gram matrix `G` of the rows and `c = (w_1^(j), w_2^(j))`, `‖P e_j‖² = cᵀG⁻¹c`. Off the plane the rows carry a
/// little of the data's noise, so the projections are below 1, and by how much is part of the result.
pub(super) fn content(minima: &[EmpiricalMinimum; 2]) -> Content {
    let rows = minima.each_ref().map(EmpiricalMinimum::enclosure);
    let coefficients = rows.each_ref().map(|row| [row[0], row[1]]);
    let squares = rows.each_ref().map(|row| square(row));
    let cosines = [0, 1].map(|i| {
        [0, 1].map(|j| {
            let c: Interval = coefficients[i][j];
            (c.abs() / squares[i].sqrt()).intersection(Interval::UNIT)
        })
    });
    let mixed: Interval = rows[0].iter().zip(&rows[1]).map(|(a, b)| *a * *b).sum();
    let determinant = squares[0] * squares[1] - mixed.sqr();
    let independent = determinant.certainly_positive();
    let projections = [0, 1].map(|j| {
        let [a, b] = [coefficients[0][j], coefficients[1][j]];
        if independent {
            let two = Interval::point(2.0);
            let form = a.sqr() * squares[1] - two * a * b * mixed + b.sqr() * squares[0];
            (form / determinant)
                .max(Interval::ZERO)
                .sqrt()
                .intersection(Interval::UNIT)
        } else {
            Interval::UNIT
        }
    });
    let below = projections.iter().all(|p: &Interval| p.sup() < 1.0);
    let explanation = if independent && below {
        "the rows are independent; a part of them lies off span(e1, e2), which follows the data's noise and keeps the \
         projections below 1"
    } else if independent {
        "the rows are independent"
    } else {
        "the rows may be parallel: the enclosure of their Gram determinant contains 0"
    };
    Content {
        coefficients,
        cosines,
        projections,
        explanation: explanation.to_owned(),
        same_side_projections: cosines[0],
    }
}

/// `‖w_⊥‖`, without the first two coordinates.
pub(super) fn off_plane(minimum: &EmpiricalMinimum) -> Interval {
    square(minimum.enclosure().get(2..).unwrap_or(&[])).sqrt()
}

fn square(row: &[Interval]) -> Interval {
    row.iter().map(|x| x.sqr()).sum()
}
