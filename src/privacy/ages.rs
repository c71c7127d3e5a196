//! Ages of 90 and over: so few people reach them that an age alone can tell who it was.

use super::block::{Block, Shape};
use super::candidate::is_name;
use super::given::Given;
use super::identifier::{Kind, Matches};
use super::lists::List;

/// Finds all of them in a block.
pub(super) fn read(block: &Block<'_>, matches: &mut Matches) {
    for &at in &block.starts {
        let token = &block.tokens[at];
        let last = match token.shape {
            Shape::Number => find_number(block, at),
            Shape::Mixed => find_mixed(block, at),
            Shape::Small | Shape::Title => find_words(block, at),
            Shape::Capitals => None,
        };
        if let Some(last) = last {
            matches.add_likely(Kind::Age, block.span(at, last));
        }
    }
}

fn is_great(digits: &str) -> bool {
    digits.len() <= 3
        && digits
            .parse::<u32>()
            .is_ok_and(|age| (90..=115).contains(&age))
}

/// Whether `year old`, `years of age` or the like begins at `at`; its last token.
fn end_of_years(block: &Block<'_>, at: usize) -> Option<usize> {
    if block.is(at, &["yo"]) {
        return Some(at);
    }
    let is_years = block.is(at, &["year", "years", "yr", "yrs", "y"]);
    (is_years && block.is(at + 1, &["old", "of", "o", "young"])).then_some(at)
}

/// What has a value of 90 or more, and is no age.
const MEASURED: &[&str] = &[
    "rate",
    "pulse",
    "sats",
    "bp",
    "pressure",
    "score",
    "weight",
    "saturation",
    "heart",
    "spo2",
    "hba1c",
    "glucose",
    "sugar",
    "target",
];

/// What a number after "she's" counts.
const COUNTED: &[&str] = &[
    "kg", "kilos", "kgs", "stone", "percent", "per", "minutes", "mins", "days", "weeks", "hours",
    "hrs", "over", "beats", "mls", "ml", "mg", "cm", "metres", "miles", "pounds", "p", "steps",
    "systolic", "off", "sats",
];

/// An age in digits: 93-year-old, aged 93, "She is 93.", Oakapple (93), `D.W., 91, lives`.
fn find_number(block: &Block<'_>, at: usize) -> Option<usize> {
    if !is_great(block.tokens[at].text) {
        return None;
    }
    if let Some(last) = end_of_years(block, at + 1) {
        return Some(last);
    }
    let after = block.gap(at + 1);
    let is_closed = is_closed_after(block, at);
    let is_contracted = block.gap(at) == " "
        && at > 0
        && block.is(at - 1, &["he's", "she's", "hes", "shes", "male", "female"])
        && !block.is(at + 1, COUNTED)
        && (!block.is(at + 1, &["on"]) || block.is(at + 2, &["the"]));
    if is_contracted && !block.gap(at + 1).starts_with(['%', '/', '-']) {
        return Some(at);
    }
    let is_measured =
        after.starts_with(['%', '/', '.']) && !after.starts_with(". ") && after != ".";
    if at == 0 || !is_closed || is_measured {
        return None;
    }
    let gap = block.gap(at);
    let is_aged = block.is(at - 1, &["aged", "age", "turned", "turns", "turning"])
        && [" ", ": "].contains(&gap);
    let is_of_years =
        gap == " " && block.is(at - 1, &["of"]) && block.is(at + 1, &["years", "yrs"]);
    let is_predicate = gap == " "
        && (is_being(block, at - 1)
            || (block.is(at - 1, &["now", "only", "almost", "nearly", "about"])
                && at > 1
                && is_being(block, at - 2)));
    let is_predicate = is_predicate
        || (gap == " "
            && block.is(at - 1, &["is", "was"])
            && (block.has_before(at - 1, 6, List::Role)
                || block.has_before(at - 1, 6, &["who", "she", "he"]))
            && !block.has_before(at - 1, 6, MEASURED));
    // "with her coat on, 92, and too polite"
    let is_between = gap == ", "
        && after == ", "
        && block.has_in_sentence(at, at, &["she", "he", "her", "his", "lady", "gentleman"])
        && !block.has_in_sentence(at, at, MEASURED)
        && block.tokens[at - 1].digits() == 0
        && block.get(at + 1).is_some_and(|next| next.digits() == 0);
    if is_between {
        return Some(at);
    }
    let is_apposed = [", ", " (", ".), ", "., "].contains(&gap)
        && (after.starts_with([',', ')'])
            || (after == " " && block.is(at + 1, &["like", "now", "who", "bless"])))
        && (is_name(&block.tokens[at - 1])
            || block.tokens[at - 1].given() == Some(Given::Only)
            || block.tokens[at - 1].is_initial()
            || block.is(at - 1, List::Role));
    (is_aged || is_of_years || is_predicate || is_apposed).then_some(at)
}

/// Whether a number can end what is said of an age: by a mark, or by a word that begins a new part.
fn is_closed_after(block: &Block<'_>, at: usize) -> bool {
    const PARTS: &[&str] = &[
        "and", "but", "with", "when", "who", "lives", "now", "so", "years", "this", "yet", "next",
        "like", "last", "if", "though", "because", "cos", "bless", "yrs",
    ];
    let after = block.gap(at + 1);
    after.is_empty() && at + 1 >= block.tokens.len()
        || after.starts_with(['.', ',', ';', ')', '!', '?'])
        || after.starts_with(" -")
        || block.is(at + 1, PARTS)
}

/// Whether the token is a verb of being after a person: `she is`, `who was`.
fn is_being(block: &Block<'_>, at: usize) -> bool {
    const CONTRACTED: &[&str] = &["he's", "she's", "i'm", "who's", "she'll", "he'll"];
    const WHO: &[&str] = &[
        "she",
        "he",
        "who",
        "lady",
        "gentleman",
        "patient",
        "pt",
        "resident",
        "woman",
        "man",
    ];
    block.is(at, CONTRACTED)
        || (block.is(at, &["is", "was", "being", "be"])
            && at > 0
            && (block.is(at - 1, WHO)
                || block.is(at - 1, List::Role)
                || (is_name(&block.tokens[at - 1])
                    && !block.is(at - 1, &["target", "pulse", "result", "score", "total"]))))
}

/// An age in one token: 93yo, 90F, 101yrs, 95th birthday.
fn find_mixed(block: &Block<'_>, at: usize) -> Option<usize> {
    let text = block.tokens[at].text;
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit = text[digits.len()..].to_ascii_lowercase();
    let is_age = match &*unit {
        "yo" | "yrs" | "yr" | "yro" | "yof" | "yom" => true,
        "f" | "m" => text.ends_with(['F', 'M']) && !block.is(at + 1, &["1", "2"]),
        "st" | "nd" | "rd" | "th" => block.is(at + 1, &["birthday", "year"]),
        _ => false,
    };
    (is_age && is_great(digits)).then_some(at)
}

/// An age in words: aged ninety-three, ninety-two years old, a centenarian.
fn find_words(block: &Block<'_>, at: usize) -> Option<usize> {
    const UNITS: &[&str] = &[
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    if block.is(at, &["centenarian"]) {
        return Some(at);
    }
    if !block.is(at, &["ninety", "hundred"]) {
        return None;
    }
    let last = at + usize::from(block.is(at + 1, UNITS) && block.is_joined_by(at + 1, &["-", " "]));
    // "one hundred and two"
    let first = at - usize::from(at > 0 && block.is(at - 1, &["one", "a"]));
    if first < at && first > 0 && block.is(at, &["hundred"]) && is_being(block, first - 1) {
        let is_more = block.is(at + 1, &["and"]) && block.is(at + 2, UNITS);
        let last = at + if is_more { 2 } else { 0 };
        let is_counted =
            block.gap(last + 1) == " " && !block.is(last + 1, &["and", "years", "with"]);
        return (!is_counted).then_some(last);
    }
    let is_aged =
        at > 0 && (block.is(at - 1, &["aged", "turned", "turning"]) || is_being(block, at - 1));
    let is_aged = is_aged || (block.follows(at, &["of"]) && block.is(last + 1, &["years", "yrs"]));
    let is_counted = last + 1 < block.tokens.len()
        && block.gap(last + 1) == " "
        && !block.is(last + 1, &["and", "years", "year", "with"])
        && !block.is(
            last + 1,
            &[
                "this", "now", "today", "next", "in", "on", "but", "so", "if",
            ],
        );
    // Mrs Oakapple, ninety-two, on the floor.
    let is_apposed = at > 0
        && block.gap(at) == ", "
        && block.is(at, &["ninety"])
        && block.gap(last + 1).starts_with([',', '.', ')'])
        && (is_name(&block.tokens[at - 1])
            || block.tokens[at - 1].given() == Some(Given::Only)
            || block.is(at - 1, List::Role));
    (end_of_years(block, last + 1).is_some() || is_apposed || (is_aged && !is_counted))
        .then_some(last)
}

#[cfg(test)]
mod tests {
    use super::super::identifier::Kind;
    use super::super::search::identifiers;

    #[test]
    fn ages_from_90_on_are_found_and_measurements_are_not() {
        for text in [
            "She is 93 and came to us.",
            "a 101-year-old lady",
            "aged ninety-three",
            "the pt was 90.",
            "line 7 was 90F ?UTI",
            "on her 100th birthday",
            "a 92yo man",
            "Mrs Oakapple, ninety-two, on the floor",
            "She is 98 like her sister",
            "She's 100 on the 2nd of June.",
            "He's 91 himself and was first.",
            "with her coat on, 92, and too polite",
            "She's ninety this year.",
        ] {
            let found = identifiers(text, &[]);
            assert!(found.iter().any(|one| one.kind == Kind::Age), "{text}");
        }
        for text in [
            "She is 89 and came to us.",
            "His pulse was 96.",
            "He was 93% on air",
            "She was 95 kg",
            "sats of 94, then 97",
            "90 minutes",
            "one hundred patients",
        ] {
            let found = identifiers(text, &[]);
            assert!(!found.iter().any(|one| one.kind == Kind::Age), "{text}");
        }
    }
}
