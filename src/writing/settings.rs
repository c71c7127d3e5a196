//! Forms over the settings and the register of consents.

use jiff::civil::Date;

use super::answers::{ConsentLine, ReviewLine, SettingsAnswer, WriteAnswer};
use super::current_file::CurrentFile;
use super::form::{
    FieldRow, describe_field, find_key, find_path, find_value, read_value, refuse_field,
};
use super::requests::SettingsChange;
use super::splice::refuse;
use super::state::{Answered, WrittenPortfolio, answer_changed, refuse_locked};
use crate::edit::{Content, Edit, Editor, KeyPath};
use crate::engine::{self, EngineError};
use crate::files::ChangeSet;
use crate::layout::{CONSENTS, SETTINGS};
use crate::model::{SharePurpose, Word};
use crate::parse::dates::typed_near;
use crate::parse::{keys, yaml};
use crate::store;
use crate::text::{Source, SourcePath, Span, listed_or};

/// The fields of the form.
const FIELDS: [FieldRow; 5] = [
    field("title", "Title of the portfolio"),
    field("learner.id", "Your reference"),
    field("start", "First day of the programme"),
    field("planned_end", "Planned last day"),
    field("learner.cohort", "Cohort"),
];

const fn field(name: &'static str, label: &'static str) -> FieldRow {
    FieldRow {
        name,
        label,
        default: "",
    }
}

/// A register without a consent.
const EMPTY_REGISTER: &str = "version: 1\nconsents: []\n";

/// The settings as forms.
pub(super) fn describe(portfolio: &mut WrittenPortfolio) -> Answered {
    let path = SourcePath::new(SETTINGS);
    let file = portfolio.read_if_there(&path)?;
    let file = file.ok_or_else(|| EngineError::refused("there are no settings", ""))?;
    let consents = portfolio.read_if_there(&SourcePath::new(CONSENTS))?;
    let source = Source::new(SETTINGS, &file.text);
    let start = if file.text.starts_with('\u{feff}') {
        3
    } else {
        0
    };
    let node = yaml::read(&source, Span::new(start, file.text.len())).ok();
    let fields = FIELDS.iter().filter_map(|row| {
        let key = find_key(keys::PORTFOLIO, row.name)?;
        let value = node.as_ref().and_then(|node| find_value(node, row.name));
        Some(describe_field(row, key, value, &file.text, Vec::new()))
    });
    let project = portfolio.snapshot();
    let settings = &project.portfolio.settings;
    let reviews = settings.reviews.iter().map(|review| ReviewLine {
        date: review.date.to_string(),
        with: review.with.clone(),
    });
    let today = project.coverage.as_of;
    let register = project.portfolio.register.consents.iter();
    let register = register.map(|consent| ConsentLine {
        id: consent.id.clone(),
        date: consent.date.map(|date| date.to_string()),
        share: consent
            .share
            .iter()
            .map(|one| one.word().to_owned())
            .collect(),
        expires: consent.expires.map(|date| date.to_string()),
        is_withdrawn: consent.withdrawn,
        is_expired: consent.expires.is_some_and(|last| last < today),
    });
    Ok(WriteAnswer::Settings(Box::new(SettingsAnswer {
        fields: fields.collect(),
        reviews: reviews.collect(),
        consents: register.collect(),
        consents_hash: consents.map(|file| file.hash),
        problem: node
            .is_none()
            .then(|| "The settings cannot be read. Show the file and mend it.".to_owned()),
        hash: file.hash,
    })))
}

/// Changes the settings, or the register of consents.
pub(super) fn change(
    portfolio: &mut WrittenPortfolio,
    hash: Option<&str>,
    change: &SettingsChange,
) -> Answered {
    let name = match change {
        SettingsChange::Set { .. } | SettingsChange::AddReview { .. } => SETTINGS,
        SettingsChange::AddConsent { .. } | SettingsChange::WithdrawConsent { .. } => CONSENTS,
    };
    let path = SourcePath::new(name);
    let file = portfolio.read_if_there(&path)?;
    if file.as_ref().map(|file| file.hash.as_str()) != hash {
        let empty = || CurrentFile::new(&path, Vec::new());
        let file = file.map_or_else(empty, Ok)?;
        return Ok(answer_changed(&path, None, &file));
    }
    let today = engine::day_of(&portfolio.snapshot().portfolio.settings);
    let old = file.as_ref().map_or(EMPTY_REGISTER, |file| &*file.text);
    let edit = plan(portfolio, old, today, change)?;
    let edited = Editor::yaml(old)
        .apply(&edit)
        .map_err(|refused| refuse(&refused))?;
    let mut changes = ChangeSet::default();
    match &file {
        Some(file) => {
            refuse_locked(&path, file)?;
            changes.replace(&path, &file.hash, edited.text);
        }
        None => changes.create(&path, edited.text),
    }
    store::commit(&portfolio.options().root, &changes)?;
    portfolio.touch(&path)?;
    describe(portfolio)
}

fn plan(
    portfolio: &WrittenPortfolio,
    text: &str,
    today: Date,
    change: &SettingsChange,
) -> Result<Edit, EngineError> {
    let append = |key: &str, pairs: Vec<(&str, Content)>| {
        let item = Editor::yaml(text).count_items(key);
        let pairs = pairs
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value));
        Edit::Set {
            path: KeyPath::new(key).item(item),
            value: Content::Table(pairs.collect()),
        }
    };
    Ok(match change {
        SettingsChange::Set { field, value } => set_field(field, value.trim(), today)?,
        SettingsChange::AddReview { date, with } => {
            let mut pairs = vec![("date", read_day(date, today)?)];
            let with: Vec<Content> = with.iter().map(|one| Content::text(one.trim())).collect();
            if !with.is_empty() {
                pairs.push(("with", Content::List(with)));
            }
            append("reviews", pairs)
        }
        SettingsChange::AddConsent {
            id,
            date,
            share,
            expires,
        } => {
            let id = id.trim();
            let register = &portfolio.snapshot().portfolio.register;
            refuse_consent_id(id, register.find(id).is_some())?;
            let mut pairs = vec![
                ("id", Content::text(id)),
                ("date", read_day(date, today)?),
                ("take", Content::Bool(true)),
                ("share", Content::List(read_purposes(share)?)),
            ];
            if let Some(expires) = expires {
                pairs.push(("expires", read_day(expires, today)?));
            }
            append("consents", pairs)
        }
        SettingsChange::WithdrawConsent { id } => {
            let register = portfolio.snapshot().portfolio.register.consents.iter();
            let at = register.map(|one| &one.id).position(|known| known == id);
            let at = at.ok_or_else(|| {
                EngineError::refused("there is no such consent", "load the page again")
            })?;
            Edit::Set {
                path: KeyPath::new("consents").item(at).key("withdrawn"),
                value: Content::Bool(true),
            }
        }
    })
}

fn set_field(name: &str, typed: &str, today: Date) -> Result<Edit, EngineError> {
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

fn read_day(typed: &str, today: Date) -> Result<Content, EngineError> {
    let day = typed_near(typed, Some(today));
    let day =
        day.map_err(|why| EngineError::refused(format!("the day cannot be read: {why}"), ""))?;
    Ok(Content::Text(day.to_string()))
}

fn refuse_consent_id(id: &str, is_known: bool) -> Result<(), EngineError> {
    let message = if id.is_empty() {
        "a consent needs a reference"
    } else if is_known {
        "there is a consent of this reference already"
    } else if crate::privacy::has_identifier(id) {
        "the reference may identify a person"
    } else {
        return Ok(());
    };
    let help = "use a reference that says nothing of who gave it, such as CON-014";
    Err(EngineError::refused(message, help))
}

fn read_purposes(words: &[String]) -> Result<Vec<Content>, EngineError> {
    let read = |word: &String| {
        let purpose = SharePurpose::from_word(word).ok_or_else(|| {
            let help = format!("it is one of {}", listed_or(&SharePurpose::words()));
            EngineError::refused(format!("`{word}` is no purpose"), help)
        })?;
        Ok(Content::text(purpose.word()))
    };
    words.iter().map(read).collect()
}
