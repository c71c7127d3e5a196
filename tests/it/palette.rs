//! The colours of the default theme: text can be read, and states differ also without hue.

use std::collections::BTreeMap;

use super::support::repository;

/// Linear red, green and blue, from 0 to 1.
type Light = [f64; 3];

/// Red-green blindness after Machado, Oliveira and Fernandes (2009), complete forms.
const BLIND: [(&str, [Light; 3]); 2] = [
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
];

/// States from best to worst. The last one is empty, so its colour is that of the ground.
const SCALE: [&str; 5] = ["accepted", "evidenced", "thin", "drafted", "ground"];

/// The custom properties of the palettes for light and for dark screens.
fn palettes() -> [BTreeMap<String, Light>; 2] {
    let css = std::fs::read_to_string(repository().join("themes/default/assets/site.css")).unwrap();
    let (light, dark) = css.split_once("(prefers-color-scheme: dark)").unwrap();
    [light, dark].map(|css| {
        let block = css.split_once(":root {").unwrap().1;
        let block = block.split_once('}').unwrap().0;
        let declared = block.split(';').filter_map(|one| one.split_once(':'));
        let colours = declared.filter_map(|(name, value)| {
            let name = name.trim().strip_prefix("--")?;
            Some((name.to_owned(), light_of(value.trim().strip_prefix('#')?)))
        });
        colours.collect()
    })
}

fn light_of(digits: &str) -> Light {
    let long: String = match digits.len() {
        3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
        _ => digits.to_owned(),
    };
    [0, 2, 4].map(|at| {
        let value = f64::from(u8::from_str_radix(&long[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    })
}

fn luminance([red, green, blue]: Light) -> f64 {
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: Light, two: Light) -> f64 {
    let (one, two) = (luminance(one), luminance(two));
    (one.max(two) + 0.05) / (one.min(two) + 0.05)
}

/// Lightness and hue as CIE L*a*b*.
fn lab(light: Light) -> Light {
    let [red, green, blue] = light;
    let x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.950_47;
    let z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.088_83;
    let root = |value: f64| {
        if value > 0.008_856 {
            value.cbrt()
        } else {
            7.787 * value + 16.0 / 116.0
        }
    };
    let [x, y, z] = [x, luminance(light), z].map(root);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn distance(one: Light, two: Light) -> f64 {
    let [one, two] = [one, two].map(lab);
    let squares = one.iter().zip(two).map(|(one, two)| (one - two).powi(2));
    squares.sum::<f64>().sqrt()
}

fn seen_by(blind: &[Light; 3], light: Light) -> Light {
    blind.map(|row| {
        let sum: f64 = row
            .iter()
            .zip(light)
            .map(|(part, value)| part * value)
            .sum();
        sum.clamp(0.0, 1.0)
    })
}

#[test]
fn text_and_shapes_contrast_with_what_they_are_on() {
    let text = ["ink", "quiet", "link", "error"];
    let shapes = [
        "accepted",
        "evidenced",
        "thin",
        "drafted",
        "gap",
        "waived",
        "focus",
    ];
    for palette in palettes() {
        for ground in ["ground", "card"] {
            for (names, least) in [(&text[..], 4.5), (&shapes[..], 3.0)] {
                for name in names {
                    let found = contrast(palette[*name], palette[ground]);
                    assert!(found >= least, "{name} on {ground}: {found:.2}");
                }
            }
        }
        for (name, ground) in [("mark-ink", "mark"), ("ground", "accepted")] {
            let found = contrast(palette[name], palette[ground]);
            assert!(found >= 4.5, "{name} on {ground}: {found:.2}");
        }
    }
}

#[test]
fn neighbouring_states_differ_in_grey_and_with_red_green_blindness() {
    for palette in palettes() {
        for pair in SCALE.windows(2) {
            let [one, two] = [pair[0], pair[1]].map(|name| palette[name]);
            let grey = (lab(one)[0] - lab(two)[0]).abs();
            assert!(grey >= 10.0, "{pair:?} in grey: {grey:.1}");
            for (name, blind) in &BLIND {
                let found = distance(seen_by(blind, one), seen_by(blind, two));
                assert!(found >= 25.0, "{pair:?} with {name}: {found:.1}");
            }
        }
    }
}

#[test]
fn every_state_has_a_shape_of_its_own() {
    let folder = repository().join("themes/default");
    let css = std::fs::read_to_string(folder.join("assets/site.css")).unwrap();
    let fill = |state: &str| {
        let rule = css
            .lines()
            .find(|line| line.contains(&format!(".state-{state}")) && line.contains("--shape:"));
        let rule = rule.unwrap_or_default();
        rule.split_once("--fill:")
            .map_or("none", |(_, fill)| fill)
            .to_owned()
    };
    let components = std::fs::read_to_string(folder.join("components.html")).unwrap();
    let pattern = |state: &str| {
        let start = format!("<pattern id=\"shape-{state}\"");
        let (_, after) = components.split_once(&start).unwrap();
        let (pattern, _) = after.split_once("</pattern>").unwrap();
        pattern.replace(state, "")
    };
    let states = ["accepted", "evidenced", "thin", "drafted", "gap"];
    for (at, one) in states.iter().enumerate() {
        for two in &states[..at] {
            assert_ne!(fill(one), fill(two), "{one} and {two}: pills");
            assert_ne!(pattern(one), pattern(two), "{one} and {two}: bars");
        }
    }
}
