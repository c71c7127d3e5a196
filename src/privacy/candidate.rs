//! Candidates for a name: where a name begins and ends, and what looks like a name and is not one.

use super::block::{Block, Shape, Token, ends_sentence};
use super::given::without_possessive;
use super::lists::List;
use super::rare_words::RareWords;
use crate::text::Span;

/// Whether a token can be a name by its form.
pub(super) fn is_name(token: &Token<'_>) -> bool {
    if token.shape != Shape::Title {
        return false;
    }
    let second = token.text.chars().nth(1);
    let is_small = second.is_some_and(|letter| letter.is_lowercase() || "'’".contains(letter));
    let is_contracted = || {
        token.text.contains('\'')
            && ["'d", "'ll", "'ve", "'re", "n't"]
                .iter()
                .any(|end| token.text.ends_with(end))
    };
    is_small && !is_contracted() && !token.is(List::NotAName)
}

/// The last token of the name that begins at `first`: further names, particles, hyphens.
pub(super) fn last_of_name(block: &Block<'_>, first: usize) -> usize {
    /// The greatest number of tokens of a name.
    const LONGEST: usize = 10;
    let mut last = first;
    while let Some(next) = block.get(last + 1).filter(|_| last - first < LONGEST) {
        let gap = block.gap(last + 1);
        let is_particle =
            next.is(&["de", "van", "von", "la", "del", "al", "bin", "der"]) && gap == " ";
        let has_name_after = block.get(last + 2).is_some_and(is_name) && block.gap(last + 2) == " ";
        if is_particle && has_name_after {
            last += 2;
        } else if is_name(next) && [" ", "-"].contains(&gap) && last - first < 3 {
            last += 1;
        } else {
            break;
        }
    }
    last
}

/// The range of a name without a possessive `'s`.
pub(super) fn span_of_name(block: &Block<'_>, first: usize, last: usize) -> Span {
    let span = block.span(first, last);
    let bare = without_possessive(block.slice(span));
    Span::new(span.start, span.start + bare.len())
}

/// The last token of the name of a person that begins at `first`; `None` if it is not one.
pub(super) fn find_person(block: &Block<'_>, first: usize) -> Option<usize> {
    let name = block.get(first)?;
    let gap = block.gap(first);
    let is_shouted = name.shape == Shape::Capitals
        && name.text.len() > 3
        && block.is_joined_by(first + 1, &[", "]);
    if !(is_name(name) || is_shouted) || ends_sentence(gap) {
        return None;
    }
    let last = last_of_name(block, first + usize::from(is_shouted));
    let is_thing = block.gap(last + 1).contains('&') || name.text.ends_with("tion");
    (!is_thing && is_person(block, first, last)).then_some(last)
}

/// Whether capitalised tokens can be a person: not an author, not an organisation, and not followed
/// by another capitalised token.
pub(super) fn is_person(block: &Block<'_>, first: usize, last: usize) -> bool {
    let goes_on = block
        .get(last + 1)
        .is_some_and(|next| next.shape != Shape::Small && next.shape != Shape::Number)
        && block.gap(last + 1) == " ";
    !goes_on
        && !is_author(block, last)
        && !is_organisation(block, first, last)
        && !is_reference(block, first)
}

/// Whether a name is an author's or an inventor's: a year, "et al" or a named thing follows.
pub(super) fn is_author(block: &Block<'_>, last: usize) -> bool {
    has_year_after(block, last)
        || ([" ", "-"].contains(&block.gap(last + 1))
            && (block.is(last + 1, List::AuthorsThing) || block.is(last + 1, List::NamedThing)))
}

/// Whether a name is cited: Gibbs (1988), Gibbs, 1988, Gibbs et al.
pub(super) fn has_year_after(block: &Block<'_>, last: usize) -> bool {
    let gap = block.gap(last + 1);
    let has_year = block.get(last + 1).is_some_and(|token| {
        let year = token
            .text
            .trim_end_matches(|letter: char| letter.is_ascii_lowercase());
        year.len() == 4
            && (year.starts_with("18") || year.starts_with("19") || year.starts_with("20"))
            && year.bytes().all(|b| b.is_ascii_digit())
    });
    (has_year && [" (", ", ", " [", "'s (", "; "].contains(&gap))
        || (block.is(last + 1, &["et"]) && block.is(last + 2, &["al"]))
}

/// Whether a name is that of an organisation, a place or a thing.
pub(super) fn is_organisation(block: &Block<'_>, first: usize, last: usize) -> bool {
    let goes_on = [" ", "-"].contains(&block.gap(last + 1));
    (goes_on && block.has_after(last, 1, List::Organisation))
        || (first..=last).any(|at| block.is(at, List::Organisation))
        || (first + 1..=last)
            .any(|at| block.is(at, List::NamedThing) || block.is(at, List::AuthorsThing))
}

/// Whether a token is in a bibliographic reference: a year in brackets, and pages, a volume or a
/// publisher.
pub(super) fn is_reference(block: &Block<'_>, at: usize) -> bool {
    let is_year = |at: usize| {
        let token = &block.tokens[at];
        token.shape == Shape::Number && token.text.len() == 4 && block.gap(at).ends_with('(')
    };
    let mut near = at.saturating_sub(25)..(at + 25).min(block.tokens.len());
    near.clone().any(is_year) && near.any(|at| block.is(at, List::Printed))
}

/// Whether the sentence says of its names that they are not the real ones: "not her real name", "I
/// will call her", "whose name has been changed".
pub(super) fn is_pseudonym(block: &Block<'_>, at: usize) -> bool {
    const WHOM: &[&str] = &[
        "her", "him", "them", "the", "this", "it", "my", "patient", "person",
    ];
    const BEFORE_CHANGED: &[&str] = &["name", "names"];
    const NOT: &[&str] = &[
        "not", "isn't", "aren't", "wasn't", "without", "instead", "never", "changed", "hidden",
        "withheld", "removed", "protect", "than",
    ];
    /// The words with which such a sentence begins to say so.
    const SAYING_SO: &RareWords = &RareWords::new(&[
        "changed", "altered", "real", "actual", "true", "not", "made", "invented", "call", "name",
        "refer",
    ]);
    let mut sentence = block.sentence(at, at);
    sentence.any(|word| {
        let token = &block.tokens[word];
        if !(token.is(List::Invented) || token.is(SAYING_SO)) {
            return false;
        }
        token.is(List::Invented)
            || (token.is(&["changed", "altered"])
                && (block.has_before(word, 6, BEFORE_CHANGED)
                    || block.has_after(word, 3, BEFORE_CHANGED)))
            || (token.is(&["real", "actual", "true"])
                && block.is(word + 1, BEFORE_CHANGED)
                && (block.has_before(word, 5, NOT) || block.has_after(word + 1, 4, NOT)))
            || (token.is(&["real"])
                && block.is(
                    word + 1,
                    &["person", "patient", "client", "resident", "people"],
                )
                && block.has_before(word, 3, &["not", "isn't", "no", "never"]))
            || (token.is(&["not"])
                && block.is(word + 1, &["her", "his", "their", "the"])
                && (block.is(word + 2, BEFORE_CHANGED) || block.is(word + 3, BEFORE_CHANGED)))
            || (token.is(&["made"]) && block.is(word + 1, &["up"]) && block.gap(word + 1) == "-")
            || (token.is(&["invented"])
                && block.is(
                    word + 1,
                    &["patient", "person", "name", "lady", "man", "client"],
                ))
            || (token.is(&["call", "name", "refer"])
                && word < at
                && block.has_before(word, 4, &["will", "shall", "i'll", "we'll", "to"])
                && (block.is(word + 1, WHOM) || block.is(word + 2, WHOM))
                && at - word <= 6)
    })
}

/// Whether a capitalised first word of a sentence is probably an ordinary word: "Listening said a
/// lot".
pub(super) fn is_derived(token: &Token<'_>) -> bool {
    const ENDINGS: &[&str] = &[
        "ing", "ed", "ly", "tion", "ness", "ment", "ance", "ence", "ions", "ings", "ines", "ents",
        "ist", "ists", "ian", "ians", "eon", "ors", "ers",
    ];
    token.text.len() > 5 && ENDINGS.iter().any(|end| token.text.ends_with(end))
}
