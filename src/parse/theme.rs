//! Reads the record of a theme.

use super::decode::{Decoder, Table};
use super::keys;
use super::palette::{Palette, Rgb};
use super::parsed::Parsed;
use super::yaml::{Node, Value};
use crate::text::Source;

/// The record of a theme.
#[derive(Debug, PartialEq, Eq)]
pub struct ThemeRecord {
    /// The name of the provider.
    pub name: String,
    /// The theme whose files it falls back on, if any.
    pub base: Option<String>,
    /// The path of its logo in the folder of the theme, and the text alternative.
    pub logo: Option<(String, String)>,
    /// Its colours.
    pub colours: Vec<ThemeColour>,
}

/// A colour that replaces one of the style sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThemeColour {
    /// Whether it is for dark screens.
    pub dark: bool,
    /// The custom property, as in `--link`.
    pub property: &'static str,
    /// The colour.
    pub colour: Rgb,
}

/// What version 2 takes, for people who have version 1.
const VERSION: &str = "2: what was `title` is now `name`, the provider that pages show, and \
                       `logo` and `colours` are new";

/// What a colour is.
const A_COLOUR: &str = "a colour in quotes, as in \"#0b4f8a\"";

/// Reads a `theme.yaml`. `palettes` are those of its style sheet, for light and for dark screens;
/// a colour that cannot be read on them is a fault.
pub fn theme(source: &Source, palettes: &[Palette; 2]) -> Parsed<Option<ThemeRecord>> {
    let mut decoder = Decoder::new(source);
    let value = read_record(&mut decoder, palettes);
    Parsed {
        value,
        faults: decoder.faults,
    }
}

fn read_record(decoder: &mut Decoder<'_>, palettes: &[Palette; 2]) -> Option<ThemeRecord> {
    let (node, _) = decoder.read_file(keys::THEME)?;
    if let Some(version) = find_other_version(&node) {
        decoder.report_wrong_type(version, "version", VERSION);
        return None;
    }
    let table = decoder.read_table(&node, "theme", keys::THEME)?;
    let name = decoder.require_text(&table, "name")?.value;
    let base = decoder
        .read_words(&table, "base")
        .unwrap_or_else(|| "default".to_owned());
    let logo = read_logo(decoder, &table);
    Some(ThemeRecord {
        name,
        base: (base != "none").then_some(base),
        logo,
        colours: read_colours(decoder, &table, palettes),
    })
}

/// The version of a file of another version than 2. Its other keys are not judged.
fn find_other_version(node: &Node) -> Option<&Node> {
    let Value::Table(pairs) = &node.value else {
        return None;
    };
    let is_version = |key: &Node| matches!(&key.value, Value::Text(text) if text == "version");
    let (_, version) = pairs.iter().find(|(key, _)| is_version(key))?;
    (!matches!(version.value, Value::Number(2.0))).then_some(version)
}

fn read_logo(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Option<(String, String)> {
    let logo = decoder.read_table(table.get("logo")?, "logo", keys::THEME_LOGO)?;
    let file = decoder.require_text(&logo, "file");
    let alt = decoder.require_text(&logo, "alt");
    Some((file?.value, alt?.value))
}

fn read_colours(
    decoder: &mut Decoder<'_>,
    table: &Table<'_>,
    palettes: &[Palette; 2],
) -> Vec<ThemeColour> {
    let mut colours = Vec::new();
    let Some(node) = table.get("colours") else {
        return colours;
    };
    let Some(screens) = decoder.read_table(node, "colours", keys::THEME_COLOURS) else {
        return colours;
    };
    for (screen, palette) in ["light", "dark"].into_iter().zip(palettes) {
        let Some(node) = screens.get(screen) else {
            continue;
        };
        let Some(chosen) = decoder.read_table(node, screen, keys::THEME_PALETTE) else {
            continue;
        };
        for part in &PARTS {
            colours.extend(
                read_colour(decoder, &chosen, screen, part, palette).map(|colour| ThemeColour {
                    dark: screen == "dark",
                    property: part.property,
                    colour,
                }),
            );
        }
    }
    colours
}

/// A key for a colour, with the property that it sets and what it has to contrast with.
struct ColouredPart {
    key: &'static str,
    property: &'static str,
    /// The least contrast: 4.5 for text, 3 for shapes.
    least: f64,
    seen_with: fn(&Palette) -> Vec<Rgb>,
}

const PARTS: [ColouredPart; 3] = [
    ColouredPart {
        key: "accent",
        property: "--link",
        least: 4.5,
        seen_with: |palette| {
            [palette.ground, palette.card]
                .into_iter()
                .flatten()
                .collect()
        },
    },
    ColouredPart {
        key: "mark",
        property: "--mark",
        least: 4.5,
        seen_with: |palette| palette.mark_ink.into_iter().collect(),
    },
    ColouredPart {
        key: "focus",
        property: "--focus",
        least: 3.0,
        seen_with: |palette| {
            [palette.ground, palette.card]
                .into_iter()
                .flatten()
                .collect()
        },
    },
];

/// Reads a colour; one that cannot be read on the palette is reported with the nearest that can.
fn read_colour(
    decoder: &mut Decoder<'_>,
    table: &Table<'_>,
    screen: &str,
    part: &ColouredPart,
    palette: &Palette,
) -> Option<Rgb> {
    if !table.has(part.key) {
        return None;
    }
    let Some(node) = table.get(part.key) else {
        decoder.report(
            table.key_span(part.key),
            crate::diagnostic::FaultKind::WrongType {
                key: part.key.to_owned(),
                expected: A_COLOUR.to_owned(),
                found: "nothing, because `#` begins a comment".to_owned(),
            },
        );
        return None;
    };
    let read = match &node.value {
        Value::Text(text) => Rgb::parse(text),
        _ => None,
    };
    let Some(colour) = read else {
        decoder.report_wrong_type(node, part.key, A_COLOUR);
        return None;
    };
    let others = (part.seen_with)(palette);
    let passes = |colour: Rgb| {
        others
            .iter()
            .all(|other| colour.contrast(*other) >= part.least)
    };
    if !passes(colour) {
        let nearest = colour.nearest(passes).map_or_else(String::new, |nearest| {
            format!("; the nearest is \"{nearest}\"")
        });
        let least = part.least;
        let expected =
            format!("a colour with a contrast of {least} or more on {screen} screens{nearest}");
        decoder.report_wrong_type(node, part.key, &expected);
        return None;
    }
    Some(colour)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FaultKind;

    const CSS: &str = ":root { --ground: #fff; --card: #fff; --mark-ink: #111; } \
                       @media (prefers-color-scheme: dark) { :root { --ground: #111; } }";

    fn read(text: &str) -> Parsed<Option<ThemeRecord>> {
        theme(&Source::new("theme.yaml", text), &Palette::read(CSS))
    }

    /// What each fault asks for.
    fn faults(text: &str) -> Vec<String> {
        let asked = |fault: crate::diagnostic::Fault| match fault.kind {
            FaultKind::WrongType { key, expected, .. } => format!("{key}: {expected}"),
            other => format!("{other:?}"),
        };
        read(text).faults.into_iter().map(asked).collect()
    }

    #[test]
    fn a_record_is_read_with_its_logo_and_colours() {
        let text = "version: 2\nname: Northbrook\nlogo: { file: l.png, alt: N }\n\
                    colours: { light: { accent: \"#0b4f8a\" }, dark: { focus: \"#fff\" } }\n";
        let record = read(text).value;
        let colours = record.as_ref().map(|record| {
            let each = record.colours.iter();
            each.map(|one| format!("{} {} {}", one.dark, one.property, one.colour))
                .collect::<Vec<_>>()
        });
        assert_eq!(
            colours.unwrap_or_default(),
            ["false --link #0b4f8a", "true --focus #ffffff"]
        );
        let record = record.map(|record| (record.name, record.base, record.logo));
        let logo = Some(("l.png".to_owned(), "N".to_owned()));
        let base = Some("default".to_owned());
        assert_eq!(record, Some(("Northbrook".to_owned(), base, logo)));
    }

    #[test]
    fn version_1_is_refused_by_name_with_what_changed() {
        let said = faults("version: 1\ntitle: A\nbase: default\n");
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains("`title` is now `name`"), "{said:?}");
    }

    #[test]
    fn a_colour_that_cannot_be_read_is_reported_with_the_nearest() {
        let with = |accent: &str| {
            faults(&format!(
                "version: 2\nname: Nor\ncolours: {{ light: {{ accent: {accent} }} }}\n"
            ))
        };
        assert_eq!(with("\"#0b4f8a\""), [""; 0]);
        let pale = with("\"#7cb3ff\"");
        assert!(
            pale.len() == 1 && pale[0].contains("4.5 or more on light") && pale[0].contains("\"#"),
            "{pale:?}"
        );
        assert!(with("blue")[0].contains("in quotes"));
        assert!(
            faults("version: 2\nname: Nor\ncolours:\n  light:\n    accent: #0b4f8a\n")[0]
                .contains("in quotes")
        );
    }

    #[test]
    fn unknown_keys_and_half_logos_are_faults() {
        assert_eq!(faults("version: 2\nname: Nor\ntitel: x\n").len(), 1);
        assert_eq!(
            faults("version: 2\nname: Nor\nlogo: { file: a.png }\n").len(),
            1
        );
        assert_eq!(faults("version: 2\n").len(), 1);
    }
}
