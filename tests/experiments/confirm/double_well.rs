//! An objective with the symmetry of the paper's and derivatives that fit on a line each.

use minlift::confirm::{RowHessian, RowObjective, Target, Targets};
use minlift::model::RowJacobian;

/// `a/4 (w1^2 - c^2)^2 + b/2 (w2 - h)^2 + k/2 |w_perp|^2 + e/4 |w|^4 + f w2 |w|^2`.
///
/// The last two terms give the Hessian its parts `w w^T` and `e2 w^T + w e2^T`.
#[derive(Clone, Debug)]
pub struct DoubleWell {
    pub d: usize,
    a: f64,
    b: f64,
    c: f64,
    h: f64,
    k: f64,
    e: f64,
    f: f64,
}

impl DoubleWell {
    pub fn new(d: usize) -> Self {
        Self {
            d,
            a: 0.01,
            b: 0.05,
            c: 3.5,
            h: 1.2,
            k: 0.01,
            // |w|^2 is about d at a start: this keeps e |w|^2 and f |w|^2 small.
            e: 1e-3 / d as f64,
            f: 1e-2 / d as f64,
        }
    }

    fn kappa(&self, w2: f64, norm_sqr: f64) -> f64 {
        self.k + self.e * norm_sqr + 2.0 * self.f * w2
    }

    /// The critical point that descent in the plane reaches from here.
    fn settle(&self, mut w1: f64, mut w2: f64) -> [f64; 2] {
        for _ in 0..100_000 {
            let [g1, g2, _] = self.reduced_gradient(w1, w2, 0.0);
            w1 -= g1;
            w2 -= g2;
        }
        [w1, w2]
    }

    pub fn targets(&self) -> Targets {
        let target = |centre| Target {
            centre,
            uniqueness_radius: 0.5,
        };
        Targets {
            minima: [self.c, -self.c].map(|w1| target(self.settle(w1, self.h))),
            saddle: Some(target(self.settle(0.0, self.h))),
        }
    }
}

impl RowObjective for DoubleWell {
    fn dimension(&self) -> usize {
        self.d
    }

    fn value(&self, w: &[f64]) -> f64 {
        let n: f64 = w.iter().map(|x| x * x).sum();
        let perp = n - w[0] * w[0] - w[1] * w[1];
        self.a / 4.0 * (w[0] * w[0] - self.c * self.c).powi(2)
            + self.b / 2.0 * (w[1] - self.h).powi(2)
            + self.k / 2.0 * perp
            + self.e / 4.0 * n * n
            + self.f * w[1] * n
    }

    fn gradient(&self, w: &[f64], out: &mut [f64]) {
        let perp: f64 = w[2..].iter().map(|x| x * x).sum();
        let [g1, g2, kappa] = self.reduced_gradient(w[0], w[1], perp);
        for (o, x) in out.iter_mut().zip(w) {
            *o = kappa * x;
        }
        out[0] = g1;
        out[1] = g2;
    }

    fn hessian(&self, w: &[f64]) -> RowHessian {
        let n: f64 = w.iter().map(|x| x * x).sum();
        let jacobian = RowJacobian {
            kappa: self.kappa(w[1], n),
            features: [
                self.a * (3.0 * w[0] * w[0] - self.c * self.c) - self.k,
                0.0,
                self.b - self.k,
            ],
            coupling: [0.0, 2.0 * self.f],
            radial: 2.0 * self.e,
            plane: [w[0], w[1]],
            perp_sqr: n - w[0] * w[0] - w[1] * w[1],
        };
        RowHessian {
            jacobian,
            w: w.to_vec(),
        }
    }

    fn reduced_gradient(&self, w1: f64, w2: f64, perp_norm_sqr: f64) -> [f64; 3] {
        let n = w1 * w1 + w2 * w2 + perp_norm_sqr;
        let kappa = self.kappa(w2, n);
        [
            self.a * w1 * (w1 * w1 - self.c * self.c) + (kappa - self.k) * w1,
            self.b * (w2 - self.h) + (kappa - self.k) * w2 + self.f * n,
            kappa,
        ]
    }
}

/// [`DoubleWell`] with a NaN wherever `w^(1)` is less than this in absolute value.
pub struct Punctured {
    pub well: DoubleWell,
    pub hole: f64,
}

impl Punctured {
    fn spoil(&self, w1: f64) -> f64 {
        if w1.abs() < self.hole { f64::NAN } else { 0.0 }
    }
}

impl RowObjective for Punctured {
    fn dimension(&self) -> usize {
        self.well.d
    }

    fn value(&self, w: &[f64]) -> f64 {
        self.well.value(w) + self.spoil(w[0])
    }

    fn gradient(&self, w: &[f64], out: &mut [f64]) {
        self.well.gradient(w, out);
        out[1] += self.spoil(w[0]);
    }

    fn hessian(&self, w: &[f64]) -> RowHessian {
        let mut hessian = self.well.hessian(w);
        hessian.jacobian.kappa += self.spoil(w[0]);
        hessian
    }

    fn reduced_gradient(&self, w1: f64, w2: f64, perp_norm_sqr: f64) -> [f64; 3] {
        let [g1, g2, kappa] = self.well.reduced_gradient(w1, w2, perp_norm_sqr);
        [g1, g2 + self.spoil(w1), kappa]
    }
}
