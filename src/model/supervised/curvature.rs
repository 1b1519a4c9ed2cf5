//! The structured Jacobian of `∇L_SL` at any `(W, F)`, in floats.
//!
//! With an orthonormal basis `P` of the span of the rows, `x = μ_k + ρ P g + ρ (I - PPᵀ) g'`, and `φ` depends on `g`
//! alone:
//!
//! ```text
//! E φ x    = E φ (μ + ρPg),
//! E φ x xᵀ = E φ (μ + ρPg)(μ + ρPg)ᵀ + ρ² E φ (I - PPᵀ).
//! ```
//!
//! The derivatives of `φ` are those of [`Loss`], four centres at a time.

use std::array::from_fn;

use super::jacobian::{CORE, RowBasis, SupervisedJacobian};
use super::loss::{Label, Loss};
use super::normal_rule::{Purpose, rule};
use super::population::{PopulationObjective, Reduced, SIGNS, principal, total};
use crate::scalar::Lanes;

/// Rows whose parts in a direction have noise below this are taken to have none there: what that changes is far
/// below `1e-9`, and the direction itself would be rounding.
const LEAST_NOISE: f64 = 1e-9;

/// Averages of one derivative of `φ` times `1`, `g_a`, `g_a g_b`, centre by centre.
#[derive(Clone, Copy)]
struct Moments {
    constant: Lanes,
    linear: [Lanes; 2],
    /// Entries 11, 12, 22.
    quadratic: [Lanes; 3],
}

impl Moments {
    const ZERO: Self = Self {
        constant: Lanes([0.0; 4]),
        linear: [Lanes([0.0; 4]); 2],
        quadratic: [Lanes([0.0; 4]); 3],
    };

    #[inline]
    fn add_linear(&mut self, value: Lanes, [g1, g2]: [f64; 2]) {
        self.constant += value;
        self.linear[0] += value * Lanes([g1; 4]);
        self.linear[1] += value * Lanes([g2; 4]);
    }

    #[inline]
    fn add(&mut self, value: Lanes, [g1, g2]: [f64; 2]) {
        self.add_linear(value, [g1, g2]);
        for (slot, factor) in self.quadratic.iter_mut().zip([g1 * g1, g1 * g2, g2 * g2]) {
            *slot += value * Lanes([factor; 4]);
        }
    }
}

/// Derivatives in `z_i z_j`: 11, 12, 22.
const PAIRS: [[usize; 2]; 3] = [[0, 0], [0, 1], [1, 1]];

impl PopulationObjective {
    /// The Jacobian of the gradient, with the frame of its core coordinates: `O(d)`.
    ///
    /// # Panics
    ///
    /// If `x` is shorter than 6.
    #[must_use]
    pub fn jacobian(&self, x: &[f64]) -> (SupervisedJacobian<f64>, RowBasis<f64>) {
        assert!(x.len() >= 6);
        let (d, end) = (x.len() / 2 - 1, x.len() - 2);
        let rows = [&x[..d], &x[d..end]];
        let frame = RowBasis::of(rows);
        let core_rows = rows.map(|row| frame.coordinates(row));
        (self.jacobian_at(&core_rows, [x[end], x[end + 1]]), frame)
    }

    /// The Jacobian for rows given by their coordinates `(w·e1, w·e2, w·q3, w·q4)` in a frame.
    #[must_use]
    pub fn jacobian_at(&self, rows: &[[f64; 4]; 2], output: [f64; 2]) -> SupervisedJacobian<f64> {
        let at = Reduced::of_rows([&rows[0], &rows[1]], output);
        let span = self.span(rows, at.gram);
        let mut zz = [Moments::ZERO; 3];
        let mut output_z = [[Moments::ZERO; 2]; 2];
        let mut output_output = [Lanes([0.0; 4]); 3];
        let signed = output.map(|f| SIGNS * Lanes([f; 4]));
        let means = at.plane.map(|row| self.projections(row));
        let rules = span
            .each_ref()
            .map(|direction| rule(direction.size, output, Purpose::WithNodes));
        for [g1, p] in rules[0].nodes() {
            for [g2, q] in rules[1].nodes() {
                let weight = Lanes([p * q; 4]);
                let z = from_fn(|i| {
                    means[i] + Lanes([span[0].along[i] * g1 + span[1].along[i] * g2; 4])
                });
                let loss = Loss::new(z, signed, Label::Zero);
                for (moments, [i, j]) in zz.iter_mut().zip(PAIRS) {
                    moments.add(weight * loss.second(i, j), [g1, g2]);
                }
                for (i, row) in output_z.iter_mut().enumerate() {
                    for (j, moments) in row.iter_mut().enumerate() {
                        moments.add_linear(weight * loss.second(2 + i, j), [g1, g2]);
                    }
                }
                for (sum, [i, j]) in output_output.iter_mut().zip(PAIRS) {
                    *sum += weight * loss.second(2 + i, 2 + j);
                }
            }
        }
        self.assemble(&span, &zz, &output_z, output_output)
    }

    fn assemble(
        &self,
        span: &[Direction; 2],
        zz: &[Moments; 3],
        output_z: &[[Moments; 2]; 2],
        output_output: [Lanes; 3],
    ) -> SupervisedJacobian<f64> {
        let mut core = [[0.0; CORE]; CORE];
        let mut beside = [0.0; 3];
        let variance = self.deviation * self.deviation;
        for ((moments, [i, j]), beside) in zz.iter().zip(PAIRS).zip(&mut beside) {
            let penalty = if i == j { 2.0 * self.beta } else { 0.0 };
            *beside = variance * total(self.probabilities * moments.constant) + penalty;
            let block = self.second_moment(span, moments);
            for a in 0..4 {
                for b in 0..4 {
                    let entry = block[a][b] + if a == b { penalty } else { 0.0 };
                    core[4 * i + a][4 * j + b] = entry;
                    core[4 * j + b][4 * i + a] = entry;
                }
            }
        }
        for (i, row) in output_z.iter().enumerate() {
            for (j, moments) in row.iter().enumerate() {
                for (a, entry) in self.first_moment(span, moments).into_iter().enumerate() {
                    core[8 + i][4 * j + a] = entry;
                    core[4 * j + a][8 + i] = entry;
                }
            }
        }
        for (sum, [i, j]) in output_output.into_iter().zip(PAIRS) {
            let penalty = if i == j { 2.0 * self.gamma } else { 0.0 };
            let entry = total(self.probabilities * sum) + penalty;
            core[8 + i][8 + j] = entry;
            core[8 + j][8 + i] = entry;
        }
        SupervisedJacobian { core, beside }
    }

    /// `E φ x` in the basis; derivatives in one output weight change sign with the label.
    fn first_moment(&self, span: &[Direction; 2], moments: &Moments) -> [f64; 4] {
        let weights = self.probabilities * SIGNS;
        let mean = self.times_centre(weights * moments.constant);
        let noise = moments.linear.map(|x| self.deviation * total(weights * x));
        from_fn(|a| {
            let plane = mean.get(a).copied().unwrap_or(0.0);
            plane + noise[0] * span[0].unit[a] + noise[1] * span[1].unit[a]
        })
    }

    /// `E φ x xᵀ` in the basis.
    fn second_moment(&self, span: &[Direction; 2], moments: &Moments) -> [[f64; 4]; 4] {
        let weighted = |x: Lanes| self.probabilities * x;
        let variance = self.deviation * self.deviation;
        let constant = weighted(moments.constant);
        // Σ p E φ μ μᵀ.
        let Lanes([_, p2, _, p4]) = constant;
        let mixed = self.tau * (p2 - p4);
        let centres = [
            [total(constant), mixed],
            [mixed, self.tau * self.tau * (p2 + p4)],
        ];
        // ρ Σ p E φ g_a μ for each direction.
        let coupling = moments.linear.map(|x| {
            let x = self.times_centre(weighted(x));
            x.map(|x| self.deviation * x)
        });
        let [s11, s12, s22] = moments.quadratic.map(|x| variance * total(weighted(x)));
        let isotropic = variance * total(constant);
        let inner = [[s11 - isotropic, s12], [s12, s22 - isotropic]];
        let plane = |v: &[f64; 2], a: usize| v.get(a).copied().unwrap_or(0.0);
        from_fn(|a| {
            from_fn(|b| {
                let mut entry = if a == b { isotropic } else { 0.0 };
                if let (Some(row), true) = (centres.get(a), b < 2) {
                    entry += row[b];
                }
                for (k, direction) in span.iter().enumerate() {
                    entry += plane(&coupling[k], a) * direction.unit[b]
                        + direction.unit[a] * plane(&coupling[k], b);
                    for (l, other) in span.iter().enumerate() {
                        entry += inner[k][l] * direction.unit[a] * other.unit[b];
                    }
                }
                entry
            })
        })
    }

    /// `Σ_k x_k μ_k` on `e1, e2`.
    fn times_centre(&self, Lanes([a, b, c, d]): Lanes) -> [f64; 2] {
        [(a + b) - (c + d), self.tau * (b + d)]
    }

    /// An orthonormal basis of the span of the rows, with what the noise does to `z` along it.
    fn span(&self, rows: &[[f64; 4]; 2], gram: [f64; 3]) -> [Direction; 2] {
        principal(gram).map(|(_, [c1, c2])| {
            let v: [f64; 4] = from_fn(|a| c1 * rows[0][a] + c2 * rows[1][a]);
            let norm = v.iter().map(|x| x * x).sum::<f64>().sqrt();
            let size = self.deviation * norm;
            if size > LEAST_NOISE {
                Direction {
                    unit: v.map(|x| x / norm),
                    size,
                    along: [size * c1, size * c2],
                }
            } else {
                Direction::NONE
            }
        })
    }
}

/// A unit vector in the span of the rows.
#[derive(Clone, Copy)]
struct Direction {
    /// In the basis `e1, e2, q3, q4`; 0 if there is none.
    unit: [f64; 4],
    /// The standard deviation of `z` along it.
    size: f64,
    /// What a noise of 1 in this direction adds to `z_1` and `z_2`.
    along: [f64; 2],
}

impl Direction {
    const NONE: Self = Self {
        unit: [0.0; 4],
        size: 0.0,
        along: [0.0; 2],
    };
}
