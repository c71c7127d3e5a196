//! Sizes, colours and places in OpenDocument.

use super::carried::ContentKind;
use super::refusal::Refusal;
use super::xml::{self, Element, Step};

/// The size of the largest page in centimetres.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SlideSize {
    width: f64,
    height: f64,
}

impl SlideSize {
    /// Whether a rectangle is outside a page whose size is known.
    pub(super) fn is_outside(self, left: f64, top: f64, right: f64, bottom: f64) -> bool {
        self.width > 0.0
            && (right <= 0.0 || bottom <= 0.0 || left >= self.width || top >= self.height)
    }
}

/// A length in centimetres.
pub(super) fn length_of(value: &str) -> Option<f64> {
    let end = value.find(|letter: char| letter.is_ascii_alphabetic())?;
    let number: f64 = value[..end].trim().parse().ok()?;
    let unit = match &value[end..] {
        "cm" => 1.0,
        "mm" => 0.1,
        "in" => 2.54,
        "pt" => 2.54 / 72.0,
        "pc" => 2.54 / 6.0,
        _ => return None,
    };
    Some(number * unit)
}

/// Whether a part colours a ground other than white. Notes the sizes of its pages.
pub(super) fn has_dark_ground(bytes: &[u8], page: &mut SlideSize) -> Result<bool, Refusal> {
    let mut is_dark = false;
    xml::walk(bytes, &mut |step, _| {
        let Step::Open(element) = step else { return };
        let is_colour =
            |value: &str| value.starts_with('#') && !value.eq_ignore_ascii_case("#ffffff");
        is_dark |= element.get("background-color").is_some_and(is_colour);
        is_dark |= element.get("fill-color").is_some_and(is_colour)
            || matches!(element.get("fill"), Some("gradient" | "bitmap" | "hatch"));
        if element.name == "page-layout-properties" {
            let length = |key: &str| element.get(key).and_then(length_of).unwrap_or_default();
            page.width = page.width.max(length("page-width"));
            page.height = page.height.max(length("page-height"));
        }
    })?;
    Ok(is_dark)
}

/// The kind of content that a style hides by size, colour or cut.
pub(super) fn hidden_by_look(element: &Element, is_dark: bool) -> Option<ContentKind> {
    let length = |key: &str| element.get(key).and_then(length_of);
    match element.name.as_str() {
        "table-column-properties" if length("column-width").is_some_and(|width| width < 0.05) => {
            Some(ContentKind::HiddenText)
        }
        "table-row-properties" if length("row-height").is_some_and(|height| height < 0.02) => {
            Some(ContentKind::HiddenText)
        }
        "text-properties" => {
            let is_white = element
                .get("color")
                .is_some_and(|colour| colour.eq_ignore_ascii_case("#ffffff"));
            // Two points.
            let is_tiny = length("font-size").is_some_and(|size| size < 0.08);
            (is_white && !is_dark || is_tiny).then_some(ContentKind::Invisible)
        }
        "graphic-properties" if element.get("clip").is_some_and(is_cut) => {
            Some(ContentKind::Cropped)
        }
        _ => None,
    }
}

/// Whether `rect(0cm, 1.2cm, 0cm, 0cm)` cuts something off.
fn is_cut(clip: &str) -> bool {
    let inside = clip
        .trim()
        .strip_prefix("rect(")
        .and_then(|rest| rest.strip_suffix(')'));
    inside.is_some_and(|sides| {
        sides
            .split([',', ' '])
            .filter_map(|side| length_of(side.trim()))
            .any(|side| side > 0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_cuts_are_read() {
        assert_eq!(length_of("2.5cm"), Some(2.5));
        assert_eq!(length_of("10mm"), Some(1.0));
        assert_eq!(length_of("auto"), None);
        assert!(is_cut("rect(0cm, 1.2cm, 0cm, 0cm)"));
        assert!(!is_cut("rect(0cm, 0cm, 0cm, 0cm)"));
        assert!(!is_cut("auto"));
        let page = SlideSize {
            width: 28.0,
            height: 21.0,
        };
        assert!(page.is_outside(30.0, 1.0, 35.0, 4.0));
        assert!(!page.is_outside(-2.0, 1.0, 3.0, 4.0));
        assert!(!SlideSize::default().is_outside(30.0, 1.0, 35.0, 4.0));
    }
}
