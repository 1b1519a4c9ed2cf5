//! The optimisers' runs, put together by initialisation and method. All of it is estimated.

use super::numbers::estimate;
use super::table::Table;
use crate::confirm::{Initialisation, LeftOut, Method, Outcome, RunRecord};

/// Significant digits of an estimate.
const DIGITS: usize = 3;
/// Significant digits of an estimated projection: enough to tell it from 1.
const CONTENT_DIGITS: usize = 8;

/// The runs of one method from one region; never empty.
struct Group<'a> {
    initialisation: Initialisation,
    method: Method,
    runs: Vec<&'a RunRecord>,
}

fn groups(runs: &[RunRecord]) -> Vec<Group<'_>> {
    let mut out = Vec::new();
    for initialisation in Initialisation::ALL {
        for method in Method::ALL {
            let members: Vec<&RunRecord> = runs
                .iter()
                .filter(|run| run.initialisation == initialisation && run.method == method)
                .collect();
            if !members.is_empty() {
                out.push(Group {
                    initialisation,
                    method,
                    runs: members,
                });
            }
        }
    }
    out
}

impl Group<'_> {
    fn labels(&self) -> [String; 2] {
        [
            self.initialisation.name().to_owned(),
            self.method.name().to_owned(),
        ]
    }

    fn count(&self, outcome: Outcome) -> usize {
        let same = |run: &&&RunRecord| run.outcome == outcome;
        self.runs.iter().filter(same).count()
    }

    /// `2 not finished, 1 stationary at the saddle`.
    fn otherwise(&self) -> String {
        let others = [
            Outcome::StationaryElsewhere,
            Outcome::StationaryAtSaddle,
            Outcome::NotFinished,
        ];
        let parts: Vec<String> = others
            .into_iter()
            .filter(|&outcome| self.count(outcome) > 0)
            .map(|outcome| format!("{} {}", self.count(outcome), outcome.name()))
            .collect();
        if parts.is_empty() {
            "–".to_owned()
        } else {
            parts.join(", ")
        }
    }

    fn median_steps(&self) -> String {
        let mut steps: Vec<u64> = self.runs.iter().map(|run| run.steps).collect();
        steps.sort_unstable();
        let middle = steps.len() / 2;
        let twice = if steps.len() % 2 == 1 {
            2 * steps[middle]
        } else {
            steps[middle - 1] + steps[middle]
        };
        let half = if twice % 2 == 1 { ".5" } else { "" };
        format!("{}{half}", twice / 2)
    }

    fn largest(&self, of: impl Fn(&RunRecord) -> f64) -> String {
        estimate(largest(self.runs.iter().map(|run| of(run))), DIGITS)
    }
}

/// The largest number; a NaN among them is the answer, not overlooked.
pub(super) fn largest(xs: impl Iterator<Item = f64>) -> f64 {
    xs.reduce(|a, b| if a >= b || a.is_nan() { a } else { b })
        .unwrap_or(f64::NAN)
}

/// `0.99 to 1`, or one number if both are printed alike.
pub(super) fn range(xs: impl Iterator<Item = f64> + Clone) -> String {
    let high = estimate(largest(xs.clone()), CONTENT_DIGITS);
    let low = estimate(-largest(xs.map(|x| -x)), CONTENT_DIGITS);
    if low == high {
        low
    } else {
        format!("{low} to {high}")
    }
}

/// Arrivals, steps, gradients and distances; `None` if nothing was run.
pub(super) fn summary(runs: &[RunRecord]) -> Option<Table> {
    let mut table = Table::new([
        "initialisation",
        "method",
        "arrived",
        "otherwise",
        "steps (median)",
        "largest ‖∇L‖",
        "largest distance to W*",
    ]);
    for group in groups(runs) {
        let [initialisation, method] = group.labels();
        table.row([
            initialisation,
            method,
            format!("{}/{}", group.count(Outcome::Arrived), group.runs.len()),
            group.otherwise(),
            group.median_steps(),
            group.largest(|run| run.gradient_norm),
            group.largest(|run| run.distance),
        ]);
    }
    (!table.is_empty()).then_some(table)
}

/// What the end points contain; `None` if nothing was run.
pub(super) fn content(runs: &[RunRecord]) -> Option<Table> {
    let mut table = Table::new(["initialisation", "method", "‖P e₁‖", "‖P e₂‖"]);
    for group in groups(runs) {
        let [initialisation, method] = group.labels();
        let [first, second] =
            [0, 1].map(|j| range(group.runs.iter().map(move |run| run.content.projections[j])));
        table.row([initialisation, method, first, second]);
    }
    (!table.is_empty()).then_some(table)
}

/// Gradient descent at the published number of steps; `None` if no run recorded it.
pub(super) fn published(runs: &[RunRecord]) -> Option<Table> {
    let mut table = Table::new([
        "initialisation",
        "steps",
        "runs",
        "largest ‖∇L‖",
        "largest distance to W*",
        "largest ‖w_⊥‖",
        "‖P e₁‖",
        "‖P e₂‖",
    ]);
    for group in groups(runs) {
        let states: Vec<_> = group
            .runs
            .iter()
            .filter_map(|run| run.at_published_steps.as_ref())
            .collect();
        let Some(first) = states.first() else {
            continue;
        };
        let perpendicular = states
            .iter()
            .flat_map(|state| state.rows.row)
            .map(|row| row.perpendicular);
        let projection = |j: usize| range(states.iter().map(|s| s.content.projections[j]));
        table.row([
            group.initialisation.name().to_owned(),
            first.steps.to_string(),
            states.len().to_string(),
            estimate(largest(states.iter().map(|s| s.gradient_norm)), DIGITS),
            estimate(largest(states.iter().map(|s| s.distance)), DIGITS),
            estimate(largest(perpendicular), DIGITS),
            projection(0),
            projection(1),
        ]);
    }
    (!table.is_empty()).then_some(table)
}

/// Methods left out, and why runs that did not arrive stopped short, each said once with a count.
pub(super) fn notes(runs: &[RunRecord], left_out: &[LeftOut]) -> Vec<String> {
    let mut out: Vec<String> = left_out
        .iter()
        .map(|omitted| format!("{} was left out: {}", omitted.method.name(), omitted.reason))
        .collect();
    for group in groups(runs) {
        let mut seen: Vec<(&str, usize)> = Vec::new();
        let short = group.runs.iter().filter(|r| r.outcome != Outcome::Arrived);
        for note in short.filter_map(|run| run.note.as_deref()) {
            match seen.iter_mut().find(|(text, _)| *text == note) {
                Some((_, count)) => *count += 1,
                None => seen.push((note, 1)),
            }
        }
        let [initialisation, method] = group.labels();
        out.extend(seen.iter().map(|(note, count)| {
            let plural = if *count == 1 { "run" } else { "runs" };
            format!("{method} from initialisation {initialisation}: {note} ({count} {plural})")
        }));
    }
    out
}

/// Runs that became stationary where no critical point was proved, in a sentence.
pub(super) fn stray(runs: &[RunRecord]) -> Option<String> {
    let stray: Vec<String> = runs
        .iter()
        .filter(|run| run.contradicts())
        .map(|run| {
            format!(
                "{} from initialisation {}, seed {}",
                run.method.name(),
                run.initialisation.name(),
                run.seed
            )
        })
        .collect();
    (!stray.is_empty()).then(|| {
        format!(
            "stationary where no critical point was proved (estimated): {}",
            stray.join("; ")
        )
    })
}
