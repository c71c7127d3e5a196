//! Reads guidance on data protection.

use super::decode::{Decoder, Table};
use super::keys;
use super::parsed::Parsed;
use crate::model::{Guidance, GuidanceItem};
use crate::text::Source;

/// Reads a guidance file. The value is `None` without an id.
pub fn guidance(source: &Source) -> Parsed<Option<Guidance>> {
    let mut decoder = Decoder::new(source);
    let value = read_guidance(&mut decoder);
    Parsed {
        value,
        faults: decoder.faults,
    }
}

fn read_guidance(decoder: &mut Decoder<'_>) -> Option<Guidance> {
    let (node, _) = decoder.read_file(keys::GUIDANCE)?;
    let table = decoder.read_table(&node, "guidance", keys::GUIDANCE)?;
    decoder.check_version(&table);
    let id = decoder.require_text(&table, "id");
    let title = decoder.require_text(&table, "title");
    Some(Guidance {
        id: id?,
        title: title?.value,
        sources: decoder.read_word_list(&table, "sources"),
        principles: read_advice(decoder, &table, "principles"),
        must_not_appear: read_advice(decoder, &table, "must_not_appear"),
        consents: read_advice(decoder, &table, "consents"),
        practice: read_advice(decoder, &table, "practice"),
        consequences: read_advice(decoder, &table, "consequences"),
    })
}

/// Reads a list of advice.
pub(super) fn read_advice(
    decoder: &mut Decoder<'_>,
    table: &Table<'_>,
    key: &str,
) -> Vec<GuidanceItem> {
    let mut items = Vec::new();
    for item in decoder.read_tables(table, key, keys::ADVICE) {
        let text = decoder.read_words(&item, "text");
        let why = decoder.read_words(&item, "why");
        items.push(GuidanceItem {
            id: decoder.read_words(&item, "id").unwrap_or_default(),
            title: decoder.read_words(&item, "title").unwrap_or_default(),
            text: text.or(why).unwrap_or_default(),
            instead: decoder.read_words(&item, "instead"),
            source: decoder.read_words(&item, "source"),
        });
    }
    items
}
