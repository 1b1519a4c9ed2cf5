//! Standard output and standard error: reports, progress, notes.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use minlift::dossier::Progress;

use crate::failure::Failure;

/// Reports go to standard output; progress and wall times to standard error, and only
/// if that is a terminal.
#[derive(Debug)]
pub struct Screen {
    terminal: bool,
    bar: ProgressBar,
    claims: usize,
    finished: usize,
    /// The reader of standard output has gone; the reports' files are written all the same.
    closed: bool,
}

impl Screen {
    /// For a run of this many claims.
    pub fn new(claims: usize) -> Self {
        let terminal = io::stderr().is_terminal();
        let bar = if terminal {
            ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr())
        } else {
            ProgressBar::hidden()
        };
        if let Ok(style) =
            ProgressStyle::with_template("{spinner} {prefix} {msg} {bar:24} {pos}/{len}")
        {
            bar.set_style(style);
        }
        if terminal {
            bar.enable_steady_tick(Duration::from_millis(120));
        }
        Self {
            terminal,
            bar,
            claims,
            finished: 0,
            closed: false,
        }
    }

    /// Shows how far the claim `name` has come.
    pub fn progress(&self, name: &str, progress: Progress) {
        let (claim, claims) = (self.finished + 1, self.claims);
        self.bar.set_prefix(format!("[{claim}/{claims}] {name}:"));
        self.bar.set_message(progress.stage);
        self.bar.set_length(progress.total as u64);
        self.bar.set_position(progress.done as u64);
    }

    /// Shows that `done` of `total` draws or cells are done.
    pub fn count(&self, of: &'static str, done: u64, total: u64) {
        self.bar.set_message(of);
        self.bar.set_length(total);
        self.bar.set_position(done);
    }

    /// Prints `text` to standard output.
    pub fn print(&mut self, text: &str) -> Result<(), Failure> {
        self.emit(|output| output.write_all(text.as_bytes()))
    }

    /// A line on standard error, for a person who watches.
    pub fn note(&self, line: &str) {
        if self.terminal {
            self.complain(line);
        }
    }

    /// A line on standard error.
    pub fn complain(&self, line: &str) {
        self.bar.suspend(|| {
            let _ = writeln!(io::stderr(), "{line}");
        });
    }

    /// One claim is done.
    pub fn next(&mut self) {
        self.finished += 1;
    }

    /// Ends the output.
    pub fn finish(mut self) -> Result<(), Failure> {
        self.bar.finish_and_clear();
        self.emit(|_| Ok(()))
    }

    fn emit(&mut self, write: impl Fn(&mut io::Stdout) -> io::Result<()>) -> Result<(), Failure> {
        if self.closed {
            return Ok(());
        }
        let written = self.bar.suspend(|| {
            let mut output = io::stdout();
            write(&mut output).and_then(|()| output.flush())
        });
        match written {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => self.closed = true,
            Err(error) => return Err(Failure::Output(error)),
            Ok(()) => {}
        }
        Ok(())
    }
}

/// The `k`-th of `all` JSON documents: itself if it is the only one, else an element of a list.
pub fn element(json: &str, k: usize, all: usize) -> String {
    if all == 1 {
        return json.to_owned();
    }
    let opening = if k == 0 { "[\n" } else { "" };
    let closing = if k + 1 == all { "\n]\n" } else { ",\n" };
    format!("{opening}{}{closing}", json.trim_end())
}
