//! Plain float kernels: the products and factors that faer computes.
//!
//! **What is assumed of a float product.** Every entry is a sum of the inner dimension's products in
//! some order and grouping, each operation correctly rounded, fused multiply-adds allowed; no
//! Strassen-like scheme, and no flushing of subnormals. faer's products are of this kind. Of its
//! factorisations and eigenvalues nothing is assumed.

use std::ops::Range;

use faer::linalg::matmul::matmul;
use faer::linalg::matmul::triangular::{BlockStructure, matmul as triangular_matmul};
use faer::reborrow::{Reborrow, ReborrowMut};
use faer::{Accum, Mat, MatMut, MatRef, Par};
use nalgebra::{DMatrix, DVector};

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
///
/// Blocks of columns, each after the product of those before it: all but `O(d²)` of the work is in products.
pub(super) fn cholesky(a: &DMatrix<f64>, sign: f64, shift: f64) -> Option<DMatrix<f64>> {
    let d = a.nrows();
    let mut factor = a.map(|x| sign * x);
    for j in 0..d {
        factor[(j, j)] -= shift;
    }
    for first in (0..d).step_by(COLUMNS) {
        let end = (first + COLUMNS).min(d);
        let (before, rest) = factor.as_mut_slice().split_at_mut(first * d);
        let panel = &mut rest[..(end - first) * d];
        if first > 0 {
            let before = MatRef::from_column_major_slice(before, d, first);
            let (lower, own) = (
                before.subrows(first, d - first),
                before.subrows(first, end - first),
            );
            matmul(
                MatMut::from_column_major_slice_mut(panel, d, end - first)
                    .subrows_mut(first, d - first),
                Accum::Add,
                lower,
                own.transpose(),
                -1.0,
                Par::Seq,
            );
        }
        // The panel's own columns, one after the other.
        for j in first..end {
            let (done, column) = panel.split_at_mut((j - first) * d);
            let column = &mut column[..d];
            for done in done.chunks_exact(d) {
                let multiple = done[j];
                for (x, l) in column[j..].iter_mut().zip(&done[j..]) {
                    *x -= multiple * l;
                }
            }
            let pivot = column[j];
            if !(pivot > 0.0 && pivot < f64::INFINITY) {
                return None;
            }
            let root = pivot.sqrt();
            column[j..].iter_mut().for_each(|x| *x /= root);
        }
    }
    Some(factor)
}

/// Columns of one block of [`cholesky`].
const COLUMNS: usize = 32;

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

/// `(L Lᵀ)⁻¹x` for the lower triangle `L`, in place.
pub(super) fn substitute(l: &DMatrix<f64>, x: &mut [f64]) {
    let d = x.len();
    let column = |j: usize| &l.as_slice()[j * d..(j + 1) * d];
    // L y = x, column by column.
    for j in 0..d {
        let column = column(j);
        x[j] /= column[j];
        let (head, tail) = x.split_at_mut(j + 1);
        for (x, l) in tail.iter_mut().zip(&column[j + 1..]) {
            *x -= head[j] * l;
        }
    }
    // Lᵀ x = y: scalar products with the columns.
    for j in (0..d).rev() {
        let column = column(j);
        let sum: f64 = (column[j + 1..].iter().zip(&x[j + 1..]))
            .map(|(l, x)| l * x)
            .sum();
        x[j] = (x[j] - sum) / column[j];
    }
}

/// An approximate eigenvector: a few solutions with `L Lᵀ`, each scaled to the largest entry 1.
pub(super) fn inverse_iteration(l: &DMatrix<f64>, steps: usize) -> Vec<f64> {
    let d = l.nrows();
    // No pattern an eigenvector is likely to be orthogonal to.
    let mut v: Vec<f64> = (0..d).map(|j| 1.0 + (j as f64 * 0.618).fract()).collect();
    for _ in 0..steps {
        substitute(l, &mut v);
        let largest = v.iter().fold(0.0, |m: f64, x| m.max(x.abs()));
        v.iter_mut().for_each(|x| *x /= largest);
    }
    v
}

/// The inverse from a Cholesky factor, in full: `L⁻ᵀL⁻¹`.
pub(super) fn inverse_of_cholesky(l: &DMatrix<f64>) -> DMatrix<f64> {
    let d = l.nrows();
    let mut root = l.clone();
    root.fill_upper_triangle(0.0, 1);
    invert_lower(view_mut(&mut root));
    let mut inverse = DMatrix::zeros(d, d);
    triangular_matmul(
        view_mut(&mut inverse),
        BlockStructure::TriangularLower,
        Accum::Replace,
        view(&root).transpose(),
        BlockStructure::TriangularUpper,
        view(&root),
        BlockStructure::TriangularLower,
        1.0,
        Par::Seq,
    );
    mirror_lower(&mut inverse);
    inverse
}

/// The inverse of a lower triangle, in place, by halves: `[A 0; B C]⁻¹ = [A⁻¹ 0; -C⁻¹BA⁻¹ C⁻¹]`.
fn invert_lower(mut l: MatMut<'_, f64>) {
    const SMALL: usize = 16;
    let d = l.nrows();
    if d <= SMALL {
        for k in 0..d {
            l[(k, k)] = 1.0 / l[(k, k)];
            for j in k + 1..d {
                let sum: f64 = (k..j).map(|i| l[(j, i)] * l[(i, k)]).sum();
                l[(j, k)] = -sum / l[(j, j)];
            }
        }
        return;
    }
    let half = d / 2;
    let (mut a, _, mut b, mut c) = l.split_at_mut(half, half);
    invert_lower(a.rb_mut());
    invert_lower(c.rb_mut());
    let mut product = Mat::zeros(d - half, half);
    matmul(
        product.as_mut(),
        Accum::Replace,
        c.rb(),
        b.rb(),
        -1.0,
        Par::Seq,
    );
    matmul(
        b.rb_mut(),
        Accum::Replace,
        product.as_ref(),
        a.rb(),
        1.0,
        Par::Seq,
    );
}

/// The symmetric part of the inverse from an LU decomposition; the matrix itself if it has none.
pub(super) fn inverse_of_indefinite(a: &DMatrix<f64>) -> DMatrix<f64> {
    let inverse = a.clone().try_inverse().unwrap_or_else(|| a.clone());
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

/// The extreme eigenvalues of a symmetric matrix and some between, in ascending order, as far as floats tell: all of them
/// for small matrices, else Ritz values of Lanczos' method, which lie inside the spectrum.
pub(super) fn eigenvalues_approx(a: &DMatrix<f64>) -> Option<Vec<f64>> {
    // Entries of at most 1: nothing overflows, and the iterations end.
    let size = a.amax();
    if !(size > 0.0 && size < f64::INFINITY) {
        return Some(vec![0.0; 2]).filter(|_| size == 0.0);
    }
    let scaled = a / size;
    let small = if a.nrows() <= ALL_UP_TO {
        scaled
    } else {
        lanczos(&scaled)
    };
    let mut values: Vec<f64> = (small.symmetric_eigenvalues().iter())
        .map(|x| x * size)
        .collect();
    values.sort_by(f64::total_cmp);
    values.iter().all(|x| x.is_finite()).then_some(values)
}

/// Up to this dimension all eigenvalues are computed.
const ALL_UP_TO: usize = 100;
/// Steps of Lanczos' method.
const LANCZOS: usize = 48;

/// The tridiagonal matrix of Lanczos' method, its vectors kept orthogonal by force.
fn lanczos(a: &DMatrix<f64>) -> DMatrix<f64> {
    let d = a.nrows();
    let start = DVector::from_fn(d, |j, _| 1.0 + (j as f64 * 0.618).fract());
    let mut basis = vec![start.normalize()];
    let mut projected = DMatrix::<f64>::zeros(LANCZOS, LANCZOS);
    for k in 0..LANCZOS {
        let mut next = a * &basis[k];
        for _ in 0..2 {
            for (j, v) in basis.iter().enumerate() {
                let part = v.dot(&next);
                next.axpy(-part, v, 1.0);
                if j == k {
                    projected[(k, k)] += part;
                }
            }
        }
        let length = next.norm();
        let goes_on = length > 1e-14 * projected[(k, k)].abs();
        if !goes_on || k + 1 == LANCZOS {
            return projected.resize(k + 1, k + 1, 0.0);
        }
        projected[(k + 1, k)] = length;
        projected[(k, k + 1)] = length;
        basis.push(next / length);
    }
    projected
}
