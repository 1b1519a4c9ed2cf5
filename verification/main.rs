//! The `minlift` command.

fn main() {}
