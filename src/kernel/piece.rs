//! One critical point of a row's objective in the plane for every parameter of a box.

use super::fixed::Fixed;
use super::format::{Plane, Range};
use super::krawczyk::{
    Matrix, apply, approximate_inverse, contracts, image, negative_eigenvalues, positive_definite,
    product, regular,
};
use super::row::{COARSE, Gradient, Point, Row};

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

/// A box is halved at most so often.
const DEEPEST: usize = 9;

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

/// Is it wider than the rounding of a number as written?
pub fn is_wide(x: Fixed) -> bool {
    !x.radius().at_most(Fixed::ratio(1, 1 << 40))
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
    for k in 0..n * n {
        let mut part = *x;
        [part[0], part[1]] = [x[0].part(k % n, n), x[1].part(k / n, n)];
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

/// `Y`, near the inverse of the Hessian at `m` and in the middle of the parameters, and `Y∇ℓ(m; p)` for all parameters at once: by the mean
/// value theorem in `p`, multiplied by `Y` before the widths come in.
fn newton(row: &Row, setting: Setting, m: [Fixed; 2]) -> Option<(Matrix, Vec<Fixed>)> {
    let middle = setting.at(m);
    let [mut at, over] = row.gradient(&middle)?;
    if !row.is_narrow(&middle) {
        [at, _] = row.gradient_to(&middle.map(Fixed::mid), COARSE)?;
    }
    let y = approximate_inverse(&hessian(&at))?;
    let mut step = apply(&y, &at.plane.map(|g| g.value));
    for (k, p) in middle.iter().enumerate().take(5).skip(2) {
        let effect = apply(&y, &over.plane.map(|g| g.by[k]));
        for (step, effect) in step.iter_mut().zip(effect) {
            *step = *step + effect * (*p - p.mid());
        }
    }
    Some((y, step))
}

/// Krawczyk's operator on `x`, the box cut into `n` parts in each direction.
fn operator(row: &Row, setting: Setting, x: [Fixed; 2], n: i64) -> Option<[Fixed; 2]> {
    let (y, step) = newton(row, setting, x.map(Fixed::mid))?;
    let slope = product(&y, &hessian_over(row, &setting.at(x), n)?);
    <[Fixed; 2]>::try_from(image(&x, &step, &slope)).ok()
}

/// A critical point in `near` for every parameter, enclosed: the operator contracts on a box that Newton's method finds there.
fn solution(row: &Row, setting: Setting, near: [Fixed; 2]) -> Option<[Fixed; 2]> {
    let mut m = near.map(Fixed::mid);
    let room = Fixed::ratio(1, 1 << 24);
    let mut radius = [room; 2];
    for _ in 0..5 {
        let (_, step) = newton(row, setting, m)?;
        m = [0, 1].map(|i| (m[i] - step[i].mid()).mid());
        radius = [0, 1].map(|i| step[i].radius() + room);
        if (0..2).all(|i| step[i].mid().abs().at_most(radius[i].half())) {
            break;
        }
    }
    [2, 4].into_iter().find_map(|factor| {
        let x = [0, 1].map(|i| m[i] + (Fixed::int(factor) * radius[i]).symmetric());
        let inside = x.iter().zip(near).all(|(x, near)| x.inside(near));
        let contracting = |n| operator(row, setting, x, n).filter(|k| contracts(k, &x));
        let image = if inside {
            [1, 3].into_iter().find_map(contracting)
        } else {
            None
        };
        Some(shrink(row, setting, image?))
    })
}

/// The same for parts of the parameters, halved until it is proved for each.
fn solutions(
    row: &Row,
    setting: Setting,
    near: [Fixed; 2],
    depth: usize,
) -> Option<Vec<(Setting, [Fixed; 2])>> {
    if let Some(x) = solution(row, setting, near) {
        return Some(vec![(setting, x)]);
    }
    // What moves the critical point most is not known: the sides take turns, the noise first.
    let sides = [setting.noise, setting.alpha, setting.tau];
    let wide = |k: &usize| is_wide(sides[*k]);
    let axis = (0..3)
        .map(|k| (k + depth) % 3)
        .find(wide)
        .filter(|_| depth > 0)?;
    let mut all = Vec::new();
    for half in 0..2 {
        let mut part = setting;
        let side = [&mut part.noise, &mut part.alpha, &mut part.tau]
            .into_iter()
            .nth(axis)?;
        *side = side.part(half, 2);
        all.extend(solutions(row, part, near, depth - 1)?);
    }
    Some(all)
}

/// What is left of a box that holds the solutions.
fn shrink(row: &Row, setting: Setting, x: [Fixed; 2]) -> [Fixed; 2] {
    let next = operator(row, setting, x, 1).unwrap_or(x);
    std::array::from_fn(|i| x[i].meet(next[i]).unwrap_or(x[i]))
}

/// Is there at most one critical point in the box, for each parameter? Where the Hessian is positive definite the objective is strictly convex;
/// where all matrices in the hull of the Jacobians are regular the gradient is injective.
fn is_alone(row: &Row, setting: Setting, z: [Fixed; 2]) -> bool {
    let x = setting.at(z);
    let convex = row.everywhere(&x, &x, 11, &|_, [_, over]| {
        positive_definite(hessian(&over))
    });
    convex
        || [1, 2, 4, 8].into_iter().any(|n| {
            let both = newton(row, setting, z.map(Fixed::mid)).zip(hessian_over(row, &x, n));
            both.is_some_and(|((y, _), hull)| regular(&product(&y, &hull)))
        })
}

impl<'a> Piece<'a> {
    /// Proves that there is exactly one critical point in `alone` for every parameter, and that it lies in `near`. The parameters are cut into
    /// parts until that succeeds for each.
    pub fn prove(row: &'a Row, plane: &Plane, setting: Setting) -> Result<Self, String> {
        let [near, alone] = [plane.near, plane.alone].map(|x| x.map(Range::fixed));
        let solutions = solutions(row, setting, near, DEEPEST)
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

    /// Does something hold over the solutions, cut into parts until it is decided on each?
    fn holds(&self, what: impl Fn(&Gradient) -> bool) -> bool {
        let test = |_: &Point, [_, over]: [Gradient; 2]| what(&over);
        self.solutions.iter().all(|(part, x)| {
            let x = part.at(*x);
            self.row.everywhere(&x, &x, DEEPEST, &test)
        })
    }

    /// Has the Hessian in the plane this number of negative eigenvalues? `κ`, beside it, has the sign of `w^(2)`.
    pub fn has_index(&self, index: usize) -> bool {
        self.holds(|g| negative_eigenvalues(hessian(g)) == Some(index))
    }

    /// Is `∂²ℓ/∂(w^(1))²` negative?
    pub fn falls_across(&self) -> bool {
        self.holds(|g| g.plane[0].by[0].negative())
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
            negative_eigenvalues(rest).is_some_and(|k| k > 0)
        };
        self.holds(some_above)
    }

    /// Proves a local minimum of `R^d` on the side `sign` of `w^(1) = 0`: at a critical point `κ w^(2) > 0`.
    pub fn is_minimum(&self, sign: i64) -> Result<(), String> {
        let [a, b] = self.point;
        // κ w^(2) = τ(p_2 G_m + p_4 G_m), and G_m > 0.
        let hidden = (self.row.weights[1] + self.row.weights[3]).positive();
        let side = hidden && (a * Fixed::int(sign)).positive() && b.positive();
        if side && self.has_index(0) {
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
            point = shrink(self.row, shared, point);
        }
        point.iter().zip(other.alone).all(|(x, u)| x.inside(u))
    }

    /// Is `|dw*/dv| = |(YH)^(-1) Y ∂_v∇ℓ|` at most `bound`?
    pub fn moves_at_most(&self, bound: Fixed) -> bool {
        let slow = |g: &Gradient| {
            let Some(y) = approximate_inverse(&hessian(g)) else {
                return false;
            };
            let a = product(&y, &hessian(g));
            let f = apply(&y, &g.plane.map(|g| g.by[4]));
            let determinant = a[0][0] * a[1][1] - a[0][1] * a[1][0];
            let x = (a[1][1] * f[0] - a[0][1] * f[1]).over(determinant);
            let y = (a[0][0] * f[1] - a[1][0] * f[0]).over(determinant * self.setting.tau);
            (x.sqr() + y.sqr()).sqrt().at_most(bound)
        };
        self.holds(slow)
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
