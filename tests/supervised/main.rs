//! Supervised learning in floats: the population objective, its structured Jacobian, and the optimisers on it.

mod definition;
mod given;
mod gradient;
mod jacobian;
mod optimisers;
mod regions;
mod starts;
