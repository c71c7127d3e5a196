//! NHS, CHI and National Insurance numbers, hospital numbers, and telephone numbers.

use super::block::{Block, Shape};
use super::case_references::find_case_reference;
use super::check_digit::has_check_digit;
use super::hospital::find_hospital_number;
use super::identifier::{Kind, Matches};
use super::lists::List;
use super::registration::find_registration;
use crate::text::Span;

/// Separators between the groups of one number.
const SEPARATORS: &str = " -.()\u{a0}";

/// The most groups of a number: 0044, a zero that is not dialled, and ten digits.
const MOST_GROUPS: usize = 15;

/// Finds all numbers of a block.
pub(super) fn read(block: &Block<'_>, matches: &mut Matches) {
    if !block.quiet.is_empty() {
        read_addresses(block, matches);
    }
    for &at in &block.starts {
        let token = &block.tokens[at];
        match token.shape {
            Shape::Number => {
                let digits: usize = groups(block, at).map(|(_, group)| group.len()).sum();
                if digits >= 10 {
                    find_ten_digits(block, at, matches);
                    find_phone(block, at, matches);
                }
            }
            Shape::Mixed => find_national_insurance(block, at, matches),
            Shape::Capitals | Shape::Small if token.text.len() == 2 => {
                find_national_insurance(block, at, matches);
            }
            Shape::Capitals | Shape::Small | Shape::Title => {}
        }
        find_hospital_number(block, at, matches);
        find_registration(block, at, matches);
        find_case_reference(block, at, matches);
    }
}

/// Finds the number of a patient in a web address: `/patient/9990000018/`.
fn read_addresses(block: &Block<'_>, matches: &mut Matches) {
    for (at, token) in block.tokens.iter().enumerate() {
        let digits = token.digits();
        if digits < 6 || !block.is_quiet(token.span()) {
            continue;
        }
        let is_of_patient = block.has_before(
            at,
            2,
            &["patient", "patients", "nhs", "episodes", "episode", "mrn"],
        );
        if is_of_patient && digits == 10 && has_check_digit(token.text) {
            matches.add_certain(Kind::NhsNumber, token.span());
        } else if is_of_patient {
            matches.add_likely(Kind::HospitalNumber, token.span());
        }
    }
}

/// The groups of digits from `first` on, each with its token, as many as one number can have.
fn groups<'a>(block: &Block<'a>, first: usize) -> impl Iterator<Item = (usize, &'a str)> {
    let belongs = move |at: usize| {
        let gap = block.gap(at);
        let is_joined = (1..=3).contains(&gap.chars().count()) && is_separator(gap);
        at == first || (is_joined && block.tokens[at].shape == Shape::Number)
    };
    let within = first..block.tokens.len().min(first + MOST_GROUPS);
    within
        .take_while(move |&at| belongs(at))
        .map(|at| (at, block.tokens[at].text))
}

fn is_separator(gap: &str) -> bool {
    gap.chars().all(|letter| SEPARATORS.contains(letter))
}

/// Finds an NHS or CHI number: ten digits with a check digit, in a usual grouping.
fn find_ten_digits(block: &Block<'_>, first: usize, matches: &mut Matches) {
    // In a link a space is %20, and its digits join those of the number.
    let is_escaped = block.gap(first).ends_with('%') && block.tokens[first].text.starts_with("20");
    let skip = if is_escaped { 2 } else { 0 };
    let mut digits = String::new();
    let mut lengths = Vec::new();
    for (last, group) in groups(block, first) {
        let from = if last == first { skip } else { 0 };
        let group = group.get(from..).unwrap_or_default();
        digits.push_str(group);
        lengths.push(group.len());
        if digits.len() >= 10 {
            let is_grouped = is_grouped(&lengths);
            let labelled = find_label(block, first);
            let is_labelled = labelled.is_some();
            if is_labelled && is_learner(block, first) {
                return;
            }
            let is_near = || is_beside_nhs(block, first, &lengths);
            if digits.len() <= 10 + usize::from(is_labelled)
                && !(is_grouped && has_check_digit(&digits))
                && (is_labelled || is_near())
            {
                let is_blank = digits.bytes().all(|digit| digit == b'0');
                let start = block.tokens[first].span().start + skip;
                let span = Span::new(start, block.tokens[last].span().end);
                if !is_blank {
                    matches.add_likely(labelled.unwrap_or(Kind::NhsNumber), span);
                }
                return;
            }
            if digits.len() == 10
                && is_grouped
                && has_check_digit(&digits)
                && !is_learner(block, first)
            {
                let start = block.tokens[first].span().start + skip;
                let span = Span::new(start, block.tokens[last].span().end);
                let kind = if is_chi_number(block, first, last, &digits) {
                    Some(Kind::ChiNumber)
                } else if is_nhs_number(block, first, last, lengths == [3, 3, 4]) {
                    Some(Kind::NhsNumber)
                } else {
                    None
                };
                if let Some(kind) = kind.filter(|_| !is_isbn(block, first)) {
                    matches.add_certain(kind, span);
                } else if block.has_nhs()
                    && !is_isbn(block, first)
                    && !is_thing_number(block, first)
                    && !block.has_after(last, 3, &["isbn"])
                    && !block.has_in_sentence(first, last, &["mock", "fake", "dummy"])
                {
                    matches.add_likely(Kind::NhsNumber, span);
                }
            }
            return;
        }
    }
}

/// Finds ten digits that are grouped like a patient's number and have no valid sum, in a text about people: one
/// digit is often wrong.
pub(super) fn read_unsummed(block: &Block<'_>, matches: &mut Matches) {
    for &at in &block.starts {
        if block.tokens[at].shape != Shape::Number || block.tokens[at].text.starts_with('0') {
            continue;
        }
        let found: Vec<(usize, &str)> = groups(block, at).take(4).collect();
        let lengths: Vec<usize> = found.iter().map(|(_, group)| group.len()).collect();
        let Some(&(last, _)) = found.last() else {
            continue;
        };
        let digits: String = found.iter().map(|(_, group)| *group).collect();
        let kind = match lengths[..] {
            [3, 3, 4] => Kind::NhsNumber,
            [10] if is_labelled(block, at) => Kind::NhsNumber,
            [6, 4] if is_birth_date(&digits) => Kind::ChiNumber,
            _ => continue,
        };
        let is_spaced = (at + 1..=last).all(|at| [" ", "-"].contains(&block.gap(at)));
        let is_thing = block.has_before(at, 4, List::NumberedThing) || is_learner(block, at);
        if is_spaced && !is_thing {
            matches.add_likely(kind, block.span(at, last));
        }
    }
}

/// Whether a number is on what a patient wears or a sample bears.
fn is_labelled(block: &Block<'_>, at: usize) -> bool {
    const BEARING: &[&str] = &["label", "sticker", "wristband", "band", "bracelet", "nhs"];
    block.has_before(at, 4, BEARING) || block.has_after(at, 4, BEARING)
}

/// Whether digits begin with a day and a month.
fn is_birth_date(digits: &str) -> bool {
    let two = |from: usize| {
        let two = digits.get(from..from + 2);
        two.and_then(|two| two.parse::<u32>().ok()).unwrap_or(99)
    };
    (1..=31).contains(&two(0)) && (1..=12).contains(&two(2))
}

/// Whether ten digits are in groups of these lengths as people write them.
fn is_grouped(lengths: &[usize]) -> bool {
    let usual = [3, 3, 4] == lengths || [6, 4] == lengths || [10] == lengths || [3, 7] == lengths;
    usual || [6, 3, 1] == lengths || [5, 5] == lengths || [1; 10] == lengths
}

/// What the number at `first` is called: `NHS no. is`, `CHI number`.
fn find_label(block: &Block<'_>, first: usize) -> Option<Kind> {
    const BETWEEN: &[&str] = &[
        "number", "no", "num", "nr", "is", "was", "as", "id", "s", "the",
    ];
    let mut at = first;
    while at > 0 && first - at < 3 && block.is(at - 1, BETWEEN) {
        at -= 1;
    }
    let label = &block.tokens[at.checked_sub(1)?];
    match () {
        () if label.is(&["nhs"]) => Some(Kind::NhsNumber),
        () if label.is(&["chi"]) => Some(Kind::ChiNumber),
        () => None,
    }
}

/// Whether a number in groups is near the word `NHS`, and nothing else: `NHS nos were A on the form and B on
/// the bag`.
fn is_beside_nhs(block: &Block<'_>, first: usize, lengths: &[usize]) -> bool {
    lengths.len() > 1
        && lengths.iter().all(|&length| length >= 3)
        && !block.tokens[first].text.starts_with('0')
        && block.has_before(first, 20, &["nhs"])
        && !block.has_before(first, 20, List::NumberedThing)
        && !is_learner(block, first)
}

/// Whether a number is that of a learner.
fn is_learner(block: &Block<'_>, first: usize) -> bool {
    block.has_before(first, 4, &["uln", "learner"])
}

/// Whether the number at `first` is called a thing's directly before it: `order number`, `ref. no is`.
fn is_thing_number(block: &Block<'_>, first: usize) -> bool {
    const BETWEEN: &[&str] = &[
        "number", "no", "num", "nr", "numbers", "nos", "is", "was", "code", "id", "the", "a", "of",
        "to", "note",
    ];
    let mut at = first;
    while at > 0
        && first - at < 3
        && !block.is(at - 1, List::NumberedThing)
        && block.is(at - 1, BETWEEN)
    {
        at -= 1;
    }
    at > 0 && block.is(at - 1, List::NumberedThing) && !block.is(at - 1, &["job"])
}

fn is_isbn(block: &Block<'_>, first: usize) -> bool {
    block.has_before(first, 3, &["isbn"])
        || (block.has_before(first, 4, &["isbn"]) && !block.has_before(first, 2, &["nhs"]))
}

/// Whether ten digits are called a CHI number, and begin with a date of birth: DDMMYY.
fn is_chi_number(block: &Block<'_>, first: usize, last: usize, digits: &str) -> bool {
    let is_named = has_spelt(block, first, ["c", "h", "i"])
        || block.has_before(first, 30, &["chi", "community"])
        || block.has_after(last, 6, &["chi"]);
    is_named && is_birth_date(digits)
}

/// Whether ten digits are an NHS number by the words around them, or by their grouping.
fn is_nhs_number(block: &Block<'_>, first: usize, last: usize, is_usual_grouping: bool) -> bool {
    let is_named = block.has_before(first, 6, &["nhs"]) || has_spelt(block, first, ["n", "h", "s"]);
    let is_thing = is_thing_number(block, first) || block.has_after(last, 2, &["unix", "isbn"]);
    if is_thing {
        return is_named && block.has_before(first, 2, &["nhs", "number", "no", "s"]);
    }
    let is_boxed = last - first == 9;
    if block.has_in_sentence(first, last, &["mock", "fake", "dummy"]) {
        return false;
    }
    is_named
        || is_usual_grouping
        || is_boxed
        || block.has_before(first, 12, List::OfPatient)
        || block.has_after(last, 8, List::OfPatient)
}

/// Whether an abbreviation with points is among the tokens before `at`: C.H.I., n.h.s.
fn has_spelt(block: &Block<'_>, at: usize, letters: [&str; 3]) -> bool {
    let from = at.saturating_sub(8);
    (from..at.saturating_sub(2)).any(|at| (0..3).all(|n| block.is(at + n, &letters[n..=n])))
}

/// Finds a telephone number of the United Kingdom: 0 and nine or ten digits, or 44 and as many.
fn find_phone(block: &Block<'_>, first: usize, matches: &mut Matches) {
    let mut digits = String::new();
    for (last, group) in groups(block, first) {
        // +44 (0)20: this zero is not dialled.
        if group != "0" || digits != "44" {
            digits.push_str(group);
        }
        let is_called = || {
            block.gap(first).ends_with('+') || block.has_before(first, 2, &["tel", "phone", "call"])
        };
        let abroad = digits
            .strip_prefix("0044")
            .or_else(|| digits.strip_prefix("44").filter(|_| is_called()));
        let national = abroad.or_else(|| {
            digits
                .strip_prefix('0')
                .filter(|rest| !rest.starts_with('0'))
        });
        let Some(national) = national.filter(|national| national.len() >= 9) else {
            continue;
        };
        let is_whole = national.len() == 10
            || (national.len() == 9 && national.starts_with('1') && is_last_group(block, last));
        let is_number = national.starts_with(['1', '2', '3', '7', '8']);
        if is_whole
            && is_number
            && !is_public(block, first, national)
            && !is_thing_number(block, first)
        {
            matches.add_certain(Kind::Phone, block.span(first, last));
        }
        if national.len() >= 10 {
            return;
        }
    }
}

/// Whether no further digits follow.
fn is_last_group(block: &Block<'_>, last: usize) -> bool {
    let has_next = block
        .get(last + 1)
        .is_some_and(|token| token.shape == Shape::Number);
    !has_next || !is_separator(block.gap(last + 1))
}

/// Whether a number is a free or low-cost line of a service that is named near it.
fn is_public(block: &Block<'_>, first: usize, national: &str) -> bool {
    ["800", "808", "300", "303", "345", "333"]
        .iter()
        .any(|start| national.starts_with(start))
        && (block.has_before(first, 10, List::PublicService)
            || block.has_after(first, 8, List::PublicService))
}

/// Finds a National Insurance number: two letters, six digits, a letter from A to D.
fn find_national_insurance(block: &Block<'_>, first: usize, matches: &mut Matches) {
    let mut text = String::new();
    let mut last = first;
    for at in first..block.tokens.len().min(first + 6) {
        if at > first && !block.is_joined_by(at, &[" ", "-", ".", ""]) {
            break;
        }
        text.push_str(block.tokens[at].text);
        last = at;
        if text.len() >= 9 {
            break;
        }
    }
    let bytes = text.as_bytes();
    let fits = bytes.len() == 9
        && bytes[..2].iter().all(u8::is_ascii_alphabetic)
        && bytes[2..8].iter().all(u8::is_ascii_digit)
        && matches!(bytes[8].to_ascii_uppercase(), b'A'..=b'D');
    if !fits {
        return;
    }
    let is_named = block.has_before(first, 12, &["ni", "nino", "insurance", "n.i"])
        || block.has_after(last, 12, &["ni", "nino", "insurance"])
        || (block.has_before(first, 4, &["n"]) && block.has_before(first, 3, &["i"]));
    let is_thing = is_thing_number(block, first)
        || (first.saturating_sub(14)..first)
            .any(|at| block.is(at, List::NumberedThing) && !block.is(at, &["job"]));
    if is_named {
        matches.add_certain(Kind::NiNumber, block.span(first, last));
    } else if !is_thing && bytes[..2].iter().all(u8::is_ascii_uppercase) && !text.starts_with("ZZ")
    {
        matches.add_likely(Kind::NiNumber, block.span(first, last));
    }
}
