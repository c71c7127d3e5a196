//! Facts that one part of a document states and others need: styles, strings, formats, sizes.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::refusal::Refusal;
use crate::document::xml::{self, Element, Step};

/// Length of a twentieth of a point in the unit of drawings.
const EMU_OF_TWIP: i64 = 635;

/// How the cells of one format show their value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum NumberShape {
    /// As it is.
    #[default]
    Plain,
    /// As a date.
    Date,
    /// With at least this many digits.
    Digits(usize),
    /// Not at all: `;;;`.
    Hidden,
}

/// A format of cells.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CellFormat {
    pub(super) shape: NumberShape,
    /// Whether its letters are white on white.
    pub(super) is_pale: bool,
}

/// Facts of a whole document.
#[derive(Debug, Default)]
pub(super) struct OfficeFacts {
    /// Ids of styles that hide text.
    pub(super) hidden_styles: BTreeSet<String>,
    /// The table of strings of a workbook.
    pub(super) strings: Vec<String>,
    /// The formats of cells, by number.
    pub(super) formats: Vec<CellFormat>,
    /// Whether days are counted from 1904 and not from 1900.
    pub(super) is_from_1904: bool,
    /// Width and height of the largest page or of the slides, in the unit of drawings.
    pub(super) page: Option<(i64, i64)>,
}

impl OfficeFacts {
    /// Reads a part if it states facts.
    pub(super) fn read(&mut self, root: &str, bytes: &[u8]) -> Result<(), Refusal> {
        match root {
            "styles" => self.read_hidden_styles(bytes),
            "sst" => self.read_strings(bytes),
            "styleSheet" => self.read_formats(bytes),
            "workbook" | "presentation" | "document" => self.read_sizes(bytes),
            _ => Ok(()),
        }
    }

    fn read_hidden_styles(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        xml::walk(bytes, &mut |step, around| {
            if let Step::Open(element) = step
                && hides(element)
                && let Some(style) = around.iter().find(|one| one.name == "style")
                && let Some(id) = style.get("styleId")
            {
                self.hidden_styles.insert(id.to_owned());
            }
        })
    }

    fn read_strings(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        let mut whole = String::new();
        xml::walk(bytes, &mut |step, around| match step {
            Step::Text(text)
                if around.last().is_some_and(|one| one.name == "t")
                    && !around.iter().any(|one| one.name == "rPh") =>
            {
                whole.push_str(text);
            }
            Step::Close(element) if element.name == "si" => {
                self.strings.push(std::mem::take(&mut whole));
            }
            _ => {}
        })
    }

    fn read_formats(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        let mut codes: BTreeMap<String, NumberShape> = BTreeMap::new();
        let (mut pale_fonts, mut plain_fills) = (Vec::new(), Vec::new());
        xml::walk(bytes, &mut |step, around| {
            let Step::Open(element) = step else { return };
            let parent = around.last().map_or("", |one| one.name.as_str());
            match (parent, element.name.as_str()) {
                ("numFmts", "numFmt") => {
                    let code = element.get("formatCode").unwrap_or_default();
                    let id = element.get("numFmtId").unwrap_or_default();
                    codes.insert(id.to_owned(), shape_of(code));
                }
                ("fonts", "font") => pale_fonts.push(false),
                ("font", "color") if around.iter().any(|one| one.name == "fonts") => {
                    if let Some(last) = pale_fonts.last_mut() {
                        *last = is_white(element);
                    }
                }
                ("fills", "fill") => plain_fills.push(true),
                ("fill", "patternFill") if around.iter().any(|one| one.name == "fills") => {
                    if let Some(last) = plain_fills.last_mut() {
                        *last = element.get("patternType").is_none_or(|kind| kind == "none");
                    }
                }
                ("fill", "gradientFill") => {
                    if let Some(last) = plain_fills.last_mut() {
                        *last = false;
                    }
                }
                ("patternFill", "fgColor") if is_white(element) => {
                    if let Some(last) = plain_fills.last_mut() {
                        *last = true;
                    }
                }
                ("cellXfs", "xf") => {
                    let number = |key: &str| element.get(key).and_then(|id| id.parse().ok());
                    let at = |list: &[bool], key: &str| {
                        number(key).and_then(|id: usize| list.get(id).copied())
                    };
                    let id = element.get("numFmtId").unwrap_or_default();
                    self.formats.push(CellFormat {
                        shape: codes
                            .get(id)
                            .copied()
                            .unwrap_or_else(|| built_in_shape(number("numFmtId"))),
                        is_pale: at(&pale_fonts, "fontId") == Some(true)
                            && at(&plain_fills, "fillId") != Some(false),
                    });
                }
                _ => {}
            }
        })
    }

    fn read_sizes(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        xml::walk(bytes, &mut |step, _| {
            let Step::Open(element) = step else { return };
            let number = |key: &str| element.get(key).and_then(|size| size.parse::<i64>().ok());
            let size = match element.name.as_str() {
                "workbookPr" => {
                    self.is_from_1904 |= element.is("date1904");
                    None
                }
                "sldSz" => number("cx").zip(number("cy")),
                "pgSz" => number("w")
                    .zip(number("h"))
                    .map(|(w, h)| (w.saturating_mul(EMU_OF_TWIP), h.saturating_mul(EMU_OF_TWIP))),
                _ => None,
            };
            if let Some((width, height)) = size {
                let (w, h) = self.page.unwrap_or_default();
                self.page = Some((w.max(width), h.max(height)));
            }
        })
    }
}

/// Whether an element hides text. Without a value it does.
pub(super) fn hides(element: &Element) -> bool {
    element.name == "vanish" && (element.get("val").is_none() || element.is("val"))
}

/// Whether a colour of a workbook is white: by its value, its number, or as the theme's paper.
fn is_white(color: &Element) -> bool {
    color
        .get("rgb")
        .is_some_and(|rgb| rgb.to_lowercase().ends_with("ffffff"))
        || color.get("indexed") == Some("9")
        || color.get("theme") == Some("0") && color.get("tint").is_none()
}

/// The shape of the formats that every workbook knows by number.
fn built_in_shape(id: Option<usize>) -> NumberShape {
    match id {
        Some(14..=17 | 22 | 27..=36 | 50..=58) => NumberShape::Date,
        _ => NumberShape::Plain,
    }
}

/// The shape of a format such as `dd/mm/yyyy`, `00000000000` or `;;;`.
fn shape_of(code: &str) -> NumberShape {
    let sections: Vec<&str> = code.split(';').collect();
    if sections.len() >= 3 && sections.iter().all(|section| section.trim().is_empty()) {
        return NumberShape::Hidden;
    }
    let mut plain = String::new();
    let mut letters = sections[0].chars();
    while let Some(letter) = letters.next() {
        match letter {
            // Words, colours and conditions, and letters that are shown as they are.
            '"' => letters
                .by_ref()
                .take_while(|&one| one != '"')
                .for_each(drop),
            '[' => letters
                .by_ref()
                .take_while(|&one| one != ']')
                .for_each(drop),
            '\\' | '_' | '*' => drop(letters.next()),
            _ => plain.extend(letter.to_lowercase()),
        }
    }
    if plain.contains(['d', 'y']) || plain.contains("mmm") {
        return NumberShape::Date;
    }
    let zeros = plain.matches('0').count();
    if zeros > 1 && plain.chars().all(|one| "0# -()".contains(one)) {
        NumberShape::Digits(zeros)
    } else {
        NumberShape::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_cells_are_recognised() {
        assert_eq!(shape_of("dd/mm/yyyy"), NumberShape::Date);
        assert_eq!(shape_of("[$-809]d mmmm yyyy;@"), NumberShape::Date);
        assert_eq!(shape_of("00000000000"), NumberShape::Digits(11));
        assert_eq!(shape_of(";;;"), NumberShape::Hidden);
        assert_eq!(shape_of("\"day \"0"), NumberShape::Plain);
        assert_eq!(shape_of("#,##0.00;[Red]-#,##0.00"), NumberShape::Plain);
        assert_eq!(built_in_shape(Some(14)), NumberShape::Date);
    }
}
