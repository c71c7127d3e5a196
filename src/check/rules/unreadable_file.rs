//! `unreadable-file`: a file that is too large, not text in UTF-8, or where it cannot be read.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{FaultKind, Finding};

pub(super) const UNREADABLE_FILE: Rule = Rule {
    name: "unreadable-file",
    group: RuleGroup::FrontMatter,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "A file that is too large, not text in UTF-8, or where it cannot be read.",
        why: "What cannot be read proves nothing.",
        example: "a 30 MB entry, or one saved as a word processor document",
        instead: "Save the entry as plain text in UTF-8; put pictures and documents into evidence/ and attach them.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let (message, help) = match kind {
            FaultKind::NotUtf8 => {
                ("the file is not text in UTF-8 from here on", "save it as plain text in UTF-8")
            }
            FaultKind::Link => (
                "this is a link, and links are not followed: they may lead out of the portfolio",
                "put the file itself here",
            ),
            FaultKind::NotAFile => ("this is no file, so it cannot be read", "put a plain text file here"),
            FaultKind::UnreadableName => (
                "the name of this file is not UTF-8, so the file is not read",
                "rename it; letters, digits and hyphens work on every computer",
            ),
            FaultKind::TooDeep { limit } => {
                let message = format!(
                    "more than {limit} folders lie in each other here; nothing below this one is read"
                );
                let help = "move what lies in it further up";
                return Some(Finding::new(UNREADABLE_FILE.name, place, subject, message).help(help));
            }
            FaultKind::TooMany { limit } => {
                let message =
                    format!("more than {limit} files and folders lie here; those after them are not read");
                let help = "move what is no entry, decision or evidence out of the portfolio";
                return Some(Finding::new(UNREADABLE_FILE.name, place, subject, message).help(help));
            }
            FaultKind::TooLarge { bytes, limit } => {
                let message = format!("the file has {bytes} bytes; at most {limit} are read");
                let help = if place.path.as_str().starts_with("portfolio/evidence/") {
                    "make it smaller, or describe it in the entry instead"
                } else {
                    "put pictures and documents into evidence/ and attach them"
                };
                return Some(Finding::new(UNREADABLE_FILE.name, place, subject, message).help(help));
            }
            FaultKind::Misnamed { meant } => {
                let message = format!("this is not read: here belongs {meant}");
                let help = "rename it, and put it into portfolio/decisions/ if it is not there; until then nothing counts as accepted";
                return Some(Finding::new(UNREADABLE_FILE.name, place, subject, message).help(help));
            }
            FaultKind::TooDense { limit } => {
                let message = format!(
                    "this text has more than {limit} lines and signs of Markdown, so it is shown as plain text \
                     and its links claim nothing"
                );
                let help = "attach long tables as documents, and write here what they show";
                return Some(Finding::new(UNREADABLE_FILE.name, place, subject, message).help(help));
            }
            _ => return None,
        };
        Some(Finding::new(UNREADABLE_FILE.name, place, subject, message).help(help))
    });
}
