//! `unreadable-file`: a file that is too large, not text in UTF-8, or where it cannot be read; a
//! copy that a sync program made; a text with conflict markers.

use super::near_duplicate_entries::describe_copy;
use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{FaultKind, Finding};
use crate::layout::ENTRIES;
use crate::text::{SourcePath, counted};

pub(super) const UNREADABLE_FILE: Rule = Rule {
    name: "unreadable-file",
    group: RuleGroup::FrontMatter,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "A file that is too large, not text in UTF-8, where it cannot be read, a copy that a sync program made, or a text with conflict markers of git.",
        why: "What cannot be read proves nothing. Of a copy and its original only the original is read, and between conflict markers are two versions of which one has to go.",
        example: "a 30 MB entry, or one saved as a word processor document",
        instead: "Save the entry as plain text in UTF-8; put pictures and documents into evidence/ and attach them. Move what is missing from a copy into the original, then delete the copy. Keep one version of a conflict, and delete the other and the three marks.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let (message, help) = describe(kind, &place.path)?;
        let finding = Finding::new(UNREADABLE_FILE.name, place, subject, message).help(help);
        Some(match kind {
            FaultKind::SyncCopy { of, .. } => finding.with(of),
            _ => finding,
        })
    });
}

/// Message and help; `None` for faults of other rules.
fn describe(kind: &FaultKind, path: &SourcePath) -> Option<(String, &'static str)> {
    Some(match kind {
        FaultKind::NotUtf8 => (
            "the file is not text in UTF-8 from here on".to_owned(),
            "save it as plain text in UTF-8",
        ),
        FaultKind::Link => (
            "this is a link, and links are not followed: they may lead out of the portfolio"
                .to_owned(),
            "put the file itself here",
        ),
        FaultKind::NotAFile => (
            "this is no file, so it cannot be read".to_owned(),
            "put a plain text file here",
        ),
        FaultKind::UnreadableName => (
            "the name of this file is not UTF-8, so the file is not read".to_owned(),
            "rename it; letters, digits and hyphens work on every computer",
        ),
        FaultKind::SyncCopy { of, differs } if !is_entry(path) => describe_copy(of, *differs),
        FaultKind::ConflictMarkers { conflicts } => (
            format!(
                "two versions of this text were not merged: {} of git from here on",
                counted(*conflicts, "conflict")
            ),
            "keep one version, and delete the other with the lines <<<<<<<, ======= and >>>>>>>",
        ),
        FaultKind::Misnamed { meant } => (
            format!("this is not read: here belongs {meant}"),
            "rename it, and put it into portfolio/decisions/ if it is not there; until then nothing counts as accepted",
        ),
        _ => return describe_limit(kind, path),
    })
}

/// Message and help for what is larger than what is read.
fn describe_limit(kind: &FaultKind, path: &SourcePath) -> Option<(String, &'static str)> {
    Some(match kind {
        FaultKind::TooDeep { limit } => (
            format!(
                "more than {limit} folders lie in each other here; nothing below this one is read"
            ),
            "move what lies in it further up",
        ),
        FaultKind::TooMany { limit } => (
            format!("more than {limit} files and folders lie here; those after them are not read"),
            "move what is no entry, decision or evidence out of the portfolio",
        ),
        FaultKind::TooLarge { bytes, limit } => (
            format!("the file has {bytes} bytes; at most {limit} are read"),
            if path.as_str().starts_with("portfolio/evidence/") {
                "make it smaller, or describe it in the entry instead"
            } else {
                "put pictures and documents into evidence/ and attach them"
            },
        ),
        FaultKind::TooDense { limit } => (
            format!(
                "this text has more than {limit} lines and signs of Markdown, so it is shown as plain text \
                 and its links claim nothing"
            ),
            "attach long tables as documents, and write here what they show",
        ),
        _ => return None,
    })
}

fn is_entry(path: &SourcePath) -> bool {
    let rest = path.as_str().strip_prefix(ENTRIES);
    rest.is_some_and(|rest| rest.starts_with('/'))
}
