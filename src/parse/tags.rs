//! The codes that an entry claims, as people write lists of them.

use super::decode::{Decoder, Table};
use super::draft_entry::DraftTag;
use super::everyday::KINDS_OF_CODES;
use super::yaml::{Node, Value};
use crate::text::{Span, Spanned};

/// `K7`, or `{K7: "because ..."}`.
pub(super) fn read_tags(
    decoder: &mut Decoder<'_>,
    table: &Table<'_>,
    key: &'static str,
) -> Vec<DraftTag> {
    let mut tags = Vec::new();
    let node = table.get(key);
    let items = match node.map(|node| &node.value) {
        Some(Value::Table(_)) => node.into_iter().collect(),
        _ => decoder.read_list(table, key),
    };
    for item in items {
        if !matches!(item.value, Value::Table(_)) {
            tags.extend(read_plain_tags(decoder, item, key));
            continue;
        }
        let Some(pairs) = decoder.read_open_table(item, key) else {
            continue;
        };
        if let Some(tag) = read_named_tag(decoder, &pairs) {
            tags.push(tag);
            continue;
        }
        for (code, reason) in pairs.pairs() {
            if is_for_codes(&code.value) {
                let items = match &reason.value {
                    Value::List(items) => items.iter().collect(),
                    _ => vec![reason],
                };
                let items = items.into_iter();
                tags.extend(items.flat_map(|item| read_plain_tags(decoder, item, key)));
                continue;
            }
            let justification = match &reason.value {
                Value::Text(words) if !words.trim().is_empty() => Some(words.trim().to_owned()),
                // A code with an empty value is a code without a reason.
                Value::Null if reason.span.of(&decoder.source().text).trim().is_empty() => None,
                _ => {
                    decoder.report_wrong_type(reason, &code.value, "your reason in words");
                    None
                }
            };
            tags.push(DraftTag {
                code: code.clone(),
                justification,
            });
        }
    }
    tags
}

/// Reads codes without reasons: `K7`, `K7, S7`.
fn read_plain_tags(decoder: &mut Decoder<'_>, item: &Node, key: &'static str) -> Vec<DraftTag> {
    let typed = decoder.read_scalar(item, key);
    let codes = typed.iter().flat_map(split_codes);
    codes
        .map(|code| DraftTag {
            code,
            justification: None,
        })
        .collect()
}

/// Whether the value of a key has codes.
fn is_for_codes(key: &str) -> bool {
    let key = key.trim().to_lowercase();
    key == "ksbs" || KINDS_OF_CODES.contains(&key.as_str())
}

/// Reads `{code: K7, why: "because ..."}`, as other programs write it.
fn read_named_tag(decoder: &mut Decoder<'_>, pairs: &Table<'_>) -> Option<DraftTag> {
    const CODE: [&str; 4] = ["code", "ksb", "criterion", "id"];
    let is_code = |key: &str| CODE.iter().any(|name| name.eq_ignore_ascii_case(key));
    let (key, node) = pairs.pairs().find(|(key, _)| is_code(&key.value))?;
    let code = decoder.read_scalar(node, &key.value.clone())?;
    let mut others = pairs.pairs().filter(|(key, _)| !is_code(&key.value));
    let justification = others.find_map(|(_, reason)| match &reason.value {
        Value::Text(words) if !words.trim().is_empty() => Some(words.trim().to_owned()),
        _ => None,
    });
    Some(DraftTag {
        code,
        justification,
    })
}

/// Splits `K7, S7`, a list without brackets.
fn split_codes(typed: &Spanned<String>) -> Vec<Spanned<String>> {
    // In quotes, offsets in the text are not offsets in the source.
    let as_written = typed.span.end - typed.span.start == typed.value.len();
    let mut at = typed.span.start;
    let mut codes = Vec::new();
    for part in typed.value.split(',') {
        let lead = part.len() - part.trim_start().len();
        let place = Span::new(at + lead, at + lead + part.trim().len());
        at += part.len() + 1;
        // A comma at the end separates nothing.
        if !part.trim().is_empty() {
            codes.push(Spanned::new(
                part.trim().to_owned(),
                if as_written { place } else { typed.span },
            ));
        }
    }
    codes
}
