//! Linear probes on frozen features: what a representation is good for downstream.

mod accuracy;
mod chance;
mod given;
mod penalty;
mod probes;
mod refusals;
