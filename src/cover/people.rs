//! Whether people can be recognised in a portfolio: results of the search, and readings by a
//! person.
//!
//! The search does not find everything, so an empty result alone is never *met*. Gateway, pages and
//! packs use the same words from here.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::item::{about, met, not_met, to_confirm, with_how};
use crate::model::{Entry, JudgedItem, Objection, Portfolio};
use crate::privacy::{Kind, SEARCH_FIGURES};
use crate::text::{capitalised, counted, in_words, listed, plural};

/// The result of a search that found nothing.
const NOTHING_FOUND: &str = "Nothing found by the search; to be confirmed by a person";

/// Judges whether a person can be recognised: by identifiers in the entries `searched`, regardless
/// of levels and baselines, and by readings of the entries `handed_in`. Both are lists of indexes.
#[must_use]
pub fn people(
    portfolio: &Portfolio,
    as_of: Date,
    searched: &[usize],
    handed_in: &[usize],
) -> JudgedItem {
    let mut rules: BTreeSet<&str> = BTreeSet::new();
    let mut revealing: Vec<usize> = Vec::new();
    for &at in searched {
        let found: Vec<&str> = failed_rules(portfolio, &portfolio.entries[at], as_of).collect();
        if !found.is_empty() {
            revealing.push(at);
            rules.extend(found);
        }
    }
    let elsewhere: Vec<&str> = portfolio
        .shared_identifiers()
        .map(|(_, one)| one.kind.rule())
        .collect();
    rules.extend(&elsewhere);
    if !rules.is_empty() {
        let why = why_found(revealing.len(), !elsewhere.is_empty(), rules);
        let how = "`ksbfolio check --profile gateway` shows the places, and what to write instead.";
        let item = not_met(why, "Replace what identifies a person.");
        return about(revealing, with_how(how, item));
    }
    let reading = |at: &usize| portfolio.entries[*at].reading(as_of);
    let unread: Vec<usize> = handed_in
        .iter()
        .copied()
        .filter(|at| reading(at).is_none())
        .collect();
    let figures = SEARCH_FIGURES.in_words();
    if unread.is_empty() && !handed_in.is_empty() {
        let why = why_read(portfolio, as_of, handed_in);
        return met(format!("{why} {figures}"));
    }
    let why = why_unread(portfolio, handed_in, &unread);
    let how = "`ksbfolio read ENTRY` asks about each word, number and picture, and records it.";
    let next = "Read each entry with its pictures, and record that you did.";
    let why = format!("{why} {figures}");
    about(unread, with_how(how, to_confirm(why, next)))
}

/// Names of the privacy rules with a finding in an entry, with repeats.
fn failed_rules<'a>(
    portfolio: &'a Portfolio,
    entry: &'a Entry,
    as_of: Date,
) -> impl Iterator<Item = &'static str> {
    let identifiers = entry.unanswered().map(|(kind, _)| kind);
    let in_files = portfolio
        .inspections(entry)
        .flat_map(|inside| &inside.identifiers);
    let in_files = in_files.filter(|one| !entry.answers_in_file(one));
    let identifiers = identifiers.chain(in_files.map(|one| one.kind));
    let consents = portfolio.objections(entry, as_of).map(|_| Objection::RULE);
    let uncleared = entry
        .front_matter
        .attachments
        .iter()
        .filter(|one| one.is_uncleared_picture());
    identifiers
        .map(Kind::rule)
        .chain(consents)
        .chain(uncleared.map(|_| Objection::RULE))
}

/// Why the item is not met: the rules with findings in entries or in files about the whole
/// portfolio.
fn why_found(entries: usize, is_elsewhere: bool, rules: BTreeSet<&str>) -> String {
    let elsewhere = "files about the whole portfolio";
    let (have, more) = match (entries, is_elsewhere) {
        (0, true) => (format!("{} have", capitalised(elsewhere)), String::new()),
        (_, true) => (have_entries(entries), format!(" So do {elsewhere}.")),
        (_, false) => (have_entries(entries), String::new()),
    };
    let rules = rules.into_iter().collect::<Vec<_>>().join(", ");
    format!(
        "{have} something that identifies a person, or a picture without consent: {rules}.{more}"
    )
}

fn have_entries(number: usize) -> String {
    let verb = plural(number, "has", "have");
    format!("{} {verb}", counted(number, "entry"))
}

/// Why the item is met: people have read all entries. Says who they are, and when the last of
/// them read.
fn why_read(portfolio: &Portfolio, as_of: Date, pieces: &[usize]) -> String {
    let entries = pieces.iter().map(|&at| &portfolio.entries[at]);
    let readings: Vec<(String, Date)> = entries
        .filter_map(|entry| {
            let reading = entry.reading(as_of)?;
            Some((entry.covered(&reading.by), reading.on))
        })
        .collect();
    let readers: BTreeSet<&str> = readings.iter().map(|(by, _)| by.as_str()).collect();
    let readers = listed(&readers.into_iter().collect::<Vec<_>>());
    let last = readings.iter().map(|(_, on)| *on).max().unwrap_or(as_of);
    let last = in_words(last);
    let (pieces, were, when) = match readings.len() {
        1 => ("1 entry".to_owned(), "was", format!("on {last}")),
        many => (
            counted(many, "entry"),
            "were",
            format!("the last on {last}"),
        ),
    };
    let comma = if readings.len() == 1 { "" } else { "," };
    format!(
        "{pieces} {were} read as now written, with pictures and files, by {readers}{comma} {when}. \
         The search found nothing."
    )
}

/// Why the item is to be confirmed: the search found nothing, and some pieces are unread.
fn why_unread(portfolio: &Portfolio, handed_in: &[usize], unread: &[usize]) -> String {
    let files: usize = unread
        .iter()
        .map(|&at| portfolio.entries[at].front_matter.attachments.len())
        .sum();
    let files = match files {
        0 => String::new(),
        files => format!(", with {}", counted(files, "attached file")),
    };
    let answers = handed_in.iter().flat_map(|&at| {
        let entry = &portfolio.entries[at];
        entry
            .identifiers
            .found
            .iter()
            .filter(|one| entry.answers_for(one))
    });
    let answered = match answers.count() {
        0 => String::new(),
        answered => format!(
            " {} {} answered by the author.",
            counted(answered, "finding"),
            plural(answered, "was", "were")
        ),
    };
    let of = counted(handed_in.len(), "entry");
    format!(
        "{NOTHING_FOUND}. Still to read: {} of {of}{files}.{answered}",
        unread.len()
    )
}
