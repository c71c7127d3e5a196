//! Statements in the documents are true.

use super::support::repository;

fn text(path: &str) -> String {
    std::fs::read_to_string(repository().join(path))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_readme_names_the_two_commands_and_ci_calls_the_second() {
    let readme = text("README.md");
    assert!(readme.contains("cargo run --release -- build"));
    assert!(readme.contains("tests/run"));
    assert!(text(".ci/run").lines().any(|line| line == "tests/run"));
}

#[test]
fn architecture_is_short_and_names_every_module() {
    let architecture = text("ARCHITECTURE.md");
    assert!(architecture.lines().count() < 200);
    for line in text("src/lib.rs").lines() {
        if let Some(module) = line
            .strip_prefix("pub mod ")
            .and_then(|rest| rest.strip_suffix(';'))
        {
            assert!(architecture.contains(&format!("`{module}`")), "{module}");
        }
    }
}

#[test]
fn the_program_carries_every_standard_and_every_file_of_the_default_theme() {
    let below = |folder: &str| -> Vec<String> {
        let files = super::support::tree(&repository().join(folder));
        files
            .into_iter()
            .map(|(path, _)| path.to_string_lossy().replace('\\', "/"))
            .collect()
    };
    let carried: Vec<String> = ksbfolio::embedded::STANDARDS
        .iter()
        .map(|(path, _)| (*path).to_owned())
        .collect();
    let there: Vec<String> = below("standards")
        .into_iter()
        .map(|path| format!("standards/{path}"))
        .collect();
    assert_eq!(
        carried.iter().collect::<std::collections::BTreeSet<_>>(),
        there.iter().collect()
    );
    let carried: Vec<String> = ksbfolio::embedded::DEFAULT_THEME
        .iter()
        .map(|(path, _)| (*path).to_owned())
        .collect();
    assert_eq!(
        carried.iter().collect::<std::collections::BTreeSet<_>>(),
        below("themes/default").iter().collect()
    );
}

#[test]
fn rules_are_sorted_and_one_file_each() {
    let names: Vec<&str> = ksbfolio::check::rules::ALL
        .iter()
        .map(|rule| rule.name)
        .collect();
    assert!(names.is_sorted());
    let mut files: Vec<String> = super::support::tree(&repository().join("src/check/rules"))
        .into_iter()
        .map(|(path, _)| {
            path.file_stem()
                .unwrap()
                .to_string_lossy()
                .replace('_', "-")
        })
        .filter(|name| name != "mod")
        .collect();
    files.sort();
    assert_eq!(names, files);
}
