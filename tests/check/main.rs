//! Certificates and their checker.

mod base;
mod by_hand;
mod command_line;
mod garbage;
mod kernel;
mod mutation;
mod negative;
mod schema;
mod trust;
