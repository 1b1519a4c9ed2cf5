//! Plain float kernels: the products and factors that faer computes.
//!
//! **What is assumed of a float product.** Every entry is a sum of the inner dimension's products in
//! some order and grouping, each operation correctly rounded, fused multiply-adds allowed; no
//! Strassen-like scheme, and no flushing of subnormals. faer's products are of this kind. Of its
//! factorisations and eigenvalues nothing is assumed.

use std::ops::Range;

use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::cholesky::llt::factor::{
    LltRegularization, cholesky_in_place, cholesky_in_place_scratch,
};
use faer::linalg::cholesky::llt::inverse::{inverse as llt_inverse, inverse_scratch};
use faer::linalg::matmul::matmul;
use faer::linalg::matmul::triangular::{BlockStructure, matmul as triangular_matmul};
use faer::linalg::solvers::DenseSolveCore;
use faer::linalg::triangular_solve::{
    solve_lower_triangular_in_place, solve_upper_triangular_in_place,
};
use faer::reborrow::ReborrowMut;
use faer::{Accum, MatMut, MatRef, Par, Side};
use nalgebra::DMatrix;

/// A column-major matrix as faer sees it.
pub(super) fn view(a: &DMatrix<f64>) -> MatRef<'_, f64> {
    MatRef::from_column_major_slice(a.as_slice(), a.nrows(), a.ncols())
}

fn view_mut(a: &mut DMatrix<f64>) -> MatMut<'_, f64> {
    let (rows, columns) = a.shape();
    MatMut::from_column_major_slice_mut(a.as_mut_slice(), rows, columns)
}

/// Adds `X_bᵀ diag(w) X_b` to the lower triangle of `sum`; `scaled` is room for a copy of the block.
pub(super) fn add_gram(
    sum: &mut [f64],
    x: &DMatrix<f64>,
    rows: Range<usize>,
    w: &[f64],
    scaled: &mut [f64],
) {
    let (d, b) = (x.ncols(), rows.len());
    let scaled = &mut scaled[..b * d];
    for (k, column) in scaled.chunks_exact_mut(b).enumerate() {
        let x = &x.as_slice()[k * x.nrows()..][rows.clone()];
        for ((s, w), x) in column.iter_mut().zip(w).zip(x) {
            *s = w * x;
        }
    }
    triangular_matmul(
        MatMut::from_column_major_slice_mut(sum, d, d),
        BlockStructure::TriangularLower,
        Accum::Add,
        view(x).subrows(rows.start, b).transpose(),
        BlockStructure::Rectangular,
        MatRef::from_column_major_slice(scaled, b, d),
        BlockStructure::Rectangular,
        1.0,
        Par::Seq,
    );
}

/// Copies the lower triangle to the upper one, in tiles that fit into the cache.
pub(super) fn mirror_lower(a: &mut DMatrix<f64>) {
    const TILE: usize = 32;
    let d = a.nrows();
    for k0 in (0..d).step_by(TILE) {
        for j0 in (k0..d).step_by(TILE) {
            for k in k0..(k0 + TILE).min(d) {
                for j in j0.max(k + 1)..(j0 + TILE).min(d) {
                    a[(k, j)] = a[(j, k)];
                }
            }
        }
    }
}

/// The Cholesky factor of `sign A - shift I` in the lower triangle (what is above it means nothing);
/// none if a pivot is not positive. Of `A` the lower triangle is read.
pub(super) fn cholesky(a: &DMatrix<f64>, sign: f64, shift: f64) -> Option<DMatrix<f64>> {
    let d = a.nrows();
    let mut factor = a.map(|x| sign * x);
    for j in 0..d {
        factor[(j, j)] -= shift;
    }
    let scratch = cholesky_in_place_scratch::<f64>(d, Par::Seq, Default::default());
    cholesky_in_place(
        view_mut(&mut factor),
        LltRegularization::default(),
        Par::Seq,
        MemStack::new(&mut MemBuffer::new(scratch)),
        Default::default(),
    )
    .ok()?;
    Some(factor)
}

/// The lower triangle of `L Lᵀ`.
pub(super) fn times_own_transpose(l: &DMatrix<f64>) -> DMatrix<f64> {
    let mut product = DMatrix::zeros(l.nrows(), l.nrows());
    triangular_matmul(
        view_mut(&mut product),
        BlockStructure::TriangularLower,
        Accum::Replace,
        view(l),
        BlockStructure::TriangularLower,
        view(l).transpose(),
        BlockStructure::TriangularUpper,
        1.0,
        Par::Seq,
    );
    product
}

/// An approximate eigenvector: a few solutions with `L Lᵀ`, each scaled to the largest entry 1.
pub(super) fn inverse_iteration(l: &DMatrix<f64>, steps: usize) -> Vec<f64> {
    let d = l.nrows();
    // No pattern an eigenvector is likely to be orthogonal to.
    let mut v: Vec<f64> = (0..d).map(|j| 1.0 + (j as f64 * 0.618).fract()).collect();
    for _ in 0..steps {
        let mut column = MatMut::from_column_major_slice_mut(&mut v, d, 1);
        solve_lower_triangular_in_place(view(l), column.rb_mut(), Par::Seq);
        solve_upper_triangular_in_place(view(l).transpose(), column, Par::Seq);
        let largest = v.iter().fold(0.0, |m: f64, x| m.max(x.abs()));
        v.iter_mut().for_each(|x| *x /= largest);
    }
    v
}

/// The inverse from a Cholesky factor, in full.
pub(super) fn inverse_of_cholesky(l: &DMatrix<f64>) -> DMatrix<f64> {
    let d = l.nrows();
    let mut inverse = DMatrix::zeros(d, d);
    let scratch = inverse_scratch::<f64>(d, Par::Seq);
    llt_inverse(
        view_mut(&mut inverse),
        view(l),
        Par::Seq,
        MemStack::new(&mut MemBuffer::new(scratch)),
    );
    mirror_lower(&mut inverse);
    inverse
}

/// The symmetric part of the inverse from an LU decomposition.
pub(super) fn inverse_of_indefinite(a: &DMatrix<f64>) -> DMatrix<f64> {
    let inverse = view(a).partial_piv_lu().inverse();
    DMatrix::from_fn(a.nrows(), a.nrows(), |j, k| {
        0.5 * inverse[(j, k)] + 0.5 * inverse[(k, j)]
    })
}

/// The full product `A B` of square matrices.
pub(super) fn product(a: &DMatrix<f64>, b: &DMatrix<f64>) -> DMatrix<f64> {
    let mut product = DMatrix::zeros(a.nrows(), b.ncols());
    matmul(
        view_mut(&mut product),
        Accum::Replace,
        view(a),
        view(b),
        1.0,
        Par::Seq,
    );
    product
}

/// All eigenvalues of a symmetric matrix in ascending order, as far as floats tell.
pub(super) fn eigenvalues_approx(a: &DMatrix<f64>) -> Option<Vec<f64>> {
    let values = view(a).self_adjoint_eigenvalues(Side::Lower).ok()?;
    values.iter().all(|x| x.is_finite()).then_some(values)
}
