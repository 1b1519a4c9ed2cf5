//! Which cells belong into one figure: those on a curve `n = c d^p`, and those of one `d`.

use std::collections::BTreeSet;

use super::parameters::Cell;

/// Cells of one figure, ascending along its axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Slice {
    /// Against `d`, with `n = c d^p` (in words).
    AgainstDimension(String, Vec<Cell>),
    /// Against `n`, at this `d`.
    AgainstPoints(u64, Vec<Cell>),
    /// A cell that is in none of the others.
    Alone(Cell),
}

impl Slice {
    /// What is added to the stems of its files.
    pub(super) fn stem(&self) -> String {
        match self {
            Self::AgainstDimension(rule, _) => {
                let plain = [('·', "x"), ('²', "2"), ('³', "3"), ('/', "over")];
                let rule = plain
                    .iter()
                    .fold(rule.clone(), |rule, (c, by)| rule.replace(*c, by));
                format!("d-n-{rule}")
            }
            Self::AgainstPoints(d, _) => format!("n-d-{d}"),
            Self::Alone(cell) => format!("d-{}-n-{}", cell.d, cell.n),
        }
    }

    /// What is fixed.
    pub(super) fn fixed(&self) -> String {
        match self {
            Self::AgainstDimension(rule, _) => format!("n = {rule}"),
            Self::AgainstPoints(d, _) => format!("d = {d}"),
            Self::Alone(cell) => format!("d = {}, n = {}", cell.d, cell.n),
        }
    }
}

/// The slices of a table: curves `n = c d^p` with at least two cells, chosen so that few of them have
/// all cells that can be had; then each `d` with at least two `n`; then what is left.
pub(super) fn slices(cells: &[Cell]) -> Vec<Slice> {
    let mut slices = vec![];
    let mut shown: BTreeSet<Cell> = BTreeSet::new();
    loop {
        // The power whose curves show the most cells not shown yet; of equals the first.
        let best = [2, 0, 1, 3].into_iter().rev().max_by_key(|&p| {
            let groups = curves(cells, p);
            let new = groups.iter().flatten().filter(|it| !shown.contains(it));
            new.count()
        });
        let groups = best.map_or(vec![], |p| curves(cells, p));
        let before = shown.len();
        for group in groups {
            if group.iter().any(|it| !shown.contains(it)) {
                shown.extend(&group);
                slices.push(Slice::AgainstDimension(
                    rule(group[0], best.unwrap_or(0)),
                    group,
                ));
            }
        }
        if shown.len() == before {
            break;
        }
    }
    let dimensions: BTreeSet<u64> = cells.iter().map(|it| it.d).collect();
    for d in dimensions {
        let row: Vec<Cell> = cells.iter().copied().filter(|it| it.d == d).collect();
        if row.len() > 1 {
            shown.extend(&row);
            slices.push(Slice::AgainstPoints(d, row));
        }
    }
    let left = cells.iter().filter(|it| !shown.contains(it));
    slices.extend(left.map(|&it| Slice::Alone(it)));
    slices
}

/// The classes of cells with the same `n/d^p`, if they have at least two cells.
fn curves(cells: &[Cell], p: u32) -> Vec<Vec<Cell>> {
    let mut classes: Vec<Vec<Cell>> = vec![];
    // n/d^p = n'/d'^p, in integers; d^p < 2^84 and n < 2^28.
    let power = |d: u64| u128::from(d).pow(p);
    for &cell in cells {
        let same = |it: &Cell| u128::from(cell.n) * power(it.d) == u128::from(it.n) * power(cell.d);
        match classes.iter_mut().find(|class| same(&class[0])) {
            Some(class) => class.push(cell),
            None => classes.push(vec![cell]),
        }
    }
    classes.retain(|class| class.len() > 1);
    classes
}

/// `n` as `c·d^p`, from one of its cells: `d²`, `4·d²`, `3·d²/4`.
fn rule(cell: Cell, p: u32) -> String {
    let power = match p {
        0 => return cell.n.to_string(),
        1 => "d",
        2 => "d²",
        _ => "d³",
    };
    let (n, under) = (u128::from(cell.n), u128::from(cell.d).pow(p));
    let common = gcd(n, under);
    let factor = match n / common {
        1 => String::new(),
        c => format!("{c}·"),
    };
    let divisor = match under / common {
        1 => String::new(),
        c => format!("/{c}"),
    };
    format!("{factor}{power}{divisor}")
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(d: &[u64], n: impl Fn(u64) -> Vec<u64>) -> Vec<Cell> {
        let mut cells: Vec<Cell> = d
            .iter()
            .flat_map(|&d| n(d).into_iter().map(move |n| Cell { d, n }))
            .collect();
        cells.sort_unstable();
        cells
    }

    fn stems(cells: &[Cell]) -> Vec<String> {
        slices(cells).iter().map(Slice::stem).collect()
    }

    #[test]
    fn every_cell_is_in_some_figure() {
        assert_eq!(stems(&grid(&[10], |d| vec![d * d])), ["d-10-n-100"]);
        assert_eq!(stems(&grid(&[5, 10, 50], |d| vec![d * d])), ["d-n-d2"]);
        assert_eq!(stems(&grid(&[10], |_| vec![100, 400])), ["n-d-10"]);
        assert_eq!(
            stems(&grid(&[5, 10, 20], |_| vec![100, 400])),
            ["d-n-100", "d-n-400", "n-d-5", "n-d-10", "n-d-20"]
        );
        assert_eq!(
            stems(&grid(&[5, 10], |d| vec![d * d, 4 * d * d, d * d * d])),
            ["d-n-d2", "d-n-4xd2", "d-n-d3", "n-d-5", "n-d-10"]
        );
    }

    #[test]
    fn stems_are_different() {
        let cells = grid(&[2, 3, 5, 7, 10], |d| vec![d, 7, d * d, 100, d * d * d]);
        let all = stems(&cells);
        let different: BTreeSet<&String> = all.iter().collect();
        assert_eq!(different.len(), all.len(), "{all:?}");
        let shown: BTreeSet<Cell> = (slices(&cells).into_iter())
            .flat_map(|slice| match slice {
                Slice::AgainstDimension(_, cells) | Slice::AgainstPoints(_, cells) => cells,
                Slice::Alone(cell) => vec![cell],
            })
            .collect();
        assert_eq!(shown, cells.into_iter().collect());
    }
}
