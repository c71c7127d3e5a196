//! Checks a built site against its promises.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;
use walkdir::WalkDir;

use super::Problems;
use super::inputs::Allowed;
use super::markup::{Piece, entity, pieces};
use super::page::{self, Page};

/// Pixel limit of a picture: more than a page shows, few enough for any browser.
const DOTS: u64 = 50_000_000;

/// A built site.
pub struct Site {
    /// The command that built it.
    pub name: &'static str,
    /// Its files; names are prefixed with the command.
    pub files: Vec<(String, Vec<u8>)>,
    /// Text of all pages.
    pub text: String,
    pub problems: Problems,
}

impl Site {
    /// Reads the site built by `name`; `strangers` are links and devices that were in the folder
    /// before and must stay.
    pub fn read(
        name: &'static str,
        folder: &Path,
        strangers: &BTreeSet<PathBuf>,
        allowed: &Allowed,
    ) -> Self {
        let (files, mut problems) = below(folder, strangers);
        problems.extend(names(&files));
        let mut pages: BTreeMap<&str, Page> = BTreeMap::new();
        for (path, bytes) in &files {
            if ending(path) == "html" {
                pages.insert(
                    path,
                    page::read(&String::from_utf8_lossy(bytes), allowed, false),
                );
            } else {
                problems.extend(
                    other_file(path, bytes)
                        .into_iter()
                        .map(|one| format!("{path}: {one}")),
                );
            }
        }
        for (path, page) in &pages {
            let reported = |problem: &String| format!("{path}: {problem}");
            problems.extend(page.problems.iter().map(reported));
            for (element, address) in &page.addresses {
                let wrong = leads(path, element, address, &files, &pages);
                problems.extend(
                    wrong.map(|how| format!("{path}: leads: {element} {how}: {address:?}")),
                );
            }
        }
        let text = pages
            .values()
            .map(|page| page.text.as_str())
            .collect::<Vec<_>>()
            .join("\n");
        drop(pages);
        let problems = problems
            .into_iter()
            .map(|problem| format!("{name}: {problem}"))
            .collect();
        let files = files
            .into_iter()
            .map(|(path, bytes)| (format!("{name} {path}"), bytes))
            .collect();
        Self {
            name,
            files,
            text,
            problems,
        }
    }
}

/// Checks the pack, a single self-contained document.
pub fn standing_alone(bytes: &[u8], allowed: &Allowed) -> Problems {
    if bytes.is_empty() {
        return Problems::new();
    }
    let page = page::read(&String::from_utf8_lossy(bytes), allowed, true);
    let mut problems: Problems = page
        .problems
        .iter()
        .map(|problem| format!("pack: {problem}"))
        .collect();
    for (element, address) in &page.addresses {
        let here = address
            .strip_prefix('#')
            .is_some_and(|id| page.ids.contains(id));
        let outside = element == "a" && is_of_the_web(address);
        if !here && !outside {
            problems.push(format!("pack: leads: {element} {address:?}"));
        }
    }
    problems
}

/// The files of a folder by path, and problems with anything that is not a file.
fn below(folder: &Path, strangers: &BTreeSet<PathBuf>) -> (BTreeMap<String, Vec<u8>>, Problems) {
    let (mut files, mut problems) = (BTreeMap::new(), Problems::new());
    for item in WalkDir::new(folder).min_depth(1).sort_by_file_name() {
        let item = item.unwrap();
        let path = item
            .path()
            .strip_prefix(folder)
            .unwrap()
            .to_string_lossy()
            .into_owned();
        if item.file_type().is_file() {
            files.insert(path, std::fs::read(item.path()).unwrap());
        } else if !item.file_type().is_dir() && !strangers.contains(item.path()) {
            problems.push(format!("stays: {path} is a link or a device"));
        }
    }
    (files, problems)
}

fn names(files: &BTreeMap<String, Vec<u8>>) -> Problems {
    let mut problems = Problems::new();
    let mut folded = BTreeSet::new();
    for path in files.keys().filter(|path| *path != ".ksbfolio.json") {
        let plain = |sign: char| sign.is_ascii_alphanumeric() || "-_.".contains(sign);
        let good = |part: &str| {
            let stem = part.split('.').next().unwrap_or_default().to_lowercase();
            let numbered = (stem.starts_with("com") || stem.starts_with("lpt")) && stem.len() == 4;
            let device = ["con", "prn", "aux", "nul"].contains(&stem.as_str())
                || (numbered && stem.ends_with(|sign: char| sign.is_ascii_digit()));
            !device
                && part.chars().all(plain)
                && !part.ends_with('.')
                && part.len() <= 200
                && !stem.is_empty()
        };
        if !path.split('/').all(good) {
            problems.push(format!("stays: {path:?} is no name for every system"));
        }
        if !folded.insert(path.to_lowercase()) {
            problems.push(format!(
                "stays: {path:?} differs from another in case alone"
            ));
        }
    }
    problems
}

fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

fn other_file(path: &str, bytes: &[u8]) -> Problems {
    let text = String::from_utf8_lossy(bytes);
    match ending(path) {
        "json" => json(&text),
        "js" if path.starts_with("assets/search/") => search(&text),
        "png" | "jpg" => picture(bytes),
        "js" | "css" => Problems::new(),
        "svg" if path == "assets/icon.svg" => Problems::new(),
        _ => vec!["stays: no file of a site".to_owned()],
    }
}

fn json(text: &str) -> Problems {
    let wrong = serde_json::from_str::<Value>(text).err();
    wrong
        .map(|error| format!("well: {error}"))
        .into_iter()
        .collect()
}

/// Checks a search-index file: one call of one of four functions with a JSON argument.
fn search(text: &str) -> Problems {
    let calls = [
        "ksbfolioIndex(",
        "ksbfolioTerms(",
        "ksbfolioDocuments(",
        "ksbfolioEntry(",
    ];
    let inside = calls
        .iter()
        .find_map(|call| text.strip_prefix(*call)?.strip_suffix(");\n"));
    match inside {
        Some(inside) if !inside.contains(['<', '\u{2028}', '\u{2029}', '\n']) => {
            json(&format!("[{inside}]"))
        }
        _ => vec!["well: no call of the index".to_owned()],
    }
}

/// Checks that XML is well-formed and contains only allowed elements.
pub fn xml(text: &str, name: &str, allowed: &Allowed) -> Problems {
    let head = text
        .split_inclusive("?>\n")
        .next()
        .filter(|head| head.starts_with("<?xml "))
        .unwrap_or("");
    let (pieces, mut problems) = pieces(text, head);
    let known = &allowed.xml[name];
    let mut open: Vec<&str> = Vec::new();
    for piece in &pieces {
        match piece {
            Piece::Text(text) => {
                if text
                    .match_indices('&')
                    .any(|(at, _)| entity(&text[at..]).is_none())
                {
                    problems.push("well: an ampersand that names nothing".to_owned());
                }
            }
            Piece::Close(name) if open.pop() == Some(*name) => {}
            Piece::Close(name) => problems.push(format!("well: </{name}> closes nothing")),
            Piece::Open { name, closed, .. } => {
                if !known.iter().any(|known| known == name) {
                    problems.push(format!("well: the element {name}"));
                }
                if !closed {
                    open.push(*name);
                }
            }
        }
    }
    let forbidden = |sign: &char| {
        (sign.is_control() && *sign < ' ' && !"\t\n\r".contains(*sign))
            || matches!(sign, '\u{fffe}' | '\u{ffff}')
    };
    problems.extend(
        text.chars()
            .find(forbidden)
            .map(|sign| format!("well: XML forbids {sign:?}")),
    );
    if !open.is_empty() {
        problems.push(format!("well: {open:?} are open at the end"));
    }
    problems
}

fn is_of_the_web(address: &str) -> bool {
    let lower = address.to_lowercase();
    let known = ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme));
    known && !address.contains(char::is_control)
}

/// Checks the target of an element.
fn leads(
    from: &str,
    element: &str,
    address: &str,
    files: &BTreeMap<String, Vec<u8>>,
    pages: &BTreeMap<&str, Page>,
) -> Option<&'static str> {
    if is_of_the_web(address) {
        return (element != "a").then_some("leads out");
    }
    let plain = |sign: char| sign.is_ascii_alphanumeric() || "-_./#".contains(sign);
    if address.starts_with('/') || !address.chars().all(plain) {
        return Some("is no address of the site");
    }
    let (path, place) = address.split_once('#').unwrap_or((address, ""));
    let mut parts: Vec<&str> = from.split('/').collect();
    if !path.is_empty() {
        parts.pop();
        for part in path.split('/') {
            match part {
                ".." if parts.pop().is_none() => return Some("climbs out"),
                ".." => {}
                part => parts.push(part),
            }
        }
    }
    let target = parts.join("/");
    if !files.contains_key(&target) {
        return Some("leads nowhere");
    }
    let known = place.is_empty()
        || pages
            .get(target.as_str())
            .is_some_and(|page| page.ids.contains(place));
    (!known).then_some("leads to no place of the page")
}

/// Checks that a file is a picture without appended data.
fn picture(bytes: &[u8]) -> Problems {
    let number = |at: usize, length: usize| -> u64 {
        let digits = bytes.get(at..at + length).unwrap_or_default();
        digits
            .iter()
            .fold(0, |number, digit| (number << 8) | u64::from(*digit))
    };
    let mut problems = Problems::new();
    let (mut at, mut dots) = (2, 0);
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        (at, dots) = (8, number(16, 4) * number(20, 4));
        while at + 8 <= bytes.len() {
            let part = &bytes[at + 4..at + 8];
            if ![b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"]
                .iter()
                .any(|known| part == *known)
            {
                problems.push(format!("clean: the part {}", String::from_utf8_lossy(part)));
            }
            at += 12 + usize::try_from(number(at, 4)).unwrap();
        }
    } else if bytes.starts_with(b"\xff\xd8") {
        while at + 4 <= bytes.len() && bytes[at + 1] != 0xda {
            if ![0xe0, 0xdb, 0xc0, 0xc4].contains(&bytes[at + 1]) {
                problems.push(format!("clean: the part {:x}", bytes[at + 1]));
            }
            if bytes[at + 1] == 0xc0 {
                dots = number(at + 5, 2) * number(at + 7, 2);
            }
            at += 2 + usize::try_from(number(at + 2, 2)).unwrap();
        }
    } else {
        problems.push("clean: no picture".to_owned());
    }
    if dots > DOTS {
        problems.push(format!("clean: {dots} dots"));
    }
    problems
}
