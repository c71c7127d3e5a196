//! Reads the register of consents.

use std::collections::BTreeMap;

use super::decode::Decoder;
use super::{Parsed, keys};
use crate::diagnostic::{FaultKind, Place};
use crate::model::Consent;
use crate::text::{Source, SourcePath, Span};

/// The register, as far as it could be read.
pub type DraftConsents = Vec<Consent>;

/// Reads `consents.yaml`. What is not said is not consented to.
pub fn consents(source: &Source) -> Parsed<DraftConsents> {
    let mut decoder = Decoder::new(source);
    let value = read(&mut decoder, &source.path).unwrap_or_default();
    Parsed { value, faults: decoder.faults }
}

fn read(decoder: &mut Decoder<'_>, path: &SourcePath) -> Option<DraftConsents> {
    let (node, _) = decoder.file(keys::CONSENTS)?;
    let table = decoder.table(&node, "consents", keys::CONSENTS)?;
    decoder.version(&table);
    let mut consents: Vec<Consent> = Vec::new();
    let mut places: BTreeMap<String, Span> = BTreeMap::new();
    for item in decoder.tables(&table, "consents", keys::CONSENT) {
        let Some(id) = decoder.required(&item, "id") else {
            continue;
        };
        let share = decoder.texts(&item, "share");
        let mut consent = Consent {
            id: id.value.clone(),
            date: decoder.date(&item, "date"),
            take: decoder.boolean(&item, "take").unwrap_or(false),
            share: share.iter().filter_map(|word| decoder.as_word(word, "share")).collect(),
            expires: decoder.date(&item, "expires"),
            withdrawn: decoder.boolean(&item, "withdrawn").unwrap_or(false),
            place: Place::new(path, id.span),
        };
        // Of two that are called alike, what both say holds: somebody may have added the withdrawal below.
        if let Some(at) = consents.iter().position(|known: &Consent| known.id == consent.id) {
            let first = places[&id.value];
            decoder.fault(id.span, FaultKind::DuplicateKey { key: id.value.clone(), first });
            consent = both(&consents.swap_remove(at), consent);
        }
        places.entry(id.value).or_insert(id.span);
        consents.push(consent);
    }
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
        id: other.id,
        place: other.place,
    }
}
