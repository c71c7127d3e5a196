//! Names for new files.

use super::EngineError;

/// Limit in bytes of file names that are made from titles and references: short enough for every
/// file system, with room for a number and an extension.
pub(super) const MAX_NAME: usize = 60;

/// Names tried before giving up.
const MAX_TRIES: usize = 10_000;

/// Tries `name`, `name-2`, `name-3` and so on until `attempt` returns `Some`: the name was free.
///
/// # Errors
/// The first error of an attempt, and 10,000 names that are taken.
pub(super) fn first_free<T>(
    name: &str,
    mut attempt: impl FnMut(&str) -> Result<Option<T>, EngineError>,
) -> Result<T, EngineError> {
    for number in 1..=MAX_TRIES {
        let numbered = match number {
            1 => name.to_owned(),
            _ => format!("{name}-{number}"),
        };
        if let Some(made) = attempt(&numbered)? {
            return Ok(made);
        }
    }
    Err(EngineError::refused(
        format!("{MAX_TRIES} files are called {name} already"),
        "choose another title or name",
    ))
}
