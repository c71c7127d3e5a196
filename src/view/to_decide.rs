//! The page of what waits for an assessor.

use jiff::civil::Date;
use serde::Serialize;

use super::deciding::{Sitting, count_waiting, has_forms, name_list};
use super::link::Link;
use super::rows::{EntryRow, build_entry_row};
use super::scene::RenderContext;
use crate::cover::{EntryToAssess, WaitingReason, days};
use crate::files::SitePath;
use crate::model::Audience;
use crate::text::{counted, in_words};

/// The most rows on the page. The others follow as the first ones are decided.
const MOST_ROWS: usize = 250;

#[derive(Clone, Debug, Serialize)]
pub struct ToDecidePage {
    pub title: &'static str,
    /// The number of claims and entries in a sentence.
    pub lead: String,
    /// The heading of the column of codes.
    pub head: &'static str,
    pub rows: Vec<RowToDecide>,
    /// The number of entries without a row.
    pub more: usize,
    /// Undecided claims to codes that other entries have accepted; `None` if there are none.
    pub accepted: Option<AcceptedElsewhere>,
    /// Data of decisions that are not saved yet; `None` if the site has no form for them.
    pub sitting: Option<Sitting>,
}

/// Undecided claims that cannot change a state.
#[derive(Clone, Debug, Serialize)]
pub struct AcceptedElsewhere {
    /// Their number, in words.
    pub words: String,
    /// Why they do not have to be decided.
    pub why: &'static str,
    pub rows: Vec<RowToDecide>,
    /// The number of entries without a row.
    pub more: usize,
}

/// An entry that waits.
#[derive(Clone, Debug, Serialize)]
pub struct RowToDecide {
    pub entry: EntryRow,
    /// The id of the entry.
    pub id: String,
    /// How long it waits, in words, or since which decision it changed.
    pub waits: String,
    /// Why it comes first, in words; empty if it was never decided.
    pub reason: &'static str,
    /// The codes to decide, with links to their passages.
    pub codes: Vec<Link>,
}

impl ToDecidePage {
    pub fn new(scene: &RenderContext<'_>, from: &SitePath) -> Self {
        let list = scene.to_assess();
        let (rows, more) = list_rows(scene, from, &list.entries);
        Self {
            title: name_list(scene),
            lead: describe_number(scene.audience, list.claims(), list.entries.len()),
            head: match scene.audience {
                Audience::Private => "Codes",
                Audience::Assessor | Audience::Public => "To decide",
            },
            rows,
            more,
            accepted: build_accepted(scene, from),
            sitting: has_forms(scene).then(|| Sitting::new(scene)),
        }
    }
}

/// The first rows, and the number of the others.
fn list_rows(
    scene: &RenderContext<'_>,
    from: &SitePath,
    entries: &[EntryToAssess],
) -> (Vec<RowToDecide>, usize) {
    let shown = entries.iter().take(MOST_ROWS);
    let rows = shown.map(|one| build_row(scene, from, one)).collect();
    (rows, entries.len().saturating_sub(MOST_ROWS))
}

fn build_accepted(scene: &RenderContext<'_>, from: &SitePath) -> Option<AcceptedElsewhere> {
    let list = scene.to_assess();
    let (rows, more) = list_rows(scene, from, &list.accepted);
    let claims = counted(list.accepted_claims(), "claim");
    let entries = counted(list.accepted.len(), "entry");
    (!rows.is_empty()).then(|| AcceptedElsewhere {
        words: format!("Also claimed, already accepted: {claims} in {entries}"),
        why: match scene.audience {
            Audience::Private => {
                "Other entries are accepted for these codes, so they need no decision."
            }
            Audience::Assessor | Audience::Public => {
                "Other entries are accepted for these codes. You can decide on them too, but no \
                 code changes its state."
            }
        },
        rows,
        more,
    })
}

/// The number of claims and entries in a sentence.
fn describe_number(audience: Audience, claims: usize, entries: usize) -> String {
    match (audience, claims) {
        (Audience::Private, 0) => "Nothing is waiting for your assessor.".to_owned(),
        (_, 0) => "Nothing to assess.".to_owned(),
        (Audience::Private, _) => {
            format!("Your assessor has {}.", count_waiting(claims, entries))
        }
        _ => format!("{}.", count_waiting(claims, entries)),
    }
}

fn build_row(scene: &RenderContext<'_>, from: &SitePath, one: &EntryToAssess) -> RowToDecide {
    let entry = &scene.portfolio.entries[one.entry];
    let row = build_entry_row(scene, from, one.entry);
    let link = |criterion| {
        let claim = entry.claim(criterion);
        let passage = claim.and_then(|claim| claim.passages.first());
        let anchor = passage.map(|&at| &entry.body.passages[at].anchor);
        let fragment = anchor.map_or_else(String::new, |anchor| format!("#{anchor}"));
        Link {
            href: row.href.clone() + &fragment,
            label: scene.portfolio.catalogue.code(criterion).to_string(),
        }
    };
    RowToDecide {
        id: entry.id.clone(),
        waits: describe_wait(one, scene.coverage.as_of),
        reason: match one.reason {
            WaitingReason::Changed => "changed since accepted",
            WaitingReason::Resubmitted => "resubmitted",
            WaitingReason::Undecided => "",
        },
        codes: one.claims.iter().map(|&(id, _)| link(id)).collect(),
        entry: row,
    }
}

/// How long an entry waits, in words, or since which decision it changed.
pub fn describe_wait(one: &EntryToAssess, as_of: Date) -> String {
    match (one.since, one.decided) {
        (Some(since), _) => match days(since, as_of) {
            0 => "since today".to_owned(),
            days => counted(days, "day"),
        },
        (None, Some(decided)) => format!("changed since {}", in_words(decided)),
        (None, None) => "unknown".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(since: Option<Date>, decided: Option<Date>) -> String {
        let one = EntryToAssess {
            entry: 0,
            claims: Vec::new(),
            reason: WaitingReason::Undecided,
            since,
            decided,
        };
        describe_wait(&one, Date::constant(2026, 11, 21))
    }

    #[test]
    fn numbers_are_right_for_none_one_and_two() {
        let words = |claims, entries| describe_number(Audience::Assessor, claims, entries);
        assert_eq!(words(0, 0), "Nothing to assess.");
        assert_eq!(words(1, 1), "1 claim to decide in 1 entry.");
        assert_eq!(words(2, 1), "2 claims to decide in 1 entry.");
        assert_eq!(words(3, 2), "3 claims to decide in 2 entries.");
        let own = |claims, entries| describe_number(Audience::Private, claims, entries);
        assert_eq!(own(0, 0), "Nothing is waiting for your assessor.");
        assert_eq!(own(1, 1), "Your assessor has 1 claim to decide in 1 entry.");
    }

    #[test]
    fn a_wait_is_given_only_as_far_as_it_is_known() {
        let on = |day| Some(Date::constant(2026, 11, day));
        assert_eq!(waits(on(21), None), "since today");
        assert_eq!(waits(on(20), None), "1 day");
        assert_eq!(waits(on(9), None), "12 days");
        assert_eq!(waits(None, on(9)), "changed since 9 November 2026");
        assert_eq!(waits(None, None), "unknown");
    }
}
