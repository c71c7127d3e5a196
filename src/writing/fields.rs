//! The form of an entry: fields of its front matter.

use super::entry_answer::{FormField, KindChoice};
use super::form::{
    FieldRow, describe_field, find_key, find_path, find_value, read_value, refuse_field,
};
use crate::edit::Edit;
use crate::engine::{EngineError, Snapshot};
use crate::model::{EntryType, FiledEntry, Status, Visibility, Word};
use crate::parse::keys;
use crate::parse::yaml::Node;
use crate::text::capitalised;

/// A field of the form, with the types of evidence that have it; none for all.
struct EntryField {
    row: FieldRow,
    kinds: &'static [EntryType],
}

const fn field(name: &'static str, label: &'static str, default: &'static str) -> EntryField {
    let row = FieldRow {
        name,
        label,
        default,
    };
    EntryField { row, kinds: &[] }
}

const fn of_kinds(
    name: &'static str,
    label: &'static str,
    kinds: &'static [EntryType],
) -> EntryField {
    let row = FieldRow {
        name,
        label,
        default: "",
    };
    EntryField { row, kinds }
}

const WITNESSED: &[EntryType] = &[EntryType::Observation, EntryType::WitnessTestimony];
const PRACTICE: &[EntryType] = &[EntryType::PracticeRecord];
const CPD: &[EntryType] = &[EntryType::Cpd];
const ASSIGNMENT: &[EntryType] = &[EntryType::Assignment];

/// The fields in the order of the form.
const FIELDS: &[EntryField] = &[
    field("title", "Title", ""),
    field("date", "Day of writing", ""),
    field("event_date", "Day it happened", ""),
    field("type", "Kind of evidence", "reflection"),
    field("model", "Reflection model", "gibbs"),
    field("status", "Status", "submitted"),
    field("visibility", "Who may see it", "assessor"),
    field("anonymised", "Nobody can be recognised in it", "false"),
    field("hours", "Hours spent", ""),
    field("days", "Over how many days", "1"),
    field("off_the_job", "Off-the-job training", "false"),
    of_kinds("witness.role", "Role of the witness", WITNESSED),
    of_kinds(
        "witness.organisation",
        "Organisation of the witness",
        WITNESSED,
    ),
    of_kinds(
        "witness.relationship",
        "How the witness knows your work",
        WITNESSED,
    ),
    of_kinds("practice.treatment", "Treatment", PRACTICE),
    of_kinds("practice.area", "Part of the body", PRACTICE),
    of_kinds("practice.device", "Device", PRACTICE),
    of_kinds("practice.depth_mm", "Depth in millimetres", PRACTICE),
    of_kinds("practice.adverse_reactions", "Adverse reactions", PRACTICE),
    of_kinds("cpd.activity", "Activity", CPD),
    of_kinds("cpd.provider", "Provider", CPD),
    of_kinds(
        "cpd.influence_on_practice",
        "What you do differently since then",
        CPD,
    ),
    of_kinds("assignment.unit", "Unit", ASSIGNMENT),
    of_kinds("assignment.mark_percent", "Mark in per cent", ASSIGNMENT),
    of_kinds("assignment.attempt", "Attempt", ASSIGNMENT),
];

/// The label of a field by its name.
pub(super) fn label_of(name: &str) -> Option<&'static str> {
    let known = FIELDS.iter().find(|field| field.row.name == name);
    known.map(|field| field.row.label)
}

/// The fields of an entry, with the values of its front matter.
pub(super) fn list_fields(
    project: &Snapshot,
    entry: &FiledEntry,
    front_matter: Option<&Node>,
    text: &str,
) -> Vec<FormField> {
    let kind = entry.front_matter.kind;
    let is_shown = |field: &&EntryField| field.kinds.is_empty() || field.kinds.contains(&kind);
    let shown = FIELDS.iter().filter(is_shown);
    shown
        .filter_map(|EntryField { row, .. }| {
            let key = find_key(keys::ENTRY, row.name)?;
            let node = front_matter.and_then(|node| find_value(node, row.name));
            let choices = list_choices(project, row.name);
            Some(describe_field(row, key, node, text, choices))
        })
        .collect()
}

fn list_choices(project: &Snapshot, name: &str) -> Vec<KindChoice> {
    let choice = |id: &str, title: &str| KindChoice {
        id: id.to_owned(),
        title: title.to_owned(),
    };
    let word = |id: &&'static str| choice(id, &capitalised(&id.replace('-', " ")));
    match name {
        "type" => list_kinds(),
        "model" => {
            let models = project.portfolio.models.iter();
            models
                .map(|model| choice(&model.id.value, &model.title))
                .collect()
        }
        "status" => Status::words().iter().map(word).collect(),
        "visibility" => Visibility::words().iter().map(word).collect(),
        _ => Vec::new(),
    }
}

/// The types of evidence.
pub(super) fn list_kinds() -> Vec<KindChoice> {
    let kinds = EntryType::ALL.iter();
    kinds
        .map(|kind| KindChoice {
            id: kind.word().to_owned(),
            title: kind.title().to_owned(),
        })
        .collect()
}

/// The edit that sets a field to a value as it was typed.
///
/// # Errors
/// There is no such field, or the value cannot be read.
pub(super) fn set_field(project: &Snapshot, name: &str, typed: &str) -> Result<Edit, EngineError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return clear_field(name);
    }
    let row = find_field(name)?;
    if name == "status" && typed == Status::Submitted.word() {
        let message = "an entry is not submitted in the form";
        let help = "press Submit: it checks what still has to be done";
        return Err(EngineError::refused(message, help));
    }
    let key = find_key(keys::ENTRY, name).ok_or_else(|| refuse_field(name))?;
    let choices = list_choices(project, name);
    let value = read_value(row, key, typed, project.coverage.as_of, &choices)?;
    let path = find_path(name);
    Ok(Edit::Set { path, value })
}

/// The edit that removes a field.
///
/// # Errors
/// There is no such field, or it would submit the entry.
pub(super) fn clear_field(name: &str) -> Result<Edit, EngineError> {
    find_field(name)?;
    if name == "status" {
        let message = "an entry without a status is submitted";
        return Err(EngineError::refused(
            message,
            "choose Draft, or press Submit",
        ));
    }
    let path = find_path(name);
    Ok(Edit::Remove { path })
}

fn find_field(name: &str) -> Result<&'static FieldRow, EngineError> {
    let mut fields = FIELDS.iter().map(|field| &field.row);
    let found = fields.find(|row| row.name == name);
    found.ok_or_else(|| refuse_field(name))
}
