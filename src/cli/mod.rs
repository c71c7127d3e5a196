//! Commands: arguments in, text and exit codes out.

mod args;
#[cfg(feature = "terminal")]
mod ask;
#[cfg(not(feature = "terminal"))]
#[path = "ask_nothing.rs"]
mod ask;
mod assess;
mod build;
mod check;
mod cohort;
#[cfg(feature = "terminal")]
mod complete;
#[cfg(feature = "terminal")]
mod completions;
mod console;
mod coverage;
mod decisions;
mod editor;
mod error;
mod explain;
mod formats;
mod gateway;
mod hours;
mod import;
mod import_standard;
mod init;
mod new;
mod open;
mod pack;
mod read;
mod reports;
mod review;
mod sample;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod standards;
mod verify;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

pub use args::{Cli, Command};
pub use console::Console;
pub use error::CliError;

use crate::par;

/// Exit code: nothing at or above the level that fails.
const CLEAN: u8 = 0;
/// Exit code: findings at or above it.
const FINDINGS: u8 = 1;
/// Exit code: the command could not do its job.
const FAILED: u8 = 2;

/// Runs the program with its arguments, the first of which is its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    #[cfg(feature = "terminal")]
    match completions::answer(&arguments) {
        Ok(false) => {}
        Ok(true) => return printed(std::io::stdout().flush(), CLEAN),
        Err(error) => return printed(Err(error), CLEAN),
    }
    let dates = args::dates_in_words(&arguments);
    let program = args::with_examples(Cli::command());
    let parsed = program.try_get_matches_from(arguments);
    let cli = match parsed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => {
            // If standard error is gone, only the exit code is left.
            let _ = error.print();
            return ExitCode::from(FAILED);
        }
        Err(help) => return printed(help.print().and_then(|()| std::io::stdout().flush()), CLEAN),
    };
    // A preview renders pages on other threads.
    if !matches!(cli.command, Command::Serve(_)) {
        par::work_here();
    }
    let mut console = Console::new(&cli.global);
    for line in dates {
        console.say(&line);
    }
    let code = dispatch(&cli, &mut console).unwrap_or_else(|error| {
        console.error(&error);
        FAILED
    });
    match console.output_error() {
        Some(error) => {
            console.error(&error);
            ExitCode::from(FAILED)
        }
        None => ExitCode::from(code),
    }
}

/// Runs a command, and returns its exit code.
fn dispatch(cli: &Cli, console: &mut Console) -> Result<u8, CliError> {
    match &cli.command {
        Command::Init(command) => init::run(command, console),
        Command::New(command) => new::run(&cli.global, command, console),
        Command::Import(command) => import::run(&cli.global, command, console),
        Command::Schema(command) => schema::run(&cli.global, command, console),
        #[cfg(feature = "terminal")]
        Command::Completions(command) => completions::run(command, console),
        #[cfg(not(feature = "terminal"))]
        Command::Completions(_) => Err(lacks("completes nothing for a shell", "terminal")),
        Command::Assess(command) => assess::run(&cli.global, command, console),
        Command::Decisions(command) => decisions::run(&cli.global, command, console),
        Command::Build(command) => build::run(&cli.global, command, console),
        #[cfg(feature = "serve")]
        Command::Serve(command) => serve::run(&cli.global, command, console),
        #[cfg(not(feature = "serve"))]
        Command::Serve(_) => Err(lacks("has no live preview", "serve")),
        Command::Pack(command) => pack::run(&cli.global, command, console),
        Command::Read(command) => read::run(&cli.global, command, console),
        Command::Check(command) => check::run(&cli.global, command, console),
        Command::Coverage(command) => coverage::run(&cli.global, command, console),
        Command::Hours(command) => hours::run(&cli.global, command, console),
        Command::Review(command) => review::run(&cli.global, command, console),
        Command::Sample(command) => sample::run(&cli.global, command, console),
        Command::Cohort(command) => cohort::run(&cli.global, command, console),
        Command::Gateway(command) => gateway::run(&cli.global, command, console),
        Command::Verify(command) => verify::run(&cli.global, command, console),
        Command::Explain(command) => explain::run(&cli.global, command, console),
        Command::Standards(command) => standards::run(&cli.global, command, console),
    }
}

/// The error of something that this build cannot do without a feature.
#[cfg(not(all(feature = "serve", feature = "spreadsheet", feature = "terminal")))]
fn lacks(what: &str, feature: &str) -> CliError {
    CliError::new(
        format!("this build of ksbfolio {what}"),
        format!("use a program that is built with the feature `{feature}`"),
    )
}

/// The exit code of what was printed without a console.
fn printed(written: std::io::Result<()>, code: u8) -> ExitCode {
    let mut output = console::StandardOutput::default();
    output.record(written);
    match output.error() {
        Some(error) => {
            console::show(&error);
            ExitCode::from(FAILED)
        }
        None => ExitCode::from(code),
    }
}
