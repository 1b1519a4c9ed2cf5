//! The side of a given data set.

use super::conditions::{condition_table, what_they_used};
use super::steps;
use crate::dossier::Given;
use crate::report::given_tables;
use crate::report::numbers::enclosure;
use crate::report::phrases::{DIGITS, NOT_COMPUTED, list, point};
use crate::report::table::Table;

/// The steps, from the data to the optimisers.
pub(super) fn sections(side: &Given) -> String {
    let evidence = &side.evidence;
    let mut out = String::new();
    if let Some(refusal) = &evidence.refusal {
        out.push_str(&steps::refusal(refusal, evidence.verdict));
        return out;
    }
    out.push_str("## 1. The simplified objective L̃ with the observed frequencies (enclosed)\n\n");
    out.push_str(
        "Each point is moved to its centre, and the noise of the views left out; the weights of the centres are the \
         frequencies in the data. They are not symmetric, so the two rows have minima of their own.\n\n",
    );
    if let Some(table) = given_tables::centres(&evidence.claim) {
        out.push_str(&table.markdown());
    }
    match &evidence.simplified {
        None => absent(&mut out),
        Some(simplified) => {
            let mut table = Table::new(["row", "w̃* in span(e₁, e₂)", "value"]);
            for (i, m) in simplified.minima.iter().enumerate() {
                table.row([
                    (i + 1).to_string(),
                    point(&m.point),
                    enclosure(m.value, DIGITS),
                ]);
            }
            out.push_str(&table.markdown());
        }
    }
    out.push_str("## 2. The Jacobian of ∇L_X at the simplified minimum (enclosed)\n\n");
    out.push_str(
        "For one row it is the full matrix XᵀDX + κI + c wᵀ + w cᵀ + g w wᵀ. A float matrix with a proved radius \
         encloses it, and its extreme eigenvalues follow from Cholesky factors of shifted matrices whose residuals are \
         bounded: no factorisation is trusted. It is taken at the float vector next to w̃*.\n\n",
    );
    match &evidence.rows {
        None => absent(&mut out),
        Some(rows) => out.push_str(&given_tables::jacobian(rows).markdown()),
    }
    out.push_str("## 3. Conditions (bounds)\n\n");
    out.push_str(
        "Conditions 1 and 2 are about the simplified minimum: if one holds, the minimum of L_X that they prove is *the \
         one near it*. Krawczyk's operator is about the minimum itself, wherever Newton's method found it. `row` is the \
         worse of both rows; `W` is all 2d coordinates.\n\n",
    );
    if evidence.conditions.is_empty() {
        absent(&mut out);
    } else {
        out.push_str(&condition_table(&evidence.conditions));
        out.push_str(&what_they_used(&evidence.conditions));
    }
    out.push_str("## 4. The objective L_X (enclosed)\n\n");
    match &evidence.exact {
        None => absent(&mut out),
        Some(exact) => {
            out.push_str(&given_tables::minima(exact).markdown());
            out.push_str(&format!(
                "Distance ‖W*(X) − W̃*(X)‖ = {}. Inside the ball predicted by: {}.\n\n",
                enclosure(exact.distance, DIGITS),
                given_tables::contained(evidence, exact)
            ));
        }
    }
    out.push_str("## 5. Content of W*(X) (enclosed)\n\n");
    match &evidence.content {
        None => absent(&mut out),
        Some(content) => {
            out.push_str(&given_tables::content(content).markdown());
            out.push_str(&format!(
                "‖P e₁‖, ‖P e₂‖ = {}: {}.\n\n",
                list(&content.projections),
                content.explanation
            ));
        }
    }
    out.push_str("## 6. Optimisers on L_X (estimated)\n\n");
    match given_tables::runs(&side.runs) {
        None => absent(&mut out),
        Some(table) => {
            out.push_str(
                "They decide nothing. \"At the proved minimum\" means inside the proved balls, where the objective is \
                 convex; \"elsewhere\", that a run became stationary outside them.\n\n",
            );
            out.push_str(&table.markdown());
        }
    }
    out
}

fn absent(out: &mut String) {
    out.push_str(&format!("{NOT_COMPUTED}.\n\n"));
}
