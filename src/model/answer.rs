//! Identifiers in a text, and the author's answers to findings.

use crate::privacy::{Confidence, Kind, ShownIdentifier, shown_identifiers};
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
    find_identifiers_shown(text, Span::new(0, text.len()), &[], days)
}

/// Finds identifiers in a text of which the range `plain` has no markup and all else is in `blocks`.
#[must_use]
pub fn find_identifiers_shown(
    text: &str,
    plain: Span,
    blocks: &[ShownBlock],
    days: &[Span],
) -> Vec<IdentifierMatch> {
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
    let found = shown_identifiers(text, plain, blocks, days);
    found.into_iter().map(reveal).collect()
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

/// Joins words with single spaces, with one in front and one behind.
pub(super) fn pad_words(words: &str) -> String {
    format!(
        " {} ",
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    )
}
