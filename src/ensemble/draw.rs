//! One draw: from a job to what is proved about its data set.

use std::sync::Arc;

use super::job::Job;
use super::parameters::Parameters;
use super::record::{ConditionRecord, DrawRecord};
use crate::claim::empirical::{EmpiricalEvidence, EmpiricalExact, decide};
use crate::claim::{Claim, ClaimError, ConditionId, Space};
use crate::data::DataSet;
use crate::interval::Interval;

/// Which proof the records come from. A change after which some job gives another record raises it:
/// tables of different methods are different tables, and are neither resumed nor merged.
pub const METHOD: u32 = 1;

/// Draws the data set of `job` and proves what can be proved about it; a function of its arguments
/// alone.
#[must_use]
pub fn record(job: &Job, parameters: &Parameters) -> DrawRecord {
    match claim(job, parameters) {
        Ok(claim) => of(&decide(&claim)),
        // The parameters were checked before the table was made.
        Err(error) => DrawRecord::nothing_proved([0; 4], error.to_string()),
    }
}

/// The claim about the data set of `job`.
fn claim(job: &Job, parameters: &Parameters) -> Result<Claim, ClaimError> {
    let Parameters { tau, alpha, .. } = parameters;
    let mut text = format!(
        "name = 'draw'\nd = {}\ntau = '{tau}'\nalpha = '{alpha}'\n",
        job.cell.d
    );
    for (field, literal) in [
        ("rho_data", &parameters.rho_data),
        ("rho_view", &parameters.rho_view),
    ] {
        if let Some(literal) = literal {
            text.push_str(&format!("{field} = '{literal}'\n"));
        }
    }
    let claim = Claim::from_toml(&text, "the ensemble")?;
    let data = DataSet::draw(
        job.cell.n as usize,
        job.cell.d as usize,
        claim.tau.mid(),
        claim.rho_data.mid(),
        parameters.noise,
        job.seed,
    );
    Ok(claim.about(Arc::new(data)))
}

/// What the table keeps of the evidence.
fn of(evidence: &EmpiricalEvidence) -> DrawRecord {
    let bounds = |x: Interval| [x.inf(), x.sup()];
    let conditions: Vec<ConditionRecord> = (evidence.conditions.iter())
        .filter(|c| c.space == Space::All || c.id == ConditionId::Krawczyk)
        .map(|c| ConditionRecord {
            id: c.condition.theorem.into(),
            holds: c.condition.holds(),
            margin: c.condition.margin,
        })
        .collect();
    let proved = (evidence.exact.as_ref()).is_some_and(EmpiricalExact::is_proved);
    let nearby = proved
        && (evidence.exact.as_ref()).is_some_and(|e| {
            (e.contained_by.iter())
                .filter_map(|&i| evidence.conditions.get(i))
                .any(|c| c.space == Space::All && c.condition.holds())
        });
    let failing = (evidence.conditions.iter())
        .find(|c| !c.condition.holds() && (c.space == Space::All || c.id == ConditionId::Krawczyk));
    let obstacle = if !proved {
        Some(evidence.reason.clone())
    } else {
        failing.map(|c| format!("{} fails in {}", c.name(), c.space.name()))
    };
    DrawRecord {
        counts: evidence
            .claim
            .data
            .as_ref()
            .map_or([0; 4], |data| data.counts()),
        conditions,
        proved,
        nearby,
        distance: evidence.exact.as_ref().map(|e| bounds(e.distance)),
        coefficients: (evidence.content.as_ref())
            .map(|c| c.coefficients.map(|row| row.map(Interval::mid))),
        projections: evidence.content.as_ref().map(|c| c.projections.map(bounds)),
        obstacle,
    }
}
