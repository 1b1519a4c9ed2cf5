//! `Xᵀ diag(w) X` in floats, at the speed of the machine's matrix product.
//!
//! Rows are taken in blocks whose scaled copy stays in the cache; each block adds to the lower
//! triangle only, half of a full product. The blocks are divided into slabs whose number depends on
//! the shape alone, and the slabs' sums are added in order: the result has the same bits for
//! any number of threads.

use std::ops::Range;

use nalgebra::DMatrix;
use rayon::prelude::*;

use super::kernels;

/// Most rows of a block.
const BLOCK: usize = 512;
/// One slab per so many multiplications, but at most [`SLABS`].
const SLAB_WORK: usize = 1 << 26;
/// Each slab has its own `d x d` sum.
const SLABS: usize = 8;

/// `Xᵀ diag(w) X` in floats for an `n x d` matrix whose rows are points; weights of any sign.
///
/// Every entry is a sum of the `n` products `fl(w_i x_ij) x_ik` in some order and grouping, fused or
/// not; the result is exactly symmetric, and the same for any number of threads.
///
/// # Panics
///
/// If there is not one weight per row.
///
/// # Example
///
/// ```
/// use minlift::linear::weighted_gram;
/// use nalgebra::{DMatrix, dmatrix};
///
/// let x: DMatrix<f64> = dmatrix![1.0, 2.0; 3.0, 4.0; 5.0, 6.0];
/// assert_eq!(weighted_gram(&x, &[1.0, -1.0, 0.5]), dmatrix![4.5, 5.0; 5.0, 6.0]);
/// ```
#[must_use]
pub fn weighted_gram(x: &DMatrix<f64>, weights: &[f64]) -> DMatrix<f64> {
    assert_eq!(x.nrows(), weights.len(), "one weight per row");
    weighted_gram_with(x, |rows, out| out.copy_from_slice(&weights[rows]))
}

/// The same with weights made block by block, so that making them and the product are one pass.
///
/// `weights(rows, out)` writes the weights of these rows; it is called once for each
/// block, possibly from several threads at once.
#[must_use]
pub fn weighted_gram_with<F>(x: &DMatrix<f64>, weights: F) -> DMatrix<f64>
where
    F: Fn(Range<usize>, &mut [f64]) + Sync,
{
    let (n, d) = x.shape();
    let slabs = slabs(n, d);
    let rows_per_slab = n.div_ceil(BLOCK).div_ceil(slabs) * BLOCK;
    let slab = |s: usize| {
        let rows = (s * rows_per_slab).min(n)..((s + 1) * rows_per_slab).min(n);
        slab_sum(x, rows, &weights)
    };
    let sum = if slabs == 1 {
        slab(0)
    } else {
        let partial: Vec<Vec<f64>> = (0..slabs).into_par_iter().map(slab).collect();
        add_in_order(partial, d)
    };
    let mut gram = DMatrix::from_vec(d, d, sum);
    kernels::mirror_lower(&mut gram);
    gram
}

/// Depends on the shape only, so that the order of summation does.
fn slabs(n: usize, d: usize) -> usize {
    let work = n.saturating_mul(d).saturating_mul(d);
    (work / SLAB_WORK).clamp(1, SLABS)
}

/// The lower triangle of the sum over the given rows, column by column.
fn slab_sum<F>(x: &DMatrix<f64>, rows: Range<usize>, weights: &F) -> Vec<f64>
where
    F: Fn(Range<usize>, &mut [f64]) + Sync,
{
    let d = x.ncols();
    let mut sum = vec![0.0; d * d];
    let mut w = [0.0; BLOCK];
    let mut scaled = vec![0.0; BLOCK.min(rows.len()) * d];
    for start in rows.clone().step_by(BLOCK) {
        let block = start..(start + BLOCK).min(rows.end);
        let w = &mut w[..block.len()];
        weights(block.clone(), w);
        kernels::add_gram(&mut sum, x, block, w, &mut scaled);
    }
    sum
}

/// Column by column, so that the columns can be added by several threads.
fn add_in_order(mut partial: Vec<Vec<f64>>, d: usize) -> Vec<f64> {
    let (first, others) = partial.split_at_mut(1);
    let sum = &mut first[0];
    sum.par_chunks_mut(d).enumerate().for_each(|(k, column)| {
        for other in others.iter() {
            for (a, b) in column[k..].iter_mut().zip(&other[k * d + k..]) {
                *a += b;
            }
        }
    });
    partial.swap_remove(0)
}
