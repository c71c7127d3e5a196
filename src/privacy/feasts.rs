//! Feasts, which are days of a year like any date.

use super::block::Block;

/// Feasts in two words.
const FEASTS: &[[&str; 2]] = &[
    ["boxing", "day"],
    ["christmas", "day"],
    ["christmas", "eve"],
    ["xmas", "day"],
    ["xmas", "eve"],
    ["good", "friday"],
    ["maundy", "thursday"],
    ["shrove", "tuesday"],
    ["whit", "sunday"],
    ["whit", "monday"],
    ["easter", "saturday"],
    ["easter", "sunday"],
    ["easter", "monday"],
    ["easter", "tuesday"],
    ["year's", "day"],
    ["year's", "eve"],
    ["years", "eve"],
    ["years", "day"],
    ["valentine's", "day"],
    ["valentines", "day"],
    ["patrick's", "day"],
    ["patricks", "day"],
    ["george's", "day"],
    ["andrew's", "day"],
    ["bonfire", "night"],
    ["burns", "night"],
    ["twelfth", "night"],
    ["pancake", "day"],
    ["mothering", "sunday"],
    ["mother's", "day"],
    ["mothers", "day"],
    ["father's", "day"],
    ["fathers", "day"],
    ["remembrance", "sunday"],
    ["remembrance", "day"],
    ["armistice", "day"],
    ["palm", "sunday"],
    ["ascension", "day"],
];

/// Feasts in one word.
const SINGLE: &[&str] = &["halloween", "hogmanay"];

/// The second words of feasts.
const SECOND: &[&str] = &[
    "day", "eve", "night", "sunday", "monday", "tuesday", "thursday", "friday", "saturday",
];

/// The first and the last token of a feast at `at`, without its year: Boxing Day, new years eve.
pub(super) fn parse_feast(block: &Block<'_>, at: usize) -> Option<(usize, usize)> {
    if block.is(at, SINGLE) {
        return Some((at, at));
    }
    let is_two = block.is(at + 1, SECOND)
        && block.gap(at + 1) == " "
        && FEASTS
            .iter()
            .any(|[first, second]| block.is(at, &[*first]) && block.is(at + 1, &[*second]));
    let has_first = at > 0
        && block.gap(at).trim_start_matches('.') == " "
        && block.is(at - 1, &["new", "st", "saint"]);
    is_two.then_some((at - usize::from(has_first), at + 1))
}

/// Whether a feast is the day of something that happened, and not one to come, or a thing that is called after it:
/// since Boxing Day, but a Christmas Eve shift.
pub(super) fn is_day(block: &Block<'_>, first: usize, last: usize) -> bool {
    const COMING: &[&str] = &[
        "by", "before", "until", "till", "next", "every", "each", "off", "for", "a", "this",
        "about", "like", "or", "no",
    ];
    const THINGS: &[&str] = &[
        "off",
        "dinner",
        "lunch",
        "cards",
        "card",
        "party",
        "present",
        "presents",
        "jumper",
        "tree",
        "menu",
        "cake",
        "carols",
        "concert",
        "raffle",
        "shift",
        "shifts",
        "is",
        "rota",
        "menus",
        "bank",
        "pay",
        "service",
        "parade",
        "activities",
        "craft",
        "flowers",
    ];
    let is_coming = first > 0 && block.gap(first) == " " && block.is(first - 1, COMING);
    let is_thing = block.gap(last + 1) == " " && block.is(last + 1, THINGS);
    !is_coming && !is_thing && !block.has_in_sentence(first, last, &["rota", "holiday"])
}
