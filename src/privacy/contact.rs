//! E-mail addresses, postcodes and postal addresses.

use super::block::{Block, Shape, Token};
use super::given::Given;
use super::identifier::{Identifier, Kind, Matches};
use super::lists::{List, Lists};

use crate::text::Span;

/// Finds all of them in a block.
pub(super) fn read(block: &Block<'_>, matches: &mut Matches) {
    find_emails(block, matches);
    // A postcode in a web address is reported too: little else has its form.
    if !block.quiet.is_empty() {
        for at in 0..block.tokens.len() {
            if block.tokens[at].shape == Shape::Mixed && block.is_quiet(block.tokens[at].span()) {
                find_postcode(block, at, matches);
            }
        }
    }
    for &at in &block.starts {
        let token = &block.tokens[at];
        if matches!(token.shape, Shape::Number | Shape::Mixed) {
            find_postcode(block, at, matches);
            find_street(block, at, matches);
        }
        if token.lists.has_any(Lists::ADDRESS) {
            find_flat(block, at, matches);
            find_named_house(block, at, matches);
            find_labelled_address(block, at, matches);
        }
    }
}

fn find_emails(block: &Block<'_>, matches: &mut Matches) {
    let Some(first) = block.tokens.first() else {
        return;
    };
    let last = block.tokens[block.tokens.len() - 1].span();
    let whole = Span::new(first.span().start, last.end);
    let text = block.slice(whole);
    let local = |letter: char| letter.is_alphanumeric() || "._%+-'".contains(letter);
    let host = |letter: char| letter.is_alphanumeric() || ".-".contains(letter);
    for (at, _) in text.match_indices('@') {
        let from = text[..at]
            .rfind(|letter: char| !local(letter))
            .map_or(0, |end| {
                end + text[end..].chars().next().map_or(1, char::len_utf8)
            });
        let to = text[at + 1..]
            .find(|letter: char| !host(letter))
            .map_or(text.len(), |end| at + 1 + end);
        let domain = text[at + 1..to].trim_end_matches(['.', '-']);
        let named = domain
            .rsplit_once('.')
            .is_some_and(|(host, end)| !host.is_empty() && is_top_domain(end));
        let account = text[from..at].trim_start_matches(['.', '-', '\'']);
        if named && !account.is_empty() && !is_of_office(account) {
            let start = whole.start + at - account.len();
            matches.add_certain(
                Kind::Email,
                Span::new(start, whole.start + at + 1 + domain.len()),
            );
        }
    }
}

/// Whether the last part of a host is one of the net's, and not a version or the ending of a file.
fn is_top_domain(end: &str) -> bool {
    const FILES: &[&str] = &[
        "png", "jpg", "jpeg", "gif", "svg", "webp", "heic", "pdf", "docx", "xlsx", "pptx", "txt",
        "md", "zip",
    ];
    let is_file = || FILES.iter().any(|file| file.eq_ignore_ascii_case(end));
    end.len() >= 2 && end.chars().all(char::is_alphabetic) && !is_file()
}

/// Whether an address is an office's and no person's.
fn is_of_office(account: &str) -> bool {
    const OFFICES: &[&str] = &[
        "info",
        "enquiries",
        "enquiry",
        "contact",
        "admin",
        "support",
        "noreply",
        "no-reply",
        "hello",
        "reception",
        "office",
        "help",
        "helpdesk",
        "pals",
        "complaints",
        "safeguarding",
        "feedback",
        "mail",
        "apprenticeships",
        "hr",
        "recruitment",
        "library",
        "press",
        "it",
    ];
    OFFICES
        .iter()
        .any(|office| office.eq_ignore_ascii_case(account))
}

/// Finds a postcode: one or two letters, a digit, an optional digit or letter; then a digit and two
/// letters.
fn find_postcode(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let token = &block.tokens[at];
    if token.shape != Shape::Mixed {
        return;
    }
    // In a link a space is %20, and its digits join the second half.
    let bytes = token.text.as_bytes();
    let last = if (5..=7).contains(&bytes.len()) && is_outward(&bytes[..bytes.len() - 3]) {
        at
    } else if is_outward(bytes) && block.is_joined_by(at + 1, &[" ", "-", "+", "  ", "%", "\u{a0}"])
    {
        at + 1
    } else {
        return;
    };
    let second = block.tokens[last].text;
    let second = if block.gap(last) == "%" {
        second.strip_prefix("20").unwrap_or(second)
    } else {
        second
    };
    let inward = if last == at {
        &bytes[bytes.len() - 3..]
    } else {
        second.as_bytes()
    };
    // ZZ99 3VZ means "no fixed abode" in NHS records.
    let nowhere = token.text.eq_ignore_ascii_case("zz99") && second.eq_ignore_ascii_case("3vz");
    if !(is_inward(inward) || nowhere) {
        return;
    }
    let small = bytes[0].is_ascii_lowercase() || inward[1].is_ascii_lowercase();
    let named = block.has_before(
        at,
        8,
        &[
            "postcode",
            "postcodes",
            "post",
            "pc",
            "lives",
            "address",
            "house",
        ],
    );
    let thing = block.has_before(at, 4, List::CodedThing)
        || block.has_after(last, 8, &["lot", "batch", "mapping", "criteria"]);
    let together = last == at;
    if named || !(thing || small || together) {
        matches.add_certain(Kind::Postcode, block.span(at, last));
    }
}

fn is_outward(bytes: &[u8]) -> bool {
    let letters = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    let rest = &bytes[letters..];
    (1..=2).contains(&letters)
        && match rest {
            [digit] => digit.is_ascii_digit(),
            [digit, more] => digit.is_ascii_digit() && more.is_ascii_alphanumeric(),
            _ => false,
        }
}

fn is_inward(bytes: &[u8]) -> bool {
    // The Royal Mail does not use these letters in the second half.
    let letter =
        |byte: &u8| byte.is_ascii_alphabetic() && !b"CIKMOV".contains(&byte.to_ascii_uppercase());
    matches!(bytes, [digit, first, second] if digit.is_ascii_digit() && letter(first) && letter(second))
}

/// Words in front of a street word that make it something else: car park, right way.
const ORDINARY: &[&str] = &[
    "car", "hard", "usb", "side", "right", "back", "hand", "second", "open", "this", "one", "no",
    "a", "the", "each", "by", "same", "only", "new", "best", "long", "another", "other",
];

/// Words for a street that are seldom anything else, for names of files.
const PLAIN_STREETS: &[&str] = &[
    "lane", "road", "street", "avenue", "close", "drive", "crescent", "terrace", "rd", "st", "ave",
    "gardens", "grove", "mews", "court",
];

/// Finds a house number with the name of a street.
fn find_street(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let token = &block.tokens[at];
    let house = token.text.len() <= 4
        && token
            .text
            .trim_end_matches(|letter: char| letter.is_ascii_alphabetic())
            .len()
            + 1
            >= token.text.len()
        && token
            .text
            .starts_with(|letter: char| letter.is_ascii_digit());
    if !house {
        return;
    }
    if let Some(last) = last_of_foreign_street(block, at) {
        matches.add_certain(Kind::Address, block.span(at, last));
        return;
    }
    let lives = block.has_before(at, 6, &["lives", "lived", "address", "living"]);
    let mut titles = 0;
    for last in at + 1..(at + 5).min(block.tokens.len()) {
        let gap = block.gap(last);
        let word = &block.tokens[last];
        if ![" ", "-", "_", ", ", "' ", "’ "].contains(&gap)
            || word.shape == Shape::Number
            || word.shape == Shape::Mixed
        {
            return;
        }
        titles += usize::from(is_name_like(word));
        let ends = word.is(List::Street) || (word.is(&["st"]) && last > at + 1);
        // "14-night-bank-shift.md" is the name of a file, with its number.
        let is_joined = gap != " " && gap != ", " && word.is(PLAIN_STREETS);
        let named = titles == last - at || is_joined || (lives && last > at + 1);
        let is_thing = block.is(last - 1, ORDINARY);
        let named = named || (last > at + 1 && block.has_after(last, 3, &["address"]));
        if ends && last > at + 1 && named && !is_thing {
            matches.add_certain(
                Kind::Address,
                block.span(first_of(block, at), last_of(block, last)),
            );
            return;
        }
    }
}

/// The last token of an address in which the word for a street comes first: `3 Heol y Felin`.
fn last_of_foreign_street(block: &Block<'_>, at: usize) -> Option<usize> {
    const FIRST: &[&str] = &[
        "heol", "ffordd", "stryd", "lôn", "lon", "clos", "rhodfa", "maes", "bryn", "rue", "calle",
        "ulica",
    ];
    let is_street = |word: &&Token<'_>| is_name_like(word) && word.is(FIRST);
    block.get(at + 1).filter(is_street)?;
    if block.gap(at + 1) != " " {
        return None;
    }
    let reach = block.tokens.len() - 1;
    let mut last = (at + 2).min(reach);
    while last < reach
        && last - at < 4
        && block.gap(last + 1) == " "
        && is_name_like(&block.tokens[last + 1])
    {
        last += 1;
    }
    Some(last)
}

/// The first token of an address whose house number is `at`: a flat before it is included.
fn first_of(block: &Block<'_>, at: usize) -> usize {
    let flat = at >= 2 && block.is(at - 2, List::Flat) && block.tokens[at - 1].digits() > 0;
    if flat { at - 2 } else { at }
}

/// The last token of an address whose street is `last`: a town after it is included.
fn last_of(block: &Block<'_>, last: usize) -> usize {
    let place =
        block.is_joined_by(last + 1, &[", "]) && block.tokens[last + 1].shape == Shape::Title;
    let more = block
        .get(last + 2)
        .is_some_and(|_| block.gap(last + 2).starts_with([',', '.', ';', '\n']));
    if place && more { last + 1 } else { last }
}

/// The greatest number of tokens of an address.
const LONGEST: usize = 20;

/// Finds a named house: "lives at The Old Smithy, Garth Lane".
fn find_named_house(block: &Block<'_>, at: usize, matches: &mut Matches) {
    if !block.is(at, List::Lives) || !block.is(at + 1, &["at"]) {
        return;
    }
    let mut last = at + 1;
    while last - at < LONGEST
        && block.get(last + 1).is_some_and(is_name_like)
        && (last == at + 1 || block.is_joined_by(last + 1, &[" ", ", "]))
    {
        last += 1;
    }
    if last > at + 2 {
        matches.add_certain(Kind::Address, block.span(at + 2, last));
    }
}

/// Finds a flat with the name of its house.
fn find_flat(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let number = block
        .get(at + 1)
        .is_some_and(|token| token.text.len() <= 4 && token.shape != Shape::Title);
    if !block.is(at, List::Flat) || !number || block.gap(at + 1) != " " {
        return;
    }
    let mut last = at + 1;
    while last - at < LONGEST
        && block.get(last + 1).is_some_and(is_name_like)
        && block.is_joined_by(last + 1, &[" ", ", "])
    {
        last += 1;
    }
    let digits = block.tokens[at + 1].digits() > 0 || block.tokens[at + 1].text.len() == 1;
    if last > at + 1 && digits {
        matches.add_certain(Kind::Address, block.span(at, last));
    }
}

/// Finds the names and numbers after the label `address`, up to the end of the line or the cell.
fn find_labelled_address(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let label = block.is(at, List::Address) && block.gap(at + 1).contains([':', '|']);
    if !label || block.follows(at, &["email", "mail", "ip", "web"]) {
        return;
    }
    let mut last = at;
    while let Some(next) = block.get(last + 1).filter(|_| last - at < LONGEST) {
        let gap = block.gap(last + 1);
        let joined = last == at || [" ", ", "].contains(&gap);
        if !joined || !(is_name_like(next) || next.shape == Shape::Number) {
            break;
        }
        last += 1;
    }
    if last > at + 1 {
        matches.add_certain(Kind::Address, block.span(at + 1, last));
    }
}

fn is_name_like(token: &Token<'_>) -> bool {
    token.shape == Shape::Title || token.shape == Shape::Capitals
}
/// Finds the names of a house and a village before a postcode: `The Old Rectory, Nether Wick, AB1 4QX`.
pub(super) fn read_house_names(block: &Block<'_>, matches: &mut Matches) {
    let is_postcode = |one: &&Identifier| one.kind == Kind::Postcode;
    let codes: Vec<usize> = matches
        .identifiers
        .iter()
        .filter(is_postcode)
        .map(|one| block.token_at(one.span.start))
        .collect();
    for code in codes {
        let mut first = code;
        while first > 0 && code - first < 7 && [", ", " "].contains(&block.gap(first)) {
            let word = &block.tokens[first - 1];
            let is_name = word.shape == Shape::Title && !word.is(List::Title);
            if !is_name || word.given() == Some(Given::Only) {
                break;
            }
            first -= 1;
        }
        if code - first > 1 && [", ", " "].contains(&block.gap(code)) {
            matches.add_likely(Kind::Address, block.span(first, code - 1));
        }
    }
}
