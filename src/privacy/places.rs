//! Wards with beds.

use std::collections::HashSet;

use super::block::{Block, Shape, ends_sentence};
use super::identifier::{Kind, Matches};
use super::lists::{List, Lists};

/// Finds them in a block.
pub(super) fn read(block: &Block<'_>, matches: &mut Matches) {
    let mut next = 0;
    let mut in_vain = HashSet::new();
    for &at in &block.starts {
        if at < next || in_vain.contains(&at) {
            continue;
        }
        if let Some((first, last)) = find_ward_and_bed(block, at, &mut in_vain) {
            matches.add_likely(Kind::WardBed, block.span(first, last));
            next = last + 1;
        }
    }
}

/// A kind of place in a hospital.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PlaceWord {
    Ward,
    Bay,
    Bed,
}

impl PlaceWord {
    /// The kind of place that a word means.
    fn of(lists: Lists) -> Option<Self> {
        match () {
            () if lists.has(List::Ward) => Some(Self::Ward),
            () if lists.has(List::Bay) => Some(Self::Bay),
            () => lists.has(List::Bed).then_some(Self::Bed),
        }
    }
}

/// Parses one place that begins at `at`: `ward 7`, `bed 12`, `7B`, `Kestrel Ward`. Returns its last
/// token and its kind.
fn parse_place(block: &Block<'_>, at: usize) -> Option<(usize, PlaceWord)> {
    const DETERMINERS: &[&str] = &["the", "this", "my", "our", "a", "on", "each", "your"];
    let token = block.get(at)?;
    if token.shape == Shape::Mixed {
        let number = token
            .text
            .trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
        let letters = &token.text[..token.text.len() - number.len()];
        let is_number = number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit());
        if !letters.is_empty() && is_number {
            return Some((at, PlaceWord::of(Lists::of(letters))?));
        }
        let is_ward = token.text.len() <= 3
            && token
                .text
                .starts_with(|letter: char| letter.is_ascii_digit());
        let has_bed = block.is_joined_by(at + 1, &[" "]) && block.is(at + 1, List::Bed);
        if is_ward && has_bed {
            return Some((at, PlaceWord::Ward));
        }
    }
    if let Some(place) = PlaceWord::of(token.lists).filter(|_| token.text.len() > 1) {
        let next = block.get(at + 1)?;
        let is_spaced = [" ", "-", " no ", "_", ": "].contains(&block.gap(at + 1));
        let is_numbered = (next.digits() > 0 && next.text.len() <= 3) || next.is(List::SmallNumber);
        let is_lettered = next.shape == Shape::Capitals && next.text.len() == 1 && next.text != "I";
        let fits = is_spaced && (is_numbered || is_lettered) && !is_counted(block, at + 1);
        return fits.then_some((at + 1, place));
    }
    if token.is(List::WardAbbreviation) {
        return Some((at, PlaceWord::Ward));
    }
    let is_named = token.shape == Shape::Title
        && !token.is(DETERMINERS)
        && block.is_joined_by(at + 1, &[" ", "-"])
        && block.is(at + 1, &["ward", "unit", "suite", "wing"])
        && !block
            .get(at + 2)
            .is_some_and(|next| next.shape == Shape::Number && next.text.len() <= 3);
    is_named.then_some((at + 1, PlaceWord::Ward))
}

/// Whether a number counts what follows: "bed 12 hours".
fn is_counted(block: &Block<'_>, number: usize) -> bool {
    block.is_joined_by(number + 1, &[" "]) && block.is(number + 1, List::Counted)
}

/// Finds a ward or a bay with a bed or a room, in either order, and returns the first and the last
/// token.
///
/// Places of one kind in a row are not a match, and neither is any of them as a beginning: these are
/// added to `in_vain`, so that a long row takes linear time.
fn find_ward_and_bed(
    block: &Block<'_>,
    at: usize,
    in_vain: &mut HashSet<usize>,
) -> Option<(usize, usize)> {
    let (mut last, first_place) = parse_place(block, at)?;
    let (mut has_both, mut begins) = (false, Vec::new());
    while let Some((next, end, place)) = next_place(block, last) {
        has_both |= place != first_place;
        begins.push(next);
        last = end;
    }
    let is_side_room = at > 0 && block.is(at - 1, &["side"]) && block.gap(at) == " ";
    let first = at - usize::from(is_side_room);
    if has_both {
        return Some((first, last));
    }
    if first_place == PlaceWord::Bed
        && let Some(last) = last_of_home(block, last)
    {
        return Some((first, last));
    }
    if begins.is_empty() && is_telling_alone(block, first, at, last) {
        return Some((first, last));
    }
    in_vain.extend(begins);
    None
}

/// Whether a ward, a bay, a bed or a room alone tells whose story it is: `bed 7`, `side room 2`, and
/// not `unit 3`, `meeting room 2`.
fn is_telling_alone(block: &Block<'_>, first: usize, at: usize, last: usize) -> bool {
    const PLACES: &[&str] = &[
        "ward", "bay", "bed", "room", "rm", "cubicle", "bedspace", "sideroom", "chair", "station",
        "cot", "pod",
    ];
    const COUNTED: &[&str] = &[
        "months",
        "years",
        "weeks",
        "days",
        "hours",
        "minutes",
        "times",
        "shifts",
        "nights",
        "patients",
        "people",
        "residents",
        "of",
        "or",
    ];
    const OTHERS: &[&str] = &[
        "meeting",
        "training",
        "seminar",
        "class",
        "staff",
        "treatment",
        "consulting",
        "clinic",
        "interview",
        "lecture",
        "tutorial",
        "conference",
        "breakout",
        "teams",
        "zoom",
        "exam",
        "per",
        "hospital",
        "theatre",
    ];
    // "On that ward five months" counts months.
    let is_count = block.tokens[last].digits() == 0 && block.is(last + 1, COUNTED);
    let is_numbered =
        last > at && block.is(at, PLACES) && !is_word_alone(block, first, last) && !is_count;
    let is_other = (first > 0 && block.is(first - 1, OTHERS))
        || block.gap(last + 1).trim_start().starts_with('%')
        || block.has_in_sentence(
            first,
            last,
            &["skills", "simulation", "simulated", "lab", "classroom"],
        );
    let is_fused = last == at
        && block.tokens[at].shape == Shape::Mixed
        && at > 1
        && block.is(at - 1, &["in", "bed"])
        && block.has_before(at - 1, 2, List::Role);
    (is_numbered && !is_other) || is_fused
}

/// Whether the number of a place is only a word: "the ward one day", but not "bed one".
fn is_word_alone(block: &Block<'_>, first: usize, last: usize) -> bool {
    let is_bound = block.follows(first, List::Determiner)
        || block.follows(first, &["per", "each", "every"])
        || !block.is(last - 1, &["bed", "bay", "room"]);
    block.is(last, &["i", "a"]) || (block.is(last, &["one"]) && is_bound)
}

/// The place after the token `last`: its first and last token and its kind.
fn next_place(block: &Block<'_>, last: usize) -> Option<(usize, usize, PlaceWord)> {
    let mut next = last + 1;
    if block.is(next, &["on", "in", "of", "at", "and", "the"]) {
        next += 1;
        if block.is(next, &["the", "side"]) {
            next += 1;
        }
    }
    if block.is(next, &["side"]) {
        next += 1;
    }
    let is_joined = next < block.tokens.len()
        && (last + 1..=next).all(|at| {
            let gap = block.gap(at);
            !ends_sentence(gap) && gap.len() <= 3 && !gap.contains('|')
        });
    let (end, place) = parse_place(block, next).filter(|_| is_joined)?;
    Some((next, end, place))
}

/// The last token of the home after a room: "room 14 at Larkmoor House".
fn last_of_home(block: &Block<'_>, room: usize) -> Option<usize> {
    if !block.is(room + 1, &["at", "in", "of"]) || block.gap(room + 1) != " " {
        return None;
    }
    let name = block.get(room + 2)?;
    let is_name = name.shape == Shape::Title && !name.is(List::PlaceWord) && name.text.len() > 2;
    let has_second = block
        .get(room + 3)
        .is_some_and(|token| token.shape == Shape::Title && block.gap(room + 3) == " ");
    is_name.then_some(room + 2 + usize::from(has_second))
}
