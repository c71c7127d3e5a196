//! Identifiers in a text, and the author's answers to findings.

use crate::privacy::{Confidence, Identifier, Kind, identifiers};
use crate::text::{Span, Spanned};

/// Text in an entry that can identify a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentifierMatch {
    /// The kind of identifier.
    pub kind: Kind,
    /// How sure that is.
    pub confidence: Confidence,
    /// Its place in the text.
    pub span: Span,
    /// The matched text. Must never be shown.
    pub text: Box<str>,
}

/// Finds identifiers in a text. `days` are dates that the format asks for, which are not dates of
/// an event.
#[must_use]
pub fn find_identifiers_in(text: &str, days: &[Span]) -> Vec<IdentifierMatch> {
    let reveal = |one: Identifier| IdentifierMatch {
        kind: one.kind,
        confidence: one.confidence,
        span: one.span,
        text: one.span.of(text).into(),
    };
    identifiers(text, days).into_iter().map(reveal).collect()
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
