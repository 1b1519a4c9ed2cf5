//! Statements about many objectives at once: derivatives, families, branches, boxes, all critical points, descent.

mod claims;
mod derivatives;
mod engine;
mod negative;
mod ranges;
