//! Statement: the Lipschitz constants of the radius conditions bound the whole ball each condition uses
//! (no samples), and exceed what a search finds on it by less than a factor of 2, in two dimensions 5.

use crate::given::independent::{Independent, Sequence};
use crate::given::paper;
use minlift::claim::{ClaimCondition, Evidence, Space};
use minlift::theorem::Theorem;
use nalgebra::{DMatrix, Matrix2, Vector2};

/// The objective by quadrature, with what the preconditioned norms need, in floats.
struct Sampled {
    objective: Independent,
    centre: [f64; 2],
    /// Inverse of the Jacobian's block in the plane.
    inverse: Matrix2<f64>,
    kappa: f64,
    d: u64,
}

/// Coordinates that tell all: `e1`, `e2`, the direction of `w_perp`, another one, and one for the rest.
const COORDINATES: usize = 5;

impl Sampled {
    fn new(evidence: &Evidence) -> Self {
        let nodes = match evidence.claim.d {
            2 => 18,
            3..=5 => 10,
            _ => 7,
        };
        let objective = Independent::of(&evidence.claim, nodes);
        let minimum = &evidence.simplified.as_ref().expect("proved").minima[0];
        let centre = minimum.point.map(|x| x.mid());
        let hessian = objective.hessian(&[centre[0], centre[1], 0.0]);
        let block = hessian.fixed_view::<2, 2>(0, 0).clone_owned();
        Self {
            inverse: block.try_inverse().expect("regular"),
            kappa: hessian[(2, 2)],
            objective,
            centre,
            d: evidence.claim.d,
        }
    }

    /// How many coordinates a condition in this space has, up to symmetry.
    fn coordinates(&self, space: Space) -> usize {
        match space {
            Space::Plane => 2,
            _ => COORDINATES.min(self.d as usize),
        }
    }

    /// What the Lipschitz constant of this condition is the supremum of, at one point and direction.
    fn derivative(&self, c: &ClaimCondition, y: &[f64], u: &[f64]) -> f64 {
        if c.norm == "Frobenius" {
            let matrix = self.objective.along(y, u);
            return frobenius(&matrix, self.d);
        }
        if c.condition.theorem == Theorem::QuantitativeIft {
            return self.objective.third(y, u).abs();
        }
        let v = self.objective.second_along(y, u);
        let plane = self.inverse * Vector2::new(v[0], v[1]);
        let off: f64 = v[2..].iter().map(|x| (x / self.kappa).powi(2)).sum();
        (plane.norm_squared() + off).sqrt()
    }

    /// The largest value found on the ball: a sequence of points and directions, then a
    /// pattern search from the best of them.
    fn supremum(&self, c: &ClaimCondition, samples: usize) -> f64 {
        let n = self.coordinates(c.space);
        let evaluate = |position: &[f64]| -> f64 {
            let (offset, direction) = position.split_at(n);
            let (size, length) = (norm(offset), norm(direction));
            let scale = c.condition.ball / size.max(1.0);
            let y: Vec<f64> = (0..n)
                .map(|i| self.centre.get(i).unwrap_or(&0.0) + scale * offset[i])
                .collect();
            let u: Vec<f64> = direction.iter().map(|u| u / length).collect();
            let value = self.derivative(c, &y, &u);
            if value.is_finite() { value } else { 0.0 }
        };
        let mut sequence = Sequence::new(2 * n);
        let mut best = (0.0, Vec::new());
        let consider = |position: Vec<f64>, best: &mut (f64, Vec<f64>)| {
            let value = evaluate(&position);
            let better = value > best.0;
            if better {
                *best = (value, position);
            }
            better
        };
        for _ in 0..samples {
            consider(sequence.next().as_slice().to_vec(), &mut best);
        }
        let mut step = 0.4;
        for _ in 0..40 {
            let mut improved = false;
            for i in 0..2 * n {
                for sign in [1.0, -1.0] {
                    let mut trial = best.1.clone();
                    trial[i] += sign * step;
                    improved |= consider(trial, &mut best);
                }
            }
            if !improved {
                step *= 0.5;
            }
            if step < 0.02 {
                break;
            }
        }
        best.0
    }
}

fn norm(v: &[f64]) -> f64 {
    v.iter().map(|x| x * x).sum::<f64>().sqrt()
}

/// The Frobenius norm in `R^d`: the last of five coordinates stands for `d - 4` directions.
fn frobenius(matrix: &DMatrix<f64>, d: u64) -> f64 {
    let n = matrix.nrows();
    let mut square = 0.0;
    for i in 0..n {
        for j in 0..n {
            let copies = if n == COORDINATES && i == j && i == n - 1 {
                (d - 4) as f64
            } else {
                1.0
            };
            square += copies * matrix[(i, j)].powi(2);
        }
    }
    square.sqrt()
}

/// Bound over searched supremum for each condition at the paper's parameters, and the largest.
fn ratios(d: u64) -> f64 {
    let evidence = paper(d);
    let sampled = Sampled::new(&evidence);
    let mut worst = 0.0f64;
    for c in &evidence.conditions {
        if c.condition.theorem == Theorem::Krawczyk {
            continue;
        }
        let samples = if c.norm == "Frobenius" { 4 } else { 40 };
        let supremum = sampled.supremum(c, samples);
        let ratio = c.condition.lipschitz / supremum;
        let what = format!(
            "d = {d}, {:?}, {}, {}: K = {:.4} on the ball of radius {:.3e}, searched {supremum:.4}, \
             ratio {ratio:.3}",
            c.condition.theorem,
            c.space.name(),
            c.norm,
            c.condition.lipschitz,
            c.condition.ball
        );
        println!("{what}");
        // The search is a lower bound, up to the error of its quadrature.
        assert!(ratio >= 1.0 - 1e-6, "no bound: {what}");
        assert!(ratio < 5.0, "far too large: {what}");
        worst = worst.max(ratio);
    }
    worst
}

/// Below twice the truth, as is aimed at: measured at most 1.16 here.
#[test]
fn bounds_are_within_the_aim_from_dimension_3_on() {
    for d in [3, 5] {
        let worst = ratios(d);
        assert!(worst < 1.25, "d = {d}: {worst}");
    }
}

/// At the published simulation size and above they are nearly sharp.
#[test]
fn bounds_are_nearly_sharp_from_dimension_10_on() {
    for d in [10, 20, 100] {
        let worst = ratios(d);
        assert!(worst < 1.07, "d = {d}: {worst}");
    }
}

/// Where the noise is strongest the aim of 2 is missed by Newton-Kantorovich's preconditioned norm (measured
/// 3.1 for a row, 4.8 for W), on balls on which its condition fails by far; 5 is the limit.
#[test]
fn bounds_are_within_a_factor_of_5_in_dimension_2() {
    let worst = ratios(2);
    assert!(worst < 5.0, "{worst}");
}
