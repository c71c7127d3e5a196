//! Reads the register of consents.

use std::collections::BTreeMap;

use super::decode::Decoder;
use super::{Parsed, keys};
use crate::diagnostic::{FaultKind, Place};
use crate::model::{Consent, Register, revealed};
use crate::text::{Source, SourcePath, Span};

/// Reads `consents.yaml`. What is not said is not consented to.
pub fn consents(source: &Source) -> Parsed<Register> {
    let mut decoder = Decoder::new(source);
    let mut days = Vec::new();
    let consents = read(&mut decoder, &source.path, &mut days).unwrap_or_default();
    // Whoever is asked for consent is exactly who must not be named.
    let value = Register { consents, identifiers: revealed(&source.text, &days) };
    Parsed { value, faults: decoder.faults }
}

/// Reads the consents, and notes where days stand that the format asks for.
fn read(decoder: &mut Decoder<'_>, path: &SourcePath, days: &mut Vec<Span>) -> Option<Vec<Consent>> {
    let (node, _) = decoder.file(keys::CONSENTS)?;
    let table = decoder.table(&node, "consents", keys::CONSENTS)?;
    decoder.version(&table);
    let mut consents: Vec<Consent> = Vec::new();
    let mut places: BTreeMap<String, (Span, usize)> = BTreeMap::new();
    for node in decoder.list(&table, "consents") {
        let before = decoder.faults.len();
        let Some(item) = decoder.table(node, "consents", keys::CONSENT) else { continue };
        let Some(id) = decoder.required(&item, "id") else {
            continue;
        };
        let share = decoder.texts(&item, "share");
        days.extend(["date", "expires"].iter().filter_map(|key| Some(item.get(key)?.span)));
        let consent = Consent {
            id: id.value.clone(),
            date: decoder.date(&item, "date"),
            take: decoder.boolean(&item, "take").unwrap_or(false),
            share: share.iter().filter_map(|word| decoder.as_word(word, "share")).collect(),
            expires: decoder.date(&item, "expires"),
            withdrawn: decoder.boolean(&item, "withdrawn").unwrap_or(false),
            // An unknown key may be the withdrawal.
            unreadable: !decoder.all_read_since(before) || table.doubts("consents"),
            place: Place::new(path, id.span),
        };
        if let Some(&(first, at)) = places.get(&id.value) {
            // Of two that are called alike, what both say holds: somebody may have added the withdrawal below.
            decoder.fault(id.span, FaultKind::DuplicateKey { key: id.value, first });
            consents[at] = both(&consents[at], consent);
        } else {
            places.insert(id.value, (id.span, consents.len()));
            consents.push(consent);
        }
    }
    consents.sort_by(|a, b| a.id.cmp(&b.id));
    Some(consents)
}

/// What two consents both allow.
fn both(one: &Consent, other: Consent) -> Consent {
    Consent {
        date: one.date.max(other.date),
        take: one.take && other.take,
        share: other.share.into_iter().filter(|purpose| one.share.contains(purpose)).collect(),
        expires: [one.expires, other.expires].into_iter().flatten().min(),
        withdrawn: one.withdrawn || other.withdrawn,
        unreadable: one.unreadable || other.unreadable,
        id: other.id,
        place: other.place,
    }
}
