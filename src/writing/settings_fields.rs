//! The fields of the form over the settings.

use jiff::civil::Date;

use super::form::{FieldRow, find_key, find_path, read_value, refuse_field};
use crate::edit::Edit;
use crate::engine::EngineError;
use crate::parse::keys;

/// The fields of the form.
pub(super) const FIELDS: [FieldRow; 15] = [
    field("title", "Title of the portfolio"),
    field("learner.id", "Your reference"),
    field("learner.name", "Your name"),
    field("learner.employer", "Your employer"),
    field("learner.cohort", "Cohort"),
    field("start", "First day of the programme"),
    field("planned_end", "Planned last day"),
    with_default("timezone", "Time zone", "Europe/London"),
    field("off_the_job.required_hours", "Hours in your training plan"),
    field("off_the_job.weekly_hours", "Paid hours in a week"),
    field("gateway.english", "English"),
    field("gateway.maths", "Maths"),
    field("gateway.credits", "Credits of the foundation degree"),
    field("gateway.employer", "Your employer's confirmation"),
    field("gateway.qualifications", "Other qualifications"),
];

const fn field(name: &'static str, label: &'static str) -> FieldRow {
    with_default(name, label, "")
}

const fn with_default(name: &'static str, label: &'static str, default: &'static str) -> FieldRow {
    FieldRow {
        name,
        label,
        default,
    }
}

/// The label of a setting by the last part of its key.
pub(super) fn label_of_setting(key: &str) -> Option<&'static str> {
    let row = FIELDS
        .iter()
        .find(|row| row.name.rsplit('.').next() == Some(key));
    row.map(|row| row.label)
}

/// The edit that sets a field to a value as it was typed, or removes it.
///
/// # Errors
/// There is no such field, or the value cannot be read.
pub(super) fn set_field(name: &str, typed: &str, today: Date) -> Result<Edit, EngineError> {
    let row = FIELDS.iter().find(|row| row.name == name);
    let row = row.ok_or_else(|| refuse_field(name))?;
    let key = find_key(keys::PORTFOLIO, name).ok_or_else(|| refuse_field(name))?;
    let path = find_path(name);
    if typed.is_empty() {
        if key.needed {
            let message = format!("{}: it cannot be empty", row.label);
            return Err(EngineError::refused(message, ""));
        }
        return Ok(Edit::Remove { path });
    }
    if name == "learner.id" && crate::privacy::has_identifier(typed) {
        let help = "use a reference such as AP-2041; it is on every page";
        let message = "your reference may identify you";
        return Err(EngineError::refused(message, help));
    }
    let value = read_value(row, key, typed, today, &[])?;
    Ok(Edit::Set { path, value })
}
