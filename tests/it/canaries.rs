//! Every key of every file that can be shown is searched: a canary in it is reported or masked in
//! every output. The keys are those of the key tables, so a new key is covered by construction.

use std::fmt::Write;

use image::ImageFormat;
use ksbfolio::parse::keys::{self, Key, Shape};

use super::support::files::picture;
use super::support::{Sandbox, entry, tree};

/// Keys whose text is the learner's own, and is asked for.
const OWN: [&str; 3] = ["learner.id", "learner.name", "learner.employer"];

/// Which values of a file are canaries.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bait {
    /// Those that are words: the file is valid.
    Words,
    /// All others: none of them can be read, and findings quote them.
    Others,
}

/// Writes a table with a value for each key, and a canary for those that are bait.
struct Writer {
    bait: Bait,
    /// The paths of the keys with a canary; the canary's number is its index.
    baited: Vec<String>,
}

/// The words of a canary: a name, a telephone number and an e-mail address that no other one has.
fn canary(number: usize) -> [String; 3] {
    let letter = |value: usize| char::from(b'a' + u8::try_from(value % 26).unwrap());
    let name = format!("Oakap{}{}le", letter(number / 26), letter(number));
    let small = name.to_lowercase();
    [
        name,
        format!("07700 900{number:03}"),
        format!("{small}@example.org"),
    ]
}

impl Writer {
    fn table(&mut self, known: &[Key], path: &str) -> String {
        let mut out = String::from("{ ");
        for key in known {
            let path = format!("{path}{}", key.name);
            let value = self.value(key.takes, &path);
            write!(out, "{}: {value}, ", key.name).unwrap();
        }
        out + "}"
    }

    fn value(&mut self, shape: Shape, path: &str) -> String {
        let is_words = matches!(shape, Shape::Text | Shape::Claim | Shape::Written);
        match shape {
            Shape::Table(known) => return self.table(known, &format!("{path}.")),
            Shape::List(inner) => return format!("[{}]", self.value(*inner, path)),
            Shape::OrUnknown(inner) => return self.value(*inner, path),
            Shape::OneOf(shapes) => return self.value(shapes[0], path),
            Shape::Map(inner) => return format!("{{ tiny: {} }}", self.value(*inner, path)),
            Shape::TableAndMap(tables, _) => return self.table(tables[0], &format!("{path}.")),
            _ => {}
        }
        let is_bait = is_words == (self.bait == Bait::Words);
        if is_bait && !is_needed_as_it_is(path) && !OWN.contains(&path) {
            self.baited.push(path.to_owned());
            let [name, phone, address] = canary(self.baited.len() - 1);
            let words = format!("\"Mrs {name} rang {phone} or {address}\"");
            return match shape {
                Shape::Claim => format!("{{ K1: {words} }}"),
                _ => words,
            };
        }
        plain(shape, path)
    }
}

/// Keys without which nothing of a file is shown.
fn is_needed_as_it_is(path: &str) -> bool {
    let shown = [
        "version",
        "status",
        "visibility",
        "ignore",
        "standards",
        "file",
        "model",
        "theme",
    ];
    shown.contains(&path.rsplit('.').next().unwrap_or_default()) || path == "decisions.entry"
}

/// A valid value that says nothing.
fn plain(shape: Shape, path: &str) -> String {
    match path.rsplit('.').next().unwrap_or_default() {
        "file" => return "evidence/chart.png".to_owned(),
        "entry" => return "one".to_owned(),
        "model" => return "gibbs".to_owned(),
        "theme" => return "default".to_owned(),
        "status" => return "submitted".to_owned(),
        "visibility" => return "public".to_owned(),
        "standards" => return "tiny".to_owned(),
        "name" | "employer" => return "Rowan Reed".to_owned(),
        _ => {}
    }
    match shape {
        Shape::Date => "2026-03-02".to_owned(),
        Shape::Switch => "true".to_owned(),
        Shape::Whole(least, _) => least.to_string(),
        Shape::Hours(_) | Shape::Version(_) => "1".to_owned(),
        Shape::Word(words) => words()[0].to_owned(),
        Shape::Standard => "tiny".to_owned(),
        Shape::Code | Shape::Claim => "K1".to_owned(),
        Shape::Rule => "initials".to_owned(),
        Shape::Fraction => "1/2".to_owned(),
        Shape::Digest => format!("\"sha256:{}\"", "0".repeat(64)),
        _ => "word".to_owned(),
    }
}

/// Files with their keys.
const FILES: [(&str, &[Key]); 5] = [
    ("portfolio/entries/one.md", keys::ENTRY),
    ("portfolio/portfolio.yaml", keys::PORTFOLIO),
    ("portfolio/consents.yaml", keys::CONSENTS),
    ("portfolio/sampling.yaml", keys::SAMPLING),
    ("portfolio/decisions/a.yaml", keys::DECISIONS),
];

/// A workspace with canaries in these files, and the keys that have one.
fn bait(files: &[(&str, &[Key])], bait: Bait) -> (Sandbox, Vec<String>) {
    let sandbox = Sandbox::tiny()
        .file(
            "portfolio/entries/one.md",
            entry("ksbs: [{K1: why}]\nvisibility: public\n"),
        )
        .file("portfolio/evidence/chart.png", picture(ImageFormat::Png));
    let mut writer = Writer {
        bait,
        baited: Vec::new(),
    };
    for (path, known) in files {
        let mut text = String::new();
        for key in *known {
            writeln!(text, "{}: {}", key.name, writer.value(key.takes, key.name)).unwrap();
        }
        if path.starts_with("portfolio/entries") {
            text = format!("---\n{text}---\n\nWords of its own.\n");
        }
        sandbox.write(path, text);
    }
    (sandbox, writer.baited)
}

/// Everything that the program prints and writes about a workspace.
fn outputs(sandbox: &Sandbox) -> Vec<(String, String)> {
    let mut commands: Vec<Vec<&str>> = Vec::new();
    for format in [
        "text", "concise", "json", "sarif", "junit", "github", "gitlab", "markdown",
    ] {
        commands.push(vec!["check", "--format", format]);
    }
    for format in ["json", "csv", "markdown"] {
        commands.push(vec!["coverage", "--format", format]);
    }
    for command in [
        &["explain", "K1"][..],
        &["explain", "entry:one"],
        &["gateway"],
        &["gateway", "--format", "json"],
        &["review"],
        &["review", "--format", "json"],
        &["sample", "--format", "json"],
        &["hours"],
        &["decisions", "list"],
        &["decisions", "verify"],
        &["check", "--diff"],
        &["pack", "--output", "pack-assessor.html"],
        &[
            "pack",
            "--audience",
            "public",
            "--output",
            "pack-public.html",
        ],
        &["gateway", "--pack", "p", "--anyway"],
        &["build", "--audience", "public", "--output", "public"],
        &["build", "--audience", "assessor", "--output", "assessor"],
        &["build", "--audience", "private", "--output", "private"],
    ] {
        commands.push(command.to_vec());
    }
    let mut all = Vec::new();
    for command in commands {
        let run = sandbox.run(&command);
        all.push((command.join(" "), run.out + &run.err));
    }
    for (path, bytes) in tree(sandbox.path()) {
        let name = path.to_string_lossy().into_owned();
        // The private site is the learner's own copy, with entries as they are.
        let is_own = name.starts_with("private")
            && sandbox.read("portfolio/entries/one.md").contains("Oakap");
        if !is_own && !name.starts_with("portfolio") && !name.starts_with("standards") {
            all.push((name.clone(), name + &String::from_utf8_lossy(&bytes)));
        }
    }
    assert!(all.len() > 60, "{}", all.len());
    all
}

fn assert_hidden(files: &[(&str, &[Key])], what: Bait) {
    let (sandbox, baited) = bait(files, what);
    let reported = sandbox.check_as("json");
    assert!(
        !baited.is_empty() && reported.contains("phone-number"),
        "{reported}"
    );
    let mut leaks = Vec::new();
    for (output, text) in outputs(&sandbox) {
        let text = text.to_lowercase();
        for (number, path) in baited.iter().enumerate() {
            for word in canary(number) {
                if let Some(at) = text.find(&word.to_lowercase()) {
                    let from = text.floor_char_boundary(at.saturating_sub(100));
                    let near = &text[from..text.ceil_char_boundary(at + 40)];
                    leaks.push(format!("{path} in {output}: {near:?}"));
                }
            }
        }
    }
    assert!(
        leaks.is_empty(),
        "{} leaks\n{}",
        leaks.len(),
        leaks[..leaks.len().min(30)].join("\n")
    );
}

#[test]
fn words_in_every_key_of_an_entry_are_masked() {
    assert_hidden(&FILES[..1], Bait::Words);
}

#[test]
fn wrong_values_in_every_key_of_an_entry_are_masked() {
    assert_hidden(&FILES[..1], Bait::Others);
}

#[test]
fn words_in_every_key_of_the_settings_are_masked() {
    assert_hidden(&FILES[1..2], Bait::Words);
}

#[test]
fn wrong_values_in_every_key_of_the_settings_are_masked() {
    assert_hidden(&FILES[1..2], Bait::Others);
}

#[test]
fn words_in_every_key_of_the_other_files_are_masked() {
    assert_hidden(&FILES[2..], Bait::Words);
}

#[test]
fn wrong_values_in_every_key_of_the_other_files_are_masked() {
    assert_hidden(&FILES[2..], Bait::Others);
}

#[test]
fn nothing_of_the_names_of_files_stays_in_a_site_a_pack_or_a_hand_in() {
    let attached = "ksbs: [{K1: why}]\nvisibility: public\nid: a-visit\nattachments:\n  \
                    - { file: evidence/quokka-board.png, alt: A board, shows: nobody }\n";
    let text = entry(attached).replace("Words", "![a board](../evidence/quokka-board.png) Words");
    let decision = "version: 1\nassessor: { id: AS-1, role: assessor }\ndate: 2026-11-19\ndecisions:\n  - { entry: a-visit, attempt: 1, claims: { K1: referred } }\n";
    let sandbox = Sandbox::tiny()
        .file("portfolio/entries/quokka-folder/quokka-visit.md", text)
        .file(
            "portfolio/evidence/quokka-board.png",
            picture(ImageFormat::Png),
        )
        .file("portfolio/decisions/quokka-decision.yaml", decision);
    for command in [
        &["build", "--audience", "public", "--output", "public"][..],
        &["build", "--audience", "assessor", "--output", "assessor"],
        &["pack", "--output", "pack.html"],
        &["gateway", "--pack", "p", "--anyway"],
    ] {
        sandbox.run(command);
    }
    let mut pictures = Vec::new();
    for (path, bytes) in tree(sandbox.path()) {
        let path = path.to_string_lossy().replace('\\', "/");
        if path.starts_with("portfolio") {
            continue;
        }
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(
            !path.contains("quokka") && !text.contains("quokka"),
            "{path}"
        );
        if path.contains("pictures/") || path.contains("04-evidence/") {
            pictures.push(path);
        }
    }
    assert!(
        pictures
            .iter()
            .any(|path| path == "p/L-1/04-evidence/001-a-visit.png"),
        "{pictures:?}"
    );
    assert!(
        pictures
            .iter()
            .any(|path| path.starts_with("public/assets/pictures/a-visit-1-")),
        "{pictures:?}"
    );
}
