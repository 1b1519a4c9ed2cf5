//! Gaussian averages, and the objectives written with them.

mod gaussian_adversarial;
mod gaussian_moments;
mod given_objective;
mod lipschitz;
mod objective;
mod row_objective;
mod smoothed_sigmoid;
mod supervised;
