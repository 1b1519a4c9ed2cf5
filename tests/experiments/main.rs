//! What is estimated, not proved: optimisers, linear probes, frequencies over drawn data.

mod confirm;
mod downstream;
mod ensemble;
