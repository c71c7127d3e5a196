//! Compares the chain of decisions with the git history.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::Snapshot;
use crate::layout;
use crate::parse;
use crate::report::{HistoryCheck, HistoryReach, LateFile, LostFile};
use crate::resolve::decision_file_digest;
use crate::store::{self, Committed, Version};
use crate::text::Source;

/// Days within which a decision is usually committed.
const SOON: i64 = 7;

/// Compares the chain with the git history of the checked-out commit.
#[must_use]
pub fn look_back(project: &Snapshot, required: bool) -> HistoryCheck {
    let nothing = |reach| HistoryCheck {
        reach,
        required,
        lost: Vec::new(),
        elsewhere: Vec::new(),
        late: Vec::new(),
    };
    match store::committed(&project.root, layout::DECISIONS) {
        Ok(Some(committed)) => {
            let reach = if committed.is_shallow {
                HistoryReach::Shallow
            } else {
                HistoryReach::Complete
            };
            let files = &project.portfolio.chain.files;
            let mut known: BTreeSet<String> =
                files.iter().map(|file| file.digest.clone()).collect();
            // The first commit of a part of the history has every file.
            let late = match reach {
                HistoryReach::Complete => committed_late(project, &committed),
                _ => Vec::new(),
            };
            let lost = missing(project, committed.versions, &mut known);
            let elsewhere = missing(project, committed.elsewhere, &mut known);
            HistoryCheck {
                reach,
                required,
                lost,
                elsewhere,
                late,
            }
        }
        Ok(None) => nothing(HistoryReach::None),
        Err(failure) => nothing(HistoryReach::Unreadable(failure.cause().to_owned())),
    }
}

/// Files of the chain that name a day long before git has them. Git's own days can be set too, so this
/// proves nothing, and no decision loses its effect by it.
fn committed_late(project: &Snapshot, committed: &Committed) -> Vec<LateFile> {
    let mut days: BTreeMap<String, Date> = BTreeMap::new();
    for version in committed.versions.iter().chain(&committed.elsewhere) {
        let text = std::str::from_utf8(&version.bytes);
        if let (Some(day), Ok(text)) = (version.day, text)
            && store::is_decision_file(&version.path)
        {
            let first = days.entry(decision_file_digest(text)).or_insert(day);
            *first = day.min(*first);
        }
    }
    let late = project.portfolio.chain.files.iter().filter_map(|file| {
        let date = file.author.as_ref()?.date;
        let committed = *days.get(&file.digest)?;
        let is_late = date
            .checked_add(SOON.days())
            .is_ok_and(|soon| committed > soon);
        let path = file.path.as_str().to_owned();
        is_late.then_some(LateFile {
            path,
            date,
            committed,
        })
    });
    late.collect()
}

/// Committed decision files whose digest is not known, whatever their name, newest first.
///
/// Decision files are append-only, so every version that was ever in force must still exist. A
/// version that cannot be parsed as decisions, such as a committed conflict, never was in force.
fn missing(
    project: &Snapshot,
    versions: Vec<Version>,
    known: &mut BTreeSet<String>,
) -> Vec<LostFile> {
    let files = &project.portfolio.chain.files;
    let mut missing = Vec::new();
    for version in versions
        .into_iter()
        .filter(|version| store::is_decision_file(&version.path))
    {
        let Ok(text) = String::from_utf8(version.bytes) else {
            continue;
        };
        let digest = decision_file_digest(&text);
        if known.contains(&digest)
            || parse::decisions(&Source::new(&version.path, &text))
                .value
                .is_none()
        {
            continue;
        }
        let changed = files.iter().any(|file| file.path.as_str() == version.path);
        known.insert(digest.clone());
        missing.push(LostFile {
            digest,
            path: version.path,
            commit: version.commit,
            changed,
        });
    }
    missing
}
