//! Identifiers in a text, and the author's answers to findings.

use crate::privacy::{Confidence, Identifier, Kind, identifiers};
use crate::text::{Span, Spanned};

/// Something in an entry's text that identifies somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revealed {
    /// What it is.
    pub kind: Kind,
    /// How sure that is.
    pub confidence: Confidence,
    /// Where it stands.
    pub span: Span,
    /// The very signs: never to be shown.
    pub text: Box<str>,
}

/// What in a text identifies somebody. `days` are those that the format asks for, and are none of an event.
#[must_use]
pub fn revealed(text: &str, days: &[Span]) -> Vec<Revealed> {
    let reveal = |one: Identifier| Revealed {
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
    /// Why it does not apply.
    pub reason: String,
    /// The words that it is about, for rules on identifiers: without them such an answer has no effect.
    pub words: Vec<String>,
}

impl Suppression {
    /// Whether it answers one identifier: same rule, and the identifier is among the words it names.
    #[must_use]
    pub fn is_about(&self, one: &Revealed) -> bool {
        let sought = folded(&one.text);
        self.rule.value == one.kind.rule()
            && self
                .words
                .iter()
                .any(|words| folded(words).contains(&sought))
    }
}

/// Words with single spaces between and around them.
pub fn folded(words: &str) -> String {
    format!(
        " {} ",
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    )
}
