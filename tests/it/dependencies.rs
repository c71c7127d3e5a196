//! `DEPENDENCIES.md` says what cargo resolves: every library with its crates and its licence, and what is there twice.

use std::collections::{BTreeMap, BTreeSet};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::support::repository;

/// Packages by id, and for each what it is built from.
struct Tree {
    packages: BTreeMap<String, (String, String)>,
    needs: BTreeMap<String, Vec<String>>,
    /// What this package names itself, with the kind: none for what the program is made of.
    named: Vec<(String, Option<String>)>,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn tree() -> Tree {
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
        .current_dir(repository())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let told: Value = serde_json::from_slice(&run.stdout).unwrap();
    let packages = told["packages"].as_array().unwrap().iter();
    let packages = packages
        .map(|one| {
            (
                text(&one["id"]),
                (text(&one["name"]), text(&one["license"])),
            )
        })
        .collect();
    let root = &told["resolve"]["root"];
    let (mut needs, mut named) = (BTreeMap::new(), Vec::new());
    for node in told["resolve"]["nodes"].as_array().unwrap() {
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
    /// A package and all that it is built from.
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

/// The cells of every row that begins with a crate's name, by the heading that the row stands under.
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
fn the_page_of_dependencies_says_what_cargo_resolves() {
    let page = std::fs::read_to_string(repository().join("DEPENDENCIES.md")).unwrap();
    let tree = tree();
    let mut right: Vec<(String, String, String)> = Vec::new();
    let mut program = BTreeSet::new();
    for (id, kind) in &tree.named {
        let (name, licence) = tree.packages[id].clone();
        let all = tree.with_all_it_needs(id);
        right.push((name, (all.len() - 1).to_string(), licence));
        if kind.is_none() {
            program.extend(all);
        }
    }
    right.sort();
    let mut said: Vec<(String, String, String)> = Vec::new();
    for row in rows(&page, "# Dependencies") {
        assert!(row[1].len() > 5, "{} is there for a reason", row[0]);
        said.push((row[0].clone(), row[2].clone(), row[3].clone()));
    }
    said.sort();
    assert_eq!(said, right);
    assert!(
        page.contains(&format!("made of {} crates", program.len())),
        "the program is made of {}",
        program.len()
    );

    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for id in &program {
        *count.entry(&tree.packages[*id].0).or_insert(0) += 1;
    }
    let twice: Vec<&str> = count
        .into_iter()
        .filter(|(_, number)| *number > 1)
        .map(|(name, _)| name)
        .collect();
    let told: Vec<String> = rows(&page, "Twice in the tree")
        .into_iter()
        .map(|row| row[0].clone())
        .collect();
    assert_eq!(told, twice);
}
