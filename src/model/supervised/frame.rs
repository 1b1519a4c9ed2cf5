//! Linear coordinates of `R^(2d+2)` about a collinear point.

use nalgebra::{DMatrix, SymmetricEigen};

use super::collinear::{COORDINATES, LocalDerivatives};
use crate::interval::Interval;
use crate::interval::linalg::{point_matrix, product};

/// The map `ϑ ↦ θ_0 + Bϑ`: the norm `|ϑ|` is the length in which distances are measured.
///
/// `B` is block diagonal: `basis` on the six coordinates of [`LocalDerivatives`] and, for each pair off the plane,
/// `b_+` on `(w_1 + w_2)/√2` and `b_-` on `(w_1 - w_2)/√2`. All entries are exact floats.
///
/// | frame | `B` | length |
/// |---|---|---|
/// | [`euclidean`](Self::euclidean) | identity | Euclidean |
/// | [`energy`](Self::energy) | near `A^(-1/2)` | near `√(δᵀAδ)`, `A` the Hessian |
/// | [`plane`](Self::plane) | two columns | Euclidean, within the invariant plane |
#[derive(Clone, Debug)]
pub struct Frame {
    /// `6 × m`.
    pub basis: DMatrix<f64>,
    /// `b_+`, `b_-`; none if the frame has no directions off the plane, as in two dimensions.
    pub beside: Option<[f64; 2]>,
}

impl Frame {
    /// All `2d + 2` coordinates as they are.
    #[must_use]
    pub fn euclidean(dimension: u64) -> Self {
        Self {
            basis: DMatrix::identity(COORDINATES, COORDINATES),
            beside: (dimension > 2).then_some([1.0; 2]),
        }
    }

    /// Given directions (columns) of the six coordinates, and none beside them.
    #[must_use]
    pub fn plane(basis: DMatrix<f64>) -> Self {
        Self {
            basis,
            beside: None,
        }
    }

    /// Coordinates in which the Jacobian is near the identity; none if its middle is not positive definite.
    #[must_use]
    pub fn energy(of: &LocalDerivatives<Interval>, dimension: u64) -> Option<Self> {
        let middle = DMatrix::from_fn(COORDINATES, COORDINATES, |i, j| of.jacobian[i][j].mid());
        let eigen = SymmetricEigen::try_new(middle, f64::EPSILON, 400)?;
        let scales = eigen.eigenvalues.map(|x| x.sqrt().recip());
        let mut basis = eigen.eigenvectors;
        for (mut column, &scale) in basis.column_iter_mut().zip(scales.iter()) {
            column *= scale;
        }
        let [a, b, c] = of.beside.map(Interval::mid);
        let mean = 0.5 * (a + c);
        let beside = [mean + b, mean - b].map(|x| x.sqrt().recip());
        let beside = (dimension > 2).then_some(beside);
        // In two dimensions nothing lies off the plane, whatever that block is.
        let mut scales = basis.iter().chain(beside.iter().flatten());
        let usable = scales.all(|x| x.is_finite());
        usable.then_some(Self { basis, beside })
    }

    /// `Bᵀ A B` on the six coordinates, `m × m`.
    #[must_use]
    pub fn jacobian(&self, of: &LocalDerivatives<Interval>) -> DMatrix<Interval> {
        let b = point_matrix(&self.basis);
        let a = DMatrix::from_fn(COORDINATES, COORDINATES, |i, j| of.jacobian[i][j]);
        product(&b.transpose(), &product(&a, &b))
    }

    /// The 2×2 block of each pair off the plane, in the frame's coordinates.
    #[must_use]
    pub fn block_beside(&self, of: &LocalDerivatives<Interval>) -> Option<DMatrix<Interval>> {
        self.beside.map(|b| rotate(of.beside, b))
    }

    /// `Bᵀ ∇L`, of length `m`.
    #[must_use]
    pub fn gradient(&self, of: &LocalDerivatives<Interval>) -> Vec<Interval> {
        (self.basis.column_iter())
            .map(|column| {
                (column.iter().zip(&of.gradient))
                    .map(|(&b, &g)| Interval::point(b) * g)
                    .sum()
            })
            .collect()
    }

    /// An upper bound of the largest change of one of the six coordinates per unit of `|ϑ|`: the length of row `i` of `B`.
    #[must_use]
    pub fn row_length(&self, i: usize) -> f64 {
        (self.basis.row(i).iter())
            .map(|&b| Interval::point(b).sqr())
            .sum::<Interval>()
            .sqrt()
            .sup()
    }
}

/// `[[a, b], [b, c]]` on `(w_1, w_2)` in the coordinates `((w_1 + w_2)/√2, (w_1 - w_2)/√2)` divided by `b_+`, `b_-`.
pub(super) fn rotate([a, b, c]: [Interval; 3], [plus, minus]: [f64; 2]) -> DMatrix<Interval> {
    let half = Interval::point(0.5);
    let (plus, minus) = (Interval::point(plus), Interval::point(minus));
    let mean = half * (a + c);
    let cross = half * (a - c) * plus * minus;
    DMatrix::from_row_slice(
        2,
        2,
        &[
            (mean + b) * plus.sqr(),
            cross,
            cross,
            (mean - b) * minus.sqr(),
        ],
    )
}
