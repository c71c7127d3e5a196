//! The words of an assessor, with identifiers masked.

use crate::model::{IdentifierMatch, find_identifiers_in};
use crate::parse::DraftDecisions;
use crate::privacy::Mask;
use crate::text::{Source, Spanned};

/// The feedback of a decision, as it may be shown.
#[derive(Debug)]
pub(super) struct MaskedFeedback {
    /// The words.
    pub words: String,
    /// The identifiers in them, with spans in the file.
    pub identifiers: Vec<IdentifierMatch>,
}

/// Masks the feedback of each decision of a file; `None` for decisions without feedback.
pub(super) fn mask_feedback(
    source: &Source,
    draft: Option<&DraftDecisions>,
) -> Vec<Option<MaskedFeedback>> {
    let decisions = draft.map_or(&[][..], |draft| &draft.decisions).iter();
    decisions
        .map(|decision| Some(mask_words(source, decision.feedback.as_ref()?)))
        .collect()
}

/// Masks the identifiers in the text of the file, and those in its value: YAML escapes hide
/// identifiers in the text, and they show in the value.
fn mask_words(source: &Source, feedback: &Spanned<String>) -> MaskedFeedback {
    let part = feedback.span;
    let mut identifiers = find_identifiers_in(part.of(&source.text), &[]);
    for one in &mut identifiers {
        one.span = one.span.shifted(part.start);
    }
    let words = Mask::new(identifiers.iter().map(|one| &*one.text)).over(&feedback.value);
    let shown = find_identifiers_in(&words, &[]);
    MaskedFeedback {
        words: Mask::new(shown.iter().map(|one| &*one.text)).over(&words),
        identifiers,
    }
}
