//! The file of a standard that was imported.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::scaffold::quoted;
use crate::convert::{StandardDraft, StatementKind};

/// Keys of an earlier file that its next version keeps: those that no publisher gives.
#[derive(Clone, Debug, Default)]
pub struct KeptKeys {
    /// Pairs for criteria, by code: `prompts: ["…"]`.
    pub criteria: BTreeMap<String, Vec<String>>,
    /// Pairs for kinds, by id.
    pub kinds: BTreeMap<String, Vec<String>>,
    /// Blocks of lines, by their key.
    pub blocks: BTreeMap<String, String>,
}

/// The text of the file of a standard. Facts that its source does not give are `unknown`.
#[must_use]
pub fn standard_file(id: &str, draft: &StandardDraft, kept: &KeptKeys) -> String {
    let mut out = String::from(
        "# Made by `ksbfolio standards import`. The statements are the publisher's: change them only\n\
         # when the publisher does. What the imported file does not say is `unknown`.\n\n",
    );
    let text = |text: &Option<String>| match text {
        Some(text) => quoted(text),
        None => "unknown".to_owned(),
    };
    let mut pair = |key: &str, value: String| {
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(out, "{key}: {value}");
    };
    pair("version", "1".to_owned());
    pair("id", id.to_owned());
    pair("reference", text(&draft.reference));
    pair("title", text(&draft.title));
    let level = draft.level.map(|level| level.to_string());
    pair("level", level.unwrap_or_else(|| "unknown".to_owned()));
    pair("standard_version", text(&draft.version));
    let updated = draft.updated.map(|day| day.to_string());
    pair("updated", updated.unwrap_or_else(|| "unknown".to_owned()));
    pair("official", "false".to_owned());
    pair("licence", text(&draft.licence));
    if draft.attribution.is_some() {
        pair("attribution", text(&draft.attribution));
    }
    pair("source", text(&draft.source));
    write_kinds(draft, kept, &mut out);
    write_criteria(draft, kept, &mut out);
    write_duties(draft, &mut out);
    for (key, unknown) in [
        (
            "rules",
            "rules: { min_pieces: unknown, min_types: unknown, min_events: unknown, currency_months: unknown, \
             pass_mark_percent: unknown, max_attempts: unknown, evidence_types: unknown }\n",
        ),
        ("methods", "methods: unknown\n"),
    ] {
        out.push('\n');
        out.push_str(kept.blocks.get(key).map_or(unknown, String::as_str));
    }
    for (key, block) in &kept.blocks {
        if !matches!(key.as_str(), "rules" | "methods") {
            out.push('\n');
            out.push_str(block);
        }
    }
    out
}

fn write_kinds(draft: &StandardDraft, kept: &KeptKeys, out: &mut String) {
    out.push_str("\nkinds:\n");
    let kinds: BTreeSet<StatementKind> = draft.statements.iter().map(|one| one.code.kind).collect();
    for kind in kinds {
        let mut pairs = vec![
            format!("id: {}", kind.id()),
            format!("title: {}", kind.title()),
            format!("prefix: {}", kind.prefix()),
        ];
        pairs.extend(kept.kinds.get(kind.id()).into_iter().flatten().cloned());
        let _ = writeln!(out, "  - {{ {} }}", pairs.join(", "));
    }
}

fn write_criteria(draft: &StandardDraft, kept: &KeptKeys, out: &mut String) {
    out.push_str("\ncriteria:\n");
    for statement in &draft.statements {
        let code = statement.code.to_string();
        let mut pairs = vec![
            format!("code: {code}"),
            format!("kind: {}", statement.code.kind.id()),
            format!("text: {}", quoted(&statement.text)),
        ];
        pairs.extend(
            statement
                .guid
                .as_deref()
                .map(|id| format!("guid: {}", quoted(id))),
        );
        pairs.extend(kept.criteria.get(&code).into_iter().flatten().cloned());
        let _ = writeln!(out, "  - {{ {} }}", pairs.join(", "));
    }
}

fn write_duties(draft: &StandardDraft, out: &mut String) {
    if draft.duties.is_empty() {
        return;
    }
    out.push_str("\ngroups:\n");
    for duty in &draft.duties {
        let text = duty
            .text
            .as_deref()
            .map_or_else(|| "unknown".to_owned(), quoted);
        let codes: Vec<String> = duty.codes.iter().map(ToString::to_string).collect();
        let _ = writeln!(
            out,
            "  - {{ code: Duty {}, kind: duty, text: {text}, criteria: [{}] }}",
            duty.number,
            codes.join(", ")
        );
    }
}
