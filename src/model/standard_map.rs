//! Maps from one version of a standard to the next: what became of each code.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Code, Relation};
use crate::text::{SourcePath, Span, Spanned};

/// What became of the codes of one version of a standard in the next, as a person confirmed it.
#[derive(Clone, Debug)]
pub struct StandardMap {
    /// The id of the standard.
    pub standard: Spanned<String>,
    /// The digest of the old version.
    pub from: String,
    /// The digest of the new version.
    pub to: String,
    /// Decision files that name no version and are dated before this day were made under the old
    /// one.
    pub before: Option<Date>,
    /// Whether the codes in entries are those of the new version.
    pub applied: bool,
    /// Where a line `applied` goes.
    pub gap: Span,
    /// The rows.
    pub rows: Vec<MapRow>,
    /// Its file.
    pub path: SourcePath,
}

/// What became of one statement, or of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapRow {
    /// What became of them.
    pub relation: Relation,
    /// Old codes.
    pub from: Vec<String>,
    /// New codes.
    pub to: Vec<String>,
    /// Whether a reworded statement still means the same.
    pub same_meaning: bool,
}

/// Stands before an old code that no single new one replaces.
const LEFT: &str = "was-";

impl StandardMap {
    /// The row of an old code, in any spelling.
    #[must_use]
    pub fn row(&self, code: &str) -> Option<&MapRow> {
        let folded = Code::fold(code);
        let has = |row: &&MapRow| row.from.iter().any(|one| Code::fold(one) == folded);
        self.rows.iter().find(has)
    }

    /// The old code that a new one took the place of; `None` if there was none, or several.
    #[must_use]
    pub fn old_code(&self, new: &str) -> Option<&str> {
        let folded = Code::fold(new);
        let has = |row: &&MapRow| row.to.iter().any(|one| Code::fold(one) == folded);
        match &self.rows.iter().find(has)?.from[..] {
            [old] => Some(old),
            _ => None,
        }
    }

    /// How entries write each old code from now on, by its normalised spelling: the new code, or
    /// the old one after `was-` where a person has to choose. Every new spelling is used once.
    #[must_use]
    pub fn renamed(&self) -> BTreeMap<String, String> {
        let mut renamed = BTreeMap::new();
        for row in &self.rows {
            let heir = match row.relation {
                Relation::Kept | Relation::Moved | Relation::Reworded => row.from.first(),
                Relation::Merged => {
                    let is_same = |code: &&String| row.to.contains(code);
                    row.from.iter().find(is_same).or(row.from.first())
                }
                _ => None,
            };
            for old in &row.from {
                let new = row.to.first().filter(|_| Some(old) == heir);
                let new = new.map_or_else(|| format!("{LEFT}{old}"), Clone::clone);
                renamed.insert(Code::fold(old), new);
            }
        }
        renamed
    }

    /// The old code of each new spelling, by its normalised spelling.
    #[must_use]
    pub fn renamed_back(&self) -> BTreeMap<String, String> {
        let old = self.rows.iter().flat_map(|row| &row.from);
        let renamed = self.renamed();
        let pair = |old: &String| Some((Code::fold(renamed.get(&Code::fold(old))?), old.clone()));
        old.filter_map(pair).collect()
    }

    /// The new codes that took the place of an old one, if it is written as one that a person has
    /// to choose for.
    #[must_use]
    pub fn choices(&self, typed: &str) -> Option<&[String]> {
        let old = typed.trim().strip_prefix(LEFT)?;
        Some(&self.row(old)?.to)
    }
}
