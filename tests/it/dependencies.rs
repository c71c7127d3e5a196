//! `DEPENDENCIES.md` lists what cargo resolves: libraries with their crates and licences, and crates in two versions.

use std::collections::{BTreeMap, BTreeSet};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::support::repository;

/// The most crates of a program without its features.
const MOST_WITHOUT_FEATURES: usize = 130;

/// The most packages in `Cargo.lock`.
const MOST_LOCKED: usize = 240;

/// The resolved dependencies of this package.
struct Tree {
    /// Name and licence by package id.
    packages: BTreeMap<String, (String, String)>,
    /// Dependencies by package id, without those of tests.
    needs: BTreeMap<String, Vec<String>>,
    /// Direct dependencies, with the kind: `None` for those of the program.
    named: Vec<(String, Option<String>)>,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn tree(features: &[&str]) -> Tree {
    let arguments = [
        "metadata",
        "--locked",
        "--format-version",
        "1",
        "--filter-platform",
        "x86_64-unknown-linux-gnu",
    ];
    let run = Command::new(env!("CARGO"))
        .args(arguments)
        .args(features)
        .current_dir(repository())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let metadata: Value = serde_json::from_slice(&run.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap().iter();
    let packages = packages
        .map(|one| {
            (
                text(&one["id"]),
                (text(&one["name"]), text(&one["license"])),
            )
        })
        .collect();
    let root = &metadata["resolve"]["root"];
    let (mut needs, mut named) = (BTreeMap::new(), Vec::new());
    for node in metadata["resolve"]["nodes"].as_array().unwrap() {
        let mut of_node = Vec::new();
        for one in node["deps"].as_array().unwrap() {
            for kind in one["dep_kinds"].as_array().unwrap() {
                let kind = kind["kind"].as_str().map(str::to_owned);
                if node["id"] == *root {
                    named.push((text(&one["pkg"]), kind));
                } else if kind.as_deref() != Some("dev") {
                    of_node.push(text(&one["pkg"]));
                }
            }
        }
        needs.insert(text(&node["id"]), of_node);
    }
    Tree {
        packages,
        needs,
        named,
    }
}

impl Tree {
    /// The crates of the program beside its own.
    fn program(&self) -> BTreeSet<&str> {
        let own = self.named.iter().filter(|(_, kind)| kind.is_none());
        own.flat_map(|(id, _)| self.with_all_it_needs(id)).collect()
    }

    /// A package and everything it depends on.
    fn with_all_it_needs(&self, id: &str) -> BTreeSet<&str> {
        let mut seen = BTreeSet::new();
        let mut next = vec![self.needs.get_key_value(id).unwrap().0.as_str()];
        while let Some(id) = next.pop() {
            if seen.insert(id) {
                next.extend(self.needs[id].iter().map(String::as_str));
            }
        }
        seen
    }
}

/// The cells of the rows under a heading that begin with a crate's name.
fn rows(page: &str, heading: &str) -> Vec<Vec<String>> {
    let section = page
        .split("\n## ")
        .find(|section| section.starts_with(heading))
        .unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        row.trim_matches('|')
            .split('|')
            .map(|cell| cell.trim().replace('`', ""))
            .collect()
    })
    .collect()
}

#[test]
fn the_page_of_dependencies_lists_what_cargo_resolves() {
    let page = std::fs::read_to_string(repository().join("DEPENDENCIES.md")).unwrap();
    let tree = tree(&[]);
    let mut expected: Vec<(String, String, String)> = Vec::new();
    for (id, _) in &tree.named {
        let (name, licence) = tree.packages[id].clone();
        let brings = tree.with_all_it_needs(id).len() - 1;
        expected.push((name, brings.to_string(), licence));
    }
    expected.sort();
    let mut listed: Vec<(String, String, String)> = Vec::new();
    for row in rows(&page, "# Dependencies") {
        assert!(row[1].len() > 5, "{} has no reason", row[0]);
        listed.push((row[0].clone(), row[2].clone(), row[3].clone()));
    }
    listed.sort();
    assert_eq!(listed, expected);

    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for id in tree.program() {
        *count.entry(&tree.packages[id].0).or_insert(0) += 1;
    }
    let twice: Vec<&str> = count
        .into_iter()
        .filter(|(_, number)| *number > 1)
        .map(|(name, _)| name)
        .collect();
    let rows = rows(&page, "Twice in the tree");
    let listed: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(listed, twice);
}

#[test]
fn the_program_has_no_more_crates_than_the_page_says() {
    let page = std::fs::read_to_string(repository().join("DEPENDENCIES.md")).unwrap();
    let all = tree(&[]).program().len();
    let core = tree(&["--no-default-features"]).program().len();
    let lock = std::fs::read_to_string(repository().join("Cargo.lock")).unwrap();
    // This package, and those from elsewhere: the module of ksbfolio.html is the same program.
    let locked = 1 + lock.matches("\nsource = ").count();
    for sentence in [
        format!("consists of {all} crates beside its own, and of {core} without"),
        format!("`Cargo.lock` has {locked} packages"),
    ] {
        assert!(page.contains(&sentence), "the page should say: {sentence}");
    }
    assert!(core <= MOST_WITHOUT_FEATURES, "{core} without features");
    assert!(locked <= MOST_LOCKED, "{locked} locked packages");
}
