//! The program as it is called.

mod atlas;
mod command_line;
mod command_line_family;
mod command_line_verify;
