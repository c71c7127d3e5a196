//! Changed files give the same portfolio as a clean open, and only what changed is read.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use ksbfolio::engine::open_theme;
use ksbfolio::model::{Audience, Portfolio};
use ksbfolio::render::{self, Theme};
use ksbfolio::report::coverage_json;
use ksbfolio::store::{
    Child, DiskFiles, FileKind, FileListing, Files, MemoryFiles, Opened, Overlay, StoreError,
};
use ksbfolio::text::SourcePath;
use ksbfolio::view::{self, SiteScope};
use proptest::prelude::*;

use crate::support::in_process::{Change, Host, Snapshot, host_of, load_files, load_in_memory};
use crate::support::{TINY, Workspace, tree};

const HEADS: [&str; 9] = [
    "title: A\ndate: 2026-11-14\nksbs: [K1]\n",
    "title: B\ndate: 2026-11-14\nksbs: [k2, K10]\n",
    "title: A\ndate: 2026-11-14\nstatus: draft\nksbs: [K1]\n",
    "title: A\ndate: 2026-11-14\nvisibility: private\nksbs: [K1, K77]\n",
    "title: A\ndate: 2026-11-15\nksbs: [K1]\n",
    "title: A\ndate: 2026-11-14\nid: other\nksbs: [K1]\n",
    "title: A: broken\ndate: 2026-11-14\n",
    "title: A\ndate: 2026-11-14\nattachments: [{ file: evidence/a.png, alt: a }]\nksbs: [K1]\n",
    "title: A\ndate: 2026-11-14\nevent_date: 2026-11-13\nactions: [{ what: w, closed_by: two }]\nksbs: [B1]\n",
];
const BODIES: [&str; 8] = [
    "Words.\n",
    "## Description\n\nWe did. We saw. We said. We went. We came. We left. We met.\n\n## Feelings\n\nNone.\n",
    "[the exact words](ksb:K1,K10) and [more](two.md) and ![p](../evidence/a.png)\n",
    "[gone](three.md) [x](entry:nobody) [y](#nowhere) K2 is not claimed.\n",
    "",
    "The same words as in the other entry, more than five of them, again and again and again.\n",
    "I told Mrs Oakapple about it.\n",
    "Later on Oakapple came back, and we sat down.\n",
];

fn entry() -> impl Strategy<Value = String> {
    (0..HEADS.len(), 0..BODIES.len())
        .prop_map(|(head, body)| format!("---\n{}---\n\n{}", HEADS[head], BODIES[body]))
}

const PORTFOLIO: &str =
    "version: 1\ntitle: T\nlearner: { id: L }\nstandards: [tiny]\ndocuments: [pdf]\n";
const DECISION: &str = "version: 1\nassessor: { id: A, role: assessor }\ndate: 2026-11-16\ndecisions:\n  - { entry: two, attempt: 1, claims: { K1: accepted } }\n";

/// A file, and its new content; `None` if it is removed.
type Edit = (&'static str, Option<Vec<u8>>);

/// Edits of every kind of file: entries far more often than others.
fn edit() -> impl Strategy<Value = Edit> {
    let entry_path = prop::sample::select(vec![
        "portfolio/entries/one.md",
        "portfolio/entries/two.md",
        "portfolio/entries/2026/three.md",
    ]);
    let text = entry().prop_map(|text| Some(text.into_bytes()));
    let content = prop_oneof![6 => text, 1 => Just(None), 1 => Just(Some(b"---\n\xff".to_vec()))];
    let others = [
        (
            "portfolio/portfolio.yaml",
            PORTFOLIO.replace("title: T", "title: U"),
        ),
        ("portfolio/portfolio.yaml", PORTFOLIO.replace("[pdf]", "[]")),
        ("portfolio/portfolio.yaml", PORTFOLIO.to_owned()),
        (
            "standards/tiny.yaml",
            TINY.replace("code: K2,", "code: K3,"),
        ),
        ("standards/tiny.yaml", TINY.to_owned()),
        (
            "portfolio/consents.yaml",
            "version: 1\nconsents: [{ id: c }]\n".to_owned(),
        ),
        (
            "portfolio/consents.yaml",
            "version: 1\nconsents: [{ id: Mrs Oakapple }]\n".to_owned(),
        ),
        (
            "portfolio/sampling.yaml",
            "version: 1\nrate: many\n".to_owned(),
        ),
        (
            "portfolio/standards.lock",
            "version: 1\nstandards: [{ id: tiny }]\n".to_owned(),
        ),
        (
            "standards/other.yaml",
            TINY.replace("id: tiny", "id: other"),
        ),
        (
            "portfolio/portfolio.yaml",
            PORTFOLIO.replace("[tiny]", "[tiny, other]"),
        ),
        ("portfolio/evidence/a.png", "another picture".to_owned()),
        ("portfolio/evidence/b.pdf", "no document".to_owned()),
        ("portfolio/decisions/1.yaml", DECISION.replace("two", "one")),
        ("portfolio/decisions/2.yaml", DECISION.to_owned()),
        (
            "portfolio/decisions/2.yaml",
            DECISION.replace("accepted", "insufficient"),
        ),
        (
            "portfolio/decisions/3.yaml",
            DECISION.replace("claims:", "feedback: Ask Mrs Oakapple about it., claims:"),
        ),
        (
            "portfolio/decisions/allowed_signers",
            "A ssh-ed25519 AAAA\n".to_owned(),
        ),
        ("portfolio/decisions/1.yaml.sig", "no signature".to_owned()),
        (
            "portfolio/decisions/allowed-signers",
            "a name that is nearly right".to_owned(),
        ),
        ("portfolio/allowed_signers", "a folder too high".to_owned()),
    ];
    let others = others.map(|(path, text)| (path, Some(text.into_bytes())));
    let gone = [
        "portfolio/evidence/a.png",
        "portfolio/evidence",
        "portfolio/consents.yaml",
        "portfolio/decisions/1.yaml",
        "portfolio/decisions/allowed_signers",
        "portfolio/decisions",
        "portfolio/entries/2026",
    ];
    let mut others = others.to_vec();
    others.extend(gone.map(|path| (path, None)));
    prop_oneof![3 => (entry_path, content), 2 => prop::sample::select(others)]
}

fn workspace() -> Workspace {
    Workspace::empty()
        .file("standards/tiny.yaml", TINY)
        .file("portfolio/portfolio.yaml", PORTFOLIO)
        .file("portfolio/evidence/a.png", "no picture")
        .file(
            "portfolio/entries/one.md",
            format!("---\n{}---\n\n{}", HEADS[0], BODIES[0]),
        )
        .file(
            "portfolio/entries/two.md",
            format!(
                "---\ntitle: Two\ndate: 2026-11-14\nksbs: [K1]\n---\n\n{}",
                BODIES[5]
            ),
        )
        .file("portfolio/decisions/1.yaml", DECISION)
}

/// All files of a workspace, by path.
fn files(workspace: &Workspace) -> Vec<(String, Vec<u8>)> {
    let files = tree(workspace.path()).into_iter();
    files
        .map(|(path, bytes)| (path.to_str().unwrap().replace('\\', "/"), bytes))
        .collect()
}

fn write(workspace: &Workspace, (path, content): &Edit) {
    let target = workspace.path().join(path);
    match content {
        Some(bytes) => workspace.write(path, bytes),
        None if target.is_dir() => std::fs::remove_dir_all(target).unwrap(),
        None if target.exists() => std::fs::remove_file(target).unwrap(),
        None => {}
    }
}

fn overlay((path, content): &Edit, over: Overlay) -> Overlay {
    match content {
        Some(bytes) => over.write(path, bytes.clone()),
        None => over.remove(path),
    }
}

/// The coverage and the findings of a portfolio.
fn judged(project: &Snapshot) -> BTreeMap<String, String> {
    let mut seen = BTreeMap::new();
    seen.insert(
        "coverage".to_owned(),
        coverage_json(&project.portfolio, &project.coverage),
    );
    let findings = project.check(None, None).all;
    let reported = findings.fingerprinted().map(|(finding, fingerprint)| {
        let place = project
            .sources
            .place(&finding.place.path, finding.place.span);
        format!(
            "{finding:?} {fingerprint} {place:?} {:?}",
            project
                .sources
                .excerpt(&finding.place.path, finding.place.span)
        )
    });
    seen.insert(
        "findings".to_owned(),
        reported.collect::<Vec<_>>().join("\n"),
    );
    seen
}

/// The default theme: compiling templates takes longer than everything else here.
static THEME: OnceLock<Theme> = OnceLock::new();

/// Every observable output of a portfolio.
fn seen(project: &Snapshot) -> BTreeMap<String, String> {
    let mut seen = judged(project);
    let theme = THEME.get_or_init(|| open_theme(project, None).unwrap());
    for audience in [Audience::Public, Audience::Private] {
        let backdrop = SiteScope::new(&project.portfolio, audience, BTreeMap::new(), Some(1));
        let scene = project.scene(&backdrop);
        for job in view::jobs(&scene) {
            let page = render::page(theme, &scene, job).unwrap();
            seen.insert(
                format!("{audience:?} {}", page.path.as_str()),
                String::from_utf8(page.bytes).unwrap(),
            );
        }
        seen.extend(
            view::search_files(&scene)
                .into_iter()
                .map(|(path, text)| (format!("{audience:?} {path}"), text)),
        );
    }
    seen
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changes_and_what_if_equal_a_clean_open(edits in prop::collection::vec(edit(), 1..6)) {
        let sandbox = workspace();
        let before = sandbox.load();
        let kept = load_in_memory(files(&sandbox));
        let (mut host, mut editor) = (sandbox.host(), workspace_in_memory(&sandbox));
        let (mut what_if, mut stepwise) = (Overlay::default(), kept.clone());
        for edit in edits {
            write(&sandbox, &edit);
            what_if = overlay(&edit, what_if);
            let step = overlay(&edit, Overlay::default());
            let touched = Change::Touched([edit.0].into_iter().collect());
            stepwise = stepwise.with(step.clone()).unwrap();
            let clean = sandbox.load();
            prop_assert_eq!(seen(&clean), seen(&host.apply(touched).unwrap()), "applied");
            let clean = judged(&clean);
            prop_assert_eq!(&clean, &judged(&editor.apply(Change::Edited(step)).unwrap()), "edited");
            prop_assert_eq!(&clean, &judged(&before.with(what_if.clone()).unwrap()), "what if");
            prop_assert_eq!(&clean, &judged(&kept.with(what_if.clone()).unwrap()), "in memory");
            prop_assert_eq!(&clean, &judged(&stepwise), "step by step");
        }
        prop_assert_eq!(seen(&sandbox.load()), seen(&stepwise), "pages");
    }
}

fn workspace_in_memory(sandbox: &Workspace) -> Host {
    let files = Arc::new(MemoryFiles::from_iter(files(sandbox)));
    host_of(files)
}

#[test]
fn files_in_memory_give_what_files_on_disk_give() {
    let sample = Workspace::sample();
    let in_memory = load_in_memory(files(&sample));
    assert!(in_memory.portfolio.entries.len() > 40);
    assert_eq!(seen(&in_memory), seen(&sample.load()));
}

/// Files that record which of them are opened and listed.
#[derive(Debug)]
struct Recorded {
    files: DiskFiles,
    reads: Mutex<Vec<String>>,
}

impl Recorded {
    fn record(&self, path: &str) {
        self.reads.lock().unwrap().push(path.to_owned());
    }

    /// What was read since the last call, sorted, each once.
    fn take(&self) -> Vec<String> {
        let mut reads = std::mem::take(&mut *self.reads.lock().unwrap());
        reads.sort();
        reads.dedup();
        reads
    }
}

impl Files for Recorded {
    fn list(&self, folder: &str, endings: &[&str]) -> Result<FileListing<SourcePath>, StoreError> {
        self.record(folder);
        self.files.list(folder, endings)
    }

    fn children(&self, folder: &str) -> Result<Vec<Child>, StoreError> {
        self.record(folder);
        self.files.children(folder)
    }

    fn kind(&self, path: &str) -> FileKind {
        self.record(path);
        self.files.kind(path)
    }

    fn size(&self, path: &str) -> Result<u64, StoreError> {
        self.record(path);
        self.files.size(path)
    }

    fn open(&self, path: &str) -> Result<Opened<'_>, StoreError> {
        self.record(path);
        self.files.open(path)
    }
}

#[test]
fn what_if_reads_nothing_and_a_change_reads_what_changed() {
    let sandbox = workspace();
    let files = Arc::new(Recorded {
        files: DiskFiles::new(sandbox.path()),
        reads: Mutex::default(),
    });
    let before = load_files(files.clone());
    assert!(
        files
            .take()
            .contains(&"portfolio/entries/one.md".to_owned())
    );
    let decided = Overlay::default().write("portfolio/decisions/2.yaml", DECISION);
    before.with(decided).unwrap();
    let signature = ["portfolio/decisions/2.yaml.sig"];
    assert_eq!(files.take(), signature, "a decision, which may be signed");
    let text = format!("---\n{}---\n\n{}", HEADS[1], BODIES[2]);
    let edited = Overlay::default().write("portfolio/entries/one.md", text.as_bytes());
    before.with(edited).unwrap();
    assert_eq!(files.take(), Vec::<String>::new(), "an entry");

    let mut host = host_of(files.clone());
    files.take();
    sandbox.write("portfolio/entries/one.md", text);
    let touched = ["portfolio/entries/one.md"].into_iter().collect();
    host.apply(Change::Touched(touched)).unwrap();
    assert_eq!(files.take(), ["portfolio/entries/one.md"], "a saved entry");
    let saved = host.snapshot().portfolio.clone();
    let touched = ["portfolio/entries/one.md"].into_iter().collect();
    let again = host.apply(Change::Touched(touched)).unwrap();
    assert!(
        Arc::ptr_eq(&saved, &again.portfolio),
        "a watcher reports it too"
    );
    assert_eq!(files.take(), ["portfolio/entries/one.md"]);
    sandbox.write("portfolio/entries/new.md", "---\ntitle: N\n---\n");
    let touched = ["portfolio/entries/new.md"].into_iter().collect();
    host.apply(Change::Touched(touched)).unwrap();
    // In the folder of the workspace an entry may lie that nobody reads.
    let folders = ["", "portfolio", "portfolio/entries"];
    let read = files.take();
    for path in folders.into_iter().chain(["portfolio/entries/new.md"]) {
        assert!(read.contains(&path.to_owned()), "{path}: {read:?}");
    }
    assert_eq!(read.len(), 4, "a new entry: {read:?}");
    sandbox.write(
        "portfolio/portfolio.yaml",
        PORTFOLIO.replace("title: T", "title: U"),
    );
    let touched = ["portfolio/portfolio.yaml"].into_iter().collect();
    host.apply(Change::Touched(touched)).unwrap();
    let read = files.take();
    for path in ["portfolio/entries/one.md", "portfolio/entries/two.md"] {
        assert!(
            read.contains(&path.to_owned()),
            "{path} depends on settings"
        );
    }
    assert!(
        !read.contains(&"portfolio/evidence/a.png".to_owned()),
        "evidence does not"
    );
}

#[test]
fn a_thousand_edits_keep_one_portfolio_and_share_what_did_not_change() {
    let sandbox = workspace();
    let mut host = workspace_in_memory(&sandbox);
    let edit = |number: usize| {
        let text = format!("---\n{}---\n\nWords of version {number}.\n", HEADS[0]);
        Change::Edited(Overlay::default().write("portfolio/entries/one.md", text))
    };
    let first = host.apply(edit(0)).unwrap().portfolio;
    let two = |portfolio: &Portfolio| {
        let at = portfolio.index.by_id("two").unwrap();
        portfolio.entries[at].entry.clone()
    };
    let mut seen = Vec::new();
    for number in 1..=1_000 {
        let snapshot = host.apply(edit(number)).unwrap();
        let (portfolio, sources) = (&snapshot.portfolio, &snapshot.sources);
        assert!(Arc::ptr_eq(&portfolio.base, &first.base), "{number}");
        assert!(Arc::ptr_eq(&two(portfolio), &two(&first)), "{number}");
        seen.push((Arc::downgrade(portfolio), Arc::downgrade(sources)));
    }
    let alive = seen
        .iter()
        .filter(|(portfolio, sources)| portfolio.strong_count() + sources.strong_count() > 0);
    assert_eq!(alive.count(), 1);
}

#[test]
fn unsaved_texts_win_over_the_disk_until_they_are_replaced() {
    let sandbox = workspace();
    let mut host = sandbox.host();
    let path = "portfolio/entries/one.md";
    let titled = |title: &str| format!("---\ntitle: {title}\ndate: 2026-11-14\n---\n");
    let shown = |project: &Snapshot| {
        let at = project
            .portfolio
            .index
            .by_path(&SourcePath::new(path))
            .unwrap();
        project.portfolio.entries[at].front_matter.title.clone()
    };
    let unsaved = Overlay::default().write(path, titled("Unsaved"));
    assert_eq!(
        shown(&host.apply(Change::Edited(unsaved)).unwrap()),
        "Unsaved"
    );
    sandbox.write(path, titled("Saved"));
    let touched = || Change::Touched([path].into_iter().collect());
    assert_eq!(shown(&host.apply(touched()).unwrap()), "Unsaved");
    assert_eq!(
        std::fs::read_to_string(sandbox.path().join(path)).unwrap(),
        titled("Saved")
    );
}
