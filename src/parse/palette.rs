//! Colours of a theme, and whether they can be read on its pages.

use std::fmt;

/// A colour in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb([u8; 3]);

const BLACK: Rgb = Rgb([0; 3]);
const WHITE: Rgb = Rgb([255; 3]);

impl Rgb {
    /// Reads `#0b4f8a` or `#fff`; `None` if it is neither.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#')?;
        let long: String = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            _ => digits.to_owned(),
        };
        if long.len() != 6 || !long.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(&long, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Self([red, green, blue]))
    }

    /// The contrast with another colour, from 1 to 21, as WCAG 2 defines it.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The colour that `passes` and is nearest to this one among its mixtures with black and with
    /// white; `None` if none passes.
    #[must_use]
    pub fn nearest(self, passes: impl Fn(Self) -> bool) -> Option<Self> {
        let steps = 0..=100_u16;
        let mut mixed = steps.flat_map(|step| [self.mix(BLACK, step), self.mix(WHITE, step)]);
        mixed.find(|colour| passes(*colour))
    }

    /// A mixture with `percent` of another colour.
    fn mix(self, other: Self, percent: u16) -> Self {
        let mut mixed = self.0;
        for (value, other) in mixed.iter_mut().zip(other.0) {
            let sum = u16::from(*value) * (100 - percent) + u16::from(other) * percent;
            *value = u8::try_from(sum / 100).unwrap_or(u8::MAX);
        }
        Self(mixed)
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// The colours of a style sheet that a theme's own ones are seen on. A colour that the style sheet
/// does not name is `None`, and nothing is checked against it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Palette {
    /// The ground of pages.
    pub ground: Option<Rgb>,
    /// The ground of boxes.
    pub card: Option<Rgb>,
    /// The text of marked passages.
    pub mark_ink: Option<Rgb>,
}

/// Where the palette for dark screens begins in a style sheet.
const DARK: &str = "(prefers-color-scheme: dark)";

impl Palette {
    /// The palettes for light and for dark screens of a style sheet, which it declares as custom
    /// properties: the light ones first, the dark ones in the first query for dark screens.
    #[must_use]
    pub fn read(css: &str) -> [Self; 2] {
        let dark = css.find(DARK).map_or("", |at| &css[at..]);
        [css, dark].map(|css| Self {
            ground: read_property(css, "--ground:"),
            card: read_property(css, "--card:"),
            mark_ink: read_property(css, "--mark-ink:"),
        })
    }
}

fn read_property(css: &str, name: &str) -> Option<Rgb> {
    let (_, after) = css.split_once(name)?;
    let end = after.find([';', '}'])?;
    Rgb::parse(&after[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Rgb {
        Rgb::parse(text).unwrap_or(BLACK)
    }

    #[test]
    fn colours_are_read_in_two_spellings_and_written_in_one() {
        assert_eq!(colour("#0B4f8a").to_string(), "#0b4f8a");
        assert_eq!(colour("#fff").to_string(), "#ffffff");
        for wrong in ["", "red", "0b4f8a", "#0b4f8", "#ggg", "#0b4f8aff", "#éa"] {
            assert_eq!(Rgb::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((BLACK.contrast(WHITE) - 21.0).abs() < 0.01);
        assert!((colour("#777").contrast(WHITE) - 4.48).abs() < 0.01);
    }

    #[test]
    fn the_nearest_passing_colour_is_the_colour_itself_or_a_shade_of_it() {
        let readable = |colour: Rgb| colour.contrast(WHITE) >= 4.5;
        assert_eq!(BLACK.nearest(readable), Some(BLACK));
        let shade = colour("#7cb3ff").nearest(readable).unwrap_or(WHITE);
        assert!(readable(shade) && shade.contrast(WHITE) < 4.8, "{shade}");
        assert_eq!(BLACK.nearest(|_| false), None);
    }

    #[test]
    fn palettes_come_from_the_style_sheet() {
        let css = ":root{--ground: #fff; --card:#eee}\n\
                   @media (prefers-color-scheme: dark){:root{--ground:#111;}}";
        let [light, dark] = Palette::read(css);
        assert_eq!(light.ground, Some(WHITE));
        assert_eq!(light.card, Some(colour("#eee")));
        assert_eq!((dark.ground, dark.card), (Some(colour("#111")), None));
    }
}
