//! What became of the statements of a standard in its next version: text, Markdown, JSON, and the
//! map that reads decisions across the two.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value, json};

use super::json::to_pretty_json;
use super::scaffold::quoted;
use crate::model::{LockedStandard, LockedStatement, Relation, Word};
use crate::revision::StatementChange;
use crate::text::{counted, mark_changes};

/// Two versions of a standard, compared.
#[derive(Debug)]
pub struct Revision<'a> {
    /// The old version.
    pub old: &'a LockedStandard,
    /// The new version.
    pub new: &'a LockedStandard,
    /// What became of each statement.
    pub changes: Vec<StatementChange>,
}

impl Revision<'_> {
    /// Whether every statement was kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes
            .iter()
            .all(|one| one.relation == Relation::Kept)
    }

    fn before(&self, change: &StatementChange) -> Vec<&LockedStatement> {
        change
            .old
            .iter()
            .map(|&at| &self.old.statements[at])
            .collect()
    }

    fn after(&self, change: &StatementChange) -> Vec<&LockedStatement> {
        change
            .new
            .iter()
            .map(|&at| &self.new.statements[at])
            .collect()
    }

    /// How many changes there are of each relation, in words.
    fn counts(&self) -> String {
        let mut counts: BTreeMap<Relation, usize> = BTreeMap::new();
        for change in &self.changes {
            *counts.entry(change.relation).or_default() += 1;
        }
        let counts = counts.iter();
        let words: Vec<String> = counts
            .map(|(relation, number)| format!("{number} {}", relation.word()))
            .collect();
        words.join(", ")
    }

    /// The words of a change: for a rewording, the new words with the old ones marked.
    fn words(&self, change: &StatementChange) -> Vec<String> {
        let words = |one: &LockedStatement| one.words.to_string();
        let (old, new) = (self.before(change), self.after(change));
        match change.relation {
            Relation::Kept | Relation::Moved | Relation::Gone => vec![words(old[0])],
            Relation::New => vec![words(new[0])],
            Relation::Reworded | Relation::Unsure if old.len() == 1 && new.len() == 1 => {
                vec![mark_changes(&words(old[0]), &words(new[0]))]
            }
            _ => {
                let line = |mark: &str, one: &&LockedStatement| {
                    format!("{mark} {}: {}", one.code, words(one))
                };
                let old = old.iter().map(|one| line("-", one));
                old.chain(new.iter().map(|one| line("+", one))).collect()
            }
        }
    }

    /// The codes of a change: `K1 -> K2`.
    fn codes(&self, change: &StatementChange) -> String {
        let codes = |all: Vec<&LockedStatement>| {
            let codes: Vec<&str> = all.iter().map(|one| one.code.as_str()).collect();
            codes.join(", ")
        };
        let (old, new) = (codes(self.before(change)), codes(self.after(change)));
        match change.relation {
            Relation::Kept | Relation::New => new,
            Relation::Gone => old,
            _ => format!("{old} -> {new}"),
        }
    }

    /// Every change but what was kept, for people.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        for change in self.changed() {
            // Writing to a string cannot fail, here and below.
            let _ = writeln!(out, "{:<9} {}", change.relation.word(), self.codes(change));
            for line in self.words(change) {
                let _ = writeln!(out, "          {line}");
            }
        }
        let _ = writeln!(out, "{}: {}.", self.old.id, self.counts());
        out
    }

    fn changed(&self) -> impl Iterator<Item = &StatementChange> {
        let changes = self.changes.iter();
        changes.filter(|change| change.relation != Relation::Kept)
    }

    /// The same as a table.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = format!("# {}: what changed\n\n{}.\n\n", self.new.id, self.counts());
        out.push_str("| | codes | words |\n|---|---|---|\n");
        for change in self.changed() {
            let words = self.words(change).join("<br>");
            let words = words.replace('|', "\\|").replace('\n', " ");
            let _ = writeln!(
                out,
                "| {} | {} | {words} |",
                change.relation.word(),
                self.codes(change)
            );
        }
        out
    }

    /// The document of `standards diff --format json`.
    #[must_use]
    pub fn json(&self) -> String {
        let statement = |one: &&LockedStatement| json!({ "code": one.code, "text": one.words.known(), "guid": one.guid.known() });
        let change = |change: &StatementChange| {
            let (old, new) = (self.before(change), self.after(change));
            let kind = old.iter().chain(&new).next().map(|one| &one.kind);
            json!({
                "is": change.relation.word(),
                "kind": kind,
                "from": old.iter().map(statement).collect::<Vec<Value>>(),
                "to": new.iter().map(statement).collect::<Vec<Value>>(),
            })
        };
        let version = |one: &LockedStandard| json!({ "id": one.id, "version": one.version.known(), "digest": one.digest });
        to_pretty_json(&json!({
            "version": 1,
            "old": version(self.old),
            "new": version(self.new),
            "changes": self.changes.iter().map(change).collect::<Vec<Value>>(),
        }))
    }

    /// The map, to be confirmed by a person.
    #[must_use]
    pub fn map(&self) -> String {
        let mut out = String::from(
            "# What became of each code. Read every row: decisions of before are read through it.\n\
             # kept, moved: acceptances stay. reworded: they lapse, unless `same_meaning: true`.\n\
             # split: they lapse. merged: they stay where all were accepted. gone: history.\n\
             # unsure: they lapse; write what it is.\n",
        );
        let _ = writeln!(out, "version: 1\nstandard: {}", quoted(&self.new.id));
        let _ = writeln!(out, "from: {}\nto: {}", self.old.digest, self.new.digest);
        out.push_str("before: unknown\ncriteria:\n");
        for change in &self.changes {
            let codes = |all: Vec<&LockedStatement>| match &all[..] {
                [one] => quoted(&one.code),
                several => {
                    let codes: Vec<String> = several.iter().map(|one| quoted(&one.code)).collect();
                    format!("[{}]", codes.join(", "))
                }
            };
            let mut pairs = Vec::new();
            if !change.old.is_empty() {
                pairs.push(format!("from: {}", codes(self.before(change))));
            }
            if !change.new.is_empty() {
                pairs.push(format!("to: {}", codes(self.after(change))));
            }
            pairs.push(format!("is: {}", change.relation.word()));
            if change.relation == Relation::Reworded {
                pairs.push("same_meaning: false".to_owned());
            }
            let _ = writeln!(out, "  - {{ {} }}", pairs.join(", "));
        }
        out
    }

    /// How many changes a person has to look at: "2 changes".
    #[must_use]
    pub fn unsure(&self) -> Option<String> {
        let unsure = self.changes.iter();
        let unsure = unsure
            .filter(|one| one.relation == Relation::Unsure)
            .count();
        (unsure > 0).then(|| counted(unsure, "change"))
    }
}
