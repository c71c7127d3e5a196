//! Codes by everyday words.

use super::answers::{FoundCode, WriteAnswer};
use super::code_names::CodeNames;
use crate::engine::Snapshot;
use crate::model::{Code, CriterionId};

/// The most codes that a search returns.
const MOST_FOUND: usize = 20;

/// A criterion with the texts that it is found by, in lower case.
struct SearchedCode {
    id: CriterionId,
    name: String,
    /// With the standard before it.
    full: String,
    statement: String,
    everyday: String,
}

/// Finds codes: a code as typed, then those whose texts have all words, or else those that have the
/// most. Without words all codes, in order.
pub(super) fn find_codes(project: &Snapshot, words: &str) -> WriteAnswer {
    let typed = words.trim().to_lowercase();
    let sought: Vec<&str> = typed.split_whitespace().map(without_ending).collect();
    let all = list_codes(project);
    let mut found: Vec<(usize, bool, &SearchedCode)> = Vec::new();
    for code in &all {
        let is_name = !typed.is_empty()
            && ([&code.name, &code.full]
                .map(|name| Code::fold(name))
                .contains(&Code::fold(&typed))
                || code.name.to_lowercase().starts_with(&typed));
        let has = |word: &&&str| {
            let texts = [&code.statement, &code.everyday, &code.name.to_lowercase()];
            texts.iter().any(|text| has_word(text, word))
        };
        let matched = sought.iter().filter(has).count();
        if is_name || matched > 0 || sought.is_empty() {
            found.push((matched, is_name, code));
        }
    }
    let most = found
        .iter()
        .map(|(matched, ..)| *matched)
        .max()
        .unwrap_or(0);
    found.retain(|(matched, is_name, _)| *is_name || *matched == most);
    found.sort_by_key(|(_, is_name, code)| {
        let in_statement = sought.iter().all(|word| has_word(&code.statement, word));
        (!is_name, !in_statement)
    });
    let limit = if sought.is_empty() {
        usize::MAX
    } else {
        MOST_FOUND
    };
    let codes = found.into_iter().take(limit);
    WriteAnswer::Codes {
        codes: codes
            .map(|(.., code)| describe_code(project, code, &sought))
            .collect(),
    }
}

/// Whether a word of a text begins so: `red` finds `redness`, and not `centred`.
fn has_word(text: &str, start: &str) -> bool {
    let mut places = text.match_indices(start);
    places.any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
}

/// A word without the ending of its plural.
fn without_ending(word: &str) -> &str {
    if word.len() > 3 {
        word.strip_suffix('s').unwrap_or(word)
    } else {
        word
    }
}

fn list_codes(project: &Snapshot) -> Vec<SearchedCode> {
    let portfolio = &project.portfolio;
    let catalogue = &portfolio.catalogue;
    let names = CodeNames::new(catalogue);
    let applies = |id: &CriterionId| !portfolio.is_left_out(*id);
    let searched = |id: CriterionId| {
        let criterion = catalogue.criterion(id);
        let statement = criterion.text.known().map(|text| text.to_lowercase());
        SearchedCode {
            id,
            name: names.of(id),
            full: catalogue.full_code(id),
            statement: statement.unwrap_or_default(),
            everyday: criterion.search_words.join("\n").to_lowercase(),
        }
    };
    catalogue.criteria().filter(applies).map(searched).collect()
}

fn describe_code(project: &Snapshot, code: &SearchedCode, sought: &[&str]) -> FoundCode {
    let catalogue = &project.portfolio.catalogue;
    let line = project.coverage.line(code.id);
    let everyday = || {
        let mut words = sought
            .iter()
            .filter(|word| !has_word(&code.statement, word));
        words.find_map(|word| code.everyday.lines().find(|line| has_word(line, word)))
    };
    FoundCode {
        code: code.name.clone(),
        statement: catalogue.criterion(code.id).text.known().cloned(),
        standard: catalogue.standard(code.id.standard).full_title(),
        state: line.map_or("", |line| line.state.word()).to_owned(),
        state_title: line.map_or("", |line| line.state.title()).to_owned(),
        found_by: everyday().map(str::to_owned),
    }
}
