//! The branch of minima from the simplified objective to the exact one, and how far it goes.

use super::decision::{Decision, within_the_theory};
use super::plane::VARIANCE;
use super::problem::{from_features, minimum_in_floats, speed_upper, uniqueness_of};
use crate::claim::{Claim, ClaimVerdict};
use crate::interval::Interval;
use crate::theorem::{
    Branch, BranchLimits, Lower, Piece, Stop, Upper, follow, linked, prove_piece,
};

/// One piece of the branch.
#[derive(Clone, Debug)]
pub struct BranchRow {
    /// `ρ²` of the piece.
    pub variance: Interval,
    /// Encloses `w*` for every `ρ²` of the piece.
    pub point: [Interval; 2],
    /// For every `ρ²` of the piece `w*` is the only critical point of `R^d` whose first two coordinates lie here.
    pub uniqueness: [Interval; 2],
    /// Lower bound of the Hessian's smaller eigenvalue in the coordinates `(w^(1), τ w^(2))`.
    pub smallest_eigenvalue: f64,
    /// Upper bound of `|dw*/d(ρ²)|`.
    pub speed: f64,
}

/// What is proved about the branch.
#[derive(Clone, Debug)]
pub struct BranchEvidence {
    /// The decision.
    pub decision: Decision,
    /// The pieces up to the claim's `ρ²`, each linked to the one before.
    pub rows: Vec<BranchRow>,
    /// How many pieces were tried.
    pub tried: usize,
    /// Encloses `w̃*`.
    pub simplified: Option<[Interval; 2]>,
    /// Upper bound of `|dw*/d(ρ²)|` over the branch.
    pub constant: f64,
    /// The pieces beyond the claim's `ρ²`.
    pub beyond: Vec<BranchRow>,
    /// Lower bound of the largest `ρ` that the branch is proved to reach.
    pub reach: f64,
    /// What stops it there, in words.
    pub stopped_by: String,
}

/// Pieces tried beyond the claim's noise, to say how far the branch goes.
const BEYOND: usize = 120;
/// Nothing is asked beyond this `ρ²`.
const LARGEST: f64 = 4.0;

impl BranchEvidence {
    /// Follows the branch of the claim to its noise and beyond.
    #[must_use]
    pub fn of(claim: &Claim) -> Self {
        Self::within(claim, BEYOND)
    }

    /// The same with a limit on the pieces beyond the claim's noise.
    #[must_use]
    pub fn within(claim: &Claim, beyond: usize) -> Self {
        let mut evidence = Self {
            decision: Decision::open("", ""),
            rows: Vec::new(),
            tried: 0,
            simplified: None,
            constant: f64::INFINITY,
            beyond: Vec::new(),
            reach: 0.0,
            stopped_by: String::new(),
        };
        if let Err(decision) = within_the_theory(claim) {
            evidence.decision = decision;
            return evidence;
        }
        let family = claim.family();
        let p = [claim.tau, claim.alpha, Interval::ZERO];
        let Some(guess) = minimum_in_floats(claim.weights, &p) else {
            let reason = "no minimum of the simplified objective with w^(1) > 0 was found";
            evidence.decision = Decision::open(reason, "decide the claim for one d first");
            return evidence;
        };
        let accept = |piece: &Piece| family.is_minimum(piece).map(drop);
        let target = claim.rho_data.sqr();
        let follow_to = |range: Interval, guess: &[f64], limits: BranchLimits| {
            follow(&family, &p, VARIANCE, range, guess, &accept, limits)
        };
        let range = Interval::ZERO.hull(Interval::point(target.sup()));
        let branch = follow_to(range, &guess, BranchLimits::default());
        let checked = Branch::check(&family, &branch.pieces, VARIANCE, range);
        let row = |piece: &Piece| BranchRow {
            variance: piece.parameters[VARIANCE],
            point: from_features(&piece.enclosure, claim.tau),
            uniqueness: uniqueness_of(piece),
            smallest_eigenvalue: family.eigenvalues(piece)[0].inf(),
            speed: speed_upper(&family, piece),
        };
        evidence.tried = branch.tried;
        evidence.rows = branch.pieces.iter().map(row).collect();
        evidence.constant = (evidence.rows.iter())
            .map(|row| row.speed)
            .fold(0.0, f64::max);
        // The simplified minimum is the beginning of the first piece, not another one near it.
        evidence.simplified = prove_piece(&family, &p, &guess)
            .ok()
            .filter(|piece| {
                (branch.pieces.first()).is_some_and(|first| linked(&family, piece, first))
            })
            .map(|piece| from_features(&piece.enclosure, claim.tau));
        let mut last = branch.pieces.last().cloned();
        let mut stop = branch.stopped.clone();
        if branch.is_complete()
            && let Some(end) = &last
        {
            let guess: Vec<f64> = end.enclosure.iter().map(|x| x.mid()).collect();
            let range = Interval::new(target.sup(), LARGEST).unwrap_or(Interval::EMPTY);
            let further = follow_to(
                range,
                &guess,
                BranchLimits {
                    pieces: beyond,
                    ..BranchLimits::default()
                },
            );
            // The first of them must continue the last of those before.
            let joined = (further.pieces.first()).is_some_and(|first| linked(&family, end, first));
            if joined {
                evidence.beyond = further.pieces.iter().map(row).collect();
                last = further.pieces.last().cloned();
                stop = further.stopped;
            } else {
                stop = further.stopped.or(Some(Stop::Link));
            }
        }
        if let Some(last) = &last {
            let end = Interval::point(last.parameters[VARIANCE].sup());
            evidence.reach = end.sqrt().inf();
        }
        evidence.stopped_by =
            stopped_by(stop.as_ref(), evidence.rows.last(), evidence.beyond.last());
        evidence.decision = evidence.conclude(checked);
        if evidence.decision.verdict != ClaimVerdict::Verified {
            // Of a part of the branch nothing is said about the claim's distance.
            evidence.constant = f64::INFINITY;
        }
        evidence
    }

    fn conclude(&self, checked: Result<(), String>) -> Decision {
        match checked {
            Err(why) => Decision::open(
                format!("the branch is not proved up to the claim's noise: {why}"),
                "a smaller rho: the branch is proved up to the one stated",
            ),
            Ok(()) if self.constant.is_finite() && self.simplified.is_some() => {
                Decision::verified(format!(
                    "w* is joined to w~* by a smooth branch of local minima over rho^2 in [0, rho(d)^2], {} linked pieces; \
                     ‖w* - w~*‖ <= {} rho^2 for each row along it",
                    self.rows.len(),
                    Upper(self.constant)
                ))
            }
            Ok(()) => Decision::open(
                "the speed along the branch is not bounded",
                "refine the branch",
            ),
        }
    }
}

fn stopped_by(stop: Option<&Stop>, last: Option<&BranchRow>, beyond: Option<&BranchRow>) -> String {
    let there = match beyond.or(last) {
        Some(row) => format!(
            "the Hessian's smaller eigenvalue is at least {} on the last piece",
            Lower(row.smallest_eigenvalue)
        ),
        None => "no piece was proved".to_owned(),
    };
    match stop {
        None => "nothing: the end of the range asked for".to_owned(),
        Some(Stop::Budget) => format!("the limit on pieces; {there}"),
        Some(Stop::Link) => format!("a link that is not proved; {there}"),
        Some(Stop::Property(why)) => format!("{why}; {there}"),
        Some(Stop::Condition(condition)) => format!(
            "Krawczyk's condition fails on every piece, however short (left side {:.3}); {there}",
            condition.left
        ),
    }
}
