//! Enclosures of `S_0, .., S_6` on whole cells of the grid.

use super::enclosure::tails;
use super::node::{Rule, everywhere};
use super::{CELL_ORDERS, COEFFICIENTS, HALF, last_point, nearest, point};
use crate::gaussian::Activation;
use crate::interval::Interval;

/// Terms of the Taylor polynomials on a cell.
const TERMS: usize = COEFFICIENTS - CELL_ORDERS;

/// `S_0(m, q), .., S_6(m, q)` on cells `|m - k/16| <= 1/32`, for every variance in an interval.
#[derive(Clone, Debug)]
pub struct SmoothedCells {
    q: Interval,
    rule: Rule<Interval>,
    /// `δ^i/i!` on a cell; even powers know their sign.
    powers: [Interval; TERMS + 1],
    last: u64,
}

impl SmoothedCells {
    /// For every non-negative variance in `q`.
    #[must_use]
    pub fn new(q: Interval) -> Self {
        Self {
            q,
            rule: Rule::enclosing(q),
            powers: std::array::from_fn(power),
            last: last_point(q.sup()),
        }
    }

    /// The number of the cell that holds `m`; one number on each side stands for all cells beyond those that are tabulated.
    #[must_use]
    pub fn cell(&self, m: f64) -> i64 {
        let beyond = self.beyond();
        nearest(m).clamp(-beyond, beyond)
    }

    /// The points of cell `k`.
    #[must_use]
    pub fn extent(&self, k: i64) -> Interval {
        let cell = Interval::ball(point(k), HALF);
        if k.unsigned_abs() <= self.last {
            cell
        } else if k > 0 {
            cell + Interval::NON_NEGATIVE
        } else {
            cell - Interval::NON_NEGATIVE
        }
    }

    /// The number of the cell of everything beyond: at most 160 001.
    fn beyond(&self) -> i64 {
        i64::try_from(self.last).unwrap_or(i64::MAX - 1) + 1
    }

    /// Enclosures of `S_0, .., S_6` at every point of cell `k`: a Taylor polynomial about its middle, and bounds of
    /// the tails for means beyond all of interest (about 40); these bounds fall with `|m|`.
    #[must_use]
    pub fn on(&self, k: i64) -> [Interval; CELL_ORDERS] {
        if k.unsigned_abs() > self.last {
            return tails(self.q, point(k), HALF);
        }
        let coefficients = self.rule.node(k);
        std::array::from_fn(|j| {
            let rest = Interval::symmetric(Activation::SIGMOID.bound(j + TERMS));
            let mut sum = self.powers[TERMS] * rest;
            for i in (0..TERMS).rev() {
                sum += self.powers[i] * coefficients[j + i];
            }
            sum.intersection(everywhere(j))
        })
    }
}

/// `δ^i/i!` for `|δ| <= 1/32`.
fn power(i: usize) -> Interval {
    let power = Interval::symmetric(HALF).powi(i as i32);
    (2..=i).fold(power, |power, k| power / Interval::point(k as f64))
}
