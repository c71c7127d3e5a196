//! Stands in for `ask.rs` in a build without the feature `terminal`: nothing is asked, and answers are given as options.

use std::fmt::Display;

use jiff::civil::Date;

use super::console::Trouble;

/// Always false: commands then say which options they need.
pub fn is_somebody_there() -> bool {
    false
}

/// One of several things to choose from.
#[derive(Clone, Debug)]
#[expect(dead_code, reason = "choices are listed and never offered")]
pub struct Choice {
    /// The answer.
    pub name: String,
    /// Its description.
    pub words: String,
}

fn asks_nothing<T>() -> Result<T, Trouble> {
    Err(Trouble::new(
        "this build of ksbfolio asks no questions",
        "give the answers as options: see --help",
    ))
}

/// A line of words.
pub fn words(_: &str, _: &str, _: &str) -> Result<String, Trouble> {
    asks_nothing()
}

/// A line of words, or none.
pub fn maybe_words(_: &str, _: &str) -> Result<String, Trouble> {
    asks_nothing()
}

/// A day.
pub fn day(_: &str, _: &str, _: Option<Date>) -> Result<Option<Date>, Trouble> {
    asks_nothing()
}

/// One of several.
pub fn one_of<T: Display>(_: &str, _: Vec<T>, _: usize) -> Result<T, Trouble> {
    asks_nothing()
}

/// Some of a few.
pub fn which_of(_: &str, _: Vec<Choice>, _: &[usize]) -> Result<Vec<String>, Trouble> {
    asks_nothing()
}

/// Some of many.
pub fn some_of(_: &str, _: Vec<Choice>, _: &[usize]) -> Result<Vec<String>, Trouble> {
    asks_nothing()
}
