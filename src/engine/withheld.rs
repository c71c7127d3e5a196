//! The entries that an audience does not get, each with the reason.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Snapshot;
use crate::model::{Audience, Entry, Status};
use crate::privacy::Kind;
use crate::text::listed;
use crate::view;

/// An entry that is left out of what is made for an audience.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WithheldEntry {
    /// Its path.
    pub path: String,
    /// Its title, in a form that may be shown.
    pub title: String,
    /// Whether its author chose that: it is a draft, or not for this audience.
    pub is_chosen: bool,
    /// The reason, in a sentence.
    pub reason: String,
    /// What to do if it is to be given.
    pub help: String,
}

/// The entries that are left out of what is made for an audience; first those that are meant for
/// it.
#[must_use]
pub fn list_withheld(project: &Snapshot, audience: Audience) -> Vec<WithheldEntry> {
    let entries = project.portfolio.entries.iter();
    let withheld = entries.filter_map(|entry| describe(entry, audience));
    let mut withheld: Vec<WithheldEntry> = withheld.collect();
    withheld.sort_by_key(|one| one.is_chosen);
    withheld
}

/// Whether an entry is meant for an audience, and withheld because it identifies a person.
pub(super) fn identifies(entry: &Entry, audience: Audience) -> bool {
    view::is_meant_for(entry, audience) && entry.withheld_from(audience).next().is_some()
}

fn describe(entry: &Entry, audience: Audience) -> Option<WithheldEntry> {
    let (is_chosen, reason, help) = if identifies(entry, audience) {
        let reason = format!(
            "Something in it may identify a person ({}).",
            list_kinds(entry, audience)
        );
        let help = "Change these words, or say in the entry why they identify no person.";
        (false, reason, help)
    } else if view::is_meant_for(entry, audience) {
        return None;
    } else if entry.front_matter.unread {
        let reason = "The lines at the top of its file cannot be read.".to_owned();
        (false, reason, "Correct these lines.")
    } else if entry.front_matter.status != Status::Submitted {
        (true, "It is a draft.".to_owned(), "Submit it.")
    } else {
        let reason = match audience {
            Audience::Public => "It is not public.",
            Audience::Assessor | Audience::Private => "Only you may see it.",
        };
        (true, reason.to_owned(), "Change who may see it.")
    };
    Some(WithheldEntry {
        path: entry.path.as_str().to_owned(),
        title: entry.front_matter.title.clone(),
        is_chosen,
        reason,
        help: help.to_owned(),
    })
}

/// The kinds of identifiers, in words: `personal name and NHS number`.
fn list_kinds(entry: &Entry, audience: Audience) -> String {
    let kinds: BTreeSet<&str> = entry.withheld_from(audience).map(Kind::rule).collect();
    let kinds: Vec<String> = kinds.into_iter().map(to_words).collect();
    listed(&kinds)
}

fn to_words(rule: &str) -> String {
    let words = rule.replace('-', " ");
    let mut words = words.split(' ').map(|word| match word {
        "nhs" | "chi" | "ni" => word.to_uppercase(),
        word => word.to_owned(),
    });
    let first = words.next().unwrap_or_default();
    words.fold(first, |all, word| all + " " + &word)
}
