//! The supervised side: what was checked, how, and with which numbers.

use super::absent;
use super::conditions::{FAILING, condition_table, what_they_used};
use crate::claim::supervised::{
    AgreeingMinimum, DimensionPiece, MetPoint, OpposedMinimum, OpposedRefusal, SupervisedEvidence,
};
use crate::claim::{Claim, ClaimVerdict};
use crate::dossier::Supervised;
use crate::interval::Interval;
use crate::report::numbers::{enclosure, inside, lower, upper};
use crate::report::phrases::{BOUND_DIGITS, DIGITS, condition_name, list, verdict};
use crate::report::table::Table;
use crate::report::{supervised_runs, supervised_text};

/// Sections S1 to S6.
pub(super) fn sections(side: &Supervised, claim: &Claim) -> String {
    let evidence = &side.evidence;
    let mut out = String::new();
    if let Some(refusal) = &evidence.refusal {
        out.push_str(&refused(refusal));
    }
    if evidence.verdict == ClaimVerdict::Refused {
        return out;
    }
    out.push_str(&simplified(evidence, claim));
    out.push_str(&conditions(evidence));
    out.push_str(&exact(evidence, claim));
    out.push_str(&content(evidence));
    out.push_str(&dimensions(&side.dimensions));
    out.push_str(&optimisers(side));
    out
}

fn simplified(evidence: &SupervisedEvidence, claim: &Claim) -> String {
    let mut out = String::from("## S1. The simplified supervised objective L̃_SL (enclosed)\n\n");
    let Some(minimum) = &evidence.simplified else {
        return absent(out);
    };
    out.push_str(
        "The points w₁ = (a, 0), w₂ = (−a, 0), F = (−f, f) form an invariant set: where the gradient along it vanishes, the \
         whole gradient does (`notes/supervised.md`; the hypotheses, isotropic noise and p₁ = p₃, p₂ = p₄, are checked). A \
         verified interval operator proves one critical point in (a, f); the Hessian is enclosed on all 2d + 2 coordinates, \
         block by block; and a bound of the third derivative proves it positive definite on an ellipsoid, so that the \
         point is the only critical point of R^(2d+2) there.\n\n",
    );
    out.push_str(&opposed("θ̃*", minimum, claim));
    if let (Some(six), Some(unique)) = (&minimum.without_symmetry, &minimum.uniqueness_in_six) {
        out.push_str(&without_symmetry(
            "The same without the symmetry argument: Krawczyk's operator in all six coordinates of the plane, started beside \
             the invariant set. The box of uniqueness holds the symmetric point, so it is that point, and w₁⁽²⁾ = w₂⁽²⁾ = 0 \
             exactly; the computed enclosures only contain 0.",
            six,
            Some(unique),
        ));
    }
    out.push_str(&met(&evidence.met));
    out
}

fn opposed(name: &str, m: &OpposedMinimum, claim: &Claim) -> String {
    let mut table = Table::new(["quantity", "enclosed"]);
    let row = |table: &mut Table, name: String, value: String| table.row([name, value]);
    row(
        &mut table,
        format!("a of {name}"),
        enclosure(m.point[0], DIGITS),
    );
    row(
        &mut table,
        format!("f of {name}"),
        enclosure(m.point[1], DIGITS),
    );
    row(&mut table, "value".to_owned(), enclosure(m.value, DIGITS));
    for (block, values) in [
        ("w₁⁽¹⁾ − w₂⁽¹⁾, F₁ − F₂", &m.blocks.label[..]),
        ("w₁⁽²⁾ + w₂⁽²⁾", &[m.blocks.hidden]),
        ("w₁⁽¹⁾ + w₂⁽¹⁾, w₁⁽²⁾ − w₂⁽²⁾, F₁ + F₂", &m.blocks.mixed),
    ] {
        row(&mut table, format!("Hessian on {block}"), list(values));
    }
    if claim.d > 2 {
        row(
            &mut table,
            format!(
                "Hessian on sum and difference off the plane, {} times",
                claim.d - 2
            ),
            list(&m.blocks.beside),
        );
    }
    row(
        &mut table,
        "smallest eigenvalue".to_owned(),
        enclosure(m.blocks.smallest(claim.d), DIGITS),
    );
    row(
        &mut table,
        "alone within the set, (a, f) in (rounded inward)".to_owned(),
        format!(
            "{} × {}",
            inside(m.uniqueness[0], BOUND_DIGITS),
            inside(m.uniqueness[1], BOUND_DIGITS)
        ),
    );
    if let Some(region) = &m.region {
        row(
            &mut table,
            "alone in R^(2d+2) within the energy radius (≥)".to_owned(),
            format!(
                "{}: reaches ±{} in w⁽¹⁾, ±{} in w⁽²⁾, ±{} in F",
                lower(region.radius, BOUND_DIGITS),
                lower(region.half_widths[0], 3),
                lower(region.half_widths[1], 3),
                lower(region.half_widths[4], 3)
            ),
        );
    }
    row(&mut table, "status".to_owned(), verdict(&m.verdict));
    table.markdown()
}

fn without_symmetry(text: &str, six: &[Interval; 6], unique: Option<&[Interval; 6]>) -> String {
    let mut out = format!("{text}\n\n");
    let mut table = Table::new([
        "coordinate",
        "enclosed",
        "width (≤)",
        "alone in (rounded inward)",
    ]);
    for (i, name) in ["w₁⁽¹⁾", "w₁⁽²⁾", "w₂⁽¹⁾", "w₂⁽²⁾", "F₁", "F₂"]
        .iter()
        .enumerate()
    {
        table.row([
            (*name).to_owned(),
            enclosure(six[i], DIGITS),
            upper(six[i].width(), 3),
            unique.map_or("–".to_owned(), |u| inside(u[i], BOUND_DIGITS)),
        ]);
    }
    out.push_str(&table.markdown());
    out
}

fn met(met: &[MetPoint]) -> String {
    if met.is_empty() {
        return String::new();
    }
    let mut out = String::from(
        "Critical points of L̃_SL met by a seeded search, one of each class under the symmetries (exchange of the units; \
         x⁽¹⁾ → −x⁽¹⁾ with F → −F), each proved in the plane's six coordinates; off the plane the Hessian is 2β. There may be \
         others. At those with both F of one sign the units agree, and w⁽²⁾ is not 0: the model has no bias, and uses e₂ for \
         one.\n\n",
    );
    let mut table = Table::new([
        "value",
        "w₁",
        "w₂",
        "F",
        "Hessian in the plane",
        "images",
        "status",
    ]);
    for p in met {
        let x = p.point.map(|x| enclosure(x, 8));
        let name = if p.is_opposed { ", θ̃*" } else { "" };
        table.row([
            enclosure(p.value, 8),
            format!("({}, {})", x[0], x[1]),
            format!("({}, {})", x[2], x[3]),
            format!("({}, {})", x[4], x[5]),
            (p.eigenvalues.iter())
                .map(|&x| enclosure(x, 4))
                .collect::<Vec<_>>()
                .join(", "),
            p.images.to_string(),
            format!("{}{name}", verdict(&p.verdict)),
        ]);
    }
    out.push_str(&table.markdown());
    out
}

fn conditions(evidence: &SupervisedEvidence) -> String {
    let mut out = String::from("## S2. The radius conditions (bounds)\n\n");
    if evidence.conditions.is_empty() {
        return absent(out);
    }
    out.push_str(
        "As on the self-supervised side, with F = ∇L_SL on all 2d + 2 coordinates and x₀ = θ̃*. \"energy\": the same theorems in \
         the norm √(δᵀAδ), A the Jacobian at x₀ (up to the rounding of A^(−½)); Newton–Kantorovich does not depend on the \
         norm that distances are measured in, but its constant does. \"plane\": in the two coordinates of the invariant set. \
         Frobenius: as the theorem is stated by Hubbard & Hubbard; it decides nothing here.\n\n",
    );
    out.push_str(&condition_table(&evidence.conditions));
    out.push_str(&what_they_used(&evidence.conditions));
    if evidence.conditions.iter().any(|c| !c.condition.holds()) {
        out.push_str(FAILING);
    }
    out
}

fn exact(evidence: &SupervisedEvidence, claim: &Claim) -> String {
    let mut out = String::from("## S3. The exact supervised objective L_SL (enclosed)\n\n");
    let Some(minimum) = &evidence.exact else {
        return absent(out);
    };
    out.push_str(
        "With noise every entry of the gradient and the Hessian at such points is a one-dimensional Gaussian integral, \
         enclosed by the trapezoid rule with its error.\n\n",
    );
    out.push_str(&opposed("θ*", minimum, claim));
    if let Some(six) = &minimum.without_symmetry {
        out.push_str(&without_symmetry(
            "Where Newton–Kantorovich in R^(2d+2) puts it, started from floats and without the symmetry argument:",
            six,
            None,
        ));
    }
    if let Some(distance) = &evidence.distance {
        let mut table = Table::new(["distance", "enclosed"]);
        table.row([
            "‖θ* − θ̃*‖".to_owned(),
            enclosure(distance.euclidean, DIGITS),
        ]);
        table.row([
            "in the energy norm".to_owned(),
            enclosure(distance.energy, DIGITS),
        ]);
        out.push_str(&table.markdown());
        let mut table = Table::new(["condition", "predicted radius (≤)", "its ball contains θ*"]);
        for (i, c) in evidence.conditions.iter().enumerate() {
            let radius = c
                .condition
                .radius
                .filter(|_| c.is_about_simplified_minimum());
            if let Some(radius) = radius {
                let contained = distance.contained_by.contains(&i);
                table.row([
                    condition_name(c),
                    upper(radius, BOUND_DIGITS),
                    if contained { "proved" } else { "not proved" }.to_owned(),
                ]);
            }
        }
        if !table.is_empty() {
            out.push_str(&table.markdown());
        }
    }
    match &evidence.agreeing {
        Some(minimum) => out.push_str(&agreeing(minimum)),
        None => out.push_str("No minimum at which both units agree was proved.\n\n"),
    }
    out
}

fn agreeing(m: &AgreeingMinimum) -> String {
    let mut out = String::from(
        "**Not the only one.** L_SL has another local minimum, proved by the same means on the invariant set w₁ = w₂, F₁ = F₂ \
         (and its mirror image). Its value is larger, few starts lead there (at the paper's parameters 10 of 500 with L-BFGS, \
         `tests/model/supervised/optimisers.rs`), and its rows do contain e₂:\n\n",
    );
    let mut table = Table::new(["quantity", "enclosed"]);
    for (name, value) in [
        ("w₁⁽¹⁾ = w₂⁽¹⁾", m.point[0]),
        ("w₁⁽²⁾ = w₂⁽²⁾", m.point[1]),
        ("F₁ = F₂", m.point[2]),
        ("value", m.value),
        ("‖P e₁‖ (a line: the cosine)", m.cosines[0]),
        ("‖P e₂‖", m.cosines[1]),
        ("smallest eigenvalue of the Hessian", m.smallest_eigenvalue),
    ] {
        table.row([name.to_owned(), enclosure(value, DIGITS)]);
    }
    out.push_str(&table.markdown());
    out
}

fn content(evidence: &SupervisedEvidence) -> String {
    let mut out = String::from("## S4. What the supervised minimum contains (enclosed)\n\n");
    let Some(content) = &evidence.content else {
        return absent(out);
    };
    let mut table = Table::new(["row", "w⁽¹⁾", "w⁽²⁾", "|cos| with e₁", "|cos| with e₂"]);
    for (i, (c, cos)) in content
        .coefficients
        .iter()
        .zip(&content.cosines)
        .enumerate()
    {
        let cells = c.iter().chain(cos).map(|&x| enclosure(x, DIGITS));
        table.row(std::iter::once((i + 1).to_string()).chain(cells));
    }
    out.push_str(&table.markdown());
    out.push_str(&format!(
        "‖P e₁‖, ‖P e₂‖ = {}: {}\n\n",
        list(&content.projections),
        content.explanation
    ));
    out
}

fn dimensions(pieces: &[DimensionPiece]) -> String {
    let mut out = String::from("## S5. Every dimension, ρ = d^(−3/2) (enclosed)\n\n");
    if pieces.is_empty() {
        return absent(out);
    }
    out.push_str(
        "L_SL depends on d through ρ² and through how often the block off the plane occurs. The last piece is one proof with ρ² an \
         interval that begins at 0; its enclosures hold for every dimension of the piece.\n\n```text\n",
    );
    out.push_str(&supervised_text::dimensions(pieces));
    out.push_str("```\n\n");
    out
}

fn optimisers(side: &Supervised) -> String {
    let mut out = String::from("## S6. Do optimisers find it? (estimated)\n\n");
    let Some(summary) = supervised_runs::summary(side) else {
        return absent(out);
    };
    out.push_str(
        "From the published initialisation (standard normal, w₁⁽¹⁾ > 0 > w₂⁽¹⁾), 20 seeds each. A run has arrived in a proved \
         region when it lies in it and ‖∇L_SL‖ ≤ 10⁻⁷ on all 2d + 2 coordinates. Alternating descent is the published one: W, \
         then F with the new W; both descents go on until they arrive.\n\n",
    );
    out.push_str(&summary.markdown());
    if let Some(content) = supervised_runs::content(side) {
        out.push_str("What the end points contain (estimated):\n\n");
        out.push_str(&content.markdown());
    }
    if let Some(published) = supervised_runs::published(side) {
        out.push_str("Descent after the published number of steps (estimated):\n\n");
        out.push_str(&published.markdown());
    }
    for note in supervised_runs::notes(side) {
        out.push_str(&format!("- {note}\n"));
    }
    out.push('\n');
    out
}

fn refused(refusal: &OpposedRefusal) -> String {
    let mut out =
        String::from("## Why there is no supervised minimum to lift (bounds and counts)\n\n");
    out.push_str(&format!(
        "At a critical point w₁ = (a, 0), w₂ = (−a, 0), F = (−f, f) of L̃_SL, 4γf² ≤ −min sσ(s) and 2βa² ≤ |f| sup uσ′(u), so \
         |f| ≤ {} and |a| ≤ {}. Branch and bound over that rectangle examined {} boxes; {}.\n\n",
        upper(refusal.bounds[1], BOUND_DIGITS),
        upper(refusal.bounds[0], BOUND_DIGITS),
        refusal.boxes,
        if refusal.open == 0 {
            "the origin is the only critical point".to_owned()
        } else {
            format!("{} stay open or hold another one: this is **not** a proof", refusal.open)
        }
    ));
    out
}
