//! The published initialisation of supervised learning.

use nalgebra::DVector;
use rand::{Rng, SeedableRng};
use rand_distr::StandardNormal;
use rand_xoshiro::Xoshiro256PlusPlus;

/// Jumps of 2^128 numbers to this stream; the regions of the self-supervised runs use 0, 1, 2.
const STREAM: usize = 3;

/// The starting point `(w_1, w_2, F)`, a vector of length `2d + 2`, `d >= 2`.
///
/// All entries are standard normal, then `w_1^(1)` is made positive and `w_2^(1)` negative: a fact of the published
/// simulation code of Yang, Li, Jiang & Li (AAAI 2023, arXiv 2401.03214). It depends on `d` and the seed alone, so
/// all methods start from the same points.
///
/// # Example
///
/// ```
/// use minlift::confirm::supervised::supervised_start;
///
/// let x = supervised_start(10, 0);
/// assert_eq!(x.len(), 22);
/// assert!(x[0] > 0.0 && x[10] < 0.0);
/// ```
#[must_use]
pub fn supervised_start(d: usize, seed: u64) -> DVector<f64> {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    for _ in 0..STREAM {
        rng.jump();
    }
    let n = 2 * d + 2;
    let mut x = DVector::<f64>::from_iterator(n, (0..n).map(|_| rng.sample(StandardNormal)));
    x[0] = x[0].abs();
    x[d] = -x[d].abs();
    x
}
