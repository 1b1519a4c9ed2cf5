//! The structured Jacobian against the definition, the dense matrix, and differences.

use minlift::interval::Interval;
use minlift::model::supervised::{PopulationObjective, RowBasis, SupervisedJacobian};
use nalgebra::{DMatrix, DVector};

use super::definition::{Definition, OverAllNoise, OverProjections};
use super::given::{gap, lopsided, paper, parameters, point};

fn check(definition: &impl Definition, objective: &PopulationObjective, x: &[f64], tolerance: f64) {
    let (jacobian, frame) = objective.jacobian(x);
    let dense = jacobian.dense(&frame);
    assert!((&dense - dense.transpose()).amax() < 1e-15 * (1.0 + dense.amax()));
    for seed in 0..2 {
        let v = point(frame.dimension(), 1.0, 100 + seed);
        let mut product = vec![0.0; x.len()];
        jacobian.apply(&frame, &v, &mut product);
        let by_dense = &dense * DVector::from_column_slice(&v);
        let scale = by_dense.norm() + 1.0;
        assert!(gap(&product, by_dense.as_slice()) < 1e-13 * scale);
        let gap = gap(&product, &definition.product(x, &v));
        assert!(gap < tolerance * scale, "{gap:e} off at {x:?}");
    }
}

#[test]
fn against_the_definition_over_projections() {
    for d in [2, 5, 10] {
        for rho in [0.0, 0.03, 0.35] {
            let x = point(d, 1.2, 7);
            for parameters in [parameters(d as u64, rho), lopsided(d as u64, rho)] {
                let objective = PopulationObjective::new(&parameters);
                check(&OverProjections(parameters), &objective, &x, 2e-9);
            }
        }
    }
}

/// Rows that are opposite, in the plane, or 0: the frame and the span lose directions.
#[test]
fn against_the_definition_over_all_noise() {
    let rows: [[[f64; 3]; 2]; 4] = [
        [[1.5, -0.4, 0.7], [-1.5, 0.4, -0.7]],
        [[2.6, 0.0, 0.0], [-2.6, 0.0, 0.0]],
        [[1.0, 0.5, 0.0], [0.0, 0.0, 0.0]],
        [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]],
    ];
    for rho in [0.0, 0.35] {
        let parameters = lopsided(3, rho);
        let objective = PopulationObjective::new(&parameters);
        let definition = OverAllNoise(parameters);
        for [first, second] in rows {
            let x = [first.as_slice(), &second, &[-4.2, 3.1]].concat();
            check(&definition, &objective, &x, 2e-9);
        }
    }
}

/// Across the thresholds below which a direction is taken to have no noise, nothing jumps.
#[test]
fn nearly_parallel_rows() {
    let objective = paper(5);
    let mut x = [
        1.5, -0.4, 0.7, 0.0, 0.0, -1.5, 0.4, -0.7, 0.0, 0.0, -4.2, 3.1,
    ];
    let (parallel, frame) = objective.jacobian(&x);
    let limit = parallel.dense(&frame);
    for size in [1e-14, 1e-10, 1e-8, 1e-7, 1e-6] {
        x[8] = size;
        let (jacobian, frame) = objective.jacobian(&x);
        let gap = (jacobian.dense(&frame) - &limit).amax();
        assert!(gap < 1e-9 + 10.0 * size, "{gap:e} at {size:e}");
    }
}

#[test]
fn against_differences_of_the_gradient() {
    let objective = paper(10);
    let x = point(10, 1.0, 3);
    let (jacobian, frame) = objective.jacobian(&x);
    let dense = jacobian.dense(&frame);
    let h = 1e-5;
    for k in 0..22 {
        let (mut ahead, mut behind) = (x.clone(), x.clone());
        ahead[k] += h;
        behind[k] -= h;
        let (mut up, mut down) = (vec![0.0; 22], vec![0.0; 22]);
        objective.gradient(&ahead, &mut up);
        objective.gradient(&behind, &mut down);
        let column: Vec<f64> = up
            .iter()
            .zip(&down)
            .map(|(a, b)| (a - b) / (2.0 * h))
            .collect();
        // Truncation is some third derivative times 1e-10/6, rounding of the rules 1e-10/1e-5 at worst.
        assert!(gap(&column, dense.column(k).as_slice()) < 1e-6);
    }
}

/// At the minimum of the paper all eigenvalues are positive, and those beside the plane are the 2×2 matrix's.
#[test]
fn spectrum_at_the_minimum() {
    let objective = paper(10);
    let mut x = vec![0.0; 22];
    (x[0], x[10], x[20], x[21]) = (2.6300, -2.6300, -4.2547, 4.2547);
    let (jacobian, frame) = objective.jacobian(&x);
    assert_eq!(frame, RowBasis::in_plane(10));
    let eigenvalues = jacobian.dense(&frame).symmetric_eigenvalues();
    assert!(eigenvalues.min() > 0.0024 && eigenvalues.min() < 0.0026);
    let [c11, c12, c22] = jacobian.beside;
    let beside = DMatrix::from_row_slice(2, 2, &[c11, c12, c12, c22]).symmetric_eigenvalues();
    for c in beside.iter() {
        let times = eigenvalues
            .iter()
            .filter(|x| (*x - c).abs() < 1e-12)
            .count();
        assert_eq!(times, 8, "{c}");
    }
    let block = jacobian.plane_block();
    let block = DMatrix::from_fn(6, 6, |i, j| block[i][j]);
    let rest: f64 = block.symmetric_eigenvalues().iter().sum();
    let all: f64 = eigenvalues.iter().sum();
    assert!((all - rest - 8.0 * (c11 + c22)).abs() < 1e-12);
}

/// The same code encloses: the product of point intervals contains the float one's exact value.
#[test]
fn intervals_enclose_the_floats() {
    let objective = paper(4);
    let x = point(4, 0.8, 5);
    let (floats, _) = objective.jacobian(&x);
    let boxes = SupervisedJacobian {
        core: floats.core.map(|row| row.map(Interval::point)),
        beside: floats.beside.map(Interval::point),
    };
    let v = point(4, 1.0, 6);
    let (mut by_floats, mut by_boxes) = (vec![0.0; 10], vec![Interval::ZERO; 10]);
    floats.apply(&RowBasis::in_plane(4), &v, &mut by_floats);
    let v: Vec<Interval> = v.into_iter().map(Interval::point).collect();
    boxes.apply(&RowBasis::in_plane(4), &v, &mut by_boxes);
    for (x, y) in by_floats.iter().zip(&by_boxes) {
        assert!(y.width() < 1e-12 && (x - y.mid()).abs() < 1e-12);
    }
}
