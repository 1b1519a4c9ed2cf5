//! What is known about one cell.

use serde::{Deserialize, Serialize};

use super::grid::Cell;
use super::parameters::Parameters;
use crate::batch::float;
use crate::claim::family::CellProver;
use crate::interval::Interval;
use crate::theorem::{Answer, Cover, CoverLimits, Piece, cover};

/// How cells are decided; raised by every change that can change a record.
pub const METHOD: u32 = 1;

/// Boxes of `z` for one refusal.
const REFUSAL_BOXES: usize = 3000;
/// No box is halved more often.
const DEPTH: usize = 40;
/// The budget of a cell at whose corners floats find no minimum: a refusal costs much, and one that fails on four generations of halves
/// mostly fails on more.
const REFUSAL_BUDGET: usize = 15;
/// The budget of a cell at whose corners floats find different answers, where no whole answer is expected.
const MIXED_BUDGET: usize = 64;

/// What is proved about a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellAnswer {
    /// For *every* parameter of the cell there is a local minimum with `w^(1), w^(2) > 0`, one smooth sheet of them over the cell.
    Proved,
    /// For *no* parameter of the cell is there a critical point with `w^(1) > 0`.
    Refused,
    /// Neither is proved.
    Open,
}

impl CellAnswer {
    /// All of them, in the order of every table.
    pub const ALL: [Self; 3] = [Self::Proved, Self::Refused, Self::Open];

    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proved => "proved",
            Self::Refused => "refused",
            Self::Open => "open",
        }
    }
}

/// Why a cell is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// A minimum is proved for some parameters of the cell and refused for others: no whole answer exists.
    Both,
    /// The boxes that are left are not decided, and the budget is spent.
    Budget,
    /// A minimum is proved for all parameters, but not that it is the same one across all cuts.
    Links,
}

impl Obstacle {
    /// All of them, in the order of every table.
    pub const ALL: [Self; 3] = [Self::Both, Self::Budget, Self::Links];

    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Budget => "budget",
            Self::Links => "links",
        }
    }

    /// In words.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Both => {
                "both: proved for some of its parameters and refused for others, so the pitchfork runs through it"
            }
            Self::Budget => "budget: boxes are left undecided",
            Self::Links => "links: proved for all of its parameters, but not as one sheet",
        }
    }
}

/// What is known about a cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CellRecord {
    /// What is proved about all of it.
    pub answer: CellAnswer,
    /// Boxes of parameters for which the minimum is proved, refused, left open (points of the cell among them).
    pub boxes: [u64; 3],
    /// Boxes examined.
    pub examined: u64,
    /// Pairs of proved boxes that touch, and how many of them are proved to be linked.
    pub links: [u64; 2],
    /// The hull of the enclosures of `w^(1)` and `w^(2)`, over the proved parts.
    #[serde(with = "float")]
    pub w: Option<[[f64; 2]; 2]>,
    /// Why the cell is open.
    pub obstacle: Option<Obstacle>,
}

/// The prover of [`record`].
#[must_use]
pub fn prover() -> CellProver {
    CellProver::paper(REFUSAL_BOXES)
}

/// Decides a cell.
///
/// Floats look at the four corners first. Where they find a minimum at some and none at others, both are proved at such corners, if
/// possible: then the cell has no whole answer, and no time is spent on it. Everywhere else the cell is covered.
#[must_use]
pub fn record(parameters: &Parameters, cell: Cell, prover: &CellProver) -> CellRecord {
    let p = parameters.parameters_of(cell);
    let budget = usize::try_from(parameters.budget).unwrap_or(usize::MAX);
    let corners = corners(&p);
    let there: Vec<bool> = corners.iter().map(|c| prover.guess(c).is_some()).collect();
    let place = |wanted: bool| there.iter().position(|&it| it == wanted);
    let (Some(with), Some(without)) = (place(true), place(false)) else {
        let limit = if there.contains(&true) {
            budget
        } else {
            budget.min(REFUSAL_BUDGET)
        };
        return covered(prover, &p, limit);
    };
    match (
        prover.decide(&corners[with]),
        prover.decide(&corners[without]),
    ) {
        (Answer::Proved(piece), Answer::Refused) => CellRecord {
            answer: CellAnswer::Open,
            boxes: [1, 1, 0],
            examined: 2,
            links: [0, 0],
            w: hull(std::slice::from_ref(&*piece)),
            obstacle: Some(Obstacle::Both),
        },
        _ => covered(prover, &p, budget.min(MIXED_BUDGET)),
    }
}

fn covered(prover: &CellProver, p: &[Interval], boxes: usize) -> CellRecord {
    let limits = CoverLimits {
        boxes,
        depth: DEPTH,
        after_refusal: DEPTH,
    };
    let cover = cover(
        prover.family(),
        p,
        &|part| prover.decide(part),
        limits,
        &|_| {},
    );
    let answer = match (cover.is_proved(), cover.is_refused()) {
        (true, _) => CellAnswer::Proved,
        (_, true) => CellAnswer::Refused,
        _ => CellAnswer::Open,
    };
    CellRecord {
        answer,
        boxes: [cover.proved.len(), cover.refused.len(), cover.open.len()].map(|n| n as u64),
        examined: cover.examined as u64,
        links: cover.links.map(|n| n as u64),
        w: hull(&cover.proved),
        obstacle: (answer == CellAnswer::Open).then(|| obstacle(&cover)),
    }
}

fn obstacle(cover: &Cover) -> Obstacle {
    if !cover.proved.is_empty() && !cover.refused.is_empty() {
        Obstacle::Both
    } else if cover.open.is_empty() {
        Obstacle::Links
    } else {
        Obstacle::Budget
    }
}

/// The corners of a box of parameters, each a point of it.
fn corners(p: &[Interval; 3]) -> Vec<[Interval; 3]> {
    // A number known to some units in the last place has one end only, as far as floats are concerned.
    let ends = |x: Interval| {
        let both = [x.inf(), x.sup()].map(Interval::point);
        let count = if x.width() > 1e-12 * x.mag() { 2 } else { 1 };
        both.into_iter().take(count)
    };
    let mut corners = vec![];
    for tau in ends(p[0]) {
        for alpha in ends(p[1]) {
            for variance in ends(p[2]) {
                corners.push([tau, alpha, variance]);
            }
        }
    }
    corners
}

/// The hull of the enclosures of `w = (z_1, z_2/τ)`.
fn hull(pieces: &[Piece]) -> Option<[[f64; 2]; 2]> {
    let mut all = [Interval::EMPTY; 2];
    for piece in pieces {
        let (&[z1, z2], &tau) = (piece.enclosure.first_chunk()?, piece.parameters.first()?);
        all = [all[0].hull(z1), all[1].hull(z2 / tau)];
    }
    (!pieces.is_empty()).then(|| all.map(|x| [x.inf(), x.sup()]))
}
