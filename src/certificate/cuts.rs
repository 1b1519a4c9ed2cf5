//! Rectangles cut in halves until nothing is open, as the checker reads them.

use crate::interval::Interval;
use crate::interval::linalg::apply;
use crate::theorem::System;
use nalgebra::DVector;

/// Parts examined before a certificate is given up.
const MOST_PARTS: usize = 60_000;

/// A number a little above `x` with few binary digits, so that middles of middles are exact.
pub(super) fn rounded_up(x: f64) -> f64 {
    (1.01 * x * 1024.0).ceil() / 1024.0
}

/// The tree of cuts of `whole`, whose ends have few digits: `settle` says with which sign a part ends, if it is settled; otherwise it is halved
/// across its longer side. None if too many parts were examined.
pub(super) fn cuts(
    whole: [Interval; 2],
    settle: &dyn Fn([Interval; 2]) -> Option<char>,
) -> Option<String> {
    let mut tree = String::new();
    let mut stack = vec![whole];
    let mut examined = 0;
    while let Some(part) = stack.pop() {
        examined += 1;
        if examined > MOST_PARTS {
            return None;
        }
        if let Some(sign) = settle(part) {
            tree.push(sign);
            continue;
        }
        let axis = usize::from(part[1].width() > part[0].width());
        let (lo, hi) = (part[axis].inf(), part[axis].sup());
        let middle = 0.5 * (lo + hi);
        let (mut first, mut second) = (part, part);
        first[axis] = Interval::new(lo, middle).ok()?;
        second[axis] = Interval::new(middle, hi).ok()?;
        tree.push(if axis == 0 { '0' } else { '1' });
        stack.extend([second, first]);
    }
    Some(tree)
}

/// Can a component of the system not vanish on the box, as it is or in the mean value form?
pub(super) fn misses_zero<S: System + ?Sized>(system: &S, x: [Interval; 2]) -> bool {
    let misses = |value: &DVector<Interval>| value.iter().any(|f| f.mig() > 0.0);
    if misses(&system.value(&x)) {
        return true;
    }
    let middle = x.map(|x| Interval::point(x.mid()));
    let offset = DVector::from_fn(2, |i, _| x[i] - middle[i]);
    misses(&(system.value(&middle) + apply(&system.jacobian(&x), &offset)))
}
