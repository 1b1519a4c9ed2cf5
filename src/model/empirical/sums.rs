//! Sums over all points, in an order of which the rounding error is known.

use faer::traits::pulp::Arch;
use nalgebra::DMatrix;
use rayon::prelude::*;

use crate::interval::Interval;

/// Independent partial sums.
const LANES: usize = 8;
/// Terms of one partial result.
const BLOCK: usize = 512;
/// Below this many products a second thread is not worth waking.
const SMALL: usize = 1 << 16;

/// `Σ a_i b_i` in floats: eight lanes over blocks of 512, the blocks one after the other.
///
/// The error is at most [`gamma`]`(n) Σ |a_i b_i|`, apart from underflow.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    Arch::new().dispatch(|| lanes(a, b))
}

#[inline(always)]
fn lanes(a: &[f64], b: &[f64]) -> f64 {
    let mut total = 0.0;
    for (a, b) in a.chunks(BLOCK).zip(b.chunks(BLOCK)) {
        let (a_lanes, a_rest) = a.as_chunks::<LANES>();
        let (b_lanes, b_rest) = b.as_chunks::<LANES>();
        let mut sums = [0.0; LANES];
        for (x, y) in a_lanes.iter().zip(b_lanes) {
            for ((sum, x), y) in sums.iter_mut().zip(x).zip(y) {
                *sum += x * y;
            }
        }
        for ((sum, x), y) in sums.iter_mut().zip(a_rest).zip(b_rest) {
            *sum += x * y;
        }
        let [s0, s1, s2, s3, s4, s5, s6, s7] = sums;
        total += ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }
    total
}

/// An upper bound of `γ_k = ku/(1 - ku)` for the `k` roundings that a term of [`dot`] meets.
pub(super) fn gamma(n: usize) -> Interval {
    let roundings = 1 + BLOCK / LANES + 1 + 3 + n.div_ceil(BLOCK);
    roundings_bound(roundings)
}

/// `γ_k`, enclosed.
pub(super) fn roundings_bound(k: usize) -> Interval {
    let ku = Interval::point(k as f64 * (f64::EPSILON / 2.0));
    ku / (Interval::ONE - ku)
}

/// `Xᵀv` for each `v`: one pass over the columns of `X`, each sum that of [`dot`].
pub(super) fn transposed_products<const N: usize>(
    x: &DMatrix<f64>,
    vectors: [&[f64]; N],
) -> [Vec<f64>; N] {
    let n = x.nrows().max(1);
    let one = |column: &[f64]| vectors.map(|v| dot(column, v));
    let columns = x.as_slice();
    let sums: Vec<[f64; N]> = if x.len() < SMALL {
        columns.chunks_exact(n).map(one).collect()
    } else {
        columns.par_chunks_exact(n).map(one).collect()
    };
    std::array::from_fn(|k| sums.iter().map(|sums| sums[k]).collect())
}

/// `Xw`, each entry a sum over the columns in their order: `d` products and as many additions, so an error of at
/// most `γ_(d+1) Σ_j |x_ij w_j|`.
pub(super) fn product(x: &DMatrix<f64>, w: &[f64], out: &mut [f64]) {
    const ROWS: usize = 1024;
    let n = x.nrows().max(1);
    let columns = x.as_slice();
    let fill = |(block, out): (usize, &mut [f64])| {
        Arch::new().dispatch(
            #[inline(always)]
            || {
                out.fill(0.0);
                let rows = block * ROWS..block * ROWS + out.len();
                for (column, &w) in columns.chunks_exact(n).zip(w) {
                    for (sum, x) in out.iter_mut().zip(&column[rows.clone()]) {
                        *sum += x * w;
                    }
                }
            },
        );
    };
    if x.len() < SMALL {
        out.chunks_mut(ROWS).enumerate().for_each(fill);
    } else {
        out.par_chunks_mut(ROWS).enumerate().for_each(fill);
    }
}
