//! The reading step: a person looks at every word of an entry that may identify somebody.
//!
//! Names that are typed are looked for in memory and dropped. An answer has only their places.

use super::answers::{FoundQuestion, PagePlace, ReadFile, WordsQuestion, WriteAnswer};
use super::page_text::PageText;
use super::requests::ReadingAnswers;
use super::state::{Answered, WrittenPortfolio, answer_changed};
use crate::engine::{self, EngineError, FindingAnswer, NameMatch, ReadingQuestions, ReadingRecord};
use crate::model::Status;
use crate::text::{SourcePath, Span};

/// The questions about an entry that is submitted.
pub(super) fn ask_questions(portfolio: &mut WrittenPortfolio, path: &SourcePath) -> Answered {
    let file = portfolio.read_current(path)?;
    let questions = find_questions(portfolio, path)?;
    let page = PageText::new(&file.text);
    let found = questions.found.iter().map(|found| FoundQuestion {
        rule: found.kind.rule().to_owned(),
        confidence: found.confidence.word().to_owned(),
        context: found.context.clone(),
        places: place_all(&page, &found.places),
    });
    let words = questions.words.iter().map(|words| WordsQuestion {
        words: words.words.clone(),
        context: words.context.clone(),
        places: place_all(&page, &words.places),
    });
    let files = questions.files.iter().map(|file| ReadFile {
        file: file.path.shown().to_owned(),
        is_picture: file.is_picture,
    });
    Ok(WriteAnswer::Reading {
        path: path.as_str().to_owned(),
        found: found.collect(),
        words: words.collect(),
        files: files.collect(),
        hash: file.hash,
    })
}

fn find_questions(
    portfolio: &WrittenPortfolio,
    path: &SourcePath,
) -> Result<ReadingQuestions, EngineError> {
    let at = portfolio.find(path)?;
    let project = portfolio.snapshot();
    if project.portfolio.entries[at].front_matter.status == Status::Draft {
        let help = "submit it first: a reading holds until the next change";
        return Err(EngineError::refused("this is still a draft", help));
    }
    let on = engine::day_of(&project.portfolio.settings);
    engine::reading_questions(project, at, on)
}

fn place_all(page: &PageText, places: &[Span]) -> Vec<PagePlace> {
    let places = places.iter();
    places
        .map(|place| PagePlace {
            from: page.to_unit(place.start),
            to: page.to_unit(place.end),
        })
        .collect()
}

/// The places of names that a person typed, exact and one letter off.
pub(super) fn find_names(
    portfolio: &mut WrittenPortfolio,
    path: &SourcePath,
    names: &str,
) -> Answered {
    let file = portfolio.read_current(path)?;
    let questions = find_questions(portfolio, path)?;
    let page = PageText::new(&file.text);
    let found = questions.find_names(names);
    let of = |written: NameMatch| {
        let found = found.iter().filter(|one| one.written == written);
        let places: Vec<Span> = found.map(|one| one.place).collect();
        place_all(&page, &places)
    };
    let files = questions.find_named_files(names).filter_map(|named| {
        let mut files = questions.files.iter();
        files.position(|file| file.path == named.path)
    });
    Ok(WriteAnswer::Names {
        exact: of(NameMatch::Exact),
        one_letter_off: of(NameMatch::OneLetterOff),
        files: files.collect(),
        hash: file.hash,
    })
}

/// Writes a reading in which everything was answered.
pub(super) fn record(portfolio: &mut WrittenPortfolio, answers: &ReadingAnswers) -> Answered {
    let path = SourcePath::new(&answers.path);
    let file = portfolio.read_current(&path)?;
    if file.hash != answers.hash {
        return Ok(answer_changed(&path, &file));
    }
    let questions = find_questions(portfolio, &path)?;
    let is_complete = answers.reasons.len() == questions.found.len()
        && answers.words == questions.words.len()
        && answers.files == questions.files.len();
    if !is_complete
        || answers
            .reasons
            .iter()
            .any(|reason| reason.trim().is_empty())
    {
        let help = "begin again: every word and every file is looked at once";
        return Err(EngineError::refused("not everything was answered", help));
    }
    let at = portfolio.find(&path)?;
    let project = portfolio.snapshot();
    let settings = &project.portfolio.settings;
    let by = answers.by.as_deref().unwrap_or(&settings.learner_id).trim();
    engine::refuse_reader(project, by)?;
    let found = questions.found.iter().zip(&answers.reasons);
    let reasons: Vec<FindingAnswer> = found
        .map(|(found, reason)| found.answer(reason.trim().to_owned()))
        .collect();
    let record = ReadingRecord {
        by,
        on: engine::day_of(settings),
        answers: &reasons,
        files: &questions.files,
    };
    engine::record_reading(project, at, &record)?;
    portfolio.note_written(&path, &file)
}
