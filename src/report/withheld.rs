//! Which entries are withheld now, and for what: after an upgrade the search may find more.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::run::Report;
use crate::model::{Audience, Entry};
use crate::privacy::Kind;
use crate::text::{counted, one_line, plural};
use crate::view::is_meant_for;

/// The most entries that are named; the rest is counted.
const NAMED: usize = 5;

/// The entries with findings in this run that a site is kept from showing, each with the rules, and the
/// answer to write where no person is identified. Empty if there are none.
pub(super) fn describe_withheld(report: &Report<'_>) -> String {
    let mut reported = BTreeSet::new();
    reported.extend(report.findings.iter().map(|finding| &finding.place.path));
    let entries = report.portfolio.entries.iter();
    let entries = entries.filter(|entry| reported.contains(&entry.path));
    let withheld: Vec<String> = entries.filter_map(|entry| describe(entry)).collect();
    if withheld.is_empty() {
        return String::new();
    }
    let mut out = format!(
        "Withheld until {} answered or changed: {}.\n",
        plural(withheld.len(), "it is", "they are"),
        counted(withheld.len(), "entry")
    );
    for line in withheld.iter().take(NAMED) {
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(out, "  {line}");
    }
    if withheld.len() > NAMED {
        let _ = writeln!(out, "  and {} more", withheld.len() - NAMED);
    }
    out.push_str(
        "Write a role instead of a name. Where words identify no person, answer them in the entry:\n  \
         check: [{ ignore: personal-name, words: \"Roger Neighbour\", reason: \"an author\" }]\n\
         `ksbfolio read ENTRY` asks about each, and writes the answers.\n\n",
    );
    out
}

/// `portfolio/entries/pain.md: personal-name, phone-number`, and from whom it is withheld if not from all.
fn describe(entry: &Entry) -> Option<String> {
    let rules_for = |audience: Audience| -> BTreeSet<&str> {
        if !is_meant_for(entry, audience) {
            return BTreeSet::new();
        }
        let kinds = entry.withheld_from(audience);
        kinds.map(Kind::rule).collect()
    };
    let (assessor, public) = (rules_for(Audience::Assessor), rules_for(Audience::Public));
    let (rules, from) = if assessor.is_empty() {
        (public, " (from public sites)")
    } else {
        (assessor, "")
    };
    let rules: Vec<&str> = rules.into_iter().collect();
    let line = || {
        format!(
            "{}: {}{from}",
            one_line(entry.path.shown()),
            rules.join(", ")
        )
    };
    (!rules.is_empty()).then(line)
}
