//! The gateway checklist as text, Markdown and JSON.

use std::fmt::Write;

use jiff::civil::Date;
use serde::Serialize;

use super::identity::Identity;
use super::json::to_pretty_json;
use super::markdown::escape_markdown;
use crate::model::{
    Checklist, GatewayItem, ItemState, JudgedItem, Portfolio, Readiness, StandardChecklist, Word,
};
use crate::text::{counted, one_line, plural};

/// The checklist as text: for each standard open items first, then the conclusion.
#[must_use]
pub fn gateway_text(portfolio: &Portfolio, checklist: &Checklist) -> String {
    let mut out = String::new();
    for standard in &checklist.standards {
        let title = portfolio.catalogue.standard(standard.standard).full_title();
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(out, "{}: {}", one_line(&title), summary(standard));
        for judged in standard.worst_first() {
            let item = item(portfolio, standard, judged);
            let _ = writeln!(
                out,
                "  {:<10}  {}",
                judged.state.title(),
                one_line(&item.asks)
            );
            let mut more = |text: &str| {
                let _ = writeln!(out, "              {}", one_line(text));
            };
            more(&judged.why);
            if !judged.entries.is_empty() {
                more(&format!("In: {}", ids(portfolio, judged).join(", ")));
            }
            if let Some(note) = item
                .note
                .as_ref()
                .filter(|_| judged.state != ItemState::Met)
            {
                more(note);
            }
            if let Some(next) = judged.advice() {
                more(&format!("-> {next}"));
            }
        }
        out.push('\n');
    }
    let _ = writeln!(out, "Decisions: {}\n", checklist.decisions);
    let _ = writeln!(out, "{}", conclusion(checklist));
    out
}

fn summary(standard: &StandardChecklist) -> String {
    format!(
        "{} ({})",
        standard.readiness().title(),
        standard.counts_in_words()
    )
}

/// The conclusion of a checklist, in sentences.
#[must_use]
pub(super) fn conclusion(checklist: &Checklist) -> String {
    let count = |state| {
        checklist
            .standards
            .iter()
            .map(|standard| standard.count(state))
            .sum::<usize>()
    };
    let (missing, unknown) = (count(ItemState::NotMet), count(ItemState::Unknown));
    let items = |number| {
        format!(
            "{} {}",
            counted(number, "item"),
            plural(number, "is", "are")
        )
    };
    let confirm = match unknown {
        0 => String::new(),
        number => format!(
            " {} unknown: confirm {} with your provider.",
            items(number),
            plural(number, "it", "them")
        ),
    };
    let read = match count(ItemState::ToConfirm) {
        0 => String::new(),
        number => format!(
            " {} to be confirmed by a person who reads the entries.",
            items(number)
        ),
    };
    match checklist.readiness() {
        Readiness::NotReady => {
            let reasons = [
                checklist.problem.clone(),
                (missing > 0).then(|| format!("{} not met", items(missing))),
                (missing == 0 && checklist.is_broken)
                    .then(|| "the decisions cannot be relied on".to_owned()),
            ];
            let reasons: Vec<String> = reasons.into_iter().flatten().collect();
            format!("NOT READY: {}.{confirm}{read}", reasons.join("; "))
        }
        Readiness::ToConfirm => {
            format!("TO BE CONFIRMED: nothing is known to be missing.{confirm}{read}")
        }
        Readiness::Ready => "READY: everything that is asked for is there.".to_owned(),
    }
}

fn item<'a>(
    portfolio: &'a Portfolio,
    standard: &StandardChecklist,
    judged: &JudgedItem,
) -> &'a GatewayItem {
    &portfolio.catalogue.standard(standard.standard).gateway[judged.item]
}

fn ids(portfolio: &Portfolio, judged: &JudgedItem) -> Vec<String> {
    judged
        .entries
        .iter()
        .map(|&at| portfolio.entries[at].id.clone())
        .collect()
}

/// The checklist as Markdown, for a job summary or a comment: a table for each standard.
#[must_use]
pub fn gateway_markdown(portfolio: &Portfolio, checklist: &Checklist) -> String {
    let mut out = String::from("## Gateway\n\n");
    let _ = writeln!(
        out,
        "{}\n\nDecisions: {}",
        conclusion(checklist),
        escape_markdown(&checklist.decisions)
    );
    for standard in &checklist.standards {
        let title = portfolio.catalogue.standard(standard.standard).full_title();
        let _ = writeln!(
            out,
            "\n### {}: {}\n",
            escape_markdown(&title),
            summary(standard)
        );
        out.push_str("| State | Asked for | Why | Next |\n|---|---|---|---|\n");
        for judged in standard.worst_first() {
            let asks = &item(portfolio, standard, judged).asks;
            let next = judged.advice().unwrap_or_default();
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} |",
                judged.state.title(),
                escape_markdown(asks),
                escape_markdown(&judged.why),
                escape_markdown(&next)
            );
        }
    }
    out
}

#[derive(Serialize)]
struct GatewayJson {
    version: u32,
    as_of: String,
    portfolio: Identity,
    readiness: &'static str,
    exit_code: u8,
    decisions: DecisionsJson,
    problem: Option<String>,
    standards: Vec<GatewayStandard>,
}

#[derive(Serialize)]
struct DecisionsJson {
    chain: &'static str,
    why: String,
}

#[derive(Serialize)]
struct GatewayStandard {
    id: String,
    title: String,
    readiness: &'static str,
    summary: GatewaySummary,
    items: Vec<ItemJson>,
}

#[derive(Serialize)]
struct GatewaySummary {
    met: usize,
    not_met: usize,
    unknown: usize,
    to_confirm: usize,
}

#[derive(Serialize)]
struct ItemJson {
    id: String,
    asks: String,
    state: &'static str,
    why: String,
    next: Option<String>,
    note: Option<String>,
    source: String,
    entries: Vec<String>,
}

/// The document of `gateway --format json`.
#[must_use]
pub fn gateway_json(
    portfolio: &Portfolio,
    checklist: &Checklist,
    as_of: Date,
    exit_code: u8,
) -> String {
    let standards = checklist.standards.iter().map(|standard| {
        let known = portfolio.catalogue.standard(standard.standard);
        GatewayStandard {
            id: known.id.value.clone(),
            title: known.title.clone(),
            readiness: standard.readiness().word(),
            summary: GatewaySummary {
                met: standard.count(ItemState::Met),
                not_met: standard.count(ItemState::NotMet),
                unknown: standard.count(ItemState::Unknown),
                to_confirm: standard.count(ItemState::ToConfirm),
            },
            items: standard
                .items
                .iter()
                .map(|judged| ItemJson::new(portfolio, standard, judged))
                .collect(),
        }
    });
    to_pretty_json(&GatewayJson {
        version: 1,
        as_of: as_of.to_string(),
        portfolio: Identity::of(portfolio, as_of),
        readiness: checklist.readiness().word(),
        exit_code,
        decisions: DecisionsJson {
            chain: checklist.chain,
            why: checklist.decisions.clone(),
        },
        problem: checklist.problem.clone(),
        standards: standards.collect(),
    })
}

impl ItemJson {
    fn new(portfolio: &Portfolio, standard: &StandardChecklist, judged: &JudgedItem) -> Self {
        let item = item(portfolio, standard, judged);
        Self {
            id: item.id.value.clone(),
            asks: item.asks.clone(),
            state: judged.state.word(),
            why: judged.why.clone(),
            next: judged.advice(),
            note: item.note.clone(),
            source: item.source.clone(),
            entries: ids(portfolio, judged),
        }
    }
}
