//! Gradient descent converges to `w*` at a proved rate from a whole region.
//!
//! # Statement
//!
//! Let `S = P × {‖w_⊥‖ <= s_0}`, `P` a rectangle of `(w^(1), w^(2))` that holds `w*`, and let the Hessian's spectrum on `S` lie in `[μ, Λ]`, `μ > 0`. If
//! `-∇ℓ` points inward on the edges of `P` for all `w_⊥`, `η H_11, η H_22 <= 1` and `η |κ| <= 2` on `S`, then
//! `w ↦ w - η∇ℓ(w)` maps `S` into itself; if moreover `η < 2/Λ`, then with `q = max(|1 - ημ|, |1 - ηΛ|) < 1`
//!
//! ```text
//! ‖w_(t+1) - w*‖ <= q ‖w_t - w*‖       from every start in S.
//! ```
//!
//! Proof: `notes/descent.md`. A ball about `w*` cannot do, it would hold the saddle.

use super::chi_square::{covering_radius, spread_for_all_larger};
use super::decision::{Decision, within_the_theory};
use super::plane::{PlaneFamily, VARIANCE};
use super::problem::{from_features, minimum_in_floats};
use super::product_set::{ProductSet, SpectrumBounds};
use crate::claim::Claim;
use crate::interval::Interval;
use crate::interval::rounding::{div_down, mul_up};
use crate::theorem::{Piece, prove_piece};

/// Starts outside the set have at most this probability.
pub const OUTSIDE: f64 = 9.999_999_999_999_999e-10;
/// `ln 10^9`, rounded up: `e^(-t) <= OUTSIDE`.
const LOG_OUTSIDE: f64 = 20.723_27;
/// The distance that a number of steps is stated for.
pub const TARGET: f64 = 1e-6;
/// Its inverse, exactly.
const MILLION: f64 = 1e6;

/// What is proved in one dimension, or in one and all larger ones.
#[derive(Clone, Debug)]
pub struct DescentRow {
    /// The smallest dimension.
    pub from: u64,
    /// Is it every dimension from there on, or this one only?
    pub and_all_larger: bool,
    /// `ρ²`; it reaches down to 0 for all larger dimensions.
    pub variance: Interval,
    /// Upper bound of `ρ²s_0²`.
    pub beside: f64,
    /// Encloses `(w*^(1), w*^(2))`.
    pub minimum: [Interval; 2],
    /// The rectangle `P`.
    pub rectangle: [Interval; 2],
    /// `s_0`; for all larger dimensions at once it depends on `d`, and is left out.
    pub radius: Option<f64>,
    /// The Hessian on the set.
    pub spectrum: SpectrumBounds,
    /// Lower bounds of the outward derivative on the left, right, lower and upper edge.
    pub edges: [f64; 4],
    /// Upper bound of the contraction per step, `q`; 1 or more if nothing is proved.
    pub rate: f64,
    /// Lower bound of the largest step for which the argument goes through.
    pub largest_step: f64,
    /// Steps after which `‖w - w*‖ <= 1e-6`, where `s_0` is known.
    pub steps: Option<u64>,
    /// Steps after which `‖w - w*‖` is a millionth of what it was.
    pub steps_for_a_millionth: u64,
    /// What is not proved, in words; none if all is.
    pub obstacle: Option<String>,
}

/// What is proved about gradient descent.
#[derive(Clone, Debug)]
pub struct DescentEvidence {
    /// The decision.
    pub decision: Decision,
    /// The region of starts in the plane.
    pub start: [Interval; 2],
    /// The step.
    pub step: Interval,
    /// One row for each dimension or set of dimensions.
    pub rows: Vec<DescentRow>,
    /// The critical point that refutes the claim, if one does.
    pub refutation: Option<Refutation>,
}

/// A critical point that refutes a claim about gradient descent.
#[derive(Clone, Debug)]
pub struct Refutation {
    /// Does descent stay there, in the region of starts? Otherwise it is the minimum, which repels.
    pub stays: bool,
    /// `ρ²`.
    pub variance: Interval,
    /// The point.
    pub piece: Piece,
}

/// Beyond this variance of `w·x` each enclosure takes thousands of nodes.
const WIDEST_SPREAD: f64 = 50.0;

/// How many first dimensions are tried for one set of all larger ones.
const FIRST_TRIED: u64 = 20;

impl DescentEvidence {
    /// Proves the convergence for the claim's dimension, or for it and all larger ones.
    #[must_use]
    pub fn of(claim: &Claim) -> Self {
        let start = claim.start;
        let mut evidence = Self {
            decision: Decision::open("", ""),
            start,
            step: claim.step,
            rows: Vec::new(),
            refutation: None,
        };
        if let Err(decision) = within_the_theory(claim) {
            evidence.decision = decision;
            return evidence;
        }
        let family = claim.family();
        if let Some((decision, refutation)) = refuted(claim, &family) {
            evidence.decision = decision;
            evidence.refutation = Some(refutation);
            return evidence;
        }
        if !claim.and_larger {
            let variance = claim.rho_data.sqr();
            evidence
                .rows
                .extend(single(claim, &family, claim.d, variance));
        } else {
            let least = claim.d.max(3);
            let mut last = None;
            for d in least..least.saturating_add(FIRST_TRIED) {
                last = all_larger(claim, &family, d);
                if last.as_ref().is_some_and(|row| row.obstacle.is_none()) {
                    break;
                }
            }
            // What fails for all larger dimensions is shown failing; smaller ones would not make up for it.
            let d0 = (last.as_ref())
                .filter(|row| row.obstacle.is_none())
                .map_or(claim.d, |row| row.from);
            for d in claim.d..d0 {
                let variance = Claim::published_variance(d);
                evidence.rows.extend(single(claim, &family, d, variance));
            }
            evidence.rows.extend(last);
        }
        evidence.decision = evidence.conclude(claim);
        evidence
    }

    fn conclude(&self, claim: &Claim) -> Decision {
        let advice = "a smaller step or a smaller region of starts";
        if let Some(row) = self.rows.iter().find(|row| row.obstacle.is_some()) {
            let obstacle = row.obstacle.clone().unwrap_or_default();
            return Decision::open(format!("at d = {}: {obstacle}", row.from), advice);
        }
        let last = self.rows.last();
        let complete = match last {
            None => false,
            Some(last) if claim.and_larger => {
                last.and_all_larger && self.rows.len() as u64 == last.from - claim.d + 1
            }
            Some(_) => true,
        };
        if !complete {
            return Decision::open(
                "no minimum was proved to start from",
                "decide the claim of kind \"ssl\" first",
            );
        }
        let rate = self.rows.iter().map(|row| row.rate).fold(0.0, f64::max);
        let largest = (self.rows.iter())
            .map(|row| row.largest_step)
            .fold(f64::INFINITY, f64::min);
        let for_whom = if claim.and_larger {
            format!("for every d >= {}", claim.d)
        } else {
            format!("at d = {}", claim.d)
        };
        Decision::verified(format!(
            "{for_whom} gradient descent with this step comes nearer to w* by a factor of at most {} in each step, from every start in \
             the region (w_perp ~ N(0, I) lies in it with probability at least 1 - 1e-9); the proof goes through for steps below {}",
            crate::theorem::Upper(rate),
            crate::theorem::Lower(largest)
        ))
    }
}

/// Is the claim false: a start that stays where it is, or a step for which `w*` repels?
fn refuted(claim: &Claim, family: &PlaneFamily) -> Option<(Decision, Refutation)> {
    let variance = if claim.and_larger {
        Claim::published_variance(claim.d)
    } else {
        claim.rho_data.sqr()
    };
    let p = [claim.tau, claim.alpha, variance];
    // Inside of what is written, whose enclosure is a little wider.
    let inside = |w: [Interval; 2]| {
        w.iter()
            .zip(claim.start)
            .all(|(w, start)| w.inf() > start.inf().next_up() && w.sup() < start.sup().next_down())
    };
    if claim.start[0].contains(0.0) {
        let tau = claim.tau.mid();
        let on_axis = [0.5, 1.0, 1.5, 2.0, 3.0].map(|y| [0.0, y * tau]);
        for guess in on_axis {
            let Ok(piece) = prove_piece(family, &p, &guess) else {
                continue;
            };
            let w = from_features(&piece.enclosure, claim.tau);
            if inside(w) && family.is_no_minimum(&piece) {
                let decision = Decision::refused(format!(
                    "proved: the region of starts holds another critical point, with w^(1) in [{:?}, {:?}] and w^(2) in [{:?}, {:?}]; \
                     gradient descent stays there",
                    w[0].inf(),
                    w[0].sup(),
                    w[1].inf(),
                    w[1].sup()
                ));
                let refutation = Refutation {
                    stays: true,
                    variance,
                    piece,
                };
                return Some((decision, refutation));
            }
        }
    }
    let guess = minimum_in_floats(claim.weights, &p)?;
    let piece = prove_piece(family, &p, &guess).ok()?;
    family.is_minimum(&piece).ok()?;
    let set = ProductSet {
        family,
        p,
        rectangle: from_features(&piece.enclosure, claim.tau),
        beside: Interval::ZERO,
        has_beside: false,
    };
    let repels = claim.step * Interval::point(set.largest_eigenvalue_lower());
    (repels.inf() > 2.0).then(|| {
        let decision = Decision::refused(format!(
            "proved: at w* the step times the Hessian's largest eigenvalue is at least {}, more than 2: gradient descent is repelled",
            crate::theorem::Lower(repels.inf())
        ));
        let refutation = Refutation {
            stays: false,
            variance,
            piece,
        };
        (decision, refutation)
    })
}

fn single(claim: &Claim, family: &PlaneFamily, d: u64, variance: Interval) -> Option<DescentRow> {
    let radius = covering_radius(d - 2, OUTSIDE);
    let beside = (variance * Interval::point(radius).sqr()).sup();
    let set = Setting {
        claim,
        family,
        variance,
        beside,
        has_beside: d > 2,
    };
    let row = set.prove()?;
    let reach = set.reach(&row, radius);
    Some(DescentRow {
        from: d,
        radius: Some(radius),
        steps: steps(mul_up(reach, MILLION), row.rate),
        ..row
    })
}

fn all_larger(claim: &Claim, family: &PlaneFamily, d: u64) -> Option<DescentRow> {
    let set = Setting {
        claim,
        family,
        variance: Claim::published_variance(d).hull(Interval::ZERO),
        beside: spread_for_all_larger(d, LOG_OUTSIDE)?,
        has_beside: true,
    };
    let row = set.prove()?;
    Some(DescentRow {
        from: d,
        and_all_larger: true,
        ..row
    })
}

struct Setting<'a> {
    claim: &'a Claim,
    family: &'a PlaneFamily,
    variance: Interval,
    /// The largest `v s_0²`.
    beside: f64,
    has_beside: bool,
}

impl Setting<'_> {
    /// The row, without dimension, radius and absolute number of steps; none if no minimum is proved.
    fn prove(&self) -> Option<DescentRow> {
        let claim = self.claim;
        let p = [claim.tau, claim.alpha, self.variance];
        let guess = minimum_in_floats(claim.weights, &p)?;
        let piece = prove_piece(self.family, &p, &guess).ok()?;
        self.family.is_minimum(&piece).ok()?;
        let minimum = from_features(&piece.enclosure, claim.tau);
        let farthest = (claim.start.iter().zip(minimum))
            .map(|(start, w)| start.hull(w).sqr())
            .sum::<Interval>();
        let spread = (self.variance * farthest).sup() + self.beside;
        let (set, edges) = if spread <= WIDEST_SPREAD {
            self.inward_set(&piece, minimum)
        } else {
            (self.first_set(&piece, minimum), [f64::NEG_INFINITY; 4])
        };
        let mut row = DescentRow {
            from: claim.d,
            and_all_larger: false,
            variance: self.variance,
            beside: self.beside,
            minimum,
            rectangle: set.rectangle,
            radius: None,
            spectrum: SpectrumBounds {
                lowest: f64::NEG_INFINITY,
                highest: f64::INFINITY,
                diagonal: [f64::INFINITY; 2],
                kappa: f64::INFINITY,
                boxes: 0,
            },
            edges,
            rate: f64::INFINITY,
            largest_step: 0.0,
            steps: None,
            steps_for_a_millionth: u64::MAX,
            obstacle: None,
        };
        // A NaN is no bound.
        let near = spread <= WIDEST_SPREAD;
        if !near {
            row.obstacle = Some(format!(
                "the starts reach where rho^2 |w|^2 is {spread:?}: beyond {WIDEST_SPREAD} nothing is enclosed"
            ));
            return Some(row);
        }
        let names = ["left", "right", "lower", "upper"];
        if let Some(k) = edges.iter().position(|&bound| not_above(bound, 0.0)) {
            row.obstacle = Some(format!(
                "-grad l is not proved to point inward on the {} edge of P: the outward derivative is only known to exceed {:?}",
                names[k], edges[k]
            ));
            return Some(row);
        }
        row.spectrum = set.bounds();
        let SpectrumBounds {
            lowest,
            highest,
            diagonal,
            kappa,
            ..
        } = row.spectrum;
        let definite = lowest > 0.0;
        if !definite {
            row.obstacle = Some(format!(
                "the Hessian is not proved to be positive definite on the set: its smallest eigenvalue is only known to exceed {lowest:?}"
            ));
            return Some(row);
        }
        let widest = diagonal[0].max(diagonal[1]);
        // The set is mapped into itself, and the map contracts.
        let stays = div_down(1.0, widest).min(div_down(2.0, kappa.max(f64::MIN_POSITIVE)));
        row.largest_step = stays.min(div_down(2.0, highest));
        let step = claim.step;
        let admissible =
            step.inf() > 0.0 && step.sup() <= stays && mul_up(step.sup(), highest) < 2.0;
        if !admissible {
            row.obstacle = Some(format!(
                "the step {:?} is larger than the largest one for which the proof goes through, {:?}",
                step.sup(),
                row.largest_step
            ));
            return Some(row);
        }
        let one = Interval::ONE;
        let factor = |x: f64| (one - step * Interval::point(x)).abs();
        row.rate = factor(lowest).max(factor(highest)).sup();
        row.steps_for_a_millionth = steps(MILLION, row.rate).unwrap_or(u64::MAX);
        let contracts = row.rate < 1.0;
        if !contracts {
            row.obstacle = Some(format!("the rate {:?} is not below 1", row.rate));
        }
        Some(row)
    }

    /// A set that holds the region of starts and the minimum, and bounds of the outward derivatives on its edges. Edges on
    /// which no bound is positive are moved outward a few times.
    fn inward_set(&self, piece: &Piece, minimum: [Interval; 2]) -> (ProductSet<'_>, [f64; 4]) {
        const TRIES: usize = 25;
        let mut set = self.first_set(piece, minimum);
        self.move_edges(&mut set, minimum);
        let mut edges = set.edges();
        for _ in 0..TRIES {
            let failing = edges.map(|bound| not_above(bound, 0.0));
            if failing == [false; 4] {
                break;
            }
            self.move_outward(&mut set, minimum, failing);
            self.move_edges(&mut set, minimum);
            edges = set.edges();
        }
        (set, edges)
    }

    fn first_set(&self, piece: &Piece, minimum: [Interval; 2]) -> ProductSet<'_> {
        let claim = self.claim;
        ProductSet {
            family: self.family,
            p: [claim.tau, claim.alpha, piece.parameters[VARIANCE]],
            rectangle: std::array::from_fn(|i| {
                let room = 0.01 * minimum[i].mag();
                claim.start[i].hull(minimum[i] + Interval::symmetric(room))
            }),
            beside: Interval::ZERO.hull(Interval::point(self.beside)),
            has_beside: self.has_beside,
        }
    }

    /// Moves edges outward until the gradient seems to point outward on them: a guess, like the one that a proof of a zero begins with.
    fn move_edges(&self, set: &mut ProductSet<'_>, minimum: [Interval; 2]) {
        const TRIES: usize = 400;
        // What a proof of the edge needs beside the sign.
        const CLEARLY: f64 = 2e-6;
        for _ in 0..TRIES {
            let failing = set.outward_samples().map(|x| not_above(x, CLEARLY));
            if failing == [false; 4] {
                return;
            }
            self.move_outward(set, minimum, failing);
        }
    }

    fn move_outward(&self, set: &mut ProductSet<'_>, minimum: [Interval; 2], edges: [bool; 4]) {
        let [x, y] = set.rectangle;
        let by = minimum.map(|w| 2e-3 * w.mag());
        let moved = |k: usize, end: f64, by: f64| if edges[k] { end + by } else { end };
        let side = |lo: f64, hi: f64, old: Interval| Interval::new(lo, hi).unwrap_or(old);
        set.rectangle = [
            side(moved(0, x.inf(), -by[0]), moved(1, x.sup(), by[0]), x),
            side(moved(2, y.inf(), -by[1]), moved(3, y.sup(), by[1]), y),
        ];
    }

    /// Upper bound of the distance of a start to `w*`.
    fn reach(&self, row: &DescentRow, radius: f64) -> f64 {
        let square: Interval = (self.claim.start.iter().zip(row.minimum))
            .map(|(start, w)| (*start - w).abs().sqr())
            .sum();
        (square + Interval::point(radius).sqr()).sqrt().sup()
    }
}

/// True of a NaN too.
fn not_above(x: f64, limit: f64) -> bool {
    let above = x > limit;
    !above
}

/// An upper bound of `ln(factor)/(-ln rate)`, as a number of steps.
fn steps(factor: f64, rate: f64) -> Option<u64> {
    let usable = rate < 1.0 && factor.is_finite();
    if !usable {
        return None;
    }
    if rate <= 0.0 || factor <= 1.0 {
        return Some(1);
    }
    let count = Interval::point(factor).ln() / -Interval::point(rate).ln();
    let count = count.sup().ceil();
    (count < 9e15).then_some(count as u64)
}
