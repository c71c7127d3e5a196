//! Reads rules on off-the-job training.

use jiff::civil::Date;

use super::decode::{Decoder, Table};
use super::guidance::read_advice;
use super::keys;
use super::parsed::Parsed;
use crate::model::{Known, ProgrammeRules, PublishedHours, Regime};
use crate::text::{Source, sha256};

/// Reads a file of rules. The value is `None` without an id.
pub fn programme(source: &Source) -> Parsed<Option<ProgrammeRules>> {
    let mut decoder = Decoder::new(source);
    let value = read_rules(&mut decoder, source);
    Parsed {
        value,
        faults: decoder.faults,
    }
}

fn read_rules(decoder: &mut Decoder<'_>, source: &Source) -> Option<ProgrammeRules> {
    let (node, _) = decoder.read_file(keys::PROGRAMME)?;
    let table = decoder.read_table(&node, "programme", keys::PROGRAMME)?;
    decoder.check_version(&table);
    let id = decoder.require_text(&table, "id");
    let title = decoder.require_text(&table, "title");
    let regimes = decoder.read_tables(&table, "regimes", keys::REGIME);
    let regimes: Vec<Regime> = regimes
        .iter()
        .filter_map(|table| read_regime(decoder, table))
        .collect();
    report_overlaps(decoder, &table, &regimes);
    Some(ProgrammeRules {
        id: id?,
        title: title?.value,
        path: source.path.clone(),
        text_hash: sha256(source.text.as_bytes()),
        regimes,
        counts: read_advice(decoder, &table, "counts"),
        excluded: read_advice(decoder, &table, "excluded"),
    })
}

fn read_regime(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Option<Regime> {
    let title = decoder.require_text(table, "title");
    let says = decoder.require_text(table, "says");
    let basis = decoder
        .require_text(table, "basis")
        .and_then(|word| decoder.parse_word(&word, "basis"));
    Some(Regime {
        title: title?.value,
        from: decoder.read_known_date(table, "from"),
        to: decoder.read_known_date(table, "to"),
        basis: basis?,
        says: says?.value,
        percent: decoder.read_known_number(table, "percent"),
        hours_a_week: decoder.read_known_number(table, "hours_a_week"),
        full_time_hours: decoder.read_known_number(table, "full_time_hours"),
        leave_weeks_a_year: decoder.read_known_decimal(table, "leave_weeks_a_year"),
        learning_every_months: decoder.read_known_number(table, "learning_every_months"),
        floor_hours: decoder.read_known_number(table, "floor_hours"),
        minimum_months: decoder.read_known_number(table, "minimum_months"),
        published: read_published(decoder, table),
        sources: decoder.read_word_list(table, "sources"),
    })
}

fn read_published(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Vec<PublishedHours> {
    let mut published = Vec::new();
    for item in decoder.read_tables(table, "published", keys::PUBLISHED) {
        if let Some(standard) = decoder.require_text(&item, "standard") {
            let hours = PublishedHours {
                from: decoder.read_known_date(&item, "from"),
                to: decoder.read_known_date(&item, "to"),
                hours: decoder.read_known_number(&item, "hours"),
                source: decoder.read_words(&item, "source"),
                standard: standard.value,
            };
            if let Some(other) = published.iter().find(|other| do_overlap(other, &hours)) {
                let problem = format!("two figures for {} hold for the same start", other.standard);
                decoder.report_contradiction(
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
fn do_overlap(one: &PublishedHours, other: &PublishedHours) -> bool {
    let begins_by_the_end = |from: Known<Date>, to: Known<Date>| match (from, to) {
        (Known::Known(from), Known::Known(to)) => from <= to,
        _ => true,
    };
    one.standard == other.standard
        && begins_by_the_end(one.from, other.to)
        && begins_by_the_end(other.from, one.to)
}

/// Reports regimes that overlap or are out of order: each day of starting has one regime at most.
fn report_overlaps(decoder: &mut Decoder<'_>, table: &Table<'_>, regimes: &[Regime]) {
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
            decoder.report_contradiction(
                table.key_span("regimes"),
                problem,
                "let each begin after the one before has ended",
            );
        }
    }
}
