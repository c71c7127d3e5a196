//! Reads the files of a theme.

use crate::diagnostic::Fault;
use crate::embedded;
use crate::files::ThemeFiles;
use crate::layout;
use crate::parse::{self, Palette, ThemeRecord};
use crate::store::{self, FileKind, Files, StoreError};
use crate::text::Source;

/// A theme as read.
#[derive(Debug, Default)]
pub(super) struct ThemeRead {
    /// Its own files, then those of its base, and the default theme's last.
    pub files: ThemeFiles,
    /// Its own record, then that of its base.
    pub records: Vec<ThemeRecord>,
    /// The texts of the records.
    pub sources: Vec<Source>,
    /// Mistakes in the records.
    pub faults: Vec<Fault>,
    /// Its name, then those of its bases.
    pub names: Vec<String>,
}

/// Reads a theme.
///
/// # Errors
/// The theme has no folder, a file cannot be read, or themes are based on each other in a circle.
pub(super) fn read_theme(sources: &dyn Files, name: &str) -> Result<ThemeRead, StoreError> {
    let mut theme = ThemeRead::default();
    let mut next = Some(name.to_owned());
    while let Some(name) = next {
        if theme.names.contains(&name) {
            let folder = sources.location(&store::join(layout::THEMES, &name));
            let cause = "its base leads back to itself";
            return Err(StoreError::new("use", &folder, cause));
        }
        let (files, record) = read_folder(sources, &name)?;
        for (path, bytes) in files {
            theme.files.entry(path).or_insert(bytes);
        }
        next = find_base(&name, record.as_ref());
        theme.sources.extend(record);
        theme.names.push(name);
    }
    // Colours are judged by the style sheet, which may be that of a base.
    let css = theme.files.get("assets/site.css");
    let css = css.map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let palettes = Palette::read(&css.unwrap_or_default());
    for source in &theme.sources {
        let parsed = parse::theme(source, &palettes);
        theme.records.extend(parsed.value);
        theme.faults.extend(parsed.faults);
    }
    Ok(theme)
}

/// The theme that the theme `name` falls back on. A folder without `theme.yaml` holds single files
/// that replace those of the default theme; so does one whose record cannot be read.
fn find_base(name: &str, record: Option<&Source>) -> Option<String> {
    if name == "default" {
        return None;
    }
    let record = record.and_then(|record| parse::theme(record, &Default::default()).value);
    record.map_or_else(|| Some("default".to_owned()), |record| record.base)
}

/// Themes of a workspace, by name.
fn theme_names(sources: &dyn Files) -> Result<Vec<String>, StoreError> {
    let mut names = vec!["default".to_owned()];
    let children = sources.children(layout::THEMES)?.into_iter();
    let folders = children.filter(|child| child.is_folder);
    names.extend(folders.map(|child| child.name));
    names.sort();
    names.dedup();
    Ok(names)
}

/// The files of one theme, and its `theme.yaml` if it has one.
fn read_folder(
    sources: &dyn Files,
    name: &str,
) -> Result<(ThemeFiles, Option<Source>), StoreError> {
    let plain = !name.is_empty()
        && name
            .chars()
            .all(|sign| sign.is_ascii_alphanumeric() || "-_".contains(sign));
    let is_default = name == "default";
    let folder = store::join(layout::THEMES, name);
    let failed = |attempt, cause: &str| StoreError::new(attempt, &sources.location(&folder), cause);
    let kind = sources.kind(&folder);
    if kind == FileKind::Link || sources.kind(layout::THEMES) == FileKind::Link {
        return Err(failed("use", "it is a link, and links are not followed"));
    }
    if !plain || (!is_default && kind != FileKind::Folder) {
        let known = theme_names(sources)?.join(", ");
        let cause = format!("there is no theme of this name; themes: {known}");
        return Err(failed("find", &cause));
    }
    let mut files = ThemeFiles::new();
    let found = sources.list(&folder, &[])?;
    if let Some((path, _)) = found.skipped.first() {
        let cause =
            "it is a link, has a name that is not UTF-8, or is too deep; remove or rename it";
        let path = sources.location(path.as_str());
        return Err(StoreError::new("use the theme with", &path, cause));
    }
    for path in found.files {
        let path = path.as_str();
        let name = path[folder.len()..].trim_start_matches('/').to_owned();
        files.insert(name, sources.read(path)?);
    }
    if is_default {
        for (path, bytes) in embedded::DEFAULT_THEME {
            files
                .entry((*path).to_owned())
                .or_insert_with(|| bytes.to_vec());
        }
        return Ok((files, None));
    }
    let record = files.get("theme.yaml").map(|record| {
        let text = String::from_utf8_lossy(record);
        Source::new(&store::join(&folder, "theme.yaml"), &text)
    });
    Ok((files, record))
}
