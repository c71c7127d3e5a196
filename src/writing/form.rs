//! Forms over YAML: how a key of the key table is shown as a field, and how a typed value is read.

use super::entry_answer::{FormField, KindChoice};
use crate::edit::{Content, KeyPath};
use crate::engine::EngineError;
use crate::parse::dates::typed_near;
use crate::parse::keys::{Key, Shape};
use crate::parse::yaml::{Node, Value};
use crate::text::listed_or;
use jiff::civil::Date;

/// A field, by its key; those of tables as `witness.role`.
pub(super) struct FieldRow {
    /// Its name.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// What holds without a value.
    pub default: &'static str,
}

/// A field with its row of the key table, as it is in a file.
pub(super) fn describe_field(
    row: &FieldRow,
    key: &Key,
    node: Option<&Node>,
    text: &str,
    choices: Vec<KindChoice>,
) -> FormField {
    let value = node.and_then(|node| match &node.value {
        Value::Text(words) => Some(words.trim().to_owned()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(_) => Some(node.span.of(text).trim().to_owned()),
        Value::Null => Some(String::new()),
        Value::List(_) | Value::Table(_) => None,
    });
    let is_closed = node.is_some() && value.is_none();
    let value = value.unwrap_or_default();
    // Words are read in any case, and a choice has them in one.
    let folded = value.to_lowercase();
    let is_choice = choices.iter().any(|choice| choice.id == folded);
    FormField {
        name: row.name.to_owned(),
        label: row.label.to_owned(),
        hint: key.says.to_owned(),
        shape: name_shape(&key.takes, !choices.is_empty()).to_owned(),
        value: if is_choice { folded } else { value },
        is_set: node.is_some(),
        is_closed,
        default: row.default.to_owned(),
        choices,
    }
}

fn name_shape(shape: &Shape, is_choice: bool) -> &'static str {
    match shape {
        _ if is_choice => "choice",
        Shape::Date => "date",
        Shape::Switch => "yes-no",
        Shape::Whole(..) | Shape::Hours(_) => "number",
        Shape::OrUnknown(inner) => name_shape(inner, false),
        _ => "text",
    }
}

/// The row of a field in a table of keys.
pub(super) fn find_key(keys: &'static [Key], name: &str) -> Option<&'static Key> {
    let find = |keys: &'static [Key], name: &str| keys.iter().find(|key| key.name == name);
    match name.split_once('.') {
        None => find(keys, name),
        Some((table, name)) => match find(keys, table)?.takes {
            Shape::Table(keys) => find(keys, name),
            Shape::TableAndMap(tables, _) => tables.iter().find_map(|keys| find(keys, name)),
            _ => None,
        },
    }
}

/// The items of a list; a single value counts as a list of one.
pub(super) fn list_items<'a>(node: &'a Node, name: &str) -> &'a [Node] {
    match find_value(node, name) {
        None => &[],
        Some(Node {
            value: Value::List(items),
            ..
        }) => items,
        Some(single) => std::slice::from_ref(single),
    }
}

/// The value of a field. Of a key that is there twice, the last.
pub(super) fn find_value<'a>(node: &'a Node, name: &str) -> Option<&'a Node> {
    let (first, rest) = match name.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (name, None),
    };
    let Value::Table(pairs) = &node.value else {
        return None;
    };
    let is_named =
        |key: &Node| matches!(&key.value, Value::Text(text) if text.eq_ignore_ascii_case(first));
    let found = pairs.iter().rev().find(|(key, _)| is_named(key));
    let (_, value) = found?;
    match rest {
        Some(rest) => find_value(value, rest),
        None => Some(value),
    }
}

/// Reads the value of a field as it was typed.
///
/// # Errors
/// It cannot be read.
pub(super) fn read_value(
    row: &FieldRow,
    key: &Key,
    typed: &str,
    today: Date,
    choices: &[KindChoice],
) -> Result<Content, EngineError> {
    read_shape(row.label, &key.takes, typed, today, choices)
}

fn read_shape(
    label: &str,
    shape: &Shape,
    typed: &str,
    today: Date,
    choices: &[KindChoice],
) -> Result<Content, EngineError> {
    let refuse = |why: String| EngineError::refused(format!("{label}: {why}"), "");
    if !choices.is_empty() && !choices.iter().any(|choice| choice.id == typed) {
        let words: Vec<&str> = choices.iter().map(|choice| choice.id.as_str()).collect();
        return Err(refuse(format!("one of {}", listed_or(&words))));
    }
    Ok(match shape {
        Shape::OrUnknown(_) if typed.eq_ignore_ascii_case("unknown") => Content::text("unknown"),
        Shape::OrUnknown(inner) => read_shape(label, inner, typed, today, choices)?,
        Shape::Date => Content::Text(typed_near(typed, Some(today)).map_err(refuse)?.to_string()),
        Shape::Switch => match typed {
            "true" | "yes" => Content::Bool(true),
            "false" | "no" => Content::Bool(false),
            _ => return Err(refuse("yes or no".to_owned())),
        },
        Shape::Whole(..) | Shape::Hours(_) => {
            let number = typed.replace(',', ".");
            let is_whole = matches!(shape, Shape::Whole(..));
            let (least, most) = shape.bounds().unwrap_or_default();
            let range = f64::from(least)..=f64::from(most);
            let parsed = number.parse::<f64>().ok().filter(|one| range.contains(one));
            let parsed = parsed.filter(|one| !is_whole || one.fract() == 0.0);
            if parsed.is_none() || number.contains(['e', 'E', '+']) {
                return Err(refuse(shape.in_words()));
            }
            Content::Number(number)
        }
        _ => Content::text(typed),
    })
}

/// The way to a field.
pub(super) fn find_path(name: &str) -> KeyPath {
    let mut steps = name.split('.');
    let first = KeyPath::new(steps.next().unwrap_or_default());
    steps.fold(first, KeyPath::key)
}

/// The refusal of a field that the form does not have.
pub(super) fn refuse_field(name: &str) -> EngineError {
    EngineError::refused(format!("the form has no field `{name}`"), "")
}
