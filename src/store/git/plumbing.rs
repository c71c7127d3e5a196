//! Runs git on a repository without its configuration, attributes and hooks.
//!
//! Git works in a temporary repository with a configuration written here, which borrows the objects
//! of the real one. Nothing that git reads can name a program, and variables that configure git are
//! removed.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{ChildStdout, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use super::super::program;
use super::repository::{self, Repository};

/// Time limit of a git command. No portfolio's repository needs it; a pipe among its objects would
/// block for ever.
const SLOWEST: Duration = Duration::from_mins(2);

/// A repository that can be queried.
#[derive(Debug)]
pub(crate) struct Git {
    /// The temporary repository.
    folder: TempDir,
    /// The workspace; no program inside it is started.
    workspace: PathBuf,
    /// The workspace's folder below the repository's, with a closing `/`; empty if they are the
    /// same.
    pub prefix: String,
    /// The checked-out commit; `None` before the first one.
    pub head: Option<String>,
    /// Whether the clone has only a part of the history.
    pub is_shallow: bool,
}

impl Git {
    /// Opens the repository that contains a workspace; `None` if there is none.
    ///
    /// # Errors
    /// The repository cannot be read.
    pub(crate) fn open(workspace: &Path) -> Result<Option<Self>, String> {
        let Some(repository) = repository::find(workspace)? else {
            return Ok(None);
        };
        let refs = repository.refs()?;
        let shallow = repository.shallow()?;
        let folder = TempDir::new().map_err(|error| error.to_string())?;
        let mut ids = refs.named.values().chain(&refs.head);
        let is_long = ids.next().is_some_and(|id| id.len() == 64);
        let mut files = vec![
            (
                "HEAD",
                refs.head
                    .clone()
                    .unwrap_or_else(|| "ref: refs/heads/none".to_owned())
                    .into_bytes(),
            ),
            ("config", configuration(is_long).into_bytes()),
            ("objects/info/alternates", line_for(&repository.objects())?),
        ];
        let packed = refs.named.iter().map(|(name, id)| format!("{id} {name}\n"));
        files.push(("packed-refs", packed.collect::<String>().into_bytes()));
        files.extend(
            refs.other
                .into_iter()
                .map(|(name, id)| (name, format!("{id}\n").into_bytes())),
        );
        let is_shallow = shallow.is_some();
        files.extend(shallow.map(|text| ("shallow", text.into_bytes())));
        for name in ["objects/info", "refs"] {
            fs::create_dir_all(folder.path().join(name)).map_err(|error| error.to_string())?;
        }
        for (name, bytes) in files {
            fs::write(folder.path().join(name), bytes).map_err(|error| error.to_string())?;
        }
        let prefix = below(workspace, &repository.top);
        let git = Self {
            folder,
            workspace: workspace.to_owned(),
            prefix,
            head: refs.head,
            is_shallow,
        };
        git.check_owner(&repository)?;
        Ok(Some(git))
    }

    /// Runs a git command and returns its output.
    ///
    /// # Errors
    /// Git is not installed, or it fails.
    pub(crate) fn ask(&self, arguments: &[&str]) -> Result<Vec<u8>, String> {
        let read = |mut pipe: BufReader<ChildStdout>| {
            let mut all = Vec::new();
            pipe.read_to_end(&mut all).map(|_| all)
        };
        run(self.command()?.args(arguments), Vec::new(), read)
    }

    /// Reads files by object id or `COMMIT:PATH`, in order; `None` for one with more than `most`
    /// bytes.
    ///
    /// # Errors
    /// Git is not installed, or an object is missing.
    pub(crate) fn blobs(&self, ids: &[String], most: u64) -> Result<Vec<Option<Vec<u8>>>, String> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        if ids.iter().any(|id| id.contains('\n')) {
            return Err("a file's name holds a line end".to_owned());
        }
        let wanted = ids.join("\n") + "\n";
        let number = ids.len();
        let read = move |mut pipe: BufReader<ChildStdout>| {
            (0..number).map(|_| next_blob(&mut pipe, most)).collect()
        };
        run(
            self.command()?.args(["cat-file", "--batch"]),
            wanted.into_bytes(),
            read,
        )
    }

    /// Git in the temporary repository, without variables that configure git.
    fn command(&self) -> Result<Command, String> {
        let mut command = program::command("git", Some(&self.workspace))?;
        let own = self.folder.path();
        command.current_dir(own).args([
            "--no-pager",
            "--no-replace-objects",
            "--literal-pathspecs",
        ]);
        for (name, _) in std::env::vars_os().filter(|(name, _)| is_of_git(name)) {
            command.env_remove(name);
        }
        for name in ["GIT_DIR", "HOME", "XDG_CONFIG_HOME"] {
            command.env(name, own);
        }
        for name in [
            "GIT_CONFIG_NOSYSTEM",
            "GIT_ATTR_NOSYSTEM",
            "GIT_NO_LAZY_FETCH",
            "GIT_NO_REPLACE_OBJECTS",
        ] {
            command.env(name, "1");
        }
        for name in ["GIT_TERMINAL_PROMPT", "GIT_OPTIONAL_LOCKS", "GIT_ADVICE"] {
            command.env(name, "0");
        }
        for name in ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"] {
            command.env(name, "/dev/null");
        }
        // No transport has this name, so nothing is ever fetched.
        command.env("GIT_ALLOW_PROTOCOL", "none").env("LC_ALL", "C");
        Ok(command)
    }

    /// Refuses the repository of another user, as git does, unless the user's own configuration lists it.
    fn check_owner(&self, repository: &Repository) -> Result<(), String> {
        let Repository { top, own, common } = repository;
        let folders = [top.clone(), top.join(".git"), own.clone(), common.clone()];
        if self.is_own(&folders)? || self.trusted()?.iter().any(|one| covers(one, top)) {
            return Ok(());
        }
        let top = top.display();
        let help = format!("if you trust it: git config --global --add safe.directory {top}");
        Err(format!(
            "the repository {top} belongs to another user; {help}"
        ))
    }

    #[cfg(unix)]
    fn is_own(&self, folders: &[PathBuf]) -> Result<bool, String> {
        use std::os::unix::fs::MetadataExt;
        let owner = |path: &Path| {
            fs::symlink_metadata(path)
                .map(|about| about.uid())
                .map_err(|error| error.to_string())
        };
        let user = owner(self.folder.path())?;
        // As in git: under sudo, root may read the repositories of the calling user.
        let caller = std::env::var("SUDO_UID")
            .ok()
            .and_then(|id| id.parse().ok())
            .filter(|_| user == 0);
        let owners: Vec<u32> = folders
            .iter()
            .map(|path| owner(path))
            .collect::<Result<_, _>>()?;
        Ok(owners
            .into_iter()
            .all(|owner| owner == user || Some(owner) == caller))
    }

    /// On Windows, owners are known only through system calls that the standard library does not
    /// offer.
    #[cfg(not(unix))]
    #[expect(
        clippy::unnecessary_wraps,
        clippy::unused_self,
        reason = "elsewhere asking can fail"
    )]
    fn is_own(&self, _: &[PathBuf]) -> Result<bool, String> {
        Ok(true)
    }

    /// The folders that the configuration of the user and of the system declares safe.
    fn trusted(&self) -> Result<Vec<String>, String> {
        let mut command = program::command("git", Some(&self.workspace))?;
        command.current_dir(self.folder.path());
        let is_configuration =
            |name: &std::ffi::OsStr| name.to_string_lossy().starts_with("GIT_CONFIG");
        for (name, _) in
            std::env::vars_os().filter(|(name, _)| is_of_git(name) && !is_configuration(name))
        {
            command.env_remove(name);
        }
        command.env("GIT_DIR", self.folder.path());
        command.args([
            "--no-pager",
            "config",
            "--null",
            "--type=path",
            "--get-all",
            "safe.directory",
        ]);
        let read = |mut pipe: BufReader<ChildStdout>| {
            let mut all = Vec::new();
            pipe.read_to_end(&mut all).map(|_| all)
        };
        // Git fails if the key is not set.
        let listed = run(&mut command, Vec::new(), read).unwrap_or_default();
        let mut all = Vec::new();
        for one in String::from_utf8_lossy(&listed).split_terminator('\0') {
            // An empty value resets the list.
            if one.is_empty() {
                all.clear();
            } else {
                all.push(one.to_owned());
            }
        }
        Ok(all)
    }
}

/// Whether a value of `safe.directory` covers a folder.
fn covers(value: &str, top: &Path) -> bool {
    let is = |path: &str| Path::new(path).canonicalize().is_ok_and(|path| path == top);
    match value.strip_suffix("/*") {
        _ if value == "*" => true,
        Some(above) => Path::new(above)
            .canonicalize()
            .is_ok_and(|above| top.starts_with(above)),
        None => Path::new(value).is_absolute() && is(value),
    }
}

fn is_of_git(name: &std::ffi::OsStr) -> bool {
    name.to_string_lossy().to_uppercase().starts_with("GIT_")
}

/// The configuration of the temporary repository. Commit graphs are not read: they could hide
/// commits.
fn configuration(is_long: bool) -> String {
    let format = if is_long { "sha256" } else { "sha1" };
    format!(
        "[core]\n\trepositoryformatversion = 1\n\tbare = true\n\tfsmonitor = false\n\tcommitGraph = false\n\
         \thooksPath = /dev/null\n\tattributesFile = /dev/null\n[extensions]\n\tobjectFormat = {format}\n\
         [gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n"
    )
}

/// A line of `alternates`, which lends the objects of a folder.
fn line_for(objects: &Path) -> Result<Vec<u8>, String> {
    let path = objects
        .canonicalize()
        .map_err(|error| format!("{}: {error}", objects.display()))?;
    let mut line = path.as_os_str().as_encoded_bytes().to_vec();
    // Git does not know the long form of paths on Windows.
    if let Some(short) = line.strip_prefix(br"\\?\") {
        let share = short
            .strip_prefix(br"UNC\")
            .map(|share| [br"\\", share].concat());
        line = share.unwrap_or_else(|| short.to_vec());
    }
    if line.contains(&b'\n') {
        return Err("its path holds a line end".to_owned());
    }
    line.push(b'\n');
    Ok(line)
}

/// The folder's path below `top`, with a closing `/`; empty if they are the same.
pub(super) fn below(folder: &Path, top: &Path) -> String {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let below = folder.strip_prefix(top).unwrap_or(Path::new(""));
    below
        .iter()
        .flat_map(|part| [part.to_string_lossy().into_owned(), "/".to_owned()])
        .collect()
}

/// Runs a command, with a time limit.
fn run<T: Send + 'static>(
    command: &mut Command,
    input: Vec<u8>,
    read: impl FnOnce(BufReader<ChildStdout>) -> std::io::Result<T> + Send + 'static,
) -> Result<T, String> {
    let failed = |error: std::io::Error| format!("git: {error}");
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().map_err(failed)?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (Some(stdout), Some(stderr)) = (stdout, stderr) else {
        return Err("git has no output".to_owned());
    };
    // Each pipe has its own thread, so that a full one does not block the others. If git ends
    // early, its exit code says why.
    thread::spawn(move || stdin.map(|mut pipe| pipe.write_all(&input)));
    let complaint = thread::spawn(move || {
        let mut said = Vec::new();
        let _ = stderr.take(64 * 1024).read_to_end(&mut said);
        String::from_utf8_lossy(&said)
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned()
    });
    let (send, receive) = mpsc::channel();
    thread::spawn(move || send.send(read(BufReader::new(stdout))));
    let Ok(given) = receive.recv_timeout(SLOWEST) else {
        let _ = child.kill();
        let _ = child.wait();
        return Err("git gave no answer within two minutes".to_owned());
    };
    let done = child.wait().map_err(failed)?;
    let complaint = complaint.join().unwrap_or_default();
    match given {
        Ok(given) if done.success() => Ok(given),
        Err(error) if complaint.is_empty() => Err(error.to_string()),
        _ if complaint.is_empty() => Err("there is no such revision".to_owned()),
        _ => Err(complaint),
    }
}

/// Reads `ID blob SIZE`, a line end, SIZE bytes and a line end. Content of more than `most` bytes
/// is dropped.
fn next_blob(pipe: &mut impl BufRead, most: u64) -> std::io::Result<Option<Vec<u8>>> {
    let other = std::io::Error::other;
    let mut head = String::new();
    pipe.read_line(&mut head)?;
    let mut words = head.trim_end().rsplit(' ');
    let size = words.next().and_then(|size| size.parse::<u64>().ok());
    let (Some(size), Some("blob")) = (size, words.next()) else {
        let help = "clone it in full, without --filter";
        return Err(other(format!(
            "the repository lacks a file that its history names; {help}"
        )));
    };
    let mut bytes = Vec::new();
    let mut body = pipe.take(size);
    if size <= most {
        body.read_to_end(&mut bytes)?;
    } else {
        std::io::copy(&mut body, &mut std::io::sink())?;
    }
    let mut end = [0];
    pipe.read_exact(&mut end)?;
    Ok((size <= most).then_some(bytes))
}
