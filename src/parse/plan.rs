//! Reads hours, pace and progress reviews in `portfolio.yaml`.

use jiff::civil::Date;

use super::decode::{Decoder, Table};
use super::keys;
use super::yaml::{Node, Value};
use crate::diagnostic::FaultKind;
use crate::model::{HeldReview, Known, LearningBreak, Pace, PaceStep, Settings};
use crate::text::Spanned;

/// Reads `off_the_job`. Needs the programme's dates in `settings`.
pub(super) fn read_hours(decoder: &mut Decoder<'_>, table: &Table<'_>, settings: &mut Settings) {
    settings.hours_place = settings.start_place;
    if table.doubts("off_the_job") {
        settings.unread.push("off_the_job");
    }
    let Some(node) = table.get("off_the_job") else {
        return;
    };
    let Some(hours) = decoder.read_table(node, "off_the_job", keys::OFF_THE_JOB) else {
        settings.unread.push("off_the_job");
        return;
    };
    settings.hours_place = table.key_span("off_the_job");
    let before = decoder.faults.len();
    settings.required_hours = decoder.read_known_number(&hours, "required_hours");
    settings.weekly_hours = decoder.read_known_decimal(&hours, "weekly_hours");
    let doubted = ["required_hours", "weekly_hours"]
        .iter()
        .any(|key| hours.doubts(key));
    if doubted || !decoder.all_read_since(before) {
        settings.unread.push("off_the_job");
        (settings.required_hours, settings.weekly_hours) = (Known::Unknown, Known::Unknown);
    }
    settings.learning_every_months = decoder.read_known_number(&hours, "learning_every_months");
    if let Some(node) = hours.get("pace") {
        settings.hours_pace = read_pace(decoder, node, Within::of(settings)).unwrap_or(Pace::Even);
    }
}

/// Reads `breaks`, in order. One that ends before it begins, that overlaps another or that began
/// before the programme is reported and left out. Needs the programme's dates in `settings`.
pub(super) fn read_breaks(
    decoder: &mut Decoder<'_>,
    table: &Table<'_>,
    settings: &Settings,
) -> Vec<LearningBreak> {
    let mut breaks: Vec<LearningBreak> = Vec::new();
    for item in decoder.read_tables(table, "breaks", keys::BREAK) {
        let Some((read, from, to)) = read_break(decoder, &item) else {
            continue;
        };
        let overlaps =
            |other: &LearningBreak| read.from <= other.last() && other.from <= read.last();
        let before = settings.start.is_some_and(|start| read.from < start);
        if read.last() < read.from {
            decoder.report_wrong_type(to, "to", "a day on or after `from`");
        } else if before {
            decoder.report_wrong_type(from, "from", "a day of the programme");
        } else if breaks.iter().any(overlaps) {
            decoder.report_wrong_type(from, "from", "a day outside of the other breaks");
        } else {
            breaks.push(read);
        }
    }
    if table.doubts("breaks") {
        breaks.clear();
    }
    breaks.sort_by_key(|one| one.from);
    breaks
}

/// Reads a break, with the nodes of its days. `None` if a part of it is missing or unreadable: a
/// break takes demands away.
fn read_break<'n>(
    decoder: &mut Decoder<'_>,
    item: &Table<'n>,
) -> Option<(LearningBreak, &'n Node, &'n Node)> {
    let before = decoder.faults.len();
    for key in ["from", "to"] {
        decoder.require_text(item, key);
    }
    let reason = decoder.require_text(item, "reason");
    let from = decoder.read_closed(item, "from", Decoder::read_date).read();
    let to = decoder.read_known_date(item, "to");
    let is_read = decoder.all_read_since(before) && !item.doubts("to") && !item.doubts("reason");
    let (from_node, to_node) = (item.get("from")?, item.get("to")?);
    let read = LearningBreak {
        from: from?,
        to,
        reason: reason?.value,
    };
    is_read.then_some((read, from_node, to_node))
}

/// Reads `reviews`, oldest first.
pub(super) fn read_reviews(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Vec<HeldReview> {
    let mut reviews = Vec::new();
    for item in decoder.read_tables(table, "reviews", keys::REVIEW) {
        let place = item.get("date").map_or(item.span, |node| node.span);
        if decoder.require_text(&item, "date").is_none() {
            continue;
        }
        let with = decoder.read_word_list(&item, "with");
        if let Some(date) = decoder
            .read_closed(&item, "date", Decoder::read_date)
            .read()
        {
            let signed = read_signatures(decoder, &item);
            reviews.push(HeldReview {
                date,
                with,
                signed,
                place,
            });
        }
    }
    reviews.sort_by_key(|review| review.date);
    reviews
}

/// Reads `signed`: who signed a review, and on which day. A day that cannot be read is no signature.
fn read_signatures(decoder: &mut Decoder<'_>, review: &Table<'_>) -> Vec<(String, Date)> {
    let Some(table) = review
        .get("signed")
        .and_then(|node| decoder.read_open_table(node, "signed"))
    else {
        return Vec::new();
    };
    let parties: Vec<String> = table
        .pairs()
        .map(|(party, _)| party.value.clone())
        .collect();
    let day = |party: String| {
        let day = decoder.read_date(&table, &party)?;
        Some((party, day))
    };
    parties.into_iter().filter_map(day).collect()
}

/// Reads `pace`: one for all standards, or one for each by its id.
pub(super) fn read_paces(
    decoder: &mut Decoder<'_>,
    table: &Table<'_>,
    settings: &Settings,
) -> Vec<(Spanned<String>, Pace)> {
    let Some(node) = table.get("pace") else {
        return Vec::new();
    };
    let within = Within::of(settings);
    if !matches!(node.value, Value::Table(_)) {
        let all = Spanned::new("all".to_owned(), table.key_span("pace"));
        return read_pace(decoder, node, within)
            .map(|pace| (all, pace))
            .into_iter()
            .collect();
    }
    let Some(by_standard) = decoder.read_open_table(node, "pace") else {
        return Vec::new();
    };
    let mut paces = Vec::new();
    for (name, node) in by_standard.pairs() {
        if let Some(pace) = read_pace(decoder, node, within) {
            paces.push((name.clone(), pace));
        }
    }
    paces
}

/// The first and last day of a plan.
#[derive(Clone, Copy)]
struct Within {
    start: Option<Date>,
    end: Option<Date>,
}

impl Within {
    fn of(settings: &Settings) -> Self {
        Self {
            start: settings.start,
            end: settings.planned_end,
        }
    }
}

fn read_pace(decoder: &mut Decoder<'_>, node: &Node, within: Within) -> Option<Pace> {
    match &node.value {
        Value::Text(word) if word == "linear" => Some(Pace::Even),
        Value::Text(word) => {
            let word = Spanned::new(word.clone(), node.span);
            decoder.report_unknown_word(&word, "pace", vec!["linear"]);
            None
        }
        Value::List(items) => Some(read_steps(decoder, items, within)),
        _ => {
            decoder.report_wrong_type(
                node,
                "pace",
                "`linear`, or steps such as [{ by: 2026-03-01, percent: 20 }]",
            );
            None
        }
    }
}

/// Reads steps. One that does not follow from the step before it is reported and left out.
fn read_steps(decoder: &mut Decoder<'_>, items: &[Node], within: Within) -> Pace {
    let mut steps: Vec<PaceStep> = Vec::new();
    for item in items {
        let Some(table) = decoder.read_table(item, "pace", keys::PACE_STEP) else {
            continue;
        };
        if let Some(step) = read_step(decoder, &table, steps.last().copied(), within) {
            steps.push(step);
        }
    }
    if steps.is_empty() {
        Pace::Even
    } else {
        Pace::Steps(steps)
    }
}

fn read_step(
    decoder: &mut Decoder<'_>,
    table: &Table<'_>,
    before: Option<PaceStep>,
    within: Within,
) -> Option<PaceStep> {
    decoder.require_text(table, "by");
    if table.get("percent").is_none() {
        decoder.report(
            table.key_span("percent"),
            FaultKind::MissingKey { key: "percent" },
        );
    }
    let (by, percent) = (table.get("by")?, table.get("percent")?);
    let step = PaceStep {
        by: decoder.read_date(table, "by")?,
        percent: decoder.read_number(table, "percent")?,
    };
    let objections = [
        (
            within.start.is_some_and(|start| step.by <= start),
            by,
            "by",
            "a date after the programme's start",
        ),
        (
            within.end.is_some_and(|end| step.by > end),
            by,
            "by",
            "a date up to the programme's planned end",
        ),
        (
            before.is_some_and(|before| step.by <= before.by),
            by,
            "by",
            "a date after that of the step before",
        ),
        (
            before.is_some_and(|before| step.percent < before.percent),
            percent,
            "percent",
            "at least as much as the step before",
        ),
    ];
    for (objects, node, key, expected) in objections {
        if objects {
            decoder.report_wrong_type(node, key, expected);
            return None;
        }
    }
    Some(step)
}
