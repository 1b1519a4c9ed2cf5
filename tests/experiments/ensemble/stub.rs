//! Draws made up from their seeds: deterministic, of every quality, some with infinities and NaN.

use minlift::data::DataNoise;
use minlift::ensemble::{
    Cell, Condition, ConditionRecord, DrawRecord, Job, Parameters, default_points,
};

pub fn parameters(cells: &[(u64, u64)], draws: u64) -> Parameters {
    Parameters {
        tau: "7".to_owned(),
        alpha: "1/800".to_owned(),
        rho_data: None,
        rho_view: None,
        noise: DataNoise::Isotropic,
        seed: 1,
        draws,
        cells: cells.iter().map(|&(d, n)| Cell { d, n }).collect(),
    }
}

pub fn default_table() -> Parameters {
    let cells = [5, 10, 15, 20, 30, 50].map(|d| (d, default_points().at(d).unwrap()));
    parameters(&cells, 1000)
}

/// Numbers in `[0, 1)`, a function of the seed and `k`.
fn uniform(seed: u64, k: u64) -> f64 {
    let cell = Cell { d: k, n: 0 };
    (minlift::ensemble::seed(seed, cell, 0) >> 11) as f64 / (1_u64 << 53) as f64
}

/// The larger `d`, the better; distances and contents only where proved.
pub fn prove(job: &Job) -> DrawRecord {
    let u = |k| uniform(job.seed, k);
    let d = job.cell.d as f64;
    let margin = |k, scale: f64| (d / scale).powi(2) * (2.0 * (u(k) - 0.5)).exp();
    let condition = |id, margin: f64| ConditionRecord {
        id,
        holds: margin > 1.0,
        margin,
    };
    let mut conditions = vec![
        condition(Condition::QuantitativeIft, margin(1, 16.0)),
        condition(Condition::NewtonKantorovich, margin(2, 8.0)),
    ];
    let proved = u(3) < 1.0 - (-d / 3.0).exp();
    if job.draw % 7 != 3 {
        conditions.push(condition(
            Condition::Krawczyk,
            if proved { 3.0 + u(4) } else { 0.0 },
        ));
    }
    match job.draw % 50 {
        11 => conditions[0].margin = f64::NEG_INFINITY,
        12 => conditions[1].margin = f64::NAN,
        _ => {}
    }
    for it in &mut conditions {
        it.holds = it.margin > 1.0;
    }
    let quarter = job.cell.n / 4;
    let counts = [quarter, quarter, quarter, job.cell.n - 3 * quarter];
    if !proved {
        return DrawRecord {
            conditions,
            ..DrawRecord::nothing_proved(counts, "no zero in the box of row 1")
        };
    }
    let nearby = conditions[..2].iter().any(|it| it.holds);
    let distance = 0.4 / d * (0.5 + u(5));
    let near = |x: f64, k| x + (u(k) - 0.5) / d;
    DrawRecord {
        counts,
        proved,
        nearby,
        conditions,
        distance: Some([distance * 0.99, distance]),
        coefficients: Some([
            [near(3.82, 6), near(1.52, 7)],
            [near(-3.82, 8), near(1.52, 9)],
        ]),
        projections: Some([10, 11].map(|k| {
            let lost = 0.01 * u(k) / d;
            [1.0 - lost - 1e-9, 1.0 - lost]
        })),
        obstacle: (!nearby).then(|| "no transfer condition holds".to_owned()),
    }
}

pub fn nothing(_: &Job) -> DrawRecord {
    DrawRecord::nothing_proved([0; 4], "nothing was tried")
}
