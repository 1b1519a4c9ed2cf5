//! The gradient of the population objective of a row, `ℓ(w) = -Σ p_k G(w·μ_k; p, q) + α‖w‖²`, in `z = (w^(1), τ w^(2))`, with
//! `w·μ_k = ±z_1 (+ z_2)`, `p = c_x V`, `q = c_a V`, `V = v(z_1² + z_2²/τ²) + y`:
//!
//! ```text
//! ∂_1 ℓ = κ z_1 - Σ ±p_k 2M_01,   ∂_2 ℓ = κ z_2/τ² - Σ_(k even) p_k 2M_01,   κ = 2α - 2v B,   B = Σ p_k (c_x (M_02 + M_11) + c_a M_02).
//! ```
//!
//! `y = v‖w_⊥‖²` is 0 in the plane of the features. Off it the gradient is `κ w_⊥`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::budget;
use super::dual::{Dual, VARIABLES};
use super::fixed::Fixed;
use super::moments::{Boxed, Moments};
use super::piece::is_wide;

/// Weights of the four centres, and the variances of data and views for `v = 1`.
#[derive(Debug)]
pub struct Row {
    /// `p_k` of `e1, e1 + τe2, -e1, -e1 + τe2`.
    pub weights: [Fixed; 4],
    /// `c_x`.
    pub data: Fixed,
    /// `c_a`.
    pub views: Fixed,
    /// Tables that boxes share.
    pub tables: Tables,
}

/// Moments at the points of a grid, by their position on it.
pub type Tables = Mutex<HashMap<[i64; 3], Arc<Moments>>>;

/// Positions on the grid per unit of `w·μ`, and of the variances up to [`LARGE`] and beyond.
const PER_UNIT: [i64; 3] = [16, 32, 4];
/// From here on averages vary slowly with the variances.
const LARGE: i64 = 4;
/// Bits to which averages are known at the middle of a narrow box, and at that of one among many.
pub const FINE: f64 = 66.0;
/// See [`FINE`].
pub const COARSE: f64 = 44.0;
/// So many tables are kept.
const MOST_TABLES: usize = 4096;

/// A box of the variables of [`Dual`].
pub type Point = [Fixed; VARIABLES];

/// The gradient with its derivatives.
#[derive(Clone, Copy, Debug)]
pub struct Gradient {
    /// In the plane.
    pub plane: [Dual; 2],
    /// `κ`.
    pub kappa: Dual,
    /// `B`.
    pub b: Dual,
}

impl Row {
    /// The objective with these weights of centres and unit variances.
    pub fn new(weights: [Fixed; 4], data: Fixed, views: Fixed) -> Self {
        Self {
            weights,
            data,
            views,
            tables: Mutex::default(),
        }
    }

    /// At the middle of a box and over all of it. None if the box is beyond what can be enclosed.
    pub fn gradient(&self, x: &Point) -> Option<[Gradient; 2]> {
        self.gradient_to(x, FINE)
    }

    /// The same, with averages of a narrow box to about so many bits.
    pub fn gradient_to(&self, x: &Point, bits: f64) -> Option<[Gradient; 2]> {
        // Eight extensions of tables.
        budget::spend(7_000)?;
        let boxes = [x.map(Fixed::mid), *x];
        let arguments = boxes.map(|x| self.arguments(&x));
        let [narrow, wide] = &arguments;
        let is_narrow = self.is_narrow(x);
        let mut sums = [[Dual::constant(Fixed::ZERO); 3]; 2];
        for k in 0..4 {
            if self.weights[k] == Fixed::ZERO {
                continue;
            }
            let at = [wide[k].value, wide[4].value, wide[5].value];
            let far = if is_narrow { None } else { Boxed::far(at) };
            let table = if far.is_some() {
                None
            } else if is_narrow {
                let [_, p, q] = at.map(deviation_of);
                Some(Arc::new(Moments::at(at[0].mid(), [p, q], 8, bits)?))
            } else {
                Some(self.table_near(at)?)
            };
            for (sum, arguments) in sums.iter_mut().zip([narrow, wide]) {
                let [m, p, q] = [&arguments[k], &arguments[4], &arguments[5]];
                let at = match (&far, &table) {
                    (Some(far), _) => far.clone(),
                    (None, table) => table.as_ref()?.over([m.value, p.value, q.value]),
                };
                let [m01, m02, m11] =
                    [(0, 1), (0, 2), (1, 1)].map(|(i, j)| moment(&at, i, j, [m, p, q]));
                let [weight, data, views] =
                    [self.weights[k], self.data, self.views].map(Dual::constant);
                let slope = weight * (m01 + m01);
                sum[0] = if k < 2 {
                    sum[0] + slope
                } else {
                    sum[0] - slope
                };
                sum[1] = if k % 2 == 1 { sum[1] + slope } else { sum[1] };
                sum[2] = sum[2] + weight * (data * (m02 + m11) + views * m02);
            }
        }
        let finish = |x: &Point, [first, second, b]: [Dual; 3]| {
            let [z1, z2, _, alpha, v, _] = std::array::from_fn(|k| Dual::variable(x[k], k));
            let kappa = alpha + alpha - (v + v) * b;
            Gradient {
                plane: [
                    kappa * z1 - first,
                    kappa * (inverse_square(x[2]) * z2) - second,
                ],
                kappa,
                b,
            }
        };
        Some([finish(&boxes[0], sums[0]), finish(&boxes[1], sums[1])])
    }

    /// Does the test hold on all of `cell`, halved as often as it takes, at most `depth` times? Across the side that is widest for its share of `whole`.
    pub fn everywhere(
        &self,
        whole: &Point,
        cell: &Point,
        depth: usize,
        test: &dyn Fn(&Point, [Gradient; 2]) -> bool,
    ) -> bool {
        if self
            .gradient(cell)
            .is_some_and(|gradient| test(cell, gradient))
        {
            return true;
        }
        let share = |k: usize| {
            if is_wide(whole[k]) {
                cell[k].radius().approx() / whole[k].radius().approx()
            } else {
                0.0
            }
        };
        let axis = [0, 1, 4, 5, 2, 3]
            .into_iter()
            .rev()
            .max_by(|a, b| share(*a).total_cmp(&share(*b)))
            .unwrap_or(0);
        depth > 0
            && share(axis) > 0.0
            && (0..2).all(|half| {
                let mut part = *cell;
                part[axis] = cell[axis].part(half, 2);
                self.everywhere(whole, &part, depth - 1, test)
            })
    }

    /// Is a box so narrow that its averages are taken at its own middle? What is proved does not depend on it, only whether it is.
    pub fn is_narrow(&self, x: &Point) -> bool {
        let widest = self
            .arguments(x)
            .iter()
            .map(|a| a.value.radius())
            .fold(Fixed::ZERO, Fixed::max);
        widest.at_most(Fixed::ratio(1, 1000))
    }

    /// `w·μ_k`, `p` and `q`.
    fn arguments(&self, x: &Point) -> [Dual; 6] {
        let [z1, z2, _, _, v, y] = std::array::from_fn(|k| Dual::variable(x[k], k));
        let square = |k: usize| Dual::chain(x[k].sqr(), [(x[k] + x[k], &Dual::variable(x[k], k))]);
        let spread = v * (square(0) + inverse_square(x[2]) * square(1)) + y;
        let [p, q] = [self.data, self.views].map(|c| Dual::constant(c) * spread);
        [z1, z1 + z2, -z1, z2 - z1, p, q]
    }

    /// The table at the nearest point of the grid.
    fn table_near(&self, at: [Fixed; 3]) -> Option<Arc<Moments>> {
        let of_variance = |v: Fixed| {
            if v.approx() < LARGE as f64 {
                PER_UNIT[1]
            } else {
                PER_UNIT[2]
            }
        };
        let per_unit = [PER_UNIT[0], of_variance(at[1]), of_variance(at[2])];
        // All on the finest grid, so that a position is one number.
        let key: [i64; 3] = std::array::from_fn(|k| {
            let finest = PER_UNIT[1] / per_unit[k];
            (at[k].approx() * per_unit[k] as f64).round() as i64 * finest
        });
        let lock = || self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(table) = lock().get(&key) {
            return Some(Arc::clone(table));
        }
        let [m, p, q] = std::array::from_fn(|k| Fixed::ratio(key[k].into(), PER_UNIT[1].into()));
        let table = Arc::new(Moments::at(m, [p, q].map(deviation_of), 12, 34.0)?);
        let mut tables = lock();
        if tables.len() >= MOST_TABLES {
            tables.clear();
        }
        tables.insert(key, Arc::clone(&table));
        Some(table)
    }
}

/// A number near the root of the middle; 0 for what is 0.
fn deviation_of(variance: Fixed) -> Fixed {
    if variance.mid() == Fixed::ZERO {
        Fixed::ZERO
    } else {
        variance.mid().sqrt().mid()
    }
}

/// `1/τ²`.
fn inverse_square(tau: Fixed) -> Dual {
    let inverse = Fixed::ONE.over(tau);
    let square = inverse.sqr();
    Dual::chain(
        square,
        [(-(square + square) * inverse, &Dual::variable(tau, 2))],
    )
}

fn moment(at: &Boxed, i: usize, j: usize, [m, p, q]: [&Dual; 3]) -> Dual {
    let by_m = at.get(i + 1, j) + at.get(i, j + 1);
    let spread = (at.get(i + 2, j) + at.get(i, j + 2)).half();
    Dual::chain(
        at.get(i, j),
        [(by_m, m), (spread + at.get(i + 1, j + 1), p), (spread, q)],
    )
}
