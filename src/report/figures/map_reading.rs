//! What a reader sees in the map, in words.

use super::learned::Learned;
use super::map::{MapData, MapGrid, MapMark, letter};
use super::steps::Steps;
use crate::claim::Found;
use crate::report::numbers::estimate;

/// Two sentences: the contrast, and the minimum at which the units agree.
pub(super) fn reading(data: &MapData) -> String {
    let [ssl, sl, agreeing] = [0, 1, 2].map(|k| {
        let points = || data.grids.iter().flat_map(|grid| &grid.points);
        let proved = points().filter(|p| p.found[k] == Found::Proved).count();
        let total = points().count();
        if proved == total {
            format!("all {total}")
        } else {
            format!("{proved} of {total}")
        }
    });
    let lost = places(data, |p| p.found[0] != Found::Proved);
    let kept = places(data, |p| p.found[2] == Found::Proved);
    format!(
        "At {sl} points SL has a proved minimum without e₂, and at {ssl} SSL has a proved one with e₁ and e₂{}. \
         The minimum of SL with a trace of e₂, at which its units agree, is proved at {agreeing}{}.",
        if lost.is_empty() {
            String::new()
        } else {
            format!("; the others all lie {lost}")
        },
        if kept.is_empty() {
            String::new()
        } else {
            format!(", all of them {kept}")
        }
    )
}

/// Bounds of the points chosen, grid by grid: `in (a) with τ ≤ 2 and ρ ≥ 0.2`. Empty if there is none.
fn places(data: &MapData, chosen: impl Fn(&MapMark) -> bool) -> String {
    let parts: Vec<String> = (data.grids.iter().enumerate())
        .filter_map(|(i, grid)| {
            let points: Vec<&MapMark> = grid.points.iter().filter(|p| chosen(p)).collect();
            if points.is_empty() {
                return None;
            }
            let bounds: Vec<String> = (0..2).filter_map(|k| bounds(grid, &points, k)).collect();
            let within = if bounds.is_empty() {
                String::new()
            } else {
                format!(" with {}", bounds.join(" and "))
            };
            Some(format!("in {}{within}", letter(i)))
        })
        .collect();
    parts.join("; ")
}

/// Between which values of a parameter the points lie; none if all values occur.
fn bounds(grid: &MapGrid, points: &[&MapMark], k: usize) -> Option<String> {
    let all = Steps::of(grid.points.iter().map(|p| p.at[k])).values;
    let some = Steps::of(points.iter().map(|p| p.at[k])).values;
    let (name, low, high) = (&grid.axes[k], *some.first()?, *some.last()?);
    let written = |x| estimate(x, 4);
    match (Some(&low) == all.first(), Some(&high) == all.last()) {
        (true, true) => None,
        (true, false) => Some(format!("{name} ≤ {}", written(high))),
        (false, true) => Some(format!("{name} ≥ {}", written(low))),
        (false, false) => Some(format!("{name} from {} to {}", written(low), written(high))),
    }
}

/// How much of the hidden feature there is where the units agree.
pub(super) fn noted_hidden(data: &MapData) -> Option<String> {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for point in data.grids.iter().flat_map(|grid| &grid.points) {
        if point.found[2] == Found::Proved && point.hidden.is_finite() {
            (low, high) = (low.min(point.hidden), high.max(point.hidden));
        }
    }
    (low <= high).then(|| {
        format!(
            "{}: ‖P e₂‖ is between {} and {} at the proved points (estimated).",
            Learned::Agreeing.name(),
            estimate(low, 2),
            estimate(high, 3)
        )
    })
}
