//! Replaces `ask.rs` in a build without the feature `terminal`: no question is asked, and answers are given as
//! options.

use std::fmt::Display;

use jiff::civil::Date;

use super::CliError;

/// No answer: this build asks nothing.
#[derive(Debug)]
pub(super) struct NotAsked;

impl From<NotAsked> for CliError {
    fn from(_: NotAsked) -> Self {
        Self::new(
            "this build of ksbfolio asks no questions",
            "give the answers as options: see --help",
        )
    }
}

/// An answer, or the reason why there is none.
pub(super) type Answered<T> = Result<T, NotAsked>;

/// Asks once.
pub(super) fn until_answered<T>(ask: impl Fn() -> Answered<T>) -> Result<T, CliError> {
    Ok(ask()?)
}

/// Always false: commands then say which options they need.
pub(super) fn can_ask() -> bool {
    false
}

/// A choice.
#[derive(Clone, Debug)]
#[expect(dead_code, reason = "choices are listed and never offered")]
pub(super) struct Choice {
    /// The answer.
    pub name: String,
    /// Its description.
    pub words: String,
    /// Other words by which it is found.
    pub also: String,
}

fn asks_nothing<T>() -> Answered<T> {
    Err(NotAsked)
}

/// Asks for a line of text.
pub(super) fn words(_: &str, _: &str, _: &str) -> Answered<String> {
    asks_nothing()
}

/// Asks for a line of text, which may be empty.
pub(super) fn optional_words(_: &str, _: &str) -> Answered<String> {
    asks_nothing()
}

/// Asks for a line of text that is not left on the screen.
pub(super) fn unsaved_words(_: &str, _: &str) -> Answered<String> {
    asks_nothing()
}

/// Asks for one of a few letters.
pub(super) fn letter(_: &str, _: &'static [&'static str]) -> Answered<usize> {
    asks_nothing()
}

/// Asks for a date.
pub(super) fn day(_: &str, _: &str, _: Option<Date>, _: Option<Date>) -> Answered<Option<Date>> {
    asks_nothing()
}

/// Asks for one of several.
pub(super) fn one_of<T: Display>(_: &str, _: Vec<T>, _: usize) -> Answered<T> {
    asks_nothing()
}

/// Asks for a yes or no.
pub(super) fn confirm(_: &str) -> Answered<bool> {
    asks_nothing()
}

/// Asks for any of a few choices.
pub(super) fn pick_few(_: &str, _: Vec<Choice>, _: &[usize]) -> Answered<Vec<String>> {
    asks_nothing()
}

/// Asks for any of many choices.
pub(super) fn pick_many(_: &str, _: Vec<Choice>, _: &[usize]) -> Answered<Vec<String>> {
    asks_nothing()
}
