//! Made-up data of the shape of the real ones.

use minlift::claim::{ConditionId, Space};
use minlift::report::figures::*;
use minlift::theorem::Theorem;

pub fn key(theorem: Theorem, space: Space) -> ConditionKey {
    let condition = match (theorem, space) {
        (_, Space::Plane) => ConditionId::Plane,
        (Theorem::QuantitativeIft, _) => ConditionId::QuantitativeIft,
        (Theorem::NewtonKantorovich, _) => ConditionId::NewtonKantorovich,
        (Theorem::Krawczyk, _) => ConditionId::Krawczyk,
    };
    ConditionKey {
        condition,
        theorem,
        space,
        norm: "spectral",
    }
}

/// The simplified objective of one row at tau = 7, alpha = 1/800.
pub fn objective(a: f64, b: f64) -> f64 {
    let s = |z: f64| 1.0 / (1.0 + (-z).exp());
    let square = |z: f64| s(z) * s(z);
    let means = [a, a + 7.0 * b, -a, -a + 7.0 * b];
    -0.25 * means.into_iter().map(square).sum::<f64>() + (a * a + b * b) / 800.0
}

/// Gradient descent on it, by differences.
pub fn descent(start: [f64; 2]) -> Vec<[f64; 2]> {
    let mut w = start;
    let mut points = vec![w];
    for step in 0..20_000 {
        let h = 1e-5;
        let g = [
            (objective(w[0] + h, w[1]) - objective(w[0] - h, w[1])) / (2.0 * h),
            (objective(w[0], w[1] + h) - objective(w[0], w[1] - h)) / (2.0 * h),
        ];
        w = [w[0] - 0.1 * g[0], w[1] - 0.1 * g[1]];
        if step % 20 == 0 {
            points.push(w);
        }
    }
    points
}

pub fn landscape_data() -> LandscapeData<'static> {
    let point = |at, kind, proved, label: &str| LandscapePoint {
        at,
        kind,
        proved,
        label: label.to_owned(),
    };
    let path = |start| DescentPath {
        points: descent(start),
        arrived: true,
        label: "gradient descent".to_owned(),
    };
    let region = |x| Region {
        x,
        y: [8.5 / 7.0, 9.0 / 7.0],
        label: "initialisation region".to_owned(),
    };
    LandscapeData {
        parameters: "τ = 7, α = 1/800".to_owned(),
        objective: &objective,
        points: vec![
            point([3.816_203_7, 1.519_861_9], PointKind::Minimum, true, "w̃₁*"),
            point([-3.816_203_7, 1.519_861_9], PointKind::Minimum, true, "w̃₂*"),
            point([0.0, 1.1178], PointKind::Saddle, true, "saddle"),
        ],
        regions: vec![region([3.1, 3.9]), region([-3.9, -3.1])],
        paths: vec![
            path([3.3, 1.25]),
            path([-3.7, 1.22]),
            path([0.9, -0.8]),
            path([-1.7, 0.4]),
            path([1.5, 2.6]),
        ],
        window: None,
    }
}

pub fn zoom_data() -> ZoomData {
    let w = [3.816_203_7, 1.519_861_9];
    let exact = [3.820_715_6, 1.521_598_9];
    let disc = |theorem, space, meaning, radius| Disc {
        key: key(theorem, space),
        meaning,
        centre: w,
        radius,
    };
    use DiscMeaning::{Existence, Uniqueness};
    use Theorem::{NewtonKantorovich, QuantitativeIft};
    ZoomData {
        parameters: "τ = 7, α = 1/800, d = 10".to_owned(),
        row: 1,
        simplified: ZoomPoint {
            at: w,
            proved: true,
        },
        exact: Some(ZoomPoint {
            at: exact,
            proved: true,
        }),
        discs: vec![
            disc(QuantitativeIft, Space::All, Existence, None),
            disc(NewtonKantorovich, Space::All, Existence, Some(0.007_1)),
            disc(NewtonKantorovich, Space::Row, Existence, Some(0.005_0)),
            disc(QuantitativeIft, Space::Plane, Existence, Some(0.0112)),
            disc(NewtonKantorovich, Space::Row, Uniqueness, Some(0.061)),
            disc(QuantitativeIft, Space::Plane, Uniqueness, Some(0.021)),
        ],
        boxes: vec![UniquenessBox {
            x: [exact[0] - 0.08, exact[0] + 0.08],
            y: [exact[1] - 0.05, exact[1] + 0.05],
            label: "Krawczyk, row: uniqueness box of w*".to_owned(),
            proved: true,
        }],
    }
}

pub fn dimensions() -> Vec<f64> {
    [
        2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 25, 30, 40, 50, 70,
        100, 150, 200, 300, 500, 700, 1000,
    ]
    .map(f64::from)
    .to_vec()
}

pub fn margins_data() -> MarginsData {
    let curve = |theorem, space, first: f64, power: f64| MarginCurve {
        key: key(theorem, space),
        points: dimensions()
            .into_iter()
            .map(|d| {
                // The margin passes 1 just below `first`, with the bend real ones have.
                let margin = ((d / (first - 0.3)).powf(power)) * (1.0 + 0.2 / d);
                MarginPoint {
                    d,
                    margin,
                    holds: margin > 1.0,
                }
            })
            .collect(),
    };
    use Theorem::{Krawczyk, NewtonKantorovich, QuantitativeIft};
    let mut krawczyk = curve(Krawczyk, Space::Row, 1.2, 1.1);
    for p in &mut krawczyk.points {
        p.margin = 40.0 * p.d.powf(0.4);
        p.holds = true;
    }
    MarginsData {
        parameters: "τ = 7, α = 1/800, ρ = d^(−3/2)".to_owned(),
        curves: vec![
            curve(QuantitativeIft, Space::Row, 16.0, 3.0),
            curve(QuantitativeIft, Space::All, 18.0, 3.0),
            curve(NewtonKantorovich, Space::Row, 5.0, 3.0),
            curve(NewtonKantorovich, Space::All, 6.0, 3.0),
            curve(QuantitativeIft, Space::Plane, 7.0, 3.0),
            krawczyk,
        ],
    }
}

pub fn distance_data() -> DistanceData {
    let rhos: Vec<f64> = dimensions()
        .into_iter()
        .rev()
        .map(|d| d.powf(-1.5))
        .collect();
    let length = |rho: f64| 4.835 * rho * rho * (1.0 + 3.0 * rho);
    let curve = |theorem, space, factor: f64, last: f64| DistanceCurve {
        key: key(theorem, space),
        points: rhos
            .iter()
            .map(|&rho| PredictedRadius {
                rho,
                radius: (rho < last).then_some(factor * length(rho) * (1.0 + 30.0 * rho * rho)),
            })
            .collect(),
    };
    use Theorem::{NewtonKantorovich, QuantitativeIft};
    DistanceData {
        parameters: "τ = 7, α = 1/800".to_owned(),
        distances: rhos
            .iter()
            .map(|&rho| DistancePoint {
                rho,
                lower: length(rho) - 5e-11,
                upper: length(rho) + 5e-11,
                proved: rho < 0.3,
            })
            .collect(),
        curves: vec![
            curve(QuantitativeIft, Space::Row, 11.0, 0.0158),
            curve(QuantitativeIft, Space::All, 15.5, 0.0133),
            curve(NewtonKantorovich, Space::All, 1.5, 0.07),
            curve(QuantitativeIft, Space::Plane, 2.2, 0.055),
        ],
        landmarks: [1000.0_f64, 100.0, 10.0, 5.0, 2.0]
            .map(|d| (d.powf(-1.5), format!("d = {d}")))
            .to_vec(),
    }
}
