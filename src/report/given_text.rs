//! The side of a given data set for the terminal.

use super::given_tables;
use super::numbers::enclosure;
use super::phrases::{DIGITS, NOT_COMPUTED, list, point};
use super::text::{absent, conditions_text, push, refused, section};
use crate::dossier::Given;

/// The steps, from the simplified objective to the optimisers.
pub(super) fn sections(side: &Given) -> String {
    let evidence = &side.evidence;
    let mut out = String::new();
    if let Some(refusal) = &evidence.refusal {
        section(
            &mut out,
            "no critical point of L̃ with w⁽¹⁾ > 0",
            "bounds, counts",
        );
        refused(&mut out, refusal);
        return out;
    }
    section(
        &mut out,
        "1 simplified objective L̃ with the observed frequencies",
        "enclosed",
    );
    if let Some(table) = given_tables::centres(&evidence.claim) {
        out.push_str(&table.text(2));
    }
    match &evidence.simplified {
        None => absent(&mut out),
        Some(simplified) => {
            for (i, m) in simplified.minima.iter().enumerate() {
                push(
                    &mut out,
                    &format!("  row {}      w̃* = ", i + 1),
                    &point(&m.point),
                );
            }
        }
    }
    section(
        &mut out,
        "2 Jacobian of ∇L_X at w̃*, all d × d entries",
        "enclosed, bounds",
    );
    match &evidence.rows {
        None => absent(&mut out),
        Some(rows) => out.push_str(&given_tables::jacobian(rows).text(2)),
    }
    section(
        &mut out,
        "3 conditions: left ≤ right",
        "bounds, left rounded up, right and margin down",
    );
    out.push_str(&conditions_text(&evidence.conditions));
    section(&mut out, "4 objective L_X", "enclosed, bounds");
    match &evidence.exact {
        None => absent(&mut out),
        Some(exact) => {
            out.push_str(&given_tables::minima(exact).text(2));
            push(
                &mut out,
                "  distance   ‖W*(X) − W̃*(X)‖ = ",
                &enclosure(exact.distance, DIGITS),
            );
            push(
                &mut out,
                "  inside the ball predicted by ",
                &given_tables::contained(evidence, exact),
            );
        }
    }
    section(&mut out, "5 content of W*(X)", "enclosed");
    match &evidence.content {
        None => absent(&mut out),
        Some(content) => {
            out.push_str(&given_tables::content(content).text(2));
            push(
                &mut out,
                "  ‖P e₁‖, ‖P e₂‖ = ",
                &format!("{}: {}", list(&content.projections), content.explanation),
            );
        }
    }
    section(
        &mut out,
        "6 optimisers on L_X",
        "estimated; they decide nothing",
    );
    match given_tables::runs(&side.runs) {
        None => push(&mut out, "  ", NOT_COMPUTED),
        Some(table) => out.push_str(&table.text(2)),
    }
    out
}
