//! How people are reached: e-mail addresses, postcodes, houses and streets.

use super::lists::Lists;
use super::words::{Block, Shape, Token};
use super::{Found, Kind};
use crate::text::Span;

/// Reads all of them in a block.
pub fn read(block: &Block<'_>, found: &mut Found) {
    if block.has_at_sign {
        emails(block, found);
    }
    for &at in &block.marks {
        let token = &block.tokens[at];
        if matches!(token.shape, Shape::Number | Shape::Mixed) {
            postcode(block, at, found);
            street(block, at, found);
        }
        if token.lists.on(Lists::ADDRESS) {
            flat(block, at, found);
            house(block, at, found);
            labelled(block, at, found);
        }
    }
}

fn emails(block: &Block<'_>, found: &mut Found) {
    let Some(first) = block.tokens.first() else {
        return;
    };
    let last = block.tokens[block.tokens.len() - 1].span;
    let whole = Span::new(first.span.start, last.end);
    let text = block.under(whole);
    let local = |sign: char| sign.is_alphanumeric() || "._%+-'".contains(sign);
    let host = |sign: char| sign.is_alphanumeric() || ".-".contains(sign);
    for (at, _) in text.match_indices('@') {
        let from = text[..at]
            .rfind(|sign: char| !local(sign))
            .map_or(0, |end| {
                end + text[end..].chars().next().map_or(1, char::len_utf8)
            });
        let to = text[at + 1..]
            .find(|sign: char| !host(sign))
            .map_or(text.len(), |end| at + 1 + end);
        let domain = text[at + 1..to].trim_end_matches(['.', '-']);
        let named = domain
            .rsplit_once('.')
            .is_some_and(|(host, end)| !host.is_empty() && end.len() >= 2);
        let account = text[from..at].trim_start_matches(['.', '-', '\'']);
        if named && !account.is_empty() {
            let start = whole.start + at - account.len();
            found.certain(
                Kind::Email,
                Span::new(start, whole.start + at + 1 + domain.len()),
            );
        }
    }
}

/// Words in front of codes that look like postcodes.
const OF_THINGS: &[&str] = &[
    "lot",
    "batch",
    "ref",
    "code",
    "model",
    "serial",
    "part",
    "product",
    "exp",
    "cartridge",
    "catalogue",
    "version",
    "asset",
    "sku",
    "size",
    "needle",
    "criteria",
    "mapping",
    "linked",
    "criterion",
];

/// Postcodes as the Royal Mail forms them: one or two letters, a digit, perhaps one more sign; a digit and two letters.
fn postcode(block: &Block<'_>, at: usize, found: &mut Found) {
    let token = &block.tokens[at];
    if token.shape != Shape::Mixed {
        return;
    }
    // In a link a space is written as %20, and its digits join the second half.
    let bytes = token.text.as_bytes();
    let last = if (5..=7).contains(&bytes.len()) && is_outward(&bytes[..bytes.len() - 3]) {
        at
    } else if is_outward(bytes) && block.joined_by(at + 1, &[" ", "-", "+", "  ", "%", "\u{a0}"]) {
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
    // ZZ99 3VZ says in NHS records that somebody has no fixed abode.
    let nowhere = token.text.eq_ignore_ascii_case("zz99") && second.eq_ignore_ascii_case("3vz");
    if !(is_inward(inward) || nowhere) {
        return;
    }
    let small = bytes[0].is_ascii_lowercase() || inward[1].is_ascii_lowercase();
    let named = block.before(
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
    let thing = block.before(at, 4, OF_THINGS)
        || block.after(last, 8, &["lot", "batch", "mapping", "criteria"]);
    let together = last == at;
    if named || !(thing || small || together) {
        found.certain(Kind::Postcode, block.span(at, last));
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
    // These letters are never in the second half, because they are misread.
    let letter =
        |byte: &u8| byte.is_ascii_alphabetic() && !b"CIKMOV".contains(&byte.to_ascii_uppercase());
    matches!(bytes, [digit, first, second] if digit.is_ascii_digit() && letter(first) && letter(second))
}

const STREETS: &[&str] = &[
    "lane",
    "road",
    "street",
    "close",
    "avenue",
    "drive",
    "way",
    "court",
    "crescent",
    "terrace",
    "rise",
    "row",
    "gardens",
    "grove",
    "hill",
    "place",
    "square",
    "mews",
    "wharf",
    "walk",
    "park",
    "view",
    "rd",
    "ave",
    "ln",
    "parade",
    "green",
    "croft",
    "fold",
    "ginnel",
    "wynd",
    "brow",
    "bank",
    "end",
    "yard",
    "quay",
    "passage",
    "meadow",
    "meadows",
    "crest",
    "vale",
    "dene",
    "cottages",
    "villas",
    "buildings",
    "mount",
];

/// A number of a house and the name of its street.
fn street(block: &Block<'_>, at: usize, found: &mut Found) {
    let token = &block.tokens[at];
    let house = token.text.len() <= 4
        && token
            .text
            .trim_end_matches(|sign: char| sign.is_ascii_alphabetic())
            .len()
            + 1
            >= token.text.len()
        && token.text.starts_with(|sign: char| sign.is_ascii_digit());
    if !house {
        return;
    }
    let lives = block.before(at, 6, &["lives", "lived", "address", "home", "at", "gave"]);
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
        let ends = word.is_one_of(STREETS) || (word.is_one_of(&["st"]) && last > at + 1);
        let named = titles == last - at || (gap != " " && gap != ", ") || (lives && last > at + 1);
        if ends && last > at + 1 && named {
            found.certain(
                Kind::Address,
                block.span(first_of(block, at), last_of(block, last)),
            );
            return;
        }
    }
}

/// A flat in front of a house belongs to the address.
fn first_of(block: &Block<'_>, at: usize) -> usize {
    let flat = at >= 2 && block.is(at - 2, FLATS) && block.tokens[at - 1].digits() > 0;
    if flat { at - 2 } else { at }
}

/// A place behind a street belongs to the address.
fn last_of(block: &Block<'_>, last: usize) -> usize {
    let place = block.joined_by(last + 1, &[", "]) && block.tokens[last + 1].shape == Shape::Title;
    let more = block
        .get(last + 2)
        .is_some_and(|_| block.gap(last + 2).starts_with([',', '.', ';', '\n']));
    if place && more { last + 1 } else { last }
}

/// Words beyond which no address goes on.
const LONGEST: usize = 20;

pub const LIVES: &[&str] = &["lives", "lived", "living"];

/// "lives at The Old Smithy, Garth Lane": a house that has a name.
fn house(block: &Block<'_>, at: usize, found: &mut Found) {
    let lives = block.is(at, LIVES) && block.is(at + 1, &["at"]);
    let mut last = at + 1;
    while lives
        && last - at < LONGEST
        && block.get(last + 1).is_some_and(is_name_like)
        && (last == at + 1 || block.joined_by(last + 1, &[" ", ", "]))
    {
        last += 1;
    }
    if last > at + 2 {
        found.certain(Kind::Address, block.span(at + 2, last));
    }
}

pub const FLATS: &[&str] = &["flat", "apartment", "apt"];

/// A flat and the name of its house.
fn flat(block: &Block<'_>, at: usize, found: &mut Found) {
    let number = block
        .get(at + 1)
        .is_some_and(|token| token.text.len() <= 4 && token.shape != Shape::Title);
    if !block.is(at, FLATS) || !number || block.gap(at + 1) != " " {
        return;
    }
    let mut last = at + 1;
    while last - at < LONGEST
        && block.get(last + 1).is_some_and(is_name_like)
        && block.joined_by(last + 1, &[" ", ", "])
    {
        last += 1;
    }
    let digits = block.tokens[at + 1].digits() > 0 || block.tokens[at + 1].text.len() == 1;
    if last > at + 1 && digits {
        found.certain(Kind::Address, block.span(at, last));
    }
}

pub const ADDRESS: &[&str] = &["address", "addr"];

/// What stands behind the word address: names, up to the end of the line or the cell.
fn labelled(block: &Block<'_>, at: usize, found: &mut Found) {
    if !block.is(at, ADDRESS) {
        return;
    }
    let sign = block.gap(at + 1);
    let label = sign.contains(':') || sign.contains('|');
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
        found.certain(Kind::Address, block.span(at + 1, last));
    }
}

fn is_name_like(token: &Token<'_>) -> bool {
    token.shape == Shape::Title || token.shape == Shape::Capitals
}
