//! A site grows with what it is made from, and so does the memory that it takes to build.

use std::fmt::Write;

use super::support::{SETTINGS, Sandbox, tree};

/// A workspace with a standard of so many criteria, whose statements are nearly the same.
fn alike(criteria: usize) -> Sandbox {
    let mut standard = "version: 1\nid: tiny\ntitle: Tiny\nofficial: false\nkinds:\n  - { id: knowledge, title: Knowledge, prefix: K }\ncriteria:\n".to_owned();
    for number in 1..=criteria {
        let text = format!("Knows what the standard asks for in statement {number}");
        writeln!(standard, "  - {{ code: K{number}, kind: knowledge, text: \"{text}\" }}").unwrap();
    }
    standard.push_str("groups:\n");
    for first in (1..=criteria).step_by(10) {
        let codes: Vec<String> = (first..first + 10).map(|number| format!("K{number}")).collect();
        let (duty, codes) = (format!("Duty {}", first / 10 + 1), codes.join(", "));
        writeln!(standard, "  - {{ code: {duty}, kind: duty, text: \"{duty}\", criteria: [{codes}] }}")
            .unwrap();
    }
    Sandbox::empty().file("standards/tiny.yaml", standard).file("portfolio/portfolio.yaml", SETTINGS).file(
        "portfolio/entries/one.md",
        "---\ntitle: One\ndate: 2026-11-14\ntype: product\nksbs: [K1]\n---\n\nWords of its own.\n",
    )
}

#[test]
fn a_site_grows_with_the_number_of_criteria() {
    let bytes = |criteria: usize| {
        let sandbox = alike(criteria);
        assert_eq!(sandbox.run(&["--quiet", "build"]).code, 0);
        let page = sandbox.read("output/criteria/tiny/K1.html");
        assert!(
            page.contains("and more: see <a href=\"../../standards/tiny.html\">all statements</a>"),
            "{page}"
        );
        assert!(page.matches("class=\"code\"").count() < 20, "{page}");
        tree(&sandbox.path().join("output")).iter().map(|(_, bytes)| bytes.len()).sum::<usize>()
    };
    let (some, twice) = (bytes(300), bytes(600));
    assert!(twice * 10 <= some * 2 * 11, "{some} bytes for 300 criteria, {twice} for 600");
}

/// The most memory that a build of one entry with `body` takes, in bytes.
#[cfg(target_os = "linux")]
fn peak(body: &str) -> usize {
    use std::process::{Command, Stdio};
    let sandbox = Sandbox::with_entry(&format!(
        "---\ntitle: One\ndate: 2026-11-14\ntype: product\nksbs: [K1]\n---\n\n{body}\n"
    ));
    let mut child = Command::new(env!("CARGO_BIN_EXE_ksbfolio"))
        .args(["--as-of", "2026-11-21", "--quiet", "build"])
        .current_dir(sandbox.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB"));
        peak = kilobytes.map_or(peak, |number| number.trim().parse::<usize>().unwrap() * 1024);
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    assert!(sandbox.path().join("output/entries/one.html").is_file());
    peak
}

#[cfg(target_os = "linux")]
#[test]
fn the_memory_for_long_texts_grows_with_their_size() {
    let empty = peak("Words.");
    let table = "| a | b | c | d |\n|---|---|---|---|\n";
    for (size, most) in [(1_000_000, 70), (3_200_000, 70)] {
        let row = "| one | two | three | four |\n";
        let text = format!("{table}{}", row.repeat(size / row.len()));
        let times = (peak(&text) - empty) / text.len();
        assert!(times <= most, "a table of {size} bytes takes {times} times its size");
    }
    for (unit, most) in [("- one item\n", 70), ("Word.\n\n", 80), ("A sentence of some words. ", 40)] {
        let text = unit.repeat(1_000_000 / unit.len());
        let times = (peak(&text) - empty) / text.len();
        assert!(times <= most, "a megabyte of {unit:?} takes {times} times its size");
    }
}
