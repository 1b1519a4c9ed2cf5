//! The theorem for every `(τ, α)` of a box.
//!
//! The box is `τ × α × [0, ρ²]`: a piece that is proved for all its parameters says, for each `(τ, α)`, that the simplified minimum and
//! the exact ones up to `ρ` form one smooth branch. Pieces that share a face are linked across it.

use super::cell::CellProver;
use super::decision::{Decision, within_the_theory};
use super::plane::VARIANCE;
use super::problem::{from_features, speed_upper};
use crate::claim::{Claim, ClaimVerdict};
use crate::interval::Interval;
use crate::model::cosines;
use crate::theorem::{Cover, CoverLimits, Upper, cover};

/// What is proved about a box of parameters.
#[derive(Clone, Debug)]
pub struct RegionEvidence {
    /// The decision.
    pub decision: Decision,
    /// The boxes of `(τ, α, ρ²)`.
    pub cover: Cover,
    /// The hull of all enclosures of the minimum, in `w`.
    pub point: [Interval; 2],
    /// Encloses `|w^(j)|/‖w‖` over all of them.
    pub cosines: [Interval; 2],
    /// Upper bound of `|dw*/d(ρ²)|`: `‖w* - w̃*‖ <= constant ρ²` for each row.
    pub constant: f64,
    /// The share of the box that is proved, refused and left open, by volume: floats.
    pub shares: [f64; 3],
}

/// Boxes examined before the rest is left open.
const LIMITS: CoverLimits = CoverLimits {
    boxes: 20_000,
    depth: 40,
    after_refusal: 3,
};
/// Boxes of `w` for one refusal.
const REFUSAL_BOXES: usize = 400;

impl RegionEvidence {
    /// Covers the claim's box; `progress(boxes examined, limit)`.
    #[must_use]
    pub fn of(claim: &Claim, progress: &(dyn Fn(usize, usize) + Sync)) -> Self {
        Self::within(claim, LIMITS, progress)
    }

    /// The same with other limits.
    #[must_use]
    pub fn within(
        claim: &Claim,
        limits: CoverLimits,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Self {
        let mut evidence = Self {
            decision: Decision::open("", ""),
            cover: Cover::default(),
            point: [Interval::EMPTY; 2],
            cosines: [Interval::ENTIRE; 2],
            constant: f64::INFINITY,
            shares: [0.0, 0.0, 1.0],
        };
        if let Err(decision) = within_the_theory(claim) {
            evidence.decision = decision;
            return evidence;
        }
        let variance = Interval::ZERO.hull(claim.rho_data.sqr());
        let p = [claim.tau, claim.alpha, variance];
        let prover = CellProver::new(claim.family(), claim.weights, REFUSAL_BOXES);
        let covered = cover(
            prover.family(),
            &p,
            &|part| prover.decide(part),
            limits,
            &|examined| progress(examined, limits.boxes),
        );
        let tau_of = |part: &[Interval]| part.first().copied().unwrap_or(claim.tau);
        for piece in &covered.proved {
            let w = from_features(&piece.enclosure, tau_of(&piece.parameters));
            for (all, x) in evidence.point.iter_mut().zip(w) {
                *all = all.hull(x);
            }
        }
        if !covered.proved.is_empty() {
            evidence.cosines = cosines(evidence.point);
            evidence.constant = (covered.proved.iter())
                .map(|piece| speed_upper(prover.family(), piece))
                .fold(0.0, f64::max);
        }
        evidence.shares = shares(&p, &covered);
        evidence.decision = evidence.conclude(&covered);
        if evidence.decision.verdict != ClaimVerdict::Verified {
            // The way from ρ² = 0 may lead through what is not proved.
            evidence.constant = f64::INFINITY;
        }
        evidence.cover = covered;
        evidence
    }

    fn conclude(&self, cover: &Cover) -> Decision {
        let box_of = |p: &[Interval]| {
            let [tau, alpha, variance] = [0, 1, VARIANCE].map(|k| p.get(k).copied());
            let side = |x: Option<Interval>| x.map_or([f64::NAN; 2], |x| [x.inf(), x.sup()]);
            format!(
                "tau in {:?}, alpha in {:?}, rho^2 in {:?}",
                side(tau),
                side(alpha),
                side(variance)
            )
        };
        if let Some(none) = cover.refused.first() {
            return Decision::refused(format!(
                "proved: for {} the objective has no critical point with w^(1) > 0, so the statement does not hold for all \
                 parameters of the box",
                box_of(none)
            ));
        }
        if let Some(open) = cover.open.first() {
            let advice = "the box may touch the pitchfork, where the minima merge with the saddle: take a smaller one";
            return Decision::open(
                format!(
                    "{} boxes of parameters are open ({:.2} % of the volume), the first with {}",
                    cover.open.len(),
                    100.0 * self.shares[2],
                    box_of(open)
                ),
                advice,
            );
        }
        let [touching, linked] = cover.links;
        if touching != linked {
            let reason = format!(
                "the minimum is proved for all parameters, but {} of {touching} pairs of touching boxes are not proved to hold the same one",
                touching - linked
            );
            return Decision::open(reason, "take a smaller box of parameters");
        }
        if !cover.is_proved() || !self.constant.is_finite() {
            let reason = "the distance from the simplified minimum is not bounded";
            return Decision::open(reason, "take a smaller box of parameters");
        }
        Decision::verified(format!(
            "for all parameters of the box the exact (population) objective has a proved local minimum joined to the simplified one \
             by a smooth branch of minima, ‖w* - w~*‖ <= {} rho^2 for each row; {} boxes of parameters, {linked} links",
            Upper(self.constant),
            cover.proved.len()
        ))
    }
}

/// Shares of the volume, in floats; degenerate sides do not count.
fn shares(p: &[Interval], cover: &Cover) -> [f64; 3] {
    let volume = |part: &[Interval]| {
        (part.iter().zip(p))
            .filter(|(_, whole)| whole.width() > 1e-15 * whole.mag())
            .map(|(part, whole)| part.width() / whole.width())
            .product::<f64>()
    };
    let proved = cover
        .proved
        .iter()
        .map(|piece| volume(&piece.parameters))
        .sum();
    let sum = |list: &[Vec<Interval>]| list.iter().map(|part| volume(part)).sum::<f64>();
    [proved, sum(&cover.refused), sum(&cover.open)]
}
