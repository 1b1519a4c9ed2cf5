//! The theorems used, one per file, and their verdicts.
//!
//! | file | theorem | entry |
//! |---|---|---|
//! | `inverse_function` | quantitative inverse function theorem | [`quantitative_ift`] |
//! | `newton_kantorovich` | Newton-Kantorovich, affine-invariant | [`newton_kantorovich`] |
//! | `krawczyk` | Krawczyk's operator | [`krawczyk()`] |
//! | `krawczyk_ball` | the same on a ball, from bounds | [`krawczyk_on_ball`] |
//! | `zero` | the search for a zero that it proves | [`prove_zero`] |
//! | `second_order` | kind of a critical point | [`prove_critical_point`], [`classify`] |
//! | `all_zeros` | all zeros in a box | [`all_zeros()`] |
//! | `family` | one zero for every parameter of a box | [`prove_piece`], [`linked`] |
//! | `branch`, `cover` | linked pieces over an interval, over a box of parameters | [`follow`], [`cover()`] |
//! | `lift` | from a simplified objective to the exact one | [`lift()`] |
//!
//! The first two and the ball's work on bounds and know no map; the others take any [`System`].
//! A formula written once becomes one by [`Autodiff`].

mod all_zeros;
mod autodiff;
mod bilinear;
mod boxes;
mod branch;
mod condition;
mod cover;
mod family;
mod inverse_function;
mod krawczyk;
mod krawczyk_ball;
mod lift;
mod newton_kantorovich;
mod printing;
mod second_order;
mod system;
mod verdict;
mod zero;

pub use all_zeros::{AllZeros, SearchLimits, all_zeros};
pub use autodiff::{Autodiff, Map};
pub use branch::{Branch, BranchLimits, Stop, follow};
pub use condition::{Condition, Status, Theorem};
pub use cover::{Answer, Cover, CoverLimits, cover};
pub use family::{
    Family, Member, Piece, krawczyk_for_all, linked, prove_piece, prove_piece_tightly,
};
pub use inverse_function::{quantitative_ift, quantitative_ift_largest_radius};
pub use krawczyk::{Existence, Krawczyk, krawczyk};
pub use krawczyk_ball::krawczyk_on_ball;
pub use lift::{Lift, lift};
pub(crate) use printing::{Lower, Upper};

pub use newton_kantorovich::{
    newton_kantorovich, newton_kantorovich_largest_radius, regular_radius_lower,
};
pub use second_order::{
    classify, classify_zero, prove_critical_point, prove_critical_point_tightly,
};
pub use system::{Gradient, LipschitzJacobian, System};
pub use verdict::{Obstacle, Verdict};
pub use zero::{ZeroProof, prove_zero};
