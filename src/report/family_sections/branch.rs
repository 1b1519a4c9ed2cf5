//! The branch.

use super::Section;
use crate::claim::family::{BranchEvidence, BranchRow};
use crate::report::numbers::{enclosure, inside, lower, upper};
use crate::report::phrases::{BOUND_DIGITS, point};
use crate::report::table::Table;

pub(super) fn sections(evidence: &BranchEvidence) -> Vec<Section> {
    let mut branch = Section::new(
        "The branch from w̃* to w*",
        "enclosed, bounds",
        "Over each piece of ρ² there is exactly one critical point in the piece's box, a local minimum that depends smoothly on ρ². Where two \
         pieces meet, the minimum *at that ρ²* is enclosed anew and must lie in both boxes: overlapping boxes alone could hold two \
         different ones. So \"the minimum near w̃*\" means: its continuation.",
    );
    if let Some(w) = &evidence.simplified {
        branch = branch.item("simplified minimum w̃*", point(w));
    }
    if evidence.constant.is_finite() {
        let bound = upper(evidence.constant, BOUND_DIGITS);
        branch = branch.item(
            "distance along the branch",
            format!("‖w* − w̃*‖ ≤ {bound} ρ²"),
        );
    }
    branch = branch
        .item(
            "pieces",
            format!("{} of {} tried", evidence.rows.len(), evidence.tried),
        )
        .table(pieces(&evidence.rows));
    let reach = Section::new(
        "How far the branch goes",
        "bounds",
        "The same, continued beyond the claim's noise until no piece can be proved or the limit on pieces is met.",
    )
    .item("proved up to ρ =", lower(evidence.reach, BOUND_DIGITS))
    .item("stopped by", evidence.stopped_by.clone())
    .item(
        "pieces beyond the claim's noise",
        evidence.beyond.len().to_string(),
    );
    vec![branch, reach]
}

fn pieces(rows: &[BranchRow]) -> Table {
    let mut table = Table::new(["ρ²", "w*", "alone in", "|dw*/dρ²| at most"]);
    for row in rows {
        table.row([
            inside(row.variance, 6),
            format!(
                "({}, {})",
                enclosure(row.point[0], 8),
                enclosure(row.point[1], 8)
            ),
            format!(
                "{} × {}",
                inside(row.uniqueness[0], BOUND_DIGITS),
                inside(row.uniqueness[1], BOUND_DIGITS)
            ),
            upper(row.speed, BOUND_DIGITS),
        ]);
    }
    table
}
