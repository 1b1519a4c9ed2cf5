//! The report for the terminal: the verdict first, then about one screen.

use super::numbers::{enclosure, inside, lower, upper};
use super::phrases::{
    BOUND_DIGITS, DIGITS, NOT_COMPUTED, condition_name, condition_numbers, list, objective,
    parameters, point, sign, status, verdict,
};
use super::table::{Table, columns};
use super::{contrast_text, family_sections, given_text, runs, supervised_text};
use crate::claim::{ClaimCondition, ClaimVerdict, Content, CriticalPoint, ExactEvidence, Refusal};
use crate::dossier::{Dossier, SelfSupervised};

/// Where the mark `[enclosed]` of a section stands.
const MARK_COLUMN: usize = 66;

impl Dossier {
    /// The verdict with the claim's name, and the reason: the first lines of [`text`](Self::text).
    #[must_use]
    pub fn headline(&self) -> String {
        let mut out = format!(
            "{}  {}\n  {}\n",
            self.verdict().name(),
            self.claim.name,
            self.reason().replace("; supervised: ", "\n  supervised: ")
        );
        for (i, part) in self.shortfall_parts().iter().enumerate() {
            let label = if i == 0 {
                "  not as expected: "
            } else {
                "    "
            };
            push(&mut out, label, part);
        }
        if let Some(advice) = self.advice() {
            push(&mut out, "  what to try next: ", &advice);
        }
        out
    }

    /// The report as text for a terminal, about one screen; the verdict comes first.
    ///
    /// Sections marked `enclosed` hold proved sets, those marked `bounds` proved
    /// one-sided bounds, those marked `estimated` floats that prove nothing.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = self.headline();
        push(&mut out, "  objective: ", &objective(self.claim.kind));
        push(&mut out, "  claim: ", &parameters(&self.claim).join(", "));
        if let Some(contrast) = &self.contrast {
            out.push_str(&contrast_text::summary(contrast));
        }
        if let Some(side) = &self.ssl {
            if self.sl.is_some() {
                out.push_str("SELF-SUPERVISED\n");
            }
            out.push_str(&side.sections());
        }
        if let Some(side) = &self.sl {
            if self.ssl.is_some() {
                out.push_str("SUPERVISED\n");
            }
            out.push_str(&supervised_text::sections(side, &self.claim));
        }
        if let Some(side) = &self.given {
            out.push_str(&given_text::sections(side));
        }
        if let Some(side) = &self.family {
            for section in family_sections::sections(side, &self.claim) {
                out.push_str(&section.text());
            }
        }
        if let Some(contrast) = &self.contrast {
            out.push_str("CONTRAST\n");
            out.push_str(&contrast_text::sections(contrast));
        }
        out
    }
}

impl SelfSupervised {
    fn sections(&self) -> String {
        let evidence = &self.evidence;
        let mut out = String::new();
        if let Some(refusal) = &evidence.refusal {
            section(
                &mut out,
                "no critical point of L̃ with w⁽¹⁾ > 0",
                "bounds, counts",
            );
            refused(&mut out, refusal);
        }
        if evidence.verdict != ClaimVerdict::Refused {
            self.steps(&mut out);
        }
        out
    }

    fn steps(&self, out: &mut String) {
        let evidence = &self.evidence;
        let both = !evidence.claim.mirror_symmetric;

        section(out, "1 simplified objective L̃", "enclosed");
        match &evidence.simplified {
            None => absent(out),
            Some(simplified) => {
                minima(out, "w̃*", &simplified.minima, both);
                match &simplified.saddle {
                    Some(saddle) => {
                        let what = verdict(&saddle.verdict);
                        push(
                            out,
                            "  saddle     ",
                            &format!("{}  {what}", point(&saddle.point)),
                        );
                    }
                    None => push(out, "  saddle     ", NOT_COMPUTED),
                }
            }
        }

        section(out, "2 Jacobian of ∇L at w̃*", "enclosed");
        match &evidence.jacobian {
            None => absent(out),
            Some(jacobian) => {
                let mut table =
                    Table::new(["space", "determinant", "σ_min", "σ_max", "condition number"]);
                for (space, s) in [("row", &jacobian.row), ("W", &jacobian.all)] {
                    table.row([
                        space.to_owned(),
                        sign(s.determinant_sign).to_owned(),
                        enclosure(s.sigma_min, DIGITS),
                        enclosure(s.sigma_max, DIGITS),
                        enclosure(s.condition, DIGITS),
                    ]);
                }
                out.push_str(&table.text(2));
            }
        }

        section(
            out,
            "3 radius conditions: left ≤ right",
            "bounds, left rounded up, right and margin down",
        );
        out.push_str(&conditions_text(&evidence.conditions));

        section(out, "4 exact objective L", "enclosed");
        match &evidence.exact {
            None => absent(out),
            Some(exact) => {
                minima(out, "w*", &exact.minima, both);
                self.distance(out, exact);
            }
        }

        section(out, "5 content of W*", "enclosed");
        match &evidence.content {
            None => absent(out),
            Some(content) => content_text(out, content, both),
        }

        section(out, "6 optimisers on L", "estimated; they decide nothing");
        out.push_str(
            &runs::summary(&self.runs)
                .map_or_else(|| format!("  {NOT_COMPUTED}\n"), |summary| summary.text(2)),
        );
        for note in runs::notes(&self.runs, &self.left_out) {
            push(out, "  ", &note);
        }
    }

    fn distance(&self, out: &mut String, exact: &ExactEvidence) {
        let contained: Vec<String> = exact
            .contained_by
            .iter()
            .filter_map(|&i| self.evidence.conditions.get(i))
            .map(condition_name)
            .collect();
        push(
            out,
            "  distance   ‖W* − W̃*‖ = ",
            &enclosure(exact.distance, DIGITS),
        );
        push(
            out,
            "  inside the ball predicted by ",
            &if contained.is_empty() {
                "none".to_owned()
            } else {
                contained.join(", ")
            },
        );
    }
}

/// The radius conditions as a table.
pub(super) fn conditions_text(conditions: &[ClaimCondition]) -> String {
    if conditions.is_empty() {
        return format!("  {NOT_COMPUTED}\n");
    }
    let mut table = Table::new(["condition", "space", "norm", "left", "right", "margin", ""]);
    for c in conditions {
        let [left, right, margin] = condition_numbers(c);
        table.row([
            c.name(),
            c.space.name().to_owned(),
            c.norm.to_owned(),
            left,
            right,
            margin,
            status(c).to_owned(),
        ]);
    }
    table.text(2)
}

fn minima(out: &mut String, name: &str, minima: &[CriticalPoint; 2], both: bool) {
    for (i, m) in minima.iter().enumerate() {
        if i > 0 && !both {
            push(
                out,
                "  row 2      ",
                "the mirror image (−w⁽¹⁾, w⁽²⁾), by symmetry",
            );
            break;
        }
        push(
            out,
            &format!("  row {}      ", i + 1),
            &format!("{name} = {}  {}", point(&m.point), verdict(&m.verdict)),
        );
        push(out, "  value      ", &enclosure(m.value, DIGITS));
        push(
            out,
            "  Hessian    ",
            &format!(
                "{} in the plane; κ = {} beside it",
                list(&m.plane_eigenvalues),
                enclosure(m.kappa, DIGITS)
            ),
        );
        if m.verdict.is_proved() {
            push(
                out,
                "  unique in  ",
                &format!(
                    "{} × {}, a disc of radius {} (lower bound)",
                    inside(m.uniqueness[0], BOUND_DIGITS),
                    inside(m.uniqueness[1], BOUND_DIGITS),
                    lower(m.uniqueness_radius, BOUND_DIGITS)
                ),
            );
        }
    }
}

fn content_text(out: &mut String, content: &Content, both: bool) {
    let rows = if both { 2 } else { 1 };
    for (i, cosines) in content.cosines.iter().enumerate().take(rows) {
        push(
            out,
            &format!("  row {}      ", i + 1),
            &format!(
                "coefficients {}; |cosines| {}",
                list(&content.coefficients[i]),
                list(cosines)
            ),
        );
    }
    push(
        out,
        "  ‖P e₁‖, ‖P e₂‖ = ",
        &format!("{}: {}", list(&content.projections), content.explanation),
    );
    push(
        out,
        "  both rows on the side w⁽¹⁾ > 0 (a line): ",
        &list(&content.same_side_projections),
    );
}

pub(super) fn refused(out: &mut String, refusal: &Refusal) {
    push(
        out,
        "  every critical point lies in the disc ‖w‖ ≤ ",
        &upper(refusal.disc_radius, BOUND_DIGITS),
    );
    push(
        out,
        "  boxes excluded: ",
        &format!(
            "{} by the gradient, {} beside the axis by H₁₁ > 0, {} outside the disc; {} left open{}",
            refusal.boxes_by_gradient,
            refusal.boxes_by_axis,
            refusal.boxes_by_disc,
            refusal.boxes_open,
            if refusal.boxes_open == 0 {
                ""
            } else {
                ": not a proof"
            }
        ),
    );
}

pub(super) fn section(out: &mut String, title: &str, mark: &str) {
    let gap = MARK_COLUMN.saturating_sub(columns(title)).max(2);
    out.push_str(&format!("{title}{}[{mark}]\n", " ".repeat(gap)));
}

pub(super) fn absent(out: &mut String) {
    push(out, "  ", NOT_COMPUTED);
}

pub(super) fn push(out: &mut String, label: &str, value: &str) {
    out.push_str(label);
    out.push_str(value);
    out.push('\n');
}
