//! Identifiers in a text, and the author's answers to findings.

use crate::privacy::{Confidence, Kind, ShownIdentifier, search_shown};
use crate::text::{ShownBlock, Span, Spanned};

/// Text in an entry that can identify a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentifierMatch {
    /// The kind of identifier.
    pub kind: Kind,
    /// How sure that is.
    pub confidence: Confidence,
    /// Its place in the text.
    pub span: Span,
    /// The matched text as it is shown. Must never be shown.
    pub text: Box<str>,
    /// The matched text as it is written, if it differs.
    pub written: Option<Box<str>>,
}

impl IdentifierMatch {
    /// Its forms, for a cover over texts that contain it.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.text).chain(self.written.as_deref())
    }
}

/// Finds identifiers in a text. `days` are dates that the format asks for, which are not dates of
/// an event.
#[must_use]
pub fn find_identifiers_in(text: &str, days: &[Span]) -> Vec<IdentifierMatch> {
    find_identifiers_shown(text, Span::new(0, text.len()), Vec::new(), days).0
}

/// Finds identifiers in a text of which the range `plain` has no markup and all else is in `blocks`, and other
/// words that are names if another entry has them for certain.
#[must_use]
pub fn find_identifiers_shown(
    text: &str,
    plain: Span,
    blocks: Vec<ShownBlock>,
    days: &[Span],
) -> (Vec<IdentifierMatch>, Vec<IdentifierMatch>) {
    let reveal = |one: ShownIdentifier| {
        let written = one.identifier.span.of(text);
        IdentifierMatch {
            kind: one.identifier.kind,
            confidence: one.identifier.confidence,
            span: one.identifier.span,
            written: (*written != *one.text).then(|| written.into()),
            text: one.text,
        }
    };
    let searched = search_shown(text, plain, blocks, days);
    let found = searched.found.into_iter().map(reveal).collect();
    (
        found,
        searched.possible_names.into_iter().map(reveal).collect(),
    )
}

/// A finding that the author has answered.
#[derive(Clone, Debug)]
pub struct Suppression {
    /// The rule.
    pub rule: Spanned<String>,
    /// The reason why it does not apply.
    pub reason: String,
    /// The words that it covers. An answer to a rule on identifiers has no effect without them.
    pub words: Vec<String>,
    /// Where `words` can be inserted; `None` if it has that key.
    pub gap: Option<WordsGap>,
}

/// Where an answer without the key `words` takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordsGap {
    /// The byte of the file.
    pub at: usize,
    /// What separates the key from the one before it.
    pub separator: String,
}

impl Suppression {
    /// Whether it answers this identifier: same rule, and its words include the identifier.
    #[must_use]
    pub fn is_about(&self, one: &IdentifierMatch) -> bool {
        let sought = pad_words(&one.text);
        self.rule.value == one.kind.rule()
            && self
                .words
                .iter()
                .any(|words| pad_words(words).contains(&sought))
    }
}

impl Suppression {
    /// The words of those `found` that its reason names, if it has no words itself. Its author has
    /// decided about them; certain identifiers are answered by hand only.
    #[must_use]
    pub fn words_in_reason<'a>(&self, found: &'a [IdentifierMatch]) -> Vec<&'a str> {
        let reason = pad_words(&self.reason.replace([',', '.', ';', ':', '(', ')'], " "));
        let mut named: Vec<&str> = Vec::new();
        for one in found {
            let is_named = self.rule.value == one.kind.rule()
                && one.confidence == Confidence::Likely
                && reason.contains(&pad_words(&one.text));
            if is_named && self.words.is_empty() && !named.contains(&&*one.text) {
                named.push(&one.text);
            }
        }
        named
    }
}

/// Joins words with single spaces, with one in front and one behind.
pub(super) fn pad_words(words: &str) -> String {
    format!(
        " {} ",
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    )
}
