//! The portfolio that proves itself: what is in the page, and that every change of it is found.

use std::io::{Cursor, Read, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use image::ImageFormat;
use ksbfolio::engine::{ProgramFile, Snapshot, pack_with_program, verify_program_file};
use ksbfolio::par;
use ksbfolio::report::VerifiedFile;
use ksbfolio::resolve::decision_file_digest;
use ksbfolio::text::sha256_hex;
use serde_json::{Value, json};

use super::support::files::picture;
use super::support::{Sandbox, Workspace};

/// The files in a page, in the order of its archive.
type Parts = Vec<(String, Vec<u8>)>;

const SLOT: &str = "<script type=\"text/plain\" id=\"portfolio-zip\">";

/// A page as `ksbfolio.html` is: a program, and slots.
fn program() -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "<!DOCTYPE html><meta name=\"ksbfolio-version\" content=\"{version}\"><script type=\"text/plain\" \
         id=\"module\">program</script><script type=\"text/plain\" id=\"sample-zip\">sample</script>\n\
         {SLOT}</script>"
    )
}

fn pack(project: &Snapshot) -> ProgramFile {
    pack_with_program(project, &program()).unwrap()
}

fn verify(html: &str) -> VerifiedFile {
    verify_program_file(html, None).unwrap()
}

fn payload(html: &str) -> &str {
    let start = html.find(SLOT).unwrap() + SLOT.len();
    let length = html[start..].find('<').unwrap();
    &html[start..start + length]
}

fn with_payload(html: &str, new: &str) -> String {
    html.replacen(payload(html), new, 1)
}

fn unpack(html: &str) -> Parts {
    let outer = BASE64.decode(payload(html)).unwrap();
    let mut inner = Vec::new();
    let mut outer = zip::ZipArchive::new(Cursor::new(outer)).unwrap();
    outer.by_index(0).unwrap().read_to_end(&mut inner).unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(inner)).unwrap();
    let number = zip.len();
    let read = |at| {
        let mut file = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let name = file.name().unwrap().into_owned();
        (name.strip_prefix("portfolio/").unwrap().to_owned(), bytes)
    };
    (0..number).map(read).collect()
}

fn repack(html: &str, parts: &Parts) -> String {
    let inner = zipped(parts.iter().map(|(path, bytes)| (path.as_str(), bytes)));
    let outer = zipped([("parts.zip", &inner)].into_iter());
    with_payload(html, &BASE64.encode(outer))
}

fn zipped<'a>(files: impl Iterator<Item = (&'a str, &'a Vec<u8>)>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(format!("portfolio/{path}"), options)
            .unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn manifest_of(parts: &Parts) -> Value {
    serde_json::from_slice(&parts[0].1).unwrap()
}

/// Writes the sums of the manifest anew, as a careful forger does.
fn renew_sums(parts: &mut Parts) {
    let mut manifest = manifest_of(parts);
    for folder in ["sources", "site"] {
        let prefix = format!("{folder}/");
        let own = parts.iter().filter_map(|(path, bytes)| {
            let path = path.strip_prefix(&prefix)?;
            Some((path.to_owned(), json!(sha256_hex(bytes))))
        });
        let mut sums: serde_json::Map<String, Value> = own.collect();
        // Pictures of the site are in the archive as sources.
        for (path, sum) in manifest[folder].as_object().unwrap() {
            if path.starts_with("assets/pictures/") && !sums.contains_key(path) {
                sums.insert(path.clone(), sum.clone());
            }
        }
        manifest[folder] = Value::Object(sums);
    }
    parts[0].1 = (serde_json::to_string_pretty(&manifest).unwrap() + "\n").into_bytes();
}

fn part<'a>(parts: &'a mut Parts, ending: &str) -> &'a mut Vec<u8> {
    let found = parts.iter_mut().find(|(path, _)| path.ends_with(ending));
    &mut found.unwrap_or_else(|| panic!("no {ending}")).1
}

fn replace(parts: &mut Parts, ending: &str, from: &str, to: &str) {
    let bytes = part(parts, ending);
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.contains(from), "{ending} has no {from}: {text}");
    *bytes = text.replacen(from, to, 1).into_bytes();
}

fn swap(parts: &mut Parts, one: &str, other: &str) {
    let first = part(parts, one).clone();
    let second = std::mem::replace(part(parts, other), first);
    *part(parts, one) = second;
}

fn remove(parts: &mut Parts, ending: &str) {
    let before = parts.len();
    parts.retain(|(path, _)| !path.ends_with(ending));
    assert!(parts.len() < before, "no {ending}");
}

fn add(parts: &mut Parts, path: &str, text: &str) {
    parts.push((path.to_owned(), text.as_bytes().to_vec()));
    parts[1..].sort();
}

/// A text like `entry`, under a name.
fn named_entry(title: &str, date: &str, keys: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: {date}\ntype: product\n{keys}---\n\n{body}\n")
}

/// A portfolio with everything that can be changed: entries, a picture, two decision files.
fn portfolio() -> Workspace {
    let workspace = Workspace::tiny()
        .file(
            "portfolio/portfolio.yaml",
            "version: 1\ntitle: T\nlearner: { id: L-1 }\nstandards: [tiny]\n\
             waivers: [{ code: K10, kind: prior-learning, reason: agreed, by: tutor-07, date: 2026-01-10 }]\n",
        )
        .file(
            "portfolio/entries/one.md",
            named_entry("First", "2026-03-14", "ksbs: [K1]\n", "I made the first thing."),
        )
        .file(
            "portfolio/entries/two.md",
            named_entry(
                "Second",
                "2026-04-14",
                "event_date: 2026-04-02\nksbs: [K2]\nattachments: [{ file: evidence/my-holiday.png, alt: A board }]\n",
                "I made [the second thing](one.md).\n\n![A board](../evidence/my-holiday.png)",
            ),
        )
        .file(
            "portfolio/entries/three.md",
            named_entry("Third", "2026-05-14", "ksbs: [B1]\n", "I made the third thing."),
        )
        .file("portfolio/evidence/my-holiday.png", picture(ImageFormat::Png));
    let first = decide(&workspace, "one", "K1", "2026-06-01", None);
    decide(&workspace, "two", "K2", "2026-06-02", Some(first));
    workspace
}

/// Files an acceptance, and returns the digest of its file.
fn decide(
    workspace: &Workspace,
    id: &str,
    code: &str,
    date: &str,
    after: Option<String>,
) -> String {
    let project = workspace.load();
    let at = project.portfolio.index.by_id(id).unwrap();
    let digest = project.portfolio.entries[at].digests.current();
    let previous = after.map_or_else(String::new, |digest| format!("previous: {digest}\n"));
    let text = format!(
        "version: 1\nassessor: {{ id: AS-12, role: assessor }}\ndate: {date}\n{previous}decisions:\n  \
         - entry: {id}\n    digest: {digest}\n    claims: {{ {code}: accepted }}\n    feedback: Well made.\n"
    );
    workspace.write(&format!("portfolio/decisions/{date}.yaml"), &text);
    decision_file_digest(&text)
}

#[test]
fn what_is_packed_holds_and_the_same_input_gives_the_same_bytes() {
    let workspace = portfolio();
    let (one, other) = (pack(&workspace.load()), pack(&workspace.load()));
    assert_eq!(one.html, other.html);
    assert!(one.differences.is_empty(), "{:?}", one.differences);
    let verified = verify(&one.html);
    assert_eq!(verified.problems, []);
    assert!(verified.is_made_again && verified.pages > 10);
    assert_eq!((verified.decisions, verified.stated_digests), (2, 1));
    // An acceptance of a filtered entry holds by the digest that is stated.
    let coverage = unpack(&one.html);
    let coverage = coverage
        .iter()
        .find(|(path, _)| path.ends_with("data/coverage.json"));
    let coverage: Value = serde_json::from_slice(&coverage.unwrap().1).unwrap();
    assert_eq!(coverage["standards"][0]["summary"]["accepted"], 2);
}

#[test]
fn the_sample_holds_and_says_what_it_states() {
    let packed = pack(&Workspace::sample().load());
    let verified = verify(&packed.html);
    assert_eq!(verified.problems, []);
    assert!(verified.stated_events > 20, "{}", verified.text());
    assert!(verified.text().contains("STATED The event of"));
    let json: Value = serde_json::from_str(&verified.json()).unwrap();
    assert_eq!(
        (&json["holds"], &json["made_again"]),
        (&json!(true), &json!(true))
    );
}

/// A change of the page, by name.
type Change = (&'static str, fn(&mut Parts));

const CHANGES: [Change; 23] = [
    ("words on a page", |parts| {
        replace(
            parts,
            "site/entries/one.html",
            "the first thing",
            "the best thing",
        );
    }),
    ("a state on a page", |parts| {
        replace(parts, "site/data/coverage.json", "accepted", "evidenced");
    }),
    ("the style", |parts| {
        part(parts, "site/assets/site.css").push(b' ');
    }),
    ("a script", |parts| {
        part(parts, "site/assets/decide.js").push(b' ');
    }),
    ("a page is removed", |parts| {
        remove(parts, "site/entries/one.html");
    }),
    ("a page is added", |parts| {
        add(parts, "site/entries/extra.html", "<p>More</p>");
    }),
    ("two pages are swapped", |parts| {
        swap(parts, "site/entries/one.html", "site/entries/three.html");
    }),
    ("words of an entry", |parts| {
        replace(parts, "entries/one.md", "first thing", "best thing");
    }),
    ("a day of an entry", |parts| {
        replace(parts, "entries/one.md", "2026-03-14", "2026-03-13");
    }),
    ("a code of an entry", |parts| {
        replace(parts, "entries/three.md", "B1", "K10");
    }),
    ("words of a filtered entry", |parts| {
        replace(parts, "entries/two.md", "second thing", "best thing");
    }),
    ("an entry is removed", |parts| {
        remove(parts, "sources/portfolio/entries/three.md");
    }),
    ("an entry is added", |parts| {
        let text = named_entry("Fourth", "2026-05-15", "ksbs: [K10]\n", "More.");
        add(parts, "sources/portfolio/entries/four.md", &text);
    }),
    ("two entries are swapped", |parts| {
        swap(parts, "entries/one.md", "entries/three.md");
    }),
    ("a waiver", |parts| {
        replace(parts, "portfolio.yaml", "K10", "B1");
    }),
    ("a statement", |parts| {
        replace(parts, "tiny.yaml", "Be kind", "Be quick");
    }),
    ("a verdict", |parts| {
        replace(parts, "decisions/002.yaml", "accepted", "referred");
    }),
    ("feedback", |parts| {
        replace(parts, "decisions/001.yaml", "Well made", "Badly made");
    }),
    ("a decision file is removed", |parts| {
        remove(parts, "decisions/002.yaml");
    }),
    ("the first decision file is removed", |parts| {
        remove(parts, "decisions/001.yaml");
    }),
    ("two decision files are swapped", |parts| {
        swap(parts, "decisions/001.yaml", "decisions/002.yaml");
    }),
    ("a decision file is added", |parts| {
        let text = "version: 1\nassessor: { id: AS-12, role: assessor }\ndate: 2026-06-03\ndecisions: []\n";
        add(parts, "sources/portfolio/decisions/003.yaml", text);
    }),
    ("a picture", |parts| {
        let mut other = image::RgbImage::new(24, 16);
        other.put_pixel(1, 1, image::Rgb([200, 0, 0]));
        let mut bytes = Cursor::new(Vec::new());
        other.write_to(&mut bytes, ImageFormat::Png).unwrap();
        let name = parts
            .iter()
            .find(|(path, _)| path.contains("/evidence/"))
            .unwrap()
            .0
            .clone();
        *part(parts, &name) = bytes.into_inner();
    }),
];

#[test]
fn every_change_of_a_part_is_found_even_with_new_sums() {
    let html = pack(&portfolio().load()).html;
    let missed = par::map(&CHANGES, |(name, change)| {
        let mut parts = unpack(&html);
        change(&mut parts);
        let plain = verify(&repack(&html, &parts));
        renew_sums(&mut parts);
        let renewed = verify(&repack(&html, &parts));
        // Packed by another program, the parts are in another form; that alone is no finding here.
        let is_found = |verified: &VerifiedFile| {
            verified
                .problems
                .iter()
                .any(|problem| problem.kind != "order")
        };
        [(plain, "old sums"), (renewed, "new sums")]
            .into_iter()
            .filter(|(verified, _)| !is_found(verified))
            .map(|(_, sums)| format!("{name}, {sums}"))
            .collect::<Vec<_>>()
    });
    assert_eq!(missed.concat(), Vec::<String>::new());
}

#[test]
fn every_change_of_the_page_around_the_parts_is_found() {
    let html = pack(&portfolio().load()).html;
    let parts = unpack(&html);
    let edit_manifest = |key: &str, value: Value| {
        let mut parts = parts.clone();
        let mut manifest = manifest_of(&parts);
        *manifest.pointer_mut(key).unwrap() = value;
        parts[0].1 = serde_json::to_vec_pretty(&manifest).unwrap();
        repack(&html, &parts)
    };
    let mut reordered = parts.clone();
    reordered[1..].reverse();
    let mut twice = parts.clone();
    twice[1..].sort();
    add(&mut twice, "other/file.txt", "more");
    let cut = &payload(&html)[..1000];
    let flipped = payload(&html).replacen('A', "B", 1);
    for (name, changed) in [
        ("the program", html.replacen(">program<", ">another<", 1)),
        (
            "text around it",
            html.replacen("<!DOCTYPE html>", "<!DOCTYPE html><p>Accepted!</p>", 1),
        ),
        ("text behind it", format!("{html}<p>Accepted!</p>")),
        (
            "the version",
            html.replacen("content=\"0", "content=\"9", 1),
        ),
        ("the order of the parts", repack(&html, &reordered)),
        ("a foreign part", repack(&html, &twice)),
        ("half a payload", with_payload(&html, cut)),
        ("one letter", with_payload(&html, &flipped)),
        ("no base64", with_payload(&html, "???")),
        ("the learner", edit_manifest("/learner", json!("L-2"))),
        ("the day", edit_manifest("/as_of", json!("2026-05-20"))),
        (
            "a stated digest",
            edit_manifest(
                "/stated/entries/portfolio~1entries~1two.md/digests",
                json!(["sha256:0000000000000000000000000000000000000000000000000000000000000000"]),
            ),
        ),
        (
            "the recorded program",
            edit_manifest("/program/sha256", json!("00")),
        ),
    ] {
        assert!(!verify(&changed).holds(), "{name} is not found");
    }
    for (page, words) in [
        (program(), "without a portfolio"),
        ("<p>".to_owned(), "no program"),
    ] {
        let refused = verify_program_file(&page, None).unwrap_err().to_string();
        assert!(refused.contains(words), "{refused}");
    }
    let older = edit_manifest("/program/version", json!("0.0.1"));
    let refused = verify_program_file(&older, None).unwrap_err().to_string();
    assert!(refused.contains("made by ksbfolio 0.0.1"), "{refused}");
    let other = program().replacen("content=\"", "content=\"9", 1);
    let refused = pack_with_program(&portfolio().load(), &other).unwrap_err();
    assert!(refused.to_string().contains("the page is ksbfolio 9"));
}

/// Words that no byte of the page may have.
const CANARIES: [&str; 19] = [
    "canaryone",
    "canarytwo",
    "canarythree",
    "canaryfour",
    "canaryfive",
    "canarysix",
    "canaryseven",
    "canaryeight",
    "canarynine",
    "canaryten",
    "canaryeleven",
    "canarytwelve",
    "CON-9",
    "2026-04-03",
    "my-holiday",
    "secret-draft",
    "own-notes",
    "canarythirteen",
    "canaryfourteen",
];

#[test]
fn no_word_of_what_is_filtered_is_in_the_page() {
    let workspace = portfolio()
        .file(
            "portfolio/portfolio.yaml",
            "version: 1\n# canaryone\ntitle: T\nlearner: { id: L-1 }\nstandards: [tiny]\nnotes: canarytwo\n\
             breaks: [{ from: 2026-02-01, to: 2026-02-10, reason: canarythree }]\n",
        )
        .file(
            "portfolio/consents.yaml",
            "version: 1\nconsents:\n  # canaryfour\n  - { id: CON-9, date: 2026-01-01, take: true, share: [portfolio] }\n",
        )
        .file("portfolio/sampling.yaml", "version: 1\n# canarythirteen\n")
        .file(
            "portfolio/entries/secret-draft.md",
            named_entry("canaryfive", "2026-03-01", "status: draft\nksbs: [K10]\n", "canarysix"),
        )
        .file(
            "portfolio/entries/own-notes.md",
            named_entry("canaryseven", "2026-03-01", "visibility: private\n", "canaryeight"),
        )
        .file(
            "portfolio/entries/four.md",
            named_entry(
                "Fourth",
                "2026-05-16",
                "# canarynine\nevent_date: 2026-04-03\nksbs: [K2]\nother: canaryten\n\
                 attachments: [{ file: evidence/my-holiday.png, alt: A board, consent: CON-9 }]\n\
                 actions: [{ what: Read, by: 2026-06-01, done: 2026-05-20, closed_by: own-notes }]\n\
                 check:\n  - { ignore: over-linked, reason: canaryeleven }\n",
                "I wrote. <!-- canarytwelve -->\n\n<!--\ncanaryfourteen\n-->\n\nSee [this](secret-draft.md) and [that].\n\n\
                 ![A board](../evidence/my-holiday.png)\n\n[that]: own-notes.md",
            ),
        );
    let packed = pack(&workspace.load());
    let parts = unpack(&packed.html);
    for canary in CANARIES {
        for (path, bytes) in &parts {
            let text = String::from_utf8_lossy(bytes);
            let found = text.find(canary);
            assert!(
                !path.contains(canary) && found.is_none(),
                "{canary} is in {path}: {text}"
            );
        }
    }
    let verified = verify(&packed.html);
    assert_eq!(verified.problems, []);
    // A draft claims K10 in the whole portfolio, and nothing does in the file.
    assert_eq!(packed.differences.len(), 1, "{:?}", packed.differences);
    assert_eq!(packed.differences[0].code, "tiny:K10");
    assert!(
        verified
            .text()
            .contains("STATED tiny:K10: draft only in the whole portfolio")
    );
}

#[test]
fn the_command_writes_it_and_verify_judges_it() {
    let sandbox = Sandbox::from(portfolio());
    sandbox.write("ksbfolio.html", program());
    let done = sandbox.run(&["pack", "--with-program", "ksbfolio.html"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let verified = sandbox.run(&["verify", "L-1.html"]);
    assert_eq!(verified.code, 0, "{}", verified.out);
    assert!(verified.out.contains("made again from"), "{}", verified.out);
    let html = sandbox.read("L-1.html");
    sandbox.write("L-1.html", html + " ");
    let verified = sandbox.run(&["verify", "L-1.html", "--format", "json"]);
    assert_eq!(verified.code, 1);
    assert!(
        verified.out.contains("\"kind\": \"program\""),
        "{}",
        verified.out
    );
    sandbox.write("other.html", "<p>");
    assert_eq!(
        sandbox.run(&["pack", "--with-program", "other.html"]).code,
        2
    );
    assert_eq!(sandbox.run(&["verify", "other.html"]).code, 2);
}
