//! Reads one entry: its front matter, and the facts of its body.

use super::decode::{Decoder, Table};
use super::draft_entry::{DraftEntry, DraftTag};
use super::parsed::Parsed;
use super::yaml::{self, Node, Value};
use super::{front_matter, keys, markdown, other_tools, statements};
use crate::diagnostic::{Fault, FaultKind, Place, Slip};
use crate::model::{
    Action, Assignment, Attachment, Cpd, Minutes, Practice, Status, Suppression, Visibility,
    Witness,
};
use crate::text::{Source, Span, Spanned, blanked};

/// Reads an entry. Always returns one, whatever its faults, so that the rest can be judged.
pub fn entry(source: &Source) -> Parsed<DraftEntry> {
    let text = &source.text;
    let mut draft = DraftEntry::new(source);
    let mut faults = Vec::new();
    match front_matter::split(text) {
        Err((kind, span)) => {
            let place = Place::new(&source.path, span);
            faults.push(Fault { place, kind });
            draft.masked = event_dates(text, Span::new(0, text.floor_char_boundary(HEAD)));
            draft.body = markdown::read(&blanked(text, &draft.masked), Span::new(0, text.len()));
            draft.place = span;
            draft.withhold();
        }
        Ok(parts) => {
            draft.body = markdown::read(text, parts.body);
            if markdown::is_too_dense(parts.body.of(text)) {
                let place = Place::new(&source.path, Span::at(parts.body.start));
                faults.push(Fault {
                    place,
                    kind: FaultKind::TooDense {
                        limit: markdown::MOST_MARKS,
                    },
                });
            }
            draft.place = Span::new(parts.front_matter.start, parts.front_matter.start);
            match yaml::read(source, parts.front_matter) {
                Ok(node) => faults.extend(keys(&mut draft, source, &node, parts.front_matter)),
                Err(fault) => {
                    draft.withhold();
                    draft.masked = event_dates(text, parts.front_matter);
                    faults.push(presentable(*fault, text, &draft.masked));
                }
            }
        }
    }
    faults.extend(other_tools::of_path(&mut draft));
    Parsed {
        value: draft,
        faults,
    }
}

/// Without an opening line, front matter is looked for in this many bytes.
const HEAD: usize = 2000;

/// Removes the line from a fault if the line has the day of an event.
fn presentable(fault: Fault, text: &str, masked: &[Span]) -> Fault {
    let at = fault.place.span.start;
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = Span::new(
        start,
        text[at..].find('\n').map_or(text.len(), |end| at + end),
    );
    match fault.kind {
        FaultKind::BrokenYaml { reason, slip } if masked.iter().any(|span| span.overlaps(line)) => {
            let kind = FaultKind::BrokenYaml {
                reason,
                slip: slip.map(Slip::without_line),
            };
            Fault { kind, ..fault }
        }
        _ => fault,
    }
}

/// Finds days of events in front matter, however their key and value are written: on each line that
/// names the key, and on lines indented below it, everything from the first digit on.
fn event_dates(text: &str, range: Span) -> Vec<Span> {
    let mut at = range.start;
    let mut found = Vec::new();
    let mut below = false;
    for line in range.of(text).split_inclusive('\n') {
        let folded = || line.to_lowercase().replace(['_', '-', ' ', '"', '\''], "");
        // Most lines have no v, and are ruled out without folding.
        let named = line.contains(['v', 'V']) && folded().contains("eventdate");
        below =
            named || (below && (line.starts_with([' ', '\t', '-']) || folded().trim().is_empty()));
        if below {
            let from = line
                .find(|sign: char| sign.is_ascii_digit())
                .unwrap_or(line.trim_end().len());
            found.push(Span::new(at + from, at + line.trim_end().len().max(from)));
        }
        at += line.len();
    }
    found.retain(|span| span.start < span.end);
    found
}

fn keys(draft: &mut DraftEntry, source: &Source, node: &Node, range: Span) -> Vec<Fault> {
    let mut decoder = Decoder::new(source);
    if matches!(node.value, Value::Null) {
        for key in ["title", "date"] {
            decoder.fault(Span::at(range.start), FaultKind::MissingKey { key });
        }
        return decoder.faults;
    }
    let Some(table) = decoder.table(node, "front matter", keys::ENTRY) else {
        return decoder.faults;
    };
    head(draft, &mut decoder, &table);
    draft.masked.extend(event_dates(&source.text, range));
    draft.tags = tags(&mut decoder, &table, "ksbs");
    draft.tags.extend(tags(&mut decoder, &table, "criteria"));
    draft.attachments = attachments(&mut decoder, &table);
    draft.actions = actions(&mut decoder, &table, &mut draft.dates);
    draft.read = statements::reading(&mut decoder, &table, &mut draft.dates);
    draft.volatile = statements::volatile(&table, &source.text);
    draft.suppressions = suppressions(&mut decoder, &table);
    draft.witness = witness(&mut decoder, &table);
    draft.practice = practice(&mut decoder, &table);
    draft.cpd = cpd(&mut decoder, &table);
    draft.assignment = assignment(&mut decoder, &table);
    decoder.faults
}

fn head(draft: &mut DraftEntry, decoder: &mut Decoder<'_>, table: &Table<'_>) {
    if let Some(title) = decoder.required(table, "title") {
        draft.place = title.span;
        draft.title = title.value;
    }
    let date = |decoder: &mut Decoder<'_>, table: &Table<'_>, _: &str| {
        decoder.required_date(table, "date")
    };
    draft.date = decoder.reading(table, "date", date).read();
    draft.date_place = table.get("date").map(|node| node.span);
    draft.dates.extend(draft.date_place);
    let event = decoder.reading(table, "event_date", Decoder::date);
    draft.unread_event = event.is_unreadable();
    draft.event_date = event.read();
    draft
        .masked
        .extend(table.get("event_date").map(|node| node.span));
    if let Some(id) = decoder.text(table, "id") {
        draft.id = id;
    }
    let kind = decoder.reading(table, "type", Decoder::word);
    draft.unknown_kind = kind.is_unreadable();
    draft.kind = kind.read().unwrap_or(draft.kind);
    draft.model = decoder.text(table, "model");
    draft.status = decoder
        .reading(table, "status", Decoder::word)
        .or(draft.status, Status::Draft);
    draft.visibility = decoder
        .reading(table, "visibility", Decoder::word)
        .or(draft.visibility, Visibility::Private);
    if decoder
        .reading(table, "submitted", Decoder::date)
        .is_unreadable()
    {
        draft.status = Status::Draft;
    }
    draft
        .dates
        .extend(table.get("submitted").map(|node| node.span));
    other_tools::apply(draft, decoder, table);
    let days = decoder.reading(table, "days", Decoder::number);
    let hours = decoder.reading(table, "hours", Decoder::decimal).read();
    draft.hours = hours.filter(|_| !days.is_unreadable()).map(minutes);
    // Without readable days the hours do not count, so 1 does no harm.
    draft.days = days.or(1, 1);
    draft.off_the_job = decoder
        .reading(table, "off_the_job", Decoder::boolean)
        .or(false, false);
    draft.anonymised = decoder
        .reading(table, "anonymised", Decoder::boolean)
        .or(false, false);
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number from 0 to 8784"
)]
fn minutes(hours: f64) -> Minutes {
    Minutes((hours * 60.0).round() as u32)
}

/// `K7`, or `{K7: "because ..."}`.
fn tags(decoder: &mut Decoder<'_>, table: &Table<'_>, key: &'static str) -> Vec<DraftTag> {
    let mut tags = Vec::new();
    let node = table.get(key);
    let items = match node.map(|node| &node.value) {
        Some(Value::Table(_)) => node.into_iter().collect(),
        _ => decoder.list(table, key),
    };
    for item in items {
        if !matches!(item.value, Value::Table(_)) {
            let typed = decoder
                .scalar(item, key)
                .into_iter()
                .flat_map(|typed| each_code(&typed));
            tags.extend(typed.map(|code| DraftTag {
                code,
                justification: None,
            }));
            continue;
        }
        let Some(pairs) = decoder.open_table(item, key) else {
            continue;
        };
        for (code, reason) in pairs.pairs() {
            let justification = match &reason.value {
                Value::Text(words) if !words.trim().is_empty() => Some(words.trim().to_owned()),
                // A code with an empty value is a code without a reason.
                Value::Null if reason.span.of(&decoder.source().text).trim().is_empty() => None,
                _ => {
                    decoder.wrong_type(reason, &code.value, "your reason in words");
                    None
                }
            };
            tags.push(DraftTag {
                code: code.clone(),
                justification,
            });
        }
    }
    tags
}

/// Splits `K7, S7`, a list without brackets.
fn each_code(typed: &Spanned<String>) -> Vec<Spanned<String>> {
    // In quotes, offsets in the text are not offsets in the source.
    let as_written = typed.span.end - typed.span.start == typed.value.len();
    let mut at = typed.span.start;
    let mut codes = Vec::new();
    for part in typed.value.split(',') {
        let lead = part.len() - part.trim_start().len();
        let place = Span::new(at + lead, at + lead + part.trim().len());
        codes.push(Spanned::new(
            part.trim().to_owned(),
            if as_written { place } else { typed.span },
        ));
        at += part.len() + 1;
    }
    codes
}

fn attachments(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Vec<Attachment> {
    let mut attachments = Vec::new();
    for item in decoder.tables(table, "attachments", keys::ATTACHMENT) {
        let Some(file) = decoder.required(&item, "file") else {
            continue;
        };
        let consent = decoder.reading(&item, "consent", Decoder::text);
        // No consent has an empty reference, so an unreadable one covers nothing.
        let unreadable = |span| Some(Spanned::new(String::new(), span));
        let consent = match item.unknown().next() {
            // The unknown key may say that the file is not to be shown.
            Some(key) => unreadable(key.span),
            None if consent.is_unreadable() => unreadable(item.key_span("consent")),
            None => consent.read(),
        };
        attachments.push(Attachment {
            file,
            alt: decoder.words(&item, "alt"),
            caption: decoder.words(&item, "caption"),
            consent,
            shows: decoder.reading(&item, "shows", Decoder::word).read(),
            sha256: None,
        });
    }
    attachments
}

fn actions(decoder: &mut Decoder<'_>, table: &Table<'_>, dates: &mut Vec<Span>) -> Vec<Action> {
    let mut actions = Vec::new();
    for item in decoder.tables(table, "actions", keys::ACTION) {
        dates.extend(
            ["by", "done"]
                .iter()
                .filter_map(|key| item.get(key))
                .map(|node| node.span),
        );
        if let Some(what) = decoder.required(&item, "what") {
            actions.push(Action {
                what,
                by: decoder.date(&item, "by"),
                done: decoder.reading(&item, "done", Decoder::date).read(),
                closed_by: decoder.reading(&item, "closed_by", Decoder::text).read(),
            });
        }
    }
    actions
}

fn suppressions(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Vec<Suppression> {
    let mut suppressions = Vec::new();
    for item in decoder.tables(table, "check", keys::SUPPRESSION) {
        let rule = decoder.required(&item, "ignore");
        let reason = decoder.required(&item, "reason");
        let words = decoder.word_list(&item, "words");
        let doubted = ["ignore", "reason", "words"]
            .iter()
            .any(|key| item.doubts(key));
        if let (Some(rule), Some(reason), false) = (rule, reason, doubted) {
            let reason = reason.value;
            suppressions.push(Suppression {
                rule,
                reason,
                words,
            });
        }
    }
    suppressions
}

fn witness(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Option<Witness> {
    let table = decoder.table(table.get("witness")?, "witness", keys::WITNESS)?;
    Some(Witness {
        role: decoder.words(&table, "role"),
        organisation: decoder.words(&table, "organisation"),
        relationship: decoder.words(&table, "relationship"),
    })
}

fn practice(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Option<Practice> {
    let table = decoder.table(table.get("practice")?, "practice", keys::PRACTICE)?;
    Some(Practice {
        treatment: decoder.words(&table, "treatment"),
        area: decoder.words(&table, "area"),
        device: decoder.words(&table, "device"),
        depth_mm: decoder.as_written(&table, "depth_mm"),
        batch_numbers: decoder.word_list(&table, "batch_numbers"),
        adverse_reactions: decoder.words(&table, "adverse_reactions"),
        outcome_measures: decoder.word_list(&table, "outcome_measures"),
    })
}

fn cpd(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Option<Cpd> {
    let table = decoder.table(table.get("cpd")?, "cpd", keys::CPD)?;
    Some(Cpd {
        activity: decoder.words(&table, "activity"),
        provider: decoder.words(&table, "provider"),
        influence_on_practice: decoder.words(&table, "influence_on_practice"),
    })
}

fn assignment(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Option<Assignment> {
    let table = decoder.table(table.get("assignment")?, "assignment", keys::ASSIGNMENT)?;
    let unit = decoder.words(&table, "unit");
    let mark = decoder
        .reading(&table, "mark_percent", Decoder::number)
        .read();
    // Without the attempt it is unknown whether the mark still counts.
    let attempt = decoder.reading(&table, "attempt", Decoder::number);
    let mark_percent = mark.filter(|_| !attempt.is_unreadable());
    Some(Assignment {
        unit,
        mark_percent,
        attempt: attempt.read(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(front_matter: &str) -> Source {
        Source::new(
            "portfolio/entries/a-fall.md",
            &format!("---\n{front_matter}---\nBody.\n"),
        )
    }

    fn parse(front_matter: &str) -> Parsed<DraftEntry> {
        entry(&source(front_matter))
    }

    fn without(front_matter: &str) -> String {
        let parsed = parse(front_matter);
        let text = source(front_matter).text;
        let mut kept = String::new();
        let mut at = 0;
        for cut in &parsed.value.volatile {
            kept.push_str(&text[at..cut.start]);
            at = cut.end;
        }
        kept + &text[at..]
    }

    #[test]
    fn closing_an_action_leaves_the_rest_of_the_text_as_it_was() {
        let open = "title: A\ndate: 2026-01-01\nactions:\n";
        let flow = |more: &str| {
            without(&format!(
                "{open}  - {{ what: \"x\", by: 2026-02-01{more} }}\n"
            ))
        };
        assert_eq!(flow(", done: 2026-01-22, closed_by: visit"), flow(""));
        let block = |more: &str| without(&format!("{open}  - what: x\n    by: 2026-02-01\n{more}"));
        assert_eq!(
            block("    done: 2026-01-22\n    closed_by: visit\n"),
            block("")
        );
        let first = without(&format!("{open}  - {{ done: 2026-01-22, what: x }}\n"));
        assert_eq!(first, without(&format!("{open}  - {{ what: x }}\n")));
    }

    #[test]
    fn all_faults_are_noted_and_an_entry_comes_back() {
        let parsed = parse(
            "titel: A\ndate: 14/03/2026\nstatus: done\nhours: two\nksbs: [K7, {S7: why}, 3]\n",
        );
        let kinds: Vec<String> = parsed
            .faults
            .iter()
            .map(|f| format!("{:?}", f.kind))
            .collect();
        assert_eq!(kinds.len(), 5, "{kinds:#?}");
        assert_eq!(parsed.value.title, "A fall");
        let codes: Vec<&str> = parsed
            .value
            .tags
            .iter()
            .map(|tag| tag.code.value.as_str())
            .collect();
        assert_eq!(codes, ["K7", "S7", "3"]);
    }
}
