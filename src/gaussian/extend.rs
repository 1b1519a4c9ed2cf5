//! From a point to a box: mean value forms, from the highest order down.

use super::activation::Activation;
use super::table::{MomentTable, pairs};
use crate::interval::Interval;
use crate::interval::rounding::mul_up;

/// How far a box reaches from the point: `m - m_c`, `p - p_c`, `q - q_c`.
#[derive(Clone, Copy, Debug)]
pub struct Offsets {
    /// `m - m_c`.
    pub m: Interval,
    /// `p - p_c`.
    pub p: Interval,
    /// `q - q_c`.
    pub q: Interval,
}

/// Enclosures of `M_ij` over the box from those at its centre.
///
/// `M_ij(box) ⊂ M_ij(c) + ∂_m M δm + ∂_p M δp + ∂_q M δq` with the derivatives over the
/// box (theory: `∂_m M_ij = M_(i+1,j) + M_(i,j+1)`, `∂_p = ½(x + y)²`, `∂_q = ½(x² + y²)` where
/// `x^i y^j` stands for `M_ij`), beyond the table's order by the global bounds
/// `|M_ij| <= sup|φ^(i)| sup|φ^(j)|`. Each order above the one wanted adds an order to the remainder.
#[must_use]
pub fn extend(
    activation: &Activation,
    centre: &MomentTable<Interval>,
    offsets: Offsets,
) -> MomentTable<Interval> {
    extend_with(activation, centre, None, offsets)
}

/// The same where enclosures `on_box` for the whole box are known already: each entry is the intersection of both.
#[must_use]
pub fn extend_with(
    activation: &Activation,
    centre: &MomentTable<Interval>,
    on_box: Option<&MomentTable<Interval>>,
    offsets: Offsets,
) -> MomentTable<Interval> {
    let order = centre.order();
    let mut table = *centre;
    let moves_variance = offsets.p != Interval::ZERO || offsets.q != Interval::ZERO;
    let half = Interval::point(0.5);
    let mut descending: Vec<_> = pairs(order).collect();
    descending.reverse();
    for (i, j) in descending {
        let bound = |a: usize, b: usize| {
            Interval::symmetric(mul_up(activation.bound(a), activation.bound(b)))
        };
        // Entries of higher order are already those of the box.
        let over_box = |a: usize, b: usize| {
            if a + b <= order {
                table.get(a, b)
            } else {
                bound(a, b)
            }
        };
        let mut value = centre.get(i, j);
        if offsets.m != Interval::ZERO {
            value += (over_box(i + 1, j) + over_box(i, j + 1)) * offsets.m;
        }
        if moves_variance {
            let pure = half * (over_box(i + 2, j) + over_box(i, j + 2));
            value += (pure + over_box(i + 1, j + 1)) * offsets.p + pure * offsets.q;
        }
        if let Some(on_box) = on_box {
            value = value.intersection(on_box.get(i, j));
        }
        table.set(i, j, value.intersection(bound(i, j)));
    }
    table
}
