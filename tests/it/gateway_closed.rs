//! Gates are closed where settings, standards and records cannot be read, or do not say that something is there.

use super::support::{SETTINGS, Sandbox, TINY, entry};

const PORTFOLIO: &str = "portfolio/portfolio.yaml";

/// A workspace in which both criteria of the tiny standard are claimed.
fn claimed() -> Sandbox {
    Sandbox::with_entry(&entry("ksbs: [{K1: a}, {B1: b}]\nanonymised: true\n"))
}

/// The words that both streams of a run have.
fn said(sandbox: &Sandbox, arguments: &[&str]) -> (i32, String) {
    let run = sandbox.run(arguments);
    (run.code, format!("{}{}", run.out, run.err))
}

#[test]
fn no_gate_passes_an_unreadable_portfolio_yaml() {
    let latin: Vec<u8> = [SETTINGS.as_bytes(), b"title: Caf\xe9\n"].concat();
    let broken = format!("{SETTINGS}x: [\n");
    for (name, text) in [("broken", broken.as_bytes()), ("empty", b""), ("latin", &latin), ("list", b"- a\n")]
    {
        let sandbox = claimed().file(PORTFOLIO, text);
        for command in [
            &["coverage"][..],
            &["coverage", "--fail-under", "4/4"],
            &["gateway"],
            &["gateway", "--pack", "p", "--anyway"],
            &["build"],
            &["pack"],
            &["hours"],
            &["review"],
        ] {
            let (code, words) = said(&sandbox, command);
            assert_eq!(code, 2, "{name} {command:?}: {words}");
            assert!(words.contains("portfolio.yaml cannot be read"), "{name} {command:?}: {words}");
        }
        assert!(!sandbox.path().join("output").exists() && !sandbox.path().join("p").exists());
        assert_eq!(sandbox.run(&["check"]).code, 1, "{name}");
    }
}

#[test]
fn no_gate_passes_without_every_standard_that_the_portfolio_names() {
    let named = |line: &str| SETTINGS.replace("standards: [tiny]", line);
    assert_ne!(named("x"), SETTINGS);
    for (settings, standard) in [
        (named("standrads: [tiny]"), TINY.to_owned()),
        (named("standards: [tinny]"), TINY.to_owned()),
        (named("standards: []"), TINY.to_owned()),
        (named("standards: [tiny, tinny]"), TINY.to_owned()),
        (named("standards: [tiny, [tinny]]"), TINY.to_owned()),
        (SETTINGS.to_owned(), format!("{TINY}x: [\n")),
        (SETTINGS.to_owned(), TINY.replace("id: tiny", "id: small")),
    ] {
        let sandbox = claimed().file(PORTFOLIO, &settings).file("standards/tiny.yaml", &standard);
        let (code, words) = said(&sandbox, &["coverage", "--fail-under", "1/4"]);
        assert!(code == 2 && words.contains("so --fail-under cannot be judged"), "{settings}{words}");
        let (code, words) = said(&sandbox, &["coverage"]);
        assert!(code == 0 && !words.contains("100%"), "{settings}{words}");
        let (code, words) = said(&sandbox, &["gateway"]);
        assert!(
            code == 1 && words.contains("NOT READY: ") && words.contains("portfolio.yaml"),
            "{settings}{words}"
        );
        let json = sandbox.json(&["gateway", "--format", "json"]);
        assert!(json["readiness"] == "not-ready" && json["problem"].is_string(), "{json}");
        for command in ["build", "pack", "hours", "review"] {
            let (code, words) = said(&sandbox, &[command]);
            assert!(code == 0 && words.contains("`ksbfolio check` shows where"), "{command} {words}");
        }
        assert!(sandbox.read("output/gateway.html").contains("Not ready"));
    }
}

#[test]
fn a_threshold_of_nothing_is_not_reached() {
    let standards = format!("{SETTINGS}thresholds: {{ all: 1/4 }}\n").replace("[tiny]", "[]");
    let sandbox = claimed().file(PORTFOLIO, standards);
    let run = sandbox.run(&["check", "--format", "concise"]);
    assert!(run.code == 1 && run.out.contains("1/4"), "{}", run.out);
}
