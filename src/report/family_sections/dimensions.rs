//! Every dimension.

use super::Section;
use crate::claim::ClaimVerdict;
use crate::claim::family::{DimensionRow, EveryDimension};
use crate::report::numbers::{enclosure, inside, lower, upper};
use crate::report::phrases::{BOUND_DIGITS, DIGITS, point};
use crate::report::table::Table;

pub(super) fn sections(evidence: &EveryDimension) -> Vec<Section> {
    let mut theorem = Section::new(
        "The theorem, with constants",
        "enclosed, bounds",
        "ℓ depends on d through ρ² alone. A branch of minima over ρ² ∈ [0, ρ(N)²], in pieces that are linked at the ρ² they share, is \
         a proof for every d ≥ N; its first piece holds all large d at once. In each dimension w* is alone in the box of the table: the only \
         critical point of R^d whose first two coordinates lie there. The second row of W is its mirror image, so the rows span e₁ \
         and e₂ and both projections ‖P e₁‖, ‖P e₂‖ are exactly 1.",
    );
    if let Some(w) = &evidence.simplified {
        theorem = theorem.item("simplified minimum w̃*", point(w));
    }
    let verified = evidence.decision.verdict == ClaimVerdict::Verified;
    if let Some(d0) = evidence.all_larger_from().filter(|_| verified) {
        theorem = theorem
            .item(
                &format!("for every d ≥ {}", evidence.from),
                format!("‖w* − w̃*‖ ≤ {} ρ²", upper(evidence.constant, BOUND_DIGITS)),
            )
            .item(
                &format!("for every d ≥ {d0}, by one certificate"),
                format!(
                    "‖w* − w̃*‖ ≤ {} ρ²",
                    upper(evidence.constant_large, BOUND_DIGITS)
                ),
            )
            .item(
                "coefficients in every dimension",
                format!(
                    "w*⁽¹⁾ ≥ {}, w*⁽²⁾ ≥ {}",
                    lower(evidence.coefficients[0], BOUND_DIGITS),
                    lower(evidence.coefficients[1], BOUND_DIGITS)
                ),
            )
            .item(
                "cosines in every dimension",
                format!(
                    "|w*⁽¹⁾|/‖w*‖ ≥ {}, |w*⁽²⁾|/‖w*‖ ≥ {}",
                    lower(evidence.cosines[0], BOUND_DIGITS),
                    lower(evidence.cosines[1], BOUND_DIGITS)
                ),
            )
            .item(
                "certificates",
                format!(
                    "1 for all d ≥ {d0}; {} more pieces of the branch reach ρ({})², every link proved",
                    evidence.pieces.len() - 1,
                    evidence.from
                ),
            );
    }
    let mut table = Table::new(["d", "w*", "alone in", "‖w* − w̃*‖ at most", "on the branch"]);
    for row in &evidence.rows {
        table.row([
            dimension(row),
            point(&row.point),
            format!(
                "{} × {}",
                inside(row.uniqueness[0], BOUND_DIGITS),
                inside(row.uniqueness[1], BOUND_DIGITS)
            ),
            upper(row.distance, BOUND_DIGITS),
            if row.linked { "yes" } else { "not proved" }.to_owned(),
        ]);
    }
    let minima = Section::new(
        "The minimum in each dimension",
        "enclosed",
        "A local minimum in each: the Hessian is positive definite in the plane, and off it because w⁽²⁾ > 0.",
    )
    .table(table);
    let mut pieces = Table::new(["ρ²", "w⁽¹⁾", "τ w⁽²⁾"]);
    for piece in &evidence.pieces {
        let mut cells: Vec<String> = piece
            .parameters
            .get(2)
            .map(|&v| inside(v, 6))
            .into_iter()
            .collect();
        cells.extend(piece.enclosure.iter().map(|&x| enclosure(x, DIGITS)));
        pieces.row(cells);
    }
    let branch = Section::new(
        "The pieces of the branch",
        "enclosed",
        "For every ρ² of a piece, d^(-3) or not, the minimum lies in the box of its line.",
    )
    .table(pieces);
    vec![theorem, minima, branch]
}

fn dimension(row: &DimensionRow) -> String {
    if row.and_all_larger {
        format!("≥ {}", row.from)
    } else {
        row.from.to_string()
    }
}
