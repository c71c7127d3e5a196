//! Workspaces in temporary folders, read through the library or by the real program.

pub mod files;
pub mod in_process;
pub mod word;
pub mod zipped;

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::civil::Date;
use tempfile::TempDir;

/// A standard with four criteria, and two groups that share B1.
pub const TINY: &str = "\
version: 1
id: tiny
title: Tiny
official: false
kinds:
  - { id: knowledge, title: Knowledge, prefix: K }
  - { id: behaviour, title: Behaviour, prefix: B }
criteria:
  - { code: K1, kind: knowledge, text: \"One\" }
  - { code: K2, kind: knowledge, text: \"Two\" }
  - { code: K10, kind: knowledge, text: \"Ten\" }
  - { code: B1, kind: behaviour, text: \"Be kind\" }
groups:
  - { code: Duty 1, kind: duty, text: \"First\", criteria: [K1, K2, B1] }
  - { code: Duty 2, kind: duty, text: \"Second\", criteria: [K10, B1] }
reference: unknown
";

/// Arguments that begin a portfolio without a question.
pub const BEGIN: [&str; 5] = ["init", "--learner", "AP-7", "--standard", "st0215"];

/// `portfolio.yaml` for [`TINY`].
pub const SETTINGS: &str = "version: 1\ntitle: T\nlearner: { id: L-1 }\nstandards: [tiny]\n";

/// The day by which tests judge, in the library and in the program.
pub const AS_OF: Date = jiff::civil::date(2026, 11, 21);

/// A workspace in a temporary folder, read through the library; see `in_process.rs`.
pub struct Workspace {
    folder: TempDir,
}

/// A workspace in which the real program can run.
pub struct Sandbox {
    workspace: Workspace,
}

pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Workspace {
    /// An empty folder.
    pub fn empty() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
        }
    }

    /// A workspace with the tiny standard and no entries.
    pub fn tiny() -> Self {
        Self::empty()
            .file("standards/tiny.yaml", TINY)
            .file("portfolio/portfolio.yaml", SETTINGS)
    }

    /// A workspace with the tiny standard and one entry.
    pub fn with_entry(text: &str) -> Self {
        Self::tiny().file("portfolio/entries/one.md", text)
    }

    /// A copy of the sample portfolio.
    pub fn sample() -> Self {
        let workspace = Self::empty();
        for (path, bytes) in tree(&repository().join("portfolio")) {
            workspace.write(&format!("portfolio/{}", path.display()), bytes);
        }
        workspace
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.write(path, text);
        self
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// The path of a decision file that the program filed, by its name without digits. A second
    /// file of that name, in the order of the chain, is `2026-11-21-AS-1-2.yaml`.
    pub fn filed(&self, name: &str) -> String {
        let files = &self.load().portfolio.chain.files;
        let mut seen: Vec<String> = Vec::new();
        for file in files {
            let path = file.path.to_string();
            let plain = plain_name(path.rsplit('/').next().unwrap());
            seen.push(plain.clone());
            let number = seen.iter().filter(|known| **known == plain).count();
            let numbered = format!("{}-{number}.yaml", plain.strip_suffix(".yaml").unwrap());
            if plain == name && number == 1 || numbered == name && number > 1 {
                return path;
            }
        }
        panic!("no decision file {name} among {seen:?}")
    }

    pub fn read_bytes(&self, path: &str) -> Vec<u8> {
        std::fs::read(self.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path().join(path))
            .unwrap_or_else(|error| panic!("{path}: {error}"))
    }
}

impl Deref for Sandbox {
    type Target = Workspace;

    fn deref(&self) -> &Workspace {
        &self.workspace
    }
}

impl From<Workspace> for Sandbox {
    fn from(workspace: Workspace) -> Self {
        Self { workspace }
    }
}

impl Sandbox {
    /// See [`Workspace::empty`].
    pub fn empty() -> Self {
        Workspace::empty().into()
    }

    /// See [`Workspace::tiny`].
    pub fn tiny() -> Self {
        Workspace::tiny().into()
    }

    /// See [`Workspace::with_entry`].
    pub fn with_entry(text: &str) -> Self {
        Workspace::with_entry(text).into()
    }

    /// See [`Workspace::sample`].
    pub fn sample() -> Self {
        Workspace::sample().into()
    }

    pub fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.write(path, text);
        self
    }

    /// Runs the program in this folder, as of 2026-11-21.
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, &[])
    }

    /// Runs the program without its output, and returns the most memory that it had, in bytes.
    #[cfg(target_os = "linux")]
    pub fn peak_memory(&self, arguments: &[&str]) -> usize {
        let mut child = Command::new(env!("CARGO_BIN_EXE_ksbfolio"))
            .args(["--as-of", "2026-11-21"])
            .args(arguments)
            .current_dir(self.path())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let status = format!("/proc/{}/status", child.id());
        let mut peak = 0;
        while child.try_wait().unwrap().is_none() {
            // Without the line, the program has just ended.
            let text = std::fs::read_to_string(&status).unwrap_or_default();
            let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
            peak = kilobytes.map_or(peak, |number: usize| number * 1024);
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        peak
    }

    pub fn run_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Run {
        let done = Command::new(env!("CARGO_BIN_EXE_ksbfolio"))
            .args(["--as-of", "2026-11-21"])
            .args(arguments)
            .envs(environment.iter().copied())
            .current_dir(self.path())
            .output()
            .unwrap();
        Run {
            code: done.status.code().unwrap_or(-1),
            out: String::from_utf8(done.stdout).unwrap(),
            err: String::from_utf8(done.stderr).unwrap(),
        }
    }

    /// Runs a command and parses its JSON output.
    pub fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let run = self.run(arguments);
        serde_json::from_str(&run.out)
            .unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err))
    }
}

/// A submitted entry with `keys` in its front matter.
pub fn entry(keys: &str) -> String {
    format!("---\ntitle: A\ndate: 2026-11-14\ntype: product\n{keys}---\n\nWords of its own.\n")
}

/// The name of a decision file without the digits of its digest: `2026-11-21-AS-1.yaml`.
pub fn plain_name(name: &str) -> String {
    match name
        .strip_suffix(".yaml")
        .and_then(|stem| stem.rsplit_once('-'))
    {
        Some((plain, digits)) if digits.len() == 8 => format!("{plain}.yaml"),
        _ => name.to_owned(),
    }
}

/// Every file below a folder with its bytes, sorted by path.
pub fn tree(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name();
    let files = walk
        .into_iter()
        .map(Result::unwrap)
        .filter(|item| item.file_type().is_file());
    files
        .map(|item| {
            (
                item.path().strip_prefix(folder).unwrap().to_owned(),
                std::fs::read(item.path()).unwrap(),
            )
        })
        .collect()
}

/// The repository's folder.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
