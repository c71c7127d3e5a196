//! Where each page of the site is, and how one links to another.

use crate::model::{CriterionId, GroupId, Portfolio};
use crate::par;
use crate::privacy::{identifies, shown_path};
use crate::text::{UniqueNames, is_device, short_hash, short_slug, slug};

/// Bytes of the longest name of a page, without its ending.
const LONGEST: usize = 80;

/// The site's map.
#[derive(Clone, Debug)]
pub struct Routes {
    standards: Vec<String>,
    criteria: Vec<Vec<String>>,
    groups: Vec<Vec<String>>,
    entries: Vec<String>,
}

impl Routes {
    /// Names every page of `portfolio`.
    #[must_use]
    pub fn new(portfolio: &Portfolio) -> Self {
        let mut names = UniqueNames::default();
        let standards = portfolio.catalogue.standards.iter();
        let standards: Vec<String> = standards
            .map(|(standard, _)| names.take(&safe(&standard.id.value)))
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
                .push(paths(&format!("criteria/{name}"), codes, code_name));
            let codes = standard
                .groups
                .iter()
                .map(|group| group.code.value.as_str());
            routes
                .groups
                .push(paths(&format!("groups/{name}"), codes, safe));
        }
        routes.standards = standards;
        let names = par::map(&portfolio.entries, |entry| safe(&entry.id));
        routes.entries = paths("entries", names.iter().map(String::as_str), str::to_owned);
        routes
    }

    /// A criterion's page.
    #[must_use]
    pub fn criterion(&self, id: CriterionId) -> &str {
        &self.criteria[id.standard][id.criterion]
    }

    /// A group's page.
    #[must_use]
    pub fn group(&self, id: GroupId) -> &str {
        &self.groups[id.standard][id.group]
    }

    /// An entry's page.
    #[must_use]
    pub fn entry(&self, at: usize) -> &str {
        &self.entries[at]
    }

    /// A standard's page.
    #[must_use]
    pub fn standard(&self, at: usize) -> String {
        format!("standards/{}.html", self.standards[at])
    }

    /// A standard's matrix.
    #[must_use]
    pub fn matrix(&self, at: usize) -> String {
        format!("matrix/{}.html", self.standards[at])
    }
}

fn paths<'a>(
    folder: &str,
    names: impl Iterator<Item = &'a str>,
    safe: fn(&str) -> String,
) -> Vec<String> {
    let mut taken = UniqueNames::default();
    names
        .map(|name| format!("{folder}/{}.html", taken.take(&safe(name))))
        .collect()
}

/// Codes keep their letters: `K1.html`.
fn code_name(code: &str) -> String {
    let plain = !code.is_empty()
        && !identifies(code)
        && code
            .chars()
            .all(|sign| sign.is_ascii_alphanumeric() || sign == '-');
    if plain && code.len() <= LONGEST {
        unreserved(code.to_owned())
    } else {
        safe(code)
    }
}

/// A name as a part of a path of the site: a slug that holds nothing that identifies somebody, also where the slug
/// alone does. What is left out is not hashed, because so few numbers can be tried one by one.
#[must_use]
pub fn published_name(name: &str) -> String {
    let plain = slug(&shown_path(name).0);
    if identifies(&plain) {
        slug(&shown_path(&plain).0)
    } else {
        plain
    }
}

fn safe(name: &str) -> String {
    let plain = published_name(name);
    if plain.len() > LONGEST {
        // The hash keeps names apart that differ behind the cut, whatever other pages there are.
        let hash = short_hash(name, 8);
        return format!("{}-{hash}", short_slug(&plain, LONGEST - 1 - hash.len()));
    }
    unreserved(if plain.is_empty() {
        "page".to_owned()
    } else {
        plain
    })
}

/// Some names cannot be files on Windows.
fn unreserved(name: String) -> String {
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
        assert_eq!(safe("Überfall: ../etc"), "berfall-etc");
        assert_eq!(code_name("CON"), "CON-page");
        assert_eq!(code_name("MN-AC1"), "MN-AC1");
        assert_eq!(safe("日本"), "page");
        let long = "pain ".repeat(60);
        let (one, other) = (safe(&format!("{long}one")), safe(&format!("{long}two")));
        assert!(
            one != other && one.len() <= LONGEST && one.starts_with("pain-pain-"),
            "{one} {other}"
        );
        assert_eq!(code_name(&"K".repeat(81)).len(), LONGEST);
    }
}
