//! Finds files that their author takes for part of the portfolio, and that are not read because of
//! their ending or their folder.

use super::StoreError;
use super::files::{Child, Files, Text, extension, join, masked_path};
use crate::diagnostic::Stray;
use crate::layout::{DECISIONS, ENTRIES, EVIDENCE, PORTFOLIO};
use crate::text::{SourcePath, could_be};

/// Endings of texts without formatting.
const TEXTS: [&str; 10] = [
    "", "txt", "text", "markdown", "mdown", "mkd", "mdwn", "mdx", "qmd", "rmd",
];

/// Endings of documents that `import` reads.
const DOCUMENTS: [&str; 2] = ["docx", "odt"];

/// Endings of other documents.
const OLD_DOCUMENTS: [&str; 9] = [
    "doc", "rtf", "pages", "html", "htm", "wps", "docm", "one", "epub",
];

/// Endings of files that lead to another file.
const SHORTCUTS: [&str; 7] = [
    "lnk", "url", "webloc", "gdoc", "gsheet", "gslides", "icloud",
];

/// Endings of pictures.
const PICTURES: [&str; 12] = [
    "png", "jpg", "jpeg", "heic", "heif", "webp", "gif", "bmp", "tif", "tiff", "avif", "svg",
];

/// Endings of other files that belong to the evidence.
const OTHERS: [&str; 17] = [
    "pdf", "pptx", "xlsx", "ods", "odp", "ppt", "xls", "numbers", "key", "mp3", "m4a", "wav",
    "mp4", "mov", "avi", "webm", "zip",
];

/// Stems of files that describe a folder.
const ABOUT: [&str; 9] = [
    "readme",
    "license",
    "licence",
    "changelog",
    "contributing",
    "notice",
    "security",
    "todo",
    "index",
];

/// The most files of the root that are looked into.
const MOST_LOOKED_INTO: usize = 50;

/// The reason why a file in the folder of entries is not read.
#[must_use]
pub fn stray_in_entries(path: &str) -> Stray {
    let ending = extension(path);
    if TEXTS.contains(&&*ending) {
        Stray::Text
    } else {
        stray_file(&ending)
    }
}

/// The reason why a file that is no text is not read, by its ending.
fn stray_file(ending: &str) -> Stray {
    match ending {
        ending if DOCUMENTS.contains(&ending) => Stray::Document,
        ending if OLD_DOCUMENTS.contains(&ending) => Stray::OldDocument,
        ending if SHORTCUTS.contains(&ending) => Stray::Shortcut,
        "zip" => Stray::Archive,
        _ => Stray::NoText,
    }
}

/// Files and folders beside the folders that are read.
///
/// # Errors
/// A folder or a file cannot be read.
pub fn stray_elsewhere(files: &dyn Files) -> Result<Vec<(SourcePath, Stray)>, StoreError> {
    let mut found = Vec::new();
    for Child { name, is_folder } in files.children(PORTFOLIO)? {
        let path = join(PORTFOLIO, &name);
        let stray = if is_folder {
            stray_folder(files, &path, &name)?
        } else {
            stray_in_portfolio(&name)
        };
        found.extend(stray.map(|stray| (masked_path(&path), stray)));
    }
    for Child { name, .. } in files.children(DECISIONS)? {
        let is_evidence = is_one_of(&name, &PICTURES) || is_one_of(&name, &OTHERS);
        let path = masked_path(&join(DECISIONS, &name));
        found.extend(is_evidence.then(|| (path, stray_file(&extension(&name)))));
    }
    let mut looked_into = 0;
    for Child { name, is_folder } in files.children("")? {
        if is_folder {
            let meant = [("entries", ENTRIES), ("evidence", EVIDENCE)];
            let named = meant
                .iter()
                .find(|(known, _)| name.eq_ignore_ascii_case(known));
            found.extend(named.map(|(_, meant)| (masked_path(&name), Stray::Folder(meant))));
        } else if is_text_elsewhere(&name) && looked_into < MOST_LOOKED_INTO {
            looked_into += 1;
            let path = masked_path(&name);
            let is_entry = match files.text(&path)? {
                Text::Whole(source) | Text::Recoded(source, _) => is_like_entry(&source.text),
                Text::Broken(..) => false,
            };
            found.extend(is_entry.then_some((path, Stray::Elsewhere)));
        }
    }
    Ok(found)
}

/// The reason why a file in the folder of the portfolio is not read; `None` if no person expects
/// that.
fn stray_in_portfolio(name: &str) -> Option<Stray> {
    let ending = extension(name);
    if is_text_elsewhere(name) || (matches!(&*ending, "txt" | "text") && !is_about(name)) {
        return Some(Stray::Elsewhere);
    }
    let known: [&[&str]; 5] = [&DOCUMENTS, &OLD_DOCUMENTS, &SHORTCUTS, &PICTURES, &OTHERS];
    let is_known = known.iter().any(|endings| endings.contains(&&*ending));
    (is_known && !is_about(name)).then(|| stray_file(&ending))
}

/// Whether a name is that of an entry in Markdown.
fn is_text_elsewhere(name: &str) -> bool {
    let ending = extension(name);
    let is_markdown =
        ending == "md" || (ending != "txt" && ending.len() > 2 && TEXTS.contains(&&*ending));
    (is_markdown || name.to_lowercase().ends_with(".md.txt")) && !is_about(name)
}

/// Whether a file describes its folder.
fn is_about(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    ABOUT.contains(&stem.as_str())
}

fn is_one_of(name: &str, endings: &[&str]) -> bool {
    endings.contains(&&*extension(name))
}

/// The reason why a folder of the portfolio is not read.
fn stray_folder(files: &dyn Files, path: &str, name: &str) -> Result<Option<Stray>, StoreError> {
    const KNOWN: [(&str, &str); 2] = [("entries", ENTRIES), ("evidence", EVIDENCE)];
    if ["entries", "evidence", "decisions"].contains(&name) {
        return Ok(None);
    }
    if let Some((_, meant)) = KNOWN.iter().find(|(known, _)| could_be(name, known)) {
        return Ok(Some(Stray::Folder(meant)));
    }
    // Another name for entries: `reflections`, `my evidence`. Or for evidence: `photos`.
    let inside = files.list(path, &["md", "markdown", "docx", "odt"])?.files;
    if inside.iter().any(|path| !is_about(path.stem())) {
        return Ok(Some(Stray::Folder(ENTRIES)));
    }
    let has_pictures = !files.list(path, &PICTURES)?.files.is_empty();
    Ok(has_pictures.then_some(Stray::Folder(EVIDENCE)))
}

/// Whether a text begins with the keys of an entry.
fn is_like_entry(text: &str) -> bool {
    let text = text.trim_start_matches(['\u{feff}', '\n', '\r', ' ']);
    let mut lines = text.lines();
    let is_fenced = lines.next().is_some_and(|line| line.trim_end() == "---");
    let is_key = |line: &str| {
        let key = line.split(':').next().unwrap_or_default().to_lowercase();
        ["ksbs", "criteria", "anonymised", "event_date"].contains(&key.as_str())
    };
    is_fenced && lines.take(40).any(is_key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::MemoryFiles;

    #[test]
    fn files_that_look_like_entries_are_found_wherever_they_lie() {
        let entry = "---\ntitle: A\nksbs: [K1]\n---\nWords.\n";
        let files: MemoryFiles = [
            "portfolio/entries/one.md",
            "portfolio/pain.md",
            "portfolio/README.md",
            "portfolio/Visit.docx",
            "portfolio/entrys/a.md",
            "portfolio/reflections/a.md",
            "portfolio/decisions/a.md",
            "portfolio/decisions/a.pdf",
            "portfolio/portfolio.yaml",
            "portfolio/board.PNG",
            "portfolio/hours.xlsx",
            "portfolio/Notes.txt",
            "portfolio/readme.txt",
            "portfolio/all.zip",
            "portfolio/Link.lnk",
            "portfolio/photos/2026/a.heic",
            "portfolio/data/a.csv",
            "evidence/a.png",
            "pain.md",
            "pain.md.txt",
            "README.md",
            "docs/a.md",
        ]
        .into_iter()
        .map(|path| (path, entry.as_bytes().to_vec()))
        .collect();
        let found = stray_elsewhere(&files).unwrap_or_default();
        let found: Vec<_> = found
            .iter()
            .map(|(path, stray)| (path.as_str(), *stray))
            .collect();
        let expected = [
            ("portfolio/Link.lnk", Stray::Shortcut),
            ("portfolio/Notes.txt", Stray::Elsewhere),
            ("portfolio/Visit.docx", Stray::Document),
            ("portfolio/all.zip", Stray::Archive),
            ("portfolio/board.PNG", Stray::NoText),
            ("portfolio/entrys", Stray::Folder(ENTRIES)),
            ("portfolio/hours.xlsx", Stray::NoText),
            ("portfolio/pain.md", Stray::Elsewhere),
            ("portfolio/photos", Stray::Folder(EVIDENCE)),
            ("portfolio/reflections", Stray::Folder(ENTRIES)),
            ("portfolio/decisions/a.pdf", Stray::NoText),
            ("evidence", Stray::Folder(EVIDENCE)),
            ("pain.md", Stray::Elsewhere),
            ("pain.md.txt", Stray::Elsewhere),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn endings_say_what_a_file_in_the_folder_of_entries_is() {
        for (name, stray) in [
            ("pain.txt", Stray::Text),
            ("pain.md.txt", Stray::Text),
            ("pain.markdown", Stray::Text),
            ("pain", Stray::Text),
            ("pain.docx", Stray::Document),
            ("pain.rtf", Stray::OldDocument),
            ("pain.gdoc", Stray::Shortcut),
            ("pain.zip", Stray::Archive),
            ("chart.PNG", Stray::NoText),
        ] {
            assert_eq!(stray_in_entries(name), stray, "{name}");
        }
    }
}
