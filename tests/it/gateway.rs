//! The gateway: a checklist that invents nothing, and a pack that can be verified without this
//! program.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use ksbfolio::check::{RuleGroup, rules};
use ksbfolio::model::Profile;
use serde_json::Value;

use super::support::{SETTINGS, Sandbox, TINY, Workspace, entry, repository, tree};

/// A standard with one gateway item of each kind.
fn asking() -> String {
    let item = |id: &str, check: &str| {
        format!("  - {{ id: {id}, asks: \"Ask {id}\", source: \"A test\", check: {check} }}\n")
    };
    let items = [
        item("criteria", "criteria"),
        item("hours", "off-the-job-hours"),
        item("authenticity", "declaration, name: authenticity"),
        item("confidentiality", "confidentiality"),
        item("types", "evidence-types"),
        item("referrals", "referrals"),
        item("privacy", "privacy"),
        item("product", "piece-type, name: product"),
        item("credits", "record, name: credits, at_least: 200"),
        item("licence", "record, name: licence"),
    ];
    format!("{TINY}gateway:\n{}", items.concat())
}

/// Settings that satisfy every item of the standard.
const ALL_THERE: &str = "off_the_job: { required_hours: 2 }\n\
    rules: { tiny: { evidence_types: [product] } }\n\
    gateway: { credits: \"200, transcript seen\", licence: seen }\n\
    declarations: [{ kind: authenticity, by: L-1, date: 2026-11-20 }]\n";

/// Records in the entry that its current text was read.
fn confirmed(sandbox: Sandbox) -> Sandbox {
    confirm(&sandbox, "one");
    sandbox
}

fn confirm(sandbox: &Workspace, id: &str) {
    let explained = sandbox.explain_entry(id);
    let digest = explained
        .lines()
        .find_map(|line| line.trim().strip_prefix("digest "))
        .unwrap();
    let path = format!("portfolio/entries/{id}.md");
    let text = sandbox.read(&path);
    let kept: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with("read: "))
        .collect();
    let kept = kept.join(
        "
",
    ) + "
";
    let read = format!("read: {{ by: L-1, on: 2026-11-20, digest: \"{digest}\" }}\n");
    sandbox.write(&path, kept.replacen("title:", &format!("{read}title:"), 1));
}

fn ready() -> Sandbox {
    confirmed(unread())
}

fn unread() -> Sandbox {
    Sandbox::tiny()
        .file("standards/tiny.yaml", asking())
        .file("portfolio/portfolio.yaml", format!("{SETTINGS}{ALL_THERE}"))
        .file(
            "portfolio/entries/one.md",
            entry("ksbs: [{K1: a}, {K2: a}, {K10: a}, {B1: a}]\nanonymised: true\nhours: 2\noff_the_job: true\n"),
        )
}

/// The state of every checklist item, by id.
fn states(sandbox: &Workspace) -> BTreeMap<String, String> {
    let document = sandbox.gateway();
    let items = document["standards"][0]["items"]
        .as_array()
        .unwrap()
        .clone();
    items
        .iter()
        .map(|item| {
            let (state, next) = (item["state"].as_str().unwrap(), &item["next"]);
            assert_eq!(
                state == "met",
                next.is_null(),
                "whatever is not met says what to do: {item}"
            );
            assert!(
                !item["why"].as_str().unwrap().is_empty()
                    && !item["source"].as_str().unwrap().is_empty()
            );
            (item["id"].as_str().unwrap().to_owned(), state.to_owned())
        })
        .collect()
}

fn all_but<'a>(id: &str, state: &'a str) -> impl Fn(&str) -> &'a str {
    move |other| if other == id { state } else { "met" }
}

#[test]
fn complete_records_are_met_and_each_missing_record_fails_its_own_item_only() {
    assert_eq!(ready().run(&["gateway"]).code, 0);
    let settings = |old: &str, new: &str| {
        let text = format!("{SETTINGS}{ALL_THERE}");
        assert!(text.contains(old));
        ready().file("portfolio/portfolio.yaml", text.replace(old, new))
    };
    let piece = |old: &str, new: &str| {
        let sandbox = ready();
        let text = sandbox.read("portfolio/entries/one.md");
        assert!(text.contains(old));
        confirmed(sandbox.file("portfolio/entries/one.md", text.replace(old, new)))
    };
    let day = "date: 2026-11-20";
    let scenarios = [
        (ready(), "nothing", "met"),
        (piece("{K2: a}, ", ""), "criteria", "not-met"),
        (piece("hours: 2", "hours: 1.5"), "hours", "not-met"),
        (
            settings("required_hours: 2", "required_hours: unknown"),
            "hours",
            "unknown",
        ),
        (
            settings("kind: authenticity", "kind: something"),
            "authenticity",
            "not-met",
        ),
        (settings(day, "date: 2026-11-13"), "authenticity", "not-met"),
        (settings(day, "date: 2026-11-22"), "authenticity", "not-met"),
        (
            settings(", date: 2026-11-20", ""),
            "authenticity",
            "unknown",
        ),
        (
            piece("anonymised: true\n", ""),
            "confidentiality",
            "not-met",
        ),
        (
            settings("evidence_types: [product]", "min_pieces: 1"),
            "types",
            "unknown",
        ),
        (unread(), "privacy", "to-confirm"),
        (
            piece(
                "Words",
                "I read her NHS number, 999 891 0277, to the lab. Words",
            ),
            "privacy",
            "not-met",
        ),
        (
            settings("\"200, transcript seen\"", "180"),
            "credits",
            "not-met",
        ),
        (
            settings("\"200, transcript seen\"", "nearly all"),
            "credits",
            "unknown",
        ),
        (
            settings("\"200, transcript seen\"", "unknown"),
            "credits",
            "unknown",
        ),
        (
            settings("licence: seen", "licence: not yet"),
            "licence",
            "not-met",
        ),
        (settings(", licence: seen", ""), "licence", "unknown"),
    ];
    for (number, (sandbox, id, state)) in scenarios.iter().enumerate() {
        for (other, found) in states(sandbox) {
            // An entry with an identifier does not count as a piece either.
            let follows = *state == "not-met"
                && *id == "privacy"
                && ["criteria", "hours", "product"].contains(&other.as_str());
            let expected = if follows {
                "not-met"
            } else {
                all_but(id, state)(&other)
            };
            assert_eq!(found, expected, "scenario {number}: {other}");
        }
        let code = sandbox.run(&["gateway"]).code;
        assert_eq!(
            code,
            i32::from(*state == "not-met"),
            "scenario {number}: unknown alone does not fail"
        );
        let strict = sandbox.run(&["gateway", "--fail-on", "unknown"]).code;
        assert_eq!(strict, i32::from(*state != "met"), "scenario {number}");
    }
}

#[test]
fn a_referral_is_open_until_it_is_decided_again() {
    let sandbox = ready();
    let digest = |sandbox: &Sandbox| {
        let build = sandbox.run(&["gateway", "--pack", "p", "--anyway"]);
        let text = std::fs::read_to_string(sandbox.path().join("p/L-1/manifest.json"));
        let manifest: Value =
            serde_json::from_str(&text.unwrap_or_else(|_| panic!("{}", build.err))).unwrap();
        manifest["entries"][0]["digest"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let decision = |digest: &str| {
        format!(
            "version: 1\nassessor: {{ id: AS-1, role: assessor }}\ndate: 2026-11-19\ndecisions:\n  \
             - {{ entry: one, attempt: 1, digest: \"{digest}\", claims: {{ K1: referred }} }}\n"
        )
    };
    let read = digest(&sandbox);
    sandbox.write("portfolio/decisions/a.yaml", decision(&read));
    assert_eq!(states(&sandbox)["referrals"], "not-met");
    let said = sandbox.gateway_as("text");
    assert!(
        said.contains("1 claim referred and not accepted since: K1."),
        "{said}"
    );
    sandbox.write(
        "portfolio/decisions/a.yaml",
        decision(&read).replace("referred", "partly"),
    );
    let said = sandbox.gateway_as("text");
    assert!(
        said.contains("not accepted since: K1 (partly accepted)."),
        "{said}"
    );
    let text = sandbox.read("portfolio/entries/one.md");
    sandbox.write(
        "portfolio/entries/one.md",
        text.replace("Words of its own.", "Words that are better."),
    );
    let states = states(&sandbox);
    assert_eq!(
        states["criteria"], "not-met",
        "a changed piece waits for the assessor"
    );
    assert_eq!(
        states["referrals"], "not-met",
        "and there is no later decision"
    );
}

#[test]
fn privacy_is_to_confirm_exactly_if_check_finds_nothing() {
    let mut looked_at = 0;
    for rule in rules::named().filter(|rule| rule.group == RuleGroup::Privacy) {
        let text = std::fs::read_to_string(
            repository().join(format!("tests/fixtures/rules/{}.txt", rule.name)),
        );
        let text = text.unwrap_or_else(|error| panic!("{}: {error}", rule.name));
        for scenario in text.split("\n=== good") {
            let sandbox = Workspace::tiny().file("standards/tiny.yaml", asking());
            for file in scenario.split("\n>>> ").skip(1) {
                let (path, text) = file.split_once('\n').unwrap();
                sandbox.write(path, text.replace(['«', '»'], "") + "\n");
            }
            let check: Value =
                serde_json::from_str(&sandbox.check_for(Profile::Gateway, "json")).unwrap();
            let found = check["findings"].as_array().unwrap().iter().any(|finding| {
                let found = rules::find(finding["rule"].as_str().unwrap()).unwrap();
                found.group == RuleGroup::Privacy
                    && found.name != "confidentiality-not-declared"
                    && finding["level"] != "note"
            });
            let expected = if found { "not-met" } else { "to-confirm" };
            assert_eq!(states(&sandbox)["privacy"], expected, "{}", rule.name);
            looked_at += 1;
        }
    }
    assert!(looked_at >= 34, "{looked_at}");
}

#[test]
fn a_standard_that_lists_nothing_is_unknown_and_never_ready() {
    let sandbox = Workspace::with_entry(&entry("ksbs: [{K1: a}, {K2: a}, {K10: a}, {B1: a}]\n"));
    let document = sandbox.gateway();
    assert_eq!(document["readiness"], "not-ready");
    let out = sandbox.gateway_as("text");
    assert!(
        out.contains("unknown") && out.contains("Ask your provider"),
        "{out}"
    );
}

#[test]
fn wrong_gateway_keys_are_reported_at_their_place() {
    let item =
        |rest: &str| format!("{TINY}gateway:\n  - {{ id: a, asks: A, source: S, {rest} }}\n");
    for (rest, says) in [
        ("check: recrod, name: x", "did you mean `record`?"),
        ("check: record", "name"),
        (
            "check: criteria, at_least: 3",
            "at_least is of use for records alone",
        ),
        ("check: piece-type, name: poem", "poem"),
        (
            "check: criteria }\n  - { id: a, asks: A, source: S, check: privacy",
            "is there twice",
        ),
    ] {
        let sandbox = Workspace::tiny().file("standards/tiny.yaml", item(rest));
        assert_eq!(sandbox.check()["exit_code"], 1, "{rest}");
        let out = sandbox.check_as("text");
        assert!(out.contains(says), "{rest}: {out}");
        assert!(out.contains("standards/tiny.yaml:"), "{out}");
    }
    let sandbox = ready().file(
        "portfolio/portfolio.yaml",
        format!("{SETTINGS}gateway: {{ licenc: seen }}\n"),
    );
    let out = sandbox.check_as("text");
    assert!(out.contains("did you mean licence?"), "{out}");
}

#[test]
fn recorded_text_is_inert_in_machine_readable_checklists() {
    let record = "gateway: { licence: \"seen\\n::error::x\\e[2J\", credits: 200 }\n";
    let sandbox = ready().file("portfolio/portfolio.yaml", format!("{SETTINGS}{record}"));
    for format in ["text", "markdown"] {
        let out = sandbox.gateway_as(format);
        assert!(!out.contains('\u{1b}') && !out.contains("\n::"), "{out}");
    }
    sandbox.run(&["gateway", "--pack", "p", "--anyway"]);
    assert!(!sandbox.read("p/L-1/README.txt").contains("\n::"));
}

/// Runs a system tool and returns its output.
fn tool(name: &str, arguments: &[&str], folder: &Path) -> String {
    let done = Command::new(name)
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(
        done.status.success(),
        "{name}: {said}{}",
        String::from_utf8_lossy(&done.stderr)
    );
    said
}

#[test]
fn the_pack_of_the_sample_can_be_verified_elsewhere() {
    let sandbox = Sandbox::sample();
    let refused = sandbox.run(&["gateway", "--pack", "out"]);
    assert!(
        refused.code == 1 && refused.err.contains("--anyway"),
        "{}",
        refused.err
    );
    assert!(
        !sandbox.path().join("out").exists(),
        "what is not ready writes nothing"
    );
    let run = sandbox.run(&["gateway", "--pack", "out", "--anyway"]);
    assert_eq!(run.code, 1, "{}", run.err);
    let elsewhere = Sandbox::empty();
    let zip = sandbox.path().join("out/AP-2041.zip");
    tool(
        "python3",
        &["-m", "zipfile", "-e", &zip.to_string_lossy(), "."],
        elsewhere.path(),
    );
    let folder = elsewhere.path().join("AP-2041");
    assert_eq!(
        tree(&folder),
        tree(&sandbox.path().join("out/AP-2041")),
        "folder and zip hold the same"
    );
    let checked = tool("sha256sum", &["-c", "SHA256SUMS"], &folder);
    let files = tree(&folder);
    assert_eq!(
        checked.lines().count(),
        files.len() - 1,
        "every file but the list itself is checked"
    );
    let readme = std::fs::read_to_string(folder.join("README.txt")).unwrap();
    assert!(
        readme.starts_with("DRAFT: NOT READY FOR THE GATEWAY"),
        "{readme}"
    );
    every_mapped_piece_is_there(&folder);
    names_are_portable(&files);
    nothing_private_is_in(&sandbox, &files);
}

fn every_mapped_piece_is_there(folder: &Path) {
    let text = std::fs::read(folder.join("03-mapping.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(&text[..]);
    let mut codes = BTreeSet::new();
    let mut places = 0;
    for row in reader.records() {
        let row = row.unwrap();
        codes.insert(format!("{}:{}", &row[0], &row[1]));
        let Some((path, anchor)) =
            (!row[12].is_empty()).then(|| row[12].split_once('#').unwrap_or((&row[12], "")))
        else {
            continue;
        };
        let page = std::fs::read_to_string(folder.join(path))
            .unwrap_or_else(|_| panic!("{path} is missing"));
        assert!(
            anchor.is_empty() || page.contains(&format!("id=\"{anchor}\"")),
            "{path}#{anchor}"
        );
        places += 1;
    }
    let manifest: Value =
        serde_json::from_slice(&std::fs::read(folder.join("manifest.json")).unwrap()).unwrap();
    let of = manifest["standards"].as_array().unwrap().iter();
    let of: u64 = of
        .map(|standard| standard["of"].as_u64().unwrap() + standard["waived"].as_u64().unwrap())
        .sum();
    assert_eq!(codes.len() as u64, of, "every code has a line");
    assert!(places > 100, "{places}");
    let annex = std::fs::read_to_string(folder.join("03-mapping.html")).unwrap();
    assert_eq!(annex.matches("01-site/entries/").count(), places);
    let chain = &manifest["decision_chain"];
    assert!(chain["head"].as_str().unwrap().starts_with("sha256:"));
    for file in chain["files"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|file| file["path"].as_str())
    {
        assert!(folder.join(file).is_file(), "{file}");
    }
    for file in manifest["evidence"].as_array().unwrap() {
        assert!(
            folder.join(file["path"].as_str().unwrap()).is_file(),
            "{file}"
        );
    }
}

fn names_are_portable(files: &[(PathBuf, Vec<u8>)]) {
    let mut folded = BTreeSet::new();
    for (path, _) in files {
        let name = path.to_string_lossy().into_owned();
        assert!(name.len() < 160, "{name}");
        assert!(
            folded.insert(name.to_lowercase()),
            "{name} differs from another in case alone"
        );
        for part in path.iter().map(std::ffi::OsStr::to_string_lossy) {
            assert!(
                part.chars()
                    .all(|sign| sign.is_ascii_alphanumeric() || "-_.".contains(sign)),
                "{part}"
            );
            assert!(
                !ksbfolio::text::is_device(&part) && !part.ends_with('.'),
                "{part}"
            );
        }
    }
}

fn nothing_private_is_in(sandbox: &Workspace, files: &[(PathBuf, Vec<u8>)]) {
    let mut looked_at = (0, 0);
    for (source, bytes) in tree(&sandbox.path().join("portfolio/entries")) {
        let text = String::from_utf8(bytes).unwrap();
        let line = |key: &str| {
            text.lines()
                .find_map(|line| line.strip_prefix(key))
                .map(|rest| rest.trim_matches('"'))
        };
        let hidden = text.contains("\nstatus: draft") || text.contains("\nvisibility: private");
        let own = format!("{}.html", source.file_stem().unwrap().to_string_lossy());
        for (path, bytes) in files {
            let shown = String::from_utf8_lossy(bytes);
            assert!(!shown.contains("event_date"), "{}", path.display());
            if hidden {
                assert!(
                    !shown.contains(line("title: ").unwrap()),
                    "{own} is mentioned in {}",
                    path.display()
                );
                looked_at.0 += 1;
            }
            let day = line("event_date: ").filter(|day| line("date: ") != Some(day));
            if let Some(day) = day.filter(|_| path.file_name().is_some_and(|name| *name == *own)) {
                assert!(!shown.contains(day), "{}", path.display());
                looked_at.1 += 1;
            }
        }
    }
    assert!(looked_at.0 > 0 && looked_at.1 > 0, "{looked_at:?}");
    for (path, bytes) in files {
        let meta = [&b"Exif"[..], b"GPS", b"<x:xmpmeta"];
        let picture = path
            .extension()
            .is_some_and(|ending| ending == "jpg" || ending == "png");
        assert!(
            !picture
                || !meta
                    .iter()
                    .any(|mark| bytes.windows(mark.len()).any(|part| part == *mark))
        );
        assert!(!path.to_string_lossy().contains("consents"));
    }
}

#[test]
fn the_same_portfolio_gives_the_same_bytes_here_and_elsewhere_and_again() {
    let (here, there) = (Sandbox::sample(), Sandbox::sample());
    for sandbox in [&here, &there, &there] {
        sandbox.run(&["gateway", "--pack", "out", "--anyway"]);
    }
    assert_eq!(
        tree(&here.path().join("out")),
        tree(&there.path().join("out"))
    );
}

#[test]
fn excluded_evidence_types_are_left_out_and_listed_in_the_annex() {
    let sandbox = ready().file(
        "portfolio/entries/two.md",
        entry("ksbs: [{K1: a}]\nanonymised: true\n")
            .replace("type: product", "type: reflection")
            .replace("title: A", "title: Thoughts"),
    );
    confirm(&sandbox, "two");
    let run = sandbox.run(&["gateway", "--pack", "p"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let annex = sandbox.read("p/L-1/03-mapping.html");
    assert!(
        annex.contains("does not take the type “Reflection”") && annex.contains("Thoughts"),
        "{annex}"
    );
    assert!(
        !sandbox
            .path()
            .join("p/L-1/01-site/entries/two.html")
            .exists()
    );
    assert!(
        sandbox
            .path()
            .join("p/L-1/01-site/entries/one.html")
            .exists()
    );
    let manifest: Value = serde_json::from_str(&sandbox.read("p/L-1/manifest.json")).unwrap();
    assert_eq!(manifest["left_out"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&manifest["draft"], &manifest["readiness"]),
        (&false.into(), &"ready".into())
    );
    assert!(
        sandbox
            .read("p/L-1/README.txt")
            .starts_with("EVIDENCE FOR THE GATEWAY\n")
    );
}

#[test]
fn names_of_evidence_are_portable_and_a_picture_without_consent_is_left_out() {
    let mut attachments = String::new();
    let sandbox = ready();
    let png = std::fs::read(repository().join("portfolio/evidence/observation-chart.png")).unwrap();
    for name in [
        "CON.png",
        "con.PNG",
        "Überblick wund.png",
        "日本.png",
        &format!("{}.png", "x".repeat(120)),
        "no.png",
    ] {
        sandbox.write(&format!("portfolio/evidence/{name}"), &png);
        let consent = if name == "no.png" {
            ", consent: CON-1"
        } else {
            ", shows: nobody"
        };
        writeln!(
            attachments,
            "  - {{ file: \"evidence/{name}\", alt: A chart{consent} }}"
        )
        .unwrap();
    }
    sandbox.write(
        "portfolio/consents.yaml",
        "version: 1\nconsents: [{ id: CON-1, date: 2026-01-01, take: true, share: [teaching] }]\n",
    );
    let text = sandbox.read("portfolio/entries/one.md");
    sandbox.write(
        "portfolio/entries/one.md",
        text.replacen("ksbs:", &format!("attachments:\n{attachments}ksbs:"), 1),
    );
    let run = sandbox.run(&["gateway", "--pack", "p"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let files = tree(&sandbox.path().join("p/L-1"));
    names_are_portable(&files);
    let evidence = files
        .iter()
        .filter(|(path, _)| path.starts_with("04-evidence"))
        .count();
    assert_eq!(evidence, 5);
    assert!(
        sandbox
            .read("p/L-1/03-mapping.html")
            .contains("no valid consent")
    );
}

#[test]
fn a_decision_file_with_identifiers_or_foreign_entries_is_packed_as_a_digest_only() {
    let sandbox = ready().file(
        "portfolio/entries/mine.md",
        entry("visibility: private\nksbs: [{K1: a}]\n"),
    );
    let decision = |entry: &str, feedback: &str| {
        format!(
            "version: 1\nassessor: {{ id: AS-1, role: assessor }}\ndate: 2026-11-19\ndecisions:\n  \
             - {{ entry: {entry}, attempt: 1, claims: {{ K1: accepted }}, feedback: \"{feedback}\" }}\n"
        )
    };
    for (entry, feedback) in [
        ("one", "I read her NHS number, 999 891 0277, to the lab."),
        ("mine", "Fine."),
    ] {
        sandbox.write("portfolio/decisions/a.yaml", decision(entry, feedback));
        sandbox.run(&["gateway", "--pack", "p", "--anyway"]);
        let manifest: Value = serde_json::from_str(&sandbox.read("p/L-1/manifest.json")).unwrap();
        let file = &manifest["decision_chain"]["files"][0];
        assert!(
            file["path"].is_null() && file["digest"].as_str().unwrap().starts_with("sha256:"),
            "{file}"
        );
        assert_eq!(manifest["decision_chain"]["head"], file["digest"]);
        let files = tree(&sandbox.path().join("p/L-1"));
        assert!(
            !files
                .iter()
                .any(|(path, _)| path.starts_with("05-decisions")),
            "{entry}"
        );
    }
    // Decision files are packed byte for byte with their signature, which covers exactly these
    // bytes.
    let text = format!("\u{feff}{}", decision("one", "Fine.").replace('\n', "\r\n"));
    sandbox.write("portfolio/decisions/a.yaml", &text);
    sandbox.write("portfolio/decisions/a.yaml.sig", "a signature\r\n");
    sandbox.run(&["gateway", "--pack", "p", "--anyway"]);
    assert_eq!(sandbox.read("p/L-1/05-decisions/001-2026-11-19.yaml"), text);
    assert_eq!(
        sandbox.read("p/L-1/05-decisions/001-2026-11-19.yaml.sig"),
        "a signature\r\n"
    );
    let sums = sandbox.read("p/L-1/SHA256SUMS");
    assert!(
        sums.contains("05-decisions/001-2026-11-19.yaml.sig"),
        "{sums}"
    );
}

#[test]
fn a_folder_with_foreign_files_is_refused_and_a_renewed_pack_has_no_leftovers() {
    let sandbox = ready().file("out/mine.txt", "mine");
    let run = sandbox.run(&["gateway", "--pack", "out"]);
    assert!(
        run.code == 2 && run.err.contains("not the program's own"),
        "{}",
        run.err
    );
    assert_eq!(sandbox.read("out/mine.txt"), "mine");
    for folder in ["portfolio", "portfolio/evidence", "."] {
        assert_eq!(
            sandbox.run(&["gateway", "--pack", folder]).code,
            2,
            "{folder}"
        );
    }
    sandbox.run(&["gateway", "--pack", "p"]);
    std::fs::rename(
        sandbox.path().join("portfolio/entries/one.md"),
        sandbox.path().join("portfolio/entries/other.md"),
    )
    .unwrap();
    assert_eq!(sandbox.run(&["gateway", "--pack", "p"]).code, 0);
    assert!(
        !sandbox
            .path()
            .join("p/L-1/01-site/entries/one.html")
            .exists()
    );
    tool(
        "sha256sum",
        &["-c", "--quiet", "SHA256SUMS"],
        &sandbox.path().join("p/L-1"),
    );
}

#[test]
fn an_interrupted_pack_has_complete_files_and_the_next_run_repairs_it() {
    let sandbox = Sandbox::sample();
    sandbox.run(&["gateway", "--pack", "clean", "--anyway"]);
    let whole = tree(&sandbox.path().join("clean"));
    for moment in 0..8 {
        let mut pack = Command::new(env!("CARGO_BIN_EXE_ksbfolio"))
            .args([
                "gateway",
                "--pack",
                "out",
                "--anyway",
                "--as-of",
                "2026-11-21",
            ])
            .current_dir(sandbox.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(200 + moment * 200));
        let _ = pack.kill();
        pack.wait().unwrap();
        let output = sandbox.path().join("out");
        for (path, bytes) in output.is_dir().then(|| tree(&output)).into_iter().flatten() {
            let own = path.to_string_lossy().contains(".ksbfolio");
            let known = whole.iter().find(|(known, _)| *known == path);
            assert!(
                own || known.is_some_and(|(_, whole)| *whole == bytes),
                "{} is torn",
                path.display()
            );
        }
    }
    sandbox.run(&["gateway", "--pack", "out", "--anyway"]);
    assert_eq!(tree(&sandbox.path().join("out")), whole);
}

#[test]
fn the_page_has_the_same_checklist_and_the_public_site_has_none() {
    let sandbox = ready();
    let page = sandbox.page("gateway.html");
    for id in states(&sandbox).keys() {
        assert!(page.contains(&format!("Ask {id}")), "{id}");
    }
    for (path, bytes) in sandbox.site("public") {
        assert_ne!(path, "gateway.html");
        assert!(
            !String::from_utf8_lossy(&bytes).contains("gateway.html"),
            "{path}"
        );
    }
}
