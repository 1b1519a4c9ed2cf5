//! Intervals, scalars and verified linear algebra.

mod interval_arithmetic;
mod interval_elementary;
mod interval_literal;
mod linear;
mod linear_algebra;
mod reference;
mod scalar;
