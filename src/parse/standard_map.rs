//! Reads a map from one version of a standard to the next.

use super::decode::{Decoder, Table};
use super::keys;
use super::parsed::Parsed;
use crate::model::{MapRow, Relation, StandardMap};
use crate::text::{Source, Span};

/// Reads a map. The value is `None` if it does not say between which versions it is, or if a row
/// cannot be read: a part of a map would misread decisions.
#[must_use]
pub fn standard_map(source: &Source) -> Parsed<Option<StandardMap>> {
    let mut decoder = Decoder::new(source);
    let value = read_map(&mut decoder, source);
    Parsed {
        value,
        faults: decoder.faults,
    }
}

fn read_map(decoder: &mut Decoder<'_>, source: &Source) -> Option<StandardMap> {
    let (node, _) = decoder.read_file(keys::MAP)?;
    let table = decoder.read_table(&node, "the map", keys::MAP)?;
    decoder.check_version(&table);
    let standard = decoder.require_text(&table, "standard");
    let from = decoder.require_text(&table, "from");
    let to = decoder.require_text(&table, "to");
    let before = decoder.read_known_date(&table, "before");
    let applied = decoder.read_boolean(&table, "applied").unwrap_or(false);
    let faults = decoder.faults.len();
    let mut rows = Vec::new();
    for item in decoder.read_tables(&table, "criteria", keys::MAP_ROW) {
        rows.push(read_row(decoder, &item));
    }
    let is_whole = decoder.all_read_since(faults);
    let start = table.key_span("criteria").start;
    Some(StandardMap {
        standard: standard?,
        from: from?.value,
        to: to?.value,
        before: before.known().copied(),
        applied,
        gap: Span::new(start, start),
        rows: rows.into_iter().filter(|_| is_whole).collect(),
        path: source.path.clone(),
    })
    .filter(|_| is_whole)
}

fn read_row(decoder: &mut Decoder<'_>, item: &Table<'_>) -> MapRow {
    let relation = decoder.read_word::<Relation>(item, "is");
    let texts = |decoder: &mut Decoder<'_>, key: &str| -> Vec<String> {
        let typed = decoder.read_texts(item, key).into_iter();
        typed.map(|code| code.value).collect()
    };
    let (from, to) = (texts(decoder, "from"), texts(decoder, "to"));
    let relation = relation.unwrap_or(Relation::Unsure);
    let fits = match relation {
        Relation::Kept | Relation::Moved | Relation::Reworded => (from.len(), to.len()) == (1, 1),
        Relation::Split => from.len() == 1 && to.len() > 1,
        Relation::Merged => from.len() > 1 && to.len() == 1,
        Relation::New => from.is_empty() && !to.is_empty(),
        Relation::Gone => !from.is_empty() && to.is_empty(),
        Relation::Unsure => true,
    };
    if !fits {
        decoder.report_contradiction(
            item.key_span("is"),
            "the numbers of codes under `from` and `to` do not fit this word".to_owned(),
            "one to one if kept, moved or reworded; one to several if split; several to one if merged",
        );
    }
    MapRow {
        relation,
        from,
        to,
        same_meaning: decoder
            .read_closed(item, "same_meaning", Decoder::read_boolean)
            .or(false, false),
    }
}
