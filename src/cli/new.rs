//! `new`: an entry with its stages and questions.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;

use super::args::{Global, New};
use super::console::Console;
use super::{CLEAN, CliError, ask, editor, open};
use crate::engine::{self, EngineError, MAX_NAME, Snapshot};
use crate::layout::ENTRIES;
use crate::model::{EntryType, Portfolio, ReflectionModel, Word};
use crate::privacy::has_identifier;
use crate::report::{Scaffold, scaffold};
use crate::resolve::{Codes, Lookup};
use crate::store;
use crate::text::{in_words, is_device, nearest, short_slug, slug};

/// Writes the entry and prints its path.
pub fn run(global: &Global, command: &New, console: &mut Console) -> Result<u8, CliError> {
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
    if title.is_empty() {
        return Err(CliError::new(
            "an entry needs a title",
            "put a few words in quotes behind `new`",
        ));
    }
    refuse_identifier(&title)?;
    let kind = kind(command, asks)?;
    let model = model(command, portfolio, kind, asks)?;
    let date = date(command, today, asks)?;
    let codes = if asks && command.ksb.is_empty() {
        asked_codes(portfolio)?
    } else {
        typed_codes(portfolio, &command.ksb)?
    };
    let text = |id: &str| {
        scaffold(&Scaffold {
            title: &title,
            date,
            kind,
            model,
            id,
            codes: &codes,
        })
    };
    let name = create(&project, &title, date, text)?;
    let path = project.root.join(&name);
    console.report(&format!("{name}\n"));
    console.say("It is a draft, and counts for nothing yet. Write under each heading; the questions vanish from the site.");
    console
        .say("Open it in any editor (or type --open next time); `ksbfolio serve` shows it while you write.");
    let as_of = project.coverage.as_of;
    if portfolio.settings.is_frozen_at(as_of) && as_of < date {
        let frozen = in_words(as_of);
        console.say(&format!("This portfolio is frozen at {frozen}, so an entry of a later day does not count: take `as_of` out of portfolio.yaml to go on with it."));
    }
    if command.open {
        editor::edit(&path)?;
    }
    Ok(CLEAN)
}

/// A title becomes the name of a file and of a page, so it must not identify a person.
fn refuse_identifier(title: &str) -> Result<(), CliError> {
    // Punctuation in a title does not end a word of it.
    if has_identifier(title) || has_identifier(&slug(title)) {
        let help =
            "choose a title without names, numbers and addresses of people; nothing was written";
        return Err(CliError::new(
            "the title may identify a person, and the file would be named after it",
            help,
        ));
    }
    Ok(())
}

fn kind(command: &New, asks: bool) -> Result<EntryType, CliError> {
    struct Offered(EntryType);
    impl fmt::Display for Offered {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0.title())
        }
    }
    match &command.kind {
        Some(kind) => Ok(*kind),
        None if asks => {
            let offered = EntryType::ALL.iter().copied().map(Offered).collect();
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
    struct Offered<'a>(&'a ReflectionModel);
    impl fmt::Display for Offered<'_> {
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
        let offered = models.iter().map(Offered).collect();
        return Ok(Some(
            ask::one_of("By which model?", offered, gibbs.unwrap_or(0))?.0,
        ));
    }
    let id = command.model.as_deref().unwrap_or("gibbs");
    let found = models.iter().find(|model| model.id.value == id);
    let ids = || models.iter().map(|model| model.id.value.as_str());
    let help = || {
        nearest(id, ids()).map_or_else(
            || format!("there are {}", ids().collect::<Vec<_>>().join(", ")),
            |near| format!("did you mean {near}?"),
        )
    };
    found
        .map(Some)
        .ok_or_else(|| CliError::new(format!("no reflection model is called `{id}`"), help()))
}

fn date(command: &New, today: Date, asks: bool) -> Result<Date, CliError> {
    match command.date {
        Some(date) => Ok(date),
        None if asks => Ok(ask::day(
            "Which day do you write it?",
            "Published. The day of the event stays private.",
            Some(today),
        )?
        .unwrap_or(today)),
        None => Ok(today),
    }
}

/// Codes as their standards write them; every unknown code is reported.
fn typed_codes(portfolio: &Portfolio, typed: &[String]) -> Result<Vec<String>, CliError> {
    let codes = Codes::new(&portfolio.catalogue);
    let (mut known, mut wrong, mut help) = (Vec::new(), Vec::new(), Vec::new());
    for code in typed {
        match codes.find(code) {
            Lookup::Found { canonical, .. } => {
                known.push(canonical.unwrap_or_else(|| code.trim().to_owned()));
            }
            lookup => {
                wrong.push(format!("`{}`", code.trim()));
                help.extend(lookup.meant());
            }
        }
    }
    known.dedup();
    if wrong.is_empty() {
        return Ok(known);
    }
    let meant = if help.is_empty() {
        "`ksbfolio coverage` shows them all".to_owned()
    } else {
        format!("did you mean {}?", help.join(" or "))
    };
    Err(CliError::new(
        format!("this portfolio has no criterion {}", wrong.join(" and no ")),
        meant,
    ))
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
        }
    });
    ask::pick_many(
        "What does it show? None is fine: add codes later.",
        offered.collect(),
        &[],
    )
}

/// Creates the entry under an id and a path that are free; returns the path.
fn create(
    project: &Snapshot,
    title: &str,
    date: Date,
    text: impl Fn(&str) -> String,
) -> Result<String, EngineError> {
    let entries = &project.portfolio.entries;
    let taken: BTreeSet<String> = entries
        .iter()
        .map(|entry| entry.id.to_lowercase())
        .collect();
    let name = short_slug(title, MAX_NAME);
    let name = match name.as_str() {
        "" => "entry".to_owned(),
        // Windows reserves some names for devices, whatever their extension.
        device if is_device(device) => format!("{device}-entry"),
        _ => name,
    };
    engine::first_free(&name, |id| {
        let path = format!("{ENTRIES}/{:04}/{id}.md", date.year());
        let free =
            !taken.contains(id) && store::create_new(&project.root, &path, text(id).as_bytes())?;
        Ok(free.then_some(path))
    })
}
