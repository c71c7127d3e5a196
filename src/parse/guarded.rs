//! Files about the whole portfolio, read like an entry for what identifies somebody: what is found never becomes a value.

use super::decode::Decoder;
use super::parsed::Parsed;
use crate::model::{Revealed, revealed};
use crate::privacy::Cover;
use crate::text::{Source, Span};

/// Reads a file; a second time without what identifies somebody, if there is any. So no page, report or pack can show
/// it, whatever it makes of the values.
pub fn guarded<T>(
    source: &Source,
    read: impl Fn(&mut Decoder<'_>) -> T,
) -> (Parsed<T>, Vec<Revealed>) {
    let mut decoder = Decoder::recording(source);
    let value = read(&mut decoder);
    let found = found_in(source, &decoder);
    if found.is_empty() {
        return (
            Parsed {
                value,
                faults: decoder.faults,
            },
            found,
        );
    }
    let mut decoder = Decoder::covering(source, cover_over(&found));
    let value = read(&mut decoder);
    (
        Parsed {
            value,
            faults: decoder.faults,
        },
        found,
    )
}

/// What identifies somebody in the file as it is written, and in its values: escapes and quotes hide what is typed.
fn found_in(source: &Source, decoder: &Decoder<'_>) -> Vec<Revealed> {
    let mut found = revealed(&source.text, &decoder.neutral);
    for text in &decoder.texts {
        let is_neutral = decoder.neutral.iter().any(|span| span.overlaps(text.span));
        if is_neutral || text.span.of(&source.text) == text.value {
            continue;
        }
        let here = revealed(&text.value, &[]).into_iter();
        let place = |one: Revealed| Revealed {
            span: text.span,
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

/// A cover over these, also where a value has them on one line.
fn cover_over(found: &[Revealed]) -> Cover {
    let folded = found
        .iter()
        .map(|one| one.text.split_whitespace().collect::<Vec<_>>().join(" "));
    let folded: Vec<String> = folded.collect();
    Cover::new(
        found
            .iter()
            .map(|one| &*one.text)
            .chain(folded.iter().map(String::as_str)),
    )
}
