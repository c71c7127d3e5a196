//! Names of wards, homes, surgeries and villages.

use super::block::{Block, Shape, ends_sentence};
use super::candidate::{is_derived, is_name};
use super::identifier::{Kind, Matches};
use super::lists::List;
use super::public::is_public;

/// Finds all of them in a block.
pub(super) fn read(block: &Block<'_>, matches: &mut Matches) {
    for &at in &block.starts {
        if block.tokens[at].shape != Shape::Title {
            continue;
        }
        let last = end_of_institution(block, at)
            .filter(|_| !is_studied(block, at))
            .or_else(|| end_of_village(block, at))
            .or_else(|| end_of_employer(block, at))
            .or_else(|| end_of_prison(block, at));
        if let Some(last) = last {
            let is_saint =
                at > 0 && block.is(at - 1, &["st"]) && [" ", ". "].contains(&block.gap(at));
            matches.add_likely(Kind::Place, block.span(at - usize::from(is_saint), last));
        }
    }
}

/// Words that end the name of a place and may be in small letters.
const WARDS: &[&str] = &["ward", "bay", "unit", "suite", "wing"];

/// Words that end the name of a place with a capital.
pub(super) const HOUSES: &[&str] = &[
    "hospice",
    "surgery",
    "practice",
    "hospital",
    "infirmary",
    "home",
    "house",
    "lodge",
    "court",
    "manor",
    "grange",
    "school",
    "nursery",
    "farm",
    "works",
    "cottage",
    "cottages",
    "clinic",
    "pharmacy",
    "church",
    "mosque",
    "academy",
    "salon",
    "parlour",
    "spa",
];

/// Words between a name and the word that ends it.
pub(super) const MIDDLE: &[&str] = &[
    "care",
    "nursing",
    "rest",
    "residential",
    "cottage",
    "community",
    "general",
    "medical",
    "health",
    "primary",
    "lane",
    "road",
    "street",
    "park",
    "hill",
    "green",
    "valley",
    "biscuit",
    "family",
    "day",
    "view",
];

/// The last token of an institution whose name begins at `first`.
fn end_of_institution(block: &Block<'_>, first: usize) -> Option<usize> {
    let is_own = |at: usize| {
        block.get(at).is_some_and(|token| {
            is_name(token)
                && !token.is(List::GenericPlace)
                && (!is_derived(token) || token.text.ends_with('s'))
        })
    };
    if !is_own(first) || is_famous(block, first) {
        return None;
    }
    let mut last = first;
    while last - first < 4 && block.is_joined_by(last + 1, &[" ", "-"]) {
        let next = &block.tokens[last + 1];
        let is_capital = next.shape == Shape::Title;
        if next.is(WARDS) || (is_capital && next.is(HOUSES)) {
            // "Thornwhistle Cottage Hospital" goes on.
            let goes_on = block
                .get(last + 2)
                .is_some_and(|after| after.shape == Shape::Title && after.is(HOUSES))
                && block.gap(last + 2) == " ";
            if goes_on {
                last += 1;
                continue;
            }
            return Some(last + 1);
        }
        let is_centre = next.is(&["medical", "health"])
            && block.is(last + 2, &["centre", "center"])
            && is_capital;
        if is_centre {
            return Some(last + 2);
        }
        if !is_capital || !(next.is(MIDDLE) || next.is(List::GenericPlace) || is_own(last + 1)) {
            return None;
        }
        last += 1;
    }
    None
}

/// Whether a place is that of an inquiry or an experiment: Hawthorne Works, where the effect was seen.
pub(super) fn is_studied(block: &Block<'_>, first: usize) -> bool {
    const STUDIED: &[&str] = &[
        "inquiry",
        "enquiry",
        "investigation",
        "scandal",
        "effect",
        "experiment",
        "experiments",
        "kirkup",
        "ockenden",
        "francis",
    ];
    block.has_in_sentence(first, first, STUDIED)
}

/// Whether a name is of an institution that everybody knows.
pub(super) fn is_famous(block: &Block<'_>, first: usize) -> bool {
    const FAMOUS: &[&str] = &[
        "mayo",
        "harvard",
        "stoke",
        "great",
        "johns",
        "guy's",
        "papworth",
        "broadmoor",
        "rampton",
        "ashworth",
        "winterbourne",
        "christie",
        "marsden",
        "maudsley",
        "tavistock",
        "mid",
        "macmillan",
        "white",
        "open",
        "supreme",
        "bletchley",
        "buckingham",
        "downing",
        "chatham",
        "crown",
        "tuskegee",
        "wembley",
        "leadership",
        "microsoft",
    ];
    block.is(first, FAMOUS)
}

/// The last token of the home where a person works: "a carer at Orchard Lea".
fn end_of_employer(block: &Block<'_>, first: usize) -> Option<usize> {
    const WORKING: &[&str] = &[
        "carer",
        "hca",
        "worker",
        "work",
        "works",
        "worked",
        "working",
        "job",
        "placement",
        "employed",
        "assistant",
        "support",
    ];
    let is_at = first > 1
        && block.is(first - 1, &["at"])
        && block.gap(first) == " "
        && block.is(first - 2, WORKING);
    if !is_at || !is_name(&block.tokens[first]) || is_public(block, first, first) {
        return None;
    }
    let mut last = first;
    while last - first < 3 && block.get(last + 1).is_some_and(is_name) && block.gap(last + 1) == " "
    {
        last += 1;
    }
    let is_other = (first..=last + 1).any(|at| block.is(at, List::Organisation));
    (!is_other && !is_famous(block, first)).then_some(last)
}

/// The last token of a prison: HMP Fennick Road. The words before it begin no other place.
fn end_of_prison(block: &Block<'_>, first: usize) -> Option<usize> {
    let is_prison =
        first > 0 && block.is(first - 1, &["hmp", "hmyoi", "yoi"]) && block.gap(first) == " ";
    let is_part = |at: usize| {
        block
            .get(at)
            .is_some_and(|token| token.shape == Shape::Title && block.gap(at) == " ")
    };
    let mut last = first;
    while is_prison && last - first < 2 && is_part(last + 1) {
        last += 1;
    }
    is_prison.then_some(last)
}

/// The last token of a village or town that a person is from: "lives in Nether Puddle".
fn end_of_village(block: &Block<'_>, first: usize) -> Option<usize> {
    const MOVING: &[&str] = &[
        "moved",
        "driven",
        "came",
        "rang",
        "phone",
        "flew",
        "born",
        "lives",
        "lived",
        "living",
        "grew",
        "farm",
        "cottage",
        "bungalow",
        "village",
        "settled",
        "travelled",
        "travels",
        "originally",
        "retired",
        "fled",
    ];
    let is_placed = first > 0
        && block.gap(first) == " "
        && block.is(first - 1, &["from", "in", "near", "outside", "to"]);
    if !is_placed
        || is_public(block, first, first)
        || !is_name(&block.tokens[first])
        || ends_sentence(block.gap(first))
    {
        return None;
    }
    let is_moving = block.has_before(first - 1, 6, MOVING);
    let mut last = first;
    while last - first < 3
        && block.get(last + 1).is_some_and(is_name)
        && [" ", "-"].contains(&block.gap(last + 1))
    {
        last += 1;
    }
    let is_thing = block.gap(last + 1) == " "
        && (block.is(last + 1, List::Organisation)
            || block
                .get(last + 1)
                .is_some_and(|next| next.shape == Shape::Capitals));
    let is_thing =
        is_thing || block.has_in_sentence(first, last, &["trust", "scale", "score", "tool"]);
    (is_moving && !is_thing && block.tokens[last].text.len() > 3).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::super::identifier::Kind;
    use super::super::search::identifiers;

    #[test]
    fn names_of_wards_homes_and_villages_are_found() {
        for (text, place) in [
            (
                "She came from Brambledown Rest Home after a fall.",
                "Brambledown Rest Home",
            ),
            ("I work on Foxglove Ward now", "Foxglove Ward"),
            (
                "at St Crispin's Cottage Hospital today",
                "St Crispin's Cottage Hospital",
            ),
            ("registered at Pwllgwlyb Surgery and", "Pwllgwlyb Surgery"),
            ("He lives in Nether Puddle.", "Nether Puddle"),
        ] {
            let found = identifiers(text, &[]);
            let found: Vec<_> = found
                .iter()
                .map(|one| (one.kind, one.span.of(text)))
                .collect();
            assert_eq!(found, [(Kind::Place, place)], "{text}");
        }
        for text in [
            "the Stroke Unit and the Acute Medical Unit",
            "Good Practice in Care Homes",
            "the General Hospital, the Community Hospital",
            "He lives in Scotland.",
            "Harvard Business School",
        ] {
            assert_eq!(identifiers(text, &[]), [], "{text}");
        }
    }
}
