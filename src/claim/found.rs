//! Is there a minimum at these parameters? Cheap answers for maps.
//!
//! What is proved here is a strict local minimum of the exact objective; the regions and radius conditions that
//! [`decide`](super::decide) adds are left out.

use super::candidates::minimum_approx;
use super::evidence::Claim;
use super::refusal::refuse_within;
use super::supervised;
use crate::interval::Interval;
use crate::theorem::{Verdict, prove_critical_point_tightly};

/// Boxes examined to prove that there is none.
const BOXES: usize = 1_500;
/// Beyond this variance of the noise each box takes the trapezoid rule, and too long: nothing is then said to be
/// proved absent.
const NOISIEST: f64 = 0.01;

/// What is known about a minimum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Found {
    /// It is proved to be there.
    Proved,
    /// Floats find it; no proof.
    Floats,
    /// Floats find none; no proof.
    NotFound,
    /// It is proved that there is none.
    ProvedNone,
}

impl Found {
    /// The name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proved => "proved",
            Self::Floats => "floats only",
            Self::NotFound => "not found",
            Self::ProvedNone => "proved none",
        }
    }
}

/// The answers at one set of parameters.
#[derive(Clone, Copy, Debug)]
pub struct Answers {
    /// The self-supervised minimum with `w^(1) > 0`, whose mirror image makes the rows span `e1` and `e2`.
    pub ssl: Found,
    /// The supervised minimum `(a, 0)`, `(-a, 0)`, `(-f, f)` with `a, f > 0`: no trace of `e2`.
    pub opposed: Found,
    /// The supervised minimum at which both units agree.
    pub agreeing: Found,
    /// `‖P e_2‖` at the agreeing minimum: an estimate; NaN if there is none.
    pub agreeing_hidden: f64,
}

impl Answers {
    /// At the parameters of the claim.
    #[must_use]
    pub fn at(claim: &Claim) -> Self {
        let parameters = claim.supervised();
        let (agreeing, agreeing_hidden) = supervised::found::agreeing(&parameters);
        Self {
            ssl: self_supervised(claim),
            opposed: supervised::found::opposed(claim, &parameters),
            agreeing,
            agreeing_hidden,
        }
    }
}

fn self_supervised(claim: &Claim) -> Found {
    let system = claim.exact_plane();
    let floats = system.floats();
    // Both the published region and the neighbourhood of the axis.
    let starts = [claim.initialisation_approx(), [1.0, 1.0], [3.5, 1.5]];
    let mut found = Found::NotFound;
    for start in starts {
        let Some(guess) = minimum_approx(floats, start).filter(|w| w[0] > 1e-3) else {
            continue;
        };
        let proof = prove_critical_point_tightly(&system, &guess);
        if proof.verdict == Verdict::ProvedMinimum
            && let [x, y] = proof.enclosure[..]
            && x.certainly_positive()
        {
            let jacobian = system.enclosed().jacobian([x, y], Interval::ZERO);
            if claim.d == 2 || jacobian.kappa.certainly_positive() {
                return Found::Proved;
            }
        }
        found = Found::Floats;
    }
    let quiet = claim.rho_data.sqr().sup().max(claim.rho_view.sqr().sup()) <= NOISIEST;
    if found == Found::NotFound && quiet {
        let refusal = refuse_within(system.enclosed(), claim.mirror_symmetric, BOXES);
        if refusal.boxes_open == 0 {
            return Found::ProvedNone;
        }
    }
    found
}
