//! Enclosures of `S_0, .., S_6` on whole cells of the grid.

use super::enclosure::tails;
use super::node::{Rule, everywhere};
use super::{CELL_ORDERS, COEFFICIENTS, HALF, last_point, nearest, point};
use crate::gaussian::Activation;
use crate::interval::Interval;

/// `S_0(m, q), .., S_6(m, q)` on cells `|m - k/16| <= 1/32`, for every variance in an interval.
#[derive(Clone, Debug)]
pub struct SmoothedCells {
    q: Interval,
    rule: Rule<Interval>,
    last: u64,
}

impl SmoothedCells {
    /// For every non-negative variance in `q`.
    #[must_use]
    pub fn new(q: Interval) -> Self {
        Self {
            q,
            rule: Rule::enclosing(q),
            last: last_point(q.sup()),
        }
    }

    /// The number of the cell that holds `m`.
    #[must_use]
    pub fn cell(m: f64) -> i64 {
        nearest(m)
    }

    /// The points of cell `k`.
    #[must_use]
    pub fn extent(k: i64) -> Interval {
        Interval::ball(point(k), HALF)
    }

    /// Enclosures of `S_0, .., S_6` at every point of cell `k`: a Taylor polynomial about its middle, and bounds of
    /// the tails for means beyond all of interest (about 40).
    #[must_use]
    pub fn on(&self, k: i64) -> [Interval; CELL_ORDERS] {
        if k.unsigned_abs() > self.last {
            return tails(self.q, point(k), HALF);
        }
        let coefficients = self.rule.node(k);
        let delta = Interval::symmetric(HALF);
        std::array::from_fn(|j| {
            let terms = COEFFICIENTS - CELL_ORDERS;
            // Σ_(i<terms) c_(j+i) δ^i/i! with even powers that know their sign.
            let mut power = Interval::ONE;
            let mut sum = Interval::ZERO;
            for i in 0..=terms {
                if i > 0 {
                    power = delta.powi(i as i32);
                    for factor in 2..=i {
                        power = power / Interval::point(factor as f64);
                    }
                }
                sum += power
                    * if i < terms {
                        coefficients[j + i]
                    } else {
                        Interval::symmetric(Activation::SIGMOID.bound(j + terms))
                    };
            }
            sum.intersection(everywhere(j))
        })
    }
}
