//! Hospital and clinic numbers of patients.

use super::block::{Block, Shape, Token, ends_sentence};
use super::check_digit::has_check_digit;
use super::identifier::{Kind, Matches};
use super::lists::{List, Lists};
use crate::text::Span;

/// Finds a number at `at`, or the number that `at` labels.
pub(super) fn find_hospital_number(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let token = &block.tokens[at];
    let number = |span| (Kind::HospitalNumber, span);
    let found = match token.shape {
        Shape::Mixed => fused(token).or_else(|| unlabelled(block, at).map(number)),
        Shape::Capitals => with_trust(block, at)
            .or_else(|| unlabelled(block, at))
            .map(number),
        _ => None,
    };
    let found = found.or_else(|| labelled(block, at).map(number));
    if let Some((kind, span)) = found {
        matches.add_certain(kind, span);
    }
}

/// A number in one token with its label: `NHS9434765919`, `MRN123456`.
fn fused(token: &Token<'_>) -> Option<(Kind, Span)> {
    let (label, number) = token.text.split_at_checked(3)?;
    let is = |word: &str| label.eq_ignore_ascii_case(word);
    let is_checked = || token.text.len() == 13 && has_check_digit(number);
    let kind = match () {
        () if is("chi") && is_checked() => Kind::ChiNumber,
        () if is("nhs") && is_checked() => Kind::NhsNumber,
        () if is("mrn") && token.digits() >= 4 => Kind::HospitalNumber,
        () => return None,
    };
    Some((kind, Span::new(token.span().start + 3, token.span().end)))
}

/// A number after the code of an NHS trust: `RX1/123456`.
fn with_trust(block: &Block<'_>, at: usize) -> Option<Span> {
    let token = &block.tokens[at];
    let is_trust = token.text.len() == 3 && token.text.starts_with('R');
    (is_trust && block.is_joined_by(at + 1, &["/", "-"]) && block.tokens[at + 1].digits() >= 5)
        .then(|| block.span(at, at + 1))
}

/// A number without a label, in a sentence that says what it is: "the hospital one".
fn unlabelled(block: &Block<'_>, at: usize) -> Option<Span> {
    const OTHERS: &[&str] = &[
        "dose", "policy", "page", "isbn", "model", "expiry", "exp", "course",
    ];
    let token = &block.tokens[at];
    let is_lettered = token.shape == Shape::Mixed
        && token
            .text
            .starts_with(|letter: char| letter.is_ascii_uppercase())
        && token.digits() >= 6
        && token.text.len() - token.digits() <= 3;
    let is_split = token.shape == Shape::Capitals
        && !token.is(&["nhs", "chi"])
        && !token.is(List::NumberedThing)
        && token.text.len() <= 3
        && block
            .get(at + 1)
            .is_some_and(|next| next.digits() >= 2 && next.shape == Shape::Number);
    if !is_lettered && !is_split {
        return None;
    }
    let last = last_of_number(block, at)?;
    let digits: usize = block.tokens[at..=last].iter().map(Token::digits).sum();
    (digits >= 5
        && block.has_in_sentence(at, last, List::HospitalNear)
        && !block.has_before(at, 5, List::NumberedThing)
        && !block.has_in_sentence(at, last, OTHERS))
    .then(|| block.span(at, last))
}

/// A number after a label: "hospital number", "MRN".
fn labelled(block: &Block<'_>, at: usize) -> Option<Span> {
    let token = &block.tokens[at];
    if !token.lists.has_any(Lists::HOSPITAL) {
        return None;
    }
    let is_abbreviated = token.is(&["hosp", "reg", "pt"]) && block.gap(at + 1) == ". ";
    let has_second_word = token.is(List::HospitalOwner)
        && block.is(at + 1, List::Number)
        && (is_abbreviated || !ends_sentence(block.gap(at + 1)));
    let is_direct = token.is(&["hosp", "hospital"])
        && [" ", ". ", ": "].contains(&block.gap(at + 1))
        && block
            .get(at + 1)
            .is_some_and(|next| next.shape == Shape::Mixed && next.digits() >= 5);
    if !has_second_word && !is_direct && !token.is(List::HospitalLabel) {
        return None;
    }
    let from = at + 1 + usize::from(has_second_word);
    let mut sentences = 0;
    for first in from..(from + 7).min(block.tokens.len()) {
        let gap = block.gap(first);
        let is_abbreviated = block.is(first - 1, &["no", "hosp", "num"]) && gap.starts_with('.');
        sentences += usize::from(ends_sentence(gap) && !is_abbreviated);
        let is_other = block.is(first, &["nhs", "chi", "isbn", "page", "dob", "nor", "not"]);
        if sentences > 1 || is_other || is_unit_reference(block, first, first + 2) {
            return None;
        }
        if let Some(last) = last_of_number(block, first) {
            return Some(block.span(first, last));
        }
    }
    None
}

/// The last token of a number that begins at `first`: letters and at least four digits.
fn last_of_number(block: &Block<'_>, first: usize) -> Option<usize> {
    /// The greatest number of tokens.
    const LONGEST: usize = 15;
    let token = &block.tokens[first];
    let begins = match token.shape {
        Shape::Number | Shape::Mixed => token.digits() > 0,
        Shape::Capitals => {
            token.text.len() <= 4
                && [" ", "-", "/"].contains(&block.gap(first + 1))
                && block.get(first + 1)?.digits() > 0
        }
        Shape::Title | Shape::Small => false,
    };
    if !begins {
        return None;
    }
    let (mut last, mut digits) = (first, token.digits());
    while let Some(next) = block.get(last + 1).filter(|_| last - first < LONGEST) {
        let gap = block.gap(last + 1);
        let is_spaced = gap == " " && next.digits() == next.text.len() && next.text.len() >= 2;
        let is_joined = ["-", "/", "."].contains(&gap) && next.digits() > 0;
        if !is_spaced && !is_joined {
            break;
        }
        digits += next.digits();
        last += 1;
    }
    (digits >= 4 && !is_unit_reference(block, first, last) && !is_blank(block, first, last))
        .then_some(last)
}

/// Whether a number is the reference of a regulated unit: T/617/4578.
fn is_unit_reference(block: &Block<'_>, first: usize, last: usize) -> bool {
    last == first + 2
        && last < block.tokens.len()
        && block.tokens[first].is_initial()
        && block.gap(first + 1) == "/"
        && block.tokens[first + 1].text.len() == 3
        && block.tokens[last].text.len() == 4
}

/// Whether a number has zeros only, as in forms and on manikins.
fn is_blank(block: &Block<'_>, first: usize, last: usize) -> bool {
    block.tokens[first..=last]
        .iter()
        .all(|token| token.text.bytes().all(|byte| byte == b'0'))
}
