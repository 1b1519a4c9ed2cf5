//! Families of maps: one zero for every parameter of a box.
//!
//! # Statement
//!
//! Let `F(x; p)` be continuously differentiable on `X × P`, boxes with points `m` and `c` inside, `Y` any matrix, and
//!
//! ```text
//! K = m - Y F(m; c) - Y ∂_p F(m; P)(P - c) + (I - Y ∂_x F(X; P))(X - m).
//! ```
//!
//! By the mean value theorem in `p`, `K` holds the image `K_p(X)` of Krawczyk's operator for every `p` in `P`. If it lies in the interior
//! of `X`, then for every `p` there is exactly one zero `x(p)` in `X`, it lies in `K`, and `∂_x F` is regular on `X × P`; by the
//! implicit function theorem `x` is continuously differentiable, `x' = -(∂_x F)^-1 ∂_p F`.
//!
//! The parameters enter through their derivative, multiplied by `Y` *before* the widths of `P` come in: with `F(m; P)` in its place the
//! effects of one parameter on several equations would no longer cancel, and `X` be far too wide.

use nalgebra::{DMatrix, DVector};

use super::boxes::inside;
use super::condition::Condition;
use super::krawczyk::{Existence, FAILED, Krawczyk, apply_points, operator};
use super::system::System;
use super::zero::{newton_approx, uniqueness_box_to};
use crate::interval::Interval;
use crate::interval::linalg::{inverse, product};

/// A map `F: R^n × R^k -> R^n` of unknowns `x` and parameters `p`, continuously differentiable wherever its enclosures are bounded.
///
/// The promises are those of [`System`], for every box `x` and every box `p`.
pub trait Family: Sync {
    /// The number of unknowns `n`.
    fn dimension(&self) -> usize;

    /// The number of parameters `k`.
    fn parameters(&self) -> usize;

    /// Encloses `F` on the box `x × p`.
    fn value(&self, x: &[Interval], p: &[Interval]) -> DVector<Interval>;

    /// Encloses `∂_x F` on the box `x × p`, `n × n`.
    fn jacobian(&self, x: &[Interval], p: &[Interval]) -> DMatrix<Interval>;

    /// Encloses `∂_p F` on the box `x × p`, `n × k`.
    fn sensitivity(&self, x: &[Interval], p: &[Interval]) -> DMatrix<Interval>;
}

/// The members of a family with parameters in a box: a [`System`] whose enclosures hold for all of them.
#[derive(Clone, Debug)]
pub struct Member<'a, F: ?Sized> {
    family: &'a F,
    parameters: Vec<Interval>,
}

impl<'a, F: Family + ?Sized> Member<'a, F> {
    /// The members with these parameters.
    #[must_use]
    pub fn new(family: &'a F, parameters: &[Interval]) -> Self {
        Self {
            family,
            parameters: parameters.to_vec(),
        }
    }
}

impl<F: Family + ?Sized> System for Member<'_, F> {
    fn dimension(&self) -> usize {
        self.family.dimension()
    }

    fn value(&self, x: &[Interval]) -> DVector<Interval> {
        self.family.value(x, &self.parameters)
    }

    fn jacobian(&self, x: &[Interval]) -> DMatrix<Interval> {
        self.family.jacobian(x, &self.parameters)
    }
}

/// One zero for every parameter of a box.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The box of parameters `P`.
    pub parameters: Vec<Interval>,
    /// For every `p` in `P` the zero `x(p)` lies in this box.
    pub enclosure: Vec<Interval>,
    /// For every `p` in `P` it is the only zero in this box, which holds `enclosure`.
    pub uniqueness: Vec<Interval>,
    /// Krawczyk's condition for the whole of `P`.
    pub condition: Condition,
}

impl Piece {
    /// The box of parameters as far as `other` shares it; none if it shares none.
    #[must_use]
    pub fn shared(&self, other: &Self) -> Option<Vec<Interval>> {
        let both: Vec<_> = (self.parameters.iter().zip(&other.parameters))
            .map(|(a, b)| a.intersection(*b))
            .collect();
        both.iter().all(|x| !x.is_empty()).then_some(both)
    }

    /// Encloses `dx/dp` at every point of the branch over `P`, `n × k`: `-(∂_x F)^-1 ∂_p F` on `enclosure × P`. None if it could
    /// not be enclosed.
    #[must_use]
    pub fn derivative<F: Family + ?Sized>(&self, family: &F) -> Option<DMatrix<Interval>> {
        let jacobian = family.jacobian(&self.enclosure, &self.parameters);
        let sensitivity = family.sensitivity(&self.enclosure, &self.parameters);
        let inverse = inverse(&jacobian).ok()?;
        Some(product(&inverse, &sensitivity).map(|x| -x))
    }
}

/// The operator of the statement for the box `x` and every parameter in `p`.
///
/// # Panics
///
/// If the length of `x` or `p` is not the family's.
pub fn krawczyk_for_all<F: Family + ?Sized>(
    family: &F,
    x: &[Interval],
    p: &[Interval],
) -> Krawczyk {
    assert_eq!(x.len(), family.dimension(), "dimension of the box");
    assert_eq!(p.len(), family.parameters(), "number of parameters");
    let bounded = |v: &[Interval]| v.iter().all(|c| c.is_bounded());
    let trial = (bounded(x) && bounded(p)).then(|| {
        let middle: Vec<_> = x.iter().map(|c| Interval::point(c.mid())).collect();
        let centre: Vec<_> = p.iter().map(|c| Interval::point(c.mid())).collect();
        operator(x, &family.jacobian(x, p), |y| {
            let mut step = apply_points(y, &family.value(&middle, &centre));
            let sensitivity = family.sensitivity(&middle, p);
            for (k, (p, c)) in p.iter().zip(&centre).enumerate() {
                let offset = *p - *c;
                if offset == Interval::ZERO {
                    continue;
                }
                let column = sensitivity.column(k).into_owned();
                for (slot, effect) in step.iter_mut().zip(apply_points(y, &column)) {
                    *slot += effect * offset;
                }
            }
            step
        })
    });
    trial.flatten().unwrap_or_else(|| Krawczyk {
        image: Vec::new(),
        existence: Existence::Open,
        condition: FAILED,
    })
}

/// The largest cube is searched to within this factor.
const COARSE: f64 = 1.4;
/// Boxes tried before a piece is given up.
const INFLATIONS: usize = 8;

/// Proves one zero near `guess` for every parameter in `p`; its uniqueness box is the one that the operator maps into its interior.
///
/// # Errors
///
/// The condition of the last box tried. That is no proof that there is no such zero.
pub fn prove_piece_tightly<F: Family + ?Sized>(
    family: &F,
    p: &[Interval],
    guess: &[f64],
) -> Result<Piece, Condition> {
    let centre: Vec<_> = p.iter().map(|c| Interval::point(c.mid())).collect();
    let point = newton_approx(&Member::new(family, &centre), guess);
    if !point.iter().all(|x| x.is_finite()) {
        return Err(FAILED);
    }
    let slack = |x: f64| 16.0 * f64::EPSILON * x.abs() + f64::MIN_POSITIVE;
    let mut x: Vec<_> = (point.iter())
        .map(|&x| Interval::ball(x, slack(x)))
        .collect();
    let mut last = FAILED;
    for attempt in 0..INFLATIONS {
        let trial = krawczyk_for_all(family, &x, p);
        if trial.existence == Existence::Unique {
            let again = krawczyk_for_all(family, &trial.image, p);
            let enclosure = (trial.image.iter().zip(&again.image))
                .map(|(k, again)| k.intersection(*again))
                .collect::<Vec<_>>();
            let sharper = enclosure.len() == x.len() && enclosure.iter().all(|x| !x.is_empty());
            return Ok(Piece {
                parameters: p.to_vec(),
                enclosure: if sharper { enclosure } else { trial.image },
                uniqueness: x,
                condition: trial.condition,
            });
        }
        last = trial.condition;
        // After the first box, which knows nothing of the widths of P, an operator that doubles its box will not contract.
        let diverges = attempt > 0 && last.left > 2.0;
        if diverges || trial.image.is_empty() || !trial.image.iter().all(|c| c.is_bounded()) {
            break;
        }
        let widest = trial.image.iter().map(|k| k.rad()).fold(0.0, f64::max);
        for ((x, k), &m) in x.iter_mut().zip(&trial.image).zip(&point) {
            // About the image's own middle the operator is sharpest; a tenth more leaves room inside.
            let reach = (k.sup() - m).max(m - k.inf());
            *x = Interval::ball(m, 1.1 * reach + 1e-3 * widest + slack(m));
        }
    }
    Err(last)
}

/// As [`prove_piece_tightly`], with the largest uniqueness box that is found: a cube about the enclosure on which every Jacobian is
/// regular, hence every member injective.
///
/// # Errors
///
/// As [`prove_piece_tightly`].
pub fn prove_piece<F: Family + ?Sized>(
    family: &F,
    p: &[Interval],
    guess: &[f64],
) -> Result<Piece, Condition> {
    let mut piece = prove_piece_tightly(family, p, guess)?;
    let cube = uniqueness_box_to(&Member::new(family, p), &piece.enclosure, COARSE);
    if inside(&piece.uniqueness, &cube) || !inside(&cube, &piece.uniqueness) {
        piece.uniqueness = cube;
    }
    Ok(piece)
}

/// Are the zeros of two pieces the same at every parameter they share?
///
/// The zero over the shared parameters is enclosed anew, and *that* enclosure must lie in both uniqueness boxes: boxes that merely overlap
/// could hold two different zeros. `false` if the pieces share no parameter, or if it could not be proved.
pub fn linked<F: Family + ?Sized>(family: &F, left: &Piece, right: &Piece) -> bool {
    let Some(shared) = left.shared(right) else {
        return false;
    };
    let guess: Vec<f64> = (left.enclosure.iter().zip(&right.enclosure))
        .map(|(a, b)| match a.intersection(*b) {
            both if both.is_empty() => 0.5 * (a.mid() + b.mid()),
            both => both.mid(),
        })
        .collect();
    match prove_piece_tightly(family, &shared, &guess) {
        Ok(between) => {
            inside(&between.enclosure, &left.uniqueness)
                && inside(&between.enclosure, &right.uniqueness)
        }
        Err(_) => false,
    }
}
