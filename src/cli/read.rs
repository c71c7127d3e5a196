//! `read`: a person reads an entry for what identifies people, and the entry records it.

use std::fmt::Write;

use super::args::{Global, Read};
use super::console::Console;
use super::{CLEAN, CliError, FINDINGS, ask, open};
use crate::engine::{
    self, AskedFile, AskedWords, FindingAnswer, FoundWords, NameMatch, ReadingQuestions,
    ReadingRecord, Snapshot,
};
use crate::model::Entry;
use crate::text::{Span, counted, in_words, plural};

/// The answers to a question, by their first letters.
const ANSWERS: &[&str] = &["nobody", "hide", "later"];

/// What has to be done before the entry is read again.
#[derive(Debug, Default)]
struct OpenPlaces {
    /// Places to change, a line each.
    hide: Vec<String>,
    /// Places to look at again, a line each.
    later: Vec<String>,
}

/// Asks about everything in the entry, and writes the reading if nothing is left.
pub(super) fn run(global: &Global, command: &Read, console: &mut Console) -> Result<u8, CliError> {
    if !ask::can_ask() {
        let help = "run it on a terminal; no question was asked, and nothing was written";
        return Err(CliError::new("reading asks a person, on a terminal", help));
    }
    let project = open::readable(global, console)?;
    let at = engine::find_entry(&project, &command.entry)?;
    let settings = &project.portfolio.settings;
    let by = command.reader.as_deref().unwrap_or(&settings.learner_id);
    let by = by.trim();
    engine::refuse_reader(&project, by)?;
    let on = global.as_of.unwrap_or_else(|| engine::today(settings));
    let questions = engine::reading_questions(&project, at, on)?;
    let reading = Session {
        project: &project,
        entry: &project.portfolio.entries[at],
        questions: &questions,
    };
    console.report(&reading.introduce());
    let mut open = OpenPlaces::default();
    reading.ask_for_names(&mut open, console)?;
    let answers = reading.ask_about_findings(&mut open, console)?;
    reading.ask_about_words(&mut open, console)?;
    reading.ask_about_files(&mut open, console)?;
    if !(open.hide.is_empty() && open.later.is_empty()) {
        console.report(&reading.describe_open(&open));
        return Ok(FINDINGS);
    }
    let record = ReadingRecord {
        by,
        on,
        answers: &answers,
        files: &questions.files,
    };
    let recorded = engine::record_reading(&project, at, &record)?;
    console.report(&format!("{}\n", reading.entry.path));
    let day = in_words(on);
    console.say(&format!(
        "Read by {by} on {day}. This lapses when the entry or one of its files changes."
    ));
    if recorded.without_statement {
        console.say("`anonymised: true` was not written: the entry is decided about, and that line would make its acceptances lapse. Agree with the assessor when to add it.");
    }
    if recorded.lapses {
        console.say(
            "The entry was decided about, and the answers changed it: the assessor decides again.",
        );
    }
    Ok(CLEAN)
}

/// One reading of one entry.
struct Session<'a> {
    project: &'a Snapshot,
    entry: &'a Entry,
    questions: &'a ReadingQuestions,
}

impl Session<'_> {
    fn introduce(&self) -> String {
        let (entry, questions) = (self.entry, self.questions);
        let words = questions.found.len() + questions.words.len();
        format!(
            "{}\n{}: {} and {} to look at.\n\
             Answer with a letter and Enter: n names no person, h has to be hidden, l later.\n\
             Ctrl-C stops, and writes nothing.\n\n",
            entry.covered(&entry.front_matter.title),
            entry.path,
            counted(words, "word"),
            counted(questions.files.len(), "file")
        )
    }

    /// `portfolio/entries/one.md:12:5`, for each place.
    fn list_places(&self, places: &[Span]) -> String {
        let place = |span: &Span| {
            let at = engine::place_in_entry(self.project, self.entry, *span);
            format!("{}:{}", at.line, at.column)
        };
        let shown: Vec<String> = places.iter().take(6).map(place).collect();
        let more = places.len().saturating_sub(shown.len());
        let more = if more == 0 {
            String::new()
        } else {
            format!(" and {more} more")
        };
        format!("line {}{more}", shown.join(", "))
    }

    fn ask_for_names(&self, open: &mut OpenPlaces, console: &mut Console) -> Result<(), CliError> {
        let typed = ask::unsaved_words(
            "Who was in it? (not saved)",
            "Names, with commas between them, only looked for here. Enter for none.",
        )?;
        let mut out = String::new();
        for (written, words) in [
            (NameMatch::Exact, "a name that you typed"),
            (
                NameMatch::OneLetterOff,
                "a name that you typed, but for one letter",
            ),
        ] {
            let found = self.questions.find_names(&typed);
            let found = found.iter().filter(|one| one.written == written);
            let places: Vec<Span> = found.map(|one| one.place).collect();
            if !places.is_empty() {
                let line = format!("{words}: {}", self.list_places(&places));
                // Writing to a string cannot fail, here and below.
                let _ = writeln!(out, "  {line}");
                open.hide.push(line);
            }
        }
        for file in self.questions.find_named_files(&typed) {
            let at = self.number_of(file);
            let line = format!("a name that you typed: in the name of file {at} of this entry");
            let _ = writeln!(out, "  {line}");
            open.hide.push(line);
        }
        if out.is_empty() && !typed.is_empty() {
            out.push_str("  None of them is in it.\n");
        }
        console.report(&out);
        Ok(())
    }

    /// The number of a file, by which it is named without its name.
    fn number_of(&self, file: &AskedFile) -> usize {
        let mut files = self.questions.files.iter();
        files
            .position(|one| one.path == file.path)
            .map_or(0, |at| at + 1)
    }

    fn ask_about_findings(
        &self,
        open: &mut OpenPlaces,
        console: &mut Console,
    ) -> Result<Vec<FindingAnswer>, CliError> {
        let mut answers = Vec::new();
        for (number, found) in (1..).zip(&self.questions.found) {
            let FoundWords {
                kind,
                confidence,
                places,
                context,
                ..
            } = found;
            let what = format!("{} ({})", kind.rule(), confidence.word());
            let places = self.list_places(places);
            let head = format!("the search found {what}");
            console.report(&self.describe(number, &head, &places, context));
            let line = format!("{what}: {places}");
            if open.note(
                ask::letter("Identifies nobody, hide, later?", ANSWERS)?,
                line,
            ) {
                let help = "Published with the answer: an author, a pseudonym. No names.";
                answers.push(found.answer(ask::words(
                    "Why does it identify no person?",
                    help,
                    "",
                )?));
            }
        }
        Ok(answers)
    }

    fn ask_about_words(
        &self,
        open: &mut OpenPlaces,
        console: &mut Console,
    ) -> Result<(), CliError> {
        let before = self.questions.found.len();
        for (number, asked) in (before + 1..).zip(&self.questions.words) {
            let AskedWords {
                words,
                places,
                context,
            } = asked;
            let places = self.list_places(places);
            let short: String = words.chars().take(40).collect();
            console.report(&self.describe(number, &short, &places, context));
            let line = format!("“{short}”: {places}");
            open.note(ask::letter("Names nobody, hide, later?", ANSWERS)?, line);
        }
        Ok(())
    }

    fn ask_about_files(
        &self,
        open: &mut OpenPlaces,
        console: &mut Console,
    ) -> Result<(), CliError> {
        let before = self.questions.found.len() + self.questions.words.len();
        for (number, file) in (before + 1..).zip(&self.questions.files) {
            let look = if file.is_picture {
                "Open it: faces, name bands, boards, screens, tattoos, views from a window?"
            } else {
                "Open it, and go through all of it."
            };
            let head = format!("file {}", self.number_of(file));
            console.report(&self.describe(number, &head, &file.path.to_string(), look));
            let line = format!("{head}, {}", file.path);
            open.note(ask::letter("Shows nobody, hide, later?", ANSWERS)?, line);
        }
        Ok(())
    }

    fn describe(&self, number: usize, head: &str, place: &str, below: &str) -> String {
        format!(
            "\n{number} of {}  {head}  ({place})\n  {below}\n",
            self.questions.len()
        )
    }

    /// What is left to do, with the places to edit.
    fn describe_open(&self, open: &OpenPlaces) -> String {
        let mut out = format!("\n{}\n", self.entry.path);
        for (title, lines) in [
            ("Hide or change:", &open.hide),
            ("Look at again:", &open.later),
        ] {
            if !lines.is_empty() {
                let _ = writeln!(out, "{title}\n  {}", lines.join("\n  "));
            }
        }
        let number = open.hide.len() + open.later.len();
        let _ = writeln!(
            out,
            "Nothing was written. Edit {}, and read the entry again.",
            plural(number, "this place", "these places")
        );
        out
    }
}

impl OpenPlaces {
    /// Notes a place by the index of its answer. Returns whether it identifies no person.
    fn note(&mut self, answer: usize, line: String) -> bool {
        match answer {
            0 => return true,
            1 => self.hide.push(line),
            _ => self.later.push(line),
        }
        false
    }
}
