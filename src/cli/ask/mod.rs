//! Questions on a terminal. The only file that names the library for lists.

mod line;
mod screen;
mod search;

use std::fmt::Display;
use std::io::{self, IsTerminal};
use std::sync::Once;
use std::time::Duration;

use inquire::{Confirm, InquireError, MultiSelect, Select};
use jiff::civil::Date;

use super::CliError;
use crate::parse::dates::typed_near;
use crate::store;
use crate::text::in_words;
use screen::{Ending, Question};
pub(super) use search::Choice;
use search::Search;

/// Why a question has no answer.
#[derive(Debug)]
pub(super) enum Unanswered {
    /// Esc was pressed.
    Escaped,
    /// The terminal is closed or fails, or Ctrl-C was pressed.
    Failed(CliError),
}

impl Unanswered {
    fn of(error: &io::Error) -> Self {
        Self::Failed(if error.kind() == io::ErrorKind::Interrupted {
            stopped()
        } else {
            unanswerable(&error.to_string())
        })
    }
}

impl From<Unanswered> for CliError {
    fn from(unanswered: Unanswered) -> Self {
        match unanswered {
            Unanswered::Escaped => stopped(),
            Unanswered::Failed(error) => error,
        }
    }
}

impl From<Ending> for Unanswered {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Escaped => Self::Escaped,
            Ending::Failed(error) => Self::of(&error),
        }
    }
}

/// An answer, or the reason why there is none.
pub(super) type Answered<T> = Result<T, Unanswered>;

/// Asks again after Esc, so that earlier answers are kept. Ctrl-C ends.
pub(super) fn until_answered<T>(ask: impl Fn() -> Answered<T>) -> Result<T, CliError> {
    loop {
        match ask() {
            Err(Unanswered::Escaped) => {}
            answered => return Ok(answered?),
        }
    }
}

/// Whether questions can be asked: standard input and standard error are a terminal. From then on,
/// the process exits when the terminal is closed.
pub(super) fn can_ask() -> bool {
    let there = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if there {
        static WATCH: Once = Once::new();
        WATCH.call_once(|| {
            // Ctrl-C raises a signal, which would end the program without a word.
            store::handle_signals();
            drop(std::thread::spawn(exit_with_terminal));
        });
    }
    there
}

/// Exits when the terminal is closed. Only its own processes get a signal, and a closed terminal
/// answers every read at once, so that a question would be asked for ever.
#[expect(
    clippy::exit,
    reason = "no terminal is left to report to, and the question never ends by itself"
)]
fn exit_with_terminal() {
    while std::io::stdin().is_terminal() {
        std::thread::sleep(Duration::from_millis(250));
    }
    std::process::exit(2);
}

/// Asks for a line of text.
pub(super) fn words(question: &str, help: &str, before: &str) -> Answered<String> {
    let default = Some(before).filter(|before| !before.is_empty());
    let refuse = |text: &str| {
        let is_empty = text.trim().is_empty();
        is_empty.then(|| "Type a word or two.".to_owned())
    };
    line(&Question {
        default,
        refuse: &refuse,
        ..plain(question, help)
    })
}

/// Asks for a line of text, which may be empty.
pub(super) fn optional_words(question: &str, help: &str) -> Answered<String> {
    line(&plain(question, help))
}

/// Asks for a line of text that is not left on the screen. It may be empty.
pub(super) fn unsaved_words(question: &str, help: &str) -> Answered<String> {
    line(&Question {
        shown: &|_| "(not saved)".to_owned(),
        ..plain(question, help)
    })
}

/// A question that takes any line.
fn plain<'a>(text: &'a str, help: &'a str) -> Question<'a> {
    Question {
        text,
        help,
        default: None,
        typed: "",
        refuse: &|_| None,
        shown: &|typed| typed.trim().to_owned(),
        choices: None,
    }
}

fn line(question: &Question<'_>) -> Answered<String> {
    Ok(screen::ask(question)?.trim().to_owned())
}

/// Asks for one of a few letters, each the first of a word of `answers`; returns its index. There is
/// no default: no answer is given by mistake.
pub(super) fn letter(question: &str, answers: &'static [&'static str]) -> Answered<usize> {
    let find = |typed: &str| {
        let typed = typed.trim().to_lowercase();
        let mut answers = answers.iter();
        let found = answers.position(|answer| answer[..1] == typed || *answer == typed);
        found.filter(|_| !typed.is_empty())
    };
    let refuse = |typed: &str| match find(typed) {
        Some(_) => None,
        None => Some(format!("Type the first letter of {}.", answers.join(", "))),
    };
    let shown = |typed: &str| find(typed).map_or(String::new(), |at| answers[at].to_owned());
    let typed = line(&Question {
        refuse: &refuse,
        shown: &shown,
        ..plain(question, "")
    })?;
    Ok(find(&typed).unwrap_or_default())
}

/// Asks for a date, `after` another one if that is given; `None` if the answer is empty.
pub(super) fn day(
    question: &str,
    help: &str,
    before: Option<Date>,
    after: Option<Date>,
) -> Answered<Option<Date>> {
    let refuse = |text: &str| {
        let too_early = |date: Date| {
            let after = after.filter(|after| date <= *after)?;
            Some(format!("This is not after {}.", in_words(after)))
        };
        let wrong = typed_near(text, before).map_or_else(Some, too_early);
        wrong.filter(|_| !text.trim().is_empty())
    };
    // The answer stays on the screen in words: a slip of day and month shows.
    let shown = |text: &str| typed_near(text, before).map_or(String::new(), in_words);
    let default = before.map(|date| date.to_string());
    let typed = line(&Question {
        default: default.as_deref(),
        refuse: &refuse,
        shown: &shown,
        ..plain(question, help)
    })?;
    Ok(typed_near(&typed, before).ok())
}

/// Asks for one of several; typing filters them.
pub(super) fn one_of<T: Display>(question: &str, offered: Vec<T>, first: usize) -> Answered<T> {
    Select::new(question, offered)
        .with_starting_cursor(first)
        .prompt()
        .map_err(ended)
}

/// Asks for a yes or no; Enter alone is a no.
pub(super) fn confirm(question: &str) -> Answered<bool> {
    Confirm::new(question)
        .with_default(false)
        .prompt()
        .map_err(ended)
}

/// Asks for any of a few choices; returns their names.
pub(super) fn pick_few(
    question: &str,
    offered: Vec<Choice>,
    chosen: &[usize],
) -> Answered<Vec<String>> {
    let asked = MultiSelect::new(question, offered)
        .with_help_message("Space ticks one, → ticks all, ← none; Enter goes on")
        .with_default(chosen);
    let chosen = asked.prompt().map_err(ended)?;
    Ok(chosen.into_iter().map(|choice| choice.name).collect())
}

/// Asks for any of many choices: words in any order filter them, Tab toggles one. Returns their
/// names.
pub(super) fn pick_many(
    question: &str,
    offered: Vec<Choice>,
    chosen: &[usize],
) -> Answered<Vec<String>> {
    let before: Vec<&str> = chosen.iter().map(|&at| offered[at].name.as_str()).collect();
    let before = before.join(", ");
    let search = Search { offered };
    let names = |answer: &str| search.names(answer);
    let shown = |answer: &str| names(answer).map(|names| names.join(", "));
    let help = "Type a code or words to find one. Tab adds it or takes it out. Enter goes on.";
    let answer = line(&Question {
        typed: &before,
        refuse: &|answer| names(answer).err(),
        shown: &|answer| shown(answer).unwrap_or_default(),
        choices: Some(&search),
        ..plain(question, help)
    })?;
    Ok(names(&answer).unwrap_or_default())
}

fn ended(error: InquireError) -> Unanswered {
    match error {
        InquireError::OperationCanceled => Unanswered::Escaped,
        InquireError::IO(error) => Unanswered::of(&error),
        InquireError::OperationInterrupted => Unanswered::Failed(stopped()),
        other => Unanswered::Failed(unanswerable(&other.to_string())),
    }
}

fn unanswerable(why: &str) -> CliError {
    CliError::new(why, "give the answers as options: see --help")
}

fn stopped() -> CliError {
    CliError::new(
        "you stopped, and nothing was written",
        "run the command again when you are ready",
    )
}
