//! Compares the chain of decisions with the git history.

use std::collections::BTreeSet;

use super::Snapshot;
use crate::layout;
use crate::parse;
use crate::report::{HistoryCheck, HistoryReach, LostFile};
use crate::resolve::decision_file_digest;
use crate::store::{self, Version};
use crate::text::Source;

/// Compares the chain with the git history of the checked-out commit.
#[must_use]
pub fn look_back(project: &Snapshot, required: bool) -> HistoryCheck {
    let nothing = |reach| HistoryCheck {
        reach,
        required,
        lost: Vec::new(),
        elsewhere: Vec::new(),
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
            let lost = missing(project, committed.versions, &mut known);
            let elsewhere = missing(project, committed.elsewhere, &mut known);
            HistoryCheck {
                reach,
                required,
                lost,
                elsewhere,
            }
        }
        Ok(None) => nothing(HistoryReach::None),
        Err(failure) => nothing(HistoryReach::Unreadable(failure.cause().to_owned())),
    }
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
