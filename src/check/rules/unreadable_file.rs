//! `unreadable-file`: a file that is too large, not text in UTF-8, or where it cannot be read; a
//! copy that a sync program made; a text with conflict markers.

use super::near_duplicate_entries::describe_copy;
use super::unpublishable_file::{advise_by_ending, file_ending};
use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{FaultKind, Finding, Place, Stray};
use crate::layout::{ENTRIES, EVIDENCE};
use crate::text::{SourcePath, Span, counted, shell_word};

pub(super) const UNREADABLE_FILE: Rule = Rule {
    name: "unreadable-file",
    group: RuleGroup::FrontMatter,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "A file that is too large, not text in UTF-8, or where it cannot be read: under another ending or in another folder than entries and evidence have; a copy that a sync program made; a text with conflict markers of git.",
        why: "What cannot be read proves nothing. Of a copy and its original only the original is read, and between conflict markers are two versions of which one has to go.",
        example: "a 30 MB entry, or one saved as a word processor document",
        instead: "Save the entry as plain text in UTF-8; put pictures and documents into evidence/ and attach them. Move what is missing from a copy into the original, then delete the copy. Keep one version of a conflict, and delete the other and the three marks.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    case.each_fault(found, |kind, place, subject| {
        let (message, help) = match kind {
            FaultKind::Stray(stray) => word_stray(*stray, &place),
            _ => word_size(kind, &place)
                .or_else(|| word_kind(kind))
                .or_else(|| word_version(kind, &place.path))?,
        };
        let finding = Finding::new(UNREADABLE_FILE.name, place, subject, message).help(help);
        // Any edit saves the text as UTF-8.
        Some(match kind {
            FaultKind::OtherEncoding { .. } => finding.fix(Span::at(0), ""),
            FaultKind::SyncCopy { of, .. } => finding.with(of),
            _ => finding,
        })
    });
}

/// Names of files in the folder of the portfolio, beside which others are not read.
const SETTINGS_FILES: [&str; 3] = ["portfolio.yaml", "consents.yaml", "sampling.yaml"];

/// A file or folder of another kind, name or encoding than what is read.
fn word_kind(kind: &FaultKind) -> Option<(String, String)> {
    let words = |message: &str, help: &str| Some((message.to_owned(), help.to_owned()));
    match kind {
        FaultKind::NotUtf8 => words(
            "the file is not text in UTF-8 from here on",
            "save it as plain text in UTF-8",
        ),
        FaultKind::OtherEncoding { name, is_read } => Some((
            if *is_read {
                format!("this file is saved as {name}; it was read, but other programs will show wrong letters")
            } else {
                format!("this file is saved as {name}, and is not read")
            },
            "`ksbfolio check --fix` saves it as UTF-8 (in Notepad: Save as, Encoding, UTF-8)".to_owned(),
        )),
        FaultKind::Link => words(
            "this is a link, and links are not followed: they may lead out of the portfolio",
            "put the file itself here",
        ),
        FaultKind::NotAFile => {
            words("this is not a file, so it cannot be read", "put a plain text file here")
        }
        FaultKind::UnreadableName => words(
            "the name of this file is not UTF-8, so the file is not read",
            "rename it; letters, digits and hyphens work on every computer",
        ),
        FaultKind::Misnamed { meant } if SETTINGS_FILES.contains(meant) => Some((
            format!("this is not read: the file is called {meant}"),
            format!("rename it to {meant}, or delete it if there is one already"),
        )),
        FaultKind::Misnamed { meant } => Some((
            format!("this is not read: {meant} belongs here"),
            "rename it, and put it into portfolio/decisions/ if it is not there; until then nothing counts as accepted"
                .to_owned(),
        )),
        _ => None,
    }
}

/// One of two versions of a text.
fn word_version(kind: &FaultKind, path: &SourcePath) -> Option<(String, String)> {
    let (message, help) = match kind {
        FaultKind::SyncCopy { of, differs } if !is_entry(path) => describe_copy(of, *differs),
        FaultKind::ConflictMarkers { conflicts } => (
            format!(
                "two versions of this text were not merged: {} of git from here on",
                counted(*conflicts, "conflict")
            ),
            "keep one version, and delete the other with the lines <<<<<<<, ======= and >>>>>>>",
        ),
        _ => return None,
    };
    Some((message, help.to_owned()))
}

fn is_entry(path: &SourcePath) -> bool {
    let rest = path.as_str().strip_prefix(ENTRIES);
    rest.is_some_and(|rest| rest.starts_with('/'))
}

/// Something that is too large to be read.
fn word_size(kind: &FaultKind, place: &Place) -> Option<(String, String)> {
    let (message, help) = match kind {
        FaultKind::TooDeep { limit } => (
            format!("more than {limit} folders are nested here; nothing below this one is read"),
            "move its contents further up",
        ),
        FaultKind::TooMany { limit } => (
            format!("more than {limit} files and folders are here; the rest is not read"),
            "move what is not an entry, a decision or evidence out of the portfolio",
        ),
        FaultKind::TooLarge { bytes, limit } => (
            format!("the file has {bytes} bytes; at most {limit} are read"),
            if place.path.as_str().starts_with("portfolio/evidence/") {
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
    };
    Some((message, help.to_owned()))
}

/// A file or folder that is not read because of its ending or its place.
fn word_stray(stray: Stray, place: &Place) -> (String, String) {
    match stray {
        Stray::Text => (
            "this is not read: the name of an entry ends in .md".to_owned(),
            "rename it so that its name ends in .md (Windows: View, File name extensions shows the whole name)"
                .to_owned(),
        ),
        Stray::Document => (
            "this document is not read: an entry is a text whose name ends in .md".to_owned(),
            format!("`ksbfolio import {}` makes an entry of it", shell_word(place.path.shown())),
        ),
        Stray::OldDocument => (
            "this document is not read: an entry is a text whose name ends in .md".to_owned(),
            "begin an entry with `ksbfolio new` and paste its words there, or save it as DOCX and import that"
                .to_owned(),
        ),
        Stray::NoText => word_no_text(&place.path),
        Stray::Shortcut => (
            "this is not read: it is a shortcut to a file, and not the file".to_owned(),
            "put the file itself here (Google Docs: File, Download, Microsoft Word; then import that)"
                .to_owned(),
        ),
        Stray::Archive => (
            "the files in this zip are not read".to_owned(),
            format!(
                "`ksbfolio import {}` makes entries of the documents in it",
                shell_word(place.path.shown())
            ),
        ),
        Stray::Elsewhere => (
            "this text is not read: entries belong in portfolio/entries".to_owned(),
            "move it to portfolio/entries, with a name that ends in .md; until then it counts for nothing"
                .to_owned(),
        ),
        Stray::Folder(meant) => (
            format!("nothing in this folder is read: the folder is called {meant}"),
            format!("move what is in it to {meant}"),
        ),
    }
}

/// A file that is no text, outside the folder of evidence.
fn word_no_text(path: &SourcePath) -> (String, String) {
    let name = path.shown().rsplit('/').next().unwrap_or_default();
    let ending = file_ending(name);
    let is_recording = RECORDINGS.contains(&&*ending);
    let kind = match &*ending {
        "png" | "jpg" | "jpeg" => "picture".to_owned(),
        _ if is_recording => "recording".to_owned(),
        "" => "file".to_owned(),
        ending => format!("{} file", ending.to_uppercase()),
    };
    let message = format!("this {kind} is not read here: files of evidence belong in {EVIDENCE}");
    let is_plain = name
        .chars()
        .all(|sign| sign.is_alphanumeric() || "-_.".contains(sign));
    let shown = if is_plain { name } else { "NAME" };
    let move_it = format!(
        "move it to {EVIDENCE}, and name it in its entry: `attachments: [{{ file: evidence/{shown} }}]`"
    );
    let help = match advise_by_ending(&ending) {
        None => move_it,
        Some(advice) if is_recording => advice.to_owned(),
        Some(advice) => format!("{move_it}. To have it published, {advice}"),
    };
    (message, help)
}

/// Endings of recordings, which are never published.
const RECORDINGS: [&str; 7] = ["mp3", "m4a", "wav", "mp4", "mov", "avi", "webm"];
