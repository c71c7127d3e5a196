//! The title of an imported entry, and its text: its front matter before its body.

use std::collections::BTreeSet;
use std::fmt::Write;

use jiff::civil::Date;

use crate::model::{EntryType, Word};
use crate::privacy::has_identifier;
use crate::report::quoted;
use crate::text::{capitalised, slug};

/// The title of a document whose own may identify a person.
const PLAIN_TITLE: &str = "Imported document";

/// What the front matter of an imported entry says.
pub(super) struct EntryHead<'a> {
    pub(super) title: &'a str,
    pub(super) date: Date,
    pub(super) kind: EntryType,
    pub(super) model: Option<&'a str>,
    pub(super) id: &'a str,
    /// The SHA-256 of the file that it was made from.
    pub(super) imported: &'a str,
    /// Codes in the text, which are offered and not claimed.
    pub(super) codes: &'a [String],
    /// Lines of front matter that it had before.
    pub(super) own_keys: Option<&'a str>,
    /// Paths of pictures below `portfolio/`, and their descriptions.
    pub(super) pictures: &'a [String],
    pub(super) alts: &'a [String],
}

/// The text of an entry, with the status `draft`.
pub(super) fn entry_text(head: &EntryHead<'_>, body: &str) -> String {
    let mut out = format!("---\ntitle: {}\ndate: {}\n", quoted(head.title), head.date);
    // Writing to a string cannot fail, here and below.
    match head.own_keys {
        Some(own) => {
            let _ = write!(out, "status: draft\nid: {}\n{own}", head.id);
        }
        None => write_keys(head, &mut out),
    }
    let _ = writeln!(out, "imported: sha256:{}", head.imported);
    if head.own_keys.is_none() {
        write_attachments(head, &mut out);
    }
    let _ = write!(out, "---\n\n{}\n", body.trim());
    out
}

fn write_keys(head: &EntryHead<'_>, out: &mut String) {
    let _ = writeln!(out, "type: {}", head.kind.word());
    if let Some(model) = head.model {
        let _ = writeln!(out, "model: {model}");
    }
    let _ = writeln!(
        out,
        "status: draft                 # submitted, when it is ready to be assessed"
    );
    let _ = writeln!(out, "id: {}", head.id);
    let codes = head.codes.join(", ");
    let _ = match head.codes {
        [] => writeln!(out, "ksbs: []"),
        _ => writeln!(
            out,
            "ksbs: []                      # in the text: {codes}. Add those that it shows."
        ),
    };
    let _ = writeln!(
        out,
        "anonymised: false             # true, if no person can be recognised in it"
    );
}

/// Writes the pictures, each once. No consent is claimed for any.
fn write_attachments(head: &EntryHead<'_>, out: &mut String) {
    let mut written = BTreeSet::new();
    for (path, alt) in head.pictures.iter().zip(head.alts) {
        if path.is_empty() || !written.insert(path) {
            continue;
        }
        if written.len() == 1 {
            out.push_str("attachments:\n");
        }
        let _ = match alt.as_str() {
            "" => writeln!(out, "  - {{ file: {path} }}"),
            alt => writeln!(out, "  - {{ file: {path}, alt: {} }}", quoted(alt)),
        };
    }
}

/// The title of a document, or the name of its file, if it identifies no person.
pub(super) fn choose_title(title: Option<&str>, name: &str) -> String {
    let from_name = title_of_name(name);
    let mut offered = title.into_iter().chain([from_name.as_str()]);
    let is_clean = |title: &&str| {
        !title.trim().is_empty() && !has_identifier(title) && !has_identifier(&slug(title))
    };
    let chosen = offered.find(is_clean).unwrap_or(PLAIN_TITLE);
    chosen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The endings of files that are read.
pub(super) const READ: [&str; 12] = [
    ".docx",
    ".docm",
    ".dotx",
    ".dotm",
    ".odt",
    ".ott",
    ".txt",
    ".text",
    ".md",
    ".markdown",
    ".mdown",
    ".mkd",
];

/// A title from the name of a file, without endings and what programs add.
fn title_of_name(name: &str) -> String {
    let mut stem = name.rsplit('/').next().unwrap_or(name);
    while let Some(ending) = READ
        .iter()
        .find(|ending| stem.to_lowercase().ends_with(*ending))
    {
        stem = &stem[..stem.len() - ending.len()];
    }
    let words = stem.replace(['_', '-'], " ");
    let mut words: Vec<&str> = words.split_whitespace().collect();
    // Notion puts the id of a page after its name.
    let is_id = |word: &str| word.len() == 32 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_copy = |word: &str| word.starts_with('(') && word.ends_with(')') && word.len() < 5;
    while words
        .last()
        .is_some_and(|word| is_id(word) || is_copy(word))
    {
        words.pop();
    }
    capitalised(&words.join(" "))
}
