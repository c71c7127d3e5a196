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
    let value = writer.keep(node, Shape::Table(known), &mut Vec::new());
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

/// The shape of the items of a list that has this shape; a single value is a list of one.
fn item_of(shape: Shape) -> Shape {
    find_item(shape).unwrap_or(shape)
}

fn find_item(shape: Shape) -> Option<Shape> {
    match shape {
        Shape::List(inner) => Some(*inner),
        Shape::OrUnknown(inner) => find_item(*inner),
        Shape::OneOf(all) => all.iter().copied().find_map(find_item),
        _ => None,
    }
}

/// The name of a key in a table that has this shape, and the shape of its value; `None` if there is no
/// such key.
fn find_key(shape: Shape, typed: &str) -> Option<(&str, Shape)> {
    let find = |keys: &'static [Key]| {
        let mut keys = keys.iter();
        let key = keys.find(|key| key.name.eq_ignore_ascii_case(typed))?;
        Some((key.name, key.takes))
    };
    match shape {
        Shape::Table(keys) => find(keys),
        Shape::Map(inner) => Some((typed, *inner)),
        Shape::TableAndMap(tables, inner) => {
            let own = tables.iter().find_map(|keys| find(keys));
            own.or(Some((typed, *inner)))
        }
        Shape::List(inner) | Shape::OrUnknown(inner) => find_key(*inner, typed),
        Shape::OneOf(all) => {
            let is_table = |one: &Shape| find_item(*one).is_none();
            let mut tables = all.iter().copied().filter(is_table);
            let found = tables.find_map(|one| find_key(one, typed));
            found.or_else(|| all.iter().copied().find_map(|one| find_key(one, typed)))
        }
        Shape::Claim => Some((typed, Shape::Text)),
        _ => None,
    }
}

/// Whether nothing but a table can be read there.
fn is_table(shape: Shape) -> bool {
    match shape {
        Shape::Table(_) | Shape::Map(_) | Shape::TableAndMap(..) => true,
        Shape::List(inner) => is_table(*inner),
        _ => false,
    }
}

struct PlainWriter<'a> {
    source: &'a Source,
    decide: Decide<'a>,
    is_changed: bool,
}

impl PlainWriter<'_> {
    fn keep(&mut self, node: &Node, shape: Shape, path: &mut Vec<String>) -> PlainValue {
        match &node.value {
            Value::Null => PlainValue::Scalar(String::new()),
            Value::Bool(_) | Value::Number(_) => {
                PlainValue::Scalar(node.span.of(&self.source.text).to_owned())
            }
            Value::Text(text) => PlainValue::Scalar(quoted(text)),
            Value::List(items) => {
                let (items, shape) = (items.iter(), item_of(shape));
                let items = items.filter_map(|item| self.keep_decided(item, shape, path));
                PlainValue::List(items.collect())
            }
            Value::Table(pairs) => PlainValue::Table(self.keep_pairs(pairs, shape, path)),
        }
    }

    fn keep_pairs(
        &mut self,
        pairs: &[(Node, Node)],
        shape: Shape,
        path: &mut Vec<String>,
    ) -> Vec<(String, PlainValue)> {
        let mut kept = Vec::new();
        for (key, value) in pairs {
            let typed = yaml::typed(key, self.source);
            let found = typed
                .as_ref()
                .and_then(|typed| find_key(shape, &typed.value));
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
        shape: Shape,
        path: &mut Vec<String>,
    ) -> Option<PlainValue> {
        let is_scalar = matches!(
            node.value,
            Value::Bool(_) | Value::Number(_) | Value::Text(_)
        );
        if is_scalar && is_table(shape) {
            self.is_changed = true;
            return None;
        }
        let keys: Vec<&str> = path.iter().map(String::as_str).collect();
        match (self.decide)(&keys, node) {
            Fate::Kept => Some(self.keep(node, shape, path)),
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
    fn nothing_is_kept_under_a_key_that_no_table_has_at_any_depth() {
        let text = "version: 1\nlearner: secret\nrules: {min_pieces: 2, notes: secret, own: {min_types: 1, why: secret}}\n\
                    pace: [{by: 2026-01-01, percent: 5, note: secret}]\ntitle: {a: secret}\n\
                    reviews: [{date: 2026-01-02, signed: {tutor: 2026-01-03}}]\n";
        let source = Source::new("x.yaml", text);
        let node = yaml::read(&source, Span::new(0, text.len())).unwrap_or_else(|_| panic!());
        let written = write_plain(&source, &node, keys::PORTFOLIO, &|_, _| Fate::Kept).text;
        assert!(!written.contains("secret"), "{written}");
        for kept in [
            "min_pieces: 2",
            "min_types: 1",
            "percent: 5",
            "tutor: \"2026-01-03\"",
        ] {
            assert!(written.contains(kept), "{written}");
        }
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
