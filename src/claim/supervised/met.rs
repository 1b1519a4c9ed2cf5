//! Critical points of the simplified objective that a search meets.

use nalgebra::{DVector, SymmetricEigen};
use rand::{Rng, SeedableRng};
use rand_distr::StandardNormal;
use rand_xoshiro::Xoshiro256PlusPlus;

use super::evidence::MetPoint;
use super::system::SimplifiedGradient;
use crate::interval::Interval;
use crate::model::supervised::{COORDINATES, SupervisedParameters};
use crate::theorem::{System, Verdict, prove_critical_point};

/// Starting points, half of them for plain Newton steps and half for descending ones.
const STARTS: usize = 48;
const STEPS: usize = 60;
/// Standard deviations of the starting points.
const SPREAD: [f64; COORDINATES] = [3.0, 2.0, 3.0, 2.0, 5.0, 5.0];
/// Points nearer than this are taken for one.
const SAME: f64 = 1e-5;

/// Critical points in the plane's six coordinates, one of each class under the symmetries, by value; each proved. Not all there
/// are: those that a seeded search in floats meets. They are critical points of `R^(2d+2)`, and with `β > 0` the Hessian off
/// the plane is `2β`, so the index is that of the plane.
///
/// Symmetries: the exchange of the units; with mirror-symmetric weights, `x^(1) -> -x^(1)` with `F -> -F`.
pub(super) fn meet(of: &SupervisedParameters, mirror: bool) -> Vec<MetPoint> {
    let system = SimplifiedGradient::new(of);
    let mut classes: Vec<[f64; COORDINATES]> = Vec::new();
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(0);
    for k in 0..STARTS {
        // The first one near the origin, where all gradients vanish.
        let scale = if k == 0 { 0.0 } else { 1.0 };
        let start = SPREAD.map(|s| {
            let x: f64 = rng.sample(StandardNormal);
            s * x * scale + 1e-3
        });
        let Some(end) = newton(&system, start, k % 2 == 1) else {
            continue;
        };
        let known =
            |class: &[f64; COORDINATES]| images(class, mirror).iter().any(|i| near(i, &end));
        if !classes.iter().any(known) {
            classes.push(representative(end, mirror));
        }
    }
    let mut met: Vec<MetPoint> = (classes.iter())
        .filter_map(|class| prove(&system, class, mirror))
        .collect();
    met.sort_by(|a, b| a.value.mid().total_cmp(&b.value.mid()));
    met
}

fn prove(
    system: &SimplifiedGradient,
    guess: &[f64; COORDINATES],
    mirror: bool,
) -> Option<MetPoint> {
    let proof = prove_critical_point(system, guess);
    let counted = matches!(
        proof.verdict,
        Verdict::ProvedMinimum | Verdict::ProvedStationary { .. }
    );
    if !counted {
        return None;
    }
    let point = <[Interval; COORDINATES]>::try_from(proof.enclosure).ok()?;
    let middle = point.map(Interval::mid);
    let mut different: Vec<[f64; COORDINATES]> = Vec::new();
    for image in images(&middle, mirror) {
        if !different.iter().any(|other| near(other, &image)) {
            different.push(image);
        }
    }
    let [a, x, b, y, f, g] = middle;
    Some(MetPoint {
        point,
        uniqueness: <[Interval; COORDINATES]>::try_from(proof.uniqueness).ok()?,
        value: system.enclosed().value(&point),
        eigenvalues: proof.eigenvalues.unwrap_or_default(),
        images: different.len(),
        is_opposed: a * f < -SAME && near(&[a, x, b, y, f, g], &[a, 0.0, -a, 0.0, f, -f]),
        verdict: proof.verdict,
    })
}

/// Newton's iteration with steps of limited length; with `descend` the eigenvalues are made positive.
fn newton(
    system: &SimplifiedGradient,
    start: [f64; COORDINATES],
    descend: bool,
) -> Option<[f64; COORDINATES]> {
    let mut x = DVector::from_column_slice(&start);
    for _ in 0..STEPS {
        let gradient = system.value_approx(x.as_slice());
        let eigen = SymmetricEigen::try_new(system.jacobian_approx(x.as_slice()), 1e-15, 400)?;
        let mut step = DVector::zeros(COORDINATES);
        for (vector, &value) in eigen
            .eigenvectors
            .column_iter()
            .zip(eigen.eigenvalues.iter())
        {
            let value = if descend { value.abs() } else { value };
            step += vector * (vector.dot(&gradient) / value);
        }
        let size = step.norm();
        if !size.is_finite() {
            return None;
        }
        x -= &step * (1.0 / size).min(1.0);
        if size <= 1e-11 * (1.0 + x.norm()) {
            return Some(std::array::from_fn(|i| x[i]));
        }
    }
    None
}

fn near(x: &[f64; COORDINATES], y: &[f64; COORDINATES]) -> bool {
    x.iter().zip(y).all(|(x, y)| (x - y).abs() <= SAME)
}

/// The point and its images, the point first.
fn images(x: &[f64; COORDINATES], mirror: bool) -> Vec<[f64; COORDINATES]> {
    let [a, b, c, d, f, g] = *x;
    let mut all = vec![[a, b, c, d, f, g], [c, d, a, b, g, f]];
    if mirror {
        all.push([-a, b, -c, d, -f, -g]);
        all.push([-c, d, -a, b, -g, -f]);
    }
    all
}

/// The image with the largest `w_1^(1)`, then the largest `w_2^(1)`.
fn representative(x: [f64; COORDINATES], mirror: bool) -> [f64; COORDINATES] {
    let larger = |a: [f64; COORDINATES], b: [f64; COORDINATES]| {
        let first = b[0] > a[0] + SAME;
        let second = (b[0] - a[0]).abs() <= SAME && b[2] > a[2] + SAME;
        if first || second { b } else { a }
    };
    images(&x, mirror).into_iter().fold(x, larger)
}
