//! Questions on a terminal. The only file that names the library for them.

use std::fmt::{self, Display};
use std::io::IsTerminal;

use inquire::validator::Validation;
use inquire::{InquireError, MultiSelect, Select, Text};
use jiff::civil::Date;

use super::console::Trouble;
use crate::parse::dates::typed;

/// Whether there is somebody to ask: questions and answers both need a terminal.
pub fn is_somebody_there() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// A line of words.
pub fn words(question: &str, help: &str, before: &str) -> Result<String, Trouble> {
    let wanted = |text: &str| {
        let empty = text.trim().is_empty();
        Ok(if empty { Validation::Invalid("a word or two".into()) } else { Validation::Valid })
    };
    let asked = Text::new(question).with_help_message(help).with_validator(wanted);
    let asked = if before.is_empty() { asked } else { asked.with_default(before) };
    asked.prompt().map(|text| text.trim().to_owned()).map_err(ended)
}

/// A line of words, or none.
pub fn maybe_words(question: &str, help: &str) -> Result<String, Trouble> {
    let asked = Text::new(question).with_help_message(help).prompt();
    asked.map(|text| text.trim().to_owned()).map_err(ended)
}

/// A day; none where nothing is typed and nothing is offered.
pub fn day(question: &str, help: &str, before: Option<Date>) -> Result<Option<Date>, Trouble> {
    let known = |text: &str| {
        let wrong = typed(text).err().filter(|_| !text.trim().is_empty());
        Ok(wrong.map_or(Validation::Valid, |why| Validation::Invalid(why.into())))
    };
    let before = before.map(|date| date.to_string());
    let asked = Text::new(question).with_help_message(help).with_validator(known);
    let asked = match &before {
        Some(before) => asked.with_default(before),
        None => asked,
    };
    Ok(typed(&asked.prompt().map_err(ended)?).ok())
}

/// One of several; typing narrows them down.
pub fn one_of<T: Display>(question: &str, offered: Vec<T>, first: usize) -> Result<T, Trouble> {
    Select::new(question, offered).with_starting_cursor(first).prompt().map_err(ended)
}

/// One of several things to choose from: a short name, and words that say what it is.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What the answer says.
    pub name: String,
    /// What it is, in full.
    pub words: String,
}

impl Display for Choice {
    /// In one line, so that the list stays a list.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = format!("{}  {}", self.name, self.words);
        match line.char_indices().nth(72) {
            Some((end, _)) => write!(f, "{}…", line[..end].trim_end()),
            None => f.write_str(&line),
        }
    }
}

/// Some of several; typing part of a name or of any word narrows them down. Names come back.
pub fn some_of(question: &str, offered: Vec<Choice>, chosen: &[usize]) -> Result<Vec<String>, Trouble> {
    let fits = |typed: &str, choice: &Choice, _: &str, at: usize| {
        let all = format!("{} {}", choice.name, choice.words).to_lowercase();
        let typed = typed.to_lowercase();
        let named = i64::from(choice.name.to_lowercase().starts_with(&typed));
        let first = i64::try_from(at).unwrap_or(i64::MAX / 2);
        all.contains(&typed).then_some(named * 1_000_000 - first)
    };
    let asked = MultiSelect::new(question, offered)
        .with_help_message("type part of one word to find it, space to choose, Enter to go on")
        .with_scorer(&fits)
        .with_keep_filter(false)
        .with_default(chosen);
    let chosen = asked.prompt().map_err(ended)?;
    Ok(chosen.into_iter().map(|choice| choice.name).collect())
}

fn ended(error: InquireError) -> Trouble {
    match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => {
            Trouble::new("you stopped, and nothing was written", "begin again whenever you like")
        }
        other => Trouble::new(other.to_string(), "give the answers as options: see --help"),
    }
}
