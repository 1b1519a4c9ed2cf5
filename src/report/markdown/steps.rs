//! The numbered steps: what was checked, how, and with which numbers.

use crate::claim::{ClaimVerdict, Content, CriticalPoint, Evidence, ExactEvidence, Refusal};
use crate::dossier::SelfSupervised;
use crate::report::numbers::{enclosure, inside, lower, upper};
use crate::report::phrases::{
    BOUND_DIGITS, DIGITS, NOT_COMPUTED, condition_name, list, point, sign, verdict,
};
use crate::report::runs;
use crate::report::table::Table;

use super::absent;

/// The proof that there is nothing to lift.
pub(super) fn refusal(refusal: &Refusal, claim: ClaimVerdict) -> String {
    let mut out = String::from("## Why there is nothing to lift (bounds and counts)\n\n");
    out.push_str(
        "Every critical point of L̃ satisfies α‖w‖² ≤ sup_z zσ′(z) and lies in span(e₁, e₂), hence \
         in a disc of the plane. The half of the disc with w⁽¹⁾ > 0 is cut into boxes. A box is \
         excluded if an enclosure of one gradient component over it does not contain 0; beside the \
         axis w⁽¹⁾ = 0, where the first component is w⁽¹⁾ times an average of H₁₁, if H₁₁ > 0 \
         there; or if it lies outside the disc.\n\n",
    );
    let mut table = Table::new(["quantity", "value"]);
    table.row([
        "radius of the disc (upper bound)".to_owned(),
        upper(refusal.disc_radius, BOUND_DIGITS),
    ]);
    for (what, count) in [
        (
            "boxes excluded by a gradient component",
            refusal.boxes_by_gradient,
        ),
        (
            "boxes excluded beside the axis, by H₁₁ > 0",
            refusal.boxes_by_axis,
        ),
        ("boxes outside the disc", refusal.boxes_by_disc),
        ("boxes left undecided", refusal.boxes_open),
    ] {
        table.row([what.to_owned(), count.to_string()]);
    }
    out.push_str(&table.markdown());
    out.push_str(match (refusal.boxes_open, claim) {
        (0, ClaimVerdict::Refused) => {
            "No box is left: L̃ has no critical point with w⁽¹⁾ > 0, so there is no minimum to \
             transfer, and steps 2 to 6 have no object.\n\n"
        }
        (0, _) => "No box is left: L̃ has no critical point with w⁽¹⁾ > 0.\n\n",
        _ => {
            "Boxes are left undecided: this is **not** a proof that there is no critical point.\n\n"
        }
    });
    out
}

/// Step 1.
pub(super) fn simplified(evidence: &Evidence) -> String {
    let mut out = String::from("## 1. The simplified objective L̃ (enclosed)\n\n");
    let Some(simplified) = &evidence.simplified else {
        return absent(out);
    };
    out.push_str(
        "Newton's method in floats finds candidates. A status that begins with \"proved\" means: a \
         verified interval operator shows that the stated box holds exactly one critical point, and \
         the signs of the Hessian's eigenvalues over the box say what it is. Every critical point lies in span(e₁, e₂) (its other \
         coordinates are exactly 0), so uniqueness in the plane is uniqueness in R^d. Off the \
         plane the Hessian is κ times the identity.\n\n",
    );
    let mut table = critical_points();
    rows_of(&mut table, "w̃*", evidence, &simplified.minima);
    if let Some(saddle) = &simplified.saddle {
        critical_point(&mut table, "saddle", saddle);
    }
    out.push_str(&table.markdown());
    if simplified.saddle.is_none() {
        out.push_str(&format!("Saddle: {NOT_COMPUTED}.\n\n"));
    }
    out
}

/// Step 2.
pub(super) fn jacobian(evidence: &Evidence) -> String {
    let mut out = String::from("## 2. The Jacobian of ∇L at the simplified minimum (enclosed)\n\n");
    let Some(jacobian) = &evidence.jacobian else {
        return absent(out);
    };
    out.push_str(
        "For one row the Jacobian of ∇ℓ is κI + U M Uᵀ with U = [e₁ e₂ w]; at w̃* in the plane it \
         is a 2 × 2 block and κ on the d − 2 other coordinates, so its singular values are enclosed \
         without a matrix of size d. L separates over rows: on all 2d coordinates of W the Jacobian \
         is block diagonal. The row shown is the worse of the two where they differ.\n\n",
    );
    let mut table = Table::new(["space", "determinant", "σ_min", "σ_max", "condition number"]);
    for (space, s) in [("row, R^d", &jacobian.row), ("W, R^(2d)", &jacobian.all)] {
        table.row([
            space.to_owned(),
            sign(s.determinant_sign).to_owned(),
            enclosure(s.sigma_min, DIGITS),
            enclosure(s.sigma_max, DIGITS),
            enclosure(s.condition, DIGITS),
        ]);
    }
    out.push_str(&table.markdown());
    let mut table = Table::new(["at", "eigenvalues in the plane", "κ"]);
    let rows = if evidence.claim.mirror_symmetric {
        1
    } else {
        2
    };
    for i in 0..rows {
        table.row([
            format!("w̃* of row {}", i + 1),
            list(&jacobian.plane_eigenvalues[i]),
            enclosure(jacobian.kappa[i], DIGITS),
        ]);
    }
    out.push_str(&table.markdown());
    out
}

/// Step 4.
pub(super) fn exact(evidence: &Evidence) -> String {
    let mut out = String::from("## 4. The exact objective L (enclosed)\n\n");
    let Some(exact) = &evidence.exact else {
        return absent(out);
    };
    out.push_str(
        "The minimum w* of L is enclosed directly, whatever the conditions say. \"Proved minimum\" \
         means: an interval operator shows that the stated box holds exactly one critical point, \
         and the Hessian is positive definite there. The distance to w̃* is then put beside the \
         radius that each condition predicts.\n\n",
    );
    let mut table = critical_points();
    rows_of(&mut table, "w*", evidence, &exact.minima);
    out.push_str(&table.markdown());
    out.push_str(&distances(evidence, exact));
    out
}

fn distances(evidence: &Evidence, exact: &ExactEvidence) -> String {
    let mut table = Table::new(["distance", "enclosed"]);
    let rows = if evidence.claim.mirror_symmetric {
        1
    } else {
        2
    };
    for (i, &distance) in exact.row_distance.iter().enumerate().take(rows) {
        table.row([
            format!("‖w* − w̃*‖, row {}", i + 1),
            enclosure(distance, DIGITS),
        ]);
    }
    table.row(["‖W* − W̃*‖_F".to_owned(), enclosure(exact.distance, DIGITS)]);
    let mut out = table.markdown();
    let mut table = Table::new(["condition", "predicted radius (≤)", "its ball contains w*"]);
    for (i, c) in evidence.conditions.iter().enumerate() {
        if let Some(radius) = c
            .condition
            .radius
            .filter(|_| c.is_about_simplified_minimum())
        {
            let contained = exact.contained_by.contains(&i);
            table.row([
                condition_name(c),
                upper(radius, BOUND_DIGITS),
                if contained { "proved" } else { "not proved" }.to_owned(),
            ]);
        }
    }
    if table.is_empty() {
        out.push_str("No condition holds with a predicted radius about w̃*.\n\n");
    } else {
        out.push_str(&table.markdown());
    }
    out
}

/// Step 5.
pub(super) fn content(evidence: &Evidence) -> String {
    let mut out = String::from("## 5. What the minimum contains (enclosed)\n\n");
    let Some(content) = &evidence.content else {
        return absent(out);
    };
    out.push_str(
        "Coefficients of each row along the label-related feature e₁ and the hidden feature e₂, \
         cosines |w⁽ʲ⁾|/‖w‖, and the lengths ‖P e_j‖, P the orthogonal projector on the span of \
         the rows.\n\n",
    );
    let Content {
        coefficients,
        cosines,
        projections,
        explanation,
        same_side_projections,
    } = content;
    let mut table = Table::new(["row", "w⁽¹⁾", "w⁽²⁾", "|cos| with e₁", "|cos| with e₂"]);
    for (i, (c, cos)) in coefficients.iter().zip(cosines).enumerate() {
        let cells = c.iter().chain(cos).map(|&x| enclosure(x, DIGITS));
        table.row(std::iter::once((i + 1).to_string()).chain(cells));
    }
    out.push_str(&table.markdown());
    let mut table = Table::new(["rows", "‖P e₁‖", "‖P e₂‖"]);
    for (rows, [p, q]) in [
        ("on either side of w⁽¹⁾ = 0: W*", projections),
        (
            "both on the side w⁽¹⁾ > 0: the span is a line",
            same_side_projections,
        ),
    ] {
        table.row([
            rows.to_owned(),
            enclosure(*p, DIGITS),
            enclosure(*q, DIGITS),
        ]);
    }
    out.push_str(&table.markdown());
    out.push_str(&format!("{explanation}\n\n"));
    out
}

/// Step 6.
pub(super) fn optimisers(dossier: &SelfSupervised) -> String {
    let mut out = String::from("## 6. Do optimisers find it? (estimated)\n\n");
    let Some(summary) = runs::summary(&dossier.runs) else {
        return absent(out);
    };
    out.push_str(
        "Floats only; nothing here is a proof, and nothing above depends on it. A run has \
         **arrived** when, row by row, its end point lies in a proved uniqueness ball and \
         ‖∇L‖ ≤ 10⁻⁶; it is **stationary elsewhere** when the gradient is that small outside all \
         of them; **not finished** when its budget ran out first.\n\n",
    );
    out.push_str(&summary.markdown());
    if let Some(content) = runs::content(&dossier.runs) {
        out.push_str(
            "What the end points contain (estimated; the proved values are in section 5):\n\n",
        );
        out.push_str(&content.markdown());
    }
    if let Some(published) = runs::published(&dossier.runs) {
        out.push_str(
            "Gradient descent at the published number of steps, where the coordinates off the \
             plane have not decayed yet (estimated):\n\n",
        );
        out.push_str(&published.markdown());
    }
    for note in runs::notes(&dossier.runs, &dossier.left_out) {
        out.push_str(&format!("- {note}\n"));
    }
    out.push('\n');
    out
}

fn critical_points() -> Table {
    Table::new([
        "point",
        "(w⁽¹⁾, w⁽²⁾)",
        "value, one row",
        "Hessian in the plane",
        "κ",
        "unique in (rounded inward)",
        "and in a disc of radius (≥)",
        "status",
    ])
}

fn rows_of(table: &mut Table, name: &str, evidence: &Evidence, minima: &[CriticalPoint; 2]) {
    for (i, minimum) in minima.iter().enumerate() {
        if i > 0 && evidence.claim.mirror_symmetric {
            return;
        }
        critical_point(table, &format!("{name}, row {}", i + 1), minimum);
    }
}

fn critical_point(table: &mut Table, name: &str, p: &CriticalPoint) {
    // The region means something only if the point is proved to be alone in it.
    let unique = if p.verdict.is_proved() {
        let [first, second] = p.uniqueness.map(|side| inside(side, BOUND_DIGITS));
        (
            format!("{first} × {second}"),
            lower(p.uniqueness_radius, BOUND_DIGITS),
        )
    } else {
        ("–".to_owned(), "–".to_owned())
    };
    table.row([
        name.to_owned(),
        point(&p.point),
        enclosure(p.value, DIGITS),
        list(&p.plane_eigenvalues),
        enclosure(p.kappa, DIGITS),
        unique.0,
        unique.1,
        verdict(&p.verdict),
    ]);
}
