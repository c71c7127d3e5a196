//! Words by which authors hold an entry back that are not keys here: those of other programs, and
//! plain English.

use std::collections::HashSet;

use super::decode::{Decoder, Table};
use super::draft_entry::DraftEntry;
use super::yaml::{self, Node, Value};
use crate::diagnostic::{FaultKind, Place};
use crate::model::{Status, Visibility};
use crate::text::{SourcePath, Span, nearest, words};

/// How an entry is held back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Draft,
    Private,
}

impl Holds {
    /// Our key and value for an entry that is not held back, and for one that is.
    fn ours(self) -> [&'static str; 2] {
        match self {
            Self::Draft => ["status: submitted", "status: draft"],
            Self::Private => ["visibility: assessor", "visibility: private"],
        }
    }
}

use Holds::{Draft, Private};

/// Words that hold an entry back, as a key or as a value. Any value but a plain no holds it back.
const HOLDING: [(&str, Holds); 24] = [
    ("draft", Draft),
    ("unpublish", Draft),
    ("unfinished", Draft),
    ("incomplete", Draft),
    ("unsubmitted", Draft),
    ("inprogress", Draft),
    ("exclude", Draft),
    ("withdrawn", Draft),
    ("never", Draft),
    ("expir", Draft),
    ("embargo", Draft),
    ("wip", Draft),
    ("todo", Draft),
    ("private", Private),
    ("hidden", Private),
    ("hide", Private),
    ("unlisted", Private),
    ("confidential", Private),
    ("secret", Private),
    ("sensitive", Private),
    ("restricted", Private),
    ("noindex", Private),
    ("nobody", Private),
    ("onlyme", Private),
];

/// Keys that show an entry. Any value but a plain yes holds it back: a date, for example, may be in
/// the future.
const SHOWING: [(&str, Holds); 13] = [
    ("publi", Draft),
    ("submit", Draft),
    ("finish", Draft),
    ("complete", Draft),
    ("handedin", Draft),
    ("ready", Draft),
    ("final", Draft),
    ("render", Draft),
    ("live", Draft),
    ("share", Private),
    ("shared", Private),
    ("visible", Private),
    ("listed", Private),
];

/// Longer values are prose, and are not searched.
const LONGEST: usize = 40;

/// Makes an entry a draft, or private, if its author has marked it so in other words.
pub(super) fn apply(draft: &mut DraftEntry, decoder: &mut Decoder<'_>, table: &Table<'_>) {
    let unknown: HashSet<Span> = table.unknown().map(|key| key.span).collect();
    for (key, node) in table.pairs().filter(|(key, _)| unknown.contains(&key.span)) {
        let Some((holds, shown)) = classify(&key.value, node, decoder) else {
            continue;
        };
        decoder.suggest(key.span, holds.ours()[usize::from(!shown)]);
        match holds {
            _ if shown => {}
            Draft => draft.front_matter.status = Status::Draft,
            Private => draft.front_matter.visibility = Visibility::Private,
        }
    }
}

/// How a key may hold an entry back, and whether its value says that it does not; `None` if it has
/// another subject.
fn classify(key: &str, node: &Node, decoder: &Decoder<'_>) -> Option<(Holds, bool)> {
    let typed = yaml::typed(node, decoder.source()).map(|typed| typed.value.trim().to_lowercase());
    let is = |words: &[&str]| typed.as_deref().is_some_and(|typed| words.contains(&typed));
    let held = |holds| Some((holds, is(&["false", "no", "off", "0"])));
    if let Some(holds) = find_word(key, &HOLDING) {
        return held(holds);
    }
    if let Some(holds) = find_word(key, &SHOWING) {
        // `public` is about the audience, `published` about the status.
        let holds = if key.eq_ignore_ascii_case("public") {
            Private
        } else {
            holds
        };
        return Some((holds, is(&["true", "yes", "on", "1"])));
    }
    if let Some(holds) = find_near_word(key) {
        return held(holds);
    }
    match &node.value {
        Value::Table(pairs) => pairs.iter().find_map(|(key, node)| {
            let key = yaml::typed(key, decoder.source())?;
            classify(&key.value, node, decoder)
        }),
        Value::List(items) => items.iter().find_map(|item| classify("", item, decoder)),
        _ => {
            let value = typed.filter(|typed| typed.chars().count() <= LONGEST)?;
            find_word(&value, &HOLDING).map(|holds| (holds, false))
        }
    }
}

/// Whether a key is nearly one of the longer holding words.
fn find_near_word(key: &str) -> Option<Holds> {
    let word = nearest(
        key,
        HOLDING
            .iter()
            .map(|(word, _)| *word)
            .filter(|word| word.len() > 4),
    )?;
    HOLDING
        .iter()
        .find(|(one, _)| *one == word)
        .map(|(_, holds)| *holds)
}

/// The meaning of the first of these words in a text. Short words match only whole words: `wip`,
/// but not `wiped`.
fn find_word(typed: &str, list: &[(&str, Holds)]) -> Option<Holds> {
    let mut apart = String::with_capacity(typed.len());
    let mut was_small = false;
    for letter in typed.chars() {
        // `isDraft` is two words.
        if was_small && letter.is_uppercase() {
            apart.push(' ');
        }
        was_small = letter.is_lowercase();
        apart.extend(letter.to_lowercase());
    }
    let parts: Vec<&str> = words(&apart).map(|part| part.text).collect();
    let joined = parts.concat();
    let has = |word: &str| {
        if word.len() > 5 {
            joined.contains(word)
        } else {
            parts.iter().any(|one| matches_word(one, word))
        }
    };
    list.iter()
        .find(|(word, _)| has(word))
        .map(|(_, holds)| *holds)
}

/// Whether a word is a short one of the list, or begins with one that is a stem.
fn matches_word(one: &str, word: &str) -> bool {
    const STEMS: [&str; 4] = ["draft", "publi", "expir", "share"];
    one == word || one == format!("is{word}") || (STEMS.contains(&word) && one.starts_with(word))
}

/// Makes an entry a draft if its folder is named as one.
pub(super) fn apply_folder(draft: &mut DraftEntry) -> Option<crate::diagnostic::Fault> {
    let name = find_draft_folder(&draft.path)?.to_owned();
    let was = std::mem::replace(&mut draft.front_matter.status, Status::Draft);
    let kind = FaultKind::DraftFolder { name };
    (was == Status::Submitted).then(|| crate::diagnostic::Fault {
        place: Place::new(&draft.path, draft.front_matter.place),
        kind,
    })
}

/// Names of folders for unfinished entries. Names that begin with `_` are others.
const DRAFT_FOLDERS: [&str; 5] = ["draft", "drafts", "wip", "unfinished", "unpublished"];

fn find_draft_folder(path: &SourcePath) -> Option<&str> {
    let below = path.as_str().strip_prefix("portfolio/entries/")?;
    let (folders, _) = below.rsplit_once('/')?;
    let is_named = |name: &str| {
        DRAFT_FOLDERS
            .iter()
            .any(|folder| name.eq_ignore_ascii_case(folder))
    };
    folders
        .split('/')
        .find(|name| name.starts_with('_') || is_named(name))
}
