//! The portfolio that proves itself: what is in the page, and that every change of it is found.

use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

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
use super::support::{Sandbox, TINY, Workspace};

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

/// The keys of an assessor and of a stranger, made by `ssh-keygen`.
static KEYS: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let folder = tempfile::TempDir::new().unwrap();
    for name in ["assessor", "stranger"] {
        let made = Command::new("ssh-keygen")
            .args([
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-C",
                "an invented key",
                "-f",
            ])
            .arg(folder.path().join(name))
            .status();
        assert!(made.expect("ssh-keygen is there").success());
    }
    folder
});

/// The line of an allowed signers file for one of the keys.
fn signer(key: &str) -> String {
    let public = KEYS.path().join(format!("{key}.pub"));
    format!("AS-12 {}", std::fs::read_to_string(public).unwrap())
}

/// The signature of a decision file by one of the keys.
fn sign(text: &str, key: &str) -> String {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("decisions.yaml");
    std::fs::write(&file, text).unwrap();
    let signed = Command::new("ssh-keygen")
        .args(["-q", "-Y", "sign", "-n", "ksbfolio-decision", "-f"])
        .args([KEYS.path().join(key), file])
        .output()
        .unwrap();
    assert!(signed.status.success(), "{signed:?}");
    std::fs::read_to_string(folder.path().join("decisions.yaml.sig")).unwrap()
}

fn pack(project: &Snapshot) -> ProgramFile {
    pack_with_program(project, &program()).unwrap()
}

fn verify(html: &str) -> VerifiedFile {
    verify_program_file(html, None, None).unwrap()
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

/// A portfolio with everything that can be changed: entries, a picture, two signed decision files,
/// and the keys.
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
        .file("portfolio/evidence/my-holiday.png", picture(ImageFormat::Png))
        .file("portfolio/decisions/allowed_signers", signer("assessor"));
    let first = decide(&workspace, "one", "K1", "2026-06-01", None);
    decide(&workspace, "two", "K2", "2026-06-02", Some(first));
    workspace
}

/// Files a signed acceptance, and returns the digest of its file.
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
    let path = format!("portfolio/decisions/{date}.yaml");
    workspace.write(&path, &text);
    workspace.write(&format!("{path}.sig"), sign(&text, "assessor"));
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
    assert_eq!((verified.signed, verified.unsigned), (2, 0));
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

const CHANGES: [Change; 32] = [
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
    ("a signature is removed", |parts| {
        remove(parts, "decisions/002.yaml.sig");
    }),
    ("all signatures are removed", |parts| {
        remove(parts, ".yaml.sig");
    }),
    ("a signature is damaged", |parts| {
        let text = String::from_utf8(part(parts, "001.yaml.sig").clone()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let last = lines[lines.len() - 2];
        let other: String = last.chars().rev().collect();
        *part(parts, "001.yaml.sig") = text.replace(last, &other).into_bytes();
    }),
    ("two signatures are swapped", |parts| {
        swap(parts, "001.yaml.sig", "002.yaml.sig");
    }),
    ("a stranger signs", |parts| {
        let text = String::from_utf8(part(parts, "002.yaml").clone()).unwrap();
        *part(parts, "002.yaml.sig") = sign(&text, "stranger").into_bytes();
    }),
    ("a stranger signs and is listed", |parts| {
        let text = String::from_utf8(part(parts, "002.yaml").clone()).unwrap();
        *part(parts, "002.yaml.sig") = sign(&text, "stranger").into_bytes();
        let keys = signer("assessor") + &signer("stranger");
        *part(parts, "allowed_signers") = keys.into_bytes();
    }),
    ("the signers are removed", |parts| {
        remove(parts, "allowed_signers");
    }),
    ("the signers are replaced", |parts| {
        *part(parts, "allowed_signers") = signer("stranger").into_bytes();
    }),
    ("a key is revoked", |parts| {
        let keys = signer("assessor").replace("AS-12 ", "");
        add(parts, "sources/portfolio/decisions/revoked_keys", &keys);
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
    let folder = tempfile::TempDir::new().unwrap();
    let keys = folder.path().join("allowed_signers");
    std::fs::write(&keys, signer("assessor")).unwrap();
    let missed = par::map(&CHANGES, |(name, change)| {
        let mut parts = unpack(&html);
        change(&mut parts);
        let plain = verify(&repack(&html, &parts));
        renew_sums(&mut parts);
        let renewed = repack(&html, &parts);
        let by_own_keys = verify_program_file(&renewed, Some(&keys), None).unwrap();
        let renewed = verify(&renewed);
        // Packed by another program, the parts are in another form; that alone is no finding here.
        let is_found = |verified: &VerifiedFile| {
            verified
                .problems
                .iter()
                .any(|problem| problem.kind != "order")
        };
        let mut missed = Vec::new();
        if !is_found(&plain) {
            missed.push(format!("{name}, old sums"));
        }
        if !is_found(&renewed) && !is_found(&by_own_keys) {
            missed.push(format!("{name}, new sums"));
        }
        missed
    });
    // Without a list of keys no signature is asked for, and without its old sums the file is one that
    // never had a list.
    assert_eq!(missed.concat(), ["the signers are removed, new sums"]);
}

/// A page with another value in its manifest.
fn with_manifest(html: &str, key: &str, value: Value) -> String {
    let mut parts = unpack(html);
    let mut manifest = manifest_of(&parts);
    *manifest.pointer_mut(key).unwrap() = value;
    parts[0].1 = serde_json::to_vec_pretty(&manifest).unwrap();
    repack(html, &parts)
}

/// A page whose manifest has the sum of the program in it, as a careful forger writes.
fn with_renewed_program(html: &str) -> String {
    let program = html.replacen(payload(html), "", 1);
    with_manifest(
        html,
        "/program/sha256",
        json!(sha256_hex(program.as_bytes())),
    )
}

/// What covers the page in a browser, which ends a script at any spelling of its end.
const OVERLAY: &str = "</SCRIPT ><div style=\"position:fixed;inset:0\"><h1>All accepted</h1></div><script type=\"text/plain\">";

/// Pages with a change outside of the parts, by name.
fn change_page(html: &str) -> Vec<(&'static str, String)> {
    let parts = unpack(html);
    let mut reordered = parts.clone();
    reordered[1..].reverse();
    let mut foreign = parts.clone();
    add(&mut foreign, "other/file.txt", "more");
    let cut = &payload(html)[..1000];
    let flipped = payload(html).replacen('A', "B", 1);
    let behind = |start: &str| html.replacen(start, &format!("{start}{OVERLAY}"), 1);
    let in_sample = behind("id=\"sample-zip\">");
    vec![
        ("the program", html.replacen(">program<", ">another<", 1)),
        ("in the program", behind("id=\"module\">")),
        (
            "text around it",
            html.replacen("<!DOCTYPE html>", "<!DOCTYPE html><p>Accepted!</p>", 1),
        ),
        ("text behind it", format!("{html}<p>Accepted!</p>")),
        (
            "the version",
            html.replacen("content=\"0", "content=\"9", 1),
        ),
        ("in the sample", in_sample.clone()),
        (
            "in the sample, with its sum",
            with_renewed_program(&in_sample),
        ),
        (
            "a sample",
            html.replacen("id=\"sample-zip\">", "id=\"sample-zip\">sample", 1),
        ),
        ("before the portfolio", behind(SLOT)),
        (
            "behind the portfolio",
            with_payload(html, &format!("{}{OVERLAY}", payload(html))),
        ),
        (
            "a space in the portfolio",
            with_payload(html, &format!("{} ", payload(html))),
        ),
        ("half a portfolio", with_payload(html, cut)),
        ("one letter", with_payload(html, &flipped)),
        ("no base64", with_payload(html, "???")),
        ("the order of the parts", repack(html, &reordered)),
        ("a foreign part", repack(html, &foreign)),
    ]
}

/// Pages with a change of what they state, by name.
fn change_statements(html: &str) -> Vec<(&'static str, String)> {
    let edit = |key: &str, value: Value| with_manifest(html, key, value);
    let differs = |code: &str, stated: &str, computed: &str| {
        let one = json!({ "code": code, "stated": stated, "computed": computed });
        edit("/differences", json!([one]))
    };
    let none = "sha256:0000000000000000000000000000000000000000000000000000000000000000";
    vec![
        ("the learner", edit("/learner", json!("L-2"))),
        ("the day", edit("/as_of", json!("2026-05-20"))),
        (
            "a stated digest",
            edit(
                "/stated/entries/portfolio~1entries~1two.md/digests",
                json!([none]),
            ),
        ),
        (
            "a statement about no file",
            edit(
                "/stated/decisions",
                json!({ "portfolio/decisions/009.yaml": none }),
            ),
        ),
        ("the recorded program", edit("/program/sha256", json!("00"))),
        (
            "a code that is none",
            differs("tiny:K99", "accepted", "needs more"),
        ),
        (
            "a false state",
            differs("tiny:B1", "accepted", "no evidence"),
        ),
        ("the same state", differs("tiny:K1", "accepted", "accepted")),
        (
            "words for a state",
            differs("tiny:B1", "well done", "ready to assess"),
        ),
        (
            "a sentence",
            edit("/left_out", json!(["Nothing was left out."])),
        ),
        (
            "that decisions are not whole",
            edit(
                "/left_out",
                json!([
                    "Of some decision files, a part is left out. Their digests are stated, and their signatures cannot be verified."
                ]),
            ),
        ),
    ]
}

#[test]
fn every_change_of_the_page_around_the_parts_is_found() {
    let html = pack(&portfolio().load()).html;
    let changed = [change_page(&html), change_statements(&html)].concat();
    assert!(CHANGES.len() + changed.len() >= 40);
    let missed = par::map(&changed, |(name, changed)| {
        verify(changed).holds().then_some(*name)
    });
    assert_eq!(missed.into_iter().flatten().collect::<Vec<_>>(), [""; 0]);
    for (page, words) in [
        (program(), "without a portfolio"),
        ("<p>".to_owned(), "no program"),
    ] {
        let refused = verify_program_file(&page, None, None)
            .unwrap_err()
            .to_string();
        assert!(refused.contains(words), "{refused}");
    }
    let older = with_manifest(&html, "/program/version", json!("0.0.1"));
    let refused = verify_program_file(&older, None, None)
        .unwrap_err()
        .to_string();
    assert!(refused.contains("made by ksbfolio 0.0.1"), "{refused}");
    let other = program().replacen("content=\"", "content=\"9", 1);
    let refused = pack_with_program(&portfolio().load(), &other).unwrap_err();
    assert!(refused.to_string().contains("the page is ksbfolio 9"));
}

#[test]
fn a_sentence_that_no_program_writes_is_not_repeated() {
    let html = pack(&portfolio().load()).html;
    let words = "All codes were accepted by AS-12.";
    let forged = verify(&with_manifest(&html, "/left_out", json!([words])));
    let code = json!([{ "code": "tiny:K99", "stated": words, "computed": "accepted" }]);
    let other = verify(&with_manifest(&html, "/differences", code));
    for verified in [forged, other] {
        assert!(!verified.text().contains(words), "{}", verified.text());
    }
}

#[test]
fn another_program_is_found_by_comparing_it_and_else_nothing_is_claimed() {
    let workspace = portfolio();
    let evil = program().replacen(">program<", ">another<", 1);
    let html = pack_with_program(&workspace.load(), &evil).unwrap().html;
    let verified = verify(&html);
    assert_eq!(verified.problems, []);
    assert!(
        verified.text().contains("and was not checked"),
        "{}",
        verified.text()
    );
    let compare = |html: &str| verify_program_file(html, None, Some(&program())).unwrap();
    let problems = compare(&html).problems;
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].kind, "program");
    let honest = compare(&pack(&workspace.load()).html);
    assert_eq!(honest.problems, []);
    let json: Value = serde_json::from_str(&honest.json()).unwrap();
    assert_eq!(json["program"]["compared"], true);
    let other = program().replacen("content=\"", "content=\"9", 1);
    let refused = verify_program_file(&html, None, Some(&other)).unwrap_err();
    assert!(refused.to_string().contains("the page is ksbfolio 9"));
}

#[test]
fn a_decision_without_a_signature_is_listed_where_the_pages_follow_from_that() {
    let workspace = portfolio();
    std::fs::remove_file(
        workspace
            .path()
            .join("portfolio/decisions/2026-06-02.yaml.sig"),
    )
    .unwrap();
    let html = pack(&workspace.load()).html;
    let verified = verify(&html);
    assert_eq!(verified.problems, []);
    assert_eq!((verified.signed, verified.unsigned), (1, 1));
    let words = "UNSIGNED 1 decision file is not signed, and so does not count";
    assert!(verified.text().contains(words), "{}", verified.text());
    let signers = workspace.path().join("portfolio/decisions/allowed_signers");
    let by_list = verify_program_file(&html, Some(&signers), None).unwrap();
    assert_eq!(by_list.problems.len(), 1, "{:?}", by_list.problems);
    assert_eq!(by_list.problems[0].words, "it is not signed");
}

#[test]
fn signatures_are_verified_by_the_keys_of_the_reader() {
    let html = pack(&portfolio().load()).html;
    let folder = tempfile::TempDir::new().unwrap();
    let by = |html: &str, lines: &str| {
        let file = folder.path().join("signers");
        std::fs::write(&file, lines).unwrap();
        verify_program_file(html, Some(Path::new(&file)), None).unwrap()
    };
    let verified = by(&html, &signer("assessor"));
    assert_eq!(verified.problems, []);
    assert_eq!((verified.signed, verified.is_made_again), (2, false));
    // A forger who signs with another key, lists it, and makes all sums anew.
    let mut parts = unpack(&html);
    for name in ["001.yaml", "002.yaml"] {
        let text = String::from_utf8(part(&mut parts, name).clone()).unwrap();
        *part(&mut parts, &format!("{name}.sig")) = sign(&text, "stranger").into_bytes();
    }
    *part(&mut parts, "allowed_signers") = signer("stranger").into_bytes();
    renew_sums(&mut parts);
    let forged = by(&repack(&html, &parts), &signer("assessor"));
    let flaws = forged.problems.iter().filter(|one| one.kind == "signature");
    assert_eq!(flaws.count(), 2, "{:?}", forged.problems);
    let foreign = by(&html, &signer("stranger"));
    assert_eq!(foreign.problems.len(), 2, "{:?}", foreign.problems);
}

/// Words that no byte of the page may have.
const CANARIES: [&str; 34] = [
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
    "employer-canary",
    "cohort-canary",
    "reader-canary",
    "unused-definition",
    "unused-title",
    "second-definition",
    "removed-title",
    "removed-target",
    "markdown-comment",
    "notes-of-standards",
    "comment-in-standard",
    "another-standard",
    "readme-of-theme",
    "comment-in-theme",
    "another-theme",
];

#[test]
fn no_word_of_what_is_filtered_is_in_the_page() {
    let workspace = portfolio()
        .file(
            "portfolio/portfolio.yaml",
            "version: 1\n# canaryone\ntitle: T\nlearner: { id: L-1, employer: employer-canary, cohort: cohort-canary }\nstandards: [tiny]\n\
             notes: canarytwo\ntheme: mine\ngateway: { own: canarytwo }\nrules: { tiny: { own: canarytwo } }\n\
             breaks: [{ from: 2026-02-01, to: 2026-02-10, reason: canarythree }]\n",
        )
        .file(
            "portfolio/consents.yaml",
            "version: 1\nconsents:\n  # canaryfour\n  - { id: CON-9, date: 2026-01-01, take: true, share: [portfolio] }\n",
        )
        .file("standards/notes.txt", "notes-of-standards")
        .file("standards/tiny.yaml", format!("# comment-in-standard\n{TINY}\n"))
        .file("standards/other.yaml", TINY.replace("id: tiny", "id: other # another-standard"))
        .file("themes/mine/README.txt", "readme-of-theme")
        .file("themes/mine/theme.yaml", "version: 2 # comment-in-theme\nname: A College\n")
        .file("themes/mine/assets/own.css", "p { color: red }")
        .file("themes/other/assets/own.css", "another-theme")
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
                 read: { by: reader-canary, on: 2026-05-17, digest: \"sha256:00\" }\n\
                 actions: [{ what: Read, by: 2026-06-01, done: 2026-05-20, closed_by: own-notes }]\n\
                 check:\n  - { ignore: over-linked, reason: canaryeleven }\n",
                "I wrote. <!-- canarytwelve -->\n\n<!--\ncanaryfourteen\n-->\n\nSee [this](secret-draft.md) and [that].\n\n\
                 ![A board](../evidence/my-holiday.png)\n\n[that]: own-notes.md\n\
                 [that]: secret-draft.md \"second-definition\"\n[unused-definition]: one.md \"unused-title\"\n\
                 [//]: # (markdown-comment)\n\n\
                 [secret words](removed-target.md \"removed-title\") and [K1](removed\\-target.md 'removed-title').",
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
    // Rules with a key that is none ask for more, in the file as well. A draft claims K10 in the whole
    // portfolio, and nothing does in the file.
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
    let compared = sandbox.run(&["verify", "L-1.html", "--program", "ksbfolio.html"]);
    assert_eq!(compared.code, 0, "{}", compared.out);
    let words = "was compared with the given ksbfolio.html";
    assert!(compared.out.contains(words), "{}", compared.out);
    let refused = sandbox.run(&["verify", ".", "--program", "ksbfolio.html"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("no program"), "{}", refused.err);
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
