//! The optimisers, against an objective whose critical points are known.

mod double_well;
mod runs;
mod simplified;
mod solvers;
mod starts;
