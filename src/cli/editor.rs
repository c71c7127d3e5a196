//! Opens files in the user's editor.

#![expect(
    clippy::disallowed_methods,
    reason = "the environment names the editor, which writes to a temporary file"
)]

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::Command;

use crate::store::{self, StoreError};

/// Opens a file in the editor that `$VISUAL` or `$EDITOR` names, and waits until it is closed. If
/// neither is set, opens it in the system's program for texts, and goes on.
///
/// # Errors
/// The program cannot be started or fails.
pub(super) fn open(path: &Path, workspace: &Path) -> Result<(), StoreError> {
    if named_editor().is_some() {
        return edit(path);
    }
    let failed = |cause: String| StoreError::new("open", path, cause);
    let mut command = store::opener(path, Some(workspace)).map_err(failed)?;
    let started = command.spawn();
    started.map(drop).map_err(|error| failed(error.to_string()))
}

fn named_editor() -> Option<OsString> {
    let mut named = ["VISUAL", "EDITOR"]
        .into_iter()
        .filter_map(std::env::var_os);
    named.find(|name| !name.is_empty())
}

/// Opens a file in the editor that `$VISUAL` or `$EDITOR` names, and waits until it is closed.
///
/// # Errors
/// Neither is set, or the editor cannot be started or fails.
fn edit(path: &Path) -> Result<(), StoreError> {
    let Some(named) = named_editor() else {
        return Err(StoreError::new(
            "open",
            path,
            "neither $VISUAL nor $EDITOR names an editor",
        ));
    };
    let named = named.to_string_lossy().into_owned();
    // People write `code --wait` there.
    let mut words = named.split_whitespace();
    let name = words.next().unwrap_or("vi");
    let failed = |cause: &dyn std::fmt::Display| StoreError::new("edit with", name.as_ref(), cause);
    // A path is the user's own choice; a name is searched for.
    let mut command = if Path::new(name).components().count() > 1 {
        Command::new(name)
    } else {
        store::command(name, None).map_err(|reason| failed(&reason))?
    };
    let ended = command
        .args(words)
        .arg(path)
        .status()
        .map_err(|error| failed(&error))?;
    if ended.success() {
        Ok(())
    } else {
        Err(failed(&format!("the editor ended with {ended}")))
    }
}

/// Opens a text in the editor that `$VISUAL` or `$EDITOR` names, and returns what was written below
/// it.
///
/// # Errors
/// Neither is set, or the editor cannot be started or fails; its text is dropped then.
pub(super) fn edited(before: &str) -> Result<String, StoreError> {
    let folder = std::env::temp_dir();
    let failed = |error: io::Error| StoreError::new("write in", &folder, error);
    let file = tempfile::Builder::new()
        .prefix("ksbfolio-")
        .suffix(".md")
        .tempfile_in(&folder)
        .map_err(failed)?;
    std::fs::write(file.path(), before).map_err(failed)?;
    edit(file.path())?;
    let text = store::read_small(file.path())?;
    Ok(text.strip_prefix(before).unwrap_or(&text).to_owned())
}
