//! `statement-changed`: a statement with other words than those its evidence was accepted under.

use std::collections::BTreeMap;

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Level, Subject};
use crate::model::{CriterionId, Known, Verdict, Wording, find_identifiers_in};
use crate::privacy::Mask;
use crate::revision::likeness;
use crate::text::{counted, listed, mark_changes, plain_words, plural};

pub(super) const STATEMENT_CHANGED: Rule = Rule {
    name: "statement-changed",
    group: RuleGroup::Decisions,
    levels: Levels::new(Level::Note, Level::Warning, Level::Error).guarding(),
    since: "0.2.0",
    text: RuleText {
        finds: "A criterion whose statement has changed since its evidence was accepted, or whose earlier words are not recorded.",
        why: "The assessor accepted evidence for other words, so the acceptance lapses until the evidence is assessed against the new ones.",
        example: "K1 under a new version of the standard, in which another statement was put before it",
        instead: "Assess the entries again (`ksbfolio assess ENTRY --again`), or describe the revision in a map (`ksbfolio standards diff OLD NEW --init-map`).",
    },
    run: Run::Portfolio(run),
};

/// Entries with a stale acceptance of one criterion, by what is known of the words of then.
#[derive(Default)]
struct Lapsed {
    entries: Vec<String>,
    /// The words of then; `None` if they are not on record.
    words: Option<String>,
    /// Whether an acceptance names a version that is not on record.
    is_lost: bool,
}

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    for line in case.coverage.lines() {
        let mut lapsed = Lapsed::default();
        for piece in &line.pieces {
            let Some(standing) = piece.standing else {
                continue;
            };
            let is_stale = !standing.wording.holds() && standing.verdict == Verdict::Accepted;
            if is_stale {
                let entry = &case.portfolio.entries[piece.entry];
                lapsed.entries.push(entry.id.clone());
                let decision = &entry.decisions[standing.decision];
                let words = case.portfolio.words_when_decided(decision, line.criterion);
                lapsed.words = lapsed.words.or(words);
                lapsed.is_lost |= standing.wording == Wording::Lost;
            }
        }
        if !lapsed.entries.is_empty() {
            found.push(word_finding(case, line.criterion, &lapsed));
        }
    }
    found.extend(find_unknown(case));
}

fn word_finding(case: &Case<'_>, criterion: CriterionId, lapsed: &Lapsed) -> Finding {
    let catalogue = &case.portfolio.catalogue;
    let code = catalogue.code(criterion);
    let number = lapsed.entries.len();
    let entries = format!(
        "{} accepted for it {} to be assessed again",
        counted(number, "entry"),
        plural(number, "has", "have")
    );
    let now = match &catalogue.criterion(criterion).text {
        Known::Known(text) => plain_words(text),
        Known::Unknown => String::new(),
    };
    let message = match lapsed.words.as_deref() {
        None if lapsed.is_lost => format!(
            "the words under which {code} was accepted are not in standards.lock, and {entries}"
        ),
        None | Some("") => {
            format!("{code} is not the statement that was accepted, and {entries}: {now}")
        }
        Some(then) => format!(
            "the words of {code} have changed, and {entries}: {}",
            mask(&describe_change(then, &now))
        ),
    };
    let help = format!(
        "read {} again and `ksbfolio assess {} --again`, or describe the revision in a map: `ksbfolio standards diff`",
        listed(&lapsed.entries),
        lapsed.entries[0]
    );
    case.about_criterion(STATEMENT_CHANGED.name, criterion, message)
        .help(help)
}

/// Old and new words, side by side if they have little in common.
fn describe_change(then: &str, now: &str) -> String {
    if likeness(then, now) < 0.5 {
        format!("[-{then}-]{{+{now}+}}")
    } else {
        mark_changes(then, now)
    }
}

/// Covers identifiers in words of the lock, which anything may have been written into.
fn mask(text: &str) -> String {
    let found = find_identifiers_in(text, &[]);
    Mask::new(found.iter().map(|one| &*one.text)).over(text)
}

/// One finding for each standard with acceptances that name no version, if its words are known to
/// have changed at some time.
fn find_unknown(case: &Case<'_>) -> Vec<Finding> {
    let portfolio = case.portfolio;
    let mut unknown: BTreeMap<usize, Vec<CriterionId>> = BTreeMap::new();
    for line in case.coverage.lines() {
        let standings = line.pieces.iter().filter_map(|piece| piece.standing);
        let mut unknown_words = standings.filter(|standing| {
            standing.wording == Wording::Unknown && standing.verdict == Verdict::Accepted
        });
        if unknown_words.next().is_some() && has_changed(case, line.criterion) {
            let codes = unknown.entry(line.criterion.standard).or_default();
            codes.push(line.criterion);
        }
    }
    let word = |(standard, criteria): (usize, Vec<CriterionId>)| {
        let codes: Vec<String> = criteria
            .iter()
            .map(|&id| portfolio.catalogue.code(id).to_string())
            .collect();
        let id = &portfolio.catalogue.standard(standard).id.value;
        let message = format!(
            "the wording of {} of {id} has changed, and it is unknown whether {} accepted before or after: the decision files do not name it",
            listed(&codes),
            plural(codes.len(), "it was", "they were")
        );
        let place = case.standard_place(standard);
        let subject = Subject::File(portfolio.settings_path.to_string());
        Finding::new(STATEMENT_CHANGED.name, place, subject, message)
            .fact("unknown")
            .fact(id)
            .help("assess the entries again: new decision files name the wording")
    };
    unknown.into_iter().map(word).collect()
}

/// Whether a version on record has other words for a criterion.
fn has_changed(case: &Case<'_>, criterion: CriterionId) -> bool {
    let portfolio = case.portfolio;
    let id = &portfolio.catalogue.standard(criterion.standard).id.value;
    let code = portfolio.catalogue.code(criterion).as_str();
    let now = portfolio.lock.current[criterion.standard].statement(code);
    let mut records = portfolio.lock.records.iter().filter(|one| one.id == *id);
    records.any(|then| then.statement(code).map(|one| &one.words) != now.map(|one| &one.words))
}
