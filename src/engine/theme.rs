//! Reads the files of a theme.

use super::{EngineError, Snapshot};
use crate::embedded;
use crate::files::ThemeFiles;
use crate::layout;
use crate::parse;
use crate::render::Theme;
use crate::store::{self, FileKind, Files, StoreError};
use crate::text::Source;

/// Opens a theme by name, or the portfolio's own theme.
///
/// # Errors
/// Its files cannot be read, or a template is wrong.
pub fn open_theme(project: &Snapshot, name: Option<&str>) -> Result<Theme, EngineError> {
    let name = name.unwrap_or(&project.portfolio.settings.theme);
    Ok(Theme::new(&theme_files(&*project.files, name)?)?)
}

/// The files of a theme: its own, then those of its base, and the default theme's last.
///
/// # Errors
/// The theme has no folder, its `theme.yaml` or a file cannot be read, or themes are based on each
/// other in a circle.
fn theme_files(sources: &dyn Files, name: &str) -> Result<ThemeFiles, StoreError> {
    let mut theme = ThemeFiles::new();
    let mut next = Some(name.to_owned());
    let mut seen: Vec<String> = Vec::new();
    while let Some(name) = next {
        if seen.contains(&name) {
            let folder = sources.location(&store::join(layout::THEMES, &name));
            let cause = "its base leads back to itself";
            return Err(StoreError::new("use", &folder, cause));
        }
        let (files, base) = one_theme(sources, &name)?;
        for (path, bytes) in files {
            theme.entry(path).or_insert(bytes);
        }
        seen.push(name);
        next = base;
    }
    Ok(theme)
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

/// The files of one theme, and the name of its base.
fn one_theme(sources: &dyn Files, name: &str) -> Result<(ThemeFiles, Option<String>), StoreError> {
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
            "it is a link, has a name that is not UTF-8, or lies too deep; remove or rename it";
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
    // A folder without `theme.yaml` holds single files that replace those of the default theme.
    let Some(record) = files.get("theme.yaml") else {
        return Ok((files, Some("default".to_owned())));
    };
    let path = sources.location(&store::join(&folder, "theme.yaml"));
    let text = String::from_utf8_lossy(record).into_owned();
    let parsed = parse::theme(&Source::new("theme.yaml", &text));
    match parsed.value {
        Some(record) if parsed.faults.is_empty() => Ok((files, record.base)),
        _ => Err(StoreError::new(
            "use",
            &path,
            "it takes version: 1, title, and base: the name of a theme or none",
        )),
    }
}
