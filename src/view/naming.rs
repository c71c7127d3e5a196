//! Codes that a text names, and the feedback that names a code without a verdict on it.

use std::collections::BTreeMap;

use crate::model::{Code, CriterionId, Decision, FiledEntry, Portfolio};

/// Decisions by the criteria that their feedback names without a verdict on them.
#[derive(Clone, Debug, Default)]
pub struct NamedInFeedback(BTreeMap<CriterionId, Vec<Naming>>);

/// A decision whose feedback names a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Naming {
    /// Index of the entry.
    pub entry: usize,
    /// Index of the decision among those about the entry.
    pub decision: usize,
}

impl NamedInFeedback {
    /// Reads the feedback about `entries`.
    pub fn new(portfolio: &Portfolio, entries: &[usize]) -> Self {
        let mut criteria: BTreeMap<String, Vec<CriterionId>> = BTreeMap::new();
        for id in portfolio.catalogue.criteria() {
            if let Some(key) = normalise(portfolio.catalogue.code(id).as_str()) {
                criteria.entry(key).or_default().push(id);
            }
        }
        let mut named: BTreeMap<CriterionId, Vec<Naming>> = BTreeMap::new();
        for &at in entries {
            let entry = &portfolio.entries[at];
            for (place, decision) in entry.decisions.iter().enumerate() {
                for id in list_unjudged(entry, decision, &criteria) {
                    named.entry(id).or_default().push(Naming {
                        entry: at,
                        decision: place,
                    });
                }
            }
        }
        Self(named)
    }

    /// The decisions that name `criterion`, by entry.
    pub fn of(&self, criterion: CriterionId) -> &[Naming] {
        self.0.get(&criterion).map_or(&[], Vec::as_slice)
    }
}

/// The criteria that the feedback of a decision names without a verdict on them, in order. If
/// several standards have the code, those that the decision or the entry is about are meant, and
/// all of them if it is about none.
fn list_unjudged(
    entry: &FiledEntry,
    decision: &Decision,
    criteria: &BTreeMap<String, Vec<CriterionId>>,
) -> Vec<CriterionId> {
    let feedback = decision.feedback.as_deref().unwrap_or_default();
    let mut found = Vec::new();
    for ids in list_codes(feedback).filter_map(|code| criteria.get(&code)) {
        if ids.iter().any(|id| decision.verdict(*id).is_some()) {
            continue;
        }
        let claimed = ids.iter().filter(|id| entry.claim(**id).is_some());
        let claimed: Vec<CriterionId> = claimed.copied().collect();
        found.extend(if claimed.is_empty() { ids } else { &claimed });
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether a text names a code as a word of its own, in any spelling: `K1` is not in `K15`.
pub(super) fn names(text: &str, code: &str) -> bool {
    normalise(code).is_some_and(|code| list_codes(text).any(|named| named == code))
}

/// The words of a text that look like codes, normalised. A word with hyphens may be one code, as
/// `AP503-T1`, begin with one, or give a range.
fn list_codes(text: &str) -> impl Iterator<Item = String> {
    let is_inner = |sign: char| sign.is_alphanumeric() || matches!(sign, '-' | '.');
    let words = text.split(move |sign| !is_inner(sign));
    let words = words.map(|word| word.trim_matches(['-', '.']));
    words.flat_map(|word| {
        let parts: Vec<&str> = word.split('-').collect();
        let prefix = Code::prefix(parts[0]);
        let range = parts.into_iter().enumerate();
        let range = range.filter(move |(at, part)| *at == 0 || Code::prefix(part) == prefix);
        let range = range
            .map(|(_, part)| part)
            .filter(move |part| *part != word);
        std::iter::once(word).chain(range).filter_map(normalise)
    })
}

/// A code in the spelling that all its spellings share; `None` for a plain word or number. A code
/// of numbers alone keeps its dots: `1.1` is not 11.
fn normalise(word: &str) -> Option<String> {
    let has_digit = word.contains(|sign: char| sign.is_ascii_digit());
    let has_letter = word.contains(char::is_alphabetic);
    match (has_digit, has_letter) {
        (true, true) => Some(Code::fold(word)),
        (true, false) if word.contains('.') => Some(word.to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_named_as_a_word() {
        assert!(names("K1 is shown, and K15.", "K15") && names("(K1)", "K1"));
        assert!(names("see k15, and st0215:K7", "K15") && names("st0215:K7", "K7"));
        assert!(names("AP503-T1: more", "AP503-T1") && names("K1-related", "K1"));
        assert!(!names("K15 only, and ME-K1", "K1"));
        assert!(!names("AP503-T1", "T1"));
    }

    #[test]
    fn a_range_names_its_ends_and_a_number_is_no_code() {
        assert!(names("K14-K16 next", "K14") && names("K14-K16 next", "K16"));
        assert!(names("1.1 is shown.", "1.1") && !names("11 beds", "1.1"));
        assert!(!names("2 of them", "2"));
    }
}
