//! The minima of the objective of a data set, `ℓ_X(w) = -(1/n) Σ S(w·x_i, ρ_a²‖w‖²)² + α‖w‖²`: `M_ij` with `p = 0`, in all `d` coordinates.

use std::sync::Arc;

use super::claim::Claim;
use super::fixed::Fixed;
use super::format::{Data, DataMinimum, Plane};
use super::krawczyk::{Matrix, apply, contracts, image, positive_definite, product};
use super::moments::Moments;
use super::obligation::{Obligation, ensure};
use super::piece::{Piece, Setting};
use super::row::Row;

struct Problem {
    claim: Claim,
    simplified: Row,
    points: Matrix,
}

/// The statements of a claim about a data set.
pub fn obligations<'a>(claim: Claim, proof: &'a Data) -> Result<Vec<Obligation<'a>>, String> {
    let d = usize::try_from(claim.d).unwrap_or(usize::MAX);
    let fits = |x: &Vec<super::format::Number>| x.len() == d;
    let square = |m: &DataMinimum| {
        fits(&m.centre) && m.preconditioner.len() == d && m.preconditioner.iter().all(fits)
    };
    ensure(
        proof.points.iter().all(fits) && !proof.points.is_empty(),
        "the points are not of the claim's dimension",
    )?;
    ensure(
        proof.exact.iter().all(square),
        "a centre or a preconditioner is not of the claim's dimension",
    )?;
    ensure(
        claim.points == Some(proof.points.len()),
        "there are not as many points as the claim says",
    )?;
    let points = proof
        .points
        .iter()
        .map(|x| x.iter().map(|x| x.0).collect())
        .collect();
    let problem = Arc::new(Problem {
        simplified: claim.exact(),
        claim,
        points,
    });
    let mut all = Vec::new();
    for row in 0..2 {
        let of = Arc::clone(&problem);
        let statement = format!(
            "the simplified objective has exactly one critical point in row {}'s box, a local minimum",
            row + 1
        );
        all.push(Obligation::new(statement, move || {
            of.simplified(&proof.simplified[row], row).map(drop)
        }));
        let of = Arc::clone(&problem);
        let statement = format!(
            "row {}: the objective of the points listed has exactly one critical point in its box, a local minimum, within the distance stated",
            row + 1
        );
        all.push(Obligation::new(statement, move || {
            let minimum = of.minimum(&proof.exact[row])?;
            let side = if row == 0 {
                minimum[0].positive()
            } else {
                minimum[0].negative()
            };
            ensure(side, "it is not proved to lie on its side of w^(1) = 0")?;
            let simplified = of.simplified(&proof.simplified[row], row)?.coefficients();
            let square: Fixed = minimum
                .iter()
                .enumerate()
                .map(|(k, x)| (*x - simplified.get(k).copied().unwrap_or(Fixed::ZERO)).sqr())
                .sum();
            ensure(
                square.sqrt().at_most(proof.distance[row].0),
                "the distance is not proved to be at most the one stated",
            )
        }));
    }
    Ok(all)
}

impl Problem {
    fn simplified(&self, plane: &Plane, row: usize) -> Result<Piece<'_>, String> {
        let setting = Setting {
            tau: self.claim.tau,
            alpha: self.claim.alpha,
            noise: Fixed::ZERO,
        };
        let piece = Piece::prove(&self.simplified, plane, setting)?;
        piece.is_minimum(if row == 0 { 1 } else { -1 })?;
        Ok(piece)
    }

    fn minimum(&self, proof: &DataMinimum) -> Result<Vec<Fixed>, String> {
        ensure(
            proof.half_width.0.positive(),
            "`half_width` is not positive",
        )?;
        let r = proof.half_width.0.symmetric();
        let x: Vec<Fixed> = proof.centre.iter().map(|c| c.0 + r).collect();
        let y: Matrix = proof
            .preconditioner
            .iter()
            .map(|row| row.iter().map(|y| y.0).collect())
            .collect();
        let middle: Vec<Fixed> = x.iter().map(|x| x.mid()).collect();
        let (Some((value, _)), Some((_, slope))) =
            (self.derivatives(&middle, false), self.derivatives(&x, true))
        else {
            return Err("the objective cannot be enclosed there".into());
        };
        let image = image(&x, &apply(&y, &value), &product(&y, &slope));
        ensure(
            contracts(&image, &x),
            "Krawczyk's operator does not map the box into its interior",
        )?;
        ensure(
            positive_definite(slope),
            "the Hessian is not proved to be positive definite there",
        )?;
        Ok(image)
    }

    /// Gradient and Hessian over a box:
    /// `κw - (1/n) Σ 2M_01 x_i`, `κI - (1/n) Σ [G_mm x xᵀ + 2ρ² G_mq (x wᵀ + w xᵀ) + 4ρ⁴ G_qq w wᵀ]`, `κ = 2α - (2ρ²/n) Σ M_02`.
    fn derivatives(&self, w: &[Fixed], with_hessian: bool) -> Option<(Vec<Fixed>, Matrix)> {
        let variance = self.claim.variances[1];
        let q = variance * w.iter().map(|w| w.sqr()).sum();
        let deviation = if q == Fixed::ZERO {
            q
        } else {
            q.mid().sqrt().mid()
        };
        let share = Fixed::ratio(1, self.points.len() as i128);
        let d = w.len();
        let (mut gradient, mut along, mut hessian) = (
            vec![Fixed::ZERO; d],
            vec![Fixed::ZERO; d],
            vec![vec![Fixed::ZERO; d]; d],
        );
        let (mut slope, mut curvature) = (Fixed::ZERO, Fixed::ZERO);
        for x in &self.points {
            let m: Fixed = x.iter().zip(w).map(|(x, w)| *x * *w).sum();
            let at =
                Moments::at(m.mid(), [Fixed::ZERO, deviation], 8, 70.0)?.over([m, Fixed::ZERO, q]);
            let two = Fixed::int(2);
            let [g_m, g_q] = [two * at.get(0, 1), at.get(0, 2)].map(|g| share * g);
            slope = slope + g_q;
            for (sum, x) in gradient.iter_mut().zip(x) {
                *sum = *sum + g_m * *x;
            }
            if with_hessian {
                let g_mm = share * two * (at.get(0, 2) + at.get(1, 1));
                let g_mq = share * (at.get(0, 3) + at.get(1, 2));
                curvature = curvature + share * (at.get(0, 4) + at.get(2, 2)).half();
                for i in 0..d {
                    along[i] = along[i] + g_mq * x[i];
                    let scaled = g_mm * x[i];
                    for j in 0..=i {
                        hessian[i][j] = hessian[i][j] - scaled * x[j];
                    }
                }
            }
        }
        let two_variances = variance + variance;
        let kappa = self.claim.alpha + self.claim.alpha - two_variances * slope;
        for i in 0..d {
            gradient[i] = kappa * w[i] - gradient[i];
            for j in 0..=i {
                let rank_two = two_variances * (along[i] * w[j] + w[i] * along[j])
                    + two_variances.sqr() * curvature * (w[i] * w[j]);
                hessian[i][j] = hessian[i][j] - rank_two + if i == j { kappa } else { Fixed::ZERO };
                hessian[j][i] = hessian[i][j];
            }
        }
        Some((gradient, hessian))
    }
}
