//! Statements about people in an entry and its pictures, and the front matter that no digest
//! covers.

use super::decode::{Decoder, Table};
use super::keys;
use super::yaml::{Node, Value};
use crate::model::{Reading, WordsGap};
use crate::text::Span;

/// Reads `read`: a person's check for identifiers. `None` if any part of it is unreadable.
pub(super) fn read_reading(
    decoder: &mut Decoder<'_>,
    table: &Table<'_>,
    dates: &mut Vec<Span>,
) -> Option<Box<Reading>> {
    let table = decoder.read_table(table.get("read")?, "read", keys::READING)?;
    dates.extend(table.get("on").map(|node| node.span));
    let by = decoder.require_text(&table, "by");
    let on = decoder
        .require_text(&table, "on")
        .and(decoder.read_date(&table, "on"));
    let digest = decoder.require_text(&table, "digest").filter(|digest| {
        let is_digest = is_sha256(&digest.value);
        if let (false, Some(node)) = (is_digest, table.get("digest")) {
            decoder.report_wrong_type(
                node,
                "digest",
                "`sha256:` and 64 digits: `ksbfolio explain ENTRY` shows it",
            );
        }
        is_digest
    });
    Some(Box::new(Reading {
        by: by?.value,
        on: on?,
        digest: digest?.value,
    }))
}

/// Reads `imported`: the SHA-256 of the file that the entry was made from.
pub(super) fn read_imported(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Option<Box<str>> {
    let sha256 = decoder.read_text(table, "imported")?;
    if !is_sha256(&sha256.value) {
        let node = table.get("imported")?;
        decoder.report_wrong_type(
            node,
            "imported",
            "`sha256:` and 64 digits, as `import` writes it",
        );
        return None;
    }
    Some(sha256.value.into())
}

/// Where an answer takes `words`: behind its rule, as its other keys are written. `None` if it has
/// the key.
pub(super) fn find_words_gap(answer: &Table<'_>, text: &str) -> Option<WordsGap> {
    if answer.has("words") {
        return None;
    }
    let (key, rule) = (answer.key_span("ignore"), answer.get("ignore")?);
    let before = &text[..key.start];
    let separator = if before.trim_end().ends_with(['{', ',']) {
        ", ".to_owned()
    } else {
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let end = if before[..line].ends_with("\r\n") {
            "\r\n"
        } else {
            "\n"
        };
        format!("{end}{}", " ".repeat(key.start - line))
    };
    Some(WordsGap {
        at: rule.extent().end,
        separator,
    })
}

fn is_sha256(text: &str) -> bool {
    let digits = text.strip_prefix("sha256:").unwrap_or_default();
    digits.len() == 64 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
}

/// Keys in lists of tables that change neither the assessed text nor the claims.
const UNASSESSED: [(&str, &[&str]); 3] = [
    ("actions", &["done", "closed_by"]),
    ("attachments", &["shows"]),
    ("check", &["words"]),
];

/// The ranges of front matter that the digest leaves out, each with the separator next to it.
pub(super) fn find_volatile(table: &Table<'_>, text: &str) -> Vec<Span> {
    let inner = UNASSESSED.into_iter().flat_map(|(list, keys)| {
        let pairs = table.get(list).into_iter().flat_map(pairs_of);
        pairs
            .filter(move |(key, _)| keys.contains(&key.span.of(text)))
            .map(|(key, value)| (key.span.start, value.extent().end))
    });
    let outer = table
        .pairs()
        .filter(|(key, _)| ["read", "submitted", "imported"].contains(&key.value.as_str()));
    let outer = outer.map(|(key, value)| (key.span.start, value.extent().end));
    inner
        .chain(outer)
        .map(|(start, end)| with_separator(Span::new(start, end), text))
        .collect()
}

/// The pairs of a list of tables. A single table counts as a list of one.
fn pairs_of(node: &Node) -> impl Iterator<Item = &(Node, Node)> {
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let pairs = items.iter().filter_map(|item| match &item.value {
        Value::Table(pairs) => Some(pairs),
        _ => None,
    });
    pairs.flatten()
}

fn with_separator(pair: Span, text: &str) -> Span {
    let before = text[..pair.start].trim_end_matches([' ', '\t']);
    if before.ends_with('\n') {
        let line_end = text[pair.end..]
            .find('\n')
            .map_or(text.len(), |at| pair.end + at + 1);
        return Span::new(before.len(), line_end);
    }
    if let Some(before) = text[..pair.start].trim_end().strip_suffix(',') {
        return Span::new(before.len(), pair.end);
    }
    let after = text[pair.end..].trim_start();
    let after = after.strip_prefix(',').unwrap_or(after).trim_start();
    Span::new(pair.start, text.len() - after.len())
}
