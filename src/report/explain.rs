//! A rule, a criterion, an entry or a standard, explained.

use std::fmt::Write;

use crate::check::Rule;
use crate::model::{Coverage, CriterionId, Known, Portfolio, Profile, Standard, Word};

/// A rule's text.
#[must_use]
pub fn explain_rule(rule: &Rule) -> String {
    let mut out = format!("{} ({})\n", rule.name, rule.group.title());
    let levels = Profile::ALL
        .iter()
        .map(|&profile| format!("{} in {}", rule.levels.of(profile).word(), profile.word()));
    // Writing to a string cannot fail, here and below.
    let _ = writeln!(out, "{}; since {}", levels.collect::<Vec<_>>().join(", "), rule.since);
    for (heading, text) in [
        ("What it finds", rule.text.finds),
        ("Why an assessor cares", rule.text.why),
        ("Example", rule.text.example),
        ("What to do", rule.text.instead),
    ] {
        let _ = writeln!(out, "\n{heading}\n  {}", text.replace('\n', "\n  "));
    }
    out
}

/// A criterion: statement, state, every piece that counts or does not and why, and questions to begin with.
#[must_use]
pub fn explain_criterion(portfolio: &Portfolio, coverage: &Coverage, id: CriterionId) -> String {
    let catalogue = &portfolio.catalogue;
    let criterion = catalogue.criterion(id);
    let text = criterion.text.known().map_or("wording unknown: the source does not give it", String::as_str);
    let mut out = format!("{}  {text}\n", catalogue.full_code(id));
    for group in catalogue.groups_of(id) {
        let group = catalogue.group(group);
        let text = group.text.known().map_or("", String::as_str);
        let _ = writeln!(out, "  {}: {text}", group.code.value);
    }
    let Some(line) = coverage.line(id) else {
        let _ = writeln!(out, "\nLeft out: it does not apply to this learner.");
        return out;
    };
    let state = if line.is_waived() { "waived" } else { line.state.word() };
    let _ = writeln!(out, "\n{}: {}", state.to_uppercase(), line.why);
    if let Some(next) = &line.next {
        let _ = writeln!(out, "Next: {next}");
    }
    for piece in &line.pieces {
        let entry = &portfolio.entries[piece.entry];
        let verdict = if piece.accepted() { "counts, accepted".to_owned() } else { "counts".to_owned() };
        let reasons: Vec<&str> = piece.against.iter().map(|reason| reason.words()).collect();
        let judged = if piece.counts() { verdict } else { format!("does not count: {}", reasons.join("; ")) };
        let _ = writeln!(out, "\n  {} ({})\n    {judged}", entry.id, entry.kind.title());
        for &at in entry.claim(id).map_or(&[][..], |claim| &claim.passages) {
            let passage = &entry.body.passages[at];
            let _ = writeln!(out, "    ¶{} \"{}\"", passage.paragraph, passage.text);
        }
    }
    if !line.state.is_complete() && !criterion.prompts.is_empty() {
        let _ = writeln!(out, "\nQuestions to begin with:");
        for prompt in &criterion.prompts {
            let _ = writeln!(out, "  - {prompt}");
        }
    }
    out
}

/// An entry: what it claims, and what hangs on it alone.
#[must_use]
pub fn explain_entry(portfolio: &Portfolio, coverage: &Coverage, at: usize) -> String {
    let entry = &portfolio.entries[at];
    let mut out = format!("{}  {}\n  {}\n  {}\n", entry.id, entry.title, entry.path, entry.kind.title());
    let _ = writeln!(out, "  digest {}", entry.digest);
    for claim in &entry.claims {
        let code = portfolio.catalogue.full_code(claim.criterion);
        let Some(line) = coverage.line(claim.criterion) else {
            let _ = writeln!(out, "\n  {code}: left out, it does not apply to this learner");
            continue;
        };
        let Some(piece) = line.pieces.iter().find(|piece| piece.entry == at) else {
            continue;
        };
        let only = piece.counts() && line.counting().count() == 1;
        let reasons: Vec<&str> = piece.against.iter().map(|reason| reason.words()).collect();
        let judged = if piece.counts() {
            "counts".to_owned()
        } else {
            format!("does not count: {}", reasons.join("; "))
        };
        let hangs = if only { "; the only evidence for it" } else { "" };
        let _ = writeln!(out, "\n  {code} is {}: {judged}{hangs}", line.state.word());
    }
    out
}

/// The standards known, a line each.
#[must_use]
pub fn standards_text(standards: &[Standard]) -> String {
    let mut out = String::new();
    for standard in standards {
        let official = if standard.official { "official" } else { "unofficial" };
        let _ = writeln!(
            out,
            "{:<28}  {:>3} criteria  level {:<7}  {official:<10}  {}",
            standard.id.value,
            standard.criteria.len(),
            standard.level.to_string(),
            standard.full_title(),
        );
    }
    out
}

/// One standard in full.
#[must_use]
pub fn standard_text(standard: &Standard) -> String {
    let mut out = format!("{}\n", standard.full_title());
    let updated = match standard.updated {
        Known::Known(date) => date.to_string(),
        Known::Unknown => "unknown".to_owned(),
    };
    let official = if standard.official { "official" } else { "unofficial: codes minted here, wording ours" };
    let _ = writeln!(out, "  {official}\n  level {}, updated {updated}", standard.level);
    let _ = writeln!(out, "  source: {}\n  licence: {}", standard.source, standard.licence);
    for (at, kind) in standard.kinds.iter().enumerate() {
        let _ = writeln!(out, "\n{}", kind.title);
        for criterion in standard.criteria.iter().filter(|criterion| criterion.kind == at) {
            let _ = writeln!(out, "  {:<10} {}", criterion.code.value.as_str(), criterion.text);
        }
    }
    for group in &standard.groups {
        let codes: Vec<&str> =
            group.criteria.iter().map(|&at| standard.criteria[at].code.value.as_str()).collect();
        let _ = writeln!(out, "\n{}  {}\n  {}", group.code.value, group.text, codes.join(" "));
    }
    out
}
