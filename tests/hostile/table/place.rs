//! A workspace with one hostile input, an adjacent folder that must not change, and runs of the
//! program.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::File;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use walkdir::WalkDir;

use super::Problems;
use super::inputs::{Case, Item, ResolveContext, decoded, quoted, replaced};

/// Time limit of a command.
const PATIENCE: Duration = Duration::from_secs(10);

/// Reports of `check` and `coverage`, by file name.
pub const CHECKS: [&str; 7] = [
    "json", "sarif", "junit", "gitlab", "github", "concise", "markdown",
];
const COVERAGES: [&str; 3] = ["json", "csv", "markdown"];

/// Contents of files and targets of links, by path.
type Snapshot = BTreeMap<PathBuf, Vec<u8>>;

pub struct Place {
    folder: TempDir,
}

/// The program under test: `KSBFOLIO_BINARY`, or the one built with this test.
fn program() -> String {
    std::env::var("KSBFOLIO_BINARY").unwrap_or_else(|_| env!("CARGO_BIN_EXE_ksbfolio").to_owned())
}

/// The folder for workspaces: a memory disk if there is one, since it halves the time for small
/// files.
fn in_memory() -> PathBuf {
    let shared = Path::new("/dev/shm");
    if shared.is_dir() {
        shared.to_owned()
    } else {
        std::env::temp_dir()
    }
}

/// A finished or killed command.
pub struct Done {
    pub name: &'static str,
    /// `None` if it was killed.
    pub code: Option<i32>,
    pub out: Vec<u8>,
    pub err: Vec<u8>,
    took: Duration,
}

impl Done {
    /// Reports an abnormal exit.
    pub fn problems(&self) -> Problems {
        let mut problems = Problems::new();
        if !matches!(self.code, Some(0..=2)) {
            problems.push(format!("ends: {} ended with {:?}", self.name, self.code));
        }
        if String::from_utf8_lossy(&self.err).contains("panicked") {
            problems.push(format!("ends: {} panicked", self.name));
        }
        if self.took > PATIENCE {
            problems.push(format!("ends: {} took {:?}", self.name, self.took));
        }
        problems
    }
}

impl Place {
    pub fn new(case: &Case, world: &ResolveContext) -> Self {
        let place = Self {
            folder: TempDir::new_in(in_memory()).unwrap(),
        };
        std::fs::create_dir(place.path("reports")).unwrap();
        for (path, text) in &world.outside {
            write(
                &place.path("outside").join(path),
                &place.filled(text, b"", world),
            );
        }
        for (path, text) in &world.files {
            write(
                &place.path("ws").join(path),
                &place.filled(text, b"", world),
            );
        }
        let input = place.marked(case.bytes(), world);
        for (path, text) in &world.slots[&case.slot] {
            let path = replaced(path.as_bytes(), "%TEXT%", &input);
            let path = place.path("ws").join(OsStr::from_bytes(&path));
            write(&path, &place.filled(text, &input, world));
        }
        case.also.iter().for_each(|item| place.also(item, world));
        place
    }

    /// A path beside the workspace, or in it.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// A text of the tables with the placeholders that do not depend on the input replaced.
    fn marked(&self, text: Vec<u8>, world: &ResolveContext) -> Vec<u8> {
        if text.trim_ascii() == b"%PICTURE%" {
            return decoded(&world.picture);
        }
        replaced(
            &text,
            "%OUTSIDE%",
            self.path("outside").as_os_str().as_bytes(),
        )
    }

    fn filled(&self, text: &str, input: &[u8], world: &ResolveContext) -> Vec<u8> {
        let text = self.marked(text.as_bytes().to_vec(), world);
        let between_quotes = quoted(&String::from_utf8_lossy(input));
        replaced(
            &replaced(&text, "%INNER%", between_quotes.as_bytes()),
            "%TEXT%",
            input,
        )
    }

    fn also(&self, item: &Item, world: &ResolveContext) {
        let path = self.path("ws").join(OsStr::from_bytes(&item.path()));
        if path.is_dir() && !path.is_symlink() {
            std::fs::remove_dir_all(&path).unwrap();
        } else if path.symlink_metadata().is_ok() {
            std::fs::remove_file(&path).unwrap();
        }
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        match (&item.link, item.kind.as_deref()) {
            (Some(target), _) => {
                let target = self.marked(target.as_bytes().to_vec(), world);
                symlink(OsStr::from_bytes(&target), &path).unwrap();
            }
            (None, Some("folder")) => std::fs::create_dir(&path).unwrap(),
            (None, Some("socket")) => drop(UnixListener::bind(&path).unwrap()),
            (None, Some("fifo")) => {
                assert!(
                    Command::new("mkfifo")
                        .arg(&path)
                        .status()
                        .unwrap()
                        .success()
                );
            }
            (None, Some(kind)) => panic!("no kind {kind}"),
            (None, None) => {
                let text = item.text.clone().unwrap_or_default();
                std::fs::write(&path, self.marked(text.into_bytes(), world)).unwrap();
            }
        }
    }

    /// Everything in the workspace and the adjacent folder, except output.
    pub fn snapshot(&self) -> Snapshot {
        let mut seen = Snapshot::new();
        for top in ["ws", "outside"] {
            let walk = WalkDir::new(self.path(top)).into_iter();
            let own = |name: &OsStr| name == "output" || name == ".ksbfolio";
            let foreign = walk.filter_entry(|item| {
                item.depth() != 1 || !item.file_type().is_dir() || !own(item.file_name())
            });
            for item in foreign.map(Result::unwrap) {
                let path = item.path().to_owned();
                let holds = if item.path_is_symlink() {
                    std::fs::read_link(&path)
                        .unwrap()
                        .as_os_str()
                        .as_bytes()
                        .to_vec()
                } else if item.file_type().is_file() {
                    std::fs::read(&path).unwrap()
                } else {
                    b"a folder, a pipe or a socket".to_vec()
                };
                seen.insert(path, holds);
            }
        }
        seen
    }

    /// Links, pipes and sockets in the output folder.
    pub fn strangers(&self) -> BTreeSet<PathBuf> {
        let walk = WalkDir::new(self.path("ws/output"))
            .into_iter()
            .filter_map(Result::ok);
        let odd = walk.filter(|item| !item.file_type().is_file() && !item.file_type().is_dir());
        odd.map(walkdir::DirEntry::into_path).collect()
    }

    /// Differences from an earlier snapshot.
    pub fn changes(&self, before: &Snapshot) -> Problems {
        let after = self.snapshot();
        let gone = before
            .keys()
            .filter(|path| !after.contains_key(*path))
            .map(|path| (path, "is gone"));
        let come = after
            .keys()
            .filter(|path| !before.contains_key(*path))
            .map(|path| (path, "is new"));
        let other = after
            .iter()
            .filter(|(path, holds)| before.get(*path).is_some_and(|old| old != *holds));
        let all = gone
            .chain(come)
            .chain(other.map(|(path, _)| (path, "has changed")));
        all.map(|(path, how)| {
            format!(
                "stays: {} {how}",
                path.strip_prefix(self.folder.path()).unwrap().display()
            )
        })
        .collect()
    }

    /// Runs the commands under test; the first is `check`, the third `build`, the fourth a build
    /// for the author.
    pub fn commands(&self, again: bool) -> Vec<Done> {
        let pairs = |formats: &[&'static str], lead: &str| -> Vec<String> {
            let pair = |format: &&str| {
                let file = format!("../reports/{lead}{format}");
                [
                    "--format".to_owned(),
                    (*format).to_owned(),
                    "--output".to_owned(),
                    file,
                ]
            };
            formats
                .iter()
                .flat_map(pair)
                .chain(["--format".to_owned(), "text".to_owned()])
                .collect()
        };
        let owned = |words: &[&str]| {
            words
                .iter()
                .map(|word| (*word).to_owned())
                .collect::<Vec<_>>()
        };
        let mut runs = vec![
            self.run(
                "check",
                &[owned(&["check"]), pairs(&CHECKS, "check-")].concat(),
            ),
            self.run(
                "coverage",
                &[owned(&["coverage"]), pairs(&COVERAGES, "coverage-")].concat(),
            ),
            self.run("build", &owned(&["build"])),
            self.run(
                "build-private",
                &owned(&["build", "--audience", "private", "--output", "../private"]),
            ),
            self.run("pack", &owned(&["pack", "--output", "../pack.html"])),
        ];
        let times = if again { 3 } else { 0 };
        for _ in 0..times {
            std::thread::sleep(Duration::from_millis(100));
            runs.push(self.run("build-again", &owned(&["build"])));
        }
        runs
    }

    fn run(&self, name: &'static str, arguments: &[String]) -> Done {
        let (out, err) = (self.path("out"), self.path("err"));
        let start = Instant::now();
        let mut child = Command::new("sh")
            .args(["-c", "ulimit -v 4194304; exec \"$0\" \"$@\"", &program()])
            .args(["--as-of", "2026-11-21"])
            .args(arguments)
            .current_dir(self.path("ws"))
            .stdin(Stdio::null())
            .stdout(File::create(&out).unwrap())
            .stderr(File::create(&err).unwrap())
            .spawn()
            .unwrap();
        let code = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status.code();
            }
            if start.elapsed() > PATIENCE + Duration::from_secs(1) {
                child.kill().unwrap();
                child.wait().unwrap();
                break None;
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        let took = start.elapsed();
        Done {
            name,
            code,
            out: std::fs::read(out).unwrap(),
            err: std::fs::read(err).unwrap(),
            took,
        }
    }

    /// Written reports, by name.
    pub fn reports(&self) -> Vec<(String, Vec<u8>)> {
        let walk = WalkDir::new(self.path("reports"))
            .min_depth(1)
            .sort_by_file_name();
        walk.into_iter()
            .map(|item| {
                let item = item.unwrap();
                (
                    item.file_name().to_string_lossy().into_owned(),
                    std::fs::read(item.path()).unwrap(),
                )
            })
            .collect()
    }
}

fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}
