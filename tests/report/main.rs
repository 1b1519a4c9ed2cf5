//! Reports, their numbers, files and figures.

mod figures;
mod readme;
mod report;
mod report_files;
mod report_numbers;
mod samples;
