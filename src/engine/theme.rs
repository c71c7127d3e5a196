//! Opens a theme.

use super::theme_files::read_theme;
use super::{EngineError, Snapshot};
use crate::check;
use crate::diagnostic::Fault;
use crate::model::Profile;
use crate::render::Theme;
use crate::store::MemoryFiles;

/// Opens a theme by name, or the portfolio's own theme.
///
/// # Errors
/// Its files cannot be read, its `theme.yaml` has a mistake, or a template is wrong.
pub fn open_theme(project: &Snapshot, name: Option<&str>) -> Result<Theme, EngineError> {
    let name = name.unwrap_or(&project.portfolio.settings.theme);
    let read = read_theme(&*project.files, name)?;
    if !read.faults.is_empty() {
        return Err(refuse(project, &read.faults));
    }
    Ok(Theme::new(&read.files, &read.records)?)
}

/// Whether a theme has files of its own that a browser runs: pages, scripts, drawings. A name, a
/// logo and colours are none.
///
/// # Errors
/// Its files cannot be read.
#[cfg(feature = "serve")]
pub(super) fn has_own_code(project: &Snapshot, name: Option<&str>) -> Result<bool, EngineError> {
    let name = name.unwrap_or(&project.portfolio.settings.theme);
    let read = read_theme(&*project.files, name)?;
    let built_in = read_theme(&MemoryFiles::default(), "default")?;
    let mut own = read.files.iter();
    Ok(own.any(|(path, bytes)| {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        let runs = !["css", "jpeg", "jpg", "png", "webp", "yaml"].contains(&ending);
        runs && built_in.files.get(path) != Some(bytes)
    }))
}

/// Opens the theme that is compiled into the program.
///
/// # Errors
/// A template is wrong.
pub fn open_default_theme() -> Result<Theme, EngineError> {
    let read = read_theme(&MemoryFiles::default(), "default")?;
    Ok(Theme::new(&read.files, &read.records)?)
}

/// The first mistake of a `theme.yaml`, in the words that `check` has for it.
fn refuse(project: &Snapshot, faults: &[Fault]) -> EngineError {
    let path = &faults[0].place.path;
    let (portfolio, coverage) = (&project.portfolio, &project.coverage);
    let outcome = check::check(portfolio, coverage, faults, Profile::Default, None);
    let finding = outcome
        .findings
        .iter()
        .find(|finding| finding.place.path == *path);
    let (message, help) = finding.map_or_else(Default::default, |finding| {
        (
            finding.message.clone(),
            finding.help.clone().unwrap_or_default(),
        )
    });
    EngineError::refused(format!("{path}: {message}"), help)
}
