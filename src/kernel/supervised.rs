//! The supervised objective at `w_1 = (a, 0)`, `w_2 = (-a, 0)`, `F = (-f, f)`.
//!
//! With mirror-symmetric weights a critical point of the restriction to `(a, f)` is one of `L_SL` (`notes/supervised.md`, Lemma 1). There the
//! logit depends on `x^(1)` alone, so that gradient and Hessian are averages over `x^(1) = ±1 + ρu` of products with the first two moments of the
//! other coordinates.

use std::sync::Arc;

use super::averages::averages;
use super::claim::Claim;
use super::fixed::Fixed;
use super::format::{Plane, Supervised, SupervisedAbsence};
use super::krawczyk::{
    Matrix, apply, approximate_inverse, contracts, image, positive_definite, product, regular,
};
use super::many::in_groups;
use super::obligation::{Obligation, ensure};
use super::search::{leaves, radial_bound};

/// Gradient of the restriction to `(a, f)`, Hessian in `(w_1^(1), w_1^(2), w_2^(1), w_2^(2), F_1, F_2)` and, beside the plane, in a pair.
struct Derivatives {
    restricted: [Fixed; 2],
    hessian: Matrix,
    beside: Matrix,
}

fn derivatives(claim: &Claim, [a, f]: [Fixed; 2], noisy: bool) -> Derivatives {
    let variance = if noisy {
        claim.variances[0]
    } else {
        Fixed::ZERO
    };
    let rho = if noisy { variance.sqrt() } else { Fixed::ZERO };
    let two = Fixed::int(2);
    let (beta, gamma) = (two * claim.beta, two * claim.gamma);
    let mut restricted = [two * beta * a, two * gamma * f];
    let mut h = vec![vec![Fixed::ZERO; 6]; 6];
    let mut pair = [Fixed::ZERO; 2];
    for (sign, y, plain, hidden) in [(1, 0, 0, 1), (-1, 1, 2, 3)] {
        let (p, q) = (
            claim.weights[plain] + claim.weights[hidden],
            claim.weights[hidden],
        );
        let x = averages(a, f, Fixed::int(y), Fixed::int(sign), rho);
        restricted[0] = restricted[0] - two * p * x.weight;
        restricted[1] = restricted[1] + p * (x.output[1] - x.output[0]);
        // E x^(2), E (x^(2))² given the sign, times its probability.
        let (first, second) = (claim.tau * q, claim.tau.sqr() * q + p * variance);
        // E[g x_i x_j] from g's averages by 1, x, x².
        let by = |g: [Fixed; 3], i: usize, j: usize| match i + j {
            0 => p * g[2],
            1 => first * g[1],
            _ => second * g[0],
        };
        let line = |g: [Fixed; 2], j: usize| if j == 0 { p * g[1] } else { first * g[0] };
        for i in 0..2 {
            for j in 0..2 {
                let (curved, bent) = (by(x.curved, i, j), by(x.bent, i, j));
                for (k, l, entry) in [
                    (0, 0, curved - bent),
                    (2, 2, curved - bent),
                    (0, 2, -curved),
                    (2, 0, -curved),
                ] {
                    h[k + i][l + j] = h[k + i][l + j] + entry;
                }
            }
            // ∂²/∂F_k∂w_l = E[(ŷ(1-ŷ) h_k F_l h' + δ_kl e h') x], F = (-f, f).
            for k in 0..2 {
                for l in 0..2 {
                    let own = if k == l {
                        line(x.slope, i)
                    } else {
                        Fixed::ZERO
                    };
                    let signed = if l == 0 {
                        -line(x.mixed[k], i)
                    } else {
                        line(x.mixed[k], i)
                    };
                    let (row, column) = (4 + k, 2 * l + i);
                    h[row][column] = h[row][column] + signed + own;
                    h[column][row] = h[row][column];
                }
            }
        }
        for (k, l, entry) in [
            (4, 4, x.outputs[0]),
            (4, 5, x.outputs[1]),
            (5, 4, x.outputs[1]),
            (5, 5, x.outputs[2]),
        ] {
            h[k][l] = h[k][l] + p * entry;
        }
        pair = [
            pair[0] + p * variance * (x.curved[0] - x.bent[0]),
            pair[1] - p * variance * x.curved[0],
        ];
    }
    for (k, row) in h.iter_mut().enumerate() {
        row[k] = row[k] + if k < 4 { beta } else { gamma };
    }
    let beside = vec![vec![pair[0] + beta, pair[1]], vec![pair[1], pair[0] + beta]];
    Derivatives {
        restricted,
        hessian: h,
        beside,
    }
}

/// The Hessian of the restriction, `EᵀHE` with `E` the directions of `a` and `f`.
fn restricted_hessian(h: &Matrix) -> Matrix {
    let directions = [[(0, 1), (2, -1)], [(4, -1), (5, 1)]];
    let entry = |x: [(usize, i64); 2], y: [(usize, i64); 2]| {
        x.iter()
            .flat_map(|(i, s)| y.iter().map(move |(j, t)| (*i, *j, s * t)))
            .map(|(i, j, sign)| h[i][j] * Fixed::int(sign))
            .sum()
    };
    directions
        .iter()
        .map(|x| directions.iter().map(|y| entry(*x, *y)).collect())
        .collect()
}

/// Proves that `(a, f)` is the only critical point of the restriction in the box `alone`, and encloses it.
fn prove(claim: &Claim, plane: &Plane, noisy: bool) -> Result<[Fixed; 2], String> {
    let [near, alone] = [plane.near, plane.alone].map(|x| x.map(|x| x.fixed()));
    let slope = |x: [Fixed; 2]| restricted_hessian(&derivatives(claim, x, noisy).hessian);
    let y = approximate_inverse(&slope(near.map(Fixed::mid)))
        .ok_or("the Jacobian is singular there")?;
    let operator = |x: [Fixed; 2]| {
        let step = apply(&y, &derivatives(claim, x.map(Fixed::mid), noisy).restricted);
        image(&x, &step, &product(&y, &slope(x)))
    };
    let first = operator(near);
    ensure(
        contracts(&first, &near),
        "no critical point is proved to lie in the box `near`",
    )?;
    let mut point = [first[0], first[1]];
    for _ in 0..2 {
        let next = operator(point);
        point = std::array::from_fn(|i| point[i].meet(next[i]).unwrap_or(point[i]));
    }
    ensure(
        near.iter().zip(alone).all(|(x, u)| x.inside(u)),
        "the box `alone` does not hold the box `near`",
    )?;
    let only = near == alone
        || regular(&product(&y, &slope(alone)))
        || CUTS.into_iter().any(|n| is_convex(claim, alone, noisy, n));
    ensure(
        only,
        "the critical point is not proved to be the only one in the box `alone`",
    )?;
    Ok(point)
}

/// Into how many parts in each direction a box is cut.
const CUTS: [i64; 3] = [2, 4, 8];

/// Is the restriction strictly convex on the box?
fn is_convex(claim: &Claim, x: [Fixed; 2], noisy: bool, n: i64) -> bool {
    let parts = (0..n * n).map(|k| [x[0].part(k % n, n), x[1].part(k / n, n)]);
    parts
        .into_iter()
        .all(|x| positive_definite(restricted_hessian(&derivatives(claim, x, noisy).hessian)))
}

/// Positive definite, less `by` times the identity, on all `2d + 2` coordinates?
fn exceeds(claim: &Claim, point: [Fixed; 2], noisy: bool, by: Fixed) -> bool {
    let less = |mut a: Matrix| {
        for (k, row) in a.iter_mut().enumerate() {
            row[k] = row[k] - by;
        }
        positive_definite(a)
    };
    let at = derivatives(claim, point, noisy);
    less(at.hessian) && (claim.d == 2 || less(at.beside))
}

/// The statements of a supervised claim.
pub fn obligations<'a>(claim: Claim, proof: &'a Supervised) -> Result<Vec<Obligation<'a>>, String> {
    claim.within_the_theory()?;
    let claim = Arc::new(claim);
    let of_simplified = Arc::clone(&claim);
    let simplified = Obligation::new(
        "supervised: the simplified objective has exactly one critical point (a, f) in the box, a local minimum of R^(2d+2)",
        move || minimum(&of_simplified, &proof.simplified, false, Fixed::ZERO).map(drop),
    );
    let exact = Obligation::new(
        "supervised: so has the exact objective, no farther from it than stated; its rows (a, 0), (-a, 0) span e1: ‖P e1‖ = 1, ‖P e2‖ = 0",
        move || {
            let from = prove(&claim, &proof.simplified, false)?;
            let to = minimum(&claim, &proof.exact, true, proof.smallest_eigenvalue.0)?;
            // Two rows and two outputs move alike.
            let square = (to[0] - from[0]).sqr() + (to[1] - from[1]).sqr();
            let distance = (square + square).sqrt();
            ensure(
                distance.at_most(proof.distance.0),
                &format!(
                    "the distance is only known to be at most {:e}",
                    distance.upper().approx()
                ),
            )
        },
    );
    Ok(vec![simplified, exact])
}

/// The critical point with `a, f > 0`, and that the Hessian's smallest eigenvalue there is above `least >= 0`.
fn minimum(claim: &Claim, plane: &Plane, noisy: bool, least: Fixed) -> Result<[Fixed; 2], String> {
    let point = prove(claim, plane, noisy)?;
    ensure(
        point.iter().all(|x| x.positive()),
        "a and f are not proved to be positive",
    )?;
    ensure(
        !least.negative() && exceeds(claim, point, noisy, least),
        "the Hessian's smallest eigenvalue is not proved to be above the bound stated",
    )?;
    Ok(point)
}

/// No critical point `(a, f)` of the simplified objective besides the origin: none with `f > 0`, nor (by the symmetry
/// `(a, f) -> (-a, -f)`) with `f < 0`; and `f = 0` gives `a = 0`.
pub fn absence<'a>(
    claim: Claim,
    proof: &'a SupervisedAbsence,
) -> Result<Vec<Obligation<'a>>, String> {
    claim.within_the_theory()?;
    let [a, f] = proof.reach.map(|reach| reach.0);
    // 4γf² <= -min sσ(s) < 0.278465 and 2βa² <= |f| sup uσ'(u) (notes/supervised.md).
    let holds = Fixed::ratio(278_465, 1_000_000)
        .at_most((Fixed::int(4) * claim.gamma * f.sqr()).lower())
        && (f * radial_bound())
            .upper()
            .at_most((Fixed::int(2) * claim.beta * a.sqr()).lower());
    ensure(
        holds && a.positive() && f.positive(),
        "the rectangle does not hold all critical points",
    )?;
    let parts = leaves(&proof.cuts, &[(-a).hull(a), Fixed::ZERO.hull(f)])?;
    let claim = Arc::new(claim);
    let of_origin = Arc::clone(&claim);
    let origin = proof.origin.alone.map(|x| x.fixed());
    let mut all = vec![Obligation::new(
        "the origin is the only critical point (a, f) in its box",
        move || {
            prove(&of_origin, &proof.origin, false)?;
            let inside = origin.iter().all(|x| Fixed::ZERO.interior(*x));
            ensure(inside, "the box does not hold the origin")
        },
    )];
    all.extend(in_groups(
        parts,
        "no critical point (a, f) besides the origin",
        move |part, sign| match sign {
            'a' => part.iter().zip(origin).all(|(x, u)| x.inside(u)),
            '.' => misses_zero(&claim, [part[0], part[1]], 8),
            _ => false,
        },
    ));
    Ok(all)
}

fn misses_zero(claim: &Claim, x: [Fixed; 2], depth: usize) -> bool {
    let at = derivatives(claim, x.map(Fixed::mid), false);
    let over = derivatives(claim, x, false);
    let slope = restricted_hessian(&over.hessian);
    let centred = |i: usize| {
        at.restricted[i] + slope[i][0] * (x[0] - x[0].mid()) + slope[i][1] * (x[1] - x[1].mid())
    };
    if (0..2).any(|i| over.restricted[i].misses_zero() || centred(i).misses_zero()) {
        return true;
    }
    let long = usize::from(x[0].radius().at_most(x[1].radius()));
    depth > 0
        && (0..2).all(|k| {
            let mut half = x;
            half[long] = x[long].part(k, 2);
            misses_zero(claim, half, depth - 1)
        })
}
