//! Finds files that their author takes for part of the portfolio, and that are not read because of
//! their ending or their folder.

use super::StoreError;
use super::files::{Child, Files, Text, extension, join, masked_path};
use crate::diagnostic::Stray;
use crate::layout::{ENTRIES, EVIDENCE, PORTFOLIO};
use crate::text::{SourcePath, could_be};

/// Endings of texts without formatting.
const TEXTS: [&str; 10] = [
    "", "txt", "text", "markdown", "mdown", "mkd", "mdwn", "mdx", "qmd", "rmd",
];

/// Endings of documents that `import` reads.
const DOCUMENTS: [&str; 2] = ["docx", "odt"];

/// Endings of other documents.
const OLD_DOCUMENTS: [&str; 8] = ["doc", "rtf", "pages", "gdoc", "html", "htm", "wps", "docm"];

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
    match ending.as_str() {
        text if TEXTS.contains(&text) => Stray::Text,
        document if DOCUMENTS.contains(&document) => Stray::Document,
        document if OLD_DOCUMENTS.contains(&document) => Stray::OldDocument,
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
            stray_file(&name)
        };
        found.extend(stray.map(|stray| (masked_path(&path), stray)));
    }
    let mut looked_into = 0;
    for Child { name, is_folder } in files.children("")? {
        if is_folder {
            let meant = [("entries", ENTRIES), ("evidence", EVIDENCE)];
            let named = meant
                .iter()
                .find(|(known, _)| name.eq_ignore_ascii_case(known));
            found.extend(named.map(|(_, meant)| (masked_path(&name), Stray::Folder(meant))));
        } else if stray_file(&name).is_some() && looked_into < MOST_LOOKED_INTO {
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

/// The reason why a file in the folder of the portfolio is not read.
fn stray_file(name: &str) -> Option<Stray> {
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    let ending = extension(name);
    let is_markdown =
        ending == "md" || (ending != "txt" && ending.len() > 2 && TEXTS.contains(&&*ending));
    let is_misnamed = name.to_lowercase().ends_with(".md.txt");
    let is_document = DOCUMENTS.contains(&&*ending);
    let is_about = ABOUT.contains(&stem.as_str());
    ((is_markdown || is_misnamed || is_document) && !is_about).then_some(if is_document {
        Stray::Document
    } else {
        Stray::Elsewhere
    })
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
    // Another name for entries: `reflections`, `my evidence`.
    let inside = files.list(path, &["md", "markdown", "docx", "odt"])?.files;
    let is_about = |path: &SourcePath| ABOUT.contains(&path.stem().to_lowercase().as_str());
    let holds_entries = inside.iter().any(|path| !is_about(path));
    Ok(holds_entries.then_some(Stray::Folder(ENTRIES)))
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
            "portfolio/portfolio.yaml",
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
            ("portfolio/Visit.docx", Stray::Document),
            ("portfolio/entrys", Stray::Folder(ENTRIES)),
            ("portfolio/pain.md", Stray::Elsewhere),
            ("portfolio/reflections", Stray::Folder(ENTRIES)),
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
            ("chart.PNG", Stray::NoText),
        ] {
            assert_eq!(stray_in_entries(name), stray, "{name}");
        }
    }
}
