//! All zeros of a system in a box, by branch and bound.
//!
//! A box is settled when 0 is not in `F` of it, when Krawczyk's operator proves that it has
//! no zero or exactly one, or when it lies in the uniqueness box of a zero already
//! proved. Otherwise it is halved. A zero on the common face of two halves is
//! no obstacle: it is proved from a float guess, with a uniqueness box across the face.

use nalgebra::DVector;

use super::boxes::{disjoint, halves, inside, inside_strictly};
use super::krawczyk::{Existence, apply_points, nothing, operator};
use super::system::System;
use super::verdict::Verdict;
use super::zero::{
    ZeroProof, contract, newton_approx_within, prove_zero_tightly, uniqueness_box_to,
};
use crate::interval::Interval;
use crate::interval::linalg::apply;

/// When to give up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SearchLimits {
    /// At most this many boxes are examined.
    pub boxes: usize,
    /// A box none of whose sides is wider is not halved.
    pub smallest: f64,
}

impl Default for SearchLimits {
    fn default() -> Self {
        Self {
            boxes: 100_000,
            smallest: 1e-8,
        }
    }
}

/// The outcome of a search for all zeros.
#[derive(Clone, Debug)]
pub struct AllZeros {
    /// Proved zeros in the interior of the region, pairwise different, in lexicographic order.
    pub zeros: Vec<ZeroProof>,
    /// Boxes about which nothing is proved. **If there are none, `zeros` are all of them.**
    pub undecided: Vec<Vec<Interval>>,
    /// How many boxes were examined.
    pub examined: usize,
}

impl AllZeros {
    /// Are `zeros` proved to be all zeros in the region?
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.undecided.is_empty()
    }
}

/// Searches a bounded region for all zeros.
///
/// Zeros on the edge of the region, multiple zeros and whatever the limits cut off end in
/// [`AllZeros::undecided`], and so does a region that is empty or unbounded.
///
/// # Panics
///
/// If the length of `region` is not the dimension of the system.
pub fn all_zeros<S: System + ?Sized>(
    system: &S,
    region: &[Interval],
    limits: SearchLimits,
) -> AllZeros {
    assert_eq!(region.len(), system.dimension(), "dimension of the region");
    let mut search = Search {
        system,
        zeros: Vec::new(),
        undecided: Vec::new(),
    };
    let mut examined = 0;
    let mut stack = vec![region.to_vec()];
    if !region.iter().all(|c| c.is_bounded()) {
        search.undecided.append(&mut stack);
    }
    while let Some(x) = stack.pop() {
        if examined >= limits.boxes {
            search.undecided.push(x);
            continue;
        }
        examined += 1;
        if let Some(rest) = search.examine(x) {
            if rest.iter().any(|c| c.width() > limits.smallest) {
                stack.extend(halves(&rest));
            } else {
                search.undecided.push(rest);
            }
        }
    }
    search.finish(region, examined)
}

/// Uniqueness boxes are searched to within this factor: each step costs as much as a box examined.
const COARSE: f64 = 2.0;

struct Search<'a, S: ?Sized> {
    system: &'a S,
    zeros: Vec<ZeroProof>,
    undecided: Vec<Vec<Interval>>,
}

impl<S: System + ?Sized> Search<'_, S> {
    /// What is left of a box to be halved; `None` if it is settled.
    fn examine(&mut self, x: Vec<Interval>) -> Option<Vec<Interval>> {
        let excludes = |value: &DVector<Interval>| {
            value.len() == x.len() && value.iter().any(|f| !f.is_empty() && !f.contains(0.0))
        };
        if excludes(&self.system.value(&x)) || self.is_known(&x) {
            return None;
        }
        let middle: Vec<Interval> = x.iter().map(|c| Interval::point(c.mid())).collect();
        let (at_middle, jacobian) = (self.system.value(&middle), self.system.jacobian(&x));
        if jacobian.shape() == (x.len(), x.len()) && at_middle.len() == x.len() {
            let offset = DVector::from_fn(x.len(), |i, _| x[i] - middle[i]);
            if excludes(&(&at_middle + apply(&jacobian, &offset))) {
                return None;
            }
        }
        let trial =
            operator(&x, &jacobian, |y| apply_points(y, &at_middle)).unwrap_or_else(nothing);
        match trial.existence {
            Existence::None => return None,
            Existence::Unique => {
                let enclosure = contract(self.system, trial.image);
                let proof = ZeroProof {
                    uniqueness: uniqueness_box_to(self.system, &enclosure, COARSE),
                    enclosure,
                    verdict: Verdict::ProvedZero,
                    eigenvalues: None,
                    condition: trial.condition,
                };
                self.record(proof);
                return None;
            }
            Existence::Open => {}
        }
        let mut rest = x;
        for (x, k) in rest.iter_mut().zip(&trial.image) {
            // All zeros in the box lie in the image as well, and the two do meet.
            *x = x.intersection(*k);
        }
        self.try_guess(&rest);
        (!self.is_known(&rest)).then_some(rest)
    }

    /// The only zero such a box can have is recorded.
    fn is_known(&self, x: &[Interval]) -> bool {
        self.zeros.iter().any(|z| inside(x, &z.uniqueness))
    }

    /// Proves the zero that Newton's iteration finds in or near the box, if it is new.
    fn try_guess(&mut self, x: &[Interval]) {
        let middle: Vec<f64> = x.iter().map(|c| c.mid()).collect();
        // The first steps may leave the neighbourhood, but not go far astray, where a value may be costly.
        let inside = |step: usize, end: &[f64]| {
            let reach = if step < 3 { 6.0 } else { 1.5 };
            (x.iter().zip(end)).all(|(c, &e)| (e - c.mid()).abs() <= reach * c.rad())
        };
        let Some(end) = newton_approx_within(self.system, &middle, &inside) else {
            return;
        };
        let known = |z: &ZeroProof| z.uniqueness.iter().zip(&end).all(|(u, &e)| u.contains(e));
        if !self.zeros.iter().any(known) {
            let mut proof = prove_zero_tightly(self.system, &end);
            if proof.verdict.is_proved() {
                proof.uniqueness = uniqueness_box_to(self.system, &proof.enclosure, COARSE);
                self.record(proof);
            }
        }
    }

    fn record(&mut self, proof: ZeroProof) {
        let same = |z: &ZeroProof| {
            inside(&proof.enclosure, &z.uniqueness) || inside(&z.enclosure, &proof.uniqueness)
        };
        if self.zeros.iter().any(same) {
            return;
        }
        if self
            .zeros
            .iter()
            .all(|z| disjoint(&proof.enclosure, &z.enclosure))
        {
            self.zeros.push(proof);
        } else {
            // The same zero or another: not to be counted.
            self.undecided.push(proof.enclosure);
        }
    }

    /// Keeps the zeros of the interior; one that may lie on the edge is undecided.
    fn finish(mut self, region: &[Interval], examined: usize) -> AllZeros {
        let mut zeros = Vec::new();
        for proof in self.zeros {
            if inside_strictly(&proof.enclosure, region) {
                zeros.push(proof);
            } else if !disjoint(&proof.enclosure, region) {
                self.undecided.push(proof.enclosure);
            }
        }
        zeros.sort_by(|a, b| {
            let key = |z: &ZeroProof| z.enclosure.iter().map(|c| c.mid()).collect::<Vec<_>>();
            key(a)
                .partial_cmp(&key(b))
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        AllZeros {
            zeros,
            undecided: self.undecided,
            examined,
        }
    }
}
