//! The model's objective, as the optimisers ask for it.

use crate::confirm::{self, RowHessian};
use crate::model::RowObjective;

impl confirm::RowObjective for RowObjective<f64> {
    fn dimension(&self) -> usize {
        // A row of more coordinates than that could not be stored.
        usize::try_from(self.dimension()).unwrap_or(usize::MAX)
    }

    fn value(&self, w: &[f64]) -> f64 {
        self.value([w[0], w[1]], perp_sqr(w))
    }

    fn gradient(&self, w: &[f64], out: &mut [f64]) {
        let (plane, kappa) = self.gradient([w[0], w[1]], perp_sqr(w));
        for (slot, &x) in out.iter_mut().zip(w) {
            *slot = kappa * x;
        }
        out[..2].copy_from_slice(&plane);
    }

    fn hessian(&self, w: &[f64]) -> RowHessian {
        RowHessian {
            jacobian: self.jacobian([w[0], w[1]], perp_sqr(w)),
            w: w.to_vec(),
        }
    }

    #[inline]
    fn reduced_gradient(&self, w1: f64, w2: f64, perp_norm_sqr: f64) -> [f64; 3] {
        let ([g1, g2], kappa) = self.gradient([w1, w2], perp_norm_sqr);
        [g1, g2, kappa]
    }
}

/// `‖w_⊥‖²`, in four partial sums.
fn perp_sqr(w: &[f64]) -> f64 {
    let (blocks, rest) = w[2..].as_chunks::<4>();
    let mut sums = [0.0; 4];
    for block in blocks {
        for (sum, x) in sums.iter_mut().zip(block) {
            *sum += x * x;
        }
    }
    sums.iter().sum::<f64>() + rest.iter().map(|x| x * x).sum::<f64>()
}
