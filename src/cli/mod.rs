//! Commands: arguments in, texts and exit codes out.

mod args;
mod ask;
mod assess;
pub mod attached;
mod build;
mod check;
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
mod preview;
pub mod project;
mod reports;
mod review;
mod sample;
mod schema;
mod serve;
mod standards;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use clap_complete::CompleteEnv;

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
    // A shell that asks for completions does so through a variable.
    let complete = CompleteEnv::with_factory(Cli::command).var(completions::ASKS);
    if let Ok(true) = complete.try_complete(arguments.iter().cloned(), None) {
        return ExitCode::from(CLEAN);
    }
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { TROUBLE } else { CLEAN };
            // With the terminal gone there is nobody to tell.
            let _ = error.print();
            return ExitCode::from(code);
        }
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
        Command::Completions(command) => completions::run(command, &mut console),
        Command::Assess(command) => assess::run(&cli.global, command, &mut console),
        Command::Decisions(command) => decisions::run(&cli.global, command, &mut console),
        Command::Build(command) => build::run(&cli.global, command, &mut console),
        Command::Serve(command) => serve::run(&cli.global, command, &mut console),
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
    ExitCode::from(done.unwrap_or_else(|trouble| {
        console.trouble(&trouble);
        TROUBLE
    }))
}

/// A name, with a number where it is taken.
fn numbered(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut free = name.to_owned();
    let mut number = 2;
    while is_taken(&free) {
        free = format!("{name}-{number}");
        number += 1;
    }
    free
}
