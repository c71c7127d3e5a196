//! The terminal: reports to standard output, progress and failures to standard error.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::CliError;
use super::args::{Colour, Global};
use crate::engine::Progress;
use crate::text::{for_terminal, one_line};

/// Steps below which work is too short for a counter.
const MIN_STEPS: usize = 500;

/// Width of the longest counter.
const WIDEST: usize = 40;

/// The two output streams, as the options ask for them.
#[derive(Clone, Debug)]
pub struct Console {
    quiet: bool,
    colour: bool,
    output: StandardOutput,
}

/// Standard output, and the first error of writing to it.
#[derive(Clone, Debug, Default)]
pub(super) struct StandardOutput {
    failure: Option<String>,
    closed: bool,
}

impl StandardOutput {
    /// Writes bytes, unless an earlier write has failed.
    pub(super) fn write(&mut self, bytes: &[u8]) {
        if self.failure.is_none() && !self.closed {
            let mut out = std::io::stdout().lock();
            self.record(out.write_all(bytes).and_then(|()| out.flush()));
        }
    }

    /// Records the result of a write. A closed pipe is no failure: its reader has read enough.
    pub(super) fn record(&mut self, written: std::io::Result<()>) {
        match written {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => self.closed = true,
            Err(error) => self.failure = Some(error.to_string()),
        }
    }

    /// Why the output is incomplete.
    pub(super) fn error(&self) -> Option<CliError> {
        let error = self.failure.as_ref()?;
        let help = "the output is incomplete; free some space, or send it elsewhere";
        Some(CliError::new(
            format!("cannot write to standard output: {error}"),
            help,
        ))
    }
}

/// A counter on a terminal, and nothing anywhere else.
#[derive(Default)]
pub struct ProgressLine {
    enabled: bool,
    /// Number of steps; 0 if no counter is shown.
    steps: AtomicUsize,
    done: AtomicUsize,
}

impl Progress for ProgressLine {
    fn begin(&self, steps: usize) {
        if self.enabled && steps >= MIN_STEPS {
            self.steps.store(steps, Ordering::Relaxed);
        }
    }

    fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let steps = self.steps.load(Ordering::Relaxed);
        if steps > 0 && done.is_multiple_of(100) {
            // A counter that cannot be shown is no reason to stop.
            let _ = write!(std::io::stderr(), "\r{done} of {steps} pages");
        }
    }

    fn end(&self) {
        if self.steps.load(Ordering::Relaxed) > 0 {
            // Spaces, because a console may not know the code that clears a line.
            let _ = write!(std::io::stderr(), "\r{:WIDEST$}\r", "");
        }
    }
}

impl Console {
    /// A console as the options ask for.
    #[must_use]
    pub fn new(global: &Global) -> Self {
        // With `always` too, a console of Windows has to be asked.
        let shows = shows_colour();
        let auto = shows && std::io::stdout().is_terminal() && !no_colour();
        Self {
            quiet: global.quiet,
            colour: match global.color {
                Colour::Auto => auto,
                Colour::Always => true,
                Colour::Never => false,
            },
            output: StandardOutput::default(),
        }
    }

    /// Whether reports are coloured.
    #[must_use]
    pub fn colour(&self) -> bool {
        self.colour
    }

    /// Writes a report for people to standard output, without control characters and without
    /// commands that a CI service would execute.
    pub fn report(&mut self, text: &str) {
        self.report_bytes(for_terminal(text).as_bytes());
    }

    /// Writes a report for programs to standard output, unchanged.
    pub fn report_bytes(&mut self, bytes: &[u8]) {
        self.output.write(bytes);
    }

    /// Why the output is incomplete.
    #[must_use]
    pub fn output_error(&self) -> Option<CliError> {
        self.output.error()
    }

    /// A line about progress, to standard error.
    pub fn say(&mut self, line: &str) {
        if !self.quiet {
            let _ = writeln!(std::io::stderr(), "{}", one_line(line));
        }
    }

    /// Where long work reports its progress.
    #[must_use]
    pub fn progress(&self) -> ProgressLine {
        ProgressLine {
            enabled: !self.quiet && std::io::stderr().is_terminal(),
            ..ProgressLine::default()
        }
    }

    /// Writes an error to standard error.
    pub fn error(&mut self, error: &CliError) {
        show(error);
    }
}

/// Writes an error to standard error.
pub(super) fn show(error: &CliError) {
    let mut out = std::io::stderr().lock();
    // If standard error is gone too, only the exit code is left.
    let _ = writeln!(out, "ksbfolio: {}", for_terminal(&error.to_string()));
    if let Some(help) = error.help() {
        let _ = writeln!(out, "  {help}");
    }
}

/// Whether the terminal shows colours. A console of Windows has to be asked to, and older ones refuse;
/// terminals of other systems on Windows name their kind.
fn shows_colour() -> bool {
    anstyle_query::windows::enable_ansi_colors() != Some(false)
        || anstyle_query::term_supports_ansi_color()
}

/// `NO_COLOR`, as no-color.org defines it.
#[expect(
    clippy::disallowed_methods,
    reason = "the console is where the environment is asked"
)]
fn no_colour() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}
