//! `∇ℓ` in the invariant plane as a family in `τ`, `α` and `ρ²`.

use nalgebra::{DMatrix, DVector};

use crate::interval::Interval;
use crate::model::{
    FamilyChange, FamilyDepth, FamilyDerivatives, FamilyDirection, FamilyParameters, RowFamily,
    eigenvalues_symmetric_2x2,
};
use crate::theorem::{Family, Piece};

/// Positions in a box of parameters.
pub(crate) const TAU: usize = 0;
pub(crate) const ALPHA: usize = 1;
pub(crate) const VARIANCE: usize = 2;

/// The gradient of `ℓ` in span(e1, e2) for parameters `(τ, α, ρ²)`.
///
/// By theory section 3 every critical point of `ℓ` in `R^d` lies in the plane, whatever the parameters: a zero that is the only
/// one in a planar box is the only critical point of the box times `R^(d-2)`.
#[derive(Clone, Debug)]
pub struct PlaneFamily(pub RowFamily);

impl Family for PlaneFamily {
    fn dimension(&self) -> usize {
        2
    }

    fn parameters(&self) -> usize {
        3
    }

    fn value(&self, x: &[Interval], p: &[Interval]) -> DVector<Interval> {
        let gradient = self.at(x, p, FamilyDepth::Gradient).gradient();
        DVector::from_column_slice(&gradient)
    }

    fn jacobian(&self, x: &[Interval], p: &[Interval]) -> DMatrix<Interval> {
        let [a, b, c] = match self.centred(x, p) {
            Some(expansion) => expansion.hessian(),
            None => self.at(x, p, FamilyDepth::Hessian).hessian(),
        };
        DMatrix::from_row_slice(2, 2, &[a, b, b, c])
    }

    fn sensitivity(&self, x: &[Interval], p: &[Interval]) -> DMatrix<Interval> {
        let columns = match self.centred(x, p) {
            Some(expansion) => expansion.sensitivity(),
            None => self.at(x, p, FamilyDepth::Hessian).sensitivity(),
        };
        DMatrix::from_fn(2, 3, |i, k| columns[k][i])
    }
}

/// Below this radius of a box its derivatives are enclosed as they are.
const NARROW: f64 = 1e-7;

/// Derivatives at the centre of a box, and their changes in every direction over it.
///
/// In the mean value form the effects of one direction on all terms of an entry are summed before its width comes in; term by term they
/// would not cancel.
struct Centred {
    centre: FamilyDerivatives,
    on_box: FamilyDerivatives,
    changes: Vec<(FamilyChange, Interval)>,
}

impl Centred {
    fn hessian(&self) -> [Interval; 3] {
        let (centre, on_box) = (self.centre.hessian(), self.on_box.hessian());
        std::array::from_fn(|e| {
            let moved = |(change, width): &(FamilyChange, Interval)| change.hessian[e] * *width;
            (centre[e] + self.changes.iter().map(moved).sum()).intersection(on_box[e])
        })
    }

    fn sensitivity(&self) -> [[Interval; 2]; 3] {
        let (centre, on_box) = (self.centre.sensitivity(), self.on_box.sensitivity());
        std::array::from_fn(|k| {
            std::array::from_fn(|i| {
                let moved =
                    |(change, width): &(FamilyChange, Interval)| change.sensitivity[k][i] * *width;
                let sum = centre[k][i] + self.changes.iter().map(moved).sum();
                sum.intersection(on_box[k][i])
            })
        })
    }
}

impl PlaneFamily {
    fn at(&self, x: &[Interval], p: &[Interval], depth: FamilyDepth) -> FamilyDerivatives {
        self.0.at(pair(x), parameters(p), depth)
    }

    fn centred(&self, x: &[Interval], p: &[Interval]) -> Option<Centred> {
        let wide = |v: &[Interval]| v.iter().any(|x| x.rad() > NARROW);
        if !(wide(x) || wide(p)) {
            return None;
        }
        let middle = |v: &[Interval]| -> Vec<Interval> {
            v.iter().map(|x| Interval::point(x.mid())).collect()
        };
        let (x_c, p_c) = (middle(x), middle(p));
        let on_box = self.at(x, p, FamilyDepth::Third);
        let widths = (x.iter().zip(&x_c).chain(p.iter().zip(&p_c))).map(|(x, c)| *x - *c);
        let changes = (widths.enumerate())
            .filter(|(_, width)| *width != Interval::ZERO)
            .map(|(axis, width)| (on_box.along(&unit(axis)), width))
            .collect();
        Some(Centred {
            centre: self.at(&x_c, &p_c, FamilyDepth::Hessian),
            on_box,
            changes,
        })
    }

    /// Is the zero of a piece a local minimum in `R^d` with `w^(1) > 0`, for every parameter of the piece?
    ///
    /// `w^(2) > 0` makes `κ > 0` at a critical point (theory section 3), so the Hessian off the plane needs no enclosure.
    ///
    /// # Errors
    ///
    /// What is not proved, in words.
    pub fn is_minimum(&self, piece: &Piece) -> Result<[Interval; 2], String> {
        let w = pair(&piece.enclosure);
        for (name, x) in ["w^(1)", "w^(2)"].into_iter().zip(w) {
            if !x.certainly_positive() {
                return Err(format!(
                    "{name} > 0 is not proved: it is only known to lie in [{:?}, {:?}]",
                    x.inf(),
                    x.sup()
                ));
            }
        }
        let eigenvalues = self.eigenvalues(piece);
        if !eigenvalues[0].certainly_positive() {
            return Err(format!(
                "the Hessian is not proved to be positive definite: its smallest eigenvalue is only known to exceed {:?}",
                eigenvalues[0].inf()
            ));
        }
        Ok(eigenvalues)
    }

    /// Has the Hessian a negative eigenvalue at the zero of a piece, for every parameter of the piece?
    #[must_use]
    pub fn is_no_minimum(&self, piece: &Piece) -> bool {
        self.eigenvalues(piece)[0].certainly_negative()
    }

    /// The Hessian's eigenvalues in feature coordinates on the enclosure of a piece.
    #[must_use]
    pub fn eigenvalues(&self, piece: &Piece) -> [Interval; 2] {
        let hessian = self.jacobian(&piece.enclosure, &piece.parameters);
        eigenvalues_symmetric_2x2([hessian[(0, 0)], hessian[(0, 1)], hessian[(1, 1)]])
    }
}

/// Along one of `z_1`, `z_2`, `τ`, `α`, `v`, `v ‖w_⊥‖²`.
pub(super) fn unit(axis: usize) -> FamilyDirection {
    let at = |k: usize| {
        if k == axis {
            Interval::ONE
        } else {
            Interval::ZERO
        }
    };
    FamilyDirection {
        z: [at(0), at(1)],
        p: [at(2), at(3), at(4)],
        beside: at(5),
    }
}

/// The two coordinates of a point or box in the plane.
pub(super) fn pair(x: &[Interval]) -> [Interval; 2] {
    let get = |i: usize| x.get(i).copied().unwrap_or(Interval::ENTIRE);
    [get(0), get(1)]
}

/// The parameters in a box `τ`, `α`, `ρ²`.
pub(super) fn parameters(p: &[Interval]) -> FamilyParameters {
    let get = |i: usize| p.get(i).copied().unwrap_or(Interval::ENTIRE);
    FamilyParameters {
        tau: get(TAU),
        alpha: get(ALPHA),
        variance: get(VARIANCE),
    }
}
