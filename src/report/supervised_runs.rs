//! The supervised runs, put together by method. All of it is estimated.

use super::numbers::estimate;
use super::runs::{largest, range};
use super::table::Table;
use crate::confirm::supervised::{SupervisedMethod, SupervisedOutcome, SupervisedRun};
use crate::dossier::Supervised;

/// Significant digits of an estimate.
const DIGITS: usize = 3;

fn groups(side: &Supervised) -> Vec<(SupervisedMethod, Vec<&SupervisedRun>)> {
    SupervisedMethod::ALL
        .into_iter()
        .map(|method| {
            let runs = side.runs.iter().filter(|run| run.method == method);
            (method, runs.collect::<Vec<_>>())
        })
        .filter(|(_, runs)| !runs.is_empty())
        .collect()
}

/// In which proved region the runs ended; `None` if nothing was run.
pub(super) fn summary(side: &Supervised) -> Option<Table> {
    let regions = side.regions.iter().map(|region| region.name.clone());
    let head = ["method".to_owned()]
        .into_iter()
        .chain(regions)
        .chain(["elsewhere", "not finished", "largest ‖∇L‖"].map(str::to_owned));
    let mut table = Table::new(head);
    for (method, runs) in groups(side) {
        let count = |outcome: SupervisedOutcome| {
            let same = runs.iter().filter(|run| run.outcome == outcome).count();
            if same == 0 {
                "–".to_owned()
            } else {
                format!("{same}/{}", runs.len())
            }
        };
        let arrived =
            (0..side.regions.len()).map(|region| count(SupervisedOutcome::Arrived { region }));
        let rest = [
            count(SupervisedOutcome::StationaryElsewhere),
            count(SupervisedOutcome::NotFinished),
            estimate(largest(runs.iter().map(|run| run.gradient_norm)), DIGITS),
        ];
        table.row(
            [method.name().to_owned()]
                .into_iter()
                .chain(arrived)
                .chain(rest),
        );
    }
    (!table.is_empty()).then_some(table)
}

/// What the end points contain; `None` if nothing was run.
pub(super) fn content(side: &Supervised) -> Option<Table> {
    let mut table = Table::new([
        "method",
        "ended in",
        "runs",
        "steps (median)",
        "‖P e₁‖",
        "‖P e₂‖",
    ]);
    for (method, runs) in groups(side) {
        for (region, name) in side.regions.iter().map(|r| &r.name).enumerate() {
            let here: Vec<_> = (runs.iter())
                .filter(|run| run.outcome == SupervisedOutcome::Arrived { region })
                .collect();
            if here.is_empty() {
                continue;
            }
            let mut steps: Vec<u64> = here.iter().map(|run| run.steps).collect();
            steps.sort_unstable();
            let projection =
                |j: usize| range(here.iter().map(move |run| run.content.projections[j]));
            table.row([
                method.name().to_owned(),
                name.clone(),
                here.len().to_string(),
                steps[steps.len() / 2].to_string(),
                projection(0),
                projection(1),
            ]);
        }
    }
    (!table.is_empty()).then_some(table)
}

/// Descent at the published number of steps; `None` if no run recorded it.
pub(super) fn published(side: &Supervised) -> Option<Table> {
    let mut table = Table::new([
        "method",
        "steps",
        "runs",
        "largest ‖∇L‖",
        "‖P e₁‖",
        "‖P e₂‖",
    ]);
    for (method, runs) in groups(side) {
        let states: Vec<_> = (runs.iter())
            .filter_map(|run| run.at_published_steps.as_ref())
            .collect();
        let Some(first) = states.first() else {
            continue;
        };
        let projection = |j: usize| range(states.iter().map(move |s| s.content.projections[j]));
        table.row([
            method.name().to_owned(),
            first.steps.to_string(),
            states.len().to_string(),
            estimate(largest(states.iter().map(|s| s.gradient_norm)), DIGITS),
            projection(0),
            projection(1),
        ]);
    }
    (!table.is_empty()).then_some(table)
}

/// Methods left out, and runs that ended where nothing is proved.
pub(super) fn notes(side: &Supervised) -> Vec<String> {
    let mut out: Vec<String> = (side.left_out.iter())
        .map(|omitted| format!("{} was left out: {}", omitted.method.name(), omitted.reason))
        .collect();
    for run in side.runs.iter().filter(|run| run.contradicts()) {
        let [a, b, c, d, f, g] = run.end.plane().map(|x| estimate(x, DIGITS));
        out.push(format!(
            "{}, seed {}: stationary where nothing is proved, at w₁ = ({a}, {b}), w₂ = ({c}, {d}), F = ({f}, {g})",
            run.method.name(),
            run.seed
        ));
    }
    out
}
