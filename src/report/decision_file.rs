//! Writes decision files that parse to what was meant.

use std::fmt::Write;

use jiff::civil::Date;

use super::scaffold::quoted;
use crate::layout::DECISIONS;
use crate::model::{Role, RulesOfEvidence, Verdict, Word};
use crate::parse::{self, DraftDecision};
use crate::text::{Source, printable};

/// The contents of a new decision file.
#[derive(Clone, Debug)]
pub struct NewDecisions {
    /// The assessor, by reference.
    pub assessor: String,
    /// The assessor's role.
    pub role: Role,
    /// The date.
    pub date: Date,
    /// The digests of the files before: none for the first file, several to join branches.
    pub previous: Vec<String>,
    /// The digests of the standards as they were read, by id.
    pub standards: Vec<(String, String)>,
    /// The decisions.
    pub decisions: Vec<NewDecision>,
}

/// A decision in a new file.
#[derive(Clone, Debug)]
pub struct NewDecision {
    /// The id of the entry.
    pub entry: String,
    /// The number of the attempt, from 1.
    pub attempt: u32,
    /// The digest of the entry as it was read.
    pub digest: String,
    /// Codes and verdicts.
    pub claims: Vec<(String, Verdict)>,
    /// The rules of evidence.
    pub evidence: RulesOfEvidence,
    /// Feedback in Markdown, or empty.
    pub feedback: String,
}

/// The text of a decision file; `None` if no YAML form parses to the same decisions.
#[must_use]
pub fn decision_file(new: &NewDecisions) -> Option<String> {
    let block = |feedback: &str| {
        format!(
            "|\n      {}",
            feedback
                .replace('\n', "\n      ")
                .replace("\n      \n", "\n\n")
        )
    };
    let forms: [&dyn Fn(&str) -> String; 2] = [&block, &quoted];
    forms
        .into_iter()
        .map(|form| write_file(new, form))
        .find(|text| parses_to(text, new))
}

/// Normalises feedback: line ends as `\n`, no empty lines around it, no characters that YAML drops.
#[must_use]
pub fn tidy_feedback(text: &str) -> String {
    let text = crate::resolve::plain(text);
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    printable(lines.join("\n").trim()).trim().to_owned()
}

fn write_file(new: &NewDecisions, feedback: &dyn Fn(&str) -> String) -> String {
    let mut out = String::from("version: 1\n");
    // Writing to a string cannot fail, here and below.
    let _ = writeln!(
        out,
        "assessor: {{ id: {}, role: {} }}",
        scalar(&new.assessor),
        new.role.word()
    );
    let _ = writeln!(out, "date: {}", new.date);
    out.push_str(&previous_line(&new.previous));
    if !new.standards.is_empty() {
        let standards = new.standards.iter();
        let standards = standards.map(|(id, digest)| format!("{}: {digest}", scalar(id)));
        let standards: Vec<String> = standards.collect();
        let _ = writeln!(out, "standards: {{ {} }}", standards.join(", "));
    }
    out.push_str(if new.decisions.is_empty() {
        "decisions: []\n"
    } else {
        "decisions:\n"
    });
    for decision in &new.decisions {
        let _ = writeln!(out, "  - entry: {}", scalar(&decision.entry));
        let _ = writeln!(
            out,
            "    attempt: {}\n    digest: {}",
            decision.attempt, decision.digest
        );
        if !decision.claims.is_empty() {
            let claims = decision.claims.iter();
            let claims =
                claims.map(|(code, verdict)| format!("{}: {}", scalar(code), verdict.word()));
            let _ = writeln!(
                out,
                "    claims: {{ {} }}",
                claims.collect::<Vec<_>>().join(", ")
            );
        }
        let rules = judged(decision.evidence);
        if !rules.is_empty() {
            let rules = rules.iter().map(|(name, met)| format!("{name}: {met}"));
            let _ = writeln!(
                out,
                "    vacsr: {{ {} }}",
                rules.collect::<Vec<_>>().join(", ")
            );
        }
        if !decision.feedback.is_empty() {
            let _ = writeln!(out, "    feedback: {}", feedback(&decision.feedback));
        }
    }
    out
}

/// The line of a decision file that names the files it follows; empty if there are none.
#[must_use]
pub fn previous_line(digests: &[String]) -> String {
    match digests {
        [] => String::new(),
        [one] => format!("previous: {one}\n"),
        several => format!("previous: [{}]\n", several.join(", ")),
    }
}

/// The judged rules of evidence, by name.
#[must_use]
pub(super) fn judged(evidence: RulesOfEvidence) -> Vec<(&'static str, bool)> {
    let rules = [
        ("valid", evidence.valid),
        ("authentic", evidence.authentic),
        ("current", evidence.current),
        ("sufficient", evidence.sufficient),
        ("reliable", evidence.reliable),
    ];
    rules
        .into_iter()
        .filter_map(|(name, met)| Some((name, met?)))
        .collect()
}

/// A plain scalar if YAML reads it as a string for certain, else a quoted one.
fn scalar(text: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    let begins = text.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let safe = begins
        && text.chars().all(plain)
        && text
            .chars()
            .any(|letter| letter == '-' || letter.is_ascii_digit());
    if safe { text.to_owned() } else { quoted(text) }
}

fn parses_to(text: &str, new: &NewDecisions) -> bool {
    let parsed = parse::decisions(&Source::new(&format!("{DECISIONS}/new.yaml"), text));
    let Some(draft) = parsed.value.filter(|_| parsed.faults.is_empty()) else {
        return false;
    };
    let previous = draft.previous.into_iter();
    let previous: Vec<String> = previous.map(|digest| digest.value).collect();
    let heads = (&draft.assessor, draft.role, draft.date, &previous);
    heads == (&new.assessor, new.role, new.date, &new.previous)
        && draft.standards == new.standards
        && draft.decisions.len() == new.decisions.len()
        && draft
            .decisions
            .iter()
            .zip(&new.decisions)
            .all(|(read, meant)| is_same(read, meant))
}

fn is_same(read: &DraftDecision, meant: &NewDecision) -> bool {
    let claims = read
        .claims
        .iter()
        .map(|(code, verdict)| (code.value.clone(), *verdict));
    let feedback = read
        .feedback
        .as_ref()
        .map_or("", |feedback| feedback.value.as_str());
    read.entry.value == meant.entry
        && read.attempt == meant.attempt
        && read.digest.as_ref() == Some(&meant.digest)
        && claims.eq(meant.claims.iter().cloned())
        && read.evidence == meant.evidence
        && feedback == meant.feedback
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn file(feedback: &str, entry: &str) -> NewDecisions {
        let decision = NewDecision {
            entry: entry.to_owned(),
            attempt: 2,
            digest: format!("sha256:{}", "0".repeat(64)),
            claims: vec![
                ("K7".to_owned(), Verdict::Accepted),
                ("st0215:K8".to_owned(), Verdict::Partly),
            ],
            evidence: RulesOfEvidence {
                valid: Some(true),
                sufficient: Some(false),
                ..RulesOfEvidence::default()
            },
            feedback: tidy_feedback(feedback),
        };
        let date = jiff::civil::date(2026, 4, 2);
        let assessor = "AS-12".to_owned();
        NewDecisions {
            assessor,
            role: Role::Assessor,
            date,
            previous: Vec::new(),
            standards: vec![("st0215".to_owned(), format!("sha256:{}", "1".repeat(64)))],
            decisions: vec![decision],
        }
    }

    #[test]
    fn feedback_that_looks_like_yaml_parses_to_itself() {
        for feedback in [
            "One line.",
            "# a heading\n\n- a list: of things\n\n    code\n\tand a tab",
            "ends with a colon:",
            "--- \n...\n%YAML 1.1\n'\"{[&*!|>",
            "\u{feff}marks and\u{85}ends\u{2028}of lines",
            "\\u0000 is not a sign",
        ] {
            assert!(
                decision_file(&file(feedback, "one")).is_some(),
                "{feedback:?}"
            );
        }
    }

    #[test]
    fn ids_that_look_like_other_yaml_types_stay_strings() {
        for id in ["no", "1e3", "2026-01-01", "null", "a: b", "x # y", "é"] {
            assert!(decision_file(&file("Good.", id)).is_some(), "{id}");
        }
    }

    proptest! {
        #[test]
        fn any_feedback_parses_to_itself(
            feedback in "[ -~\n\t£é🙂]{0,120}",
            id in "[a-z0-9-]{1,20}",
        ) {
            prop_assert!(decision_file(&file(&feedback, &id)).is_some());
        }
    }
}
