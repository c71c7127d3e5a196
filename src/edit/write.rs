//! Values as YAML text.

use std::fmt::Write as _;

use super::Content;
use crate::parse::yaml::{self, Value};
use crate::text::{Source, Span};

/// How texts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quoting {
    /// In the notation of the value that is replaced, plain if it can be, several lines after `|`.
    Natural,
    /// Always in double quotes, on one line: the notation that can say everything.
    Always,
}

/// Where a value is written.
#[derive(Clone, Debug)]
pub(super) struct Spot<'a> {
    /// Whether it is inside brackets.
    pub flow: bool,
    /// The text that is replaced.
    pub old: &'a str,
    /// How far the lines of a block scalar are indented; `None` if there must be none.
    pub block: Option<usize>,
    /// How lines end.
    pub line_end: &'a str,
}

/// A value in YAML, on one line but for texts of several lines in block style.
pub(super) fn value(content: &Content, spot: &Spot<'_>, quoting: Quoting) -> String {
    match content {
        Content::Null => String::new(),
        Content::Bool(value) => value.to_string(),
        Content::Number(number) => number.clone(),
        Content::Text(text) => scalar(text, spot, quoting),
        Content::List(items) => {
            let items: Vec<String> = items.iter().map(|item| nested(item, quoting)).collect();
            format!("[{}]", items.join(", "))
        }
        Content::Table(pairs) => {
            let pairs: Vec<String> = pairs
                .iter()
                .map(|(name, content)| pair(name, &nested(content, quoting), true))
                .collect();
            format!("{{{}}}", pairs.join(", "))
        }
    }
}

/// A value inside brackets.
fn nested(content: &Content, quoting: Quoting) -> String {
    let spot = Spot {
        flow: true,
        old: "",
        block: None,
        line_end: "\n",
    };
    match content {
        Content::Null => "null".to_owned(),
        _ => value(content, &spot, quoting),
    }
}

/// `name: value`, or `name:` if there is no value.
pub(super) fn pair(name: &str, value: &str, flow: bool) -> String {
    let name = if is_plain(name, flow) {
        name.to_owned()
    } else {
        double_quoted(name)
    };
    let blank = if value.is_empty() { "" } else { " " };
    format!("{name}:{blank}{value}")
}

fn scalar(text: &str, spot: &Spot<'_>, quoting: Quoting) -> String {
    if quoting == Quoting::Always {
        return double_quoted(text);
    }
    if let Some(indent) = spot.block.filter(|_| is_literal(text)) {
        return literal(text, indent, spot.line_end);
    }
    if spot.old.starts_with('"') {
        return double_quoted(text);
    }
    if spot.old.starts_with('\'') && !text.contains(char::is_control) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    if is_plain(text, spot.flow) {
        text.to_owned()
    } else {
        double_quoted(text)
    }
}

/// Whether YAML reads a text as that text if it is not quoted. Inside brackets only words are left
/// plain.
fn is_plain(text: &str, flow: bool) -> bool {
    let is_word = |sign: char| sign.is_alphanumeric() || "-_.:/".contains(sign);
    let is_short = text
        .chars()
        .all(|sign| is_word(sign) || (sign == ' ' && !flow));
    let is_prose = !flow && !text.contains(char::is_control) && !text.contains('#');
    if !(is_short || is_prose) {
        return false;
    }
    let source = Source::new("", &format!("[{text}]"));
    let in_brackets = yaml::read(&source, Span::new(0, source.text.len()));
    let source = Source::new("", &format!("- {text}"));
    let in_block = yaml::read(&source, Span::new(0, source.text.len()));
    let is_exact = |read: &Result<yaml::Node, _>| match read {
        Ok(yaml::Node {
            value: Value::List(items),
            ..
        }) => {
            matches!(items.as_slice(), [item] if item.value == Value::Text(text.to_owned()))
        }
        _ => false,
    };
    is_exact(&in_block) && (!flow || is_exact(&in_brackets))
}

fn double_quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' | '\\' => out.extend(['\\', sign]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(sign));
            }
            _ => out.push(sign),
        }
    }
    out.push('"');
    out
}

/// Whether a text of several lines can be written after `|` without losing a blank.
fn is_literal(text: &str) -> bool {
    let is_ordinary = |sign: char| sign == '\n' || !sign.is_control() && sign != '\u{feff}';
    let body = text.strip_suffix('\n').unwrap_or(text);
    body.contains('\n')
        && !body.ends_with('\n')
        && !body.starts_with([' ', '\n'])
        && text.chars().all(is_ordinary)
}

fn literal(text: &str, indent: usize, line_end: &str) -> String {
    let (mark, body) = match text.strip_suffix('\n') {
        Some(body) => ("|", body),
        None => ("|-", text),
    };
    let mut out = mark.to_owned();
    for line in body.split('\n') {
        out.push_str(line_end);
        if !line.is_empty() {
            out.extend(std::iter::repeat_n(' ', indent));
        }
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted_only_where_they_would_be_read_as_something_else() {
        let spot = Spot {
            flow: false,
            old: "",
            block: Some(2),
            line_end: "\r\n",
        };
        let written = |text: &str| value(&Content::text(text), &spot, Quoting::Natural);
        for plain in ["K7", "2026-03-14", "A visit, and a fall", "What? Nothing!"] {
            assert_eq!(written(plain), plain);
        }
        for (text, yaml) in [
            ("12", "\"12\""),
            ("no", "\"no\""),
            ("", "\"\""),
            ("a: b", "\"a: b\""),
            ("a # b", "\"a # b\""),
            ("*a", "\"*a\""),
            ("say \"no\"", "say \"no\""),
            ("\"no\" \\ ", "\"\\\"no\\\" \\\\ \""),
            ("a\n\nb\n", "|\r\n  a\r\n\r\n  b"),
            ("a\nb", "|-\r\n  a\r\n  b"),
            (" a\nb", "\" a\\nb\""),
        ] {
            assert_eq!(written(text), yaml, "{text}");
        }
        let list = Content::List(vec![
            Content::text("K7"),
            Content::Table(vec![("S7".to_owned(), Content::text("I chose, and why"))]),
        ]);
        assert_eq!(
            value(&list, &spot, Quoting::Natural),
            "[K7, {S7: \"I chose, and why\"}]"
        );
    }
}
