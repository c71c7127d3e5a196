//! The next version of a standard beside the one before: what differs, and which keys it keeps.

use std::collections::BTreeMap;

use crate::model::{Code, Criterion, Known, LockedStandard, Method, Relation, Standard, Word};
use crate::report::{KeptKeys, quoted};
use crate::revision::StatementChange;
use crate::text::{Source, plain_words};

/// Keys that the next version keeps as they are: no code is in them.
const WITHOUT_CODES: [&str; 2] = ["rules", "gateway"];

/// A file of a standard, as it was found.
#[derive(Debug)]
pub(super) struct FoundStandard {
    pub(super) source: Source,
    pub(super) standard: Standard,
}

/// The keys that the next version keeps, and names of those that it cannot.
pub(super) struct Renewal {
    pub(super) keys: KeptKeys,
    pub(super) lost: Vec<String>,
}

/// The differences of two versions beside the statements: `version: 1.0 -> 1.1`.
pub(super) fn differences(old: &Standard, new: &Standard) -> Vec<String> {
    let known = |known: &Known<String>| match known {
        Known::Known(text) => text.clone(),
        Known::Unknown => "unknown".to_owned(),
    };
    let number = |number: &Known<u32>| match number {
        Known::Known(number) => number.to_string(),
        Known::Unknown => "unknown".to_owned(),
    };
    let day = |standard: &Standard| match standard.updated {
        Known::Known(day) => day.to_string(),
        Known::Unknown => "unknown".to_owned(),
    };
    let rows = [
        ("title", old.title.clone(), new.title.clone()),
        ("level", number(&old.level), number(&new.level)),
        (
            "version",
            known(&old.standard_version),
            known(&new.standard_version),
        ),
        ("updated", day(old), day(new)),
        ("licence", old.licence.clone(), new.licence.clone()),
        ("source", old.source.clone(), new.source.clone()),
    ];
    let mut lines: Vec<String> = rows
        .iter()
        .filter(|(_, old, new)| plain_words(old) != plain_words(new))
        .map(|(key, old, new)| format!("{key}: {old} -> {new}"))
        .collect();
    lines.extend(group_differences(old, new));
    lines
}

fn group_differences(old: &Standard, new: &Standard) -> Vec<String> {
    let groups = |standard: &Standard| -> BTreeMap<Code, (String, Vec<String>)> {
        let of = |group: &crate::model::Group| {
            let words = group
                .text
                .known()
                .map(|text| plain_words(text))
                .unwrap_or_default();
            let codes = group.criteria.iter();
            let codes = codes.map(|at| standard.criteria[*at].code.value.to_string());
            (group.code.value.clone(), (words, codes.collect()))
        };
        standard.groups.iter().map(of).collect()
    };
    let (old, new) = (groups(old), groups(new));
    let mut lines = Vec::new();
    for (code, (words, codes)) in &new {
        match old.get(code) {
            None => lines.push(format!("{code}: new")),
            Some((before, _)) if before != words => lines.push(format!("{code}: other words")),
            Some((_, before)) if before != codes => lines.push(format!(
                "{code}: {} -> {}",
                before.join(", "),
                codes.join(", ")
            )),
            Some(_) => {}
        }
    }
    let gone = old.keys().filter(|code| !new.contains_key(code));
    lines.extend(gone.map(|code| format!("{code}: gone")));
    lines
}

/// The keys of a file that its next version keeps.
pub(super) fn kept_keys(
    found: &FoundStandard,
    old: &LockedStandard,
    new: &LockedStandard,
    changes: &[StatementChange],
) -> Renewal {
    let codes = same_codes(old, new, changes);
    let mut renewal = Renewal {
        keys: KeptKeys::default(),
        lost: Vec::new(),
    };
    let standard = &found.standard;
    for key in WITHOUT_CODES {
        let block = block_of(&found.source.text, key);
        renewal
            .keys
            .blocks
            .extend(block.map(|block| (key.to_owned(), block)));
    }
    let mut search_words = Vec::new();
    for criterion in &standard.criteria {
        let pairs = pairs_of(criterion);
        let words = quoted_list(&criterion.search_words);
        let code = criterion.code.value.as_str();
        match codes.get(code) {
            Some(new) => {
                if !criterion.search_words.is_empty() {
                    search_words.push(format!("  - {{ code: {new}, words: {words} }}\n"));
                }
                if !pairs.is_empty() {
                    renewal.keys.criteria.insert(new.clone(), pairs);
                }
            }
            None if !pairs.is_empty() || !criterion.search_words.is_empty() => {
                renewal.lost.push(format!("the keys of {code}"));
            }
            None => {}
        }
    }
    if !search_words.is_empty() {
        let block = format!("search_words:\n{}", search_words.concat());
        renewal.keys.blocks.insert("search_words".to_owned(), block);
    }
    for kind in &standard.kinds {
        let pair = kind
            .verified_by
            .map(|by| format!("verified_by: {}", by.word()));
        renewal
            .keys
            .kinds
            .insert(kind.id.clone(), pair.into_iter().collect());
    }
    renewal.keep_methods(standard, &codes);
    if !standard.superseded.is_empty() {
        renewal.lost.push("superseded".to_owned());
    }
    renewal
}

impl Renewal {
    fn keep_methods(&mut self, standard: &Standard, codes: &BTreeMap<String, String>) {
        let Known::Known(methods) = &standard.methods else {
            return;
        };
        let mut block = String::from("methods:\n");
        for method in methods {
            block += &self.method_line(standard, method, codes);
        }
        self.keys.blocks.insert("methods".to_owned(), block);
    }

    fn method_line(
        &mut self,
        standard: &Standard,
        method: &Method,
        codes: &BTreeMap<String, String>,
    ) -> String {
        let mut kept = Vec::new();
        for at in &method.criteria {
            let code = standard.criteria[*at].code.value.as_str();
            match codes.get(code) {
                Some(new) => kept.push(new.clone()),
                None => self
                    .lost
                    .push(format!("{code} of the method {}", method.id)),
            }
        }
        format!(
            "  - {{ id: {}, title: {}, marks: {}, criteria: [{}] }}\n",
            quoted(&method.id),
            quoted(&method.title),
            method.marks,
            kept.join(", ")
        )
    }
}

/// The new code of each statement that is one statement still.
fn same_codes(
    old: &LockedStandard,
    new: &LockedStandard,
    changes: &[StatementChange],
) -> BTreeMap<String, String> {
    let is_same = |change: &&StatementChange| {
        matches!(
            change.relation,
            Relation::Kept | Relation::Moved | Relation::Reworded
        )
    };
    let one = |change: &StatementChange| {
        let (old_at, new_at) = (*change.old.first()?, *change.new.first()?);
        let code = |version: &LockedStandard, at: usize| version.statements[at].code.clone();
        Some((code(old, old_at), code(new, new_at)))
    };
    changes.iter().filter(is_same).filter_map(one).collect()
}

/// Pairs of a criterion that no publisher gives.
fn pairs_of(criterion: &Criterion) -> Vec<String> {
    let mut pairs = Vec::new();
    if !criterion.prompts.is_empty() {
        pairs.push(format!("prompts: {}", quoted_list(&criterion.prompts)));
    }
    if let Known::Known(assessed) = criterion.assessed {
        pairs.push(format!("assessed: {}", assessed.word()));
    }
    pairs
}

fn quoted_list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}

/// The lines of a key at the start of a line, up to the next such key.
fn block_of(text: &str, key: &str) -> Option<String> {
    let mut block = String::new();
    for line in text.lines() {
        let is_start = line
            .strip_prefix(key)
            .is_some_and(|rest| rest.starts_with(':'));
        let is_inner = line.starts_with([' ', '\t', '-', '}', ']']) || line.trim().is_empty();
        if is_start || !block.is_empty() && is_inner {
            block += line;
            block.push('\n');
        } else if !block.is_empty() {
            break;
        }
    }
    let block = block.trim_end();
    (!block.is_empty()).then(|| format!("{block}\n"))
}
