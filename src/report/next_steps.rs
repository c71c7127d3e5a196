//! The end of `check` as text: a summary and the next steps. It fits on one screen.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;

use super::run::Report;
use super::withheld::describe_withheld;
use crate::check::{RuleGroup, rules};
use crate::diagnostic::{Finding, Level, Subject};
use crate::text::{counted, in_words, listed, one_line, plural, shell_word};

/// The number of steps shown; a longer list discourages.
const STEPS: usize = 3;

/// The number of rules and fixed findings named; the rest is counted.
const NAMED: usize = 3;

/// Characters in a line.
const WIDTH: usize = 100;

/// Findings that are fixed together: those of an entry, or of one rule in another file.
struct ListedStep<'a> {
    worst: &'a Finding,
    more: usize,
}

/// The last lines of a run.
#[must_use]
pub(super) fn next_steps(report: &Report<'_>) -> String {
    let mut out = String::new();
    let (later, now): (Vec<&Finding>, Vec<&Finding>) = report
        .findings
        .iter()
        .partition(|finding| report.is_for_later(finding));
    // Writing to a string cannot fail, here and below.
    if !now.is_empty() {
        let _ = writeln!(out, "{}: {}.", count_levels(&now), count_rules(&now));
        let fixes = now.iter().filter(|finding| finding.fix.is_some()).count();
        if fixes > 0 {
            let _ = writeln!(
                out,
                "`ksbfolio check --fix` fixes {}.",
                match now.len() {
                    1 => "it".to_owned(),
                    _ => format!("{fixes} of them"),
                }
            );
        }
        out.push_str("`ksbfolio explain RULE` says why it matters and what to do.\n\n");
    }
    out.push_str(&describe_withheld(report));
    if now.is_empty() {
        out.push_str(if later.is_empty() {
            "Nothing to fix.\n"
        } else {
            "Nothing to fix now.\n"
        });
    } else {
        let steps = group_steps(&now);
        let _ = writeln!(
            out,
            "Do this next{}:",
            if steps.len() > 1 {
                ", in this order"
            } else {
                ""
            }
        );
        for (number, step) in steps.iter().take(STEPS).enumerate() {
            out.push_str(&describe_step(report, number + 1, step));
        }
    }
    if !later.is_empty() {
        out.push_str(&describe_later(report, later.len()));
    }
    write_run_notes(&mut out, report);
    out
}

fn describe_later(report: &Report<'_>, number: usize) -> String {
    let end = report.portfolio.settings.planned_end;
    let when = end.map_or_else(
        || "yet".to_owned(),
        |end| format!("before {}", in_words(end)),
    );
    let them = plural(number, "it", "them");
    format!(
        "Not due {when}: {} about evidence still to come.\n  \
         `ksbfolio coverage` lists {them}, and `ksbfolio new` begins an entry.\n",
        counted(number, "note")
    )
}

fn count_levels(findings: &[&Finding]) -> String {
    let count = |level: Level, word: &str| {
        let number = findings
            .iter()
            .filter(|finding| finding.level == level)
            .count();
        (number > 0).then(|| counted(number, word))
    };
    let words = [
        count(Level::Error, "error"),
        count(Level::Warning, "warning"),
        count(Level::Note, "note"),
    ];
    listed(&words.into_iter().flatten().collect::<Vec<_>>())
}

/// The number of findings of each rule, most frequent first.
fn count_rules(findings: &[&Finding]) -> String {
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings {
        *rules.entry(finding.rule).or_insert(0) += 1;
    }
    let mut rules: Vec<(&str, usize)> = rules.into_iter().collect();
    rules.sort_by_key(|&(rule, number)| (Reverse(number), rule));
    let named = rules
        .iter()
        .map(|(rule, number)| format!("{number} {rule}"));
    list_first(&named.collect::<Vec<_>>(), "other rule")
}

fn list_first(all: &[String], rest: &str) -> String {
    let mut named = all
        .iter()
        .take(NAMED)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if all.len() > NAMED {
        let _ = write!(named, ", and {}", counted(all.len() - NAMED, rest));
    }
    named
}

/// Groups findings into steps, errors first, then by urgency.
fn group_steps<'a>(findings: &[&'a Finding]) -> Vec<ListedStep<'a>> {
    let weight = |finding: &Finding| (Reverse(finding.level), urgency(finding));
    let mut order: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut steps: Vec<ListedStep<'a>> = Vec::new();
    for &finding in findings {
        let of_rule = if matches!(finding.subject, Subject::Entry(_)) {
            ""
        } else {
            finding.rule
        };
        let at = *order
            .entry((finding.place.path.as_str(), of_rule))
            .or_insert(steps.len());
        match steps.get_mut(at) {
            None => steps.push(ListedStep {
                worst: finding,
                more: 0,
            }),
            Some(step) => {
                step.more += 1;
                if weight(finding) < weight(step.worst) {
                    step.worst = finding;
                }
            }
        }
    }
    steps.sort_by_key(|step| weight(step.worst));
    steps
}

/// Privacy first, then what keeps files from being read, missing evidence last.
fn urgency(finding: &Finding) -> u8 {
    match rules::find(finding.rule).map(|rule| rule.group) {
        Some(RuleGroup::Privacy) => 0,
        Some(RuleGroup::Settings | RuleGroup::FrontMatter) => 1,
        Some(RuleGroup::Decisions) => 2,
        Some(RuleGroup::References | RuleGroup::Evidence) => 3,
        // Only the learner can act on a referral.
        Some(RuleGroup::Coverage) if finding.rule == "open-referral" => 4,
        Some(RuleGroup::Reflection | RuleGroup::Rhythm) | None => 5,
        Some(RuleGroup::Coverage) => 6,
    }
}

fn describe_step(report: &Report<'_>, number: usize, step: &ListedStep<'_>) -> String {
    let ListedStep { worst, more } = step;
    let path = worst.place.path.shown();
    let line = report.place(worst).start.line;
    let more = if *more == 0 {
        String::new()
    } else {
        format!(", and {more} more here")
    };
    let (place, rule) = (
        one_line(path),
        format!("({} {}{more})", worst.level.word(), worst.rule),
    );
    let (message, whole) = (one_line(&worst.message), one_line(&Report::sentence(worst)));
    let sentence = if whole.chars().count() <= WIDTH - 5 {
        whole
    } else {
        shorten(&message, WIDTH - 5)
    };
    let then = worst.help.as_deref().and_then(find_command);
    // A command with a masked path would not work.
    let is_masked = path != worst.place.path.as_str();
    let then = match then {
        None if is_masked => "rename the file, without what identifies a person".to_owned(),
        None => command_for(worst, path),
        Some(then) => one_line(then),
    };
    format!("  {number}. {place}:{line} {rule}\n     {sentence}\n     Then: {then}\n")
}

/// The command in the text of a help.
fn find_command(help: &str) -> Option<&str> {
    help.split('`')
        .find(|part| part.starts_with("ksbfolio ") && !part.contains("--format"))
}

/// A command that checks or explains the finding.
fn command_for(finding: &Finding, path: &str) -> String {
    match &finding.subject {
        Subject::Criterion(code) => {
            let words: Vec<String> = code
                .split(':')
                .map(|word| shell_word(&one_line(word)))
                .collect();
            format!("ksbfolio explain {}", words.join(":"))
        }
        Subject::Group(_) => "ksbfolio coverage --by group".to_owned(),
        Subject::Entry(_) | Subject::File(_) => {
            format!("ksbfolio check {}", shell_word(&one_line(path)))
        }
    }
}

/// Shortens a line to `width` characters, at a space.
fn shorten(line: &str, width: usize) -> String {
    if line.chars().count() <= width {
        return line.to_owned();
    }
    let kept: String = line.chars().take(width - 2).collect();
    let whole = kept
        .rsplit_once(' ')
        .map_or(kept.as_str(), |(words, _)| words);
    format!("{whole} …")
}

/// Writes the number of known and fixed findings, and the day of a frozen portfolio.
fn write_run_notes(out: &mut String, report: &Report<'_>) {
    let (settings, as_of) = (&report.portfolio.settings, report.coverage.as_of);
    if report.known > 0 {
        let _ = writeln!(
            out,
            "Known already and not shown: {}.",
            counted(report.known, "finding")
        );
    }
    if !report.fixed.is_empty() {
        let fixed = list_first(report.fixed, "other");
        let _ = writeln!(out, "Fixed: {fixed}.");
    }
    if settings.is_frozen_at(as_of) {
        let _ = writeln!(out, "Judged as of {}.", settings.describe_as_of(as_of));
    }
}
