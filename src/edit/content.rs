//! Values without their places: what an edit writes, and what is read back to verify it.

use super::{PathStep, RefusalReason};
use crate::parse::yaml::{Node, Value, typed};
use crate::text::Source;

/// A value in YAML.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// No value.
    Null,
    /// True or false.
    Bool(bool),
    /// A number as it is written.
    Number(String),
    /// A text. It is quoted where YAML would take it for something else.
    Text(String),
    /// A list.
    List(Vec<Content>),
    /// Keys and values, in the order in which new ones are written.
    Table(Vec<(String, Content)>),
}

impl Content {
    /// A text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// The value of a tree that was read from `source`.
    pub(super) fn read(node: &Node, source: &Source) -> Self {
        match &node.value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(_) => Self::Number(node.span.of(&source.text).to_owned()),
            Value::Text(text) => Self::Text(text.clone()),
            Value::List(items) => {
                Self::List(items.iter().map(|item| Self::read(item, source)).collect())
            }
            Value::Table(pairs) => {
                let key = |node| typed(node, source).map_or(String::new(), |key| key.value);
                let pairs = pairs.iter();
                Self::Table(
                    pairs
                        .map(|(name, value)| (key(name), Self::read(value, source)))
                        .collect(),
                )
            }
        }
    }

    /// Whether both say the same: the order of different keys does not matter.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::List(left), Self::List(right)) => {
                left.len() == right.len() && left.iter().zip(right).all(|(a, b)| a.is_same(b))
            }
            (Self::Table(left), Self::Table(right)) => {
                let (left, right) = (by_key(left), by_key(right));
                let same =
                    |(a, b): (&&(String, Self), &&(String, Self))| a.0 == b.0 && a.1.is_same(&b.1);
                left.len() == right.len() && left.iter().zip(&right).all(same)
            }
            _ => self == other,
        }
    }

    /// The value at a path; `None` if there is nothing.
    pub(super) fn at(&self, path: &[PathStep]) -> Option<&Self> {
        let Some((step, rest)) = path.split_first() else {
            return Some(self);
        };
        match (self, step) {
            (Self::Table(pairs), PathStep::Key(key)) => pairs[find_key(pairs, key)?].1.at(rest),
            (Self::List(items), PathStep::Index(index)) => items.get(*index)?.at(rest),
            _ => None,
        }
    }

    /// Sets the value at a path; tables and lists on the way are created. An index one past the end
    /// appends.
    pub(super) fn set(&mut self, path: &[PathStep], value: Self) -> Result<(), RefusalReason> {
        let Some((step, rest)) = path.split_first() else {
            *self = value;
            return Ok(());
        };
        if *self == Self::Null {
            *self = match step {
                PathStep::Key(_) => Self::Table(Vec::new()),
                PathStep::Index(_) => Self::List(Vec::new()),
            };
        }
        match (self, step) {
            (Self::Table(pairs), PathStep::Key(key)) => {
                let at = find_key(pairs, key).unwrap_or_else(|| {
                    pairs.push((key.clone(), Self::Null));
                    pairs.len() - 1
                });
                pairs[at].1.set(rest, value)
            }
            (Self::List(items), PathStep::Index(index)) => {
                if *index == items.len() {
                    items.push(Self::Null);
                }
                let item = items
                    .get_mut(*index)
                    .ok_or(RefusalReason::NoSuchItem(*index))?;
                item.set(rest, value)
            }
            (_, PathStep::Key(_)) => Err(RefusalReason::NotA("a table of keys")),
            (_, PathStep::Index(_)) => Err(RefusalReason::NotA("a list")),
        }
    }

    /// Removes the value at a path; nothing happens if there is none.
    pub(super) fn remove(&mut self, path: &[PathStep]) {
        let Some((step, rest)) = path.split_first() else {
            return;
        };
        match (self, step) {
            (Self::Table(pairs), PathStep::Key(key)) => {
                if let Some(at) = find_key(pairs, key) {
                    if rest.is_empty() {
                        pairs.remove(at);
                    } else {
                        pairs[at].1.remove(rest);
                    }
                }
            }
            (Self::List(items), PathStep::Index(index)) if *index < items.len() => {
                if rest.is_empty() {
                    items.remove(*index);
                } else {
                    items[*index].remove(rest);
                }
            }
            _ => {}
        }
    }
}

/// Keys and values by key; those of a repeated key in their order.
fn by_key(pairs: &[(String, Content)]) -> Vec<&(String, Content)> {
    let mut pairs: Vec<_> = pairs.iter().collect();
    pairs.sort_by_key(|(key, _)| key);
    pairs
}

/// Where a key is: as spelt, or else in other case, as the program reads keys.
fn find_key(pairs: &[(String, Content)], key: &str) -> Option<usize> {
    let exact = pairs.iter().position(|(name, _)| name == key);
    exact.or_else(|| {
        pairs
            .iter()
            .position(|(name, _)| name.eq_ignore_ascii_case(key))
    })
}
