//! Matrices with a radius of a few vectors: against exact integers, known spectra and adversaries.

mod definite;
mod gram;
mod inverse;
mod refusals;
mod support;
mod updates;
