//! Numbers of people and cars in registers: learners, nurses, doctors, complaints, number plates.

use super::block::{Block, Shape};
use super::identifier::{Kind, Matches};
use super::lists::List;

/// Finds such a number that begins at `at`.
pub(super) fn find_registration(block: &Block<'_>, at: usize, matches: &mut Matches) {
    let token = &block.tokens[at];
    if matches!(token.shape, Shape::Small | Shape::Title) {
        return;
    }
    let kind = Kind::Registration;
    if is_pin(token.text) || (is_registered(block, at) && is_labelled(block, at)) {
        matches.add_certain(kind, block.span(at, at));
    } else if is_plate(block, at) {
        matches.add_likely(kind, block.span(at, at + 1));
    } else if let Some(last) = last_of_reference(block, at) {
        matches.add_likely(kind, block.span(at, last));
    }
}

/// The form of letters and digits: `a` and `0`.
fn form(text: &str) -> String {
    let sign = |letter: char| match letter {
        '0'..='9' => '0',
        'A'..='Z' => 'a',
        _ => '?',
    };
    text.chars().map(sign).collect()
}

/// A PIN of the Nursing and Midwifery Council: 99Z1234E.
fn is_pin(text: &str) -> bool {
    text.len() == 8 && form(text) == "00a0000a"
}

/// Whether the number after a register's name has the form of its numbers.
fn is_registered(block: &Block<'_>, at: usize) -> bool {
    let token = &block.tokens[at];
    let is_learner = || block.has_before(at, 4, &["uln", "learner"]);
    match token.shape {
        Shape::Number if is_learner() => token.text.len() == 10,
        Shape::Number => (4..=8).contains(&token.text.len()),
        Shape::Mixed => token.digits() >= 4 && token.text.len() <= 10,
        _ => false,
    }
}

/// Whether the name of a register is directly before the number, and a word for numbers perhaps between.
fn is_labelled(block: &Block<'_>, at: usize) -> bool {
    const BETWEEN: &[&str] = &[
        "pin",
        "number",
        "no",
        "num",
        "registration",
        "reg",
        "is",
        "reference",
        "ref",
        "my",
        "unique",
    ];
    const REGISTERS: &[&str] = &[
        "uln", "nmc", "hcpc", "gmc", "gdc", "gphc", "swe", "learner", "rcvs",
    ];
    let mut before = at;
    while before > 0
        && at - before < 4
        && !block.is(before - 1, REGISTERS)
        && block.is(before - 1, BETWEEN)
    {
        before -= 1;
    }
    before > 0 && block.is(before - 1, REGISTERS)
}

/// A number plate of the United Kingdom since 2001: QX26 ZZY.
fn is_plate(block: &Block<'_>, at: usize) -> bool {
    let token = &block.tokens[at];
    token.shape == Shape::Mixed
        && form(token.text) == "aa00"
        && block.gap(at + 1) == " "
        && block
            .get(at + 1)
            .is_some_and(|next| form(next.text) == "aaa")
        && !block.has_before(at, 3, List::NumberedThing)
        && !block.has_before(at, 3, List::CodedThing)
}

/// The last token of a reference of several parts behind the word: `complaint ref. PALS-26-1189`.
fn last_of_reference(block: &Block<'_>, at: usize) -> Option<usize> {
    const LABELS: &[&str] = &[
        "reference",
        "ref",
        "complaint",
        "referral",
        "study",
        "case",
        "claim",
    ];
    const THINGS: &[&str] = &[
        "policy",
        "unit",
        "standard",
        "guideline",
        "order",
        "batch",
        "lot",
        "invoice",
        "certificate",
        "course",
        "module",
        "document",
        "form",
        "leaflet",
        "sop",
        "cartridge",
        "model",
        "serial",
        "asset",
        "iso",
        "version",
    ];
    let begins =
        block.tokens[at].shape == Shape::Capitals && (2..=5).contains(&block.tokens[at].text.len());
    if !begins || !block.has_before(at, 2, LABELS) || block.has_before(at, 6, THINGS) {
        return None;
    }
    let mut last = at;
    while last - at < 4
        && block.is_joined_by(last + 1, &["-", "/"])
        && block.tokens[last + 1].shape == Shape::Number
    {
        last += 1;
    }
    let digits: usize = block.tokens[at..=last]
        .iter()
        .map(super::block::Token::digits)
        .sum();
    (digits >= 4).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::super::identifier::Kind;
    use super::super::search::identifiers;

    #[test]
    fn numbers_of_registers_are_found_behind_their_names() {
        for (text, number) in [
            ("My NMC PIN is 99Z1234E.", "99Z1234E"),
            ("a physiotherapist, HCPC PH990417", "PH990417"),
            ("GMC number 9990012", "9990012"),
            ("ULN 9990000018", "9990000018"),
            ("a blue van (QX26 ZZY) stopped", "QX26 ZZY"),
            ("the complaint (ref. PALS-26-1189) was", "PALS-26-1189"),
        ] {
            let found = identifiers(text, &[]);
            let found: Vec<_> = found
                .iter()
                .map(|one| (one.kind, one.span.of(text)))
                .collect();
            assert_eq!(found, [(Kind::Registration, number)], "{text}");
        }
        for text in [
            "batch AB12 CDE",
            "policy ref. CP-26-1189",
            "unit reference T/617/4578",
        ] {
            assert_eq!(identifiers(text, &[]), [], "{text}");
        }
    }
}
