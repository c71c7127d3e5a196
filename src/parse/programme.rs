//! Reads rules on off-the-job training.

use jiff::civil::Date;

use super::decode::{Decoder, Table};
use super::guidance::items;
use super::keys;
use super::parsed::Parsed;
use crate::model::{Known, ProgrammeRules, PublishedHours, Regime};
use crate::text::{Source, sha256};

/// Reads a file of rules. The value is `None` without an id.
pub fn programme(source: &Source) -> Parsed<Option<ProgrammeRules>> {
    let mut decoder = Decoder::new(source);
    let value = read(&mut decoder, source);
    Parsed {
        value,
        faults: decoder.faults,
    }
}

fn read(decoder: &mut Decoder<'_>, source: &Source) -> Option<ProgrammeRules> {
    let (node, _) = decoder.file(keys::PROGRAMME)?;
    let table = decoder.table(&node, "programme", keys::PROGRAMME)?;
    decoder.version(&table);
    let id = decoder.required(&table, "id");
    let title = decoder.required(&table, "title");
    let regimes = decoder.tables(&table, "regimes", keys::REGIME);
    let regimes: Vec<Regime> = regimes
        .iter()
        .filter_map(|table| regime(decoder, table))
        .collect();
    overlaps(decoder, &table, &regimes);
    Some(ProgrammeRules {
        id: id?,
        title: title?.value,
        path: source.path.clone(),
        text_hash: sha256(source.text.as_bytes()),
        regimes,
        counts: items(decoder, &table, "counts"),
        excluded: items(decoder, &table, "excluded"),
    })
}

fn regime(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Option<Regime> {
    let title = decoder.required(table, "title");
    let says = decoder.required(table, "says");
    let basis = decoder
        .required(table, "basis")
        .and_then(|word| decoder.as_word(&word, "basis"));
    Some(Regime {
        title: title?.value,
        from: decoder.known_date(table, "from"),
        to: decoder.known_date(table, "to"),
        basis: basis?,
        says: says?.value,
        percent: decoder.known_number(table, "percent"),
        hours_a_week: decoder.known_number(table, "hours_a_week"),
        full_time_hours: decoder.known_number(table, "full_time_hours"),
        leave_weeks_a_year: decoder.known_decimal(table, "leave_weeks_a_year"),
        floor_hours: decoder.known_number(table, "floor_hours"),
        minimum_months: decoder.known_number(table, "minimum_months"),
        published: published(decoder, table),
        sources: decoder.word_list(table, "sources"),
    })
}

fn published(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Vec<PublishedHours> {
    let mut published = Vec::new();
    for item in decoder.tables(table, "published", keys::PUBLISHED) {
        if let Some(standard) = decoder.required(&item, "standard") {
            let hours = PublishedHours {
                from: decoder.known_date(&item, "from"),
                to: decoder.known_date(&item, "to"),
                hours: decoder.known_number(&item, "hours"),
                source: decoder.words(&item, "source"),
                standard: standard.value,
            };
            if let Some(other) = published
                .iter()
                .find(|other| hold_on_one_day(other, &hours))
            {
                let problem = format!("two figures for {} hold for the same start", other.standard);
                decoder.invalid(
                    standard.span,
                    problem,
                    "let one end before the other begins",
                );
            }
            published.push(hours);
        }
    }
    published
}

/// Whether two figures for one standard apply to the same start.
fn hold_on_one_day(one: &PublishedHours, other: &PublishedHours) -> bool {
    let begins_by_the_end = |from: Known<Date>, to: Known<Date>| match (from, to) {
        (Known::Known(from), Known::Known(to)) => from <= to,
        _ => true,
    };
    one.standard == other.standard
        && begins_by_the_end(one.from, other.to)
        && begins_by_the_end(other.from, one.to)
}

/// Reports regimes that overlap or are out of order: each day of starting has one regime at most.
fn overlaps(decoder: &mut Decoder<'_>, table: &Table<'_>, regimes: &[Regime]) {
    for pair in regimes.windows(2) {
        let in_order = match (pair[0].to, pair[1].from) {
            (Known::Known(to), Known::Known(from)) => to < from,
            _ => false,
        };
        if !in_order {
            let problem = format!(
                "`{}` begins before `{}` has ended",
                pair[1].title, pair[0].title
            );
            decoder.invalid(
                table.key_span("regimes"),
                problem,
                "let each begin after the one before has ended",
            );
        }
    }
}
