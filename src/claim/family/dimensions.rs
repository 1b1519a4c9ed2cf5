//! The statement for every dimension from one on, with the published noise `ρ = d^(-3/2)`.
//!
//! `ℓ` in the plane depends on `d` through `ρ²` alone. A branch over `ρ² ∈ [0, ρ(N)²]` in linked pieces is therefore a proof for every
//! `d >= N`; its first piece `[0, ρ(d0)²]` holds all `d >= d0` at once. The smaller dimensions get tight enclosures of their own.

use super::decision::{Decision, within_the_theory};
use super::plane::{PlaneFamily, VARIANCE};
use super::problem::{from_features, minimum_in_floats, speed_upper, uniqueness_of};
use crate::claim::{Claim, ClaimVerdict};
use crate::interval::Interval;
use crate::model::cosines;
use crate::theorem::{Branch, BranchLimits, Piece, Upper, follow, linked, prove_piece};

/// The minimum with `w^(1) > 0` for one dimension, or for one and all larger ones.
#[derive(Clone, Debug)]
pub struct DimensionRow {
    /// The smallest dimension.
    pub from: u64,
    /// Is it every dimension from there on, or this one only?
    pub and_all_larger: bool,
    /// `ρ²`, enclosed; it reaches down to 0 for all larger ones.
    pub variance: Interval,
    /// Encloses `(w*^(1), w*^(2))`; the other coordinates are exactly 0.
    pub point: [Interval; 2],
    /// `w*` is the only critical point of `R^d` whose first two coordinates lie here.
    pub uniqueness: [Interval; 2],
    /// Encloses `|w^(j)|/‖w‖`.
    pub cosines: [Interval; 2],
    /// Encloses the eigenvalues of the Hessian in the coordinates `(w^(1), τ w^(2))`: both are positive.
    pub eigenvalues: [Interval; 2],
    /// Upper bound of `‖w* - w̃*‖` for one row.
    pub distance: f64,
    /// Is the minimum proved to be the one on the branch from `w̃*`?
    pub linked: bool,
}

/// What is proved about every dimension from `from` on.
#[derive(Clone, Debug)]
pub struct EveryDimension {
    /// The decision.
    pub decision: Decision,
    /// The smallest dimension.
    pub from: u64,
    /// Encloses the simplified minimum `w̃*`.
    pub simplified: Option<[Interval; 2]>,
    /// One row for each small dimension, and one for all `d >= d0`.
    pub rows: Vec<DimensionRow>,
    /// Linked pieces over `[0, ρ(from)²]`, the first over `[0, ρ(d0)²]`.
    pub pieces: Vec<Piece>,
    /// Upper bound of `|dw*/d(ρ²)|` over all pieces: `‖w* - w̃*‖ <= constant ρ²` for a row.
    pub constant: f64,
    /// The same over the first piece, for `d >= d0`.
    pub constant_large: f64,
    /// Lower bounds of `w*^(1)` and `w*^(2)` for all dimensions.
    pub coefficients: [f64; 2],
    /// Lower bounds of `|w^(1)|/‖w‖` and `|w^(2)|/‖w‖` for all dimensions.
    pub cosines: [f64; 2],
}

/// The largest first dimension that is tried for the one certificate of all larger ones.
const LARGEST_FIRST: u64 = 1_000;

impl EveryDimension {
    /// The smallest `d0` for which one certificate holds for all `d >= d0`.
    #[must_use]
    pub fn all_larger_from(&self) -> Option<u64> {
        (self.rows.iter()).find_map(|row| row.and_all_larger.then_some(row.from))
    }

    fn open(claim: &Claim, decision: Decision) -> Self {
        Self {
            decision,
            from: claim.d,
            simplified: None,
            rows: Vec::new(),
            pieces: Vec::new(),
            constant: f64::INFINITY,
            constant_large: f64::INFINITY,
            coefficients: [0.0; 2],
            cosines: [0.0; 2],
        }
    }

    /// Proves the statement for every `d >= claim.d`.
    ///
    /// # Example
    ///
    /// ```
    /// use minlift::claim::{Claim, ClaimVerdict, family::EveryDimension};
    ///
    /// let text = "name = 'all'\nd = '>=2'\ntau = 7\nalpha = '1/800'\n";
    /// let all = EveryDimension::of(&Claim::from_toml(text, "all.toml")?);
    /// assert_eq!(all.decision.verdict, ClaimVerdict::Verified);
    /// assert!(all.all_larger_from() <= Some(8) && all.coefficients[1] > 1.5);
    /// # Ok::<(), minlift::claim::ClaimError>(())
    /// ```
    #[must_use]
    pub fn of(claim: &Claim) -> Self {
        if let Err(decision) = within_the_theory(claim) {
            return Self::open(claim, decision);
        }
        let family = claim.family();
        let at = |variance| [claim.tau, claim.alpha, variance];
        let Some(guess) = minimum_in_floats(claim.weights, &at(Interval::ZERO)) else {
            let reason = "no minimum of the simplified objective with w^(1) > 0 was found";
            return Self::open(
                claim,
                Decision::open(reason, "decide the claim for one d first"),
            );
        };
        let largest_first = claim.d.max(LARGEST_FIRST);
        let first = (claim.d..=largest_first).find_map(|d0| {
            let variance = Claim::published_variance(d0).hull(Interval::ZERO);
            let piece = prove_piece(&family, &at(variance), &guess).ok()?;
            family.is_minimum(&piece).ok()?;
            Some((d0, piece))
        });
        let Some((d0, first)) = first else {
            let reason = format!("no certificate holds for all d >= {largest_first}");
            let advice = "the simplified minimum may be degenerate: move alpha or tau";
            return Self::open(claim, Decision::open(reason, advice));
        };
        let mut evidence = Self::open(claim, Decision::open("", ""));
        // The simplified minimum is the beginning of the first piece, not another one near it.
        evidence.simplified = (prove_piece(&family, &at(Interval::ZERO), &guess).ok())
            .filter(|piece| linked(&family, piece, &first))
            .map(|piece| from_features(&piece.enclosure, claim.tau));
        let stopped = evidence.join(claim, &family, first);
        if !evidence.pieces.is_empty() {
            evidence.fill(claim, &family, d0);
        }
        evidence.decision = evidence.conclude(stopped);
        if evidence.decision.verdict != ClaimVerdict::Verified {
            // Of a branch with a gap nothing is said about all dimensions.
            evidence.constant = f64::INFINITY;
            evidence.constant_large = f64::INFINITY;
            evidence.coefficients = [0.0; 2];
            evidence.cosines = [0.0; 2];
        }
        evidence
    }

    /// The pieces from the first one to `ρ(from)²`; why not, otherwise.
    fn join(&mut self, claim: &Claim, family: &PlaneFamily, first: Piece) -> Option<String> {
        let largest = Claim::published_variance(claim.d).sup();
        let reached = first.parameters[VARIANCE].sup();
        let guess: Vec<f64> = first.enclosure.iter().map(|x| x.mid()).collect();
        let p = [claim.tau, claim.alpha, Interval::ZERO];
        if reached < largest {
            let rest = Interval::new(reached, largest).unwrap_or(Interval::EMPTY);
            let accept = |piece: &Piece| family.is_minimum(piece).map(drop);
            let branch = follow(
                family,
                &p,
                VARIANCE,
                rest,
                &guess,
                &accept,
                BranchLimits::default(),
            );
            self.pieces.push(first);
            self.pieces.extend(branch.pieces);
        } else {
            self.pieces.push(first);
        }
        let range = Interval::ZERO.hull(Interval::point(largest));
        Branch::check(family, &self.pieces, VARIANCE, range).err()
    }

    fn fill(&mut self, claim: &Claim, family: &PlaneFamily, d0: u64) {
        let speeds: Vec<f64> = (self.pieces.iter())
            .map(|piece| speed_upper(family, piece))
            .collect();
        self.constant = speeds.iter().copied().fold(0.0, f64::max);
        self.constant_large = speeds[0];
        for d in claim.d..d0 {
            let variance = Claim::published_variance(d);
            let p = [claim.tau, claim.alpha, variance];
            let meets = |piece: &&Piece| {
                let shared = piece.parameters[VARIANCE].intersection(variance);
                !shared.is_empty()
            };
            let Some(on) = self.pieces.iter().find(meets) else {
                continue;
            };
            let guess: Vec<f64> = on.enclosure.iter().map(|x| x.mid()).collect();
            if let Ok(piece) = prove_piece(family, &p, &guess)
                && let Some(row) = self.row(claim, family, &piece, d, false)
            {
                let linked = linked(family, &piece, on);
                self.rows.push(DimensionRow { linked, ..row });
            }
        }
        let first = self.pieces[0].clone();
        self.rows.extend(self.row(claim, family, &first, d0, true));
        for j in 0..2 {
            let least = |x: &dyn Fn(&DimensionRow) -> f64| {
                self.rows.iter().map(x).fold(f64::INFINITY, f64::min)
            };
            self.coefficients[j] = least(&|row| row.point[j].inf());
            self.cosines[j] = least(&|row| row.cosines[j].inf());
        }
    }

    fn row(
        &self,
        claim: &Claim,
        family: &PlaneFamily,
        piece: &Piece,
        from: u64,
        and_all_larger: bool,
    ) -> Option<DimensionRow> {
        let eigenvalues = family.is_minimum(piece).ok()?;
        let point = from_features(&piece.enclosure, claim.tau);
        let variance = piece.parameters[VARIANCE];
        // Both are bounds: along the branch, and between the two enclosures.
        let along = (Interval::point(self.constant) * Interval::point(variance.sup())).sup();
        let between = self.simplified.map_or(f64::INFINITY, |[x, y]| {
            ((point[0] - x).sqr() + (point[1] - y).sqr()).sqrt().sup()
        });
        Some(DimensionRow {
            from,
            and_all_larger,
            variance,
            point,
            uniqueness: uniqueness_of(piece),
            cosines: cosines(point),
            eigenvalues,
            distance: if and_all_larger { along } else { between },
            linked: true,
        })
    }

    fn conclude(&self, stopped: Option<String>) -> Decision {
        if let Some(why) = stopped {
            let advice = "a larger first dimension may do: the branch is proved up to there";
            return Decision::open(format!("the branch from w~* is not proved: {why}"), advice);
        }
        let d0 = self.all_larger_from();
        let complete = d0.is_some_and(|d0| self.rows.len() as u64 == d0 - self.from + 1);
        if !complete {
            let reason = "the minimum is not proved in every dimension";
            return Decision::open(reason, "verify the missing dimensions one by one");
        }
        if let Some(row) = self.rows.iter().find(|row| !row.linked) {
            let reason = format!(
                "the minimum at d = {} is proved, but not that it continues the simplified one",
                row.from
            );
            return Decision::open(reason, "refine the branch");
        }
        if self.simplified.is_none() || !self.constant.is_finite() {
            let reason = "the distance from the simplified minimum is not bounded";
            return Decision::open(reason, "refine the branch");
        }
        Decision::verified(format!(
            "for every d >= {} and rho = d^(-3/2) the exact (population) objective has a proved local minimum joined to the \
             simplified one by a smooth branch of minima, ‖w* - w~*‖ <= {} rho^2 for each row; one certificate holds for all \
             d >= {}, and {} further pieces of the branch for the rest",
            self.from,
            Upper(self.constant),
            d0.unwrap_or(self.from),
            self.pieces.len() - 1,
        ))
    }
}
