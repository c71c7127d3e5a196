//! Forms over the settings and the register of consents.

use super::answers::WriteAnswer;
use super::current_file::CurrentFile;
use super::field_refusal::FieldRefusal;
use super::form::{describe_field, find_key, find_value};
use super::page_words::in_page_words;
use super::requests::SettingsChange;
use super::settings_answer::{ConsentLine, SettingsAnswer, StandardLine};
use super::settings_fields::{FIELDS, set_field};
use super::settings_findings::list_findings;
use super::settings_lists::{add_break, add_review, append, end_break, list_breaks, list_reviews};
use super::splice::refuse;
use super::state::{Answered, WrittenPortfolio, answer_changed, refuse_locked};
use crate::cover::{self, hours_in_words};
use crate::edit::{Content, Edit, Editor, KeyPath};
use crate::engine::{self, EngineError, Snapshot};
use crate::files::ChangeSet;
use crate::layout::{CONSENTS, SETTINGS};
use crate::model::{SharePurpose, Word};
use crate::parse::{keys, yaml};
use crate::store;
use crate::text::{Source, SourcePath, Span, listed_or};

/// A register without a consent.
const EMPTY_REGISTER: &str = "version: 1\nconsents: []\n";

/// The settings as forms.
pub(super) fn describe(portfolio: &mut WrittenPortfolio) -> Answered {
    let path = SourcePath::new(SETTINGS);
    let file = portfolio.read_if_there(&path)?;
    let file = file.ok_or_else(|| EngineError::refused("there are no settings", ""))?;
    // The settings are there without the register.
    let consents = portfolio.read_if_there(&SourcePath::new(CONSENTS));
    let unread = consents.as_ref().err().map(EngineError::to_string);
    let consents = consents.ok().flatten();
    let findings = portfolio.check();
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
    let undo = portfolio.count_versions(&path, &file.hash);
    let consents_undo = consents.as_ref().map_or(0, |file| {
        portfolio.count_versions(&SourcePath::new(CONSENTS), &file.hash)
    });
    let project = portfolio.snapshot();
    Ok(WriteAnswer::Settings(Box::new(SettingsAnswer {
        fields: fields.collect(),
        standards: list_standards(project),
        hours: describe_hours(project),
        reviews: list_reviews(node.as_ref(), &source),
        breaks: list_breaks(node.as_ref(), &source),
        consents: list_consents(project),
        consents_hash: consents.map(|file| file.hash),
        problem: match node {
            None => Some("The settings cannot be read. Show the file and fix it.".to_owned()),
            Some(_) => unread.map(|message| in_page_words(&message)),
        },
        findings: list_findings(&findings, node.as_ref(), &file.text),
        hash: file.hash,
        undo,
        consents_undo,
    })))
}

fn list_standards(project: &Snapshot) -> Vec<StandardLine> {
    let standards = project.portfolio.catalogue.standards.iter();
    standards
        .map(|(standard, _)| StandardLine {
            title: standard.full_title(),
            version: standard.standard_version.known().cloned(),
            codes: standard.criteria.len(),
        })
        .collect()
}

fn describe_hours(project: &Snapshot) -> String {
    let hours = cover::hours(&project.portfolio, project.coverage.as_of);
    let recorded = hours_in_words(hours.recorded);
    let required = hours.required.words();
    format!("{recorded} count so far. Required: {required}.")
}

fn list_consents(project: &Snapshot) -> Vec<ConsentLine> {
    let today = project.coverage.as_of;
    let register = project.portfolio.register.consents.iter();
    let line = register.map(|consent| ConsentLine {
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
    line.collect()
}

/// Changes the settings, or the register of consents.
pub(super) fn change(
    portfolio: &mut WrittenPortfolio,
    hash: Option<&str>,
    change: &SettingsChange,
) -> Answered {
    let name = match change {
        SettingsChange::AddConsent { .. } | SettingsChange::WithdrawConsent { .. } => CONSENTS,
        _ => SETTINGS,
    };
    let path = SourcePath::new(name);
    let file = portfolio.read_if_there(&path)?;
    if file.as_ref().map(|file| file.hash.as_str()) != hash {
        let empty = || CurrentFile::new(&path, Vec::new());
        let file = file.map_or_else(empty, Ok)?;
        return Ok(answer_changed(&path, &file));
    }
    let old = file.as_ref().map_or(EMPTY_REGISTER, |file| &*file.text);
    let new = match make_change(portfolio.snapshot(), &path, old, change) {
        Ok(new) => new,
        Err(refusal) => return Ok(refusal.answer()),
    };
    let mut changes = ChangeSet::default();
    match &file {
        Some(file) => {
            refuse_locked(&path, file)?;
            changes.replace(&path, &file.hash, new.as_str());
        }
        None => changes.create(&path, new.as_str()),
    }
    store::commit(&portfolio.options().root, &changes)?;
    if let Some(before) = &file {
        portfolio.note_changed(&path, before, &new);
    }
    portfolio.touch(&path)?;
    describe(portfolio)
}

/// Takes back the last change of the settings, or of the register of consents.
pub(super) fn undo(portfolio: &mut WrittenPortfolio, of_consents: bool, hash: &str) -> Answered {
    let path = SourcePath::new(if of_consents { CONSENTS } else { SETTINGS });
    let file = portfolio.read_if_there(&path)?;
    let file = file.ok_or_else(|| EngineError::refused("there is no such file", ""))?;
    if file.hash != hash {
        return Ok(answer_changed(&path, &file));
    }
    portfolio.put_back(&path, &file)?;
    describe(portfolio)
}

/// The text of a file after a change that its parser takes.
fn make_change(
    project: &Snapshot,
    path: &SourcePath,
    text: &str,
    change: &SettingsChange,
) -> Result<String, FieldRefusal> {
    let edit = plan(project, text, change)?;
    let edited = Editor::yaml(text).apply(&edit);
    let edited = edited.map_err(|refused| FieldRefusal::from(refuse(&refused)))?;
    if path.as_str() == SETTINGS {
        let field = match change {
            SettingsChange::Set { field, .. } => Some(field.as_str()),
            _ => None,
        };
        FieldRefusal::check_settings(text, &edited.text, field)?;
    }
    Ok(edited.text)
}

fn plan(project: &Snapshot, text: &str, change: &SettingsChange) -> Result<Edit, FieldRefusal> {
    let today = engine::day_of(&project.portfolio.settings);
    match change {
        SettingsChange::Set { field, value } => {
            set_field(field, value.trim(), today).map_err(|error| FieldRefusal::new(field, error))
        }
        SettingsChange::AddReview { date, with } => add_review(text, date, with, today),
        SettingsChange::RemoveReview { at } => Ok(remove("reviews", *at)),
        SettingsChange::AddBreak { from, to, reason } => {
            add_break(text, from, to.as_deref(), reason, today)
        }
        SettingsChange::EndBreak { at, to } => end_break(*at, to, today),
        SettingsChange::RemoveBreak { at } => Ok(remove("breaks", *at)),
        SettingsChange::AddConsent {
            id,
            date,
            share,
            expires,
        } => {
            let id = id.trim();
            let register = &project.portfolio.register;
            refuse_consent_id(id, register.find(id).is_some())
                .map_err(|error| FieldRefusal::new("id", error))?;
            let share = read_purposes(share).map_err(|error| FieldRefusal::new("share", error))?;
            let mut pairs = vec![
                ("id", Content::text(id)),
                ("date", FieldRefusal::read_day("date", date, today)?),
                ("take", Content::Bool(true)),
                ("share", Content::List(share)),
            ];
            if let Some(expires) = expires {
                pairs.push((
                    "expires",
                    FieldRefusal::read_day("expires", expires, today)?,
                ));
            }
            Ok(append(text, "consents", pairs))
        }
        SettingsChange::WithdrawConsent { id } => {
            let register = project.portfolio.register.consents.iter();
            let at = register.map(|one| &one.id).position(|known| known == id);
            let at = at.ok_or_else(|| {
                EngineError::refused("there is no such consent", "load the page again")
            })?;
            Ok(Edit::Set {
                path: KeyPath::new("consents").item(at).key("withdrawn"),
                value: Content::Bool(true),
            })
        }
    }
}

fn remove(key: &str, at: usize) -> Edit {
    Edit::Remove {
        path: KeyPath::new(key).item(at),
    }
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
