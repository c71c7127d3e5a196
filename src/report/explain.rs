//! Explains rules, criteria, entries and standards.

use std::fmt::Write;

use super::coverage_text::state_word;
use crate::check::{Rule, RuleGroup, RuleText, Run, rules};
use crate::cover::nearest_entries;
use crate::model::{
    Coverage, CriterionId, Known, Line, Piece, Portfolio, Profile, Reason, Rules, Standard, Word,
};
use crate::text::{counted, listed, listed_or, plural};

/// A rule: levels, texts and example, or a line for each of its kinds.
#[must_use]
pub fn explain_rule(rule: &Rule) -> String {
    let mut out = format!("{} ({})\n", rule.name, rule.group.title());
    // Writing to a string cannot fail, here and below.
    if let Run::Kinds(kinds) = rule.run {
        for kind in kinds {
            let _ = writeln!(out, "  {:<24}  {}", kind.name, kind.text.finds);
        }
        out.push_str("Each kind has a level of its own: `ksbfolio explain KIND`\n");
    } else {
        let levels = Profile::ALL
            .iter()
            .map(|&profile| format!("{} in {}", rule.levels.of(profile).word(), profile.word()));
        let levels = levels.collect::<Vec<_>>().join(", ");
        let _ = writeln!(out, "{levels}; since {}", rule.since);
        if rule.levels.is_due_at_end {
            out.push_str("With the default profile it is a note until `planned_end` has passed.\n");
        }
        if rule.levels.guards {
            out.push_str(
                "It guards people or decisions, or says why something is withheld or does not count: it cannot be set to off.\n",
            );
        }
    }
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

/// All rules in Markdown, for the documentation.
#[must_use]
pub fn rule_reference() -> String {
    let mut out = String::from(
        "# Rules\n\nWritten by `ksbfolio explain --all`. Levels are those of the profiles draft, default and gateway. Where a rule has kinds, findings, levels and answers name the kind.\n",
    );
    let mut groups: Vec<RuleGroup> = rules::ALL.iter().map(|rule| rule.group).collect();
    groups.sort_unstable();
    groups.dedup();
    for group in groups {
        let _ = writeln!(out, "\n## {}", group.title());
        for rule in rules::ALL.iter().filter(|rule| rule.group == group) {
            let RuleText {
                finds,
                why,
                example,
                instead,
            } = rule.text;
            let levels = match rule.run {
                Run::Kinds(_) => String::new(),
                _ => format!(" ({})", levels(rule)),
            };
            let _ = writeln!(out, "\n### {}\n\n{finds}{levels}", rule.name);
            let _ = writeln!(out, "\n**Why an assessor cares.** {why}");
            let _ = writeln!(out, "\n**Example**\n\n```text\n{example}\n```");
            let _ = writeln!(out, "\n**What to do.** {instead}");
            if let Run::Kinds(kinds) = rule.run {
                add_kinds(&mut out, kinds);
            }
        }
    }
    out
}

fn levels(rule: &Rule) -> String {
    let words = Profile::ALL
        .iter()
        .map(|&profile| rule.levels.of(profile).word());
    let guards = if rule.levels.guards {
        "; guards, never off"
    } else {
        ""
    };
    let due = if rule.levels.is_due_at_end {
        "; in default a note until `planned_end` has passed"
    } else {
        ""
    };
    format!("{}{due}{guards}", words.collect::<Vec<_>>().join(", "))
}

/// A table with a row for each kind of a rule.
fn add_kinds(out: &mut String, kinds: &[Rule]) {
    out.push_str("\n| kind | levels | finds | example | what to do |\n|---|---|---|---|---|\n");
    for kind in kinds {
        let _ = writeln!(
            out,
            "| `{}` | {} | {} | `{}` | {} |",
            kind.name,
            levels(kind),
            kind.text.finds,
            kind.text.example,
            kind.text.instead
        );
    }
}

/// A criterion: statement, state, all pieces with reasons, and questions to begin with.
#[must_use]
pub fn explain_criterion(portfolio: &Portfolio, coverage: &Coverage, id: CriterionId) -> String {
    let catalogue = &portfolio.catalogue;
    let criterion = catalogue.criterion(id);
    let text = criterion.text.known().map_or(
        "wording unknown: the source does not give it",
        String::as_str,
    );
    let mut out = format!("{}  {text}\n", catalogue.full_code(id));
    if catalogue.standard(id.standard).replaces {
        let _ = writeln!(out, "  of {}", catalogue.standard(id.standard).full_title());
    }
    for group in catalogue.groups_of(id) {
        let group = catalogue.group(group);
        let text = group.text.known().map_or("", String::as_str);
        let _ = writeln!(out, "  {}: {text}", group.code.value);
    }
    let Some(line) = coverage.line(id) else {
        let _ = writeln!(out, "\nLeft out: it does not apply to this learner.");
        return out;
    };
    let state = state_word(line).to_uppercase();
    let _ = writeln!(out, "\n{state}: {}", line.why);
    if let Some(next) = &line.next {
        let _ = writeln!(out, "Next: {next}");
    }
    for piece in &line.pieces {
        let entry = &portfolio.entries[piece.entry];
        let accepted = if piece.counts() && piece.accepted() {
            ", accepted"
        } else {
            ""
        };
        let judged = describe_piece(piece) + accepted;
        let _ = writeln!(
            out,
            "\n  {} ({})\n    {judged}",
            entry.id,
            entry.front_matter.kind.title()
        );
        for &at in entry.claim(id).map_or(&[][..], |claim| &claim.passages) {
            let passage = &entry.body.passages[at];
            let words = entry.covered(&passage.text);
            let _ = writeln!(out, "    ¶{} \"{words}\"", passage.paragraph);
        }
    }
    if !line.state.is_complete() && !line.is_waived() {
        write_suggestions(&mut out, portfolio, line);
    }
    out
}

/// Whether a piece counts, or the reasons why not.
fn describe_piece(piece: &Piece) -> String {
    if piece.counts() {
        return "counts".to_owned();
    }
    let mut reasons: Vec<&str> = piece.against.iter().map(|reason| reason.words()).collect();
    reasons.extend(
        piece
            .standing
            .filter(|standing| standing.settled)
            .map(|_| "settled"),
    );
    format!("does not count: {}", reasons.join("; "))
}

/// Writes how to close a gap: drafts, similar entries, the evidence required, and questions.
fn write_suggestions(out: &mut String, portfolio: &Portfolio, line: &Line) {
    let entries = &portfolio.entries;
    let drafts = line
        .pieces
        .iter()
        .filter(|piece| piece.against.contains(&Reason::Draft));
    for piece in drafts {
        let draft = &entries[piece.entry].id;
        let _ = writeln!(out, "\nA draft would close it: finish {draft}.");
    }
    let near = nearest_entries(portfolio, line.criterion);
    if !near.is_empty() {
        let _ = writeln!(out, "\nNearest to it, and not tagged with it:");
    }
    for at in near {
        let title = entries[at].covered(&entries[at].front_matter.title);
        let _ = writeln!(out, "  {}  {title}", entries[at].id);
    }
    let rules = portfolio.catalogue.rules(line.criterion.standard);
    let _ = writeln!(out, "\nEnough would be: {}.", required_evidence(rules));
    let criterion = portfolio.catalogue.criterion(line.criterion);
    let _ = writeln!(out, "\nQuestions to begin with:");
    for prompt in questions(portfolio, &criterion.prompts) {
        let _ = writeln!(out, "  - {prompt}");
    }
}

/// The criterion's own questions, or the first of each stage of a reflection model.
fn questions<'a>(portfolio: &'a Portfolio, own: &'a [String]) -> Vec<&'a str> {
    if !own.is_empty() {
        return own.iter().map(String::as_str).collect();
    }
    let gibbs = portfolio
        .models
        .iter()
        .find(|model| model.id.value == "gibbs")
        .or(portfolio.models.first());
    let stages = gibbs.into_iter().flat_map(|model| &model.stages);
    stages
        .filter_map(|stage| stage.prompts.first().map(String::as_str))
        .collect()
}

/// The evidence that the rules ask for, in words; unknown numbers are left out.
fn required_evidence(rules: &Rules) -> String {
    let mut asked = Vec::new();
    let mut ask = |wanted: Known<u32>, one: &str, many: &str| {
        if let Known::Known(number) = wanted {
            asked.push(format!("{number} {}", plural(number as usize, one, many)));
        }
    };
    ask(rules.min_pieces, "entry", "entries");
    ask(rules.min_types, "type of evidence", "types of evidence");
    ask(rules.min_events, "event", "events");
    if let Known::Known(months) = rules.currency_months {
        asked.push(format!(
            "none older than {}",
            counted(months as usize, "month")
        ));
    }
    if let Known::Known(types) = &rules.evidence_types {
        let types: Vec<&str> = types.iter().map(|kind| kind.word()).collect();
        asked.push(format!("of these types: {}", listed_or(&types)));
    }
    listed(&asked)
}

/// An entry: its claims, and the criteria for which it is the only evidence.
#[must_use]
pub fn explain_entry(portfolio: &Portfolio, coverage: &Coverage, at: usize) -> String {
    let entry = &portfolio.entries[at];
    let mut out = format!(
        "{}  {}\n  {}\n  {}\n",
        entry.id,
        entry.covered(&entry.front_matter.title),
        entry.path,
        entry.front_matter.kind.title()
    );
    let _ = writeln!(out, "  digest {}", entry.digests.current());
    if entry.is_example {
        out.push_str("\n  it is an example of a new portfolio: its codes are no claims\n");
    }
    for claim in &entry.claims {
        let code = portfolio.catalogue.full_code(claim.criterion);
        let Some(line) = coverage.line(claim.criterion) else {
            let why = "it does not apply to this learner";
            let _ = writeln!(out, "\n  {code}: left out, {why}");
            continue;
        };
        let Some(piece) = line.piece_of(at) else {
            continue;
        };
        let only = if line.depends_on(piece) {
            "; the only evidence for it"
        } else {
            ""
        };
        let (state, judged) = (line.state.word(), describe_piece(piece));
        let _ = writeln!(out, "\n  {code} is {state}: {judged}{only}");
    }
    out
}

/// A line for each standard.
#[must_use]
pub fn standards_text(standards: &[Standard]) -> String {
    let mut out = String::new();
    for standard in standards {
        let official = if standard.official {
            "official"
        } else {
            "unofficial"
        };
        let _ = writeln!(
            out,
            "{:<28}  {:>3} {:<9} level {:<7}  {official:<10}  {}",
            standard.id.value,
            standard.criteria.len(),
            plural(standard.criteria.len(), "criterion", "criteria"),
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
    let official = if standard.official {
        "official"
    } else {
        "unofficial: our own codes and wording"
    };
    let _ = writeln!(
        out,
        "  {official}\n  level {}, updated {}",
        standard.level, standard.updated
    );
    let _ = writeln!(
        out,
        "  source: {}\n  licence: {}",
        standard.source, standard.licence
    );
    for (at, kind) in standard.kinds.iter().enumerate() {
        let _ = writeln!(out, "\n{}", kind.title);
        for criterion in standard
            .criteria
            .iter()
            .filter(|criterion| criterion.kind == at)
        {
            let code = criterion.code.value.as_str();
            let _ = writeln!(out, "  {code:<10} {}", criterion.text);
        }
    }
    for group in &standard.groups {
        let codes: Vec<&str> = group
            .criteria
            .iter()
            .map(|&at| standard.criteria[at].code.value.as_str())
            .collect();
        let _ = writeln!(out, "\n{}  {}", group.code.value, group.text);
        let _ = writeln!(out, "  {}", codes.join(" "));
    }
    out
}
