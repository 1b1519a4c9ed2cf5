//! Step 3: the radius conditions, with everything that went into them.

use crate::claim::{ClaimCondition, ConditionId, Evidence, Space};
use crate::report::numbers::{lower, upper};
use crate::report::phrases::{BOUND_DIGITS, condition_name, condition_numbers, status};
use crate::report::table::Table;

use super::absent;

/// Step 3.
pub(super) fn conditions(evidence: &Evidence) -> String {
    let mut out = String::from("## 3. The radius conditions (bounds)\n\n");
    if evidence.conditions.is_empty() {
        return absent(out);
    }
    out.push_str(
        "Each condition compares an upper bound of its left side with a lower bound of its limit. \
         The margin is a certified lower bound of limit / left side: above 1 the condition holds. \
         Lipschitz constants are bounds over the whole ball, never samples. In what follows F = ∇L, \
         x₀ = w̃*, A = DF(x₀), ε = ‖F(x₀)‖; norms are Euclidean, spectral for matrices unless the \
         table says Frobenius.\n\n",
    );
    let ids = ConditionId::ALL;
    for id in ids
        .iter()
        .filter(|&&id| evidence.conditions.iter().any(|c| c.id == id))
    {
        out.push_str(&format!("- `{}`: {}\n", id.name(), theorem(*id)));
    }
    out.push('\n');
    out.push_str(&condition_table(&evidence.conditions));
    out.push_str(&what_they_used(&evidence.conditions));
    if evidence.conditions.iter().any(|c| !c.condition.holds()) {
        out.push_str(FAILING);
    }
    if evidence.conditions.iter().any(|c| c.space == Space::All) {
        out.push_str(
            "The paper's statement, and so the verdict, is the one for W; on W the residual is √2 \
             times that of a row (for equal rows).\n\n",
        );
    }
    out
}

/// What a failing condition means.
pub(super) const FAILING: &str = "A condition that fails is not certified: its bounds do not satisfy the inequality, \
     and nothing follows from it.\n\n";

/// Both sides, margin and status of each.
pub(super) fn condition_table(conditions: &[ClaimCondition]) -> String {
    let mut table = Table::new([
        "condition",
        "hypothesis",
        "bound (left side, ≤)",
        "limit (right side, ≥)",
        "margin (≥)",
        "status",
    ]);
    for c in conditions {
        let [left, right, margin] = condition_numbers(c);
        let status = if c.condition.holds() {
            status(c).to_owned()
        } else {
            format!("**{}**", status(c))
        };
        table.row([
            condition_name(c),
            c.condition.inequality.to_owned(),
            left,
            right,
            margin,
            status,
        ]);
    }
    table.markdown()
}

/// The ingredients of each condition and what it predicts.
pub(super) fn what_they_used(conditions: &[ClaimCondition]) -> String {
    let mut table = Table::new([
        "condition",
        "R",
        "ball",
        "K (≤)",
        "ε or η (≤)",
        "‖A‖ (≤)",
        "‖A⁻¹‖ (≤)",
        "predicted radius (≤)",
        "unique within (≥)",
    ]);
    let at_most = |x: f64| upper(x, BOUND_DIGITS);
    let at_least = |x: f64| lower(x, BOUND_DIGITS);
    let or_dash = |x: Option<String>| x.unwrap_or_else(|| "–".to_owned());
    for c in conditions {
        let unique = c
            .largest_uniqueness_radius
            .or(c.condition.uniqueness_radius);
        table.row([
            condition_name(c),
            or_dash(c.condition.free_radius.map(at_least)),
            at_least(c.condition.ball),
            at_most(c.condition.lipschitz),
            at_most(c.condition.residual),
            or_dash(c.norm_a.map(at_most)),
            or_dash(c.norm_a_inverse.map(at_most)),
            or_dash(c.condition.radius.map(at_most)),
            or_dash(unique.map(at_least)),
        ]);
    }
    table.markdown()
        + "A dash: the condition does not use the quantity, or does not hold and so predicts nothing. \
           R and the ball are shown rounded down; `report.json` has them exactly.\n\n"
}

const fn theorem(id: ConditionId) -> &'static str {
    match id {
        ConditionId::QuantitativeIft => {
            "the quantitative inverse function theorem (Hubbard & Hubbard). If K ≤ 1/(2R‖A⁻¹‖²) is a \
             Lipschitz constant of DF on the ball of radius 2R‖A⁻¹‖ about x₀ and ε < R, then F has \
             exactly one zero in that ball, within 2ε‖A⁻¹‖ of x₀."
        }
        ConditionId::NewtonKantorovich => {
            "the Newton–Kantorovich theorem, affine invariant. With η ≥ ‖A⁻¹F(x₀)‖ and K a Lipschitz \
             constant of A⁻¹DF, h = Kη ≤ ½ gives a zero within (1 − √(1 − 2h))/K of x₀, the only \
             one within (1 + √(1 − 2h))/K and the set on which K holds."
        }
        ConditionId::Plane => {
            "one of the first two in the invariant plane span(e₁, e₂) of one row. Every critical \
             point lies in it, so uniqueness there is uniqueness in the set times R^(d−2); κ does \
             not enter ‖A⁻¹‖."
        }
        ConditionId::Krawczyk => {
            "Krawczyk's operator on a box about a float approximation of w*. If it maps the box \
             strictly into itself, the box holds exactly one zero."
        }
    }
}
