//! A box of parameters.

use super::Section;
use crate::claim::family::RegionEvidence;
use crate::report::numbers::{enclosure, estimate, lower, upper};
use crate::report::phrases::BOUND_DIGITS;
use crate::report::table::Table;

/// Open and refused boxes listed at most.
const LISTED: usize = 12;

pub(super) fn sections(evidence: &RegionEvidence) -> Vec<Section> {
    let cover = &evidence.cover;
    let [touching, linked] = cover.links;
    let mut section = Section::new(
        "The box of parameters",
        "enclosed, bounds; shares estimated",
        "The box (τ, α, ρ²), with ρ² from 0 to that of the claim, is halved until each part is proved (for each of its parameters exactly one \
         critical point in a stated box, a local minimum with w⁽¹⁾ > 0), refused (for none of them a critical point with w⁽¹⁾ > 0) or left \
         open. Every part is a set of parameters, not a sample. Parts that share a face are linked across it, so that the minima form one \
         smooth sheet.",
    )
    .item(
        "boxes",
        format!(
            "{} proved, {} refused, {} open; {} examined",
            cover.proved.len(),
            cover.refused.len(),
            cover.open.len(),
            cover.examined
        ),
    )
    .item("links", format!("{linked} of {touching} touching pairs"))
    .item(
        "shares of the volume",
        format!(
            "proved {}, refused {}, open {}",
            estimate(evidence.shares[0], 4),
            estimate(evidence.shares[1], 4),
            estimate(evidence.shares[2], 4)
        ),
    );
    if !cover.proved.is_empty() {
        section = section
            .item(
                "w* over all that is proved",
                format!(
                    "{} × {}",
                    enclosure(evidence.point[0], 6),
                    enclosure(evidence.point[1], 6)
                ),
            )
            .item(
                "cosines",
                format!(
                    "|w*⁽¹⁾|/‖w*‖ ≥ {}, |w*⁽²⁾|/‖w*‖ ≥ {}",
                    lower(evidence.cosines[0].inf(), BOUND_DIGITS),
                    lower(evidence.cosines[1].inf(), BOUND_DIGITS)
                ),
            );
    }
    if evidence.constant.is_finite() {
        let bound = upper(evidence.constant, BOUND_DIGITS);
        section = section.item("distance", format!("‖w* − w̃*‖ ≤ {bound} ρ²"));
    }
    let mut table = Table::new(["", "τ", "α", "ρ²"]);
    for (what, list) in [("refused", &cover.refused), ("open", &cover.open)] {
        for part in list.iter().take(LISTED) {
            let sides = part.iter().map(|&x| enclosure(x, 8));
            table.row(std::iter::once(what.to_owned()).chain(sides));
        }
    }
    if !table.is_empty() {
        section = section.table(table);
    }
    vec![section]
}
