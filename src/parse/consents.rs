//! Reads the register of consents.

use std::collections::BTreeMap;

use super::dates::is_like_date;
use super::decode::Decoder;
use super::keys;
use super::parsed::Parsed;
use super::yaml::Node;
use crate::diagnostic::{FaultKind, Place};
use crate::model::{Consent, Register, find_identifiers_in};
use crate::text::{Source, SourcePath, Span};

/// Reads `consents.yaml`. A consent covers only what it states.
pub fn consents(source: &Source) -> Parsed<Register> {
    let mut decoder = Decoder::new(source);
    let mut days = Vec::new();
    let consents = read_register(&mut decoder, &source.path, &mut days).unwrap_or_default();
    // The people who give consent must not be named, so the register is searched like an entry.
    days.retain(|day| is_like_date(day.of(&source.text)));
    let value = Register {
        consents,
        identifiers: find_identifiers_in(&source.text, &days),
    };
    Parsed {
        value,
        faults: decoder.faults,
    }
}

/// Reads the consents, and collects the places of dates that the format asks for.
fn read_register(
    decoder: &mut Decoder<'_>,
    path: &SourcePath,
    days: &mut Vec<Span>,
) -> Option<Vec<Consent>> {
    let (node, _) = decoder.read_file(keys::CONSENTS)?;
    let table = decoder.read_table(&node, "consents", keys::CONSENTS)?;
    decoder.check_version(&table);
    // An unknown key of the file, or a consent without an id, may withdraw any of them.
    let mut closes_all = !decoder.all_read_since(0);
    let mut consents: Vec<Consent> = Vec::new();
    for node in decoder.read_list(&table, "consents") {
        let consent = read_consent(decoder, node, path, days);
        closes_all |= consent.is_none();
        consents.extend(consent);
    }
    close_repeated(decoder, &mut consents);
    for consent in &mut consents {
        consent.unreadable |= closes_all;
    }
    consents.sort_by(|a, b| a.id.cmp(&b.id));
    consents.dedup_by(|a, b| a.id == b.id);
    Some(consents)
}

/// Reads one consent; `None` if it has no readable id.
fn read_consent(
    decoder: &mut Decoder<'_>,
    node: &Node,
    path: &SourcePath,
    days: &mut Vec<Span>,
) -> Option<Consent> {
    let before = decoder.faults.len();
    let item = decoder.read_table(node, "consents", keys::CONSENT)?;
    let id = decoder.require_text(&item, "id")?;
    let share = decoder.read_texts(&item, "share");
    days.extend(
        ["date", "expires"]
            .iter()
            .filter_map(|key| Some(item.get(key)?.span)),
    );
    Some(Consent {
        id: id.value,
        date: decoder.require_date(&item, "date"),
        take: decoder.read_boolean(&item, "take").unwrap_or(false),
        share: share
            .iter()
            .filter_map(|word| decoder.parse_word(word, "share"))
            .collect(),
        expires: decoder.read_date(&item, "expires"),
        withdrawn: decoder.read_boolean(&item, "withdrawn").unwrap_or(false),
        // An unknown key may be the withdrawal.
        unreadable: !decoder.all_read_since(before),
        place: Place::new(path, id.span),
    })
}

/// Closes every consent whose id is repeated, ignoring case and spacing, with different contents:
/// either one may be in force.
fn close_repeated(decoder: &mut Decoder<'_>, consents: &mut [Consent]) {
    let folded = |consent: &Consent| {
        consent
            .id
            .split_whitespace()
            .collect::<String>()
            .to_lowercase()
    };
    let mut first_of: BTreeMap<String, usize> = BTreeMap::new();
    for at in 0..consents.len() {
        let first = *first_of.entry(folded(&consents[at])).or_insert(at);
        if first == at {
            continue;
        }
        let key = consents[at].id.clone();
        let span = consents[first].place.span;
        decoder.report(
            consents[at].place.span,
            FaultKind::DuplicateKey { key, first: span },
        );
        if !consents[first].says_the_same(&consents[at]) {
            consents[first].unreadable = true;
        }
        consents[first].withdrawn |= consents[at].withdrawn;
    }
    for at in 0..consents.len() {
        let first = first_of.get(&folded(&consents[at])).copied().unwrap_or(at);
        consents[at].unreadable |= consents[first].unreadable;
        consents[at].withdrawn |= consents[first].withdrawn;
    }
}
