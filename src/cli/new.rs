//! `new`: an entry with its stages and questions.

use std::fmt;

use jiff::civil::Date;

use super::args::{Global, New};
use super::console::Console;
use super::{CLEAN, CliError, ask, editor, open};
use crate::engine::{self, NewEntry};
use crate::model::{EntryType, Portfolio, ReflectionModel, Word};
use crate::resolve::{Codes, Lookup};
use crate::text::in_words;

/// Writes the entry and prints its path.
pub(super) fn run(global: &Global, command: &New, console: &mut Console) -> Result<u8, CliError> {
    let project = open::project(global)?;
    let portfolio = &project.portfolio;
    let today = global
        .as_of
        .unwrap_or_else(|| engine::today(&portfolio.settings));
    let asks = command.title.is_empty();
    if asks && !ask::can_ask() {
        let help = "ksbfolio new \"What it is about\" --ksb K7,S7";
        return Err(CliError::new("an entry needs a title", help));
    }
    let title = if asks {
        ask::words(
            "What is it about?",
            "A short title. No names, no wards, no dates of events.",
            "",
        )?
    } else {
        // People leave the quotes out.
        command.title.join(" ").trim().to_owned()
    };
    engine::check_title(&title)?;
    let kind = kind(command, asks)?;
    let model = model(command, portfolio, kind, asks)?;
    let date = date(command, today, asks)?;
    let codes = if asks && command.ksb.is_empty() {
        asked_codes(portfolio)?
    } else {
        command.ksb.clone()
    };
    let new = NewEntry {
        title: &title,
        date,
        kind,
        model,
        codes: &codes,
        with_note: true,
    };
    let name = engine::create_entry(&project, &new)?;
    let name = name.as_str();
    let path = project.root.join(name);
    console.report(&format!("{name}\n"));
    console
        .say("Draft created. Write under each heading; the questions will not show on the site.");
    console
        .say("Open it in any editor (or type --open next time); `ksbfolio serve` shows it while you write.");
    let as_of = project.coverage.as_of;
    if portfolio.settings.is_frozen_at(as_of) && as_of < date {
        let frozen = in_words(as_of);
        console.say(&format!("This portfolio is frozen at {frozen}, so an entry of a later day does not count: take `as_of` out of portfolio.yaml to go on with it."));
    }
    if command.open {
        editor::open(&path, &project.root)?;
    }
    Ok(CLEAN)
}

fn kind(command: &New, asks: bool) -> Result<EntryType, CliError> {
    struct OfferedType(EntryType);
    impl fmt::Display for OfferedType {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0.title())
        }
    }
    match &command.kind {
        Some(kind) => Ok(*kind),
        None if asks => {
            let offered = EntryType::ALL.iter().copied().map(OfferedType).collect();
            Ok(ask::one_of("What kind of evidence is it?", offered, 0)?.0)
        }
        None => Ok(EntryType::Reflection),
    }
}

fn model<'a>(
    command: &New,
    portfolio: &'a Portfolio,
    kind: EntryType,
    asks: bool,
) -> Result<Option<&'a ReflectionModel>, CliError> {
    struct OfferedType<'a>(&'a ReflectionModel);
    impl fmt::Display for OfferedType<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(&self.0.title)
        }
    }
    if kind != EntryType::Reflection {
        return match &command.model {
            None => Ok(None),
            Some(_) => Err(CliError::new(
                "only a reflection has a model",
                "leave out --model, or --type",
            )),
        };
    }
    let models = &portfolio.models;
    let gibbs = models.iter().position(|model| model.id.value == "gibbs");
    if asks && command.model.is_none() {
        let offered = models.iter().map(OfferedType).collect();
        return Ok(Some(
            ask::one_of("By which model?", offered, gibbs.unwrap_or(0))?.0,
        ));
    }
    let id = command.model.as_deref().unwrap_or("gibbs");
    Ok(Some(engine::find_model(portfolio, id)?))
}

fn date(command: &New, today: Date, asks: bool) -> Result<Date, CliError> {
    match command.date {
        Some(date) => Ok(date),
        None if asks => Ok(ask::day(
            "Which day do you write it?",
            "Published. The day of the event stays private.",
            Some(today),
            None,
        )?
        .unwrap_or(today)),
        None => Ok(today),
    }
}

fn asked_codes(portfolio: &Portfolio) -> Result<Vec<String>, CliError> {
    let codes = Codes::new(&portfolio.catalogue);
    let catalogue = &portfolio.catalogue;
    let applies = catalogue
        .criteria()
        .filter(|&id| !portfolio.is_left_out(id));
    let offered = applies.map(|id| {
        let short = catalogue.code(id).to_string();
        // A code that two standards have is shown with its standard.
        let alone = matches!(codes.find(&short), Lookup::Found { .. });
        let text = catalogue.criterion(id).text.known();
        ask::Choice {
            name: if alone {
                short
            } else {
                catalogue.full_code(id)
            },
            words: text
                .cloned()
                .unwrap_or_else(|| "statement unknown".to_owned()),
            also: catalogue.criterion(id).search_words.join(" "),
        }
    });
    let question = "What does it show? None is fine: add codes later.";
    Ok(ask::pick_many(question, offered.collect(), &[])?)
}
