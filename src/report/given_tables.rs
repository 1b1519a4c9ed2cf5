//! The tables about a given data set that both reports print.

use super::numbers::{enclosure, estimate, lower, upper};
use super::phrases::{BOUND_DIGITS, DIGITS, list};
use super::table::Table;
use crate::claim::empirical::{EmpiricalEvidence, EmpiricalExact, EmpiricalRow};
use crate::claim::{Claim, Content};
use crate::confirm::{EmpiricalOutcome, EmpiricalRun, Initialisation, Method};

/// How many points belong to each centre.
pub(super) fn centres(claim: &Claim) -> Option<Table> {
    let data = claim.data.as_ref()?;
    let mut table = Table::new(["centre", "points", "frequency"]);
    let names = ["e₁", "e₁ + τ e₂", "−e₁", "−e₁ + τ e₂"];
    for ((name, count), written) in names.iter().zip(data.counts()).zip(&claim.written.weights) {
        table.row([(*name).to_owned(), count.to_string(), written.clone()]);
    }
    Some(table)
}

/// Step 2: the Hessian at the float vector next to `w̃*`.
pub(super) fn jacobian(rows: &[EmpiricalRow; 2]) -> Table {
    let mut table = Table::new(["row", "λ_min", "λ_max", "κ", "‖∇ℓ_X‖ ≤", "‖A⁻¹∇ℓ_X‖ ≤"]);
    for (i, row) in rows.iter().enumerate() {
        table.row([
            (i + 1).to_string(),
            enclosure(row.eigenvalues[0], DIGITS),
            enclosure(row.eigenvalues[1], DIGITS),
            enclosure(row.kappa, DIGITS),
            upper(row.gradient_norm, BOUND_DIGITS),
            upper(row.newton_step, BOUND_DIGITS),
        ]);
    }
    table
}

/// Step 4: the minima of `ℓ_X`.
pub(super) fn minima(exact: &EmpiricalExact) -> Table {
    let mut table = Table::new([
        "row",
        "w⁽¹⁾",
        "w⁽²⁾",
        "‖w_⊥‖",
        "value",
        "λ_min",
        "λ_max",
        "within",
        "unique within",
    ]);
    for (i, m) in exact.minima.iter().enumerate() {
        table.row([
            (i + 1).to_string(),
            enclosure(m.coordinate(0), DIGITS),
            enclosure(m.coordinate(1), DIGITS),
            enclosure(exact.off_plane[i], BOUND_DIGITS),
            enclosure(m.value, DIGITS),
            enclosure(m.eigenvalues[0], BOUND_DIGITS),
            enclosure(m.eigenvalues[1], BOUND_DIGITS),
            upper(m.radius, BOUND_DIGITS),
            lower(m.uniqueness_radius, BOUND_DIGITS),
        ]);
    }
    table
}

/// Step 5: coefficients and cosines of each row.
pub(super) fn content(content: &Content) -> Table {
    let mut table = Table::new(["row", "w⁽¹⁾, w⁽²⁾", "|cosines| with e₁, e₂"]);
    for (i, cosines) in content.cosines.iter().enumerate() {
        table.row([
            (i + 1).to_string(),
            list(&content.coefficients[i]),
            list(cosines),
        ]);
    }
    table
}

/// Step 6: the runs of each method from each region, put together; none without runs.
pub(super) fn runs(runs: &[EmpiricalRun]) -> Option<Table> {
    if runs.is_empty() {
        return None;
    }
    let mut table = Table::new([
        "start",
        "method",
        "at the proved minimum",
        "both rows on one side",
        "not finished",
        "elsewhere",
        "steps (median)",
        "largest ‖∇L_X‖",
    ]);
    for region in [Initialisation::Zero, Initialisation::One] {
        for method in Method::ALL {
            let own: Vec<&EmpiricalRun> = (runs.iter())
                .filter(|run| run.method == method && run.initialisation == region)
                .collect();
            if own.is_empty() {
                continue;
            }
            let count = |outcome| {
                let found = own.iter().filter(|run| run.outcome == outcome).count();
                format!("{found}/{}", own.len())
            };
            let mut steps: Vec<u64> = own.iter().map(|run| run.steps).collect();
            steps.sort_unstable();
            let gradient = own.iter().map(|run| run.gradient_norm).fold(0.0, f64::max);
            table.row([
                region.name().to_owned(),
                method.name().to_owned(),
                count(EmpiricalOutcome::Minimum),
                count(EmpiricalOutcome::SameMinimum),
                count(EmpiricalOutcome::NotFinished),
                count(EmpiricalOutcome::StationaryElsewhere),
                steps[steps.len() / 2].to_string(),
                estimate(gradient, 3),
            ]);
        }
    }
    Some(table)
}

/// Names of the holding conditions whose ball is proved to contain the minimum.
pub(super) fn contained(evidence: &EmpiricalEvidence, exact: &EmpiricalExact) -> String {
    let names: Vec<String> = (exact.contained_by.iter())
        .filter_map(|&i| evidence.conditions.get(i))
        .map(super::phrases::condition_name)
        .collect();
    if names.is_empty() {
        "none: the minimum is proved, but no transfer condition about w̃* proves it".to_owned()
    } else {
        names.join(", ")
    }
}
