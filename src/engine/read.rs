//! A person's reading of an entry: the questions, and the record of the answers.
//!
//! The search finds most identifiers and not all, and cannot look at pictures. A reading asks its
//! author about every capitalised word, number and file, and for the names of those who were in it.
//! Names are looked for and dropped: a list of patients would be worse than the leak.

use jiff::civil::Date;

use super::read_names::{NamePlace, find_names_in, is_named_in};
use super::read_words::{AskedWords, describe_context, find_words};
use super::{EngineError, Snapshot, refuse_identifier};
use crate::edit::{Content, Edit, Editor, KeyPath};
use crate::files::ChangeSet;
use crate::layout;
use crate::model::{Entry, FiledEntry, Shows, Status};
use crate::parse::shown_blocks;
use crate::privacy::{Confidence, Kind};
use crate::resolve::{Codes, Lookup};
use crate::store::{self, Overlay};
use crate::text::{LineColumn, ShownText, Source, SourcePath, Span, sha256_hex};

/// What a person checks in an entry.
#[derive(Debug)]
pub struct ReadingQuestions {
    /// Identifiers that the search found and no answer names.
    pub found: Vec<FoundWords>,
    /// Capitalised words, numbers and dates that no dictionary has.
    pub words: Vec<AskedWords>,
    /// Files of evidence.
    pub files: Vec<AskedFile>,
    blocks: Vec<ShownText>,
}

/// An identifier that the search found, with all of its places.
#[derive(Debug)]
pub struct FoundWords {
    /// Its kind.
    pub kind: Kind,
    /// How certain it is.
    pub confidence: Confidence,
    /// Where it is in the file.
    pub places: Vec<Span>,
    /// The words around the first place, with identifiers masked.
    pub context: String,
    /// The words, which must not be shown.
    words: Box<str>,
}

/// A file of evidence that the entry attaches, shows or links to.
#[derive(Clone, Debug)]
pub struct AskedFile {
    /// The path. It displays itself masked.
    pub path: SourcePath,
    /// Whether it is a picture of a type that is published.
    pub is_picture: bool,
    /// The index of the attachment that can state `shows: nobody`.
    attachment: Option<usize>,
}

/// An answer to a finding of the search.
#[derive(Clone, Debug)]
pub struct FindingAnswer {
    rule: &'static str,
    words: Box<str>,
    reason: String,
}

impl FoundWords {
    /// The answer that these words identify no person.
    #[must_use]
    pub fn answer(&self, reason: String) -> FindingAnswer {
        FindingAnswer {
            rule: self.kind.rule(),
            words: self.words.clone(),
            reason,
        }
    }
}

/// A reading in which everything was answered.
#[derive(Debug)]
pub struct ReadingRecord<'a> {
    /// The reference of the person.
    pub by: &'a str,
    /// The day.
    pub on: Date,
    /// Findings of the search that identify no person.
    pub answers: &'a [FindingAnswer],
    /// Files on which no person can be recognised.
    pub files: &'a [AskedFile],
}

/// What a reading wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordedReading {
    /// Whether the confidentiality statement was left out: it would change a text that was decided
    /// about, and its acceptances would lapse.
    pub without_statement: bool,
    /// Whether an answer changed a text that was decided about, so that its acceptances lapse.
    pub lapses: bool,
}

/// Refuses a reader whose reference is a person's name, or who assesses this portfolio.
///
/// # Errors
/// The reason.
pub fn refuse_reader(project: &Snapshot, by: &str) -> Result<(), EngineError> {
    if by.is_empty() {
        let help = "--as AP-7: a reference, never a name";
        return Err(EngineError::refused(
            "a reading needs to say whose it is",
            help,
        ));
    }
    refuse_identifier(by)?;
    let authors = project.portfolio.chain.files.iter();
    let mut authors = authors.filter_map(|file| file.author.as_ref());
    let assesses = authors.any(|author| author.role.decides() && author.id == by);
    if assesses && !project.portfolio.settings.is_learner(by) {
        let help = "the learner or a tutor reads an entry; nothing was written";
        let message = format!("{by} decides about this portfolio, and reads nothing for it");
        return Err(EngineError::refused(message, help));
    }
    Ok(())
}

/// The questions about an entry.
///
/// # Errors
/// It is a draft, cannot be read, is dated later than `on`, or has an identifier in its name: no
/// reading of it would count.
pub fn reading_questions(
    project: &Snapshot,
    at: usize,
    on: Date,
) -> Result<ReadingQuestions, EngineError> {
    let entry = &project.portfolio.entries[at];
    refuse_entry(entry, on)?;
    let source = read_source(project, entry)?;
    let blocks = shown_blocks(&source);
    let found: Vec<Span> = entry.identifiers.found.iter().map(|one| one.span).collect();
    let codes = Codes::new(&project.portfolio.catalogue);
    let is_code = |word: &str| !matches!(codes.find(word), Lookup::Unknown { .. });
    let words = find_words(&blocks, &found, &entry.identifiers.masked, is_code);
    Ok(ReadingQuestions {
        found: group_found(entry, &blocks),
        words,
        files: list_files(project, entry),
        blocks,
    })
}

fn refuse_entry(entry: &Entry, on: Date) -> Result<(), EngineError> {
    let id = &entry.id;
    let front = &entry.front_matter;
    let path = &entry.path;
    if front.unread {
        let help = format!("`ksbfolio check {path}` shows where");
        return Err(EngineError::refused(format!("{id} cannot be read"), help));
    }
    if front.status == Status::Draft {
        let help = "write `status: submitted` first: a reading lapses with every change";
        return Err(EngineError::refused(format!("{id} is a draft"), help));
    }
    if front.date.is_some_and(|date| on < date) {
        let help = "put its `date:` right, or read it on that day";
        let message = format!("{id} is dated later than the day of the reading");
        return Err(EngineError::refused(message, help));
    }
    if !entry.identifiers.in_name.is_empty() || entry.hidden_id.is_some() {
        let help = format!("rename {path}, or change its `id:`, and read it then");
        let message = "the name of this entry may identify a person";
        return Err(EngineError::refused(message, help));
    }
    Ok(())
}

fn read_source(project: &Snapshot, entry: &Entry) -> Result<Source, EngineError> {
    let text = project.sources.raw(&entry.path).ok_or_else(|| {
        let message = format!("{} was changed meanwhile", entry.path);
        EngineError::refused(message, "begin again; nothing was written")
    })?;
    Ok(Source::new(entry.path.as_str(), text))
}

/// The unanswered identifiers of an entry, equal words of a kind together.
fn group_found(entry: &Entry, blocks: &[ShownText]) -> Vec<FoundWords> {
    let mut grouped: Vec<FoundWords> = Vec::new();
    let all = entry.identifiers.found.iter();
    for one in all.filter(|one| !entry.answers_for(one)) {
        let mut known = grouped.iter_mut();
        let same = known.find(|known| known.kind == one.kind && known.words == one.text);
        if let Some(same) = same {
            same.places.push(one.span);
            continue;
        }
        let context = blocks.iter().find_map(|block| {
            let shown = block.shown_of(one.span);
            let masked = &entry.identifiers.masked;
            (!shown.is_empty()).then(|| describe_context(block, shown, masked))
        });
        grouped.push(FoundWords {
            kind: one.kind,
            confidence: one.confidence,
            places: vec![one.span],
            context: context.unwrap_or_default(),
            words: one.text.clone(),
        });
    }
    grouped
}

/// The files of evidence of an entry: its attachments, then others that its text shows or links to.
fn list_files(project: &Snapshot, entry: &Entry) -> Vec<AskedFile> {
    let base = SourcePath::new(layout::SETTINGS);
    let mut files: Vec<AskedFile> = Vec::new();
    let listed = entry.front_matter.attachments.iter().enumerate();
    for (at, attachment) in listed.filter(|(_, one)| !one.in_text) {
        let Some(path) = base.join(&attachment.file.value) else {
            continue;
        };
        let is_stated = !attachment.is_uncleared_picture();
        files.push(AskedFile {
            path,
            is_picture: attachment.is_picture(),
            attachment: (!is_stated).then_some(at),
        });
    }
    for path in &entry.uses {
        let is_evidence = project.portfolio.evidence.contains_key(path);
        if is_evidence && !files.iter().any(|known| known.path == *path) {
            files.push(AskedFile {
                path: path.clone(),
                is_picture: false,
                attachment: None,
            });
        }
    }
    let shown = |file: AskedFile| {
        let shown = crate::privacy::mask_path(file.path.as_str()).0;
        AskedFile {
            path: file.path.displayed_as(&shown),
            ..file
        }
    };
    files.into_iter().map(shown).collect()
}

impl ReadingQuestions {
    /// Whether there is nothing to ask but for names.
    #[must_use]
    pub fn len(&self) -> usize {
        self.found.len() + self.words.len() + self.files.len()
    }

    /// Whether there is nothing to ask.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The places of the `typed` names in the text, exact, possessive and one letter off.
    #[must_use]
    pub fn find_names(&self, typed: &str) -> Vec<NamePlace> {
        find_names_in(&self.blocks, typed)
    }

    /// The files whose names have one of the `typed` names.
    pub fn find_named_files(&self, typed: &str) -> impl Iterator<Item = &AskedFile> {
        let files = self.files.iter();
        files.filter(move |file| is_named_in(file.path.as_str(), typed))
    }
}

/// The line and column of a place in an entry.
#[must_use]
pub fn place_in_entry(project: &Snapshot, entry: &Entry, place: Span) -> LineColumn {
    project.sources.place(&entry.path, place).0
}

/// Writes `read`, `anonymised` and the answers into the entry, and nothing else. The result is read
/// again before it is written: the reading counts.
///
/// # Errors
/// The entry was changed meanwhile, or its front matter cannot be edited as it is written.
pub fn record_reading(
    project: &Snapshot,
    at: usize,
    record: &ReadingRecord<'_>,
) -> Result<RecordedReading, EngineError> {
    let entry = &project.portfolio.entries[at];
    let before = read_source(project, entry)?.text;
    let mut decisions = entry.decisions.iter();
    let is_decided =
        decisions.any(|decision| decision.decides() && decision.is_about(&entry.digests));
    let without_statement = !entry.front_matter.anonymised && is_decided;
    let mut text = before.to_string();
    if !entry.front_matter.anonymised && !without_statement {
        text = set(&text, KeyPath::new("anonymised"), Content::Bool(true))?;
    }
    for answer in record.answers {
        text = append_answer(&text, answer)?;
    }
    for attachment in record.files.iter().filter_map(|file| file.attachment) {
        let path = KeyPath::new("attachments").item(attachment).key("shows");
        text = set(&text, path, Content::text("nobody"))?;
    }
    let digest = reread(project, entry, &text)?.digests.current().to_owned();
    let read = [
        ("by", record.by.to_owned()),
        ("on", record.on.to_string()),
        ("digest", digest),
    ];
    let read = read.map(|(key, value)| (key.to_owned(), Content::Text(value)));
    let text = set(&text, KeyPath::new("read"), Content::Table(read.into()))?;
    let after = reread(project, entry, &text)?;
    let is_stated = |file: &AskedFile| {
        let attachment = file
            .attachment
            .map(|at| &after.front_matter.attachments[at]);
        attachment.is_none_or(|one| one.shows == Some(Shows::Nobody))
    };
    if after.reading(record.on).is_none() || !record.files.iter().all(is_stated) {
        return Err(refuse_edit(
            "what was written would not be read as it is meant",
        ));
    }
    let mut changes = ChangeSet::default();
    changes.replace(&entry.path, &sha256_hex(before.as_bytes()), text);
    store::commit(&project.root, &changes)?;
    Ok(RecordedReading {
        without_statement,
        lapses: is_decided && after.digests != entry.digests,
    })
}

/// The entry with another text.
fn reread(project: &Snapshot, entry: &Entry, text: &str) -> Result<FiledEntry, EngineError> {
    let overlay = Overlay::default().write(entry.path.as_str(), text);
    let after = project.with(overlay)?;
    let at = after.portfolio.index.by_path(&entry.path);
    at.map(|at| after.portfolio.entries[at].clone())
        .ok_or_else(|| refuse_edit("the entry would not be read"))
}

fn set(text: &str, path: KeyPath, value: Content) -> Result<String, EngineError> {
    let edit = Edit::Set { path, value };
    let edited = Editor::entry(text).apply(&edit);
    edited
        .map(|edited| edited.text)
        .map_err(|refused| refuse_edit(&refused.to_string()))
}

/// Appends an answer to `check`, at the first index that is free.
fn append_answer(text: &str, answer: &FindingAnswer) -> Result<String, EngineError> {
    let pairs = [
        ("ignore", answer.rule),
        ("words", &answer.words),
        ("reason", &answer.reason),
    ];
    let pairs = pairs.map(|(key, value)| (key.to_owned(), Content::text(value)));
    let count = Editor::entry(text).count_items("check");
    let path = KeyPath::new("check").item(count);
    set(text, path, Content::Table(pairs.into()))
}

fn refuse_edit(why: &str) -> EngineError {
    let help =
        "write `read:` by hand: `ksbfolio explain ENTRY` shows the digest; nothing was written";
    EngineError::refused(format!("the front matter cannot be edited: {why}"), help)
}
