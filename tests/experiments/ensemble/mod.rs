//! Frequencies of proof: the table of jobs, its interval, its summary, its figures, the command line.

mod batch;
mod binomial;
#[cfg(feature = "cli")]
mod command_line;
mod damage;
#[cfg(feature = "cli")]
mod figures;
mod parameters;
mod place;
mod seeds;
mod stub;
mod summary;
