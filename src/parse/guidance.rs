//! Reads guidance on data protection.

use super::decode::{Decoder, Table};
use super::keys;
use super::parsed::Parsed;
use crate::model::{Guidance, GuidanceItem};
use crate::text::Source;

/// Reads a guidance file. The value is `None` without an id.
pub fn guidance(source: &Source) -> Parsed<Option<Guidance>> {
    let mut decoder = Decoder::new(source);
    let value = read(&mut decoder);
    Parsed {
        value,
        faults: decoder.faults,
    }
}

fn read(decoder: &mut Decoder<'_>) -> Option<Guidance> {
    let (node, _) = decoder.file(keys::GUIDANCE)?;
    let table = decoder.table(&node, "guidance", keys::GUIDANCE)?;
    decoder.version(&table);
    let id = decoder.required(&table, "id");
    let title = decoder.required(&table, "title");
    Some(Guidance {
        id: id?,
        title: title?.value,
        sources: decoder.word_list(&table, "sources"),
        principles: items(decoder, &table, "principles"),
        must_not_appear: items(decoder, &table, "must_not_appear"),
        consents: items(decoder, &table, "consents"),
        practice: items(decoder, &table, "practice"),
        consequences: items(decoder, &table, "consequences"),
    })
}

/// Reads a list of advice.
pub fn items(decoder: &mut Decoder<'_>, table: &Table<'_>, key: &str) -> Vec<GuidanceItem> {
    let mut items = Vec::new();
    for item in decoder.tables(table, key, keys::ADVICE) {
        let text = decoder.words(&item, "text");
        let why = decoder.words(&item, "why");
        items.push(GuidanceItem {
            id: decoder.words(&item, "id").unwrap_or_default(),
            title: decoder.words(&item, "title").unwrap_or_default(),
            text: text.or(why).unwrap_or_default(),
            instead: decoder.words(&item, "instead"),
            source: decoder.words(&item, "source"),
        });
    }
    items
}
