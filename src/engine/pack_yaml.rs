//! Writes a YAML source anew with the keys that are known and kept, and without comments.

use crate::parse::keys::{Key, Shape};
use crate::parse::yaml::{self, Node, Value};
use crate::text::Source;

/// The fate of a value.
pub(super) enum Fate {
    /// It stays.
    Kept,
    /// A text takes its place.
    Replaced(String),
    /// It is left out, with its key.
    Dropped,
}

/// Decides by the keys that lead to a value; items of a list have the keys of the list.
pub(super) type Decide<'a> = &'a dyn Fn(&[&str], &Node) -> Fate;

/// A source written anew.
pub(super) struct PlainYaml {
    /// The text, in block style.
    pub text: String,
    /// Whether a value was dropped or replaced.
    pub is_changed: bool,
}

/// Writes the table in `node`, of which `known` are the keys.
pub(super) fn write_plain(
    source: &Source,
    node: &Node,
    known: &'static [Key],
    decide: Decide<'_>,
) -> PlainYaml {
    let mut writer = PlainWriter {
        source,
        decide,
        is_changed: false,
    };
    let value = writer.keep(node, KnownKeys::Of(known), &mut Vec::new());
    let mut text = String::new();
    write_nested(&value, 0, &mut text);
    PlainYaml {
        text,
        is_changed: writer.is_changed,
    }
}

/// A value without places.
enum PlainValue {
    /// A scalar as it is written.
    Scalar(String),
    List(Vec<PlainValue>),
    Table(Vec<(String, PlainValue)>),
}

/// The keys that a table may have.
#[derive(Clone, Copy)]
enum KnownKeys {
    Of(&'static [Key]),
    /// The author chooses them.
    Any,
}

impl KnownKeys {
    fn of(shape: Shape) -> Self {
        match shape {
            Shape::Table(keys) => Self::Of(keys),
            Shape::List(inner) | Shape::OrUnknown(inner) => Self::of(*inner),
            _ => Self::Any,
        }
    }

    /// The name of a key and the keys below it; `None` if there is no such key.
    fn find(self, typed: &str) -> Option<(&str, Self)> {
        match self {
            Self::Any => Some((typed, Self::Any)),
            Self::Of(keys) => {
                let mut keys = keys.iter();
                let key = keys.find(|key| key.name.eq_ignore_ascii_case(typed))?;
                Some((key.name, Self::of(key.takes)))
            }
        }
    }
}

struct PlainWriter<'a> {
    source: &'a Source,
    decide: Decide<'a>,
    is_changed: bool,
}

impl PlainWriter<'_> {
    fn keep(&mut self, node: &Node, known: KnownKeys, path: &mut Vec<String>) -> PlainValue {
        match &node.value {
            Value::Null => PlainValue::Scalar(String::new()),
            Value::Bool(_) | Value::Number(_) => {
                PlainValue::Scalar(node.span.of(&self.source.text).to_owned())
            }
            Value::Text(text) => PlainValue::Scalar(quoted(text)),
            Value::List(items) => {
                let items = items.iter();
                let items = items.filter_map(|item| self.keep_decided(item, known, path));
                PlainValue::List(items.collect())
            }
            Value::Table(pairs) => PlainValue::Table(self.keep_pairs(pairs, known, path)),
        }
    }

    fn keep_pairs(
        &mut self,
        pairs: &[(Node, Node)],
        known: KnownKeys,
        path: &mut Vec<String>,
    ) -> Vec<(String, PlainValue)> {
        let mut kept = Vec::new();
        for (key, value) in pairs {
            let typed = yaml::typed(key, self.source);
            let found = typed.as_ref().and_then(|typed| known.find(&typed.value));
            let Some((name, below)) = found else {
                self.is_changed = true;
                continue;
            };
            path.push(name.to_owned());
            let value = self.keep_decided(value, below, path);
            path.pop();
            kept.extend(value.map(|value| (name.to_owned(), value)));
        }
        kept
    }

    fn keep_decided(
        &mut self,
        node: &Node,
        known: KnownKeys,
        path: &mut Vec<String>,
    ) -> Option<PlainValue> {
        let keys: Vec<&str> = path.iter().map(String::as_str).collect();
        match (self.decide)(&keys, node) {
            Fate::Kept => Some(self.keep(node, known, path)),
            Fate::Replaced(text) => {
                self.is_changed = true;
                Some(PlainValue::Scalar(quoted(&text)))
            }
            Fate::Dropped => {
                self.is_changed = true;
                None
            }
        }
    }
}

/// A text in double quotes. JSON's escapes are among those of YAML.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Writes a value behind a key or a dash: on its line, or on lines of its own below it.
fn write_value(value: &PlainValue, indent: usize, out: &mut String) {
    match value {
        PlainValue::Scalar(text) if text.is_empty() => {}
        PlainValue::Scalar(text) => {
            out.push(' ');
            out.push_str(text);
        }
        PlainValue::List(items) if items.is_empty() => out.push_str(" []"),
        PlainValue::Table(pairs) if pairs.is_empty() => out.push_str(" {}"),
        PlainValue::List(_) | PlainValue::Table(_) => {
            out.push('\n');
            write_nested(value, indent, out);
            return;
        }
    }
    out.push('\n');
}

fn write_nested(value: &PlainValue, indent: usize, out: &mut String) {
    let margin = " ".repeat(indent);
    match value {
        PlainValue::Scalar(text) => {
            out.push_str(text);
            out.push('\n');
        }
        PlainValue::List(items) => {
            for item in items {
                out.push_str(&margin);
                out.push('-');
                write_value(item, indent + 2, out);
            }
        }
        PlainValue::Table(pairs) => {
            for (key, value) in pairs {
                out.push_str(&margin);
                out.push_str(&written_key(key));
                out.push(':');
                write_value(value, indent + 2, out);
            }
        }
    }
}

fn written_key(key: &str) -> String {
    let is_plain = key
        .bytes()
        .all(|sign| sign.is_ascii_alphanumeric() || sign == b'_')
        && key.starts_with(|first: char| first.is_ascii_alphabetic());
    let is_word = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"]
        .iter()
        .any(|word| key.eq_ignore_ascii_case(word));
    if is_plain && !is_word {
        key.to_owned()
    } else {
        quoted(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::keys;
    use crate::text::Span;

    fn plain(text: &str, decide: Decide<'_>) -> PlainYaml {
        let source = Source::new("x.md", text);
        match yaml::read(&source, Span::new(0, text.len())) {
            Ok(node) => write_plain(&source, &node, keys::ENTRY, decide),
            Err(fault) => panic!("{fault:?}"),
        }
    }

    #[test]
    fn comments_and_unknown_keys_go_and_values_stay() {
        let text = "# secret\ntitle: 'It''s: mine' # secret\nTYPE: cpd\nnotes: secret\nhours: 1.50\n\
                    ksbs: [K7, {\"S7\": \"a: b\"}]\nattachments:\n  - file: a.png\n    alt: |\n      two\n      lines\n";
        let written = plain(text, &|_, _| Fate::Kept);
        assert_eq!(
            written.text,
            "title: \"It's: mine\"\ntype: \"cpd\"\nhours: 1.50\nksbs:\n  - \"K7\"\n  -\n    S7: \"a: b\"\n\
             attachments:\n  -\n    file: \"a.png\"\n    alt: \"two\\nlines\\n\"\n"
        );
        assert!(written.is_changed);
        let again = plain(&written.text, &|_, _| Fate::Kept);
        assert_eq!(again.text, written.text);
        assert!(!again.is_changed);
    }

    #[test]
    fn values_are_dropped_and_replaced_by_the_keys_that_lead_to_them() {
        let text = "title: A\nevent_date: 2026-03-12\nattachments: [{file: a.png, consent: C}]\n";
        let written = plain(text, &|path, _| match path {
            ["title"] => Fate::Replaced("B".to_owned()),
            ["event_date"] | ["attachments", "consent"] => Fate::Dropped,
            _ => Fate::Kept,
        });
        let expected = "title: \"B\"\nattachments:\n  -\n    file: \"a.png\"\n";
        assert_eq!(written.text, expected);
    }

    #[test]
    fn empty_lists_and_tables_stay_readable() {
        let text = "title:\nksbs: []\ncpd: {}\nattachments: [{file: a.png}]\n";
        let drop_items = |path: &[&str], node: &Node| match (path, &node.value) {
            (["attachments"], Value::Table(_)) => Fate::Dropped,
            _ => Fate::Kept,
        };
        let written = plain(text, &drop_items);
        let expected = "title:\nksbs: []\ncpd: {}\nattachments: []\n";
        assert_eq!(written.text, expected);
    }
}
