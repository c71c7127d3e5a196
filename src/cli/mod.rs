//! Commands: arguments in, texts and exit codes out.

mod args;
#[cfg(feature = "terminal")]
mod ask;
#[cfg(not(feature = "terminal"))]
#[path = "ask_nothing.rs"]
mod ask;
mod assess;
pub mod attached;
mod build;
mod check;
#[cfg(feature = "terminal")]
mod completions;
mod console;
mod coverage;
mod decisions;
mod entries;
mod explain;
mod filing;
mod gateway;
mod history;
mod hours;
mod init;
mod lookback;
mod new;
mod pack;
mod pipeline;
#[cfg(feature = "serve")]
mod preview;
pub mod project;
mod reports;
mod review;
mod sample;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod standards;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

pub use args::{Cli, Command};
pub use console::{Console, Trouble};

use crate::par;

/// Exit code: nothing at or above the level that fails.
const CLEAN: u8 = 0;
/// Exit code: findings at or above it.
const FINDINGS: u8 = 1;
/// Exit code: could not do the job.
const TROUBLE: u8 = 2;

/// Runs the program with its arguments, the first of which is its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    #[cfg(feature = "terminal")]
    match completions::answer(&arguments) {
        Ok(false) => {}
        Ok(true) => return printed(std::io::stdout().flush(), CLEAN),
        Err(error) => return printed(Err(error), CLEAN),
    }
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => {
            // Where standard error is gone, the exit code is all that is left.
            let _ = error.print();
            return ExitCode::from(TROUBLE);
        }
        Err(help) => return printed(help.print().and_then(|()| std::io::stdout().flush()), CLEAN),
    };
    // A preview waits for visitors, and answers them on other threads.
    if !matches!(cli.command, Command::Serve(_)) {
        par::work_here();
    }
    let mut console = Console::new(&cli.global);
    let done = match &cli.command {
        Command::Init(command) => init::run(command, &mut console),
        Command::New(command) => new::run(&cli.global, command, &mut console),
        Command::Schema(command) => schema::run(&cli.global, command, &mut console),
        #[cfg(feature = "terminal")]
        Command::Completions(command) => completions::run(command, &mut console),
        #[cfg(not(feature = "terminal"))]
        Command::Completions(_) => Err(lacking("completes nothing for a shell", "terminal")),
        Command::Assess(command) => assess::run(&cli.global, command, &mut console),
        Command::Decisions(command) => decisions::run(&cli.global, command, &mut console),
        Command::Build(command) => build::run(&cli.global, command, &mut console),
        #[cfg(feature = "serve")]
        Command::Serve(command) => serve::run(&cli.global, command, &mut console),
        #[cfg(not(feature = "serve"))]
        Command::Serve(_) => Err(lacking("has no live preview", "serve")),
        Command::Pack(command) => pack::run(&cli.global, command, &mut console),
        Command::Check(command) => check::run(&cli.global, command, &mut console),
        Command::Coverage(command) => coverage::run(&cli.global, command, &mut console),
        Command::Hours(command) => hours::run(&cli.global, command, &mut console),
        Command::Review(command) => review::run(&cli.global, command, &mut console),
        Command::Sample(command) => sample::run(&cli.global, command, &mut console),
        Command::Gateway(command) => gateway::run(&cli.global, command, &mut console),
        Command::Explain(command) => explain::run(&cli.global, command, &mut console),
        Command::Standards(command) => standards::run(&cli.global, command, &mut console),
    };
    let code = done.unwrap_or_else(|trouble| {
        console.trouble(&trouble);
        TROUBLE
    });
    match console.output_trouble() {
        Some(trouble) => {
            console.trouble(&trouble);
            ExitCode::from(TROUBLE)
        }
        None => ExitCode::from(code),
    }
}

/// A command that this build of the program lacks.
#[cfg(not(all(feature = "serve", feature = "terminal")))]
fn lacking(what: &str, feature: &str) -> Trouble {
    Trouble::new(
        format!("this build of ksbfolio {what}"),
        format!("use a program that is built with the feature `{feature}`"),
    )
}

/// The exit code of what was printed without a console.
fn printed(written: std::io::Result<()>, code: u8) -> ExitCode {
    let mut output = console::Output::default();
    output.record(written);
    match output.trouble() {
        Some(trouble) => {
            console::show(&trouble);
            ExitCode::from(TROUBLE)
        }
        None => ExitCode::from(code),
    }
}

/// Bytes of the names of files that are made from titles and references: short enough for every disk, with room for a
/// number and an ending.
const LONGEST_NAME: usize = 60;

/// Names that are tried before giving up.
const MOST_TRIES: usize = 10_000;

/// Tries `name`, `name-2`, `name-3` until one is not taken, which `attempt` says by giving nothing back.
///
/// # Errors
/// The first error of an attempt, and that thousands of names are taken.
fn first_free<T>(
    name: &str,
    mut attempt: impl FnMut(&str) -> Result<Option<T>, Trouble>,
) -> Result<T, Trouble> {
    for number in 1..=MOST_TRIES {
        let numbered = if number == 1 {
            name.to_owned()
        } else {
            format!("{name}-{number}")
        };
        if let Some(made) = attempt(&numbered)? {
            return Ok(made);
        }
    }
    Err(Trouble::new(
        format!("{MOST_TRIES} files are called {name} already"),
        "choose another title or name",
    ))
}
