//! The keys of single types of entry: witness, practice, CPD and assignment.

use super::decode::{Decoder, Table};
use super::keys;
use crate::model::{Assignment, Cpd, Practice, Witness};

/// Reads the keys of `witness`.
pub(super) fn read_witness(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Option<Box<Witness>> {
    let table = decoder.read_table(table.get("witness")?, "witness", keys::WITNESS)?;
    Some(Box::new(Witness {
        role: decoder.read_words(&table, "role"),
        organisation: decoder.read_words(&table, "organisation"),
        relationship: decoder.read_words(&table, "relationship"),
    }))
}

/// Reads the keys of `practice`.
pub(super) fn read_practice(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Option<Box<Practice>> {
    let table = decoder.read_table(table.get("practice")?, "practice", keys::PRACTICE)?;
    Some(Box::new(Practice {
        treatment: decoder.read_words(&table, "treatment"),
        area: decoder.read_words(&table, "area"),
        device: decoder.read_words(&table, "device"),
        depth_mm: decoder.read_as_written(&table, "depth_mm"),
        batch_numbers: decoder.read_word_list(&table, "batch_numbers"),
        adverse_reactions: decoder.read_words(&table, "adverse_reactions"),
        outcome_measures: decoder.read_word_list(&table, "outcome_measures"),
    }))
}

/// Reads the keys of `cpd`.
pub(super) fn read_cpd(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Option<Box<Cpd>> {
    let table = decoder.read_table(table.get("cpd")?, "cpd", keys::CPD)?;
    Some(Box::new(Cpd {
        activity: decoder.read_words(&table, "activity"),
        provider: decoder.read_words(&table, "provider"),
        influence_on_practice: decoder.read_words(&table, "influence_on_practice"),
    }))
}

/// Reads the keys of `assignment`.
pub(super) fn read_assignment(
    decoder: &mut Decoder<'_>,
    table: &Table<'_>,
) -> Option<Box<Assignment>> {
    let table = decoder.read_table(table.get("assignment")?, "assignment", keys::ASSIGNMENT)?;
    let unit = decoder.read_words(&table, "unit");
    let mark = decoder
        .read_closed(&table, "mark_percent", Decoder::read_number)
        .read();
    // Without the attempt it is unknown whether the mark still counts.
    let attempt = decoder.read_closed(&table, "attempt", Decoder::read_number);
    let mark_percent = mark.filter(|_| !attempt.is_unreadable());
    Some(Box::new(Assignment {
        unit,
        mark_percent,
        attempt: attempt.read(),
    }))
}
