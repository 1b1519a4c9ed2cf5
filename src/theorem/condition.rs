//! A radius condition: two sides, a margin, and what follows if it holds.

/// The theorem a condition belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Theorem {
    /// The quantitative inverse function theorem (Hubbard & Hubbard).
    QuantitativeIft,
    /// The Newton-Kantorovich theorem, affine-invariant form.
    NewtonKantorovich,
    /// Krawczyk's interval operator.
    Krawczyk,
}

impl std::fmt::Display for Theorem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Self::QuantitativeIft => "quantitative IFT",
            Self::NewtonKantorovich => "Newton-Kantorovich",
            Self::Krawczyk => "Krawczyk",
        })
    }
}

/// Does an inequality hold, certified?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Status {
    /// Certified to hold.
    Holds,
    /// Not certified: the computed bounds do not satisfy it.
    Fails,
}

/// One radius condition with the bounds that decide it.
///
/// Every number is a *bound in the safe direction*: `left`, `lipschitz`,
/// `residual` and the predicted `radius` are upper bounds; `right`, `margin` and
/// `uniqueness_radius` are lower bounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Which theorem.
    pub theorem: Theorem,
    /// The inequality in symbols, `left <= right` (or `<`, as the theorem says).
    pub inequality: &'static str,
    /// Upper bound of the left side; may be infinite, never NaN.
    pub left: f64,
    /// Lower bound of the right side.
    pub right: f64,
    /// Lower bound of `right / left`: above 1 the condition holds.
    pub margin: f64,
    /// Whether it is certified.
    pub status: Status,
    /// The free radius `R` (quantitative inverse function theorem only).
    pub free_radius: Option<f64>,
    /// Radius of the ball on which `lipschitz` holds.
    pub ball: f64,
    /// Lipschitz constant: of `DF` (inverse function theorem), of `A^-1 DF` (Newton-Kantorovich).
    pub lipschitz: f64,
    /// `epsilon = |F(x0)|` (inverse function theorem), `eta = |A^-1 F(x0)|` (Newton-Kantorovich).
    pub residual: f64,
    /// If it holds: the zero lies in the closed ball of this radius about the centre.
    pub radius: Option<f64>,
    /// If it holds: the zero is the only one in the open ball of this radius.
    pub uniqueness_radius: Option<f64>,
}

impl Condition {
    /// Is the condition certified?
    #[must_use]
    pub fn holds(&self) -> bool {
        self.status == Status::Holds
    }
}
