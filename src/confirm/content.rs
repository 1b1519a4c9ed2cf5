//! Which features an end point contains: an estimate in floats, beside the proved content.

use super::rows::Rows;

/// Rows at a smaller angle (its sine) are taken as parallel. An end point with
/// `|grad L| <= 1e-6` is known to about `1e-6 / sigma_min`, some `1e-4` of `|w|` at the
/// default parameters; what is left of a smaller angle is the distance still to go.
const SMALLEST_SINE: f64 = 1e-3;

/// Cosines and projections of `e1` and `e2` at a point `W`: floats, without error bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProjectionEstimate {
    /// `|P e_j|`, `P` the orthogonal projector on the span of the rows.
    pub projections: [f64; 2],
    /// `|w_i^(j)| / |w_i|` as `cosines[i][j]`.
    pub cosines: [[f64; 2]; 2],
    /// Dimension of the span: 1 if the rows are parallel as far as floats can tell.
    pub span_dimension: usize,
}

impl ProjectionEstimate {
    /// The content of `W`.
    ///
    /// # Example
    ///
    /// ```
    /// use minlift::confirm::{ProjectionEstimate, Rows};
    ///
    /// let apart = ProjectionEstimate::of(&Rows::of(&[4.0, 3.0, -4.0, 3.0])); // rows (4, 3), (-4, 3)
    /// assert!(apart.projections.iter().all(|p| (p - 1.0).abs() < 1e-14));
    /// let same_side = ProjectionEstimate::of(&Rows::of(&[4.0, 3.0, 4.0, 3.0]));
    /// assert_eq!(same_side.span_dimension, 1);
    /// assert!((same_side.projections[1] - 0.6).abs() < 1e-15);
    /// ```
    #[must_use]
    pub fn of(rows: &Rows) -> Self {
        let norms = rows.row.map(|row| row.norm());
        // Coefficients and the scalar product of the unit rows u_1, u_2.
        let unit = [0, 1].map(|i| rows.row[i].plane.map(|x| x / norms[i]));
        let [[a1, a2], [b1, b2]] = rows.row.map(|row| row.plane);
        let scalar = (a1 * b1 + a2 * b2 + rows.perpendicular_dot) / (norms[0] * norms[1]);
        let sine_sqr = 1.0 - scalar * scalar;
        let plane_spanned = sine_sqr >= SMALLEST_SINE * SMALLEST_SINE;
        let projections = [0, 1].map(|j| {
            let (a, b) = (unit[0][j], unit[1][j]);
            if plane_spanned {
                // c^T G^-1 c with the Gram matrix G of the unit rows.
                ((a * a - 2.0 * scalar * a * b + b * b) / sine_sqr).sqrt()
            } else {
                // The line through u_1 +- u_2, whose norm is sqrt(2 + 2 |u_1 . u_2|).
                (a + b.copysign(b * scalar)).abs() / (2.0 + 2.0 * scalar.abs()).sqrt()
            }
        });
        Self {
            projections,
            cosines: unit.map(|row| row.map(f64::abs)),
            span_dimension: if plane_spanned { 2 } else { 1 },
        }
    }
}
