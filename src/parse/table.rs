//! A table of keys during decoding.

use super::keys::Key;
use super::yaml::{Node, Value};
use crate::text::{Span, Spanned};

/// A table whose keys have been checked for unknown and repeated ones.
pub(super) struct Table<'n> {
    pub(super) pairs: Vec<(Spanned<String>, &'n Node)>,
    /// The keys that it may have.
    pub(super) known: &'static [Key],
    /// Keys whose value is in doubt: repeated ones, and those that an unknown key is spelt nearly
    /// like.
    pub(super) doubted: Vec<String>,
    /// The place of its first key.
    pub span: Span,
}

impl<'n> Table<'n> {
    /// The value of a key, unless it is missing or empty.
    pub(super) fn get(&self, key: &str) -> Option<&'n Node> {
        let node = self.pairs.iter().find(|(name, _)| name.value == key)?.1;
        (!matches!(node.value, Value::Null)).then_some(node)
    }

    /// Whether the value of a key is in doubt, because the key is repeated or another one is spelt
    /// nearly like it.
    pub(super) fn doubts(&self, key: &str) -> bool {
        self.doubted.iter().any(|doubted| doubted == key)
    }

    /// Whether the table has a key, even without a value.
    pub(super) fn has(&self, key: &str) -> bool {
        self.pairs.iter().any(|(name, _)| name.value == key)
    }

    /// The place of a key, or of the table if it lacks the key.
    pub(super) fn key_span(&self, key: &str) -> Span {
        let pair = self.pairs.iter().find(|(name, _)| name.value == key);
        pair.map_or(self.span, |(name, _)| name.span)
    }

    /// The keys and values in order.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&Spanned<String>, &'n Node)> {
        self.pairs.iter().map(|(key, node)| (key, *node))
    }

    /// In `{ hours: 37,5 }` the comma begins a new key, so the number before it is not the one
    /// meant.
    pub(super) fn doubt_commas(&mut self) {
        let digits = |key: &str| key.bytes().all(|byte| byte.is_ascii_digit());
        for pair in self.pairs.windows(2) {
            if let [(before, _), (key, node)] = pair
                && digits(&key.value)
                && is_empty(node)
            {
                self.doubted.push(before.value.clone());
            }
        }
    }

    pub(super) fn unknown(&self) -> impl Iterator<Item = &Spanned<String>> {
        let is_known = |key: &str| self.known.iter().any(|one| one.name == key);
        self.pairs
            .iter()
            .map(|(key, _)| key)
            .filter(move |key| !is_known(&key.value))
    }

    /// The bounds of a number.
    pub(super) fn bounds(&self, key: &str) -> (u32, u32) {
        let key = self.known.iter().find(|known| known.name == key);
        key.and_then(|key| key.takes.bounds())
            .unwrap_or((0, u32::MAX))
    }
}

/// Whether a key has no value, or an empty one.
pub(super) fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::Text(text) => text.trim().is_empty(),
        _ => false,
    }
}
