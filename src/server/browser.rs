//! Opens the preview in the browser.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::store::{self, StoreError};

/// A file that redirects a browser to an address; removed when dropped.
#[derive(Debug)]
pub(super) struct Invitation {
    /// Removed with the file in it.
    _folder: TempDir,
}

/// Opens an address in the user's browser. No program inside `workspace` is started.
///
/// Every user of a machine can read the arguments of its processes. So the browser gets a file that
/// only this user can read, and that redirects to the address.
///
/// # Errors
/// The file cannot be written, or there is no program that opens a browser.
pub(super) fn invite_browser(workspace: &Path, address: &str) -> Result<Invitation, StoreError> {
    let (folder, file) = invitation(address).map_err(|error| {
        StoreError::new(
            "write a file that opens the browser in",
            &std::env::temp_dir(),
            error,
        )
    })?;
    let name = "the program for web pages".as_ref();
    let unknown = |reason: String| StoreError::new("open a browser with", name, reason);
    let mut command = store::opener(&file, Some(workspace)).map_err(unknown)?;
    let failed = |error| StoreError::new("open a browser with", name, error);
    command.spawn().map_err(failed)?;
    Ok(Invitation { _folder: folder })
}

/// Writes the file in a folder of its own. On Unix both are closed to other users from the start;
/// elsewhere temporary folders belong to the user.
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
