//! A standard from Skills England's JSON: the feed of standards, with foundation apprenticeships and
//! apprenticeship units, or the occupational maps.
//!
//! The feed has no codes. Statements are numbered by their order, as Skills England's own pages and
//! services number them, unless the file names codes itself.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::assembly::Assembly;
use super::codes::{read_code, read_duty, split_code};
use super::feed_choice::{choose, not_json};
use super::feed_file::{WantedStandard, product_reference, read_records};
use super::feed_values::{FeedFields, day_of_text, text_of};
use super::{ReadingProblem, StandardDraft, StandardReading, StatementCode, StatementKind};
use crate::text::{capitalised, counted, listed};

/// The lists of statements, with the fields of their ids.
const LISTS: [(StatementKind, &[&str], &[&str]); 6] = [
    (
        StatementKind::Knowledge,
        &["knowledges", "knowledge"],
        &["knowledgeid"],
    ),
    (StatementKind::Skill, &["skills", "skill"], &["skillid"]),
    (
        StatementKind::Behaviour,
        &["behaviours", "behaviour"],
        &["behaviourid"],
    ),
    (
        StatementKind::TechnicalKnowledge,
        &["technicalknowledges"],
        &["technicalknowledgeid"],
    ),
    (
        StatementKind::TechnicalSkill,
        &["technicalskills"],
        &["technicalskillid"],
    ),
    (
        StatementKind::Employability,
        &["employabilityskillsandbehaviours"],
        &["employabilityskillsandbehaviourid"],
    ),
];

/// Fields of a duty that name its statements. Those with ids come first.
const MAPPED: [&[&str]; 3] = [
    &["mappedknowledgeids", "mappedknowledge", "mappedknowledges"],
    &[
        "mappedskillsids",
        "mappedskillids",
        "mappedskills",
        "mappedskill",
    ],
    &[
        "mappedbehaviourids",
        "mappedbehavioursids",
        "mappedbehaviour",
        "mappedbehaviours",
    ],
];

/// Reads a file of Skills England. `wanted` names the standard, if there are several.
#[must_use]
pub fn read_feed(text: &str, wanted: Option<&str>) -> StandardReading {
    let wanted = wanted.map(WantedStandard::new);
    let file = match read_records(text.trim_start_matches('\u{feff}'), wanted.as_ref()) {
        Ok(file) => file,
        Err(error) => return refused(not_json(&error)),
    };
    match choose(&file, wanted.as_ref()) {
        Ok(record) => RecordReader::default().read(record),
        Err(problem) => refused(problem),
    }
}

fn refused(problem: ReadingProblem) -> StandardReading {
    StandardReading {
        problems: vec![problem],
        ..StandardReading::default()
    }
}

/// One of the statements of a list.
struct FeedItem {
    text: Option<String>,
    /// Everything by which duties may name it.
    ids: Vec<String>,
    guid: Option<String>,
    given: Option<StatementCode>,
}

/// Reads one record.
#[derive(Default)]
struct RecordReader {
    assembly: Assembly,
    /// Statements by what duties call them, in small letters.
    by_id: BTreeMap<String, StatementCode>,
    /// Fields without a place in a standard.
    left: BTreeSet<String>,
    by_order: Vec<String>,
}

impl RecordReader {
    fn read(mut self, record: &Value) -> StandardReading {
        let Some(mut fields) = FeedFields::of(record) else {
            return self.assembly.finish();
        };
        let mut draft = read_about(record, &mut fields);
        for (kind, names, ids) in LISTS {
            let list = fields.take_list(names);
            self.read_list(kind, names[0], ids, &list);
        }
        self.read_flat_list(&mut fields);
        let option_titles = self.read_options(&mut fields);
        let duties = fields.take_list(&["duties"]);
        let mut in_options: BTreeMap<usize, BTreeSet<StatementCode>> = BTreeMap::new();
        let mut in_core = BTreeSet::new();
        for (at, duty) in duties.into_iter().enumerate() {
            let (codes, options) = self.read_duty(at, duty, &option_titles);
            match &options[..] {
                [] => in_core.extend(codes),
                options => options
                    .iter()
                    .for_each(|at| in_options.entry(*at).or_default().extend(&codes)),
            }
        }
        self.note_options(&option_titles, &in_options, &in_core);
        self.note_about(&mut fields);
        self.left.extend(fields.rest().map(str::to_owned));
        let mut reading = self.assembly.finish();
        draft.statements = std::mem::take(&mut reading.draft.statements);
        draft.duties = std::mem::take(&mut reading.draft.duties);
        reading.draft = draft;
        reading.left_out = self.left.into_iter().collect();
        reading
    }

    /// Reads a list of statements of one kind.
    fn read_list(&mut self, kind: StatementKind, name: &str, id_names: &[&str], list: &[&Value]) {
        let items: Vec<FeedItem> = list
            .iter()
            .map(|item| self.read_item(kind, name, id_names, item))
            .collect();
        let given = items.iter().filter(|item| item.given.is_some()).count();
        let is_all = given == items.len();
        for (at, item) in items.into_iter().enumerate() {
            let place = format!("{name}, no. {}", at + 1);
            let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
            let by_order = StatementCode { kind, number };
            let code = item.given.unwrap_or(by_order);
            if !is_all && code != by_order {
                let message = format!("it is called {code}, and is {by_order} by its order");
                let help = "give every statement of the list a code, or none";
                self.assembly.refuse(&place, message, help);
            }
            self.add_item(&place, code, item);
        }
        if !list.is_empty() && !is_all {
            let prefix = kind.prefix();
            self.by_order
                .push(format!("{prefix}1 to {prefix}{}", list.len()));
        }
    }

    fn read_item(
        &mut self,
        kind: StatementKind,
        name: &str,
        id_names: &[&str],
        item: &Value,
    ) -> FeedItem {
        let Some(mut fields) = FeedFields::of(item) else {
            let text = text_of(item);
            let (given, text) = split_given(kind, text);
            return FeedItem {
                text,
                ids: Vec::new(),
                guid: None,
                given,
            };
        };
        let text = fields.take_text(&["detail", "description", "text", "statement"]);
        let (in_text, text) = split_given(kind, text);
        fields.take(&["type"]);
        let names = [id_names, &["id", "key", "code", "guid"]].concat();
        let ids: Vec<String> = names
            .iter()
            .filter_map(|name| fields.take_text(&[name]))
            .collect();
        let codes = ids.iter().filter_map(|id| read_code(id));
        let given = codes.into_iter().find(|code| code.kind == kind).or(in_text);
        let guid = ids.iter().find(|id| read_code(id).is_none()).cloned();
        self.left
            .extend(fields.rest().map(|key| format!("{name}.{key}")));
        FeedItem {
            text,
            ids,
            guid,
            given,
        }
    }

    fn add_item(&mut self, place: &str, code: StatementCode, item: FeedItem) {
        let Some(text) = item.text.filter(|text| text.contains(char::is_alphabetic)) else {
            let help =
                "write its words into the file, or take it out and number the codes yourself";
            self.assembly
                .refuse(place, format!("{code} has no text"), help);
            return;
        };
        for id in item.ids.iter().chain([&code.to_string(), &text]) {
            let known = self.by_id.insert(id.to_lowercase(), code);
            if item.guid.as_ref() == Some(id) && known.is_some_and(|known| known != code) {
                let message = format!("{code} has the same id as {}", known.unwrap_or(code));
                self.assembly
                    .refuse(place, message, "see which of the two is meant");
            }
        }
        self.assembly.add_statement(place, code, &text, item.guid);
    }

    /// Reads `ksbs`: statements of all kinds in one list, each with its kind.
    fn read_flat_list(&mut self, fields: &mut FeedFields<'_>) {
        let mut lists: BTreeMap<StatementKind, Vec<&Value>> = BTreeMap::new();
        for (at, item) in fields.take_list(&["ksbs"]).into_iter().enumerate() {
            let kind = FeedFields::of(item).and_then(|mut item| {
                let word = item.take_text(&["type"])?.to_lowercase();
                let kinds = StatementKind::ALL.into_iter();
                kinds.into_iter().find(|kind| {
                    let id = kind.id().replace('-', "");
                    let word = word.replace([' ', '-'], "");
                    word.trim_end_matches('s') == id
                        || word.starts_with("employability") && id == "employability"
                })
            });
            match kind {
                Some(kind) => lists.entry(kind).or_default().push(item),
                None => self.assembly.refuse(
                    &format!("ksbs, no. {}", at + 1),
                    "its `type` is no kind of statement",
                    "write Knowledge, Skill or Behaviour",
                ),
            }
        }
        for (kind, list) in lists {
            self.read_list(kind, "ksbs", &[], &list);
        }
    }

    /// The titles of options, by id in small letters.
    fn read_options(&mut self, fields: &mut FeedFields<'_>) -> Vec<(String, String)> {
        let mut options = Vec::new();
        for option in fields.take_list(&["options"]) {
            let Some(mut option) = FeedFields::of(option) else {
                continue;
            };
            let id = option.take_text(&["optionid", "id"]).unwrap_or_default();
            let title = option.take_text(&["title", "name"]).unwrap_or_default();
            self.left
                .extend(option.rest().map(|key| format!("options.{key}")));
            options.push((id.to_lowercase(), title));
        }
        options
    }

    /// Reads a duty. Returns its statements, and its options by their order.
    fn read_duty(
        &mut self,
        at: usize,
        duty: &Value,
        options: &[(String, String)],
    ) -> (BTreeSet<StatementCode>, Vec<usize>) {
        let place = format!("duties, no. {}", at + 1);
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let Some(mut fields) = FeedFields::of(duty) else {
            self.assembly
                .add_duty(&place, number, text_of(duty).as_deref());
            return Default::default();
        };
        let id = fields.take_text(&["dutyid"]).unwrap_or_default();
        let number = read_duty(&id).map_or(number, |(number, _)| number);
        let text = fields.take_text(&["dutydetail", "detail", "description", "text"]);
        let text = text.filter(|text| text.contains(char::is_alphabetic));
        self.assembly.add_duty(&place, number, text.as_deref());
        fields.take(&["id", "isthisacoreduty"]);
        let mut codes = BTreeSet::new();
        let mut unknown = 0;
        for names in MAPPED {
            for mapped in fields.take_list(names) {
                let id = text_of(mapped).or_else(|| FeedFields::of(mapped)?.take_text(&["id"]));
                match id.and_then(|id| self.by_id.get(&id.to_lowercase()).copied()) {
                    Some(code) => drop(codes.insert(code)),
                    None => unknown += 1,
                }
            }
        }
        for code in &codes {
            self.assembly.link(&place, number, *code);
        }
        if unknown > 0 {
            let ids = counted(unknown, "id");
            self.assembly.notes.push(format!(
                "Duty {number} names {ids} that no statement in the file has: left out"
            ));
        }
        let mapped = fields.take_list(&["mappedoptions"]);
        let mapped: Vec<String> = mapped.into_iter().filter_map(text_of).collect();
        let is_mapped = |id: &str| mapped.iter().any(|one| one.to_lowercase() == id);
        let of = options
            .iter()
            .enumerate()
            .filter(|(_, (id, _))| is_mapped(id));
        let of: Vec<usize> = of.map(|(at, _)| at).collect();
        self.left
            .extend(fields.rest().map(|key| format!("duties.{key}")));
        (codes, of)
    }

    /// Notes the statements that only some options have.
    fn note_options(
        &mut self,
        titles: &[(String, String)],
        in_options: &BTreeMap<usize, BTreeSet<StatementCode>>,
        in_core: &BTreeSet<StatementCode>,
    ) {
        if titles.is_empty() {
            return;
        }
        let options = counted(titles.len(), "option");
        self.assembly.notes.push(format!(
            "It has {options}, of which an apprentice takes one: leave the codes of the others out \
             under `scope` in portfolio.yaml"
        ));
        for (at, (_, title)) in titles.iter().enumerate() {
            let own = in_options.get(&at).into_iter().flatten();
            let own = own.filter(|code| !in_core.contains(code));
            let own: Vec<String> = own.map(ToString::to_string).collect();
            let codes = if own.is_empty() {
                "no codes of its own".to_owned()
            } else {
                listed(&own)
            };
            self.assembly
                .notes
                .push(format!("Option “{title}”: {codes}"));
        }
    }

    /// Notes how codes came about, and facts that belong elsewhere.
    fn note_about(&mut self, fields: &mut FeedFields<'_>) {
        let mut notes = Vec::new();
        if !self.by_order.is_empty() {
            notes.push(format!(
                "Codes are by the order of the file, as Skills England numbers them: {}",
                listed(&self.by_order)
            ));
        }
        if let Some(status) = fields.take_text(&["status", "statusname"]) {
            notes.push(format!("The status of this version in the file: {status}"));
        }
        if let Some(hours) = fields.take_text(&["minimumhoursforcompliance"]) {
            notes.push(format!(
                "The file gives {hours} as `minimumHoursForCompliance`: off-the-job hours belong into \
                 `off_the_job` of portfolio.yaml"
            ));
        }
        notes.append(&mut self.assembly.notes);
        self.assembly.notes = notes.iter().map(|note| capitalised(note)).collect();
    }
}

/// The code in front of a statement, if it is of the kind, and the statement without it.
fn split_given(
    kind: StatementKind,
    text: Option<String>,
) -> (Option<StatementCode>, Option<String>) {
    let Some(whole) = text else {
        return (None, None);
    };
    match split_code(&whole) {
        Some((code, rest)) if code.kind == kind && has_sign(&whole, rest) => {
            (Some(code), Some(rest.to_owned()))
        }
        _ => (None, Some(whole)),
    }
}

/// Whether a sign separates a code from its text: `K1: …`.
fn has_sign(whole: &str, rest: &str) -> bool {
    let code = &whole[..whole.len() - rest.len()];
    code.trim_end()
        .ends_with([':', '.', ')', ']', '-', '–', '—'])
}

/// The facts of a record about the standard as a whole.
fn read_about(record: &Value, fields: &mut FeedFields<'_>) -> StandardDraft {
    let reference = fields.take_text(&["referencenumber", "ifatereferencenumber", "reference"]);
    let product = product_reference(record);
    let occupation = fields.take_text(&["stdcode"]);
    if product.is_some() {
        fields.take(&["products"]);
    }
    let level = fields.take_text(&["level"]);
    let changed = ["changeddate", "lastupdated", "statuslastupdated"];
    let days = changed.map(|name| fields.take_text(&[name]));
    let url = [
        "standardpageurl",
        "foundationapprenticeshipurl",
        "apprenticeshipuniturl",
        "url",
    ];
    StandardDraft {
        reference: reference.or(product).or(occupation),
        title: fields.take_text(&["title", "name"]),
        level: level.and_then(|level| {
            level
                .trim_start_matches(|one: char| !one.is_ascii_digit())
                .parse()
                .ok()
        }),
        version: fields.take_text(&["version", "versionnumber", "versionno"]),
        updated: days.iter().flatten().find_map(|day| day_of_text(day)),
        licence: fields.take_text(&["licence", "license"]),
        attribution: fields.take_text(&["attribution"]),
        source: fields.take_text(&url),
        ..StandardDraft::default()
    }
}
