//! The house: one direction of dependencies, and short files.

use std::collections::BTreeMap;

use super::support::{repository, tree};

/// Modules that may touch the disk, the environment, the clock or the terminal.
const RIM: [&str; 5] = ["store", "engine/clock.rs", "server", "cli", "main.rs"];

/// The floor of each module, from the table in ARCHITECTURE.md.
fn floors() -> BTreeMap<String, u32> {
    let path = repository().join("ARCHITECTURE.md");
    let text = std::fs::read_to_string(path).unwrap();
    let rows = text.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| ")?.split(" | ");
        let floor = cells.next()?.parse().ok()?;
        let module = cells.next()?.strip_prefix('`')?.strip_suffix('`')?;
        Some((module.to_owned(), floor))
    });
    rows.collect()
}

#[test]
fn every_module_uses_only_what_lies_below_it() {
    let floors = floors();
    let floor = |module: &str| {
        let floor = floors.get(module);
        *floor.unwrap_or_else(|| panic!("ARCHITECTURE.md does not list {module}"))
    };
    let mut looked_at = 0;
    for (path, bytes) in tree(&repository().join("src")) {
        let name = path
            .iter()
            .next()
            .unwrap()
            .to_string_lossy()
            .replace(".rs", "");
        if ["lib", "main"].contains(&name.as_str()) {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        for used in text.split("crate::").skip(1) {
            let used: String = used
                .chars()
                .take_while(|sign| sign.is_alphanumeric() || *sign == '_')
                .collect();
            looked_at += 1;
            let allowed = used == name || floor(&used) < floor(&name);
            assert!(
                allowed,
                "{} uses {used}, which does not lie below {name}",
                path.display()
            );
        }
    }
    assert!(looked_at > 100, "only {looked_at} uses were found");
}

#[test]
fn only_the_rim_touches_disk_environment_clock_and_terminal() {
    let sources = tree(&repository().join("src")).into_iter();
    for (path, bytes) in sources.filter(|(path, _)| path.ends_with(".rs")) {
        let text = String::from_utf8(bytes).unwrap();
        let rim = RIM.iter().any(|rim| path.starts_with(rim));
        for door in [
            "std::fs",
            "std::env",
            "std::process",
            "std::net",
            "::now()",
            "println!",
            "eprint",
        ] {
            assert!(
                rim || !text.contains(door),
                "{} uses {door}",
                path.display()
            );
        }
    }
}

#[test]
fn each_library_is_named_in_few_files_and_files_stay_short() {
    for (library, most) in [
        ("serde_yaml::", 1),
        // Mistakes, and the spelling that edits keep.
        ("granit_parser::", 2),
        ("syntect::", 1),
        ("notify::", 1),
        ("tera::", 1),
        ("image::", 1),
        ("moxcms::", 1),
        ("sha2::", 1),
        ("twox_hash::", 1),
        ("annotate_snippets::", 1),
        ("rayon::", 1),
        ("walkdir::", 1),
        ("zip::", 1),
        ("hyper::", 1),
        ("getrandom::", 1),
        ("inquire::", 1),
        ("use console::", 1),
        ("ssh_key::", 1),
        ("lopdf::", 1),
        ("quick_xml::", 1),
        ("exif::", 1),
        // The web server, what its visitors wait for, and signals.
        ("tokio::", 3),
        // Events, facts, HTML, and what an edit may not cut through.
        ("pulldown_cmark::", 4),
    ] {
        let files = tree(&repository().join("src"))
            .into_iter()
            .filter(|(_, bytes)| {
                let text = String::from_utf8_lossy(bytes);
                text.lines().any(|line| {
                    line.trim_start().starts_with(&format!("use {library}"))
                        || line.contains(&format!(" {library}"))
                })
            });
        let files: Vec<_> = files.map(|(path, _)| path).collect();
        assert!(
            !files.is_empty() && files.len() <= most,
            "{library} is named in {files:?}"
        );
    }
    for (path, bytes) in tree(&repository().join("src")) {
        let lines = String::from_utf8_lossy(&bytes).lines().count();
        assert!(lines <= 500, "{} has {lines} lines", path.display());
    }
}
