//! Hands an address to the browser, and a file to the editor.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::Failure;

/// A file that leads a browser to an address; removed when this is dropped.
#[derive(Debug)]
pub struct Invitation {
    /// Removed with the file in it.
    _folder: TempDir,
}

/// Opens an address in the browser that this system would use.
///
/// Every user of a machine can read the arguments of its processes, so the browser is given a file that only this user
/// can read, and the file leads it to the address.
///
/// # Errors
/// If the file cannot be written, or there is no program to ask.
pub fn invite_browser(address: &str) -> Result<Invitation, Failure> {
    let (folder, file) = invitation(address).map_err(|error| {
        Failure::new("write a file that opens the browser in", &std::env::temp_dir(), error)
    })?;
    let (program, before): (&str, &[&str]) = if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(before).arg(file).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let failed = |error| Failure::new("open a browser with", program.as_ref(), error);
    command.spawn().map_err(failed)?;
    Ok(Invitation { _folder: folder })
}

/// Writes the file in a folder of its own; on Unix both are closed to other users from the start. Elsewhere temporary
/// folders are inside the user's own.
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
/// That neither is set, or that the editor could not be run.
pub fn edit(path: &Path) -> Result<(), Failure> {
    let named = ["VISUAL", "EDITOR"].into_iter().filter_map(std::env::var_os).find(|name| !name.is_empty());
    let Some(named) = named else {
        return Err(Failure::new("open", path, "neither $VISUAL nor $EDITOR names an editor"));
    };
    let named = named.to_string_lossy().into_owned();
    // People write `code --wait` there.
    let mut words = named.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let failed = |error| Failure::new("run the editor", program.as_ref(), error);
    Command::new(program).args(words).arg(path).status().map(drop).map_err(failed)
}

/// What somebody writes in the editor that `$VISUAL` or `$EDITOR` names, from a text to begin with, which is left out of
/// what comes back.
///
/// # Errors
/// That neither is set, or that the editor could not be run.
pub fn edited(before: &str) -> Result<String, Failure> {
    let folder = std::env::temp_dir();
    let failed = |error: io::Error| Failure::new("write in", &folder, error);
    let file =
        tempfile::Builder::new().prefix("ksbfolio-").suffix(".md").tempfile_in(&folder).map_err(failed)?;
    std::fs::write(file.path(), before).map_err(failed)?;
    edit(file.path())?;
    let text = super::read_small(file.path())?;
    Ok(text.strip_prefix(before).unwrap_or(&text).to_owned())
}
