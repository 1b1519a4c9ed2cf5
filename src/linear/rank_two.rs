//! Adding `c wᵀ + w cᵀ + g w wᵀ` to a matrix with a radius.
//!
//! With `h = c + (g/2) w` the term is `h wᵀ + w hᵀ`. For midpoints `h̄, w̄` and radii `r, s`,
//!
//! ```text
//! |h_j w_k - h̄_j w̄_k| <= r_j (|w̄_k| + s_k) + |h̄_j| s_k,
//! p qᵀ + q pᵀ <= (a p + q/a) (a p + q/a)ᵀ   for non-negative p, q and any a > 0,
//! ```
//!
//! and the rounding of `fl(A_jk + fl(h̄_j w̄_k + w̄_j h̄_k))` is at most
//! `gamma_2 (|h̄_j| |w̄_k| + |w̄_j| |h̄_k|) + u m_j^(1/2) m_k^(1/2) + 2 eta`, where `m_j` is the largest
//! new entry of row `j` in absolute value. `notes/linear.md`, lemma 3.

use super::bounds::{gamma_upper, largest, norm_sqr_upper, or_infinite};
use super::symmetric::EnclosedSymmetric;
use super::{LinearError, expect_length, kernels};
use crate::interval::Interval;
use crate::interval::rounding::{add_up, div_up, mul_up, sqrt_up};

/// `2^-536`: its square is `4 eta`.
const ROOT_4_ETA: f64 = f64::from_bits((1023 - 536) << 52);

impl EnclosedSymmetric {
    /// The set of `A + c wᵀ + w cᵀ + g w wᵀ`.
    ///
    /// # Errors
    ///
    /// A vector of another length.
    ///
    /// # Example
    ///
    /// ```
    /// use minlift::interval::Interval;
    /// use minlift::linear::EnclosedSymmetric;
    /// use nalgebra::dmatrix;
    ///
    /// let mut a = EnclosedSymmetric::point(dmatrix![1.0, 0.0; 0.0, 1.0])?;
    /// let (c, w) = ([1.0, 2.0].map(Interval::point), [3.0, 0.5].map(Interval::point));
    /// a.add_rank_two(&c, &w, Interval::point(-1.0))?;
    /// assert!(a.entry(0, 1).contains(1.0 * 0.5 + 3.0 * 2.0 - 3.0 * 0.5));
    /// # Ok::<(), minlift::linear::LinearError>(())
    /// ```
    pub fn add_rank_two(
        &mut self,
        c: &[Interval],
        w: &[Interval],
        g: Interval,
    ) -> Result<(), LinearError> {
        let d = self.dimension();
        expect_length(d, c.len())?;
        expect_length(d, w.len())?;
        let half = g * Interval::point(0.5);
        let h: Vec<Interval> = c.iter().zip(w).map(|(c, w)| *c + half * *w).collect();
        let (h_mid, h_rad) = split(&h);
        let (w_mid, w_rad) = split(w);

        let mut rows: Vec<f64> = vec![0.0; d];
        for k in 0..d {
            for j in k..d {
                let new = self.mid[(j, k)] + (h_mid[j] * w_mid[k] + w_mid[j] * h_mid[k]);
                self.mid[(j, k)] = new;
                rows[j] = largest([rows[j], new.abs()]);
                rows[k] = largest([rows[k], new.abs()]);
            }
        }
        kernels::mirror_lower(&mut self.mid);

        let gamma = gamma_upper(2);
        let w_far = zip(&w_mid, &w_rad, |w, s| add_up(w.abs(), s));
        let h_abs = zip(&h_mid, &h_rad, |h, _| h.abs());
        let second = zip(&w_mid, &w_rad, |w, s| add_up(s, mul_up(gamma, w.abs())));
        self.add_symmetric_product(&h_rad, &w_far);
        self.add_symmetric_product(&h_abs, &second);
        let rounding = |m: f64| add_up(sqrt_up(mul_up(m, f64::EPSILON / 2.0)), ROOT_4_ETA);
        self.add_radius(rows.into_iter().map(rounding).collect());
        Ok(())
    }

    /// Adds `p qᵀ + q pᵀ` to the radius; `a` makes both terms of `a p + q/a` equally long.
    fn add_symmetric_product(&mut self, p: &[f64], q: &[f64]) {
        if is_zero(p) || is_zero(q) {
            return;
        }
        let ratio = (norm_sqr_upper(q) / norm_sqr_upper(p)).sqrt().sqrt();
        let a = if ratio.is_normal() { ratio } else { 1.0 }; // any positive number will do
        self.add_radius(zip(p, q, |p, q| add_up(mul_up(a, p), div_up(q, a))));
    }
}

fn is_zero(v: &[f64]) -> bool {
    v.iter().all(|x| *x == 0.0)
}

fn zip(a: &[f64], b: &[f64], f: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    a.iter()
        .zip(b)
        .map(|(a, b)| or_infinite(f(*a, *b)))
        .collect()
}

/// Midpoints and radii.
pub(super) fn split(v: &[Interval]) -> (Vec<f64>, Vec<f64>) {
    let radius = |x: &Interval| or_infinite(x.rad());
    (
        v.iter().map(|x| x.mid()).collect(),
        v.iter().map(radius).collect(),
    )
}
