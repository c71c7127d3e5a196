//! Checks a page against the allowed markup.

use std::collections::BTreeSet;

use super::Problems;
use super::inputs::Allowed;
use super::markup::{Piece, pieces, unescaped};

/// Void elements.
const VOID: [&str; 6] = ["meta", "link", "img", "br", "hr", "input"];

/// Elements that separate their text from the text before.
const APART: [&str; 17] = [
    "p", "div", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "br", "dt", "dd", "pre",
    "tr", "caption",
];

/// Facts about a page.
#[derive(Default)]
pub struct Page {
    /// Its text, words separated by single spaces.
    pub text: String,
    pub ids: BTreeSet<String>,
    /// Elements and the addresses they refer to.
    pub addresses: Vec<(String, String)>,
    pub problems: Problems,
    /// Open elements.
    open: Vec<String>,
    policy: Option<String>,
}

/// Parses a page; a standalone page (`alone`) embeds its style and pictures.
pub fn read(html: &str, allowed: &Allowed, alone: bool) -> Page {
    let (pieces, problems) = pieces(html, "<!DOCTYPE html>\n");
    let mut page = Page {
        problems,
        ..Page::default()
    };
    if let Some(sign) = html
        .chars()
        .find(|sign| sign.is_control() && !"\t\n\r\u{c}".contains(*sign))
    {
        page.problems.push(format!(
            "allowed: the page holds the control character {sign:?}"
        ));
    }
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Text(text) => page.text.push_str(&unescaped(text)),
            Piece::Close(name) => page.close(name),
            Piece::Open {
                name,
                attributes,
                closed,
            } => {
                page.open(name, attributes, allowed, alone);
                let empty = matches!(pieces.get(at + 1), Some(Piece::Text("")))
                    && matches!(pieces.get(at + 2), Some(Piece::Close("script")));
                if *name == "script" && !empty {
                    page.problems
                        .push("allowed: the page contains an inline script".to_owned());
                }
                if !closed && !VOID.contains(name) {
                    page.open.push((*name).to_owned());
                }
            }
        }
    }
    page.finish(allowed, alone)
}

impl Page {
    fn finish(mut self, allowed: &Allowed, alone: bool) -> Self {
        if !self.open.is_empty() {
            self.problems
                .push(format!("allowed: {:?} are open at the end", self.open));
        }
        let policy = self.policy.clone().unwrap_or_default();
        if !alone && !allowed.policies.contains(&policy) {
            self.problems
                .push(format!("strict: the policy is {policy:?}"));
        }
        self.text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        self
    }

    fn close(&mut self, name: &str) {
        if self.open.pop().as_deref() != Some(name) {
            self.problems
                .push(format!("allowed: </{name}> closes nothing"));
        }
    }

    fn open(&mut self, name: &str, attributes: &[(&str, String)], allowed: &Allowed, alone: bool) {
        if APART.contains(&name) {
            self.text.push(' ');
        }
        let Some(known) = allowed.elements.get(name) else {
            if !(alone && name == "style") {
                self.problems.push(format!("allowed: the element {name}"));
            }
            return;
        };
        let has_policy = attributes.iter().any(|(key, _)| *key == "http-equiv");
        for (key, value) in attributes {
            let inside = alone && *key == "src" && value.starts_with("data:image/");
            if !allowed.every.iter().chain(known).any(|one| one == key) {
                self.problems
                    .push(format!("allowed: the attribute {key} of {name}"));
            } else if !inside && !fits(key, value, allowed) {
                self.problems
                    .push(format!("allowed: {key} of {name} is {value:?}"));
            }
            match *key {
                "id" if !self.ids.insert(value.clone()) => {
                    self.problems.push(format!("allowed: duplicate id {value}"));
                }
                "href" | "src" if !inside => self.addresses.push((name.to_owned(), value.clone())),
                "alt" | "aria-label" => [" ", value.as_str(), " "]
                    .iter()
                    .for_each(|part| self.text.push_str(part)),
                "content" if has_policy => self.policy = Some(value.clone()),
                _ => {}
            }
        }
    }
}

/// Returns whether a value is valid for its attribute.
fn fits(key: &str, value: &str, allowed: &Allowed) -> bool {
    if let Some(words) = allowed.words.get(key) {
        return words.iter().any(|word| word == value);
    }
    let letters = |text: &str, more: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|sign| sign.is_ascii_alphanumeric() || more.contains(sign))
    };
    match allowed.kinds.get(key).map(String::as_str) {
        None => true,
        // An underscore keeps ids of pages apart from those of headings, which have none.
        Some("name") => letters(value, "-_"),
        Some("names") => value.is_empty() || value.split(' ').all(|name| letters(name, "-_+#")),
        Some("number") => {
            !value.is_empty()
                && value
                    .chars()
                    .all(|sign| sign.is_ascii_digit() || sign == '.')
        }
        Some("length") => fits_length(value),
        // The only form that leads anywhere is the box of the search.
        Some("search") => value.trim_start_matches("../") == "search.html",
        Some("path") => value
            .chars()
            .all(|sign| "MmLlHhVvZz0123456789 .,-".contains(sign)),
        Some("asset") => {
            let path = value.trim_start_matches("../");
            path.starts_with("assets/") && !path.contains("..") && letters(path, "./-")
        }
        Some(other) => panic!("no kind {other}"),
    }
}

/// A number, perhaps in per cent.
fn fits_length(value: &str) -> bool {
    let number = value.strip_suffix('%').unwrap_or(value);
    !number.is_empty()
        && number
            .chars()
            .all(|sign| sign.is_ascii_digit() || sign == '.')
}
