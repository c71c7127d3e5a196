//! Evidence files and their contents.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::pad_words;
use super::{Audience, Entry, Suppression};
use crate::document::{ContentClass, Contents, Part, Refusal};
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
    /// The result of inspecting it; `None` if its type is not inspected.
    pub inside: Option<Result<Inspection, Refusal>>,
}

/// The contents of a picture or document, without any of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// The content found, by sort.
    pub carried: Contents,
    /// Identifiers in its texts, each once.
    pub identifiers: BTreeSet<FileIdentifier>,
}

/// An identifier in a file, without its words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileIdentifier {
    /// The part of the file.
    pub part: Part,
    /// Its kind.
    pub kind: Kind,
    /// How certain it is.
    pub confidence: Confidence,
    /// A hash of its words, to recognise an answer that names them.
    pub words: String,
}

impl FileIdentifier {
    fn hash(words: &str) -> String {
        short_hash(&pad_words(words), 16)
    }
}

impl Inspection {
    /// Searches the texts for identifiers, and drops them.
    #[must_use]
    pub fn of(carried: Contents) -> Self {
        let mut found = BTreeSet::new();
        for (part, text) in carried.texts() {
            let here = identifiers(text, &[]).into_iter();
            found.extend(here.map(|one| FileIdentifier {
                part,
                kind: one.kind,
                confidence: one.confidence,
                words: FileIdentifier::hash(one.span.of(text)),
            }));
        }
        Self {
            carried: carried.without_texts(),
            identifiers: found,
        }
    }
}

/// Why a document is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WithholdingReason {
    /// It cannot be inspected completely.
    Unread(Refusal),
    /// It has content that the author has not answered for.
    Carries(ContentClass),
    /// It has an identifier.
    Identifies(Kind),
}

impl Entry {
    /// Whether its author has answered a rule with a reason. For rules on identifiers use
    /// `answers_for`.
    #[must_use]
    pub fn answers(&self, rule: &str) -> bool {
        self.front_matter
            .suppressions
            .iter()
            .any(|suppression| suppression.rule.value == rule)
    }

    /// Why a document of this entry is not published for an audience; `None` if it may be.
    ///
    /// The original is published as it is, so its author has to answer for each sort of hidden
    /// content, and for identifiers in any part of it, properties included. No answer publishes
    /// macros or scripts.
    #[must_use]
    pub fn withholding_reason(
        &self,
        inside: &Result<Inspection, Refusal>,
        audience: Audience,
    ) -> Option<WithholdingReason> {
        let inside = match inside {
            Ok(inside) => inside,
            Err(refusal) => return Some(WithholdingReason::Unread(*refusal)),
        };
        let answered = |sort: ContentClass| sort.is_answerable() && self.answers(sort.rule());
        let mut sorts = ContentClass::HOLDING.into_iter();
        let sort = sorts.find(|&sort| inside.carried.of(sort).next().is_some() && !answered(sort));
        let has_identifier = || {
            let mut found = inside.identifiers.iter();
            found.find(|one| {
                audience.must_not_see(one.kind, one.confidence) && !self.answers_in_file(one)
            })
        };
        sort.map(WithholdingReason::Carries)
            .or_else(|| has_identifier().map(|one| WithholdingReason::Identifies(one.kind)))
    }

    /// Whether an answer names the words of an identifier in one of its files.
    #[must_use]
    pub fn answers_in_file(&self, one: &FileIdentifier) -> bool {
        self.front_matter
            .suppressions
            .iter()
            .any(|answer| answer.is_about_file(one))
    }
}

impl Suppression {
    /// Whether it names the words of an identifier in a file. They must match exactly, because the
    /// file's words are not kept.
    #[must_use]
    pub fn is_about_file(&self, one: &FileIdentifier) -> bool {
        self.rule.value == one.kind.rule()
            && self
                .words
                .iter()
                .any(|words| FileIdentifier::hash(words) == one.words)
    }
}
