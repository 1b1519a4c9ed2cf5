//! Supervised learning in floats: the population objective, its structured Jacobian, and the optimisers on it.

mod balls;
mod definition;
mod enclosures;
mod given;
mod gradient;
mod jacobian;
mod optimisers;
mod regions;
mod starts;
