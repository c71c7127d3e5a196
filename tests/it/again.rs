//! A build after a build: it does no more than it has to, and its site is what a first build would write.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::thread::sleep;
use std::time::Duration;

use ksbfolio::io::{Draft, Failure, Output, Pages};
use ksbfolio::render::SiteFile;
use ksbfolio::view::SitePath;
use proptest::prelude::*;

use crate::support::{SETTINGS, Sandbox, TINY, repository, tree};

/// Longer than a tick of the clock by which files are dated.
const REST: Duration = Duration::from_millis(60);

fn text(title: &str, words: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2026-11-14\ntype: product\nksbs: [K1]\n---\n\n{words}\n")
}

fn site(sandbox: &Sandbox, folder: &str) -> Vec<(PathBuf, Vec<u8>)> {
    tree(&sandbox.path().join(folder))
}

fn build(sandbox: &Sandbox, folder: &str) -> String {
    let run = sandbox.run(&["build", "--output", folder]);
    assert_eq!(run.code, 0, "{}", run.err);
    run.err
}

/// The site and the findings that are there are those of a first run.
fn is_as_new(sandbox: &Sandbox) {
    let findings = sandbox.run(&["check", "--format", "json"]).out;
    let _ = std::fs::remove_dir_all(sandbox.path().join("clean"));
    let _ = std::fs::remove_dir_all(sandbox.path().join(".ksbfolio"));
    build(sandbox, "clean");
    assert_eq!(site(sandbox, "output"), site(sandbox, "clean"));
    assert_eq!(findings, sandbox.run(&["check", "--format", "json"]).out);
}

/// A workspace whose last build is remembered.
fn remembered() -> Sandbox {
    let sandbox = Sandbox::with_entry(&text("One", "Words."));
    build(&sandbox, "output");
    sleep(REST);
    build(&sandbox, "output");
    assert_eq!(tree(&sandbox.path().join(".ksbfolio")).len(), 1, "nothing is remembered");
    sandbox
}

#[test]
fn a_build_of_what_has_not_changed_writes_nothing_and_says_the_same() {
    let sandbox = remembered();
    let said = build(&sandbox, "output");
    assert!(said.contains(": 0 written, 0 removed"), "{said}");
    // What is remembered is what is used: a stamp with other words is believed.
    let (stamp, bytes) = tree(&sandbox.path().join(".ksbfolio")).remove(0);
    let stamp = format!(".ksbfolio/{}", stamp.display());
    sandbox.write(&stamp, String::from_utf8(bytes).unwrap().replace("criteria evidenced", "remembered"));
    assert!(build(&sandbox, "output").contains("1/4 remembered."));
    std::fs::remove_dir_all(sandbox.path().join(".ksbfolio")).unwrap();
    assert!(build(&sandbox, "output").contains("1/4 criteria evidenced."), "it is safe to delete");
    sandbox.write(&stamp, "{ broken");
    assert!(build(&sandbox, "output").contains("1/4 criteria evidenced."));
}

#[test]
fn whatever_changes_is_noticed() {
    type Change = fn(&Sandbox);
    let changes: [(&str, Change); 8] = [
        ("other words of the same length, under the same date", |sandbox| {
            let path = sandbox.path().join("portfolio/entries/one.md");
            let date = path.metadata().unwrap().modified().unwrap();
            sandbox.write("portfolio/entries/one.md", text("One", "Sword."));
            File::options().write(true).open(&path).unwrap().set_modified(date).unwrap();
        }),
        ("a new entry", |sandbox| sandbox.write("portfolio/entries/new.md", text("New", "More."))),
        ("an entry less", |sandbox| {
            std::fs::remove_file(sandbox.path().join("portfolio/entries/one.md")).unwrap();
        }),
        ("another standard", |sandbox| {
            sandbox.write("standards/tiny.yaml", TINY.replace("\"One\"", "\"Uno\""));
        }),
        ("another theme", |sandbox| sandbox.write("themes/default/gaps.html", "{% extends \"base.html\" %}")),
        ("a page that somebody edited", |sandbox| sandbox.write("output/index.html", "mine")),
        ("a page that somebody removed", |sandbox| {
            std::fs::remove_file(sandbox.path().join("output/gaps.html")).unwrap();
        }),
        ("other settings", |sandbox| {
            sandbox.write("portfolio/portfolio.yaml", SETTINGS.replace("title: T", "title: U"));
        }),
    ];
    for (what, change) in changes {
        let sandbox = remembered();
        change(&sandbox);
        let said = build(&sandbox, "output");
        assert!(!said.contains(": 0 written, 0 removed"), "{what}: {said}");
        is_as_new(&sandbox);
    }
    let sandbox = remembered();
    let other = sandbox.run(&["build", "--audience", "private"]);
    assert!(other.err.contains("for the audience private"), "{}", other.err);
}

#[derive(Clone, Debug)]
enum Edit {
    Write(usize, usize, usize),
    Rename(usize, usize),
    Remove(usize),
    Standard(bool),
    Theme(bool),
    /// One of the files that decide about entries, with one of its contents.
    Other(usize, usize),
    Build,
    Rest,
}

/// The digest of the first entry below.
static DIGEST: LazyLock<String> = LazyLock::new(|| {
    let sandbox = Sandbox::tiny().file("portfolio/entries/m1.md", entry("", "words"));
    let said = sandbox.run(&["explain", "entry:m1"]).out;
    let line = said.lines().find(|line| line.contains("digest")).unwrap();
    line.trim().trim_start_matches("digest ").to_owned()
});

fn entry(keys: &str, words: &str) -> String {
    format!(
        "---\ntitle: Entry 1\ndate: 2026-11-14\ntype: product\nksbs: [K1, K2]\n{keys}---\n\nAll my own {words}.\n"
    )
}

/// Files that decide what is said of entries beside their own words, each with what it may hold.
fn others() -> [(&'static str, [Option<Vec<u8>>; 3]); 6] {
    let text = |text: &str| Some(text.as_bytes().to_vec());
    let entry = |keys: &str, words: &str| text(&entry(keys, words));
    let decision = |verdict: &str| {
        text(&format!(
            "version: 1\nassessor: {{ id: A, role: assessor }}\ndate: 2026-11-15\ndecisions:\n  - entry: m1\n    attempt: 1\n    \
             digest: {}\n    claims: {{ K1: {verdict} }}\n    feedback: \"Good.\"\n",
            *DIGEST
        ))
    };
    let picture = std::fs::read(repository().join("portfolio/evidence/observation-chart.png")).unwrap();
    let waived = "waivers:\n  - { criterion: K2, reason: prior, by: A, date: 2026-01-01 }\n";
    let consents = "version: 1\nconsents:\n  - { id: C, take: true, share: [portfolio] }\n";
    [
        (
            "portfolio/entries/m1.md",
            [entry("", "words"), entry("status: draft\n", "words"), entry("id: m2\n", "work")],
        ),
        (
            "portfolio/entries/m2.md",
            [
                entry("visibility: private\n", "words"),
                entry("actions:\n  - { what: Ask, by: 2026-11-01, closed_by: e1 }\n", "words"),
                entry("attachments:\n  - { file: evidence/p.png, alt: P, consent: C }\n", "words"),
            ],
        ),
        ("portfolio/decisions/1.yaml", [decision("accepted"), decision("referred"), None]),
        ("portfolio/evidence/p.png", [Some(picture), text("no picture"), None]),
        ("portfolio/consents.yaml", [text(consents), text(&consents.replace("[portfolio]", "[]")), None]),
        (
            "portfolio/portfolio.yaml",
            [
                text(SETTINGS),
                text(&format!("{SETTINGS}{waived}")),
                text(&SETTINGS.replace("title: T", "title: U")),
            ],
        ),
    ]
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => (0..4_usize, 0..3_usize, 0..3_usize).prop_map(|(entry, title, words)| Edit::Write(entry, title, words)),
        1 => (0..4_usize, 0..4_usize).prop_map(|(from, to)| Edit::Rename(from, to)),
        1 => (0..4_usize).prop_map(Edit::Remove),
        1 => any::<bool>().prop_map(Edit::Standard),
        1 => any::<bool>().prop_map(Edit::Theme),
        6 => (0..6_usize, 0..3_usize).prop_map(|(file, content)| Edit::Other(file, content)),
        5 => Just(Edit::Build),
        2 => Just(Edit::Rest),
    ]
}

fn apply(sandbox: &Sandbox, edit: &Edit) {
    let name = |entry: &usize| format!("portfolio/entries/e{entry}.md");
    let path = |entry: &usize| sandbox.path().join(name(entry));
    match edit {
        Edit::Write(entry, title, words) => {
            let (title, words) = (
                ["One", "Two", "Six"][*title],
                ["Words.", "Sword.", "[some words](ksb:K2) and [a link](e1.md)."][*words],
            );
            sandbox.write(&name(entry), text(title, words));
        }
        Edit::Rename(from, to) => drop(std::fs::rename(path(from), path(to))),
        Edit::Remove(entry) => drop(std::fs::remove_file(path(entry))),
        Edit::Standard(other) => sandbox.write(
            "standards/tiny.yaml",
            if *other { TINY.replace("\"Ten\"", "\"Dix\"") } else { TINY.to_owned() },
        ),
        Edit::Theme(own) if *own => sandbox.write(
            "themes/default/gaps.html",
            "{% extends \"base.html\" %}{% block main %}<h1>Own</h1>{% endblock main %}",
        ),
        Edit::Theme(_) => drop(std::fs::remove_file(sandbox.path().join("themes/default/gaps.html"))),
        Edit::Other(file, content) => {
            let (path, contents) = &others()[*file];
            match &contents[*content] {
                Some(bytes) => sandbox.write(path, bytes),
                None => drop(std::fs::remove_file(sandbox.path().join(path))),
            }
        }
        Edit::Build => drop(build(sandbox, "output")),
        Edit::Rest => sleep(REST),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_any_edits_a_site_is_what_a_first_build_writes(edits in prop::collection::vec(edit(), 1..14)) {
        let sandbox = Sandbox::tiny();
        for edit in &edits {
            apply(&sandbox, edit);
        }
        build(&sandbox, "output");
        is_as_new(&sandbox);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_any_edits_what_was_kept_of_many_entries_changes_nothing(
        edits in prop::collection::vec(edit(), 1..10),
    ) {
        let sandbox = many();
        for edit in &edits {
            apply(&sandbox, edit);
        }
        build(&sandbox, "output");
        is_as_new(&sandbox);
    }
}

/// So many entries that it pays to keep what was made of them, kept.
fn many() -> Sandbox {
    let sandbox = Sandbox::tiny();
    for number in 0..80 {
        let words =
            ["Words.", "[some words](ksb:K2) and K10.", "![p](../evidence/a.png) [l](e1.md)"][number % 3];
        sandbox.write(&format!("portfolio/entries/m{number}.md"), text(&format!("Entry {number}"), words));
    }
    sleep(REST);
    assert_eq!(sandbox.run(&["check", "--reporting"]).code, 0);
    assert!(kept(&sandbox).is_empty(), "check writes nothing");
    build(&sandbox, "output");
    assert!(kept(&sandbox).len() > 30, "nothing is kept");
    sandbox
}

#[test]
fn a_page_made_of_the_same_is_known_again_as_long_as_its_file_is_as_it_was_left() {
    let sandbox = Sandbox::tiny();
    let (root, folder) = (sandbox.path(), sandbox.path().join("output"));
    let open = |coming: &[&str]| {
        let output = Output::open(&folder, root).unwrap();
        output.expect(coming).unwrap();
        output.knowing(Pages::open(root, &folder))
    };
    let names: Vec<String> = (0..130).map(|number| format!("page{number}.html")).collect();
    let coming: Vec<&str> = names.iter().map(String::as_str).collect();
    let output = open(&coming);
    let place = |name: &String| {
        let page = SiteFile { path: SitePath::new(name.clone()), bytes: name.clone().into_bytes() };
        output.place(&page, Some([1; 32])).unwrap()
    };
    let placed: Vec<_> = names.iter().map(place).collect();
    let (_, pages) = output.close(&placed).unwrap();
    sleep(REST);
    pages.unwrap().keep(placed);
    sandbox.write("output/page1.html", "page1.HTML");
    std::fs::remove_file(sandbox.path().join("output/page2.html")).unwrap();
    let output = open(&coming);
    let stands = |name: &str, key: u8| output.standing(&SitePath::new(name), &[key; 32]);
    assert!(stands("page0.html", 1).is_some_and(|placed| !placed.written), "it is as it was");
    assert!(stands("page0.html", 2).is_none(), "it is made of something else");
    assert!(stands("page1.html", 1).is_none(), "somebody edited it");
    assert!(stands("page2.html", 1).is_none(), "somebody removed it");
    assert!(stands("page200.html", 1).is_none(), "it never was");
}

#[test]
fn a_long_page_is_written_beside_and_what_the_machine_would_not_do_is_told() {
    let sandbox = Sandbox::tiny();
    let (root, folder) = (sandbox.path(), sandbox.path().join("output"));
    let output = Output::open(&folder, root).unwrap();
    output.expect(&["long.html"]).unwrap();
    let words = "Words. ".repeat(100_000);
    let write = |into: &mut Draft| {
        for part in words.as_bytes().chunks(1000) {
            // As a template engine does: it words the machine's errors anew.
            into.write_all(part).map_err(|_| Failure::new("render", Path::new("a theme"), "broken"))?;
        }
        Ok::<_, Failure>(())
    };
    let long = SitePath::new("long.html");
    let placed = output.place_written(&long, None, write).unwrap();
    assert!(placed.written && !folder.join("long.html").exists(), "a first site is seen when it is whole");
    output.close(&[placed]).unwrap();
    assert_eq!(std::fs::read_to_string(folder.join("long.html")).unwrap(), words);
    let again = Output::open(&folder, root).unwrap();
    let failure = again.place_written(&SitePath::new("nowhere/long.html"), None, write).unwrap_err();
    assert!(failure.to_string().starts_with("cannot write"), "{failure}");
    let given_up = |into: &mut Draft| {
        write(into)?;
        Err(Failure::new("render", Path::new("a theme"), "broken"))
    };
    let failure = again.place_written(&long, None, given_up).unwrap_err();
    assert!(failure.to_string().starts_with("cannot render"), "{failure}");
    assert_eq!(std::fs::read_to_string(folder.join("long.html")).unwrap(), words);
    let names = std::fs::read_dir(&folder).unwrap().map(|item| item.unwrap().file_name());
    assert!(names.into_iter().all(|name| !name.to_string_lossy().contains("part")), "something was left");
    assert!(!again.place_written(&long, None, write).unwrap().written, "it is the same");
}

fn kept(sandbox: &Sandbox) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = sandbox.path().join(".ksbfolio");
    if folder.is_dir() { tree(&folder) } else { Vec::new() }
}

#[test]
fn what_is_kept_is_used_and_torn_or_edited_files_are_not() {
    let sandbox = many();
    let check = || sandbox.run(&["check", "--format", "json", "--reporting"]).out;
    let before = check();
    // An entry behind whose back the file was changed: it is known by what the system says, and that has changed.
    sandbox.write("portfolio/entries/m0.md", text("Entry 0", "K1 [x](entry:nobody)"));
    let edited = check();
    assert_ne!(edited, before);
    let entries = |(path, _): &(PathBuf, Vec<u8>)| path.to_string_lossy().starts_with("entries-");
    for (path, mut bytes) in kept(&sandbox).into_iter().filter(entries) {
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        sandbox.write(&format!(".ksbfolio/{}", path.display()), bytes);
    }
    assert_eq!(check(), edited, "edited files are believed");
    for (path, bytes) in kept(&sandbox).into_iter().filter(entries) {
        sandbox.write(&format!(".ksbfolio/{}", path.display()), &bytes[..bytes.len() / 3]);
    }
    assert_eq!(check(), edited, "torn files are believed");
    sandbox.write("standards/tiny.yaml", TINY.replace("\"Ten\"", "\"Dix\""));
    build(&sandbox, "output");
    is_as_new(&sandbox);
}

#[test]
fn a_copy_of_what_is_kept_is_of_no_use_to_another_portfolio() {
    let (sandbox, other) = (many(), many());
    other.write("portfolio/entries/m0.md", text("Entry 0", "Other words, and [some](ksb:K1)."));
    sleep(REST);
    let honest = sandbox.run(&["check", "--format", "json", "--reporting"]).out;
    build(&other, "output");
    for (path, bytes) in kept(&other) {
        sandbox.write(&format!(".ksbfolio/{}", path.display()), bytes);
    }
    assert_eq!(sandbox.run(&["check", "--format", "json", "--reporting"]).out, honest);
}
