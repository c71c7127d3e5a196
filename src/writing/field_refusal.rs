//! Values that a form refuses, each with its field.

use jiff::civil::Date;

use super::answers::WriteAnswer;
use super::page_words::refused_in_page_words;
use super::settings_fields::label_of_setting;
use crate::diagnostic::{Fault, FaultKind};
use crate::edit::Content;
use crate::engine::EngineError;
use crate::layout::SETTINGS;
use crate::parse;
use crate::parse::dates::typed_near;
use crate::text::Source;

/// Why a value is refused, and under which field the page says so.
#[derive(Debug)]
pub(super) struct FieldRefusal {
    field: Option<String>,
    error: Box<EngineError>,
}

impl From<EngineError> for FieldRefusal {
    fn from(error: EngineError) -> Self {
        Self {
            field: None,
            error: Box::new(error),
        }
    }
}

impl FieldRefusal {
    /// A refusal of a field.
    pub(super) fn new(field: &str, error: EngineError) -> Self {
        Self {
            field: Some(field.to_owned()),
            ..error.into()
        }
    }

    /// A refusal of a field, for a reason that says it all.
    pub(super) fn because(field: &str, message: &str) -> Self {
        Self::new(field, EngineError::refused(message, ""))
    }

    /// The answer to the page.
    pub(super) fn answer(self) -> WriteAnswer {
        refused_in_page_words(&self.error, self.field)
    }

    /// Reads a day of a field as it was typed.
    ///
    /// # Errors
    /// It is no day.
    pub(super) fn read_day(field: &str, typed: &str, today: Date) -> Result<Content, Self> {
        let day = typed_near(typed.trim(), Some(today));
        let day =
            day.map_err(|why| Self::because(field, &format!("the day cannot be read: {why}")))?;
        Ok(Content::Text(day.to_string()))
    }

    /// Refuses words that may identify a person.
    ///
    /// # Errors
    /// They may.
    pub(super) fn check_words(field: &str, words: &str) -> Result<(), Self> {
        if crate::privacy::has_identifier(words) {
            return Err(Self::because(field, "these words may identify a person"));
        }
        Ok(())
    }

    /// Refuses a change after which the settings have a value that cannot be read, and had not
    /// before. `field` is the field that was set, if it was one of the form.
    ///
    /// # Errors
    /// There is such a value.
    pub(super) fn check_settings(
        before: &str,
        after: &str,
        field: Option<&str>,
    ) -> Result<(), Self> {
        if let Some(field @ ("start" | "planned_end")) = field {
            let settings = parse::settings(&Source::new(SETTINGS, after))
                .value
                .settings;
            let days = settings.start.zip(settings.planned_end);
            if days.is_some_and(|(start, end)| end <= start) {
                let message = "the planned end has to be after the first day";
                return Err(Self::because(field, message));
            }
        }
        let read = |text: &str| parse::settings(&Source::new(SETTINGS, text)).faults;
        let mut known: Vec<(String, String)> =
            read(before).iter().filter_map(wrong_value).collect();
        for (key, expected) in read(after).iter().filter_map(wrong_value) {
            let at = known
                .iter()
                .position(|one| *one == (key.clone(), expected.clone()));
            if let Some(at) = at {
                known.swap_remove(at);
                continue;
            }
            let expected = expected.replace("`from`", "the first day").replace('`', "");
            let is_other = field.is_some_and(|field| field.rsplit('.').next() != Some(&*key));
            let what = if is_other {
                let label = label_of_setting(&key).unwrap_or(&key);
                format!("then “{label}” in the settings has to be")
            } else {
                "it has to be".to_owned()
            };
            let message = format!("{what} {expected}");
            return Err(Self::because(field.unwrap_or(&key), &message));
        }
        Ok(())
    }
}

/// The key of a value that cannot be read, and what it has to be.
fn wrong_value(fault: &Fault) -> Option<(String, String)> {
    match &fault.kind {
        FaultKind::WrongType { key, expected, .. } => Some((key.clone(), expected.clone())),
        _ => None,
    }
}
