//! Codes by everyday words.

use super::answers::{CodeGroup, FoundCode, WriteAnswer};
use super::code_names::CodeNames;
use crate::engine::Snapshot;
use crate::model::{Code, CriterionId};
use crate::text::capitalised;
use crate::view::stem;

/// The most codes that a search returns.
const MOST_FOUND: usize = 20;

/// Stems of so many letters are one if one begins with the other: `mobilise` and `mobility`.
const LONG_STEM: usize = 5;

/// A criterion with the texts that it is found by, in lower case.
struct SearchedCode {
    id: CriterionId,
    name: String,
    /// With the standard before it.
    full: String,
    /// The name in small letters.
    lower: String,
    statement: String,
    everyday: String,
    questions: String,
}

/// A word that is looked for.
struct SoughtWord {
    /// As typed, without the ending of its plural.
    start: String,
    stem: String,
}

/// Finds codes: a code as typed, then those whose texts have all words, or else those that have the
/// most. If none has any, those of which the questions have them. Without words all codes, in order;
/// if none is found, all codes by group.
pub(super) fn find_codes(project: &Snapshot, words: &str) -> WriteAnswer {
    let typed = words.trim().to_lowercase();
    let sought: Vec<SoughtWord> = typed.split_whitespace().map(SoughtWord::new).collect();
    let all = list_codes(project);
    let mut found = search(&all, &typed, &sought, &|code| {
        vec![&code.statement, &code.everyday, &code.lower]
    });
    if found.is_empty() {
        found = search(&all, "", &sought, &|code| vec![&code.questions]);
    }
    let limit = if sought.is_empty() {
        usize::MAX
    } else {
        MOST_FOUND
    };
    let codes = found.into_iter().take(limit);
    let codes: Vec<FoundCode> = codes
        .map(|code| describe_code(project, code, &sought))
        .collect();
    let groups = if codes.is_empty() {
        list_groups(project)
    } else {
        Vec::new()
    };
    WriteAnswer::Codes { codes, groups }
}

/// The codes whose texts have the most of the words, and those that are typed by name, the best
/// first.
fn search<'a>(
    all: &'a [SearchedCode],
    typed: &str,
    sought: &[SoughtWord],
    texts: &dyn Fn(&'a SearchedCode) -> Vec<&'a str>,
) -> Vec<&'a SearchedCode> {
    let is_typed = |code: &SearchedCode| {
        let names = [&code.name, &code.full].map(|name| Code::fold(name));
        !typed.is_empty() && (names.contains(&Code::fold(typed)) || code.lower.starts_with(typed))
    };
    let judge = |code: &'a SearchedCode| {
        let texts = texts(code);
        let has = |word: &&SoughtWord| texts.iter().any(|text| word.is_in(text));
        (sought.iter().filter(has).count(), is_typed(code), code)
    };
    let mut found: Vec<(usize, bool, &SearchedCode)> = all.iter().map(judge).collect();
    let most = found.iter().map(|(matched, ..)| *matched).max();
    let most = most.unwrap_or_default();
    found.retain(|(matched, is_typed, _)| {
        *is_typed || (*matched == most && (most > 0 || sought.is_empty()))
    });
    found.sort_by_key(|(_, is_typed, code)| {
        let in_statement = sought.iter().all(|word| word.is_in(&code.statement));
        (!is_typed, !in_statement)
    });
    found.into_iter().map(|(.., code)| code).collect()
}

impl SoughtWord {
    fn new(typed: &str) -> Self {
        Self {
            start: without_ending(typed).to_owned(),
            stem: stem(typed).into_owned(),
        }
    }

    /// Whether a text has a word that begins so, or one with the same stem: `red` finds `redness`,
    /// and not `centred`; `walking` finds `walk`.
    fn is_in(&self, text: &str) -> bool {
        let mut places = text.match_indices(&self.start);
        places.any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
            || text
                .split(|letter: char| !letter.is_alphanumeric())
                .any(|word| self.is_like(&stem(word)))
    }

    fn is_like(&self, other: &str) -> bool {
        let shorter = self.stem.len().min(other.len());
        *self.stem == *other
            || (shorter >= LONG_STEM
                && (self.stem.starts_with(other) || other.starts_with(&self.stem)))
    }
}

/// A word without the ending of its plural.
fn without_ending(word: &str) -> &str {
    if word.len() > 3 {
        word.strip_suffix('s').unwrap_or(word)
    } else {
        word
    }
}

/// All codes by the groups of their standards, and those in no group.
fn list_groups(project: &Snapshot) -> Vec<CodeGroup> {
    let catalogue = &project.portfolio.catalogue;
    let all = list_codes(project);
    let describe = |title: String, is_in: &dyn Fn(&CriterionId) -> bool| {
        let codes = all.iter().filter(|code| is_in(&code.id));
        let codes = codes.map(|code| describe_code(project, code, &[]));
        CodeGroup {
            title,
            codes: codes.collect(),
        }
    };
    let mut groups: Vec<CodeGroup> = Vec::new();
    for id in catalogue.groups() {
        let group = catalogue.group(id);
        let text = group.text.known().map(|text| format!(": {text}"));
        let title = format!("{}{}", group.code.value, text.unwrap_or_default());
        let is_in = |code: &CriterionId| catalogue.groups_of(*code).any(|one| one == id);
        groups.push(describe(capitalised(&title), &is_in));
    }
    let is_alone = |code: &CriterionId| catalogue.groups_of(*code).next().is_none();
    let title = if groups.is_empty() {
        "All codes"
    } else {
        "Other codes"
    };
    groups.push(describe(title.to_owned(), &is_alone));
    groups.retain(|group| !group.codes.is_empty());
    groups
}

fn list_codes(project: &Snapshot) -> Vec<SearchedCode> {
    let portfolio = &project.portfolio;
    let catalogue = &portfolio.catalogue;
    let names = CodeNames::new(catalogue);
    let applies = |id: &CriterionId| !portfolio.is_left_out(*id);
    let searched = |id: CriterionId| {
        let criterion = catalogue.criterion(id);
        let statement = criterion.text.known().map(|text| text.to_lowercase());
        let name = names.of(id);
        SearchedCode {
            id,
            lower: name.to_lowercase(),
            name,
            full: catalogue.full_code(id),
            statement: statement.unwrap_or_default(),
            everyday: criterion.search_words.join("\n").to_lowercase(),
            questions: criterion.prompts.join("\n").to_lowercase(),
        }
    };
    catalogue.criteria().filter(applies).map(searched).collect()
}

fn describe_code(project: &Snapshot, code: &SearchedCode, sought: &[SoughtWord]) -> FoundCode {
    let catalogue = &project.portfolio.catalogue;
    let line = project.coverage.line(code.id);
    let criterion = catalogue.criterion(code.id);
    let found_by = || {
        let mut words = sought.iter().filter(|word| !word.is_in(&code.statement));
        let lines = || criterion.search_words.iter().chain(&criterion.prompts);
        words.find_map(|word| lines().find(|line| word.is_in(&line.to_lowercase())))
    };
    FoundCode {
        code: code.name.clone(),
        statement: criterion.text.known().cloned(),
        standard: catalogue.standard(code.id.standard).full_title(),
        state: line.map_or("", |line| line.state.word()).to_owned(),
        state_title: line.map_or("", |line| line.state.title()).to_owned(),
        found_by: found_by().cloned(),
    }
}
