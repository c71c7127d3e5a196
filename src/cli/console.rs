//! The terminal: reports to standard output, progress and failures to standard error.

use std::fmt;
use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::args::{Colour, Global};
use crate::io::Failure;
use crate::render::ThemeError;
use crate::text::{for_terminal, one_line};

/// Where a command says what it has to say.
#[derive(Clone, Debug)]
pub struct Console {
    quiet: bool,
    verbose: bool,
    colour: bool,
    output: Output,
}

/// Standard output, and the first error of writing to it.
#[derive(Clone, Debug, Default)]
pub struct Output {
    failure: Option<String>,
    closed: bool,
}

impl Output {
    /// Writes bytes, unless an earlier write has failed.
    pub fn write(&mut self, bytes: &[u8]) {
        if self.failure.is_none() && !self.closed {
            let mut out = std::io::stdout().lock();
            self.record(out.write_all(bytes).and_then(|()| out.flush()));
        }
    }

    /// Records the result of a write. A reader that went away has read enough, which is no failure.
    pub fn record(&mut self, written: std::io::Result<()>) {
        match written {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => self.closed = true,
            Err(error) => self.failure = Some(error.to_string()),
        }
    }

    /// Why not all of the output was written.
    pub fn trouble(&self) -> Option<Trouble> {
        let error = self.failure.as_ref()?;
        let help = "the output is incomplete; free some space, or send it elsewhere";
        Some(Trouble::new(
            format!("cannot write to standard output: {error}"),
            help,
        ))
    }
}

/// How far long work has come.
pub struct Progress {
    /// Steps done so far.
    done: AtomicUsize,
    /// All steps; `None` if nothing is shown.
    of: Option<usize>,
}

impl Progress {
    /// One step further.
    pub fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if let Some(of) = self.of.filter(|_| done.is_multiple_of(100)) {
            // A counter that cannot be shown is no reason to stop.
            let _ = write!(std::io::stderr(), "\r{done} of {of} pages");
        }
    }

    /// Removes the counter.
    pub fn end(&self) {
        if self.of.is_some() {
            // The code that clears a line.
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

/// Why a command could not do its job.
#[derive(Debug)]
pub struct Trouble {
    message: String,
    help: Option<String>,
}

impl Trouble {
    /// What happened, and what to do.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: Some(help.into()),
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self {
            message: failure.to_string(),
            help: None,
        }
    }
}

impl From<ThemeError> for Trouble {
    fn from(error: ThemeError) -> Self {
        Self {
            message: error.to_string(),
            help: None,
        }
    }
}

impl Console {
    /// A console as the options ask for.
    #[must_use]
    pub fn new(global: &Global) -> Self {
        let auto = std::io::stdout().is_terminal() && !no_colour();
        Self {
            quiet: global.quiet,
            verbose: global.verbose,
            colour: match global.color {
                Colour::Auto => auto,
                Colour::Always => true,
                Colour::Never => false,
            },
            output: Output::default(),
        }
    }

    /// Whether reports are coloured.
    #[must_use]
    pub fn colour(&self) -> bool {
        self.colour
    }

    /// Whether to say more.
    #[must_use]
    pub fn verbose(&self) -> bool {
        self.verbose
    }

    /// A report for people, to standard output: nothing in it moves the cursor or gives an order to a service that reads
    /// along.
    pub fn report(&mut self, text: &str) {
        self.report_bytes(for_terminal(text).as_bytes());
    }

    /// A report for programs, as it is.
    pub fn report_bytes(&mut self, bytes: &[u8]) {
        self.output.write(bytes);
    }

    /// Why not all reports were written to standard output.
    #[must_use]
    pub fn output_trouble(&self) -> Option<Trouble> {
        self.output.trouble()
    }

    /// A line about what was done, to standard error.
    pub fn say(&mut self, line: &str) {
        if !self.quiet {
            let _ = writeln!(std::io::stderr(), "{}", one_line(line));
        }
    }

    /// Shows how far long work has come: a counter on a terminal, and nothing anywhere else.
    #[must_use]
    pub fn progress(&self, steps: usize) -> Progress {
        let worth = steps >= 500 && !self.quiet && std::io::stderr().is_terminal();
        Progress {
            done: AtomicUsize::new(0),
            of: worth.then_some(steps),
        }
    }

    /// Why the job could not be done.
    pub fn trouble(&mut self, trouble: &Trouble) {
        show(trouble);
    }
}

/// Writes to standard error why the job could not be done.
pub fn show(trouble: &Trouble) {
    let mut out = std::io::stderr().lock();
    // Where standard error is gone too, the exit code is all that is left.
    let _ = writeln!(out, "ksbfolio: {}", for_terminal(&trouble.message));
    if let Some(help) = &trouble.help {
        let _ = writeln!(out, "  {help}");
    }
}

/// The wish that many programs honour, no-color.org.
#[expect(
    clippy::disallowed_methods,
    reason = "the console is where the environment is asked"
)]
fn no_colour() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}
