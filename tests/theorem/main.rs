//! The theorems as engines, on maps with known answers.

mod all_zeros;
mod inverse_function;
mod krawczyk;
mod lift;
mod newton_kantorovich;
mod second_order;
mod systems;
