//! Gradient descent contracts on a set `P × {‖w_⊥‖ <= s}` (`notes/descent.md`).

use std::sync::Arc;

use super::claim::{Claim, published};
use super::fixed::Fixed;
use super::format::{Descent, Plane};
use super::krawczyk::{Matrix, positive_definite};
use super::moments::pi;
use super::obligation::{Obligation, ensure};
use super::piece::{Piece, Setting};
use super::row::{Gradient, Point, Row};

/// The statements of a claim about gradient descent: one set for its dimension, or for each one and for all larger ones.
pub fn obligations<'a>(claim: Claim, sets: &'a [Descent]) -> Result<Vec<Obligation<'a>>, String> {
    claim.within_the_theory()?;
    ensure(claim.same_noise, "data and views need the same noise")?;
    let Some(last) = sets.last() else {
        return Err("there is no set".into());
    };
    let in_order = sets.iter().enumerate().all(|(k, set)| {
        Some(set.d) == claim.d.checked_add(k as u64)
            && (set.and_all_larger == (claim.and_larger && k + 1 == sets.len()))
    });
    ensure(
        in_order
            && last.and_all_larger == claim.and_larger
            && (claim.and_larger || sets.len() == 1),
        "the sets are not those of the claim's dimensions",
    )?;
    let (claim, row) = (Arc::new(claim.clone()), Arc::new(claim.family()));
    let mut all = Vec::new();
    for set in sets {
        let name = if set.and_all_larger {
            format!("every d >= {}", set.d)
        } else {
            format!("d = {}", set.d)
        };
        let mut push = |what: &str, check: fn(&Problem<'a>) -> Result<(), String>| {
            let problem = Problem {
                claim: Arc::clone(&claim),
                row: Arc::clone(&row),
                set,
            };
            all.push(Obligation::new(format!("{name}: {what}"), move || {
                check(&problem)
            }));
        };
        push(
            "the step is admissible, and the factor is the one stated",
            Problem::constants,
        );
        push(
            "the set holds the starts, the part beside the plane with probability at least 1 - 1e-9",
            Problem::holds_the_starts,
        );
        push("the minimum lies in the set", Problem::holds_the_minimum);
        push("-∇ℓ points inward on the edges", Problem::points_inward);
        for k in 0..GROUPS {
            let problem = Problem {
                claim: Arc::clone(&claim),
                row: Arc::clone(&row),
                set,
            };
            let statement = format!(
                "{name}: the Hessian's spectrum is within the bounds stated on part {} of {GROUPS}",
                k + 1
            );
            all.push(Obligation::new(statement, move || {
                problem.spectrum(k as usize)
            }));
        }
    }
    Ok(all)
}

/// The spectrum is bounded part by part.
const GROUPS: i64 = 64;
/// A part is halved at most so often.
const DEEPEST: usize = 20;

struct Problem<'a> {
    claim: Arc<Claim>,
    row: Arc<Row>,
    set: &'a Descent,
}

impl Problem<'_> {
    fn setting(&self) -> Setting {
        Setting {
            tau: self.claim.tau,
            alpha: self.claim.alpha,
            noise: self.set.noise.fixed(),
        }
    }

    /// The set, as a box of the variables.
    fn whole(&self) -> Point {
        let [x, y] = self.set.rectangle.map(|side| side.fixed());
        let mut whole = self.setting().at([x, self.claim.tau * y]);
        whole[5] = Fixed::ZERO.hull(self.set.beside.0);
        whole
    }

    fn constants(&self) -> Result<(), String> {
        let (step, [low, high]) = (self.claim.step, self.set.spectrum.map(|x| x.0));
        let at_most = |x: Fixed, bound: i64| (step * x).at_most(Fixed::int(bound));
        let [first, second, beside] = self.set.largest.map(|x| x.0);
        let stays = at_most(first, 1) && at_most(second, 1) && at_most(beside, 2);
        let contracts = low.positive() && (Fixed::int(2) - step * high).positive();
        ensure(
            stays && contracts,
            "the step is too large for the bounds stated",
        )?;
        let rate = (Fixed::ONE - step * low)
            .abs()
            .max((Fixed::ONE - step * high).abs());
        ensure(
            rate.at_most(self.set.rate.0) && (Fixed::ONE - self.set.rate.0).positive(),
            "the factor is not proved to be at most the one stated, or not below 1",
        )
    }

    fn holds_the_starts(&self) -> Result<(), String> {
        let (d, noise, beside) = (self.set.d, self.set.noise.fixed(), self.set.beside.0);
        let inside = self
            .claim
            .start
            .iter()
            .zip(self.set.rectangle)
            .all(|(start, side)| start.inside(side.fixed()));
        ensure(inside, "the rectangle does not hold the starts")?;
        let variance = if self.claim.and_larger {
            published(d)
        } else {
            self.claim.variances[0]
        };
        ensure(!beside.negative(), "`beside` is negative")?;
        let billionth = Fixed::ratio(1, 1_000_000_000);
        if self.set.and_all_larger {
            // Laurent & Massart (2000, lemma 1): P(χ²_k >= k + 2√(kt) + 2t) <= e^(-t); times d^(-3) it falls in d for d >= 3.
            let (k, t) = (
                Fixed::int(i64::try_from(d).unwrap_or(i64::MAX) - 2),
                Fixed::ratio(2_072_327, 100_000),
            );
            let two = Fixed::int(2);
            let square = k + two * (k * t).sqrt() + two * t;
            let holds =
                d >= 3 && (-t).exp().at_most(billionth) && (square * variance).at_most(beside);
            return ensure(
                holds && variance.hull(Fixed::ZERO).inside(noise),
                "the set is not proved to hold the starts of all larger dimensions",
            );
        }
        ensure(
            variance.inside(noise),
            "the set is not about the claim's noise",
        )?;
        let reaches = d == 2 || tail(d - 2, beside.over(variance).lower()).at_most(billionth);
        ensure(reaches, "the set is too small beside the plane")
    }

    fn holds_the_minimum(&self) -> Result<(), String> {
        let piece = Piece::prove(&self.row, &self.set.minimum, self.setting())?;
        piece.is_minimum(1)?;
        let inside = piece
            .coefficients()
            .iter()
            .zip(self.set.rectangle)
            .all(|(w, side)| w.interior(side.fixed()));
        ensure(
            inside,
            "the minimum is not proved to lie in the interior of the rectangle",
        )
    }

    fn points_inward(&self) -> Result<(), String> {
        let whole = self.whole();
        // z_2 = τ w_2 is an interval where τ is one.
        for (name, axis, upper) in [
            ("left", 0, false),
            ("right", 0, true),
            ("lower", 1, false),
            ("upper", 1, true),
        ] {
            let mut edge = whole;
            let side = self.set.rectangle[axis].fixed();
            let end = if upper { side.upper() } else { side.lower() };
            edge[axis] = if axis == 0 { end } else { self.claim.tau * end };
            let outward = |cell: &Point, [at, over]: [Gradient; 2]| {
                let (at, over) = (at.plane[axis], over.plane[axis]);
                let change: Fixed = (0..6).map(|k| over.by[k] * (cell[k] - cell[k].mid())).sum();
                let signed = |x: Fixed| if upper { x } else { -x };
                signed(over.value).positive() || signed(at.value + change).positive()
            };
            ensure(
                self.row.everywhere(&whole, &edge, DEEPEST, &outward),
                &format!("it does not point inward on the {name} edge, or that is not proved"),
            )?;
        }
        Ok(())
    }

    fn spectrum(&self, k: usize) -> Result<(), String> {
        let whole = self.whole();
        let mut groups = vec![whole];
        while groups.len() < GROUPS as usize {
            let axis = groups.len().ilog2() as usize % 2;
            groups = groups
                .iter()
                .flat_map(|part| {
                    [0, 1].map(|half| {
                        let mut part = *part;
                        part[axis] = part[axis].part(half, 2);
                        part
                    })
                })
                .collect();
        }
        let within = |cell: &Point, [_, over]: [Gradient; 2]| self.is_within(cell, &over);
        ensure(
            self.row.everywhere(&whole, &groups[k], DEEPEST, &within),
            "a bound of the spectrum is not proved",
        )
    }

    /// The Hessian on a cell: in `(e_1, e_2, w_⊥/‖w_⊥‖)` a matrix, `κ` times the identity beside.
    fn is_within(&self, cell: &Point, g: &Gradient) -> bool {
        let [low, high] = self.set.spectrum.map(|x| x.0);
        let largest = self.set.largest.map(|x| x.0);
        let (tau, kappa) = (self.claim.tau, g.kappa.value);
        let (first, second) = (g.plane[0].by[0], tau.sqr() * g.plane[1].by[1]);
        let mut matrix: Matrix = vec![vec![first], vec![tau * g.plane[1].by[0], second]];
        let mut beside = true;
        if self.set.d > 2 {
            let (v, y, two) = (cell[4], cell[5], Fixed::int(2));
            let coupling = -two * (v * y).sqrt();
            let along = kappa - two * two * v * y * g.b.by[5];
            matrix.push(vec![
                coupling * g.b.by[0],
                coupling * tau * g.b.by[1],
                along,
            ]);
            // In three dimensions there is no direction beside these, but κ has to be positive.
            let others = self.set.d > 3 || self.set.and_all_larger;
            beside = kappa.positive()
                && kappa.at_most(largest[2])
                && (!others || (low.at_most(kappa.lower()) && kappa.at_most(high)));
        }
        let shifted = |sign: Fixed, by: Fixed| -> Matrix {
            let entry =
                |i: usize, j: usize| sign * matrix[i][j] + if i == j { by } else { Fixed::ZERO };
            (0..matrix.len())
                .map(|i| (0..=i).map(|j| entry(i, j)).collect())
                .collect()
        };
        beside
            && first.at_most(largest[0])
            && second.at_most(largest[1])
            && positive_definite(shifted(Fixed::ONE, -low))
            && positive_definite(shifted(-Fixed::ONE, high))
    }
}

/// An upper bound of `P(χ²_k >= x)`: for small `k` from `Q_(k+2) = Q_k + (x/2)^(k/2) e^(-x/2)/Γ(k/2 + 1)`, `Q_0 = 0`,
/// `Q_1 <= √(2/(πx)) e^(-x/2)`; else Chernoff's `((x/k) e^(1 - x/k))^(k/2)` for `x > k`.
fn tail(k: u64, x: Fixed) -> Fixed {
    let decay = (-x.half()).exp();
    if k <= 40 {
        let root = Fixed::int(2).over(pi()).sqrt();
        let odd = k % 2 == 1;
        let (mut sum, mut term) = if odd {
            (root.over(x.sqrt()) * decay, root * x.sqrt() * decay)
        } else {
            (Fixed::ZERO, decay)
        };
        for j in (k % 2..k).step_by(2) {
            sum = sum + term;
            term = (term * x).over(Fixed::int(j as i64 + 2));
        }
        return sum.upper();
    }
    let ratio = x.over(Fixed::ratio(k.into(), 1));
    let above = ratio - Fixed::ONE;
    if !above.positive() {
        return Fixed::ONE;
    }
    let base = (ratio * (-above).exp()).upper().sqrt().upper();
    let power = (0..u64::BITS).rev().fold(Fixed::ONE, |power, bit| {
        let square = power.sqr();
        if k >> bit & 1 == 1 {
            square * base
        } else {
            square
        }
    });
    power.upper()
}

/// Descent stays at a critical point of the region of starts that is no minimum.
pub fn stays<'a>(claim: Claim, plane: &'a Plane) -> Result<Vec<Obligation<'a>>, String> {
    claim.within_the_theory()?;
    let (row, setting) = smallest(&claim)?;
    let statement = "a critical point that is no minimum lies in the region of starts, and gradient descent stays there";
    Ok(vec![Obligation::new(statement, move || {
        let piece = Piece::prove(&row, plane, setting)?;
        ensure(
            piece.has_index(1) || piece.has_index(2),
            "no eigenvalue is proved to be negative",
        )?;
        let inside = piece
            .coefficients()
            .iter()
            .zip(claim.start)
            .all(|(w, start)| start.inner().is_some_and(|start| w.inside(start)));
        ensure(inside, "it is not proved to lie in the region of starts")
    })])
}

/// Descent is repelled by the minimum.
pub fn repels<'a>(claim: Claim, plane: &'a Plane) -> Result<Vec<Obligation<'a>>, String> {
    claim.within_the_theory()?;
    let (row, setting) = smallest(&claim)?;
    Ok(vec![Obligation::new(
        "at w* the step times the Hessian's largest eigenvalue is more than 2",
        move || {
            let piece = Piece::prove(&row, plane, setting)?;
            piece.is_minimum(1)?;
            ensure(
                piece.is_steeper(Fixed::int(2).over(claim.step)),
                "that is not proved",
            )
        },
    )])
}

/// The objective in the claim's smallest dimension.
fn smallest(claim: &Claim) -> Result<(Row, Setting), String> {
    ensure(claim.same_noise, "data and views need the same noise")?;
    let noise = if claim.and_larger {
        published(claim.d)
    } else {
        claim.variances[0]
    };
    Ok((
        claim.family(),
        Setting {
            tau: claim.tau,
            alpha: claim.alpha,
            noise,
        },
    ))
}
