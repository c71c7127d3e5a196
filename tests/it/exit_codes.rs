//! Exit codes: 0 no finding at or above the failing level, 1 findings, 2 the job could not be done.
//! No others.

use super::support::{SETTINGS, Sandbox, entry};

/// A case: its name, files to add to a portfolio in which everything is evidenced, arguments, and
/// the exit code.
type Situation = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static [&'static str],
    i32,
);

const TYPO: (&str, &str) = (
    "portfolio/entries/typo.md",
    "---\ntitle: T\ndate: 2026-11-10\ntype: product\nksbs: [{k1: a}]\n---\n\nOther words.\n",
);
const GAP: (&str, &str) = (
    "portfolio/entries/all.md",
    "---\ntitle: A\ndate: 2026-11-10\ntype: product\nksbs: [{K1: a}, {K2: a}, {B1: a}]\n---\n\nWords.\n",
);
const BROKEN: (&str, &str) = ("portfolio/portfolio.yaml", "version: [\n");

const SITUATIONS: &[Situation] = &[
    ("clean", &[], &["check"], 0),
    ("clean, notes fail", &[], &["check", "--fail-on", "note"], 0),
    ("a gap", &[GAP], &["check"], 1),
    (
        "a gap in a draft profile",
        &[GAP],
        &["check", "--profile", "draft"],
        0,
    ),
    (
        "a gap at the gateway",
        &[GAP],
        &["check", "--profile", "gateway"],
        1,
    ),
    ("a warning", &[TYPO], &["check"], 0),
    (
        "a warning that fails",
        &[TYPO],
        &["check", "--fail-on", "warning"],
        1,
    ),
    (
        "a gap elsewhere",
        &[GAP],
        &["check", "portfolio/entries"],
        0,
    ),
    ("a gap, only reported", &[GAP], &["check", "--reporting"], 0),
    ("a gap as JSON", &[GAP], &["check", "--format", "json"], 1),
    ("a gap as SARIF", &[GAP], &["check", "--format", "sarif"], 1),
    ("broken settings", &[BROKEN], &["check"], 1),
    (
        "an unreadable entry",
        &[("portfolio/entries/nul.md", "---\ntitle: \u{0}\n")],
        &["check"],
        1,
    ),
    ("an unknown option", &[], &["check", "--colour"], 2),
    ("an unknown format", &[], &["check", "--format", "yaml"], 2),
    (
        "an unknown profile",
        &[],
        &["check", "--profile", "strict"],
        2,
    ),
    (
        "formats and files that do not pair",
        &[],
        &[
            "check", "--format", "json", "--output", "a", "--output", "b",
        ],
        2,
    ),
    (
        "a report into no folder",
        &[],
        &["check", "--format", "json", "--output", "none/a.json"],
        2,
    ),
    (
        "a path that is not there",
        &[],
        &["check", "portfolio/none.md"],
        2,
    ),
    ("a path outside", &[], &["check", "/"], 2),
    (
        "a baseline that is not there",
        &[],
        &["check", "--baseline", "none.txt"],
        2,
    ),
    (
        "accepting without updating",
        &[],
        &["check", "--accept", "all"],
        2,
    ),
    (
        "a root without a portfolio",
        &[],
        &["check", "--root", "standards"],
        2,
    ),
    (
        "a date that is none",
        &[],
        &["check", "--as-of", "2026-02-30"],
        2,
    ),
    ("enough", &[], &["coverage", "--fail-under", "4/4"], 0),
    (
        "not enough",
        &[GAP],
        &["coverage", "--fail-under", "4/4"],
        1,
    ),
    (
        "not enough of one standard",
        &[GAP],
        &["coverage", "--fail-under", "tiny=4/4"],
        1,
    ),
    (
        "a fraction of nothing",
        &[],
        &["coverage", "--fail-under", "0/0"],
        2,
    ),
    (
        "a fraction that is none",
        &[],
        &["coverage", "--fail-under", "most"],
        2,
    ),
    (
        "a standard that is none",
        &[],
        &["coverage", "--fail-under", "tony=1/4"],
        2,
    ),
    ("a code", &[], &["explain", "K1"], 0),
    ("a rule", &[], &["explain", "unknown-code"], 0),
    ("neither", &[], &["explain", "nonsense"], 2),
    (
        "a build with gaps",
        &[GAP],
        &["build", "--output", "site"],
        0,
    ),
    (
        "a build into the sources",
        &[],
        &["build", "--output", "portfolio"],
        2,
    ),
    (
        "a theme that is none",
        &[],
        &["build", "--theme", "none"],
        2,
    ),
    ("a portfolio begun twice", &[], &["init"], 2),
    (
        "a standard that is right",
        &[],
        &["standards", "check", "standards/tiny.yaml"],
        0,
    ),
    (
        "a standard that is wrong",
        &[("standards/bad.yaml", "id: bad\n")],
        &["standards", "check", "standards/bad.yaml"],
        1,
    ),
    (
        "a standard that is not there",
        &[],
        &["standards", "show", "none"],
        2,
    ),
    ("help", &[], &["--help"], 0),
    ("no command", &[], &[], 2),
];

#[test]
fn exit_codes_are_as_documented() {
    for (name, files, arguments, code) in SITUATIONS {
        let sandbox = Sandbox::tiny()
            .file("portfolio/portfolio.yaml", SETTINGS)
            .file(
                "portfolio/entries/all.md",
                entry("ksbs: [{K1: a}, {K2: a}, {K10: a}, {B1: a}]\n"),
            );
        for (path, text) in *files {
            sandbox.write(path, text);
        }
        let run = sandbox.run(arguments);
        assert_eq!(run.code, *code, "{name}: {}{}", run.out, run.err);
        assert!(!run.err.contains("panicked"), "{name}: {}", run.err);
        if *code == 2 {
            assert!(!run.err.is_empty(), "{name}: says why");
        }
    }
}
