//! A decision that cannot be read, bound or dated lifts no referral and accepts nothing.

use super::support::{Sandbox, Workspace, entry};

const REFERRED: &str = "portfolio/decisions/2026-11-15-as-12.yaml";

/// A decision that refers K1 of the entry `two` and accepts K2.
const REFERRAL: &str = "version: 1\nassessor: { id: AS-12, role: assessor }\ndate: 2026-11-15\ndecisions:\n  - entry: two\n    claims: { K1: referred, K2: accepted }\n    feedback: Say more.\n";

fn workspace(decision: impl AsRef<[u8]>) -> Sandbox {
    Sandbox::tiny()
        .file("portfolio/entries/two.md", entry("ksbs: [K1, K2]\n"))
        .file("portfolio/entries/other.md", entry("ksbs: [K10]\n"))
        .file(REFERRED, decision)
}

fn line(sandbox: &Workspace, code: &str) -> serde_json::Value {
    let coverage = sandbox.coverage();
    let lines = coverage["standards"][0]["criteria"].as_array().unwrap();
    lines
        .iter()
        .find(|line| line["code"] == code)
        .unwrap()
        .clone()
}

#[test]
fn a_partly_unreadable_decision_file_refers_its_readable_claims() {
    let sandbox = workspace(REFERRAL);
    assert_eq!(line(&sandbox, "K1")["state"], "thin");
    assert!(sandbox.run(&["decisions", "verify"]).out.contains("intact"));

    let replaced = |old: &str, new: &str| {
        assert!(REFERRAL.contains(old), "{old}");
        REFERRAL.replace(old, new).into_bytes()
    };
    let utf16: Vec<u8> = std::iter::once(0xfeff)
        .chain(REFERRAL.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let broken: Vec<Vec<u8>> = vec![
        replaced("claims:", "clams:"),
        replaced("claims:", "claim:"),
        replaced("decisions:", "decisons:"),
        replaced("entry:", "entyr:"),
        replaced("K1:", "KI:"),
        replaced("K1:", "K99:"),
        replaced("assessor:", "Assesor:"),
        replaced("role:", "rle:"),
        replaced("role: assessor", "role: asessor"),
        replaced("id: AS-12, ", ""),
        replaced("2026-11-15", "15/11/26"),
        replaced("version: 1", "version: 2"),
        replaced("claims: {", "claims: [{"),
        replaced("feedback: Say more.", "fedback: Say more."),
        REFERRAL
            .replace("Say more", "Say \u{a3}")
            .chars()
            .map(|sign| sign as u8)
            .collect(),
        utf16,
    ];
    for text in broken {
        let shown = String::from_utf8_lossy(&text).into_owned();
        let sandbox = workspace(text);
        let k1 = line(&sandbox, "K1");
        assert_eq!(k1["state"], "thin", "{shown}{k1}");
        assert_ne!(line(&sandbox, "K2")["state"], "accepted", "{shown}");
        let verify = sandbox.run(&["decisions", "verify"]);
        assert_eq!(
            (verify.code, verify.out.contains("NOT intact")),
            (1, true),
            "{shown}{}",
            verify.out
        );
        let gateway = sandbox.run(&["gateway"]);
        assert!(
            gateway.out.contains("The chain of decisions is broken"),
            "{shown}{}",
            gateway.out
        );
        assert!(
            sandbox.explain_criterion("K1").contains("does not count"),
            "{shown}"
        );
    }
}

#[test]
fn a_new_id_lifts_no_referral_and_all_reports_agree() {
    for (path, keys) in [
        ("two.md", "id: second\n"),
        ("three.md", ""),
        ("copy.md", "id: two\n"),
    ] {
        let sandbox = workspace(REFERRAL);
        if path != "copy.md" {
            std::fs::remove_file(sandbox.path().join("portfolio/entries/two.md")).unwrap();
        }
        let sandbox = sandbox.file(
            &format!("portfolio/entries/{path}"),
            entry(&format!("{keys}ksbs: [K1, K2]\n")),
        );
        let k1 = line(&sandbox, "K1");
        assert_eq!(k1["state"], "thin", "{path}: {k1}");
        assert_eq!(k1["flags"][0], "referred");
        let explained = sandbox.explain_criterion("K1");
        assert!(
            explained.contains("about an entry that is not here under that id"),
            "{explained}"
        );
        assert!(!explained.contains("Nothing for you to do"), "{explained}");
        assert_eq!(line(&sandbox, "K10")["state"], "evidenced");
    }
}

#[test]
fn accepted_other_evidence_settles_a_referral_that_binds_to_no_entry() {
    let decision = "version: 1\nassessor: { id: AS-12, role: assessor }\ndate: 2026-11-15\ndecisions:\n  - entry: gone\n    claims: { K1: referred }\n    feedback: Say more.\n";
    let sandbox = workspace(decision);
    assert_eq!(line(&sandbox, "K1")["state"], "thin");
    let run = sandbox.run(&[
        "assess", "two", "--as", "AS-12", "--accept", "K1", "--vacsr",
    ]);
    assert_eq!(run.code, 0, "{}", run.err);
    let k1 = line(&sandbox, "K1");
    assert_eq!(
        (&k1["state"], k1["flags"].as_array().unwrap().len()),
        (&"accepted".into(), 0),
        "{k1}"
    );
}

#[test]
fn the_learner_decides_under_no_spelling_of_the_id() {
    for id in [
        "\"l 1\"",
        "L1",
        "l_1",
        "\"L\u{2011}1\"",
        "\"L\u{200b}-1\"",
        "\"L\u{2013}1\"",
        "\u{ff2c}-1",
    ] {
        let sandbox = workspace(REFERRAL.replace("AS-12", id));
        let found = sandbox.check_as("text");
        assert!(found.contains("it is by the learner"), "{id}: {found}");
        let id = id.trim_matches('"');
        let run = sandbox.run(&["assess", "other", "--as", id, "--accept", "K10", "--vacsr"]);
        assert_eq!(run.code, 2, "{id}: {}{}", run.out, run.err);
    }
    let sandbox = workspace(REFERRAL.replace("AS-12", "\u{410}S-12"));
    assert!(sandbox.check_as("text").contains("characters other than"));
    let run = sandbox.run(&[
        "assess",
        "other",
        "--as",
        "\u{410}S-12",
        "--accept",
        "K10",
        "--vacsr",
    ]);
    assert!(
        run.code == 2 && run.err.contains("characters other than"),
        "{}",
        run.err
    );
}

/// The output for a distant as-of date.
fn in_2999(sandbox: &Sandbox, arguments: &[&str]) -> (String, String) {
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_ksbfolio"));
    let run = program
        .args(["--as-of", "2999-12-31"])
        .args(arguments)
        .current_dir(sandbox.path())
        .output()
        .unwrap();
    (
        String::from_utf8(run.stdout).unwrap(),
        String::from_utf8(run.stderr).unwrap(),
    )
}

#[test]
fn no_decision_is_filed_for_a_future_day() {
    let sandbox = Sandbox::with_entry(&entry("ksbs: [K1]\n"));
    let (out, err) = in_2999(
        &sandbox,
        &["assess", "one", "--as", "AS-1", "--accept", "K1", "--vacsr"],
    );
    assert!(err.contains("and today is"), "{out}{err}");
    assert!(!sandbox.path().join("portfolio/decisions").exists());
}

#[test]
fn covers_name_the_decisions_that_do_not_count() {
    let sandbox = workspace(REFERRAL.replace("AS-12", "L-1"));
    sandbox.build("assessor", "output");
    let home = sandbox.read("output/index.html");
    assert!(
        home.contains("1 decision file does not count in full"),
        "{home}"
    );
}

#[test]
fn a_misspelt_name_accepts_nothing_and_is_reported() {
    let decided = || {
        let sandbox = Sandbox::tiny().file("portfolio/entries/two.md", entry("ksbs: [K1, K2]\n"));
        let run = sandbox.run(&[
            "assess",
            "two",
            "--as",
            "AS-12",
            "--accept",
            "K1",
            "--vacsr",
            "--date",
            "2026-11-20",
        ]);
        assert_eq!(run.code, 0, "{}", run.err);
        sandbox
    };
    let is_accepted = |sandbox: &Sandbox| {
        let coverage = sandbox.coverage();
        coverage["standards"][0]["criteria"][0]["state"] == "accepted"
    };
    assert!(is_accepted(&decided()));
    for (path, text) in [
        (
            "portfolio/decisions/allowed_signers.txt",
            "AS-12 ssh-ed25519 AAAA\n",
        ),
        ("portfolio/decisions/allowed-signers", ""),
        ("portfolio/decisions/Revoked_Keys", ""),
        ("portfolio/allowed_signers", ""),
        ("portfolio/decisions/later.yaml.txt", "version: 1\n"),
        ("portfolio/Decisons/later.yaml", "version: 1\n"),
    ] {
        let sandbox = decided().file(path, text);
        let found = sandbox.check_as("concise");
        assert!(found.contains("belongs here"), "{path}: {found}");
        assert!(!is_accepted(&sandbox), "{path}");
        assert_eq!(sandbox.run(&["decisions", "verify"]).code, 1, "{path}");
    }
}
