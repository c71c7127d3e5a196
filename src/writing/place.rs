//! Where findings are: the fields of the form and the boxes of the text.

use super::boxes::Boxes;
use super::entry_answer::FieldFinding;
use super::page_text::PageText;
use super::page_words::in_page_words;
use crate::check::rules;
use crate::diagnostic::{Finding, Level};
use crate::model::FiledEntry;
use crate::parse::yaml::{Node, Value};
use crate::text::Span;

/// The fields and boxes of an entry, by place.
pub(super) struct FieldPlaces<'a> {
    boxes: &'a Boxes,
    /// Where the body begins.
    body: usize,
    /// Where keys begin, in order, each with its field.
    keys: Vec<(usize, &'static str)>,
    /// The place of findings about the whole entry.
    whole: Span,
}

/// Keys that are shown in another place than a field of their name.
const KEYS: [(&str, &str); 18] = [
    ("title", "title"),
    ("date", "date"),
    ("event_date", "event_date"),
    ("type", "type"),
    ("model", "model"),
    ("status", "status"),
    ("submitted", "status"),
    ("visibility", "visibility"),
    ("anonymised", "anonymised"),
    ("hours", "hours"),
    ("days", "days"),
    ("off_the_job", "off_the_job"),
    ("ksbs", "claims"),
    ("criteria", "claims"),
    ("attachments", "attachments"),
    ("witness", "witness"),
    ("practice", "practice"),
    ("cpd", "cpd"),
];

impl<'a> FieldPlaces<'a> {
    /// The fields and boxes of an entry with this front matter.
    pub(super) fn new(
        entry: &FiledEntry,
        boxes: &'a Boxes,
        front_matter: Option<&Node>,
        text: &str,
    ) -> Self {
        let mut keys = Vec::new();
        if let Some(Value::Table(pairs)) = front_matter.map(|node| &node.value) {
            for (key, _) in pairs {
                let name = key.span.of(text).trim_matches(['"', '\'']);
                let known = KEYS
                    .iter()
                    .find(|(known, _)| name.eq_ignore_ascii_case(known));
                keys.push((key.span.start, known.map_or("entry", |(_, field)| field)));
            }
        }
        keys.sort_unstable();
        Self {
            boxes,
            body: entry.body.span.start,
            keys,
            whole: entry.front_matter.place,
        }
    }

    /// The field that a finding is shown beside, and whether its words are marked there.
    fn of(&self, finding: &Finding) -> (String, bool) {
        let span = finding.place.span;
        if span.start >= self.body {
            let stage = self.boxes.stage_at(span.start);
            let field =
                stage.map_or_else(|| "other".to_owned(), |part| format!("stage:{}", part.id));
            return (field, true);
        }
        if span == self.whole && !finding.rule.contains("title") {
            return ("entry".to_owned(), false);
        }
        let next = self.keys.partition_point(|(start, _)| *start <= span.start);
        let key = next.checked_sub(1).map(|at| self.keys[at].1);
        (key.unwrap_or("entry").to_owned(), true)
    }
}

/// Words findings of an entry for the page, the worst first.
pub(super) fn describe_findings<'a>(
    findings: impl Iterator<Item = &'a Finding>,
    entry: &FiledEntry,
    places: &FieldPlaces<'_>,
    page: &PageText,
) -> Vec<FieldFinding> {
    let mut found: Vec<&Finding> = findings.filter(|one| one.level > Level::Off).collect();
    found.sort_by_key(|one| (std::cmp::Reverse(one.level), one.place.span));
    let describe = |finding: &Finding| {
        let span = finding.place.span;
        let (field, is_marked) = places.of(finding);
        let is_identifier = entry.identifiers.at(span).next().is_some();
        FieldFinding {
            rule: finding.rule.to_owned(),
            level: finding.level.word().to_owned(),
            message: in_page_words(&finding.message),
            help: finding.help.as_deref().map(in_page_words),
            field,
            from: is_marked.then(|| page.to_unit(span.start)),
            to: is_marked.then(|| page.to_unit(span.end)),
            can_answer: rules::is_answerable(finding.rule) || is_identifier,
        }
    };
    found.into_iter().map(describe).collect()
}
