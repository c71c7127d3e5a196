//! Reads the values of keys: text, dates, numbers and words.

use jiff::civil::Date;

use super::dates::{self, DateReading};
use super::decode::Decoder;
use super::everyday;
use super::table::Table;
use super::yaml::{self, Node, Value};
use crate::diagnostic::{FaultKind, Untidy};
use crate::model::{Known, Word};
use crate::text::{Span, Spanned, nearest};

impl Decoder<'_> {
    /// Reads any scalar as the text that was typed.
    pub(super) fn read_scalar(&mut self, node: &Node, key: &str) -> Option<Spanned<String>> {
        let typed = yaml::typed(node, self.source());
        if typed.is_none() {
            self.report_wrong_type(node, key, "text");
        }
        let typed = typed.map(|typed| typed.map(|text| text.trim().to_owned()));
        let typed = typed.map(|typed| self.straighten_quotes(typed));
        typed.map(|text| self.cover_text(text))
    }

    /// Takes curly quotes off a text: their author meant the quotes of YAML.
    fn straighten_quotes(&mut self, typed: Spanned<String>) -> Spanned<String> {
        const CURLY: [char; 6] = ['“', '”', '„', '‘', '’', '‟'];
        let inner = typed.value.strip_prefix(CURLY);
        let inner = inner.and_then(|rest| rest.strip_suffix(CURLY));
        let as_written = typed.span.of(&self.source().text) == typed.value;
        let Some(inner) = inner.filter(|inner| !inner.contains(CURLY) && as_written) else {
            return typed;
        };
        let by = format!("\"{}\"", inner.replace('\\', "\\\\").replace('"', "\\\""));
        let kind = FaultKind::UntidyText {
            what: Untidy::CurlyQuotes,
            by: Some(by),
        };
        self.report(typed.span, kind);
        // A curly quote has three bytes.
        let span = Span::new(typed.span.start + 3, typed.span.end - 3);
        Spanned::new(inner.trim().to_owned(), span)
    }

    /// Reports words that a `#` hides: `Visit #3`. A remark has a space behind its `#`.
    fn report_remark(&mut self, node: &Node) {
        let text = &self.source().text;
        let rest = text.get(node.span.end..).unwrap_or_default();
        let rest = rest.lines().next().unwrap_or_default();
        let is_plain = !node.span.of(text).starts_with(['"', '\'']);
        let remark = rest.trim_start().strip_prefix('#').filter(|_| is_plain);
        if remark.is_some_and(|remark| remark.starts_with(char::is_alphanumeric)) {
            let start = node.span.end + rest.len() - rest.trim_start().len();
            let span = Span::new(start, node.span.end + rest.trim_end().len());
            let kind = FaultKind::UntidyText {
                what: Untidy::Remark,
                by: None,
            };
            self.report(span, kind);
        }
    }

    /// The text of a key.
    pub(super) fn read_text(&mut self, table: &Table<'_>, key: &str) -> Option<Spanned<String>> {
        let node = table.get(key)?;
        let text = self
            .read_scalar(node, key)
            .filter(|text| !text.value.is_empty())?;
        self.report_remark(node);
        if let Some(read_as) = yaml::read_as(node, &text.value) {
            let (key, typed) = (key.to_owned(), text.value.clone());
            let write = format!("\"{typed}\"");
            let kind = FaultKind::ImplicitType {
                key,
                typed,
                read_as,
                write,
            };
            self.report(text.span, kind);
        }
        Some(text)
    }

    /// The text as typed, for a key that takes numbers as well as text.
    pub(super) fn read_as_written(&mut self, table: &Table<'_>, key: &str) -> Option<String> {
        let node = table.get(key)?;
        self.read_scalar(node, key).map(|text| text.value)
    }

    /// The text of a key, without its place.
    pub(super) fn read_words(&mut self, table: &Table<'_>, key: &str) -> Option<String> {
        self.read_text(table, key).map(|text| text.value)
    }

    /// The text of a key that must be there.
    pub(super) fn require_text(
        &mut self,
        table: &Table<'_>,
        key: &'static str,
    ) -> Option<Spanned<String>> {
        let before = self.faults.len();
        let text = self.read_text(table, key);
        if text.is_none() && self.faults.len() == before {
            self.report(table.key_span(key), FaultKind::MissingKey { key });
        }
        text
    }

    /// A list of texts.
    pub(super) fn read_texts(&mut self, table: &Table<'_>, key: &str) -> Vec<Spanned<String>> {
        let items = self.read_list(table, key);
        items
            .into_iter()
            .filter_map(|item| self.read_scalar(item, key))
            .collect()
    }

    /// A list of texts, without their places.
    pub(super) fn read_word_list(&mut self, table: &Table<'_>, key: &str) -> Vec<String> {
        self.read_texts(table, key)
            .into_iter()
            .map(|text| text.value)
            .collect()
    }

    /// A date, `YYYY-MM-DD`.
    pub(super) fn read_date(&mut self, table: &Table<'_>, key: &str) -> Option<Date> {
        // A number or boolean is reported as a bad date, like any other text.
        let text = self
            .read_scalar(table.get(key)?, key)
            .filter(|text| !text.value.is_empty())?;
        if dates::is_like_date(&text.value) {
            self.record_neutral(text.span);
        }
        self.parse_date(&text, key)
    }

    /// A date that must be there.
    pub(super) fn require_date(&mut self, table: &Table<'_>, key: &'static str) -> Option<Date> {
        let before = self.faults.len();
        let date = self.read_date(table, key);
        if date.is_none() && self.faults.len() == before {
            self.report(table.key_span(key), FaultKind::MissingKey { key });
        }
        date
    }

    fn parse_date(&mut self, text: &Spanned<String>, key: &str) -> Option<Date> {
        let date = dates::read(&text.value);
        if date.is_none() {
            let key = key.to_owned();
            let kind = match dates::reading(&text.value) {
                Some(DateReading::Either(both)) => FaultKind::AmbiguousDate {
                    key,
                    readings: both.map(|date| date.to_string()),
                },
                Some(DateReading::NoSuchDay(day)) => FaultKind::NoSuchDay { key, day },
                Some(DateReading::Day(date)) => FaultKind::BadDate {
                    key,
                    meant: Some(date.to_string()),
                },
                Some(DateReading::NoYear(..)) | None => FaultKind::BadDate { key, meant: None },
            };
            self.report(text.span, kind);
        }
        date
    }

    /// True or false.
    pub(super) fn read_boolean(&mut self, table: &Table<'_>, key: &str) -> Option<bool> {
        let node = table.get(key)?;
        if let Value::Bool(value) = node.value {
            let typed = node.span.of(&self.source().text);
            if !["true", "false"]
                .iter()
                .any(|word| word.eq_ignore_ascii_case(typed))
            {
                let kind = FaultKind::ImplicitType {
                    key: key.to_owned(),
                    typed: typed.to_owned(),
                    read_as: format!("{value} in some programs and as text in others"),
                    write: value.to_string(),
                };
                self.report(node.span, kind);
            }
            return Some(value);
        }
        self.report_wrong_type(node, key, "true or false");
        None
    }

    /// A whole number within the bounds of its key.
    pub(super) fn read_number(&mut self, table: &Table<'_>, key: &str) -> Option<u32> {
        let node = table.get(key)?;
        self.parse_number(node, key, table.bounds(key))
    }

    fn parse_number(&mut self, node: &Node, key: &str, (least, most): (u32, u32)) -> Option<u32> {
        let typed =
            yaml::typed(node, self.source()).filter(|_| matches!(node.value, Value::Number(_)));
        let number = typed.and_then(|typed| typed.value.parse().ok());
        let number = number.filter(|number| (least..=most).contains(number));
        if number.is_none() {
            self.report_wrong_type(node, key, &format!("a whole number from {least} to {most}"));
        }
        number
    }

    /// A number of at least 0, with decimals, within the bounds of its key.
    pub(super) fn read_decimal(&mut self, table: &Table<'_>, key: &str) -> Option<f64> {
        let node = table.get(key)?;
        self.parse_decimal(node, key, table.bounds(key).1)
    }

    fn parse_decimal(&mut self, node: &Node, key: &str, most: u32) -> Option<f64> {
        match node.value {
            Value::Number(value) if (0.0..=f64::from(most)).contains(&value) => Some(value),
            _ => {
                self.report_wrong_type(node, key, &format!("a number from 0 to {most}"));
                None
            }
        }
    }

    /// A member of a closed set of words.
    pub(super) fn read_word<T: Word>(&mut self, table: &Table<'_>, key: &str) -> Option<T> {
        let text = self.read_text(table, key)?;
        self.parse_word(&text, key)
    }

    /// Parses a text as a member of a closed set of words.
    pub(super) fn parse_word<T: Word>(&mut self, text: &Spanned<String>, key: &str) -> Option<T> {
        // `Witness testimony` is `witness-testimony`.
        let typed = text.value.to_lowercase();
        let word = T::from_word(&typed).or_else(|| T::from_word(&typed.replace([' ', '_'], "-")));
        if word.is_none() {
            self.report_unknown_word(text, key, T::words());
        }
        word
    }

    /// Reports a word that is not an `allowed` one.
    pub(super) fn report_unknown_word(
        &mut self,
        word: &Spanned<String>,
        key: &str,
        allowed: Vec<&'static str>,
    ) {
        let kind = FaultKind::UnknownWord {
            key: key.to_owned(),
            word: word.value.clone(),
            nearest: everyday::meant(&word.value, &allowed)
                .or_else(|| nearest(&word.value, allowed.iter().copied())),
            allowed,
        };
        self.report(word.span, kind);
    }

    /// A text, or `unknown`, which a missing key is too.
    pub(super) fn read_known_text(&mut self, table: &Table<'_>, key: &str) -> Known<String> {
        self.read_known(table, key, |decoder, node| {
            decoder.read_scalar(node, key).map(|text| text.value)
        })
    }

    /// A whole number that may be `unknown`.
    pub(super) fn read_known_number(&mut self, table: &Table<'_>, key: &str) -> Known<u32> {
        self.read_known(table, key, |decoder, node| {
            decoder.parse_number(node, key, table.bounds(key))
        })
    }

    /// A number of at least 0, with decimals, that may be `unknown`.
    pub(super) fn read_known_decimal(&mut self, table: &Table<'_>, key: &str) -> Known<f64> {
        self.read_known(table, key, |decoder, node| {
            decoder.parse_decimal(node, key, table.bounds(key).1)
        })
    }

    /// A date that may be `unknown`.
    pub(super) fn read_known_date(&mut self, table: &Table<'_>, key: &str) -> Known<Date> {
        self.read_known(table, key, |decoder, node| {
            let text = decoder.read_scalar(node, key)?;
            decoder.parse_date(&text, key)
        })
    }

    /// A value parsed by `read`, or `unknown`, which a missing key is too.
    pub(super) fn read_known<'n, T>(
        &mut self,
        table: &Table<'n>,
        key: &str,
        read: impl FnOnce(&mut Self, &'n Node) -> Option<T>,
    ) -> Known<T> {
        let Some(node) = table.get(key) else {
            return Known::Unknown;
        };
        if matches!(&node.value, Value::Text(text) if text.eq_ignore_ascii_case("unknown")) {
            return Known::Unknown;
        }
        read(self, node).map_or(Known::Unknown, Known::Known)
    }

    /// Checks the version of a format. A missing one means 1.
    pub(super) fn check_version(&mut self, table: &Table<'_>) {
        if let Some(node) = table.get("version")
            && !matches!(node.value, Value::Number(1.0))
        {
            self.report_wrong_type(node, "version", "1, the only version there is yet");
        }
    }
}
