//! The objective and its derivatives against 25-digit references.

use minlift::gaussian::Activation;
use minlift::interval::Interval;
use minlift::model::{
    BallBounds, Mixture, Noise, RowObjective, SecondDerivativeNorm, eigenvalues_symmetric_2x2,
};

struct Row {
    d: u64,
    tau: Interval,
    rho: Interval,
    exact: bool,
    point: [Interval; 2],
    value: Interval,
    eigenvalues: [Interval; 2],
    kappa: Interval,
}

fn number(text: &str) -> Interval {
    // Reference digits are correct to the last but one: widen by their last place.
    let x = Interval::literal(text).unwrap();
    let slack = Interval::symmetric(x.mag() * 1e-15 + 1e-30);
    if text.len() > 20 { x + slack } else { x }
}

fn rows() -> Vec<Row> {
    include_str!("../data/critical_points.csv")
        .lines()
        .skip(1)
        .map(|line| {
            let c: Vec<_> = line.split(',').collect();
            let exact = c[0] == "exact";
            let d = if c[2].is_empty() {
                10
            } else {
                c[2].parse().unwrap()
            };
            let rho = if exact {
                let d = Interval::point(d as f64);
                (d * d.sqrt()).recip()
            } else {
                Interval::ZERO
            };
            Row {
                d,
                tau: Interval::literal(c[3]).unwrap(),
                rho,
                exact,
                point: [number(c[6]), number(c[7])],
                value: number(c[8]),
                eigenvalues: [number(c[9]), number(c[10])],
                kappa: number(c[11]),
            }
        })
        .collect()
}

fn objective<T: minlift::model::ModelScalar>(row: &Row) -> RowObjective<T> {
    let quarter = Interval::point(0.25);
    let mixture = Mixture::paper(row.tau, [quarter; 4]);
    let variance = row.rho.sqr();
    let noise = Noise {
        data: variance,
        view: variance,
    };
    let alpha = Interval::literal("1/800").unwrap();
    RowObjective::new(Activation::SIGMOID, &mixture, alpha, &noise, row.d)
}

#[test]
fn reference_critical_points_are_enclosed() {
    let rows = rows();
    assert!(rows.iter().any(|r| r.exact) && rows.len() > 20);
    for row in &rows {
        let enclosed = objective::<Interval>(row);
        let (gradient, kappa) = enclosed.gradient(row.point, Interval::ZERO);
        let what = format!("d = {}, tau = {}, rho = {}", row.d, row.tau, row.rho);
        for g in gradient {
            assert!(g.contains(0.0), "{what}: gradient {g}");
            assert!(g.width() < 1e-11, "{what}: gradient {g}");
        }
        let meets = |got: Interval, reference: Interval| {
            assert!(
                !got.intersection(reference).is_empty(),
                "{what}: {got} misses {reference}"
            );
            assert!(got.width() < 1e-10, "{what}: {got} is wide");
        };
        meets(kappa, row.kappa);
        meets(enclosed.value(row.point, Interval::ZERO), row.value);
        let jacobian = enclosed.jacobian(row.point, Interval::ZERO);
        let eigenvalues = eigenvalues_symmetric_2x2(jacobian.plane_block());
        meets(eigenvalues[0], row.eigenvalues[0]);
        meets(eigenvalues[1], row.eigenvalues[1]);
    }
}

#[test]
fn floats_follow_the_enclosures() {
    for row in &rows() {
        let (enclosed, floats) = (objective::<Interval>(row), objective::<f64>(row));
        for (w1, w2, perp) in [(3.1, 0.4, 0.0), (-2.0, 1.3, 2.5), (0.1, -0.7, 0.3)] {
            let plane = [Interval::point(w1), Interval::point(w2)];
            let (g, kappa) = enclosed.gradient(plane, Interval::point(perp));
            let (gf, kappa_f) = floats.gradient([w1, w2], perp);
            let near = |x: Interval, f: f64| {
                assert!(
                    (x + Interval::symmetric(1e-10)).contains(f),
                    "d = {}: {x} and {f}",
                    row.d
                );
            };
            near(g[0], gf[0]);
            near(g[1], gf[1]);
            near(kappa, kappa_f);
            let (j, jf) = (
                enclosed.jacobian(plane, Interval::point(perp)),
                floats.jacobian([w1, w2], perp),
            );
            for (x, f) in j.plane_block().into_iter().zip(jf.plane_block()) {
                near(x, f);
            }
            near(j.radial, jf.radial);
        }
    }
}

#[test]
fn lipschitz_bounds_exceed_the_sampled_supremum_by_less_than_two() {
    for line in include_str!("../data/third_derivative_norm.csv")
        .lines()
        .skip(1)
    {
        let c: Vec<_> = line.split(',').collect();
        let radius: f64 = c[3].parse().unwrap();
        let sampled: f64 = c[4].parse().unwrap();
        let d: u64 = c[0].parse().unwrap();
        let rows = rows();
        let exact = rows
            .iter()
            .find(|r| r.exact && r.d == d && r.tau == number("7"))
            .unwrap();
        let minimum = rows
            .iter()
            .find(|r| !r.exact && r.tau == number("7"))
            .unwrap()
            .point;
        let bounds = BallBounds::new(&objective::<Interval>(exact), minimum, radius);
        let bound = bounds.norm(SecondDerivativeNorm::Spectral);
        assert!(bound >= sampled * (1.0 - 1e-6));
        assert!(bound <= 2.0 * sampled, "ratio {}", bound / sampled);
    }
}
