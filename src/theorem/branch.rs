//! A branch of zeros over an interval of one parameter, in linked pieces.

use super::condition::Condition;
use super::family::{Family, Piece, linked, prove_piece};
use crate::interval::Interval;

/// How a branch is cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BranchLimits {
    /// At most this many pieces.
    pub pieces: usize,
    /// A piece that fails is halved down to this width.
    pub narrowest: f64,
}

impl Default for BranchLimits {
    fn default() -> Self {
        Self {
            pieces: 1_000,
            narrowest: 1e-6,
        }
    }
}

/// Pieces from the beginning of an interval of the parameter, each linked to the one before.
#[derive(Clone, Debug)]
pub struct Branch {
    /// The pieces, ascending in the parameter.
    pub pieces: Vec<Piece>,
    /// Pieces tried.
    pub tried: usize,
    /// Why it ends before the interval does; none if it covers it.
    pub stopped: Option<Stop>,
}

/// Why a branch ends.
#[derive(Clone, Debug, PartialEq)]
pub enum Stop {
    /// No piece could be proved beyond, however narrow: Krawczyk's condition of the last one.
    Condition(Box<Condition>),
    /// A piece was proved, but not that it continues the one before.
    Link,
    /// A piece was proved, but it does not have the property that was asked for.
    Property(String),
    /// The limit on pieces.
    Budget,
}

impl Branch {
    /// Is the whole interval covered, every piece linked to the next?
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.stopped.is_none()
    }

    /// Checks cover and links of pieces as [`prove_piece`] gives them (what each says of itself is believed): do they begin at `range.inf()`, end at
    /// `range.sup()`, share end points, and are they linked there? The first gap otherwise, in words.
    ///
    /// # Errors
    ///
    /// The first gap.
    pub fn check<F: Family + ?Sized>(
        family: &F,
        pieces: &[Piece],
        axis: usize,
        range: Interval,
    ) -> Result<(), String> {
        let at = |piece: &Piece| {
            (piece.parameters.get(axis))
                .copied()
                .unwrap_or(Interval::EMPTY)
        };
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
            return Err("there are no pieces".to_owned());
        };
        let covers = at(first).inf() <= range.inf() && at(last).sup() >= range.sup();
        if !covers {
            return Err(format!(
                "the pieces cover [{:?}, {:?}], not [{:?}, {:?}]",
                at(first).inf(),
                at(last).sup(),
                range.inf(),
                range.sup()
            ));
        }
        for (k, pair) in pieces.windows(2).enumerate() {
            let [left, right] = pair else { continue };
            if at(left).intersection(at(right)).is_empty() {
                return Err(format!(
                    "gap between piece {} and piece {}: nothing is proved on ({:?}, {:?})",
                    k + 1,
                    k + 2,
                    at(left).sup(),
                    at(right).inf()
                ));
            }
            if !linked(family, left, right) {
                return Err(format!(
                    "piece {} is not proved to continue piece {}: the zero they share at {:?} is not in both uniqueness boxes",
                    k + 2,
                    k + 1,
                    at(right).inf()
                ));
            }
        }
        Ok(())
    }
}

/// How the next piece is tried, after one that was proved and after one that was not.
const LONGER: f64 = 1.2;
const SHORTER: f64 = 0.6;

/// Follows the zero near `guess` as the parameter number `axis` runs through `range`; the others stay the intervals they are in `p`.
///
/// Each piece has the property (`accept` says why not), and is linked to the one before; it is tried a little longer than the last one.
pub fn follow<F: Family + ?Sized>(
    family: &F,
    p: &[Interval],
    axis: usize,
    range: Interval,
    guess: &[f64],
    accept: &dyn Fn(&Piece) -> Result<(), String>,
    limits: BranchLimits,
) -> Branch {
    let mut branch = Branch {
        pieces: Vec::new(),
        tried: 0,
        stopped: None,
    };
    let mut from = range.inf();
    let mut width = range.width();
    let mut guess = guess.to_vec();
    loop {
        if branch.pieces.len() >= limits.pieces {
            branch.stopped = Some(Stop::Budget);
            return branch;
        }
        // What would be left over is not worth a piece of its own.
        let to = if from + 1.01 * width >= range.sup() {
            range.sup()
        } else {
            from + width
        };
        let mut part = p.to_vec();
        part[axis] = Interval::from_bounds(from, to);
        branch.tried += 1;
        let trial = prove_piece(family, &part, &guess)
            .map_err(|condition| Stop::Condition(Box::new(condition)))
            .and_then(|piece| match accept(&piece) {
                Ok(()) => Ok(piece),
                Err(why) => Err(Stop::Property(why)),
            })
            .and_then(|piece| match branch.pieces.last() {
                Some(last) if !linked(family, last, &piece) => Err(Stop::Link),
                _ => Ok(piece),
            });
        match trial {
            Ok(piece) => {
                guess = piece.enclosure.iter().map(|x| x.mid()).collect();
                branch.pieces.push(piece);
                if to >= range.sup() {
                    return branch;
                }
                from = to;
                width *= LONGER;
            }
            Err(stop) => {
                width = SHORTER * (to - from);
                if width < limits.narrowest {
                    branch.stopped = Some(stop);
                    return branch;
                }
            }
        }
    }
}
