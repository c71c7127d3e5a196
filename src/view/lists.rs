//! The pages of decisions, changes and waivers, which assessors read on a second visit.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::decisions::{describe_overturned, list_verdicts, render_feedback, view_verdicts};
use super::link::Link;
use super::listing::{Cell, Grid, Item, ListingPage, Part};
use super::rows::format_statement;
use super::scene::RenderContext;
use crate::cover::{WaiverStanding, waiver_standing};
use crate::files::SitePath;
use crate::model::{Audience, Defect, Line, Role, Waiver};
use crate::sampling::overturnings;
use crate::text::{counted, in_words, listed, month_in_words, plural};

/// The page of decisions with their feedback, newest first.
pub(super) fn build_decisions(scene: &RenderContext<'_>, from: &SitePath) -> ListingPage {
    let mut items: Vec<(Date, Item)> = Vec::new();
    for &at in &scene.visible {
        let entry = &scene.portfolio.entries[at];
        let overturned = overturnings(entry);
        for (place, decision) in entry.decisions.iter().enumerate() {
            let changed = !decision.is_about(&entry.digests);
            let item = Item {
                link: Some(scene.entry_link(from, at)),
                flag: match (decision.defects.first(), changed) {
                    (Some(defect), _) => describe_defect(*defect),
                    (None, true) => "changed since",
                    (None, false) => "",
                },
                meta: format!(
                    "{} {}, {}, attempt {}",
                    decision.role.title(),
                    decision.assessor,
                    in_words(decision.date),
                    decision.attempt
                ),
                verdicts: view_verdicts(scene, from, decision),
                text: describe_overturned(scene, entry, place, &overturned).join(" "),
                html: render_feedback(decision),
                source: decision.feedback.clone().unwrap_or_default(),
                ..Item::default()
            };
            items.push((decision.date, item));
        }
    }
    items.sort_by_key(|(date, _)| std::cmp::Reverse(*date));
    let lead = match items.len() {
        0 => "No decision is recorded yet.".to_owned(),
        number => format!(
            "{} with feedback, newest first.",
            counted(number, "decision")
        ),
    };
    let months = group_by_month(items);
    ListingPage::new(
        "Decisions and feedback",
        lead,
        months.into_iter().chain(describe_chain(scene)).collect(),
    )
}

fn describe_defect(defect: Defect) -> &'static str {
    match defect {
        Defect::OwnWork => "does not count: by the apprentice",
        Defect::UnreadLearner => "does not count: the settings do not say who the apprentice is",
        Defect::UnclearAuthor => "does not count: its author's id has unusual characters",
        Defect::Signature => "does not count: no good signature",
        Defect::BrokenChain => "does not count: the chain is broken",
        Defect::BeforeEntry
        | Defect::BeforeProgramme
        | Defect::BeforePrevious
        | Defect::InFuture => "does not count: its date is impossible",
    }
}

/// `Oct`
fn short_month(date: Date) -> String {
    let name = month_in_words(date.year(), date.month());
    name.get(..3).unwrap_or_default().to_owned()
}

/// The head of the chain of decision files. A reader who keeps it can verify later that no file
/// before it was changed.
fn describe_chain(scene: &RenderContext<'_>) -> Option<Part> {
    if scene.audience == Audience::Public {
        return None;
    }
    let heads = scene.portfolio.chain.heads().into_iter();
    let heads: Vec<&str> = heads.map(|head| head.digest.as_str()).collect();
    let files = match (scene.portfolio.chain.files.len(), heads.len()) {
        (_, 0) => return None,
        (1, _) => "There is 1 decision file. Its digest is".to_owned(),
        (number, 1) => {
            format!("Each decision file names the one before it. The last of {number} is")
        }
        (number, ends) => format!(
            "Each decision file names the ones before it. {ends} of {number} are the last, because \
             people decided at the same time:"
        ),
    };
    let words = [
        format!("{files} {}.", listed(&heads)),
        "Keep these digits: with them anybody can check later that no file was changed or removed."
            .to_owned(),
    ];
    Some(Part {
        folded: true,
        ..Part::prose("How to verify", words.into())
    })
}

/// The page of changes: entries, decisions and actions done, by month, newest first.
pub(super) fn build_changes(scene: &RenderContext<'_>, from: &SitePath) -> ListingPage {
    let mut by_day: BTreeMap<Date, Vec<Item>> = BTreeMap::new();
    let mut add = |date: Option<Date>, at: usize, what: String| {
        if let Some(date) = date {
            let link = Some(scene.entry_link(from, at));
            by_day.entry(date).or_default().push(Item {
                title: format!("{} {}: {what}", date.day(), short_month(date)),
                link,
                ..Item::default()
            });
        }
    };
    for &at in &scene.visible {
        let entry = &scene.portfolio.entries[at];
        add(entry.front_matter.date, at, "entry written".to_owned());
        for decision in &entry.decisions {
            let verdicts = list_verdicts(scene, decision).join(", ");
            let event = if decision.role == Role::Assessor {
                format!("assessed, {verdicts}")
            } else {
                format!("{}, {verdicts}", decision.role.title())
            };
            add(Some(decision.date), at, event);
        }
        for action in &entry.front_matter.actions {
            add(
                action.done,
                at,
                format!("action done, {}", action.what.value),
            );
        }
    }
    let newest_first = by_day.into_iter().rev();
    let items = newest_first
        .flat_map(|(date, items)| items.into_iter().map(move |item| (date, item)))
        .collect();
    ListingPage::new("Changes", "Newest first.", group_by_month(items))
}

/// A section for each month of items, which are sorted by date, newest first.
fn group_by_month(items: Vec<(Date, Item)>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (date, item) in items {
        let (year, month) = (date.year(), date.month());
        let anchor = format!("m{year}-{month:02}");
        match parts.last_mut().filter(|part| part.anchor == anchor) {
            Some(part) => part.items.push(item),
            None => parts.push(Part {
                title: month_in_words(year, month),
                anchor,
                items: vec![item],
                ..Part::default()
            }),
        }
    }
    parts
}

/// The page of waivers, and of criteria that do not apply.
pub(super) fn build_waivers(scene: &RenderContext<'_>, from: &SitePath) -> ListingPage {
    let waived = tabulate_waivers(scene, from);
    let left_out = tabulate_left_out(scene);
    let mut lead = match waived.rows.len() {
        0 => "No code is waived.".to_owned(),
        number => format!("{} waived.", counted(number, "code")),
    };
    if !left_out.rows.is_empty() {
        let others = counted(left_out.rows.len(), "code");
        let verb = plural(left_out.rows.len(), "does", "do");
        lead = format!("{lead} {others} {verb} not apply.");
    }
    let sections = [("Waivers", waived), ("Codes that do not apply", left_out)];
    ListingPage::new(
        "Waivers",
        lead,
        sections
            .into_iter()
            .filter(|(_, grid)| !grid.rows.is_empty())
            .map(|(title, grid)| Part::table(title, grid))
            .collect(),
    )
}

fn tabulate_waivers(scene: &RenderContext<'_>, from: &SitePath) -> Grid {
    let rows = scene.portfolio.waivers.iter().map(|waiver| {
        let line = scene.coverage.line(waiver.criterion);
        let label = scene.file_code(waiver.criterion);
        let name = if line.is_some() {
            let href = from.link_to(scene.routes.criterion(waiver.criterion));
            Cell::link(Link { href, label })
        } else {
            Cell::text(label)
        };
        let agreed = waiver.date.map_or_else(|| "unknown".to_owned(), in_words);
        let until = waiver.expires.map_or_else(|| "no end".to_owned(), in_words);
        vec![
            name,
            Cell::text(&waiver.reason),
            Cell::text(&waiver.by),
            Cell::text(agreed),
            Cell::text(until),
            Cell::text(describe_effect(scene, waiver, line)),
        ]
    });
    let columns = ["Code", "Reason", "Agreed by", "Agreed on", "Until", "Now"];
    Grid::new("Waivers", &columns, rows.collect())
}

/// The effect of a waiver on the as-of date, in words.
fn describe_effect(
    scene: &RenderContext<'_>,
    waiver: &Waiver,
    line: Option<&Line>,
) -> &'static str {
    match waiver_standing(scene.portfolio, waiver, scene.coverage.as_of) {
        WaiverStanding::Holds if line.is_some_and(Line::is_waived) => "in force",
        WaiverStanding::Holds => "not needed: the code has its evidence",
        WaiverStanding::Expired(_) => "expired",
        WaiverStanding::Replaced(_) => "replaced by another waiver",
        WaiverStanding::NotYet(_) => "not in force yet",
        WaiverStanding::ByLearner | WaiverStanding::ByNobody => {
            "not in force: only the apprentice agreed"
        }
    }
}

fn tabulate_left_out(scene: &RenderContext<'_>) -> Grid {
    let catalogue = &scene.portfolio.catalogue;
    let rows = scene.portfolio.left_out.iter().map(|one| {
        let text = format_statement(&catalogue.criterion(one.criterion).text);
        vec![
            Cell::text(scene.file_code(one.criterion)),
            Cell::text(text),
            Cell::text(&one.reason),
        ]
    });
    let columns = ["Code", "Statement", "Reason"];
    Grid::new("Codes that do not apply", &columns, rows.collect())
}
