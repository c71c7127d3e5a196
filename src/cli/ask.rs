//! Questions on a terminal. The only file that names the library for them.

use std::cell::RefCell;
use std::fmt::{self, Display};
use std::io::{self, IsTerminal};
use std::rc::Rc;
use std::sync::Once;
use std::time::Duration;

use inquire::autocompletion::Replacement;
use inquire::validator::Validation;
use inquire::{Autocomplete, Confirm, CustomUserError, InquireError, MultiSelect, Select, Text};
use jiff::civil::Date;

use super::CliError;
use crate::model::Code;
use crate::parse::dates::typed_near;
use crate::store;
use crate::text::in_words;

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
    reason = "nobody is left to tell, and the question never ends by itself"
)]
fn exit_with_terminal() {
    while std::io::stdin().is_terminal() {
        std::thread::sleep(Duration::from_millis(250));
    }
    std::process::exit(2);
}

/// Asks for a line of text.
pub(super) fn words(question: &str, help: &str, before: &str) -> Result<String, CliError> {
    let wanted = |text: &str| {
        let empty = text.trim().is_empty();
        Ok(if empty {
            Validation::Invalid("a word or two".into())
        } else {
            Validation::Valid
        })
    };
    let asked = Text::new(question)
        .with_help_message(help)
        .with_validator(wanted);
    let asked = if before.is_empty() {
        asked
    } else {
        asked.with_default(before)
    };
    asked
        .prompt()
        .map(|text| text.trim().to_owned())
        .map_err(ended)
}

/// Asks for a line of text, which may be empty.
pub(super) fn optional_words(question: &str, help: &str) -> Result<String, CliError> {
    let asked = Text::new(question).with_help_message(help).prompt();
    asked.map(|text| text.trim().to_owned()).map_err(ended)
}

/// Asks for a line of text that is not left on the screen. It may be empty.
pub(super) fn unsaved_words(question: &str, help: &str) -> Result<String, CliError> {
    let forgotten = |_: &str| "(not saved)".to_owned();
    let asked = Text::new(question)
        .with_help_message(help)
        .with_formatter(&forgotten);
    let typed = asked.prompt().map_err(ended)?;
    Ok(typed.trim().to_owned())
}

/// Asks for one of a few letters, each the first of a word of `answers`; returns its index. There is
/// no default: no answer is given by mistake.
pub(super) fn letter(question: &str, answers: &'static [&'static str]) -> Result<usize, CliError> {
    let find = |typed: &str| {
        let typed = typed.trim().to_lowercase();
        let mut answers = answers.iter();
        let found = answers.position(|answer| answer[..1] == typed || *answer == typed);
        found.filter(|_| !typed.is_empty())
    };
    let known = move |typed: &str| {
        let help = format!("type the first letter of {}", answers.join(", "));
        Ok(find(typed).map_or(Validation::Invalid(help.into()), |_| Validation::Valid))
    };
    let shown = |typed: &str| find(typed).map_or(String::new(), |at| answers[at].to_owned());
    let asked = Text::new(question)
        .with_validator(known)
        .with_formatter(&shown);
    let typed = asked.prompt().map_err(ended)?;
    Ok(find(&typed).unwrap_or_default())
}

/// Asks for a date, `after` another one if that is given; `None` if the answer is empty.
pub(super) fn day(
    question: &str,
    help: &str,
    before: Option<Date>,
    after: Option<Date>,
) -> Result<Option<Date>, CliError> {
    let known = |text: &str| {
        let too_early = |date: Date| {
            let after = after.filter(|after| date <= *after)?;
            Some(format!("this is not after {}", in_words(after)))
        };
        let wrong = typed_near(text, before).map_or_else(Some, too_early);
        let wrong = wrong.filter(|_| !text.trim().is_empty());
        Ok(wrong.map_or(Validation::Valid, |why| Validation::Invalid(why.into())))
    };
    // The answer stays on the screen in words: a slip of day and month shows.
    let in_full = |text: &str| typed_near(text, before).map_or(String::new(), in_words);
    let shown = before.map(|date| date.to_string());
    let asked = Text::new(question)
        .with_help_message(help)
        .with_formatter(&in_full)
        .with_validator(known);
    let asked = match &shown {
        Some(before) => asked.with_default(before),
        None => asked,
    };
    Ok(typed_near(&asked.prompt().map_err(ended)?, before).ok())
}

/// Asks for one of several; typing filters them.
pub(super) fn one_of<T: Display>(
    question: &str,
    offered: Vec<T>,
    first: usize,
) -> Result<T, CliError> {
    Select::new(question, offered)
        .with_starting_cursor(first)
        .prompt()
        .map_err(ended)
}

/// Asks for a yes or no; Enter alone is a no.
pub(super) fn confirm(question: &str) -> Result<bool, CliError> {
    Confirm::new(question)
        .with_default(false)
        .prompt()
        .map_err(ended)
}

/// A choice: a short name, and its description.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// The name, which is the answer.
    pub name: String,
    /// The description.
    pub words: String,
    /// Other words by which it is found, which are not shown.
    pub also: String,
}

impl Display for Choice {
    /// Limited to one line each.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = format!("{}  {}", self.name, self.words);
        match line.char_indices().nth(72) {
            Some((end, _)) => write!(f, "{}…", line[..end].trim_end()),
            None => f.write_str(&line),
        }
    }
}

/// Asks for any of a few choices; returns their names.
pub(super) fn pick_few(
    question: &str,
    offered: Vec<Choice>,
    chosen: &[usize],
) -> Result<Vec<String>, CliError> {
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
) -> Result<Vec<String>, CliError> {
    let before: Vec<&str> = chosen.iter().map(|&at| offered[at].name.as_str()).collect();
    let before = before.join(", ");
    let search = Search {
        offered: offered.into(),
        typed: Rc::default(),
    };
    let judge = search.clone();
    let known = move |answer: &str| {
        Ok(judge
            .names(answer)
            .map_or_else(|why| Validation::Invalid(why.into()), |_| Validation::Valid))
    };
    let shown = |answer: &str| {
        search
            .names(answer)
            .map(|names| names.join(", "))
            .unwrap_or_default()
    };
    let asked = Text::new(question)
        .with_initial_value(&before)
        .with_help_message("a code or words find one; Tab takes it or gives it back; Enter goes on")
        .with_autocomplete(search.clone())
        .with_formatter(&shown)
        .with_validator(known);
    let answer = asked.prompt().map_err(ended)?;
    Ok(search.names(&answer).unwrap_or_default())
}

/// Choices picked by typing: the names so far, with commas between them, and the words of the
/// current search.
#[derive(Clone)]
struct Search {
    offered: Rc<[Choice]>,
    /// The last typed text: a highlighted suggestion is returned without it.
    typed: Rc<RefCell<String>>,
}

impl Search {
    /// The names before the last comma, and the words after it.
    fn parts(typed: &str) -> (Vec<&str>, &str) {
        let (taken, words) = typed.rsplit_once(',').unwrap_or(("", typed));
        (
            taken
                .split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .collect(),
            words.trim(),
        )
    }

    /// The choices that contain every word, those whose names begin with the text first.
    fn matching(&self, typed: &str) -> Vec<&Choice> {
        let typed = typed.to_lowercase();
        let fits = |choice: &&Choice| {
            let all = format!("{} {} {}", choice.name, choice.words, choice.also).to_lowercase();
            typed.split_whitespace().all(|word| all.contains(word))
        };
        let mut matching: Vec<&Choice> = self.offered.iter().filter(fits).collect();
        matching.sort_by_key(|choice| !choice.name.to_lowercase().starts_with(&typed));
        matching
    }

    /// The choice with this name, or the only one that fits the words.
    fn one(&self, typed: &str) -> Result<String, String> {
        if let Some(named) = self
            .offered
            .iter()
            .find(|choice| Code::fold(&choice.name) == Code::fold(typed))
        {
            return Ok(named.name.clone());
        }
        match self.matching(typed).as_slice() {
            [] => Err(format!("nothing here fits “{typed}”")),
            [one] => Ok(one.name.clone()),
            several => Err(format!(
                "{} of these fit “{typed}”: take one with Tab",
                several.len()
            )),
        }
    }

    /// The names in an answer, each once.
    fn names(&self, answer: &str) -> Result<Vec<String>, String> {
        let typed = self.typed.borrow();
        let marked = self
            .offered
            .iter()
            .find(|choice| [line(choice, false), line(choice, true)].contains(&answer.to_owned()));
        let (mut all, words) = Self::parts(if marked.is_some() { &typed } else { answer });
        match marked {
            Some(choice) => all.push(&choice.name),
            None if words.is_empty() => {}
            None => all.push(words),
        }
        let mut names: Vec<String> = Vec::new();
        for one in all {
            let name = self.one(one)?;
            if !names.contains(&name) {
                names.push(name);
            }
        }
        Ok(names)
    }
}

/// A suggestion, with a mark if it is picked.
fn line(choice: &Choice, taken: bool) -> String {
    format!("[{}] {choice}", if taken { 'x' } else { ' ' })
}

impl Autocomplete for Search {
    fn get_suggestions(&mut self, typed: &str) -> Result<Vec<String>, CustomUserError> {
        typed.clone_into(&mut self.typed.borrow_mut());
        let (taken, words) = Self::parts(typed);
        let is_taken = |choice: &Choice| {
            taken
                .iter()
                .any(|name| name.eq_ignore_ascii_case(&choice.name))
        };
        Ok(self
            .matching(words)
            .into_iter()
            .map(|choice| line(choice, is_taken(choice)))
            .collect())
    }

    fn get_completion(
        &mut self,
        typed: &str,
        marked: Option<String>,
    ) -> Result<Replacement, CustomUserError> {
        let (taken, words) = Self::parts(typed);
        let is_marked = |choice: &&Choice| {
            marked
                .as_ref()
                .is_some_and(|marked| [line(choice, false), line(choice, true)].contains(marked))
        };
        let first = || {
            self.matching(words)
                .into_iter()
                .next()
                .filter(|_| !words.is_empty())
        };
        let Some(choice) = self.offered.iter().find(is_marked).or_else(first) else {
            return Ok(None);
        };
        let mut names: Vec<&str> = taken
            .iter()
            .copied()
            .filter(|name| !name.eq_ignore_ascii_case(&choice.name))
            .collect();
        if names.len() == taken.len() {
            names.push(&choice.name);
        }
        // The next search begins after the last comma.
        names.push("");
        Ok(Some(names.join(", ")))
    }
}

fn ended(error: InquireError) -> CliError {
    let is_interrupted = |error: &io::Error| error.kind() == io::ErrorKind::Interrupted;
    match error {
        InquireError::OperationCanceled => {}
        InquireError::IO(error) if is_interrupted(&error) => {}
        other => {
            let help = "give the answers as options: see --help";
            return CliError::new(other.to_string(), help);
        }
    }
    CliError::new(
        "you stopped, and nothing was written",
        "begin again whenever you like",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyday_words_and_spellings_find_a_code() {
        let choice = |name: &str, words: &str, also: &str| Choice {
            name: name.to_owned(),
            words: words.to_owned(),
            also: also.to_owned(),
        };
        let offered = vec![
            choice(
                "S7",
                "Recognise and respond to an individual in pain",
                "hurting",
            ),
            choice(
                "S9",
                "Support individuals with nutrition and fluids",
                "food lunch",
            ),
        ];
        let search = Search {
            offered: offered.into(),
            typed: Rc::default(),
        };
        for (typed, names) in [("lunch", "S9"), ("s 07, food", "S7, S9"), ("S9", "S9")] {
            let found = search.names(typed).map(|names| names.join(", "));
            assert_eq!(found.as_deref(), Ok(names), "{typed}");
        }
        assert!(
            !choice("S9", "Support", "lunch")
                .to_string()
                .contains("lunch")
        );
    }
}
