//! A box of parameters cut into pieces, each decided for all its parameters.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::family::{Family, Piece, linked};
use crate::interval::Interval;

/// What is proved for every parameter of a box.
#[derive(Clone, Debug)]
pub enum Answer {
    /// There is the zero, and it has the property.
    Proved(Box<Piece>),
    /// There is none.
    Refused,
    /// Neither is proved; across which axis the box is best halved.
    Open(usize),
}

/// When the halving ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CoverLimits {
    /// At most about this many boxes are examined.
    pub boxes: usize,
    /// A box is not halved more often than this.
    pub depth: usize,
    /// Once a box is refused, so many generations more: enough to show where, if one is enough to decide.
    pub after_refusal: usize,
}

/// A box of parameters, cut into boxes with their answers.
#[derive(Clone, Debug, Default)]
pub struct Cover {
    /// Boxes for whose every parameter the zero is proved.
    pub proved: Vec<Piece>,
    /// Boxes for none of whose parameters there is one.
    pub refused: Vec<Vec<Interval>>,
    /// The rest.
    pub open: Vec<Vec<Interval>>,
    /// Boxes examined.
    pub examined: usize,
    /// Pairs of proved boxes that touch, and how many of them are proved to be linked.
    pub links: [usize; 2],
}

impl Cover {
    /// Is the zero proved for every parameter, one and the same across all cuts?
    #[must_use]
    pub fn is_proved(&self) -> bool {
        self.open.is_empty()
            && self.refused.is_empty()
            && !self.proved.is_empty()
            && self.links[0] == self.links[1]
    }

    /// Is it proved that there is none, for every parameter?
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.open.is_empty() && self.proved.is_empty() && !self.refused.is_empty()
    }
}

/// Halves `p` until every part is decided or the limits are reached; the parts of one generation are decided in parallel, and
/// the result does not depend on the number of threads.
///
/// `progress(boxes examined)` is told about each box.
pub fn cover<F: Family + ?Sized>(
    family: &F,
    p: &[Interval],
    decide: &(dyn Fn(&[Interval]) -> Answer + Sync),
    limits: CoverLimits,
    progress: &(dyn Fn(usize) + Sync),
) -> Cover {
    let mut cover = Cover::default();
    let mut generation = vec![p.to_vec()];
    let count = AtomicUsize::new(0);
    let mut deepest = limits.depth;
    for depth in 0..=limits.depth {
        let answers: Vec<Answer> = generation
            .par_iter()
            .map(|part| {
                let answer = decide(part);
                progress(count.fetch_add(1, Ordering::Relaxed) + 1);
                answer
            })
            .collect();
        cover.examined += generation.len();
        let refused_before = cover.refused.len();
        let mut undecided = Vec::new();
        for (part, answer) in generation.drain(..).zip(answers) {
            match answer {
                Answer::Proved(piece) => cover.proved.push(*piece),
                Answer::Refused => cover.refused.push(part),
                Answer::Open(axis) => undecided.push((part, axis)),
            }
        }
        if cover.refused.len() > refused_before && refused_before == 0 {
            deepest = limits.depth.min(depth + limits.after_refusal);
        }
        let affordable = depth < deepest && cover.examined + 2 * undecided.len() <= limits.boxes;
        for (part, axis) in undecided {
            match halves(&part, axis) {
                Some(both) if affordable => generation.extend(both),
                _ => cover.open.push(part),
            }
        }
        if generation.is_empty() {
            break;
        }
    }
    cover.links = links(family, &cover.proved);
    cover
}

/// How many pairs of pieces touch, and how many of those are linked.
///
/// Boxes that tile a box and share a face or a part of one are linked across it; where all are, the zeros form one continuous sheet.
fn links<F: Family + ?Sized>(family: &F, pieces: &[Piece]) -> [usize; 2] {
    let pairs: Vec<(usize, usize)> = (0..pieces.len())
        .flat_map(|i| (0..i).map(move |j| (i, j)))
        .filter(|&(i, j)| share_a_face(&pieces[i], &pieces[j]))
        .collect();
    let proved = (pairs.par_iter())
        .filter(|&&(i, j)| linked(family, &pieces[i], &pieces[j]))
        .count();
    [pairs.len(), proved]
}

/// Is the common part a face, not only an edge or a corner of it?
fn share_a_face(a: &Piece, b: &Piece) -> bool {
    let Some(shared) = a.shared(b) else {
        return false;
    };
    let cut = shared.iter().zip(&a.parameters).zip(&b.parameters);
    let thin = cut
        .filter(|((s, a), b)| s.is_point() && !a.is_point() && !b.is_point())
        .count();
    thin <= 1
}

/// Both halves across an axis; none if it cannot be halved.
fn halves(part: &[Interval], axis: usize) -> Option<[Vec<Interval>; 2]> {
    let side = *part.get(axis)?;
    let cut = side.mid();
    let inside = side.inf() < cut && cut < side.sup();
    inside.then(|| {
        let half = |lo, hi| {
            let mut half = part.to_vec();
            half[axis] = Interval::from_bounds(lo, hi);
            half
        };
        [half(side.inf(), cut), half(cut, side.sup())]
    })
}
