//! Finds programs to start, so that no folder of a workspace can replace them.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A command for a program on `PATH`. Relative folders of `PATH` (`.`, an empty entry) and folders
/// inside `workspace` are not searched, neither here nor by the program itself.
///
/// # Errors
/// No remaining folder has the program.
pub fn command(name: &str, workspace: Option<&Path>) -> Result<Command, String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = trusted(std::env::split_paths(&path), workspace);
    let Some(program) = find(name, &folders) else {
        return Err(format!(
            "{name} is not in any folder of PATH that may be searched"
        ));
    };
    let mut command = Command::new(program);
    // Joining fails only for folders that contain the separator, which splitting cannot return.
    command.env(
        "PATH",
        std::env::join_paths(&folders).unwrap_or_else(|_| OsString::new()),
    );
    // Windows searches the current folder first, unless this is set.
    command.env("NoDefaultCurrentDirectoryInExePath", "1");
    Ok(command)
}

/// A command that opens a file with the program that the system has for it. Nothing inside
/// `workspace` is started.
///
/// # Errors
/// The system has no such command.
pub fn opener(file: &Path, workspace: Option<&Path>) -> Result<Command, String> {
    let name = if cfg!(windows) {
        "cmd"
    } else if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let mut command = command(name, workspace)?;
    add_file(&mut command, file);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    Ok(command)
}

#[cfg(not(windows))]
fn add_file(command: &mut Command, file: &Path) {
    command.arg(file);
}

/// The words of `start`: an empty title, and the file. Both are in quotes always, because `cmd`
/// would take a `&` in a name for the end of the command.
#[cfg(windows)]
fn add_file(command: &mut Command, file: &Path) {
    use std::os::windows::process::CommandExt;
    let mut words = OsString::from("/C start \"\" \"");
    words.push(file);
    words.push("\"");
    command.raw_arg(words);
}

/// The absolute folders that are not inside the workspace.
fn trusted(folders: impl Iterator<Item = PathBuf>, workspace: Option<&Path>) -> Vec<PathBuf> {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let workspace = workspace.map(real);
    let is_inside = |folder: &Path| {
        workspace
            .as_ref()
            .is_some_and(|root| real(folder).starts_with(root))
    };
    folders
        .filter(|folder| folder.is_absolute() && !is_inside(folder))
        .collect()
}

fn find(name: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    let ending = std::env::consts::EXE_SUFFIX;
    let name = if name.to_ascii_lowercase().ends_with(ending) {
        name.to_owned()
    } else {
        format!("{name}{ending}")
    };
    folders
        .iter()
        .map(|folder| folder.join(&name))
        .find(|path| is_program(path))
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| about.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_folders_and_those_of_the_workspace_are_not_searched() {
        let root = std::env::temp_dir();
        let outside = root.parent().unwrap_or(&root).to_owned();
        let folders = ["", ".", "bin"].map(PathBuf::from).into_iter();
        let all = folders.chain([root.clone(), root.join("bin"), outside.clone()]);
        assert_eq!(trusted(all, Some(&root)), [outside]);
    }
}
