//! Level lines of a function of two variables: marching squares (Lorensen & Cline 1987, in
//! the plane), with each crossing bisected on its edge so that a coarse grid suffices.

use std::collections::BTreeMap;

/// Samples of a function on a regular grid.
#[derive(Debug)]
pub(super) struct Grid {
    x: Vec<f64>,
    y: Vec<f64>,
    /// Row after row.
    values: Vec<f64>,
}

/// A level to draw.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Level {
    pub value: f64,
    /// Decimals that show it exactly.
    pub decimals: usize,
}

impl Grid {
    pub fn sample(
        f: &dyn Fn(f64, f64) -> f64,
        x: [f64; 2],
        y: [f64; 2],
        cells: [usize; 2],
    ) -> Self {
        let nodes = |[lo, hi]: [f64; 2], n: usize| -> Vec<f64> {
            let node = |i| lo + (hi - lo) * (i as f64 / n as f64);
            (0..=n).map(node).collect()
        };
        let (x, y) = (nodes(x, cells[0]), nodes(y, cells[1]));
        let values = y
            .iter()
            .flat_map(|&y| x.iter().map(move |&x| f(x, y)))
            .collect();
        Self { x, y, values }
    }

    /// The nodes and their values.
    pub fn nodes(&self) -> impl Iterator<Item = (f64, f64, f64)> {
        let points = self
            .y
            .iter()
            .flat_map(|&y| self.x.iter().map(move |&x| (x, y)));
        points
            .zip(&self.values)
            .map(|((x, y), &value)| (x, y, value))
    }

    fn value(&self, i: usize, j: usize) -> f64 {
        self.values[j * self.x.len() + i]
    }

    /// The lines on which `f`, which was sampled, equals `level`. Cells with a corner that is
    /// not finite have none.
    pub fn lines(&self, f: &dyn Fn(f64, f64) -> f64, level: f64) -> Vec<Vec<(f64, f64)>> {
        let width = self.x.len();
        // An edge is named by its lower left node and its direction (0 along x, 1 along y).
        let name = |i: usize, j: usize, up: usize| 2 * (j * width + i) + up;
        let mut links: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for j in 0..self.y.len().saturating_sub(1) {
            for i in 0..width.saturating_sub(1) {
                let corners = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)];
                let values = corners.map(|(i, j)| self.value(i, j));
                if !values.iter().all(|v| v.is_finite()) {
                    continue;
                }
                let above = values.map(|v| v >= level);
                let edges = [
                    name(i, j, 0),
                    name(i + 1, j, 1),
                    name(i, j + 1, 0),
                    name(i, j, 1),
                ];
                let crossed: Vec<usize> = (0..4)
                    .filter(|&k| above[k] != above[(k + 1) % 4])
                    .map(|k| edges[k])
                    .collect();
                let mut link = |a: usize, b: usize| {
                    links.entry(a).or_default().push(b);
                    links.entry(b).or_default().push(a);
                };
                match crossed[..] {
                    [a, b] => link(a, b),
                    // A saddle: its middle says which corners belong together.
                    [a, b, c, d] => {
                        let middle = f(
                            (self.x[i] + self.x[i + 1]) / 2.0,
                            (self.y[j] + self.y[j + 1]) / 2.0,
                        );
                        if (middle >= level) == above[0] {
                            link(a, b);
                            link(c, d);
                        } else {
                            link(d, a);
                            link(b, c);
                        }
                    }
                    _ => {}
                }
            }
        }
        chains(links)
            .into_iter()
            .map(|chain| {
                chain
                    .into_iter()
                    .map(|e| self.crossing(f, level, e))
                    .collect()
            })
            .collect()
    }

    /// Where the level crosses an edge.
    fn crossing(&self, f: &dyn Fn(f64, f64) -> f64, level: f64, edge: usize) -> (f64, f64) {
        let (node, up) = (edge / 2, edge % 2);
        let (i, j) = (node % self.x.len(), node / self.x.len());
        let a = (self.x[i], self.y[j]);
        let b = (self.x[i + (1 - up)], self.y[j + up]);
        let at = |t: f64| (a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1));
        let above = self.value(i, j) >= level;
        let (mut lo, mut hi) = (0.0, 1.0);
        for _ in 0..12 {
            let middle = (lo + hi) / 2.0;
            let (x, y) = at(middle);
            if (f(x, y) >= level) == above {
                lo = middle;
            } else {
                hi = middle;
            }
        }
        at((lo + hi) / 2.0)
    }
}

/// Joins links (at most two at each edge) to lines; closed ones end where they begin.
fn chains(mut links: BTreeMap<usize, Vec<usize>>) -> Vec<Vec<usize>> {
    let ends: Vec<usize> = links
        .iter()
        .filter(|(_, n)| n.len() == 1)
        .map(|(e, _)| *e)
        .collect();
    let mut chains = Vec::new();
    let mut follow = |start: usize, links: &mut BTreeMap<usize, Vec<usize>>| {
        let mut chain = vec![start];
        let mut here = start;
        while let Some(next) = links.get_mut(&here).and_then(Vec::pop) {
            if let Some(back) = links.get_mut(&next)
                && let Some(position) = back.iter().position(|e| *e == here)
            {
                back.swap_remove(position);
            }
            chain.push(next);
            here = next;
        }
        if chain.len() > 1 {
            chains.push(chain);
        }
    };
    for end in ends {
        follow(end, &mut links);
    }
    let rest: Vec<usize> = links.keys().copied().collect();
    for start in rest {
        follow(start, &mut links);
    }
    chains
}

/// Levels that show a function as well near its minimum as far from it: quantiles of its
/// samples, even steps, and ever closer ones below the lowest of them, rounded to short decimals.
pub(super) fn levels(values: impl Iterator<Item = f64>) -> Vec<Level> {
    let mut sorted: Vec<f64> = values.filter(|v| v.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let (Some(&least), Some(&most)) = (sorted.first(), sorted.last()) else {
        return Vec::new();
    };
    let quantile = |q: f64| sorted[((sorted.len() - 1) as f64 * q) as usize];
    let near = quantile(0.08) - least;
    let below = [1.0 / 64.0, 1.0 / 16.0, 1.0 / 4.0].map(|t| least + t * near);
    let above = [0.08, 0.17, 0.27, 0.38, 0.5, 0.62, 0.74, 0.85, 0.94].map(quantile);
    // Quantiles pass over steep slopes.
    let even = [0.2, 0.4, 0.6, 0.8].map(|t| least + t * (most - least));
    let mut raws: Vec<f64> = below.into_iter().chain(above).chain(even).collect();
    raws.sort_by(f64::total_cmp);
    let mut levels: Vec<Level> = Vec::new();
    for raw in raws {
        let height = raw - least;
        if !(height > 0.0 && height.is_finite()) {
            continue;
        }
        // Steps of 1, 2 or 5 powers of ten, at most a quarter of the height.
        let power = (height / 4.0).log10().floor();
        let unit = 10f64.powf(power);
        let digit = [5.0, 2.0, 1.0]
            .into_iter()
            .find(|d| d * unit <= height / 4.0);
        let step = digit.unwrap_or(1.0) * unit;
        let value = (raw / step).round() * step;
        let decimals = (-power).clamp(0.0, 17.0) as usize;
        let new = levels
            .last()
            .is_none_or(|last| value - last.value > 0.4 * step);
        if new && value > least && value < most {
            levels.push(Level { value, decimals });
        }
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_closed_and_lie_on_the_level() {
        let f = |x: f64, y: f64| x * x + y * y;
        let grid = Grid::sample(&f, [-2.0, 2.0], [-2.0, 2.0], [23, 23]);
        let lines = grid.lines(&f, 1.0);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].first(), lines[0].last());
        assert!(lines[0].len() > 40);
        for (x, y) in &lines[0] {
            assert!((f(*x, *y) - 1.0).abs() < 1e-3, "{x} {y}");
        }
    }

    #[test]
    fn a_saddle_is_resolved_and_open_lines_are_whole() {
        let f = |x: f64, y: f64| x * y;
        let grid = Grid::sample(&f, [-1.0, 1.0], [-1.0, 1.0], [5, 5]);
        // Two branches of a hyperbola for each sign; the middle cell is the saddle.
        for level in [0.01, -0.01] {
            let lines = grid.lines(&f, level);
            assert_eq!(lines.len(), 2, "{level}");
            for line in lines {
                let sign = line[0].0.signum();
                assert!(line.iter().all(|p| p.0.signum() == sign));
            }
        }
    }

    #[test]
    fn levels_ascend_and_come_close_to_the_minimum() {
        let values = (0..10_000).map(|i| -0.6178 + 1e-8 * f64::from(i) * f64::from(i));
        let levels = levels(values);
        assert!(levels.len() >= 8, "{levels:?}");
        assert!(levels.windows(2).all(|w| w[0].value < w[1].value));
        assert!(
            levels[0].value > -0.6178 && levels[0].value < -0.6175,
            "{levels:?}"
        );
        assert!(super::levels([1.0, 1.0, f64::NAN].into_iter()).is_empty());
    }
}
