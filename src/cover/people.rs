//! What is known of people in a portfolio: what the search found, and who has looked.
//!
//! A search finds some of what identifies people and never all of it, so its silence alone is never *met*. Gateway,
//! pages and packs take their words from here.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::model::{Entry, ItemState, JudgedItem, Objection, Portfolio, Reading};
use crate::privacy::Kind;
use crate::text::in_words;

/// How a search that found nothing is worded, wherever it is mentioned.
const SILENT: &str = "Nothing found by the search; to be confirmed by a person";

/// Judges whether anybody can be recognised: by what was found in the entries `searched`, whatever levels and baselines
/// say, and by who has read those `handed_in`. Both are places in the portfolio's list.
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
        let found: Vec<&str> = found_in(portfolio, &portfolio.entries[at], as_of).collect();
        if !found.is_empty() {
            revealing.push(at);
            rules.extend(found);
        }
    }
    let elsewhere: Vec<&str> = portfolio
        .of_all_entries()
        .map(|(_, one)| one.kind.rule())
        .collect();
    rules.extend(&elsewhere);
    if !rules.is_empty() {
        let rules: Vec<&str> = rules.into_iter().collect();
        let have = count(revealing.len(), "entry has", "entries have");
        let elsewhere = match elsewhere.len() {
            0 => "",
            _ => " So do files about the whole portfolio.",
        };
        let why = format!(
            "{have} something that identifies, or a picture without consent: {}.{elsewhere}",
            rules.join(", ")
        );
        let next =
            "`ksbfolio check --profile gateway` shows the places, and what to write instead.";
        return item(ItemState::NotMet, why, Some(next), revealing);
    }
    let reading = |at: &usize| portfolio.entries[*at].reading(as_of);
    let unread: Vec<usize> = handed_in
        .iter()
        .copied()
        .filter(|at| reading(at).is_none())
        .collect();
    let last = handed_in
        .iter()
        .filter_map(reading)
        .max_by_key(|reading| reading.on);
    match last {
        Some(last) if unread.is_empty() => item(
            ItemState::Met,
            read(handed_in.len(), last),
            None,
            Vec::new(),
        ),
        _ => {
            let why = silent(portfolio, handed_in, &unread);
            let next = "Read each with its pictures, then add `read: { by: …, on: …, digest: … }`; `ksbfolio explain ENTRY` shows the digest.";
            item(ItemState::ToConfirm, why, Some(next), unread)
        }
    }
}

fn item(state: ItemState, why: String, next: Option<&str>, entries: Vec<usize>) -> JudgedItem {
    JudgedItem {
        item: 0,
        state,
        why,
        next: next.map(str::to_owned),
        entries,
    }
}

/// The rules about privacy that found something in an entry.
fn found_in<'a>(
    portfolio: &'a Portfolio,
    entry: &'a Entry,
    as_of: Date,
) -> impl Iterator<Item = &'static str> {
    let identifiers = entry.unanswered().map(|(kind, _)| kind);
    let in_files = portfolio
        .insides(entry)
        .flat_map(|inside| &inside.identifiers);
    let in_files = in_files.filter(|one| !entry.answers_in_file(one));
    let identifiers = identifiers.chain(in_files.map(|one| one.kind));
    let consents = portfolio.objections(entry, as_of).map(|_| Objection::RULE);
    let uncleared = entry
        .attachments
        .iter()
        .filter(|one| one.is_uncleared_picture());
    identifiers
        .map(Kind::rule)
        .chain(consents)
        .chain(uncleared.map(|_| Objection::RULE))
}

/// That people have read all pieces.
fn read(pieces: usize, last: &Reading) -> String {
    let pieces = count(pieces, "piece was", "pieces were");
    format!(
        "{pieces} read by a person as they are now, the last on {}; the search found nothing.",
        in_words(last.on)
    )
}

/// That the search found nothing, and what no person has looked at yet.
fn silent(portfolio: &Portfolio, handed_in: &[usize], unread: &[usize]) -> String {
    let files: usize = unread
        .iter()
        .map(|&at| portfolio.entries[at].attachments.len())
        .sum();
    let files = match files {
        0 => String::new(),
        files => format!(", with {}", count(files, "attached file", "attached files")),
    };
    let answers = handed_in.iter().flat_map(|&at| {
        let entry = &portfolio.entries[at];
        entry
            .identifiers
            .iter()
            .filter(|one| entry.answers_for(one))
    });
    let answered = match answers.count() {
        0 => String::new(),
        answered => format!(
            " {} answered by the author.",
            count(answered, "finding was", "findings were")
        ),
    };
    let of = count(handed_in.len(), "piece", "pieces");
    format!(
        "{SILENT}. Not read as they are now: {} of {of}{files}.{answered}",
        unread.len()
    )
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
