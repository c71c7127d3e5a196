//! The live preview: what is shown now, and what an edit makes of it.

mod shown;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use serde::Serialize;
use tokio::sync::watch::{Receiver, Sender};

use super::args::Global;
use super::console::{Console, Trouble};
use super::project::{self, Project};
use crate::diagnostic::{Finding, Findings, Level};
use crate::io::{self, Changed, Next, Reply, Stands, Visited};
use crate::model::Audience;
use crate::report::Report;
use crate::text::{Source, natural};
use shown::Shown;

/// Findings that are told on the terminal at once.
const TOLD: usize = 8;

/// Changes of state that are told one by one.
const MOVED: usize = 12;

/// A portfolio that is shown while it is written.
pub struct Preview {
    global: Global,
    audience: Audience,
    theme: Option<String>,
    shown: RwLock<Shown>,
    judged: RwLock<Judged>,
    bell: Sender<u64>,
}

/// What is known about what is shown.
#[derive(Default)]
struct Judged {
    findings: Arc<Findings>,
    /// How often it was judged.
    times: u64,
    /// Why the files as they are now cannot be shown.
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
struct FindingsOfPage {
    findings: Vec<FindingOnPage>,
}

#[derive(Serialize)]
struct FindingOnPage {
    level: &'static str,
    line: usize,
    message: String,
}

impl Preview {
    /// Makes a portfolio ready to be shown.
    pub fn open(global: &Global, audience: Audience, theme: Option<&str>) -> Result<Self, Trouble> {
        let shown = Shown::new(Project::open(global)?, audience, theme, 1)?;
        let judged = Judged {
            findings: shown.project.check(None, None).findings,
            times: 1,
            ..Judged::default()
        };
        Ok(Self {
            global: global.clone(),
            audience,
            theme: theme.map(str::to_owned),
            shown: RwLock::new(shown),
            judged: RwLock::new(judged),
            bell: Sender::new(1),
        })
    }

    /// Tells when there is news.
    pub fn bell(&self) -> Receiver<u64> {
        self.bell.subscribe()
    }

    /// The folder that is watched.
    pub fn root(&self) -> PathBuf {
        self.now().project.root.clone()
    }

    fn now(&self) -> RwLockReadGuard<'_, Shown> {
        // Whoever fell while reading left nothing half done.
        self.shown.read().unwrap_or_else(PoisonError::into_inner)
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

    fn ring(&self) {
        self.bell.send_modify(|bell| *bell += 1);
    }

    /// Looks at files that may have changed, shows what they are now, and says on the terminal what that changes.
    pub fn look(&self, changed: &Changed, console: &mut Console) -> Next {
        let before = self.states();
        match self.take(changed) {
            Ok(false) => return Next::Wait,
            Ok(true) => {}
            Err(trouble) => {
                self.fail(&trouble, console);
                return Next::Again;
            }
        }
        self.ring();
        console.say(&format!("Saved: {}", names(&self.root(), changed)));
        for line in transitions(&before, &self.states()) {
            console.say(&line);
        }
        self.judge(console);
        Next::Wait
    }

    /// Takes over what the files are now; false where they are what they were.
    fn take(&self, changed: &Changed) -> Result<bool, Trouble> {
        let number = self.now().number + 1;
        // Not in the head of the match: there the guard would live on, and nobody could write.
        let what = what(&self.now().project, changed)?;
        match what {
            What::Nothing => return Ok(false),
            What::Entry(source) => {
                let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
                if shown.revise(&source, number) {
                    return Ok(true);
                }
            }
            What::Anything => {}
        }
        let signers = self.global.allowed_signers.clone();
        let project = Project::load_with(self.root(), project::asked(&self.global), signers)?;
        let shown = Shown::new(project, self.audience, self.theme.as_deref(), number)?;
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = shown;
        Ok(true)
    }

    fn fail(&self, trouble: &Trouble, console: &mut Console) {
        let mut judged = self.judged.write().unwrap_or_else(PoisonError::into_inner);
        let error = format!("Not shown yet: {trouble}");
        if judged.error != error {
            console.trouble(trouble);
            judged.error = error;
            drop(judged);
            self.ring();
        }
    }

    /// Runs all rules, and tells what is new and what is mended.
    fn judge(&self, console: &mut Console) {
        let shown = self.now();
        let findings = shown.project.check(None, None).findings;
        let mut judged = self.judged.write().unwrap_or_else(PoisonError::into_inner);
        let fresh = news(&judged.findings, &findings);
        for finding in fresh.iter().take(TOLD) {
            let line = shown
                .project
                .sources
                .place(&finding.place.path, finding.place.span)
                .0
                .line;
            let (path, level) = (&finding.place.path, finding.level.word());
            console.say(&format!(
                "{path}:{line}: {level}: {}",
                Report::sentence(finding)
            ));
        }
        if fresh.len() > TOLD {
            console.say(&format!(
                "and {} more: `ksbfolio check` shows them",
                fresh.len() - TOLD
            ));
        }
        match news(&findings, &judged.findings).len() {
            0 => {}
            1 => console.say("1 finding mended"),
            mended => console.say(&format!("{mended} findings mended")),
        }
        *judged = Judged {
            findings,
            times: judged.times + 1,
            error: String::new(),
        };
        drop((judged, shown));
        self.ring();
    }

    fn findings(&self, page: &str) -> Reply {
        let (shown, judged) = (
            self.now(),
            self.judged.read().unwrap_or_else(PoisonError::into_inner),
        );
        let entry = shown
            .entry_of(page)
            .map(|at| &shown.project.portfolio.entries[at].path);
        let of_page = judged
            .findings
            .iter()
            .filter(|finding| Some(&finding.place.path) == entry);
        let told = of_page.map(|finding| FindingOnPage {
            level: finding.level.word(),
            line: shown
                .project
                .sources
                .place(&finding.place.path, finding.place.span)
                .0
                .line,
            message: Report::sentence(finding),
        });
        json(&FindingsOfPage {
            findings: told.collect(),
        })
    }
}

impl Visited for Preview {
    fn reply(&self, path: &str) -> Reply {
        let text = |kind, text: &str| Reply {
            found: true,
            kind,
            bytes: text.as_bytes().to_vec(),
        };
        match path.strip_prefix("_ksbfolio/") {
            None => self.now().reply(path),
            Some("live.js") => text("text/javascript; charset=utf-8", include_str!("live.js")),
            Some("live.css") => text("text/css; charset=utf-8", include_str!("live.css")),
            Some(asked) => match asked.strip_prefix("findings/") {
                Some(page) => self.findings(page),
                None => Reply {
                    found: false,
                    ..text("text/plain; charset=utf-8", "There is no such page.\n")
                },
            },
        }
    }

    fn news(&self) -> Reply {
        let (shown, judged) = (
            self.now(),
            self.judged.read().unwrap_or_else(PoisonError::into_inner),
        );
        let counts = shown.project.coverage.counts();
        let summary = judged.findings.summary();
        let wrong = summary
            .in_words()
            .map_or_else(String::new, |words| format!(", {words}"));
        json(&News {
            bell: *self.bell.borrow(),
            site: shown.number,
            findings: judged.times,
            style: &shown.style,
            error: &judged.error,
            words: format!("{}/{} evidenced{wrong}", counts.complete(), counts.out_of()),
        })
    }
}

fn json(value: &impl Serialize) -> Reply {
    // Texts and numbers: nothing in them can fail.
    Reply {
        found: true,
        kind: "application/json",
        bytes: serde_json::to_vec(value).unwrap_or_default(),
    }
}

/// What a change comes to.
enum What {
    /// All is as it was.
    Nothing,
    /// One entry has other words.
    Entry(Source),
    /// Whatever it is, it is more than that.
    Anything,
}

fn what(project: &Project, changed: &Changed) -> Result<What, Trouble> {
    let mut edited = Vec::new();
    for path in &changed.paths {
        let name = io::name_of(&project.root, path);
        let known = name
            .as_ref()
            .is_some_and(|name| project.portfolio.index.by_path(name).is_some());
        let there = io::stands(path);
        let source = if known && there == Stands::File {
            io::entry(&project.root, path)?
        } else {
            None
        };
        match (source, name) {
            (Some(source), Some(name)) => {
                if !project.sources.is(&name, &source.text) {
                    edited.push(source);
                }
            }
            // Notes that an editor made and took away again.
            (None, Some(name)) if there == Stands::Nowhere && !project.sources.has_below(&name) => {
            }
            _ => return Ok(What::Anything),
        }
    }
    Ok(match edited.pop() {
        _ if changed.lost => What::Anything,
        None => What::Nothing,
        Some(source) if edited.is_empty() => What::Entry(source),
        Some(_) => What::Anything,
    })
}

fn transitions(before: &BTreeMap<String, &str>, after: &BTreeMap<String, &str>) -> Vec<String> {
    let changed = after.iter().filter_map(|(code, now)| {
        let was = before.get(code).copied().unwrap_or("unknown");
        (was != *now).then(|| format!("{} {was} -> {now}", code.rsplit(':').next().unwrap_or(code)))
    });
    let mut changed: Vec<String> = changed.collect();
    changed.sort_by(|a, b| natural(a, b));
    if changed.len() > MOVED {
        return vec![format!(
            "{} criteria have another state: `ksbfolio coverage` shows them",
            changed.len()
        )];
    }
    changed
}

/// What was saved, by its name in the portfolio.
fn names(root: &Path, changed: &Changed) -> String {
    let names = changed
        .paths
        .iter()
        .filter_map(|path| io::name_of(root, path));
    let names: Vec<String> = names.take(3).map(|name| name.to_string()).collect();
    if names.is_empty() {
        "several files".to_owned()
    } else {
        names.join(", ")
    }
}

/// The findings of `now` that `before` did not have; notes are advice, and not told.
fn news<'a>(before: &Findings, now: &'a Findings) -> Vec<&'a Finding> {
    let known: std::collections::BTreeSet<&str> = before
        .fingerprinted()
        .map(|(_, fingerprint)| fingerprint)
        .collect();
    let fresh = now.fingerprinted().filter(|(finding, fingerprint)| {
        finding.level > Level::Note && !known.contains(fingerprint)
    });
    fresh.map(|(finding, _)| finding).collect()
}
