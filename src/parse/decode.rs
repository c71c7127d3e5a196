//! Decodes YAML trees: tables of known keys, with a fault for everything that does not fit.

use std::collections::HashMap;

use super::conflict::find_conflicts;
use super::everyday::{self, KeyMeaning};
use super::key_value::KeyValue;
use super::keys::{Closed, Key};
pub(super) use super::table::Table;
use super::table::is_empty;
use super::yaml::{self, Node, Value};
use crate::diagnostic::{Fault, FaultKind, Place};
use crate::privacy::Mask;
use crate::text::{MAX_SUGGESTIONS, Source, Span, Spanned, could_be, nearest};

/// Keys that name something, for which an empty value is a mistake.
const NAMES: [&str; 3] = ["id", "model", "timezone"];

/// Decodes the tree of one source, and collects faults.
pub(super) struct Decoder<'a> {
    source: &'a Source,
    /// The faults so far.
    pub faults: Vec<Fault>,
    /// Places that the format asks for and that are no identifiers, such as dates. Collected only
    /// while recording.
    pub neutral: Vec<Span>,
    /// Texts as read. Collected only while recording.
    pub texts: Vec<Spanned<String>>,
    is_recording: bool,
    /// Covers identifiers in every text that is read.
    cover: Option<Mask>,
}

impl<'a> Decoder<'a> {
    /// A decoder for the tree of `source`.
    pub(super) fn new(source: &'a Source) -> Self {
        let (neutral, texts) = (Vec::new(), Vec::new());
        Self {
            source,
            faults: Vec::new(),
            neutral,
            texts,
            is_recording: false,
            cover: None,
        }
    }

    /// A decoder that also collects texts and neutral places.
    pub(super) fn recording(source: &'a Source) -> Self {
        Self {
            is_recording: true,
            ..Self::new(source)
        }
    }

    /// A decoder that covers everything in `cover`.
    pub(super) fn covering(source: &'a Source, cover: Mask) -> Self {
        Self {
            cover: Some(cover),
            ..Self::new(source)
        }
    }

    /// Records a place that the format asks for and that is no identifier.
    pub(super) fn record_neutral(&mut self, span: Span) {
        if self.is_recording {
            self.neutral.push(span);
        }
    }

    /// Records a text, and returns it with identifiers covered.
    pub(super) fn cover_text(&mut self, text: Spanned<String>) -> Spanned<String> {
        if self.is_recording {
            self.texts.push(text.clone());
        }
        match &self.cover {
            Some(cover) => text.map(|text| cover.over(&text)),
            None => text,
        }
    }

    /// The source.
    pub(super) fn source(&self) -> &'a Source {
        self.source
    }

    /// Records a fault.
    pub(super) fn report(&mut self, span: Span, kind: FaultKind) {
        let place = Place::new(&self.source.path, span);
        self.faults.push(Fault { place, kind });
    }

    /// Reports a contradiction in a standard, model or guidance file.
    pub(super) fn report_contradiction(&mut self, span: Span, problem: String, fix: &str) {
        let fix = fix.to_owned();
        self.report(span, FaultKind::InvalidStandard { problem, fix });
    }

    /// Parses a YAML file that has to be a table. `known` is for the message.
    pub(super) fn read_file(&mut self, known: &'static [Key]) -> Option<(Node, Span)> {
        let bom = if self.source.text.starts_with('\u{feff}') {
            3
        } else {
            0
        };
        let range = Span::new(bom, self.source.text.len());
        let conflicts = find_conflicts(self.source);
        let has_conflict = conflicts.is_some();
        self.faults.extend(conflicts);
        match yaml::read(self.source, range) {
            Ok(node) if matches!(node.value, Value::Table(_)) => Some((node, range)),
            Ok(node) => {
                self.report_wrong_type(
                    &node,
                    "the file",
                    &format!("keys such as `{}`", known[0].name),
                );
                None
            }
            Err(fault) => {
                // Conflict marks are no YAML, and one finding for them is enough.
                if !has_conflict {
                    self.faults.push(*fault);
                }
                None
            }
        }
    }

    /// A table that may hold only `known` keys.
    pub(super) fn read_table<'n>(
        &mut self,
        node: &'n Node,
        name: &str,
        known: &'static [Key],
    ) -> Option<Table<'n>> {
        let mut table = self.read_known_table(node, name, known)?;
        table.doubt_commas();
        let unknown: Vec<Spanned<String>> = table.unknown().cloned().collect();
        for key in unknown {
            self.doubt(&mut table, &key);
            self.report_unknown_key(&key, known);
        }
        Some(table)
    }

    /// A table with these keys and others that the author chooses.
    pub(super) fn read_known_table<'n>(
        &mut self,
        node: &'n Node,
        name: &str,
        known: &'static [Key],
    ) -> Option<Table<'n>> {
        let mut table = self.check_keys(node, name, known)?;
        for (key, node) in &table.pairs {
            // An empty value is a mistake for a key that opens or names something. For others it is
            // a blank form.
            let typed = !matches!(node.value, Value::Null);
            let closing = known.iter().find(|one| one.name == key.value);
            let closing = closing.filter(|one| !one.needed && one.takes.is_scalar());
            let named = |one: &&Key| typed && NAMES.contains(&one.name);
            if let Some(closing) =
                closing.filter(|one| one.closed != Closed::Harmless || named(one))
                && is_empty(node)
            {
                self.report_wrong_type(node, closing.name, &closing.takes.in_words());
                table.doubted.push(closing.name.to_owned());
            }
        }
        Some(table)
    }

    /// Doubts all known keys that an unknown key may have been meant for. After too many faults to
    /// compare each, these are all keys.
    fn doubt(&self, table: &mut Table<'_>, key: &Spanned<String>) {
        let many = self.faults.len() >= MAX_SUGGESTIONS;
        let meant = table
            .known
            .iter()
            .filter(|known| many || could_be(&key.value, known.name));
        let meant: Vec<String> = meant.map(|known| known.name.to_owned()).collect();
        table.doubted.extend(meant);
    }

    /// Reports a key that is not a `known` one.
    pub(super) fn report_unknown_key(&mut self, key: &Spanned<String>, known: &'static [Key]) {
        let known: Vec<&'static str> = known.iter().map(|one| one.name).collect();
        let nearest = match everyday::meant_key(&key.value, &known) {
            Some(KeyMeaning::Key(meant)) => Some(meant),
            None if self.faults.len() < MAX_SUGGESTIONS => {
                nearest(&key.value, known.iter().copied())
            }
            Some(KeyMeaning::NoKey) | None => None,
        };
        let kind = FaultKind::UnknownKey {
            key: key.value.clone(),
            nearest,
            known,
        };
        self.report(key.span, kind);
    }

    /// Sets the suggestion for the unknown key at a place: a key, or a key and its value.
    pub(super) fn suggest(&mut self, place: Span, ours: &'static str) {
        let at_place = self
            .faults
            .iter_mut()
            .filter(|fault| fault.place.span == place);
        for fault in at_place {
            if let FaultKind::UnknownKey { nearest, .. } = &mut fault.kind {
                *nearest = Some(ours);
            }
        }
    }

    /// A table whose keys the author chooses.
    pub(super) fn read_open_table<'n>(&mut self, node: &'n Node, name: &str) -> Option<Table<'n>> {
        self.check_keys(node, name, &[])
    }

    /// Checks keys for repetition. Known keys match in any case.
    fn check_keys<'n>(
        &mut self,
        node: &'n Node,
        name: &str,
        known: &'static [Key],
    ) -> Option<Table<'n>> {
        let Value::Table(pairs) = &node.value else {
            self.report_wrong_type(node, name, "a table of keys");
            return None;
        };
        let mut kept: Vec<(Spanned<String>, &Node)> = Vec::with_capacity(pairs.len());
        let mut first_of: HashMap<String, Span> = HashMap::with_capacity(pairs.len());
        let mut doubted = Vec::new();
        for (key, value) in pairs {
            let Some(mut key) = yaml::typed(key, self.source) else {
                self.report_wrong_type(key, name, "plain words as keys");
                continue;
            };
            match known
                .iter()
                .find(|one| one.name.eq_ignore_ascii_case(&key.value))
            {
                Some(one) => one.name.clone_into(&mut key.value),
                None => key = self.cover_text(key),
            }
            if let Some(&first) = first_of.get(&key.value) {
                doubted.push(key.value.clone());
                self.report(
                    key.span,
                    FaultKind::DuplicateKey {
                        key: key.value,
                        first,
                    },
                );
            } else {
                first_of.insert(key.value.clone(), key.span);
                kept.push((key, value));
            }
        }
        let span = kept.first().map_or(node.span, |(key, _)| key.span);
        Some(Table {
            pairs: kept,
            known,
            doubted,
            span,
        })
    }

    /// Reads a key that opens or hides something.
    pub(super) fn read_closed<T>(
        &mut self,
        table: &Table<'_>,
        key: &str,
        read: impl FnOnce(&mut Self, &Table<'_>, &str) -> Option<T>,
    ) -> KeyValue<T> {
        match read(self, table, key) {
            _ if table.doubts(key) => KeyValue::Unreadable,
            Some(value) => KeyValue::Read(value),
            None if table.has(key) => KeyValue::Unreadable,
            None => KeyValue::Absent,
        }
    }

    /// Whether everything was read since there were `faults` faults.
    pub(super) fn all_read_since(&self, faults: usize) -> bool {
        self.faults[faults..]
            .iter()
            .all(|fault| matches!(fault.kind, FaultKind::ImplicitType { .. }))
    }

    /// Reports a value of another type than the key takes.
    pub(super) fn report_wrong_type(&mut self, node: &Node, key: &str, expected: &str) {
        let found = match &node.value {
            Value::Text(text) if self.is_right_without_quotes(node, text, expected) => {
                format!("`{text}` in quotes")
            }
            Value::Text(text) if !text.trim().is_empty() && text.chars().count() <= 40 => {
                format!("`{text}`")
            }
            Value::Text(text) if text.trim().is_empty() => "nothing".to_owned(),
            Value::Number(_) if node.span.end - node.span.start <= 40 => {
                format!("`{}`", node.span.of(&self.source.text))
            }
            _ => node.described().to_owned(),
        };
        let span = if node.span.start == node.span.end {
            node.extent()
        } else {
            node.span
        };
        let line_end = self.source.text[span.start..]
            .find(['\n', '\r'])
            .map_or(span.end, |at| span.start + at);
        let kind = FaultKind::WrongType {
            key: key.to_owned(),
            expected: expected.to_owned(),
            found,
        };
        self.report(Span::new(span.start, span.end.min(line_end)), kind);
    }

    /// Whether the value would be as expected without its quotes.
    fn is_right_without_quotes(&self, node: &Node, text: &str, expected: &str) -> bool {
        let is_quoted = node.span.of(&self.source.text).starts_with(['"', '\'']);
        let is_right = match expected {
            "true or false" => ["true", "false"].contains(&text),
            _ => expected.contains("number") && text.parse::<f64>().is_ok_and(f64::is_finite),
        };
        is_quoted && is_right && text.len() <= 40
    }

    /// The items of a list; a single value counts as a list of one.
    pub(super) fn read_list<'n>(&mut self, table: &Table<'n>, key: &str) -> Vec<&'n Node> {
        match table.get(key) {
            None => Vec::new(),
            Some(node) => match &node.value {
                Value::List(items) => items.iter().collect(),
                Value::Table(_) => {
                    self.report_wrong_type(node, key, "a list");
                    Vec::new()
                }
                _ => vec![node],
            },
        }
    }

    /// A list of tables with these keys.
    pub(super) fn read_tables<'n>(
        &mut self,
        table: &Table<'n>,
        key: &str,
        known: &'static [Key],
    ) -> Vec<Table<'n>> {
        let items = self.read_list(table, key);
        items
            .into_iter()
            .filter_map(|item| self.read_table(item, key, known))
            .collect()
    }
}
