//! All critical points, and the basin.

use super::Section;
use crate::claim::Claim;
use crate::claim::family::GlobalEvidence;
use crate::interval::Interval;
use crate::report::numbers::{enclosure, lower, upper};
use crate::report::phrases::{BOUND_DIGITS, point};
use crate::report::table::Table;

pub(super) fn sections(evidence: &GlobalEvidence, claim: &Claim) -> Vec<Section> {
    let mut table = Table::new([
        "w",
        "on the axis",
        "index in the plane",
        "index in R^d",
        "eigenvalues in the plane",
    ]);
    for p in &evidence.points {
        table.row([
            point(&p.point),
            if p.on_axis {
                "yes"
            } else {
                "no: two, mirrored"
            }
            .to_owned(),
            p.index_in_plane
                .map_or("open".to_owned(), |i| i.to_string()),
            p.index.map_or("open".to_owned(), |i| kind(i, claim)),
            format!(
                "{}, {}",
                enclosure(p.eigenvalues[0], 8),
                enclosure(p.eigenvalues[1], 8)
            ),
        ]);
    }
    let points = Section::new(
        "All critical points of ℓ",
        "enclosed, counts",
        "Every critical point lies in span(e₁, e₂), whatever d, and in the disc stated. The half of the disc with w⁽¹⁾ ≥ 0 is covered with \
         boxes; each is excluded, or proved to hold exactly one. What lies on the right has its mirror image on the left.",
    )
    .item(
        "every critical point has ‖w‖ ≤",
        upper(evidence.disc_radius, BOUND_DIGITS),
    )
    .item(
        "boxes",
        format!("{} examined, {} left open", evidence.boxes, evidence.open),
    )
    .item(
        "critical points",
        format!(
            "{}{}",
            evidence.count(),
            if evidence.open == 0 { ", no others" } else { " known" }
        ),
    )
    .table(table);
    let mut table = Table::new(["hypothesis", "found", ""]);
    for h in &evidence.hypotheses {
        table.row([
            h.statement.clone(),
            h.found.clone(),
            if h.holds { "holds" } else { "NOT PROVED" }.to_owned(),
        ]);
    }
    let step = (Interval::ONE / Interval::point(evidence.smoothness)).inf();
    let basin = Section::new(
        "The basin of w*",
        "bounds",
        "Under these hypotheses the half-space w⁽¹⁾ > 0 of R^d is the basin of w*, for the gradient flow and for gradient descent with every \
         step below 1/Λ, Λ a bound of the Hessian's norm on all of R^d (notes/basin.md). Both published initialisations lie in it. No rate is claimed here; \
         claims of kind \"descent\" prove one.",
    )
    .item("Λ at most", upper(evidence.smoothness, BOUND_DIGITS))
    .item("every step below", lower(step, BOUND_DIGITS))
    .table(table);
    vec![points, basin]
}

fn kind(index: u64, claim: &Claim) -> String {
    let what = match index {
        0 => "minimum",
        i if i == claim.d => "maximum",
        _ => "saddle",
    };
    format!("{index} ({what})")
}
