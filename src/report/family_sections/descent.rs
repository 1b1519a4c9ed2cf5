//! Gradient descent with a rate.

use super::Section;
use crate::claim::family::{DescentEvidence, DescentRow};
use crate::confirm::ContractionRun;
use crate::interval::Interval;
use crate::report::numbers::{enclosure, estimate, lower, upper};
use crate::report::phrases::{BOUND_DIGITS, DIGITS, point};
use crate::report::table::Table;

pub(super) fn sections(evidence: &DescentEvidence, run: Option<&ContractionRun>) -> Vec<Section> {
    let mut table = Table::new([
        "d",
        "w*",
        "P",
        "s₀",
        "μ",
        "Λ",
        "rate per step",
        "steps to 1e-6",
        "to a millionth",
        "largest step",
    ]);
    for row in &evidence.rows {
        table.row(cells(row));
    }
    let set = Section::new(
        "Gradient descent contracts to w*",
        "enclosed, bounds",
        "Let the set P × {‖w_⊥‖ ≤ s₀} hold the region of starts and w*, let −∇ℓ point inward on every edge of P for every such w_⊥, and the \
         Hessian's spectrum on the set lie in [μ, Λ] (the next table has each hypothesis with its bound; P and s₀ are exact floats). Then gradient descent maps the set into itself and each step multiplies the distance \
         to w* by at most the rate. w_⊥ ~ N(0, I) lies in it with probability at least 1 − 10⁻⁹ (for all larger d at once, s₀ grows with d). \
         \"Steps to 1e-6\": after so many ‖w − w*‖ ≤ 10⁻⁶ from every start; \"to a millionth\": of what it was.",
    )
    .item(
        "starts",
        format!(
            "{} × {}",
            enclosure(evidence.start[0], DIGITS),
            enclosure(evidence.start[1], DIGITS)
        ),
    )
    .item("step", enclosure(evidence.step, DIGITS))
    .table(table);
    let mut hypotheses = Table::new([
        "d",
        "left edge",
        "right",
        "lower",
        "upper",
        "step · H₁₁",
        "step · H₂₂",
        "step · Λ",
        "boxes",
    ]);
    for row in &evidence.rows {
        let times = |x: f64| upper((evidence.step * Interval::point(x)).sup(), BOUND_DIGITS);
        let mut cells = vec![dimension(row)];
        cells.extend(row.edges.map(|x| lower(x, BOUND_DIGITS)));
        cells.extend(row.spectrum.diagonal.map(times));
        cells.push(times(row.spectrum.highest));
        cells.push(row.spectrum.boxes.to_string());
        hypotheses.row(cells);
    }
    let conditions = Section::new(
        "The hypotheses, one by one",
        "bounds",
        "Edges: lower bounds of the outward derivative, positive where −∇ℓ points inward. Steps: upper bounds; the set is mapped into itself if \
         step · H₁₁ and step · H₂₂ are at most 1, and the map contracts if step · Λ < 2.",
    )
    .table(hypotheses);
    let mut sections = vec![set, conditions];
    for row in &evidence.rows {
        if let Some(obstacle) = &row.obstacle {
            let section = Section::new(format!("Not proved at d = {}", row.from), "bounds", "");
            sections.push(section.item("because", obstacle.clone()));
        }
    }
    if let Some(run) = run {
        let section = Section::new(
            "Measured beside it",
            "estimated; it decides nothing",
            "Gradient descent in floats from published starts. A step that contracted less than the proved rate would make the claim \
             inconclusive.",
        )
        .item(
            "runs",
            format!("{} starts, at most {} steps each", run.starts, run.steps),
        )
        .item("largest factor of one step", estimate(run.largest, 10))
        .item("steps above the proved rate", run.violations.to_string());
        sections.push(section);
    }
    sections
}

fn cells(row: &DescentRow) -> Vec<String> {
    let count = |n: Option<u64>| n.map_or("–".to_owned(), |n| n.to_string());
    vec![
        dimension(row),
        point(&row.minimum),
        format!("{} × {}", exact(row.rectangle[0]), exact(row.rectangle[1])),
        row.radius.map_or("of d".to_owned(), |s| format!("{s:?}")),
        lower(row.spectrum.lowest, BOUND_DIGITS),
        upper(row.spectrum.highest, BOUND_DIGITS),
        upper(row.rate, 9),
        count(row.steps),
        count((row.steps_for_a_millionth < u64::MAX).then_some(row.steps_for_a_millionth)),
        lower(row.largest_step, BOUND_DIGITS),
    ]
}

/// The hypotheses are about this set and no other: no rounding.
fn exact(x: Interval) -> String {
    format!("[{:?}, {:?}]", x.inf(), x.sup())
}

fn dimension(row: &DescentRow) -> String {
    if row.and_all_larger {
        format!("≥ {}", row.from)
    } else {
        row.from.to_string()
    }
}
