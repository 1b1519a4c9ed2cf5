//! Where the contrast holds: which minima there are at other parameters.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::claim::{Answers, Claim};
use crate::interval::Interval;

/// The answers at one point of a panel.
#[derive(Clone, Copy, Debug)]
pub struct MapPoint {
    /// The two parameters of the panel.
    pub at: [f64; 2],
    /// What was found there.
    pub answers: Answers,
}

/// A grid of two parameters; the others are the claim's.
#[derive(Clone, Debug)]
pub struct MapPanel {
    /// Names of the two parameters, `τ` or `β = γ = α`, say.
    pub axes: [&'static str; 2],
    /// Is the second axis logarithmic?
    pub logarithmic: [bool; 2],
    /// Row by row, the first parameter running fastest.
    pub points: Vec<MapPoint>,
}

/// The scan of parameters: points, not regions; nothing is said about what lies between them.
#[derive(Clone, Debug, Default)]
pub struct ContrastMap {
    /// `(τ, ρ)`, `(τ, all penalties)`, `(β, γ)`.
    pub panels: Vec<MapPanel>,
}

/// What a panel varies, and over which values.
struct Plan {
    axes: [&'static str; 2],
    logarithmic: [bool; 2],
    values: [&'static [f64]; 2],
    change: fn(&mut Claim, f64, f64),
}

const TAU: [f64; 12] = [
    0.5, 0.7, 0.85, 1.0, 1.5, 2.0, 3.0, 4.5, 7.0, 10.0, 14.0, 20.0,
];
const RHO: [f64; 9] = [0.0, 0.01, 0.03, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5];
const PENALTY: [f64; 9] = [1e-4, 3e-4, 1e-3, 2e-3, 4e-3, 8e-3, 0.016, 0.028, 0.05];

impl ContrastMap {
    /// Scans about the claim, in parallel; `progress` hears how many points are done, of how many.
    #[must_use]
    pub fn of(claim: &Claim, progress: &(dyn Fn(usize, usize) + Sync)) -> Self {
        let plans = [
            Plan {
                axes: ["τ", "ρ"],
                logarithmic: [true, false],
                values: [&TAU, &RHO],
                change: |claim, tau, rho| {
                    claim.tau = Interval::point(tau);
                    claim.rho_data = Interval::point(rho);
                    claim.rho_view = Interval::point(rho);
                },
            },
            Plan {
                axes: ["τ", "α = β = γ"],
                logarithmic: [true, true],
                values: [&TAU, &PENALTY],
                change: |claim, tau, penalty| {
                    claim.tau = Interval::point(tau);
                    claim.alpha = Interval::point(penalty);
                    claim.beta = Interval::point(penalty);
                    claim.gamma = Interval::point(penalty);
                },
            },
            Plan {
                axes: ["β", "γ"],
                logarithmic: [true, true],
                values: [&PENALTY, &PENALTY],
                change: |claim, beta, gamma| {
                    claim.beta = Interval::point(beta);
                    claim.gamma = Interval::point(gamma);
                },
            },
        ];
        let total = (plans.iter())
            .map(|plan| plan.values[0].len() * plan.values[1].len())
            .sum();
        let done = AtomicUsize::new(0);
        let panels = (plans.into_iter())
            .map(|plan| {
                let [first, second] = plan.values;
                let grid: Vec<[f64; 2]> = (second.iter())
                    .flat_map(|&y| first.iter().map(move |&x| [x, y]))
                    .collect();
                let points = grid
                    .into_par_iter()
                    .with_max_len(1)
                    .map(|at| {
                        let mut claim = claim.clone();
                        (plan.change)(&mut claim, at[0], at[1]);
                        let answers = Answers::at(&claim);
                        progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
                        MapPoint { at, answers }
                    })
                    .collect();
                MapPanel {
                    axes: plan.axes,
                    logarithmic: plan.logarithmic,
                    points,
                }
            })
            .collect();
        Self { panels }
    }
}
