//! The wording of standards as it was: what decisions were made under.
//!
//! The digest of a standard's wording is the SHA-256, written as `sha256:` and 64 digits, of these
//! lines: `ksbfolio standard 1`; its id; and for each criterion, sorted by code, its code, the id
//! of its kind and the SHA-256 of its words, each as its length in bytes, a colon, its text and a
//! comma. The words are those of [`plain_words`]; `unknown` takes the place of the hash of words
//! that the source does not give. So neither prompts nor line ends change the digest, and every
//! other code, kind or wording does.

use std::fmt::Write;

use jiff::civil::Date;

use super::{Code, Criterion, Known, Standard, StandardMap};
use crate::text::{natural, plain_words, sha256_hex};

/// `portfolio/standards.lock`: the standards that decisions were made under.
#[derive(Clone, Debug, Default)]
pub struct StandardsLock {
    /// The versions on record, oldest first for each id.
    pub records: Vec<LockedStandard>,
    /// The standards of the portfolio as they are now, in the order of the catalogue.
    pub current: Vec<LockedStandard>,
    /// Maps from one version to the next.
    pub maps: Vec<StandardMap>,
    /// Whether a part of the file could not be read.
    pub is_unreadable: bool,
}

/// One version of a standard: its statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedStandard {
    /// The id of the standard.
    pub id: String,
    /// The awarding body's version.
    pub version: Known<String>,
    /// The day on which it was recorded; `None` if it is not on record.
    pub recorded: Option<Date>,
    /// SHA-256 of its file, with `\n` as line ends.
    pub file: String,
    /// The digest of its wording, which decision files name.
    pub digest: String,
    /// The statements, sorted by code.
    pub statements: Vec<LockedStatement>,
}

/// One statement of a recorded standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedStatement {
    /// Its code.
    pub code: String,
    /// The id of its kind.
    pub kind: String,
    /// The publisher's id.
    pub guid: Known<String>,
    /// Its words, as [`plain_words`] returns them.
    pub words: Known<String>,
}

impl LockedStatement {
    /// The SHA-256 of the words, or `unknown`.
    #[must_use]
    pub fn hash(&self) -> String {
        match &self.words {
            Known::Known(words) => format!("sha256:{}", sha256_hex(words.as_bytes())),
            Known::Unknown => "unknown".to_owned(),
        }
    }
}

impl LockedStandard {
    /// A standard as it is now.
    #[must_use]
    pub fn of(standard: &Standard) -> Self {
        let statement = |criterion: &Criterion| LockedStatement {
            code: criterion.code.value.to_string(),
            kind: standard.kind_of(criterion).id.clone(),
            guid: criterion.guid.clone(),
            words: match &criterion.text {
                Known::Known(text) => Known::Known(plain_words(text)),
                Known::Unknown => Known::Unknown,
            },
        };
        let statements: Vec<LockedStatement> = standard.criteria.iter().map(statement).collect();
        Self::new(&standard.id.value, statements, standard)
    }

    fn new(id: &str, mut statements: Vec<LockedStatement>, standard: &Standard) -> Self {
        statements.sort_by(|a, b| natural(&a.code, &b.code));
        Self {
            id: id.to_owned(),
            version: standard.standard_version.clone(),
            recorded: None,
            file: standard.file_digest.clone(),
            digest: digest_of(id, &statements),
            statements,
        }
    }

    /// The statement with a code, in any spelling.
    #[must_use]
    pub fn statement(&self, code: &str) -> Option<&LockedStatement> {
        let exact = self.statements.iter().find(|one| one.code == code);
        exact.or_else(|| {
            let folded = Code::fold(code);
            self.statements
                .iter()
                .find(|one| Code::fold(&one.code) == folded)
        })
    }
}

/// The digest of statements that are sorted by code.
#[must_use]
pub fn digest_of(id: &str, statements: &[LockedStatement]) -> String {
    let mut text = format!("ksbfolio standard 1\n{id}\n");
    for one in statements {
        for field in [&one.code, &one.kind, &one.hash()] {
            // Writing to a string cannot fail.
            let _ = write!(text, "{}:{field},", field.len());
        }
        text.push('\n');
    }
    format!("sha256:{}", sha256_hex(text.as_bytes()))
}

impl StandardsLock {
    /// The version of a standard with a digest: as it is now, or on record.
    #[must_use]
    pub fn find(&self, id: &str, digest: &str) -> Option<&LockedStandard> {
        let mut all = self.current.iter().chain(&self.records);
        all.find(|one| one.id == id && one.digest == digest)
    }

    /// The version of a standard that was in force on a day: the last one recorded by then.
    #[must_use]
    pub fn in_force(&self, id: &str, day: Date) -> Option<&LockedStandard> {
        let recorded =
            |one: &&LockedStandard| one.id == id && one.recorded.is_some_and(|on| on <= day);
        self.records.iter().rev().find(recorded)
    }

    /// The maps that lead from a version to the standard at an index as it is now, in order; `None`
    /// if there are none.
    #[must_use]
    pub fn path(&self, standard: usize, digest: &str) -> Option<Vec<&StandardMap>> {
        let current = &self.current[standard];
        let mut path: Vec<&StandardMap> = Vec::new();
        let mut at = digest;
        while at != current.digest {
            let leads = |map: &&StandardMap| map.standard.value == current.id && map.from == at;
            let next = self.maps.iter().find(leads)?;
            if path.len() > self.maps.len() {
                return None;
            }
            path.push(next);
            at = &next.to;
        }
        (!path.is_empty()).then_some(path)
    }

    /// Whether entries are to be rewritten by a map: it leads to the present version, and the codes
    /// in entries are those of its old one.
    #[must_use]
    pub fn is_due(&self, map: &StandardMap) -> bool {
        let mut current = self.current.iter();
        let is_own = |other: &&StandardMap| other.standard.value == map.standard.value;
        let mut before = self.maps.iter().filter(is_own);
        !map.applied
            && current.any(|one| one.id == map.standard.value && one.digest == map.to)
            && !before.any(|other| !other.applied && other.to == map.from)
    }

    /// The standards as they are now that are not the last on record, each with the day.
    #[must_use]
    pub fn unrecorded(&self, day: Date) -> Vec<LockedStandard> {
        let is_new = |one: &&LockedStandard| {
            let mut of_id = self.records.iter().rev().filter(|known| known.id == one.id);
            of_id.next().is_none_or(|last| last.digest != one.digest)
        };
        let dated = |one: &LockedStandard| LockedStandard {
            recorded: Some(day),
            ..one.clone()
        };
        self.current.iter().filter(is_new).map(dated).collect()
    }
}
