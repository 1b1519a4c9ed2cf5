//! Seeded matrices, and references that are exact or enclosed.

use minlift::interval::Interval;
use nalgebra::DMatrix;
use rand::{Rng, SeedableRng};
use rand_distr::StandardNormal;
use rand_xoshiro::Xoshiro256PlusPlus;

pub fn rng(seed: u64) -> Xoshiro256PlusPlus {
    Xoshiro256PlusPlus::seed_from_u64(seed)
}

pub fn normal(rows: usize, columns: usize, seed: u64) -> DMatrix<f64> {
    let mut rng = rng(seed);
    DMatrix::from_fn(rows, columns, |_, _| rng.sample(StandardNormal))
}

/// `Xᵀ diag(w) X` by tightest interval operations.
pub fn gram_reference(x: &DMatrix<f64>, w: &[Interval]) -> DMatrix<Interval> {
    let d = x.ncols();
    DMatrix::from_fn(d, d, |j, k| {
        (0..x.nrows())
            .map(|i| w[i] * Interval::point(x[(i, j)]) * Interval::point(x[(i, k)]))
            .sum()
    })
}

/// `H diag(values) H` with a Householder reflection `H`, rounded to symmetric floats: the
/// eigenvalues move by rounding errors only.
pub fn with_spectrum(values: &[f64], seed: u64) -> DMatrix<f64> {
    let d = values.len();
    let mut a = DMatrix::from_diagonal(&nalgebra::DVector::from_column_slice(values));
    for step in 0..2 {
        let v = normal(d, 1, seed + step);
        let h = DMatrix::identity(d, d) - (&v * v.transpose()) * (2.0 / v.norm_squared());
        a = &h * a * &h;
    }
    0.5 * (&a + a.transpose())
}

/// The second difference: eigenvalues `2 - 2 cos(k pi/(d + 1))`.
pub fn laplacian(d: usize) -> DMatrix<f64> {
    DMatrix::from_fn(d, d, |j, k| match j.abs_diff(k) {
        0 => 2.0,
        1 => -1.0,
        _ => 0.0,
    })
}

pub fn points(v: &[f64]) -> Vec<Interval> {
    v.iter().map(|x| Interval::point(*x)).collect()
}

/// Runs with this many threads.
pub fn with_threads<T: Send>(threads: usize, f: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .expect("a pool")
        .install(f)
}
