//! `explain`: a code, a rule or an entry.

use super::args::{Explain, Global};
use super::console::Console;
use super::{CLEAN, CliError, open};
use crate::check::{Rule, rules, successor};
use crate::engine::{self, Snapshot};
use crate::model::{Catalogue, CriterionId};
use crate::privacy::mask_path;
use crate::report::{
    explain_criterion, explain_decisions, explain_entry, explain_rule, rule_reference,
};
use crate::resolve::{Codes, Lookup, TypedCodes};
use crate::text::{listed, listed_or, nearest};

/// Tries a code, then a rule, then an entry; `entry:x` forces the last. Rules need no portfolio.
pub(super) fn run(
    global: &Global,
    command: &Explain,
    console: &mut Console,
) -> Result<u8, CliError> {
    let Some(what) = command.what.as_deref() else {
        console.report(&rule_reference());
        return Ok(CLEAN);
    };
    let rule = rules::record(successor(what).unwrap_or(what));
    let project = match (open::project(global), rule) {
        (Ok(project), _) => project,
        (Err(_), Some(rule)) => {
            console.report(&explain_rule(rule));
            return Ok(CLEAN);
        }
        (Err(error), None) => return Err(error),
    };
    let text = explained(&project, what, rule)?;
    console.report(&text);
    Ok(CLEAN)
}

fn explained(project: &Snapshot, what: &str, rule: Option<&Rule>) -> Result<String, CliError> {
    let portfolio = &project.portfolio;
    if let Some(id) = what.strip_prefix("entry:") {
        let at = portfolio
            .index
            .by_id(id)
            .ok_or_else(|| unknown(project, what))?;
        return Ok(entry(project, at));
    }
    let codes = Codes::new(&portfolio.catalogue);
    let is_entry = portfolio.index.by_id(what).is_some();
    let lookup = match codes.read(what) {
        TypedCodes::One(lookup) => lookup,
        TypedCodes::Many(many) if rule.is_none() && !is_entry => {
            let each = many.iter().map(|one| explained(project, &one.text, rule));
            return Ok(each.collect::<Result<Vec<_>, _>>()?.join("\n"));
        }
        TypedCodes::Group(criteria) if rule.is_none() && !is_entry => {
            let help = format!("ask for one of its codes: {}", listed_or(&criteria));
            return Err(CliError::new(format!("{what} gathers several codes"), help));
        }
        TypedCodes::Many(_) | TypedCodes::Group(_) => codes.find_only(what),
    };
    match lookup {
        Lookup::Found { id, .. } => return Ok(explain_criterion(portfolio, &project.coverage, id)),
        Lookup::Ambiguous(choices) => {
            let help = format!("name one: {}", listed_or(&choices));
            return Err(CliError::new(
                format!("{what} could be several criteria"),
                help,
            ));
        }
        Lookup::Superseded(by) => {
            let by = if by.is_empty() {
                "nothing".to_owned()
            } else {
                listed(&by)
            };
            return Err(CliError::new(
                format!("{what} is no longer a criterion"),
                format!("in its place: {by}"),
            ));
        }
        Lookup::Unknown { .. } | Lookup::UnknownStandard(_) => {}
    }
    if let Some(rule) = rule {
        return Ok(explain_rule(rule));
    }
    let at = portfolio
        .index
        .by_id(what)
        .ok_or_else(|| unknown(project, what))?;
    Ok(entry(project, at))
}

/// An entry with its decisions, and its changes since the last one.
fn entry(project: &Snapshot, at: usize) -> String {
    let (portfolio, coverage) = (&project.portfolio, &project.coverage);
    let mut text = explain_entry(portfolio, coverage, at);
    text.push_str(&explain_decisions(portfolio, coverage, at));
    let entry = &portfolio.entries[at];
    let last = entry
        .decisions
        .iter()
        .rev()
        .find(|decision| decision.decides());
    if let Some(digest) = last
        .and_then(|last| last.digest.as_deref())
        .filter(|digest| !entry.digests.matches(digest))
    {
        text.push('\n');
        text.push_str(&engine::describe_changes(project, at, digest));
    }
    text
}

fn unknown(project: &Snapshot, what: &str) -> CliError {
    let portfolio = &project.portfolio;
    let mut meant = Codes::new(&portfolio.catalogue).find(what).meant();
    let names = rules::named()
        .map(|rule| rule.name)
        .chain(portfolio.index.ids());
    meant.extend(nearest(what, names).map(str::to_owned));
    let codes = find_codes_by_words(&portfolio.catalogue, what);
    let help = match codes.as_slice() {
        [] if meant.is_empty() => {
            "`ksbfolio coverage` lists codes, `ksbfolio check` names rules".to_owned()
        }
        [] => format!("did you mean {}?", listed_or(&meant)),
        [first, ..] => format!(
            "in {} is something about it: `ksbfolio explain {first}`",
            listed(&codes)
        ),
    };
    CliError::new(
        format!("No code, rule or entry called `{}`", mask_path(what).0),
        help,
    )
}

/// The most codes that are named for an everyday word.
const MOST_CODES: usize = 8;

/// The codes whose statements, or everyday words for them, have all of these words.
fn find_codes_by_words(catalogue: &Catalogue, typed: &str) -> Vec<String> {
    let typed = typed.to_lowercase();
    let words: Vec<&str> = typed.split_whitespace().collect();
    let has_all = |id: &CriterionId| {
        let criterion = catalogue.criterion(*id);
        let statement = criterion.text.known().map_or("", String::as_str);
        let text = format!("{statement} {}", criterion.search_words.join(" "));
        let text = text.to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    let is_specific = words.iter().any(|word| word.chars().count() > 2);
    let found = catalogue.criteria().filter(|id| is_specific && has_all(id));
    let codes = found.map(|id| catalogue.code(id).to_string());
    codes.take(MOST_CODES).collect()
}
