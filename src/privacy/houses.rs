//! Further wards, homes, schools and firms, in a text about people around its writer.

use super::block::{Block, Shape};
use super::candidate::is_name;
use super::identifier::{Kind, Matches};
use super::known_words::is_word;
use super::lists::{List, Lists};
use super::named_places::{HOUSES, MIDDLE, is_famous, is_studied};

/// Finds those whose names are words, and houses of all kinds.
pub(super) fn read(block: &Block<'_>, matches: &mut Matches) {
    for (at, token) in block.tokens.iter().enumerate() {
        if token.shape == Shape::Small
            && token.is(HOUSES)
            && let Some(first) = begin_of_small_house(block, at)
        {
            matches.add_likely(Kind::Place, block.span(first, at));
        }
        if is_small_place(block, at) {
            matches.add_likely(Kind::Place, token.span());
        }
        if (token.is(List::WardAbbreviation) || token.is(&["sr"])) && is_numbered(block, at) {
            matches.add_likely(Kind::WardBed, block.span(at, at + 1));
        }
        if token.shape != Shape::Title || block.is_quiet(token.span()) {
            continue;
        }
        let last = end_of_house(block, at)
            .or_else(|| end_of_saint(block, at))
            .or_else(|| end_of_ward(block, at))
            .or_else(|| end_of_inn(block, at));
        if let Some((first, last)) = last {
            matches.add_likely(Kind::Place, block.span(first, last));
        }
    }
}

/// Whether a word in small letters after `at` is no word: at millbrook.
fn is_small_place(block: &Block<'_>, at: usize) -> bool {
    let token = &block.tokens[at];
    token.shape == Shape::Small
        && token.text.len() > 5
        && token.lists == Lists::default()
        && block.gap(at) == " "
        && block.follows(at, &["at"])
        && !is_word(token.text)
}

/// Whether a number or a letter follows an abbreviation of a ward or a side room: AMU 2, sr 1.
fn is_numbered(block: &Block<'_>, at: usize) -> bool {
    block.gap(at + 1) == " "
        && block.get(at + 1).is_some_and(|next| {
            (next.shape == Shape::Number && next.text.len() <= 2)
                || (next.is_initial() && next.text != "I")
        })
}

/// Words before the name of a house.
const BEFORE: &[&str] = &[
    "ysbyty", "plas", "cartref", "meddygfa", "ysgol", "villa", "chez",
];

/// Words after the name of a house.
const AFTER: &[&str] = &[
    "rooms",
    "primary",
    "juniors",
    "infants",
    "college",
    "dental",
    "aesthetics",
    "hotel",
    "chapel",
    "temple",
    "gurdwara",
    "villa",
    "villas",
    "garage",
    "depot",
    "inn",
    "arms",
    "gardens",
    "heights",
    "towers",
    "mill",
    "centre",
    "hall",
    "park",
    "ward",
    "opticians",
    "beauty",
    "skin",
    "clinics",
    "childcare",
    "recruitment",
    "homecare",
    "carers",
    "nursery",
    "kindergarten",
    "orthodontics",
    "general",
    "infirmary",
    "memorial",
    "royal",
    "valley",
    "lea",
    "view",
];

/// A house of any kind: Quayside Dental, Ysbyty Llanfair, the Belmont Hotel.
fn end_of_house(block: &Block<'_>, first: usize) -> Option<(usize, usize)> {
    let is_own = |at: usize| {
        block.get(at).is_some_and(|token| {
            is_name(token) && !token.is(List::GenericPlace) && !token.is(List::Organisation)
        })
    };
    if !is_own(first) || is_famous(block, first) || is_studied(block, first) {
        return None;
    }
    if block.is(first, BEFORE) && is_own(first + 1) && block.gap(first + 1) == " " {
        return Some((first, first + 1));
    }
    let mut last = first;
    while last - first < 4 && [" ", "-", " & "].contains(&block.gap(last + 1)) {
        let next = block.get(last + 1)?;
        if next.shape != Shape::Title {
            return None;
        }
        last += 1;
        if next.is(AFTER) || next.is(HOUSES) {
            return Some((first, last));
        }
        if !(is_own(last) || next.is(MIDDLE) || next.is(List::GenericPlace)) {
            return None;
        }
    }
    None
}

/// The first token of a house in small letters: moved to sycamore lodge.
fn begin_of_small_house(block: &Block<'_>, last: usize) -> Option<usize> {
    let first = last.checked_sub(1)?;
    let name = &block.tokens[first];
    let is_placed = first > 0
        && block.gap(first) == " "
        && block.gap(last) == " "
        && block.is(first - 1, &["to", "at", "from", "in"]);
    let is_own = name.shape == Shape::Small
        && name.lists == Lists::default()
        && (name.is(NATURE) || !is_word(name.text));
    (is_placed && is_own).then_some(first)
}

/// A church or a school known by its saint alone: from St Cuthbert's.
fn end_of_saint(block: &Block<'_>, at: usize) -> Option<(usize, usize)> {
    let is_saint = at > 1
        && block.is(at - 1, &["st", "saint"])
        && [" ", ". "].contains(&block.gap(at))
        && block.is(at - 2, &["at", "from", "to", "in", "near", "of"]);
    let is_other = block.gap(at + 1) == " " && block.is(at + 1, &["ambulance", "wort"]);
    (is_saint && !is_other).then(|| (at - 1, at))
}

/// A house known by its sign: by the Three Otters.
fn end_of_inn(block: &Block<'_>, first: usize) -> Option<(usize, usize)> {
    const BESIDE: &[&str] = &[
        "by", "at", "outside", "opposite", "behind", "near", "down", "past", "from",
    ];
    let is_placed = first > 1
        && block.gap(first) == " "
        && block.tokens[first - 1].shape == Shape::Small
        && block.is(first - 1, &["the"])
        && block.gap(first - 1) == " "
        && block.is(first - 2, BESIDE);
    let is_part = |at: usize| {
        block.get(at).is_some_and(|token| {
            let of_sign = !token.is(List::NotAName) && token.lists == Lists::default();
            token.shape == Shape::Title && (of_sign || token.is(List::SmallNumber))
        })
    };
    if !is_placed || !is_part(first) {
        return None;
    }
    let mut last = first;
    while last - first < 3 && block.gap(last + 1) == " " {
        let is_and = block.is(last + 1, &["and"]) && block.gap(last + 2) == " ";
        let next = last + 1 + usize::from(is_and);
        if !is_part(next) {
            break;
        }
        last = next;
    }
    let goes_on = block.gap(last + 1) == " "
        && block
            .get(last + 1)
            .is_some_and(|next| next.shape != Shape::Small);
    let is_sign = last > first
        || !is_word(block.tokens[first].text)
        || block.is(first - 2, &["at", "from", "outside", "opposite"]);
    (is_sign && !goes_on).then_some((first, last))
}

/// What wards and houses are called after.
const NATURE: &[&str] = &[
    "heron",
    "kestrel",
    "swan",
    "kingfisher",
    "robin",
    "wren",
    "owl",
    "falcon",
    "eagle",
    "osprey",
    "skylark",
    "lark",
    "nightingale",
    "curlew",
    "lapwing",
    "puffin",
    "swift",
    "swallow",
    "dove",
    "goldfinch",
    "chaffinch",
    "rowan",
    "willow",
    "oak",
    "ash",
    "elm",
    "beech",
    "birch",
    "maple",
    "cedar",
    "hazel",
    "hawthorn",
    "sycamore",
    "chestnut",
    "larch",
    "pine",
    "juniper",
    "aspen",
    "poplar",
    "holly",
    "alder",
    "rose",
    "lavender",
    "poppy",
    "bluebell",
    "primrose",
    "daisy",
    "lily",
    "foxglove",
    "larkspur",
    "snowdrop",
    "daffodil",
    "jasmine",
    "iris",
    "heather",
    "clover",
    "fern",
    "ivy",
    "orchid",
    "tulip",
    "marigold",
    "buttercup",
    "magnolia",
    "camellia",
    "honeysuckle",
    "ruby",
    "sapphire",
    "emerald",
    "opal",
    "amber",
    "pearl",
    "topaz",
    "jade",
    "crystal",
    "coral",
    "meadow",
    "meadows",
    "orchard",
    "harbour",
    "sunrise",
    "rainbow",
    "butterfly",
    "ladybird",
    "acorn",
];

/// A ward that bears the name of a bird, a tree, a flower or a stone, without the word: on Heron.
fn end_of_ward(block: &Block<'_>, at: usize) -> Option<(usize, usize)> {
    let is_placed = at > 0
        && block.gap(at) == " "
        && block.is(at - 1, &["on", "onto", "to", "from", "at", "off", "in"])
        && block.is(at, NATURE);
    let is_person = block.is(at + 1, List::Speaking) && block.gap(at + 1) == " ";
    let is_name =
        block.is(at - usize::from(at > 0), &["to", "from"]) && block.tokens[at].given().is_some();
    let goes_on = block
        .get(at + 1)
        .is_some_and(|next| next.shape == Shape::Title && block.gap(at + 1) == " ");
    (is_placed && !is_person && !is_name && !goes_on).then_some((at, at))
}
