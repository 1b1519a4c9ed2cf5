//! Drawing a data set.

use nalgebra::DMatrix;
use rand::{Rng, RngCore, SeedableRng};
use rand_distr::StandardNormal;
use rand_xoshiro::Xoshiro256PlusPlus;

use super::{DataNoise, DataSet, Source};

impl DataSet {
    /// Draws `n` points in `d` dimensions: centres with probability 1/4 each, noise of standard deviation `rho`.
    ///
    /// # The stream
    ///
    /// One generator, [`Xoshiro256PlusPlus`] seeded by `seed_from_u64(seed)`, one thread. The points are drawn one
    /// after the other; for each, first the centre's number, the upper two bits of one `u64`, then its standard
    /// normal variables ([`StandardNormal`]): `d` of them, in the order of the coordinates, or a single one if the noise is
    /// [`DataNoise::Broadcast`]. A coordinate is `μ + rho·g` in floats, rounded after each of the two operations.
    ///
    /// So the first points of a larger data set with the same `d` are those of a smaller one. The rejection step of the normal
    /// variables uses the platform's `exp` and `ln`: another mathematical library could, in principle, give
    /// other points from some point on. A test pins the values.
    ///
    /// # Panics
    ///
    /// If `d < 2`: the centres need two coordinates.
    ///
    /// # Example
    ///
    /// ```
    /// use minlift::data::{DataNoise, DataSet};
    ///
    /// let data = DataSet::draw(100, 10, 7.0, 0.03, DataNoise::Isotropic, 1);
    /// assert_eq!((data.n(), data.d()), (100, 10));
    /// assert_eq!(data.counts().iter().sum::<u64>(), 100);
    /// // Point 0 lies near its centre.
    /// let x1 = if data.centres[0] < 2 { 1.0 } else { -1.0 };
    /// assert!((data.points[(0, 0)] - x1).abs() < 0.2);
    /// ```
    #[must_use]
    pub fn draw(n: usize, d: usize, tau: f64, rho: f64, noise: DataNoise, seed: u64) -> Self {
        assert!(d >= 2, "a data set needs at least 2 dimensions, not {d}");
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
        let mut points = DMatrix::zeros(n, d);
        let mut centres = Vec::with_capacity(n);
        for i in 0..n {
            let centre = (rng.next_u64() >> 62) as u8;
            centres.push(centre);
            let mu = [
                if centre < 2 { 1.0 } else { -1.0 },
                if centre & 1 == 0 { 0.0 } else { tau },
            ];
            let mut normal = || -> f64 { rng.sample(StandardNormal) };
            let shared = match noise {
                DataNoise::Isotropic => None,
                DataNoise::Broadcast => Some(normal()),
            };
            for j in 0..d {
                let shift = rho * shared.unwrap_or_else(&mut normal);
                points[(i, j)] = mu.get(j).copied().unwrap_or(0.0) + shift;
            }
        }
        Self {
            points,
            centres,
            source: Source::Drawn { seed, noise },
        }
    }
}
