//! Where somebody lay, and what hardly fits two people.

use std::collections::HashSet;

use super::lists::Lists;
use super::words::{Block, LONG_SENTENCE, Shape, ends_sentence};
use super::{Found, Kind};

pub const WARDS: &[&str] = &["ward", "w", "wd", "wing", "unit", "suite"];
pub const BAYS: &[&str] = &["bay"];
/// Wards that are known by their letters.
pub const KNOWN: &[&str] = &[
    "ccu", "itu", "icu", "hdu", "mau", "amu", "sau", "majors", "resus", "nicu", "picu",
];
pub const BEDS: &[&str] = &[
    "bed", "room", "rm", "cubicle", "chair", "trolley", "b", "bedspace", "sideroom",
];
const PLACES: &[&str] = &[
    "ward", "bay", "bed", "room", "cubicle", "bedspace", "unit", "house", "flat", "sideroom",
];

/// Reads both of a block.
pub fn read(block: &Block<'_>, found: &mut Found) {
    let mut next = 0;
    let mut vain = HashSet::new();
    for &at in &block.marks {
        if at < next || vain.contains(&at) {
            continue;
        }
        if let Some(last) = ward_and_bed(block, at, &mut vain, found) {
            next = last + 1;
        }
    }
    only_one(block, found);
    aged(block, found);
}

/// A part of a place: `ward 7`, `bed 12`, `7B`, `Kestrel Ward`. Gives its last word, and which part it is.
fn part(block: &Block<'_>, at: usize) -> Option<(usize, Part)> {
    let token = block.get(at)?;
    let may_be_one =
        token.lists.on(Lists::PLACE) || matches!(token.shape, Shape::Mixed | Shape::Title);
    if !may_be_one {
        return None;
    }
    let fused = token.shape == Shape::Mixed;
    let rest = token
        .text
        .trim_start_matches(|sign: char| sign.is_ascii_alphabetic());
    let letters = &token.text[..token.text.len() - rest.len()];
    if fused
        && !letters.is_empty()
        && rest.bytes().all(|byte| byte.is_ascii_digit())
        && rest.len() <= 2
    {
        return Some((at, Part::of(letters)?));
    }
    let named = Part::of(token.text).filter(|_| token.text.len() > 1);
    if let Some(part) = named {
        let next = block.get(at + 1)?;
        let spaced = [" ", "-", " no ", "_", ": "].contains(&block.gap(at + 1));
        let numbered = (next.digits() > 0 && next.text.len() <= 3) || next.is_one_of(NUMBERS);
        let lettered = next.shape == Shape::Capitals && next.text.len() == 1 && next.text != "I";
        return (spaced && (numbered || lettered) && !is_counted(block, at + 1))
            .then_some((at + 1, part));
    }
    if token.is_one_of(KNOWN) {
        return Some((at, Part::Ward));
    }
    let ward = block.joined_by(at + 1, &[" ", "-"])
        && block.is(at + 1, &["ward", "unit", "suite", "wing"]);
    if ward
        && token.shape == Shape::Title
        && !token.is_one_of(&["the", "this", "my", "our", "a", "on", "each", "your"])
    {
        return Some((at + 1, Part::Ward));
    }
    let number = token.shape == Shape::Mixed
        && token.text.len() <= 3
        && token.text.starts_with(|sign: char| sign.is_ascii_digit());
    (number && block.joined_by(at + 1, &[" "]) && block.is(at + 1, BEDS))
        .then_some((at, Part::Ward))
}

const NUMBERS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// "bed 12 hours" counts hours.
fn is_counted(block: &Block<'_>, number: usize) -> bool {
    block.joined_by(number + 1, &[" "])
        && block.is(
            number + 1,
            &[
                "hours", "hour", "days", "minutes", "weeks", "times", "degrees", "mins", "hrs",
                "nights", "am", "pm", "patients", "beds",
            ],
        )
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Ward,
    Bay,
    Bed,
}

impl Part {
    fn of(word: &str) -> Option<Self> {
        let is_one_of = |words: &[&str]| words.iter().any(|one| one.eq_ignore_ascii_case(word));
        match () {
            () if is_one_of(WARDS) => Some(Self::Ward),
            () if is_one_of(BAYS) => Some(Self::Bay),
            () => is_one_of(BEDS).then_some(Self::Bed),
        }
    }
}

/// A ward or a bay together with a bed or a room, in either order; gives the last word. Where there are but parts of one
/// kind, those that begin at any of them are in vain too, and there may be thousands.
fn ward_and_bed(
    block: &Block<'_>,
    at: usize,
    vain: &mut HashSet<usize>,
    found: &mut Found,
) -> Option<usize> {
    let (mut last, first_part) = part(block, at)?;
    let (mut both, mut begins) = (false, Vec::new());
    loop {
        let mut next = last + 1;
        if block.is(next, &["on", "in", "of", "at", "and", "the"]) {
            next += 1;
            if block.is(next, &["the", "side"]) && next < block.tokens.len() {
                next += 1;
            }
        }
        if block.is(next, &["side"]) {
            next += 1;
        }
        let joined =
            next < block.tokens.len() && (last + 1..=next).all(|at| is_joint(block.gap(at)));
        let further = if joined { part(block, next) } else { None };
        let Some((end, part)) = further else { break };
        both = both || part != first_part;
        begins.push(next);
        last = end;
    }
    let house = home(block, last);
    let first = if at > 0 && block.is(at - 1, &["side"]) && block.gap(at) == " " {
        at - 1
    } else {
        at
    };
    if both {
        found.likely(Kind::WardBed, block.span(first, last));
        return Some(last);
    }
    let Some(last) = house.filter(|_| first_part == Part::Bed) else {
        vain.extend(begins);
        return None;
    };
    found.likely(Kind::WardBed, block.span(first, last));
    Some(last)
}

/// "room 14 at Larkmoor House": the last word of a named home behind a room.
fn home(block: &Block<'_>, last: usize) -> Option<usize> {
    let at = block.is(last + 1, &["at", "in", "of"]) && block.gap(last + 1) == " ";
    let name = block
        .get(last + 2)
        .filter(|token| token.shape == Shape::Title && !token.is_one_of(PLACES))?;
    let second = block
        .get(last + 3)
        .filter(|token| token.shape == Shape::Title && block.gap(last + 3) == " ");
    (at && name.text.len() > 2).then_some(if second.is_some() { last + 3 } else { last + 2 })
}

fn is_joint(gap: &str) -> bool {
    !ends_sentence(gap) && gap.len() <= 3 && !gap.contains('|')
}

/// Words that make somebody the only one.
pub const ONLY: &[&str] = &[
    "only", "first", "oldest", "youngest", "last", "tallest", "sole",
];
const KINDS: &[&str] = &[
    "patient",
    "man",
    "woman",
    "person",
    "lady",
    "resident",
    "twin",
    "one",
    "people",
    "gentleman",
    "girl",
    "boy",
    "mother",
    "father",
    "family",
    "farmer",
    "teacher",
    "priest",
    "vicar",
    "player",
    "champion",
    "survivor",
    "couple",
    "year",
    "yr",
    "client",
    "nun",
    "doctor",
    "driver",
    "mayor",
    "councillor",
];

/// "the only twin in the village who used to be the mayor": one of a kind, and where or what else.
fn only_one(block: &Block<'_>, found: &mut Found) {
    const WHO: &[&str] = &["who", "whose", "ever", "with", "left"];
    const WHERE: &[&str] = &[
        "village", "town", "county", "country", "island", "street", "coast", "dale", "valley",
        "city", "home", "area", "region", "world", "parish", "school", "hospital", "trust",
    ];
    for &at in block
        .marks
        .iter()
        .filter(|&&at| block.tokens[at].lists.on(Lists::ONLY))
    {
        let article = at > 0 && block.is(at - 1, &["the", "her", "his", "our"]);
        if !article && !block.is(at, &["only"]) {
            continue;
        }
        let limit = block.tokens.len().min(at + LONG_SENTENCE);
        let end = (at + 1..limit)
            .find(|&next| ends_sentence(block.gap(next)))
            .unwrap_or(limit);
        let rest = at + 1..end.min(at + 12);
        let place = rest.clone().any(|at| block.is(at, WHERE));
        let person = rest
            .clone()
            .take(4)
            .find(|&at| block.is(at, KINDS) || block.tokens[at].text.ends_with("er"));
        let told = person.is_some_and(|person| block.is(person + 1, WHO) || place);
        let of_somebody = block.in_sentence(
            at,
            at,
            &[
                "is", "was", "she", "he", "patient", "client", "resident", "hands", "had",
            ],
        );
        if told && of_somebody {
            found.likely(
                Kind::Combination,
                block.span(at - usize::from(article), end - 1),
            );
        }
    }
}

/// "a 93-year-old retired lighthouse keeper from Skelding Bay": an exact age, what somebody was, and where.
fn aged(block: &Block<'_>, found: &mut Found) {
    for &at in &block.marks {
        let age = block.tokens[at].shape == Shape::Number
            && block.is(at + 1, &["year", "yr"])
            && block.is(at + 2, &["old"]);
        let rest = at + 3..(at + 14).min(block.tokens.len());
        let from = age.then(|| {
            rest.clone().find(|&word| {
                let place = block
                    .get(word + 1)
                    .is_some_and(|next| next.shape == Shape::Title && next.text.len() > 3);
                block.is(word, &["from", "in", "of"]) && place && block.gap(word + 1) == " "
            })
        });
        let told =
            |from: usize| from - at > 4 && !(at + 3..=from).any(|at| ends_sentence(block.gap(at)));
        if let Some(from) = from.flatten().filter(|&from| told(from)) {
            found.likely(Kind::Combination, block.span(at, from + 1));
        }
    }
}
