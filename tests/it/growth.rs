//! Site size and build memory grow linearly with the input.

use std::fmt::Write;

use super::support::{SETTINGS, Sandbox, Workspace};

/// A workspace with a standard of `criteria` almost identical statements.
fn alike(criteria: usize) -> Workspace {
    let mut standard = "version: 1\nid: tiny\ntitle: Tiny\nofficial: false\nkinds:\n  - { id: knowledge, title: Knowledge, prefix: K }\ncriteria:\n".to_owned();
    for number in 1..=criteria {
        let text = format!("Knows what the standard asks for in statement {number}");
        writeln!(
            standard,
            "  - {{ code: K{number}, kind: knowledge, text: \"{text}\" }}"
        )
        .unwrap();
    }
    standard.push_str("groups:\n");
    for first in (1..=criteria).step_by(10) {
        let codes: Vec<String> = (first..first + 10)
            .map(|number| format!("K{number}"))
            .collect();
        let (duty, codes) = (format!("Duty {}", first / 10 + 1), codes.join(", "));
        writeln!(
            standard,
            "  - {{ code: {duty}, kind: duty, text: \"{duty}\", criteria: [{codes}] }}"
        )
        .unwrap();
    }
    Workspace::empty().file("standards/tiny.yaml", standard).file("portfolio/portfolio.yaml", SETTINGS).file(
        "portfolio/entries/one.md",
        "---\ntitle: One\ndate: 2026-11-14\ntype: product\nksbs: [K1]\n---\n\nWords of its own.\n",
    )
}

#[test]
fn a_site_grows_with_the_number_of_criteria() {
    let bytes = |criteria: usize| {
        let sandbox = alike(criteria);
        let site = sandbox.site("assessor");
        let page = String::from_utf8_lossy(&site["criteria/tiny/K1.html"]);
        assert!(
            page.contains("and more: see <a href=\"../../standards/tiny.html\">all statements</a>"),
            "{page}"
        );
        assert!(page.matches("class=\"code\"").count() < 20, "{page}");
        site.values().map(Vec::len).sum::<usize>()
    };
    let (some, twice) = (bytes(300), bytes(600));
    assert!(
        twice * 10 <= some * 2 * 11,
        "{some} bytes for 300 criteria, {twice} for 600"
    );
}

/// Peak memory of building one entry with `body`, in bytes.
#[cfg(target_os = "linux")]
fn peak(body: &str) -> usize {
    let sandbox = Sandbox::with_entry(&format!(
        "---\ntitle: One\ndate: 2026-11-14\ntype: product\nksbs: [K1]\n---\n\n{body}\n"
    ));
    let peak = sandbox.peak_memory(&["--quiet", "build"]);
    assert!(sandbox.path().join("output/entries/one.html").is_file());
    peak
}

#[cfg(target_os = "linux")]
#[test]
fn long_tables_and_lists_take_at_most_20_times_their_size() {
    let empty = peak("Words.");
    let table = "| a | b | c | d |\n|---|---|---|---|\n";
    for (head, unit, most) in [
        (table, "| one | two | three | four |\n", 20),
        ("| a |\n|---|\n", "| b |\n", 20),
        ("", "- one item\n", 20),
        ("", "Word.\n\n", 20),
        // Every word is stored with its span, so short words cost more than their length.
        ("", "A sentence of some words. ", 30),
        ("", "*a* ", 30),
    ] {
        let text = format!("{head}{}", unit.repeat(3_200_000 / unit.len()));
        let times = (peak(&text) - empty) / text.len();
        assert!(
            times <= most,
            "3.2 MB of {unit:?} take {times} times their size"
        );
    }
}

#[test]
fn a_text_with_too_much_markdown_is_shown_as_plain_text_and_reported() {
    let rows = "| one | [two](ksb:K1) |\n".repeat(60_000);
    let sandbox = Workspace::with_entry(&format!(
        "---\ntitle: One\ndate: 2026-11-14\ntype: product\n---\n\n| a | b |\n|---|---|\n{rows}"
    ));
    let found = sandbox.check_as("concise");
    assert!(
        found.contains("more than 250000 lines and signs of Markdown"),
        "{found}"
    );
    let page = sandbox.page("entries/one.html");
    assert!(page.contains("| one | [two](ksb:K1) |") && !page.contains("<td>one"));
    assert!(sandbox.coverage().to_string().contains("\"gap\":4"));
}
