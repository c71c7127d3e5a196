//! Reads files about the whole portfolio with identifiers covered.

use super::decode::Decoder;
use super::parsed::Parsed;
use crate::model::{IdentifierMatch, find_identifiers_in};
use crate::privacy::Mask;
use crate::text::{Source, Span};

/// Reads a file, and if it has identifiers, once more with these covered. So no page, report or
/// pack can show them.
pub(super) fn read_guarded<T>(
    source: &Source,
    read: impl Fn(&mut Decoder<'_>) -> T,
) -> (Parsed<T>, Vec<IdentifierMatch>) {
    let mut decoder = Decoder::recording(source);
    let value = read(&mut decoder);
    let found = find_identifiers(source, &decoder);
    if found.is_empty() {
        return (
            Parsed {
                value,
                faults: decoder.faults,
            },
            found,
        );
    }
    let mut decoder = Decoder::covering(source, build_cover(&found));
    let value = read(&mut decoder);
    (
        Parsed {
            value,
            faults: decoder.faults,
        },
        found,
    )
}

/// Finds identifiers in the source and in its values: escapes, quotes and the words of a key, such as
/// `code`, can hide them in the source.
fn find_identifiers(source: &Source, decoder: &Decoder<'_>) -> Vec<IdentifierMatch> {
    let mut found = find_identifiers_in(&source.text, &decoder.neutral);
    for text in &decoder.texts {
        let is_neutral = decoder.neutral.iter().any(|span| span.overlaps(text.span));
        if is_neutral {
            continue;
        }
        let here = find_identifiers_in(&text.value, &[]).into_iter();
        let is_as_written = text.span.of(&source.text) == text.value;
        let place = |one: IdentifierMatch| IdentifierMatch {
            span: if is_as_written {
                one.span.shifted(text.span.start)
            } else {
                text.span
            },
            ..one
        };
        let known: Vec<Span> = found.iter().map(|one| one.span).collect();
        found.extend(
            here.map(place)
                .filter(|one| !known.iter().any(|span| span.overlaps(one.span))),
        );
    }
    found
}

/// A cover over the identifiers found, also in values that join their lines.
fn build_cover(found: &[IdentifierMatch]) -> Mask {
    let folded = found
        .iter()
        .map(|one| one.text.split_whitespace().collect::<Vec<_>>().join(" "));
    let folded: Vec<String> = folded.collect();
    Mask::new(
        found
            .iter()
            .map(|one| &*one.text)
            .chain(folded.iter().map(String::as_str)),
    )
}
