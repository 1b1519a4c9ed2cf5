//! Bounds on a product set `P × {‖w_⊥‖ <= s_0}`: the Hessian's spectrum, and whether the gradient points outward on the edges of `P`.

use rayon::prelude::*;

use super::plane::{PlaneFamily, TAU, VARIANCE, parameters, unit};
use crate::interval::Interval;
use crate::interval::linalg::symmetric_eigenvalues;
use crate::model::{FamilyDepth, FamilyDerivatives};
use nalgebra::DMatrix;

/// A rectangle `P` of `(w^(1), w^(2))`, the parameters, and the range of `v ‖w_⊥‖²`.
#[derive(Clone, Debug)]
pub(super) struct ProductSet<'a> {
    pub family: &'a PlaneFamily,
    /// `τ`, `α`, `v`; for several dimensions at once `v` is an interval.
    pub p: [Interval; 3],
    pub rectangle: [Interval; 2],
    /// From 0.
    pub beside: Interval,
    /// Are there coordinates beside the plane?
    pub has_beside: bool,
}

/// Bounds over the whole set.
#[derive(Clone, Copy, Debug)]
pub struct SpectrumBounds {
    /// Lower bound of the smallest eigenvalue of the Hessian.
    pub lowest: f64,
    /// Upper bound of the largest.
    pub highest: f64,
    /// Upper bounds of the diagonal entries of `w^(1)`, `w^(2)`.
    pub diagonal: [f64; 2],
    /// Upper bound of `|κ|`.
    pub kappa: f64,
    /// Boxes examined.
    pub boxes: usize,
}

/// A box of `z_1`, `z_2`, `v‖w_⊥‖²`.
type Cell = [Interval; 3];

/// Cells examined before the bounds are taken as they are.
const MOST_CELLS: usize = 40_000;
/// Cells whose middles are looked at.
const MOST_MIDDLES: usize = 1_000;
/// The share of the smallest eigenvalue at the middles that is asked for, and for how many cells: a bound far below it is better than none.
const SHARES: [(usize, f64); 4] = [
    (2_000, 0.9),
    (8_000, 0.7),
    (20_000, 0.4),
    (MOST_CELLS, 0.15),
];

impl ProductSet<'_> {
    fn whole(&self) -> Cell {
        let tau = self.p[TAU];
        [self.rectangle[0], tau * self.rectangle[1], self.beside]
    }

    fn at(&self, cell: &Cell, v: Interval, depth: FamilyDepth) -> FamilyDerivatives {
        let p = parameters(&[self.p[0], self.p[1], v]);
        self.family.0.beside([cell[0], cell[1]], p, cell[2], depth)
    }

    /// The Hessian in the plane on a cell, in feature coordinates, and what is beside.
    fn hessian(&self, cell: &Cell) -> ([Interval; 3], [Interval; 3], Interval) {
        let v = self.p[VARIANCE];
        let on_box = self.at(cell, v, FamilyDepth::Third);
        let centre = cell.map(|x| Interval::point(x.mid()));
        let v_centre = Interval::point(v.mid());
        let at_centre = self.at(&centre, v_centre, FamilyDepth::Hessian).hessian();
        let plain = on_box.hessian();
        let mut entries = at_centre;
        let widths = [
            (0, cell[0] - centre[0]),
            (1, cell[1] - centre[1]),
            (5, cell[2] - centre[2]),
            (2 + VARIANCE, v - v_centre),
        ];
        // τ and α are narrow; what there is of their width goes in as it is.
        let narrow = [TAU, 1].map(|k| self.p[k] - Interval::point(self.p[k].mid()));
        let all = widths.into_iter().chain([(2, narrow[0]), (3, narrow[1])]);
        for (axis, width) in all {
            if width != Interval::ZERO {
                let change = on_box.along(&unit(axis)).hessian;
                for (entry, change) in entries.iter_mut().zip(change) {
                    *entry += change * width;
                }
            }
        }
        let plane = std::array::from_fn(|e| entries[e].intersection(plain[e]));
        let (beside, kappa) = on_box.off_the_plane();
        (plane, beside, kappa)
    }

    /// The Hessian on a cell in the coordinates `(w^(1), w^(2), u)`, and `κ`.
    fn matrix(&self, cell: &Cell) -> Hessian {
        let ([a, b, c], [d, e, f], kappa) = self.hessian(cell);
        let tau = self.p[TAU];
        Hessian {
            plane: [a, tau * b, tau.sqr() * c],
            beside: self.has_beside.then_some(([d, tau * e, f], kappa)),
        }
    }

    /// Bounds of the spectrum over the set: cells are halved until the Hessian less a share of its smallest eigenvalue at the middles of
    /// the cells is proved to be positive definite on each.
    pub fn bounds(&self) -> SpectrumBounds {
        let mut bounds = SpectrumBounds {
            lowest: f64::INFINITY,
            highest: f64::NEG_INFINITY,
            diagonal: [f64::NEG_INFINITY; 2],
            kappa: 0.0,
            boxes: 0,
        };
        let whole = self.whole();
        let mut generation = vec![whole];
        let mut least = f64::INFINITY;
        while !generation.is_empty() {
            bounds.boxes += generation.len();
            // Once there are many middles, more of them hardly lower the guess.
            if bounds.boxes <= MOST_MIDDLES {
                let middles: Vec<f64> = (generation.par_iter())
                    .map(|cell| {
                        let middle = cell.map(|x| Interval::point(x.mid()));
                        self.matrix(&middle).eigenvalues().0.mid()
                    })
                    .collect();
                least = middles.into_iter().fold(least, f64::min);
            }
            let results: Vec<Hessian> = (generation.par_iter())
                .map(|cell| self.matrix(cell))
                .collect();
            let cells = bounds.boxes;
            let asked = SHARES.iter().find(|(most, _)| cells <= *most);
            let share = asked.map_or(0.0, |(_, share)| share * least);
            let last = bounds.boxes > MOST_CELLS || least.is_nan() || least <= 0.0;
            let mut next = Vec::new();
            for (cell, hessian) in generation.drain(..).zip(results) {
                let definite = share > 0.0 && hessian.exceeds(share);
                if !(definite || last) {
                    next.extend(halves(&cell, &whole));
                    continue;
                }
                let (low, high) = hessian.eigenvalues();
                let low = if definite {
                    share.max(low.inf())
                } else {
                    low.inf()
                };
                bounds.lowest = bounds.lowest.min(low);
                bounds.highest = bounds.highest.max(high.sup());
                for (bound, x) in bounds.diagonal.iter_mut().zip(hessian.diagonal()) {
                    *bound = bound.max(x.sup());
                }
                let kappa = hessian.beside.map_or(0.0, |(_, kappa)| kappa.mag());
                bounds.kappa = bounds.kappa.max(kappa);
            }
            generation = next;
        }
        bounds
    }

    /// A lower bound of the largest eigenvalue of the Hessian in the plane over the rectangle.
    pub fn largest_eigenvalue_lower(&self) -> f64 {
        self.matrix(&self.whole()).eigenvalues().1.inf()
    }

    /// The outward derivatives at a few points of each edge, in floats.
    pub fn outward_samples(&self) -> [f64; 4] {
        const POINTS: [f64; 3] = [0.0, 0.5, 1.0];
        let [x, y, beside] = self.whole();
        let v = self.p[VARIANCE];
        let along = |side: Interval, t: f64| side.inf() + t * (side.sup() - side.inf());
        let mut least = [f64::INFINITY; 4];
        for t in POINTS {
            let (on_x, on_y) = (along(x, t), along(y, t));
            let points = [
                (0, -1.0, [x.inf(), on_y]),
                (0, 1.0, [x.sup(), on_y]),
                (1, -1.0, [on_x, y.inf()]),
                (1, 1.0, [on_x, y.sup()]),
            ];
            for (k, (axis, sign, [z1, z2])) in points.into_iter().enumerate() {
                let ends = [(v.sup(), beside.sup()), (v.sup(), 0.0), (v.inf(), 0.0)];
                let ends = if v.rad() > 1e-9 {
                    &ends[..]
                } else {
                    &ends[..2]
                };
                for &(v, beside) in ends {
                    let cell = [z1, z2, beside].map(Interval::point);
                    let at = self.at(&cell, Interval::point(v), FamilyDepth::Gradient);
                    least[k] = least[k].min(sign * at.gradient()[axis].mid());
                }
            }
        }
        least
    }

    /// On each edge of `P` (left, right, lower, upper): a lower bound of the outward derivative of `ℓ`. Where it is positive, `-∇ℓ` points inward
    /// on the whole edge, for every `w_⊥` of the set.
    pub fn edges(&self) -> [f64; 4] {
        [(0, false), (0, true), (1, false), (1, true)].map(|(axis, upper)| {
            let mut edge = self.whole();
            let end = if upper {
                edge[axis].sup()
            } else {
                edge[axis].inf()
            };
            // For an interval of τ the edge is that of w, an interval of z.
            edge[axis] = if axis == 0 {
                Interval::point(end)
            } else {
                let w = self.rectangle[1];
                self.p[TAU] * Interval::point(if upper { w.sup() } else { w.inf() })
            };
            self.outward(edge, axis, upper, 0)
        })
    }

    fn outward(&self, cell: Cell, axis: usize, upper: bool, depth: usize) -> f64 {
        const DEEPEST: usize = 9;
        let sign = Interval::point(if upper { 1.0 } else { -1.0 });
        let v = self.p[VARIANCE];
        let on_box = self.at(&cell, v, FamilyDepth::Hessian);
        let plain = sign * on_box.gradient()[axis];
        let centre = cell.map(|x| Interval::point(x.mid()));
        let v_centre = Interval::point(v.mid());
        let at_centre = self.at(&centre, v_centre, FamilyDepth::Gradient).gradient()[axis];
        let hessian = on_box.hessian();
        let row = if axis == 0 {
            [hessian[0], hessian[1]]
        } else {
            [hessian[1], hessian[2]]
        };
        let sensitivity = on_box.sensitivity();
        let mut centred = at_centre
            + row[0] * (cell[0] - centre[0])
            + row[1] * (cell[1] - centre[1])
            + on_box.by_beside()[axis] * (cell[2] - centre[2])
            + sensitivity[VARIANCE][axis] * (v - v_centre);
        for k in [TAU, 1] {
            centred += sensitivity[k][axis] * (self.p[k] - Interval::point(self.p[k].mid()));
        }
        // Two enclosures of the same set meet; if they do not, believe neither.
        let both = plain.intersection(sign * centred);
        let bound = if both.is_empty() {
            f64::NEG_INFINITY
        } else {
            both.inf()
        };
        if bound > 0.0 || depth == DEEPEST {
            return bound;
        }
        // A value at the middle that is not outward ends the search.
        let middle = (sign * at_centre).sup();
        let outward = middle > 0.0;
        if !outward {
            return bound;
        }
        (halves(&cell, &self.whole()).into_iter())
            .map(|half| self.outward(half, axis, upper, depth + 1))
            .fold(f64::INFINITY, f64::min)
    }
}

/// The Hessian on a cell.
#[derive(Clone, Copy, Debug)]
struct Hessian {
    /// Entries 11, 12, 22.
    plane: [Interval; 3],
    /// Entries 13, 23, 33, and `κ`; none in two dimensions.
    beside: Option<([Interval; 3], Interval)>,
}

impl Hessian {
    const fn diagonal(&self) -> [Interval; 2] {
        [self.plane[0], self.plane[2]]
    }

    /// Encloses the smallest and the largest eigenvalue, `κ` among them.
    fn eigenvalues(&self) -> (Interval, Interval) {
        let [a, b, c] = self.plane;
        let matrix = match self.beside {
            Some(([d, e, f], _)) => DMatrix::from_row_slice(3, 3, &[a, b, d, b, c, e, d, e, f]),
            None => DMatrix::from_row_slice(2, 2, &[a, b, b, c]),
        };
        let values = symmetric_eigenvalues(&matrix).unwrap_or_default();
        let (low, high) = match (values.first(), values.last()) {
            (Some(&low), Some(&high)) => (low, high),
            _ => (Interval::ENTIRE, Interval::ENTIRE),
        };
        match self.beside {
            Some((_, kappa)) => (low.min(kappa), high.max(kappa)),
            None => (low, high),
        }
    }

    /// Is the matrix less `share` times the identity positive definite? By pivots and the Schur complement of the plane's block: what couples the
    /// plane to `u` enters by its square, where a bound of eigenvalues would subtract it.
    fn exceeds(&self, share: f64) -> bool {
        let share = Interval::point(share);
        let [a, b, c] = self.plane;
        let (a, c) = (a - share, c - share);
        let determinant = a * c - b.sqr();
        if !(a.certainly_positive() && determinant.certainly_positive()) {
            return false;
        }
        let Some(([d, e, f], kappa)) = self.beside else {
            return true;
        };
        let form = c * d.sqr() - Interval::point(2.0) * b * (d * e) + a * e.sqr();
        (kappa - share).certainly_positive()
            && (f - share - form / determinant).certainly_positive()
    }
}

/// Both halves across the side that is widest for its share of the whole.
fn halves(cell: &Cell, whole: &Cell) -> [Cell; 2] {
    const WEIGHTS: [f64; 3] = [1.0, 1.0, 0.6];
    let share = |k: usize| match whole[k].width() {
        width if width > 0.0 => WEIGHTS[k] * cell[k].width() / width,
        _ => 0.0,
    };
    let axis = (0..3)
        .max_by(|&a, &b| share(a).total_cmp(&share(b)))
        .unwrap_or(0);
    let cut = cell[axis].mid();
    let half = |lo: f64, hi: f64| {
        let mut half = *cell;
        half[axis] = Interval::new(lo, hi).unwrap_or(cell[axis]);
        half
    };
    [half(cell[axis].inf(), cut), half(cut, cell[axis].sup())]
}
