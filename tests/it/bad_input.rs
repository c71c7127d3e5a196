//! Any file in the folder gives a finding with its place; the other files are still checked, in
//! bounded time and memory.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::support::{Workspace, entry};

/// Long enough for the slowest machine, short enough to detect a hang.
const PATIENCE: Duration = Duration::from_mins(1);

const HEAD: &str = "title: A\ndate: 2026-11-10\ntype: product\n";

fn judged(name: &str, text: impl AsRef<[u8]>) -> Vec<Value> {
    let sandbox =
        Workspace::with_entry(&entry("ksbs: [{K1: a}]\n")).file("portfolio/entries/bad.md", text);
    let start = Instant::now();
    let document = sandbox.check();
    sandbox.check_as("text");
    assert!(
        start.elapsed() < PATIENCE,
        "{name} took {:?}",
        start.elapsed()
    );
    assert!(
        sandbox.coverage_as("text").contains("TOTAL 1/4"),
        "{name}: the other entry counts"
    );
    sandbox.site("assessor");
    let all = document["findings"].as_array().unwrap();
    all.iter()
        .filter(|one| one["file"] == "portfolio/entries/bad.md")
        .cloned()
        .collect()
}

fn rules(found: &[Value]) -> Vec<&str> {
    let mut rules: Vec<&str> = found
        .iter()
        .map(|one| one["rule"].as_str().unwrap())
        .collect();
    rules.dedup();
    rules
}

#[test]
fn invalid_yaml_gives_one_finding_with_its_place() {
    let cases = [
        (
            "tab",
            format!("---\n{HEAD}practice:\n\ttreatment: x\n---\n"),
            6,
        ),
        ("open bracket", format!("---\n{HEAD}ksbs: [K1\n---\n"), 0),
        ("open quote", format!("---\n{HEAD}id: \"x\n---\n"), 0),
        ("alias of nothing", format!("---\n{HEAD}id: *x\n---\n"), 5),
        (
            "deep nesting",
            format!("---\n{HEAD}ksbs: {}\n---\n", "[".repeat(100_000)),
            0,
        ),
        (
            "deep maps",
            format!("---\n{HEAD}ksbs: {}\n---\n", "{a: ".repeat(50_000)),
            0,
        ),
        ("nul", format!("---\n{HEAD}id: a\u{0}b\n---\n"), 5),
    ];
    for (name, text, line) in cases {
        let found = judged(name, text);
        assert_eq!(rules(&found), ["broken-front-matter"], "{name}: {found:#?}");
        assert_eq!(found.len(), 1, "{name}");
        assert!(
            line == 0 || found[0]["line"] == line,
            "{name}: {}",
            found[0]
        );
    }
}

#[test]
fn exponential_yaml_aliases_are_rejected() {
    let mut text = format!("---\n{HEAD}a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let before = format!("*a{}, ", level - 1).repeat(10);
        text =
            text + "a" + &level.to_string() + ": &a" + &level.to_string() + " [" + &before + "]\n";
    }
    let found = judged("alias bomb", text + "---\n\nWords.\n");
    assert!(!found.is_empty());
    assert!(found.len() < 100, "{}", found.len());
}

#[test]
fn byte_order_marks_line_ends_and_foreign_characters_are_harmless() {
    let clean = format!("---\n{HEAD}ksbs: [{{K1: a}}]\n---\n\nWords of the second entry.\n");
    for (name, text) in [
        ("byte-order mark", format!("\u{feff}{clean}")),
        ("line ends of Windows", clean.replace('\n', "\r\n")),
        ("both", format!("\u{feff}{}", clean.replace('\n', "\r\n"))),
        ("nul in the body", clean.replace("second", "sec\u{0}ond")),
    ] {
        assert_eq!(judged(name, &text), [Value::Null; 0], "{name}");
    }
    // Columns count characters from the start of the line, without the byte-order mark.
    let found = judged(
        "bom and unknown key",
        format!("\u{feff}---\r\ntitel: é\r\n{}", &clean[4..]),
    );
    assert_eq!(
        (found[0]["line"].as_u64(), found[0]["column"].as_u64()),
        (Some(2), Some(1))
    );
}

#[test]
fn binary_and_oversized_entries_are_reported_and_not_read() {
    let found = judged("latin", b"---\ntitle: caf\xe9\x81\n---\n");
    assert_eq!(
        (
            rules(&found),
            found[0]["line"].as_u64(),
            found[0]["column"].as_u64()
        ),
        (vec!["unreadable-file"], Some(2), Some(11))
    );
    let found = judged("100 MB", vec![b'x'; 100_000_000]);
    assert_eq!(rules(&found), ["unreadable-file"]);
    assert_eq!(rules(&judged("empty", "")), ["broken-front-matter"]);
}

#[test]
fn ten_thousand_tags_are_all_checked() {
    let tags: Vec<&str> = std::iter::repeat_n("K1", 10_000).collect();
    let found = judged(
        "duplicates",
        format!("---\n{HEAD}ksbs: [{}]\n---\n\nWords.\n", tags.join(", ")),
    );
    assert_eq!(
        found
            .iter()
            .filter(|one| one["rule"] == "untidy-code")
            .count(),
        9_999
    );
    let tags: Vec<String> = (100..10_100).map(|number| format!("K{number}")).collect();
    let found = judged(
        "unknown",
        format!("---\n{HEAD}ksbs:\n- {}\n---\n\nWords.\n", tags.join("\n- ")),
    );
    assert_eq!(
        found
            .iter()
            .filter(|one| one["rule"] == "unknown-code")
            .count(),
        10_000
    );
    assert_eq!(found.last().unwrap()["line"], 10_005);
}

#[test]
fn pathological_markdown_is_parsed_in_time() {
    for (name, body) in [
        ("quotes", ">".repeat(50_000)),
        ("brackets", "[".repeat(50_000)),
        ("links", "[a](ksb:K1) ".repeat(20_000)),
        ("headings", "# a\n".repeat(50_000)),
        (
            "lists",
            (0..2_000)
                .map(|depth| " ".repeat(depth * 2) + "- a\n")
                .collect::<String>(),
        ),
        ("emphasis", "*a_ ".repeat(50_000)),
        ("one long line", "word ".repeat(400_000)),
    ] {
        judged(
            name,
            format!("---\n{HEAD}ksbs: [{{K1: a}}]\n---\n\n{body}\n"),
        );
    }
}
