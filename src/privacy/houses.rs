//! Further wards, homes, schools and firms, in a text about people around its writer.

use super::block::{Block, Shape};
use super::candidate::{is_author, is_name};
use super::identifier::{Kind, Matches};
use super::known_words::is_word;
use super::lists::{List, Lists};
use super::named_places::{HOUSES, MIDDLE, is_famous, is_studied};
use super::public::is_public;

/// Finds those whose names are words, and houses of all kinds.
pub(super) fn read(block: &Block<'_>, matches: &mut Matches) {
    for (at, token) in block.tokens.iter().enumerate() {
        if token.shape == Shape::Small
            && token.is(HOUSES)
            && let Some(first) = begin_of_small_house(block, at)
        {
            matches.add_likely(Kind::Place, block.span(first, at));
        }
        if let Some(last) = end_of_small_street(block, at) {
            matches.add_likely(Kind::Address, block.span(at, last));
        }
        if let Some(last) = end_of_numbered(block, at) {
            matches.add_likely(Kind::WardBed, block.span(at, last));
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
            .or_else(|| end_of_inn(block, at))
            .or_else(|| end_of_placed(block, at));
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

/// The last token of an address in small letters: 11 pelham rise, 22b larch close.
fn end_of_small_street(block: &Block<'_>, at: usize) -> Option<usize> {
    let number = &block.tokens[at];
    let is_house = number.text.as_bytes()[0].is_ascii_digit()
        && number.text.len() <= 4
        && (1..=3).contains(&number.digits())
        && number.text.len() - number.digits() <= 1;
    let is_small = |at: usize| {
        block.gap(at) == " " && block.get(at).is_some_and(|word| word.shape == Shape::Small)
    };
    if !is_house || !is_small(at + 1) {
        return None;
    }
    let last = (at + 2..=at + 3).find(|&at| is_small(at) && block.is(at, List::Street))?;
    let has_own = (at + 1..last).all(|at| is_small(at) && !is_word(block.tokens[at].text));
    has_own.then_some(last)
}

/// A ward, or a space with the letter or the number of its own: Trauma B, space C4.
fn end_of_numbered(block: &Block<'_>, at: usize) -> Option<usize> {
    const SPACES: &[&str] = &[
        "space", "corridor", "bedspace", "recovery", "pitch", "couch", "landing",
    ];
    let token = &block.tokens[at];
    let is_cell = token.shape == Shape::Mixed
        && token.text.len() <= 3
        && token.text.as_bytes()[0].is_ascii_uppercase()
        && block.follows(at, &["from", "on", "in", "to", "cell", "bed", "room"]);
    let next = block.get(at + 1)?;
    let is_in_cell =
        is_cell && block.gap(at + 1) == "-" && next.shape == Shape::Number && next.text.len() == 2;
    if is_in_cell {
        return Some(at + 1);
    }
    if block.gap(at + 1) != " " {
        return None;
    }
    let is_number = next.text.len() <= 2
        && (next.shape == Shape::Number || (next.is_initial() && next.text != "I"));
    let is_code = next.shape == Shape::Mixed
        && next.text.len() <= 4
        && next.text.as_bytes()[0].is_ascii_uppercase();
    if !(is_number || is_code) {
        return None;
    }
    let is_space = token.is(SPACES);
    let is_kind = token.shape == Shape::Title
        && token.is(List::GenericPlace)
        && next.is_initial()
        && next.text != "I"
        && block.follows(at, &["on", "to", "from", "onto", "in"]);
    let is_counted = block.gap(at + 2) == " " && block.is(at + 2, List::Counted);
    ((is_space || is_kind) && !is_counted).then_some(at + 1)
}

/// Places of several words behind a word that places: at Blush & Bone, from Canal Side Surgery, outside the Ashworth
/// Road bus station.
fn end_of_placed(block: &Block<'_>, first: usize) -> Option<(usize, usize)> {
    const PLACING: &[&str] = &["at", "outside", "opposite", "behind", "near", "from"];
    let has_article = first > 0 && block.is(first - 1, &["the"]) && block.gap(first) == " ";
    let begin = first - usize::from(has_article);
    let is_kind = |at: usize| block.is(at, List::GenericPlace) || block.is(at, List::Organisation);
    let is_part = |at: usize| {
        block.get(at).is_some_and(|token| {
            token.shape == Shape::Title
                && token.text.len() > 1
                && !token.is(List::Weekday)
                && !token.is(List::Month)
                && !token.is(List::Title)
                && !token.is(List::Role)
        })
    };
    if !block.follows(begin, PLACING) || block.gap(begin) != " " || !is_part(first) {
        return None;
    }
    let mut last = first;
    while last - first < 4 && [" ", " & "].contains(&block.gap(last + 1)) && is_part(last + 1) {
        last += 1;
    }
    let is_own = (first..=last).any(|at| !is_kind(at) && !block.is(at, List::NotAName));
    let goes_on = block.gap(last + 1) == " "
        && block
            .get(last + 1)
            .is_some_and(|next| matches!(next.shape, Shape::Capitals | Shape::Number));
    let is_other = is_famous(block, first)
        || is_studied(block, first)
        || is_public(block, first, last)
        || is_author(block, last);
    (last > first && is_own && !goes_on && !is_other).then_some((first, last))
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
