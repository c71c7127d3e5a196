//! The live preview: a portfolio held in memory, its pages rendered on request, and what an edit
//! changes.
//!
//! An edit is applied by [`Workspace::apply`], which parses only what changed. A property test
//! (`tests/it/live.rs`) compares the result with a clean build.

mod reply;
mod shown;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};

use serde::Serialize;

use super::{Change, EngineError, OpenOptions, Snapshot, Workspace};
use crate::diagnostic::{Finding, Findings, Level};
use crate::layout;
use crate::model::Audience;
use crate::report::Report;
use crate::store::{self, Changed, FileKind, Files as _, Next, Text, Touched};
use crate::text::{SourcePath, counted, natural, sum};

pub use reply::Reply;
use shown::Shown;

/// New findings that are reported one by one after an edit.
const MAX_FINDINGS: usize = 8;

/// Changes of state that are reported one by one after an edit.
const MAX_TRANSITIONS: usize = 12;

/// What an edit changed, for the person who watches.
#[derive(Debug)]
pub enum Notice<'a> {
    /// A line of words.
    Line(String),
    /// The files cannot be shown as they are.
    Failed(&'a EngineError),
}

/// A portfolio that is shown while it is written.
pub struct Preview {
    root: PathBuf,
    theme: Option<String>,
    workspace: Mutex<Workspace>,
    /// Files that may have changed since what is shown was read.
    pending: Mutex<Touched>,
    shown: RwLock<Shown>,
    judged: RwLock<JudgedFindings>,
    version: AtomicU64,
    on_change: Box<dyn Fn(u64) + Send + Sync>,
}

/// The findings of what is shown.
#[derive(Default)]
struct JudgedFindings {
    findings: Arc<Findings>,
    /// How often the portfolio was checked.
    times: u64,
    /// Why the files cannot be shown as they are; empty if they can.
    error: String,
}

#[derive(Serialize)]
struct News<'a> {
    bell: u64,
    site: u64,
    findings: u64,
    style: &'a str,
    error: &'a str,
    words: String,
}

#[derive(Serialize)]
struct FindingsOfPage<'a> {
    /// The address of the write page, from the site's root; none if nothing may be written.
    write: Option<&'static str>,
    /// The path of the entry that the page shows.
    entry: Option<&'a str>,
    findings: Vec<FindingOnPage>,
}

#[derive(Serialize)]
struct FindingOnPage {
    level: &'static str,
    line: usize,
    message: String,
}

impl Preview {
    /// Opens a portfolio to be shown. `on_change` receives a new version number after each change.
    ///
    /// # Errors
    /// Those of [`Snapshot::open`], and a theme that does not render.
    pub fn open(
        options: OpenOptions,
        audience: Audience,
        theme: Option<&str>,
        on_change: Box<dyn Fn(u64) + Send + Sync>,
    ) -> Result<Self, EngineError> {
        let root = options.root.clone();
        let workspace = Workspace::open(options)?;
        let shown = Shown::new(workspace.snapshot().clone(), audience, theme)?;
        let judged = JudgedFindings {
            findings: shown.project.check(None, None).findings,
            times: 1,
            ..JudgedFindings::default()
        };
        Ok(Self {
            root,
            theme: theme.map(str::to_owned),
            workspace: Mutex::new(workspace),
            pending: Mutex::default(),
            shown: RwLock::new(shown),
            judged: RwLock::new(judged),
            version: AtomicU64::new(1),
            on_change,
        })
    }

    fn now(&self) -> RwLockReadGuard<'_, Shown> {
        // Poisoning is harmless: a reader changes nothing.
        self.shown.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn judged(&self) -> RwLockReadGuard<'_, JudgedFindings> {
        self.judged.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The state of every criterion, by its code.
    fn states(&self) -> BTreeMap<String, &'static str> {
        let shown = self.now();
        let (catalogue, coverage) = (&shown.project.portfolio.catalogue, &shown.project.coverage);
        let lines = coverage.lines();
        lines
            .map(|line| (catalogue.full_code(line.criterion), line.state.word()))
            .collect()
    }

    fn announce(&self) {
        let version = self.version.fetch_add(1, Ordering::SeqCst) + 1;
        (self.on_change)(version);
    }

    /// Reads files that may have changed, shows them as they are now, and reports what that changes.
    pub fn update(&self, changed: &Changed, report: &mut dyn FnMut(Notice<'_>)) -> Next {
        let before = self.states();
        match self.take(changed) {
            Ok(false) => return Next::Wait,
            Ok(true) => {}
            Err(error) => {
                self.fail(&error, report);
                return Next::Again;
            }
        }
        self.announce();
        report(Notice::Line(format!(
            "Saved: {}",
            names(&self.root, changed)
        )));
        for line in transitions(&before, &self.states()) {
            report(Notice::Line(line));
        }
        self.judge(report);
        Next::Wait
    }

    /// Shows the files as they are now; false if they have not changed.
    fn take(&self, changed: &Changed) -> Result<bool, EngineError> {
        let before = self.now().project.clone();
        if !has_changed(&before, changed)? {
            return Ok(false);
        }
        let touched = touched(&self.root, changed);
        // Poisoning is harmless: what is pending is read again.
        let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        pending.extend(touched.clone());
        let mut workspace = self
            .workspace
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let project = workspace.apply(Change::Touched(touched))?;
        let shown = self.now().next(project, self.theme.as_deref(), &pending)?;
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = shown;
        *pending = Touched::default();
        Ok(true)
    }

    fn fail(&self, error: &EngineError, report: &mut dyn FnMut(Notice<'_>)) {
        let mut judged = self.judged.write().unwrap_or_else(PoisonError::into_inner);
        let words = format!("Not shown yet: {error}");
        if judged.error != words {
            report(Notice::Failed(error));
            judged.error = words;
            drop(judged);
            self.announce();
        }
    }

    /// Runs all rules, and reports which findings are new and how many are fixed.
    fn judge(&self, report: &mut dyn FnMut(Notice<'_>)) {
        let shown = self.now();
        let findings = shown.project.check(None, None).findings;
        let mut judged = self.judged.write().unwrap_or_else(PoisonError::into_inner);
        let fresh = fresh(&judged.findings, &findings);
        for finding in fresh.iter().take(MAX_FINDINGS) {
            let (path, level) = (&finding.place.path, finding.level.word());
            let line = line_of(&shown.project, finding);
            let words = Report::sentence(finding);
            report(Notice::Line(format!("{path}:{line}: {level}: {words}")));
        }
        if fresh.len() > MAX_FINDINGS {
            let more = fresh.len() - MAX_FINDINGS;
            report(Notice::Line(format!(
                "and {more} more: `ksbfolio check` shows them"
            )));
        }
        match self::fresh(&findings, &judged.findings).len() {
            0 => {}
            mended => report(Notice::Line(format!(
                "{} fixed",
                counted(mended, "finding")
            ))),
        }
        *judged = JudgedFindings {
            findings,
            times: judged.times + 1,
            error: String::new(),
        };
        drop((judged, shown));
        self.announce();
    }

    /// Whether the portfolio may be written from a page of this site.
    #[must_use]
    pub fn is_writable(&self) -> bool {
        self.now().is_writable()
    }

    /// The paths in the workspace that may have changed.
    #[must_use]
    pub fn touched(&self, changed: &Changed) -> Touched {
        touched(&self.root, changed)
    }

    /// The page or file at a path from the site's root, without a leading `/`.
    pub fn reply(&self, path: &str) -> Reply {
        let text = |kind, text: &str| Reply {
            found: true,
            kind,
            bytes: text.as_bytes().to_vec(),
        };
        match path.strip_prefix("_ksbfolio/") {
            None => self.now().reply(path),
            Some("live.js") => text("text/javascript; charset=utf-8", include_str!("live.js")),
            Some("live.css") => text("text/css; charset=utf-8", include_str!("live.css")),
            Some(other) => match other.strip_prefix("findings/") {
                Some(page) => self.findings(page),
                None => Reply {
                    found: false,
                    ..text("text/plain; charset=utf-8", "There is no such page.\n")
                },
            },
        }
    }

    /// The versions of what is shown, for a page that has waited for a change.
    pub fn news(&self) -> Reply {
        let (shown, judged) = (self.now(), self.judged());
        let counts = shown.project.coverage.counts();
        let summary = judged.findings.summary();
        let wrong = summary
            .in_words()
            .map_or_else(String::new, |words| format!(", {words}"));
        json(&News {
            bell: self.version.load(Ordering::SeqCst),
            site: shown.number,
            findings: judged.times,
            style: &shown.style,
            error: &judged.error,
            words: format!("{}/{} evidenced{wrong}", counts.complete(), counts.out_of()),
        })
    }

    fn findings(&self, page: &str) -> Reply {
        let (shown, judged) = (self.now(), self.judged());
        let entries = &shown.project.portfolio.entries;
        let entry = shown.entry_of(page).map(|at| &entries[at].path);
        let findings = judged.findings.iter();
        let findings = findings.filter(|finding| Some(&finding.place.path) == entry);
        let findings = findings.map(|finding| FindingOnPage {
            level: finding.level.word(),
            line: line_of(&shown.project, finding),
            message: Report::sentence(finding),
        });
        json(&FindingsOfPage {
            write: shown.is_writable().then_some("_ksbfolio/write.html"),
            entry: entry.map(SourcePath::as_str),
            findings: findings.collect(),
        })
    }
}

fn line_of(project: &Snapshot, finding: &Finding) -> usize {
    let place = &finding.place;
    project.sources.place(&place.path, place.span).0.line
}

fn json(value: &impl Serialize) -> Reply {
    // Texts and numbers: nothing in them can fail.
    Reply {
        found: true,
        kind: "application/json",
        bytes: serde_json::to_vec(value).unwrap_or_default(),
    }
}

/// The changed paths; everything if one is outside of the workspace.
fn touched(root: &Path, changed: &Changed) -> Touched {
    let names = changed.paths.iter().map(|path| store::name_of(root, path));
    match names.collect::<Option<Vec<_>>>() {
        Some(names) if !changed.lost => names.iter().map(SourcePath::as_str).collect(),
        _ => Touched::Everything,
    }
}

/// Whether anything that is shown may differ: an entry that was saved without a change does not,
/// nor does a temporary file that an editor created and removed.
fn has_changed(project: &Snapshot, changed: &Changed) -> Result<bool, EngineError> {
    for path in &changed.paths {
        let Some(name) = store::name_of(&project.root, path) else {
            return Ok(true);
        };
        let same = match store::file_kind(path) {
            FileKind::None => !has_below(project, &name),
            FileKind::File => is_current(project, &name)?,
            _ => false,
        };
        if !same {
            return Ok(true);
        }
    }
    Ok(changed.lost)
}

/// Whether an entry is known, and its file still has the same text.
fn is_current(project: &Snapshot, path: &SourcePath) -> Result<bool, EngineError> {
    if project.portfolio.index.by_path(path).is_none() {
        return Ok(false);
    }
    Ok(match project.files.text(path)? {
        Text::Whole(source) | Text::Recoded(source, _) => {
            project.sources.hash(path) == Some(sum(source.text.as_bytes()))
        }
        Text::Broken(..) => false,
    })
}

/// Whether a source is at this path or below it. Files of themes are not known, so any may be.
fn has_below(project: &Snapshot, path: &SourcePath) -> bool {
    let evidence = project.portfolio.evidence.keys();
    let mut evidence = evidence.map(SourcePath::as_str);
    store::is_within(path.as_str(), layout::THEMES)
        || project.sources.has_below(path)
        || evidence.any(|file| store::is_within(file, path.as_str()))
}

fn transitions(before: &BTreeMap<String, &str>, after: &BTreeMap<String, &str>) -> Vec<String> {
    let changed = after.iter().filter_map(|(code, now)| {
        let was = before.get(code).copied().unwrap_or("unknown");
        (was != *now).then(|| format!("{} {was} -> {now}", code.rsplit(':').next().unwrap_or(code)))
    });
    let mut changed: Vec<String> = changed.collect();
    changed.sort_by(|a, b| natural(a, b));
    if changed.len() > MAX_TRANSITIONS {
        return vec![format!(
            "{} have another state: `ksbfolio coverage` shows them",
            counted(changed.len(), "criterion")
        )];
    }
    changed
}

/// The saved files, by their paths in the workspace.
fn names(root: &Path, changed: &Changed) -> String {
    let names = changed
        .paths
        .iter()
        .filter_map(|path| store::name_of(root, path));
    let names: Vec<String> = names.take(3).map(|name| name.to_string()).collect();
    if names.is_empty() {
        "several files".to_owned()
    } else {
        names.join(", ")
    }
}

/// The findings of `now` that `before` does not have. Notes are advice, and left out.
fn fresh<'a>(before: &Findings, now: &'a Findings) -> Vec<&'a Finding> {
    let known: BTreeSet<&str> = before
        .fingerprinted()
        .map(|(_, fingerprint)| fingerprint)
        .collect();
    let fresh = now.fingerprinted().filter(|(finding, fingerprint)| {
        finding.level > Level::Note && !known.contains(fingerprint)
    });
    fresh.map(|(finding, _)| finding).collect()
}
