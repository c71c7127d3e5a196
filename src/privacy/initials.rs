//! Initials instead of a name: Mr T., patient JB, J.B., AO's daughter.

use super::block::{Block, Shape, Token, ends_sentence};
use super::candidate::is_reference;
use super::identifier::{Kind, Matches};
use super::lists::{List, Lists};
use crate::text::Span;

/// Finds initials after a title, with points, or after a word for a person: Mr T., J.B., patient JB.
pub(super) fn find_initials(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let token = &block.tokens[at];
    let title = at > 0
        && block.is(at - 1, &["mr", "mrs", "ms", "miss", "mx", "dr"])
        && [" ", ". ", "\u{a0}"].contains(&block.gap(at));
    if token.shape != Shape::Capitals {
        return;
    }
    let letters = token.text.chars().count();
    if title && letters <= 2 {
        // Pseudonyms that tutors recommend.
        let pseudonym = letters == 1 && ["X", "Y", "Z", "A", "B", "C"].contains(&token.text);
        let doubled =
            block.is_joined_by(at + 1, &["-"]) && block.tokens[at + 1].shape == Shape::Capitals;
        if !pseudonym {
            let mut span = block.span(at - 1, if doubled { at + 1 } else { at });
            span.end += usize::from(block.gap(at + 1).starts_with('.'));
            matches.add_likely(Kind::Initials, span);
        }
        return;
    }
    if let Some(last) = last_with_points(block, at) {
        add_dotted(block, at, last, matches);
        return;
    }
    let is_client = at > 0
        && block.is(at - 1, &["client", "pt", "lady", "gentleman"])
        && block.gap(at) == " "
        && block.gap(at + 1).starts_with('.')
        && letters == 1
        && !["X", "Y", "Z", "A", "B", "C"].contains(&token.text);
    if is_client {
        matches.add_likely(Kind::Initials, block.span(at, at));
        return;
    }
    // "initials GW and JTB"
    let is_second = at > 2
        && block.is(at - 1, &["and"])
        && block.tokens[at - 2].shape == Shape::Capitals
        && block.is(at - 3, List::InitialsOwner)
        && block.gap(at) == " ";
    let owner = is_second
        || (block.follows(at, List::InitialsOwner)
            && [" ", " (", ", ", ": ", " | "].contains(&block.gap(at)))
        || is_in_form_name(block, at);
    let short =
        (2..=3).contains(&letters) && !token.is(List::Abbreviation) && !token.is(List::NotAName);
    let coded = block.get(at + 1).is_some_and(|next| {
        block.gap(at + 1).is_empty() || (block.gap(at + 1) == "-" && next.digits() > 0)
    });
    let owner = owner || (short && (is_in_patient_list(block, at) || is_signature(block, at)));
    if owner && short && !coded {
        matches.add_likely(Kind::Initials, block.span(at, at));
    }
}

/// Words before initials as a signature.
const SIGNED: &[&str] = &[
    "initialled",
    "signed",
    "initialed",
    "countersigned",
    "regards",
    "cheers",
];

/// Whether letters are a signature: the box is signed "PK"; or the last word, alone in its sentence.
fn is_signature(block: &Block<'_>, at: usize) -> bool {
    let is_signed = at > 0
        && [" ", " \"", " (", ": ", " '", " “"].contains(&block.gap(at))
        && (block.is(at - 1, SIGNED)
            || (block.is(at - 1, &["by"]) && at > 1 && block.is(at - 2, SIGNED)));
    let is_last = at + 1 == block.tokens.len() && at > 0 && ends_sentence(block.gap(at));
    let is_greeting = at + 1 == block.tokens.len()
        && block.gap(at) == ", "
        && block.is(at - 1, &["thanks", "regards", "cheers", "ta", "wishes"]);
    is_signed || is_last || is_greeting
}

/// Adds initials with points, unless they are an abbreviation or an author's.
fn add_dotted(block: &Block<'_>, at: usize, last: usize, matches: &mut Matches) {
    let whole = block.gap(last + 1).starts_with('.');
    let letters: String = block.tokens[at..=last]
        .iter()
        .map(|token| token.text)
        .collect();
    let known = ["TPR", "CHI", "NHS", "DOB", "DOD", "NI"].contains(&letters.as_str())
        || Lists::of(&letters).has(List::Abbreviation);
    let is_signed = at > 0 && block.is(at - 1, SIGNED);
    let is_body = ["EU", "UN", "UK", "US", "NI", "IT", "USA"].contains(&letters.as_str());
    let organisation = (known && !is_signed)
        || (is_body && !block.has_before(at, 1, List::InitialsOwner))
        || block.has_before(at, 3, &["isbn", "op", "ed", "et"]);
    let listed = at > 0 && block.gap(at) == ", " && block.tokens[at - 1].shape == Shape::Title;
    let author = is_reference(block, at)
        || block.is(last + 1, &["et"])
        || (listed && is_author_list(block, last));
    if !organisation && !author {
        let mut span = block.span(at, last);
        span.end += usize::from(whole);
        matches.add_likely(Kind::Initials, span);
    }
}

/// Whether a bed or an age with a sex follows: `AK, bed 7`, `AK 90F`.
fn is_in_patient_list(block: &Block<'_>, at: usize) -> bool {
    let next = usize::from(block.is(at + 1, &["in", "and"])) + at + 1;
    let is_bed = block.is(next, &["bed", "bay", "room", "ward"])
        && block.get(next + 1).is_some_and(|token| token.digits() > 0);
    let is_age = block.get(at + 1).is_some_and(|token| {
        token.shape == Shape::Mixed && token.text.len() <= 4 && token.text.ends_with(['F', 'M'])
    });
    (is_bed && block.gap(at + 1).len() <= 3) || (is_age && block.gap(at + 1) == " ")
}

/// Finds initials in front of a role: `AO's daughter`.
pub(super) fn find_possessive(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let token = &block.tokens[at];
    let letters = token
        .text
        .strip_suffix("'s")
        .or_else(|| token.text.strip_suffix("’s"));
    let Some(letters) = letters.filter(|letters| (2..=3).contains(&letters.len())) else {
        return;
    };
    let capitals = letters.bytes().all(|byte| byte.is_ascii_uppercase());
    let known = Lists::of(letters).has(List::Abbreviation);
    if capitals && !known && block.is(at + 1, List::Role) {
        matches.add_likely(
            Kind::Initials,
            Span::new(token.span().start, token.span().start + letters.len()),
        );
    }
}

/// The last of two or three single capitals with points between them: `J.B.`.
fn last_with_points(block: &Block<'_>, at: usize) -> Option<usize> {
    let single = |at: usize| block.get(at).is_some_and(Token::is_initial);
    let joined = at > 0 && single(at - 1) && block.gap(at) == ".";
    let mut last = at;
    // Four letters or more are not initials; the limit also bounds the time.
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

/// Whether the initials belong to an author: `Smith, J.B. (2019)`.
fn is_author_list(block: &Block<'_>, last: usize) -> bool {
    block
        .get(last + 1)
        .is_some_and(|token| token.text.len() == 4 && token.shape == Shape::Number)
}

/// Whether a token is in the name of a form: `consent-form-JB-signed.pdf`.
fn is_in_form_name(block: &Block<'_>, at: usize) -> bool {
    let dashed =
        ["-", "_"].contains(&block.gap(at)) && ["-", "_", "."].contains(&block.gap(at + 1));
    dashed
        && block.has_before(
            at,
            6,
            &[
                "evidence", "form", "consent", "chart", "photo", "wound", "notes", "patient",
            ],
        )
        && block.has_before(
            at,
            4,
            &[
                "form", "consent", "chart", "photo", "wound", "notes", "patient", "before", "after",
            ],
        )
}
