//! The statements about the minima of self-supervised and supervised learning, one file each.

mod absurd_parameters;
mod asymmetric_noise;
mod content;
mod contrast;
mod exact_minimum;
mod given;
mod invariant_plane;
mod jacobian_invertible;
mod lipschitz_over_the_ball;
mod optimisers_agree;
mod radius_conditions;
mod reference_report;
mod refusal;
mod simplified_minimum;
mod supervised_minimum;
