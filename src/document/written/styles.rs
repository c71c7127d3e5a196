//! The styles of Word, as far as they decide what text is and whether it shows.

use std::collections::BTreeMap;

use crate::document::refusal::Refusal;
use crate::document::xml::{self, Element, Step};

/// The most styles that are based on each other.
const LONGEST_CHAIN: usize = 24;

/// Properties that a style or a run states; `None` where it states nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct RunFacts {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) struck: Option<bool>,
    pub(super) hidden: Option<bool>,
    /// White or too small to read, on paper.
    pub(super) pale: Option<bool>,
    pub(super) tiny: Option<bool>,
    /// Whether there is another ground than paper behind it.
    pub(super) ground: Option<bool>,
    pub(super) raised: Option<Raised>,
    pub(super) font: Option<String>,
}

/// Letters above or below the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Raised {
    No,
    Above,
    Below,
}

impl RunFacts {
    /// Notes a property of a run.
    pub(super) fn note(&mut self, element: &Element) {
        let value = element.get("val").unwrap_or_default();
        let switch = || Some(value.is_empty() || element.is("val"));
        match element.name.as_str() {
            "b" => self.bold = switch(),
            "i" => self.italic = switch(),
            "strike" | "dstrike" => self.struck = switch(),
            "vanish" | "specVanish" => self.hidden = switch(),
            "color" => self.pale = Some(value.eq_ignore_ascii_case("ffffff")),
            // Half points.
            "sz" => self.tiny = value.parse::<u32>().ok().map(|size| size <= 4),
            "highlight" => self.ground = Some(value != "none"),
            "shd" => self.ground = Some(has_ground(element)),
            "vertAlign" => {
                self.raised = Some(match value {
                    "superscript" => Raised::Above,
                    "subscript" => Raised::Below,
                    _ => Raised::No,
                });
            }
            "rFonts" => self.font = element.get("ascii").map(str::to_owned),
            _ => {}
        }
    }

    /// These facts, or else those of a style below.
    pub(super) fn or(self, below: &Self) -> Self {
        Self {
            bold: self.bold.or(below.bold),
            italic: self.italic.or(below.italic),
            struck: self.struck.or(below.struck),
            hidden: self.hidden.or(below.hidden),
            pale: self.pale.or(below.pale),
            tiny: self.tiny.or(below.tiny),
            ground: self.ground.or(below.ground),
            raised: self.raised.or(below.raised),
            font: self.font.or_else(|| below.font.clone()),
        }
    }
}

/// Whether a shading colours the ground.
pub(super) fn has_ground(shading: &Element) -> bool {
    let fill = shading.get("fill").unwrap_or("auto").to_ascii_lowercase();
    let is_pattern = !matches!(shading.get("val"), None | Some("clear" | "nil"));
    is_pattern || shading.get("themeFill").is_some() || (fill != "auto" && fill != "ffffff")
}

/// One style.
#[derive(Clone, Debug, Default)]
pub(super) struct WordStyle {
    /// The name in lower case, which is English for the styles that come with Word.
    pub(super) name: String,
    based_on: Option<String>,
    /// The level as a heading, from 0; 9 is none.
    pub(super) outline: Option<u8>,
    /// The list, and the level if it is stated.
    pub(super) list: Option<String>,
    pub(super) list_level: Option<usize>,
    /// Whether it shades the paragraph.
    pub(super) ground: bool,
    pub(super) run: RunFacts,
}

/// The styles of a document, by id.
#[derive(Debug, Default)]
pub(super) struct WordStyles {
    styles: BTreeMap<String, WordStyle>,
    /// The style of paragraphs that name none.
    normal: Option<String>,
}

impl WordStyles {
    /// Reads `styles.xml`, and merges each style with those that it is based on.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut all = Self::default();
        xml::walk(bytes, &mut |step, around| {
            let Step::Open(element) = step else { return };
            if element.name == "style" {
                all.open(element);
            } else if let Some(style) = around.iter().find(|one| one.name == "style")
                && let Some(style) = all.styles.get_mut(style.get("styleId").unwrap_or_default())
            {
                let parent = around.last().map_or("", |one| one.name.as_str());
                style.note(element, parent);
            }
        })?;
        let merged = all.styles.keys().map(|id| (id.clone(), all.merged(id)));
        all.styles = merged.collect();
        Ok(all)
    }

    fn open(&mut self, element: &Element) {
        let id = element.get("styleId").unwrap_or_default().to_owned();
        let is_paragraph = element.get("type") == Some("paragraph");
        if is_paragraph && element.is("default") {
            self.normal = Some(id.clone());
        }
        self.styles.insert(id, WordStyle::default());
    }

    fn merged(&self, id: &str) -> WordStyle {
        let mut style = self.styles.get(id).cloned().unwrap_or_default();
        let mut next = style.based_on.clone();
        for _ in 0..LONGEST_CHAIN {
            let Some(below) = next.as_deref().and_then(|id| self.styles.get(id)) else {
                break;
            };
            style.outline = style.outline.or(below.outline);
            if style.list.is_none() {
                style.list.clone_from(&below.list);
                style.list_level = style.list_level.or(below.list_level);
            }
            style.ground |= below.ground;
            style.run = style.run.or(&below.run);
            next.clone_from(&below.based_on);
        }
        style
    }

    /// A style; the default of paragraphs if `id` is `None`.
    pub(super) fn find(&self, id: Option<&str>) -> Option<&WordStyle> {
        self.styles.get(id.or(self.normal.as_deref())?)
    }
}

impl WordStyle {
    fn note(&mut self, element: &Element, parent: &str) {
        let value = element.get("val").unwrap_or_default();
        match element.name.as_str() {
            "name" if parent == "style" => self.name = value.to_lowercase(),
            "basedOn" => self.based_on = Some(value.to_owned()),
            "outlineLvl" => self.outline = value.parse().ok(),
            "numId" => self.list = Some(value.to_owned()),
            "ilvl" => self.list_level = value.parse().ok(),
            "shd" if parent != "rPr" => self.ground = has_ground(element),
            _ if parent == "rPr" => self.run.note(element),
            _ => {}
        }
    }
}
