//! Hands an address to the browser, and a file to the editor.

use std::io;
use std::path::Path;
use std::process::Command;
#[cfg(feature = "serve")]
use std::{fs::OpenOptions, io::Write, path::PathBuf, process::Stdio};

#[cfg(feature = "serve")]
use tempfile::TempDir;

use super::{Failure, program};

/// A file that leads a browser to an address; removed when this is dropped.
#[cfg(feature = "serve")]
#[derive(Debug)]
pub struct Invitation {
    /// Removed with the file in it.
    _folder: TempDir,
}

/// Opens an address in the browser that this system would use. No program inside `workspace` is run.
///
/// Every user of a machine can read the arguments of its processes, so the browser is given a file that only this user
/// can read, and the file leads it to the address.
///
/// # Errors
/// If the file cannot be written, or there is no program to ask.
#[cfg(feature = "serve")]
pub fn invite_browser(workspace: &Path, address: &str) -> Result<Invitation, Failure> {
    let (folder, file) = invitation(address).map_err(|error| {
        Failure::new(
            "write a file that opens the browser in",
            &std::env::temp_dir(),
            error,
        )
    })?;
    let (name, before): (&str, &[&str]) = if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let unknown = |reason: String| Failure::new("open a browser with", name.as_ref(), reason);
    let mut command = program::command(name, Some(workspace)).map_err(unknown)?;
    command
        .args(before)
        .arg(file)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let failed = |error| Failure::new("open a browser with", name.as_ref(), error);
    command.spawn().map_err(failed)?;
    Ok(Invitation { _folder: folder })
}

/// Writes the file in a folder of its own; on Unix both are closed to other users from the start. Elsewhere temporary
/// folders are inside the user's own.
#[cfg(feature = "serve")]
fn invitation(address: &str) -> io::Result<(TempDir, PathBuf)> {
    let mut private = tempfile::Builder::new();
    private.prefix("ksbfolio-");
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
        private.permissions(std::fs::Permissions::from_mode(0o700));
        options.mode(0o600);
    }
    let folder = private.tempdir()?;
    let file = folder.path().join("preview.html");
    let text = format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={address}\">\n<title>Preview</title>\n</head>\n\
         <body>\n<p><a href=\"{address}\">Go on to the preview</a></p>\n</body>\n</html>\n"
    );
    options.open(&file)?.write_all(text.as_bytes())?;
    Ok((folder, file))
}

/// Opens a file in the editor that `$VISUAL` or `$EDITOR` names, and waits until it is closed.
///
/// # Errors
/// That neither is set, that the editor could not be run, or that it failed.
pub fn edit(path: &Path) -> Result<(), Failure> {
    let named = ["VISUAL", "EDITOR"]
        .into_iter()
        .filter_map(std::env::var_os)
        .find(|name| !name.is_empty());
    let Some(named) = named else {
        return Err(Failure::new(
            "open",
            path,
            "neither $VISUAL nor $EDITOR names an editor",
        ));
    };
    let named = named.to_string_lossy().into_owned();
    // People write `code --wait` there.
    let mut words = named.split_whitespace();
    let name = words.next().unwrap_or("vi");
    let failed = |cause: &dyn std::fmt::Display| Failure::new("edit with", name.as_ref(), cause);
    // A path is the user's own choice; a name is looked for.
    let mut command = if Path::new(name).components().count() > 1 {
        Command::new(name)
    } else {
        program::command(name, None).map_err(|reason| failed(&reason))?
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

/// What somebody writes in the editor that `$VISUAL` or `$EDITOR` names, from a text to begin with, which is left out of
/// what comes back.
///
/// # Errors
/// That neither is set, that the editor could not be run, or that it failed: what was written is dropped then.
pub fn edited(before: &str) -> Result<String, Failure> {
    let folder = std::env::temp_dir();
    let failed = |error: io::Error| Failure::new("write in", &folder, error);
    let file = tempfile::Builder::new()
        .prefix("ksbfolio-")
        .suffix(".md")
        .tempfile_in(&folder)
        .map_err(failed)?;
    std::fs::write(file.path(), before).map_err(failed)?;
    edit(file.path())?;
    let text = super::read_small(file.path())?;
    Ok(text.strip_prefix(before).unwrap_or(&text).to_owned())
}
