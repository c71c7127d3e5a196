//! The record of decisions: all reports agree, and unverifiable decisions do not count.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use ksbfolio::resolve::decision_file_digest;
use serde_json::Value;

use super::support::{SETTINGS, Sandbox, Workspace, entry, repository};

/// The JSON of every criterion, by full code.
fn criteria(coverage: &Value) -> Vec<(String, Value)> {
    let standards = coverage["standards"].as_array().unwrap().iter();
    let of = |standard: &Value| {
        let id = standard["id"].as_str().unwrap().to_owned();
        let all = standard["criteria"].as_array().unwrap().clone();
        all.into_iter()
            .map(move |one| (format!("{id}:{}", one["code"].as_str().unwrap()), one))
    };
    standards.flat_map(of).collect()
}

fn flagged(coverage: &Value, flag: &str) -> BTreeSet<String> {
    let with = |one: &Value| {
        one["flags"]
            .as_array()
            .unwrap()
            .iter()
            .any(|known| known == flag)
    };
    criteria(coverage)
        .into_iter()
        .filter(|(_, one)| with(one))
        .map(|(code, _)| code)
        .collect()
}

fn texts(list: &Value) -> BTreeSet<String> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|one| one.as_str().unwrap().to_owned())
        .collect()
}

/// Claims that the gateway lists as referred, and those of them that wait for the assessor.
fn at_the_gateway(gateway: &Value) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut referred, mut resubmitted) = (BTreeSet::new(), BTreeSet::new());
    for standard in gateway["standards"].as_array().unwrap() {
        let items = standard["items"].as_array().unwrap();
        let Some(item) = items.iter().find(|item| item["id"] == "referrals") else {
            continue;
        };
        let why = item["why"].as_str().unwrap();
        assert_eq!(
            item["state"] == "met",
            why == "No code is referred.",
            "{why}"
        );
        let Some((_, codes)) = why.split_once("not accepted since: ") else {
            continue;
        };
        for code in codes
            .trim_end_matches('.')
            .replace(", not decided yet", "")
            .split(", ")
        {
            let full = format!(
                "{}:{}",
                standard["id"].as_str().unwrap(),
                code.split(' ').next().unwrap()
            );
            let waits = code.contains("submitted again");
            if waits {
                resubmitted.insert(full)
            } else {
                referred.insert(full)
            };
        }
    }
    (referred, resubmitted)
}

/// Compares every report on claims with the coverage. Returns referred and resubmitted claims.
fn agreed(workspace: &Workspace) -> (BTreeSet<String>, BTreeSet<String>) {
    let coverage = workspace.coverage();
    let (referred, resubmitted) = (
        flagged(&coverage, "referred"),
        flagged(&coverage, "resubmitted"),
    );
    let review = workspace.review(None);
    assert_eq!(
        (texts(&review["referred"]), texts(&review["resubmitted"])),
        (referred.clone(), resubmitted.clone())
    );
    let gateway = workspace.gateway();
    assert_eq!(
        at_the_gateway(&gateway),
        (referred.clone(), resubmitted.clone())
    );
    let found = workspace.findings();
    let found = found.iter().filter(|one| one["rule"] == "open-referral");
    let found: BTreeSet<String> = found
        .map(|one| {
            one["message"]
                .as_str()
                .unwrap()
                .split(' ')
                .next()
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(
        found,
        referred
            .iter()
            .map(|code| code.rsplit(':').next().unwrap().to_owned())
            .collect()
    );

    let site = workspace.site("assessor");
    let page = |path: &str| String::from_utf8(site[path].clone()).unwrap();
    let data: Value = serde_json::from_str(&page("data/coverage.json")).unwrap();
    assert_eq!(criteria(&data), criteria(&coverage));
    let gaps = page("gaps.html");
    let sent_back = gaps
        .split("<section")
        .filter(|part| part.contains("sent-back"))
        .collect::<String>();
    let pages: Vec<String> = site
        .keys()
        .filter(|path| path.starts_with("entries/"))
        .map(|path| page(path))
        .collect();
    for (full, _) in criteria(&coverage) {
        let (standard, code) = full.split_once(':').unwrap();
        let text = page(&format!("criteria/{standard}/{code}.html"));
        let head = text
            .split_once("<h1>")
            .unwrap()
            .1
            .split_once("</h1>")
            .unwrap()
            .0;
        let flag = |name: &str| head.contains(&format!("<span class=\"flag\">{name}</span>"));
        let expected = (referred.contains(&full), resubmitted.contains(&full));
        assert_eq!(
            (flag("referred"), flag("submitted again")),
            expected,
            "{full}: {head}"
        );
        let open = expected.0 || expected.1;
        assert_eq!(
            sent_back.contains(&format!("criteria/{standard}/{code}.html")),
            open,
            "{full}"
        );
        let said: Vec<String> = pages
            .iter()
            .map(|text| on_entry_page(text, standard, code))
            .collect();
        let unsettled = |word: &str| {
            said.iter()
                .any(|verdict| verdict.contains(word) && !verdict.contains("settled"))
        };
        let plain = |word: &str| {
            said.iter().any(|verdict| {
                verdict.contains(word) && !verdict.contains("settled") && !verdict.contains("waits")
            })
        };
        assert_eq!(
            plain("referred") || plain("partly accepted"),
            expected.0,
            "{full}: {said:?}"
        );
        assert_eq!(
            unsettled("waits for the assessor"),
            expected.1,
            "{full}: {said:?}"
        );
    }
    (referred, resubmitted)
}

/// The paragraph on an entry's page about its claim on a code; empty if it does not claim it.
fn on_entry_page(text: &str, standard: &str, code: &str) -> String {
    let claims = text.split("<section class=\"side\"").skip(1);
    let own = claims.filter(|claim| claim.contains(&format!("/{standard}/{code}.html\">")));
    own.map(|claim| {
        claim
            .rsplit("<p class=\"meta\">")
            .next()
            .unwrap()
            .to_owned()
    })
    .collect()
}

fn digest(sandbox: &Workspace, id: &str) -> String {
    let out = sandbox.explain_entry(id);
    out.lines()
        .find_map(|line| line.trim().strip_prefix("digest "))
        .expect(&out)
        .to_owned()
}

/// A decision file about the current text of an entry.
struct Filing<'a> {
    by: &'a str,
    role: &'a str,
    date: &'a str,
    entry: &'a str,
    claims: &'a str,
}

impl Filing<'_> {
    fn text(&self, sandbox: &Workspace, previous: Option<&str>) -> String {
        let Self {
            by,
            role,
            date,
            entry,
            claims,
        } = self;
        let previous =
            previous.map_or_else(String::new, |previous| format!("previous: {previous}\n"));
        format!(
            "version: 1\nassessor: {{ id: {by}, role: {role} }}\ndate: {date}\n{previous}decisions:\n  - entry: {entry}\n    \
             attempt: 1\n    digest: {}\n    claims: {{ {claims} }}\n    \
             vacsr: {{ valid: true, authentic: true, current: true, sufficient: true, reliable: true }}\n    \
             feedback: \"Read.\"\n",
            digest(sandbox, entry)
        )
    }

    /// Writes it after `previous` in the chain and returns its digest.
    fn write(&self, sandbox: &Workspace, name: &str, previous: Option<&str>) -> String {
        let text = self.text(sandbox, previous);
        sandbox.write(&format!("portfolio/decisions/{name}.yaml"), &text);
        decision_file_digest(&text)
    }
}

fn filing<'a>(date: &'a str, claims: &'a str) -> Filing<'a> {
    Filing {
        by: "AS-1",
        role: "assessor",
        date,
        entry: "one",
        claims,
    }
}

fn criterion(sandbox: &Workspace, code: &str) -> Value {
    let document = sandbox.coverage();
    let all = document["standards"][0]["criteria"]
        .as_array()
        .unwrap()
        .clone();
    all.into_iter().find(|one| one["code"] == code).unwrap()
}

/// The state of a criterion with its flags, as in `thin referred`.
fn state(sandbox: &Workspace, code: &str) -> String {
    let one = criterion(sandbox, code);
    let flags = texts(&one["flags"])
        .into_iter()
        .collect::<Vec<_>>()
        .join(" ");
    format!("{} {flags}", one["state"].as_str().unwrap())
        .trim()
        .to_owned()
}

/// The tiny standard with a gateway item about referrals.
fn asking() -> String {
    super::support::TINY.to_owned()
        + "gateway:\n  - { id: referrals, asks: \"No claim stands referred\", check: referrals, source: \"A test\" }\n"
}

fn claiming() -> Sandbox {
    Sandbox::with_entry(&entry("ksbs: [K1, {K2: \"I did it\"}, B1]\n"))
        .file("standards/tiny.yaml", asking())
}

#[test]
fn all_reports_agree_on_each_referral() {
    let (referred, resubmitted) = agreed(&Sandbox::sample());
    let expected = ["st0215:K15", "st0215:K31", "st0215:S14"].map(str::to_owned);
    assert_eq!(
        (referred, resubmitted),
        (BTreeSet::from(expected), BTreeSet::new())
    );

    // K1 is referred, K2 partly accepted, B1 referred in one piece and accepted in another, K10
    // referred and waived.
    let waived = SETTINGS.to_owned()
        + "waivers:\n  - { code: K10, kind: prior-learning, reason: agreed, by: tutor-1, date: 2026-01-10 }\n";
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1, K2, B1, K10]\n"))
        .file("standards/tiny.yaml", asking())
        .file("portfolio/entries/two.md", entry("ksbs: [B1]\n"))
        .file("portfolio/portfolio.yaml", waived);
    let first = filing(
        "2026-11-18",
        "K1: referred, K2: partly, B1: referred, K10: referred",
    );
    let previous = first.write(&sandbox, "a", None);
    let second = Filing {
        entry: "two",
        ..filing("2026-11-19", "B1: accepted")
    };
    second.write(&sandbox, "b", Some(&previous));
    let codes = |codes: &[&str]| {
        codes
            .iter()
            .map(|code| format!("tiny:{code}"))
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(agreed(&sandbox), (codes(&["K1", "K2"]), codes(&[])));
    assert_eq!(state(&sandbox, "B1"), "accepted");
    assert_eq!(state(&sandbox, "K10"), "thin waived");
    let page = sandbox.page("criteria/tiny/B1.html");
    assert!(page.contains("referred; settled"), "{page}");
    let explained = sandbox.explain_criterion("B1");
    assert!(
        explained.contains("referred by the assessor; settled"),
        "{explained}"
    );

    // Editing the entry lifts no referral: the claims wait for the assessor.
    let text = sandbox.read("portfolio/entries/one.md");
    sandbox.write("portfolio/entries/one.md", text + "A comma, and more.\n");
    assert_eq!(agreed(&sandbox), (codes(&[]), codes(&["K1", "K2"])));
    assert_eq!(state(&sandbox, "K1"), "thin resubmitted");
    let next = criterion(&sandbox, "K1")["next"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        next.contains("Waiting for your assessor to decide again"),
        "{next}"
    );
}

#[test]
fn a_piece_counts_only_from_the_programme_and_until_today() {
    let settings = SETTINGS.to_owned() + "start: 2026-11-01\n";
    let dated = |date: &str| {
        let text = entry("ksbs: [K1]\n").replace("2026-11-14", date);
        Workspace::with_entry(&text).file("portfolio/portfolio.yaml", &settings)
    };
    for (date, expected, why) in [
        ("2026-10-31", "thin", "dated before the programme began"),
        ("2026-11-01", "evidenced", "1 of 1."),
        ("2026-11-21", "evidenced", "1 of 1."),
        ("2026-11-22", "thin", "dated in the future"),
    ] {
        let sandbox = dated(date);
        assert_eq!(state(&sandbox, "K1"), expected, "{date}");
        let said = criterion(&sandbox, "K1")["why"]
            .as_str()
            .unwrap()
            .to_owned();
        assert!(said.contains(why), "{date}: {said}");
    }
    let undated = Workspace::with_entry(&entry("ksbs: [K1]\n").replace("date: 2026-11-14\n", ""))
        .file("portfolio/portfolio.yaml", &settings);
    assert_eq!(state(&undated, "K1"), "thin");
}

/// Keys generated for a test.
struct Keys(tempfile::TempDir);

impl Keys {
    fn new(names: &[&str]) -> Self {
        let folder = tempfile::TempDir::new().unwrap();
        for name in names {
            let kind = if name.starts_with("ecdsa") {
                "ecdsa"
            } else {
                "ed25519"
            };
            let made = Command::new("ssh-keygen")
                .args(["-q", "-t", kind, "-N", "", "-C", "an invented key", "-f"])
                .arg(folder.path().join(name))
                .status();
            assert!(made.expect("ssh-keygen is there").success());
        }
        Self(folder)
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    fn public(&self, name: &str) -> String {
        let line = std::fs::read_to_string(self.path(&format!("{name}.pub"))).unwrap();
        line.trim().to_owned()
    }

    fn sign(&self, name: &str, sandbox: &Sandbox, file: &str) {
        let path = sandbox.path().join("portfolio/decisions").join(file);
        let _ = std::fs::remove_file(path.with_extension("yaml.sig"));
        let signed = Command::new("ssh-keygen")
            .args(["-q", "-Y", "sign", "-n", "ksbfolio-decision", "-f"])
            .args([self.path(name), path])
            .output()
            .unwrap();
        assert!(
            signed.status.success(),
            "{}",
            String::from_utf8_lossy(&signed.stderr)
        );
    }
}

/// A named change to a workspace.
type Break = (&'static str, Box<dyn Fn(&Sandbox)>);

const FOLDER: &str = "portfolio/decisions";

/// K1 and B1 accepted, K2 referred, in two signed files; the key is allowed.
fn signed(keys: &Keys) -> Sandbox {
    let sandbox = claiming();
    let first = filing("2026-11-18", "K1: accepted, K2: referred").write(&sandbox, "a", None);
    filing("2026-11-19", "B1: accepted").write(&sandbox, "b", Some(&first));
    for file in ["a.yaml", "b.yaml"] {
        keys.sign("good", &sandbox, file);
    }
    sandbox.write(
        &format!("{FOLDER}/allowed_signers"),
        format!("AS-1 {}\n", keys.public("good")),
    );
    sandbox
}

fn states(sandbox: &Workspace) -> [String; 3] {
    ["K1", "B1", "K2"].map(|code| state(sandbox, code))
}

const ALL_COUNT: [&str; 3] = ["accepted", "accepted", "thin referred"];
const NO_ACCEPTANCE: [&str; 3] = ["evidenced", "evidenced", "thin referred"];

#[test]
fn a_referral_holds_without_a_signature_until_a_decision_that_counts() {
    let keys = Keys::new(&["good"]);
    let sandbox = signed(&keys);
    assert_eq!(states(&sandbox), ALL_COUNT);
    std::fs::remove_file(sandbox.path().join(format!("{FOLDER}/a.yaml.sig"))).unwrap();
    assert_eq!(states(&sandbox), ["evidenced", "accepted", "thin referred"]);
    let gateway = sandbox.gateway();
    assert_eq!(gateway["standards"][0]["items"][0]["state"], "not-met");

    // Only a signed acceptance lifts the referral.
    let last = decision_file_digest(&sandbox.read(&format!("{FOLDER}/b.yaml")));
    filing("2026-11-20", "K2: accepted").write(&sandbox, "c", Some(&last));
    assert_eq!(state(&sandbox, "K2"), "thin referred");
    keys.sign("good", &sandbox, "c.yaml");
    assert_eq!(state(&sandbox, "K2"), "accepted");
    // A later unsigned referral counts: fail closed.
    let last = decision_file_digest(&sandbox.read(&format!("{FOLDER}/c.yaml")));
    filing("2026-11-21", "K2: partly").write(&sandbox, "d", Some(&last));
    assert_eq!(state(&sandbox, "K2"), "thin referred");
}

#[test]
fn decisions_before_the_first_signed_day_count_unsigned() {
    let keys = Keys::new(&["good"]);
    let sandbox = signed(&keys);
    let signers = format!("{FOLDER}/allowed_signers");
    let allowed = sandbox.read(&signers);
    std::fs::remove_file(sandbox.path().join(format!("{FOLDER}/a.yaml.sig"))).unwrap();
    for (line, first) in [
        ("# signed_from: 2026-11-19\n", "accepted"),
        ("# signed_from: 2026-11-18\n", "evidenced"),
        // A day that cannot be read, or a second one, asks for signatures on all days.
        ("# signed_from: soon\n", "evidenced"),
        (
            "# signed_from: 2026-11-19\n# signed_from: 2026-11-19\n",
            "evidenced",
        ),
    ] {
        sandbox.write(&signers, format!("{line}{allowed}"));
        assert_eq!(
            states(&sandbox),
            [first, "accepted", "thin referred"],
            "{line}"
        );
    }
    let found = sandbox.findings();
    let unusable = found.iter().filter(|one| one["rule"] == "unusable-signer");
    assert_eq!(unusable.count(), 1);
    // Many files are one finding, with their number and the day.
    std::fs::remove_file(sandbox.path().join(format!("{FOLDER}/b.yaml.sig"))).unwrap();
    let messages = |line: &str| -> Vec<String> {
        sandbox.write(&signers, format!("{line}{allowed}"));
        let found = sandbox.findings().into_iter();
        let found = found.filter(|one| one["rule"] == "unverified-decision");
        found
            .map(|one| one["message"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = "2 decisions without a signature accept nothing: allowed_signers asks for signatures";
    assert_eq!(messages(""), [format!("{all} for all days")]);
    assert_eq!(
        messages("# signed_from: 2026-11-01\n"),
        [format!("{all} from 2026-11-01 on")]
    );
    assert_eq!(messages("# signed_from: 2026-11-19\n").len(), 1);
    assert_eq!(messages("# signed_from: 2026-11-20\n"), [] as [String; 0]);
    keys.sign("good", &sandbox, "b.yaml");
    // ssh-keygen passes over the comment.
    assert!(ssh_keygen_verifies(&sandbox, "b.yaml"));
}

#[cfg(unix)]
#[test]
fn no_acceptance_counts_with_unreadable_keys() {
    let keys = Keys::new(&["good"]);
    let good = format!("AS-1 {}\n", keys.public("good"));
    let utf16 = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    let replace = |sandbox: &Sandbox, name: &str| {
        let path = sandbox.path().join(FOLDER).join(name);
        let _ = std::fs::remove_file(&path);
        path
    };
    let write = |name: &'static str, bytes: Vec<u8>| {
        move |sandbox: &Sandbox| std::fs::write(replace(sandbox, name), &bytes).unwrap()
    };
    let folder = |name: &'static str| {
        move |sandbox: &Sandbox| std::fs::create_dir(replace(sandbox, name)).unwrap()
    };
    let link = |name: &'static str| {
        move |sandbox: &Sandbox| {
            sandbox.write(
                "keys-elsewhere",
                sandbox.read(&format!("{FOLDER}/allowed_signers")),
            );
            std::os::unix::fs::symlink("../../keys-elsewhere", replace(sandbox, name)).unwrap();
        }
    };
    let latin: Vec<u8> = [b"# Zo\xeb\n", good.as_bytes()].concat();
    let large = [good.clone().into_bytes(), vec![b'#'; 5 * 1024 * 1024]].concat();
    let broken = format!("{good}AS-2 ssh-ed25519 AAAA\n").into_bytes();
    let cases: Vec<Break> = vec![
        ("latin", Box::new(write("allowed_signers", latin.clone()))),
        ("utf-16", Box::new(write("allowed_signers", utf16(&good)))),
        ("large", Box::new(write("allowed_signers", large))),
        ("a broken line", Box::new(write("allowed_signers", broken))),
        ("folder", Box::new(folder("allowed_signers"))),
        ("link", Box::new(link("allowed_signers"))),
        ("revoked latin", Box::new(write("revoked_keys", latin))),
        (
            "revoked utf-16",
            Box::new(write("revoked_keys", utf16(&good))),
        ),
        ("revoked folder", Box::new(folder("revoked_keys"))),
        ("revoked link", Box::new(link("revoked_keys"))),
        (
            "revoked half a key",
            Box::new(write("revoked_keys", b"ssh-ed25519 AAAA\n".to_vec())),
        ),
        ("revoked alone", {
            let alone = keys.public("good");
            Box::new(move |sandbox| {
                std::fs::write(replace(sandbox, "revoked_keys"), &alone).unwrap();
                replace(sandbox, "allowed_signers");
            })
        }),
    ];
    for (name, break_it) in cases {
        let sandbox = signed(&keys);
        break_it(&sandbox);
        assert_eq!(states(&sandbox), NO_ACCEPTANCE, "{name}");
        let verified = sandbox.run(&["decisions", "verify"]);
        assert!(
            verified.code == 1 && verified.out.contains("cannot be read"),
            "{name}: {}",
            verified.out
        );
        let check = sandbox.check();
        let found = check["findings"].as_array().unwrap().iter().filter(|one| {
            ["unreadable-file", "unusable-signer"]
                .iter()
                .any(|rule| one["rule"] == *rule)
                && one["level"] == "error"
        });
        assert!(found.count() > 0, "{name}: {check}");
        let gateway = sandbox.gateway();
        assert_eq!(gateway["readiness"], "not-ready", "{name}");
        if !name.starts_with("revoked") {
            let signers = sandbox.path().join("signers-of-the-provider");
            std::fs::write(&signers, &good).unwrap();
            let run = sandbox.run(&[
                "decisions",
                "verify",
                "--allowed-signers",
                &signers.to_string_lossy(),
            ]);
            assert_eq!(run.code, 0, "{name}: {}", run.out);
        }
    }
    let sandbox = signed(&keys);
    sandbox.write("latin", b"AS-1 \xeb\n");
    for file in ["latin", "portfolio", "nowhere"] {
        assert_eq!(
            sandbox.run(&["coverage", "--allowed-signers", file]).code,
            2,
            "{file}"
        );
    }
    // An unreadable signature is a defective one.
    for break_it in [
        &folder("a.yaml.sig") as &dyn Fn(&Sandbox),
        &write("a.yaml.sig", vec![0xff, 0xfe]),
        &link("a.yaml.sig"),
    ] {
        let sandbox = signed(&keys);
        break_it(&sandbox);
        assert_eq!(states(&sandbox), ["evidenced", "accepted", "thin referred"]);
        let document = sandbox.json(&["decisions", "verify", "--format", "json"]);
        assert_eq!(document["files"][0]["signature"], "unreadable");
    }
}

/// Returns whether ssh-keygen accepts the signature of AS-1 on a day.
fn ssh_keygen_verifies(sandbox: &Sandbox, name: &str) -> bool {
    let path = |name: &str| sandbox.path().join(FOLDER).join(name);
    let mut command = Command::new("ssh-keygen");
    command.args([
        "-Y",
        "verify",
        "-n",
        "ksbfolio-decision",
        "-I",
        "AS-1",
        "-Overify-time=20261118120000",
    ]);
    command
        .arg("-f")
        .arg(path("allowed_signers"))
        .arg("-s")
        .arg(path(&format!("{name}.sig")))
        .env("TZ", "UTC");
    let text = std::fs::File::open(path(name)).unwrap();
    let done = command
        .stdin(text)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    done.success()
}

#[test]
fn allowed_signers_are_never_read_more_permissively_than_by_ssh_keygen() {
    let keys = Keys::new(&["good", "other", "ecdsa"]);
    let (good, other) = (keys.public("good"), keys.public("other"));
    let (kind, rest) = good.split_once(' ').unwrap();
    let (blob, _) = rest.split_once(' ').unwrap();
    // Each with whether we accept exactly what ssh-keygen accepts; we refuse the others to be safe.
    let cases: Vec<(bool, String)> = vec![
        (true, format!("AS-1 {good}")),
        (true, format!("AS-1 {kind} {blob}")),
        (true, format!("AS-1   {kind}\t{blob}   ")),
        (true, format!("\tAS-1\t{good}")),
        (true, format!("AS-1 {good}\r")),
        (
            true,
            format!("# a comment\r\n\r\n   # one more\nAS-1 {good}\r\n"),
        ),
        (true, format!("\"AS-1\" {good}")),
        (true, format!("\"AS-2,AS-1\" {good}")),
        (true, format!("AS-? {good}")),
        (true, format!("* {good}")),
        (true, format!("*,!AS-1 {good}")),
        (true, format!("as-1 {good}")),
        (true, format!("\"\" {good}")),
        (
            true,
            format!("AS-1 valid-before=\"20200101\",valid-before=\"20300101\" {good}"),
        ),
        (
            true,
            format!("AS-1 valid-after=\"20200101\",valid-after=\"20210101\" {good}"),
        ),
        (
            true,
            format!("AS-1 namespaces=\"git\",namespaces=\"ksbfolio-decision\" {good}"),
        ),
        (true, format!("AS-1 namespaces=ksbfolio-decision {good}")),
        (true, format!("AS-1 valid-after=20200101 {good}")),
        (
            true,
            format!("AS-1 NameSpaces=\"ksbfolio-decision\" {good}"),
        ),
        (true, format!("AS-1 namespaces=\"\" {good}")),
        (true, format!("AS-1 namespaces=\"git\" {good}")),
        (true, format!("AS-1 namespaces=\"ksbfolio-decision {good}")),
        (
            true,
            format!("AS-1 namespaces=\"a\\\"b,ksbfolio-*\" {good}"),
        ),
        (true, format!("AS-1 namespaces=\"ksbfolio-*\"x {good}")),
        (true, format!("AS-1 namespaces {good}")),
        (true, format!("AS-1 no-such-option {good}")),
        (true, format!("AS-1 no-such=\"option\" {good}")),
        (true, format!("AS-1 valid-after=\"20200101\", {good}")),
        (
            true,
            format!("AS-1 valid-after=\"20200101\",valid-before=\"20190101\" {good}"),
        ),
        (
            true,
            format!("AS-1 valid-after=\"20200101\",valid-before=\"20300101\" {good}"),
        ),
        (true, format!("AS-1 valid-after=\"202611181159\" {good}")),
        (true, format!("AS-1 valid-after=\"202611181201\" {good}")),
        (true, format!("AS-1 valid-after=\"20261118120000Z\" {good}")),
        (
            true,
            format!("AS-1 valid-before=\"20261118115959Z\" {good}"),
        ),
        (true, format!("AS-1 valid-before=\"20261118\" {good}")),
        (true, format!("AS-1 valid-after=\"2026-11-18\" {good}")),
        (true, format!("AS-1 valid-after=\"\" {good}")),
        (true, format!("AS-1 valid-after=\"19700101Z\" {good}")),
        (true, format!("AS-1 cert-authority {good}")),
        (
            true,
            format!("AS-1 cert-authority,namespaces=\"ksbfolio-decision\" {good}"),
        ),
        (true, "AS-1".to_owned()),
        (true, "AS-1 ".to_owned()),
        (true, format!("AS-1 {kind}")),
        (true, format!("AS-1 {kind} AAAA")),
        (true, format!("AS-1 {kind} !!!! {blob}")),
        (true, format!("AS-1 ecdsa-sha2-nistp256 {blob}")),
        (true, good.clone()),
        (true, format!("AS-1 {}", keys.public("ecdsa"))),
        (true, format!("AS-1 {other}\nAS-1 {good}")),
        (true, format!("AS-1 namespaces=\"git\" {good}\nAS-1 {good}")),
        (false, format!("AS-1 {kind} AAAA\nAS-1 {good}")),
        (
            false,
            format!("AS-1 valid-after=\"x\" {other}\nAS-1 {good}"),
        ),
        (true, format!("\u{feff}AS-1 {good}")),
        (true, format!("AS-1\u{a0}{good}")),
        (true, format!("AS-1 {kind}\u{a0}{blob}")),
        (true, format!("AS-1 {kind} {}", blob.replace('A', "А"))),
        (false, format!("AS-1 {good}\nAS-1 {kind} AAAA")),
        (false, format!("AS-2 {kind} AAAA\nAS-1 {good}")),
        (
            false,
            format!("AS-1 ,namespaces=\"ksbfolio-decision\" {good}"),
        ),
        (false, format!("AS\"-1\" {good}")),
        (false, format!("\"AS-1\"{good}")),
        (false, format!("\u{feff}# a comment\nAS-1 {good}")),
        (false, format!("AS-1 valid-after=\"20200101UTC\" {good}")),
    ];
    let sandbox = claiming();
    filing("2026-11-18", "K1: accepted").write(&sandbox, "a", None);
    keys.sign("good", &sandbox, "a.yaml");
    let mut disagree = Vec::new();
    for (exact, text) in cases {
        sandbox.write(&format!("{FOLDER}/allowed_signers"), format!("{text}\n"));
        let document = sandbox.json(&["decisions", "verify", "--format", "json"]);
        let (here, there) = (
            document["files"][0]["signature"] == "good",
            ssh_keygen_verifies(&sandbox, "a.yaml"),
        );
        if (here && !there) || (exact && here != there) {
            disagree.push(format!("here {here}, ssh-keygen {there}: {text}"));
        }
    }
    assert!(disagree.is_empty(), "{}", disagree.join("\n"));
}

#[test]
fn the_learner_decides_nothing_about_their_own_work() {
    let sandbox = claiming();
    for by in ["L-1", "l-1", " L-1 "] {
        let run = sandbox.run(&["assess", "one", "--as", by, "--accept", "K1", "--vacsr"]);
        assert!(
            run.code == 2 && run.err.contains("their own work"),
            "{by}: {}",
            run.err
        );
        let run = sandbox.run(&[
            "assess",
            "one",
            "--as",
            by,
            "--role",
            "iqa",
            "--refer",
            "K1",
            "--not-sufficient",
            "--feedback",
            "Say more.",
        ]);
        assert!(
            run.code == 2 && run.err.contains("their own work"),
            "{by}: {}",
            run.err
        );
    }
    let own = Filing {
        by: "\"l-1 \"",
        ..filing("2026-11-20", "K1: accepted")
    };
    sandbox.write("given.yaml", own.text(&sandbox, None));
    let run = sandbox.run(&["decisions", "import", "given.yaml"]);
    assert!(
        run.code == 2 && run.err.contains("their own work"),
        "{}",
        run.err
    );
    assert!(!sandbox.path().join(FOLDER).exists());

    // An existing file has no effect.
    let first = filing("2026-11-18", "K2: referred, B1: accepted").write(&sandbox, "a", None);
    let own = Filing {
        by: "l-1",
        ..filing("2026-11-19", "K1: accepted, K2: accepted, B1: referred")
    };
    own.write(&sandbox, "b", Some(&first));
    assert_eq!(states(&sandbox), ["evidenced", "accepted", "thin referred"]);
    let check = sandbox.check_as("text");
    assert!(
        check.contains("this decision of l-1 does not count: it is by the learner"),
        "{check}"
    );
    let verified = sandbox.json(&["decisions", "verify", "--format", "json"]);
    assert_eq!(verified["files"][1]["problems"][0]["kind"], "own-work");
    assert_eq!(sandbox.run(&["decisions", "verify"]).code, 1);
}

#[test]
fn a_decision_with_an_impossible_date_accepts_nothing_and_its_referrals_hold() {
    let settings = SETTINGS.to_owned() + "start: 2026-11-01\n";
    let sandbox = || {
        let early = entry("ksbs: [K1, K2, B1]\n").replace("2026-11-14", "2026-11-02");
        claiming()
            .file("portfolio/portfolio.yaml", &settings)
            .file("portfolio/entries/early.md", early)
    };
    // Entry, date of the decision after one of the 10th, and the message.
    for (id, date, why) in [
        ("one", "2026-11-13", "dated before the entry"),
        ("early", "2026-10-31", "dated before the programme began"),
        (
            "early",
            "2026-11-09",
            "dated before the decision file that it follows",
        ),
    ] {
        let sandbox = sandbox();
        let first = Filing {
            entry: "early",
            ..filing("2026-11-10", "B1: accepted")
        };
        let first = first.write(&sandbox, "a", None);
        let filing = Filing {
            entry: id,
            ..filing(date, "K1: accepted, K2: referred")
        };
        sandbox.write("given.yaml", filing.text(&sandbox, Some(&first)));
        let run = sandbox.run(&["decisions", "import", "given.yaml"]);
        assert!(run.code == 2 && run.err.contains(why), "{why}: {}", run.err);
        let run = sandbox.run(&[
            "assess", id, "--as", "AS-1", "--date", date, "--accept", "K1", "--vacsr",
        ]);
        assert!(run.code == 2 && run.err.contains(why), "{why}: {}", run.err);
        filing.write(&sandbox, "b", Some(&first));
        let verdicts = ["K1", "B1"].map(|code| state(&sandbox, code));
        assert_eq!(verdicts, ["evidenced", "accepted"], "{why}");
        let flags = criterion(&sandbox, "K2")["flags"].clone();
        assert_eq!(
            texts(&flags),
            BTreeSet::from(["referred".to_owned()]),
            "{why}"
        );
        let check = sandbox.check_as("text");
        assert!(check.contains(why), "{why}: {check}");
        let page = sandbox.run(&["build"]);
        assert!(
            page.code <= 1
                && sandbox
                    .read("output/decisions.html")
                    .contains("its date is impossible")
        );
    }
}

#[test]
fn a_later_decision_is_left_out_of_an_earlier_day_and_is_a_finding_today() {
    let sandbox = claiming();
    let first = filing("2026-11-18", "K1: accepted, K2: accepted").write(&sandbox, "a", None);
    let second = filing("2026-11-20", "K2: referred").write(&sandbox, "b", Some(&first));
    filing("2999-01-01", "K1: referred, B1: accepted").write(&sandbox, "c", Some(&second));
    let on = |day: Option<&str>, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ksbfolio"));
        command
            .args(day.into_iter().flat_map(|day| ["--as-of", day]))
            .args(arguments);
        let done = command.current_dir(sandbox.path()).output().unwrap();
        String::from_utf8(done.stdout).unwrap()
    };
    let state = |day: Option<&str>, code: &str| {
        let document: Value =
            serde_json::from_str(&on(day, &["coverage", "--format", "json"])).unwrap();
        let all = document["standards"][0]["criteria"]
            .as_array()
            .unwrap()
            .clone();
        let one = all.into_iter().find(|one| one["code"] == code).unwrap();
        format!(
            "{} {}",
            one["state"].as_str().unwrap(),
            texts(&one["flags"]).into_iter().collect::<String>()
        )
    };
    let said = "dated in the future";
    assert_eq!(
        ["K1", "K2", "B1"].map(|code| state(Some("2026-11-19"), code)),
        ["accepted ", "accepted ", "evidenced "]
    );
    assert!(!on(Some("2026-11-19"), &["check"]).contains(said));
    assert_eq!(
        ["K1", "K2", "B1"].map(|code| state(Some("2026-11-21"), code)),
        ["accepted ", "thin referred", "evidenced "]
    );
    // As of its own day it counts: the same files and day give the same result on every machine.
    assert_eq!(
        ["K1", "B1"].map(|code| state(Some("2999-01-01"), code)),
        ["thin referred", "accepted "]
    );
    // As of today it is in the future: it accepts nothing, and its referrals count.
    assert!(on(None, &["check"]).contains(said));
    assert_eq!(state(None, "K1"), "thin referred");
    assert!(!state(None, "B1").starts_with("accepted"));
}

/// A chain of three, accepting K1, K2 and B1 in this order.
fn three() -> Sandbox {
    let sandbox = claiming();
    let first = filing("2026-11-17", "K1: accepted").write(&sandbox, "a", None);
    let second = filing("2026-11-18", "K2: accepted").write(&sandbox, "b", Some(&first));
    filing("2026-11-19", "B1: accepted").write(&sandbox, "c", Some(&second));
    sandbox
}

/// The chain's state on the covers of site, pack and gateway.
fn covers(sandbox: &Sandbox) -> Vec<(&'static str, String)> {
    let _ = std::fs::remove_dir_all(sandbox.path().join("output"));
    for audience in ["assessor", "private"] {
        sandbox.run(&[
            "build",
            "--audience",
            audience,
            "--output",
            &format!("output/{audience}"),
        ]);
    }
    sandbox.run(&["gateway", "--pack", "handed", "--anyway"]);
    vec![
        ("home", sandbox.read("output/assessor/index.html")),
        ("private home", sandbox.read("output/private/index.html")),
        ("pack", sandbox.read("output/assessor/pack.html")),
        (
            "page of the gateway",
            sandbox.read("output/assessor/gateway.html"),
        ),
        (
            "README of the pack",
            sandbox.read("handed/L-1/README.txt").replace('\n', " "),
        ),
        ("gateway", sandbox.gateway_as("text")),
        ("gateway in Markdown", sandbox.gateway_as("markdown")),
        ("gateway in JSON", sandbox.gateway_as("json")),
    ]
}

fn path(name: &str) -> String {
    format!("{FOLDER}/{name}.yaml")
}

fn edit(sandbox: &Workspace, name: &str, from: &str, to: &str) {
    let text = sandbox.read(&path(name));
    assert!(text.contains(from), "{text}");
    sandbox.write(&path(name), text.replace(from, to));
}

#[test]
fn a_broken_chain_is_on_every_cover_and_no_acceptance_of_an_edited_file_counts() {
    let sandbox = three();
    assert_eq!(
        ["K1", "K2", "B1"].map(|code| state(&sandbox, code)),
        ["accepted"; 3]
    );
    for (place, text) in covers(&sandbox) {
        assert!(
            text.contains("unbroken") && !text.contains("is broken"),
            "{place}: {text}"
        );
    }
    let breaks: Vec<Break> = vec![
        (
            "the first is edited",
            Box::new(|sandbox| edit(sandbox, "a", "Read.", "Well read.")),
        ),
        (
            "the second is edited",
            Box::new(|sandbox| edit(sandbox, "b", "Read.", "Well read.")),
        ),
        (
            "two are edited so that they agree",
            Box::new(|sandbox| {
                let was = decision_file_digest(&sandbox.read(&path("a")));
                edit(sandbox, "a", "Read.", "Well read.");
                edit(
                    sandbox,
                    "b",
                    &was,
                    &decision_file_digest(&sandbox.read(&path("a"))),
                );
            }),
        ),
        (
            "the last names nothing",
            Box::new(|sandbox| {
                let was = decision_file_digest(&sandbox.read(&path("b")));
                edit(sandbox, "c", &was, &format!("sha256:{}", "0".repeat(64)));
            }),
        ),
        (
            "the second is removed",
            Box::new(|sandbox| {
                std::fs::remove_file(sandbox.path().join(path("b"))).unwrap();
            }),
        ),
        (
            "the last is no YAML",
            Box::new(|sandbox| edit(sandbox, "c", "version", "{ version")),
        ),
        (
            "the last says no date",
            Box::new(|sandbox| edit(sandbox, "c", "date: 2026-11-19\n", "")),
        ),
        (
            "the last is UTF-16",
            Box::new(|sandbox| {
                let text = sandbox.read(&path("c"));
                let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
                sandbox.write(&path("c"), [vec![0xff, 0xfe], bytes].concat());
            }),
        ),
    ];
    for (name, break_it) in breaks {
        let sandbox = three();
        break_it(&sandbox);
        for code in ["K1", "K2", "B1"] {
            assert!(
                !state(&sandbox, code).starts_with("accepted"),
                "{name}: {code}"
            );
        }
        assert_eq!(state(&sandbox, "K1"), "thin referred", "{name}");
        for (place, text) in covers(&sandbox) {
            assert!(
                text.contains("chain of decisions is broken"),
                "{name}, {place}: {text}"
            );
        }
        let gateway = sandbox.gateway();
        assert_eq!(
            gateway["standards"][0]["items"][0]["state"], "not-met",
            "{name}"
        );
        assert_eq!(
            (&gateway["readiness"], &gateway["decisions"]["chain"]),
            (&"not-ready".into(), &"broken".into())
        );
        assert_eq!(sandbox.run(&["decisions", "verify"]).code, 1, "{name}");
        assert_eq!(sandbox.run(&["check"]).code, 1, "{name}");
        sandbox.run(&["build", "--audience", "public", "--output", "output/public"]);
        assert!(
            !sandbox.read("output/public/index.html").contains("chain"),
            "{name}"
        );
    }
    // Two concurrent decisions do not indicate an edit.
    let forked = three();
    let second = decision_file_digest(&forked.read(&path("b")));
    let other = Filing {
        by: "AS-2",
        ..filing("2026-11-20", "K1: accepted")
    };
    other.write(&forked, "d", Some(&second));
    assert_eq!(
        ["K1", "K2", "B1"].map(|code| state(&forked, code)),
        ["accepted"; 3]
    );
    assert!(forked.gateway_as("text").contains("2 ends"));
}

#[test]
fn a_new_id_lifts_no_referral() {
    let sandbox = claiming();
    filing("2026-11-18", "K1: referred, B1: accepted").write(&sandbox, "a", None);
    sandbox.write(
        "portfolio/entries/one.md",
        entry("id: another\nksbs: [K1, B1]\n"),
    );
    assert_eq!(state(&sandbox, "K1"), "thin referred");
    let item = sandbox.gateway()["standards"][0]["items"][0].clone();
    assert!(
        item["state"] == "not-met" && item["why"].as_str().unwrap().contains("K1 (in an entry"),
        "{item}"
    );
    assert_eq!(
        texts(&sandbox.review(None)["referred"]),
        ["tiny:K1".to_owned()].into()
    );
}

#[test]
fn an_unreadable_verdict_is_a_referral() {
    let sandbox = claiming();
    filing("2026-11-18", "K1: refered").write(&sandbox, "a", None);
    assert_eq!(state(&sandbox, "K1"), "thin referred");
}

#[test]
fn every_claim_of_the_sample_that_was_accepted_stays_accepted() {
    let kept =
        std::fs::read_to_string(repository().join("tests/fixtures/accepted-in-the-sample.txt"))
            .unwrap();
    assert_eq!(accepted_in_the_sample(), kept);
}

/// A line for each accepted claim of the sample: decision file, entry, code.
fn accepted_in_the_sample() -> String {
    let project = Workspace::sample().load();
    let mut lines: Vec<String> = Vec::new();
    for line in project.coverage.lines() {
        for piece in line
            .pieces
            .iter()
            .filter(|piece| piece.standing.is_some_and(|one| one.accepted()))
        {
            let entry = &project.portfolio.entries[piece.entry];
            let decision = &entry.decisions[piece.standing.unwrap().decision];
            let code = project.portfolio.catalogue.full_code(line.criterion);
            lines.push(format!("{} {} {code}\n", decision.place.path, entry.id));
        }
    }
    lines.sort();
    lines.concat()
}
