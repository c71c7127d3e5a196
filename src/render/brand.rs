//! The name, logo and colours of a theme.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::error::ThemeError;
use super::picture;
use crate::files::ThemeFiles;
use crate::parse::{ThemeColour, ThemeRecord};
use crate::privacy::has_identifier;
use crate::view::{Brand, Logo};

/// The path of the style sheet in a theme and in a site.
pub(super) const STYLE_SHEET: &str = "assets/site.css";

/// What the records of a theme add to its pages.
#[derive(Debug, Default)]
pub(super) struct ThemeBrand {
    /// With the path of the logo from the root of a site.
    brand: Brand,
    /// The logo as a data URL, for standalone documents.
    inside: String,
}

impl ThemeBrand {
    /// Reads the brand of a theme. The re-encoded logo takes the place of its original in `assets`,
    /// and the colours are added to the style sheet.
    ///
    /// # Errors
    /// The logo cannot be shown, or words that pages show contain an identifier.
    pub(super) fn new(
        files: &ThemeFiles,
        records: &[ThemeRecord],
        assets: &mut ThemeFiles,
    ) -> Result<Self, ThemeError> {
        let provider = records.first().map(|record| record.name.clone());
        let mut brand = Self::default();
        brand.brand.provider = provider.unwrap_or_default();
        let logo = records.iter().find_map(|record| record.logo.as_ref());
        if let Some((file, alt)) = logo {
            brand.add_logo(files, file, alt, assets)?;
        }
        let words = [&brand.brand.provider, &brand.brand.logo.alt];
        if words.iter().any(|words| has_identifier(words)) {
            return Err(ThemeError(
                "theme.yaml: `name` or `alt` may identify a person, and pages show both".to_owned(),
            ));
        }
        if let Some(css) = assets.get_mut(STYLE_SHEET) {
            css.extend(write_colours(records).into_bytes());
        }
        Ok(brand)
    }

    fn add_logo(
        &mut self,
        files: &ThemeFiles,
        file: &str,
        alt: &str,
        assets: &mut ThemeFiles,
    ) -> Result<(), ThemeError> {
        let refuse = |why: &str| ThemeError(format!("theme.yaml: the logo `{file}` {why}"));
        let original = files
            .get(file)
            .ok_or_else(|| refuse("is not a file of the theme"))?;
        let clean =
            picture::clean(original).ok_or_else(|| refuse("cannot be read as a PNG or JPEG"))?;
        let (ending, kind) = if clean.bytes.starts_with(b"\x89PNG") {
            ("png", "png")
        } else {
            ("jpg", "jpeg")
        };
        let src = format!("assets/logo.{ending}");
        self.inside = format!("data:image/{kind};base64,{}", BASE64.encode(&clean.bytes));
        self.brand.logo = Logo {
            src: src.clone(),
            alt: alt.to_owned(),
            width: clean.width,
            height: clean.height,
        };
        // The original may say where and by whom it was made.
        assets.remove(file);
        assets.insert(src, clean.bytes);
        Ok(())
    }

    /// The brand for a page with this address of the style sheet, which is empty in a standalone
    /// document.
    pub(super) fn on_page(&self, css: &str) -> Brand {
        let mut brand = self.brand.clone();
        if !brand.logo.src.is_empty() {
            brand.logo.src = match css.strip_suffix(STYLE_SHEET) {
                Some(root) => format!("{root}{}", brand.logo.src),
                None => self.inside.clone(),
            };
        }
        brand
    }
}

/// Rules for the colours of a theme. Print and the colours of the system stay as they are.
fn write_colours(records: &[ThemeRecord]) -> String {
    // The nearest record comes last, so that it wins.
    let colours = records.iter().rev().flat_map(|record| &record.colours);
    let rule = |colour: &ThemeColour| {
        let scheme = if colour.dark { "dark" } else { "light" };
        let (property, colour) = (colour.property, colour.colour);
        format!(
            "\n@media screen and (prefers-color-scheme: {scheme}) {{ :root {{ {property}: {colour}; }} }}"
        )
    };
    colours.map(rule).collect()
}
