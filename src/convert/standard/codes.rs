//! Codes of statements, duties and kinds as people type them.

use super::{StatementCode, StatementKind};
use crate::model::Code;

/// The longest range of codes, as in `K1-K36`.
const LONGEST_RANGE: u32 = 200;

/// Signs around codes and numbers in lists.
const BULLETS: [char; 8] = ['(', '[', '•', '·', '*', '-', '–', ' '];

/// The kind that letters before a number name: `K`, `Skill`, `TK`.
fn kind_of_letters(letters: &str) -> Option<StatementKind> {
    let folded = Code::fold(letters);
    let word = folded.trim_end_matches('S');
    Some(match folded.as_str() {
        "K" => StatementKind::Knowledge,
        "S" => StatementKind::Skill,
        "B" => StatementKind::Behaviour,
        "TK" => StatementKind::TechnicalKnowledge,
        "TS" => StatementKind::TechnicalSkill,
        "ESB" => StatementKind::Employability,
        _ => match word {
            "KNOWLEDGE" => StatementKind::Knowledge,
            "SKILL" => StatementKind::Skill,
            "BEHAVIOUR" | "BEHAVIOR" => StatementKind::Behaviour,
            _ => return None,
        },
    })
}

/// A number of at most three digits at the start, and the rest.
fn leading_number(text: &str) -> Option<(u32, &str)> {
    let digits = text.len()
        - text
            .trim_start_matches(|one: char| one.is_ascii_digit())
            .len();
    let rest = &text[digits..];
    if digits == 0 || digits > 3 || rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    // `K1.2` is no code, and `K1.` is.
    let is_part = rest
        .strip_prefix('.')
        .is_some_and(|rest| rest.starts_with(|one: char| one.is_ascii_digit()));
    let number: u32 = text[..digits].parse().ok()?;
    (number > 0 && !is_part).then_some((number, rest))
}

/// A code at the start of a text, and the rest.
fn leading_code(text: &str) -> Option<(StatementCode, &str)> {
    let end = text
        .find(|one: char| !one.is_alphabetic())
        .filter(|end| (1..=24).contains(end))?;
    let kind = kind_of_letters(&text[..end])?;
    let rest = text[end..].trim_start_matches([' ', '\u{a0}', '-', '.', '_', '#']);
    let (number, rest) = leading_number(rest)?;
    Some((StatementCode { kind, number }, rest))
}

fn without_bullets(text: &str) -> &str {
    text.trim_start_matches(BULLETS)
}

/// The text after a code, without what separates the two; `None` if nothing separates them.
fn after_separator(rest: &str) -> Option<&str> {
    let text = rest.trim_start_matches([
        ' ', '\u{a0}', '\t', '\n', ':', '.', ')', ']', '-', '–', '—', '|', ';', ',',
    ]);
    (text.len() < rest.len()).then_some(text)
}

/// A cell that is a code: `K1`, `k 01`, `K1:`, `(K1)`.
pub(super) fn read_code(text: &str) -> Option<StatementCode> {
    let (code, rest) = leading_code(without_bullets(text))?;
    let is_end = rest.is_empty() || after_separator(rest) == Some("");
    is_end.then_some(code)
}

/// A code in front of its text: `K1: …`, `K1 - …`, `K1 …`.
pub(super) fn split_code(text: &str) -> Option<(StatementCode, &str)> {
    let (code, rest) = leading_code(without_bullets(text))?;
    let text = after_separator(rest)?;
    text.contains(char::is_alphabetic).then_some((code, text))
}

/// A number alone: `7`, `7.`, `(7)`.
pub(super) fn read_number(text: &str) -> Option<u32> {
    let text = text.strip_suffix(".0").unwrap_or(text);
    let (number, rest) = leading_number(without_bullets(text))?;
    let is_end = rest.is_empty() || after_separator(rest) == Some("");
    is_end.then_some(number)
}

/// A number in front of its text: `7. …`. A sign between them is needed.
pub(super) fn split_number(text: &str) -> Option<(u32, &str)> {
    let (number, rest) = leading_number(without_bullets(text))?;
    let has_sign = rest
        .trim_start()
        .starts_with([':', '.', ')', ']', '-', '–', '—']);
    let text = after_separator(rest)?;
    (has_sign && text.contains(char::is_alphabetic)).then_some((number, text))
}

/// A list of codes and ranges and nothing else: `K1, K2 and S1-S4`.
pub(super) fn read_codes(text: &str) -> Option<Vec<StatementCode>> {
    let mut codes: Vec<StatementCode> = Vec::new();
    let mut rest = skip_separators(text);
    while !rest.is_empty() {
        let (code, after) = leading_code(rest)?;
        codes.push(code);
        rest = after;
        if let Some((last, after)) = range_end(code, after) {
            codes.extend((code.number + 1..=last).map(|number| StatementCode { number, ..code }));
            rest = after;
        }
        rest = skip_separators(rest);
    }
    (!codes.is_empty()).then_some(codes)
}

/// The last number of a range after its first code, and the rest.
fn range_end(first: StatementCode, after: &str) -> Option<(u32, &str)> {
    let rest = after.trim_start();
    let rest = rest
        .strip_prefix(['-', '–', '—'])
        .or_else(|| rest.strip_prefix("to "))?
        .trim_start();
    let (last, rest) = match leading_code(rest) {
        Some((code, rest)) if code.kind == first.kind => (code.number, rest),
        Some(_) => return None,
        None => leading_number(rest)?,
    };
    let is_range = last > first.number && last - first.number <= LONGEST_RANGE;
    is_range.then_some((last, rest))
}

fn skip_separators(text: &str) -> &str {
    let mut rest = text;
    loop {
        let next = rest
            .trim_start_matches(|one: char| one.is_whitespace() || ",;/&+|.:()[]".contains(one));
        let next = match next.get(..4) {
            Some(word) if word.eq_ignore_ascii_case("and ") => &next[4..],
            _ => next,
        };
        if next.len() == rest.len() {
            return rest;
        }
        rest = next;
    }
}

/// A duty at the start of a text, and its words: `Duty 1: …`, `D1`, `Duty 1`.
pub(super) fn read_duty(text: &str) -> Option<(u32, &str)> {
    let text = without_bullets(text);
    let end = text.find(|one: char| !one.is_alphabetic())?;
    if !matches!(text[..end].to_lowercase().as_str(), "duty" | "d") {
        return None;
    }
    let rest = text[end..].trim_start_matches([' ', '\u{a0}', '.', '-', '#']);
    let (number, rest) = leading_number(rest)?;
    let words = after_separator(rest).unwrap_or(rest);
    Some((number, words))
}

/// Duties that a cell names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NamedDuties {
    /// All of them.
    All,
    /// These.
    These(Vec<u32>),
}

/// A list of duties and nothing else: `Duty 1`, `D1, D3`, `Duties 1 and 2`, `All`. Numbers alone
/// are duties only in a column of duties.
pub(super) fn read_duties(text: &str, is_column: bool) -> Option<NamedDuties> {
    let lower = text.trim().to_lowercase();
    if matches!(lower.as_str(), "all duties" | "every duty") || is_column && lower == "all" {
        return Some(NamedDuties::All);
    }
    let mut has_word = false;
    let mut numbers = Vec::new();
    let mut from: Option<u32> = None;
    for token in lower.split(|one: char| one.is_whitespace() || ",;/&+|".contains(one)) {
        let token = token.trim_matches(|one: char| ".:()[]".contains(one));
        let digits = match token {
            "" | "and" => continue,
            "duty" | "duties" => {
                has_word = true;
                continue;
            }
            "-" | "–" | "to" => {
                from = numbers.last().copied();
                continue;
            }
            token => match token
                .strip_prefix("duty")
                .or_else(|| token.strip_prefix('d'))
            {
                Some(digits) => {
                    has_word = true;
                    digits
                }
                None => token,
            },
        };
        let (number, "") = leading_number(digits)? else {
            return None;
        };
        if let Some(first) = from.take() {
            let is_range = number > first && number - first <= LONGEST_RANGE;
            numbers.extend(is_range.then_some(first + 1..number)?);
        }
        numbers.push(number);
    }
    let is_list = !numbers.is_empty() && (has_word || is_column);
    is_list.then_some(NamedDuties::These(numbers))
}

/// The heading of a part of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SheetSection {
    /// Statements of a kind.
    Statements(StatementKind),
    /// Duties.
    Duties,
}

/// A heading such as `Knowledge`, `Skills (S)`, `Duties`.
pub(super) fn read_section(text: &str) -> Option<SheetSection> {
    let lower = text.to_lowercase();
    let plain = lower.split(['(', '[']).next().unwrap_or_default();
    let plain = plain.trim_matches(|one: char| !one.is_alphanumeric());
    let plain = [" statements", " requirements", " list", " criteria"]
        .iter()
        .find_map(|ending| plain.strip_suffix(ending))
        .unwrap_or(plain);
    let kind = match plain {
        "technical knowledge" => StatementKind::TechnicalKnowledge,
        "technical skill" | "technical skills" => StatementKind::TechnicalSkill,
        "employability skills and behaviours" | "employability" => StatementKind::Employability,
        "duty" | "duties" | "occupational duties" => return Some(SheetSection::Duties),
        word => return kind_of_letters(word).map(SheetSection::Statements),
    };
    Some(SheetSection::Statements(kind))
}

/// Whether a cell looks like a code of a kind that is not known: `AC1`.
pub(super) fn looks_like_code(text: &str) -> bool {
    let letters = text.len()
        - text
            .trim_start_matches(|one: char| one.is_ascii_uppercase())
            .len();
    let digits = text[letters..].trim_start_matches([' ', '-', '.']);
    let is_reference = matches!(&text[..letters], "ST" | "OCC" | "FA" | "AU");
    (1..=4).contains(&letters)
        && !is_reference
        && !digits.is_empty()
        && digits.len() <= 7
        && digits.starts_with(|one: char| one.is_ascii_digit())
        && digits
            .chars()
            .all(|one| one.is_ascii_digit() || ".:)ab".contains(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(codes: Option<Vec<StatementCode>>) -> String {
        let codes = codes.unwrap_or_default();
        let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
        codes.join(" ")
    }

    #[test]
    fn codes_are_read_as_people_type_them() {
        for text in [
            "K1",
            "k 1",
            "K01",
            "K1:",
            "(K1)",
            "[K1]",
            "K-1",
            "К1",
            "K1 -",
            "• K1.",
            "Knowledge 1",
        ] {
            let code = read_code(text).map(|code| code.to_string());
            assert_eq!(code.as_deref(), Some("K1"), "{text}");
        }
        for text in [
            "",
            "K",
            "1",
            "K1.2",
            "K1a",
            "K1234",
            "Kind 1 words",
            "K0",
            "ST0215",
            "K1 words",
        ] {
            assert_eq!(read_code(text), None, "{text}");
        }
        for text in [
            "K7: The signs",
            "K7 - The signs",
            "K7 – The signs",
            "K7. The signs",
            "K7) The signs",
            "K7 The signs",
            "K7\tThe signs",
            "Knowledge 7: The signs",
        ] {
            let split = split_code(text).map(|(code, words)| (code.to_string(), words));
            assert_eq!(split, Some(("K7".to_owned(), "The signs")), "{text}");
        }
        assert_eq!(split_code("K7, 8"), None);
        assert_eq!(split_code("K9s are dogs"), None);
    }

    #[test]
    fn lists_of_codes_have_ranges_and_nothing_else() {
        assert_eq!(shown(read_codes("K1, K2; S3 & B1")), "K1 K2 S3 B1");
        assert_eq!(
            shown(read_codes("K1-K4 S1 to S3\nB1–3")),
            "K1 K2 K3 K4 S1 S2 S3 B1 B2 B3"
        );
        assert_eq!(shown(read_codes("K1 and K2.")), "K1 K2");
        for text in ["", "all", "K1, see above", "K1-S3", "K1-K400"] {
            assert_eq!(read_codes(text), None, "{text}");
        }
    }

    #[test]
    fn duties_are_read_alone_in_lists_and_with_their_words() {
        assert_eq!(read_duty("Duty 1: Act within"), Some((1, "Act within")));
        assert_eq!(read_duty("Duty 10 Act within"), Some((10, "Act within")));
        assert_eq!(read_duty("D3"), Some((3, "")));
        assert_eq!(read_duty("Duties of care"), None);
        let these = |numbers: &[u32]| Some(NamedDuties::These(numbers.to_vec()));
        assert_eq!(read_duties("Duty 1, Duty 3", false), these(&[1, 3]));
        assert_eq!(read_duties("Duties 1 and 2", false), these(&[1, 2]));
        assert_eq!(read_duties("D1 - D4", false), these(&[1, 2, 3, 4]));
        assert_eq!(read_duties("1; 4", true), these(&[1, 4]));
        assert_eq!(read_duties("1; 4", false), None);
        assert_eq!(read_duties("All", true), Some(NamedDuties::All));
        assert_eq!(read_duties("Duty 1: Act", true), None);
    }

    #[test]
    fn headings_numbers_and_strange_codes_are_recognised() {
        use SheetSection::{Duties, Statements};
        assert_eq!(
            read_section("KNOWLEDGE (K):"),
            Some(Statements(StatementKind::Knowledge))
        );
        assert_eq!(
            read_section("Skills statements"),
            Some(Statements(StatementKind::Skill))
        );
        assert_eq!(read_section("Duties"), Some(Duties));
        assert_eq!(read_section("Knowledge of the law"), None);
        assert_eq!(read_number("7."), Some(7));
        assert_eq!(read_number("1.0"), Some(1));
        assert_eq!(split_number("7. The signs"), Some((7, "The signs")));
        assert_eq!(split_number("7 signs"), None);
        assert!(looks_like_code("AC1") && looks_like_code("K1a") && looks_like_code("K1.2"));
        assert!(!looks_like_code("ST0215") && !looks_like_code("B12 deficiency"));
    }
}
