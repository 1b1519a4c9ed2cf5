//! The supervised side for the terminal.

use super::numbers::{enclosure, lower, upper};
use super::phrases::{BOUND_DIGITS, DIGITS, NOT_COMPUTED, condition_name, list, verdict};
use super::supervised_runs;
use super::table::Table;
use super::text::{absent, conditions_text, push, section};
use crate::claim::supervised::{DimensionPiece, MetPoint, OpposedMinimum, OpposedRefusal};
use crate::claim::{Claim, ClaimVerdict};
use crate::dossier::Supervised;

/// Sections S1 to S6.
pub(super) fn sections(side: &Supervised, claim: &Claim) -> String {
    let evidence = &side.evidence;
    let mut out = String::new();
    if let Some(refusal) = &evidence.refusal {
        section(
            &mut out,
            "no minimum (a, 0), (−a, 0), (−f, f) of L̃_SL",
            "bounds, counts",
        );
        refused(&mut out, refusal);
    }
    if evidence.verdict == ClaimVerdict::Refused {
        return out;
    }
    section(&mut out, "S1 simplified objective L̃_SL", "enclosed");
    match &evidence.simplified {
        Some(minimum) => opposed(&mut out, "θ̃*", minimum, claim),
        None => absent(&mut out),
    }
    met(&mut out, &evidence.met);

    section(
        &mut out,
        "S2 radius conditions: left ≤ right",
        "bounds, left rounded up, right and margin down",
    );
    out.push_str(&conditions_text(&evidence.conditions));

    section(&mut out, "S3 exact objective L_SL", "enclosed");
    match &evidence.exact {
        Some(minimum) => opposed(&mut out, "θ*", minimum, claim),
        None => absent(&mut out),
    }
    if let Some(distance) = &evidence.distance {
        push(
            &mut out,
            "  distance   ",
            &format!(
                "‖θ* − θ̃*‖ = {}; in the energy norm {}",
                enclosure(distance.euclidean, DIGITS),
                enclosure(distance.energy, DIGITS)
            ),
        );
        let contained: Vec<String> = (distance.contained_by.iter())
            .filter_map(|&i| evidence.conditions.get(i))
            .map(condition_name)
            .collect();
        let contained = if contained.is_empty() {
            "none".to_owned()
        } else {
            contained.join(", ")
        };
        push(&mut out, "  inside the ball predicted by ", &contained);
    }
    match &evidence.agreeing {
        Some(minimum) => push(
            &mut out,
            "  also       ",
            &format!(
                "a proved local minimum at which both units agree, with a trace of e₂: w₁ = w₂ = ({}, {}), F₁ = F₂ = {}, \
                 L_SL = {}, ‖P e₂‖ = {}",
                enclosure(minimum.point[0], DIGITS),
                enclosure(minimum.point[1], DIGITS),
                enclosure(minimum.point[2], DIGITS),
                enclosure(minimum.value, DIGITS),
                enclosure(minimum.cosines[1], DIGITS)
            ),
        ),
        None => push(
            &mut out,
            "  also       ",
            "no minimum with agreeing units was proved",
        ),
    }

    section(&mut out, "S4 content of the minimum", "enclosed");
    match &evidence.content {
        Some(content) => {
            let [p1, p2] = content.projections;
            push(
                &mut out,
                "  ‖P e₁‖, ‖P e₂‖ = ",
                &format!("{}: {}", list(&[p1, p2]), content.explanation),
            );
        }
        None => absent(&mut out),
    }

    section(&mut out, "S5 every dimension, ρ = d^(−3/2)", "enclosed");
    out.push_str(&dimensions(&side.dimensions));

    section(
        &mut out,
        "S6 optimisers on L_SL",
        "estimated; they decide nothing",
    );
    match supervised_runs::summary(side) {
        Some(table) => out.push_str(&table.text(2)),
        None => absent(&mut out),
    }
    for note in supervised_runs::notes(side) {
        push(&mut out, "  ", &note);
    }
    out
}

fn opposed(out: &mut String, name: &str, m: &OpposedMinimum, claim: &Claim) {
    push(
        out,
        "  point      ",
        &format!(
            "{name}: w₁ = (a, 0), w₂ = (−a, 0), F = (−f, f), a = {}, f = {}  {}",
            enclosure(m.point[0], DIGITS),
            enclosure(m.point[1], DIGITS),
            verdict(&m.verdict)
        ),
    );
    push(out, "  value      ", &enclosure(m.value, DIGITS));
    push(
        out,
        "  Hessian    ",
        &format!(
            "smallest eigenvalue on all 2d + 2 coordinates {}",
            enclosure(m.blocks.smallest(claim.d), DIGITS)
        ),
    );
    if let Some(six) = &m.without_symmetry {
        push(
            out,
            "  w₁⁽²⁾      ",
            &format!(
                "0 exactly, by symmetry; without that argument it is enclosed in {}, of width {}",
                enclosure(six[1], 3),
                upper(six[1].width(), 3)
            ),
        );
    }
    if let Some(region) = &m.region {
        push(
            out,
            "  unique in  ",
            &format!(
                "an ellipsoid of R^(2d+2) of energy radius {}, which reaches ±{} in w⁽¹⁾, ±{} in w⁽²⁾, ±{} in F",
                lower(region.radius, BOUND_DIGITS),
                lower(region.half_widths[0], 3),
                lower(region.half_widths[1], 3),
                lower(region.half_widths[4], 3)
            ),
        );
    }
}

fn met(out: &mut String, met: &[MetPoint]) {
    if met.is_empty() {
        return;
    }
    push(
        out,
        "  also met   ",
        "critical points of L̃_SL, one of each class under the symmetries; not all there are",
    );
    let mut table = Table::new(["value", "w₁", "w₂", "F", "images", ""]);
    for p in met {
        let x = p.point.map(|x| enclosure(x, 5));
        let name = if p.is_opposed { " (θ̃*)" } else { "" };
        table.row([
            enclosure(p.value, 7),
            format!("({}, {})", x[0], x[1]),
            format!("({}, {})", x[2], x[3]),
            format!("({}, {})", x[4], x[5]),
            p.images.to_string(),
            format!("{}{name}", verdict(&p.verdict)),
        ]);
    }
    out.push_str(&table.text(2));
}

/// Which dimensions are proved, and how.
pub(super) fn dimensions(pieces: &[DimensionPiece]) -> String {
    let Some(last) = pieces.last() else {
        return format!("  {NOT_COMPUTED}\n");
    };
    let mut out = String::new();
    let proved = pieces.iter().all(DimensionPiece::is_proved);
    let what = if proved {
        "proved for every d ≥ 2".to_owned()
    } else {
        let open: Vec<String> = (pieces.iter())
            .filter(|piece| !piece.is_proved())
            .map(name)
            .collect();
        format!("not proved for {}", open.join(", "))
    };
    let singles = pieces.len() - 1;
    push(
        &mut out,
        "  ",
        &format!(
            "{what}: {singles} single proofs, and one for {} (ρ² from 0 to {})",
            name(last),
            upper(last.variance.sup(), BOUND_DIGITS)
        ),
    );
    for piece in pieces {
        if let Some(m) = piece.minimum.as_ref().filter(|_| piece.is_proved()) {
            push(
                &mut out,
                "  ",
                &format!(
                    "{}: a = {}, f = {}, smallest eigenvalue {}",
                    name(piece),
                    enclosure(m.point[0], 6),
                    enclosure(m.point[1], 6),
                    enclosure(m.blocks.smallest(piece.from), 6)
                ),
            );
        }
    }
    out
}

fn name(piece: &DimensionPiece) -> String {
    if piece.and_all_larger {
        format!("d ≥ {}", piece.from)
    } else {
        format!("d = {}", piece.from)
    }
}

fn refused(out: &mut String, refusal: &OpposedRefusal) {
    push(
        out,
        "  every such point has ",
        &format!(
            "|a| ≤ {}, |f| ≤ {}",
            upper(refusal.bounds[0], BOUND_DIGITS),
            upper(refusal.bounds[1], BOUND_DIGITS)
        ),
    );
    push(
        out,
        "  boxes examined: ",
        &format!(
            "{}; the origin is the only critical point{}",
            refusal.boxes,
            if refusal.open == 0 {
                String::new()
            } else {
                format!(" but for {} that stay open: not a proof", refusal.open)
            }
        ),
    );
}
