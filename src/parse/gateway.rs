//! Reads gateway items of a standard, and declarations and records of a portfolio.

use super::decode::{Decoder, Table};
use super::keys;
use super::yaml::Value;
use crate::model::{
    CheckWord, Declaration, EntryType, GatewayCheck, GatewayItem, Known, Record, RecordedAs,
};
use crate::text::nearest;

/// Reads the items of a standard's `gateway`. One that cannot be judged is reported and left out.
pub(super) fn read_items(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Vec<GatewayItem> {
    let mut items: Vec<GatewayItem> = Vec::new();
    for item in decoder.read_tables(table, "gateway", keys::GATEWAY_ITEM) {
        let id = decoder.require_text(&item, "id");
        let asks = decoder.require_text(&item, "asks");
        let source = decoder.require_text(&item, "source");
        let check = decoder
            .require_text(&item, "check")
            .and_then(|word| decoder.parse_word(&word, "check"));
        let check = check.and_then(|word| read_check(decoder, &item, word));
        let note = decoder.read_words(&item, "note");
        let (Some(id), Some(asks), Some(check), Some(source)) = (id, asks, check, source) else {
            continue;
        };
        if items.iter().any(|other| other.id.value == id.value) {
            let problem = format!("the item {} of the gateway is there twice", id.value);
            decoder.report_contradiction(id.span, problem, "give every item an id of its own");
            continue;
        }
        items.push(GatewayItem {
            id,
            asks: asks.value,
            check,
            source: source.value,
            note,
        });
    }
    items
}

fn read_check(
    decoder: &mut Decoder<'_>,
    item: &Table<'_>,
    word: CheckWord,
) -> Option<GatewayCheck> {
    let at_least = decoder.read_known_number(item, "at_least");
    let named = |decoder: &mut Decoder<'_>| decoder.require_text(item, "name");
    Some(match word {
        CheckWord::Criteria => GatewayCheck::Criteria,
        CheckWord::OffTheJobHours => GatewayCheck::OffTheJobHours,
        CheckWord::Confidentiality => GatewayCheck::Confidentiality,
        CheckWord::EvidenceTypes => GatewayCheck::EvidenceTypes,
        CheckWord::Referrals => GatewayCheck::Referrals,
        CheckWord::Privacy => GatewayCheck::Privacy,
        CheckWord::Declaration => GatewayCheck::Declaration(named(decoder)?.value),
        CheckWord::Record => {
            let not_needed = decoder.read_words(item, "not_needed");
            GatewayCheck::Record {
                name: named(decoder)?.value,
                at_least,
                not_needed,
            }
        }
        CheckWord::PieceType => {
            let name = named(decoder)?;
            GatewayCheck::PieceType(decoder.parse_word::<EntryType>(&name, "name")?)
        }
    })
    .filter(|check| {
        // A minimum that is compared with nothing would have no effect.
        let applies = matches!(check, GatewayCheck::Record { .. }) || at_least == Known::Unknown;
        if !applies {
            let problem = "at_least is of use for records alone".to_owned();
            decoder.report_contradiction(
                item.key_span("at_least"),
                problem,
                "leave it out, or make the check a record",
            );
        }
        if !matches!(check, GatewayCheck::Record { .. }) && item.get("not_needed").is_some() {
            let problem = "not_needed is of use for records alone".to_owned();
            decoder.report_contradiction(
                item.key_span("not_needed"),
                problem,
                "leave it out, or make the check a record",
            );
        }
        applies
    })
}

/// Reads the learner's declarations.
pub(super) fn read_declarations(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Vec<Declaration> {
    let mut declarations = Vec::new();
    for node in decoder.read_list(table, "declarations") {
        let before = decoder.faults.len();
        let Some(item) = decoder.read_table(node, "declarations", keys::DECLARATION) else {
            continue;
        };
        let kind = decoder.require_text(&item, "kind");
        let (by, date) = (
            decoder.read_as_written(&item, "by"),
            decoder.read_date(&item, "date"),
        );
        let kind = kind.filter(|_| decoder.all_read_since(before));
        declarations.extend(kind.map(|kind| Declaration {
            kind: kind.value,
            by,
            date,
        }));
    }
    declarations
}

/// Reads the learner's records. Standards decide which keys there are.
pub(super) fn read_records(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Vec<Record> {
    let known = keys::GATEWAY;
    let Some(table) = table
        .get("gateway")
        .and_then(|node| decoder.read_known_table(node, "gateway", known))
    else {
        return Vec::new();
    };
    let mut records = Vec::new();
    for (name, _) in table.pairs() {
        let value = decoder.read_known_text(&table, &name.value);
        check_spelling(decoder, &table, &name.value);
        let in_doubt = table.doubts(&name.value) || value.known().is_some_and(String::is_empty);
        let value = if in_doubt { Known::Unknown } else { value };
        records.push(Record {
            name: name.clone(),
            value,
        });
    }
    records
}

/// Values with a meaning of their own.
const RECORD_WORDS: [&str; 3] = ["unknown", "not yet", "not needed"];

/// Reports a value that is nearly, but not exactly, one of `RECORD_WORDS`.
fn check_spelling(decoder: &mut Decoder<'_>, table: &Table<'_>, key: &str) {
    let Some(node) = table.get(key) else { return };
    let Value::Text(text) = &node.value else {
        return;
    };
    let is_exact = RECORD_WORDS
        .iter()
        .any(|word| word.eq_ignore_ascii_case(text.trim()));
    let is_near =
        nearest(text, RECORD_WORDS).is_some() && RecordedAs::of(text) == RecordedAs::Unclear;
    if is_near
        && !is_exact
        && let Some(word) = decoder.read_scalar(node, key)
    {
        decoder.report_unknown_word(&word, key, RECORD_WORDS.to_vec());
    }
}
