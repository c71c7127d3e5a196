//! Footnotes: `[^1]` in the text, and `[^1]: words` anywhere below it.

use std::collections::HashMap;

use super::escape::escaped;
use super::surroundings::BodyContext;

/// The footnotes of a text so far, numbered in the order in which they come.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    numbers: HashMap<String, usize>,
    referred: Vec<usize>,
    opened: Vec<usize>,
}

impl Footnotes {
    fn number(&mut self, name: &str) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry(name.to_owned()).or_insert(next)
    }

    /// A number in the text that leads to its note.
    pub(super) fn refer(&mut self, name: &str, around: &dyn BodyContext) -> String {
        let number = self.number(name);
        // An anchor of a heading has no underscore, so none is the same.
        let note = escaped(&around.anchor(&format!("_note{number}")));
        let is_first = self.referred.last().is_none_or(|last| *last < number);
        let id = if is_first {
            self.referred.push(number);
            format!(
                " id=\"{}\"",
                escaped(&around.anchor(&format!("_ref{number}")))
            )
        } else {
            String::new()
        };
        format!("<sup{id}><a href=\"#{note}\">{number}</a></sup>")
    }

    /// The beginning of a note.
    pub(super) fn open(&mut self, name: &str, around: &dyn BodyContext) -> String {
        let number = self.number(name);
        // A note that is written twice has its anchor once.
        let is_first = self.opened.last().is_none_or(|last| *last < number);
        if !is_first {
            return format!("<div class=\"footnote\"><sup>{number}</sup>");
        }
        self.opened.push(number);
        let id = escaped(&around.anchor(&format!("_note{number}")));
        format!("<div class=\"footnote\" id=\"{id}\"><sup>{number}</sup>")
    }
}
