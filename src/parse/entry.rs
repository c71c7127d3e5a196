//! Reads one entry: its front matter, and the facts of its body.

use super::conflict::find_conflicts;
use super::decode::{Decoder, Table};
use super::draft_entry::DraftEntry;
use super::front_matter::{self, EntryParts};
use super::parsed::Parsed;
use super::tags::read_tags;
use super::yaml::{self, Node, Value};
use super::{details, events, keys, markdown, other_tools, statements, untidy};
use crate::diagnostic::{Fault, FaultKind, Place, Slip};
use crate::model::{Action, Attachment, Minutes, Status, Suppression, Visibility};
use crate::text::{ShownBlock, ShownText, Source, Span, Spanned, blank_out};

/// Reads an entry. Always returns one, whatever its faults, so that the rest can be judged.
pub fn entry(source: &Source) -> Parsed<DraftEntry> {
    let text = &source.text;
    let mut draft = DraftEntry::new(source);
    let mut faults: Vec<Fault> = find_conflicts(source).into_iter().collect();
    let has_conflict = !faults.is_empty();
    match front_matter::split(text) {
        Err((kind, span)) => {
            let place = Place::new(&source.path, span);
            // Conflict marks are no YAML, and one finding for them is enough.
            faults.extend((!has_conflict).then_some(Fault { place, kind }));
            draft.masked = find_event_dates(text, Span::new(0, text.floor_char_boundary(HEAD)));
            draft.body = markdown::read(&blank_out(text, &draft.masked), Span::new(0, text.len()));
            draft.front_matter.place = span;
            draft.front_matter.withhold();
        }
        Ok(parts) => {
            draft.body = markdown::read(text, parts.body);
            faults.extend(find_untidy(source, &parts));
            if events::is_too_dense(parts.body.of(text)) {
                let place = Place::new(&source.path, Span::at(parts.body.start));
                faults.push(Fault {
                    place,
                    kind: FaultKind::TooDense {
                        limit: events::MOST_MARKS,
                    },
                });
            }
            draft.front_matter.place =
                Span::new(parts.front_matter.start, parts.front_matter.start);
            match yaml::read(source, parts.front_matter) {
                Ok(node) => {
                    faults.extend(read_keys(&mut draft, source, &node, parts.front_matter));
                    add_decoded(&node, text, &mut draft.body.blocks);
                }
                Err(fault) => {
                    draft.front_matter.withhold();
                    draft.masked = find_event_dates(text, parts.front_matter);
                    if !has_conflict {
                        faults.push(hide_line(*fault, text, &draft.masked));
                    }
                }
            }
        }
    }
    faults.extend(other_tools::apply_folder(&mut draft));
    Parsed {
        value: draft,
        faults,
    }
}

/// Finds text that another program wrote in its own way.
fn find_untidy(source: &Source, parts: &EntryParts) -> Vec<Fault> {
    let fences = front_matter::find_untidy(&source.text, parts).into_iter();
    let mut faults: Vec<Fault> = fences
        .map(|(what, span, by)| Fault {
            place: Place::new(&source.path, span),
            kind: FaultKind::UntidyText {
                what,
                by: Some(by.to_owned()),
            },
        })
        .collect();
    faults.extend(untidy::find_untidy(source, parts.body));
    faults
}

/// Adds a block for each text in front matter that is written in another form: with escapes, or on
/// several lines.
fn add_decoded(node: &Node, text: &str, blocks: &mut Vec<ShownBlock>) {
    match &node.value {
        Value::Text(value) if !node.span.of(text).contains(value.as_str()) => {
            let mut shown = ShownText::default();
            shown.push(value, node.span, text);
            blocks.push(ShownBlock::new(shown));
        }
        Value::List(items) => items
            .iter()
            .for_each(|item| add_decoded(item, text, blocks)),
        Value::Table(pairs) => {
            for (key, value) in pairs {
                add_decoded(key, text, blocks);
                add_decoded(value, text, blocks);
            }
        }
        _ => {}
    }
}

/// Without an opening line, front matter is looked for in this many bytes.
const HEAD: usize = 2000;

/// Removes the line from a fault if the line has the day of an event.
fn hide_line(fault: Fault, text: &str, masked: &[Span]) -> Fault {
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
fn find_event_dates(text: &str, range: Span) -> Vec<Span> {
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
                .find(|character: char| character.is_ascii_digit())
                .unwrap_or(line.trim_end().len());
            found.push(Span::new(at + from, at + line.trim_end().len().max(from)));
        }
        at += line.len();
    }
    found.retain(|span| span.start < span.end);
    found
}

fn read_keys(draft: &mut DraftEntry, source: &Source, node: &Node, range: Span) -> Vec<Fault> {
    let mut decoder = Decoder::new(source);
    if matches!(node.value, Value::Null) {
        for key in ["title", "date"] {
            decoder.report(Span::at(range.start), FaultKind::MissingKey { key });
        }
        return decoder.faults;
    }
    let Some(table) = decoder.read_table(node, "front matter", keys::ENTRY) else {
        return decoder.faults;
    };
    read_head(draft, &mut decoder, &table);
    draft.masked.extend(find_event_dates(&source.text, range));
    draft.tags = read_tags(&mut decoder, &table, "ksbs");
    draft
        .tags
        .extend(read_tags(&mut decoder, &table, "criteria"));
    draft.front_matter.attachments = read_attachments(&mut decoder, &table);
    draft.front_matter.actions = read_actions(&mut decoder, &table, &mut draft.dates);
    draft.front_matter.read = statements::read_reading(&mut decoder, &table, &mut draft.dates);
    draft.volatile = statements::find_volatile(&table, &source.text);
    draft.front_matter.imported = statements::read_imported(&mut decoder, &table);
    draft.front_matter.suppressions = read_suppressions(&mut decoder, &table);
    draft.front_matter.witness = details::read_witness(&mut decoder, &table);
    draft.front_matter.practice = details::read_practice(&mut decoder, &table);
    draft.front_matter.cpd = details::read_cpd(&mut decoder, &table);
    draft.front_matter.assignment = details::read_assignment(&mut decoder, &table);
    decoder.faults
}

fn read_head(draft: &mut DraftEntry, decoder: &mut Decoder<'_>, table: &Table<'_>) {
    if let Some(title) = decoder.require_text(table, "title") {
        draft.front_matter.place = title.span;
        draft.front_matter.title = title.value;
    }
    let date =
        |decoder: &mut Decoder<'_>, table: &Table<'_>, _: &str| decoder.require_date(table, "date");
    draft.front_matter.date = decoder.read_closed(table, "date", date).read();
    draft.front_matter.date_place = table.get("date").map(|node| node.span);
    draft.dates.extend(draft.front_matter.date_place);
    let event = decoder.read_closed(table, "event_date", Decoder::read_date);
    draft.front_matter.unread_event = event.is_unreadable();
    draft.front_matter.event_date = event.read();
    draft
        .masked
        .extend(table.get("event_date").map(|node| node.span));
    if let Some(id) = decoder.read_text(table, "id") {
        draft.id = id;
    }
    let kind = decoder.read_closed(table, "type", Decoder::read_word);
    draft.front_matter.unknown_kind = kind.is_unreadable();
    draft.front_matter.kind = kind.read().unwrap_or(draft.front_matter.kind);
    draft.model = decoder.read_text(table, "model");
    draft.front_matter.status = decoder
        .read_closed(table, "status", Decoder::read_word)
        .or(draft.front_matter.status, Status::Draft);
    draft.front_matter.visibility = decoder
        .read_closed(table, "visibility", Decoder::read_word)
        .or(draft.front_matter.visibility, Visibility::Private);
    let submitted = decoder.read_closed(table, "submitted", Decoder::read_date);
    if submitted.is_unreadable() {
        draft.front_matter.status = Status::Draft;
    }
    draft.front_matter.submitted = submitted.read();
    draft
        .dates
        .extend(table.get("submitted").map(|node| node.span));
    other_tools::apply(draft, decoder, table);
    let days = decoder.read_closed(table, "days", Decoder::read_number);
    let hours = decoder
        .read_closed(table, "hours", Decoder::read_decimal)
        .read();
    draft.front_matter.hours = hours.filter(|_| !days.is_unreadable()).map(to_minutes);
    // Without readable days the hours do not count, so 1 does no harm.
    draft.front_matter.days = days.or(1, 1);
    draft.front_matter.off_the_job = decoder
        .read_closed(table, "off_the_job", Decoder::read_boolean)
        .or(false, false);
    draft.front_matter.anonymised = decoder
        .read_closed(table, "anonymised", Decoder::read_boolean)
        .or(false, false);
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number from 0 to 8784"
)]
fn to_minutes(hours: f64) -> Minutes {
    Minutes((hours * 60.0).round() as u32)
}

fn read_attachments(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Vec<Attachment> {
    let mut attachments = Vec::new();
    for item in decoder.read_tables(table, "attachments", keys::ATTACHMENT) {
        let Some(file) = decoder.require_text(&item, "file") else {
            continue;
        };
        let consent = decoder.read_closed(&item, "consent", Decoder::read_text);
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
            alt: decoder.read_words(&item, "alt"),
            caption: decoder.read_words(&item, "caption"),
            consent,
            shows: decoder
                .read_closed(&item, "shows", Decoder::read_word)
                .read(),
            sha256: None,
            in_text: false,
        });
    }
    attachments
}

fn read_actions(
    decoder: &mut Decoder<'_>,
    table: &Table<'_>,
    dates: &mut Vec<Span>,
) -> Vec<Action> {
    let mut actions = Vec::new();
    for item in decoder.read_tables(table, "actions", keys::ACTION) {
        dates.extend(
            ["by", "done"]
                .iter()
                .filter_map(|key| item.get(key))
                .map(|node| node.span),
        );
        if let Some(what) = decoder.require_text(&item, "what") {
            actions.push(Action {
                what,
                by: decoder.read_date(&item, "by"),
                done: decoder
                    .read_closed(&item, "done", Decoder::read_date)
                    .read(),
                closed_by: decoder
                    .read_closed(&item, "closed_by", Decoder::read_text)
                    .read(),
            });
        }
    }
    actions
}

fn read_suppressions(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Vec<Suppression> {
    let mut suppressions = Vec::new();
    for item in decoder.read_tables(table, "check", keys::SUPPRESSION) {
        let rule = decoder.require_text(&item, "ignore");
        let reason = decoder.require_text(&item, "reason");
        let words = decoder.read_word_list(&item, "words");
        let doubted = ["ignore", "reason", "words"]
            .iter()
            .any(|key| item.doubts(key));
        if let (Some(rule), Some(reason), false) = (rule, reason, doubted) {
            let reason = reason.value;
            suppressions.push(Suppression {
                rule,
                reason,
                words,
                gap: statements::find_words_gap(&item, &decoder.source().text),
            });
        }
    }
    suppressions
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
    fn closing_an_action_changes_only_volatile_ranges() {
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
    fn returns_an_entry_with_all_its_faults() {
        let parsed = parse(
            "titel: A\ndate: 14/03/2026\nstatus: done\nhours: two\nksbs: [K7, {S7: why}, 3]\n",
        );
        let kinds: Vec<String> = parsed
            .faults
            .iter()
            .map(|f| format!("{:?}", f.kind))
            .collect();
        assert_eq!(kinds.len(), 5, "{kinds:#?}");
        assert_eq!(parsed.value.front_matter.title, "A fall");
        let codes: Vec<&str> = parsed
            .value
            .tags
            .iter()
            .map(|tag| tag.code.value.as_str())
            .collect();
        assert_eq!(codes, ["K7", "S7", "3"]);
    }
}
