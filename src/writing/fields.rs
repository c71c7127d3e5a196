//! The form of an entry: fields of its front matter.

use super::entry_answer::{FormField, KindChoice};
use crate::edit::{Content, Edit, KeyPath};
use crate::engine::{EngineError, Snapshot};
use crate::model::{EntryType, FiledEntry, Status, Visibility, Word};
use crate::parse::dates::typed_near;
use crate::parse::keys::{self, Key, Shape};
use crate::parse::yaml::{Node, Value};
use crate::text::{capitalised, listed_or};

/// A field, by its key; those of tables as `witness.role`.
struct FieldRow {
    name: &'static str,
    label: &'static str,
    default: &'static str,
    /// The types of evidence that have it; empty for all.
    kinds: &'static [EntryType],
}

const fn field(name: &'static str, label: &'static str, default: &'static str) -> FieldRow {
    FieldRow {
        name,
        label,
        default,
        kinds: &[],
    }
}

const fn of_kinds(
    name: &'static str,
    label: &'static str,
    kinds: &'static [EntryType],
) -> FieldRow {
    FieldRow {
        name,
        label,
        default: "",
        kinds,
    }
}

const WITNESSED: &[EntryType] = &[EntryType::Observation, EntryType::WitnessTestimony];
const PRACTICE: &[EntryType] = &[EntryType::PracticeRecord];
const CPD: &[EntryType] = &[EntryType::Cpd];
const ASSIGNMENT: &[EntryType] = &[EntryType::Assignment];

/// The fields in the order of the form.
const FIELDS: &[FieldRow] = &[
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

/// The fields of an entry, with the values of its front matter.
pub(super) fn list_fields(
    project: &Snapshot,
    entry: &FiledEntry,
    front_matter: Option<&Node>,
    text: &str,
) -> Vec<FormField> {
    let kind = entry.front_matter.kind;
    let is_shown = |row: &&FieldRow| row.kinds.is_empty() || row.kinds.contains(&kind);
    let shown = FIELDS.iter().filter(is_shown);
    shown
        .filter_map(|row| {
            let key = find_key(row.name)?;
            let node = front_matter.and_then(|node| find_value(node, row.name));
            Some(describe_field(project, row, key, node, text))
        })
        .collect()
}

fn describe_field(
    project: &Snapshot,
    row: &FieldRow,
    key: &Key,
    node: Option<&Node>,
    text: &str,
) -> FormField {
    let choices = list_choices(project, row.name);
    let value = node.and_then(|node| match &node.value {
        Value::Text(words) => Some(words.trim().to_owned()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(_) => Some(node.span.of(text).trim().to_owned()),
        Value::Null => Some(String::new()),
        Value::List(_) | Value::Table(_) => None,
    });
    let is_closed = node.is_some() && value.is_none();
    let value = value.unwrap_or_default();
    // Words are read in any case, and a choice has them in one.
    let folded = value.to_lowercase();
    let is_choice = choices.iter().any(|choice| choice.id == folded);
    FormField {
        name: row.name.to_owned(),
        label: row.label.to_owned(),
        hint: key.says.to_owned(),
        shape: name_shape(&key.takes, !choices.is_empty()).to_owned(),
        value: if is_choice { folded } else { value },
        is_set: node.is_some(),
        is_closed,
        default: row.default.to_owned(),
        choices,
    }
}

fn name_shape(shape: &Shape, is_choice: bool) -> &'static str {
    match shape {
        _ if is_choice => "choice",
        Shape::Date => "date",
        Shape::Switch => "yes-no",
        Shape::Whole(..) | Shape::Hours(_) => "number",
        _ => "text",
    }
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

/// The row of a field in the table of keys.
fn find_key(name: &str) -> Option<&'static Key> {
    let find = |keys: &'static [Key], name: &str| keys.iter().find(|key| key.name == name);
    match name.split_once('.') {
        None => find(keys::ENTRY, name),
        Some((table, name)) => match find(keys::ENTRY, table)?.takes {
            Shape::Table(keys) => find(keys, name),
            _ => None,
        },
    }
}

/// The value of a field. Of a key that is there twice, the last.
fn find_value<'a>(node: &'a Node, name: &str) -> Option<&'a Node> {
    let (first, rest) = match name.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (name, None),
    };
    let Value::Table(pairs) = &node.value else {
        return None;
    };
    let is_named =
        |key: &Node| matches!(&key.value, Value::Text(text) if text.eq_ignore_ascii_case(first));
    let found = pairs.iter().rev().find(|(key, _)| is_named(key));
    let (_, value) = found?;
    match rest {
        Some(rest) => find_value(value, rest),
        None => Some(value),
    }
}

/// The edit that sets a field to a value as it was typed.
///
/// # Errors
/// There is no such field, or the value cannot be read.
pub(super) fn set_field(project: &Snapshot, name: &str, typed: &str) -> Result<Edit, EngineError> {
    let (path, row) = find_field(name)?;
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(Edit::Remove { path });
    }
    let key = find_key(name).ok_or_else(|| refuse_field(name))?;
    let label = row.label;
    let refuse = |why: String| EngineError::refused(format!("{label}: {why}"), "");
    let value = match key.takes {
        Shape::Date => {
            let today = project.coverage.as_of;
            Content::Text(typed_near(typed, Some(today)).map_err(refuse)?.to_string())
        }
        Shape::Switch => match typed {
            "true" | "yes" => Content::Bool(true),
            "false" | "no" => Content::Bool(false),
            _ => return Err(refuse("yes or no".to_owned())),
        },
        Shape::Whole(..) | Shape::Hours(_) => {
            let number = typed.replace(',', ".");
            let is_whole = matches!(key.takes, Shape::Whole(..));
            let (least, most) = key.takes.bounds().unwrap_or_default();
            let range = f64::from(least)..=f64::from(most);
            let parsed = number.parse::<f64>().ok().filter(|one| range.contains(one));
            let parsed = parsed.filter(|one| !is_whole || one.fract() == 0.0);
            if parsed.is_none() || number.contains(['e', 'E', '+']) {
                return Err(refuse(key.takes.in_words()));
            }
            Content::Number(number)
        }
        _ => Content::text(typed),
    };
    let choices = list_choices(project, name);
    if !choices.is_empty() && !choices.iter().any(|choice| choice.id == typed) {
        let words: Vec<&str> = choices.iter().map(|choice| choice.id.as_str()).collect();
        return Err(refuse(format!("one of {}", listed_or(&words))));
    }
    if name == "status" && typed == Status::Submitted.word() {
        let help = "press Submit: it checks what still has to be done";
        return Err(EngineError::refused(
            "an entry is not submitted in the form",
            help,
        ));
    }
    Ok(Edit::Set { path, value })
}

/// The edit that removes a field.
///
/// # Errors
/// There is no such field.
pub(super) fn clear_field(name: &str) -> Result<Edit, EngineError> {
    let (path, _) = find_field(name)?;
    Ok(Edit::Remove { path })
}

fn find_field(name: &str) -> Result<(KeyPath, &'static FieldRow), EngineError> {
    let row = FIELDS.iter().find(|row| row.name == name);
    let row = row.ok_or_else(|| refuse_field(name))?;
    let mut steps = name.split('.');
    let first = KeyPath::new(steps.next().unwrap_or_default());
    Ok((steps.fold(first, |path, step| path.key(step)), row))
}

fn refuse_field(name: &str) -> EngineError {
    EngineError::refused(format!("the form has no field `{name}`"), "")
}
