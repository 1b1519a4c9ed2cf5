//! One critical point of a row's objective in the plane for every parameter of a box.

use super::fixed::Fixed;
use super::format::{Plane, Range};
use super::krawczyk::{Matrix, apply, contracts, image, negative_eigenvalues, product, regular};
use super::row::{Gradient, Point, Row};

/// Boxes of `τ`, `α` and the noise `v`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// `τ`.
    pub tau: Fixed,
    /// `α`.
    pub alpha: Fixed,
    /// `v`.
    pub noise: Fixed,
}

impl Setting {
    /// What both have in common.
    pub fn meet(self, other: Self) -> Option<Self> {
        let [tau, alpha, noise] = [
            (self.tau, other.tau),
            (self.alpha, other.alpha),
            (self.noise, other.noise),
        ]
        .map(|(a, b)| a.meet(b));
        Some(Self {
            tau: tau?,
            alpha: alpha?,
            noise: noise?,
        })
    }

    /// With `z = (w^(1), τ w^(2))` in the plane.
    pub fn at(self, z: [Fixed; 2]) -> Point {
        [z[0], z[1], self.tau, self.alpha, self.noise, Fixed::ZERO]
    }
}

/// A box is cut into at most so many parts in each direction.
const FINEST: i64 = 5;

/// A proved piece.
#[derive(Clone, Debug)]
pub struct Piece<'a> {
    row: &'a Row,
    y: Matrix,
    /// Its parameters.
    pub setting: Setting,
    /// For each of them exactly one critical point of `R^d` has `(w^(1), τ w^(2))` here.
    pub alone: [Fixed; 2],
    /// They lie here; all other coordinates are 0.
    pub point: [Fixed; 2],
}

/// All parts of a box, each side that is not a point cut into `n`.
pub fn parts(x: &Point, n: i64) -> Vec<Point> {
    let mut all = vec![*x];
    for axis in 0..x.len() {
        if !x[axis].is_point() {
            let cut = |x: &Point| {
                (0..n)
                    .map(|k| {
                        let mut part = *x;
                        part[axis] = x[axis].part(k, n);
                        part
                    })
                    .collect::<Vec<_>>()
            };
            all = all.iter().flat_map(cut).collect();
        }
    }
    all
}

fn hessian(g: &Gradient) -> Matrix {
    vec![
        vec![g.plane[0].by[0], g.plane[0].by[1]],
        vec![g.plane[1].by[0], g.plane[1].by[1]],
    ]
}

/// An enclosure of the Hessian over a box: the hull of those over its parts.
fn hessian_over(row: &Row, x: &Point, n: i64) -> Option<Matrix> {
    let mut hull: Option<Matrix> = None;
    for part in parts(x, n) {
        let next = hessian(&row.gradient(&part)?[1]);
        hull = Some(match hull {
            None => next,
            Some(old) => old
                .iter()
                .zip(&next)
                .map(|(a, b)| a.iter().zip(b).map(|(a, b)| a.hull(*b)).collect())
                .collect(),
        });
    }
    hull
}

/// Krawczyk's operator on `x` for all parameters at once: `F(m; p)` by the mean value theorem in `p`, multiplied by `Y` before the
/// widths come in.
fn operator(row: &Row, y: &Matrix, setting: Setting, x: [Fixed; 2], n: i64) -> Option<[Fixed; 2]> {
    let middle = setting.at(x.map(Fixed::mid));
    let [at, over] = row.gradient(&middle)?;
    let mut step = apply(y, &at.plane.map(|g| g.value));
    for k in 2..5 {
        let effect = apply(y, &over.plane.map(|g| g.by[k]));
        for (step, effect) in step.iter_mut().zip(effect) {
            *step = *step + effect * (middle[k] - middle[k].mid());
        }
    }
    let slope = product(y, &hessian_over(row, &setting.at(x), n)?);
    <[Fixed; 2]>::try_from(image(&x, &step, &slope)).ok()
}

impl<'a> Piece<'a> {
    /// Proves that there is exactly one critical point in `alone`, and encloses it.
    pub fn prove(row: &'a Row, plane: &Plane, setting: Setting) -> Result<Self, String> {
        let [near, alone] = [plane.near, plane.alone].map(|x| x.map(Range::fixed));
        let y: Matrix = plane
            .preconditioner
            .iter()
            .map(|row| row.iter().map(|y| y.0).collect())
            .collect();
        let mut point = (1..=FINEST)
            .find_map(|n| operator(row, &y, setting, near, n).filter(|k| contracts(k, &near)))
            .ok_or("Krawczyk's operator does not map the box `near` into its interior")?;
        // The image lies in the box; twice more it shrinks.
        for _ in 0..2 {
            if let Some(next) = operator(row, &y, setting, point, 1) {
                point = std::array::from_fn(|i| point[i].meet(next[i]).unwrap_or(point[i]));
            }
        }
        let holds = near.iter().zip(alone).all(|(x, u)| x.inside(u));
        let injective =
            |n| hessian_over(row, &setting.at(alone), n).is_some_and(|h| regular(&product(&y, &h)));
        if !(holds && (near == alone || (1..=FINEST).any(injective))) {
            return Err("the Jacobian is not proved to be regular on the box `alone`, or it does not hold `near`".into());
        }
        Ok(Self {
            row,
            y,
            setting,
            alone,
            point,
        })
    }

    /// Evaluates something over small parts of the enclosure times the parameters, until it is decided on each.
    fn on_parts<T>(&self, what: impl Fn(&Gradient) -> Option<T>) -> Option<Vec<T>> {
        let whole = self.setting.at(self.point);
        (1..=FINEST).find_map(|n| {
            parts(&whole, n)
                .iter()
                .map(|part| what(&self.row.gradient(part)?[1]))
                .collect()
        })
    }

    /// The number of negative eigenvalues of the Hessian in the plane; `κ`, beside it, has the sign of `w^(2)`.
    pub fn index(&self) -> Option<usize> {
        let all = self.on_parts(|g| negative_eigenvalues(hessian(g)))?;
        all.iter().all(|k| *k == all[0]).then(|| all[0])
    }

    /// Is `∂²ℓ/∂(w^(1))²` negative?
    pub fn falls_across(&self) -> bool {
        self.on_parts(|g| g.plane[0].by[0].negative().then_some(()))
            .is_some()
    }

    /// Is `λ_max > bound` for the Hessian in the coordinates `(w^(1), w^(2))`?
    pub fn is_steeper(&self, bound: Fixed) -> bool {
        let tau = self.setting.tau;
        let some_above = |g: &Gradient| {
            let h = hessian(g);
            let rest = vec![
                vec![bound - h[0][0], Fixed::ZERO],
                vec![-tau * h[1][0], bound - tau.sqr() * h[1][1]],
            ];
            negative_eigenvalues(rest)
                .is_some_and(|k| k > 0)
                .then_some(())
        };
        self.on_parts(some_above).is_some()
    }

    /// Proves a local minimum of `R^d` on the side `sign` of `w^(1) = 0`: at a critical point `κ w^(2) > 0`.
    pub fn is_minimum(&self, sign: i64) -> Result<(), String> {
        let [a, b] = self.point;
        // κ w^(2) = τ(p_2 G_m + p_4 G_m), and G_m > 0.
        let hidden = (self.row.weights[1] + self.row.weights[3]).positive();
        let side = hidden && (a * Fixed::int(sign)).positive() && b.positive();
        if side && self.index() == Some(0) {
            Ok(())
        } else {
            Err("the Hessian is not proved to be positive definite there, or it is on the wrong side".into())
        }
    }

    /// Is the critical point of both pieces the same at every parameter they share? It is enclosed anew over those, and must lie where the
    /// other piece's is alone.
    pub fn continues(&self, other: &Self) -> bool {
        let Some(shared) = self.setting.meet(other.setting) else {
            return false;
        };
        let mut point = self.point;
        for _ in 0..2 {
            let Some(next) = operator(self.row, &self.y, shared, point, 1) else {
                return false;
            };
            point = std::array::from_fn(|i| point[i].meet(next[i]).unwrap_or(point[i]));
        }
        point.iter().zip(other.alone).all(|(x, u)| x.inside(u))
    }

    /// An upper bound of `|dw*/dv| = |(YH)^(-1) Y ∂_v∇ℓ|`.
    pub fn speed(&self) -> Option<Fixed> {
        let speeds = self.on_parts(|g| {
            let a = product(&self.y, &hessian(g));
            let f = apply(&self.y, &g.plane.map(|g| g.by[4]));
            let determinant = a[0][0] * a[1][1] - a[0][1] * a[1][0];
            let x = (a[1][1] * f[0] - a[0][1] * f[1]).over(determinant);
            let y = (a[0][0] * f[1] - a[1][0] * f[0]).over(determinant * self.setting.tau);
            let size = (x.sqr() + y.sqr()).sqrt().upper();
            (size != Fixed::ENTIRE.upper()).then_some(size)
        })?;
        Some(speeds.into_iter().fold(Fixed::ZERO, Fixed::max))
    }

    /// `w^(1)` and `w^(2)`.
    pub fn coefficients(&self) -> [Fixed; 2] {
        [self.point[0], self.point[1].over(self.setting.tau)]
    }

    /// `|w^(1)|/‖w‖` and `|w^(2)|/‖w‖`.
    pub fn cosines(&self) -> [Fixed; 2] {
        // Each falls with the other coordinate: ends are enough.
        let along = |x: Fixed, y: Fixed| {
            let (x, y) = (x.abs(), y.abs());
            x.over((x.sqr() + y.sqr()).sqrt())
        };
        let [a, b] = self.coefficients().map(Fixed::abs);
        let both =
            |x: Fixed, y: Fixed| along(x.lower(), y.upper()).hull(along(x.upper(), y.lower()));
        [both(a, b), both(b, a)]
    }
}
