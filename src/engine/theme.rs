//! Reads the files of a theme.

use std::path::Path;

use super::{EngineError, Project};
use crate::embedded;
use crate::files::ThemeFiles;
use crate::parse;
use crate::render::Theme;
use crate::store::{self, StoreError};
use crate::text::Source;

/// Opens a theme by name, or the portfolio's own theme.
///
/// # Errors
/// Its files cannot be read, or a template is wrong.
pub fn open_theme(project: &Project, name: Option<&str>) -> Result<Theme, EngineError> {
    let name = name.unwrap_or(&project.portfolio.settings.theme);
    Ok(Theme::new(&theme_files(&project.root, name)?)?)
}

/// The files of a theme: its own, then those of its base, and the default theme's last.
///
/// # Errors
/// The theme has no folder, its `theme.yaml` or a file cannot be read, or themes are based on each
/// other in a circle.
fn theme_files(root: &Path, name: &str) -> Result<ThemeFiles, StoreError> {
    let mut theme = ThemeFiles::new();
    let mut next = Some(name.to_owned());
    let mut seen: Vec<String> = Vec::new();
    while let Some(name) = next {
        let folder = root.join("themes").join(&name);
        if seen.contains(&name) {
            return Err(StoreError::new(
                "use",
                &folder,
                "its base leads back to itself",
            ));
        }
        let (files, base) = one_theme(&folder, &name)?;
        for (path, bytes) in files {
            theme.entry(path).or_insert(bytes);
        }
        seen.push(name);
        next = base;
    }
    Ok(theme)
}

/// Themes of a workspace, by name.
fn theme_names(folder: &Path) -> Result<Vec<String>, StoreError> {
    let mut names = vec!["default".to_owned()];
    if store::is_folder(folder) {
        names.extend(store::folders(folder)?);
    }
    names.sort();
    names.dedup();
    Ok(names)
}

/// The files of one theme, and the name of its base.
fn one_theme(folder: &Path, name: &str) -> Result<(ThemeFiles, Option<String>), StoreError> {
    let plain = !name.is_empty()
        && name
            .chars()
            .all(|sign| sign.is_ascii_alphanumeric() || "-_".contains(sign));
    let is_default = name == "default";
    let linked = store::is_link(folder) || folder.parent().is_some_and(store::is_link);
    if linked {
        return Err(StoreError::new(
            "use",
            folder,
            "it is a link, and links are not followed",
        ));
    }
    if !plain || (!is_default && !store::is_folder(folder)) {
        let known = theme_names(folder.parent().unwrap_or(folder))?.join(", ");
        return Err(StoreError::new(
            "find",
            folder,
            format!("there is no theme of this name; themes: {known}"),
        ));
    }
    let mut files = ThemeFiles::new();
    let found = store::list(folder, "", &[])?;
    if let Some((path, _)) = found.skipped.first() {
        let cause =
            "it is a link, has a name that is not UTF-8, or lies too deep; remove or rename it";
        return Err(StoreError::new("use the theme with", path, cause));
    }
    for path in found.files {
        let bytes = store::read(&path)?;
        files.insert(store::source_path(folder, &path).as_str().to_owned(), bytes);
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
    let path = folder.join("theme.yaml");
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
