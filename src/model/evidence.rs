//! Files of evidence, and what is known of what they carry.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::folded;
use super::{Audience, Entry, Suppression};
use crate::document::{Carried, Part, Refusal, Sort};
use crate::privacy::{Confidence, Kind, identifiers};
use crate::text::{SourcePath, short_hash};

/// Files under `portfolio/evidence`, by path from the workspace's root.
pub type Evidence = BTreeMap<SourcePath, EvidenceFile>;

/// A file of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceFile {
    /// Its SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// What it carries, or why that cannot be said; none where it is of no kind that is looked into.
    pub inside: Option<Result<Inside, Refusal>>,
}

/// What a picture or document carries, without a word of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inside {
    /// What there is.
    pub carried: Carried,
    /// What in its texts identifies somebody, each once.
    pub identifiers: BTreeSet<InFile>,
}

/// An identifier in a file, without its words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct InFile {
    /// Where in the file.
    pub part: Part,
    /// Its kind.
    pub kind: Kind,
    /// How certain it is.
    pub confidence: Confidence,
    /// A hash of its words, to recognise an answer that names them.
    pub words: String,
}

impl InFile {
    fn hash(words: &str) -> String {
        short_hash(&folded(words), 16)
    }
}

impl Inside {
    /// Looks at what was found and keeps no text of it.
    #[must_use]
    pub fn of(carried: Carried) -> Self {
        let mut found = BTreeSet::new();
        for (part, text) in carried.texts() {
            let here = identifiers(text, &[]).into_iter();
            found.extend(here.map(|one| InFile {
                part,
                kind: one.kind,
                confidence: one.confidence,
                words: InFile::hash(one.span.of(text)),
            }));
        }
        Self {
            carried: carried.without_texts(),
            identifiers: found,
        }
    }
}

/// Why a document stays with the learner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// It cannot be read to its end.
    Unread(Refusal),
    /// It carries something that nobody has answered for.
    Carries(Sort),
    /// Something in it identifies somebody.
    Identifies(Kind),
}

impl Entry {
    /// Whether its author has answered a rule with a reason. Rules on identifiers are asked by `answers_for`.
    #[must_use]
    pub fn answers(&self, rule: &str) -> bool {
        self.suppressions
            .iter()
            .any(|suppression| suppression.rule.value == rule)
    }

    /// Why a document of this entry is not published for an audience; `None` if it may be.
    ///
    /// The original is published as it is, so its author has to answer for each sort of content that does not show,
    /// and for what identifies somebody in any part of it, its properties among them. No answer publishes macros or scripts.
    #[must_use]
    pub fn keeps(&self, inside: &Result<Inside, Refusal>, audience: Audience) -> Option<Keeping> {
        let inside = match inside {
            Ok(inside) => inside,
            Err(refusal) => return Some(Keeping::Unread(*refusal)),
        };
        let answered = |sort: Sort| sort.is_answerable() && self.answers(sort.rule());
        let mut sorts = Sort::HOLDING.into_iter();
        let sort = sorts.find(|&sort| inside.carried.of(sort).next().is_some() && !answered(sort));
        let identifies = || {
            let mut found = inside.identifiers.iter();
            found.find(|one| {
                audience.must_not_see(one.kind, one.confidence) && !self.answers_in_file(one)
            })
        };
        sort.map(Keeping::Carries)
            .or_else(|| identifies().map(|one| Keeping::Identifies(one.kind)))
    }

    /// Whether an answer names the words of an identifier in one of its files.
    #[must_use]
    pub fn answers_in_file(&self, one: &InFile) -> bool {
        self.suppressions
            .iter()
            .any(|answer| answer.is_about_file(one))
    }
}

impl Suppression {
    /// Whether it names the words of an identifier in a file: exactly, as the file's words are not kept.
    #[must_use]
    pub fn is_about_file(&self, one: &InFile) -> bool {
        self.rule.value == one.kind.rule()
            && self
                .words
                .iter()
                .any(|words| InFile::hash(words) == one.words)
    }
}
