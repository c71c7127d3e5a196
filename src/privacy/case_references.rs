//! Numbers under which a person's case is filed: incidents, complaints, police logs, prisoners, payrolls.

use super::block::{Block, Shape, ends_sentence};
use super::candidate::{is_name, span_of_name};
use super::identifier::{Kind, Matches};
use super::lists::List;
use super::rare_words::RareWords;
use crate::text::Span;

/// Words for what has such a number.
const FILED: &[&str] = &[
    "reference",
    "ref",
    "refs",
    "incident",
    "incidents",
    "datix",
    "dtx",
    "complaint",
    "complaints",
    "complications",
    "log",
    "logged",
    "ticket",
    "case",
    "claim",
    "referral",
    "payroll",
    "prison",
    "prisoner",
    "police",
    "crime",
    "cad",
    "grievance",
    "concern",
    "training",
    "employee",
    "application",
    "study",
    "form",
    "ir1",
    "job",
    "sample",
    "ulysses",
    "certificate",
    "safeguard",
    "ombudsman",
    "pals",
    "reported",
];

/// Words for things whose numbers belong to no person.
const THINGS: &[&str] = &[
    "policy",
    "policies",
    "version",
    "edition",
    "serial",
    "model",
    "batch",
    "lot",
    "po",
    "order",
    "invoice",
    "print",
    "asset",
    "standard",
    "guideline",
    "guidance",
    "act",
    "regulations",
    "firmware",
    "iso",
    "page",
    "doi",
    "isbn",
    "expiry",
    "exp",
    "part",
    "catalogue",
    "module",
    "leaflet",
    "sop",
    "cartridge",
    "document",
    "trans",
    "receipt",
    "barcode",
    "code",
    "criterion",
    "unit",
    "nice",
    "kit",
    "ksb",
    "size",
    "parcel",
    "delivery",
    "tracking",
    "printer",
    "product",
    "item",
    "equipment",
    "pump",
    "machine",
    "needle",
    "blade",
    "dressing",
    "dressings",
    "cannula",
    "catheter",
    "swab",
    "gloves",
    "tube",
    "cream",
    "filler",
    "device",
    "suture",
    "hoist",
    "sling",
    "mattress",
    "bed",
];

/// Ranks in front of the numbers of officers.
const OFFICERS: &RareWords = &RareWords::new(&["pc", "sgt", "wpc", "pcso"]);

/// Letters that only such numbers begin with.
const PREFIXES: &[&str] = &["INC", "DTX", "CAD", "PALS", "SIRI", "STEIS"];

/// Finds such a number that begins at `at`.
pub(super) fn find_case_reference(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let token = &block.tokens[at];
    if matches!(token.shape, Shape::Small | Shape::Title) && !token.is(OFFICERS) {
        return;
    }
    let is_inner = at > 0 && ["-", "/", "."].contains(&block.gap(at)) && !block.begins(at);
    if is_inner {
        return;
    }
    find_officer(block, at, matches);
    let found = prisoner(block, at)
        .or_else(|| prefixed(block, at))
        .or_else(|| labelled(block, at));
    if let Some(last) = found {
        matches.add_likely(Kind::Registration, block.span(at, last));
    }
}

/// Finds a code of letters and digits of which nothing says that it is a thing's, in a text about people.
pub(super) fn find_code(block: &Block<'_>, at: usize, matches: &mut Matches) {
    const STANDARDS: &[&str] = &[
        "ST", "NG", "CG", "QS", "TA", "PH", "ISO", "BS", "EN", "IEC", "CE",
    ];
    let is_inner = at > 0 && ["-", "/", "."].contains(&block.gap(at)) && !block.begins(at);
    let token = &block.tokens[at];
    let letters = token
        .text
        .trim_end_matches(|digit: char| digit.is_ascii_digit());
    let Some(last) = last_of_code(block, at).filter(|_| !is_inner) else {
        return;
    };
    let digits: usize = (at..=last).map(|at| block.tokens[at].digits()).sum();
    let is_year = digits == 4
        && (block.tokens[last].text.starts_with("20") || block.tokens[last].text.starts_with("19"));
    if !is_year
        && !is_of_thing(block, at, last)
        && !STANDARDS.contains(&letters)
        && !has_thing_before(block, at)
    {
        matches.add_likely(Kind::Registration, block.span(at, last));
    }
}

/// Whether the letters of a code are those of a thing or a measure: LOT M26041, BP 118/72.
fn is_of_thing(block: &Block<'_>, at: usize, last: usize) -> bool {
    let token = &block.tokens[at];
    let is_measure = last > at
        && block.gap(at + 1) == " "
        && token.shape == Shape::Capitals
        && token.is(List::Abbreviation)
        && !PREFIXES.contains(&token.text);
    is_measure || token.is(THINGS) || token.is(List::NumberedThing) || token.is(&["cpd"])
}

/// The number of a prisoner: A9999XZ.
fn prisoner(block: &Block<'_>, at: usize) -> Option<usize> {
    let bytes = block.tokens[at].text.as_bytes();
    let fits = bytes.len() == 7
        && bytes[0].is_ascii_alphabetic()
        && bytes[1..5].iter().all(u8::is_ascii_digit)
        && bytes[5..].iter().all(u8::is_ascii_alphabetic)
        && bytes[0].is_ascii_uppercase() == bytes[5].is_ascii_uppercase();
    (fits && !has_thing_before(block, at)).then_some(at)
}

/// PC 2291 Oakapple: a number, and perhaps a name.
fn find_officer(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let is_officer = block.is(at, OFFICERS)
        && block.gap(at + 1) == " "
        && block
            .get(at + 1)
            .is_some_and(|next| next.shape == Shape::Number && (3..=5).contains(&next.text.len()));
    if !is_officer {
        return;
    }
    matches.add_likely(Kind::Registration, block.span(at, at + 1));
    if block.get(at + 2).is_some_and(is_name) && block.gap(at + 2) == " " {
        matches.add_likely(Kind::Name, span_of_name(block, at + 2, at + 2));
    }
}

/// INC-004417, DTX 88213, CAD 2214.
fn prefixed(block: &Block<'_>, at: usize) -> Option<usize> {
    let token = &block.tokens[at];
    let is_prefix = token.shape == Shape::Capitals && PREFIXES.contains(&token.text);
    is_prefix.then(|| last_of_code(block, at)).flatten()
}

/// A code in a sentence that says what it is: complaint ref C/26/1190, Datix W-119027.
fn labelled(block: &Block<'_>, at: usize) -> Option<usize> {
    let last = last_of_code(block, at)?;
    if is_of_thing(block, at, last) {
        return None;
    }
    let begin = at.saturating_sub(12);
    let is_plain = (at..=last).all(|at| block.tokens[at].shape == Shape::Number);
    let is_joined = last > at;
    let mut label = at;
    while label > begin {
        let gap = block.gap(label);
        let is_abbreviated = block.is(label - 1, &["no", "ref", "num", "nr"]);
        // "Complications are logged, ours was CX-26-07."
        if ends_sentence(gap) && !is_abbreviated {
            return None;
        }
        label -= 1;
        if is_plain && at - label > if is_joined { 8 } else { 3 } {
            return None;
        }
        if block.is(label, FILED) {
            let has_number = is_plain
                && (label + 1..at).any(|at| block.is(at, &["number", "no", "ref", "reference"]));
            let is_strong = block.is(
                label,
                &[
                    "datix",
                    "dtx",
                    "ir1",
                    "ir2",
                    "incident",
                    "complaint",
                    "payroll",
                    "cad",
                    "crime",
                ],
            );
            let is_filed = block.is(label, &["ref", "reference", "log", "ticket", "case"])
                || block.is(label, &["reported", "report"]);
            let is_told =
                at - label <= 8 && is_joined && block.follows(at, &["is", "was", "under"]);
            let is_direct = (at - label == 1 || is_told) && (is_strong || (is_joined && is_filed));
            return ((!is_plain || is_direct || has_number) && !has_thing_before(block, at))
                .then_some(last);
        }
    }
    None
}

fn has_thing_before(block: &Block<'_>, at: usize) -> bool {
    block.has_before(at, 6, THINGS)
}

/// The last token of a code that begins at `at`: letters and digits, at least four of these, joined by
/// strokes or hyphens, or letters and a number with a space between.
fn last_of_code(block: &Block<'_>, at: usize) -> Option<usize> {
    let token = &block.tokens[at];
    let is_letters = token.shape == Shape::Capitals && token.text.len() <= 5;
    let is_year = token.shape == Shape::Number && token.text.len() == 4;
    let is_mixed = token.shape == Shape::Mixed
        && token.text.len() <= 14
        && token
            .text
            .starts_with(|letter: char| letter.is_ascii_uppercase());
    let is_number = token.shape == Shape::Number && (4..=9).contains(&token.text.len());
    if token.shape != Shape::Number && !is_letters && !is_mixed {
        return None;
    }
    let mut last = at;
    while last - at < 4 {
        let Some(next) = block.get(last + 1) else {
            break;
        };
        let gap = block.gap(last + 1);
        let is_part = next.shape != Shape::Title && next.shape != Shape::Small;
        let is_long = next.digits() >= 3 || block.gap(last + 2) == "/";
        let is_spaced = gap == " " && last == at && is_letters && is_long;
        if !(is_part && (["-", "/"].contains(&gap) || is_spaced)) {
            break;
        }
        last += 1;
    }
    let parts = &block.tokens[at..=last];
    let digits: usize = parts.iter().map(super::block::Token::digits).sum();
    let has_letter = parts.iter().any(|part| part.digits() < part.text.len());
    let is_code = match last - at {
        0 => is_mixed || is_number,
        _ if has_letter => is_letters || is_year || is_mixed,
        // 14/88213/26 and no date.
        _ => parts.iter().any(|part| {
            let is_year = part.text.starts_with("19") || part.text.starts_with("20");
            part.text.len() >= 4 && (!is_year || token.text > "31")
        }),
    };
    (is_code && digits >= 4).then_some(last)
}

/// The letters and the number of digits of a number: those of the same form belong to the same register.
pub(super) fn form_of(block: &Block<'_>, span: Span) -> Option<String> {
    let text = block.slice(span);
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let has_letter = text.starts_with(|letter: char| letter.is_ascii_uppercase());
    (has_letter && digits >= 5 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())).then(
        || {
            text.chars()
                .map(|letter| if letter.is_ascii_digit() { '0' } else { letter })
                .collect()
        },
    )
}

#[cfg(test)]
mod tests {
    use super::super::search::identifiers;

    #[test]
    fn numbers_of_cases_are_found_by_their_label() {
        for (text, number) in [
            ("The incident was entered as INC-007711.", "INC-007711"),
            ("I did the datix, W-220011, alone", "W-220011"),
            (
                "Reference for it: DFG 2026/HX/00123, grant",
                "DFG 2026/HX/00123",
            ),
            ("police on 101, their log CAD 7711", "CAD 7711"),
            ("Odell Tern, A9998XY, came", "A9998XY"),
            ("form done, no. IR 0322/26.", "IR 0322/26"),
            ("my payroll P0011223 on the form", "P0011223"),
            ("Complaint ref C/26/2277. Closed", "C/26/2277"),
            ("told the lead, DTX 77123.", "DTX 77123"),
            ("the officer was PC 7712 Tern", "PC 7712"),
            ("crime ref 14/77213/26 came", "14/77213/26"),
            ("Certificate no. BLS-772204.", "BLS-772204"),
        ] {
            let found = identifiers(text, &[]);
            let found: Vec<_> = found.iter().map(|one| one.span.of(text)).collect();
            assert!(found.contains(&number), "{text}: {found:?}");
        }
        for text in [
            "ours is serial SPT-20-11987",
            "the policy is CLN-0417 version 3.2",
            "print code SFC-CC-0612",
            "ordered, PO 4500117732",
            "NICE NG249 and QS50",
            "the study of 2019 with 1200 people",
            "I did the training in 2026",
        ] {
            assert_eq!(identifiers(text, &[]), [], "{text}");
        }
    }
}
