//! Reads the register of consents.

use super::decode::Decoder;
use super::{Parsed, keys};
use crate::model::Consent;
use crate::text::Source;

/// The register, as far as it could be read.
pub type DraftConsents = Vec<Consent>;

/// Reads `consents.yaml`. What is not said is not consented to.
pub fn consents(source: &Source) -> Parsed<DraftConsents> {
    let mut decoder = Decoder::new(source);
    let value = read(&mut decoder).unwrap_or_default();
    Parsed { value, faults: decoder.faults }
}

fn read(decoder: &mut Decoder<'_>) -> Option<DraftConsents> {
    let (node, _) = decoder.file(keys::CONSENTS)?;
    let table = decoder.table(&node, "consents", keys::CONSENTS)?;
    decoder.version(&table);
    let mut consents = Vec::new();
    for item in decoder.tables(&table, "consents", keys::CONSENT) {
        let Some(id) = decoder.required(&item, "id") else {
            continue;
        };
        let share = decoder.texts(&item, "share");
        consents.push(Consent {
            id: id.value,
            date: decoder.date(&item, "date"),
            take: decoder.boolean(&item, "take").unwrap_or(false),
            share: share.iter().filter_map(|word| decoder.as_word(word, "share")).collect(),
            expires: decoder.date(&item, "expires"),
            withdrawn: decoder.boolean(&item, "withdrawn").unwrap_or(false),
        });
    }
    Some(consents)
}
