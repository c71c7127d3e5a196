//! The paths of all pages.

use crate::model::{CriterionId, GroupId, Portfolio};
use crate::par;
use crate::privacy::{has_identifier, mask_path};
use crate::text::{UniqueNames, is_device, short_hash, short_slug, slug};

/// The most bytes of a file name, without its extension.
const LONGEST: usize = 80;

/// The paths of all pages of a portfolio.
#[derive(Clone, Debug)]
pub struct Routes {
    standards: Vec<String>,
    criteria: Vec<Vec<String>>,
    groups: Vec<Vec<String>>,
    entries: Vec<String>,
}

impl Routes {
    /// Assigns a path to every page of `portfolio`.
    pub fn new(portfolio: &Portfolio) -> Self {
        let mut names = UniqueNames::default();
        let standards = portfolio.catalogue.standards.iter();
        let standards: Vec<String> = standards
            .map(|(standard, _)| names.take(&make_safe(&standard.id.value)))
            .collect();
        let mut routes = Self {
            standards: Vec::new(),
            criteria: Vec::new(),
            groups: Vec::new(),
            entries: Vec::new(),
        };
        for (name, (standard, _)) in standards.iter().zip(&portfolio.catalogue.standards) {
            let codes = standard
                .criteria
                .iter()
                .map(|criterion| criterion.code.value.as_str());
            routes
                .criteria
                .push(assign_paths(&format!("criteria/{name}"), codes, name_code));
            let codes = standard
                .groups
                .iter()
                .map(|group| group.code.value.as_str());
            routes
                .groups
                .push(assign_paths(&format!("groups/{name}"), codes, make_safe));
        }
        routes.standards = standards;
        let names = par::map(&portfolio.entries, |entry| make_safe(&entry.id));
        routes.entries = assign_paths("entries", names.iter().map(String::as_str), str::to_owned);
        routes
    }

    /// The path of a criterion.
    pub fn criterion(&self, id: CriterionId) -> &str {
        &self.criteria[id.standard][id.criterion]
    }

    /// The path of a group.
    pub fn group(&self, id: GroupId) -> &str {
        &self.groups[id.standard][id.group]
    }

    /// The path of an entry.
    pub fn entry(&self, at: usize) -> &str {
        &self.entries[at]
    }

    /// The path of a standard.
    pub fn standard(&self, at: usize) -> String {
        format!("standards/{}.html", self.standards[at])
    }

    /// The path of the matrix of a standard.
    pub fn matrix(&self, at: usize) -> String {
        format!("matrix/{}.html", self.standards[at])
    }

    /// The path of the matrix of a standard for the entries of a month.
    pub fn matrix_month(&self, at: usize, month: &str) -> String {
        format!("matrix/{}/{month}.html", self.standards[at])
    }
}

fn assign_paths<'a>(
    folder: &str,
    names: impl Iterator<Item = &'a str>,
    safe_name: fn(&str) -> String,
) -> Vec<String> {
    let mut taken = UniqueNames::default();
    names
        .map(|name| format!("{folder}/{}.html", taken.take(&safe_name(name))))
        .collect()
}

/// Codes keep their case: `K1.html`.
fn name_code(code: &str) -> String {
    let plain = !code.is_empty()
        && !has_identifier(code)
        && code
            .chars()
            .all(|char| char.is_ascii_alphanumeric() || char == '-');
    if plain && code.len() <= LONGEST {
        avoid_reserved(code.to_owned())
    } else {
        make_safe(code)
    }
}

/// A name as part of a path: a slug without identifiers, including those that appear only in the
/// slug. Removed identifiers are not hashed either: they are short enough to be found by trying.
pub fn published_name(name: &str) -> String {
    let plain = slug(&mask_path(name).0);
    if has_identifier(&plain) {
        slug(&mask_path(&plain).0)
    } else {
        plain
    }
}

fn make_safe(name: &str) -> String {
    let plain = published_name(name);
    if plain.len() > LONGEST {
        // The hash separates names that differ after the cut, and does not depend on other pages.
        let hash = short_hash(name, 8);
        return format!("{}-{hash}", short_slug(&plain, LONGEST - 1 - hash.len()));
    }
    avoid_reserved(if plain.is_empty() {
        "page".to_owned()
    } else {
        plain
    })
}

/// Changes names that Windows reserves for devices.
fn avoid_reserved(name: String) -> String {
    if is_device(&name) {
        format!("{name}-") + "page"
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_on_every_system() {
        assert_eq!(make_safe("Überfall: ../etc"), "uberfall-etc");
        assert_eq!(name_code("CON"), "CON-page");
        assert_eq!(name_code("MN-AC1"), "MN-AC1");
        assert_eq!(make_safe("日本"), "page");
        let long = "pain ".repeat(60);
        let (one, other) = (
            make_safe(&format!("{long}one")),
            make_safe(&format!("{long}two")),
        );
        assert!(
            one != other && one.len() <= LONGEST && one.starts_with("pain-pain-"),
            "{one} {other}"
        );
        assert_eq!(name_code(&"K".repeat(81)).len(), LONGEST);
    }
}
