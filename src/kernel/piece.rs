//! One critical point of a row's objective in the plane for every parameter of a box.

use super::fixed::Fixed;
use super::format::{Plane, Range};
use super::krawczyk::{
    Matrix, apply, approximate_inverse, contracts, image, negative_eigenvalues, positive_definite,
    product, regular,
};
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

    /// Its parts.
    fn parts(self, n: i64) -> Vec<Self> {
        let of = |[_, _, tau, alpha, noise, _]: Point| Self { tau, alpha, noise };
        parts(&self.at([Fixed::ZERO; 2]), 2..5, n)
            .into_iter()
            .map(of)
            .collect()
    }

    /// With `z = (w^(1), τ w^(2))` in the plane.
    pub fn at(self, z: [Fixed; 2]) -> Point {
        [z[0], z[1], self.tau, self.alpha, self.noise, Fixed::ZERO]
    }
}

/// Into how many parts in each direction a box is cut, until something is proved.
const FINENESS: [i64; 6] = [1, 2, 3, 5, 8, 16];

/// A proved piece.
#[derive(Clone, Debug)]
pub struct Piece<'a> {
    row: &'a Row,
    /// Its parameters.
    pub setting: Setting,
    /// For each of them exactly one critical point of `R^d` has `(w^(1), τ w^(2))` here.
    pub alone: [Fixed; 2],
    /// They lie here; all other coordinates are 0.
    pub point: [Fixed; 2],
    /// The same for parts of the parameters.
    solutions: Vec<(Setting, [Fixed; 2])>,
}

/// All parts of a box, each side that is wider than a rounding cut into `n`.
fn parts(x: &Point, axes: std::ops::Range<usize>, n: i64) -> Vec<Point> {
    let mut all = vec![*x];
    for axis in axes {
        if !x[axis].radius().at_most(Fixed::ratio(1, 1 << 40)) {
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

/// An enclosure of the Hessian over a box: the hull of those over its parts in the plane.
fn hessian_over(row: &Row, x: &Point, n: i64) -> Option<Matrix> {
    let mut hull: Option<Matrix> = None;
    for part in parts(x, 0..2, n) {
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

/// An approximate inverse of the Hessian in the middle of a box: any matrix will do.
fn preconditioner(row: &Row, x: &Point) -> Option<Matrix> {
    approximate_inverse(&hessian(&row.gradient(&x.map(Fixed::mid))?[0]))
}

/// `Y∇ℓ(m; p)` for all parameters at once: by the mean value theorem in `p`, multiplied by `Y` before the widths come in.
fn step(row: &Row, y: &Matrix, setting: Setting, m: [Fixed; 2]) -> Option<Vec<Fixed>> {
    let middle = setting.at(m);
    let [at, _] = row.gradient(&middle.map(Fixed::mid))?;
    let [_, over] = row.gradient(&middle)?;
    let mut step = apply(y, &at.plane.map(|g| g.value));
    for k in 2..5 {
        let effect = apply(y, &over.plane.map(|g| g.by[k]));
        for (step, effect) in step.iter_mut().zip(effect) {
            *step = *step + effect * (middle[k] - middle[k].mid());
        }
    }
    Some(step)
}

/// Krawczyk's operator on `x`, the box cut into `n` parts in each direction.
fn operator(row: &Row, setting: Setting, x: [Fixed; 2], n: i64) -> Option<[Fixed; 2]> {
    let y = preconditioner(row, &setting.at(x))?;
    let step = step(row, &y, setting, x.map(Fixed::mid))?;
    let slope = product(&y, &hessian_over(row, &setting.at(x), n)?);
    <[Fixed; 2]>::try_from(image(&x, &step, &slope)).ok()
}

/// A critical point in `near` for every parameter, enclosed: the operator contracts on a box that Newton's method finds there.
fn solution(row: &Row, setting: Setting, near: [Fixed; 2]) -> Option<[Fixed; 2]> {
    let mut m = near.map(Fixed::mid);
    let mut radius = [Fixed::ZERO; 2];
    for _ in 0..4 {
        let y = preconditioner(row, &setting.at(m))?;
        let step = step(row, &y, setting, m)?;
        m = [0, 1].map(|i| (m[i] - step[i].mid()).mid());
        radius = [0, 1].map(|i| step[i].radius());
    }
    let room = Fixed::ratio(1, 1 << 24);
    [2, 4].into_iter().find_map(|factor| {
        let x = [0, 1].map(|i| m[i] + (Fixed::int(factor) * radius[i] + room).symmetric());
        let inside = x.iter().zip(near).all(|(x, near)| x.inside(near));
        let image = [1, 3]
            .into_iter()
            .find_map(|n| operator(row, setting, x, n).filter(|k| contracts(k, &x)));
        image
            .filter(|_| inside)
            .map(|image| shrink(row, setting, image))
    })
}

/// What is left of a box that holds the solutions.
fn shrink(row: &Row, setting: Setting, x: [Fixed; 2]) -> [Fixed; 2] {
    let next = operator(row, setting, x, 1).unwrap_or(x);
    std::array::from_fn(|i| x[i].meet(next[i]).unwrap_or(x[i]))
}

/// Is there at most one critical point in the box, for each parameter? Where the Hessian is positive definite the objective is strictly convex;
/// where all matrices in the hull of the Jacobians are regular the gradient is injective.
fn is_alone(row: &Row, setting: Setting, z: [Fixed; 2]) -> bool {
    let settings = |n: i64| setting.parts(n).into_iter();
    let convex = |x: &Point| {
        row.gradient(x)
            .is_some_and(|[_, over]| positive_definite(hessian(&over)))
    };
    let injective = |part: Setting, n| {
        let (y, hull) = (
            preconditioner(row, &part.at(z)),
            hessian_over(row, &part.at(z), n),
        );
        y.zip(hull)
            .is_some_and(|(y, hull)| regular(&product(&y, &hull)))
    };
    FINENESS.into_iter().any(|n| {
        settings(n).all(|part| parts(&part.at(z), 0..2, n).iter().all(convex))
            || settings(n).all(|part| injective(part, n))
    })
}

impl<'a> Piece<'a> {
    /// Proves that there is exactly one critical point in `alone` for every parameter, and that it lies in `near`. The parameters are cut into
    /// parts until that succeeds for each.
    pub fn prove(row: &'a Row, plane: &Plane, setting: Setting) -> Result<Self, String> {
        let [near, alone] = [plane.near, plane.alone].map(|x| x.map(Range::fixed));
        let solve = |n: i64| -> Option<Vec<(Setting, [Fixed; 2])>> {
            let all = setting.parts(n).into_iter();
            all.map(|part| Some((part, solution(row, part, near)?)))
                .collect()
        };
        let solutions = FINENESS
            .into_iter()
            .find_map(solve)
            .ok_or("no critical point is proved to lie in the box `near`")?;
        let point = solutions
            .iter()
            .map(|(_, x)| *x)
            .reduce(|x, y| [0, 1].map(|i| x[i].hull(y[i])))
            .ok_or("no parameters")?;
        if !near.iter().zip(alone).all(|(x, u)| x.inside(u)) {
            return Err("the box `alone` does not hold the box `near`".into());
        }
        if !is_alone(row, setting, alone) {
            return Err(
                "the critical point is not proved to be the only one in the box `alone`".into(),
            );
        }
        Ok(Self {
            row,
            setting,
            alone,
            point,
            solutions,
        })
    }

    /// Evaluates something over the solutions for parts of the parameters, cut further until it is decided on each.
    fn on_parts<T>(&self, what: impl Fn(&Gradient) -> Option<T>) -> Option<Vec<T>> {
        let decide = |n: i64| {
            let all = self
                .solutions
                .iter()
                .flat_map(|(part, x)| parts(&part.at(*x), 0..5, n));
            all.map(|part| what(&self.row.gradient(&part)?[1]))
                .collect()
        };
        FINENESS.into_iter().find_map(decide)
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
        FINENESS.into_iter().any(|n| {
            shared.parts(n).into_iter().all(|part| {
                let point = shrink(self.row, part, shrink(self.row, part, self.point));
                point.iter().zip(other.alone).all(|(x, u)| x.inside(u))
            })
        })
    }

    /// Is `|dw*/dv| = |(YH)^(-1) Y ∂_v∇ℓ|` at most `bound`?
    pub fn moves_at_most(&self, bound: Fixed) -> bool {
        let slow = |g: &Gradient| {
            let y = approximate_inverse(&hessian(g))?;
            let a = product(&y, &hessian(g));
            let f = apply(&y, &g.plane.map(|g| g.by[4]));
            let determinant = a[0][0] * a[1][1] - a[0][1] * a[1][0];
            let x = (a[1][1] * f[0] - a[0][1] * f[1]).over(determinant);
            let y = (a[0][0] * f[1] - a[1][0] * f[0]).over(determinant * self.setting.tau);
            (x.sqr() + y.sqr()).sqrt().at_most(bound).then_some(())
        };
        self.on_parts(slow).is_some()
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
