//! The numbering of Word: which paragraph has which number.

use std::collections::{BTreeMap, BTreeSet};

use super::builder::ParagraphKind;
use crate::document::refusal::Refusal;
use crate::document::xml::{self, Element, Step};

const LEVELS: usize = 9;

/// How one level of a list is numbered.
#[derive(Clone, Debug)]
struct ListLevel {
    shape: ListShape,
    start: u32,
    /// The id of the paragraph style that has this level.
    style: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ListShape {
    Bullet,
    Number,
    /// Neither: a paragraph without a mark.
    Plain,
}

impl Default for ListLevel {
    fn default() -> Self {
        Self {
            shape: ListShape::Number,
            start: 1,
            style: None,
        }
    }
}

/// A list: a definition, and what it overrides.
#[derive(Clone, Debug, Default)]
struct ListNumbers {
    definition: String,
    starts: BTreeMap<usize, u32>,
    levels: BTreeMap<usize, ListLevel>,
}

/// The lists of a document, and how far they are counted.
#[derive(Debug, Default)]
pub(super) struct DocumentLists {
    definitions: BTreeMap<String, BTreeMap<usize, ListLevel>>,
    /// Names of list styles: the definition that has each, and those that refer to one.
    named: BTreeMap<String, String>,
    referring: BTreeMap<String, String>,
    lists: BTreeMap<String, ListNumbers>,
    counters: BTreeMap<String, [Option<u32>; LEVELS]>,
    begun: BTreeSet<String>,
}

impl DocumentLists {
    /// Reads `numbering.xml`.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut lists = Self::default();
        xml::walk(bytes, &mut |step, around| {
            if let Step::Open(element) = step {
                lists.open(element, around);
            }
        })?;
        Ok(lists)
    }

    fn open(&mut self, element: &Element, around: &[Element]) {
        let within = |name: &str, key: &str| {
            let found = around.iter().find(|one| one.name == name);
            found.and_then(|one| one.get(key)).map(str::to_owned)
        };
        let definition = within("abstractNum", "abstractNumId");
        let list = within("num", "numId");
        let value = element.get("val").unwrap_or_default();
        match element.name.as_str() {
            "abstractNumId" => {
                if let Some(list) = list {
                    let list = self.lists.entry(list).or_default();
                    value.clone_into(&mut list.definition);
                }
            }
            "startOverride" => {
                let level = within("lvlOverride", "ilvl").and_then(|level| level.parse().ok());
                if let (Some(list), Some(level), Ok(start)) = (list, level, value.parse()) {
                    let list = self.lists.entry(list).or_default();
                    list.starts.insert(level, start);
                }
            }
            "styleLink" => {
                if let Some(definition) = definition {
                    self.named.insert(value.to_owned(), definition);
                }
            }
            "numStyleLink" => {
                if let Some(definition) = definition {
                    self.referring.insert(definition, value.to_owned());
                }
            }
            name => {
                let element = (name == "lvl").then_some(element);
                let level = element.and_then(|one| one.get("ilvl").map(str::to_owned));
                let level = level.or_else(|| within("lvl", "ilvl"));
                let Some(level) = level.and_then(|level| level.parse::<usize>().ok()) else {
                    return;
                };
                let levels = match (definition, list) {
                    (Some(definition), _) => self.definitions.entry(definition).or_default(),
                    (None, Some(list)) => &mut self.lists.entry(list).or_default().levels,
                    (None, None) => return,
                };
                let level = levels.entry(level.min(LEVELS - 1)).or_default();
                match name {
                    "numFmt" => {
                        level.shape = match value {
                            "bullet" => ListShape::Bullet,
                            "none" => ListShape::Plain,
                            _ => ListShape::Number,
                        }
                    }
                    "start" => level.start = value.parse().unwrap_or(1),
                    "pStyle" => level.style = Some(value.to_owned()),
                    _ => {}
                }
            }
        }
    }

    /// The definition of a list, behind a list style if it refers to one.
    fn definition<'a>(&'a self, list: &'a ListNumbers) -> &'a str {
        let style = self.referring.get(&list.definition);
        let named = style.and_then(|style| self.named.get(style));
        named.unwrap_or(&list.definition)
    }

    /// The level of a list that a paragraph style has.
    pub(super) fn level_of_style(&self, list: &str, style: &str) -> usize {
        let list = self.lists.get(list);
        let levels = list.and_then(|list| self.definitions.get(self.definition(list)));
        let mut levels = levels.into_iter().flatten();
        let found = levels.find(|(_, level)| level.style.as_deref() == Some(style));
        found.map_or(0, |(level, _)| *level)
    }

    /// Counts a paragraph of a list, and returns what it is.
    pub(super) fn count(&mut self, id: &str, level: usize) -> ParagraphKind {
        let level = level.min(LEVELS - 1);
        let item = |number: Option<u32>, list: &str| ParagraphKind::Item {
            level: u8::try_from(level).unwrap_or_default(),
            number,
            list: list
                .bytes()
                .fold(0, |sum: u32, byte| sum.wrapping_mul(31) + u32::from(byte)),
        };
        let Some(list) = self.lists.get(id) else {
            return item(None, id);
        };
        let definition = self.definition(list).to_owned();
        let defined = self.definitions.get(&definition);
        let defined = defined.and_then(|levels| levels.get(&level));
        let shown = list.levels.get(&level).or(defined);
        let shown = shown.cloned().unwrap_or_default();
        let counters = self.counters.entry(definition.clone()).or_default();
        if self.begun.insert(id.to_owned()) {
            for (&level, &start) in list.starts.iter().filter(|(level, _)| **level < LEVELS) {
                counters[level] = Some(start.saturating_sub(1));
            }
        }
        let number = counters[level].map_or(shown.start, |last| last.saturating_add(1));
        counters[level] = Some(number);
        counters[level + 1..].fill(None);
        match shown.shape {
            ListShape::Bullet => item(None, &definition),
            ListShape::Number => item(Some(number), &definition),
            ListShape::Plain => ParagraphKind::Plain,
        }
    }
}
