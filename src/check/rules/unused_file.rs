//! `unused-file`: a file in the evidence folder that no entry attaches, shows or links to.

use std::collections::BTreeSet;

use super::unpublishable_file::{advise_by_ending, file_ending};
use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Level, Place, Subject};
use crate::layout;
use crate::model::Portfolio;
use crate::text::{SourcePath, Span, names_before_copy};

pub(super) const UNUSED_FILE: Rule = Rule {
    name: "unused-file",
    group: RuleGroup::Evidence,
    levels: Levels::new(Level::Note, Level::Warning, Level::Warning),
    since: "0.1.0",
    text: RuleText {
        finds: "A file in the evidence folder that no entry attaches, shows or links to. Originals that `import` keeps are not reported.",
        why: "It may be the picture that was meant, or a photograph of a person that should not be there.",
        example: "portfolio/evidence/IMG_2041.jpg, and no entry names it",
        instead: "Attach it to its entry, or delete it.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    let portfolio = case.portfolio;
    // A name with other capitals is reported as a missing file.
    let used: BTreeSet<String> = portfolio
        .entries
        .iter()
        .flat_map(|entry| &entry.uses)
        .map(|path| path.as_str().to_lowercase())
        .collect();
    let is_original = |path: &SourcePath| path.as_str().starts_with(layout::ORIGINALS);
    for path in portfolio
        .evidence
        .keys()
        .filter(|path| !used.contains(&path.as_str().to_lowercase()) && !is_original(path))
    {
        let place = Place::new(path, Span::default());
        let subject = Subject::File(path.to_string());
        found.push(if let Some(of) = original(path, portfolio) {
            let message = format!("no entry uses this file, and it is the same as {of}");
            let finding = Finding::new(UNUSED_FILE.name, place, subject, message);
            finding
                .help("delete it: a sync program made this copy")
                .with(of)
        } else {
            let message = "no entry uses this file";
            let finding = Finding::new(UNUSED_FILE.name, place, subject, message);
            finding.help(advise_unused(path.as_str()))
        });
    }
}

/// What to do with a file that no entry uses.
fn advise_unused(path: &str) -> String {
    let ending = file_ending(path);
    if matches!(&*ending, "md" | "txt" | "markdown") {
        return "if it is an entry, move it to portfolio/entries; else attach it, or delete it"
            .to_owned();
    }
    let attach = "attach it to its entry, or delete it";
    match advise_by_ending(&ending) {
        Some(advice) => format!("{attach}. To have it published, {advice}"),
        None => attach.to_owned(),
    }
}

/// The file beside this one that it is a copy of, by its name and its content.
fn original<'a>(path: &SourcePath, portfolio: &'a Portfolio) -> Option<&'a SourcePath> {
    let content = |path: &SourcePath| portfolio.evidence.get(path).map(|file| &file.sha256);
    let name = path.as_str().rsplit('/').next().unwrap_or_default();
    let before = names_before_copy(name).into_iter();
    let mut before = before.filter_map(|name| path.join(&name));
    let of = before.find(|of| content(of).is_some() && content(of) == content(path))?;
    let (known, _) = portfolio.evidence.get_key_value(&of)?;
    Some(known)
}
