//! Initials that stand for a name: Mr T., patient JB, J.B., AO's daughter.

use super::known::{ABBREVIATIONS, OWNERS, ROLES};
use super::names::is_reference;
use super::words::{Block, Shape};
use super::{Found, Kind};
use crate::text::Span;

/// Initials: Mr T., patient JB, J.B. was not able to say.
pub fn initials(block: &Block<'_>, at: usize, found: &mut Found) {
    let token = &block.tokens[at];
    let title = at > 0
        && block.is(at - 1, &["mr", "mrs", "ms", "miss", "mx", "dr"])
        && [" ", ". ", "\u{a0}"].contains(&block.gap(at));
    if token.shape != Shape::Capitals {
        return;
    }
    let letters = token.text.chars().count();
    if title && letters <= 2 {
        // X, Y, Z and the beginning of the alphabet are what tutors recommend.
        let pseudonym = letters == 1 && ["X", "Y", "Z", "A", "B", "C"].contains(&token.text);
        let doubled =
            block.joined_by(at + 1, &["-"]) && block.tokens[at + 1].shape == Shape::Capitals;
        if !pseudonym {
            let mut span = block.span(at - 1, if doubled { at + 1 } else { at });
            span.end += usize::from(block.gap(at + 1).starts_with('.'));
            found.likely(Kind::Initials, span);
        }
        return;
    }
    if let Some(last) = dotted(block, at) {
        let whole = block.gap(last + 1).starts_with('.');
        let letters: String = block.tokens[at..=last]
            .iter()
            .map(|token| token.text)
            .collect();
        let known = ["TPR", "CHI", "NHS", "DOB", "DOD", "NI"].contains(&letters.as_str())
            || ABBREVIATIONS
                .iter()
                .any(|known| known.eq_ignore_ascii_case(&letters));
        let organisation = known
            || block.is(at, &["e", "i", "u", "n"])
            || block.before(at, 3, &["isbn", "op", "ed", "et"]);
        let listed = at > 0 && block.gap(at) == ", " && block.tokens[at - 1].shape == Shape::Title;
        let author = is_reference(block, at)
            || block.is(last + 1, &["et"])
            || (listed && is_author_list(block, last));
        if !organisation && !author {
            let mut span = block.span(at, last);
            span.end += usize::from(whole);
            found.likely(Kind::Initials, span);
        }
        return;
    }
    let owner = (block.follows(at, OWNERS)
        && [" ", " (", ", ", ": ", " | "].contains(&block.gap(at)))
        || form(block, at);
    let short = (2..=3).contains(&letters) && !token.is_one_of(ABBREVIATIONS);
    let coded = block.get(at + 1).is_some_and(|next| {
        block.gap(at + 1).is_empty() || (block.gap(at + 1) == "-" && next.digits() > 0)
    });
    if owner && short && !coded {
        found.likely(Kind::Initials, block.span(at, at));
    }
}

/// `AO's daughter`.
pub fn possessive(block: &Block<'_>, at: usize, found: &mut Found) {
    let token = &block.tokens[at];
    if token.text.as_bytes().last() != Some(&b's') {
        return;
    }
    let letters = token
        .text
        .strip_suffix("'s")
        .or_else(|| token.text.strip_suffix("’s"));
    let Some(letters) = letters.filter(|letters| (2..=3).contains(&letters.len())) else {
        return;
    };
    let capitals = letters.bytes().all(|byte| byte.is_ascii_uppercase());
    let known = ABBREVIATIONS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(letters));
    if capitals && !known && block.is(at + 1, ROLES) {
        found.likely(
            Kind::Initials,
            Span::new(token.span.start, token.span.start + letters.len()),
        );
    }
}

/// `J.B.`: the last of single capitals with points between them.
fn dotted(block: &Block<'_>, at: usize) -> Option<usize> {
    let single = |at: usize| {
        block
            .get(at)
            .is_some_and(|token| token.shape == Shape::Capitals && token.text.chars().count() == 1)
    };
    let joined = at > 0 && single(at - 1) && block.gap(at) == ".";
    let mut last = at;
    // Four letters in a row are no initials, and there may be thousands.
    while last - at <= 2
        && single(last)
        && single(last + 1)
        && [".", ". "].contains(&block.gap(last + 1))
    {
        last += 1;
    }
    let short = (1..=2).contains(&(last - at));
    let begins = block.is(at, &["d", "o", "n"]) && block.is(at + 1, &["o", "i", "h"]);
    (!joined && short && !begins).then_some(last)
}

/// `Smith, J.B. (2019)` is a reference.
fn is_author_list(block: &Block<'_>, last: usize) -> bool {
    block
        .get(last + 1)
        .is_some_and(|token| token.text.len() == 4 && token.shape == Shape::Number)
}

/// `consent-form-JB-signed.pdf`.
fn form(block: &Block<'_>, at: usize) -> bool {
    let dashed =
        ["-", "_"].contains(&block.gap(at)) && ["-", "_", "."].contains(&block.gap(at + 1));
    dashed
        && block.before(
            at,
            6,
            &[
                "evidence", "form", "consent", "chart", "photo", "wound", "notes", "patient",
            ],
        )
        && block.before(
            at,
            4,
            &[
                "form", "consent", "chart", "photo", "wound", "notes", "patient", "before", "after",
            ],
        )
}
