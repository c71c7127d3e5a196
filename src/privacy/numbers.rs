//! Numbers by which people are known: NHS and CHI, National Insurance, hospital; and telephone numbers, which are runs
//! of digits too.

use super::lists::Lists;
use super::words::{Block, Shape, ends_sentence};
use super::{Found, Kind};
use crate::text::Span;

/// Signs that stand between the groups of one number.
const JOINTS: &str = " -.()\u{a0}";

/// Words in front of numbers that count things.
const OF_THINGS: &[&str] = &[
    "isbn",
    "order",
    "lot",
    "batch",
    "cartridge",
    "ref",
    "invoice",
    "barcode",
    "serial",
    "model",
    "version",
    "sku",
    "timestamp",
    "mtime",
    "ctime",
    "suture",
    "catalogue",
    "asset",
    "ticket",
    "tracking",
    "parcel",
    "delivery",
    "job",
    "build",
    "doi",
    "export",
    "exported",
    "epoch",
    "unix",
    "started",
    "requisition",
    "docket",
    "po",
    "membership",
    "pin",
    "gtin",
    "part",
    "product",
    "item",
    "code",
];

/// Words around numbers of patients.
const OF_PATIENTS: &[&str] = &[
    "nhs",
    "patient",
    "patients",
    "pt",
    "wristband",
    "band",
    "obs",
    "chart",
    "record",
    "records",
    "hers",
    "his",
    "her",
    "label",
    "lady",
    "sample",
    "spine",
    "pds",
    "client",
    "resident",
    "notes",
    "she",
    "he",
    "swab",
    "bloods",
    "handover",
    "sheet",
    "bottle",
    "form",
    "ecg",
    "fluid",
    "specimen",
    "draft",
];

/// Reads all numbers of a block.
pub fn read(block: &Block<'_>, found: &mut Found) {
    for &at in &block.marks {
        let token = &block.tokens[at];
        match token.shape {
            Shape::Number => {
                // Neither has less than ten.
                let digits: usize = groups(block, at).map(|(_, group)| group.len()).sum();
                if digits >= 10 {
                    ten_digits(block, at, found);
                    phone(block, at, found);
                }
            }
            Shape::Mixed => national_insurance(block, at, found),
            Shape::Capitals | Shape::Small if token.text.len() == 2 => {
                national_insurance(block, at, found)
            }
            Shape::Capitals | Shape::Small | Shape::Title => {}
        }
        hospital(block, at, found);
    }
}

/// No number has more digits than 0044, a nought that is not dialled, and ten.
const LONGEST: usize = 15;

/// The groups of digits that begin at a word, each with the place of its end; as many as one number can have.
fn groups<'a>(block: &Block<'a>, first: usize) -> impl Iterator<Item = (usize, &'a str)> {
    let belongs = move |at: usize| {
        let gap = block.gap(at);
        let joined = !gap.is_empty()
            && gap.chars().count() <= 3
            && gap.chars().all(|sign| JOINTS.contains(sign));
        at == first || (joined && block.tokens[at].shape == Shape::Number)
    };
    let within = first..block.tokens.len().min(first + LONGEST);
    within
        .take_while(move |&at| belongs(at))
        .map(|at| (at, block.tokens[at].text))
}

/// NHS and CHI numbers: ten digits whose last one checks the others (NHS Data Dictionary: weights 10 to 2, modulus 11).
fn ten_digits(block: &Block<'_>, first: usize, found: &mut Found) {
    // In a link a space is written as %20, and its digits join the number's.
    let escaped = block.gap(first).ends_with('%') && block.tokens[first].text.starts_with("20");
    let skip = if escaped { 2 } else { 0 };
    let mut digits = String::new();
    let mut lengths = Vec::new();
    for (last, group) in groups(block, first) {
        let group = if last == first {
            group.get(skip..).unwrap_or_default()
        } else {
            group
        };
        digits.push_str(group);
        lengths.push(group.len());
        if digits.len() < 10 {
            continue;
        }
        let span = Span::new(
            block.tokens[first].span.start + skip,
            block.tokens[last].span.end,
        );
        let grouped = matches!(
            &lengths[..],
            [3, 3, 4] | [6, 4] | [10] | [3, 7] | [6, 3, 1] | [5, 5]
        ) || (lengths.len() == 10 && lengths.iter().all(|&length| length == 1));
        if digits.len() == 10 && grouped && has_check_digit(&digits) {
            person(
                block,
                first,
                last,
                &digits,
                lengths == [3, 3, 4],
                span,
                found,
            );
        }
        return;
    }
}

fn person(
    block: &Block<'_>,
    first: usize,
    last: usize,
    digits: &str,
    as_nhs: bool,
    span: Span,
    found: &mut Found,
) {
    if block.before(first, 3, &["isbn"])
        || (block.before(first, 4, &["isbn"]) && !block.before(first, 2, &["nhs"]))
    {
        return;
    }
    let scottish = ["chi", "community"];
    let spelt = spells(block, first, ["c", "h", "i"]);
    if (spelt || block.before(first, 30, &scottish) || block.after(last, 6, &["chi"]))
        && begins_with_a_day(digits)
    {
        found.certain(Kind::ChiNumber, span);
        return;
    }
    let named = block.before(first, 6, &["nhs"]) || spells(block, first, ["n", "h", "s"]);
    let thing = block.before(first, 5, OF_THINGS) || block.after(last, 2, &["unix", "isbn"]);
    let boxed = last - first == 9;
    let near = boxed || block.before(first, 12, OF_PATIENTS) || block.after(last, 8, OF_PATIENTS);
    match (named, as_nhs) {
        (true, _) if !thing || block.before(first, 2, &["nhs", "number", "no", "s"]) => {
            found.certain(Kind::NhsNumber, span);
        }
        (_, true) if !thing => found.certain(Kind::NhsNumber, span),
        _ if near && !thing => found.certain(Kind::NhsNumber, span),
        _ => {}
    }
}

/// Whether an abbreviation with points stands among the words before a place: C.H.I., n.h.s.
fn spells(block: &Block<'_>, before: usize, letters: [&str; 3]) -> bool {
    let from = before.saturating_sub(8);
    (from..before.saturating_sub(2)).any(|at| (0..3).all(|n| block.is(at + n, &letters[n..=n])))
}

/// Whether the last of ten digits checks the others.
pub fn has_check_digit(digits: &str) -> bool {
    let values: Vec<u32> = digits
        .chars()
        .filter_map(|digit| digit.to_digit(10))
        .collect();
    let sum: u32 = values
        .iter()
        .take(9)
        .zip((2..=10).rev())
        .map(|(value, weight)| value * weight)
        .sum();
    let check = match 11 - sum % 11 {
        11 => 0,
        check => check,
    };
    values.get(9) == Some(&check) && values.iter().any(|value| value != &values[0])
}

/// A CHI number begins with the day of birth: DDMMYY.
fn begins_with_a_day(digits: &str) -> bool {
    let two = |from: usize| {
        digits
            .get(from..from + 2)
            .and_then(|part| part.parse::<u32>().ok())
            .unwrap_or(99)
    };
    (1..=31).contains(&two(0)) && (1..=12).contains(&two(2))
}

/// Telephone numbers of the United Kingdom: 0 and nine or ten digits, or 44 and as many.
fn phone(block: &Block<'_>, first: usize, found: &mut Found) {
    let mut digits = String::new();
    for (last, group) in groups(block, first) {
        // +44 (0)20: this nought is not dialled.
        let nought = group == "0" && digits == "44";
        digits.push_str(if nought { "" } else { group });
        let abroad = digits.strip_prefix("0044").or_else(|| {
            let plus = block.gap(first).ends_with('+');
            digits
                .strip_prefix("44")
                .filter(|_| plus || block.before(first, 2, &["tel", "phone", "call"]))
        });
        let national = abroad.or_else(|| {
            digits
                .strip_prefix('0')
                .filter(|rest| !rest.starts_with('0'))
        });
        let Some(national) = national.filter(|national| national.len() >= 9) else {
            continue;
        };
        let whole = national.len() == 10
            || (national.len() == 9 && national.starts_with('1') && is_last(block, last));
        let known = national.starts_with(['1', '2', '3', '7', '8']);
        if whole
            && known
            && !is_public(block, first, national)
            && !block.before(first, 4, OF_THINGS)
        {
            found.certain(Kind::Phone, block.span(first, last));
        }
        if national.len() >= 10 {
            return;
        }
    }
}

/// Whether no further digits follow.
fn is_last(block: &Block<'_>, last: usize) -> bool {
    let next = block
        .get(last + 1)
        .is_some_and(|token| token.shape == Shape::Number);
    !(next
        && block
            .gap(last + 1)
            .chars()
            .all(|sign| JOINTS.contains(sign)))
}

/// Numbers that everybody may know: free and low-cost lines of services that are named beside them.
fn is_public(block: &Block<'_>, first: usize, national: &str) -> bool {
    const SERVICES: &[&str] = &[
        "helpline",
        "childline",
        "samaritans",
        "switchboard",
        "hotline",
        "public",
        "line",
        "advice",
        "charity",
        "service",
        "poster",
        "cqc",
        "council",
        "police",
        "nhs",
        "trust",
    ];
    let shared = ["800", "808", "300", "303", "345", "333"]
        .iter()
        .any(|start| national.starts_with(start));
    shared && (block.before(first, 10, SERVICES) || block.after(first, 8, SERVICES))
}

/// National Insurance numbers: two letters, six digits, a letter from A to D.
fn national_insurance(block: &Block<'_>, first: usize, found: &mut Found) {
    let mut signs = String::new();
    let mut last = first;
    for at in first..block.tokens.len().min(first + 6) {
        if at > first && !block.joined_by(at, &[" ", "-", ".", ""]) {
            break;
        }
        signs.push_str(block.tokens[at].text);
        last = at;
        if signs.len() >= 9 {
            break;
        }
    }
    let bytes = signs.as_bytes();
    let fits = bytes.len() == 9
        && bytes[..2].iter().all(u8::is_ascii_alphabetic)
        && bytes[2..8].iter().all(u8::is_ascii_digit)
        && matches!(bytes[8].to_ascii_uppercase(), b'A'..=b'D');
    if !fits {
        return;
    }
    let named = block.before(first, 12, &["ni", "nino", "insurance", "n.i"])
        || block.after(last, 12, &["ni", "nino", "insurance"])
        || (block.before(first, 4, &["n"]) && block.before(first, 3, &["i"]));
    let thing = block.before(first, 14, OF_THINGS) || block.after(last, 14, OF_THINGS);
    if named {
        found.certain(Kind::NiNumber, block.span(first, last));
    } else if !thing
        && signs[..2].bytes().all(|byte| byte.is_ascii_uppercase())
        && !signs.starts_with("ZZ")
    {
        found.likely(Kind::NiNumber, block.span(first, last));
    }
}

/// Words that name a hospital's number.
pub const LABELS: &[&str] = &["mrn", "mrns", "crn", "hospno", "casenote"];

/// Words that name a hospital's number, in two parts.
pub const WHOSE: &[&str] = &[
    "hospital",
    "hosp",
    "pas",
    "unit",
    "note",
    "notes",
    "casenote",
    "case",
    "patient",
    "patient's",
    "client",
    "client's",
    "record",
    "emis",
    "systmone",
    "pt",
    "chart",
    "episode",
    "visit",
    "resident",
    "clinic",
    "lab",
    "specimen",
    "accession",
    "rio",
    "carenotes",
    "registration",
    "file",
    "account",
    "reg",
    "district",
];
const NUMBER: &[&str] = &[
    "number",
    "no",
    "num",
    "id",
    "nr",
    "numbers",
    "nos",
    "ref",
    "reference",
];

/// Numbers behind the words by which a hospital or a clinic calls them.
fn hospital(block: &Block<'_>, at: usize, found: &mut Found) {
    let token = &block.tokens[at];
    let chi = token.text.get(..3).is_some_and(|start| {
        start.eq_ignore_ascii_case("chi") || start.eq_ignore_ascii_case("nhs")
    });
    if chi && has_check_digit(&token.text[3..]) && token.text.len() == 13 {
        found.certain(
            if token.text.starts_with(['c', 'C']) {
                Kind::ChiNumber
            } else {
                Kind::NhsNumber
            },
            Span::new(token.span.start + 3, token.span.end),
        );
        return;
    }
    let fused = token
        .text
        .get(..3)
        .is_some_and(|start| start.eq_ignore_ascii_case("mrn"));
    if fused && token.digits() >= 4 {
        found.certain(
            Kind::HospitalNumber,
            Span::new(token.span.start + 3, token.span.end),
        );
        return;
    }
    let trust =
        token.shape == Shape::Capitals && token.text.len() == 3 && token.text.starts_with('R');
    if trust && block.joined_by(at + 1, &["/", "-"]) && block.tokens[at + 1].digits() >= 5 {
        found.certain(Kind::HospitalNumber, block.span(at, at + 1));
        return;
    }
    if record(block, at, found) {
        return;
    }
    if !token.lists.on(Lists::OF_HOSPITALS) {
        return;
    }
    let single = token.is_one_of(LABELS);
    let abbreviated = token.is_one_of(&["hosp", "reg", "pt"]) && block.gap(at + 1) == ". ";
    let one_sentence = abbreviated || !ends_sentence(block.gap(at + 1));
    let double = one_sentence && block.is(at + 1, NUMBER) && token.is_one_of(WHOSE);
    if !single && !double {
        return;
    }
    let from = if double { at + 2 } else { at + 1 };
    let mut sentences = 0;
    for start in from..(from + 7).min(block.tokens.len()) {
        let gap = block.gap(start);
        let abbreviated = block.is(start - 1, &["no", "hosp", "num"]) && gap.starts_with('.');
        sentences += usize::from(ends_sentence(gap) && !abbreviated);
        if sentences > 1 || block.is(start, &["nhs", "chi", "isbn", "page", "dob", "nor", "not"]) {
            return;
        }
        if let Some(last) = reference(block, start) {
            found.certain(Kind::HospitalNumber, block.span(start, last));
            return;
        }
    }
}

/// A reference without a label in front of it, in a sentence that says what it is: "the hospital one", "her hospital ID".
fn record(block: &Block<'_>, at: usize, found: &mut Found) -> bool {
    const SAID: &[&str] = &[
        "hospital",
        "pas",
        "mrn",
        "notes",
        "district",
        "reg",
        "episodes",
        "records",
        "tube",
        "wristband",
        "ids",
    ];
    const NOT: &[&str] = &[
        "dose", "policy", "page", "isbn", "model", "expiry", "exp", "course",
    ];
    let token = &block.tokens[at];
    let lettered = token.shape == Shape::Mixed
        && token
            .text
            .starts_with(|sign: char| sign.is_ascii_uppercase())
        && token.digits() >= 6
        && token.text.len() - token.digits() <= 3;
    let split = token.shape == Shape::Capitals
        && token.text.len() <= 3
        && block
            .get(at + 1)
            .is_some_and(|next| next.digits() >= 2 && next.shape == Shape::Number);
    let last = if lettered || split {
        reference(block, at)
    } else {
        None
    };
    let Some(last) = last else { return false };
    let digits: usize = block.tokens[at..=last]
        .iter()
        .map(super::words::Token::digits)
        .sum();
    let said = block.in_sentence(at, last, SAID)
        && !block.before(at, 5, OF_THINGS)
        && !block.in_sentence(at, last, NOT);
    if said && digits >= 5 {
        found.certain(Kind::HospitalNumber, block.span(at, last));
    }
    said && digits >= 5
}

/// The last word of a reference that begins at a word: letters and digits, at least four of them digits.
fn reference(block: &Block<'_>, first: usize) -> Option<usize> {
    let token = &block.tokens[first];
    let begins = match token.shape {
        Shape::Number | Shape::Mixed => token.digits() > 0,
        Shape::Capitals => token.text.len() <= 4 && block.get(first + 1)?.digits() > 0,
        Shape::Title | Shape::Small => false,
    };
    if !begins {
        return None;
    }
    let (mut last, mut digits) = (first, token.digits());
    while let Some(next) = block.get(last + 1).filter(|_| last - first < LONGEST) {
        let gap = block.gap(last + 1);
        let spaced = gap == " " && next.digits() == next.text.len() && next.text.len() >= 2;
        if !(["-", "/", "."].contains(&gap) && next.digits() > 0 || spaced) {
            break;
        }
        digits += next.digits();
        last += 1;
    }
    (digits >= 4).then_some(last)
}
