//! Boxes: slices of intervals.

use crate::interval::Interval;

/// The box whose only point is `x`.
pub(super) fn points(x: &[f64]) -> Vec<Interval> {
    x.iter().map(|&x| Interval::point(x)).collect()
}

/// Is every point of `x` in `other`? (Not of an empty list of sides.)
pub(super) fn inside(x: &[Interval], other: &[Interval]) -> bool {
    !x.is_empty() && x.len() == other.len() && x.iter().zip(other).all(|(a, b)| a.subset_of(*b))
}

/// Is every point of `x` in the interior of `other`?
pub(super) fn inside_strictly(x: &[Interval], other: &[Interval]) -> bool {
    inside(x, other) && x.iter().zip(other).all(|(a, b)| a.interior_of(*b))
}

/// Have the boxes no common point?
pub(super) fn disjoint(x: &[Interval], other: &[Interval]) -> bool {
    x.iter()
        .zip(other)
        .any(|(a, b)| a.intersection(*b).is_empty())
}

/// Both halves of a box, cut across its widest side.
pub(super) fn halves(part: &[Interval]) -> [Vec<Interval>; 2] {
    let mut widest = 0;
    for i in 1..part.len() {
        if part[i].width() > part[widest].width() {
            widest = i;
        }
    }
    let mut both = [part.to_vec(), part.to_vec()];
    if let Some(side) = part.get(widest) {
        let cut = side.mid();
        both[0][widest] = Interval::from_bounds(side.inf(), cut);
        both[1][widest] = Interval::from_bounds(cut, side.sup());
    }
    both
}
