//! Statement: the Jacobian of the gradient map of `L` at `W̃*` is invertible, with the enclosed extreme singular
//! values; over all `2d` coordinates it is block diagonal, one structured block a row.

use crate::given::independent::Independent;
use crate::given::{paper, paper_with};
use minlift::claim::{Claim, Sign};
use minlift::interval::Interval;
use minlift::interval::linalg::symmetric_eigenvalues;
use nalgebra::{DMatrix, DVector, Dyn, SymmetricEigen};
use num_dual::{Dual2Vec, hessian};

/// The dense Hessian of `L(W) = l(w_1) + l(w_2)` in all `2d` coordinates, by nested quadrature and
/// automatic differentiation.
fn dense(claim: &Claim, w: &[f64], nodes: usize) -> DMatrix<f64> {
    let objective = Independent::of(claim, nodes);
    let total = |w: DVector<Dual2Vec<f64, f64, Dyn>>| {
        let (first, second) = w.as_slice().split_at(w.len() / 2);
        objective.value(first) + objective.value(second)
    };
    hessian(total, &DVector::from_column_slice(w)).2
}

/// The structured Jacobians of both rows, written out and put on the diagonal.
fn structured(claim: &Claim, w: &[f64]) -> DMatrix<Interval> {
    let exact = claim.exact::<Interval>();
    let d = w.len() / 2;
    let mut all = DMatrix::from_element(2 * d, 2 * d, Interval::ZERO);
    for (k, row) in w.chunks(d).enumerate() {
        let row: Vec<_> = row.iter().map(|&x| Interval::point(x)).collect();
        let perp_sqr = row[2..].iter().map(|x| x.sqr()).sum();
        let block = exact.jacobian([row[0], row[1]], perp_sqr).dense(&row);
        all.view_mut((k * d, k * d), (d, d)).copy_from(&block);
    }
    all
}

/// `W̃*` in all coordinates, in floats.
fn simplified_minimum(d: u64) -> Vec<f64> {
    let minima = paper(d).simplified.expect("proved").minima;
    let d = usize::try_from(d).unwrap();
    minima
        .iter()
        .flat_map(|m| {
            let mut row = vec![0.0; d];
            row[0] = m.point[0].mid();
            row[1] = m.point[1].mid();
            row
        })
        .collect()
}

fn assert_dense_agrees(claim: &Claim, w: &[f64], nodes: usize) {
    let (dense, blocks) = (dense(claim, w, nodes), structured(claim, w));
    let d = w.len() / 2;
    for i in 0..2 * d {
        for j in 0..2 * d {
            let (entry, enclosed) = (dense[(i, j)], blocks[(i, j)]);
            if (i < d) != (j < d) {
                assert_eq!(entry, 0.0, "the rows do not interact: ({i}, {j})");
            }
            let near = enclosed + Interval::symmetric(1e-9);
            assert!(near.contains(entry), "({i}, {j}): {enclosed} and {entry}");
            assert!(enclosed.width() < 1e-10, "({i}, {j}): {enclosed}");
        }
    }
}

#[test]
fn the_dense_jacobian_is_block_diagonal_with_the_structured_blocks() {
    for (d, nodes) in [(2, 40), (3, 32), (10, 12)] {
        let claim = paper_with(d, "");
        assert_dense_agrees(&claim, &simplified_minimum(d), nodes);
    }
    // Away from the plane and with unlike noises as well.
    let claim = paper_with(4, "rho_data = 0.2\nrho_view = 0.05");
    let w = [2.9, 1.1, 0.6, -0.8, -1.7, 0.4, 0.3, 1.2];
    assert_dense_agrees(&claim, &w, 24);
}

#[test]
fn eigenvalues_of_the_dense_matrix_lie_in_the_structured_enclosures() {
    for (d, nodes) in [(3, 32), (10, 12)] {
        let claim = paper_with(d, "");
        let evidence = paper(d).jacobian.expect("computed");
        let mut expected: Vec<Interval> = (0..2)
            .flat_map(|k| {
                let plane = evidence.plane_eigenvalues[k];
                let off = vec![evidence.kappa[k]; usize::try_from(d).unwrap() - 2];
                plane.into_iter().chain(off)
            })
            .collect();
        expected.sort_by(|a, b| a.mid().total_cmp(&b.mid()));

        let w = simplified_minimum(d);
        let mut found = SymmetricEigen::new(dense(&claim, &w, nodes))
            .eigenvalues
            .as_slice()
            .to_vec();
        found.sort_by(f64::total_cmp);
        let enclosed = symmetric_eigenvalues(&structured(&claim, &w)).unwrap();
        assert_eq!(
            (found.len(), enclosed.len()),
            (expected.len(), expected.len())
        );
        for ((&expected, found), enclosed) in expected.iter().zip(found).zip(enclosed) {
            assert!(expected.width() < 1e-9, "{expected}");
            let near = expected + Interval::symmetric(1e-9);
            assert!(near.contains(found), "d = {d}: {expected} and {found}");
            // Two enclosures of one number: the dense matrix knows nothing of the structure.
            assert!(!enclosed.intersection(expected).is_empty() && enclosed.width() < 1e-9);
        }
        // Invertible, and how far from singular.
        let extremes = [expected[0], expected[expected.len() - 1]];
        for spectrum in [&evidence.row, &evidence.all] {
            assert_eq!(spectrum.determinant_sign, Sign::Positive);
            for (sigma, extreme) in [spectrum.sigma_min, spectrum.sigma_max]
                .iter()
                .zip(extremes)
            {
                assert!(!sigma.intersection(extreme).is_empty() && sigma.width() < 1e-9);
            }
            let quotient = extremes[1].mid() / extremes[0].mid();
            assert!(spectrum.condition.contains(quotient));
            assert!(spectrum.condition.width() < 1e-6 * quotient);
        }
    }
}

#[test]
fn the_determinant_of_the_dense_matrix_has_the_stated_sign() {
    for (d, nodes) in [(2, 40), (10, 12)] {
        let claim = paper_with(d, "");
        let matrix = dense(&claim, &simplified_minimum(d), nodes);
        let row = matrix.view((0, 0), (d as usize, d as usize)).clone_owned();
        assert!(matrix.determinant() > 0.0 && row.determinant() > 0.0);
    }
}

/// Nothing of size `d x d` is needed: the spectrum comes out in a million dimensions.
#[test]
fn the_spectrum_is_the_same_statement_in_every_dimension() {
    for d in [2, 3, 5, 20, 100, 1000, 1_000_000] {
        let jacobian = paper(d).jacobian.expect("computed");
        assert_eq!(jacobian.all.determinant_sign, Sign::Positive, "d = {d}");
        assert!(jacobian.all.sigma_min.certainly_positive(), "d = {d}");
        assert!(jacobian.all.condition.width() < 1e-6, "d = {d}");
        // |A^-1| = 1/(2 alpha) = 400, from the directions off the plane, as d grows.
        if d >= 20 {
            let inverse = jacobian.all.sigma_min.recip();
            let limit = 400.0 * (1.0 - 2.0 / d as f64);
            assert!(
                inverse.inf() > limit && inverse.sup() <= 400.1,
                "d = {d}: {inverse}"
            );
        }
    }
    // Two dimensions leave none off the plane: the smallest singular value is in it.
    let two = paper(2).jacobian.expect("computed");
    let smallest = two.plane_eigenvalues[0][0];
    assert!(!two.row.sigma_min.intersection(smallest).is_empty());
    assert!(two.row.sigma_min.width() < 1e-9 && two.row.sigma_min.inf() > 0.0075);
}
