//! Privacy guards fail closed: rules that cannot be switched off, searches that only a person can
//! confirm, and the limits of a public site.

use image::ImageFormat;
use serde_json::Value;

use crate::support::files::picture;
use crate::support::{SETTINGS, Sandbox, Workspace, entry, repository, tree};

/// The rule of every finding.
fn rules(sandbox: &Workspace) -> Vec<String> {
    let found = sandbox.findings();
    found
        .iter()
        .map(|finding| finding["rule"].as_str().unwrap().to_owned())
        .collect()
}

/// A standard whose only gateway item is privacy.
const ASKING: &str = "\
version: 1
id: tiny
title: Tiny
official: false
kinds: [{ id: knowledge, title: Knowledge, prefix: K }]
criteria: [{ code: K1, kind: knowledge, text: One }]
gateway:
  - { id: privacy, asks: Nobody can be recognised, check: privacy, source: a test }
";

fn asking(entry: &str) -> Sandbox {
    Sandbox::tiny()
        .file("standards/tiny.yaml", ASKING)
        .file("portfolio/entries/one.md", entry)
}

fn privacy(sandbox: &Workspace) -> (String, String) {
    let checklist = sandbox.gateway();
    let item = checklist["standards"][0]["items"][0].clone();
    let word = |key: &str| item[key].as_str().unwrap_or_default().to_owned();
    (word("state"), word("why"))
}

fn messages(sandbox: &Workspace, rule: &str) -> String {
    let found = sandbox.check();
    let of_rule = found["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["rule"] == rule);
    of_rule
        .filter_map(|one: &Value| one["message"].as_str())
        .collect::<Vec<_>>()
        .join("\n")
}

const NAMED: &str = "Mrs Oakapple rang me on 07700 900123.";

fn named(front: &str) -> String {
    entry(&format!("ksbs: [K1]\n{front}")).replace("Words of its own.", NAMED)
}

#[test]
fn guarding_rules_cannot_be_switched_off_and_the_gateway_ignores_levels() {
    let sandbox = asking(&named(""));
    for level in ["off", "note"] {
        let levels = format!("levels: {{ phone-number: {level}, personal-name: {level} }}\n");
        sandbox.write("portfolio/portfolio.yaml", format!("{SETTINGS}{levels}"));
        let found = rules(&sandbox);
        for rule in ["phone-number", "personal-name"] {
            assert!(found.iter().any(|one| one == rule), "{level}: {found:?}");
        }
        assert_eq!(
            found.iter().any(|one| one == "unknown-reference"),
            level == "off",
            "{found:?}"
        );
        assert_eq!(privacy(&sandbox).0, "not-met", "{level}");
        assert!(
            !sandbox.site("assessor").contains_key("entries/one.html"),
            "{level}"
        );
    }
    let off = sandbox.check();
    assert_eq!(
        off["exit_code"], 0,
        "as notes they are found and fail nothing: {off}"
    );
}

#[test]
fn an_answer_to_a_guarding_rule_names_its_words() {
    let blanket =
        "check: [{ ignore: personal-name, reason: no }, { ignore: phone-number, reason: no }]\n";
    let sandbox = asking(&named(blanket));
    let found = rules(&sandbox);
    for rule in ["phone-number", "personal-name", "unused-suppression"] {
        assert!(found.iter().any(|one| one == rule), "{found:?}");
    }
    assert!(messages(&sandbox, "unused-suppression").contains("needs the words"));
    assert_eq!(privacy(&sandbox).0, "not-met");
    assert!(!sandbox.site("assessor").contains_key("entries/one.html"));

    let worded = "check: [{ ignore: personal-name, words: Mrs Oakapple, reason: a character in the leaflet }]\n";
    sandbox.write("portfolio/entries/one.md", named(worded));
    let found = rules(&sandbox);
    assert!(
        !found
            .iter()
            .any(|one| one == "personal-name" || one == "unused-suppression"),
        "{found:?}"
    );
    assert!(
        found.iter().any(|one| one == "phone-number"),
        "the other rule is not answered: {found:?}"
    );

    let elsewhere = "check: [{ ignore: personal-name, words: Mr Tern, reason: another }]\n";
    sandbox.write("portfolio/entries/one.md", named(elsewhere));
    assert!(rules(&sandbox).iter().any(|one| one == "personal-name"));

    let chain = "check: [{ ignore: open-referral, reason: no }]\n";
    sandbox.write(
        "portfolio/entries/one.md",
        entry(&format!("ksbs: [K1]\n{chain}")),
    );
    assert!(messages(&sandbox, "unused-suppression").contains("no answer silences it"));
}

/// A nickname that is a word, and a number with one wrong digit.
const UNFOUND: &str = "I sat with our Smiley and read 943 476 5918 off the band.";

fn digest(sandbox: &Workspace) -> String {
    let explained = sandbox.explain_entry("one");
    let digest = explained
        .lines()
        .find_map(|line| line.trim().strip_prefix("digest "));
    digest.unwrap_or_else(|| panic!("{explained}")).to_owned()
}

#[test]
fn a_search_that_finds_nothing_is_to_be_confirmed_by_a_person_wherever_it_is_mentioned() {
    let text = entry("ksbs: [K1]\n").replace("Words of its own.", UNFOUND);
    let sandbox = asking(&text);
    let words = "Nothing found by the search; to be confirmed by a person";
    let (state, why) = privacy(&sandbox);
    assert!(
        state == "to-confirm" && why.starts_with(words),
        "{state}: {why}"
    );
    for format in ["text", "markdown"] {
        let run = sandbox.run(&["gateway", "--format", format]);
        assert!(
            run.code == 0 && run.out.contains(words) && run.out.contains("to confirm"),
            "{}",
            run.out
        );
    }
    assert_eq!(sandbox.run(&["gateway", "--fail-on", "unknown"]).code, 1);
    assert_eq!(sandbox.run(&["gateway", "--pack", "p"]).code, 0);
    let manifest: Value = serde_json::from_str(&sandbox.read("p/L-1/manifest.json")).unwrap();
    assert_eq!(
        (&manifest["readiness"], &manifest["people"]["state"]),
        (&"to-confirm".into(), &"to-confirm".into())
    );
    sandbox.run(&["build"]);
    for page in [
        "p/L-1/README.txt",
        "p/L-1/manifest.json",
        "output/gateway.html",
        "output/data-protection.html",
    ] {
        assert!(sandbox.read(page).contains(words), "{page}");
    }
}

#[test]
fn a_reading_lapses_when_the_entry_changes() {
    let text = entry("ksbs: [K1]\n");
    let sandbox = asking(&text);
    let (by, stamp) = ("by: L-1", digest(&sandbox));
    let read = |by: &str, on: &str, digest: &str| {
        let line = format!("read: {{ {by}, on: {on}, digest: \"{digest}\" }}\n");
        sandbox.write(
            "portfolio/entries/one.md",
            text.replacen("ksbs:", &format!("{line}ksbs:"), 1),
        );
        privacy(&sandbox).0
    };
    assert_eq!(read(by, "2026-11-20", &stamp), "met");
    assert_eq!(
        digest(&sandbox),
        stamp,
        "the reading is no part of what is read"
    );
    assert_eq!(
        rules(&sandbox)
            .iter()
            .filter(|rule| *rule != "uncovered-criterion")
            .count(),
        1,
        "justification"
    );
    assert_eq!(
        read(by, "2026-11-22", &stamp),
        "to-confirm",
        "a reading of tomorrow"
    );
    assert_eq!(
        read(by, "20 November", &stamp),
        "to-confirm",
        "no day that can be read"
    );
    assert_eq!(
        read(by, "2026-11-20", &format!("sha256:{}", "0".repeat(64))),
        "to-confirm"
    );
    assert_eq!(
        read("bye: L-1", "2026-11-20", &stamp),
        "to-confirm",
        "no reader is named"
    );
    assert_eq!(read(by, "2026-11-20", &stamp), "met");
    let changed = sandbox
        .read("portfolio/entries/one.md")
        .replace("Words", "Other words");
    sandbox.write("portfolio/entries/one.md", changed);
    assert_eq!(privacy(&sandbox).0, "to-confirm");
}

#[test]
fn statements_about_people_do_not_change_the_digest() {
    let front = |shows: &str, words: &str| {
        format!(
            "attachments:\n  - {{ file: evidence/a.png{shows}, alt: A }}\ncheck:\n  - ignore: initials\n{words}    reason: r\nksbs: [K1]\n"
        )
    };
    let sandbox = asking(&entry(&front("", "")));
    let before = digest(&sandbox);
    sandbox.write(
        "portfolio/entries/one.md",
        entry(&front(", shows: nobody", "    words: JB\n")),
    );
    assert_eq!(digest(&sandbox), before);
}

/// A portfolio with a unique word in every field that must stay private.
fn with_canaries(site: &str, public: &str) -> Sandbox {
    let settings = format!(
        "version: 1\ntitle: T\nlearner: {{ id: canary-learner, name: canary-name, employer: canary-employer, cohort: canary-cohort }}\n\
         standards: [tiny]\nstart: 2026-01-01\nplanned_end: 2026-12-31\n{site}\
         waivers: [{{ code: K2, kind: canary-kind, reason: canary-waiver, by: canary-agreed, date: 2026-01-10 }}]\n\
         scope: {{ tiny: {{ leave_out: [{{ code: K10, reason: canary-scope }}] }} }}\n\
         off_the_job: {{ required_hours: 77131 }}\n\
         reviews: [{{ date: 2026-02-02, with: [canary-reviewer] }}]\n\
         gateway: {{ english: canary-english }}\n\
         declarations: [{{ kind: authenticity, by: canary-declared, date: 2026-11-01 }}]\n"
    );
    let titled =
        |title: &str, keys: &str| entry(keys).replace("title: A", &format!("title: {title}"));
    let actions =
        "actions: [{ what: canary-action, by: 2026-03-01 }]\nhours: 77132\noff_the_job: true\n";
    let decisions = "version: 1\nassessor: { id: canary-assessor, role: assessor }\ndate: 2026-11-19\ndecisions:\n  \
         - { entry: shown, attempt: 1, claims: { K1: referred }, feedback: canary-feedback }\n  \
         - { entry: unshown, attempt: 1, claims: { B1: accepted }, feedback: canary-praise }\n";
    Sandbox::tiny()
        .file("portfolio/portfolio.yaml", settings)
        .file("portfolio/decisions/canary-file.yaml", decisions)
        .file(
            "portfolio/consents.yaml",
            "version: 1\nconsents: [{ id: canary-consent, date: 2026-01-01, take: true, share: [portfolio] }]\n",
        )
        .file(
            "portfolio/entries/shown.md",
            titled("Shown", &format!("ksbs: [{{K1: why}}]\nvisibility: {public}\n{actions}")),
        )
        .file("portfolio/entries/unshown.md", titled("canary-unshown", "ksbs: [{B1: canary-why}]\n"))
        .file(
            "portfolio/entries/draft.md",
            titled("canary-draft", "ksbs: [{B1: a}]\nstatus: draft\nvisibility: public\n"),
        )
        .file(
            "portfolio/entries/private.md",
            titled("canary-private", "ksbs: [{B1: a}]\nvisibility: private\n"),
        )
}

/// The paths and contents of a public site without theme files, as one text.
fn public_site(sandbox: &Workspace) -> (Vec<String>, String) {
    sandbox.build("public", "public");
    let files = tree(&sandbox.path().join("public")).into_iter();
    let own = files.filter(|(path, _)| {
        let path = path.to_string_lossy();
        !path.ends_with(".css")
            && !path.ends_with("filter.js")
            && !path.ends_with("icon.svg")
            && !path.starts_with("assets/dec")
            && !path.starts_with("assets/search.js")
            && !path.starts_with("assets/search-index.js")
    });
    let own: Vec<_> = own.collect();
    let paths = own
        .iter()
        .map(|(path, _)| path.to_string_lossy().into_owned())
        .collect();
    let texts = own
        .iter()
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
    (paths, texts.collect::<Vec<_>>().join("\n"))
}

/// Asserts that every link of a page resolves to a file of the site.
fn links_lead_somewhere(sandbox: &Workspace) {
    for (path, bytes) in tree(&sandbox.path().join("public")) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let hrefs = text
            .split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next());
        for href in hrefs.filter(|href| {
            path.extension().is_some_and(|e| e == "html") && !href.starts_with("http")
        }) {
            let target = href.split('#').next().unwrap();
            let there = sandbox
                .path()
                .join("public")
                .join(path.parent().unwrap())
                .join(target);
            assert!(
                target.is_empty() || there.is_file(),
                "{} leads to {href}",
                path.display()
            );
        }
    }
}

#[test]
fn a_public_site_shows_public_entries_and_their_passages_alone() {
    let sandbox = with_canaries("", "public");
    let (paths, text) = public_site(&sandbox);
    for word in [
        "canary",
        "77131",
        "77132",
        "referred",
        "accepted",
        "evidenced",
        "overdue",
        "behind",
        "waive",
        "2026-02-02",
    ] {
        assert!(!text.to_lowercase().contains(word), "{word} is public");
    }
    assert!(text.contains("Shown") && text.contains("Words of its own") && text.contains("why"));
    for path in [
        "data/coverage.json",
        "gaps.html",
        "decisions.html",
        "waivers.html",
        "matrix/tiny.html",
        "pack.html",
        "criteria/tiny/B1.html",
        "hours.html",
    ] {
        assert!(!paths.iter().any(|one| one == path), "{path}");
    }
    assert!(
        paths.iter().any(|path| path == "criteria/tiny/K1.html") && paths.len() < 20,
        "{paths:?}"
    );
    links_lead_somewhere(&sandbox);
    let pack = sandbox.run(&["pack", "--audience", "public"]).out;
    let pack = pack.split("</style>").last().unwrap();
    for word in ["canary", "77132", "accepted", "evidenced."] {
        assert!(!pack.contains(word), "{word} is in the pack");
    }
    assert!(
        sandbox.page("decisions.html").contains("canary-feedback"),
        "assessors see it"
    );
}

#[test]
fn a_site_without_public_entries_is_one_page_and_a_warning() {
    let sandbox = with_canaries("", "assessor");
    let (paths, text) = public_site(&sandbox);
    let pages: Vec<&String> = paths.iter().filter(|path| !path.starts_with('.')).collect();
    assert_eq!(pages, ["index.html"]);
    assert!(
        text.contains("Nothing in this portfolio is public.") && !text.contains("canary"),
        "{text}"
    );
    links_lead_somewhere(&sandbox);
    let again = sandbox.run(&["build", "--audience", "public"]);
    assert!(
        again.err.contains("Warning: nothing is public."),
        "{}",
        again.err
    );
}

#[test]
fn a_public_site_shows_more_only_by_readable_site_keys() {
    let shared = |site: &str| {
        let sandbox = with_canaries(&format!("site: {{ {site} }}\n"), "public");
        let (_, text) = public_site(&sandbox);
        links_lead_somewhere(&sandbox);
        let page = std::fs::read_to_string(sandbox.path().join("public/criteria/tiny/B1.html"));
        let states = page.is_ok_and(|page| page.contains("evidenced"));
        assert_eq!(states, text.contains("\"why\":"), "{site}");
        assert!(
            !text.contains("canary-private")
                && !text.contains("canary-draft")
                && !text.contains("canary-unshown")
        );
        (
            states,
            text.contains("canary-feedback") && text.contains("canary-assessor"),
            text.contains("canary-waiver"),
        )
    };
    assert_eq!(shared("states: public"), (true, false, false));
    assert_eq!(shared("feedback: public"), (false, true, false));
    assert_eq!(
        shared("states: public, feedback: public"),
        (true, true, true)
    );
    assert_eq!(
        shared("states: private, feedback: private"),
        (false, false, false)
    );
    assert_eq!(
        shared("states: pubic, feedback: true"),
        (false, false, false)
    );
    assert_eq!(
        shared("state: public, Feedbak: public"),
        (false, false, false)
    );
}

#[test]
fn a_picture_is_public_with_a_publication_consent_or_a_statement_that_it_shows_no_person() {
    let register = "version: 1\nconsents:\n  - { id: PUB, date: 2026-01-01, take: true, share: [portfolio, publication] }\n  \
                    - { id: POR, date: 2026-01-01, take: true, share: [portfolio] }\n";
    // Attachment keys; shown in public; shown to an assessor; number of findings; gateway state.
    let scenarios = [
        ("", false, true, 1, "not-met"),
        (", shows: nobody", true, true, 0, "to-confirm"),
        (", shows: noone", false, true, 1, "not-met"),
        (", shows: [nobody]", false, true, 1, "not-met"),
        (", shws: nobody", false, false, 1, "not-met"),
        (", consent: PUB", true, true, 0, "to-confirm"),
        (", consent: POR", false, true, 0, "to-confirm"),
        (
            ", consent: POR, shows: nobody",
            false,
            true,
            0,
            "to-confirm",
        ),
        (
            ", consent: GONE, shows: nobody",
            false,
            false,
            0,
            "to-confirm",
        ),
    ];
    for (says, public, assessor, findings, gateway) in scenarios {
        let text = entry(&format!(
            "ksbs: [{{K1: why}}]\nvisibility: public\nattachments: [{{ file: evidence/p.png, alt: P{says} }}]\n"
        ));
        let sandbox = asking(&text)
            .file("portfolio/evidence/p.png", picture(ImageFormat::Png))
            .file("portfolio/consents.yaml", register);
        let shown = |audience: &str| {
            sandbox
                .site(audience)
                .keys()
                .any(|path| path.starts_with("assets/pictures"))
        };
        assert_eq!(
            (shown("public"), shown("assessor")),
            (public, assessor),
            "{says}"
        );
        let found = rules(&sandbox)
            .iter()
            .filter(|rule| *rule == "no-valid-consent")
            .count();
        assert_eq!(found, findings, "{says}");
        assert_eq!(privacy(&sandbox).0, gateway, "{says}");
    }
}

/// Secrets in portfolio-wide files and decisions, each in one place.
const OUTSIDE: [&str; 9] = [
    "Oakapple",
    "943 476 5919",
    "07700 900123",
    "fern@example.org",
    "Larkspur",
    "QX4 7TB",
    "900456",
    "020 7946",
    "Marchbank",
];

#[test]
fn settings_sampling_and_decisions_are_read_like_an_entry_and_nothing_found_is_shown() {
    let settings = "version: 1\ntitle: \"Work with Mrs\\x20Oakapple\"\nlearner: { id: L-1, name: Rowan Fern, cohort: c }\n\
        standards: [tiny]\nstart: 2026-01-01\nplanned_end: 2026-12-31\n\
        waivers: [{ code: K2, kind: prior-learning, reason: \"NHS number 943 476 5919\", by: fern@example.org, date: 2026-01-10 }]\n\
        scope: { tiny: { leave_out: [{ code: K10, reason: \"rang 07700\n  900123 about it\" }] } }\n\
        reviews: [{ date: 2026-02-02, with: [employer, \"Mr Larkspur\"] }]\n\
        gateway: { english: \"seen at QX4 7TB\" }\n\
        declarations: [{ kind: authenticity, by: L-1, date: 2026-11-01 }]\n# or ring 07700 900456\n";
    let sampling =
        "version: 1\nassessors: [{ id: AS-1, percent: { all: 50 }, reason: ring 020 7946 0182 }]\n";
    let decisions = "version: 1\nassessor: { id: Mr Odell Marchbank, role: assessor }\ndate: 2026-11-19\ndecisions:\n  \
         - { entry: one, attempt: 1, claims: { K1: referred }, feedback: \"Well done, Mrs\\x20Oakapple says\" }\n";
    let sandbox = Sandbox::tiny()
        .file("standards/tiny.yaml", ASKING.replace("K1, kind: knowledge, text: One }", "K1, kind: knowledge, text: One }, { code: K2, kind: knowledge, text: Two }, { code: K10, kind: knowledge, text: Ten }"))
        .file("portfolio/portfolio.yaml", settings)
        .file("portfolio/sampling.yaml", sampling)
        .file("portfolio/decisions/a.yaml", decisions)
        .file("portfolio/entries/one.md", entry("ksbs: [{K1: why}]\nvisibility: public\n"));
    let found = sandbox.check();
    let places: Vec<(String, String)> = found["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["file"].as_str().unwrap().to_owned(),
                one["rule"].as_str().unwrap().to_owned(),
            )
        })
        .collect();
    for (file, rule) in [
        ("portfolio.yaml", "nhs-number"),
        ("portfolio.yaml", "email-address"),
        ("portfolio.yaml", "phone-number"),
        ("portfolio.yaml", "personal-name"),
        ("portfolio.yaml", "postcode"),
        ("sampling.yaml", "phone-number"),
    ] {
        let there = places
            .iter()
            .any(|one| one.0 == format!("portfolio/{file}") && one.1 == rule);
        assert!(there, "{rule} in {file}: {places:?}");
    }
    assert!(
        !places
            .iter()
            .any(|(file, rule)| file.ends_with("portfolio.yaml") && rule == "event-date"),
        "{places:?}"
    );
    assert_eq!(privacy(&sandbox).0, "not-met");
    let mut outputs = Vec::new();
    for format in [
        "text", "concise", "json", "sarif", "junit", "github", "gitlab", "markdown",
    ] {
        outputs.push(sandbox.run(&["check", "--format", format]));
    }
    for command in [
        &["explain", "K1"][..],
        &["explain", "entry:one"],
        &["gateway"],
        &["sample"],
        &["decisions", "verify"],
        &["hours"],
        &["review"],
        &["coverage"],
        &["pack"],
        &["gateway", "--pack", "p", "--anyway"],
    ] {
        outputs.push(sandbox.run(command));
    }
    for audience in ["public", "assessor", "private"] {
        sandbox.run(&["build", "--audience", audience, "--output", audience]);
    }
    sandbox.run(&["check", "--baseline", "b/base.json", "--update-baseline"]);
    for secret in OUTSIDE {
        for run in &outputs {
            assert!(
                !run.out.contains(secret) && !run.err.contains(secret),
                "{secret}: {}{}",
                run.out,
                run.err
            );
        }
        for folder in ["public", "assessor", "private", "p"] {
            for (path, bytes) in tree(&sandbox.path().join(folder)) {
                assert!(
                    !String::from_utf8_lossy(&bytes).contains(secret),
                    "{folder}/{}: {secret}",
                    path.display()
                );
            }
        }
    }
    assert!(
        sandbox.read("assessor/index.html").contains("Rowan Fern"),
        "the learner's own name is asked for"
    );
}

#[test]
fn an_identifier_in_the_name_of_a_file_or_folder_is_shown_in_no_format() {
    let picture = picture(ImageFormat::Png);
    let attached = "attachments: [{ file: \"evidence/nhs-999 891 0277.png\", alt: A, shows: nobody }]\nid: chart\n";
    let sandbox = asking(&entry("ksbs: [{K1: why}]\n"))
        .file("portfolio/entries/943-476-5919.md", "---\ndate: 2026-11-14\ntype: product\nksbs: [{K9: why}]\nactons: x\n---\n\nWords of [its](gone.md) own.\n")
        .file("portfolio/entries/Mrs Oakapple/two.md", entry("ksbs: [{K1: why}]\nid: two\nhours: many\n"))
        .file("portfolio/entries/943 476 5919 broken.md", b"---\ntitle: \xff\n")
        .file("portfolio/entries/three.md", entry(&format!("ksbs: [{{K1: why}}]\n{attached}")))
        .file("portfolio/evidence/nhs-999 891 0277.png", &picture)
        .file("portfolio/evidence/07700 900123.jpg", "no picture")
        .file("portfolio/decisions/fern@example.org.yaml", "version: 1\nassessor: { id: AS-1, role: assessor }\n");
    let found = sandbox.findings();
    let named = found.iter();
    let named = named.filter(|one| {
        one["message"]
            .as_str()
            .unwrap()
            .starts_with("the name of this file holds")
    });
    let rules: Vec<&str> = named.map(|one| one["rule"].as_str().unwrap()).collect();
    for rule in [
        "nhs-number",
        "personal-name",
        "phone-number",
        "email-address",
    ] {
        assert!(rules.contains(&rule), "{rule}: {rules:?}");
    }
    let mut outputs = Vec::new();
    for format in [
        "text", "concise", "json", "sarif", "junit", "github", "gitlab", "markdown",
    ] {
        outputs.push(sandbox.run(&["check", "--format", format]));
    }
    for command in [
        &["check", "--diff"][..],
        &["coverage", "--format", "json"],
        &["explain", "K1"],
        &["explain", "entry:943-476-5919"],
        &["explain", "entry:two"],
        &["gateway", "--format", "json"],
        &["decisions", "verify"],
        &["gateway", "--pack", "p", "--anyway"],
        &["hours"],
        &["completions", "bash"],
    ] {
        outputs.push(sandbox.run(command));
    }
    sandbox.run(&[
        "check",
        "--baseline",
        "base.json",
        "--update-baseline",
        "--accept",
        "unknown-key",
    ]);
    for audience in ["public", "assessor", "private"] {
        outputs.push(sandbox.run(&["build", "--audience", audience, "--output", audience]));
    }
    for secret in [
        "943-476",
        "943 476",
        "Oakapple",
        "891 0277",
        "891-0277",
        "900123",
        "fern@example",
    ] {
        for run in &outputs {
            assert!(
                !run.out.contains(secret) && !run.err.contains(secret),
                "{secret}: {}{}",
                run.out,
                run.err
            );
        }
        assert!(!sandbox.read("base.json").contains(secret), "{secret}");
        for folder in ["public", "assessor", "private", "p"] {
            for (path, bytes) in tree(&sandbox.path().join(folder)) {
                let text = String::from_utf8_lossy(&bytes);
                assert!(
                    !text.contains(secret) && !path.to_string_lossy().contains(secret),
                    "{folder}/{}: {secret}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn a_standard_that_replaces_an_official_one_is_named_and_never_official() {
    let official = std::fs::read_to_string(repository().join("standards/st0215.yaml")).unwrap();
    let settings = SETTINGS.replace("[tiny]", "[st0215]");
    let portfolio = |standard: &str| {
        Sandbox::empty()
            .file("portfolio/portfolio.yaml", &settings)
            .file("portfolio/entries/one.md", entry("ksbs: [{K7: why}]\n"))
            .file("standards/st0215.yaml", standard)
    };
    let named = "replaced by this folder's own file, not official";
    let same = portfolio(&official);
    assert!(!rules(&same).iter().any(|rule| rule == "invalid-standard"));
    assert!(!same.coverage_as("text").contains(named));
    assert!(
        same.run(&["standards", "show", "st0215"])
            .out
            .contains("\n  official\n")
    );
    assert_eq!(
        same.run(&["standards", "check", "standards/st0215.yaml"])
            .code,
        0
    );

    let start = official.find("code: K7,").unwrap();
    let text = official[start..].find("text: ").unwrap() + start;
    let end = official[text..].find('\n').unwrap() + text;
    let weather = format!(
        "{}text: \"The weather\" }}{}",
        &official[..text],
        &official[end..]
    );
    let other = portfolio(&weather);
    assert!(
        rules(&other).iter().any(|rule| rule == "invalid-standard"),
        "{}",
        other.check_as("text")
    );
    assert!(
        !other
            .run(&["standards", "show", "st0215"])
            .out
            .contains("\n  official\n")
    );
    for command in [
        &["coverage"][..],
        &["gateway"],
        &["gateway", "--format", "markdown"],
        &["standards", "list"],
    ] {
        let run = other.run(command);
        assert!(
            run.out.contains(named),
            "{command:?}: {}{}",
            run.out,
            run.err
        );
    }
    other.run(&["build"]);
    other.run(&["gateway", "--pack", "p", "--anyway"]);
    other.run(&["pack", "--output", "pack.html"]);
    for page in [
        "output/index.html",
        "output/gateway.html",
        "output/standards/st0215.html",
        "p/L-1/README.txt",
        "p/L-1/02-portfolio.html",
        "pack.html",
    ] {
        let text = other
            .read(page)
            .replace("&#x27;", "'")
            .replace("&#39;", "'");
        assert!(text.contains(named), "{page}");
    }
    let own = official.replace("id: st0215", "id: mine");
    let mine = portfolio(&own).file(
        "portfolio/portfolio.yaml",
        SETTINGS.replace("[tiny]", "[mine]"),
    );
    assert!(messages(&mine, "invalid-standard").contains("has no effect"));
    assert!(
        !mine
            .run(&["standards", "show", "mine"])
            .out
            .contains("\n  official\n")
    );
}

/// The words of a text that are long enough to be found again, in runs of five.
fn runs_of_words(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(5).map(|run| run.join(" ")).collect()
}

#[test]
fn the_public_site_of_the_whole_sample_says_nothing_about_people_at_work() {
    let sandbox = Sandbox::sample();
    let project = sandbox.load();
    let portfolio = &project.portfolio;
    for entry in &portfolio.entries {
        let text = sandbox.read(entry.path.as_str());
        let shown = text.replacen("---\n", "---\nvisibility: public\n", 1);
        sandbox.write(entry.path.as_str(), shown);
    }
    let mut secrets: Vec<String> = Vec::new();
    for file in &portfolio.chain.files {
        secrets.extend(file.author.as_ref().map(|author| author.id.clone()));
    }
    for decision in portfolio.entries.iter().flat_map(|entry| &entry.decisions) {
        let feedback = decision.feedback.as_deref().unwrap_or_default();
        secrets.extend(runs_of_words(feedback));
    }
    secrets.extend(["APL claim agreed", "tutor-07", "prior-learning"].map(str::to_owned));
    assert!(secrets.len() > 100, "{}", secrets.len());
    let secret_words = [
        "referred",
        "resubmitted",
        "waived",
        "overdue",
        "behind",
        "evidenced",
        "ready to assess",
        "needs more",
        "progress review",
        "AP-2041",
    ];
    secrets.extend(secret_words.map(str::to_owned));

    let (paths, text) = public_site(&sandbox);
    assert!(
        paths
            .iter()
            .filter(|path| path.starts_with("entries/"))
            .count()
            > 20,
        "{paths:?}"
    );
    assert!(
        !paths.iter().any(|path| path.starts_with("data/")),
        "{paths:?}"
    );
    let own: String = portfolio
        .entries
        .iter()
        .map(|entry| sandbox.read(entry.path.as_str()))
        .collect();
    for secret in &secrets {
        // Words that a public entry says itself are its own.
        let is_own = own.contains(secret.as_str());
        assert!(
            is_own || !text.contains(secret.as_str()),
            "{secret} is public"
        );
    }
    let settings = sandbox.read("portfolio/portfolio.yaml");
    let shared = settings.replace("site: {", "site: { feedback: public,");
    sandbox.write("portfolio/portfolio.yaml", shared);
    let (_, text) = public_site(&sandbox);
    assert!(
        text.contains("AS-12") && !text.contains("\"why\":"),
        "decisions, and no states"
    );
}
