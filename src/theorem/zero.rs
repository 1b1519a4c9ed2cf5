//! From a float guess to a proved zero: polish, inflate, contract, widen.
//!
//! 1. Newton's iteration in floats.
//! 2. A tight box about its end, inflated until Krawczyk's operator maps it into its interior.
//! 3. The operator repeated on its own image until the enclosure stops shrinking.
//! 4. A large box on which the zero is the only one: if every matrix in the enclosure `J(B)`
//!    of the Jacobian on a box `B` is regular, `F` is injective on `B`, because `F(x) - F(y) = M (x - y)`
//!    with `M` in `J(B)` (each row by the mean value theorem). That needs no self-map, so it
//!    reaches farther than Krawczyk's test.

use nalgebra::DVector;

use super::boxes::points;
use super::condition::Condition;
use super::krawczyk::{Existence, FAILED, krawczyk};
use super::system::System;
use super::verdict::{Obstacle, Verdict};
use crate::interval::Interval;
use crate::interval::linalg::{inverse_approx, regularity_upper};

/// A zero of a system, or why none is proved.
#[derive(Clone, Debug)]
pub struct ZeroProof {
    /// The zero lies in this box; no components if nothing is proved.
    pub enclosure: Vec<Interval>,
    /// It is the only zero in this box, which holds `enclosure`; the Jacobian is regular
    /// on it. No components if nothing is proved.
    pub uniqueness: Vec<Interval>,
    /// What is proved.
    pub verdict: Verdict,
    /// Eigenvalues of the Jacobian at the zero, ascending, where it is known to be symmetric.
    pub eigenvalues: Option<Vec<Interval>>,
    /// Krawczyk's condition on the box that proved it, or on the last one tried.
    pub condition: Condition,
}

impl ZeroProof {
    fn open(hypothesis: &str, left: f64, right: f64, advice: &str, condition: Condition) -> Self {
        Self {
            enclosure: Vec::new(),
            uniqueness: Vec::new(),
            verdict: Verdict::Inconclusive(Obstacle {
                hypothesis: hypothesis.to_owned(),
                left,
                right,
                advice: advice.to_owned(),
            }),
            eigenvalues: None,
            condition,
        }
    }
}

const NEWTON_STEPS: usize = 50;
const INFLATIONS: usize = 14;
const CONTRACTIONS: usize = 6;
/// A box that has grown to this many times the size of its middle will not be mapped into itself.
const RUNAWAY: f64 = 1e3;

/// Searches for a zero near `guess` and proves it.
///
/// # Returns
///
/// [`Verdict::ProvedZero`] with its enclosure and uniqueness box, or
/// [`Verdict::Inconclusive`] with the hypothesis that failed: that is no proof that there
/// is no zero. For a gradient use [`prove_critical_point`](super::prove_critical_point), which also classifies.
///
/// # Panics
///
/// If the length of `guess` is not the dimension of the system.
pub fn prove_zero<S: System + ?Sized>(system: &S, guess: &[f64]) -> ZeroProof {
    let mut proof = prove_zero_tightly(system, guess);
    if proof.verdict == Verdict::ProvedZero {
        proof.uniqueness = uniqueness_box(system, &proof.enclosure);
    }
    proof
}

/// As [`prove_zero`], without the search for a large uniqueness box: it is the enclosure itself.
pub(super) fn prove_zero_tightly<S: System + ?Sized>(system: &S, guess: &[f64]) -> ZeroProof {
    assert_eq!(guess.len(), system.dimension(), "dimension of the guess");
    let point = newton_approx(system, guess);
    let Some(start) = first_box(system, &point) else {
        return ZeroProof::open(
            "a regular Jacobian where Newton's iteration ends",
            f64::NAN,
            f64::NAN,
            "start nearer to the zero, or look for a multiple zero",
            FAILED,
        );
    };
    match inflate(system, start) {
        Ok((x, condition)) => {
            let enclosure = contract(system, x);
            ZeroProof {
                uniqueness: enclosure.clone(),
                enclosure,
                verdict: Verdict::ProvedZero,
                eigenvalues: None,
                condition,
            }
        }
        Err(condition) => ZeroProof::open(
            condition.inequality,
            condition.left,
            condition.right,
            "the zero may be multiple or nearly so, or not there; try another guess or tighter parameters",
            condition,
        ),
    }
}

/// Newton's iteration in floats, until the steps stop shrinking.
pub(super) fn newton_approx<S: System + ?Sized>(system: &S, guess: &[f64]) -> Vec<f64> {
    newton_approx_within(system, guess, &|_, _| true).unwrap_or_else(|| guess.to_vec())
}

/// The same as long as the iterates stay inside (of which the number of the step may decide); `None` if they do not.
pub(super) fn newton_approx_within<S: System + ?Sized>(
    system: &S,
    guess: &[f64],
    inside: &dyn Fn(usize, &[f64]) -> bool,
) -> Option<Vec<f64>> {
    let mut x = DVector::from_column_slice(guess);
    let mut last = f64::INFINITY;
    for k in 0..NEWTON_STEPS {
        let Some(y) = inverse_approx(&system.jacobian_approx(x.as_slice())) else {
            break;
        };
        let step = y * system.value_approx(x.as_slice());
        let size = step.amax();
        // Near the end the steps are rounding errors and no longer shrink.
        let done = !size.is_finite() || (k > 4 && size >= 0.5 * last && size <= 1e-9 * x.amax());
        if done {
            break;
        }
        x -= step;
        if !inside(k, x.as_slice()) {
            return None;
        }
        if size <= f64::EPSILON * x.amax() {
            break;
        }
        last = size;
    }
    inside(NEWTON_STEPS, x.as_slice()).then(|| x.as_slice().to_vec())
}

/// `m +- 4 |Y F(m)|` and a few units in the last place.
fn first_box<S: System + ?Sized>(system: &S, m: &[f64]) -> Option<Vec<Interval>> {
    if !m.iter().all(|x| x.is_finite()) {
        return None;
    }
    let y = inverse_approx(&system.jacobian_approx(m))?;
    let value = system.value(&points(m));
    let x: Vec<Interval> = (0..m.len())
        .map(|i| {
            let step = (0..m.len()).fold(Interval::ZERO, |sum, j| {
                sum + Interval::point(y[(i, j)]) * value[j]
            });
            let slack = 8.0 * f64::EPSILON * m[i].abs() + f64::MIN_POSITIVE;
            Interval::ball(m[i], 4.0 * step.mag() + slack)
        })
        .collect();
    x.iter().all(|c| c.is_bounded()).then_some(x)
}

/// Grows the box until the operator maps it into its interior.
fn inflate<S: System + ?Sized>(
    system: &S,
    mut x: Vec<Interval>,
) -> Result<(Vec<Interval>, Condition), Condition> {
    let mut last = FAILED;
    for _ in 0..INFLATIONS {
        let trial = krawczyk(system, &x);
        if trial.existence == Existence::Unique {
            return Ok((trial.image, trial.condition));
        }
        if trial.image.is_empty() {
            break;
        }
        last = trial.condition;
        let hulls: Vec<Interval> = x
            .iter()
            .zip(&trial.image)
            .map(|(x, k)| x.hull(*k))
            .collect();
        let largest = hulls.iter().map(|c| c.rad()).fold(0.0, f64::max);
        let size = x.iter().map(|c| c.mid().abs()).fold(1.0, f64::max);
        if largest > RUNAWAY * size {
            break;
        }
        for (x, both) in x.iter_mut().zip(hulls) {
            // A side that begins far below the others would not catch up in a few steps.
            *x = both + Interval::symmetric((0.5 * both.rad()).max(1e-3 * largest));
        }
    }
    Err(last)
}

/// Repeats the operator on a box known to hold exactly one zero.
pub(super) fn contract<S: System + ?Sized>(system: &S, mut x: Vec<Interval>) -> Vec<Interval> {
    let total = |x: &[Interval]| x.iter().map(|c| c.width()).sum::<f64>();
    for _ in 0..CONTRACTIONS {
        let image = krawczyk(system, &x).image;
        let sharper: Vec<Interval> = x
            .iter()
            .zip(&image)
            .map(|(x, k)| x.intersection(*k))
            .collect();
        if sharper.len() != x.len() || sharper.iter().any(|c| c.is_empty()) {
            break;
        }
        let gained = total(&sharper) < 0.7 * total(&x);
        x = sharper;
        if !gained {
            break;
        }
    }
    x
}

/// A large box about `enclosure` on which the Jacobian is regular, hence `F`
/// injective: a cube, the side found by doubling and bisection.
pub(super) fn uniqueness_box<S: System + ?Sized>(
    system: &S,
    enclosure: &[Interval],
) -> Vec<Interval> {
    uniqueness_box_to(system, enclosure, 1.1)
}

/// The same to within this factor of the largest cube.
pub(super) fn uniqueness_box_to<S: System + ?Sized>(
    system: &S,
    enclosure: &[Interval],
    factor: f64,
) -> Vec<Interval> {
    let cube = |r: f64| -> Vec<Interval> {
        enclosure
            .iter()
            .map(|c| *c + Interval::symmetric(r))
            .collect()
    };
    let regular = |r: f64| {
        let jacobian = system.jacobian(&cube(r));
        jacobian.iter().all(|c| c.is_bounded()) && regularity_upper(&jacobian) < 1.0
    };
    let size = enclosure.iter().map(|c| c.mag()).fold(0.0, f64::max);
    let width = enclosure.iter().map(|c| c.width()).fold(0.0, f64::max);
    let start = (size / 16.0).max(16.0 * width);
    let (mut low, mut high) = (0.0, f64::INFINITY);
    let mut r = start;
    for _ in 0..24 {
        if regular(r) {
            low = r;
        } else {
            high = r;
        }
        r = if high == f64::INFINITY {
            4.0 * low
        } else if low == 0.0 {
            high / 8.0
        } else if high <= factor * low {
            break;
        } else {
            (low * high).sqrt()
        };
        if !(r > 0.0 && r < 1e100) {
            break;
        }
    }
    cube(low)
}
