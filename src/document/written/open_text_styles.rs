//! The styles of OpenDocument, as far as they decide what text is and whether it shows.

use std::collections::BTreeMap;

use super::styles::{Raised, RunFacts};
use crate::document::odf_look::length_of;
use crate::document::refusal::Refusal;
use crate::document::xml::{self, Element, Step};

/// The most styles that are based on each other.
const LONGEST_CHAIN: usize = 24;

/// One style.
#[derive(Clone, Debug, Default)]
pub(super) struct OpenStyle {
    /// The name that people see, in lower case.
    pub(super) name: String,
    parent: Option<String>,
    /// The list style of its paragraphs.
    pub(super) list: Option<String>,
    pub(super) run: RunFacts,
}

/// How one level of a list is numbered: its first number, or `None` for a bullet.
pub(super) type ListStart = Option<u32>;

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct OpenStyles {
    styles: BTreeMap<(String, String), OpenStyle>,
    lists: BTreeMap<String, BTreeMap<usize, ListStart>>,
}

impl OpenStyles {
    /// Adds the styles of a part.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        xml::walk(bytes, &mut |step, around| {
            if let Step::Open(element) = step {
                self.open(element, around);
            }
        })
    }

    fn open(&mut self, element: &Element, around: &[Element]) {
        let get = |key: &str| element.get(key).map(str::to_owned);
        match element.name.as_str() {
            "style" => {
                let name = get("name").unwrap_or_default();
                let family = get("family").unwrap_or_default();
                let style = OpenStyle {
                    name: get("display-name")
                        .unwrap_or_else(|| name.replace("_20_", " "))
                        .to_lowercase(),
                    parent: get("parent-style-name"),
                    list: get("list-style-name").filter(|list| !list.is_empty()),
                    run: RunFacts::default(),
                };
                self.styles.insert((family, name), style);
            }
            "text-properties" | "paragraph-properties" => {
                let Some(style) = around.iter().find(|one| one.name == "style") else {
                    return;
                };
                let key = |key: &str| style.get(key).unwrap_or_default().to_owned();
                if let Some(style) = self.styles.get_mut(&(key("family"), key("name"))) {
                    note_look(&mut style.run, element);
                }
            }
            "list-level-style-number" | "list-level-style-bullet" | "list-level-style-image" => {
                let list = around.iter().find(|one| one.name == "list-style");
                let Some(list) = list.and_then(|list| list.get("name")) else {
                    return;
                };
                let number = |key: &str| element.get(key).and_then(|number| number.parse().ok());
                let is_number = element.name == "list-level-style-number"
                    && element.get("num-format") != Some("");
                let start = is_number.then(|| number("start-value").unwrap_or(1));
                let level: usize = element
                    .get("level")
                    .and_then(|level| level.parse().ok())
                    .unwrap_or(1);
                let levels = self.lists.entry(list.to_owned()).or_default();
                levels.insert(level.saturating_sub(1), start);
            }
            _ => {}
        }
    }

    /// A style of a family, merged with those that it is based on.
    pub(super) fn find(&self, family: &str, name: &str) -> OpenStyle {
        let get = |name: &str| self.styles.get(&(family.to_owned(), name.to_owned()));
        let mut style = get(name).cloned().unwrap_or_default();
        let mut next = style.parent.clone();
        for _ in 0..LONGEST_CHAIN {
            let Some(below) = next.as_deref().and_then(get) else {
                break;
            };
            // Automatic styles have no name that says anything.
            if !is_known(&style.name) {
                style.name.clone_from(&below.name);
            }
            style.list = style.list.or_else(|| below.list.clone());
            style.run = style.run.or(&below.run);
            next = below.parent.clone();
        }
        style
    }

    /// How a level of a list is numbered.
    pub(super) fn list_start(&self, list: &str, level: usize) -> ListStart {
        let levels = self.lists.get(list);
        levels
            .and_then(|levels| levels.get(&level))
            .copied()
            .flatten()
    }
}

/// Whether a style's name says what its paragraphs are.
pub(super) fn is_known(name: &str) -> bool {
    matches!(
        name,
        "title" | "quotations" | "quote" | "preformatted text" | "subtitle"
    ) || name.starts_with("heading")
}

fn note_look(run: &mut RunFacts, properties: &Element) {
    let get = |key: &str| properties.get(key);
    if properties.name == "text-properties" {
        let is_bold =
            |weight: &str| weight == "bold" || weight.parse::<u32>().is_ok_and(|n| n > 500);
        run.bold = get("font-weight").map(is_bold).or(run.bold);
        run.italic = get("font-style")
            .map(|style| style != "normal")
            .or(run.italic);
        run.struck = get("text-line-through-style")
            .map(|style| style != "none")
            .or(run.struck);
        run.hidden = get("display")
            .map(|display| display == "none")
            .or(run.hidden);
        run.pale = get("color")
            .map(|colour| colour.eq_ignore_ascii_case("#ffffff"))
            .or(run.pale);
        // Two points.
        let is_tiny = |size: f64| size < 0.08;
        run.tiny = get("font-size")
            .and_then(length_of)
            .map(is_tiny)
            .or(run.tiny);
        run.font = get("font-name").map(str::to_owned).or(run.font.take());
        run.raised = get("text-position").map_or(run.raised, |place| {
            Some(match place.split_whitespace().next() {
                Some("super") => Raised::Above,
                Some("sub") => Raised::Below,
                _ => Raised::No,
            })
        });
    }
    let has_ground =
        |colour: &str| colour != "transparent" && !colour.eq_ignore_ascii_case("#ffffff");
    run.ground = get("background-color").map(has_ground).or(run.ground);
}
