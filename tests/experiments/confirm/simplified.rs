//! The paper's simplified objective: the published regions, the published step.

use minlift::confirm::{
    Initialisation, Landing, Method, Outcome, Plan, RowHessian, RowObjective, Target, Targets,
    confirm,
};
use minlift::model::RowJacobian;

/// `-sum_k sigma(w . mu_k)^2 / 4 + alpha |w|^2`: the exact objective without noise.
pub struct Simplified {
    pub d: usize,
    pub tau: f64,
    pub alpha: f64,
}

impl Simplified {
    /// `(mu_k, z_k)` for the four centres.
    fn centres(&self, w1: f64, w2: f64) -> [([f64; 2], f64); 4] {
        [[1.0, 0.0], [1.0, self.tau], [-1.0, 0.0], [-1.0, self.tau]]
            .map(|mu| (mu, w1 * mu[0] + w2 * mu[1]))
    }
}

fn sigma(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

impl RowObjective for Simplified {
    fn dimension(&self) -> usize {
        self.d
    }

    fn value(&self, w: &[f64]) -> f64 {
        let squares = self.centres(w[0], w[1]).map(|(_, z)| sigma(z).powi(2));
        let norm_sqr: f64 = w.iter().map(|x| x * x).sum();
        self.alpha * norm_sqr - squares.iter().sum::<f64>() / 4.0
    }

    fn gradient(&self, w: &[f64], out: &mut [f64]) {
        let [g1, g2, kappa] = self.reduced_gradient(w[0], w[1], 0.0);
        for (o, x) in out.iter_mut().zip(w) {
            *o = kappa * x;
        }
        out[0] = g1;
        out[1] = g2;
    }

    fn hessian(&self, w: &[f64]) -> RowHessian {
        let mut plane = [[0.0; 2]; 2];
        for (mu, z) in self.centres(w[0], w[1]) {
            let s = sigma(z);
            // (s^2)'' = 2 s^2 (1 - s) (2 - 3 s).
            let second = 2.0 * s * s * (1.0 - s) * (2.0 - 3.0 * s);
            for i in 0..2 {
                for j in 0..2 {
                    plane[i][j] -= second / 4.0 * mu[i] * mu[j];
                }
            }
        }
        let jacobian = RowJacobian {
            kappa: 2.0 * self.alpha,
            features: [plane[0][0], plane[0][1], plane[1][1]],
            coupling: [0.0; 2],
            radial: 0.0,
            plane: [w[0], w[1]],
            perp_sqr: 0.0,
        };
        RowHessian {
            jacobian,
            w: w.to_vec(),
        }
    }

    fn reduced_gradient(&self, w1: f64, w2: f64, _perp_norm_sqr: f64) -> [f64; 3] {
        let mut g = [2.0 * self.alpha * w1, 2.0 * self.alpha * w2];
        for (mu, z) in self.centres(w1, w2) {
            let s = sigma(z);
            for (g, mu) in g.iter_mut().zip(mu) {
                *g -= s * s * (1.0 - s) / 2.0 * mu;
            }
        }
        [g[0], g[1], 2.0 * self.alpha]
    }
}

/// At the defaults, with the critical points of theory section 7.
pub fn paper(d: usize) -> (Simplified, Targets) {
    let target = |w1, w2, uniqueness_radius| Target {
        centre: [w1, w2],
        uniqueness_radius,
    };
    let targets = Targets {
        minima: [3.8162036966, -3.8162036966].map(|w1| target(w1, 1.5198619344, 0.2)),
        saddle: Some(target(0.0, 1.1178, 0.2)),
    };
    let objective = Simplified {
        d,
        tau: 7.0,
        alpha: 1.0 / 800.0,
    };
    (objective, targets)
}

#[test]
fn all_published_starts_lead_to_the_minimum() {
    let (objective, targets) = paper(10);
    let all = confirm(&objective, 7.0, &targets, &Plan::default(), |_| {});
    assert_eq!(all.runs.len(), 4 * 20 * 2 + 4 * 3);
    for run in &all.runs {
        assert_eq!(run.outcome, Outcome::Arrived, "{run:?}");
        assert!((run.value + 2.0 * 0.7178279189).abs() < 1e-8, "{run:?}");
        // Descent cannot cross w^(1) = 0; a long step of a line search may.
        if run.method == Method::GradientDescent {
            let second = match run.initialisation {
                Initialisation::SameSide => Landing::Positive,
                Initialisation::Zero | Initialisation::One => Landing::Negative,
            };
            assert_eq!(run.landings, [Landing::Positive, second]);
            // Off the plane a step multiplies by 1 - 2 alpha eta = 1 - 1/4000, so after 4000
            // of them about 1/e is left; the lengths at the start are chi with 8 degrees.
            let published = run.at_published_steps.as_ref().unwrap();
            for row in published.rows.row {
                let at_start = row.perpendicular / (1.0 - 1.0 / 4000.0_f64).powi(4000);
                assert!((0.5..6.0).contains(&at_start), "{run:?}");
            }
        }
    }
}
